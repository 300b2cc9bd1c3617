/**
 * An input that searches a list and takes one entry of it: a combobox after the pattern of ARIA's authoring practices, for lists that
 * are too long to unfold. Tells what was chosen (`choose`) or that nothing is wanted (`cancel`); knows nothing of what is listed.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { counted, fill, number } from 'c/cosellFormat';
import { matching } from './matching';

/** How many are listed: further ones are found by typing more. */
const MOST = 50;

export default class CosellSearch extends LightningElement {
    typed = '';
    expanded = false;
    active = -1;

    @api label;
    @api placeholder;
    /** Icon of every option. */
    @api iconName;
    /** `{ value, label, meta, disabled }`: `meta` is a second line, and is searched too; what is disabled is listed but not taken. */
    @api options = [];
    @api disabled = false;

    renderedCallback() {
        // jsdom has no layout, and so nothing to scroll.
        this.template.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
    }

    get found() {
        return matching(this.options, this.typed);
    }

    get listed() {
        return this.found.slice(0, MOST).map((option, index) => ({
            ...option,
            id: `option-${index}`,
            index,
            selected: index === this.active ? 'true' : 'false',
            unavailable: option.disabled ? 'true' : 'false',
            look: `slds-media slds-listbox__option slds-listbox__option_entity slds-listbox__option_has-meta ${
                index === this.active ? 'slds-has-focus' : ''
            } ${option.disabled ? 'taken' : ''}`
        }));
    }

    get ariaExpanded() {
        return this.expanded ? 'true' : 'false';
    }

    get boxClass() {
        return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click ${this.expanded ? 'slds-is-open' : ''}`;
    }

    get activeId() {
        return this.expanded && this.active >= 0 ? `option-${this.active}` : null;
    }

    get more() {
        const rest = this.found.length - MOST;
        return rest > 0 ? fill(LABELS.searchMore, number(rest)) : '';
    }

    get none() {
        return this.found.length ? '' : fill(LABELS.searchNone, this.typed.trim());
    }

    /** What a screen reader is told as the list changes. */
    get status() {
        return this.expanded && this.found.length ? counted(this.found.length, LABELS.searchFoundOne, LABELS.searchFoundMany) : '';
    }

    /** Puts the cursor into the input. */
    @api
    focus() {
        this.template.querySelector('input')?.focus();
    }

    handleInput(event) {
        this.typed = event.target.value;
        this.expanded = true;
        this.active = this.typed.trim() && this.found.length ? 0 : -1;
    }

    handleOpen() {
        this.expanded = true;
    }

    handleBlur() {
        this.expanded = false;
    }

    handleKeydown(event) {
        switch (event.key) {
            case 'ArrowDown':
                this.move(event, 1);
                break;
            case 'ArrowUp':
                this.move(event, -1);
                break;
            case 'Enter':
                event.preventDefault();
                if (this.expanded) {
                    this.take(this.active);
                }
                break;
            case 'Escape':
                // The first closes the list, the second the search.
                event.stopPropagation();
                if (this.expanded) {
                    this.expanded = false;
                } else {
                    this.dispatchEvent(new CustomEvent('cancel'));
                }
                break;
            default:
        }
    }

    /** Keeps the cursor in the input, whose blur would take the list away under the click. */
    handleMousedown(event) {
        event.preventDefault();
    }

    handleChoose(event) {
        this.take(Number(event.currentTarget.dataset.index));
    }

    move(event, step) {
        event.preventDefault();
        const { length } = this.listed;
        if (length) {
            const from = this.active < 0 && step < 0 ? 0 : this.active;
            this.active = this.expanded || this.active < 0 ? (from + step + length) % length : this.active;
        }
        this.expanded = true;
    }

    take(index) {
        const option = this.listed[index];
        if (option && !option.disabled) {
            this.expanded = false;
            this.dispatchEvent(new CustomEvent('choose', { detail: { value: option.value } }));
        }
    }
}
