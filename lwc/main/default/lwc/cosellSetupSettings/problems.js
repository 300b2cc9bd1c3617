/**
 * What the rules say against a setting (`src/rules/src/settings.rs`, `src/rules/src/map/parse.rs`), in the user's language: the module
 * says it in English, as the server's log does. And what mends it, where that does not say what is expected.
 */
import { SETUP } from 'c/cosellSetupLabels';

const PROBLEMS = new Map([
    ["can't hold itself", SETUP.problemItself],
    ["has a line that doesn't begin with the API name of a field", SETUP.problemNoField],
    ["has a line that would write to Microsoft's own referral", SETUP.problemMicrosofts],
    ['has a line that would write to a field behind a lookup', SETUP.problemBehindLookup],
    ['has a line that would write to a field that is written already', SETUP.problemWrittenField],
    ['has a line whose direction is not toPartnerCenter, toSalesforce, both or onCreate', SETUP.problemDirection],
    ['has a line whose path is none that Partner Center lets partners change; onCreate may send it', SETUP.problemFrozenPath],
    ["has a line whose path doesn't look like /campaignId", SETUP.problemPath],
    ['has a line whose path is written already', SETUP.problemWrittenPath],
    ['has a line whose path is written together with the stage', SETUP.problemStagePath],
    ['has a line whose path only Partner Center writes', SETUP.problemReadOnlyPath],
    ['has a line whose transform is not text, number, day, flag or tags', SETUP.problemTransform],
    ['has a line whose transform tags goes only with onCreate', SETUP.problemTags],
    ['has a line whose winner is not salesforce or partnerCenter', SETUP.problemWinner],
    ['has lines with more than five parts', SETUP.problemParts],
    ['has two lines for one path', SETUP.problemTwoLines],
    ['holds a control character', SETUP.problemControl],
    ['is no setting', SETUP.problemUnknown],
    ['must be lines name = value', SETUP.problemLines],
    ["must be lines stage|Microsoft's sales stage", SETUP.problemSalesStages],
    ['must be numbers of rules with commas between them', SETUP.problemRelaxed],
    ['must be true or false', SETUP.problemFlag],
    ["names a rule that can't give way", SETUP.problemFirm]
]);

const REMEDIES = new Map([
    ["can't hold itself", SETUP.remedyName],
    ["has a line that would write to Microsoft's own referral", SETUP.remedyOther],
    ['has a line that would write to a field behind a lookup', SETUP.remedyLookup],
    ['has a line that would write to a field that is written already', SETUP.remedyOther],
    ['has a line whose path is written already', SETUP.remedyOther],
    ['has a line whose path is written together with the stage', SETUP.remedyOther],
    ['has a line whose path only Partner Center writes', SETUP.remedyOther],
    ['has lines with more than five parts', SETUP.remedyParts],
    ['has two lines for one path', SETUP.remedyOther],
    ['is no setting', SETUP.remedyName],
    ["names a rule that can't give way", SETUP.remedyFirm]
]);

/** What to do about the problem; undefined where it says so itself. */
export function remedyFor(problem) {
    return REMEDIES.get(problem);
}

/** The problem in the user's language; one that this version has no words for in English. */
export function worded(problem) {
    return PROBLEMS.get(problem) ?? problem;
}
