//! When a form was made, written into its key so that nobody else can say it: a program that fills
//! in a form at once shows itself by that.

use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq;

use super::Services;

/// Bytes of chance in a key.
const RANDOM_BYTES: usize = 12;

/// Bytes of an instant in milliseconds.
const TIME_BYTES: usize = 8;

/// Bytes of the mark: enough to make guessing useless, few enough for a form.
const MARK_BYTES: usize = 16;

/// What the mark is made for.
const PURPOSE: &str = "form";

impl Services {
    /// A key for a form that is made at `now`.
    pub(super) fn form_key(&self, now: DateTime<Utc>) -> String {
        let random: [u8; RANDOM_BYTES] = rand::random();
        let mut key = random.to_vec();
        key.extend(now.timestamp_millis().to_be_bytes());
        key.extend(self.form_mark(&key));
        data_encoding::BASE64URL_NOPAD.encode(&key)
    }

    /// When the form with this key was made; `None` for a key that is none of ours.
    #[must_use]
    pub fn form_made_at(&self, form_key: &str) -> Option<DateTime<Utc>> {
        let key = data_encoding::BASE64URL_NOPAD.decode(form_key.as_bytes()).ok()?;
        let (marked, mark) = key.split_at_checked(RANDOM_BYTES + TIME_BYTES)?;
        if !bool::from(mark.ct_eq(&self.form_mark(marked))) {
            return None;
        }
        let (_, time) = marked.split_at_checked(RANDOM_BYTES)?;
        DateTime::from_timestamp_millis(i64::from_be_bytes(time.try_into().ok()?))
    }

    fn form_mark(&self, marked: &[u8]) -> Vec<u8> {
        self.settings.sealer.mark(PURPOSE, marked)[..MARK_BYTES].to_vec()
    }
}
