//! The token matrix: one accepted token, and everything that is wrong with the others.

use std::sync::LazyLock;

use jsonwebtoken::{EncodingKey, Header};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use time::macros::datetime;

use super::*;
use crate::store::tests::Directory;

pub(crate) struct Signer {
    pub(crate) certificate: String,
    pub(crate) private_key: String,
    key: EncodingKey,
}

impl Signer {
    fn new() -> Self {
        let pair = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
        let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
        let private_key = pair.serialize_pem();
        let key = EncodingKey::from_rsa_pem(private_key.as_bytes()).unwrap();
        Self { certificate: certificate.pem(), private_key, key }
    }

    pub(crate) fn sign(&self, claims: &Value) -> String {
        jsonwebtoken::encode(&Header::new(Algorithm::RS256), claims, &self.key).unwrap()
    }
}

/// Making an RSA key takes a while: once for all tests.
pub(crate) static ORG: LazyLock<Signer> = LazyLock::new(Signer::new);
static NEXT: LazyLock<Signer> = LazyLock::new(Signer::new);
static STRANGER: LazyLock<Signer> = LazyLock::new(Signer::new);

pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-22 14:00:00 UTC);
pub(crate) const RECORD: &str = "006Qy00000AbCdEIAV";

pub(crate) fn verifier() -> Verifier {
    Verifier {
        keys: [&ORG.certificate, &NEXT.certificate].map(|pem| DecodingKey::from_rsa_pem(pem.as_bytes()).unwrap()).to_vec(),
        audience: "cosell-proxy".into(),
        issuer: SalesforceId::parse("00DQy00000ZZZzz").unwrap(),
        max_lifetime: Duration::from_mins(5),
        leeway: Duration::from_secs(30),
    }
}

/// What the org signs, with some claims replaced; null removes one.
pub(crate) fn claims(changes: &Value) -> Value {
    let now = NOW.unix_timestamp();
    let mut claims = json!({
        "iss": "00DQy00000ZZZzzMAH", "sub": "005Qy00000aaaaaIAA", "aud": "cosell-proxy", "iat": now, "exp": now + 300,
        "rec": RECORD, "act": "share", "jti": "1"
    });
    let object = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            object.remove(name);
        } else {
            object.insert(name.clone(), value.clone());
        }
    }
    claims
}

fn outcome(token: &str, action: Action) -> Result<Seller, TokenError> {
    verifier().verify(token, &SalesforceId::parse(RECORD).unwrap(), action, NOW)
}

#[test]
fn every_claim_is_checked() {
    let now = NOW.unix_timestamp();
    let cases = [
        (json!({}), Action::Share, None),
        (json!({}), Action::Read, None),
        (json!({ "act": "read" }), Action::Read, None),
        (json!({ "act": "read" }), Action::Share, Some("token.action")),
        (json!({ "act": "admin" }), Action::Admin, None),
        (json!({ "act": "admin" }), Action::Read, Some("token.action")),
        (json!({ "act": "admin" }), Action::Share, Some("token.action")),
        (json!({ "act": "share" }), Action::Admin, Some("token.action")),
        (json!({ "act": "delete" }), Action::Read, Some("token.action")),
        (json!({ "act": "decide" }), Action::Decide, None),
        (json!({ "act": "share" }), Action::Decide, Some("token.action")),
        (json!({ "act": "decide" }), Action::Share, None),
        (json!({ "rec": "006Qy00000AbCdE" }), Action::Share, None),
        (json!({ "rec": "006Qy00000AbCde" }), Action::Share, Some("token.record")),
        (json!({ "rec": "006Qy00000XyZ12IAF" }), Action::Share, Some("token.record")),
        (json!({ "rec": "" }), Action::Share, Some("token.record")),
        (json!({ "iss": "00DQy00000ZZZzz" }), Action::Share, None),
        (json!({ "iss": "00DQy00000ZZZzY" }), Action::Share, Some("token.issuer")),
        (json!({ "iss": "https://acme.my.salesforce.com" }), Action::Share, Some("token.issuer")),
        (json!({ "aud": ["other", "cosell-proxy"] }), Action::Share, None),
        (json!({ "aud": "https://login.salesforce.com" }), Action::Share, Some("token.audience")),
        (json!({ "aud": [] }), Action::Share, Some("token.audience")),
        (json!({ "iat": now - 320, "exp": now - 20 }), Action::Share, None),
        (json!({ "iat": now - 330, "exp": now - 30 }), Action::Share, Some("token.expired")),
        (json!({ "iat": now, "exp": now + 301 }), Action::Share, Some("token.invalid")),
        (json!({ "iat": now + 31, "exp": now + 200 }), Action::Share, Some("token.invalid")),
        (json!({ "nbf": now + 31 }), Action::Share, Some("token.invalid")),
        (json!({ "nbf": now + 29 }), Action::Share, None),
        (json!({ "iat": now, "exp": now }), Action::Share, Some("token.invalid")),
        (json!({ "exp": null }), Action::Share, Some("token.invalid")),
        (json!({ "iat": null }), Action::Share, Some("token.invalid")),
        (json!({ "rec": null }), Action::Share, Some("token.invalid")),
        (json!({ "aud": null }), Action::Share, Some("token.invalid")),
        (json!({ "exp": "soon" }), Action::Share, Some("token.invalid")),
    ];
    for (changes, action, expected) in cases {
        let result = outcome(&ORG.sign(&claims(&changes)), action);
        assert_eq!(result.err().map(TokenError::code), expected, "{changes}");
    }
}

