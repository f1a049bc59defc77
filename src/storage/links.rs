//! Payment links: one row each, and the statements that guard their usage limit.

use chrono::{DateTime, Utc};

use super::query::{execute, fetch_one, fetch_optional};
use super::rows::{LinkRow, read_optional};
use super::{Reader, StorageError, Writer};
use crate::domain::finding::fold;
use crate::domain::id::{DraftId, LinkId, MerchantId};
use crate::domain::offer::Pricing;
use crate::domain::payment_link::PaymentLink;
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;

/// The columns of a link, as [`LinkRow`] reads them.
macro_rules! link_columns {
    () => {
        "id, merchant_id, draft_id, mode, reference, slug, item_name, price_minor, currency, usage_limit, \
         used, held, opens_at, expires_at, paused_at, deleted_at, customer_name, customer_phone, \
         customer_email, created_at, photo_id, pricing, buyer_note, seller_note, \
         return_url, methods"
    };
}
pub(super) use link_columns;

impl Reader {
    /// A link of the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link(
        &mut self,
        merchant_id: MerchantId,
        id: LinkId,
    ) -> Result<Option<PaymentLink>, StorageError> {
        let row = fetch_optional!(
            self,
            LinkRow,
            concat!("select ", link_columns!(), " from payment_links where id = $1 and merchant_id = $2"),
            id.0,
            merchant_id.0
        )?;
        read_optional(row, LinkRow::read)
    }

    /// The link with this tail of an address, whoever's it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_by_slug(&mut self, slug: &str) -> Result<Option<PaymentLink>, StorageError> {
        let row = fetch_optional!(
            self,
            LinkRow,
            concat!("select ", link_columns!(), " from payment_links where slug = $1"),
            slug
        )?;
        read_optional(row, LinkRow::read)
    }

    /// A link, whoever's it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_of_any_shop(&mut self, id: LinkId) -> Result<Option<PaymentLink>, StorageError> {
        let row = fetch_optional!(
            self,
            LinkRow,
            concat!("select ", link_columns!(), " from payment_links where id = $1"),
            id.0
        )?;
        read_optional(row, LinkRow::read)
    }

    /// The link that was made from a draft.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_by_draft(
        &mut self,
        merchant_id: MerchantId,
        draft_id: DraftId,
    ) -> Result<Option<PaymentLink>, StorageError> {
        let row = fetch_optional!(
            self,
            LinkRow,
            concat!(
                "select ",
                link_columns!(),
                " from payment_links where draft_id = $1 and merchant_id = $2"
            ),
            draft_id.0,
            merchant_id.0
        )?;
        read_optional(row, LinkRow::read)
    }

    /// Whether the shop has ever used a reference.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn reference_is_taken(
        &mut self,
        merchant_id: MerchantId,
        reference: &Reference,
    ) -> Result<bool, StorageError> {
        let (taken,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from payment_links where merchant_id = $1 and reference = $2",
            merchant_id.0,
            reference.as_str()
        )?;
        Ok(taken > 0)
    }

    /// Whether an address is taken, by whomever.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn slug_is_taken(&mut self, slug: &Slug) -> Result<bool, StorageError> {
        let (taken,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from payment_links where slug = $1",
            slug.as_str()
        )?;
        Ok(taken > 0)
    }

    /// When the soonest hold on a link's units may end; `None` when nothing is held.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn soonest_hold_end(&mut self, id: LinkId) -> Result<Option<DateTime<Utc>>, StorageError> {
        let (soonest,): (Option<DateTime<Utc>>,) = fetch_one!(
            self,
            (Option<DateTime<Utc>>,),
            "select min(hold_until) from orders where payment_link_id = $1 and unit = 'held'",
            id.0
        )?;
        Ok(soonest)
    }
}

