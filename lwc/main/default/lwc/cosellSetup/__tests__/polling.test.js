import { SILENCE, unlessSilent } from '../polling';

const never = new Promise(() => {});

/** What becomes of the questions, as far as it is known. */
function watch(questions) {
    const seen = {};
    unlessSilent(questions).then(
        (answers) => Object.assign(seen, { answers }),
        ({ code, message }) => Object.assign(seen, { code, message })
    );
    return seen;
}

describe('a server that is asked several things', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it('is silent when it has answered none of them for some seconds', async () => {
        const seen = watch([never, never]);
        await jest.advanceTimersByTimeAsync(SILENCE - 1);
        expect(seen).toEqual({});
        await jest.advanceTimersByTimeAsync(1);
        expect(seen).toMatchObject({ code: 'proxy.timeout' });
    });

    it('is waited for when it has answered one of them', async () => {
        let answer;
        const late = new Promise((resolve) => (answer = resolve));
        const seen = watch([late, Promise.resolve('soon')]);
        await jest.advanceTimersByTimeAsync(2 * SILENCE);
        expect(seen).toEqual({});
        answer('late');
        await jest.advanceTimersByTimeAsync(0);
        expect(seen).toEqual({ answers: ['late', 'soon'] });
    });

    it('is not taken for silent when it refuses', async () => {
        const seen = watch([never, Promise.reject(new Error('refused'))]);
        await jest.advanceTimersByTimeAsync(SILENCE);
        expect(seen).toMatchObject({ code: undefined, message: 'refused' });
    });
});
