//! One customer's purchase through a link.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::customer::CustomerDetails;
use super::id::{LinkId, MerchantId, OrderId};
use super::language::Language;
use super::merchant::Mode;
use super::money::Money;
use super::offer::{BuyerNote, OrderedGoods, title};
use super::payment_link::PaymentLink;
use super::payment_method::PaymentMethod;
use super::secret::Secret;
use super::shipping::Shipped;
use super::visible_text::ItemName;
use super::waiting_line::PlaceInLine;

/// One customer's purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The order's key.
    pub id: OrderId,
    /// The shop.
    pub merchant_id: MerchantId,
    /// The link it came through.
    pub link_id: LinkId,
    /// What people read aloud.
    pub code: OrderCode,
    /// Whether its money is real.
    pub mode: Mode,
    /// Where it stands.
    pub state: OrderState,
    /// Its share of the link's usage limit.
    pub unit: Unit,
    /// What else is to be known about it.
    pub flags: OrderFlags,
    /// Who buys.
    pub customer: CustomerDetails,
    /// What was ordered, as it was called then; `None`: as the link is called.
    pub item_name: Option<ItemName>,
    /// How many of it, or the things on its bill.
    pub goods: OrderedGoods,
    /// What its customer reads once it is paid.
    pub buyer_note: Option<BuyerNote>,
    /// What it costs.
    pub amount: Money,
    /// What the customer reads.
    pub language: Language,
    /// When the money came.
    pub paid_at: Option<DateTime<Utc>>,
    /// How the money came.
    pub paid_with: Option<PaymentMethod>,
    /// Until when its unit stays held at least.
    pub hold_until: Option<DateTime<Utc>>,
    /// Until when the customer is changing the method, which keeps the unit.
    pub changing_until: Option<DateTime<Utc>>,
    /// Its place in the line of its link, while the customer waits for a unit.
    pub line: Option<PlaceInLine>,
    /// Whether the customer let a turn pass and stands in line no more; until the order is written again.
    pub has_let_turn_pass: bool,
    /// When the seller said that the goods were sent, and who.
    pub shipped: Option<Shipped>,
    /// When the details were given.
    pub created_at: DateTime<Utc>,
    /// Grows with every change: what guards an update.
    pub version: i64,
}

impl Order {
    /// What was ordered, as it was called then. `link` is the order's.
    #[must_use]
    pub fn item<'a>(&'a self, link: &'a PaymentLink) -> &'a ItemName {
        self.item_name.as_ref().unwrap_or(&link.item_name)
    }

    /// What was ordered and how many of it: `Kaos × 3`. `link` is the order's.
    #[must_use]
    pub fn title(&self, link: &PaymentLink) -> String {
        title(self.item(link), self.goods.pieces)
    }

    /// Whether the book can know money of it: it was paid, or less came than was asked.
    #[must_use]
    pub const fn may_hold_money(&self) -> bool {
        self.state.has_seen_money() || self.flags.underpaid
    }
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Details are given; no method chosen.
    Open,
    /// A charge waits for the customer; a unit is held.
    Awaiting,
    /// Paid, and counted.
    Paid,
    /// Paid, but nothing was left: the seller decides.
    PaidUnallocated,
    /// A part went back.
    PartiallyRefunded,
    /// All went back.
    Refunded,
    /// The bank took the payment away.
    Reversed,
    /// The customer's bank disputes it.
    ChargedBack,
    /// Not paid in time.
    Expired,
    /// Left lying for a day.
    Closed,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Open,
        Self::Awaiting,
        Self::Paid,
        Self::PaidUnallocated,
        Self::PartiallyRefunded,
        Self::Refunded,
        Self::Reversed,
        Self::ChargedBack,
        Self::Expired,
        Self::Closed,
    ];

    /// The word kept in the database and used as the tail of text keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Awaiting => "awaiting",
            Self::Paid => "paid",
            Self::PaidUnallocated => "paid_unallocated",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
            Self::Reversed => "reversed",
            Self::ChargedBack => "charged_back",
            Self::Expired => "expired",
            Self::Closed => "closed",
        }
    }

    /// Reads [`OrderState::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a customer may choose a method: nothing is paid, and the order was not left lying.
    #[must_use]
    pub const fn may_be_paid(self) -> bool {
        matches!(self, Self::Open | Self::Awaiting | Self::Expired)
    }

    /// Whether money came, wherever it went later.
    #[must_use]
    pub const fn has_seen_money(self) -> bool {
        !matches!(self, Self::Open | Self::Awaiting | Self::Expired | Self::Closed)
    }
}

/// An order's share of its link's usage limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// It has none.
    None,
    /// Kept while the customer pays.
    Held,
    /// Counted.
    Used,
}

impl Unit {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Held => "held",
            Self::Used => "used",
        }
    }

    /// Reads [`Unit::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::None, Self::Held, Self::Used].into_iter().find(|unit| unit.code() == code)
    }
}

/// What is to be known about an order beside its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderFlags {
    /// The money came after its time.
    pub late: bool,
    /// Counted beyond the link's limit, with the seller's word.
    pub over_limit: bool,
    /// More came than asked.
    pub overpaid: bool,
    /// Less came than asked; not paid.
    pub underpaid: bool,
    /// It was paid twice; one payment is to go back.
    pub duplicate_payment: bool,
    /// The gateway spoke of another amount, currency, merchant or transaction.
    pub mismatch: bool,
}

/// The short code people read aloud, shown as `#K7Q2M`. It opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderCode(String);

impl OrderCode {
    /// Letters and digits that are not taken for one another when read aloud or copied by hand.
    const ALPHABET: &'static [u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// Makes a code of as many characters as random bytes are given.
    #[must_use]
    pub fn new(random: &[u8]) -> Self {
        Self(random.iter().map(|byte| char::from(Self::ALPHABET[usize::from(byte % 32)])).collect())
    }

    /// Takes a code as it stands in the database, or as someone typed it: without `#`, upper case.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.trim().trim_start_matches('#').to_uppercase())
    }

    /// The code without its `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for OrderCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "#{}", self.0)
    }
}

/// Opens an order's page: 130 random bits in 26 characters. Kept as a hash for look-up and sealed
/// for the seller's own buttons; never logged, and compared in constant time alone:
///
/// ```compile_fail,E0369
/// use tautan::domain::order::OrderToken;
///
/// let same = OrderToken::new([1; 17]) == OrderToken::new([2; 17]);
/// ```
#[derive(Clone)]
pub struct OrderToken(String);

impl OrderToken {
    /// Makes a token from random bytes.
    #[must_use]
    pub fn new(random: [u8; 17]) -> Self {
        let text = data_encoding::BASE32_NOPAD.encode(&random).to_lowercase();
        Self(text[..26].to_owned())
    }

    /// Reads a token out of an address; `None` when it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == 26 && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
        shaped.then(|| Self(text.to_owned()))
    }

    /// The token as it stands in the address.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it opens the same order.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Secret::new(self.0.as_bytes()).is(other.0.as_bytes())
    }

    /// SHA-256 of the token, by which its order is found.
    #[must_use]
    pub fn hash(&self) -> Secret {
        Secret::new(Sha256::digest(self.0.as_bytes()).to_vec())
    }
}

impl std::fmt::Debug for OrderToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("OrderToken(…)")
    }
}
