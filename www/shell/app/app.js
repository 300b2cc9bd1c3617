// The frame of the page: header, navigation, the view the address asks for, footer. It knows the addresses and nothing of their contents.
import { LightningElement, api } from 'lwc';
import { language, languages } from '../../platform/language.js';
import { currentPage, onMove, open, urlOf } from '../../platform/location.js';
import { words } from '../words.js';

const list = { type: 'standard__objectPage', attributes: { objectApiName: 'Opportunity', actionName: 'list' } };
const setup = { type: 'standard__navItemPage', attributes: { apiName: 'Cosell_Setup' } };
const pipeline = { type: 'standard__navItemPage', attributes: { apiName: 'Cosell_Pipeline' } };
const partnerCenter = { type: 'standard__navItemPage', attributes: { apiName: 'partner-center' } };

const isAt = (page, { type, attributes }) => page?.type === type && page.attributes.apiName === attributes.apiName;

/** The name of a language in that language. */
function ownName(code) {
    const name = new Intl.DisplayNames(code, { type: 'language' }).of(code);
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

export default class App extends LightningElement {
    /** Light, so that the page's landmarks are the document's own: a skip link must find its target. */
    static renderMode = 'light';

    /** Why our components could not be evaluated; empty when they could. */
    @api componentFailure;

    words = words;
    home = urlOf(list);
    page = currentPage();

    connectedCallback() {
        this.stop = onMove((page) => {
            this.page = page;
            window.scrollTo(0, 0);
            this.querySelector('main').focus({ preventScroll: true });
        });
    }

    disconnectedCallback() {
        this.stop();
    }

    renderedCallback() {
        const here = this.destinations.find(({ current }) => current);
        document.title = here ? `${here.label} | ${words.title}` : words.title;
    }

    get isOpportunity() {
        return this.page?.attributes.objectApiName === 'Opportunity';
    }

    get isList() {
        return this.isOpportunity && this.page.type === 'standard__objectPage';
    }

    get isRecord() {
        return this.isOpportunity && this.page.type === 'standard__recordPage';
    }

    get isPipeline() {
        return isAt(this.page, pipeline);
    }

    get isSetup() {
        return isAt(this.page, setup);
    }

    get isSetupRecord() {
        return this.page?.type === 'standard__webPage';
    }

    /** The record that Setup is to show; its address stands in the page's, as in Salesforce. */
    get setupRecordId() {
        const { searchParams } = new URL(this.page.attributes.url, window.location.origin);
        return /^\/(\w+)$/.exec(searchParams.get('address'))?.[1];
    }

    get isPartnerCenter() {
        return isAt(this.page, partnerCenter);
    }

    /** The record of the page. A list of one, because each record gets a page of its own: nothing is carried over from the one before. */
    get records() {
        return [this.page.attributes.recordId];
    }

    get destinations() {
        const places = [
            { url: urlOf(list), label: words.opportunities, here: this.isOpportunity },
            { url: urlOf(pipeline), label: words.pipeline, here: this.isPipeline },
            { url: urlOf(setup), label: words.setup, here: this.isSetup },
            { url: urlOf(partnerCenter), label: words.partnerCenter, here: this.isPartnerCenter }
        ];
        return places.map(({ here, ...place }) => ({
            ...place,
            current: here ? 'page' : null,
            className: here ? 'slds-context-bar__item slds-is-active' : 'slds-context-bar__item'
        }));
    }

    get languages() {
        return languages.map((code) => ({
            code,
            name: ownName(code),
            pressed: String(code === language),
            className: code === language ? 'slds-button slds-button_brand' : 'slds-button slds-button_neutral'
        }));
    }

    go(event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(event.currentTarget.getAttribute('href'));
    }

    skip(event) {
        event.preventDefault();
        this.querySelector('main').focus();
    }

    changeLanguage(event) {
        const target = new URL(window.location.href);
        target.searchParams.set('lang', event.currentTarget.dataset.language);
        window.location.assign(target);
    }
}
