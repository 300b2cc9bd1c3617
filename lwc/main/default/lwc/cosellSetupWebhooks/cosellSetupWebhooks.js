/**
 * Where Partner Center sends the tenant's events, how to have them sent here, and a test that shows that they arrive.
 * Knows what may follow from a state; asks nobody itself.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { dateTime, fill, listed } from 'c/cosellFormat';
import { openFocusing } from 'c/cosellSetupFocus';

const LOOKS = {
    ours: { icon: 'utility:success', variant: 'success', text: SETUP.hooksOurs, tests: true },
    'missing-events': { icon: 'utility:warning', variant: 'warning', text: SETUP.hooksMissing, registers: true, tests: true },
    'other-url': { icon: 'utility:error', variant: 'error', text: SETUP.hooksOther, registers: true, overwrites: true },
    'not-registered': { icon: 'utility:warning', variant: 'warning', text: SETUP.hooksNone, registers: true }
};

export default class CosellSetupWebhooks extends LightningElement {
    labels = { ...SETUP, tryAgain: LABELS.tryAgain };
    /** What the server found: `{ state, publicUrl, registeredUrl, missingEvents }`; undefined while it is asked. */
    @api registration;
    /** Why it could not be found. */
    @api problem;
    @api registering = false;
    /** Why registering did not work. */
    @api registerProblem;
    /** A test event: `{}` while it is under way, then `{ arrived, over, results, waited }`. */
    @api test;
    @api testProblem;
    overwrite = false;
    focusing = openFocusing(this.template);

    renderedCallback() {
        if (!this.registering && !this.isTesting && !this.isWaiting) {
            this.focusing.settle();
        }
    }

    get isOff() {
        return this.problem?.code === 'webhooks.off';
    }

    get failed() {
        return this.problem && !this.isOff;
    }

    get look() {
        const known = !this.problem && this.registration;
        if (!known) {
            return null;
        }
        const look = LOOKS[known.state] ?? LOOKS['not-registered'];
        return { ...look, text: fill(look.text, listed(known.missingEvents ?? [])) };
    }

    get isWaiting() {
        return !this.problem && !this.registration;
    }

    get addresses() {
        const { publicUrl, registeredUrl, state } = this.registration;
        const there = state === 'ours' ? [] : [{ key: 'there', name: SETUP.hooksThere, value: registeredUrl }];
        return [{ key: 'here', name: SETUP.hooksHere, value: publicUrl }, ...there].filter(({ value }) => value);
    }

    get warning() {
        return fill(SETUP.hooksWarning, this.registration.registeredUrl);
    }

    get cannotRegister() {
        return this.registering || (this.look.overwrites && !this.overwrite);
    }

    get registerVariant() {
        return this.look.overwrites ? 'destructive' : 'brand';
    }

    get isTesting() {
        return Boolean(this.test && !this.test.waited);
    }

    get outcome() {
        if (!this.test?.waited) {
            return null;
        }
        const { arrived, over, results } = this.test;
        const looks = arrived
            ? { icon: 'utility:success', variant: 'success', text: SETUP.testArrived }
            : {
                  icon: over ? 'utility:error' : 'utility:clock',
                  variant: over ? 'error' : '',
                  text: over ? SETUP.testLost : SETUP.testSlow
              };
        return { ...looks, attempts: (results ?? []).map(attemptOf) };
    }

    /** What was asked for and did not work, why, and what to do where it is for Microsoft to allow it. */
    get refusal() {
        const problem = this.registerProblem ?? this.testProblem;
        return (
            problem && {
                heading: this.registerProblem ? SETUP.hooksNotRegistered : SETUP.testFailed,
                message: problem.message,
                remedy: problem.code.startsWith('partner-center.') ? SETUP.partnerCenterRemedy : ''
            }
        );
    }

    handleOverwrite(event) {
        this.overwrite = event.detail.checked;
    }

    handleRegister() {
        this.dispatchEvent(new CustomEvent('cosellregister', { detail: { overwrite: this.look.overwrites ? this.overwrite : false } }));
        this.overwrite = false;
        this.focusing.goOn('[data-register]', '[data-registration]', '[data-look]');
    }

    handleTest() {
        this.focusing.goOn('[data-test]');
        this.dispatchEvent(new CustomEvent('coselltest'));
    }

    handleLook() {
        this.focusing.goOn('[data-look]', '[data-registration]', '[data-off]');
        this.dispatchEvent(new CustomEvent('look'));
    }
}

function attemptOf({ dateTimeUtc, responseCode, responseMessage, systemError }, index) {
    const who = systemError ? SETUP.testTheirs : '';
    return { key: index, when: dateTime(dateTimeUtc), code: responseCode, message: [who, responseMessage].filter(Boolean).join(' · ') };
}
