/**
 * What an org is and has, asked by the Salesforce CLI: reads only. Must not judge any of it.
 */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal, sf } from './sf.mjs';

/** The rows of a query. `tooling` asks the Tooling API. */
export async function query(org, soql, { tooling = false } = {}) {
    const { records } = await sf(['data', 'query', '--query', soql, '--target-org', org, ...(tooling ? ['--use-tooling-api'] : [])]);
    return records;
}

/** The same; null where the org has no such object, or does not show it to this user. */
async function queryIfThere(org, soql, options) {
    try {
        return await query(org, soql, options);
    } catch (error) {
        const isUnknown = error instanceof Refusal && /INVALID_TYPE|is not supported/.test(`${error.code} ${error.message}`);
        if (isUnknown) return null;
        throw error;
    }
}

/** Cosell's own settings; null where Cosell is not installed, undefined where their record is missing. */
export async function settings(org) {
    const rows = await queryIfThere(org, "SELECT Proxy_Url__c FROM Cosell_Setting__mdt WHERE DeveloperName = 'Default'");
    return rows && rows[0];
}

/** Everything that the check looks at; asked side by side, since each call of the CLI takes seconds. */
export async function facts(org) {
    const fields = async (object) => {
        const described = await sf(['sobject', 'describe', '--sobject', object, '--target-org', org]);
        return new Set(described.fields.map(({ name }) => name));
    };
    const licences = "SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = 'Salesforce Integration'";
    const sites = "SELECT EndpointUrl FROM CspTrustedSite WHERE DeveloperName = 'Cosell_Proxy'";
    const [display, objects, opportunity, account, licence, record, site, switched] = await Promise.all([
        sf(['org', 'display', '--target-org', org]),
        sf(['sobject', 'list', '--sobject', 'all', '--target-org', org]),
        fields('Opportunity'),
        fields('Account'),
        queryIfThere(org, licences),
        settings(org),
        queryIfThere(org, sites, { tooling: true }),
        switches(org)
    ]);
    return {
        instanceUrl: display.instanceUrl,
        apiVersion: Number(display.apiVersion),
        objects: new Set(objects),
        opportunity,
        account,
        licences: licence?.[0],
        settings: record,
        site: site?.[0],
        ...switched
    };
}

/** Switches of Setup that no query shows: true, false, or null where this user may not read them. */
async function switches(org) {
    const directory = await mkdtemp(join(tmpdir(), 'cosell-settings-'));
    try {
        const wanted = ['--metadata', 'Settings:Security', '--metadata', 'Settings:Language'];
        await sf(['project', 'retrieve', 'start', ...wanted, '--target-metadata-dir', directory, '--unzip', '--target-org', org]);
        return {
            lightningWebSecurity: await flag(directory, 'Security.settings', 'lockerServiceNext'),
            translationWorkbench: await flag(directory, 'Language.settings', 'enableTranslationWorkbench')
        };
    } catch (error) {
        if (error instanceof Refusal) return { lightningWebSecurity: null, translationWorkbench: null };
        throw error;
    } finally {
        await rm(directory, { recursive: true, force: true });
    }
}

/** What a switch of a settings file says. */
async function flag(directory, file, name) {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const found = entries.find((entry) => entry.name === file);
    const text = found ? await readFile(join(found.parentPath, file), 'utf8') : '';
    const said = new RegExp(`<${name}>\\s*(true|false)\\s*</${name}>`).exec(text)?.[1];
    return said ? said === 'true' : null;
}
