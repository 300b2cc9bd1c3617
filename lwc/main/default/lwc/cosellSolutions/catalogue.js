/**
 * What the catalogue tells of a solution. Of the solutions of a deal that came in, the record holds name and identifier alone. Pure.
 */

/** The solution of a deal, with type and publisher from the catalogue where the record has none; without a catalogue as it is. */
export function completed(solution, catalogue) {
    const known = catalogue?.find(({ identifier }) => identifier === solution.identifier);
    return { ...solution, type: solution.type || known?.type, publisher: solution.publisher || known?.publisher };
}
