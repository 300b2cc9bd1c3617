// Where things are.
import { fileURLToPath } from 'node:url';

/** Top of the repository, as a file URL that ends in a slash. */
export const root = new URL('../../', import.meta.url);

/** A path below it. */
export const at = (path) => fileURLToPath(new URL(path, root));
