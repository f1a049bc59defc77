//! The bot in groups and channels: few words, and only when spoken to.
//!
//! ```text
//! Ani    /alerts@tautan_bot            in a group, or in a topic of a forum
//! bot    🔔 Pembayaran Kaos Ani berbunyi di sini.      [🔕 Hentikan di sini]
//! …
//! bot    💰 Rp75.000 dari Budi S.                      [🧾 Buka pesanan]
//! Eve    taps 🧾 Buka pesanan
//! bot    (a line over the chat) Bukan milik Anda
//! ```

use super::arrival::{GroupArrival, GroupAsked, Speaker, Standing};
use crate::bot::BotError;
use crate::bot::intake::Command;
use crate::domain::id::{MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::place::{PlaceKind, PlaceLoss};
use crate::messaging::buttons::{PlacesPress, Press, ShopPlace};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::notice_cards::in_shop;
use crate::messaging::place_cards;
use crate::messaging::telegram::{MessageId, Messenger};
use crate::messaging::texts::{Say, say};
use crate::services::Services;
use crate::services::merchants::Seat;
use crate::services::places::{Bringing, PlaceRefusal};

/// Answers an update from a group or a channel.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn answer(
    services: &Services,
    messenger: &Messenger,
    arrival: &GroupArrival,
) -> Result<(), BotError> {
    let scene = Scene { services, messenger, arrival };
    match &arrival.asked {
        GroupAsked::Moved { old, new } => Ok(services.chat_moved(*old, *new).await?),
        GroupAsked::Standing(standing) => scene.standing(*standing).await,
        GroupAsked::Command(command, bot) => scene.command(command, bot.as_deref()).await,
        GroupAsked::Press { callback_id, card, press } => scene.pressed(callback_id, *card, *press).await,
    }
}

/// One update being answered.
struct Scene<'a> {
    services: &'a Services,
    messenger: &'a Messenger,
    arrival: &'a GroupArrival,
}

