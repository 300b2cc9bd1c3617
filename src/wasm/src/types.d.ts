/**
 * Settings by name, as `cosellModule/rows.js` makes rows of them: a text, a flag, a list (line by line) or a map (lines `key|value`).
 * Blank ones take their default; a name that is no setting is refused.
 */
export type Settings = Partial<Record<SettingName, string | boolean | string[] | Record<string, string> | null>>;
export type SettingName =
    | 'locale'
    | 'countryField'
    | 'dealValueField'
    | 'currencyField'
    | 'defaultCurrency'
    | 'reasonField'
    | 'marketplaceIntentField'
    | 'partnerRoleField'
    | 'solutionAreaField'
    | 'solutionPlayField'
    | 'locationField'
    | 'dunsField'
    | 'federalField'
    | 'referralProgramField'
    | 'activeStage'
    | 'onHoldStage'
    | 'wonStage'
    | 'lostStage'
    | 'salesStages'
    | 'salesStagePercent'
    | 'servicesCoSell'
    | 'partnerId'
    | 'catalog'
    | 'relaxed'
    | 'mapping'
    | 'countryNames'
    | 'otherCountryNames'
    | 'currencyNames'
    /** All that an org's settings have no field for: lines `name = value`; a repeated name makes a list. */
    | 'rules'
    | `taxonomy.${string}`;

/** An Opportunity as Salesforce's REST query returns it. */
export type OpportunityRecord = { Id: string; [field: string]: unknown };

export type DealType = 'private' | 'partnerLed' | 'coSell';
export type Severity = 'block' | 'warn';
export type FindingField =
    | 'name'
    | 'amount'
    | 'currency'
    | 'closeDate'
    | 'stage'
    | 'reason'
    | 'notes'
    | 'account'
    | 'account.name'
    | 'account.street'
    | 'account.city'
    | 'account.state'
    | 'account.postalCode'
    | 'account.country'
    | 'account.duns'
    | 'team'
    | 'solutions'
    | 'help'
    | 'contact'
    | 'visibility'
    | 'consent'
    | 'marketplaceIntent'
    | 'partnerRole'
    | 'solutionArea'
    | 'solutionPlay'
    | 'location'
    | 'registration'
    | 'sharer'
    | 'mapped'
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
    /** The sentence. Numbers and days in it stand plainly (`84000.5`, `2027-03-31`) between two characters U+0001, to be written for the reader's locale. */
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
        /** From a field that an admin mapped, as the three lists below. */
        size?: string;
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
        requirements: {
            solutions: { id: string; name: string; type: string; solutionType?: string; publisherName?: string }[];
            additionalRequirements?: { attributes: { id: string; type: string }[] };
            industries?: { id: string }[];
            products?: { id: string }[];
            services?: { id: string }[];
        };
    };
    team: Member[];
    inviteContext: { assistanceRequestCode: string; notes?: string };
    /** From a field that an admin mapped. */
    campaignId?: string;
    /** Microsoft's sales stage, where the deal's stage has one. */
    salesStage?: string;
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
    /** What Microsoft's referral has otherwise than ours, section by section; `null` where Microsoft is not asked. */
    microsoft: Partial<CreateReferral> | null;
    /** What an update would change; only where the facts tell what Partner Center holds (`held:<path>`). */
    changes?: Change[];
}

/** A value that would change. Numbers and days are canonical (`84000.5`, `2027-03-31`), flags `true` or `false`, sets line by line. */
export interface Change {
    /** The field, or the API name of one that an admin mapped. */
    field: FindingField | (string & {});
    /** Where it stands in the referral. */
    path: string;
    before: string;
    after: string;
}

/** What the rules say of a record. */
export interface Verdict {
    status: 'reviewed';
    dealType: DealType;
    ready: boolean;
    blocking: number;
    warnings: number;
    shared: boolean;
    findings: Finding[];
}

/** Why a request or a record can't be reviewed. */
export interface Unreadable {
    status: 'unreadable';
    code: string;
    message: string;
}

export type ReviewOutcome = (Verdict & { preview: Preview }) | Unreadable;

/** Verdicts come in the order of the records; without previews. */
export type BatchOutcome = { status: 'reviewed'; reviews: (Verdict | Unreadable)[] } | Unreadable;

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
    reason: { code: string; params: { detail: string }; message: string; until: string | null } | null;
    /** Since when both sides have not been the same, RFC 3339 in UTC; null while they are, or before the deal is shared. */
    pendingSince: string | null;
    /** When the server looks again by itself, RFC 3339 in UTC; null while nobody needs to. */
    waitingUntil: string | null;
    /** How far the deal is opened; of a look alone, without a share, only where the record had to be read, as are `microsoft` and `findings`. */
    dealType: DealType | null;
    referralId: string | null;
    referralLink: string | null;
    engagementId: string | null;
    microsoftReferralId: string | null;
    microsoft: { status: string; substatus: string; answerDue: string | null } | null;
    findings: Finding[];
    /** What Partner Center held when it was last seen, by path: the facts `held:…` of a review; only once the deal is shared. */
    held: Record<string, string> | null;
    /** What Microsoft was given and how both sides stand: the facts `sent.…` of a review; only where Partner Center was just seen. */
    facts: Partial<Record<SentFact, string>> | null;
}

/** A fact about what Partner Center holds. Moments are RFC 3339 in UTC, standings such as `Active / Accepted`, flags `true` or `false`. */
export type SentFact =
    | 'sent.visible'
    | 'sent.help'
    | 'sent.contact'
    | 'sent.own'
    | 'sent.microsoft'
    | 'sent.incoming'
    | 'sent.created'
    | 'sent.due'
    | 'sent.salesStage';

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
