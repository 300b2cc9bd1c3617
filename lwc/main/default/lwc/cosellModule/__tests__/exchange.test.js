import { openExchange } from '../exchange';

const UNWRITTEN = 0xff;
const BLOCK = 1024;

/** Memory and rules that answer with the request and how often they were asked; growing detaches every view, as in a browser. */
function echo() {
    const memory = new WebAssembly.Memory({ initial: 4 });
    const bytes = (...place) => new Uint8Array(memory.buffer, ...place);
    const [requestAt, answerAt] = [1024, 131072];
    let room = 0;
    const rules = {
        asked: 0,
        room(length) {
            room = length;
            bytes(requestAt, room).fill(UNWRITTEN);
            return requestAt;
        },
        answer: () => answerAt,
        review() {
            rules.asked += 1;
            const written = bytes(requestAt, room).indexOf(UNWRITTEN);
            if (written < 1 || written > room - 4) {
                return 0;
            }
            const request = new TextDecoder().decode(bytes(requestAt, written));
            bytes(requestAt, written).fill(UNWRITTEN);
            const answer = new TextEncoder().encode(JSON.stringify({ request }));
            const blocks = Math.ceil(answer.length / BLOCK);
            bytes(answerAt, blocks * BLOCK)
                .fill(0x20)
                .set(answer);
            return blocks;
        }
    };
    return { memory, rules };
}

describe('the exchange with the module', () => {
    it.each([
        ['today', 1],
        ['Åland', 1],
        ['⚓', 3000],
        ['a', 20000],
        ['aaaaaaaaa⚓', 200],
        ['⚓', 1364]
    ])('gets %s, %d times, across', (letters, times) => {
        const request = letters.repeat(times);
        const { memory, rules } = echo();
        const ask = openExchange(rules, memory);
        expect(ask('review', request)).toEqual({ request });
        expect(ask('review', 'again')).toEqual({ request: 'again' });
    });

    it('makes its views anew when the memory has grown', () => {
        const { memory, rules } = echo();
        const ask = openExchange(rules, memory);
        ask('review', 'before');
        memory.grow(1);
        expect(ask('review', 'after')).toEqual({ request: 'after' });
        const { review } = rules;
        rules.review = () => {
            const blocks = review();
            memory.grow(1);
            return blocks;
        };
        expect(ask('review', 'while it grows')).toEqual({ request: 'while it grows' });
    });

    it('asks once where nothing has changed', () => {
        const { memory, rules } = echo();
        const ask = openExchange(rules, memory);
        ask('review', 'one');
        ask('review', 'another one');
        expect(rules.asked).toBe(2);
    });
});
