//! What becomes of a description when a link is made from it, and what forbids that.

use chrono::{DateTime, Utc};

use super::links::CreationRefusal;
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::finding::LinkFilter;
use crate::domain::id::{LinkId, MerchantId, PhotoId};
use crate::domain::link_change::LEAST_LIFE;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::method_set::MethodSet;
use crate::domain::money::Money;
use crate::domain::offer::{Offer, opens_before_it_ends};
use crate::domain::payment_link::PaymentLink;
use crate::domain::payment_method::{MethodOffer, PaymentMethod};
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;
use crate::gateways::GatewayAccount;
use crate::storage::{Direction, Reader, WantedLinks};

/// The most links that are looked through for some that cannot be paid.
const OPEN_LINKS_MAX: i64 = 500;

impl Services {
    /// Whether an account takes such a price, and the least that a customer may choose, by a method that shop
    /// and link take.
    pub(super) async fn judge_price(
        &self,
        reader: &mut Reader,
        (merchant, mode): (&Merchant, Mode),
        price: Money,
        offer: &Offer,
    ) -> Result<Result<(), CreationRefusal>, ServiceError> {
        let account = self.charging_account(reader, merchant.id, mode).await?;
        Ok(judge_price_at(account.as_ref(), (&merchant.methods, &[]), price, offer))
    }

    /// Links of the shop that would take a payment now, were there a way to pay that takes their price; at most
    /// so many, the newest first.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unpayable_links(
        &self,
        seat: &Seat,
        at_most: usize,
    ) -> Result<Vec<PaymentLink>, ServiceError> {
        let now = self.storage.now().await?;
        let merchant = &seat.merchant;
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, merchant.id, merchant.mode).await?;
        let wanted = WantedLinks {
            merchant_id: merchant.id,
            mode: merchant.mode,
            filter: LinkFilter::Active,
            words: None,
            now,
        };
        let open = reader.links_page(&wanted, Direction::FromNewest, OPEN_LINKS_MAX).await?;
        drop(reader);
        let refused = self.refused_to(account.as_ref()).await?;
        let is_unpayable = |link: &PaymentLink| {
            let taken = (&merchant.methods, refused.as_slice());
            let judged = judge_price_at(account.as_ref(), taken, link.price, &link.offer);
            matches!(judged, Err(CreationRefusal::NoMethodTaken))
        };
        Ok(open.into_iter().filter(is_unpayable).take(at_most).collect())
    }

    /// The methods of the shop that the gateway refused to its account within a day, in a mode.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn refused_in_shop(
        &self,
        merchant: &Merchant,
        mode: Mode,
    ) -> Result<Vec<PaymentMethod>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, merchant.id, mode).await?;
        drop(reader);
        let mut refused = self.refused_to(account.as_ref()).await?;
        refused.retain(|method| merchant.methods.includes(*method));
        Ok(refused)
    }

    /// The methods that the gateway refused, when nobody could pay the link of a draft without them.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn only_refused(
        &self,
        merchant: &Merchant,
        draft: &LinkDraft,
    ) -> Result<Vec<PaymentMethod>, ServiceError> {
        let Some(price) = draft.price else { return Ok(Vec::new()) };
        let mode = draft.mode(merchant.mode);
        let mut refused = self.refused_in_shop(merchant, mode).await?;
        if refused.is_empty() {
            return Ok(refused);
        }
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, merchant.id, mode).await?;
        drop(reader);
        let judge = |refused: &[PaymentMethod]| {
            judge_price_at(account.as_ref(), (&merchant.methods, refused), price, &draft.offer)
        };
        if judge(&[]).is_err() || judge(&refused).is_ok() {
            return Ok(Vec::new());
        }
        refused.retain(|method| draft.offer.methods.includes(*method));
        Ok(refused)
    }

    async fn refused_to(&self, account: Option<&GatewayAccount>) -> Result<Vec<PaymentMethod>, ServiceError> {
        match account {
            Some(account) => self.refused_methods(account).await,
            None => Ok(Vec::new()),
        }
    }

    /// Whether the shop takes any of the methods of the account that charges for it, in its mode.
    pub(super) async fn has_method(
        &self,
        reader: &mut Reader,
        merchant: &Merchant,
    ) -> Result<bool, ServiceError> {
        let account = self.charging_account(reader, merchant.id, merchant.mode).await?;
        let Some(account) = account else { return Ok(!merchant.methods.methods().is_empty()) };
        Ok(account.gateway.methods().iter().any(|offer| merchant.methods.includes(offer.method)))
    }

    /// The ways to pay of the account that charges for the shop in a mode, in the order of the page; none while
    /// it has no account.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn methods_of_gateway(
        &self,
        merchant: &Merchant,
        mode: Mode,
    ) -> Result<Vec<MethodOffer>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, merchant.id, mode).await?;
        Ok(account.map(|account| account.gateway.methods().to_vec()).unwrap_or_default())
    }

    /// The link that a draft describes, or why there can be none.
    pub(super) fn describe(
        &self,
        seat: &Seat,
        draft: &LinkDraft,
        account: Option<&GatewayAccount>,
        now: DateTime<Utc>,
    ) -> Result<PaymentLink, CreationRefusal> {
        let merchant = &seat.merchant;
        let (Some(item_name), Some(price)) = (draft.item_name.clone(), draft.price) else {
            return Err(CreationRefusal::Incomplete);
        };
        judge_price_at(account, (&merchant.methods, &[]), price, &draft.offer)?;
        if draft.expires_at.is_some_and(|expires_at| expires_at < now + LEAST_LIFE) {
            return Err(CreationRefusal::ExpiryTooSoon);
        }
        if !opens_before_it_ends(draft.opens_at, draft.expires_at) {
            return Err(CreationRefusal::OpensTooLate);
        }
        let slug = draft.slug.clone().unwrap_or_else(|| Slug::generate(rand::random()));
        if draft.customer.is_some() && slug.is_guessable() {
            return Err(CreationRefusal::SlugGuessable(slug));
        }
        Ok(PaymentLink {
            id: LinkId::at(now),
            merchant_id: merchant.id,
            draft_id: draft.id,
            mode: merchant.mode,
            reference: draft.reference.clone().unwrap_or_else(|| Reference::generate(rand::random())),
            slug,
            item_name,
            price,
            offer: draft.offer.clone(),
            usage_limit: draft.usage_limit,
            used: 0,
            held: 0,
            opens_at: draft.opens_at,
            expires_at: draft.expires_at,
            paused_at: None,
            deleted_at: None,
            customer: draft.customer.clone(),
            seller_note: draft.seller_note.clone(),
            created_at: now,
        })
    }
}

