//! Keys of rows, one type per noun, so that an order's key is never passed for a link's.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::{Builder, ContextV7, Timestamp, Uuid};

/// Keys made by one process within one millisecond sort in the order in which they were made.
static WITHIN_A_MILLISECOND: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// Declares a key: a UUID version 7 (RFC 9562), which sorts by its moment of making.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new key for a row that is made at an instant, by the deciding time of its
            /// transaction: rows of replicas whose clocks differ sort as they were made.
            #[must_use]
            pub fn at(instant: DateTime<Utc>) -> Self {
                Self(uuid_at(instant))
            }

            /// A new key where nothing is sorted by it.
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }

            /// The key of the one row that something makes, however often it is done: of version 4 by its
            /// shape, so nothing may be sorted by it.
            #[must_use]
            pub const fn of(fingerprint: Fingerprint) -> Self {
                Self(Builder::from_random_bytes(fingerprint.0).into_uuid())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

/// What tells one thing that was asked from all others, also when it is answered once more after a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Of the words in which it came, with its number and its moment in them.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&Sha256::digest(words.as_bytes())[..16]);
        Self(bytes)
    }

    /// Of one line of those words; what has it sorts by the lines. `number`: which line, from 1 to 255.
    #[must_use]
    pub fn of_line(self, number: i64) -> Self {
        let mut bytes = self.0;
        bytes[14] = 0;
        bytes[15] = u8::try_from(number).unwrap_or(u8::MAX);
        Self(bytes)
    }
}

fn uuid_at(instant: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(instant.timestamp()).unwrap_or(0);
    let context = WITHIN_A_MILLISECOND.lock().unwrap_or_else(PoisonError::into_inner);
    Uuid::new_v7(Timestamp::from_unix(&*context, seconds, instant.timestamp_subsec_nanos()))
}

key!(
    /// Key of a shop.
    MerchantId
);
key!(
    /// Key of a payment link.
    LinkId
);
key!(
    /// Key of a letter by e-mail.
    LetterId
);
key!(
    /// Key of a customer's question about a link.
    QuestionId
);
key!(
    /// Key of a link that is still being described; also what makes creating it idempotent.
    DraftId
);
key!(
    /// Key of drafts that were typed together.
    BatchId
);
key!(
    /// Key of a file that links are made from.
    ImportId
);
key!(
    /// Key of a line of a shop's log.
    LogEntryId
);
key!(
    /// Key of a picture of what is sold.
    PhotoId
);
key!(
    /// Key of a place where a shop's payments ring for all.
    PlaceId
);
key!(
    /// Key of an order.
    OrderId
);
key!(
    /// Key of one charge at a gateway.
    AttemptId
);
key!(
    /// Key of a stored gateway notice.
    NoticeId
);
key!(
    /// Key of a row in the outbox.
    NotificationId
);
key!(
    /// Key of something the operator should look at.
    AlertId
);
key!(
    /// Key of a row in the ledger.
    LedgerEntryId
);
key!(
    /// Key of money that is to go back.
    RefundId
);
key!(
    /// Key of a shop's own account at a gateway.
    GatewayAccountId
);
key!(
    /// Key of a button that confirms a seller's act, once.
    ConfirmationId
);

/// A person's Telegram id, which is also the id of the private chat with that person; below zero, the id of a
/// group or a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TelegramId(pub i64);

impl TelegramId {
    /// Whether it is a group or a channel.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        self.0 < 0
    }
}

impl std::fmt::Display for TelegramId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn what_is_asked_once_has_one_key_and_nothing_else_has_it() {
        let of = |words| DraftId::of(Fingerprint::of(words));
        assert_eq!(of("update 7"), of("update 7"));
        assert_ne!(of("update 7"), of("update 8"));
        assert_eq!(of("update 7").0.get_version_num(), 4);
        let lines: Vec<_> =
            (1..=10).map(|line| DraftId::of(Fingerprint::of("update 7").of_line(line))).collect();
        assert!(lines.is_sorted_by(|one, next| one < next), "{lines:?}");
    }

    #[test]
    fn keys_sort_by_the_instant_they_were_made_for_and_within_it_as_they_were_made() {
        let instant = DateTime::from_timestamp_millis(4_000_000_000_000).unwrap();
        let keys: Vec<OrderId> = (0..2_000_i32)
            .map(|number| OrderId::at(instant + TimeDelta::milliseconds(i64::from(number / 500))))
            .collect();
        assert!(keys.is_sorted());
        assert!(OrderId::generate() < keys[0], "the instant decides, not this machine's clock");
    }
}
