//! The keys and certificates of one run: a CA with the TLS certificate under it, the org's signing certificate and
//! the key of the integration user. All are made at start and none outlives the process, so none can leak from a
//! repository. Knows no service and no file.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_RSA_SHA256, RsaKeySize,
};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::webhooks::Signer;

/// Why the keys could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// The certificate generator refused.
    #[error("a certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library refused the certificate or the key.
    #[error("TLS could not be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The signature library refused the key of the webhooks.
    #[error("the key of the webhooks cannot sign")]
    Dispatcher,
}

/// An RSA key (2048 bits, PKCS#8) and the certificate it signed for itself, both in PEM.
pub(crate) struct RsaIdentity {
    /// The private key.
    pub(crate) key_pem: String,
    /// The certificate.
    pub(crate) certificate_pem: String,
}

/// Everything secret or trusted in one run.
pub(crate) struct Keys {
    /// The trust anchor of the TLS services, in PEM.
    pub(crate) ca_pem: String,
    /// Server configuration with the certificate for `localhost`, HTTP/1.1 only.
    pub(crate) tls: Arc<ServerConfig>,
    /// Signs the seller tokens: the org's certificate in Certificate and Key Management.
    pub(crate) org: RsaIdentity,
    /// Signs the JWT bearer assertions: the certificate registered in the external client app.
    pub(crate) integration: RsaIdentity,
    /// Signs the webhooks of Partner Center.
    pub(crate) webhooks: Arc<Signer>,
}

impl Keys {
    /// Makes a new set. Takes a moment: four RSA keys are searched for.
    pub(crate) fn generate() -> Result<Self, KeyError> {
        let (ca_pem, tls) = tls()?;
        Ok(Self {
            ca_pem,
            tls,
            org: rsa_identity("Cosell sandbox org")?,
            integration: rsa_identity("Cosell sandbox integration")?,
            webhooks: Arc::new(Signer::generate()?),
        })
    }
}

/// Parameters of a certificate with that common name. The generator's own dates stand: no clock is involved.
fn named(name: &str, hosts: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(hosts)?;
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}

/// A CA, and a server configuration with a leaf under it. The CA's key is dropped here: nobody can sign with it again.
fn tls() -> Result<(String, Arc<ServerConfig>), KeyError> {
    let ca_key = KeyPair::generate()?;
    let mut ca = named("Cosell sandbox CA", Vec::new())?;
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let ca_pem = ca.self_signed(&ca_key)?.pem();

    let hosts = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
    let mut leaf = named("localhost", hosts)?;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    let leaf_key = KeyPair::generate()?;
    let certificate = leaf.signed_by(&leaf_key, &Issuer::new(ca, ca_key))?;

    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    // A dropped HTTP/1.1 connection is one request lost; over HTTP/2 it would take its neighbours along.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((ca_pem, Arc::new(config)))
}

fn rsa_identity(name: &str) -> Result<RsaIdentity, KeyError> {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
    let certificate = named(name, Vec::new())?.self_signed(&key)?;
    Ok(RsaIdentity { key_pem: key.serialize_pem(), certificate_pem: certificate.pem() })
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn the_org_certificate_carries_the_public_key_of_its_private_key() {
        let keys = Keys::generate().expect("keys");
        let signing = jsonwebtoken::EncodingKey::from_rsa_pem(keys.org.key_pem.as_bytes()).expect("a private key");
        let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::RS256);
        let claims = serde_json::json!({ "aud": "test", "exp": 4_000_000_000_u64 });
        let token = jsonwebtoken::encode(&header, &claims, &signing).expect("a token");

        let public = rcgen::KeyPair::from_pem(&keys.org.key_pem).expect("a key").public_key_pem();
        let verifying = jsonwebtoken::DecodingKey::from_rsa_pem(public.as_bytes()).expect("a public key");
        let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
        validation.set_audience(&["test"]);
        assert!(jsonwebtoken::decode::<serde_json::Value>(&token, &verifying, &validation).is_ok());
        assert!(keys.org.certificate_pem.starts_with("-----BEGIN CERTIFICATE-----"));
        assert_ne!(keys.org.key_pem, keys.integration.key_pem);
    }
}
