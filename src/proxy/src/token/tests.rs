//! The token matrix: one accepted token, and everything that is wrong with the others.

use std::sync::LazyLock;

use jsonwebtoken::{EncodingKey, Header};
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use time::macros::datetime;

use super::*;

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
        (json!({ "act": "admin" }), Action::Read, Some("token.action")),
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
fn a_signature_of_nobody_known_or_none_at_all_is_refused() {
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
        STRANGER.sign(&claims(&json!({}))),
        none,
        confused,
        swapped,
        format!("{message}."),
        message.to_owned(),
        good.chars().take(good.len() - 4).collect(),
        "x.y.z".to_owned(),
        String::new(),
    ];
    for token in cases {
        assert_eq!(outcome(&token, Action::Share), Err(TokenError::Invalid), "{token}");
    }
}
