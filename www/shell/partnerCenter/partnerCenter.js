// What Partner Center holds, one card for each engagement, the newest first; and Microsoft's side of the conversation to play.
import { LightningElement } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { call } from '../../platform/http.js';
import { open } from '../../platform/location.js';
import { problem } from '../format.js';
import { fill, words } from '../words.js';

const referrals = '/_sandbox/referrals';

export default class PartnerCenter extends LightningElement {
    words = words;
    engagements;
    failure;

    connectedCallback() {
        this.load();
    }

    async load() {
        try {
            this.engagements = engagementsOf(await call('GET', referrals));
            this.failure = undefined;
        } catch (error) {
            this.failure = problem(error);
        }
    }

    get summary() {
        const count = this.engagements?.length;
        if (!count) return '';
        return `${count === 1 ? words.engagementsOne : fill(words.engagements, count)}.`;
    }

    async answer(event) {
        const { id, decision, reason } = event.detail;
        try {
            await call('POST', `${referrals}/${id}/${decision}`, { body: reason ? { reason } : {} });
            await this.load();
            const told = decision === 'accept' ? words.accepted : words.declined;
            this.dispatchEvent(new ShowToastEvent({ title: fill(words.answered, told), variant: 'success' }));
        } catch (error) {
            this.dispatchEvent(new ShowToastEvent({ title: words.snag, message: problem(error), variant: 'error' }));
        }
    }

    toList(event) {
        event.preventDefault();
        open('/lightning/o/Opportunity/list');
    }
}

/** Whether a referral is the one that Microsoft's sellers work with (Microsoft Learn, "Co-sell with Microsoft": target `msft`). */
const isMicrosofts = ({ target }) => (target ?? []).some(({ id }) => id === 'msft');

function engagementsOf(all) {
    const groups = new Map();
    for (const referral of all) {
        const group = groups.get(referral.engagementId) ?? { id: referral.engagementId, ours: [], microsofts: [] };
        (isMicrosofts(referral) ? group.microsofts : group.ours).push(referral);
        groups.set(referral.engagementId, group);
    }
    const latest = ({ ours, microsofts }) =>
        [...ours, ...microsofts]
            .map(({ createdDateTime }) => createdDateTime)
            .sort()
            .at(-1);
    return [...groups.values()].sort((one, other) => (latest(one) < latest(other) ? 1 : -1));
}
