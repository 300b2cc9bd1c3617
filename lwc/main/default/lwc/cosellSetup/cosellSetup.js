/**
 * The admin's page: asks the org for its settings and the server for everything else, and lets its children show it.
 * What an answer means is for them to say.
 */
import { LightningElement } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import getSetup from '@salesforce/apex/CosellSetupController.getSetup';
import saveSettings from '@salesforce/apex/CosellSetupController.saveSettings';
import MAY_ADMINISTER from '@salesforce/customPermission/Cosell_Administer';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { SETUP } from 'c/cosellSetupLabels';
import { describe } from 'c/cosellErrors';
import { counted, fill, number } from 'c/cosellFormat';
import { openCheck, openProxy } from 'c/cosellModule';
import { focusFirst } from 'c/cosellSetupFocus';
import { openAdmin } from './admin';
import { NO_SETTINGS, NOT_PERMITTED, inWords, notReached, notRead, notRunning } from './notices';
import { findPair, readPage, readPages } from './pairs';
import { askUntil, unlessSilent } from './polling';

/** How often to look whether the settings are in force, a test has arrived, a pair was looked at. */
const LOOKS = { save: 30, test: 30, retry: 5, health: 8 };

/** What is known of a test and a registering when there was none. */
const NO_OUTCOME = { test: undefined, testProblem: undefined, registerProblem: undefined };

/** What is at the top of the page after everything was asked: the button that asks again, the title where there is none. */
const TOP = ['[data-refresh]', 'h1'];

/** States that nobody needs to look at. */
const WELL = ['ok', 'off'];

export default class CosellSetup extends LightningElement {
    labels = SETUP;
    /** From the org. */
    setup;
    unreadable;
    /** Whether the module runs here: undefined until it is known. */
    runs;
    /** Why it does not. */
    obstacle;
    /** From the server. */
    health;
    unreached;
    registration;
    registrationProblem;
    /** Why registering did not work. */
    registerProblem;
    test;
    testProblem;
    /** Of the list of pairs, as far as it was read. */
    pages;
    pairsProblem;
    /** How many settings in force are wrong: undefined until that is known. */
    wrong;
    /** What is under way. */
    starting = false;
    checking = false;
    registering = false;
    saving = false;
    unsaved;
    retrying = [];
    ask;
    connected = false;
    /** Where the focus goes when the button that has it is gone, or can be clicked again. */
    focusNext = [];

    connectedCallback() {
        this.connected = true;
        if (MAY_ADMINISTER) {
            this.start();
        }
    }

    disconnectedCallback() {
        this.connected = false;
    }

    renderedCallback() {
        const isOver = !this.asks || !this.isAsking;
        if (this.focusNext.length && isOver) {
            focusFirst(this.template, this.focusNext);
            this.focusNext = [];
        }
    }

    /* What the template shows */

    get notices() {
        const { unreadable, unreached, setup } = this;
        const found = [
            !MAY_ADMINISTER && NOT_PERMITTED,
            unreadable && notRead(unreadable),
            setup && !setup.settings && NO_SETTINGS,
            unreached && notReached(unreached, { origin: window.location.origin, address: setup?.settings?.proxyUrl })
        ];
        return found.filter(Boolean);
    }

    get permitted() {
        return MAY_ADMINISTER && this.unreadable?.code !== 'permission.missing';
    }

    /** Whether the server may be asked, or is just being asked for the first time. */
    get asks() {
        return this.permitted && !this.unreached && !this.unreadable && this.setup?.settings !== null;
    }

    get summary() {
        if (!this.asks) {
            return null;
        }
        if (!this.health || this.checking) {
            return { icon: 'utility:clock', text: SETUP.checking };
        }
        const ill = this.health.connections.filter(({ state }) => !WELL.includes(state)).length;
        const { wrong, needing } = this;
        const text = [
            ill ? counted(ill, SETUP.someIllOne, SETUP.someIllMany) : this.connectedText,
            wrong && counted(wrong, SETUP.wrongOne, SETUP.wrongMany),
            needing
        ]
            .filter(Boolean)
            .join(' ');
        return ill || wrong || needing
            ? { icon: 'utility:warning', variant: 'warning', text }
            : { icon: 'utility:success', variant: 'success', text };
    }

    /** How it is said that no connection is ill: that all works only where no deal waits and no setting is wrong. */
    get connectedText() {
        return this.pairs?.length === 0 && this.wrong === 0 ? SETUP.allWell : SETUP.connected;
    }

