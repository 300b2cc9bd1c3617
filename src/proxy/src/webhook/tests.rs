//! Events as Partner Center signs them, and everything that is wrong with the others. The certificates are real ones, made here.

mod forgeries;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    PKCS_RSA_SHA256, SigningKey,
};
use time::Duration;
use time::macros::datetime;
use url::Url;
use uuid::Uuid;

use forgeries::FORGERIES;

use super::*;
use crate::clock::StillClock;
use crate::config::tests::config_with;
use crate::store::tests::Directory;
use crate::token::tests::NOW;

pub(crate) const HOST: &str = "certificates.example";
pub(crate) const ADDRESS: &str = "https://certificates.example/cert/events.cer";
pub(crate) const REFERRAL: &str = "7c1e0000-0000-4000-8000-00000000000a";

type Issuer = CertifiedIssuer<'static, KeyPair>;

/// The authorities, and the key that events are signed with. Making an RSA key takes a while: once for all tests.
pub(crate) struct Pki {
    root: Issuer,
    microsoft: Issuer,
    key: KeyPair,
}

pub(crate) static PKI: LazyLock<Pki> = LazyLock::new(|| {
    let root = Issuer::self_signed(authority("Root", &["Test Root"]), KeyPair::generate().unwrap()).unwrap();
    let params = authority("Issuing", &["Microsoft Corporation"]);
    let microsoft = Issuer::signed_by(params, KeyPair::generate().unwrap(), &root).unwrap();
    Pki { root, microsoft, key: KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap() }
});

/// An authority with this name and these organisations.
fn authority(name: &str, organizations: &[&str]) -> CertificateParams {
    let mut params = lasting(CertificateParams::default());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    for organization in organizations {
        params.distinguished_name.push(DnType::OrganizationName, *organization);
    }
    params
}

fn lasting(mut params: CertificateParams) -> CertificateParams {
    (params.not_before, params.not_after) = (NOW - Duration::days(1), NOW + Duration::days(1));
    params
}

fn leaf() -> CertificateParams {
    lasting(CertificateParams::new(vec!["events.example".to_owned()]).unwrap())
}

impl Pki {
    fn good(&self) -> Certificate {
        leaf().signed_by(&self.key, &self.microsoft).unwrap()
    }

    /// The signer's certificate and the authority between it and the root.
    pub(crate) fn bundle(&self) -> Vec<u8> {
        [self.good().pem(), self.microsoft.pem()].concat().into_bytes()
    }

    /// A bundle with another issuer below the root.
    fn bundle_of(&self, organizations: &[&str], common_name: &str) -> Vec<u8> {
        let params = authority(common_name, organizations);
        let issuer = Issuer::signed_by(params, KeyPair::generate().unwrap(), &self.root).unwrap();
        [leaf().signed_by(&self.key, &issuer).unwrap().pem(), issuer.pem()].concat().into_bytes()
    }

    /// A bundle whose last certificate is made from these parameters.
    fn bundle_with(&self, params: &CertificateParams) -> Vec<u8> {
        [params.signed_by(&self.key, &self.microsoft).unwrap().pem(), self.microsoft.pem()].concat().into_bytes()
    }

    pub(crate) fn root(&self) -> String {
        self.root.pem()
    }

    pub(crate) fn sign(&self, body: &[u8]) -> String {
        format!("Signature {}", STANDARD.encode(self.key.sign(body).unwrap()))
    }
}

/// Certificates by their address, and how often one was fetched.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) files: Mutex<HashMap<String, Result<Vec<u8>, FetchError>>>,
    pub(crate) fetched: AtomicUsize,
}

impl Shelf {
    pub(crate) fn put(&self, address: &str, file: Result<Vec<u8>, FetchError>) {
        self.files.lock().unwrap().insert(address.to_owned(), file);
    }
}

impl Fetch for Shelf {
    fn fetch<'a>(&'a self, url: &'a Url) -> Fetching<'a> {
        Box::pin(async move {
            self.fetched.fetch_add(1, Ordering::SeqCst);
            // Let others come meanwhile.
            tokio::task::yield_now().await;
            let found = self.files.lock().unwrap().get(url.as_str()).cloned();
            found.unwrap_or_else(|| Err(FetchError::Never("status 404 Not Found".to_owned())))
        })
    }
}

/// A request as it would be sent.
struct Sent {
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    file: Vec<u8>,
}

