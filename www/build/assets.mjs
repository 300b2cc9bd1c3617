// Puts what the page needs besides its scripts into the output folder: the page itself, the design system's style sheet with the
// images it names, its icon sprites, and our WebAssembly module when it has been built.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const categories = ['action', 'custom', 'doctype', 'standard', 'utility'];

/**
 * @param {object} options
 * @param {string} options.output
 * @param {string} options.page the HTML page
 * @param {string} options.styles our own style sheet for what the shell draws around components
 * @param {string} options.designSystem the design system's `assets` folder
 * @param {string} options.module the WebAssembly module, which may not exist yet
 * @returns {import('rollup').Plugin}
 */
export function assets({ output, page, styles, designSystem, module }) {
    const copy = (from, to) => {
        const target = path.join(output, to);
        mkdirSync(path.dirname(target), { recursive: true });
        copyFileSync(from, target);
    };
    return {
        name: 'page-assets',
        writeBundle() {
            copy(page, 'index.html');
            copy(styles, 'assets/styles/shell.css');
            const sheet = path.join(designSystem, 'styles', 'salesforce-lightning-design-system.min.css');
            copy(sheet, 'assets/styles/slds.css');
            for (const image of imagesOf(sheet)) copy(path.join(designSystem, image), path.join('assets', image));
            for (const category of categories) {
                const sprite = path.join('icons', `${category}-sprite`, 'svg', 'symbols.svg');
                copy(path.join(designSystem, sprite), path.join('assets', sprite));
            }
            const target = path.join(output, 'cosellRules.wasm');
            if (existsSync(module)) copyFileSync(module, target);
            else rmSync(target, { force: true });
        }
    };
}

function imagesOf(sheet) {
    const named = readFileSync(sheet, 'utf8').matchAll(/url\(["']?\.\.\/(images\/[^)"'#?]+)/g);
    return new Set([...named].map((match) => match[1]));
}
