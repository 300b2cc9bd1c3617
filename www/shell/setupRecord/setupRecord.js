// A record of custom metadata as Salesforce's Setup shows it: every field of its type. Here it is only looked at.
import { LightningElement, api } from 'lwc';
import { open } from '../../platform/location.js';
import { problem } from '../format.js';
import { settingRecord } from '../org.js';
import { words } from '../words.js';

const setup = '/lightning/n/Cosell_Setup';

export default class SetupRecord extends LightningElement {
    @api recordId;

    words = words;
    setup = setup;
    record;
    failure;

    connectedCallback() {
        this.load();
    }

    async load() {
        try {
            this.record = await settingRecord(this.recordId);
            this.failure = undefined;
        } catch (error) {
            this.failure = problem(error);
        }
    }

    get isMissing() {
        return this.record === null;
    }

    toSetup(event) {
        event.preventDefault();
        open(setup);
    }
}
