/**
 * What the page asks the server: one function, with a token of the org that is kept as long as it is surely valid.
 * Knows no route.
 */
import issueToken from '@salesforce/apex/CosellSetupController.issueToken';

/** Milliseconds for which a token is used again; it is valid for five minutes. */
const KEEP = 4 * 60 * 1000;

/** Gives `ask(method, path, body)` for this client of the server. */
export function openAdmin(client) {
    let token;
    let until = 0;
    function currentToken() {
        if (Date.now() >= until) {
            until = Date.now() + KEEP;
            token = issueToken().catch((error) => {
                until = 0;
                throw error;
            });
        }
        return token;
    }
    return async (method, path, body) => {
        const bearer = await currentToken();
        return client.admin(method, path, bearer, body === undefined ? undefined : JSON.stringify(body));
    };
}
