//! Places where a shop's payments ring for everybody: making, changing, losing and finding them again.

use chrono::{NaiveTime, TimeDelta};

use super::admission::{hash, new_token};
use super::merchants::Seat;
use super::place_losses::tell_place_news;
use super::recaps::plan_recaps;
use super::{ServiceError, Services};
use crate::domain::id::{MerchantId, PlaceId, TelegramId};
use crate::domain::merchant::{Merchant, Role};
use crate::domain::place::{Place, PlaceKind, PlaceLoss, PlaceNews, PlaceTopic};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::storage::Writer;

/// How long a link waits that brings the bot into a group or channel.
pub const PLACE_INVITATION_LIFE: TimeDelta = TimeDelta::hours(24);

/// The most places of one shop: each of them is told of every payment.
pub const PLACES_MAX: usize = 10;

/// The most characters of a title that are kept; Telegram allows 128.
const TITLE_CHARACTERS_MAX: usize = 64;

/// A group, a topic of a forum, or a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The chat.
    pub chat: TelegramId,
    /// The topic.
    pub thread: Option<i64>,
    /// What the chat is called.
    pub title: String,
    /// What it is.
    pub kind: PlaceKind,
}

/// Why a change of places is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceRefusal {
    /// Only owners, or owners and staff, may.
    NotYours,
    /// There are [`PLACES_MAX`].
    Full,
    /// It is none of the shop's.
    Unknown,
}

/// What became of a link that brings the bot into a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bringing {
    /// The shop's payments ring there.
    Brought(Box<(Place, Merchant)>),
    /// The link is unknown, over, used, or somebody else's.
    Invalid,
    /// It cannot be.
    Refused(PlaceRefusal),
}

/// One thing to change about a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceChange {
    /// Whether a kind is told there.
    Topic(PlaceTopic, bool),
    /// When the recap comes; `None`: never.
    Recap(Option<NaiveTime>),
    /// Nothing is told there any more.
    TakeOff,
    /// It is told there again.
    BringBack,
}

