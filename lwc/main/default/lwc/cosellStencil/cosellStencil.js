/**
 * The outline of the panel while the record and the rules are on their way: as high as what takes its place, so that nothing below moves.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';

/** Fields of the form, each with its classes: a label and a control, or a check box. */
const FIELDS = ['control', 'check', 'control', 'check', 'control', 'check'];

export default class CosellStencil extends LightningElement {
    labels = LABELS;

    /** How the deal stands is not known yet either: its outline too, and that of the buttons at the foot. */
    @api whole = false;

    /** The form of a deal that is shared says more. */
    get look() {
        return this.whole ? '' : 'shared';
    }

    fields = FIELDS.map((kind, index) => ({ key: String(index), kind: `field ${kind}` }));
}
