// Remembers how a value that was given to a component by a wire can be asked for again. `refreshApex(value)` is all it is for.
const refreshers = new WeakMap();

export function provisioned(value, refresh) {
    refreshers.set(value, refresh);
    return value;
}

export function refreshProvisioned(value) {
    return Promise.resolve(refreshers.get(value)?.());
}
