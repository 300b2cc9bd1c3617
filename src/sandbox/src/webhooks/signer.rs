//! The dispatcher's key and its certificates: the genuine one, and those that a careful receiver refuses. Made at start,
//! under authorities that are made at start. Knows no event and no address.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_RSA_SHA256, RsaKeySize, date_time_ymd,
};
use serde::{Deserialize, Serialize};

use crate::keys::KeyError;

/// The organization in the issuer of a genuine certificate.
pub(crate) const MICROSOFT: &str = "Microsoft Corporation";
/// Another authority that the world trusts, and that is not Microsoft's.
const ANOTHER: &str = "Another Trust Services";
const HOST: &str = "pcnotifications-dispatch.microsoft.com";

/// Which certificate a delivery points to. All hold the same key, so that nothing but the certificate can be at fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Pointed {
    /// Issued by Microsoft's authority, and in force.
    #[default]
    Genuine,
    /// Issued by Microsoft's authority; ended with 2020.
    Expired,
    /// Issued by an authority that calls itself Microsoft's and is not among the anchors.
    UntrustedIssuer,
    /// Issued by an authority among the anchors that is not Microsoft's.
    OtherOrganization,
}

impl Pointed {
    const ALL: [Self; 4] = [Self::Genuine, Self::Expired, Self::UntrustedIssuer, Self::OtherOrganization];

    /// The name of its file among the blobs.
    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Genuine => "pcnotifications-dispatch.cer",
            Self::Expired => "expired.cer",
            Self::UntrustedIssuer => "untrusted-issuer.cer",
            Self::OtherOrganization => "other-organization.cer",
        }
    }
}

/// The dispatcher's key with its certificates.
pub(crate) struct Signer {
    key: RsaKeyPair,
    /// In the order of [`Pointed::ALL`], in DER.
    certificates: Vec<(Pointed, Vec<u8>)>,
    anchors_pem: String,
}

impl Signer {
    /// Makes keys and certificates. Takes a moment: two RSA keys are searched for.
    pub(crate) fn generate() -> Result<Self, KeyError> {
        let key = rsa()?;
        let microsoft = Authority::new(MICROSOFT, rsa()?)?;
        let impostor = Authority::new(MICROSOFT, KeyPair::generate()?)?;
        let another = Authority::new(ANOTHER, KeyPair::generate()?)?;
        let mut certificates = Vec::new();
        for pointed in Pointed::ALL {
            let authority = match pointed {
                Pointed::Genuine | Pointed::Expired => &microsoft,
                Pointed::UntrustedIssuer => &impostor,
                Pointed::OtherOrganization => &another,
            };
            certificates.push((pointed, authority.issue(&key, pointed == Pointed::Expired)?));
        }
        let key = RsaKeyPair::from_pkcs8(key.serialized_der()).map_err(|_| KeyError::Dispatcher)?;
        Ok(Self { key, certificates, anchors_pem: microsoft.certificate.pem() + &another.certificate.pem() })
    }

    /// The authorities that a receiver is to trust, in PEM: Microsoft's, and one that is not, as among public roots.
    pub(crate) fn anchors_pem(&self) -> &str {
        &self.anchors_pem
    }

    /// A certificate by the name of its file, in DER.
    pub(super) fn certificate(&self, file: &str) -> Option<&[u8]> {
        self.certificates.iter().find(|(pointed, _)| pointed.file() == file).map(|(_, der)| der.as_slice())
    }

    /// RSA with PKCS #1 v1.5 and SHA-256 over these very bytes, in base64.
    pub(super) fn sign(&self, body: &[u8]) -> String {
        let mut signature = vec![0; self.key.public_modulus_len()];
        // The padding draws no randomness, and the buffer has the length of the modulus: nothing is left that could fail.
        let _ = self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), body, &mut signature);
        STANDARD.encode(signature)
    }
}

struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(organization: &str, key: KeyPair) -> Result<Self, KeyError> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CountryName, "US");
        params.distinguished_name.push(DnType::OrganizationName, organization);
        params.distinguished_name.push(DnType::CommonName, format!("{organization} sandbox issuing CA"));
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key)?;
        Ok(Self { certificate, issuer: Issuer::new(params, key) })
    }

    /// A certificate for the dispatcher's key. The generator's own dates stand, unless it is to have expired.
    fn issue(&self, key: &KeyPair, expired: bool) -> Result<Vec<u8>, KeyError> {
        let mut params = CertificateParams::new(vec![HOST.to_owned()])?;
        params.distinguished_name.push(DnType::OrganizationName, MICROSOFT);
        params.distinguished_name.push(DnType::CommonName, HOST);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth, ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        if expired {
            params.not_before = date_time_ymd(2019, 1, 1);
            params.not_after = date_time_ymd(2020, 12, 31);
        }
        Ok(params.signed_by(key, &self.issuer)?.der().to_vec())
    }
}

fn rsa() -> Result<KeyPair, KeyError> {
    Ok(KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?)
}

#[cfg(test)]
pub(crate) mod tests {
    //! Also what the other tests of webhooks check signatures with.

    use std::sync::{Arc, OnceLock};

    use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
    use rustls::server::ParsedCertificate;

    use super::{HOST, Pointed, Signer};

    /// Two RSA keys are a second's work: made once for all tests.
    pub(crate) fn signer() -> Arc<Signer> {
        static SIGNER: OnceLock<Arc<Signer>> = OnceLock::new();
        Arc::clone(SIGNER.get_or_init(|| Arc::new(Signer::generate().expect("keys"))))
    }

    /// The key in a certificate: the BIT STRING whose content is an `RSAPublicKey`, found by its length.
    pub(crate) fn verifies(certificate: &[u8], body: &[u8], signature: &str) -> bool {
        let start = certificate.windows(4).position(|bytes| bytes == [0x30, 0x82, 0x01, 0x0a]).expect("an RSA key of 2048 bits");
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &certificate[start..start + 0x10a + 4]);
        key.verify(body, &STANDARD.decode(signature).expect("base64")).is_ok()
    }

    fn trusted(pointed: Pointed) -> bool {
        let signer = signer();
        let mut roots = rustls::RootCertStore::empty();
        for anchor in CertificateDer::pem_slice_iter(signer.anchors_pem().as_bytes()) {
            roots.add(anchor.expect("an anchor")).expect("an anchor");
        }
        let der = CertificateDer::from(signer.certificate(pointed.file()).expect("a certificate"));
        let leaf = ParsedCertificate::try_from(&der).expect("a certificate");
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_795_000_000));
        let algorithms = rustls::crypto::aws_lc_rs::default_provider().signature_verification_algorithms.all;
        let chained = rustls::client::verify_server_cert_signed_by_trust_anchor(&leaf, &roots, &[], now, algorithms);
        let host = ServerName::try_from(HOST).expect("a name");
        chained.and_then(|()| rustls::client::verify_server_name(&leaf, &host)).is_ok()
    }

    #[test]
    fn the_trust_in_each_certificate_is_as_its_name_says() {
        let cases = [
            (Pointed::Genuine, true),
            (Pointed::Expired, false),
            (Pointed::UntrustedIssuer, false),
            (Pointed::OtherOrganization, true),
        ];
        for (pointed, expected) in cases {
            assert_eq!(trusted(pointed), expected, "{pointed:?}");
        }
    }

    #[test]
    fn a_signature_holds_for_the_very_bytes_under_the_key_of_every_certificate() {
        let signer = signer();
        let signature = signer.sign(b"{\"EventName\":\"test-created\"}");
        for pointed in Pointed::ALL {
            let certificate = signer.certificate(pointed.file()).expect("a certificate");
            assert!(verifies(certificate, b"{\"EventName\":\"test-created\"}", &signature));
            assert!(!verifies(certificate, b"{\"EventName\": \"test-created\"}", &signature));
        }
        assert_eq!(signer.certificate("none.cer"), None);
    }

    #[test]
    fn only_the_other_authority_is_of_another_organization() {
        let signer = signer();
        for pointed in Pointed::ALL {
            let certificate = signer.certificate(pointed.file()).expect("a certificate");
            let names = |name: &str| certificate.windows(name.len()).any(|bytes| bytes == name.as_bytes());
            assert_eq!(names(super::ANOTHER), pointed == Pointed::OtherOrganization, "{pointed:?}");
        }
    }
}
