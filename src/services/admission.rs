//! Who may open a shop: admins, people they invite, or anyone.

use serde::{Deserialize, Serialize};

use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use super::{ServiceError, Services};
use crate::domain::id::TelegramId;
use crate::domain::secret::Secret;

/// How long an invitation waits for its guest.
const INVITATION_LIFE: TimeDelta = TimeDelta::days(7);

/// How long the claim link of a new instance works.
const CLAIM_LIFE: TimeDelta = TimeDelta::hours(24);

/// What an invitation is for, as the database says it.
const FOR_A_SHOP: &str = "shop";

/// See [`FOR_A_SHOP`].
const FOR_ADMIN: &str = "admin";

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
        if self.settings.shops == ShopPolicy::Anyone || self.is_admin(person).await? {
            return Ok(true);
        }
        let invitations_count = self.settings.shops == ShopPolicy::Invited;
        Ok(invitations_count && self.storage.read().await?.was_invited(person).await?)
    }

    /// Whether the person runs this instance.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn is_admin(&self, person: TelegramId) -> Result<bool, ServiceError> {
        // A list of admins is the whole list; without one, whoever claimed the instance.
        if !self.settings.admins.is_empty() {
            return Ok(self.settings.admins.contains(&person));
        }
        Ok(self.storage.read().await?.is_admin(person).await?)
    }

    /// Makes an invitation for one person, good for 7 days; `None` unless `by` is an admin. The
    /// token fits a start parameter (`i_<token>`).
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn invite(&self, by: TelegramId) -> Result<Option<String>, ServiceError> {
        if !self.is_admin(by).await? {
            return Ok(None);
        }
        let token = new_token();
        let mut writer = self.storage.write().await?;
        let expires_at = writer.now() + INVITATION_LIFE;
        writer.insert_invitation(&hash(&token), FOR_A_SHOP, Some(by), expires_at).await?;
        writer.commit().await?;
        Ok(Some(token))
    }

    /// Makes the one-time token by which the first admin claims an instance that names none, or
    /// `None` when there is an admin. Good for 24 hours; an earlier one stops working.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_token(&self) -> Result<Option<String>, ServiceError> {
        let mut writer = self.storage.write().await?;
        // A link that was printed before there was an admin must not make another one.
        writer.withdraw_claims().await?;
        if !self.settings.admins.is_empty() || writer.admins().await? > 0 {
            writer.commit().await?;
            return Ok(None);
        }
        let token = new_token();
        let expires_at = writer.now() + CLAIM_LIFE;
        writer.insert_invitation(&hash(&token), FOR_ADMIN, None, expires_at).await?;
        writer.commit().await?;
        Ok(Some(token))
    }

    /// Takes the token of an invitation or a claim link; taking one's own again is welcome too.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn accept_invitation(&self, person: TelegramId, token: &str) -> Result<Welcome, ServiceError> {
        let token_hash = hash(token);
        let mut writer = self.storage.write().await?;
        let now = writer.now();
        let Some((purpose, used_by)) = writer.invitation(&token_hash, now).await? else {
            writer.roll_back().await?;
            return Ok(Welcome::Invalid);
        };
        let may_be_claimed = self.settings.admins.is_empty() && writer.admins().await? == 0;
        if purpose == FOR_ADMIN && !may_be_claimed {
            let is_admin = used_by == Some(person.0) && writer.is_admin(person).await?;
            writer.roll_back().await?;
            return Ok(if is_admin { Welcome::Admin } else { Welcome::Invalid });
        }
        let is_own = match used_by {
            Some(guest) => guest == person.0,
            None => writer.use_invitation(&token_hash, person).await?,
        };
        if !is_own {
            writer.roll_back().await?;
            return Ok(Welcome::Invalid);
        }
        let welcome = if purpose == FOR_ADMIN {
            writer.insert_admin(person).await?;
            Welcome::Admin
        } else {
            Welcome::Invited
        };
        writer.commit().await?;
        Ok(welcome)
    }
}

/// A token of 130 random bits that fits a start parameter.
pub(super) fn new_token() -> String {
    data_encoding::BASE32_NOPAD.encode(&rand::random::<[u8; 17]>()).to_lowercase()[..26].to_owned()
}

pub(super) fn hash(token: &str) -> Secret {
    Secret::new(Sha256::digest(token.as_bytes()).to_vec())
}
