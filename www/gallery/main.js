// The gallery's page: one component of ours, inside the sandbox, as wide as it is told to be. What the component is given and what the
// org answers is decided by whoever opens the page (tests/support/gallery.mjs).
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import { exposedComponent, loadComponents } from '../sandbox.js';
import { language } from '../platform/language.js';

document.documentElement.lang = language;
const loaded = loadComponents('/assets/components.js');

/** `cosellPanel` → `c-cosell-panel`. */
const tagOf = (component) => `c-${component.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Puts a component on the page. `width` is that of a column; none fills the page. What is shown `inCard` stands on white, as in a card. */
window.present = async ({ component, properties, title, width, inCard }) => {
    await loaded;
    // A part of a card has headings of the third level: those above it stand in for the page and the card.
    const headings = ['h1', 'h2'].map((level) =>
        Object.assign(document.createElement(level), { className: 'slds-assistive-text', textContent: title })
    );
    const ground = inCard ? ' slds-theme_default' : '';
    const place = Object.assign(document.createElement('div'), { id: 'place', className: `slds-p-around_small${ground}` });
    place.style.maxWidth = width ?? '';
    place.append(Object.assign(createElement(tagOf(component), { is: exposedComponent(component) }), properties));
    document.querySelector('main').replaceChildren(...headings, place);
    document.title = title;
};
