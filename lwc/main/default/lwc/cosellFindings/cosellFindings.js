/**
 * A list of findings: in two groups, what stops a share first, with the way to those that stand beside their fields; or bare under the
 * field that they concern.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { fill, number } from 'c/cosellFormat';

const GROUPS = [
    { severity: 'block', label: LABELS.groupBlocking },
    { severity: 'warn', label: LABELS.groupWarnings }
];

/** The fields of the form that findings stand beside, from top to bottom. */
const FIELDS = {
    help: LABELS.help,
    visibility: LABELS.visible,
    contact: LABELS.contact,
    consent: LABELS.consent,
    solutions: LABELS.solutions
};

export default class CosellFindings extends LightningElement {
    labels = LABELS;

    /** Findings with `key` and `values`. */
    @api findings = [];
    /** Findings that stand elsewhere, by the field that they stand beside; the event `cosellgoto` asks to be led to one by its key. */
    @api beside = {};
    /** Under a field: without headings. */
    @api bare = false;
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

    /** Keys of findings whose records the reader may not change: they have no button. */
    refused = new Set();

    get groups() {
        if (this.bare) {
            return this.findings.length ? [{ key: 'all', findings: this.findings, ways: [] }] : [];
        }
        return GROUPS.map(({ severity, label }) => this.groupOf(severity, label)).filter(({ count }) => count);
    }

    groupOf(severity, label) {
        const ofGroup = (findings = []) => findings.filter((finding) => finding.severity === severity);
        const findings = ofGroup(this.findings);
        const fields = Object.entries(FIELDS).map(([field, name]) => ({ name, there: ofGroup(this.beside[field]) }));
        const ways = fields.filter(({ there }) => there.length).map(({ name, there }) => ({ key: there[0].key, name }));
        const count = fields.reduce((sum, { there }) => sum + there.length, findings.length);
        return { key: severity, label, heading: fill(LABELS.groupCount, label, number(count)), findings, ways, count };
    }

    /** Whether a button stands here that saves: those beside the fields say so for themselves. */
    get hasFixes() {
        const offered = this.findings.filter(({ key, fix }) => fix?.recordId && !this.refused.has(key));
        return !this.bare && !this.readOnly && offered.length > 0;
    }

    get groupClass() {
        return this.bare ? 'slds-m-top_x-small' : 'slds-m-bottom_medium';
    }

    get itemClass() {
        return this.bare ? 'slds-m-bottom_xx-small' : 'slds-m-bottom_x-small';
    }

    /** Moves the focus to a finding; says whether it is here. */
    @api
    focusFinding(key) {
        const found = [...this.template.querySelectorAll('c-cosell-finding')].find((element) => element.dataset.key === key);
        found?.focus();
        return Boolean(found);
    }

    handleAccess(event) {
        const { key, refused } = event.detail;
        if (refused !== this.refused.has(key)) {
            const others = [...this.refused].filter((other) => other !== key);
            this.refused = new Set(refused ? [...others, key] : others);
        }
    }

    handleWay(event) {
        this.dispatchEvent(
            new CustomEvent('cosellgoto', { bubbles: true, composed: true, detail: { key: event.currentTarget.dataset.key } })
        );
    }
}
