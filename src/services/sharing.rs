//! A link on its way to those who may buy: its pictures, and what is said of it.

use url::Url;

use super::links::LinkView;
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::messaging::storefront::Offer;

/// What one sees of a link who may buy.
#[must_use]
pub fn offer_of<'a>(seat: &Seat, view: &'a LinkView) -> Offer<'a> {
    Offer { link: &view.link, url: &view.url, zone: seat.merchant.time_zone, now: view.now }
}

/// An address that Telegram takes in a button: one that only this machine can reach makes it refuse the
/// whole card.
#[must_use]
pub fn is_public(url: &Url) -> bool {
    url.scheme() == "https"
}

impl Services {
    /// Telegram's handle of a picture with this digest, when it went out before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn sent_picture(&self, digest: &str) -> Result<Option<String>, ServiceError> {
        Ok(self.storage.read().await?.sent_picture(digest).await?)
    }

    /// Notes Telegram's handle of a picture.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn remember_picture(&self, digest: &str, file_id: &str) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.remember_picture(digest, file_id).await?;
        Ok(writer.commit().await?)
    }
}
