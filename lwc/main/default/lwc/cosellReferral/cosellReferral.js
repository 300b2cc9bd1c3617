/**
 * How the deal stands with Partner Center: what is the matter, Microsoft's answer and its deadline, identifiers, the link.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { date, dateTime, daysBetween, fill, inDays, today } from 'c/cosellFormat';

const ANSWERS = {
    Pending: LABELS.answerPending,
    Received: LABELS.answerPending,
    Accepted: LABELS.answerAccepted,
    Declined: LABELS.answerDeclined,
    Expired: LABELS.answerExpired,
    Won: LABELS.answerWon,
    Lost: LABELS.answerLost
};

export default class CosellReferral extends LightningElement {
    labels = LABELS;

    /** `{ state, referralId, link, engagementId, crmId, seller, substatus, answerDue, help, reason, until }`, empty where there is none. */
    @api referral = {};

    get waitsForAnswer() {
        return this.referral.substatus === 'Pending' || this.referral.substatus === 'Received';
    }

    get answer() {
        const { substatus, answerDue } = this.referral;
        const words = ANSWERS[substatus] ?? '';
        if (!this.waitsForAnswer || !answerDue) {
            return words;
        }
        const days = daysBetween(new Date(), answerDue);
        return days < 0 ? fill(LABELS.answerOverdue, date(today(new Date(answerDue)))) : fill(LABELS.answerDue, inDays(days));
    }

    get asked() {
        return this.referral.help ? fill(LABELS.asked, this.referral.help) : '';
    }

    get reason() {
        return this.referral.reason;
    }

    get reasonIcon() {
        return this.referral.state === 'waiting' ? 'utility:clock' : 'utility:warning';
    }

    get reasonVariant() {
        return this.referral.state === 'broken' ? 'error' : 'warning';
    }

    get until() {
        return this.referral.until ? fill(LABELS.waitingUntil, dateTime(this.referral.until)) : '';
    }

    get link() {
        return this.referral.link;
    }

    get rows() {
        return [
            { label: LABELS.referral, value: this.referral.referralId },
            { label: LABELS.engagement, value: this.referral.engagementId },
            { label: LABELS.crmId, value: this.referral.crmId },
            { label: LABELS.seller, value: this.referral.seller }
        ]
            .filter(({ value }) => value)
            .map((row) => ({ ...row, key: row.label }));
    }
}
