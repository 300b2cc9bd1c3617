import CosellSetupConnections from 'c/cosellSetupConnections';
import { clearPage, mount, settle, textOf } from '../../__tests__/support/dom';
import { healthOf } from '../../__tests__/support/setupData';

async function shown(name, changes) {
    const { connections } = healthOf({ [name]: changes });
    const element = mount('c-cosell-setup-connections', CosellSetupConnections, { connections });
    await settle();
    return { element, words: textOf(element.shadowRoot.querySelector(`[data-connection="${name}"]`)) };
}

describe('c-cosell-setup-connections', () => {
    afterEach(clearPage);

    it.each([
        ['ok', 'Works', 'signs in to this org'],
        ['warning', 'Look at this', 'About salesforce.'],
        ['failed', 'Does not work', 'About salesforce.'],
        ['off', 'Off', 'About salesforce.'],
        ['odd', 'Look at this', 'About salesforce.']
    ])('says that a connection is %s', async (state, badge, sentence) => {
        const { element, words } = await shown('salesforce', { state });
        expect([words.includes(badge), words.includes(sentence)]).toEqual([true, true]);
        await expect(element).toBeAccessible();
    });

    it('tells what to do, and since when, only of what is ill', async () => {
        const since = '2026-11-20T09:00:00Z';
        expect((await shown('store', { state: 'failed', since })).words).toMatch(/Since Nov 20, 2026.*disk has room/);
        clearPage();
        expect((await shown('store', { state: 'ok', since })).words).not.toMatch(/Since|disk/);
    });

    it.each([
        ['salesforce', { apiUsage: { used: 1234, max: 100000 } }, 'API calls of the last 24 hours 1,234 of 100,000'],
        ['entra', { tokenExpiresAt: '2026-11-22T15:02:00Z' }, 'Access token valid until Nov 22, 2026'],
        ['entra', { tokenObtainedAt: '2026-11-22T14:02:00Z' }, 'Access token issued Nov 22, 2026'],
        ['store', { driver: 'postgres' }, 'Database PostgreSQL'],
        ['webhooks', { registeredUrl: 'https://a.example/hook' }, 'Events go to https://a.example/hook']
    ])('knows of %s: %o', async (name, facts, expected) => {
        const { element, words } = await shown(name, { facts });
        expect(words).toContain(expected);
        await expect(element).toBeAccessible();
    });

    it('leaves out facts that nobody knows or that have no value', async () => {
        const { element } = await shown('entra', { facts: { tenant: null, secret: 'x' } });
        expect(element.shadowRoot.querySelector('dl')).toBeNull();
    });

    it('sends to the settings whom a setting keeps from working', async () => {
        const { words } = await shown('salesforce', { state: 'failed', code: 'settings.unreadable' });
        expect(words).toContain('Mend the setting');
    });

    it('shows one that it has no words for by the server’s', async () => {
        const connections = [{ name: 'mail', state: 'ok', detail: 'Mail goes out.' }, ...healthOf().connections];
        const element = mount('c-cosell-setup-connections', CosellSetupConnections, { connections });
        await settle();
        const rows = [...element.shadowRoot.querySelectorAll('[data-connection]')];
        expect(textOf(rows.at(-1))).toContain('Mail goes out.');
    });
});
