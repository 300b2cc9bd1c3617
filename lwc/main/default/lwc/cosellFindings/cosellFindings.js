/**
 * A list of findings: in two groups, what stops a share first, or bare under the field that they concern.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';

const GROUPS = [
    { severity: 'block', label: LABELS.groupBlocking },
    { severity: 'warn', label: LABELS.groupWarnings }
];

export default class CosellFindings extends LightningElement {
    /** Findings with `key` and `values`. */
    @api findings = [];
    /** Under a field: without headings. */
    @api bare = false;
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

    get groups() {
        if (this.bare) {
            return this.findings.length ? [{ key: 'all', findings: this.findings }] : [];
        }
        return GROUPS.map(({ severity, label }) => ({
            key: severity,
            label,
            findings: this.findings.filter((finding) => finding.severity === severity)
        })).filter(({ findings }) => findings.length);
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
}
