//! A link on its way to those who may buy: its pictures, and what is said of it.

use chrono::TimeDelta;
use url::Url;

use super::links::LinkView;
use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::back_off::BackOff;
use crate::domain::finding::{LinkFilter, SearchWords};
use crate::domain::id::{LinkId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::Merchant;
use crate::domain::payment_link::PaymentLink;
use crate::messaging::buttons::encode_key;
use crate::messaging::send_error::SendError;
use crate::messaging::share_pictures::digest;
use crate::messaging::sharing::is_public;
use crate::messaging::storefront::{Listing, Standing};
use crate::messaging::telegram::{Amended, InlineMessage, Messenger};
use crate::storage::{Direction, SharedMessage, SharedSettlement, WantedLinks};

/// What one sees of a link who may buy.
#[must_use]
pub fn listing_of<'a>(seat: &Seat, view: &'a LinkView) -> Listing<'a> {
    Listing { link: &view.link, url: &view.url, zone: seat.merchant.time_zone, now: view.now }
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

/// Links that are offered before anything was typed.
const NEWEST_MAX: usize = 10;

/// Links that are offered for words.
const FOUND_MAX: i64 = 20;

/// The newest active links among which those are looked for that take a payment now.
const ACTIVE_LOOKED_THROUGH_MAX: i64 = 50;

/// How long a message in another chat is left alone after it was changed.
const REST: TimeDelta = TimeDelta::seconds(30);

/// How long a message is one worker's: longer than Telegram's client has patience.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How long a message in another chat waits after Telegram failed.
const BACK_OFF: BackOff = BackOff { shortest: TimeDelta::seconds(5), longest: TimeDelta::minutes(10) };

impl Services {
    /// Links of the shop's present mode to offer in another chat, newest first: those that take a payment when
    /// nothing is typed, the one of an address that is typed whole, else what the shop's own search finds.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn links_to_offer(&self, seat: &Seat, words: &str) -> Result<Vec<LinkView>, ServiceError> {
        let (merchant_id, mode) = (seat.merchant.id, seat.merchant.mode);
        let now = self.storage.now().await?;
        let newest = Direction::FromNewest;
        let wanted = |filter, words| WantedLinks { merchant_id, mode, filter, words, now };
        let mut reader = self.storage.read().await?;
        let links = if words.trim().is_empty() {
            let active = wanted(LinkFilter::Active, None);
            let links = reader.links_page(&active, newest, ACTIVE_LOOKED_THROUGH_MAX).await?;
            let may_be_paid = |link: &PaymentLink| Standing::of(link, now).may_be_paid();
            links.into_iter().filter(may_be_paid).take(NEWEST_MAX).collect()
        } else if let Some(link) = reader.link_by_slug(words.trim()).await?
            && link.merchant_id == merchant_id
            && link.deleted_at.is_none()
        {
            // The button on a link's card asks for its address, however old or of whichever mode it is.
            vec![link]
        } else if let Ok(words) = SearchWords::parse(words) {
            reader.links_page(&wanted(LinkFilter::All, Some(words)), newest, FOUND_MAX).await?
        } else {
            Vec::new()
        };
        drop(reader);
        self.view_links(links).await
    }

    /// The message about a link that goes into other chats.
    #[must_use]
    pub fn inline_message(&self, merchant: &Merchant, view: &LinkView, language: Language) -> InlineMessage {
        let listing = Listing { link: &view.link, url: &view.url, zone: merchant.time_zone, now: view.now };
        // Where the page is on this machine alone, the chat with the bot shows the link.
        let in_chat = || self.ask_link(&view.link);
        let address = if is_public(&view.url) { Some(view.url.clone()) } else { in_chat() };
        let button = listing.standing().may_be_paid().then(|| listing.pay_label(language)).zip(address);
        InlineMessage { html: listing.message(&merchant.name, language), button }
    }

    /// Where the chat with the bot opens and shows a link, with a way to ask its seller; `None` while Telegram
    /// does not say what the bot is called.
    #[must_use]
    pub fn ask_link(&self, link: &PaymentLink) -> Option<Url> {
        self.start_link(&format!("p_{}", start_code(link)))
    }

    /// Notes that a person sent a message about a link into another chat; what is no link of theirs is left.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_shared_message(
        &self,
        person: TelegramId,
        link_id: LinkId,
        inline_message_id: &str,
    ) -> Result<(), ServiceError> {
        let Some(seat) = self.seat(person).await? else { return Ok(()) };
        if self.storage.read().await?.link(seat.merchant.id, link_id).await?.is_none() {
            return Ok(());
        }
        let mut writer = self.storage.write().await?;
        let about = (seat.merchant.id, link_id);
        writer.insert_shared_message(inline_message_id, about, seat.member.language).await?;
        Ok(writer.commit().await?)
    }

    /// Makes one message in another chat say what is true; false when all do.
    ///
    /// # Errors
    /// When the database cannot be asked; the message is looked at again later.
    pub async fn redraw_shared_message(&self, messenger: &Messenger) -> Result<bool, ServiceError> {
        let Some(message) = self.storage.claim_shared_message(LEASE).await? else { return Ok(false) };
        let settlement = self.redrawn(messenger, &message).await?;
        self.storage.settle_shared_message(&message, settlement).await?;
        Ok(true)
    }

    async fn redrawn(
        &self,
        messenger: &Messenger,
        message: &SharedMessage,
    ) -> Result<SharedSettlement, ServiceError> {
        let mut reader = self.storage.read().await?;
        let link = reader.link(message.merchant_id, message.link_id).await?;
        let merchant = reader.merchant(message.merchant_id).await?;
        drop(reader);
        let (Some(link), Some(merchant)) = (link, merchant) else { return Ok(SharedSettlement::Gone) };
        let view = self.view_link(link).await?;
        let wanted = self.inline_message(&merchant, &view, message.language);
        let shown = digest("", &format!("{wanted:?}"));
        let turns_at =
            [view.link.opens_at, view.link.expires_at].into_iter().flatten().filter(|at| *at > view.now);
        let turns_at = turns_at.min();
        if shown == message.shown {
            return Ok(SharedSettlement::Shown { shown, turns_at, rest: TimeDelta::zero() });
        }
        Ok(match messenger.amend_inline(&message.inline_message_id, &wanted).await {
            Ok(Amended::InPlace) => SharedSettlement::Shown { shown, turns_at, rest: REST },
            Ok(Amended::Gone) => SharedSettlement::Gone,
            Err(SendError::RetryAfter(wait)) => SharedSettlement::Failed(wait),
            Err(SendError::Malformed(reason)) => {
                tracing::warn!(reason, "a message in another chat cannot be changed");
                SharedSettlement::Gone
            }
            Err(error) => {
                tracing::info!(%error, "a message in another chat is changed later");
                SharedSettlement::Failed(BACK_OFF.after(message.failures))
            }
        })
    }
}

/// What stands behind `p_` and `l_` in a start link: the tail of the link's address, or its key where that is
/// too long.
#[must_use]
pub fn start_code(link: &PaymentLink) -> String {
    /// A payload has 64 characters, two of them are taken.
    const CHARACTERS_MAX: usize = 62;
    let slug = link.slug.as_str();
    if slug.len() <= CHARACTERS_MAX { slug.to_owned() } else { encode_key(link.id.0) }
}
