// Icons of the base components from the design system's sprites. The base components' own libraries hold every icon as a template,
// megabytes of them; a sprite is the same drawing by reference.
import { registerTemplate } from 'lwc';

function spriteTemplate(href) {
    function template($api, $cmp) {
        const use = $api.h('use', { attrs: { href }, key: 1, svg: true }, []);
        const attrs = { focusable: 'false', 'aria-hidden': 'true', 'data-key': $cmp.name, part: 'icon' };
        return [$api.h('svg', { className: $cmp.computedClass, attrs, key: 0, svg: true }, [use])];
    }
    template.stylesheets = [];
    return registerTemplate(template);
}

/** What `lightning/iconSvgTemplates<Category>` exports: a template for each `<category>_<name>`. */
export function iconLibrary(category) {
    const made = new Map();
    return new Proxy(
        {},
        {
            get(_target, key) {
                if (typeof key !== 'string' || !key.startsWith(`${category}_`)) return undefined;
                const name = key.slice(category.length + 1);
                if (!made.has(name)) made.set(name, spriteTemplate(`/assets/icons/${category}-sprite/svg/symbols.svg#${name}`));
                return made.get(name);
            }
        }
    );
}
