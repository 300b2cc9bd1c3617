/**
 * The solutions of the deal, with a search over the catalogue. Asks for additions and removals; writes nothing.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';
import { completed } from './catalogue';

/** What Microsoft's codes of types say (Microsoft Learn, "Create a referral"). */
const TYPES = { '1P': LABELS.solutionMicrosoft, '3P': LABELS.solutionPartner, Assessment: LABELS.solutionAssessment };

export default class CosellSolutions extends LightningElement {
    labels = LABELS;
    picking = false;
    focusNext = '';

    /** What is on the deal: `{ id, identifier, name, type, publisher }`. */
    @api solutions = [];
    /** What may be added: `{ identifier, name, type, publisher }`; null until it is known. */
    @api catalogue = null;
    /** The catalogue could not be loaded. Asking for it again is the event `cosellcatalogue`. */
    @api catalogueFailed = false;
    @api findings = [];
    @api readOnly = false;
    @api busy = false;

    renderedCallback() {
        if (this.focusNext && !this.busy) {
            this.template.querySelector(this.focusNext)?.focus();
            this.focusNext = '';
        }
    }

    get canOpen() {
        return !this.readOnly && !this.picking;
    }

    get canChange() {
        return !this.readOnly;
    }

    get rows() {
        return this.solutions.map((solution) => ({
            ...solution,
            meta: metaOf(completed(solution, this.catalogue)),
            remove: fill(LABELS.solutionRemove, solution.name)
        }));
    }

    /** The whole catalogue, what is on the deal marked, while there is anything left to add. */
    get offer() {
        const taken = new Set(this.solutions.map(({ identifier }) => identifier));
        const offer = (this.catalogue ?? []).map((solution) => ({
            value: solution.identifier,
            label: solution.name,
            meta: taken.has(solution.identifier) ? joined(LABELS.solutionTaken, metaOf(solution)) : metaOf(solution),
            disabled: taken.has(solution.identifier)
        }));
        return offer.some(({ disabled }) => !disabled) ? offer : [];
    }

    get hasOffer() {
        return this.offer.length > 0;
    }

    get nothingToOffer() {
        if (this.catalogueFailed) {
            return LABELS.solutionsUnavailable;
        }
        if (!this.catalogue) {
            return LABELS.working;
        }
        return this.catalogue.length ? LABELS.solutionsNoneLeft : LABELS.solutionsNoCatalogue;
    }

    /** Opens the picker and moves the focus there. */
    @api
    openPicker() {
        this.picking = true;
        this.focusNext = '[data-picker]';
    }

    @api
    focusFinding(key) {
        return this.template.querySelector('c-cosell-findings').focusFinding(key);
    }

    handleOpen() {
        this.openPicker();
    }

    handleKeydown(event) {
        if (event.key === 'Escape') {
            this.closePicker();
        }
    }

    handleCancel() {
        this.closePicker();
    }

    handlePick(event) {
        const solution = this.catalogue.find(({ identifier }) => identifier === event.detail.value);
        this.closePicker();
        this.dispatchEvent(new CustomEvent('cosellsolutionadd', { bubbles: true, composed: true, detail: { solution } }));
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('cosellcatalogue', { bubbles: true, composed: true }));
    }

    handleRemove(event) {
        const { id: recordId, name: label } = this.solutions.find(({ id }) => id === event.currentTarget.dataset.id);
        // The row goes, and its button with it.
        this.focusNext = this.picking ? '[data-picker]' : '[data-add]';
        this.dispatchEvent(new CustomEvent('cosellsolutionremove', { bubbles: true, composed: true, detail: { recordId, label } }));
    }

    /** The focus goes back to where the picker was opened. */
    closePicker() {
        this.picking = false;
        this.focusNext = '[data-add]';
    }
}

/** What kind of solution it is, whose, and Microsoft's name for it. */
function metaOf({ type, publisher, identifier }) {
    return joined(TYPES[type] ?? type, publisher, identifier);
}

function joined(...parts) {
    return parts.filter(Boolean).join(' · ');
}