    /** How many deals need somebody, in words: what waits goes on by itself. */
    get needing() {
        const count = (this.pairs ?? []).filter(({ state }) => state !== 'waiting').length;
        if (count === 0) {
            return '';
        }
        return this.next ? fill(SETUP.needMore, number(count)) : counted(count, SETUP.needOne, SETUP.needMany);
    }

    get checkedAt() {
        return this.health ? fill(SETUP.checked, toTheSecond(this.health.checkedAt)) : '';
    }

    /** Whether the answers to an earlier question are still to come. */
    get isAsking() {
        return this.starting || this.checking;
    }

    get pairs() {
        return this.pages?.flatMap(({ pairs }) => pairs);
    }

    get next() {
        return this.pages?.at(-1).next;
    }

    get connections() {
        return this.health?.connections;
    }

    get org() {
        return this.setup?.org;
    }

    get settings() {
        return this.setup?.settings;
    }

    /** Where nothing is asked the settings have the page for themselves. */
    get settingsClass() {
        return this.asks ? 'column' : 'column apart';
    }

    get hasSetup() {
        return this.permitted && !this.unreadable;
    }

    /* What is asked */

    /** Everything anew: the settings, then the server that they name. */
    async start() {
        this.starting = true;
        this.unreadable = undefined;
        this.unreached = undefined;
        this.tryModule();
        try {
            this.setup = await getSetup();
            if (this.setup.settings) {
                await this.connect();
            }
        } catch (error) {
            this.unreadable = describe(error);
        } finally {
            this.starting = false;
        }
    }

    async tryModule() {
        try {
            await openCheck();
            this.runs = true;
        } catch (error) {
            this.runs = false;
            this.obstacle = notRunning(describe(error));
        }
    }

    async connect() {
        try {
            this.ask = openAdmin(await openProxy(this.setup.settings));
        } catch (error) {
            this.unreached = describe(error);
            return;
        }
        await this.refresh();
    }

    async refresh() {
        const { ask } = this;
        this.checking = true;
        // The registration first, because the server judges events by what was last seen of it.
        const connections = this.lookAtRegistration().then(() => this.lookAtHealthAfter(this.health?.checkedAt));
        try {
            await unlessSilent([connections, this.lookAtPairs()]);
        } catch (error) {
            this.takeIf(ask, { unreached: describe(error) });
        }
        this.takeIf(ask, { checking: false });
    }

    /** The server keeps its answer for some seconds: waits for one that is newer than this. */
    async lookAtHealthAfter(moment) {
        const { ask } = this;
        const look = () => ask('GET', 'health');
        try {
            const health = await askUntil(look, ({ checkedAt }) => checkedAt !== moment, this.patience('health'));
            this.takeIf(ask, { health });
        } catch (error) {
            this.takeIf(ask, { unreached: describe(error) });
        }
    }

    async lookAtRegistration() {
        const { ask } = this;
        this.registrationProblem = undefined;
        try {
            this.takeRegistration(ask, await ask('GET', 'webhooks'));
        } catch (error) {
            this.takeIf(ask, { registrationProblem: this.explain(error), ...NO_OUTCOME });
        }
    }

    /** A test tells of the registration that it was made with. */
    takeRegistration(ask, registration) {
        const isSame = placeOf(registration) === placeOf(this.registration);
        this.takeIf(ask, { registration, ...(isSame ? {} : NO_OUTCOME) });
    }

    /** What a server told is of no use when another is asked by now, or the same one anew. */
    takeIf(ask, answers) {
        if (this.ask === ask) {
            Object.assign(this, answers);
        }
    }

    /**
     * The list anew, as far as it was read before; where a pair is looked for, on until it is found or the list ends: a pair moves
     * when it fails anew. Gives what was read, undefined where that failed.
     */
    async lookAtPairs(key) {
        const { ask } = this;
        this.pairsProblem = undefined;
        const known = () => this.pages?.length ?? 1;
        const lacks = (pages) => key !== undefined && !findPair(pages, key);
        try {
            const pages = await readPages(ask, (read) => read.length < known() || lacks(read));
            this.takeIf(ask, { pages: lacks(pages) ? pages.slice(0, known()) : pages });
            return pages;
        } catch (error) {
            this.takeIf(ask, { pairsProblem: this.explain(error) });
            return undefined;
        }
    }

    /* What the admin does */

    handleNotice(event) {
        this.focusNext = TOP;
        this[event.currentTarget.dataset.action]();
    }

    handleRefresh() {
        this.focusNext = TOP;
        this.start();
    }

    handleLook() {
        this.lookAtRegistration();
    }

