/**
 * A scratch org with everything in it: made from its definition, deployed, its user given the permission sets, filled with sample deals.
 */
import { join } from 'node:path';
import { deploy } from './deploy.mjs';
import { sf } from './sf.mjs';

const PERMISSION_SETS = ['Cosell_Seller', 'Cosell_Admin'];

/**
 * Makes it.
 * @param {object} options
 * @param {string} options.root the top of the repository
 * @param {string} options.from the directory of the built package
 * @param {string} [options.alias] what the org is called from now on
 * @param {string} [options.days] how long it lives, 1 to 30 days
 * @param {string} [options.devHub] the Dev Hub, where it is not the default one
 * @param {string} [options.server] address of the Cosell server
 * @param {boolean} [options.skipTests] do not run the Apex tests
 * @param {(line: string) => void} options.say is told what happens
 */
export async function scratch({ root, from, alias = 'cosell', days = '7', devHub, server = 'https://cosell.example.com', skipTests, say }) {
    say(`Making the scratch org ${alias} for ${days} days …`);
    const definition = ['--definition-file', join(root, 'config/project-scratch-def.json')];
    const hub = devHub ? ['--target-dev-hub', devHub] : [];
    await sf(['org', 'create', 'scratch', ...definition, '--alias', alias, '--duration-days', days, '--wait', '30', ...hub], { cwd: root });
    await deploy({ org: alias, from, server, skipTests, say });
    say(`Assigning ${PERMISSION_SETS.join(', ')} …`);
    await sf(['org', 'assign', 'permset', ...PERMISSION_SETS.flatMap((name) => ['--name', name]), '--target-org', alias]);
    say('Importing sample deals …');
    await sf(['data', 'import', 'tree', '--plan', join(root, 'config/sample-data/plan.json'), '--target-org', alias]);
    say(`Done. Open it: sf org open --target-org ${alias} --path lightning/app/c__Cosell`);
}
