//! Where a shop's payments ring for everybody: groups, topics of forums, channels.
//!
//! ```text
//! Ani    taps 📍 Tempat in the settings
//! bot    📍 Grup dan channel …   [👥 Tim Kaos] [➕ Tambah grup] [📢 Tambah channel] [◀ Kembali]
//! Ani    taps ➕ Tambah grup
//! bot    👥 … ketuk tombolnya, pilih grup          [👥 Pilih grup] [◀ Kembali]
//! Ani    picks a group, and the bot says there that payments ring now
//! Ani    taps 👥 Tim Kaos
//! bot    👥 Tim Kaos …   [✅ Pembayaran] [✅ Masalah] [🌙 Ringkasan] [🔔 Coba] [🔕 Hentikan] [◀ Kembali]
//! ```

use chrono::NaiveTime;
use url::Url;

use super::conversation::Conversation;
use super::settings::back_button;
use super::start_cards::chosen;
use super::talk::Talk;
use super::{BotError, finding, home, links, shops, start};
use crate::domain::finding::OrderFilter;
use crate::domain::id::PlaceId;
use crate::domain::instant_text::display_time_of_day;
use crate::domain::merchant::Role;
use crate::domain::notice_settings::{minutes_of, time_at};
use crate::domain::place::{Place, PlaceKind, PlaceLoss, PlaceTopic};
use crate::messaging::buttons::{FindingPress, OrderList, PageFrom, PlacesPress, Press};
use crate::messaging::card::{Card, CardButton, HALF_WIDTH, cut};
use crate::messaging::place_cards;
use crate::messaging::send_error::ChatLoss;
use crate::services::merchants::Seat;
use crate::services::places::{PLACE_INVITATION_LIFE, PlaceChange, PlaceRefusal};

pub mod arrival;
pub mod in_group;

/// Hours of the day at which most shops look back.
const RECAP_HOURS: [u16; 4] = [18, 20, 21, 22];

/// A tap on a button about places, in private.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: PlacesPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    talk.go(Conversation::Idle);
    match press {
        PlacesPress::AddGroup => add(talk, &seat, PlaceKind::Group).await,
        PlacesPress::AddChannel => add(talk, &seat, PlaceKind::Channel).await,
        PlacesPress::Place(id) => show_place(talk, &seat, id, None).await,
        PlacesPress::Topic(id, topic, is_on) => {
            change(talk, &seat, id, PlaceChange::Topic(topic, is_on)).await
        }
        PlacesPress::Recap(id) => ask_recap(talk, &seat, id).await,
        PlacesPress::RecapPick(id, at) => {
            let at = at.and_then(|minutes| time_at(i64::from(minutes)));
            change(talk, &seat, id, PlaceChange::Recap(at)).await
        }
        PlacesPress::Test(id) => test(talk, &seat, id).await,
        PlacesPress::TakeOff(id) => take_off(talk, &seat, id).await,
        PlacesPress::BringBack(id) => change(talk, &seat, id, PlaceChange::BringBack).await,
        PlacesPress::Order(_) | PlacesPress::Link(_) | PlacesPress::Orders(_) => open(talk, press).await,
        PlacesPress::Show | PlacesPress::RecordShow | PlacesPress::Here(_) | PlacesPress::Stop(_) => {
            show(talk, &seat, None).await
        }
    }
}

/// `/start d_…`: what a button in a group named, for who works in its shop.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn open_from_group(talk: &mut Talk, payload: &str) -> Result<(), BotError> {
    match PlacesPress::of_start_payload(payload) {
        Some(press) if talk.seat.is_some() => open(talk, press).await,
        Some(_) => start::begin(talk).await,
        None => home::unknown_payload(talk).await,
    }
}

async fn open(talk: &mut Talk, press: PlacesPress) -> Result<(), BotError> {
    if let Some(subject) = Press::Places(press).subject() {
        shops::follow(talk, subject).await?;
    }
    match press {
        PlacesPress::Order(order) => links::pressed(talk, Press::Order(order)).await,
        PlacesPress::Link(link) => links::pressed(talk, Press::Link(link)).await,
        PlacesPress::Orders(shop) => {
            if !talk.services.enter_shop(talk.person, shop).await? {
                return home::unknown_payload(talk).await;
            }
            talk.seat = talk.services.seat(talk.person).await?;
            let all = OrderList::Filtered(OrderFilter::All);
            finding::pressed(talk, FindingPress::Orders(all, PageFrom::Start)).await
        }
        _ => home::show(talk).await,
    }
}

