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
import { openGuard } from 'c/cosellGuard';
import { openCheck } from 'c/cosellModule';
import { openCurrencies } from 'c/cosellSetupCurrency';
import { openFocusing } from 'c/cosellSetupFocus';
import { isSame } from 'c/cosellSetupValues';
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
    pending: { icon: 'utility:clock' },
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
    /** What the org has, by path; a path that is being asked for has null, one that it did not tell of is `unanswered`. */
    fields = {};
    /** Over when the org has answered everything that it was asked. */
    answers;
    /** Whether a click on Save waits for that. */
    waits = false;
    /** How many settings in force are wrong, as the page was last told. */
    told;
    focusing = openFocusing(this.template);
    guard = openGuard();
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
            this.draft = before && this.draft && !isSame(this.draft, before) ? this.draft : this.saved;
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
        this.guard.release();
    }

    renderedCallback() {
        this.tellWhatIsWrong();
        this.guard.hold(this.isEdited);
        if (!this.isBusy) {
            this.focusing.settle();
        }
    }

    get isWaiting() {
        return !this.draft || !this.check;
    }

    get isBusy() {
        return this.saving || this.waits;
    }

    get isEdited() {
        return Boolean(this.draft) && !isSame(this.draft, this.saved);
    }

    read(values) {
        return readThrough(this.check, { ...values, fieldMappings: this.shownSetup.settings?.fieldMappings });
    }

    /** The verdicts on settings, how many say that one is wrong, and whether the org has still to answer, or did not. */
    judge(values) {
        const { fields, setup, currencyProblem } = this;
        const reading = this.read(values);
        const { settings, lines, mapped } = verdictsOf({ values, reading, fields, setup, currencyProblem });
        const asked = usesOf(values, reading.readable).map(({ path }) => fields[path]);
        return {
            settings,
            lines,
            mapped,
            errors: [...Object.values(settings), ...lines, ...mapped].filter(({ severity }) => severity === 'error').length,
            isPending: asked.some((field) => !field),
            isUnanswered: asked.some((field) => field?.unanswered)
        };
    }

    get view() {
        if (this.isWaiting) {
            return null;
        }
        const { draft, setup, isEdited: edited } = this;
        const verdicts = this.judge(draft);
        const { settings, lines, mapped } = verdicts;
        const [look, summary] = summaryOf(verdicts, edited);
        return {
            controls: controlsOf(draft, setup).map((control) => withVerdict(control, settings[control.name])),
            rules: draft.ruleSettings,
            lines: lines.map(looked),
            mapped: mapped.map((entry) => ({ ...looked(entry), place: entry.line ? fill(SETUP.line, entry.line) : SETUP.mappingRecord })),
            summary,
            summaryLook: LOOKS[look],
            cannotSave: this.isBusy || verdicts.errors > 0,
            edited
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
        this.focusing.goOn('[data-summary]');
        this.askForFields();
    }

    /** What was typed right before is not looked at yet: it is saved when the org has told of its fields, and they are right. */
    async handleSave() {
        clearTimeout(this.timer);
        this.waits = true;
        this.focusing.goOn('[data-save]', '[data-summary]');
        await this.askForFields();
        const { errors, isPending, isUnanswered } = this.judge(this.draft);
        if (!errors && !isPending && !isUnanswered) {
            this.dispatchEvent(new CustomEvent('cosellsave', { detail: { values: { ...this.draft } } }));
        }
        this.waits = false;
    }

    handleOpen() {
        const address = encodeURIComponent(`/${this.shownSetup.recordId}`);
        this[NavigationMixin.Navigate]({
            type: 'standard__webPage',
            attributes: { url: `/lightning/setup/CustomMetadata/page?address=${address}` }
        });
    }

    /** The page sums up what is in force, which is not what is typed here. */
    tellWhatIsWrong() {
        if (this.isWaiting) {
            return;
        }
        const { errors, isPending, isUnanswered } = this.judge(this.saved);
        if (!isPending && !isUnanswered && errors !== this.told) {
            this.told = errors;
            this.dispatchEvent(new CustomEvent('cosellwrong', { detail: { count: errors } }));
        }
    }

    /** Asks the org for what the settings name and it has not told of yet. Gives what is over when all of it is answered. */
    askForFields() {
        if (!this.isWaiting) {
            const named = [this.draft, this.saved].flatMap((values) => usesOf(values, this.read(values).readable));
            const paths = [...new Set(named.map(({ path }) => path))];
            const open = paths.filter((path) => !(path in this.fields) || this.fields[path]?.unanswered);
            if (open.length) {
                this.answers = Promise.all([this.answers, this.lookUp(open)]);
            }
        }
        return this.answers;
    }

    async lookUp(paths) {
        const take = (entries) => {
            this.fields = { ...this.fields, ...Object.fromEntries(entries) };
        };
        take(paths.map((path) => [path, null]));
        try {
            const found = await describeFields({ paths });
            take(found.map((field) => [field.path, field]));
        } catch {
            // Not known is neither right nor wrong: it is asked for again with the next change, and before anything is saved.
            take(paths.map((path) => [path, { path, unanswered: true }]));
        }
    }
}

/** What stands below the settings: a look and the words. What is wrong is in force already where nothing was edited. */
function summaryOf({ errors, isPending, isUnanswered }, edited) {
    if (errors) {
        return ['error', edited ? counted(errors, SETUP.invalidOne, SETUP.invalidMany) : counted(errors, SETUP.wrongOne, SETUP.wrongMany)];
    }
    if (isPending) {
        return ['pending', SETUP.stateChecking];
    }
    return isUnanswered ? ['warning', SETUP.unchecked] : ['ok', SETUP.valid];
}

/** A control with what is said of it, and the place where that is said. */
function withVerdict(control, verdict) {
    return { ...control, verdict: looked(verdict), isWrong: verdict?.severity === 'error', place: `said-of-${control.name}` };
}

function looked(verdict) {
    return verdict ? { ...verdict, ...LOOKS[verdict.severity] } : null;
}
