// `@salesforce/apex`: asks again for what a wired Apex method gave, and gives the new answer to the component.
import { refreshProvisioned } from '../provisioned.js';

export const refreshApex = (value) => refreshProvisioned(value);
export const getSObjectValue = (sObject, field) =>
    (field.fieldApiName ?? field).split('.').reduce((record, name) => record?.[name], sObject);
