// One referral in readable fields, with the document itself below; and for Microsoft's, the answers its seller may give.
import { LightningElement, api } from 'lwc';
import { open } from '../../platform/location.js';
import { date, dateTime, money, personName, yesNo } from '../format.js';
import { words } from '../words.js';

const themes = { New: 'slds-theme_info', Active: 'slds-theme_success', Closed: 'slds-theme_shade' };

export default class Referral extends LightningElement {
    @api referral;
    @api heading;
    /** Whether Microsoft's seller may accept or decline it now. */
    @api answerable;

    words = words;
    declining = false;
    reason = words.declineDefault;

    get statusText() {
        return `${this.referral.status} / ${this.referral.substatus}`;
    }

    get statusClass() {
        return ['slds-badge', themes[this.referral.status]].filter(Boolean).join(' ');
    }

    get json() {
        return JSON.stringify(this.referral, null, 2);
    }

    get facts() {
        const { referral } = this;
        const { details = {}, customerProfile: customer = {}, inviteContext: invite = {} } = referral;
        const facts = [
            { name: 'id', label: words.identifier, value: referral.id },
            { name: 'type', label: words.type, value: referral.type },
            { name: 'target', label: words.target, value: targets(referral) },
            { name: 'help', label: words.help, value: help(invite.assistanceRequestCode, referral) },
            { name: 'dealValue', label: words.dealValue, value: money(details.dealValue, details.currency) },
            { name: 'closing', label: words.closing, value: date(details.closingDateTime) },
            { name: 'customer', label: words.customer, value: [customer.name, address(customer.address)].filter(Boolean).join('\n') },
            { name: 'contact', label: words.contact, value: people(customer.team) },
            { name: 'team', label: words.partnerTeam, value: people(referral.team) },
            { name: 'solutions', label: words.solutions, value: solutions(details) },
            { name: 'visible', label: words.visible, value: yesNo(referral.consent?.consentToShareReferralWithMicrosoftSellers) },
            { name: 'notes', label: words.notes, value: details.notes },
            { name: 'notesToMicrosoft', label: words.notesToMicrosoft, value: invite.notes },
            { name: 'reason', label: words.reason, value: referral.statusReason },
            { name: 'due', label: words.due, value: dateTime(referral.expirationDateTime) },
            { name: 'msx', label: words.msx, value: referral.trackingInfo?.microsoftMsxId },
            { name: 'externalReferenceId', label: words.crmId, value: referral.externalReferenceId, url: opportunityUrl(referral) },
            { name: 'updated', label: words.updated, value: dateTime(referral.updatedDateTime) }
        ];
        return facts.filter(({ value }) => value).map((fact) => ({ ...fact, detailKey: `${fact.name}-value` }));
    }

    go(event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(event.currentTarget.getAttribute('href'));
    }

    accept() {
        this.answer('accept');
    }

    decline() {
        this.answer('decline', this.reason);
    }

    startDeclining() {
        this.declining = true;
    }

    stopDeclining() {
        this.declining = false;
    }

    changeReason(event) {
        this.reason = event.detail.value;
    }

    answer(decision, reason) {
        this.declining = false;
        const detail = { id: this.referral.id, decision, reason };
        this.dispatchEvent(new CustomEvent('answer', { bubbles: true, composed: true, detail }));
    }
}

const opportunityUrl = ({ externalReferenceId: id }) => (id?.startsWith('006') ? `/lightning/r/Opportunity/${id}/view` : undefined);

// Help is asked of Microsoft through its referral; ours never asks for any.
const help = (code, { target = [] }) => {
    if (!target.some(({ id }) => id === 'msft')) return undefined;
    return !code || code === 'Unknown' ? words.noHelp : (words.helpCodes[code] ?? code);
};

const targets = ({ target = [] }) => target.map(({ id }) => (id === 'msft' ? words.targetMicrosoft : id)).join(', ');

const people = (team = []) =>
    team.map((person) => [personName(person), person.email, person.phoneNumber].filter(Boolean).join(', ')).join('\n');

const solutions = ({ requirements }) => (requirements?.solutions ?? []).map(({ id, name }) => (name ? `${name} (${id})` : id)).join('\n');

const address = ({ addressLine1, addressLine2, postalCode, city, state, country } = {}) =>
    [addressLine1, addressLine2, [postalCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ');
