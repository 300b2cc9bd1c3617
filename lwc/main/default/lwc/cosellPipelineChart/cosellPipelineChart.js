/**
 * The pipeline at a glance: how many deals are ready, blocked and shared, and which rules block how many. Every bar is a button that
 * filters; the same numbers stand in tables for whom a table says more.
 */
import { LightningElement, api } from 'lwc';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { fill, number } from 'c/cosellFormat';

/** Rules that are shown before the seller asks for all of them. */
const FIRST = 6;

const STATES = { ready: WORDS.stateReady, blocked: WORDS.stateBlocked, shared: WORDS.stateShared };

export default class CosellPipelineChart extends LightningElement {
    words = WORDS;
    asTable = false;
    unfolded = false;

    /** `{ ready, blocked, shared, all }`, numbers of deals. */
    @api counts = { ready: 0, blocked: 0, shared: 0, all: 0 };
    /** `{ key, label, blocks, count }` of each rule that found something, the most frequent first. */
    @api rules = [];
    /** The state that is filtered by; empty for all. */
    @api state = '';
    /** The key of the rule that is filtered by; empty for all. */
    @api rule = '';

    get states() {
        return Object.entries(STATES).map(([state, label]) => ({
            state,
            label,
            count: number(this.counts[state]),
            swatch: `swatch ${state}`,
            pressed: String(this.state === state),
            className: this.state === state ? 'tile pressed' : 'tile'
        }));
    }

    /** Left edge and width of each state, in per cent of the whole. */
    get segments() {
        const { ready, blocked, shared, all } = this.counts;
        const part = (count) => (all ? (count / all) * 100 : 0);
        return {
            ready: { x: 0, width: part(ready) },
            blocked: { x: part(ready), width: part(blocked) },
            shared: { x: part(ready + blocked), width: part(shared) }
        };
    }

    get blocking() {
        return this.rules.filter(({ blocks }) => blocks);
    }

    get bars() {
        const most = this.blocking[0]?.count ?? 0;
        const shown = this.unfolded || this.asTable ? this.blocking : this.blocking.slice(0, FIRST);
        return shown.map(({ key, label, count }) => ({
            key,
            label,
            text: number(count),
            style: `width: ${(count / most) * 100}%`,
            pressed: String(this.rule === key),
            className: this.rule === key ? 'bar pressed' : 'bar'
        }));
    }

    get hasMore() {
        return this.blocking.length > FIRST;
    }

    get moreLabel() {
        return this.unfolded ? WORDS.fewer : fill(WORDS.showAll, number(this.blocking.length));
    }

    get switchLabel() {
        return this.asTable ? WORDS.asChart : WORDS.asTable;
    }

    handleState(event) {
        const { state } = event.currentTarget.dataset;
        this.choose({ state: this.state === state ? '' : state });
    }

    handleRule(event) {
        const { rule } = event.currentTarget.dataset;
        this.choose({ rule: this.rule === rule ? '' : rule });
    }

    handleMore() {
        this.unfolded = !this.unfolded;
    }

    handleSwitch() {
        this.asTable = !this.asTable;
    }

    /** Tells what is to be filtered by; what was chosen already is chosen off. */
    choose(detail) {
        this.dispatchEvent(new CustomEvent('cosellfilter', { detail }));
    }
}