#[test]
fn the_seller_is_named() {
    assert_eq!(outcome(&ORG.sign(&claims(&json!({}))), Action::Share).unwrap().user, "005Qy00000aaaaaIAA");
}

#[test]
fn a_second_certificate_is_accepted_while_one_replaces_the_other() {
    assert!(outcome(&NEXT.sign(&claims(&json!({}))), Action::Share).is_ok());
}

#[test]
fn what_is_wrong_with_a_token_is_known_to_the_log_alone() {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as base64url;

    let good = ORG.sign(&claims(&json!({})));
    let (message, signature) = good.rsplit_once('.').unwrap();
    let none = format!("{}.{}.", base64url.encode(r#"{"alg":"none"}"#), base64url.encode(claims(&json!({})).to_string()));
    // The public certificate as the secret of a symmetric algorithm: the classic confusion.
    let confused = jsonwebtoken::encode(
        &Header::new(Algorithm::HS256),
        &claims(&json!({})),
        &EncodingKey::from_secret(ORG.certificate.as_bytes()),
    )
    .unwrap();
    let other_claims = ORG.sign(&claims(&json!({ "act": "read" })));
    let swapped = format!("{}.{signature}", other_claims.rsplit_once('.').unwrap().0);
    let cases = [
        (STRANGER.sign(&claims(&json!({}))), Flaw::Signature),
        (none, Flaw::Algorithm),
        (confused, Flaw::Algorithm),
        (swapped, Flaw::Signature),
        (format!("{message}."), Flaw::Signature),
        (message.to_owned(), Flaw::Malformed),
        (good.chars().take(good.len() - 4).collect(), Flaw::Signature),
        ("x.y.z".to_owned(), Flaw::Malformed),
        (String::new(), Flaw::Malformed),
        (ORG.sign(&claims(&json!({ "exp": null }))), Flaw::Claims),
        (ORG.sign(&claims(&json!({ "exp": "soon" }))), Flaw::Claims),
        (ORG.sign(&claims(&json!({ "exp": NOW.unix_timestamp() + 3600 }))), Flaw::Lifetime),
        (ORG.sign(&claims(&json!({ "nbf": NOW.unix_timestamp() + 31 }))), Flaw::TooEarly),
    ];
    for (token, flaw) in cases {
        let refused = outcome(&token, Action::Share).unwrap_err();
        assert_eq!(refused, TokenError::Invalid(flaw), "{token}");
        assert_eq!(refused.to_string(), "The token is not valid.", "the answer does not tell");
    }
}

#[test]
fn only_certificates_verify_tokens() {
    let directory = Directory::new();
    let both = format!("{}{}", ORG.certificate, NEXT.certificate);
    let mixed = format!("{}{}", ORG.certificate, ORG.private_key);
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    let cases = [
        (both.as_str(), Ok(2)),
        (&ORG.private_key, Err("holds PRIVATE KEY; expected is the org's RSA certificate")),
        (&mixed, Err("holds CERTIFICATE and PRIVATE KEY; expected is")),
        ("", Err("holds nothing in PEM form; expected is")),
        (broken, Err("cannot be read; expected is")),
    ];
    for (text, expected) in cases {
        let path = directory.file("org.crt", text);
        let found = certificates(std::slice::from_ref(&path)).map(|keys| keys.len()).map_err(|error| error.to_string());
        match expected {
            Ok(count) => assert_eq!(found.unwrap(), count),
            Err(reason) => {
                let start = format!("seller_token.certificates is not usable: {path} {reason}");
                assert!(found.as_ref().is_err_and(|error| error.starts_with(&start)), "{found:?} {reason}");
            }
        }
    }
}
