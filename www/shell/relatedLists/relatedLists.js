// The records below an opportunity: contact roles, solutions, and the team where the org has teams. Kept fresh when any of them is written.
import { LightningElement, api } from 'lwc';
import { onWrite } from '../../platform/records/readers.js';
import { personName, problem } from '../format.js';
import { relatedRecords } from '../org.js';
import { words } from '../words.js';

export default class RelatedLists extends LightningElement {
    @api recordId;

    words = words;
    related;
    failure;

    connectedCallback() {
        this.stop = onWrite(() => this.load());
        this.load();
    }

    disconnectedCallback() {
        this.stop();
    }

    async load() {
        const asked = (this.asked = Symbol('load'));
        try {
            const related = await relatedRecords(this.recordId);
            if (asked !== this.asked) return;
            this.related = related;
            this.failure = undefined;
        } catch (error) {
            if (asked === this.asked) this.failure = problem(error);
        }
    }

    get lists() {
        if (!this.related) return [];
        const { contacts, solutions, team } = this.related;
        const lists = [
            { name: 'contacts', label: words.contactRoles, icon: 'standard:contact', rows: contacts.map(contactRow) },
            { name: 'solutions', label: words.solutions, icon: 'standard:product', rows: solutions.map(solutionRow) }
        ];
        if (team) lists.push({ name: 'team', label: words.team, icon: 'standard:team_member', rows: team.map(memberRow) });
        return lists.map((list) => ({ ...list, count: list.rows.length, empty: list.rows.length === 0 }));
    }
}

/** Lines of a tile; a text that stands for an absent value is shown weakly. */
const lines = (...texts) =>
    texts
        .filter(([text, instead]) => text || instead)
        .map(([text, instead], key) => ({
            key,
            text: text || instead,
            className: text ? 'slds-truncate' : 'slds-truncate slds-text-color_weak'
        }));

const contactRow = ({ Id, Role, IsPrimary, Contact }) => ({
    id: Id,
    title: personName(Contact),
    badge: IsPrimary ? words.primary : '',
    lines: lines([Role, words.noRole], [Contact?.Email, words.noEmail], [Contact?.Phone, words.noPhone])
});

const solutionRow = (row) => ({
    id: row.Id,
    title: row.Name,
    badge: row.Solution_Type__c,
    lines: lines([row.Solution_Identifier__c], [row.Publisher_Name__c])
});

const memberRow = ({ Id, TeamMemberRole, User }) => ({
    id: Id,
    title: personName(User),
    badge: '',
    lines: lines([TeamMemberRole, words.noRole], [User?.Email, words.noEmail])
});
