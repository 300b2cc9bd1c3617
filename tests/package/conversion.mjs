/**
 * Takes the package to the form in which it is deployed and back, with the library that the Salesforce CLI does it with. That
 * library passes over in silence what it can't place, so each step here says which files it holds; the tests compare.
 *
 * Version 12 is the last that runs on Node.js 20.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { filesIn } from './source.mjs';

// Read when the library is loaded: it would write a log into the home directory.
process.env.SF_DISABLE_LOG_FILE = 'true';
const { ComponentSet, MetadataConverter } = await import('@salesforce/source-deploy-retrieve');

const parser = new XMLParser({ ignoreAttributes: false, ignoreDeclaration: true, parseTagValue: false });

const unix = (path) => path.split(sep).join('/');

/** Files below a directory, from `default` on: relative path → content, of XML as what it says, whatever it looks like. */
export function contents(directory) {
    return new Map(
        filesIn(directory)
            .filter((path) => !path.endsWith('sfdx-project.json'))
            .map((path) => [
                unix(relative(directory, path)).replace(/^.*?default\//, ''),
                path.endsWith('.xml') ? said(parser.parse(readFileSync(path, 'utf8'))) : readFileSync(path)
            ])
    );
}

/** An element without content is the same as one without elements. */
function said(value) {
    if (Array.isArray(value)) return value.map(said);
    if (typeof value !== 'object') return value;
    const entries = Object.entries(value).filter(([name]) => name !== '@_xmlns' && name !== '@_xmlns:xsi' && name !== '@_xmlns:xsd');
    return entries.length === 0 ? '' : Object.fromEntries(entries.map(([name, content]) => [name, said(content)]));
}

/** What the library finds in a directory: names as `Type:Name`, and the files it reads them from. */
export function components(directory) {
    const found = ComponentSet.fromSource(directory).getSourceComponents().toArray();
    const all = found.flatMap((component) => [component, ...component.getChildren()]);
    return {
        names: [...new Set(all.map((component) => `${component.type.name}:${component.fullName}`))].sort(),
        files: new Set(all.flatMap((component) => [component.xml, ...component.walkContent()].filter(Boolean)))
    };
}

/** Converts one package directory; gives the places of both forms. */
export async function thereAndBack(directory, work) {
    const [deployed, back] = [join(work, 'deployed'), join(work, 'back')];
    const into = (outputDirectory) => ({ type: 'directory', outputDirectory, genUniqueDir: false });
    await new MetadataConverter().convert(ComponentSet.fromSource(directory), 'metadata', into(deployed));
    mkdirSync(back, { recursive: true });
    const project = { packageDirectories: [{ path: '.', default: true }], sourceApiVersion: '66.0' };
    writeFileSync(join(back, 'sfdx-project.json'), JSON.stringify(project));
    await new MetadataConverter().convert(ComponentSet.fromSource(deployed), 'source', into(back));
    return { deployed, back };
}
