//! How a person is told: quiet hours, what rings, and the recap of the day. Everybody has their own, also who
//! may change nothing in the shop.
//!
//! ```text
//! Ani    taps 🔔 Kabar untuk saya in the settings
//! bot    🔔 … Jam tenang: mati · Ringkasan harian: mati   [🌙 Jam tenang] [🌙 Ringkasan] [⬜ Habis terjual] …
//! Ani    taps 🌙 Jam tenang
//! bot    🌙 … ketik jamnya, misalnya 22-6                 [21–06] [22–06] [23–05] … [◀ Kembali]
//! Ani    22-6
//! bot    ✅ the card again
//! ```

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::conversation::Conversation;
use super::links::refusals::shortened;
use super::settings::{SettingsTalk, back_button};
use super::start_cards::chosen;
use super::talk::Talk;
use super::{BotError, finding, gateway, home, link_questions, links, places, start, team};
use crate::domain::expiry::time_of_day;
use crate::domain::finding::OrderFilter;
use crate::domain::instant_text::{display_time_of_day, zone_name};
use crate::domain::notice_settings::{NoticeKind, NoticeSettings, QuietHours, minutes_of, time_at};
use crate::messaging::buttons::{
    FindingPress, GatewayPress, NoticesPress, OrderList, PageFrom, PlacesPress, Press, ShopPlace, TeamPress,
};
use crate::messaging::card::{Card, CardButton};
use crate::services::merchants::Seat;
use crate::services::notice_settings::NoticeChange;

/// Quiet hours that can be tapped, in hours of the day.
const QUIET_HOURS: [(u16, u16); 4] = [(21, 6), (22, 6), (21, 7), (23, 5)];

/// Hours of the recap that can be tapped.
const RECAP_HOURS: [u16; 4] = [18, 20, 21, 22];

/// The hour of a recap that was switched on without saying when.
const RECAP_HOUR: u16 = 20;

/// What the settings of notices wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticesTalk {
    /// Quiet hours, typed.
    AwaitingQuietHours,
    /// The hour of the recap, typed.
    AwaitingRecapTime,
}

/// A tap on a button about notices.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: NoticesPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    match press {
        NoticesPress::RecordIn(shop, place) if shop == seat.merchant.id => lead_to(talk, place).await,
        NoticesPress::RecordIn(..) => {
            talk.leave_record();
            links::link_gone(talk).await
        }
        NoticesPress::RecordAnswer(link, answer) => link_questions::pressed(talk, link, answer).await,
        NoticesPress::Settings => show(talk, &seat, None).await,
        NoticesPress::Quiet => ask_quiet(talk, &seat, None).await,
        NoticesPress::Recap => ask_recap(talk, &seat, None).await,
        NoticesPress::QuietPick(None) => change(talk, &seat, NoticeChange::Quiet(None)).await,
        NoticesPress::QuietPick(Some((from, until))) => {
            let hours =
                minute(from).zip(minute(until)).and_then(|(from, until)| QuietHours::new(from, until));
            match hours {
                Some(quiet) => change(talk, &seat, NoticeChange::Quiet(Some(quiet))).await,
                // A forged number changes nothing.
                None => show(talk, &seat, None).await,
            }
        }
        NoticesPress::RecapPick(None) => change(talk, &seat, NoticeChange::Recap(None)).await,
        NoticesPress::RecapPick(Some(at)) => match minute(at) {
            Some(at) => change(talk, &seat, NoticeChange::Recap(Some(at))).await,
            None => show(talk, &seat, None).await,
        },
        NoticesPress::Kind(kind, is_on) => change(talk, &seat, NoticeChange::Kind(kind, is_on)).await,
        NoticesPress::RecordRecap(_) => {
            talk.leave_record();
            let is_on = talk.services.notice_settings(&seat).await?.recap_at.is_some();
            if !is_on {
                let recap = NoticeChange::Recap(minute(RECAP_HOUR * 60));
                talk.services.change_notices(&seat, recap).await?;
                talk.toast("settings-saved-toast").await;
            }
            // A question that is open elsewhere stays open: here the buttons are enough.
            if talk.conversation == Conversation::Idle {
                return ask_recap(talk, &seat, None).await;
            }
            let card = recap_card(talk, &seat, None).await?;
            talk.show(card).await
        }
    }
}

