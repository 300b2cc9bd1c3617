/**
 * What only the audit trail says of a deal: for what Microsoft was asked, why somebody declined or lost it, that it came in.
 * Must not know how a deal stands, nor how the trail is written.
 */
import { auditOf } from 'c/cosellRecord';

/** Which sentences of the trail say it, and the word of theirs that is looked for. */
const SAID = {
    help: ['help', 'audit.asked'],
    declined: ['reason', 'audit.answered.declined'],
    lost: ['reason', 'audit.moved.lost', 'audit.found.lost'],
    lostByMicrosoft: ['reason', 'audit.answered.lost'],
    turnedDown: ['reason', 'audit.moved.declined', 'audit.found.declined']
};

const CAME_IN = ['audit.found.waiting', 'audit.moved.accepted', 'audit.inbound.lead-converted'];

/** What was read last: a trail is long, and asked for several times while the panel is drawn. */
let last = {};

/**
 * @returns {{ help: string, declined: string, lost: string, lostByMicrosoft: string, turnedDown: string, cameIn: boolean }} what was asked
 * and the reasons that were given, empty where there is none
 */
export function trailOf(record) {
    last = last.record === record ? last : { record, says: read(record) };
    return last.says;
}

function read(record) {
    const trail = auditOf(record);
    const found = ([word, ...sentences]) => trail.find(({ sentence, params }) => sentences.includes(sentence) && params[word]);
    const words = Object.entries(SAID).map(([name, said]) => [name, found(said)?.params[said[0]].trim() ?? '']);
    return { ...Object.fromEntries(words), cameIn: trail.some(({ sentence }) => CAME_IN.includes(sentence)) };
}
