/**
 * What Microsoft will see of the deal, folded away until it is wanted. After sharing only what the opportunity says.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { audienceOf, changesOf, sectionsOf } from './sections';

export default class CosellPreview extends LightningElement {
    open = false;

    /** The preview as the rules gave it: `{ dealType, referral, microsoft, changes }`. */
    @api preview;
    /** Partner Center has its copy of these values already, and no share sends them again. */
    @api kept = false;

    get heading() {
        if (this.kept) {
            return LABELS.previewAfter;
        }
        return this.preview.dealType === 'private' ? LABELS.previewPrivate : LABELS.previewBefore;
    }

    get introduction() {
        return this.kept ? LABELS.previewKept : audienceOf(this.preview);
    }

    get sections() {
        return [...changesOf(this.preview), ...sectionsOf(this.preview)];
    }

    handleToggle(event) {
        this.open = event.detail.openSections.length > 0;
    }
}
