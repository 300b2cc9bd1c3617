/**
 * One share of the pipeline, in the steps of the panel: have the opportunity registered, ask Salesforce for a token, have the proxy
 * make both sides equal. Every write and every call of the pipeline is here.
 */
import { notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import getAgain from '@salesforce/apex/CosellPipelineController.getAgain';
import getOpen from '@salesforce/apex/CosellPipelineController.getOpen';
import issueToken from '@salesforce/apex/CosellTokenController.issue';
import { FIELD } from 'c/cosellRecord';
import { isTooMuch } from './gather';

/** Opportunities that Apex reads again at a time. */
const AT_A_TIME = 200;

/** Ticks *Sync with Partner Center*, only if nobody else has written since the record was read. */
export async function register(record) {
    const fields = { Id: record.Id, [FIELD.sync]: true };
    await updateRecord({ fields }, { ifUnmodifiedSince: record.LastModifiedDate });
}

/** Has the proxy make both sides equal. A token lives five minutes, so it is asked for right before. */
export async function reconcile(recordId, rules) {
    const token = await issueToken({ opportunityId: recordId, action: 'share' });
    return rules.proxyClient().reconcile(recordId, token);
}

/** A page of open opportunities, as `gather` reads them. */
export function pageOf(scope, wanted) {
    return (after, size) => getOpen({ scope, after, size, wanted });
}

/** These opportunities as they are now; what is gone is missing. */
export async function readAgain(opportunityIds, wanted) {
    const parts = [];
    for (let start = 0; start < opportunityIds.length; start += AT_A_TIME) {
        parts.push(readPart(opportunityIds.slice(start, start + AT_A_TIME), wanted));
    }
    return (await Promise.all(parts)).flat();
}

/** Where a transaction can't hold them all, each half has one of its own. */
async function readPart(opportunityIds, wanted) {
    try {
        return JSON.parse(await getAgain({ opportunityIds, wanted })).records;
    } catch (error) {
        if (!isTooMuch(error) || opportunityIds.length === 1) {
            throw error;
        }
        const middle = Math.ceil(opportunityIds.length / 2);
        const halves = [opportunityIds.slice(0, middle), opportunityIds.slice(middle)];
        return (await Promise.all(halves.map((half) => readPart(half, wanted)))).flat();
    }
}

/** Tells the rest of the page which records the proxy wrote to. Nothing of the pipeline depends on it. */
export async function announce(recordIds) {
    if (recordIds.length) {
        await notifyRecordUpdateAvailable(recordIds.map((recordId) => ({ recordId }))).catch(() => {});
    }
}
