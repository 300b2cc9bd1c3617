// The language of this page: `?lang=fr`, remembered for the tab; English otherwise. A page is one language from load to unload,
// as on the platform, where labels are part of the served modules.
const key = 'cosell.language';
const locales = { en: 'en-US', fr: 'fr-FR' };

function chosen() {
    const asked = new URLSearchParams(window.location.search).get('lang')?.slice(0, 2).toLowerCase();
    if (asked in locales) {
        sessionStorage.setItem(key, asked);
        return asked;
    }
    const remembered = sessionStorage.getItem(key);
    return remembered in locales ? remembered : 'en';
}

export const languages = Object.keys(locales);
export const language = chosen();
export const locale = locales[language];

/** The text for this page from a table of language → text; a text that is not translated stays English, as on the platform. */
export function inPageLanguage(texts) {
    return texts[language] ?? texts.en;
}
