import CosellSetupOrg from 'c/cosellSetupOrg';
import { clearPage, mount, settle, textOf } from '../../__tests__/support/dom';
import { ORG, SETTINGS } from '../../__tests__/support/setupData';

const said = (element, name) => textOf(element.shadowRoot.querySelector(`[data-prerequisite="${name}"]`));

describe('c-cosell-setup-org', () => {
    afterEach(clearPage);

    it('has a row for each prerequisite before it knows any', async () => {
        const element = mount('c-cosell-setup-org', CosellSetupOrg);
        await settle();
        expect(element.shadowRoot.querySelectorAll('[data-prerequisite]')).toHaveLength(7);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['domain', { myDomain: true }, 'Deployed.'],
        ['domain', { myDomain: false }, 'Deploy My Domain'],
        ['user', { integrationUsers: 0 }, 'Nobody holds'],
        ['user', { integrationUsers: 1 }, 'One active user'],
        ['user', { integrationUsers: 3 }, '3 active users'],
        ['user', { integrationUsers: null }, 'can’t be seen with your rights'],
        ['notes', { notes: false }, 'Switch Notes on'],
        ['teams', { teams: false }, 'Only the owner'],
        ['currency', { multiCurrency: true }, 'Multiple currencies are on.'],
        ['countries', { countryPicklists: true }, 'picked, not typed']
    ])('says of %s with %o: %s', async (name, changes, words) => {
        const element = mount('c-cosell-setup-org', CosellSetupOrg, { org: { ...ORG, ...changes }, runs: true });
        await settle();
        expect(said(element, name)).toContain(words);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['name it', { ...SETTINGS, defaultCurrency: 'SEK' }, 'One currency: SEK.', ''],
        ['don’t name it', SETTINGS, 'The settings don’t name it', 'Look at this'],
        ['name a field for it', { ...SETTINGS, currencyField: 'Deal_Currency__c' }, 'One currency: SEK.', ''],
        ['are missing', null, 'The settings don’t name it', 'Look at this']
    ])('warns of an org’s one currency unless the settings say it: they %s', async (_case, settings, words, warning) => {
        const org = { ...ORG, multiCurrency: false, currency: 'SEK' };
        const element = mount('c-cosell-setup-org', CosellSetupOrg, { org, settings, runs: true });
        await settle();
        expect(said(element, 'currency')).toContain(words);
        expect(element.shadowRoot.querySelector('[data-prerequisite="currency"] lightning-icon').alternativeText).toBe(warning);
        await expect(element).toBeAccessible();
    });

    it.each([
        [true, 'The rules run on this page.'],
        [false, 'use Lightning Web Security'],
        [undefined, 'Checking…']
    ])('says whether the rules run: %s', async (runs, words) => {
        const element = mount('c-cosell-setup-org', CosellSetupOrg, { org: ORG, runs });
        await settle();
        expect(said(element, 'wasm')).toContain(words);
    });
});
