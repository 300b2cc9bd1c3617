/**
 * Writes docs/permissions.md: what each permission set of the package grants, field by field, from the metadata itself.
 * `node src/org/permissions.mjs --write` writes it; a test compares.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAIN = join(ROOT, 'lwc/main/default');
export const PAGE = join(ROOT, 'docs/permissions.md');

/** In the order in which an admin assigns them. */
const SETS = ['Cosell_Seller', 'Cosell_Admin', 'Cosell_Integration'];

const parser = new XMLParser({ ignoreAttributes: true, ignoreDeclaration: true, parseTagValue: false });
const read = (path) => Object.values(parser.parse(readFileSync(path, 'utf8')))[0];
const list = (value) => [value ?? []].flat();

/** Labels of our own fields, by path; Salesforce's have the name that everybody knows. */
function labels() {
    const found = new Map();
    for (const object of readdirSync(join(MAIN, 'objects'))) {
        for (const file of filesOf(join(MAIN, 'objects', object, 'fields'))) {
            const field = read(join(MAIN, 'objects', object, 'fields', file));
            found.set(`${object}.${field.fullName}`, field.label);
        }
    }
    return found;
}

function filesOf(directory) {
    try {
        return readdirSync(directory);
    } catch {
        return [];
    }
}

function table(heads, rows) {
    if (!rows.length) return [];
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''];
}

const words = (pairs) => pairs.filter(([is]) => is === 'true').map(([, word]) => word);

function objectRow({ object, ...access }) {
    const rights = words([
        [access.allowRead, 'read'],
        [access.allowCreate, 'create'],
        [access.allowEdit, 'edit'],
        [access.allowDelete, 'delete'],
        [access.viewAllRecords, 'view all records'],
        [access.modifyAllRecords, 'modify all records'],
        [access.viewAllFields, 'view all fields']
    ]);
    return [`\`${object}\``, rights.join(', ')];
}

function fieldRow({ field, editable }, known) {
    return [`\`${field}\``, known.get(field) ?? 'of Salesforce', editable === 'true' ? 'read, edit' : 'read'];
}

function section(name, known) {
    const set = read(join(MAIN, 'permissionsets', `${name}.permissionset-meta.xml`));
    const others = [
        ...list(set.applicationVisibilities).map(({ application }) => ['App', application]),
        ...list(set.tabSettings).map(({ tab, visibility }) => ['Tab', `${tab} (${visibility.toLowerCase()})`]),
        ...list(set.customPermissions).map((access) => ['Custom permission', access.name]),
        ...list(set.classAccesses).map(({ apexClass }) => ['Apex class', apexClass]),
        ...list(set.customMetadataTypeAccesses).map((access) => ['Custom metadata type', access.name]),
        ...list(set.userPermissions).map((access) => ['System permission', access.name])
    ];
    return [
        `## ${set.label} (\`${name}\`)`,
        '',
        set.description,
        '',
        ...table(['Object', 'Records'], list(set.objectPermissions).map(objectRow)),
        ...table(
            ['Field', 'Label', 'Access'],
            list(set.fieldPermissions)
                .map((access) => fieldRow(access, known))
                .sort(([a], [b]) => a.localeCompare(b, 'en'))
        ),
        ...table(
            ['Beside that', ''],
            others.map(([kind, what]) => [kind, `\`${what}\``])
        )
    ];
}

/** The page as it should be. */
export function page() {
    const known = labels();
    return [
        '# Permission sets, field by field',
        '',
        'Written by `npm run permissions` from `lwc/main/default/permissionsets`; `npm test -- package` fails when it is not current.',
        'A permission set only adds to what a profile grants. Fields that Salesforce shows to everybody who sees the record (required ones,',
        'names, master-detail) are in no permission set and not listed.',
        '',
        ...SETS.flatMap((name) => section(name, known))
    ]
        .join('\n')
        .trimEnd()
        .concat('\n');
}

/** Permission sets that the page leaves out. */
export const unlisted = () =>
    readdirSync(join(MAIN, 'permissionsets'))
        .map((file) => basename(file, '.permissionset-meta.xml'))
        .filter((name) => !SETS.includes(name));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    if (process.argv.includes('--write')) writeFileSync(PAGE, page());
    else process.stdout.write(page());
}
