// The rules' case files, run as WebAssembly in Node: what is true natively is true in the module.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { base, reviewCases } from '../support/cases.mjs';
import { ask, loadModule, rulesWith } from '../support/module.mjs';

describe('the rules as WebAssembly', () => {
    let module;
    before(async () => {
        module = await loadModule();
    });

    for (const { says, settings, request, finds, fix } of reviewCases()) {
        it(says, () => {
            const outcome = ask(rulesWith(module, settings), 'review', request);
            assert.equal(outcome.status, 'reviewed');
            assert.deepEqual(
                outcome.findings.map((finding) => finding.code),
                finds
            );
            if (fix) {
                const { label, ...offered } = outcome.findings[0].fix;
                assert.ok(label.length > 0, 'a fix says what it does');
                assert.deepEqual(offered, fix);
            }
        });
    }

    it('gives the words in the language of the reader, with country names handed in', () => {
        const record = { ...base.record, Account: { ...base.record.Account, BillingCountry: 'Allemagne' } };
        const outcome = ask(rulesWith(module, { locale: 'fr-CA', countryNames: { DE: 'Allemagne' } }), 'review', {
            record,
            today: base.today
        });
        assert.equal(outcome.findings[0].message, '«\u00a0Allemagne\u00a0» n’est pas un code pays\u00a0: Microsoft attend DE (Allemagne).');
        assert.equal(outcome.findings[0].fix.label, 'Utiliser DE (Allemagne)');
    });

    it('reviews many in one call, in their order, each with its own answer', () => {
        const broken = { ...base.record, Amount: null };
        const outcome = ask(rulesWith(module), 'reviewAll', { records: [base.record, {}, broken], today: base.today });
        assert.equal(outcome.status, 'reviewed');
        assert.deepEqual(
            outcome.reviews.map((review) => review.code ?? review.ready),
            [true, 'record.unreadable', false]
        );
    });

    it('previews the document that a deal would create, and what Microsoft’s has otherwise', () => {
        const record = { ...base.record, How_can_Microsoft_help__c: 'ProofOfConceptOrDemo', Visible_to_Microsoft_Sellers__c: true };
        const { dealType, preview } = ask(rulesWith(module), 'review', { record, today: base.today });
        assert.equal(dealType, 'coSell');
        assert.deepEqual(preview.microsoft.target, [{ type: 'BusinessProfileLocation', id: 'msft' }]);
        assert.equal(preview.microsoft.inviteContext.assistanceRequestCode, 'ProofOfConceptOrDemo');
        assert.deepEqual(Object.keys(preview.microsoft), ['target', 'inviteContext']);
        assert.equal(preview.referral.details.dealValue, 84000);
    });
});