impl Writer {
    /// Writes a new link; false when its draft, its reference or its slug is taken.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_link(&mut self, link: &PaymentLink) -> Result<bool, StorageError> {
        let customer = link.customer.as_ref();
        let inserted = execute!(
            self,
            "insert into payment_links (id, merchant_id, draft_id, mode, reference, slug, item_name, price_minor,
                 currency, usage_limit, opens_at, expires_at, customer_name, customer_phone, customer_email,
                 created_at, find_by, photo_id, pricing, buyer_note,
                 seller_note, return_url, methods)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                 $21, $22, $23)
             on conflict do nothing",
            link.id.0,
            link.merchant_id.0,
            link.draft_id.0,
            link.mode.code(),
            link.reference.as_str(),
            link.slug.as_str(),
            link.item_name.as_str(),
            link.price.minor(),
            link.price.currency().code(),
            link.usage_limit.map(|limit| limit.get()),
            link.opens_at,
            link.expires_at,
            customer.and_then(|customer| customer.name.as_ref()).map(|name| name.as_str()),
            customer.and_then(|customer| customer.phone.as_ref()).map(|phone| phone.as_str()),
            customer.and_then(|customer| customer.email.as_ref()).map(|email| email.as_str()),
            link.created_at,
            found_by(link),
            link.offer.photo.map(|photo| photo.0),
            pricing_json(&link.offer.pricing),
            link.offer.buyer_note.as_ref().map(|note| note.as_str()),
            link.seller_note.as_ref().map(|note| note.as_str()),
            link.offer.return_url.as_ref().map(|url| url.as_str()),
            link.offer.methods.to_json()
        )?;
        Ok(inserted == 1)
    }

    /// Takes a unit for a customer who is about to pay; false when the link takes no payment now.
    /// This one statement is what keeps a limit.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn reserve_unit(&mut self, id: LinkId) -> Result<bool, StorageError> {
        let now = self.now();
        let reserved = execute!(
            self,
            "update payment_links set held = held + 1, version = version + 1
             where id = $1 and paused_at is null and deleted_at is null
               and (opens_at is null or opens_at <= $2) and (expires_at is null or expires_at > $2)
               and (usage_limit is null or used + held < usage_limit)",
            id.0,
            now
        )?;
        self.changed_link(id, reserved).await
    }

    /// Locks the link's row until the end of the transaction and reads it as it is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lock_link(
        &mut self,
        merchant_id: MerchantId,
        id: LinkId,
    ) -> Result<Option<PaymentLink>, StorageError> {
        execute!(self, "update payment_links set version = version + 1 where id = $1", id.0)?;
        self.link(merchant_id, id).await
    }

    /// Moves units between free, held and used: the changes to both counters. False when a counter
    /// would fall below zero.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn move_units(&mut self, id: LinkId, held: i64, used: i64) -> Result<bool, StorageError> {
        let moved = execute!(
            self,
            "update payment_links set held = held + $2, used = used + $3, version = version + 1
             where id = $1 and held + $2 >= 0 and used + $3 >= 0",
            id.0,
            held,
            used
        )?;
        self.changed_link(id, moved).await
    }

    /// Writes what a seller can change of a link: its terms, and since when it is switched off. False when
    /// it is deleted.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn update_link(&mut self, link: &PaymentLink) -> Result<bool, StorageError> {
        let customer = link.customer.as_ref();
        let updated = execute!(
            self,
            "update payment_links set item_name = $3, price_minor = $4, usage_limit = $5, expires_at = $6,
                 paused_at = $7, customer_name = $8, customer_phone = $9, customer_email = $10,
                 find_by = $11, opens_at = $12, photo_id = $13, pricing = $14, buyer_note = $15,
                 seller_note = $16, return_url = $17, methods = $18, version = version + 1
             where id = $1 and merchant_id = $2 and deleted_at is null",
            link.id.0,
            link.merchant_id.0,
            link.item_name.as_str(),
            link.price.minor(),
            link.usage_limit.map(|limit| limit.get()),
            link.expires_at,
            link.paused_at,
            customer.and_then(|customer| customer.name.as_ref()).map(|name| name.as_str()),
            customer.and_then(|customer| customer.phone.as_ref()).map(|phone| phone.as_str()),
            customer.and_then(|customer| customer.email.as_ref()).map(|email| email.as_str()),
            found_by(link),
            link.opens_at,
            link.offer.photo.map(|photo| photo.0),
            pricing_json(&link.offer.pricing),
            link.offer.buyer_note.as_ref().map(|note| note.as_str()),
            link.seller_note.as_ref().map(|note| note.as_str()),
            link.offer.return_url.as_ref().map(|url| url.as_str()),
            link.offer.methods.to_json()
        )?;
        self.changed_link(link.id, updated).await
    }

    /// Deletes a link; false when it was deleted before.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn delete_link(&mut self, merchant_id: MerchantId, id: LinkId) -> Result<bool, StorageError> {
        let now = self.now();
        let deleted = execute!(
            self,
            "update payment_links set deleted_at = $3, version = version + 1
             where id = $1 and merchant_id = $2 and deleted_at is null",
            id.0,
            merchant_id.0,
            now
        )?;
        self.changed_link(id, deleted).await
    }

    /// Brings a link back that was deleted after an instant; false when there is none such.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn restore_link(
        &mut self,
        merchant_id: MerchantId,
        id: LinkId,
        deleted_after: DateTime<Utc>,
    ) -> Result<bool, StorageError> {
        let restored = execute!(
            self,
            "update payment_links set deleted_at = null, version = version + 1
             where id = $1 and merchant_id = $2 and deleted_at > $3",
            id.0,
            merchant_id.0,
            deleted_after
        )?;
        self.changed_link(id, restored).await
    }

    /// Whether a statement about a link changed its row; its cards are due then.
    async fn changed_link(&mut self, id: LinkId, rows: u64) -> Result<bool, StorageError> {
        if rows == 0 {
            return Ok(false);
        }
        self.stir_cards(id).await?;
        Ok(true)
    }
}

/// What a link is searched by, folded.
fn found_by(link: &PaymentLink) -> String {
    let customer = link.customer.as_ref().and_then(|customer| customer.name.as_ref());
    let customer = customer.map_or("", |name| name.as_str());
    let note = link.seller_note.as_ref().map_or("", |note| note.as_str());
    fold(&format!("{} {} {customer} {note}", link.item_name.as_str(), link.reference.as_str()))
}

/// How the price comes about, as it is kept: nothing for one price.
fn pricing_json(pricing: &Pricing) -> Option<String> {
    // Plain data always becomes text.
    (*pricing != Pricing::Fixed).then(|| serde_json::to_string(pricing).unwrap_or_default())
}
