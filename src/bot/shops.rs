//! The shops of a person, and the switch between them.
//!
//! ```text
//! Ani    taps 🏪 Toko saya in the settings
//! bot    🏪 Toko Anda   [✓ Kaos Ani] [Kue Ani] [➕ Buka toko lagi] [◀ Kembali]
//! Ani    taps Kue Ani
//! bot    🏪 Sekarang di Kue Ani, and its home card
//! ```

use super::conversation::Conversation;
use super::settings::{SettingsTalk, back_button};
use super::start::name_refusal;
use super::start_cards::chosen;
use super::talk::Talk;
use super::{BotError, home, start};
use crate::domain::visible_text::StoreName;
use crate::messaging::buttons::{Press, Subject, TeamPress};
use crate::messaging::card::{Card, CardButton};
use crate::services::merchants::Seat;

/// A tap on a button about the shops of a person.
pub(super) async fn pressed(talk: &mut Talk, press: TeamPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    match press {
        TeamPress::Enter(shop) => {
            if talk.services.enter_shop(talk.person, shop).await? {
                talk.seat = talk.services.seat(talk.person).await?;
                talk.toast("shops-entered-toast").await;
                return home::show(talk).await;
            }
            show(talk, &seat).await
        }
        TeamPress::OpenAnother => ask_name(talk, &seat).await,
        _ => show(talk, &seat).await,
    }
}

/// The name of one more shop was typed.
pub(super) async fn name_typed(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    let name = match StoreName::parse(text) {
        Ok(name) => name.value,
        Err(error) => {
            let refusal = name_refusal(talk, &error);
            return talk.tell(Card::new(refusal).row([shops_button(talk)])).await;
        }
    };
    if !talk.services.may_open_shop(talk.person).await? {
        return show(talk, &seat).await;
    }
    match talk.services.open_another_shop(&seat, name, talk.fingerprint).await? {
        Some(opened) => {
            talk.seat = Some(opened);
            talk.go(Conversation::Idle);
            home::show(talk).await
        }
        None => {
            talk.go(Conversation::Idle);
            talk.show(Card::new(talk.say("shops-too-many")).row([shops_button(talk)])).await
        }
    }
}

/// Whoever works in several shops presses a button of another one: works there from now on.
pub(super) async fn follow(talk: &mut Talk, subject: Subject) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else { return Ok(()) };
    let Some(shop) = talk.services.shop_of(subject).await?.filter(|shop| *shop != seat.merchant.id) else {
        return Ok(());
    };
    if talk.services.enter_shop(talk.person, shop).await? {
        talk.seat = talk.services.seat(talk.person).await?;
        talk.toast("shops-entered-toast").await;
    }
    Ok(())
}

async fn show(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let shops = talk.services.shops_of(talk.person).await?;
    let may_open = talk.services.may_open_shop(talk.person).await?;
    let mut card = Card::new(talk.say("shops"));
    for shop in &shops {
        let label = chosen(shop.name.as_str().to_owned(), shop.id == seat.merchant.id);
        card = card.row([CardButton::press(label, Press::Team(TeamPress::Enter(shop.id)))]);
    }
    let open = CardButton::press(talk.say("shops-button-open"), Press::Team(TeamPress::OpenAnother));
    talk.show(card.row(may_open.then_some(open)).row([back_button(talk)])).await
}

async fn ask_name(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    if !talk.services.may_open_shop(talk.person).await? {
        return show(talk, seat).await;
    }
    talk.go(Conversation::Settings(SettingsTalk::AwaitingAnotherShop));
    talk.show(Card::new(talk.say("shops-ask-name")).row([shops_button(talk)])).await
}

fn shops_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("button-back"), Press::Team(TeamPress::Shops))
}
