// A view that has nothing to show: empty, failed, or not there; with room for what to do about it.
import { LightningElement, api } from 'lwc';

const icons = { desert: 'utility:world', empty: 'utility:opened_folder', search: 'utility:search', error: 'utility:error' };

export default class Message extends LightningElement {
    /** `desert` (no such page), `empty`, `search` (nothing found) or `error` */
    @api kind = 'empty';
    @api heading;
    @api text;
    /** Whether it is all there is on the page, and so its heading the page's. */
    @api whole = false;

    get icon() {
        return icons[this.kind];
    }

    get role() {
        return this.kind === 'error' ? 'alert' : null;
    }
}