    async handleRegister(event) {
        const { ask } = this;
        Object.assign(this, { registering: true, ...NO_OUTCOME });
        try {
            this.takeRegistration(ask, await ask('POST', 'webhooks', { overwrite: event.detail.overwrite }));
            this.registrationProblem = undefined;
            this.toast(SETUP.hooksRegistered, '', 'success');
        } catch (error) {
            // Somebody else may have registered meanwhile: what is shown must be what is so.
            const problem = this.explain(error);
            await this.lookAtRegistration();
            this.takeIf(ask, { registerProblem: problem });
            this.toast(SETUP.hooksNotRegistered, problem.message, 'error');
        } finally {
            this.registering = false;
        }
        await this.lookAtHealthAfter(this.health?.checkedAt);
    }

    async handleTest() {
        const test = {};
        const { ask } = this;
        const isWanted = () => this.connected && this.test === test;
        const take = (answers) => isWanted() && Object.assign(this, answers);
        Object.assign(this, { ...NO_OUTCOME, test });
        try {
            const { correlationId } = await ask('POST', 'webhooks/test');
            const look = () => ask('GET', `webhooks/test/${encodeURIComponent(correlationId)}`);
            const answer = await askUntil(look, ({ over }) => over, { times: LOOKS.test, isWanted });
            take({ test: { ...answer, waited: true } });
        } catch (error) {
            take({ test: undefined, testProblem: this.explain(error) });
        }
    }

    async handleMore() {
        const { next } = this;
        this.pairsProblem = undefined;
        try {
            const page = await readPage(this.ask, next);
            // The list may have been read anew meanwhile; a page of the old one would not fit on.
            if (this.next === next) {
                this.pages = [...this.pages, page];
            }
        } catch (error) {
            this.pairsProblem = this.explain(error);
        }
    }

    handleLookAtPairs() {
        this.lookAtPairs();
    }

    async handleRetry(event) {
        const { key, name } = event.detail;
        const pair = findPair(this.pages, key);
        const before = JSON.stringify(pair);
        this.retrying = [...this.retrying, key];
        try {
            await this.ask('POST', 'retry', { [pair.by]: key });
            const hasChanged = (pages) => Boolean(pages) && JSON.stringify(findPair(pages, key)) !== before;
            const pages = await askUntil(() => this.lookAtPairs(key), hasChanged, this.patience('retry'));
            // Where the list can't be read the card says so, and nobody knows how the pair stands.
            if (pages) {
                const still = findPair(pages, key);
                this.toast(still ? SETUP.pairStill : SETUP.pairMended, name, still ? 'warning' : 'success');
            }
        } catch (error) {
            this.toast(SETUP.pairNotRetried, this.explain(error).message, 'error');
        } finally {
            this.retrying = this.retrying.filter((other) => other !== key);
        }
    }

    handleWrong(event) {
        this.wrong = event.detail.count;
    }

    async handleSave(event) {
        const { values } = event.detail;
        this.saving = true;
        this.unsaved = undefined;
        try {
            await saveSettings({ values });
            const setup = await askUntil(getSetup, (found) => isInForce(found, values), this.patience('save'));
            if (isInForce(setup, values)) {
                this.setup = setup;
                this.toast(SETUP.saved, '', 'success');
            } else {
                this.unsaved = { heading: SETUP.saveSlow, body: SETUP.saveSlowHint };
            }
        } catch (error) {
            this.unsaved = { heading: SETUP.notSaved, body: describe(error).message };
        } finally {
            this.saving = false;
        }
        if (!this.unsaved) {
            await this.start();
        }
    }

    /** What went wrong when the server was asked. */
    explain(error) {
        return inWords(describe(error), this.setup.settings.proxyUrl);
    }

    patience(what) {
        return { times: LOOKS[what], isWanted: () => this.connected };
    }

    toast(title, message, variant) {
        this.dispatchEvent(new ShowToastEvent({ title, message, variant }));
    }
}

/** Answers come seconds after each other. */
function toTheSecond(moment) {
    const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE });
    return format.format(new Date(moment));
}

/** What of a registration decides whether events arrive. */
function placeOf({ state, publicUrl, registeredUrl, missingEvents } = {}) {
    return JSON.stringify([state, publicUrl, registeredUrl, missingEvents]);
}

/** Whether the org's settings are these; a blank one is none. The org may end lines otherwise than the browser. */
function isInForce({ settings }, values) {
    const plain = (value) => (value ?? '').replaceAll('\r\n', '\n').trim();
    return Boolean(settings) && Object.entries(values).every(([name, value]) => plain(settings[name]) === plain(value));
}