impl Services {
    /// The shop's places, the oldest first: where something is told, or would be if the bot might write.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn places(&self, seat: &Seat) -> Result<Vec<Place>, ServiceError> {
        let mut places = self.storage.read().await?.places(seat.merchant.id).await?;
        places.retain(|place| matches!(place.gone, None | Some(PlaceLoss::Muted)));
        Ok(places)
    }

    /// One place of the shop, also when nothing is told there any more.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place(&self, seat: &Seat, id: PlaceId) -> Result<Option<Place>, ServiceError> {
        Ok(self.storage.read().await?.place(seat.merchant.id, id).await?)
    }

    /// The places in a chat where something is told, with their shops.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn places_in(&self, chat: TelegramId) -> Result<Vec<(Place, Merchant)>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let mut found = Vec::new();
        for place in reader.places_in(chat).await?.into_iter().filter(|place| place.gone.is_none()) {
            if let Some(merchant) = reader.merchant(place.merchant_id).await? {
                found.push((place, merchant));
            }
        }
        Ok(found)
    }

    /// The shops in which a person may do something, in the order in which the person joined them.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn serving_seats(&self, person: TelegramId) -> Result<Vec<Seat>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let mut seats = Vec::new();
        for merchant in reader.shops_of(person).await? {
            let staff = reader.staff(merchant.id).await?;
            let member = staff.into_iter().find(|member| member.telegram_id == person);
            seats.extend(
                member
                    .filter(|member| member.role.may_change_links())
                    .map(|member| Seat { merchant, member }),
            );
        }
        Ok(seats)
    }

    /// Makes a token for bringing the bot into a group, or notes the wish to bring it into a channel: once, for
    /// [`PLACE_INVITATION_LIFE`]. The token fits a start parameter.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn invite_place(
        &self,
        seat: &Seat,
        kind: PlaceKind,
    ) -> Result<Result<String, PlaceRefusal>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(Err(PlaceRefusal::NotYours));
        }
        if self.places(seat).await?.len() >= PLACES_MAX {
            return Ok(Err(PlaceRefusal::Full));
        }
        let token = new_token();
        let mut writer = self.storage.write().await?;
        let expires_at = writer.now() + PLACE_INVITATION_LIFE;
        let (merchant_id, person) = (seat.merchant.id, seat.member.telegram_id);
        writer.insert_place_invitation(&hash(&token), merchant_id, person, kind, expires_at).await?;
        writer.commit().await?;
        Ok(Ok(token))
    }

    /// Somebody brought the bot into a group by a link, which works for who asked for it alone.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_place_invitation(
        &self,
        person: TelegramId,
        token: &str,
        spot: &Spot,
    ) -> Result<Bringing, ServiceError> {
        let token_hash = hash(token);
        let now = self.storage.now().await?;
        let invitation = self.storage.read().await?.place_invitation(&token_hash, now).await?;
        let own = invitation.filter(|invitation| invitation.created_by == person);
        match own {
            Some(own) => self.bring(person, own.merchant_id, &token_hash, spot).await,
            None => Ok(Bringing::Invalid),
        }
    }

    /// The bot was made an admin of a channel; `None` when that person did not say that payments are to ring
    /// there.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn follow_wished_channel(
        &self,
        person: TelegramId,
        spot: &Spot,
    ) -> Result<Option<Bringing>, ServiceError> {
        let now = self.storage.now().await?;
        let Some((wish, merchant_id)) = self.storage.read().await?.wished_channel(person, now).await? else {
            return Ok(None);
        };
        self.bring(person, merchant_id, &wish, spot).await.map(Some)
    }

    async fn bring(
        &self,
        person: TelegramId,
        merchant_id: MerchantId,
        token_hash: &[u8],
        spot: &Spot,
    ) -> Result<Bringing, ServiceError> {
        let Some(seat) = self.serving_seat(person, merchant_id).await? else { return Ok(Bringing::Invalid) };
        let mut writer = self.storage.write().await?;
        writer.lock_team(merchant_id).await?;
        let is_fresh = writer.use_place_invitation(token_hash).await?;
        let there = writer.place_at(merchant_id, spot.chat).await?.filter(|place| place.gone.is_none());
        if !is_fresh {
            writer.roll_back().await?;
            // The same update again, or a second press of the same button, is no fault.
            return Ok(
                there.map_or(Bringing::Invalid, |place| Bringing::Brought(Box::new((place, seat.merchant))))
            );
        }
        match put(&mut writer, &seat, spot).await? {
            Ok(place) => {
                writer.commit().await?;
                Ok(Bringing::Brought(Box::new((place, seat.merchant))))
            }
            Err(refusal) => {
                writer.roll_back().await?;
                Ok(Bringing::Refused(refusal))
            }
        }
    }

    /// Lets the shop's payments ring at a spot. In the same chat they ring in one topic.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place_here(
        &self,
        seat: &Seat,
        spot: &Spot,
    ) -> Result<Result<Place, PlaceRefusal>, ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.lock_team(seat.merchant.id).await?;
        let put = put(&mut writer, seat, spot).await?;
        if put.is_ok() {
            writer.commit().await?;
        } else {
            writer.roll_back().await?;
        }
        Ok(put)
    }

    /// Switches the shop's notices in a chat off; false when there are none.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn stop_place(&self, seat: &Seat, chat: TelegramId) -> Result<bool, ServiceError> {
        let there = self.storage.read().await?.place_at(seat.merchant.id, chat).await?;
        let Some(place) = there.filter(|place| place.gone.is_none()) else { return Ok(false) };
        Ok(self.change_place_as(seat, place.id, PlaceChange::TakeOff).await?.is_ok())
    }

    /// Changes one thing about a place; gives it as it is then. Owners only.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn change_place(
        &self,
        seat: &Seat,
        id: PlaceId,
        change: PlaceChange,
    ) -> Result<Result<Place, PlaceRefusal>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(Err(PlaceRefusal::NotYours));
        }
        self.change_place_as(seat, id, change).await
    }

    async fn change_place_as(
        &self,
        seat: &Seat,
        id: PlaceId,
        change: PlaceChange,
    ) -> Result<Result<Place, PlaceRefusal>, ServiceError> {
        let (merchant_id, person) = (seat.merchant.id, seat.member.telegram_id);
        let mut writer = self.storage.write().await?;
        writer.lock_team(merchant_id).await?;
        let Some(before) = writer.place(merchant_id, id).await? else {
            writer.roll_back().await?;
            return Ok(Err(PlaceRefusal::Unknown));
        };
        let after = changed(&before, change);
        if after == before {
            writer.roll_back().await?;
            return Ok(Ok(after));
        }
        if change == PlaceChange::BringBack && count_others(&mut writer, &after).await? >= PLACES_MAX {
            writer.roll_back().await?;
            return Ok(Err(PlaceRefusal::Full));
        }
        writer.save_place(&after).await?;
        match change {
            PlaceChange::TakeOff => {
                writer.drop_notices_of_place(merchant_id, after.chat).await?;
                writer.log(merchant_id, person, LogEvent::PlaceRemoved, LogSubject::default()).await?;
            }
            PlaceChange::BringBack => {
                writer.log(merchant_id, person, LogEvent::PlaceAdded, LogSubject::default()).await?;
                plan_recaps(&mut writer, &seat.merchant).await?;
            }
            PlaceChange::Recap(None) => writer.plan_recap(merchant_id, after.chat, None).await?,
            PlaceChange::Recap(Some(_)) => plan_recaps(&mut writer, &seat.merchant).await?,
            PlaceChange::Topic(..) => {}
        }
        writer.commit().await?;
        Ok(Ok(after))
    }

    /// The person's seat in a shop; `None` when the person may do nothing there.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn serving_seat(
        &self,
        person: TelegramId,
        id: MerchantId,
    ) -> Result<Option<Seat>, ServiceError> {
        Ok(self.seat_in(person, id).await?.filter(|seat| seat.member.role.may_change_links()))
    }
}

