//! A shop and the people who run it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::id::{MerchantId, TelegramId};
use super::language::Language;
use super::link_defaults::LinkDefaults;
use super::method_set::MethodSet;
use super::money::Currency;
use super::shop_face::ShopFace;
use super::visible_text::StoreName;

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// The shop's key.
    pub id: MerchantId,
    /// What customers read on the page.
    pub name: StoreName,
    /// What the shop's pages speak when a customer's browser asks for neither language.
    pub language: Language,
    /// What prices mean when no currency is typed.
    pub currency: Currency,
    /// What dates mean, and how instants are shown.
    pub time_zone: Tz,
    /// Whether new links take real money.
    pub mode: Mode,
    /// What new links take where nothing else is said.
    pub link_defaults: LinkDefaults,
    /// How it shows itself to its customers.
    pub face: ShopFace,
    /// Real orders that were paid, whatever became of the money since.
    pub paid_orders: i64,
    /// The ways to pay that its links take.
    pub methods: MethodSet,
    /// When the shop was opened.
    pub created_at: DateTime<Utc>,
}

/// Whether money is real. A link keeps the mode it was made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing here moves real money.
    Sandbox,
    /// Real money.
    Live,
}

impl Mode {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Live => "live",
        }
    }

    /// Reads [`Mode::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Sandbox, Self::Live].into_iter().find(|mode| mode.code() == code)
    }
}

/// A person who works in a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// The shop.
    pub merchant_id: MerchantId,
    /// The person, and the private chat in which the shop rings.
    pub telegram_id: TelegramId,
    /// What the person may do.
    pub role: Role,
    /// What the bot speaks with this person.
    pub language: Language,
}

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything.
    Owner,
    /// Links and orders.
    Staff,
    /// Looking.
    Viewer,
}

impl Role {
    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Staff => "staff",
            Self::Viewer => "viewer",
        }
    }

    /// Reads [`Role::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Owner, Self::Staff, Self::Viewer].into_iter().find(|role| role.code() == code)
    }

    /// Whether the person may make, change and delete links.
    #[must_use]
    pub const fn may_change_links(self) -> bool {
        matches!(self, Self::Owner | Self::Staff)
    }

    /// Whether the person may take customers' details home as a file.
    #[must_use]
    pub const fn may_export(self) -> bool {
        matches!(self, Self::Owner | Self::Staff)
    }

    /// Whether the person may take the whole shop home as a file.
    #[must_use]
    pub const fn may_take_shop(self) -> bool {
        matches!(self, Self::Owner)
    }

    /// Whether the person may count payments beyond a limit and give money back.
    #[must_use]
    pub const fn may_move_money(self) -> bool {
        matches!(self, Self::Owner | Self::Staff)
    }
}
