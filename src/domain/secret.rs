//! Secrets that are compared: in constant time, and in no other way.

use std::fmt;
use std::ops::Deref;

use subtle::{Choice, ConstantTimeEq};

/// Bytes that nobody can guess: a signature, a shared secret, the hash of a token.
///
/// It cannot be compared by `==`, which stops at the first byte that differs and so tells a patient
/// stranger how far a guess was right. [`Secret::is`] takes the same time wherever they differ; only
/// the length shows.
///
/// ```
/// use tautan::domain::secret::Secret;
///
/// let kept = Secret::new("0f2e8a");
/// assert!(kept.is(b"0f2e8a") && !kept.is(b"0f2e8b"));
/// ```
///
/// ```compile_fail,E0369
/// use tautan::domain::secret::Secret;
///
/// let equal = Secret::new("0f2e8a") == Secret::new("0f2e8a");
/// ```
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Takes the bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Whether these are the same bytes.
    #[must_use]
    pub fn is(&self, shown: &[u8]) -> bool {
        self.compare(shown).into()
    }

    /// As [`Secret::is`], for whoever has several to compare with and looks at the end.
    #[must_use]
    pub fn compare(&self, shown: &[u8]) -> Choice {
        self.0.as_slice().ct_eq(shown)
    }
}

/// The bytes, to be stored or looked up.
impl Deref for Secret {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_bytes_are_the_same_secret() {
        let secret = Secret::new([7; 64]);
        assert!(secret.is(&[7; 64]));
        for at in 0..64 {
            let mut shown = [7; 64];
            shown[at] = 8;
            assert!(!secret.is(&shown), "byte {at}");
        }
        for length in (0..64).chain([65, 128]) {
            assert!(!secret.is(&vec![7; length]), "{length} bytes");
        }
        assert!(!Secret::new([]).is(&[0]) && Secret::new([]).is(&[]));
    }

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
