// The sales path: the org's stages in their order, and the way to the next one.
import { LightningElement, api } from 'lwc';
import { getFieldValue, updateRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { problem } from '../format.js';
import { stages } from '../org.js';
import { fill, words } from '../words.js';

export default class StagePath extends LightningElement {
    @api record;

    words = words;
    stages = [];
    chosen;
    busy = false;

    async connectedCallback() {
        // An org that does not tell its stages has no path; the stage itself stands in the details.
        this.stages = await stages().catch(() => []);
    }

    /** On a narrow screen the path scrolls: what is shown of it is the stage reached. */
    renderedCallback() {
        const item = this.template.querySelector('.slds-is-current');
        if (!item || this.shown === this.current) return;
        this.shown = this.current;
        this.template.querySelector('.scroller').scrollLeft = item.offsetLeft - 8;
    }

    get current() {
        return getFieldValue(this.record, 'Opportunity.StageName');
    }

    get selected() {
        return this.chosen ?? this.current;
    }

    get steps() {
        const reached = this.stages.findIndex(({ value }) => value === this.current);
        const closed = this.stages[reached]?.closed;
        // Of the closed stages a path shows the one reached, or else the one that is hoped for.
        const shown = this.stages.filter(({ value, won, closed: ends }) => !ends || value === this.current || (won && !closed));
        const end = shown.findIndex(({ value }) => value === this.current);
        return shown.map((stage, index) => {
            const done = index < end && !(closed && !this.stages[reached].won);
            const classes = ['slds-path__item'];
            if (done) classes.push('slds-is-complete');
            else if (index === end && closed) classes.push(stage.won ? 'slds-is-won' : 'slds-is-lost', 'slds-is-current');
            else if (index === end) classes.push('slds-is-current');
            else classes.push('slds-is-incomplete');
            const selected = stage.value === this.selected;
            if (selected) classes.push('slds-is-active');
            const mark = done ? words.stageComplete : '';
            return { ...stage, mark, selected: String(selected), tabindex: selected ? '0' : '-1', className: classes.join(' ') };
        });
    }

    get following() {
        const index = this.stages.findIndex(({ value }) => value === this.current);
        return this.stages[index + 1]?.value ?? this.current;
    }

    get marksCurrent() {
        return this.selected !== this.current;
    }

    /** A closed deal has no next stage; another one is chosen on purpose. */
    get canMark() {
        return this.marksCurrent || !this.stages.find(({ value }) => value === this.current)?.closed;
    }

    get markLabel() {
        return this.marksCurrent ? words.markStage : words.markComplete;
    }

    choose(event) {
        event.preventDefault();
        this.chosen = event.currentTarget.dataset.value;
    }

    move(event) {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const links = [...this.template.querySelectorAll('.slds-path__link')];
        const next = links[links.indexOf(event.currentTarget) + step];
        if (!next) return;
        this.chosen = next.dataset.value;
        next.focus();
    }

    async mark() {
        const stage = this.marksCurrent ? this.selected : this.following;
        this.busy = true;
        try {
            await updateRecord({ fields: { Id: this.record.id, StageName: stage } });
            this.chosen = undefined;
            const { label } = this.stages.find(({ value }) => value === stage);
            this.dispatchEvent(new ShowToastEvent({ title: fill(words.stageChanged, label), variant: 'success' }));
        } catch (error) {
            this.dispatchEvent(new ShowToastEvent({ title: words.snag, message: problem(error), variant: 'error' }));
        }
        this.busy = false;
    }
}