impl Sent {
    fn good() -> Self {
        let body = body();
        let headers = vec![
            ("authorization", PKI.sign(&body)),
            ("x-ms-certificate-url", ADDRESS.to_owned()),
            ("x-ms-signature-algorithm", "rsa-sha256".to_owned()),
        ];
        Self { headers, body, file: PKI.bundle() }
    }

    fn set(&mut self, name: &str, value: &str) {
        let header = self.headers.iter_mut().find(|(known, _)| *known == name).unwrap();
        value.clone_into(&mut header.1);
    }

    fn get(&self, name: &str) -> String {
        self.headers.iter().find(|(known, _)| *known == name).unwrap().1.clone()
    }

    fn drop(&mut self, name: &str) {
        self.headers.retain(|(known, _)| *known != name);
    }

    fn sign_again(&mut self) {
        self.set("authorization", &PKI.sign(&self.body));
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    async fn arrives_at(&self, receiver: &Receiver) -> Result<Event, Refusal> {
        receiver.accept(receiver.claim(&self.headers())?, &self.body).await
    }
}

pub(crate) fn body() -> Vec<u8> {
    let uri = format!("https://api.partnercenter.microsoft.com/engagements/v1/referrals/{REFERRAL}");
    let body = serde_json::json!({
        "EventName": "referral-updated", "ResourceUri": uri, "ResourceName": "referral", "AuditUri": null,
        "ResourceChangeUtcDate": "2026-11-22T13:59:58.5485487+00:00"
    });
    serde_json::to_vec_pretty(&body).unwrap()
}

fn receiver_at(now: OffsetDateTime, anchors: &str, more: &[(&str, &str)], shelf: &Arc<Shelf>) -> Receiver {
    let directory = Directory::new();
    let anchors = directory.file("authorities.pem", anchors);
    let mut variables = vec![("WEBHOOKS__TRUST_ANCHORS", anchors.as_str()), ("WEBHOOKS__CERTIFICATE_HOSTS", HOST)];
    variables.extend_from_slice(more);
    let fetch: Arc<dyn Fetch> = Arc::<Shelf>::clone(shelf);
    Receiver::new(&config_with(&variables), Arc::new(StillClock::at(now)), fetch).unwrap()
}

async fn outcome(sent: &Sent) -> Result<Event, Refusal> {
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Ok(sent.file.clone()));
    sent.arrives_at(&receiver_at(NOW, &PKI.root(), &[], &shelf)).await
}

#[tokio::test]
async fn an_event_is_taken_in_both_forms_of_its_signature() {
    let changes: [fn(&mut Sent); 8] = [
        |_| {},
        |sent| {
            let signature = sent.get("authorization");
            sent.drop("authorization");
            sent.headers.push(("x-ms-signature", signature));
        },
        |sent| sent.headers.push(("x-ms-signature", sent.get("authorization"))),
        |sent| sent.set("authorization", &sent.get("authorization").replace("Signature ", "signature   ")),
        |sent| sent.set("x-ms-signature-algorithm", "RSA-SHA256"),
        |sent| {
            let mut params = leaf();
            params.extended_key_usages = vec![ExtendedKeyUsagePurpose::CodeSigning];
            sent.file = PKI.bundle_with(&params);
        },
        // Whatever is in it besides: an event is read leniently, once its bytes are proven.
        |sent| {
            sent.body = String::from_utf8(body()).unwrap().replace("EventName", "eventName").into_bytes();
            sent.sign_again();
        },
        |sent| sent.headers.push(("origin", "https://evil.example".to_owned())),
    ];
    let expected = Event::Referral { name: EventName::ReferralUpdated, id: Uuid::parse_str(REFERRAL).unwrap() };
    for (index, change) in changes.into_iter().enumerate() {
        let mut sent = Sent::good();
        change(&mut sent);
        assert_eq!(outcome(&sent).await, Ok(expected.clone()), "{index}");
    }
}

#[tokio::test]
async fn a_request_that_is_forged_or_broken_is_refused_for_what_is_wrong_with_it() {
    for (name, change, reason) in FORGERIES {
        let mut sent = Sent::good();
        change(&mut sent);
        let said = outcome(&sent).await.expect_err(name).to_string();
        assert!(said.starts_with(reason), "{name}: {said}");
    }
}

#[tokio::test]
async fn nothing_is_fetched_for_headers_that_are_wrong() {
    let shelf = Arc::new(Shelf::default());
    let receiver = receiver_at(NOW, &PKI.root(), &[], &shelf);
    let mut refused = 0;
    for (_, change, _) in FORGERIES {
        let mut sent = Sent::good();
        change(&mut sent);
        refused += usize::from(receiver.claim(&sent.headers()).is_err());
    }
    assert_eq!(shelf.fetched.load(Ordering::SeqCst), 0);
    assert!(refused > 15, "{refused}");
}

