import { CATALOGUE } from '../../__tests__/support/records';
import { completed } from '../catalogue';

const BARE = { id: 'a0B1', identifier: 'SOL-20417-KXD', name: 'Insight' };
const [KNOWN] = CATALOGUE;

describe('a solution of the deal and the catalogue', () => {
    it.each([
        ['type and publisher', BARE, CATALOGUE, { type: KNOWN.type, publisher: KNOWN.publisher }],
        ['what is blank', { ...BARE, type: '1P', publisher: '' }, CATALOGUE, { type: '1P', publisher: KNOWN.publisher }],
        ['nothing that the record tells itself', { ...BARE, type: '1P', publisher: 'X' }, CATALOGUE, { type: '1P', publisher: 'X' }],
        ['nothing where it does not know the solution', { ...BARE, identifier: 'SOL-0' }, CATALOGUE, {}],
        ['nothing while it is on its way', BARE, null, {}]
    ])('takes from the catalogue %s', (_what, solution, catalogue, { type, publisher }) => {
        expect(completed(solution, catalogue)).toEqual({ ...solution, type, publisher });
    });
});
