import CosellStatus from 'c/cosellStatus';
import { clearPage, deep, mount } from '../../__tests__/support/dom';

describe('c-cosell-status', () => {
    afterEach(clearPage);

    it.each([
        ['notShared', 'Not shared'],
        ['inStep', 'In Partner Center'],
        ['private', 'Private deal'],
        ['visible', 'Visible to Microsoft'],
        ['accepted', 'Accepted by Microsoft'],
        ['declined', 'Declined by Microsoft'],
        ['expired', 'Not answered in time'],
        ['turnedDown', 'Referral declined'],
        ['asked', 'Waiting for Microsoft'],
        ['onHold', 'Answer needed'],
        ['taken', 'Accepted by you'],
        ['missed', 'Expired'],
        ['won', 'Won'],
        ['lost', 'Lost'],
        ['closed', 'Closed'],
        ['wonByMicrosoft', 'Won at Microsoft'],
        ['lostByMicrosoft', 'Lost at Microsoft'],
        ['running', 'Being shared'],
        ['waiting', 'Trying again'],
        ['needsYou', 'Needs you'],
        ['broken', 'Needs your admin'],
        ['a state of tomorrow', 'Not shared']
    ])('calls %s "%s"', async (state, label) => {
        const element = mount('c-cosell-status', CosellStatus, { state });
        expect(deep(element, 'lightning-badge').label).toBe(label);
        await expect(element).toBeAccessible();
    });
});