/// Writes a place, or moves the one of that chat. The caller holds the shop's lock.
async fn put(
    writer: &mut Writer,
    seat: &Seat,
    spot: &Spot,
) -> Result<Result<Place, PlaceRefusal>, ServiceError> {
    let (merchant_id, person) = (seat.merchant.id, seat.member.telegram_id);
    if !seat.member.role.may_change_links() {
        return Ok(Err(PlaceRefusal::NotYours));
    }
    let places = writer.places(merchant_id).await?;
    let earlier = places.iter().find(|place| place.chat == spot.chat);
    let others = places.iter().filter(|place| place.gone.is_none() && place.chat != spot.chat).count();
    let is_new = earlier.is_none_or(|place| place.gone.is_some());
    if is_new && others >= PLACES_MAX {
        return Ok(Err(PlaceRefusal::Full));
    }
    let title: String = spot.title.chars().take(TITLE_CHARACTERS_MAX).collect();
    let now = writer.now();
    let fresh = || Place {
        id: PlaceId::at(now),
        merchant_id,
        chat: spot.chat,
        thread: None,
        title: String::new(),
        kind: spot.kind,
        language: seat.member.language,
        tells_payments: true,
        tells_problems: true,
        recap_at: None,
        added_by: person,
        added_at: now,
        gone: None,
    };
    let place = Place { thread: spot.thread, title, gone: None, ..earlier.cloned().unwrap_or_else(fresh) };
    let place = if is_new { Place { added_by: person, added_at: now, ..place } } else { place };
    if earlier == Some(&place) {
        return Ok(Ok(place));
    }
    writer.save_place(&place).await?;
    if earlier.is_some_and(|earlier| earlier.thread != place.thread) {
        writer.end_bursts(merchant_id, place.chat).await?;
    }
    if is_new {
        writer.reach_place(place.chat).await?;
        plan_recaps(writer, &seat.merchant).await?;
        writer.log(merchant_id, person, LogEvent::PlaceAdded, LogSubject::default()).await?;
        tell_place_news(writer, &place, PlaceNews::Added, Some(person)).await?;
    }
    Ok(Ok(place))
}

/// How many other places of the shop are told something.
async fn count_others(writer: &mut Writer, place: &Place) -> Result<usize, ServiceError> {
    let places = writer.places(place.merchant_id).await?;
    Ok(places.iter().filter(|other| other.gone.is_none() && other.chat != place.chat).count())
}

fn changed(place: &Place, change: PlaceChange) -> Place {
    let mut place = place.clone();
    match change {
        PlaceChange::Topic(PlaceTopic::Payments, is_on) => place.tells_payments = is_on,
        PlaceChange::Topic(PlaceTopic::Problems, is_on) => place.tells_problems = is_on,
        PlaceChange::Recap(at) => place.recap_at = at,
        // One that is muted is taken off too: it is not to ring again when the bot may write there again.
        PlaceChange::TakeOff => {
            if matches!(place.gone, None | Some(PlaceLoss::Muted)) {
                place.gone = Some(PlaceLoss::TakenOff);
            }
        }
        PlaceChange::BringBack => place.gone = place.gone.filter(|gone| *gone != PlaceLoss::TakenOff),
    }
    place
}
