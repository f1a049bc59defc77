//! Pictures of what is sold.

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::PhotoId;
use crate::domain::photo::{Jpeg, Photo, PhotoFacts};

impl Services {
    /// Keeps a picture for the shop; the same one again is the same row.
    ///
    /// # Errors
    /// When the database cannot be asked, or its disk is nearly full.
    pub async fn keep_photo(&self, seat: &Seat, jpeg: Jpeg) -> Result<PhotoId, ServiceError> {
        self.storage.require_room()?;
        let mut writer = self.storage.write().await?;
        let photo = Photo { id: PhotoId::at(writer.now()), merchant_id: seat.merchant.id, jpeg };
        let id = writer.keep_photo(&photo).await?;
        writer.commit().await?;
        Ok(id)
    }

    /// What is to be known of a shop's picture without its bytes; `None` when it is not there any more.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn photo_facts(&self, seat: &Seat, id: PhotoId) -> Result<Option<PhotoFacts>, ServiceError> {
        Ok(self.storage.read().await?.photo_facts(seat.merchant.id, id).await?)
    }

    /// The file of the picture that a link's page shows; `None` when it shows another one, or none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn photo_of_link(&self, slug: &str, digest: &str) -> Result<Option<Vec<u8>>, ServiceError> {
        let Ok(digest) = hex::decode(digest) else { return Ok(None) };
        Ok(self.storage.read().await?.photo_of_slug(slug, &digest).await?)
    }

    /// The file of a shop's picture, by the address of one of its links; `None` when it shows another one, or
    /// none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn photo_of_shop(&self, slug: &str, id: PhotoId) -> Result<Option<Vec<u8>>, ServiceError> {
        Ok(self.storage.read().await?.shop_photo_of_slug(slug, id).await?)
    }
}
