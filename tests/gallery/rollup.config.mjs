// Builds the gallery's page into target/gallery/page: every component, exposed or not.
import { isComponent } from '../../www/build/components.mjs';
import { page } from '../../www/build/page.mjs';

export default page({ script: 'gallery/main.js', document: 'gallery/index.html', output: 'target/gallery/page', offers: isComponent });
