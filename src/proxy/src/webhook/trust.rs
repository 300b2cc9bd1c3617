//! Which certificates are believed: a chain to the configured authorities, in its time, issued by the right organisation. All
//! of X.509 and RSA is done by `rustls-webpki`, `x509-parser` and, below them, `aws-lc-rs`.

use std::path::Path;
use std::time::Duration;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use time::OffsetDateTime;
use webpki::{ALL_VERIFICATION_ALGS, EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

use super::{Algorithm, Refusal};
use crate::config::{self, ConfigError};

/// Most certificates that a file may hold.
const LONGEST_CHAIN: usize = 8;

/// Why a certificate is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// Neither PEM nor DER, or too much of it.
    #[error("it cannot be read")]
    Unreadable,
    /// No chain to an authority of ours, or not now.
    #[error("its chain: {0} (webhooks.trust_anchors, webhooks.intermediates)")]
    Chain(String),
    /// Issued by somebody else.
    #[error("it was issued by {0:?}, and not by webhooks.issuer_organization")]
    Issuer(Vec<String>),
}

/// A certificate and what its file holds besides.
#[derive(Debug)]
pub(super) struct Chain {
    end_entity: CertificateDer<'static>,
    intermediates: Vec<CertificateDer<'static>>,
}

impl Chain {
    /// Reads a file: one certificate as DER, or several as PEM of which the first is the signer's.
    pub(super) fn read(file: &[u8]) -> Result<Self, Distrust> {
        let pem: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(file).collect();
        let mut certificates = pem.map_err(|_| Distrust::Unreadable)?;
        if certificates.is_empty() {
            certificates.push(CertificateDer::from(file.to_vec()));
        }
        if certificates.len() > LONGEST_CHAIN {
            return Err(Distrust::Unreadable);
        }
        let end_entity = certificates.remove(0);
        EndEntityCert::try_from(&end_entity).map_err(|_| Distrust::Unreadable)?;
        Ok(Self { end_entity, intermediates: certificates })
    }
}

/// The authorities.
pub(super) struct Trust {
    anchors: Vec<TrustAnchor<'static>>,
    intermediates: Vec<CertificateDer<'static>>,
    organization: String,
}

impl Trust {
    /// Reads the files, or takes the authorities of the system where none is named.
    pub(super) fn from_config(config: &config::Webhooks) -> Result<Self, ConfigError> {
        let key = "webhooks.trust_anchors";
        let mut roots = read_files(key, &config.trust_anchors)?;
        if config.trust_anchors.is_empty() {
            roots = rustls_native_certs::load_native_certs().certs;
        }
        let anchors = roots.iter().filter_map(|root| webpki::anchor_from_trusted_cert(root).ok().map(|root| root.to_owned()));
        let anchors: Vec<_> = anchors.collect();
        // The system may have some that are too odd to be used; whoever names one wants exactly that one.
        if config.trust_anchors.is_empty() && anchors.is_empty() {
            return Err(ConfigError::invalid(key, "it is empty, and the system has no authorities that could be taken instead"));
        }
        if !config.trust_anchors.is_empty() && anchors.len() < roots.len() {
            return Err(ConfigError::invalid(key, "a certificate in these files cannot be an authority"));
        }
        let intermediates = read_files("webhooks.intermediates", &config.intermediates)?;
        Ok(Self { anchors, intermediates, organization: config.issuer_organization.clone() })
    }

    /// Whether the certificate is believed at `now`.
    pub(super) fn check(&self, chain: &Chain, now: OffsetDateTime) -> Result<(), Distrust> {
        let end_entity = EndEntityCert::try_from(&chain.end_entity).map_err(|_| Distrust::Unreadable)?;
        let now = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now.unix_timestamp()).unwrap_or(0)));
        let between: Vec<_> = chain.intermediates.iter().chain(&self.intermediates).cloned().collect();
        end_entity
            .verify_for_usage(ALL_VERIFICATION_ALGS, &self.anchors, &between, now, AnyPurpose, None, None)
            .map_err(|cause| Distrust::Chain(cause.to_string()))?;
        let issuers = issuer_organizations(&chain.end_entity)?;
        // Exactly one, and all of it: Microsoft's sample looks for a part of the whole name, which anybody can put somewhere.
        if issuers.len() == 1 && issuers.contains(&self.organization) { Ok(()) } else { Err(Distrust::Issuer(issuers)) }
    }
}

impl std::fmt::Debug for Trust {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Trust")
            .field("anchors", &self.anchors.len())
            .field("organization", &self.organization)
            .finish_non_exhaustive()
    }
}

/// Whether the certificate's key made this signature. A key that is not RSA, or shorter than 2048 bits, made none.
pub(super) fn verify(chain: &Chain, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
    let end_entity = EndEntityCert::try_from(&chain.end_entity).map_err(|_| Distrust::Unreadable)?;
    end_entity.verify_signature(algorithm.verifier(), message, signature).map_err(|_| Refusal::Signature)
}

/// Microsoft does not say which purpose its certificate names, and its sample does not look.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        for purpose in purposes {
            purpose?;
        }
        Ok(())
    }
}

fn issuer_organizations(certificate: &CertificateDer<'_>) -> Result<Vec<String>, Distrust> {
    let (_, certificate) = X509Certificate::from_der(certificate).map_err(|_| Distrust::Unreadable)?;
    let names = certificate.issuer().iter_organization().map(|name| name.as_str().map(str::to_owned));
    names.collect::<Result<_, _>>().map_err(|_| Distrust::Unreadable)
}

fn read_files(key: &str, paths: &[String]) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let mut certificates = Vec::new();
    for path in paths {
        let text = std::fs::read(path).map_err(|cause| ConfigError::file(key, Path::new(path), &cause))?;
        let found: Vec<_> = CertificateDer::pem_slice_iter(&text).collect::<Result<_, _>>().unwrap_or_default();
        if found.is_empty() {
            return Err(ConfigError::invalid(key, format_args!("{path} holds no certificate (-----BEGIN CERTIFICATE-----)")));
        }
        certificates.extend(found);
    }
    Ok(certificates)
}
