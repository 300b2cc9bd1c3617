// Starts the page: our components into the sandbox first, then the shell that places them.
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import App from 'shell/app';
import { loadComponents } from './sandbox.js';
import { language } from './platform/language.js';

async function start() {
    document.documentElement.lang = language;
    const app = createElement('shell-app', { is: App });
    try {
        await loadComponents('/assets/components.js');
    } catch (error) {
        app.componentFailure = error.message;
    }
    document.body.append(app);
}

start();
