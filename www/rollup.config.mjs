// Builds the opportunity page into target/www.
//
//     npx rollup -c www/rollup.config.mjs
import { page } from './build/page.mjs';

export default page({ script: 'main.js', document: 'index.html', output: 'target/www' });
