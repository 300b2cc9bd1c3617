import { openWatch } from '../watch';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let watch;
let look;
let isHidden;

/** The seconds from now at which it looked, while so much time passed. */
async function looksWithin(time) {
    const start = Date.now();
    const at = [];
    look.mockImplementation(async () => at.push((Date.now() - start) / SECOND));
    await jest.advanceTimersByTimeAsync(time);
    return at;
}

/** Somebody goes from the page, or comes back to it. */
function turn(hidden) {
    isHidden = hidden;
    document.dispatchEvent(new CustomEvent('visibilitychange'));
}

describe('looking again', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        isHidden = false;
        jest.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
        look = jest.fn(async () => {});
        watch = openWatch(look);
        watch.open();
    });
    afterEach(() => {
        watch.close();
        jest.restoreAllMocks();
        jest.useRealTimers();
    });

    it('is left alone while nothing is awaited', async () => {
        watch.follow('');
        expect(await looksWithin(10 * MINUTE)).toEqual([]);
    });

    it('happens at growing distances while something is awaited, and ends when nothing has moved for five minutes', async () => {
        watch.follow('waiting');
        expect(await looksWithin(60 * MINUTE)).toEqual([5, 15, 35, 75, 135, 195, 255, 315]);
    });

    it('starts over when something has moved, whoever saw it', async () => {
        watch.follow('waiting');
        expect(await looksWithin(20 * SECOND)).toEqual([5, 15]);
        watch.follow('running');
        expect(await looksWithin(20 * SECOND)).toEqual([5, 15]);
        look.mockImplementationOnce(async () => watch.follow('waiting'));
        await jest.advanceTimersByTimeAsync(15 * SECOND);
        expect(look).toHaveBeenCalledTimes(5);
        expect(await looksWithin(15 * SECOND)).toEqual([5, 15]);
    });

    it('ends with what was awaited', async () => {
        watch.follow('waiting');
        look.mockImplementationOnce(async () => watch.follow(''));
        await jest.advanceTimersByTimeAsync(10 * MINUTE);
        expect(look).toHaveBeenCalledTimes(1);
    });

    it('follows a change twice though nothing says yet that it is awaited, and on if something does', async () => {
        watch.expect();
        expect(await looksWithin(10 * MINUTE)).toEqual([5, 15]);
        watch.expect();
        look.mockImplementationOnce(async () => watch.follow('waiting'));
        await jest.advanceTimersByTimeAsync(5 * SECOND);
        expect(await looksWithin(MINUTE)).toEqual([5, 15, 35]);
    });

    it('waits while nobody sees the page, and happens when somebody comes back', async () => {
        watch.follow('waiting');
        turn(true);
        expect(await looksWithin(10 * MINUTE)).toEqual([]);
        turn(false);
        expect(look).toHaveBeenCalledTimes(1);
        expect(await looksWithin(10 * SECOND)).toEqual([10]);
    });

    it.each([
        ['after half a minute', 31, 1],
        ['not before', 29, 0]
    ])('happens when somebody comes back to the page %s', async (_when, seconds, times) => {
        await jest.advanceTimersByTimeAsync(seconds * SECOND);
        turn(true);
        window.dispatchEvent(new CustomEvent('focus'));
        expect(look).not.toHaveBeenCalled();
        turn(false);
        window.dispatchEvent(new CustomEvent('focus'));
        expect(look).toHaveBeenCalledTimes(times);
    });

    it.each([
        ['after ten seconds', 11, 1],
        ['not before', 9, 0]
    ])('happens when somebody turns to it %s', async (_when, seconds, times) => {
        await jest.advanceTimersByTimeAsync(seconds * SECOND);
        watch.turnTo();
        watch.turnTo();
        expect(look).toHaveBeenCalledTimes(times);
    });

    it('happens when the window is chosen again, too', async () => {
        await jest.advanceTimersByTimeAsync(MINUTE);
        window.dispatchEvent(new CustomEvent('focus'));
        expect(look).toHaveBeenCalledTimes(1);
    });

    it('is never begun before the last one has ended', async () => {
        let end;
        look.mockImplementation(() => new Promise((resolve) => (end = resolve)));
        watch.follow('waiting');
        await jest.advanceTimersByTimeAsync(5 * SECOND);
        watch.follow('running');
        await jest.advanceTimersByTimeAsync(5 * MINUTE);
        turn(false);
        expect(look).toHaveBeenCalledTimes(1);
        end();
        await jest.advanceTimersByTimeAsync(5 * SECOND);
        expect(look).toHaveBeenCalledTimes(2);
    });

    it('neither waits for nor counts one of what was looked at before', async () => {
        let end;
        look.mockImplementationOnce(() => new Promise((resolve) => (end = resolve)));
        watch.follow('waiting');
        await jest.advanceTimersByTimeAsync(5 * SECOND);
        watch.startAnew();
        watch.follow('waiting');
        expect(await looksWithin(10 * SECOND)).toEqual([5]);
        end();
        expect(await looksWithin(30 * SECOND)).toEqual([5, 25]);
    });

    it.each([
        ['the component is gone', () => watch.close()],
        ['there is something else to look at', () => watch.startAnew()]
    ])('ends when %s', async (_why, end) => {
        watch.follow('waiting');
        end();
        await jest.advanceTimersByTimeAsync(20 * SECOND);
        window.dispatchEvent(new CustomEvent('focus'));
        expect(look).not.toHaveBeenCalled();
    });

    it('is not begun for a component that is gone, whatever it is told, and goes on when that comes back', async () => {
        watch.close();
        watch.follow('waiting');
        watch.expect();
        await jest.advanceTimersByTimeAsync(MINUTE);
        turn(false);
        expect(look).not.toHaveBeenCalled();
        watch.open();
        expect(await looksWithin(5 * SECOND)).toEqual([5]);
    });
});
