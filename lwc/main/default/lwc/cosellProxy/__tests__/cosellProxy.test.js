import issueToken from '@salesforce/apex/CosellTokenController.issue';
import * as proxy from 'c/cosellProxy';

jest.mock('@salesforce/apex/CosellTokenController.issue', () => ({ __esModule: true, default: jest.fn() }), { virtual: true });

const PAIR = { state: 'inStep' };

/** Rules whose client of the proxy tells, like Salesforce, what is called with what. */
function listen() {
    const calls = [];
    const hear =
        (name, answer) =>
        async (...given) => {
            calls.push([name, ...given]);
            return answer;
        };
    issueToken.mockImplementation(hear('token', 'a.b.c'));
    const client = Object.fromEntries(['reconcile', 'read', 'decide'].map((name) => [name, hear(name, PAIR)]));
    return { calls, rules: { proxyClient: () => client } };
}

describe('what the proxy is asked to do', () => {
    it.each([
        ['reconcile', [], 'share', []],
        ['read', [], 'read', []],
        ['decide', ['accept'], 'decide', ['accept', '']],
        ['decide', ['decline', 'Too small.'], 'decide', ['decline', 'Too small.']]
    ])('%s %j: a token for that alone, and then the call', async (call, given, action, sent) => {
        const { calls, rules } = listen();
        expect(await proxy[call]('006', rules, ...given)).toBe(PAIR);
        expect(calls).toEqual([
            ['token', { opportunityId: '006', action }],
            [call, '006', 'a.b.c', ...sent]
        ]);
    });

    it('tells between the two that it goes on', async () => {
        const { calls, rules } = listen();
        await proxy.reconcile('006', rules, () => calls.push(['sends']));
        expect(calls.map(([name]) => name)).toEqual(['token', 'sends', 'reconcile']);
    });

    it('calls nobody without a token', async () => {
        const { calls, rules } = listen();
        const error = { body: { message: 'permission.missing' } };
        issueToken.mockRejectedValue(error);
        await expect(proxy.read('006', rules)).rejects.toBe(error);
        expect(calls).toEqual([]);
    });
});
