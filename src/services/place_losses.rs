//! Places that are lost and found again: the bot was removed or muted there, a topic is gone, a group moved.

use super::recaps::plan_recaps;
use super::telling::tell_owners;
use super::{ServiceError, Services};
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::notification::SellerMessage;
use crate::domain::place::{Place, PlaceLoss, PlaceNews};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::storage::Writer;

impl Services {
    /// Notes that nothing can be told in a chat any more, in one shop's place or in all; the owners hear of it
    /// once. Gives how many places that were.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lose_places(
        &self,
        chat: TelegramId,
        only: Option<MerchantId>,
        loss: PlaceLoss,
    ) -> Result<usize, ServiceError> {
        let mut writer = self.storage.write().await?;
        let mut places = writer.places_in(chat).await?;
        places.retain(|place| {
            place.gone.is_none_or(|gone| gone == PlaceLoss::Muted && loss == PlaceLoss::Left)
                && only.is_none_or(|only| place.merchant_id == only)
        });
        if places.is_empty() {
            writer.roll_back().await?;
            return Ok(0);
        }
        for place in &places {
            let was_told = place.gone.is_none();
            let place = Place { gone: Some(loss), ..place.clone() };
            writer.save_place(&place).await?;
            writer.drop_notices_of_place(place.merchant_id, chat).await?;
            let news = if loss == PlaceLoss::Muted { PlaceNews::Muted } else { PlaceNews::Left };
            if was_told {
                tell_place_news(&mut writer, &place, news, None).await?;
            }
        }
        writer.commit().await?;
        Ok(places.len())
    }

    /// Notes that a group has another id. Groups that no shop has anything to do with leave no trace.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn chat_moved(&self, old: TelegramId, new: TelegramId) -> Result<(), ServiceError> {
        if old != new && !self.storage.read().await?.places_in(old).await?.is_empty() {
            self.storage.chat_moved(old, new).await?;
        }
        Ok(())
    }

    /// Notes that the bot may write in a chat again.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn unmute_places(&self, chat: TelegramId) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        let mut places = writer.places_in(chat).await?;
        places.retain(|place| place.gone == Some(PlaceLoss::Muted));
        if places.is_empty() {
            return Ok(writer.roll_back().await?);
        }
        for place in &places {
            let place = Place { gone: None, ..place.clone() };
            writer.save_place(&place).await?;
            if let Some(merchant) = writer.merchant(place.merchant_id).await? {
                plan_recaps(&mut writer, &merchant).await?;
            }
            tell_place_news(&mut writer, &place, PlaceNews::Unmuted, None).await?;
        }
        writer.reach_place(chat).await?;
        Ok(writer.commit().await?)
    }

    /// Notes that the topic of a shop's place is gone or closed: General is used from now on. False when it was
    /// General already.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lose_topic(&self, merchant_id: MerchantId, chat: TelegramId) -> Result<bool, ServiceError> {
        let mut writer = self.storage.write().await?;
        let place = writer.place_at(merchant_id, chat).await?;
        let Some(place) = place.filter(|place| place.gone.is_none() && place.thread.is_some()) else {
            writer.roll_back().await?;
            return Ok(false);
        };
        let place = Place { thread: None, ..place };
        writer.save_place(&place).await?;
        writer.end_bursts(merchant_id, chat).await?;
        tell_place_news(&mut writer, &place, PlaceNews::TopicLost, None).await?;
        writer.commit().await?;
        Ok(true)
    }
}

/// Takes off the places that a person made who may not any more: who reads there was their choice. The owners hear of
/// it, and can bring each back.
pub(super) async fn take_off_places_of(
    writer: &mut Writer,
    merchant_id: MerchantId,
    person: TelegramId,
    actor: TelegramId,
) -> Result<(), ServiceError> {
    let places = writer.places(merchant_id).await?;
    for place in places.into_iter().filter(|place| place.added_by == person) {
        if !matches!(place.gone, None | Some(PlaceLoss::Muted)) {
            continue;
        }
        let place = Place { gone: Some(PlaceLoss::TakenOff), ..place };
        writer.save_place(&place).await?;
        writer.drop_notices_of_place(merchant_id, place.chat).await?;
        writer.log(merchant_id, actor, LogEvent::PlaceRemoved, LogSubject::default()).await?;
        tell_place_news(writer, &place, PlaceNews::Orphaned, None).await?;
    }
    Ok(())
}

/// Writes to every owner, but not to `except`, what became of a place.
pub(super) async fn tell_place_news(
    writer: &mut Writer,
    place: &Place,
    news: PlaceNews,
    except: Option<TelegramId>,
) -> Result<(), ServiceError> {
    let key = format!("place:{}:{news:?}:{}", place.id, writer.now().timestamp_millis());
    let message = |_| SellerMessage::Place { place_id: place.id, news };
    tell_owners(writer, place.merchant_id, except, &key, message).await
}
