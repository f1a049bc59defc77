//! A payment that a seller rehearses: a made-up customer, and everything else as it is. The order is placed,
//! charged and booked by the very services that real customers come through, in sandbox mode, also where the
//! shop is live.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

use super::checkout::{CustomerForm, Placement};
use super::links::{Creation, CreationRefusal, LinkView};
use super::merchants::Seat;
use super::order_page::OrderPage;
use super::payments::Choice;
use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::finding::LinkFilter;
use crate::domain::id::{DraftId, LinkId, OrderId};
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::{Currency, Money};
use crate::domain::offer::Pricing;
use crate::domain::order::OrderState;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::PaymentMethod;
use crate::domain::recap::RecapFigures;
use crate::domain::visible_text::ItemName;
use crate::storage::{Direction, KeptRehearsal, WantedLinks};

mod paying;

pub use paying::{Payer, Played};

/// What the sample costs, in minor units of the rupiah.
const SAMPLE_PRICE_MINOR: i64 = 75_000;

/// How long a sample link lives when it is left.
const SAMPLE_LIFE: TimeDelta = TimeDelta::hours(24);

/// Own links that are offered beside the sample.
const OWN_LINKS_MAX: usize = 3;

/// The newest links that are looked at for some to offer.
const LINKS_LOOKED_AT: i64 = 20;

/// How far back the sample of a recap looks.
const RECAP_LOOK: TimeDelta = TimeDelta::hours(24);

/// What a person rehearses, as it stands now.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// The link that is paid through.
    pub link: LinkView,
    /// Whether the link was made for it.
    pub is_sample: bool,
    /// The made-up customer's order, once there is one.
    pub order: Option<OrderPage>,
    /// What the customer looks at now: the link's page, later the order's.
    pub address: Url,
    began_at: DateTime<Utc>,
}

/// What is rehearsed with.
#[derive(Debug, Clone)]
pub enum RehearseWith {
    /// A link made for it, called this.
    Sample(ItemName),
    /// An own link in sandbox mode.
    Link(LinkId),
}

/// Why there is nothing to rehearse with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RehearsalRefusal {
    /// The person may only look.
    NotAllowed,
    /// No account takes practice money, or none takes the sample's price.
    NoSandbox,
    /// The link is gone, takes no payment now, or is for somebody.
    LinkUnfit,
}

impl Rehearsal {
    /// The order's state; `None` before there is one.
    #[must_use]
    pub fn state(&self) -> Option<OrderState> {
        self.order.as_ref().map(|page| page.order.state)
    }

    /// Whether the made-up customer has paid.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.state().is_some_and(OrderState::has_seen_money)
    }

    /// The charge that waits to be paid.
    #[must_use]
    pub fn waiting_charge(&self) -> Option<&PaymentAttempt> {
        let page = self.order.as_ref()?;
        page.attempt.as_ref().filter(|attempt| attempt.state.is_live() && attempt.pay_by > page.now)
    }

    /// Whether the newest charge ended unpaid before its time was up: called off, or forgotten by the bank.
    fn lost_its_charge(&self) -> bool {
        let charge = self.order.as_ref().and_then(|page| Some((page.attempt.as_ref()?, page.now)));
        charge.is_some_and(|(attempt, now)| attempt.state.is_dead() && attempt.pay_by > now)
    }

    /// Whether it can go no further: its link or its order takes no payment any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        match &self.order {
            _ if self.is_paid() => false,
            Some(page) => !page.may_choose && self.waiting_charge().is_none(),
            None => self.link.state != LinkState::Active,
        }
    }
}

