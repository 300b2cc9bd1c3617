/**
 * The admin's page: asks the org for its settings and the server for everything else, and lets its children show it.
 * What an answer means is for them to say.
 */
import { LightningElement } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import getSetup from '@salesforce/apex/CosellSetupController.getSetup';
import saveSettings from '@salesforce/apex/CosellSetupController.saveSettings';
import MAY_ADMINISTER from '@salesforce/customPermission/Cosell_Administer';
import { SETUP } from 'c/cosellSetupLabels';
import { describe } from 'c/cosellErrors';
import { counted, dateTimeToTheSecond, fill, number } from 'c/cosellFormat';
import { openCheck, openProxy } from 'c/cosellModule';
import { openFocusing } from 'c/cosellSetupFocus';
import { isSame } from 'c/cosellSetupValues';
import { openAdmin } from './admin';
import { NO_SETTINGS, NOT_PERMITTED, inWords, notReached, notRead, notRunning } from './notices';
import { findPair, readPage, readPages } from './pairs';
import { askUntil, unlessSilent } from './polling';
import { openTurns } from './turns';

/** How often to look whether the settings are in force, a test has arrived, a pair was looked at. */
const LOOKS = { save: 30, test: 30, retry: 30, health: 8 };

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
    looksAtRegistration = openTurns();
    looksAtPairs = openTurns();
    connected = false;
    focusing = openFocusing(this.template);

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
        if (!this.asks || !this.isAsking) {
            this.focusing.settle();
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
        return this.health ? fill(SETUP.checked, dateTimeToTheSecond(this.health.checkedAt)) : '';
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
        // What was typed stays where the org can't be asked for once.
        return this.permitted && Boolean(this.setup || !this.unreadable);
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

    /** The server keeps its answer for some seconds: waits for one from later than this, where this is known. */
    async lookAtHealthAfter(moment) {
        const { ask } = this;
        const look = () => ask('GET', 'health');
        const isLater = ({ checkedAt }) => !moment || Date.parse(checkedAt) > Date.parse(moment);
        try {
            const health = await askUntil(look, isLater, this.patience('health'));
            this.takeIf(ask, { health });
        } catch (error) {
            this.takeIf(ask, { unreached: describe(error) });
        }
    }

    async lookAtRegistration() {
        const { ask } = this;
        const isNews = this.looksAtRegistration();
        this.registrationProblem = undefined;
        try {
            const registration = await ask('GET', 'webhooks');
            if (isNews()) {
                this.takeRegistration(ask, registration);
            }
        } catch (error) {
            if (isNews()) {
                this.takeIf(ask, { registration: undefined, registrationProblem: this.explain(error), ...NO_OUTCOME });
            }
        }
    }

    /** A test tells of the registration that it was made with. */
    takeRegistration(ask, registration) {
        const goesOn = placeOf(registration) === placeOf(this.registration);
        this.takeIf(ask, { registration, registrationProblem: undefined, ...(goesOn ? {} : NO_OUTCOME) });
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
        const isNews = this.looksAtPairs();
        const take = (answers) => isNews() && this.takeIf(ask, answers);
        const known = () => this.pages?.length ?? 1;
        const lacks = (pages) => key !== undefined && !findPair(pages, key);
        try {
            const pages = await readPages(ask, (read) => read.length < known() || lacks(read));
            take({ pages: lacks(pages) ? pages.slice(0, known()) : pages, pairsProblem: undefined });
            return pages;
        } catch (error) {
            take({ pairsProblem: this.explain(error) });
            return undefined;
        }
    }

    /* What the admin does */

    handleNotice(event) {
        this.focusing.goOn(...TOP);
        this[event.currentTarget.dataset.action]();
    }

    handleRefresh() {
        this.focusing.goOn(...TOP);
        this.start();
    }

    handleLook() {
        this.lookAtRegistration();
    }

    async handleRegister(event) {
        const { ask } = this;
        Object.assign(this, { registering: true, ...NO_OUTCOME });
        try {
            const registration = await ask('POST', 'webhooks', { overwrite: event.detail.overwrite });
            // Who looked before it was made has seen how it was.
            this.looksAtRegistration()();
            this.takeRegistration(ask, registration);
            this.toast(SETUP.hooksRegistered, '', 'success');
            if (this.ask !== ask) {
                await this.lookAtRegistration();
            }
        } catch (error) {
            // Somebody else may have registered meanwhile: what is shown must be what is so.
            const problem = this.explain(error);
            await this.lookAtRegistration();
            this.takeIf(ask, { registerProblem: problem });
            this.toast(SETUP.hooksNotRegistered, problem.message, 'error');
        } finally {
            this.registering = false;
        }
        await this.lookAtHealthAfter(this.registration?.checkedAt);
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
        const { ask, next } = this;
        this.pairsProblem = undefined;
        try {
            const page = await readPage(ask, next);
            // The list may have been read anew meanwhile; a page of the old one would not fit on.
            if (this.next === next) {
                this.pages = [...this.pages, page];
            }
        } catch (error) {
            if (this.next === next) {
                this.takeIf(ask, { pairsProblem: this.explain(error) });
            }
        }
    }

    handleLookAtPairs() {
        this.pairsProblem = undefined;
        this.lookAtPairs();
    }

    async handleRetry(event) {
        const { key, name } = event.detail;
        const { ask } = this;
        const { by } = this.pairs.find((pair) => pair.key === key);
        this.retrying = [...this.retrying, key];
        try {
            await ask('POST', 'retry', { [by]: key });
            // A pair that is half done may have changed already, or have left the list to come back: the server says when it is done.
            // Where it doesn't answer, it is asked once more; then the list says what is known.
            let failures = 0;
            const look = () => ask('GET', `retry?${by}=${encodeURIComponent(key)}`).catch(() => ({ underWay: true, failed: ++failures }));
            const { underWay } = await askUntil(look, (answer) => !answer.underWay || answer.failed > 1, this.patience('retry'));
            const pages = await this.lookAtPairs(key);
            // Where the list can't be read the card says so; where everything was asked anew meanwhile, that shows how it stands.
            if (pages && this.ask === ask) {
                const { title, variant } = lookedAt(underWay, findPair(pages, key));
                this.toast(title, name, variant);
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
                // What another server found, by its own clock, is neither earlier nor later.
                this.health = setup.settings.proxyUrl === this.setup.settings?.proxyUrl ? this.health : undefined;
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

/** What of a registration decides whether events arrive. */
function placeOf({ state, publicUrl, registeredUrl, missingEvents } = {}) {
    return JSON.stringify([state, publicUrl, registeredUrl, missingEvents]);
}

/** How it ended that a pair was looked at, if it did; the pair is undefined where it is in the list no more. */
function lookedAt(underWay, pair) {
    if (underWay) {
        return { title: SETUP.pairSlow, variant: 'info' };
    }
    return pair ? { title: SETUP.pairStill, variant: 'warning' } : { title: SETUP.pairMended, variant: 'success' };
}

/** Whether the org's settings are these. */
function isInForce({ settings }, values) {
    return Boolean(settings) && isSame(values, settings);
}
