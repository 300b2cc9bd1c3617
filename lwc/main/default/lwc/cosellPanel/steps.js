/**
 * What a share does, step by step: save, ask Salesforce for a token, have the proxy do the rest. Every write of the panel is here, and
 * the reading after it.
 */
import { createRecord, deleteRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { refreshApex } from '@salesforce/apex';
import { describe } from 'c/cosellErrors';
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';
import * as proxy from 'c/cosellProxy';
import { FIELD } from 'c/cosellRecord';
import { forgetSaved } from './drafts';

/** Writes fields of one record; with `unmodifiedSince` only if nobody else has written since. */
export async function saveFields(recordId, fields, unmodifiedSince) {
    if (Object.keys(fields).length) {
        await updateRecord({ fields: { Id: recordId, ...fields } }, unmodifiedSince ? { ifUnmodifiedSince: unmodifiedSince } : undefined);
        forgetSaved(recordId, fields);
    }
}

/**
 * Saves the edits and has the proxy send what is to be sent, and read what Microsoft answered.
 * @param {object} options `opens`: more is shown of the deal than before; `onstep` is told what happens now, in words
 * @returns {Promise<object>} the state of the pair as the proxy answers
 */
export async function share({ recordId, fields, unmodifiedSince, rules, opens, onstep }) {
    const saving = Object.keys(fields).length ? [LABELS.progressSaving] : [];
    const steps = [...saving, LABELS.progressToken, opens ? LABELS.progressSharing : LABELS.progressLooking];
    const tell = (words) => onstep(fill(LABELS.progressStep, steps.indexOf(words) + 1, steps.length, words));
    if (saving.length) {
        tell(LABELS.progressSaving);
        await saveFields(recordId, fields, unmodifiedSince);
    }
    tell(LABELS.progressToken);
    return proxy.reconcile(recordId, rules, () => tell(steps.at(-1)));
}

/** How the proxy says that the pair stands, `{ pair }` or `{ problem }`. Changes nothing. */
export async function lookUp(recordId, rules) {
    try {
        return { pair: await proxy.read(recordId, rules) };
    } catch (error) {
        return { problem: describe(error) };
    }
}

/** What a share writes: the edits, and the first time that the opportunity is to be registered. Nothing where nothing is sent. */
export function fieldsToShare(record, changes, { shared, sends }) {
    if (!sends) {
        return {};
    }
    return shared || record[FIELD.sync] ? changes : { ...changes, [FIELD.sync]: true };
}

/** How something ended: `{ result }` or `{ problem }`. */
export async function attempt(action) {
    try {
        return { result: await action() };
    } catch (error) {
        return { problem: describe(error) };
    }
}

/** Has both sources of the record read it again. */
export async function reread(recordId, snapshotWire) {
    await Promise.all([notifyRecordUpdateAvailable([{ recordId }]), refreshApex(snapshotWire)]);
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
