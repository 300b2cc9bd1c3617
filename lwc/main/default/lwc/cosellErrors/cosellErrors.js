/**
 * Every shape in which something can fail, made one: `{ code, message, findings }` in the user's language.
 * The shapes: the rules module, the proxy's client, Apex (a thrown code, a DML error), Lightning Data Service, a plain Error.
 * Must not know which component asks.
 */
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';

/** Words for the codes that the page can explain better than their source. */
const WORDS = {
    'wasm.unavailable': LABELS.errorModuleUnavailable,
    'wasm.blocked': LABELS.errorModuleBlocked,
    'wasm.unreachable': LABELS.errorModuleUnreachable,
    'settings.unreadable': LABELS.errorSettingsUnreadable,
    'settings.missing': LABELS.errorSettings,
    'settings.not-saved': LABELS.errorNotSaved,
    'record.unreadable': LABELS.errorRecordUnreadable,
    'record.conflict': LABELS.errorConflict,
    'permission.missing': LABELS.errorPermission,
    'action.unknown': LABELS.errorToken,
    'scope.unknown': LABELS.errorScope,
    'opportunity.not-found': LABELS.errorNotFound,
    'fields.not-readable': LABELS.errorNotReadable,
    'opportunity.read-only': LABELS.errorReadOnly,
    'certificate.unusable': LABELS.errorCertificate,
    'proxy.unreachable': LABELS.errorProxyUnreachable,
    'proxy.timeout': LABELS.errorProxyTimeout,
    'proxy.unreadable': LABELS.errorProxyUnreadable,
    'origin.unknown': LABELS.errorOrigin,
    'salesforce.sign-in': LABELS.errorSalesforceSignIn,
    'salesforce.unavailable': LABELS.errorSalesforceUnavailable,
    'deal.not-ready': LABELS.errorNotReady,
    'token.missing': LABELS.errorToken,
    'token.invalid': LABELS.errorToken,
    'token.expired': LABELS.errorToken,
    'token.audience': LABELS.errorToken,
    'token.issuer': LABELS.errorToken,
    'token.record': LABELS.errorToken,
    'token.action': LABELS.errorToken
};

/** The same code from the proxy is about its own user in Salesforce, not about the one who asks. `{0}` is the proxy's detail. */
const PROXY_WORDS = {
    'opportunity.not-found': LABELS.errorServerNotFound,
    'salesforce.refused': LABELS.errorSalesforceRefused
};

const CODE = /^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)+$/;

/** What went wrong, for people and for programs. Never throws, whatever it is given. */
export function describe(error) {
    const { code, message } = coded(error) ?? platform(error) ?? plain(error);
    // The proxy's client carries the code itself; Apex has it in a body.
    const words = (typeof error?.code === 'string' && PROXY_WORDS[code]) || WORDS[code];
    return { code, message: words ? fill(words, message ?? '') : message || LABELS.errorUnknown, findings: error?.findings ?? [] };
}

/** The module, the proxy's client, and Apex that throws a code (alone, or as JSON) in its message. */
function coded(error) {
    if (typeof error?.code === 'string') {
        return { code: error.code, message: error.detail ?? error.message };
    }
    const text = error?.body?.message;
    if (typeof text !== 'string') {
        return undefined;
    }
    if (CODE.test(text)) {
        return { code: text };
    }
    try {
        const { code, message } = JSON.parse(text);
        return typeof code === 'string' ? { code, message } : undefined;
    } catch {
        return undefined;
    }
}

/** Lightning Data Service and Apex, as `lightning/uiRecordApi` and wires report them. */
function platform(error) {
    const body = error?.body;
    if (!body) {
        return undefined;
    }
    if (error.status === 412) {
        return { code: 'record.conflict' };
    }
    const messages = Array.isArray(body)
        ? body
        : [
              ...(body.pageErrors ?? []),
              ...Object.values(body.fieldErrors ?? {}).flat(),
              ...(body.output?.errors ?? []),
              ...Object.values(body.output?.fieldErrors ?? {}).flat()
          ];
    const first = Array.isArray(body) ? body[0] : body.output?.errors?.[0];
    const texts = messages.map((entry) => entry?.message).filter(Boolean);
    return {
        code: first?.errorCode ?? body.errorCode ?? 'record.refused',
        message: texts.length ? [...new Set(texts)].join(' ') : body.message
    };
}

function plain(error) {
    return { code: 'unknown', message: typeof error === 'string' ? error : (error?.message ?? error?.statusText ?? '') };
}
