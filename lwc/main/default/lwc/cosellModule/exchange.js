/**
 * Requests into the module's memory and answers out of it. Inside Lightning Web Security the memory lies outside the sandbox, and
 * each touch of it takes microseconds: so a request is written with one call, answered with one and read with one, through views
 * that are kept. Knows no rule and no row.
 */

/** Bytes of a block: answers are filled up to whole ones, so that few lengths need a view. */
const BLOCK = 1024;

/** Bytes for a letter of a request: nearly all have one, none more than three. */
const FEW = 1.25;
const MOST = 3;

/** Bytes that stay unwritten: a request that leaves fewer may have been cut. */
const SPARE = 4;

/** Room for the requests of one record, so that it need not grow with each. */
const ROOM = 4096;

/** Writes a text in UTF-8, as far as there is room. */
function writer() {
    const encoder = new TextEncoder();
    return encoder.encodeInto.bind(encoder);
}

/**
 * @param {object} rules the `CosellRules` of the module
 * @param {WebAssembly.Memory} memory the module's
 * @param {(request: string, place: Uint8Array) => void} write writes a request into the memory
 * @returns {(method: 'review' | 'reviewAll', request: string) => object} asks, and gives the answer
 */
export function openExchange(rules, memory, write = writer()) {
    const decoder = new TextDecoder();
    // Bound once: each look at an object outside the sandbox is paid for.
    const decode = decoder.decode.bind(decoder);
    let room = 0;
    let input;
    let answers = [];

    function makeRoom(bytes) {
        room = Math.max(Math.ceil(bytes), ROOM);
        const address = rules.room(room);
        input = new Uint8Array(memory.buffer, address, room);
    }

    /** The text of an answer of so many blocks; empty where the memory has grown since the view was made. */
    function read(blocks) {
        if (blocks >= answers.length) {
            answers = Array(blocks + 1);
        }
        answers[blocks] = answers[blocks] ?? new Uint8Array(memory.buffer, rules.answer(), blocks * BLOCK);
        return decode(answers[blocks]);
    }

    function readAgain(blocks) {
        answers = [];
        return read(blocks);
    }

    function ask(method, request) {
        write(request, input);
        return rules[method]();
    }

    return (method, request) => {
        if (request.length * FEW > room) {
            makeRoom(request.length * FEW);
        }
        let blocks = ask(method, request);
        if (blocks === 0) {
            makeRoom(request.length * MOST + SPARE);
            blocks = ask(method, request);
        }
        return JSON.parse(read(blocks) || readAgain(blocks));
    };
}