impl Scene<'_> {
    async fn standing(&self, standing: Standing) -> Result<(), BotError> {
        let spot = &self.arrival.spot;
        match standing {
            Standing::Away => {
                self.services.lose_places(spot.chat, None, PlaceLoss::Left).await?;
            }
            Standing::Muted => {
                self.services.lose_places(spot.chat, None, PlaceLoss::Muted).await?;
            }
            Standing::Writes => {
                self.services.unmute_places(spot.chat).await?;
                if let (PlaceKind::Channel, Some(speaker)) = (spot.kind, &self.arrival.speaker) {
                    self.channel(speaker).await?;
                }
            }
        }
        Ok(())
    }

    /// The bot may write in a channel: what an owner wished for is done, and said there and in private.
    async fn channel(&self, speaker: &Speaker) -> Result<(), BotError> {
        let Some(brought) = self.services.follow_wished_channel(speaker.person, &self.arrival.spot).await?
        else {
            return Ok(());
        };
        match brought {
            Bringing::Brought(brought) => {
                let (place, merchant) = *brought;
                let here = place_cards::rings_here(&merchant, &place, place.language);
                self.messenger.send(place.chat, &Card { rows: Vec::new(), ..here.silent() }).await?;
                let text = Say::new(place.language, "place-channel-done")
                    .with("store", merchant.name.as_str())
                    .with("place", place.title.as_str())
                    .html();
                let show = in_shop(merchant.id, "place-button-places", ShopPlace::Places, place.language);
                self.messenger.send(speaker.person, &Card::new(text).row([show])).await?;
            }
            Bringing::Refused(refusal) => {
                let text = say(self.language_of(speaker), refusal_key(refusal));
                self.messenger.send(speaker.person, &Card::new(text)).await?;
            }
            Bringing::Invalid => {
                let text = say(self.language_of(speaker), "place-invitation-invalid");
                self.messenger.send(speaker.person, &Card::new(text)).await?;
            }
        }
        Ok(())
    }

    async fn command(&self, command: &Command, bot: Option<&str>) -> Result<(), BotError> {
        if let Some(bot) = bot {
            let own = self.messenger.username().await;
            if !own.is_some_and(|own| own.eq_ignore_ascii_case(bot)) {
                return Ok(());
            }
        }
        // Without the bot's name a command may be meant for another one: it is ours where payments ring.
        let places = self.services.places_in(self.arrival.spot.chat).await?;
        let is_ours = bot.is_some() || !places.is_empty();
        let Some(speaker) = &self.arrival.speaker else {
            let is_known = matches!(command.name.as_str(), "alerts" | "start");
            let language = places.first().map_or(Language::Indonesian, |(place, _)| place.language);
            return if is_known && is_ours {
                self.say(say(language, "place-anonymous")).await
            } else {
                Ok(())
            };
        };
        match command.name.as_str() {
            "start" if bot.is_some() && !command.arguments.is_empty() => {
                self.brought(speaker, &command.arguments).await
            }
            "alerts" if is_ours => self.alerts(speaker).await,
            "today" => {
                for (place, merchant) in places.iter().filter(|(place, _)| place.tells_payments) {
                    let figures = self.services.figures_today(merchant).await?;
                    let sold = (figures.paid_today, figures.paid_today_sum, figures.waiting);
                    let card = place_cards::today(merchant, sold, place.language);
                    self.send(card).await?;
                }
                Ok(())
            }
            "help" | "start" if is_ours => self.say(say(self.language_of(speaker), "place-help")).await,
            _ => Ok(()),
        }
    }

    /// The bot came by an owner's link.
    async fn brought(&self, speaker: &Speaker, token: &str) -> Result<(), BotError> {
        let brought =
            self.services.follow_place_invitation(speaker.person, token, &self.arrival.spot).await?;
        match brought {
            Bringing::Brought(brought) => {
                let (place, merchant) = *brought;
                self.send(place_cards::rings_here(&merchant, &place, place.language)).await
            }
            Bringing::Invalid => self.say(say(self.language_of(speaker), "place-invitation-invalid")).await,
            Bringing::Refused(refusal) => self.refuse(self.language_of(speaker), refusal).await,
        }
    }

    /// `/alerts`: the payments of the speaker's shop ring here; of several shops, one is asked for.
    async fn alerts(&self, speaker: &Speaker) -> Result<(), BotError> {
        let seats = self.services.serving_seats(speaker.person).await?;
        match seats.as_slice() {
            [] => self.say(say(self.language_of(speaker), "place-not-team")).await,
            [seat] => match self.services.place_here(seat, &self.arrival.spot).await? {
                Ok(place) => {
                    self.send(place_cards::rings_here(&seat.merchant, &place, seat.member.language)).await
                }
                Err(refusal) => self.refuse(seat.member.language, refusal).await,
            },
            seats => {
                let language = seats[0].member.language;
                let mut card = Card::new(say(language, "place-which-shop"));
                for seat in seats {
                    let here = Press::Places(PlacesPress::Here(seat.merchant.id));
                    card = card.row([CardButton::press(seat.merchant.name.as_str(), here)]);
                }
                self.send(card).await
            }
        }
    }

    async fn pressed(
        &self,
        callback_id: &str,
        card: MessageId,
        press: Option<Press>,
    ) -> Result<(), BotError> {
        let Some(speaker) = &self.arrival.speaker else {
            self.messenger.answer(callback_id, None).await;
            return Ok(());
        };
        let Some(Press::Places(press)) = press else {
            let toast = say(self.language_of(speaker), "button-too-old");
            self.messenger.answer(callback_id, Some(&toast)).await;
            return Ok(());
        };
        let answered = match press {
            PlacesPress::Here(shop) => self.here(speaker.person, shop, card).await?,
            PlacesPress::Stop(shop) => self.stop(speaker.person, shop, card).await?,
            _ => return self.open(speaker, callback_id, press).await,
        };
        let toast = answered.map(|key| say(self.language_of(speaker), key));
        self.messenger.answer(callback_id, toast.as_deref()).await;
        Ok(())
    }

    /// Opens the private chat of somebody of the team; anybody else is told that it is not theirs.
    async fn open(&self, speaker: &Speaker, callback_id: &str, press: PlacesPress) -> Result<(), BotError> {
        let shop = match (press, Press::Places(press).subject()) {
            (PlacesPress::Orders(shop), _) => Some(shop),
            (_, Some(subject)) => self.services.shop_of(subject).await?,
            (_, None) => None,
        };
        let shops = self.services.shops_of(speaker.person).await?;
        let is_theirs = shop.is_some_and(|shop| shops.iter().any(|own| own.id == shop));
        let address = press.start_payload().filter(|_| is_theirs);
        match address.and_then(|payload| self.services.start_link(&payload)) {
            Some(address) => self.messenger.answer_with_chat(callback_id, address).await,
            None => {
                let key = if is_theirs { "place-open-private" } else { "place-not-yours" };
                let toast = say(self.language_of(speaker), key);
                self.messenger.answer(callback_id, Some(&toast)).await;
            }
        }
        Ok(())
    }

    /// The key of a line to answer the tap with.
    async fn here(
        &self,
        person: TelegramId,
        shop: MerchantId,
        card: MessageId,
    ) -> Result<Option<&'static str>, BotError> {
        let Some(seat) = self.services.serving_seat(person, shop).await? else {
            return Ok(Some("place-not-yours"));
        };
        match self.services.place_here(&seat, &self.arrival.spot).await? {
            Ok(place) => {
                let here = place_cards::rings_here(&seat.merchant, &place, seat.member.language);
                self.edit(card, here).await?;
                Ok(None)
            }
            Err(PlaceRefusal::Full) => Ok(Some("place-full-toast")),
            Err(_) => Ok(Some("place-not-yours")),
        }
    }

    async fn stop(
        &self,
        person: TelegramId,
        shop: MerchantId,
        card: MessageId,
    ) -> Result<Option<&'static str>, BotError> {
        let Some(seat) = self.services.serving_seat(person, shop).await? else {
            return Ok(Some("place-not-yours"));
        };
        self.services.stop_place(&seat, self.arrival.spot.chat).await?;
        self.edit(card, off_card(&seat)).await?;
        Ok(None)
    }

    async fn refuse(&self, language: Language, refusal: PlaceRefusal) -> Result<(), BotError> {
        self.say(say(language, refusal_key(refusal))).await
    }

    async fn say(&self, text: String) -> Result<(), BotError> {
        self.send(Card::new(text)).await
    }

    async fn send(&self, card: Card) -> Result<(), BotError> {
        let spot = &self.arrival.spot;
        self.messenger.send(spot.chat, &card.silent().in_thread(spot.thread)).await?;
        Ok(())
    }

    async fn edit(&self, message: MessageId, card: Card) -> Result<(), BotError> {
        let spot = &self.arrival.spot;
        self.messenger.edit(spot.chat, message, &card.silent().in_thread(spot.thread)).await?;
        Ok(())
    }

    /// What a speaker's app speaks.
    #[expect(clippy::unused_self, reason = "reads as the other ways to speak do")]
    fn language_of(&self, speaker: &Speaker) -> Language {
        Language::guess(speaker.language_code.as_deref())
    }
}

/// What is said of a refusal.
const fn refusal_key(refusal: PlaceRefusal) -> &'static str {
    match refusal {
        PlaceRefusal::Full => "place-full",
        PlaceRefusal::NotYours | PlaceRefusal::Unknown => "place-not-team",
    }
}

fn off_card(seat: &Seat) -> Card {
    let language = seat.member.language;
    let text = Say::new(language, "place-off").with("store", seat.merchant.name.as_str()).html();
    let here = Press::Places(PlacesPress::Here(seat.merchant.id));
    Card::new(text).row([CardButton::press(say(language, "place-button-on-again"), here)])
}
