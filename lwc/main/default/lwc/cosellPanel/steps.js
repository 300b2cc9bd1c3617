/**
 * What a share does, step by step: save, ask Salesforce for a token, have the proxy make both sides equal. Every write of the panel is here.
 */
import { createRecord, deleteRecord, updateRecord } from 'lightning/uiRecordApi';
import issueToken from '@salesforce/apex/CosellTokenController.issue';
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';
import { FIELD } from 'c/cosellRecord';

const STEPS = [LABELS.progressSaving, LABELS.progressToken, LABELS.progressSharing];

/** Writes fields of one record; with `unmodifiedSince` only if nobody else has written since. */
export async function saveFields(recordId, fields, unmodifiedSince) {
    if (Object.keys(fields).length) {
        await updateRecord({ fields: { Id: recordId, ...fields } }, unmodifiedSince ? { ifUnmodifiedSince: unmodifiedSince } : undefined);
    }
}

/**
 * Saves the edits and makes opportunity and referral equal.
 * @param {Function} onstep told what happens now, in words
 * @returns {Promise<object>} the state of the pair as the proxy answers
 */
export async function share({ recordId, fields, unmodifiedSince, rules, onstep }) {
    const tell = (index) => onstep(fill(LABELS.progressStep, index + 1, STEPS.length, STEPS[index]));
    tell(0);
    await saveFields(recordId, fields, unmodifiedSince);
    tell(1);
    const token = await issueToken({ opportunityId: recordId, action: 'share' });
    tell(2);
    return rules.proxyClient().reconcile(recordId, token);
}

/** What a share writes: the edits, and that the opportunity is to be kept in step. */
export function fieldsToShare(record, changes) {
    return record[FIELD.sync] ? changes : { ...changes, [FIELD.sync]: true };
}

/** Puts a solution of the catalogue on the deal. */
export function addSolution(recordId, { identifier, name, type, publisher }) {
    const fields = {
        Opportunity__c: recordId,
        Name: name,
        Solution_Identifier__c: identifier,
        Solution_Type__c: type,
        Publisher_Name__c: publisher
    };
    return createRecord({ apiName: 'Microsoft_Solution__c', fields });
}

/** Takes a solution off the deal. */
export function removeSolution(solutionId) {
    return deleteRecord(solutionId);
}
