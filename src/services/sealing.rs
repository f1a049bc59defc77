//! Sealing: what must be kept but not read by who only has the database (XChaCha20-Poly1305,
//! draft-irtf-cfrg-xchacha, under the operator's master key), and marks that only that key can make
//! (HMAC-SHA-256, RFC 2104).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;

/// Bytes of the random nonce in front of every sealed value.
const NONCE_BYTES: usize = 24;

/// Seals and opens with the operator's master key.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    /// Keyed with a key of its own, derived from the operator's, so that one key has one use.
    marker: Hmac<Sha256>,
}

impl Sealer {
    /// A sealer with a key of 32 bytes.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        let derived = tagged(keyed(key), "marks", &[]);
        Self { cipher: XChaCha20Poly1305::new(key.into()), marker: keyed(&derived) }
    }

    /// Seals a value for one purpose; it opens for that purpose alone.
    #[must_use]
    #[expect(clippy::expect_used, reason = "sealing in memory fails only beyond 256 GiB")]
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0_u8; NONCE_BYTES];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let sealed =
            self.cipher.encrypt(XNonce::from_slice(&nonce), payload).expect("sealing fails on size only");
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens a sealed value; `None` when the key or the purpose is another one.
    #[must_use]
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, cipher_text) = sealed.split_at_checked(NONCE_BYTES)?;
        let payload = Payload { msg: cipher_text, aad: purpose.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).ok()
    }
}

impl Sealer {
    /// A mark of 32 bytes that only this key makes of the value, another one for each purpose: the
    /// same value can be recognised, and who has the database alone can neither read nor forge it.
    #[must_use]
    pub fn mark(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        tagged(self.marker.clone(), purpose, value)
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn tagged(mut mac: Hmac<Sha256>, purpose: &str, value: &[u8]) -> [u8; 32] {
    mac.update(purpose.as_bytes());
    mac.update(b"\0");
    mac.update(value);
    mac.finalize().into_bytes().into()
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_follows_from_key_purpose_and_value() {
        let (ours, theirs) = (Sealer::new(&[1; 32]), Sealer::new(&[2; 32]));
        let mark = ours.mark("network", b"203.0.113.7");
        assert_eq!(ours.mark("network", b"203.0.113.7"), mark);
        assert_eq!(ours.clone().mark("network", b"203.0.113.7"), mark);
        assert_ne!(ours.mark("network", b"203.0.113.8"), mark);
        assert_ne!(ours.mark("form", b"203.0.113.7"), mark);
        assert_ne!(theirs.mark("network", b"203.0.113.7"), mark);
    }
}
