import { describe as explain } from 'c/cosellErrors';
import { LABELS } from 'c/cosellLabels';

const CASES = [
    [
        'the module: no WebAssembly',
        Object.assign(new Error('x'), { code: 'wasm.unavailable' }),
        'wasm.unavailable',
        LABELS.errorModuleUnavailable
    ],
    [
        'the proxy: not reachable',
        Object.assign(new Error('x'), { code: 'proxy.unreachable' }),
        'proxy.unreachable',
        LABELS.errorProxyUnreachable
    ],
    [
        'the proxy: a code of its own, with its sentence',
        Object.assign(new Error(''), { code: 'internal', status: 500, detail: 'Give it another minute.' }),
        'internal',
        'Give it another minute.'
    ],
    [
        'the proxy: its user can’t see the record',
        Object.assign(new Error(''), { code: 'opportunity.not-found', status: 404, detail: 'No such opportunity.' }),
        'opportunity.not-found',
        LABELS.errorServerNotFound
    ],
    [
        'the proxy: Salesforce refused',
        Object.assign(new Error(''), { code: 'salesforce.refused', status: 502, detail: 'INVALID_FIELD: No such column' }),
        'salesforce.refused',
        LABELS.errorSalesforceRefused.replace('{0}', 'INVALID_FIELD: No such column')
    ],
    [
        'Apex: the user can’t see the record',
        { status: 500, body: { message: 'opportunity.not-found' } },
        'opportunity.not-found',
        LABELS.errorNotFound
    ],
    [
        'Apex: a code as the message',
        { status: 500, body: { message: 'opportunity.read-only' } },
        'opportunity.read-only',
        LABELS.errorReadOnly
    ],
    [
        'the module: a setting',
        Object.assign(new Error('relaxed: is odd'), { code: 'settings.unreadable' }),
        'settings.unreadable',
        LABELS.errorSettingsUnreadable.replace('{0}', 'relaxed: is odd')
    ],
    ['Apex: a code in JSON', { status: 500, body: { message: '{"code":"settings.missing"}' } }, 'settings.missing', LABELS.errorSettings],
    [
        'Apex: an exception nobody caught',
        { status: 500, body: { exceptionType: 'System.NullPointerException', message: 'Attempt to de-reference a null object' } },
        'record.refused',
        'Attempt to de-reference a null object'
    ],
    [
        'Apex: a DML error',
        { body: { fieldErrors: { Amount: [{ message: 'Too large.' }] }, pageErrors: [{ message: 'Look again.' }] } },
        'record.refused',
        'Look again. Too large.'
    ],
    [
        'UI API: a read',
        { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }] },
        'NOT_FOUND',
        'The requested resource does not exist'
    ],
    [
        'UI API: a validation rule',
        {
            status: 400,
            body: {
                message: 'An error occurred while trying to update the record. Please try again.',
                output: {
                    errors: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Close date must be a workday.' }],
                    fieldErrors: { CloseDate: [{ message: 'Close date must be a workday.' }, { message: 'Not on Sunday.' }] }
                }
            }
        },
        'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        'Close date must be a workday. Not on Sunday.'
    ],
    [
        'UI API: somebody else was faster',
        { status: 412, body: { message: 'x', errorCode: 'PRECONDITION_FAILED' } },
        'record.conflict',
        LABELS.errorConflict
    ],
    ['a plain Error', new Error('Failed to fetch'), 'unknown', 'Failed to fetch'],
    ['a string', 'Out of paper', 'unknown', 'Out of paper'],
    ['an answer without a body', { status: 502, statusText: 'Bad Gateway' }, 'unknown', 'Bad Gateway'],
    ['nothing', undefined, 'unknown', LABELS.errorUnknown],
    ['null', null, 'unknown', LABELS.errorUnknown],
    ['an empty body', { body: {} }, 'record.refused', LABELS.errorUnknown]
];

describe('c-cosell-errors', () => {
    it.each(CASES)('explains %s', (_shape, error, code, message) => {
        expect(explain(error)).toEqual({ code, message, findings: [] });
    });

    it('hands on the findings of a deal that the proxy refused', () => {
        const findings = [{ code: 'country.name' }];
        expect(explain(Object.assign(new Error(''), { code: 'deal.not-ready', findings })).findings).toBe(findings);
    });
});
