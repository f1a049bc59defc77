//! Who may open a shop: admins, people they invite, or anyone.

use serde::{Deserialize, Serialize};

use super::{ServiceError, Services};
use crate::domain::id::TelegramId;

/// Who may open a shop besides admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShopPolicy {
    /// Nobody.
    Admins,
    /// Who brings an invitation.
    Invited,
    /// Everybody.
    Anyone,
}

/// What an invitation turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Welcome {
    /// The person may open a shop now.
    Invited,
    /// The person runs this instance now.
    Admin,
    /// It is unknown, over or used by someone else.
    Invalid,
}

impl Services {
    /// Whether the person may open a shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn may_open_shop(&self, person: TelegramId) -> Result<bool, ServiceError> {
        todo!()
    }

    /// Whether the person runs this instance.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn is_admin(&self, person: TelegramId) -> Result<bool, ServiceError> {
        todo!()
    }

    /// Makes an invitation for one person, good for 7 days; `None` unless `by` is an admin. The
    /// token fits a start parameter (`i_<token>`).
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn invite(&self, by: TelegramId) -> Result<Option<String>, ServiceError> {
        todo!()
    }

    /// Makes the one-time token by which the first admin claims an instance that names none, or
    /// `None` when there is an admin. Good for 24 hours; an earlier one stops working.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_token(&self) -> Result<Option<String>, ServiceError> {
        todo!()
    }

    /// Takes the token of an invitation or a claim link; taking one's own again is welcome too.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn accept_invitation(&self, person: TelegramId, token: &str) -> Result<Welcome, ServiceError> {
        todo!()
    }
}
