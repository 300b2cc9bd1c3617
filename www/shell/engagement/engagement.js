// One engagement: our referral and Microsoft's, side by side.
import { LightningElement, api } from 'lwc';
import { words } from '../words.js';

export default class Engagement extends LightningElement {
    /** `{ id, ours: [referral…], microsofts: [referral…] }` */
    @api engagement;

    words = words;

    get name() {
        return [...this.engagement.ours, ...this.engagement.microsofts][0].name;
    }

    get sides() {
        const ours = this.engagement.ours.map((referral) => ({
            referral,
            heading: referral.direction === 'Incoming' ? words.received : words.ours,
            answerable: false
        }));
        const microsofts = this.engagement.microsofts.map((referral) => ({
            referral,
            heading: words.microsofts,
            answerable: referral.status === 'New'
        }));
        return [...ours, ...microsofts];
    }

    get alone() {
        return this.engagement.microsofts.length === 0;
    }
}
