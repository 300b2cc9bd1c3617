import { moduleHintOf, noticeOf } from 'c/cosellNotices';
import { LABELS } from 'c/cosellLabels';

describe('the cards for what every page may lack', () => {
    it.each([
        ['settings.missing', 'warning', LABELS.noticeSettings, LABELS.hintSettings],
        ['settings.unreadable', 'error', LABELS.noticeSettingsUnreadable, LABELS.hintSettingsUnreadable],
        ['permission.missing', 'info', LABELS.noticePermission, LABELS.hintPermission],
        ['wasm.unavailable', 'error', LABELS.noticeModule, LABELS.hintModuleUnavailable],
        ['wasm.blocked', 'error', LABELS.noticeModule, LABELS.hintModuleBlocked],
        ['wasm.unreachable', 'error', LABELS.noticeModule, LABELS.hintModuleUnreachable],
        ['something.new', 'error', LABELS.noticeModule, LABELS.hintAdmin]
    ])('say of %s how grave it is, what it is and who can help', (code, variant, heading, hint) => {
        expect(noticeOf({ code })).toMatchObject({ key: code, variant, heading, hint });
    });

    it('say what the problem says of itself, where they don’t say it better', () => {
        const bodyOf = (code) => noticeOf({ code, message: 'It failed.' }).body;
        expect(['settings.unreadable', 'wasm.blocked', 'permission.missing'].map(bodyOf)).toEqual([
            'It failed.',
            'It failed.',
            LABELS.noticePermissionBody
        ]);
    });

    it('have no help of the module’s for a problem of another kind', () => {
        expect([moduleHintOf('wasm.blocked'), moduleHintOf('proxy.timeout')]).toEqual([LABELS.hintModuleBlocked, undefined]);
    });
});
