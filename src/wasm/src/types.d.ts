/** Settings of the org and language of the reader; blank ones take their default. */
export interface Settings {
    locale?: string | null;
    countryField?: string | null;
    dealValueField?: string | null;
    currencyField?: string | null;
    defaultCurrency?: string | null;
    /** ISO 3166-1 code → name in the reader's language, from `Intl.DisplayNames`. */
    countryNames?: Record<string, string> | null;
}

/** An Opportunity as Salesforce's REST query returns it. */
export type OpportunityRecord = { Id: string; [field: string]: unknown };

export interface ReviewRequest {
    record: OpportunityRecord;
    /** Unsaved edits by API field name. */
    draft?: Record<string, unknown>;
    /** The seller's day, `YYYY-MM-DD`. */
    today: string;
}

export interface BatchRequest {
    records: OpportunityRecord[];
    today: string;
}

export type DealType = 'private' | 'partnerLed' | 'coSell';
export type Severity = 'block' | 'warn';
export type FindingField =
    | 'name'
    | 'amount'
    | 'currency'
    | 'closeDate'
    | 'account'
    | 'account.name'
    | 'account.street'
    | 'account.city'
    | 'account.postalCode'
    | 'account.country'
    | 'team'
    | 'solutions'
    | 'help'
    | 'contact'
    | 'visibility'
    | 'consent'
    | 'referral';

export type FixObject = 'Opportunity' | 'Account' | 'Contact';
export type Fix = { label: string } & (
    | { kind: 'set'; object: FixObject; recordId: string; values: Record<string, string | boolean> }
    | { kind: 'choose'; object: FixObject; recordId: string; field: string; options: { value: string; label: string }[] }
    | { kind: 'edit'; object: FixObject; recordId: string; fields: string[] }
    | { kind: 'add'; what: 'solution' | 'contact' }
);

export interface Finding {
    code: string;
    rule: number;
    severity: Severity;
    field: FindingField;
    params: Record<string, string>;
    message: string;
    fix: Fix | null;
}

/** The document that creates a referral, as Microsoft's API takes it. */
export interface CreateReferral {
    name: string;
    externalReferenceId: string;
    /** Only on Microsoft's referral, once ours is created. */
    engagementId?: string;
    qualification: string;
    type: string;
    target: { type: string; id: string }[];
    customerProfile: {
        name: string;
        address: { addressLine1: string; addressLine2: string; city: string; state: string; postalCode: string; country: string };
        team: Member[];
    };
    consent: {
        consentToToShareInfoWithOthers: boolean;
        consentToContact: boolean;
        consentToShareReferralWithMicrosoftSellers: boolean;
    };
    details: {
        notes: string;
        dealValue?: number;
        currency: string;
        closingDateTime?: string;
        requirements: { solutions: { id: string; name: string; type: string; solutionType?: string; publisherName?: string }[] };
    };
    team: Member[];
    inviteContext: { assistanceRequestCode: string; notes?: string };
}

export interface Member {
    firstName: string;
    lastName: string;
    phoneNumber: string;
    email: string;
}

export interface Preview {
    dealType: DealType;
    referral: CreateReferral;
    microsoft: CreateReferral | null;
}

export type ReviewOutcome =
    | {
          status: 'reviewed';
          dealType: DealType;
          ready: boolean;
          blocking: number;
          warnings: number;
          shared: boolean;
          findings: Finding[];
          preview: Preview;
      }
    | { status: 'unreadable'; code: string; message: string };

export type BatchOutcome = { status: 'reviewed'; reviews: ReviewOutcome[] } | { status: 'unreadable'; code: string; message: string };

export interface ProxyOptions {
    /** Origin of the proxy, such as `https://cosell.example`. */
    baseUrl: string;
    /** How long a call may take, in milliseconds; 30,000 if absent. */
    timeoutMs?: number | null;
    /** Language of the proxy's messages. */
    locale?: string | null;
}

/** How an opportunity and its referrals stand, from the proxy. */
export interface PairState {
    opportunityId: string;
    state: 'notShared' | 'inStep' | 'waiting' | 'needsYou' | 'broken';
    reason: { code: string; message: string; until: string | null } | null;
    dealType: DealType | null;
    referralId: string | null;
    referralLink: string | null;
    engagementId: string | null;
    microsoftReferralId: string | null;
    microsoft: { status: string; substatus: string; answerDue: string | null } | null;
    findings: Finding[];
}

/** What a call to the proxy rejects with. */
export interface ProxyError extends Error {
    /** `proxy.timeout`, `proxy.unreachable`, `proxy.unreadable`, `opportunity.id`, or a code of the proxy's own. */
    code: string;
    /** HTTP status, where there was an answer. */
    status?: number;
    /** The findings of a deal that was refused. */
    findings?: Finding[];
    /** Seconds to wait, where the proxy says so. */
    retryAfter?: number;
}