/// Why nobody could pay a price, by the methods that shop and link take without those that the gateway refused.
fn judge_price_at(
    account: Option<&GatewayAccount>,
    (taken_by_shop, refused): (&MethodSet, &[PaymentMethod]),
    price: Money,
    offer: &Offer,
) -> Result<(), CreationRefusal> {
    let Some(account) = account.filter(|account| account.gateway.accepts(price.currency())) else {
        return Err(CreationRefusal::CurrencyNotAccepted(price.currency()));
    };
    let pricing = &offer.pricing;
    if !pricing.is_payable_at(price) {
        return Err(CreationRefusal::PiecesTooDear);
    }
    let least = pricing.chosen().map_or(price, |chosen| chosen.minimum);
    let methods = account.gateway.methods();
    let fits = |method: &MethodOffer, amount: Money| method.takes(amount.minor());
    if ![price, least].iter().all(|amount| methods.iter().any(|method| fits(method, *amount))) {
        return Err(CreationRefusal::NoMethodForAmount);
    }
    let is_taken = |method: &MethodOffer| {
        let sets = [taken_by_shop, &offer.methods];
        sets.iter().all(|set| set.includes(method.method)) && !refused.contains(&method.method)
    };
    let is_payable = |amount: &Money| methods.iter().any(|method| is_taken(method) && fits(method, *amount));
    if [price, least].iter().all(is_payable) { Ok(()) } else { Err(CreationRefusal::NoMethodTaken) }
}

/// The picture, when it is there and the shop's: a draft may be older than what it shows.
pub(super) async fn kept_photo(
    reader: &mut Reader,
    merchant_id: MerchantId,
    photo: Option<PhotoId>,
) -> Result<Option<PhotoId>, ServiceError> {
    let Some(id) = photo else { return Ok(None) };
    Ok(reader.photo_facts(merchant_id, id).await?.map(|_| id))
}
