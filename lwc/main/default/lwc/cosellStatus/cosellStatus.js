/**
 * The badge in the panel's head: how the opportunity and its referral stand, in two or three words.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { STATE_LABELS } from 'c/cosellStateLabels';

/** Icons only where the theme lets them be seen: on a dark badge they stay dark. */
const GOOD = { theme: 'slds-theme_success' };
const CALM = { theme: 'slds-badge_lightest' };
const HEED = { theme: 'slds-theme_warning' };
const STOP = { theme: 'slds-theme_error' };

const LOOKS = {
    notShared: { ...CALM, label: STATE_LABELS.stateNotShared, icon: 'utility:lock' },
    inStep: { ...GOOD, label: STATE_LABELS.stateInStep },
    private: { ...CALM, label: STATE_LABELS.statePrivate, icon: 'utility:lock' },
    visible: { ...GOOD, label: STATE_LABELS.stateVisible },
    asked: { theme: 'slds-badge_inverse', label: STATE_LABELS.stateAsked },
    accepted: { ...GOOD, label: STATE_LABELS.stateAccepted },
    agreed: { ...GOOD, label: STATE_LABELS.stateAgreed },
    declined: { ...HEED, label: STATE_LABELS.stateDeclined, icon: 'utility:info' },
    expired: { ...HEED, label: STATE_LABELS.stateExpired, icon: 'utility:info' },
    onHold: { ...HEED, label: STATE_LABELS.stateOnHold, icon: 'utility:clock' },
    taken: { ...GOOD, label: STATE_LABELS.stateTaken },
    turnedDown: { ...CALM, label: LABELS.decideDeclined, icon: 'utility:info' },
    missed: { ...HEED, label: STATE_LABELS.stateMissed, icon: 'utility:info' },
    won: { ...GOOD, label: STATE_LABELS.stateWon },
    lost: { ...CALM, label: STATE_LABELS.stateLost, icon: 'utility:info' },
    closed: { ...CALM, label: STATE_LABELS.stateClosed, icon: 'utility:info' },
    wonByMicrosoft: { ...GOOD, label: STATE_LABELS.stateWonByMicrosoft },
    lostByMicrosoft: { ...HEED, label: STATE_LABELS.stateLostByMicrosoft, icon: 'utility:info' },
    running: { ...CALM, label: STATE_LABELS.stateRunning, icon: 'utility:clock' },
    waiting: { ...HEED, label: STATE_LABELS.stateWaiting, icon: 'utility:clock' },
    needsYou: { ...HEED, label: STATE_LABELS.stateNeedsYou, icon: 'utility:user' },
    broken: { ...STOP, label: STATE_LABELS.stateBroken }
};

export default class CosellStatus extends LightningElement {
    /**
     * `notShared`; `private`, `visible` (or `inStep`, where nobody knows how far it is opened), `asked` (Microsoft's answer is due), `accepted`
     * (or `agreed`, where nobody knows who did), `declined`, `expired` when shared; `onHold` while a referral that came in waits for the seller, `taken`, `turnedDown` or `missed` after
     * that; `won`, `lost` or `closed` at the end, `wonByMicrosoft` or `lostByMicrosoft` on its side alone; `running`, `waiting`, `needsYou` or
     * `broken` while something is in the way.
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
