//! A delivery as it travels: headers, signature and body (Microsoft Learn, "Partner Center webhooks": how to
//! authenticate the callback), genuine or forged as the queue says.

use super::faults::Forgery;
use super::queue::Delivery;
use super::signer::{Pointed, Signer};

/// A POST that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The number of the delivery.
    pub id: u64,
    /// Where to.
    pub url: String,
    /// Names and values of the headers.
    pub headers: Vec<(&'static str, String)>,
    /// The bytes that were signed.
    pub body: String,
}

/// The message of a delivery. `blobs` is the origin of the certificates.
pub(super) fn message(delivery: &Delivery, signer: &Signer, blobs: &str) -> Message {
    let letter = &delivery.letter;
    let signature = match &delivery.forgery {
        Some(Forgery::NoSignature) => None,
        Some(Forgery::BrokenSignature) => Some(signer.sign(format!("{} ", letter.body).as_bytes())),
        _ => Some(signer.sign(letter.body.as_bytes())),
    };
    let certificate = match &delivery.forgery {
        Some(Forgery::CertificateUrl { url }) => url.clone(),
        Some(Forgery::Certificate { which }) => certificate_url(blobs, *which),
        _ => certificate_url(blobs, Pointed::Genuine),
    };
    let algorithm = match &delivery.forgery {
        Some(Forgery::Algorithm { name }) => name.clone(),
        _ => "rsa-sha256".to_owned(),
    };
    let mut headers = vec![("content-type", "application/json".to_owned())];
    if let Some(signature) = signature {
        let name = if letter.ms_signature_header { "x-ms-signature" } else { "authorization" };
        headers.push((name, format!("Signature {signature}")));
    }
    headers.push(("x-ms-certificate-url", certificate));
    headers.push(("x-ms-signature-algorithm", algorithm));
    Message { id: delivery.id, url: letter.url.clone(), headers, body: letter.body.clone() }
}

fn certificate_url(blobs: &str, pointed: Pointed) -> String {
    format!("{blobs}/cert/{}", pointed.file())
}