#[tokio::test]
async fn an_authority_between_may_be_configured_where_microsoft_publishes_the_last_certificate_alone() {
    let directory = Directory::new();
    let between = directory.file("between.pem", &PKI.microsoft.pem());
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Ok(PKI.good().der().to_vec()));
    let receiver = receiver_at(NOW, &PKI.root(), &[("WEBHOOKS__INTERMEDIATES", &between)], &shelf);
    assert!(Sent::good().arrives_at(&receiver).await.is_ok());
}

#[tokio::test]
async fn a_key_of_1024_bits_signs_nothing_whoever_certified_it() {
    use aws_lc_rs::signature::{RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey};

    let (file, signature) = (include_str!("tests/weak-leaf.pem"), include_str!("tests/weak-signature.txt"));
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Ok(file.as_bytes().to_vec()));
    let receiver = receiver_at(datetime!(2030-01-01 0:00 UTC), include_str!("tests/weak-ca.pem"), &[], &shelf);
    let mut sent = Sent::good();
    sent.body = b"weak".to_vec();
    sent.set("authorization", &format!("Signature {signature}"));
    assert_eq!(sent.arrives_at(&receiver).await, Err(Refusal::Signature));

    // It is right for whoever takes such a key.
    let pem = x509_parser::pem::parse_x509_pem(file.as_bytes()).unwrap().1;
    let key = &pem.parse_x509().unwrap().subject_pki.subject_public_key.data;
    let weak = UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, key);
    assert!(weak.verify(b"weak", &STANDARD.decode(signature).unwrap()).is_ok());
}

#[tokio::test]
async fn a_certificate_that_ran_out_since_it_was_fetched_is_refused() {
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Ok(PKI.bundle()));
    let clock = Arc::new(StillClock::at(NOW));
    let mut receiver = receiver_at(NOW, &PKI.root(), &[("WEBHOOKS__CERTIFICATE_CACHE_SECONDS", "864000")], &shelf);
    receiver.clock = Arc::<StillClock>::clone(&clock);
    assert!(Sent::good().arrives_at(&receiver).await.is_ok());
    clock.set(NOW + Duration::days(2));
    let said = Sent::good().arrives_at(&receiver).await.unwrap_err().to_string();
    assert!(said.contains("CertExpired"), "{said}");
    assert_eq!(shelf.fetched.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_request_that_proves_nothing_makes_no_certificate_one_that_is_in_use() {
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Ok(PKI.bundle()));
    let clock = Arc::new(StillClock::at(NOW));
    let mut receiver = receiver_at(NOW, &PKI.root(), &[], &shelf);
    receiver.clock = Arc::<StillClock>::clone(&clock);
    let mut forged = Sent::good();
    forged.body.push(b' ');
    assert_eq!(forged.arrives_at(&receiver).await, Err(Refusal::Signature));
    for (after, fetched) in [(10, 2), (60, 2)] {
        clock.set(NOW + Duration::seconds(after));
        assert!(Sent::good().arrives_at(&receiver).await.is_ok());
        assert_eq!(shelf.fetched.load(Ordering::SeqCst), fetched, "{after}");
    }
}

#[test]
fn an_authority_that_cannot_be_read_is_refused_at_start() {
    let directory = Directory::new();
    let key = directory.file("key.pem", &PKI.key.serialize_pem());
    let broken = directory.file("broken.pem", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n");
    let cases = [
        ("WEBHOOKS__TRUST_ANCHORS", key.as_str(), "webhooks.trust_anchors is not usable: "),
        ("WEBHOOKS__TRUST_ANCHORS", &broken, "webhooks.trust_anchors is not usable: "),
        ("WEBHOOKS__TRUST_ANCHORS", "/nowhere", "webhooks.trust_anchors names the file /nowhere, which cannot be read: "),
        ("WEBHOOKS__INTERMEDIATES", &key, "webhooks.intermediates is not usable: "),
    ];
    let root = directory.file("root.pem", &PKI.root());
    for (name, value, sentence) in cases {
        let config = config_with(&[("WEBHOOKS__TRUST_ANCHORS", &root), (name, value)]);
        let said = Trust::from_config(&config.webhooks).unwrap_err().to_string();
        assert!(said.starts_with(sentence), "{said}");
    }
}
