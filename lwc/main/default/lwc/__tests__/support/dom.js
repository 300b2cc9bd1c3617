// What component tests do again and again.
import { createElement } from 'lwc';

/** Puts a component on the page. */
export function mount(tag, component, properties = {}) {
    const element = Object.assign(createElement(tag, { is: component }), properties);
    document.body.appendChild(element);
    return element;
}

/** Takes everything off the page. */
export function clearPage() {
    document.body.replaceChildren();
}

/** Lets promises and renderings that are due happen. */
export async function settle() {
    for (let turn = 0; turn < 20; turn += 1) {
        // Each turn may queue the next: that is the point.
        // eslint-disable-next-line no-await-in-loop
        await new Promise(process.nextTick);
    }
}

/** Waits until `probe` gives something; work inside WebAssembly ends when it ends. */
export async function eventually(probe) {
    for (;;) {
        const found = probe();
        if (found) {
            return found;
        }
        // eslint-disable-next-line no-await-in-loop
        await new Promise(setImmediate);
    }
}

/** All elements under `root` that match, through every shadow root. */
export function deepAll(root, selector) {
    const found = [];
    for (const element of root.querySelectorAll('*')) {
        if (element.matches(selector)) {
            found.push(element);
        }
        if (element.shadowRoot) {
            found.push(...deepAll(element.shadowRoot, selector));
        }
    }
    return found;
}

/** The first of them. */
export function deep(element, selector) {
    return deepAll(element.shadowRoot, selector)[0] ?? null;
}

/** The base button with this label. */
export function button(element, label) {
    return deepAll(element.shadowRoot, 'lightning-button').find((candidate) => candidate.label === label) ?? null;
}

/** The base input or list with this label. */
export function control(element, label) {
    return deepAll(element.shadowRoot, 'lightning-input, lightning-combobox').find((candidate) => candidate.label === label) ?? null;
}

/** Everything a reader sees of an element: its shadow, and what is put into its slots. */
export function textOf(root) {
    const nodes = [...(root.shadowRoot?.childNodes ?? []), ...root.childNodes];
    const own = nodes.map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : textOf(node)));
    return own.join(' ').replace(/\s+/g, ' ').trim();
}

/** The user picks or types a value. */
export function change(element, detail) {
    element.dispatchEvent(new CustomEvent('change', { detail }));
}

/** Whether the browser would ask before it closes the page. */
export function asksBeforeClosing() {
    const event = new CustomEvent('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
}
