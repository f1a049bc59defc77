//! What becomes of a description when a link is made from it, and what forbids that.

use chrono::{DateTime, Utc};

use super::links::CreationRefusal;
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::id::{LinkId, MerchantId, PhotoId};
use crate::domain::link_change::LEAST_LIFE;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::money::Money;
use crate::domain::offer::{Pricing, opens_before_it_ends};
use crate::domain::payment_link::PaymentLink;
use crate::domain::reference::Reference;
use crate::domain::slug::Slug;
use crate::gateways::GatewayAccount;
use crate::storage::Reader;

impl Services {
    /// Whether an account takes such a price, and the least that a customer may choose.
    pub(super) async fn judge_price(
        &self,
        reader: &mut Reader,
        (merchant_id, mode): (MerchantId, Mode),
        price: Money,
        pricing: &Pricing,
    ) -> Result<Result<(), CreationRefusal>, ServiceError> {
        let account = self.charging_account(reader, merchant_id, mode).await?;
        Ok(judge_price_at(account.as_ref(), price, pricing))
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
        judge_price_at(account, price, &draft.offer.pricing)?;
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

fn judge_price_at(
    account: Option<&GatewayAccount>,
    price: Money,
    pricing: &Pricing,
) -> Result<(), CreationRefusal> {
    let Some(account) = account.filter(|account| account.gateway.accepts(price.currency())) else {
        return Err(CreationRefusal::CurrencyNotAccepted(price.currency()));
    };
    if !pricing.is_payable_at(price) {
        return Err(CreationRefusal::PiecesTooDear);
    }
    let takes = |amount: Money| account.gateway.methods().iter().any(|offer| offer.takes(amount.minor()));
    let least = pricing.chosen().map_or(price, |chosen| chosen.minimum);
    if takes(price) && takes(least) { Ok(()) } else { Err(CreationRefusal::NoMethodForAmount) }
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
