// The record page of an opportunity, as App Builder would lay it out: highlights, path, details and related lists; our panel at the right.
import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { open } from '../../platform/location.js';
import { optional, required } from '../fields.js';
import { problem } from '../format.js';
import { words } from '../words.js';

export default class RecordPage extends LightningElement {
    @api recordId;
    @api componentFailure;

    words = words;
    required = required;
    optional = optional;
    record;
    failure;

    @wire(getRecord, { recordId: '$recordId', fields: '$required', optionalFields: '$optional' })
    receive({ data, error }) {
        if (data) this.record = data;
        this.failure = error ? explain(error) : undefined;
    }

    toList(event) {
        event.preventDefault();
        open('/lightning/o/Opportunity/list');
    }
}

/** An id that leads nowhere, or is none. */
const isGone = ({ status, body }) => status === 404 || body?.[0]?.errorCode === 'MALFORMED_ID';

const explain = (error) => (isGone(error) ? words.recordGone : problem(error));
