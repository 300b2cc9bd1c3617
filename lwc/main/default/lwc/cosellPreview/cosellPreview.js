/**
 * What Microsoft will see of the deal and what it will not, folded away until it is wanted. After sharing what would change, before and
 * after, and what the opportunity says.
 */
import { LightningElement, api } from 'lwc';
import { PREVIEW_LABELS } from 'c/cosellPreviewLabels';
import { audienceOf, changesOf, sectionsOf } from './sections';
import { stayingOf } from './staying';

export default class CosellPreview extends LightningElement {
    labels = PREVIEW_LABELS;
    open = false;

    /** The preview as the rules gave it: `{ dealType, referral, microsoft, changes }`. */
    @api preview;
    /** Partner Center has its copy of these values already, and no share sends them again. */
    @api kept = false;
    /** The referral is closed: nothing is sent any more. */
    @api closed = false;
    /** Paths of the fields that the rules read: nothing else can be sent. */
    @api sources = [];

    get heading() {
        if (this.kept) {
            return PREVIEW_LABELS.previewAfter;
        }
        return this.preview.dealType === 'private' ? PREVIEW_LABELS.previewPrivate : PREVIEW_LABELS.previewBefore;
    }

    /** Who will see it, or what is sent by itself; nothing of either, once it is closed. */
    get introduction() {
        if (this.closed) {
            return '';
        }
        return this.kept ? PREVIEW_LABELS.previewKept : audienceOf(this.preview);
    }

    get sections() {
        return sectionsOf(this.preview);
    }

    get changes() {
        return changesOf(this.preview) ?? [];
    }

    get hasNoChanges() {
        return this.kept && changesOf(this.preview)?.length === 0;
    }

    get staying() {
        return stayingOf(this.sources);
    }

    handleToggle(event) {
        this.open = event.detail.openSections.length > 0;
    }
}
