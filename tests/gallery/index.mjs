// The page that shows the gallery's pictures side by side.
import { LANGUAGES, SIZES } from '../support/gallery.mjs';

const STYLE = `
body { font: 14px/1.5 sans-serif; margin: 2rem; color: #181818; background: #fff; }
section { margin-bottom: 3rem; }
.row { display: flex; gap: 1.5rem; align-items: flex-start; overflow-x: auto; padding-bottom: 1rem; }
figure { margin: 0; flex: none; }
figcaption { color: #444; }
img { border: 1px solid #c9c9c9; max-height: 40rem; width: auto; background: #f3f3f3; }
`;

const pictures = ({ component, name }) =>
    Object.keys(SIZES).flatMap((size) =>
        LANGUAGES.map((language) => {
            const file = `${component}/${name}.${size}.${language}.png`;
            const caption = `${size}, ${language}`;
            return `<figure><a href="${file}"><img src="${file}" loading="lazy" alt="${component}: ${name}, ${caption}"></a><figcaption>${caption}</figcaption></figure>`;
        })
    );

/** @param {import('../support/gallery.mjs').State[]} states */
export function index(states) {
    const components = [...new Set(states.map(({ component }) => component))];
    const contents = components.map((component) => `<li><a href="#${component}">${component}</a></li>`).join('\n');
    const sections = components.map((component) => {
        const rows = states
            .filter((state) => state.component === component)
            .map(
                (state) =>
                    `<h3 id="${component}.${state.name}">${state.name}</h3>\n<div class="row">\n${pictures(state).join('\n')}\n</div>`
            );
        return `<section id="${component}">\n<h2>${component}</h2>\n${rows.join('\n')}\n</section>`;
    });
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Cosell gallery</title>
<style>${STYLE}</style>
<h1>Cosell gallery</h1>
<ul>
${contents}
</ul>
${sections.join('\n')}
</html>
`;
}
