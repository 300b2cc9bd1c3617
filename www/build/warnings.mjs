// What rollup may warn about without stopping the build. Everything else is an error: a quiet build is one that can be read.

/** Warnings about the base components' own sources, which are not ours to change. */
const theirs = (warning) =>
    (warning.loc?.file ?? warning.id ?? '').includes('node_modules/') || (warning.ids ?? []).some((id) => id.includes('node_modules/'));

export function onlyKnownWarnings(warning) {
    if (theirs(warning)) return;
    throw Object.assign(new Error(warning.message), warning);
}
