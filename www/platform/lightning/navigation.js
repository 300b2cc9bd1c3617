// `lightning/navigation`: going to records, lists and web pages.
import { currentPage, onMove, open, urlOf } from '../location.js';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

export function NavigationMixin(Base) {
    return class extends Base {
        [Navigate](page, replace = false) {
            open(urlOf(page), { replace });
        }

        [GenerateUrl](page) {
            return Promise.resolve(urlOf(page));
        }
    };
}
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** The wire adapter that gives the current page. */
export class CurrentPageReference {
    constructor(emit) {
        this.emit = emit;
    }

    connect() {
        this.stop = onMove((page) => this.emit(page));
        this.emit(currentPage());
    }

    disconnect() {
        this.stop();
    }

    update() {}
}
