//! What the shop keeps: to take home as files, and what is kept about one customer, to hand out or erase.
//!
//! ```text
//! Ani   taps 🗂 Data toko in the settings
//! Bot   🗂 … [⬇ Pesanan dan toko] [👤 Data pembeli]
//! Ani   taps 👤, types 0812-3456-7890
//! Bot   👤 2 pesanan …   [⬇ Kirim berkasnya] [🗑 Hapus datanya]
//! ```

use serde::{Deserialize, Serialize};

use super::conversation::Conversation;
use super::settings::back_button;
use super::talk::Talk;
use super::{BotError, home, links};
use crate::domain::customer::{Email, Phone};
use crate::domain::id::MerchantId;
use crate::domain::merchant::Role;
use crate::domain::shop_log::LogEvent;
use crate::messaging::buttons::{NumbersPress, OwnDataPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::telegram::Document;
use crate::services::merchants::Seat;
use crate::services::privacy::CustomerContact;

/// Which customer is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnDataTalk {
    /// Not said yet.
    AwaitingContact,
    /// Whoever has this phone number or e-mail address, in this shop.
    FoundIn(MerchantId, String),
}

/// A tap on a button about what the shop keeps.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: OwnDataPress) -> Result<(), BotError> {
    let Some(seat) = links::any_seat(talk).await? else { return Ok(()) };
    if press == OwnDataPress::Show {
        return show(talk, &seat, None).await;
    }
    if seat.member.role != Role::Owner {
        let news = talk.say("data-not-owner");
        return show(talk, &seat, Some(news)).await;
    }
    let typed = match &talk.conversation {
        Conversation::OwnData(OwnDataTalk::FoundIn(shop, typed)) if *shop == seat.merchant.id => {
            Some(typed.clone())
        }
        _ => None,
    };
    let contact = typed.as_deref().and_then(read_contact);
    match (press, typed.zip(contact)) {
        (OwnDataPress::Export, Some((typed, contact))) => export(talk, &seat, &typed, &contact).await,
        (OwnDataPress::Erase, Some((typed, _))) => ask_erase(talk, &seat, &typed).await,
        (OwnDataPress::EraseYes, Some((_, contact))) => erase(talk, &seat, &contact).await,
        // The talk has gone on since, or it was about another shop: it is asked again.
        _ => ask_contact(talk, &seat).await,
    }
}

/// What was typed while a customer is asked for.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Some(seat) = links::any_seat(talk).await? else { return Ok(()) };
    let Some(contact) = read_contact(text) else {
        let refusal = talk.words("data-contact-unclear").with("typed", text).html();
        talk.go(Conversation::OwnData(OwnDataTalk::AwaitingContact));
        return talk.tell(card(talk, &seat, refusal).row([back(talk)])).await;
    };
    let Some(kept) = talk.services.kept_about_customer(&seat, &contact).await? else {
        let news = talk.say("data-not-owner");
        return show(talk, &seat, Some(news)).await;
    };
    let typed = text.trim().to_owned();
    if kept.is_nothing() {
        let news = talk.words("data-customer-unknown").with_safe("contact", code(&typed)).html();
        return show(talk, &seat, Some(news)).await;
    }
    let words = talk
        .words("data-customer")
        .with_safe("contact", code(&typed))
        .with_number("orders", i64::try_from(kept.orders).unwrap_or(i64::MAX))
        .with_number("mentions", kept.mentions)
        .html();
    talk.go(Conversation::OwnData(OwnDataTalk::FoundIn(seat.merchant.id, typed)));
    let card = card(talk, &seat, words)
        .row([
            button(talk, "data-button-export", OwnDataPress::Export),
            button(talk, "data-button-erase", OwnDataPress::Erase),
        ])
        .row([back(talk)]);
    talk.show(card).await
}

async fn show(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let is_owner = seat.member.role == Role::Owner;
    let mut text = talk.words("data").with("store", seat.merchant.name.as_str()).html();
    if let Some(news) = news {
        text = format!("{news}\n\n{text}");
    }
    let files = Press::Numbers(NumbersPress::Exports);
    let files = CardButton::press(talk.say("data-button-files"), files);
    let customer = is_owner.then(|| button(talk, "data-button-customer", OwnDataPress::Customer));
    let files = seat.member.role.may_export().then_some(files);
    let card = card(talk, seat, text).row(files.into_iter().chain(customer)).row([back_button(talk)]);
    talk.show(card).await
}

async fn ask_contact(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    talk.go(Conversation::OwnData(OwnDataTalk::AwaitingContact));
    let card = card(talk, seat, talk.say("data-ask-contact")).row([back(talk)]);
    talk.show(card).await
}

async fn export(
    talk: &mut Talk,
    seat: &Seat,
    typed: &str,
    contact: &CustomerContact,
) -> Result<(), BotError> {
    talk.answer_tap(None).await;
    talk.messenger.announce_document(talk.person).await;
    let Some(kept) = talk.services.kept_about_customer(seat, contact).await? else { return Ok(()) };
    talk.services.log_export(seat, LogEvent::CustomerExported).await?;
    let bytes = format!("{:#}\n", kept.export).into_bytes();
    let document = Document { name: "data-pembeli.json".to_owned(), bytes };
    let caption = talk.words("data-file").with_safe("contact", code(typed)).html();
    let home = CardButton::press(talk.say("button-home"), Press::RecordHome);
    talk.messenger.send_document(talk.person, document, &card(talk, seat, caption).row([home])).await?;
    Ok(())
}

async fn ask_erase(talk: &mut Talk, seat: &Seat, typed: &str) -> Result<(), BotError> {
    let text = talk.words("data-erase").with_safe("contact", code(typed)).html();
    let card = card(talk, seat, text).row([
        button(talk, "data-button-keep", OwnDataPress::Show),
        button(talk, "data-button-erase-yes", OwnDataPress::EraseYes),
    ]);
    talk.show(card).await
}

async fn erase(talk: &mut Talk, seat: &Seat, contact: &CustomerContact) -> Result<(), BotError> {
    let Some(erasure) = talk.services.erase_customer_of_shop(seat, contact).await? else { return Ok(()) };
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let said = |key: &str, orders| talk.words(key).with_number("orders", number(orders)).html();
    // What is left now is still kept, so that nothing is said to be gone.
    let erased = (erasure.orders > 0 || erasure.left == 0).then(|| said("data-erased", erasure.orders));
    let left = (erasure.left > 0).then(|| said("data-erased-left", erasure.left));
    let news: Vec<String> = erased.into_iter().chain(left).collect();
    show(talk, seat, Some(news.join("\n"))).await
}

/// A phone number or an e-mail address.
fn read_contact(text: &str) -> Option<CustomerContact> {
    let (phone, email) = (Phone::parse(text).ok(), Email::parse(text).ok());
    (phone.is_some() || email.is_some()).then_some(CustomerContact { phone, email })
}

/// A card with the shop's mode.
fn card(talk: &Talk, seat: &Seat, text: String) -> Card {
    Card::new(home::with_mode(talk, &text, seat.merchant.mode))
}

fn button(talk: &Talk, key: &str, press: OwnDataPress) -> CardButton {
    CardButton::press(talk.say(key), Press::OwnData(press))
}

fn back(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("button-back"), Press::OwnData(OwnDataPress::Show))
}