async fn show(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    let places = talk.services.places(seat).await?;
    let is_owner = seat.member.role == Role::Owner;
    let mut lines =
        vec![talk.words("places").with("store", seat.merchant.name.as_str()).html(), String::new()];
    let mut card = Card::new("");
    for place in &places {
        lines.push(line(talk, place));
        let label = format!("{} {}", picture(place), cut(&place.title, HALF_WIDTH));
        card = card.row([CardButton::press(label, Press::Places(PlacesPress::Place(place.id)))]);
    }
    if places.is_empty() {
        lines.push(talk.say("places-none"));
    }
    let bot = talk.messenger.username().await.unwrap_or_default();
    let command = crate::messaging::html::code(&format!("/alerts@{bot}"));
    lines.extend([String::new(), talk.words("places-hint").with_safe("command", command).html()]);
    lines.push(home::mode_line(talk, seat.merchant.mode));
    card.html = lines.join("\n");
    if let Some(news) = news {
        card.html = format!("{news}\n\n{}", card.html);
    }
    let button = |key: &str, press| CardButton::press(talk.say(key), Press::Places(press));
    let add = [
        button("places-button-group", PlacesPress::AddGroup),
        button("places-button-channel", PlacesPress::AddChannel),
    ];
    let card = card.row(add.into_iter().filter(|_| is_owner)).row([back_button(talk)]);
    talk.show(card).await
}

/// A link that brings the bot somewhere; only for the one who asked for it.
async fn add(talk: &mut Talk, seat: &Seat, kind: PlaceKind) -> Result<(), BotError> {
    let token = match talk.services.invite_place(seat, kind).await? {
        Ok(token) => token,
        Err(refusal) => return refuse(talk, seat, refusal).await,
    };
    let Some(username) = talk.messenger.username().await else {
        let news = talk.say("places-no-name");
        return show(talk, seat, Some(news)).await;
    };
    let (key, label, address) = match kind {
        PlaceKind::Group => (
            "places-add-group",
            "places-button-pick-group",
            format!("https://t.me/{username}?startgroup={token}"),
        ),
        PlaceKind::Channel => (
            "places-add-channel",
            "places-button-pick-channel",
            format!("https://t.me/{username}?startchannel&admin=post_messages"),
        ),
    };
    let text = talk
        .words(key)
        .with("store", seat.merchant.name.as_str())
        .with_number("hours", PLACE_INVITATION_LIFE.num_hours())
        .html();
    let pick = Url::parse(&address).ok().map(|address| CardButton::url(talk.say(label), address));
    let text = home::with_mode(talk, &text, seat.merchant.mode);
    talk.show(Card::new(text).row(pick).row([places_button(talk)])).await
}

async fn show_place(talk: &mut Talk, seat: &Seat, id: PlaceId, news: Option<String>) -> Result<(), BotError> {
    let place = talk.services.place(seat, id).await?;
    let Some(place) = place.filter(|place| matches!(place.gone, None | Some(PlaceLoss::Muted))) else {
        return refuse(talk, seat, PlaceRefusal::Unknown).await;
    };
    let mut lines = vec![line(talk, &place), String::new()];
    let key = match (place.gone, place.kind, place.thread) {
        (Some(_), ..) => "places-muted",
        _ if !place.tells_something() => "places-nothing-rings",
        (None, PlaceKind::Channel, _) => "places-in-channel",
        (None, PlaceKind::Group, Some(_)) => "places-in-topic",
        (None, PlaceKind::Group, None) => "places-in-group",
    };
    lines.push(talk.say(key));
    lines.push(talk.say("places-problems-hint"));
    lines.push(talk.words("places-recap").with_safe("recap", recap_words(talk, &place)).html());
    lines.push(home::mode_line(talk, seat.merchant.mode));
    let text = lines.join("\n");
    let text = news.map_or(text.clone(), |news| format!("{news}\n\n{text}"));
    let mut card = Card::new(text);
    if seat.member.role == Role::Owner {
        let button = |key: &str, press| CardButton::press(talk.say(key), Press::Places(press));
        let topics = PlaceTopic::ALL.map(|topic| {
            let is_on = place.tells(topic);
            let label = format!("{} {}", if is_on { "✅" } else { "⬜" }, talk.say(topic_key(topic)));
            CardButton::press(label, Press::Places(PlacesPress::Topic(id, topic, !is_on)))
        });
        card = card
            .row(topics)
            .row([
                button("notices-button-recap", PlacesPress::Recap(id)),
                button("places-button-test", PlacesPress::Test(id)),
            ])
            .row([button("places-button-take-off", PlacesPress::TakeOff(id))]);
    }
    talk.show(card.row([places_button(talk)])).await
}

async fn change(talk: &mut Talk, seat: &Seat, id: PlaceId, change: PlaceChange) -> Result<(), BotError> {
    match talk.services.change_place(seat, id, change).await? {
        Ok(_) => {
            talk.toast("settings-saved-toast").await;
            show_place(talk, seat, id, None).await
        }
        Err(refusal) => refuse(talk, seat, refusal).await,
    }
}

