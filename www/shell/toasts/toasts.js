// Shows what components say through `ShowToastEvent`, at the top of the page, as Lightning Experience does.
import { LightningElement } from 'lwc';
import { showToast } from '../../platform/lightning/platformShowToastEvent.js';
import { words } from '../words.js';

const icons = { success: 'utility:success', error: 'utility:error', warning: 'utility:warning', info: 'utility:info' };
/** How many are shown at once; the oldest gives way. */
const most = 3;
/** How long a toast that may go by itself stays, in milliseconds. */
const shown = { pester: 3000, dismissible: 5000, dismissable: 5000 };

export default class Toasts extends LightningElement {
    words = words;
    toasts = [];
    made = 0;

    connectedCallback() {
        this.listener = (event) => this.show(event.detail);
        document.addEventListener(showToast, this.listener);
    }

    disconnectedCallback() {
        document.removeEventListener(showToast, this.listener);
    }

    show({ title, message, messageData, variant, mode = 'dismissible' }) {
        const kind = variant in icons ? variant : 'info';
        const id = String((this.made += 1));
        const toast = {
            id,
            title,
            message,
            parts: partsOf(message, messageData),
            variant: kind,
            icon: icons[kind],
            iconVariant: kind === 'warning' ? '' : 'inverse',
            className: `slds-notify slds-notify_toast slds-theme_${kind}`
        };
        this.toasts = [...this.toasts, toast].slice(-most);
        if (shown[mode]) setTimeout(() => this.remove(id), shown[mode]);
    }

    close(event) {
        this.remove(event.currentTarget.dataset.id);
    }

    remove(id) {
        this.toasts = this.toasts.filter((toast) => toast.id !== id);
    }
}

/** The message in pieces: its text, and the texts and links that `messageData` puts in the places `{0}`, `{1}`, … */
function partsOf(message, messageData) {
    const data = [...(messageData ?? [])];
    return String(message ?? '')
        .split(/(\{\d+\})/)
        .filter(Boolean)
        .map((text, key) => {
            const value = /^\{(\d+)\}$/.test(text) ? data[Number(text.slice(1, -1))] : undefined;
            if (value === undefined) return { key, text };
            return typeof value === 'string' ? { key, text: value } : { key, text: value.label, url: value.url };
        });
}
