/**
 * The badge in the panel's head: how the opportunity and its referral stand, in two or three words.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';

/** Icons only where the theme lets them be seen: on a dark badge they stay dark. */
const LOOKS = {
    notShared: { label: LABELS.stateNotShared, icon: 'utility:lock', theme: 'slds-badge_lightest' },
    inStep: { label: LABELS.stateInStep, theme: 'slds-theme_success' },
    private: { label: LABELS.statePrivate, icon: 'utility:lock', theme: 'slds-badge_lightest' },
    accepted: { label: LABELS.stateAccepted, theme: 'slds-theme_success' },
    declined: { label: LABELS.stateDeclined, icon: 'utility:info', theme: 'slds-theme_warning' },
    turnedDown: { label: LABELS.decideDeclined, icon: 'utility:info', theme: 'slds-badge_lightest' },
    expired: { label: LABELS.stateExpired, icon: 'utility:info', theme: 'slds-theme_warning' },
    asked: { label: LABELS.stateAsked, theme: 'slds-badge_inverse' },
    waiting: { label: LABELS.stateWaiting, icon: 'utility:clock', theme: 'slds-theme_warning' },
    onHold: { label: LABELS.stateOnHold, icon: 'utility:clock', theme: 'slds-theme_warning' },
    needsYou: { label: LABELS.stateNeedsYou, icon: 'utility:user', theme: 'slds-theme_warning' },
    broken: { label: LABELS.stateBroken, theme: 'slds-theme_error' }
};

export default class CosellStatus extends LightningElement {
    /**
     * `notShared`; `private`, `inStep` (visible), `asked` (Microsoft's answer is due), `accepted`, `declined` or `expired` when shared;
     * `turnedDown` when the seller declined it; `onHold` while a referral that came in waits for the seller's answer; `waiting`, `needsYou` or `broken` when something is in the way.
     */
    @api state;

    get look() {
        return LOOKS[this.state] ?? LOOKS.notShared;
    }

    get label() {
        return this.look.label;
    }

    get iconName() {
        return this.look.icon;
    }

    get badgeClass() {
        return this.look.theme;
    }
}
