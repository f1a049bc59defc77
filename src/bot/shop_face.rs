//! How a shop shows itself to its customers: picture, colour, and who can be asked.
//!
//! ```text
//! Ani    taps 🎨 Tampilan toko in the settings
//! bot    🎨 … Foto: belum ada · Warna: Hijau · Nama chat: tidak ditampilkan
//!        [🖼 Foto] [🎨 Warna] [💬 Tampilkan @ani] [◀ Kembali]
//! Ani    taps 🖼 Foto, sends a picture
//! bot    ✅ the card again
//! ```

use super::conversation::Conversation;
use super::intake::SentPhoto;
use super::links::photo::fetch;
use super::settings::{SettingsTalk, say_refused};
use super::start_cards::chosen;
use super::talk::Talk;
use super::{BotError, start};
use crate::domain::merchant::Role;
use crate::domain::shop_colour::ShopColour;
use crate::messaging::buttons::{FacePress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::services::merchants::{Seat, ShopChange};

/// A tap on a button about the shop's face.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: FacePress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    if seat.member.role != Role::Owner && press != FacePress::Show {
        talk.toast("settings-not-owner-toast").await;
        return show(talk, &seat, None).await;
    }
    match press {
        FacePress::Show => show(talk, &seat, None).await,
        FacePress::Photo => {
            let drop = seat
                .merchant
                .face
                .photo
                .map(|_| button(talk, "face-button-drop-photo", FacePress::DropPhoto));
            let card = Card::new(talk.say("face-ask-photo")).row(drop).row([back_button(talk)]);
            talk.go(Conversation::Settings(SettingsTalk::AwaitingShopPhoto));
            talk.show(card).await
        }
        FacePress::DropPhoto => change(talk, &seat, ShopChange::Photo(None)).await,
        FacePress::Colours => {
            let card = colours_card(talk, seat.merchant.face.colour);
            talk.show(card).await
        }
        FacePress::Colour(colour) => change(talk, &seat, ShopChange::Colour(colour)).await,
        FacePress::ShowChatName => match talk.chat_name.clone() {
            Some(name) => change(talk, &seat, ShopChange::ChatName(Some((talk.person, name)))).await,
            None => {
                let reason = talk.say("face-no-chat-name");
                show(talk, &seat, Some(reason)).await
            }
        },
        FacePress::HideChatName => change(talk, &seat, ShopChange::ChatName(None)).await,
    }
}

/// The picture of the shop came.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn photo_sent(talk: &mut Talk, photo: &SentPhoto) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    // A sign beside the name is small: so is what customers load for it.
    let small = SentPhoto { file_id: photo.small_file_id.clone(), ..photo.clone() };
    match fetch(talk, &seat, &small).await? {
        Ok(id) => change(talk, &seat, ShopChange::Photo(Some(id))).await,
        Err(key) => {
            let card = Card::new(talk.say(key)).row([back_button(talk)]);
            talk.tell(card).await
        }
    }
}

/// Something was typed where a picture is asked for.
///
/// # Errors
/// When Telegram cannot be asked.
pub(super) async fn typed(talk: &mut Talk) -> Result<(), BotError> {
    let card = Card::new(talk.say("face-ask-photo")).row([back_button(talk)]);
    talk.tell(card).await
}

async fn change(talk: &mut Talk, seat: &Seat, change: ShopChange) -> Result<(), BotError> {
    let merchant = match talk.services.change_shop(seat, change).await? {
        Ok(merchant) => merchant,
        Err(refusal) => return say_refused(talk, refusal).await,
    };
    let seat = Seat { merchant, member: seat.member.clone() };
    talk.seat = Some(seat.clone());
    talk.toast("settings-saved-toast").await;
    let saved = talk.say("settings-saved");
    show(talk, &seat, Some(saved)).await
}

/// What customers see, with a line on top about what just happened.
async fn show(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let face = &seat.merchant.face;
    let photo = if face.photo.is_some() { "face-has-photo" } else { "face-has-no-photo" };
    let chat = match (&face.chat_name, face.chat_person) {
        (Some(name), _) => talk.words("face-chat-name-shown").with("name", name.as_str()).plain(),
        (None, Some(_)) => talk.say("face-chat-name-gone"),
        (None, None) => talk.say("face-chat-name-hidden"),
    };
    let text = talk
        .words("face")
        .with("store", seat.merchant.name.as_str())
        .with_safe("photo", talk.say(photo))
        .with_safe("colour", talk.say(colour_key(face.colour)))
        .with_safe("chat", chat)
        .html();
    let text = news.map_or(text.clone(), |news| format!("{news}\n\n{text}"));
    if seat.member.role != Role::Owner {
        // Who may change none of it is offered nothing.
        return talk.show(Card::new(text).row([super::settings::back_button(talk)])).await;
    }
    let own = talk.chat_name.as_ref().filter(|_| face.chat_person != Some(talk.person));
    let show_own = own.map(|name| {
        let label = talk.words("face-button-show-chat-name").with("name", name.as_str()).plain();
        CardButton::press(label, Press::Face(FacePress::ShowChatName))
    });
    let no_own = || button(talk, "face-button-chat-name", FacePress::ShowChatName);
    let hide = face.chat_person.map(|_| button(talk, "face-button-hide-chat-name", FacePress::HideChatName));
    let chat_row = match (show_own, hide) {
        (None, None) => vec![no_own()],
        (show_own, hide) => show_own.into_iter().chain(hide).collect(),
    };
    let card = Card::new(text)
        .row([
            button(talk, "face-button-photo", FacePress::Photo),
            button(talk, "face-button-colour", FacePress::Colours),
        ])
        .row(chat_row)
        .row([super::settings::back_button(talk)]);
    talk.show(card).await
}

fn colours_card(talk: &Talk, present: ShopColour) -> Card {
    let buttons: Vec<CardButton> = ShopColour::ALL
        .into_iter()
        .map(|colour| {
            let label = chosen(talk.say(colour_key(colour)), colour == present);
            CardButton::press(label, Press::Face(FacePress::Colour(colour)))
        })
        .collect();
    let card = Card::new(talk.say("face-ask-colour"));
    buttons.chunks(2).fold(card, |card, pair| card.row(pair.to_vec())).row([back_button(talk)])
}

const fn colour_key(colour: ShopColour) -> &'static str {
    match colour {
        ShopColour::Green => "face-green",
        ShopColour::Teal => "face-teal",
        ShopColour::Blue => "face-blue",
        ShopColour::Indigo => "face-indigo",
        ShopColour::Purple => "face-purple",
        ShopColour::Pink => "face-pink",
        ShopColour::Red => "face-red",
        ShopColour::Orange => "face-orange",
        ShopColour::Brown => "face-brown",
        ShopColour::Black => "face-black",
    }
}

fn button(talk: &Talk, key: &str, press: FacePress) -> CardButton {
    CardButton::press(talk.say(key), Press::Face(press))
}

fn back_button(talk: &Talk) -> CardButton {
    button(talk, "button-back", FacePress::Show)
}
