//! The home card: the shop at a glance, and the ways to go on. Also what is said to what nobody
//! asked for: unknown commands, plain words, old buttons.

use super::conversation::Conversation;
use super::talk::Talk;
use super::{BotError, finding, links, rehearsal, start};
use crate::domain::customer::words_in_phones;
use crate::domain::figures::Period;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, parse_price};
use crate::messaging::buttons::{CreatingPress, NumbersPress, PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::notifications::mode_mark;

/// Shows the home card. Where a talk was, is forgotten.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn show(talk: &mut Talk) -> Result<(), BotError> {
    show_with_news(talk, None).await
}

/// The home card below a line about what just happened.
pub(super) async fn show_with_news(talk: &mut Talk, news: Option<String>) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let figures = talk.services.home_figures(&seat).await?;
    let draft = talk.services.unfinished_draft(talk.person).await?;
    let mode = mode_line(talk, seat.merchant.mode);
    let mut text = talk
        .words("home")
        .with("store", seat.merchant.name.as_str())
        .with_safe("mode", mode)
        .with_number("paid", figures.paid_today)
        .with_safe("sum", figures.paid_today_sum.display(talk.language))
        .with_number("waiting", figures.waiting)
        .with_number("links", figures.links)
        .html();
    // Whoever has links has other things to do, and help leads there too.
    let rehearses = figures.links == 0 && figures.paid_today == 0;
    let figures = Press::Numbers(NumbersPress::Figures(Period::SevenDays));
    let mut card = Card::new("")
        .row([
            CardButton::press(talk.say("button-new"), Press::NewLink),
            CardButton::press(talk.say("button-links"), Press::Links(PageFrom::Start)),
        ])
        .row([finding::orders_button(talk), CardButton::press(talk.say("button-figures"), figures)]);
    if let Some(draft) = draft {
        let unnamed = talk.say("home-draft-unnamed");
        let name = draft.item_name.as_ref().map_or(unnamed.as_str(), |name| name.as_str());
        let key = if draft.batch.is_some() { "home-draft-batch" } else { "home-draft" };
        text = format!("{text}\n\n{}", talk.words(key).with("name", name).html());
        let (go_on, discard) = match draft.batch {
            Some(batch) => (
                Press::Creating(CreatingPress::Batch(batch)),
                Press::Creating(CreatingPress::BatchDiscard(batch)),
            ),
            None => (Press::DraftShow(draft.id), Press::DraftCancel(draft.id)),
        };
        card = card.row([
            CardButton::press(talk.say("home-button-continue"), go_on),
            CardButton::press(talk.say("home-button-discard"), discard),
        ]);
    }
    card = card.row(rehearses.then(|| rehearsal::button(talk)));
    card = card.row([
        CardButton::press(talk.say("button-settings"), Press::Settings),
        CardButton::press(talk.say("button-help"), Press::Help),
    ]);
    if talk.take_was_unreadable() {
        text = format!("{}\n\n{text}", talk.say("home-we-updated"));
    }
    if let Some(news) = news {
        text = format!("{news}\n\n{text}");
    }
    card.html = text;
    talk.show(card).await
}

/// `/cancel`, and the button: stops what is being asked.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn cancel(talk: &mut Talk) -> Result<(), BotError> {
    let was_busy = talk.conversation != Conversation::Idle || talk.open_confirm_card().is_some();
    if let Some(draft_id) = links::open_draft_id(talk) {
        talk.services.discard_draft(talk.person, draft_id).await?;
    }
    talk.close_confirm_card().await;
    talk.toast("cancelled-toast").await;
    let line = if was_busy { talk.say("cancelled") } else { talk.say("nothing-to-cancel") };
    show_with_news(talk, Some(line)).await
}

/// A start link whose parameter is none of ours.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn unknown_payload(talk: &mut Talk) -> Result<(), BotError> {
    let line = talk.say("start-link-unknown");
    show_with_news(talk, Some(line)).await
}

/// A command that is none of ours.
///
/// # Errors
/// When Telegram cannot be asked.
pub async fn unknown_command(talk: &mut Talk, name: &str) -> Result<(), BotError> {
    let text = talk.words("unknown-command").with("command", format!("/{name}")).html();
    let card = hint_card(talk, text);
    talk.tell(card).await
}

/// Words while nothing is awaited: a name and a price make a link, others are looked for, and what is not
/// found is answered with how.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn plain_text(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let currency = talk.seat.as_ref().map_or(Currency::IDR, |seat| seat.merchant.currency);
    if names_a_price(text, currency, talk.language) {
        return links::offered(talk, text).await;
    }
    if finding::found_by(talk, text).await? {
        return Ok(());
    }
    let kind_word = if talk.take_was_unreadable() { "home-we-updated" } else { "plain-text-hint" };
    let card = hint_card(talk, talk.say(kind_word));
    talk.tell(card).await
}

/// A photo, a voice message or a sticker.
///
/// # Errors
/// When Telegram cannot be asked.
pub async fn no_text(talk: &mut Talk) -> Result<(), BotError> {
    // The question that is open stays open, with its buttons.
    let line = talk.say("please-type");
    talk.show_aside(Card::new(line)).await
}

/// A tap on a button that nobody knows any more.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn unknown_button(talk: &mut Talk) -> Result<(), BotError> {
    talk.toast("button-too-old").await;
    show(talk).await
}

/// The mode as every card shows it.
#[must_use]
pub fn mode_line(talk: &Talk, mode: Mode) -> String {
    mode_mark(mode, talk.language)
}

/// A text with the mode below it.
#[must_use]
pub fn with_mode(talk: &Talk, text: &str, mode: Mode) -> String {
    format!("{text}\n\n{}", mode_line(talk, mode))
}

fn hint_card(talk: &Talk, text: String) -> Card {
    Card::new(text).row([
        CardButton::press(talk.say("button-new"), Press::NewLink),
        CardButton::press(talk.say("button-links"), Press::Links(PageFrom::Start)),
        CardButton::press(talk.say("button-help"), Press::Help),
    ])
}

/// Whether the words hold a name and something that can only be a price.
#[must_use]
pub fn names_a_price(text: &str, currency: Currency, language: Language) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    // A telephone number in groups is no price.
    let outside_phones = words.iter().zip(words_in_phones(&words)).skip(1).filter(|(_, in_phone)| !in_phone);
    outside_phones.into_iter().any(|(word, _)| parse_price(word, currency, language).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_no_price() {
        for (text, expected) in [
            ("kaos polos 75rb", true),
            ("kaos @75rb", true),
            ("Ibu Rina 0812 3456 7890 75rb", true),
            ("Ibu Rina, 0812 3456 7890", false),
            ("Ibu Rina +62 812 3456 7890", false),
            ("terima kasih", false),
        ] {
            assert_eq!(names_a_price(text, Currency::IDR, Language::Indonesian), expected, "{text}");
        }
    }
}
