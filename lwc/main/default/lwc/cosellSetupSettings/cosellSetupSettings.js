/**
 * The settings, editable, with what is wrong with each as it is typed: by the rules' own reading, and by what the org has. What a
 * verdict is, is decided in the modules beside it; saving is the page's.
 */
import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import describeFields from '@salesforce/apex/CosellSetupController.describeFields';
import { LABELS } from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { counted, fill } from 'c/cosellFormat';
import { openCheck } from 'c/cosellModule';
import { openCurrencies } from 'c/cosellSetupCurrency';
import { NAMES, controlsOf } from './controls';
import { readThrough } from './reading';
import { usesOf } from './uses';
import { verdictsOf } from './verdicts';

/** Milliseconds of quiet after which the org is asked for fields that were typed. */
const QUIET = 400;

const LOOKS = {
    error: { icon: 'utility:error', variant: 'error', className: 'slds-text-color_error' },
    warning: { icon: 'utility:warning', variant: 'warning', className: '' },
    ok: { icon: 'utility:success', variant: 'success', className: 'slds-text-color_weak' },
    hint: { icon: 'utility:info', className: 'slds-text-color_weak' }
};

export default class CosellSetupSettings extends NavigationMixin(LightningElement) {
    labels = { ...SETUP, save: LABELS.save, discard: LABELS.discard };
    shownSetup;
    saved;
    draft;
    /** What reads settings as the rules do; null where the rules can't run. */
    check;
    /** What the rules say against a currency. */
    currencyProblem = () => undefined;
    /** What the org has, by path; a path that is being asked for has null. */
    fields = {};
    timer;
    @api saving = false;
    /** Why the last save did not get through: `{ heading, body }`. */
    @api unsaved;

    /** What the org told: settings, stages, org, recordId; undefined while it is asked. */
    @api
    get setup() {
        return this.shownSetup;
    }
    set setup(value) {
        this.shownSetup = value;
        if (value) {
            const before = this.saved;
            this.saved = Object.fromEntries(NAMES.map((name) => [name, value.settings?.[name] ?? '']));
            // What was typed meanwhile stays, unless it is what was saved.
            this.draft = before && this.draft && JSON.stringify(before) !== JSON.stringify(this.draft) ? this.draft : this.saved;
            this.fields = {};
            this.askForFields();
        }
    }

    async connectedCallback() {
        try {
            this.currencyProblem = await openCurrencies();
            this.check = await openCheck();
        } catch {
            // The page says that the rules can't run; what the org has can be looked at all the same.
            this.check = () => null;
        }
        this.askForFields();
    }

    disconnectedCallback() {
        clearTimeout(this.timer);
    }

    get isWaiting() {
        return !this.draft || !this.check;
    }

    get reading() {
        return readThrough(this.check, { ...this.draft, fieldMappings: this.shownSetup.settings?.fieldMappings });
    }

    get view() {
        if (this.isWaiting) {
            return null;
        }
        const { draft, reading, fields, setup, saving, currencyProblem } = this;
        const { settings, lines, mapped } = verdictsOf({ values: draft, reading, fields, setup, currencyProblem });
        const controls = controlsOf(draft, setup).map((control) => ({ ...control, verdict: looked(settings[control.name]) }));
        const all = [...Object.values(settings), ...lines, ...mapped];
        const errors = all.filter(({ severity }) => severity === 'error').length;
        return {
            controls,
            rules: draft.ruleSettings,
            lines: lines.map(looked),
            mapped: mapped.map((entry) => ({ ...looked(entry), place: entry.line ? fill(SETUP.line, entry.line) : SETUP.mappingRecord })),
            summary: errors ? counted(errors, SETUP.invalidOne, SETUP.invalidMany) : SETUP.valid,
            summaryLook: errors ? LOOKS.error : LOOKS.ok,
            cannotSave: saving || errors > 0,
            edited: JSON.stringify(draft) !== JSON.stringify(this.saved)
        };
    }

    get hasRecord() {
        return Boolean(this.shownSetup?.recordId);
    }

    handleChange(event) {
        const { name } = event.target.dataset;
        this.draft = { ...this.draft, [name]: event.detail.value };
        clearTimeout(this.timer);
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        this.timer = setTimeout(() => this.askForFields(), QUIET);
    }

    handleDiscard() {
        this.draft = this.saved;
        this.askForFields();
    }

    handleSave() {
        this.dispatchEvent(new CustomEvent('cosellsave', { detail: { values: { ...this.draft } } }));
    }

    handleOpen() {
        const address = encodeURIComponent(`/${this.shownSetup.recordId}`);
        this[NavigationMixin.Navigate]({
            type: 'standard__webPage',
            attributes: { url: `/lightning/setup/CustomMetadata/page?address=${address}` }
        });
    }

    /** Asks the org for what the settings name and nobody has asked for yet. */
    async askForFields() {
        if (this.isWaiting) {
            return;
        }
        const named = usesOf(this.draft, this.reading.readable).map(({ path }) => path);
        const paths = [...new Set(named)].filter((path) => !(path in this.fields));
        if (!paths.length) {
            return;
        }
        this.fields = { ...this.fields, ...Object.fromEntries(paths.map((path) => [path, null])) };
        try {
            const found = await describeFields({ paths });
            this.fields = { ...this.fields, ...Object.fromEntries(found.map((field) => [field.path, field])) };
        } catch {
            // Not known is not wrong: it is asked for again with the next change.
            this.fields = Object.fromEntries(Object.entries(this.fields).filter(([path]) => !paths.includes(path)));
        }
    }
}

function looked(verdict) {
    return verdict ? { ...verdict, ...LOOKS[verdict.severity] } : null;
}
