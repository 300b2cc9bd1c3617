/**
 * The outline of the form while the record and the rules are on their way: as high as the form, so that nothing moves when it comes.
 */
import { LightningElement } from 'lwc';
import { LABELS } from 'c/cosellLabels';

/** Fields of the form, each with its classes: a label and a control, or a check box. */
const FIELDS = ['control', 'check', 'control', 'check', 'control', 'check'];

export default class CosellStencil extends LightningElement {
    labels = LABELS;
    fields = FIELDS.map((kind, index) => ({ key: String(index), kind: `field ${kind}` }));
}
