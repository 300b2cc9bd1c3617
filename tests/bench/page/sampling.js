// How time is taken: batches long enough for a coarse clock, many of them, all candidates in turn, so that what else the machine
// does falls on all of them alike. Knows nothing of what it times.

/** Milliseconds of one batch: the clock ticks in steps of 0.1 ms, so this is read to half a per cent. */
const BATCH = 20;
const WARM_UP = 400;
const SAMPLES = 60;

function time(run, count) {
    const start = performance.now();
    for (let done = 0; done < count; done++) run();
    return performance.now() - start;
}

/** Runs until the engine has made of the code what it will, and says how many runs fill a batch. */
function warmUp(run) {
    let count = 1;
    let spent = 0;
    let last = 0;
    while (spent < WARM_UP || last < BATCH / 2) {
        last = time(run, count);
        spent += last;
        if (last < BATCH / 2) count *= 2;
    }
    return Math.max(1, Math.round((count * BATCH) / last));
}

const quantile = (sorted, part) => sorted[Math.round(part * (sorted.length - 1))];

/**
 * @param {{ name: string, run: () => void, records: number }[]} candidates
 * @returns microseconds per record of each: median, and the tenth and ninetieth per cent of the samples
 */
export function sample(candidates) {
    const all = candidates.map(({ name, run, records }) => ({ name, run, records, count: warmUp(run), times: [] }));
    for (let round = 0; round < SAMPLES; round++) {
        for (const each of all) each.times.push((time(each.run, each.count) * 1000) / each.count / each.records);
    }
    return all.map(({ name, records, count, times }) => {
        times.sort((one, other) => one - other);
        return {
            name,
            records,
            runs: count * SAMPLES,
            median: quantile(times, 0.5),
            low: quantile(times, 0.1),
            high: quantile(times, 0.9)
        };
    });
}
