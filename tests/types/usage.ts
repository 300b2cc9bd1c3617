// Compiled, never run: the module's types say what a page may do with it, and what it may not.
import init, {
    CosellRules,
    ProxyClient,
    type BatchOutcome,
    type Change,
    type Finding,
    type PairState,
    type ProxyError,
    type ReviewOutcome
} from '../../lwc/main/default/lwc/cosellRules/cosellRules.js';

export async function start(bytes: ArrayBuffer): Promise<CosellRules> {
    await init({ module_or_path: bytes });
    // @ts-expect-error settings are bytes
    new CosellRules({ locale: 'fr' });
    return new CosellRules(new TextEncoder().encode('locale\u001ffr'));
}

export function review(rules: CosellRules, answer: (blocks: number) => string): Finding[] {
    const outcome = JSON.parse(answer(rules.review())) as ReviewOutcome;
    // @ts-expect-error an unreadable record has no findings
    outcome.findings;
    if (outcome.status === 'unreadable') return [];
    const value: number | undefined = outcome.preview.referral.details.dealValue;
    return value === undefined ? [] : outcome.findings;
}

export function changed(outcome: ReviewOutcome): string[] {
    if (outcome.status === 'unreadable') return [];
    // @ts-expect-error nobody may know what Partner Center holds
    outcome.preview.changes.length;
    const words = ({ field, before, after }: Change): string => [field, before, after].join();
    return (outcome.preview.changes ?? []).map(words);
}

/** What a page tells the rules of the proxy's answer. */
export function facts(pair: PairState): Record<string, string> {
    // @ts-expect-error how it was given is no fact
    pair.facts?.['sent.odd'];
    const held = Object.entries(pair.held ?? {}).map(([path, text]) => [`held:${path}`, text]);
    return Object.fromEntries([...Object.entries(pair.facts ?? {}), ...held]);
}

export function mend(finding: Finding): string {
    switch (finding.fix?.kind) {
        case 'set':
            return Object.keys(finding.fix.values).join();
        case 'choose':
            return finding.fix.options.map((option) => option.value).join();
        case 'edit':
            return finding.fix.fields.join();
        case 'add':
            return finding.fix.what;
        case undefined:
            return finding.message;
    }
}

export function ready(rules: CosellRules, answer: (blocks: number) => string): number {
    const outcome = JSON.parse(answer(rules.reviewAll())) as BatchOutcome;
    return outcome.status === 'reviewed' ? outcome.reviews.filter((one) => one.status === 'reviewed' && one.ready).length : 0;
}

export async function share(id: string, token: string): Promise<PairState | ProxyError> {
    // @ts-expect-error the address is needed
    new ProxyClient({});
    const client = new ProxyClient({ baseUrl: 'https://cosell.example', timeoutMs: 5000 });
    try {
        // @ts-expect-error there are two answers
        client.decide(id, token, 'postpone', '');
        await client.decide(id, token, 'decline', 'Not a customer');
        // @ts-expect-error the proxy has no such method
        client.admin('DELETE', 'webhooks', token);
        await client.admin('POST', 'webhooks', token, '{}');
        return await client.reconcile(id, token);
    } catch (error) {
        return error as ProxyError;
    }
}