async fn ask_recap(talk: &mut Talk, seat: &Seat, id: PlaceId) -> Result<(), BotError> {
    let Some(place) = talk.services.place(seat, id).await? else {
        return refuse(talk, seat, PlaceRefusal::Unknown).await;
    };
    let text = talk.words("places-ask-recap").with("place", place.title.as_str()).html();
    let text = home::with_mode(talk, &text, seat.merchant.mode);
    let present = place.recap_at.map(minutes_of);
    let hours = RECAP_HOURS.map(|hour| {
        let label = time_at(i64::from(hour) * 60).map(|time| display_time_of_day(time, talk.language));
        let label = chosen(label.unwrap_or_default(), present == Some(i64::from(hour) * 60));
        CardButton::press(label, Press::Places(PlacesPress::RecapPick(id, Some(hour * 60))))
    });
    let off = chosen(talk.say("notices-button-off"), present.is_none());
    let [first, second, third, fourth] = hours;
    let card = Card::new(text)
        .row([first, second])
        .row([third, fourth])
        .row([CardButton::press(off, Press::Places(PlacesPress::RecapPick(id, None)))])
        .row([CardButton::press(talk.say("button-back"), Press::Places(PlacesPress::Place(id)))]);
    talk.show(card).await
}

/// Sends a notice that tells nothing, at once: whoever presses wants to see whether it comes.
async fn test(talk: &mut Talk, seat: &Seat, id: PlaceId) -> Result<(), BotError> {
    if seat.member.role != Role::Owner {
        return refuse(talk, seat, PlaceRefusal::NotYours).await;
    }
    let place = talk.services.place(seat, id).await?;
    let Some(place) = place.filter(|place| place.gone != Some(PlaceLoss::TakenOff)) else {
        return refuse(talk, seat, PlaceRefusal::Unknown).await;
    };
    let card = place_cards::test_in_place(&seat.merchant, place.language).in_thread(place.thread);
    let sent = talk.messenger.send(place.chat, &card).await;
    let loss = sent.as_ref().err().and_then(|error| error.chat_loss());
    let news = match (sent, loss) {
        (Ok(_), _) => {
            if place.gone.is_some() {
                talk.services.unmute_places(place.chat).await?;
            }
            Some("places-test-sent")
        }
        (Err(_), Some(ChatLoss::Topic)) => {
            talk.services.lose_topic(place.merchant_id, place.chat).await?;
            Some("places-test-topic-lost")
        }
        (Err(_), Some(ChatLoss::Muted)) => {
            talk.services.lose_places(place.chat, None, PlaceLoss::Muted).await?;
            // The card itself says what is to be done.
            talk.toast("places-muted-toast").await;
            None
        }
        (Err(_), Some(ChatLoss::Left)) => {
            talk.services.lose_places(place.chat, None, PlaceLoss::Left).await?;
            let news = talk.say("places-test-left");
            return show(talk, seat, Some(news)).await;
        }
        (Err(error), None) => return Err(error.into()),
    };
    let news = news.map(|key| talk.say(key));
    show_place(talk, seat, id, news).await
}

async fn take_off(talk: &mut Talk, seat: &Seat, id: PlaceId) -> Result<(), BotError> {
    let place = match talk.services.change_place(seat, id, PlaceChange::TakeOff).await? {
        Ok(place) => place,
        Err(refusal) => return refuse(talk, seat, refusal).await,
    };
    let text = talk.words("places-taken-off").with("place", place.title.as_str()).html();
    let text = home::with_mode(talk, &text, seat.merchant.mode);
    let undo = CardButton::press(talk.say("places-button-undo"), Press::Places(PlacesPress::BringBack(id)));
    talk.show(Card::new(text).row([undo, places_button(talk)])).await
}

async fn refuse(talk: &mut Talk, seat: &Seat, refusal: PlaceRefusal) -> Result<(), BotError> {
    let news = talk.say(match refusal {
        PlaceRefusal::NotYours => "settings-not-owner",
        PlaceRefusal::Full => "place-full",
        PlaceRefusal::Unknown => "places-unknown",
    });
    show(talk, seat, Some(news)).await
}

/// `👥 Tim Kaos · pembayaran, masalah`.
fn line(talk: &Talk, place: &Place) -> String {
    let told = PlaceTopic::ALL.into_iter().filter(|topic| place.tells(*topic));
    let told: Vec<String> = told.map(|topic| talk.say(topic_key(topic))).collect();
    let told = match (place.gone, told.is_empty()) {
        (Some(_), _) => talk.say("places-line-muted"),
        (None, true) => talk.say("places-line-nothing"),
        (None, false) => told.join(", "),
    };
    let line = talk.words("places-line").with("place", place.title.as_str()).with_safe("told", told);
    format!("{} {}", picture(place), line.html())
}

fn recap_words(talk: &Talk, place: &Place) -> String {
    let time = |at: NaiveTime| display_time_of_day(at, talk.language);
    place.recap_at.map_or_else(|| talk.say("notices-off"), time)
}

const fn picture(place: &Place) -> &'static str {
    match (place.gone, place.kind) {
        (Some(_), _) => "⚠️",
        (None, PlaceKind::Group) => "👥",
        (None, PlaceKind::Channel) => "📢",
    }
}

const fn topic_key(topic: PlaceTopic) -> &'static str {
    match topic {
        PlaceTopic::Payments => "places-topic-payments",
        PlaceTopic::Problems => "places-topic-problems",
    }
}

fn places_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("button-back"), Press::Places(PlacesPress::Show))
}
