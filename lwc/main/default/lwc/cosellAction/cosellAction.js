/**
 * The co-sell panel in the window of a quick action, for opportunity pages that have no room for it. Knows only where to put it.
 */
import { LightningElement, api } from 'lwc';

export default class CosellAction extends LightningElement {
    /** The opportunity. An action is given it only after it was put on the page. */
    @api recordId;
}