impl Services {
    /// What the person rehearses in this shop; `None` for nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn rehearsal(&self, seat: &Seat) -> Result<Option<Rehearsal>, ServiceError> {
        let kept = self.kept_rehearsal(seat).await?;
        let Some(kept) = kept else { return Ok(None) };
        let Some(link) = self.link(seat, kept.link_id).await? else { return Ok(None) };
        let page = match kept.order_id {
            Some(id) => self.rehearsal_page(id).await?,
            None => None,
        };
        let (order, address) = match page {
            Some((order, address)) => (Some(order), address),
            None => (None, link.url.clone()),
        };
        let KeptRehearsal { is_sample, began_at, .. } = kept;
        Ok(Some(Rehearsal { link, is_sample, order, address, began_at }))
    }

    /// The newest own links that can be rehearsed with.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn rehearsal_links(&self, seat: &Seat) -> Result<Vec<PaymentLink>, ServiceError> {
        let now = self.storage.now().await?;
        let wanted = WantedLinks {
            merchant_id: seat.merchant.id,
            mode: Mode::Sandbox,
            filter: LinkFilter::Active,
            words: None,
            now,
        };
        let mut reader = self.storage.read().await?;
        let sample = reader.rehearsal(seat.merchant.id, seat.member.telegram_id).await?;
        let sample = sample.filter(|kept| kept.is_sample).map(|kept| kept.link_id);
        let mut links = reader.links_page(&wanted, Direction::FromNewest, LINKS_LOOKED_AT).await?;
        links.retain(|link| is_fit(link, now) && Some(link.id) != sample);
        links.truncate(OWN_LINKS_MAX);
        Ok(links)
    }

    /// Begins a rehearsal, in place of the one there was. Asked for twice, it goes on with the same link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn begin_rehearsal(
        &self,
        seat: &Seat,
        with: RehearseWith,
    ) -> Result<Result<Rehearsal, RehearsalRefusal>, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(Err(RehearsalRefusal::NotAllowed));
        }
        let mut reader = self.storage.read().await?;
        let account = self.charging_account(&mut reader, seat.merchant.id, Mode::Sandbox).await?;
        drop(reader);
        if account.is_none() {
            return Ok(Err(RehearsalRefusal::NoSandbox));
        }
        let before = self.kept_rehearsal(seat).await?;
        let is_sample = matches!(with, RehearseWith::Sample(_));
        let link = match with {
            RehearseWith::Sample(name) => self.sample_link(seat, name).await?,
            RehearseWith::Link(id) => {
                let link = self.link(seat, id).await?;
                let fit = link.filter(|view| is_fit(&view.link, view.now));
                fit.ok_or(RehearsalRefusal::LinkUnfit)
            }
        };
        let link = match link {
            Ok(link) => link,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(before) = before.filter(|before| before.is_sample && before.link_id != link.link.id) {
            self.delete_link(seat, before.link_id).await?;
        }
        let mut writer = self.storage.write().await?;
        let began_at = writer.now();
        let kept = KeptRehearsal { link_id: link.link.id, order_id: None, is_sample, began_at };
        writer.save_rehearsal(seat.merchant.id, seat.member.telegram_id, &kept).await?;
        writer.commit().await?;
        let address = link.url.clone();
        Ok(Ok(Rehearsal { link, is_sample, order: None, address, began_at }))
    }

    /// The made-up customer gives details: an order is placed, once. What becomes of it is seen by
    /// [`Services::rehearsal`].
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place_rehearsal(
        &self,
        seat: &Seat,
        rehearsal: &Rehearsal,
        form: CustomerForm,
    ) -> Result<bool, ServiceError> {
        if !seat.member.role.may_change_links() {
            return Ok(false);
        }
        if rehearsal.order.is_some() {
            return Ok(true);
        }
        let began = rehearsal.began_at.timestamp_millis();
        let form_key = format!("rehearsal {} {} {began}", seat.merchant.id, seat.member.telegram_id.0);
        let slug = rehearsal.link.link.slug.as_str();
        let placed = self.place_order(slug, &CustomerForm { form_key, ..form }, &[]).await?;
        let Placement::Placed(token) = placed else { return Ok(false) };
        let mut writer = self.storage.write().await?;
        let order = writer.order_by_token(&token.hash()).await?;
        let kept = writer.rehearsal(seat.merchant.id, seat.member.telegram_id).await?;
        let (Some(order), Some(kept)) = (order, kept) else {
            writer.roll_back().await?;
            return Ok(false);
        };
        let kept = KeptRehearsal { order_id: Some(order.id), ..kept };
        writer.save_rehearsal(seat.merchant.id, seat.member.telegram_id, &kept).await?;
        writer.commit().await?;
        Ok(true)
    }

    /// The made-up customer chooses how to pay.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn choose_in_rehearsal(
        &self,
        seat: &Seat,
        method: PaymentMethod,
    ) -> Result<Choice, ServiceError> {
        let order_id = self.kept_rehearsal(seat).await?.and_then(|kept| kept.order_id);
        let Some(order_id) = order_id.filter(|_| seat.member.role.may_change_links()) else {
            return Ok(Choice::NotFound);
        };
        let sealed = self.storage.read().await?.sealed_token(order_id).await?;
        match sealed {
            Some(sealed) => self.choose_method(&self.open_token(&sealed)?, method).await,
            None => Ok(Choice::NotFound),
        }
    }

    /// What tonight's recap would say of practice, from the first to the second instant.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn rehearsal_recap(
        &self,
        seat: &Seat,
    ) -> Result<((DateTime<Utc>, DateTime<Utc>), RecapFigures), ServiceError> {
        let now = self.storage.now().await?;
        let look = (now - RECAP_LOOK, now);
        let mut reader = self.storage.read().await?;
        Ok((look, reader.recap_figures(seat.merchant.id, Mode::Sandbox, look).await?))
    }

    /// Ends what the person rehearses. A link that was made for it goes, its orders stay.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn end_rehearsal(&self, seat: &Seat) -> Result<(), ServiceError> {
        let Some(kept) = self.kept_rehearsal(seat).await? else { return Ok(()) };
        if kept.is_sample {
            self.delete_link(seat, kept.link_id).await?;
        }
        let mut writer = self.storage.write().await?;
        writer.forget_rehearsal(seat.merchant.id, seat.member.telegram_id).await?;
        Ok(writer.commit().await?)
    }

    async fn kept_rehearsal(&self, seat: &Seat) -> Result<Option<KeptRehearsal>, ServiceError> {
        let mut reader = self.storage.read().await?;
        Ok(reader.rehearsal(seat.merchant.id, seat.member.telegram_id).await?)
    }

    /// The customer's page of an order, and its address.
    async fn rehearsal_page(&self, id: OrderId) -> Result<Option<(OrderPage, Url)>, ServiceError> {
        let sealed = self.storage.read().await?.sealed_token(id).await?;
        let Some(sealed) = sealed.filter(|sealed| !sealed.is_empty()) else { return Ok(None) };
        let page = self.order_page(&self.open_token(&sealed)?).await?;
        Ok(page.zip(self.order_address(&sealed)))
    }

    /// The sample link: the one there is while it takes payments, else a new one.
    async fn sample_link(
        &self,
        seat: &Seat,
        name: ItemName,
    ) -> Result<Result<LinkView, RehearsalRefusal>, ServiceError> {
        // Practice is in sandbox mode, whatever the shop is in.
        let merchant = Merchant { mode: Mode::Sandbox, ..seat.merchant.clone() };
        let seat = Seat { merchant, member: seat.member.clone() };
        let expires_at = Some(self.storage.now().await? + SAMPLE_LIFE);
        let price = Some(Money::new(SAMPLE_PRICE_MINOR, Currency::IDR));
        let draft = LinkDraft { item_name: Some(name), price, expires_at, ..LinkDraft::new() };
        // A key that a repeat finds again, so that a crash leaves no second link behind.
        for id in [sample_key(&seat), DraftId::generate()] {
            match self.create_link(&seat, &LinkDraft { id, ..draft.clone() }).await? {
                Creation::Made(view) => return Ok(Ok(view)),
                Creation::MadeBefore(view) if is_fit(&view.link, view.now) => return Ok(Ok(view)),
                Creation::MadeBefore(_) => {}
                Creation::Refused(CreationRefusal::NotAllowed) => {
                    return Ok(Err(RehearsalRefusal::NotAllowed));
                }
                Creation::Refused(_) => return Ok(Err(RehearsalRefusal::NoSandbox)),
            }
        }
        Ok(Err(RehearsalRefusal::LinkUnfit))
    }
}

/// Whether anyone can pay through the link now, in practice money, without saying how much.
fn is_fit(link: &PaymentLink, now: DateTime<Utc>) -> bool {
    link.mode == Mode::Sandbox
        && link.state(now) == LinkState::Active
        && link.customer.is_none()
        && matches!(link.offer.pricing, Pricing::Fixed | Pricing::Bill(_))
}

fn sample_key(seat: &Seat) -> DraftId {
    let name = format!("rehearsal {} {}", seat.merchant.id, seat.member.telegram_id.0);
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    DraftId(Uuid::from_bytes(bytes))
}
