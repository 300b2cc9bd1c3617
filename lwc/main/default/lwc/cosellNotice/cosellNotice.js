/**
 * A friendly card in place of something that can't be shown, or above it: what happened, what to do, one button.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';

const LOOKS = {
    info: { icon: 'utility:info', variant: '', text: LABELS.noticeInfo, role: 'status' },
    warning: { icon: 'utility:warning', variant: 'warning', text: LABELS.noticeWarning, role: 'status' },
    error: { icon: 'utility:error', variant: 'error', text: LABELS.noticeError, role: 'alert' }
};

export default class CosellNotice extends LightningElement {
    /** `info`, `warning` or `error`. */
    @api variant = 'info';
    @api heading;
    @api body;
    /** What to ask an admin for, or where to look. */
    @api hint;
    /** Label of the button; none without it. Its click is the `action` event. */
    @api actionLabel;

    get look() {
        return LOOKS[this.variant] ?? LOOKS.info;
    }

    get noticeClass() {
        return 'slds-box slds-box_x-small slds-theme_shade slds-media slds-m-bottom_small';
    }

    get iconName() {
        return this.look.icon;
    }

    get iconVariant() {
        return this.look.variant;
    }

    get iconText() {
        return this.look.text;
    }

    get role() {
        return this.look.role;
    }

    handleAction() {
        this.dispatchEvent(new CustomEvent('action'));
    }
}