/// Beside the record, in the shop that the press has led into.
async fn lead_to(talk: &mut Talk, place: ShopPlace) -> Result<(), BotError> {
    talk.leave_record();
    let orders = |filter| FindingPress::Orders(OrderList::Filtered(filter), PageFrom::Start);
    match place {
        ShopPlace::Paid => finding::pressed(talk, orders(OrderFilter::Paid)).await,
        ShopPlace::Orders => finding::pressed(talk, orders(OrderFilter::All)).await,
        ShopPlace::Links => links::pressed(talk, Press::Links(PageFrom::Start)).await,
        ShopPlace::NewLink => links::pressed(talk, Press::NewLink).await,
        ShopPlace::Places => places::pressed(talk, PlacesPress::Show).await,
        ShopPlace::Team => team::pressed(talk, TeamPress::Show).await,
        ShopPlace::Gateway => gateway::pressed(talk, GatewayPress::Show).await,
    }
}

/// What was typed while they wait for it.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, awaited: NoticesTalk, text: &str) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let unclear = |talk: &Talk, key: &str| talk.words(key).with("typed", shortened(text)).html();
    match awaited {
        NoticesTalk::AwaitingQuietHours => match QuietHours::parse(text) {
            Some(quiet) => change(talk, &seat, NoticeChange::Quiet(Some(quiet))).await,
            None => {
                let refusal = unclear(talk, "notices-quiet-unclear");
                ask_quiet(talk, &seat, Some(refusal)).await
            }
        },
        NoticesTalk::AwaitingRecapTime => match time_of_day(text) {
            Some(at) => change(talk, &seat, NoticeChange::Recap(Some(at))).await,
            None => {
                let refusal = unclear(talk, "notices-recap-unclear");
                ask_recap(talk, &seat, Some(refusal)).await
            }
        },
    }
}

async fn change(talk: &mut Talk, seat: &Seat, change: NoticeChange) -> Result<(), BotError> {
    talk.services.change_notices(seat, change).await?;
    talk.toast("settings-saved-toast").await;
    let news = talk.say("settings-saved");
    show(talk, seat, Some(news)).await
}

/// The card of all of it, with a line on top about what just happened.
async fn show(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let settings = talk.services.notice_settings(seat).await?;
    let text = talk
        .words("notices")
        .with_safe("quiet", quiet_words(talk, seat, &settings))
        .with_safe("recap", recap_words(talk, seat, &settings))
        .with_safe("mode", home::mode_line(talk, seat.merchant.mode))
        .html();
    let text = news.map_or(text.clone(), |news| format!("{news}\n\n{text}"));
    let button = |key: &str, press| CardButton::press(talk.say(key), Press::Notices(press));
    let toggle = |key: &str, kind: NoticeKind| {
        let is_on = settings.is_on(kind);
        let label = format!("{} {}", if is_on { "✅" } else { "⬜" }, talk.say(key));
        CardButton::press(label, Press::Notices(NoticesPress::Kind(kind, !is_on)))
    };
    let card = Card::new(text)
        .row([
            button("notices-button-quiet", NoticesPress::Quiet),
            button("notices-button-recap", NoticesPress::Recap),
        ])
        .row([
            toggle("notices-button-sold-out", NoticeKind::SoldOut),
            toggle("notices-button-news", NoticeKind::News),
        ])
        .row([
            toggle("notices-button-questions", NoticeKind::Questions),
            toggle("notices-button-unpaid", NoticeKind::Unpaid),
        ])
        .row([back_button(talk)]);
    talk.show(card).await
}

