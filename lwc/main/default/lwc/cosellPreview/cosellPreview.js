/**
 * What Microsoft will see of the deal, folded away until it is wanted.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { audienceOf, sectionsOf } from './sections';

export default class CosellPreview extends LightningElement {
    open = false;

    /** The preview as the rules gave it: `{ dealType, referral, microsoft }`. */
    @api preview;
    @api shared = false;

    get isPrivate() {
        return this.preview.dealType === 'private';
    }

    get heading() {
        if (this.isPrivate) {
            return LABELS.previewPrivate;
        }
        return this.shared ? LABELS.previewAfter : LABELS.previewBefore;
    }

    get expanded() {
        return String(this.open);
    }

    get chevron() {
        return this.open ? 'utility:chevrondown' : 'utility:chevronright';
    }

    get audience() {
        return audienceOf(this.preview);
    }

    get sections() {
        return sectionsOf(this.preview);
    }

    handleToggle() {
        this.open = !this.open;
    }
}
