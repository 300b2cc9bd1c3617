import { settle } from '../../__tests__/support/dom';
import { startRun } from '../run';

/** A proxy that answers when it is told to, and everything that was told of a run. */
function bench(ids) {
    const told = [];
    const under = new Map();
    const waits = [];
    const run = startRun(ids, {
        share: (id) => new Promise((resolve, reject) => under.set(id, { resolve, reject })),
        tell: (id, { kind }) => told.push(`${id} ${kind}`),
        wait: (milliseconds) => new Promise((resolve) => waits.push({ milliseconds, resolve }))
    });
    const end = async (id, how, value) => {
        const share = under.get(id);
        under.delete(id);
        share[how](value);
        await settle();
    };
    return {
        run,
        told,
        waits,
        begun: () => [...under.keys()],
        answer: (id, pair = {}) => end(id, 'resolve', pair),
        refuse: (id, error) => end(id, 'reject', error)
    };
}

const busy = (retryAfter) => Object.assign(new Error('busy'), { code: 'partner-center.unavailable', status: 503, retryAfter });

describe('a run of shares', () => {
    it('has three under way, and begins another as each ends', async () => {
        const { run, begun, answer, told } = bench(['a', 'b', 'c', 'd', 'e']);
        await settle();
        expect(begun()).toEqual(['a', 'b', 'c']);
        await answer('b');
        expect(begun()).toEqual(['a', 'c', 'd']);
        for (const id of ['a', 'c', 'd', 'e']) {
            // One after the other, as they come.
            // eslint-disable-next-line no-await-in-loop
            await answer(id);
        }
        await run.ended;
        expect(told.filter((line) => line.endsWith('done')).sort()).toEqual(['a done', 'b done', 'c done', 'd done', 'e done']);
    });

    it('goes on when one fails for a reason of its own', async () => {
        const { run, answer, refuse, told } = bench(['a', 'b']);
        await settle();
        await refuse('a', Object.assign(new Error(), { code: 'deal.not-ready', status: 422 }));
        await answer('b');
        await run.ended;
        expect(told).toEqual(['a begun', 'b begun', 'a failed', 'b done']);
    });

    it('lets end what is under way when it is cancelled, and begins nothing more', async () => {
        const { run, begun, answer, told } = bench(['a', 'b', 'c', 'd', 'e']);
        await settle();
        run.cancel();
        await settle();
        expect(begun()).toEqual(['a', 'b', 'c']);
        await answer('a');
        await answer('b');
        await answer('c');
        await run.ended;
        expect(told.slice(3).sort()).toEqual(['a done', 'b done', 'c done', 'd left', 'e left']);
    });

    it.each([
        ['says for how long', busy(7), 7000],
        ['has too many calls, and does not say', Object.assign(new Error(), { code: 'rate', status: 429 }), 5000]
    ])('waits, all lines together, when the proxy %s', async (_how, error, milliseconds) => {
        const { run, begun, answer, refuse, waits, told } = bench(['a', 'b', 'c', 'd']);
        await settle();
        await refuse('a', error);
        expect(waits.map((wait) => wait.milliseconds)).toEqual([milliseconds]);
        await answer('b');
        expect(begun()).toEqual(['c']);
        waits[0].resolve();
        await settle();
        expect(begun().sort()).toEqual(['a', 'c', 'd']);
        await answer('a');
        await answer('c');
        await answer('d');
        await run.ended;
        expect(told.filter((line) => line.startsWith('a'))).toEqual(['a begun', 'a put-off', 'a begun', 'a done']);
    });

    it('gives up on one that is put off again and again', async () => {
        const { run, refuse, waits, told } = bench(['a']);
        await settle();
        for (let turn = 0; turn < 3; turn += 1) {
            // Each refusal follows the wait before it.
            // eslint-disable-next-line no-await-in-loop
            await refuse('a', busy(1));
            waits[turn].resolve();
            // eslint-disable-next-line no-await-in-loop
            await settle();
        }
        await refuse('a', busy(1));
        await run.ended;
        expect(told.at(-1)).toBe('a failed');
    });

    it('can be cancelled while it waits', async () => {
        const { run, refuse, told } = bench(['a']);
        await settle();
        await refuse('a', busy(3600));
        run.cancel();
        await run.ended;
        expect(told).toEqual(['a begun', 'a put-off', 'a left']);
    });

    it.each([
        ['the proxy can’t be reached', { code: 'proxy.unreachable' }],
        ['Salesforce can’t sign', { status: 500, body: { message: 'certificate.unusable' } }],
        ['nobody can sign in to Partner Center', { code: 'partner-center.sign-in', status: 503 }]
    ])('stops by itself when %s, since the others would fail too', async (_why, error) => {
        const { run, answer, refuse, told } = bench(['a', 'b', 'c', 'd']);
        await settle();
        await refuse('a', error);
        await answer('b');
        await answer('c');
        await run.ended;
        expect(told.slice(3).sort()).toEqual(['a failed', 'b done', 'c done', 'd left']);
    });

    it('ends at once when there is nothing to share', async () => {
        const { run, told } = bench([]);
        await run.ended;
        expect(told).toEqual([]);
    });
});
