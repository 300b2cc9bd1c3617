//! Requests that are forged or broken: each is a good one with one thing changed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, DnType, IsCa, KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, SigningKey};
use time::Duration;

use super::{Issuer, PKI, Sent, authority, leaf};
use crate::token::tests::NOW;

/// What is wrong, how it is done, and how the log begins to say it.
pub(super) type Forgery = (&'static str, fn(&mut Sent), &'static str);

pub(super) const FORGERIES: &[Forgery] = &[
    ("no signature", |sent| sent.drop("authorization"), "there is no signature"),
    ("no algorithm", |sent| sent.drop("x-ms-signature-algorithm"), "the header x-ms-signature-algorithm is missing"),
    ("no certificate", |sent| sent.drop("x-ms-certificate-url"), "the header x-ms-certificate-url is missing"),
    (
        "the signature twice",
        |sent| sent.headers.push(("authorization", sent.get("authorization"))),
        "the header authorization is there more than once",
    ),
    (
        "the other signature twice",
        |sent| {
            sent.headers.extend([("x-ms-signature", sent.get("authorization")), ("x-ms-signature", sent.get("authorization"))]);
        },
        "the header x-ms-signature is there more than once",
    ),
    (
        "the algorithm twice",
        |sent| sent.headers.push(("x-ms-signature-algorithm", "rsa-sha256".to_owned())),
        "the header x-ms-signature-algorithm is there more than once",
    ),
    (
        "the certificate twice",
        |sent| sent.headers.push(("x-ms-certificate-url", "https://evil.example/".to_owned())),
        "the header x-ms-certificate-url is there more than once",
    ),
    (
        "two signatures that differ",
        |sent| sent.headers.push(("x-ms-signature", PKI.sign(b"another"))),
        "it carries two signatures that differ",
    ),
    (
        "a bearer token beside the signature",
        |sent| {
            sent.headers.push(("x-ms-signature", sent.get("authorization")));
            sent.set("authorization", "Bearer x.y.z");
        },
        "the scheme of its signature is not `Signature`",
    ),
    ("another scheme", |sent| sent.set("authorization", "Bearer AAAA"), "the scheme of its signature is not `Signature`"),
    ("no scheme", |sent| sent.set("authorization", "AAAA"), "the scheme of its signature is not `Signature`"),
    ("an empty signature", |sent| sent.set("authorization", "Signature "), "the scheme of its signature is not `Signature`"),
    ("no base64", |sent| sent.set("authorization", "Signature é"), "the header authorization is missing"),
    ("broken base64", |sent| sent.set("authorization", "Signature A-_="), "its signature cannot be read"),
    (
        "a signature longer than any",
        |sent| sent.set("authorization", &format!("Signature {}", STANDARD.encode([7; 1025]))),
        "its signature cannot be read",
    ),
    ("a signature of nothing", |sent| sent.set("authorization", &PKI.sign(b"")), "the signature does not fit"),
    ("a signature of another body", |sent| sent.set("authorization", &PKI.sign(b"{}")), "the signature does not fit"),
    (
        "a truncated signature",
        |sent| {
            let bytes = STANDARD.decode(sent.get("authorization").strip_prefix("Signature ").unwrap()).unwrap();
            sent.set("authorization", &format!("Signature {}", STANDARD.encode(&bytes[..255])));
        },
        "the signature does not fit",
    ),
    ("sha1", |sent| sent.set("x-ms-signature-algorithm", "rsa-sha1"), "its signature algorithm is not in"),
    (
        "an algorithm that is not switched on",
        |sent| sent.set("x-ms-signature-algorithm", "rsa-sha512"),
        "its signature algorithm is not in",
    ),
    ("no algorithm at all", |sent| sent.set("x-ms-signature-algorithm", "none"), "its signature algorithm is not in"),
    ("an HMAC", |sent| sent.set("x-ms-signature-algorithm", "hmac-sha256"), "its signature algorithm is not in"),
    (
        "a certificate of another host",
        |sent| sent.set("x-ms-certificate-url", "https://evil.example/cert/events.cer"),
        "its certificate is not at",
    ),
    (
        "a certificate without https",
        |sent| sent.set("x-ms-certificate-url", "http://certificates.example/cert/events.cer"),
        "its certificate is not at",
    ),
    (
        "a certificate that is not there",
        |sent| sent.set("x-ms-certificate-url", "https://certificates.example/other.cer"),
        "the certificate cannot be had: status 404",
    ),
    ("an empty file", |sent| sent.file.clear(), "the certificate is not accepted: it cannot be read"),
    ("a page in place of a file", |sent| sent.file = b"<html>".to_vec(), "the certificate is not accepted: it cannot be read"),
    (
        "a private key in place of a certificate",
        |sent| sent.file = PKI.key.serialize_pem().into_bytes(),
        "the certificate is not accepted: it cannot be read",
    ),
    (
        "a truncated certificate",
        |sent| sent.file = PKI.good().der()[..200].to_vec(),
        "the certificate is not accepted: it cannot be read",
    ),
    (
        "a file of many certificates",
        |sent| sent.file = [PKI.good().pem(), PKI.microsoft.pem().repeat(8)].concat().into_bytes(),
        "the certificate is not accepted: it cannot be read",
    ),
    (
        "nothing between it and the root",
        |sent| sent.file = PKI.good().der().to_vec(),
        "the certificate is not accepted: its chain: UnknownIssuer",
    ),
    (
        "signed by itself",
        |sent| sent.file = leaf().self_signed(&PKI.key).unwrap().pem().into_bytes(),
        "the certificate is not accepted: its chain: UnknownIssuer",
    ),
    (
        "a root of its own, by Microsoft's name",
        |sent| {
            let key = KeyPair::generate().unwrap();
            let root = Issuer::self_signed(authority("Issuing", &["Microsoft Corporation"]), key).unwrap();
            sent.file = [leaf().signed_by(&PKI.key, &root).unwrap().pem(), root.pem()].concat().into_bytes();
        },
        "the certificate is not accepted: its chain: UnknownIssuer",
    ),
    (
        "issued by what is no authority",
        |sent| {
            let mut params = authority("Issuing", &["Microsoft Corporation"]);
            params.is_ca = IsCa::NoCa;
            let issuer = Issuer::signed_by(params, KeyPair::generate().unwrap(), &PKI.microsoft).unwrap();
            let below = leaf().signed_by(&PKI.key, &issuer).unwrap();
            sent.file = [below.pem(), issuer.pem(), PKI.microsoft.pem()].concat().into_bytes();
        },
        "the certificate is not accepted: its chain: ",
    ),
    (
        "an authority in place of a signer",
        |sent| {
            let mut params = leaf();
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            sent.file = PKI.bundle_with(&params);
        },
        "the certificate is not accepted: its chain: CaUsedAsEndEntity",
    ),
    (
        "run out",
        |sent| {
            let mut params = leaf();
            params.not_after = NOW - Duration::seconds(1);
            sent.file = PKI.bundle_with(&params);
        },
        "the certificate is not accepted: its chain: CertExpired",
    ),
    (
        "not begun",
        |sent| {
            let mut params = leaf();
            params.not_before = NOW + Duration::seconds(1);
            sent.file = PKI.bundle_with(&params);
        },
        "the certificate is not accepted: its chain: CertNotValidYet",
    ),
    (
        "issued by somebody else",
        |sent| sent.file = PKI.bundle_of(&["Contoso"], "Issuing"),
        "the certificate is not accepted: it was issued by [\"Contoso\"]",
    ),
    (
        "issued by nobody",
        |sent| sent.file = PKI.bundle_of(&[], "Issuing"),
        "the certificate is not accepted: it was issued by []",
    ),
    (
        "the organisation within a name",
        |sent| sent.file = PKI.bundle_of(&["Contoso"], "O=Microsoft Corporation"),
        "the certificate is not accepted: it was issued by [\"Contoso\"]",
    ),
    (
        "more than the organisation",
        |sent| sent.file = PKI.bundle_of(&["Microsoft Corporation Fans"], "Issuing"),
        "the certificate is not accepted: it was issued by [\"Microsoft Corporation Fans\"]",
    ),
    (
        "the organisation as its subject",
        |sent| {
            let issuer = Issuer::signed_by(authority("Issuing", &["Contoso"]), KeyPair::generate().unwrap(), &PKI.root).unwrap();
            let mut params = leaf();
            params.distinguished_name.push(DnType::OrganizationName, "Microsoft Corporation");
            sent.file = [params.signed_by(&PKI.key, &issuer).unwrap().pem(), issuer.pem()].concat().into_bytes();
        },
        "the certificate is not accepted: it was issued by [\"Contoso\"]",
    ),
    (
        "another certificate's key",
        |sent| {
            let other = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
            let certificate = leaf().signed_by(&other, &PKI.microsoft).unwrap();
            sent.file = [certificate.pem(), PKI.microsoft.pem()].concat().into_bytes();
        },
        "the signature does not fit",
    ),
    (
        "a key that is not RSA, with a signature that is right",
        |sent| {
            let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap();
            let certificate = leaf().signed_by(&key, &PKI.microsoft).unwrap();
            sent.file = [certificate.pem(), PKI.microsoft.pem()].concat().into_bytes();
            let signature = key.sign(&sent.body).unwrap();
            sent.set("authorization", &format!("Signature {}", STANDARD.encode(signature)));
        },
        "the signature does not fit",
    ),
    ("a truncated body", |sent| sent.body.truncate(sent.body.len() - 1), "the signature does not fit"),
    ("a body with more", |sent| sent.body.push(b' '), "the signature does not fit"),
    ("a flipped bit", |sent| sent.body[40] ^= 1, "the signature does not fit"),
    (
        "the same JSON in other bytes",
        |sent| {
            let value: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
            sent.body = serde_json::to_vec(&value).unwrap();
        },
        "the signature does not fit",
    ),
    (
        "no referral in what Microsoft signed",
        |sent| {
            sent.body = br#"{"EventName":"referral-updated","ResourceUri":"https://x.example/"}"#.to_vec();
            sent.sign_again();
        },
        "the signed body is no event: its ResourceUri does not end in a GUID",
    ),
    (
        "no JSON in what Microsoft signed",
        |sent| {
            sent.body = b"<event/>".to_vec();
            sent.sign_again();
        },
        "the signed body is no event: it is not a JSON object",
    ),
];
