//! Keys of rows, one type per noun, so that an order's key is never passed for a link's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares a key: a UUID version 7 (RFC 9562), which sorts by its moment of making.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new key.
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
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
    /// Key of a link that is still being described; also what makes creating it idempotent.
    DraftId
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

/// A person's Telegram id, which is also the id of the private chat with that person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TelegramId(pub i64);

impl std::fmt::Display for TelegramId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}
