//! The headers of an event (Microsoft Learn, "Partner Center webhooks", "How to authenticate the callback"): a signature, its
//! algorithm, and where the signer's certificate is. It must not know what was signed.

use axum::http::{HeaderMap, HeaderName, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::SignatureVerificationAlgorithm;
use url::Url;
use webpki::aws_lc_rs::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512};

use super::address::Hosts;

const MS_SIGNATURE: HeaderName = HeaderName::from_static("x-ms-signature");
const ALGORITHM: HeaderName = HeaderName::from_static("x-ms-signature-algorithm");
const CERTIFICATE: HeaderName = HeaderName::from_static("x-ms-certificate-url");

/// That of an RSA key of 8192 bits, the largest that is verified.
const LONGEST_SIGNATURE: usize = 1024;

/// A signature algorithm that is considered strong enough: RSA with PKCS#1 v1.5 padding and a key of 2048 bits or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// With SHA-256.
    RsaSha256,
    /// With SHA-384.
    RsaSha384,
    /// With SHA-512.
    RsaSha512,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::RsaSha256, Self::RsaSha384, Self::RsaSha512];

    /// Its name in the header.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa-sha256",
            Self::RsaSha384 => "rsa-sha384",
            Self::RsaSha512 => "rsa-sha512",
        }
    }

    /// Reads a name, in any case as Microsoft's sample does.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name().eq_ignore_ascii_case(name.trim()))
    }

    pub(super) fn verifier(self) -> &'static dyn SignatureVerificationAlgorithm {
        match self {
            Self::RsaSha256 => RSA_PKCS1_2048_8192_SHA256,
            Self::RsaSha384 => RSA_PKCS1_2048_8192_SHA384,
            Self::RsaSha512 => RSA_PKCS1_2048_8192_SHA512,
        }
    }
}

/// What is wrong with the headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFlaw {
    /// No signature in either of its headers.
    #[error("there is no signature")]
    NoSignature,
    /// Another scheme than `Signature`.
    #[error("the scheme of its signature is not `Signature`")]
    Scheme,
    /// Not base64, empty, or longer than any.
    #[error("its signature cannot be read")]
    Unreadable,
    /// Two headers, and not the same in both.
    #[error("it carries two signatures that differ")]
    Contradiction,
    /// A header that must be there once is there twice.
    #[error("the header {0} is there more than once")]
    Doubled(&'static str),
    /// A header is not there, or not text.
    #[error("the header {0} is missing")]
    Missing(&'static str),
    /// An algorithm that is not in `webhooks.algorithms`.
    #[error("its signature algorithm is not in webhooks.algorithms")]
    Algorithm,
    /// An address that certificates are not fetched from.
    #[error("its certificate is not at an https address of webhooks.certificate_hosts")]
    CertificateAddress,
}

impl HeaderFlaw {
    /// Whether this is a request without a proof, rather than one with a broken proof.
    #[must_use]
    pub fn is_unauthorized(self) -> bool {
        matches!(self, Self::NoSignature | Self::Scheme | Self::Contradiction)
    }
}

/// A signature with what is needed to verify it.
#[derive(Debug)]
pub(super) struct Signed {
    pub(super) signature: Vec<u8>,
    pub(super) algorithm: Algorithm,
    pub(super) certificate: Url,
}

impl Signed {
    /// Reads the headers. The signature stands in `Authorization`, or in `x-ms-signature` for receivers whose gateway keeps
    /// the former for itself.
    pub(super) fn read(headers: &HeaderMap, algorithms: &[Algorithm], hosts: &Hosts) -> Result<Self, HeaderFlaw> {
        let one = once(headers, &header::AUTHORIZATION, "authorization")?.map(signature).transpose()?;
        let other = once(headers, &MS_SIGNATURE, "x-ms-signature")?.map(signature).transpose()?;
        let signature = match (one, other) {
            (Some(one), Some(other)) if one != other => return Err(HeaderFlaw::Contradiction),
            (Some(signature), _) | (None, Some(signature)) => signature,
            (None, None) => return Err(HeaderFlaw::NoSignature),
        };
        let name = "x-ms-signature-algorithm";
        let algorithm = once(headers, &ALGORITHM, name)?.ok_or(HeaderFlaw::Missing(name))?;
        let algorithm = Algorithm::parse(algorithm).filter(|algorithm| algorithms.contains(algorithm));
        let algorithm = algorithm.ok_or(HeaderFlaw::Algorithm)?;
        let name = "x-ms-certificate-url";
        let certificate = once(headers, &CERTIFICATE, name)?.ok_or(HeaderFlaw::Missing(name))?;
        let certificate = hosts.admit(certificate).ok_or(HeaderFlaw::CertificateAddress)?;
        Ok(Self { signature, algorithm, certificate })
    }
}

/// A header that may not be there twice: which of them a gateway looked at could not be known.
fn once<'a>(headers: &'a HeaderMap, name: &HeaderName, said: &'static str) -> Result<Option<&'a str>, HeaderFlaw> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| HeaderFlaw::Missing(said)),
        (Some(_), Some(_)) => Err(HeaderFlaw::Doubled(said)),
    }
}

fn signature(value: &str) -> Result<Vec<u8>, HeaderFlaw> {
    let (scheme, text) = value.trim().split_once(' ').ok_or(HeaderFlaw::Scheme)?;
    if !scheme.eq_ignore_ascii_case("signature") {
        return Err(HeaderFlaw::Scheme);
    }
    let bytes = STANDARD.decode(text.trim()).map_err(|_| HeaderFlaw::Unreadable)?;
    if bytes.is_empty() || bytes.len() > LONGEST_SIGNATURE { Err(HeaderFlaw::Unreadable) } else { Ok(bytes) }
}
