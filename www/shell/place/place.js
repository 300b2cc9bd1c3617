// A place on a page for one of our components, as App Builder has them: by name, given the record's id where the page is a record's.
import { LightningElement, api } from 'lwc';
import { exposedComponent } from '../../sandbox.js';
import { words } from '../words.js';

export default class Place extends LightningElement {
    @api component;
    @api recordId;
    /** Why the sandbox refused our components, if it did. */
    @api failure;

    words = words;

    get constructorOfComponent() {
        return exposedComponent(this.component);
    }

    get properties() {
        return this.recordId ? { recordId: this.recordId, objectApiName: 'Opportunity' } : {};
    }
}
