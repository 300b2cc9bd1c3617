//! Encryption of secrets at rest: AES-256-GCM with the key of the configuration. It must not know what is encrypted.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::config::{ConfigError, Secret};

/// First byte of everything sealed here, so that another way can come later.
const VERSION: u8 = 1;

/// Seals and opens with one key.
pub struct Cipher(LessSafeKey);

/// The text was sealed with another key, under another name, or was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret cannot be opened with this key")]
pub struct CannotOpen;

impl Cipher {
    /// Takes the key from the configuration: 32 bytes in base64.
    pub fn from_config(key: &Secret) -> Result<Self, ConfigError> {
        let invalid = || {
            ConfigError::invalid("store.encryption_key", "it is not 32 bytes in base64; make one with: openssl rand -base64 32")
        };
        let bytes = STANDARD.decode(key.expose()).map_err(|_| invalid())?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| invalid())?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Encrypts `text`; `name` must be the same when it is opened.
    pub fn seal(&self, name: &str, text: &str) -> Result<Vec<u8>, CannotOpen> {
        let mut nonce = [0_u8; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| CannotOpen)?;
        let mut sealed = text.as_bytes().to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(name), &mut sealed)
            .map_err(|_| CannotOpen)?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Cipher::seal`] made.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<String, CannotOpen> {
        let (version, rest) = sealed.split_first().ok_or(CannotOpen)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(CannotOpen)?;
        if *version != VERSION {
            return Err(CannotOpen);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| CannotOpen)?;
        let mut text = text.to_vec();
        let opened = self.0.open_in_place(nonce, Aad::from(name), &mut text).map_err(|_| CannotOpen)?;
        String::from_utf8(opened.to_vec()).map_err(|_| CannotOpen)
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Cipher")
    }
}

/// Tells two secrets apart without keeping either: SHA-256.
#[must_use]
pub fn fingerprint(text: &str) -> Vec<u8> {
    digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cipher(byte: u8) -> Cipher {
        Cipher::from_config(&Secret::from(STANDARD.encode([byte; 32]).as_str())).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_again_and_never_looks_the_same() {
        let cipher = cipher(7);
        let (one, two) = (cipher.seal("token", "0.AXkA-secret").unwrap(), cipher.seal("token", "0.AXkA-secret").unwrap());
        assert_eq!(cipher.open("token", &one).unwrap(), "0.AXkA-secret");
        assert_ne!(one, two);
        assert!(!one.windows(6).any(|window| window == b"secret"));
    }

    #[test]
    fn another_key_another_name_or_a_changed_byte_does_not_open() {
        let sealed = cipher(7).seal("token", "secret").unwrap();
        assert_eq!(cipher(8).open("token", &sealed), Err(CannotOpen));
        assert_eq!(cipher(7).open("other", &sealed), Err(CannotOpen));
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert_eq!(cipher(7).open("token", &changed), Err(CannotOpen), "byte {position}");
        }
        for length in 0..sealed.len() {
            assert_eq!(cipher(7).open("token", &sealed[..length]), Err(CannotOpen), "first {length} bytes");
        }
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        for key in ["", "c2hvcnQ=", "not base64 at all", &STANDARD.encode([1; 33])] {
            assert!(Cipher::from_config(&Secret::from(key)).is_err(), "{key}");
        }
    }
}
