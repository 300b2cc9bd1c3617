/**
 * The filters of the pipeline: words, state, finding, owner. Says what was chosen; what that lets through is decided elsewhere.
 */
import { LightningElement, api } from 'lwc';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { fill, number } from 'c/cosellFormat';

const STATES = [
    { value: '', label: WORDS.all },
    { value: 'ready', label: WORDS.stateReady },
    { value: 'blocked', label: WORDS.stateBlocked },
    { value: 'shared', label: WORDS.stateShared }
];
const OWNERS = [
    { value: 'mine', label: WORDS.ownerMine },
    { value: 'all', label: WORDS.ownerAll }
];

export default class CosellPipelineFilters extends LightningElement {
    words = WORDS;

    /** `{ state, rule, owner, words }`, what is chosen. */
    @api filter;
    /** `{ key, label, blocks, count }` of each rule that found something. */
    @api rules = [];

    get choices() {
        const { state, rule, owner } = this.filter;
        return [
            { name: 'state', label: WORDS.state, value: state, options: STATES },
            { name: 'rule', label: WORDS.finding, value: rule, options: this.findings },
            { name: 'owner', label: WORDS.owner, value: owner, options: OWNERS }
        ];
    }

    get findings() {
        const found = this.rules.map(({ key, label, blocks, count }) => ({
            value: key,
            label: fill(blocks ? WORDS.withCount : WORDS.advice, label, number(count))
        }));
        // What was chosen stays a choice when nothing is left of it.
        const gone = this.filter.rule && !found.some(({ value }) => value === this.filter.rule);
        return [{ value: '', label: WORDS.findingAny }, ...found, ...(gone ? [{ value: this.filter.rule, label: '–' }] : [])];
    }

    handleChange(event) {
        const { filter } = event.currentTarget.dataset;
        this.dispatchEvent(new CustomEvent('cosellfilter', { detail: { [filter]: event.detail.value ?? '' } }));
    }
}
