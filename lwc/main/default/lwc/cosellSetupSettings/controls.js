/**
 * The controls of the settings, from top to bottom, and the choices of each. Knows names and words, no rule.
 */
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';
import { isNeeded } from 'c/cosellSetupCurrency';
import { DEFAULTS } from './uses';

/** Settings of one line of text. */
const INPUTS = [
    { name: 'proxyUrl', label: SETUP.settingUrl, wide: true },
    { name: 'certificate', label: SETUP.settingCertificate },
    { name: 'countryField', label: SETUP.settingCountry },
    { name: 'dealValueField', label: SETUP.settingValue },
    { name: 'currencyField', label: SETUP.settingCurrency },
    { name: 'defaultCurrency', label: SETUP.settingDefaultCurrency }
];

const FLAGS = [
    { name: 'coSellOnly', label: SETUP.settingOnly, usual: SETUP.settingYes },
    { name: 'checkMark', label: SETUP.settingMark, usual: SETUP.settingNo }
];

const STAGES = [
    { name: 'activeStage', label: SETUP.settingActive, usual: DEFAULTS.activeStage },
    { name: 'onHoldStage', label: SETUP.settingHold, usual: SETUP.settingNone }
];

/** Every setting by its name. */
export const NAMES = Object.freeze([...INPUTS, ...FLAGS, ...STAGES].map(({ name }) => name).concat('ruleSettings'));

/**
 * The controls with their values; a value that is no choice any more is one all the same, so that it can be seen.
 * @param {object} values the settings
 * @param {object} setup what the org told
 */
export function controlsOf(values, { stages, org }) {
    const options = (usual, choices, value) => {
        const listed = [{ value: '', label: fill(SETUP.settingDefault, usual) }, ...choices];
        return listed.some((option) => option.value === value) ? listed : [...listed, { value, label: value }];
    };
    const yesNo = [
        { value: 'true', label: SETUP.settingYes },
        { value: 'false', label: SETUP.settingNo }
    ];
    const half = 'slds-col slds-size_1-of-1 slds-medium-size_1-of-2';
    const whole = 'slds-col slds-size_1-of-1';
    const inputs = INPUTS.map((input) => ({
        ...input,
        value: values[input.name],
        placeholder: DEFAULTS[input.name] ?? '',
        isFixed: input.name === 'defaultCurrency' && !isNeeded(values, org),
        className: input.wide ? whole : half
    }));
    const lists = (those, choices) =>
        those.map(({ name, label, usual }) => ({
            name,
            label,
            isList: true,
            value: values[name],
            options: options(usual, choices, values[name]),
            className: half
        }));
    return [...inputs, ...lists(STAGES, stages), ...lists(FLAGS, yesNo)];
}
