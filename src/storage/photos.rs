//! Pictures of shops and of what they sell: kept once per shop, and forgotten when nothing shows them.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::query::{execute, fetch_one, fetch_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{MerchantId, PhotoId};
use crate::domain::photo::{Photo, PhotoFacts};

impl Reader {
    /// What a page needs of a picture of the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn photo_facts(
        &mut self,
        merchant_id: MerchantId,
        id: PhotoId,
    ) -> Result<Option<PhotoFacts>, StorageError> {
        let row = fetch_optional!(
            self,
            (Vec<u8>, i64, i64),
            "select digest, width, height from link_photos where id = $1 and merchant_id = $2",
            id.0,
            merchant_id.0
        )?;
        let facts = |(digest, width, height): (Vec<u8>, i64, i64)| PhotoFacts {
            digest: hex::encode(digest),
            width,
            height,
        };
        Ok(row.map(facts))
    }

    /// The picture that the link of this address shows, when it is the one with this digest. A deleted
    /// link shows none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn photo_of_slug(
        &mut self,
        slug: &str,
        digest: &[u8],
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let row = fetch_optional!(
            self,
            (Vec<u8>,),
            "select photos.jpeg from payment_links links
             join link_photos photos on photos.id = links.photo_id
             where links.slug = $1 and photos.digest = $2 and links.deleted_at is null",
            slug,
            digest
        )?;
        Ok(row.map(|(jpeg,)| jpeg))
    }

    /// The picture of the shop that has the link of this address, when it is this one. Customers of a deleted
    /// link still see whose it was.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shop_photo_of_slug(
        &mut self,
        slug: &str,
        id: PhotoId,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let row = fetch_optional!(
            self,
            (Vec<u8>,),
            "select photos.jpeg from payment_links links
             join merchants on merchants.id = links.merchant_id
             join link_photos photos on photos.id = merchants.photo_id
             where links.slug = $1 and photos.id = $2",
            slug,
            id.0
        )?;
        Ok(row.map(|(jpeg,)| jpeg))
    }
}

/// So many pictures of a shop are kept that no link shows: its open drafts, and some to spare.
const UNSHOWN_MAX: i64 = 50;

impl Writer {
    /// Keeps a picture, or finds the same one that the shop sent before; gives its key. The oldest that no
    /// link shows are forgotten when there are many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn keep_photo(&mut self, photo: &Photo) -> Result<PhotoId, StorageError> {
        let now = self.now();
        let (width, height) = photo.jpeg.size();
        let (id,) = fetch_one!(
            self,
            (Uuid,),
            "insert into link_photos (id, merchant_id, digest, jpeg, width, height, sent_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (merchant_id, digest) do update set sent_at = excluded.sent_at returning id",
            photo.id.0,
            photo.merchant_id.0,
            photo.jpeg.digest(),
            photo.jpeg.bytes(),
            width,
            height,
            now
        )?;
        execute!(
            self,
            "delete from link_photos where merchant_id = $1
               and not exists (select 1 from payment_links where payment_links.photo_id = link_photos.id)
               and not exists (select 1 from merchants where merchants.photo_id = link_photos.id)
               and id not in (select recent.id from link_photos recent
                              where recent.merchant_id = $1
                                and not exists (select 1 from payment_links where payment_links.photo_id = recent.id)
                                and not exists (select 1 from merchants where merchants.photo_id = recent.id)
                              order by recent.sent_at desc, recent.id desc limit $2)",
            photo.merchant_id.0,
            UNSHOWN_MAX
        )?;
        Ok(PhotoId(id))
    }

    /// Forgets a picture, unless a link or the shop shows it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_photo(&mut self, id: PhotoId) -> Result<u64, StorageError> {
        execute!(
            self,
            "delete from link_photos where id = $1
               and not exists (select 1 from payment_links where payment_links.photo_id = link_photos.id)
               and not exists (select 1 from merchants where merchants.photo_id = link_photos.id)",
            id.0
        )
    }

    /// Forgets pictures that no link shows and that were sent before an instant; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_photos(&mut self, sent_before: DateTime<Utc>) -> Result<u64, StorageError> {
        execute!(
            self,
            "delete from link_photos where sent_at < $1
               and not exists (select 1 from payment_links where payment_links.photo_id = link_photos.id)
               and not exists (select 1 from merchants where merchants.photo_id = link_photos.id)",
            sent_before
        )
    }
}
