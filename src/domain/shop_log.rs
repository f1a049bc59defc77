//! Who did what in a shop, for its owner to read.

use chrono::{DateTime, Utc};

use super::id::{LinkId, LogEntryId, MerchantId, OrderId, TelegramId};

/// One line of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogEntry {
    /// Its key; newer ones sort behind older ones.
    pub id: LogEntryId,
    /// The shop.
    pub merchant_id: MerchantId,
    /// Who did it.
    pub person: TelegramId,
    /// What was done.
    pub event: LogEvent,
    /// To what.
    pub subject: LogSubject,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogSubject {
    /// The link.
    pub link_id: Option<LinkId>,
    /// The order.
    pub order_id: Option<OrderId>,
    /// How much money, in minor units of the order's currency.
    pub amount_minor: Option<i64>,
    /// The other person.
    pub about: Option<TelegramId>,
}

impl LogSubject {
    /// A link.
    #[must_use]
    pub fn link(id: LinkId) -> Self {
        Self { link_id: Some(id), ..Self::default() }
    }

    /// An order.
    #[must_use]
    pub fn order(id: OrderId) -> Self {
        Self { order_id: Some(id), ..Self::default() }
    }

    /// Money of an order.
    #[must_use]
    pub fn money(id: OrderId, amount_minor: i64) -> Self {
        Self { order_id: Some(id), amount_minor: Some(amount_minor), ..Self::default() }
    }

    /// A person.
    #[must_use]
    pub fn person(id: TelegramId) -> Self {
        Self { about: Some(id), ..Self::default() }
    }
}

/// Declares the events with the words kept in the database.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident => $code:literal,)*) => {
        /// What can be done in a shop.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum LogEvent {
            $($(#[$doc])* $name,)*
        }

        impl LogEvent {
            /// Every event.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word kept in the database; texts are named for it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

events! {
    /// A link was made.
    LinkMade => "link-made",
    /// Its terms were changed.
    LinkChanged => "link-changed",
    /// It was switched off.
    LinkOff => "link-off",
    /// It was switched on again.
    LinkOn => "link-on",
    /// It was deleted.
    LinkDeleted => "link-deleted",
    /// It was brought back.
    LinkRestored => "link-restored",
    /// A payment for which nothing was left, or that came late, was accepted.
    PaymentAccepted => "payment-accepted",
    /// Money was sent back through the gateway.
    MoneyReturned => "money-returned",
    /// The seller said that money was sent back without it.
    MoneySentBack => "money-sent-back",
    /// An order's goods were marked as sent.
    GoodsShipped => "goods-shipped",
    /// They were marked as not sent.
    GoodsNotShipped => "goods-not-shipped",
    /// Orders were taken home as a file.
    OrdersExported => "orders-exported",
    /// The whole shop was.
    ShopExported => "shop-exported",
    /// The shop's settings were changed.
    SettingsChanged => "settings-changed",
    /// The shop takes real money from now on.
    WentLive => "went-live",
    /// It takes play money again.
    WentToSandbox => "went-to-sandbox",
    /// What is kept about a customer was taken out as a file.
    CustomerExported => "customer-exported",
    /// What was kept about a customer was erased.
    CustomerErased => "customer-erased",
    /// An own gateway account was connected, or got another key.
    KeysConnected => "keys-connected",
    /// It was taken off.
    KeysRemoved => "keys-removed",
    /// Somebody was invited.
    Invited => "invited",
    /// Somebody joined.
    Joined => "joined",
    /// Somebody got another role.
    RoleChanged => "role-changed",
    /// Somebody was taken off the team.
    Removed => "removed",
    /// Somebody left.
    Left => "left",
    /// Payments ring in a group or channel from now on.
    PlaceAdded => "place-added",
    /// They no longer do.
    PlaceRemoved => "place-removed",
}

impl LogEvent {
    /// Reads [`LogEvent::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.code() == code)
    }
}
