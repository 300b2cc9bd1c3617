// The page outside of Lightning Web Security: the same module, for orientation.
import { instantiate, measure } from './measure.js';

window.ready = Promise.resolve({ instantiate, measure });
