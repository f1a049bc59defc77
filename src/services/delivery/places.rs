//! What waits for groups and channels: said with less about customers, and what it means when it cannot be sent.

use chrono::NaiveTime;

use super::super::{ServiceError, Services};
use crate::domain::id::{MerchantId, NotificationId, TelegramId};
use crate::domain::notice_settings::NoticeSettings;
use crate::domain::notification::{Notification, SellerMessage};
use crate::domain::place::{Place, PlaceLoss};
use crate::messaging::card::Card;
use crate::messaging::payment_lists::PaymentLine;
use crate::messaging::place_cards;
use crate::messaging::send_error::{ChatLoss, SendError};
use crate::messaging::texts::Say;
use crate::storage::{ClaimedQueue, Settlement, WaitingNotification};

impl Services {
    /// The message as everybody may see it; `None` when it is not told there any more, or what it speaks of is
    /// gone.
    pub(super) async fn say_in_place(
        &self,
        notification: &Notification,
    ) -> Result<Option<Card>, ServiceError> {
        let Some(place) = self.told_place(notification.merchant_id, notification.chat).await? else {
            return Ok(None);
        };
        let subject = self.message_subject(notification.merchant_id, &notification.message).await?;
        let Some(subject) = subject else { return Ok(None) };
        let merchant = subject.merchant;
        let card = match &notification.message {
            SellerMessage::Order { .. } => {
                let Some(view) = subject.order else { return Ok(None) };
                let now = self.storage.now().await?;
                let news = self.order_news(&notification.message, (&merchant, &view), now).await?;
                news.map(|news| place_cards::order_in_place(&news, place.language))
            }
            SellerMessage::SoldOut { .. } => {
                subject.link.map(|link| place_cards::sold_out_in_place(&link, place.language))
            }
            SellerMessage::Recap { mode, from, until } => {
                let look = (*from, *until);
                let figures = self.storage.read().await?.recap_figures(merchant.id, *mode, look).await?;
                Some(place_cards::recap_in_place(&merchant, *mode, look, &figures, place.language))
            }
            _ => None,
        };
        let Some(card) = card else { return Ok(None) };
        // A place has no quiet hours: whoever is there decides on their own phone.
        let silent = NoticeSettings::default().is_silent(&notification.message, NaiveTime::MIN);
        self.for_place(Card { silent, ..card }, &place, merchant.name.as_str()).await.map(Some)
    }

    /// The list of a burst as everybody may see it.
    pub(super) async fn burst_in_place(
        &self,
        chat: TelegramId,
        merchant_id: MerchantId,
        payments: &[WaitingNotification],
        (lines, rings): (&[PaymentLine], bool),
    ) -> Result<Option<Card>, ServiceError> {
        let merchant = self.storage.read().await?.merchant(merchant_id).await?;
        let place = self.told_place(merchant_id, chat).await?;
        let Some(((merchant, place), first)) = merchant.zip(place).zip(payments.first()) else {
            return Ok(None);
        };
        let since = first.notification.created_at;
        let card = place_cards::burst_in_place(&merchant, lines, since, rings, place.language);
        self.for_place(card, &place, merchant.name.as_str()).await.map(Some)
    }

    async fn told_place(&self, id: MerchantId, chat: TelegramId) -> Result<Option<Place>, ServiceError> {
        let place = self.storage.read().await?.place_at(id, chat).await?;
        Ok(place.filter(|place| place.gone.is_none()))
    }

    /// In its topic, and where payments of several shops ring, with the name of the shop.
    async fn for_place(&self, mut card: Card, place: &Place, store: &str) -> Result<Card, ServiceError> {
        if self.places_in(place.chat).await?.len() > 1 {
            let store = Say::new(place.language, "notice-store").with("store", store).html();
            card.html = format!("{}\n{store}", card.html);
        }
        Ok(card.in_thread(place.thread))
    }

    /// What it means for a group or channel that a message was refused there. The places are lost first: should
    /// this process end before the chat is given back, the next one finds nothing to say.
    pub(super) async fn note_lost_place(
        &self,
        queue: &ClaimedQueue,
        ids: &[NotificationId],
        error: &SendError,
    ) -> Result<Settlement<'static>, ServiceError> {
        let chat = queue.chat;
        let tried = queue.waiting.iter().find(|message| ids.contains(&message.notification.id));
        let shop = tried.map(|message| message.notification.merchant_id);
        let lost = match (error.chat_loss(), shop) {
            (Some(ChatLoss::Topic), Some(shop)) => {
                if self.lose_topic(shop, chat).await? {
                    tracing::info!(chat.id = chat.0, "a topic is gone; General is used");
                    return Ok(Settlement::Held(chrono::TimeDelta::zero()));
                }
                self.lose_places(chat, Some(shop), PlaceLoss::Muted).await?
            }
            (Some(ChatLoss::Topic | ChatLoss::Muted), _) => {
                self.lose_places(chat, None, PlaceLoss::Muted).await?
            }
            _ => self.lose_places(chat, None, PlaceLoss::Left).await?,
        };
        tracing::info!(chat.id = chat.0, lost, %error, "a place cannot be told any more");
        Ok(if lost > 0 { Settlement::Idle } else { Settlement::Unreachable })
    }
}
