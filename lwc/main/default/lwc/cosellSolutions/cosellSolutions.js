/**
 * The solutions of the deal as pills, with a picker over the catalogue. Asks for additions and removals; writes nothing.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';

export default class CosellSolutions extends LightningElement {
    labels = LABELS;
    picking = false;
    focusNext = '';

    /** What is on the deal: `{ id, identifier, name, publisher }`. */
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

    get isEmpty() {
        return this.solutions.length === 0;
    }

    get hasPills() {
        return !this.isEmpty && !this.readOnly;
    }

    get hasList() {
        return !this.isEmpty && this.readOnly;
    }

    get pills() {
        return this.solutions.map(({ id, name }) => ({
            type: 'icon',
            name: id,
            label: name,
            iconName: 'standard:product',
            alternativeText: LABELS.solution
        }));
    }

    get offer() {
        const taken = new Set(this.solutions.map(({ identifier }) => identifier));
        return (this.catalogue ?? [])
            .filter(({ identifier }) => !taken.has(identifier))
            .map(({ identifier, name, publisher }) => ({
                value: identifier,
                label: publisher ? fill(LABELS.solutionOf, name, publisher) : name
            }));
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

    handlePick(event) {
        const solution = this.catalogue.find(({ identifier }) => identifier === event.detail.value);
        this.closePicker();
        this.dispatchEvent(new CustomEvent('cosellsolutionadd', { bubbles: true, composed: true, detail: { solution } }));
    }

    handleRetry() {
        this.dispatchEvent(new CustomEvent('cosellcatalogue', { bubbles: true, composed: true }));
    }

    handleRemove(event) {
        // Pills have no disabled state of their own.
        if (this.busy) {
            return;
        }
        const { name: recordId, label } = event.detail.item;
        this.dispatchEvent(new CustomEvent('cosellsolutionremove', { bubbles: true, composed: true, detail: { recordId, label } }));
    }

    /** The focus goes back to where the picker was opened. */
    closePicker() {
        this.picking = false;
        this.focusNext = '[data-add]';
    }
}
