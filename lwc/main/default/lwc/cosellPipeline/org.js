/**
 * What the pipeline reads and writes in Salesforce: its opportunities page by page, some of them again, and that one is to be shared.
 * What it has the proxy do is in c/cosellProxy.
 */
import { notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import getAgain from '@salesforce/apex/CosellPipelineController.getAgain';
import getOpen from '@salesforce/apex/CosellPipelineController.getOpen';
import { FIELD } from 'c/cosellRecord';
import { isTooMuch } from './gather';

/** Opportunities that Apex reads again at a time. */
const AT_A_TIME = 200;

/** Ticks *Sync with Partner Center*, only if nobody else has written since the record was read. */
export async function register(record) {
    const fields = { Id: record.Id, [FIELD.sync]: true };
    await updateRecord({ fields }, { ifUnmodifiedSince: record.LastModifiedDate });
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
