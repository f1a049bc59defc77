//! Sealing: what must be kept but not read by who only has the database (XChaCha20-Poly1305,
//! draft-irtf-cfrg-xchacha, under the operator's master key).

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use rand::RngCore;

/// Bytes of the random nonce in front of every sealed value.
const NONCE_BYTES: usize = 24;

/// Seals and opens with the operator's master key.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
}

impl Sealer {
    /// A sealer with a key of 32 bytes.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(key.into()) }
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

impl std::fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Sealer(…)")
    }
}
