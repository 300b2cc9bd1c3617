// The page inside Lightning Web Security: our bundle is evaluated as the opportunity page evaluates the components.
import { exposedComponent, loadComponents } from '../../../www/sandbox.js';

window.ready = loadComponents('/ours.js').then(() => ({
    instantiate: exposedComponent('instantiate'),
    measure: exposedComponent('measure')
}));
