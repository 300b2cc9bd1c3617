// `lightning/platformShowToastEvent`: the event a component fires; the shell shows it.
export const showToast = 'lightning__showtoast';

export class ShowToastEvent extends CustomEvent {
    constructor(detail) {
        super(showToast, { composed: true, cancelable: true, bubbles: true, detail });
    }
}
