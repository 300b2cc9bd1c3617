/**
 * What identifies the deal outside Salesforce: the referral's identifiers, whom to talk to at Microsoft, the link to Partner Center.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';

export default class CosellReferral extends LightningElement {
    labels = LABELS;

    /** `{ referralId, link, engagementId, crmId, seller }`, empty where there is none. */
    @api referral = {};

    get link() {
        return this.referral.link;
    }

    get rows() {
        return [
            { label: LABELS.seller, value: this.referral.seller },
            { label: LABELS.crmId, value: this.referral.crmId },
            { label: LABELS.referral, value: this.referral.referralId },
            { label: LABELS.engagement, value: this.referral.engagementId }
        ]
            .filter(({ value }) => value)
            .map((row) => ({ ...row, key: row.label }));
    }
}