async fn ask_quiet(talk: &mut Talk, seat: &Seat, refusal: Option<String>) -> Result<(), BotError> {
    let settings = talk.services.notice_settings(seat).await?;
    let question = talk.words("notices-quiet").with_safe("now", quiet_words(talk, seat, &settings)).html();
    let text = home::with_mode(talk, &question, seat.merchant.mode);
    let text = refusal.map_or(text.clone(), |refusal| format!("{refusal}\n\n{text}"));
    let present = settings.quiet.map(|quiet| (minutes_of(quiet.from()), minutes_of(quiet.until())));
    let buttons = QUIET_HOURS.map(|(from, until)| {
        let (from, until) = (from * 60, until * 60);
        let label = format!("{:02}–{:02}", from / 60, until / 60);
        let label = chosen(label, present == Some((i64::from(from), i64::from(until))));
        CardButton::press(label, Press::Notices(NoticesPress::QuietPick(Some((from, until)))))
    });
    let off = chosen(talk.say("notices-button-off"), present.is_none());
    let [first, second, third, fourth] = buttons;
    let card = Card::new(text)
        .row([first, second])
        .row([third, fourth])
        .row([CardButton::press(off, Press::Notices(NoticesPress::QuietPick(None)))])
        .row([notices_button(talk)]);
    ask(talk, NoticesTalk::AwaitingQuietHours, card).await
}

async fn ask_recap(talk: &mut Talk, seat: &Seat, refusal: Option<String>) -> Result<(), BotError> {
    let card = recap_card(talk, seat, refusal).await?;
    ask(talk, NoticesTalk::AwaitingRecapTime, card).await
}

async fn recap_card(talk: &Talk, seat: &Seat, refusal: Option<String>) -> Result<Card, BotError> {
    let settings = talk.services.notice_settings(seat).await?;
    let question = talk.words("notices-recap").with_safe("now", recap_words(talk, seat, &settings)).html();
    let text = home::with_mode(talk, &question, seat.merchant.mode);
    let text = refusal.map_or(text.clone(), |refusal| format!("{refusal}\n\n{text}"));
    let present = settings.recap_at.map(minutes_of);
    let buttons = RECAP_HOURS.map(|hour| {
        let time = minute(hour * 60).map(|time| display_time_of_day(time, talk.language)).unwrap_or_default();
        let label = chosen(time, present == Some(i64::from(hour * 60)));
        CardButton::press(label, Press::Notices(NoticesPress::RecapPick(Some(hour * 60))))
    });
    let off = chosen(talk.say("notices-button-off"), present.is_none());
    let [first, second, third, fourth] = buttons;
    Ok(Card::new(text)
        .row([first, second])
        .row([third, fourth])
        .row([CardButton::press(off, Press::Notices(NoticesPress::RecapPick(None)))])
        .row([notices_button(talk)]))
}

async fn ask(talk: &mut Talk, awaited: NoticesTalk, card: Card) -> Result<(), BotError> {
    talk.go(Conversation::Settings(SettingsTalk::Notices(awaited)));
    talk.show(card).await
}

/// `22.00–06.00 WIB`, or that there are none.
fn quiet_words(talk: &Talk, seat: &Seat, settings: &NoticeSettings) -> String {
    let Some(quiet) = settings.quiet else { return talk.say("notices-off") };
    talk.words("notices-hours")
        .with_safe("from", display_time_of_day(quiet.from(), talk.language))
        .with_safe("until", display_time_of_day(quiet.until(), talk.language))
        .with_safe("zone", zone_name(talk.services.clock().now(), seat.merchant.time_zone))
        .html()
}

/// `every day at 20:00 WIB`, or that there is none.
fn recap_words(talk: &Talk, seat: &Seat, settings: &NoticeSettings) -> String {
    let Some(at) = settings.recap_at else { return talk.say("notices-off") };
    let time = talk
        .words("notices-time")
        .with_safe("time", display_time_of_day(at, talk.language))
        .with_safe("zone", zone_name(talk.services.clock().now(), seat.merchant.time_zone))
        .html();
    talk.words("notices-daily").with_safe("time", time).html()
}

fn notices_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("button-back"), Press::Notices(NoticesPress::Settings))
}

fn minute(minutes: u16) -> Option<NaiveTime> {
    time_at(i64::from(minutes))
}
