//! Rehearsing a payment: the seller plays a customer, and hears it ring before the first sale.
//!
//! ```text
//! Ani   /test
//! Bot   1/6 · Pembeli membuka tautan          [👀 Lihat halamannya] [▶ Isi data]
//! Bot   2/6 · Pembeli mengisi data            [▶ Pilih cara bayar]
//! Bot   3/6 · Pembeli memilih cara bayar      [QRIS] [BCA VA] …
//! Bot   4/6 · Pembeli melihat cara membayar   [💸 Bayar (pura-pura)]
//! Bot   (a message of its own) 💰 Rp75.000 dari Pembeli Contoh …
//! Bot   5/6 · Lunas, dan Anda dikabari        [🌙 Lihat ringkasan]
//! Bot   6/6 · Malam harinya                   [➕ Tautan baru] [↩ Coba kembalikan]
//! ```
//!
//! It is one card that is edited in place. Where it is follows from the order, so that a restart and an old
//! button lead to the same step.

use super::conversation::Conversation;
use super::links::any_seat;
use super::talk::Talk;
use super::{BotError, home};
use crate::domain::letter::MADE_UP_ADDRESS;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::visible_text::ItemName;
use crate::messaging::buttons::{GatewayPress, Press, RehearsalPress};
use crate::messaging::card::{Card, CardButton};
use crate::services::checkout::CustomerForm;
use crate::services::merchants::Seat;
use crate::services::payments::Choice;
use crate::services::rehearsal::{Played, Rehearsal, RehearsalRefusal, RehearseWith};

mod cards;

/// Which of the cards of one state is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// The first one.
    Next,
    /// The ways to pay.
    Methods,
    /// The recap.
    Recap,
}

/// `/test`, and the button.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    pressed(talk, RehearsalPress::Show).await
}

/// The button that begins a rehearsal.
#[must_use]
pub fn button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("rehearsal-button"), Press::Rehearsal(RehearsalPress::Show))
}

/// A tap on a button of a rehearsal.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: RehearsalPress) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    talk.go(Conversation::Idle);
    if !seat.member.role.may_change_links() {
        return refuse(talk, &RehearsalRefusal::NotAllowed).await;
    }
    // On the heap, since each of these holds a whole page of an order.
    Box::pin(act(talk, seat, press)).await
}

async fn act(talk: &mut Talk, seat: Seat, press: RehearsalPress) -> Result<(), BotError> {
    match press {
        RehearsalPress::Show => show(talk, &seat).await,
        RehearsalPress::Sample => begin_with_sample(talk, &seat).await,
        RehearsalPress::With(link) => {
            let current = talk.services.rehearsal(&seat).await?;
            if current.is_some_and(|current| current.link.link.id == link && !current.is_over()) {
                return step(talk, &seat, Look::Next, None).await;
            }
            begin(talk, &seat, RehearseWith::Link(link)).await
        }
        RehearsalPress::Anew => {
            talk.services.end_rehearsal(&seat).await?;
            choose_link(talk, &seat).await
        }
        RehearsalPress::GoOn => step(talk, &seat, Look::Next, None).await,
        RehearsalPress::FillIn => fill_in(talk, &seat).await,
        RehearsalPress::Methods => step(talk, &seat, Look::Methods, None).await,
        RehearsalPress::Choose(method) => choose(talk, &seat, method).await,
        RehearsalPress::Pay => pay(talk, &seat).await,
        RehearsalPress::Check => {
            talk.answer_tap(None).await;
            talk.services.check_rehearsal(&seat).await?;
            step(talk, &seat, Look::Next, None).await
        }
        RehearsalPress::Recap => step(talk, &seat, Look::Recap, None).await,
        RehearsalPress::Stop => stop(talk, &seat).await,
    }
}

/// What was begun is offered again; else there is something to begin with.
async fn show(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    match talk.services.rehearsal(seat).await? {
        Some(rehearsal) if !rehearsal.is_over() && !rehearsal.is_paid() => {
            let card = cards::resume(talk, &rehearsal);
            talk.show(card).await
        }
        _ => choose_link(talk, seat).await,
    }
}

/// Own links beside the sample, or the sample at once where there are none.
async fn choose_link(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    if talk.services.rehearsal_links(seat).await?.is_empty() {
        return begin_with_sample(talk, seat).await;
    }
    offer(talk, seat, None).await
}

/// Own links and the sample, to choose one.
async fn offer(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    let links = talk.services.rehearsal_links(seat).await?;
    let card = cards::offer(talk, &links, news);
    talk.show(card).await
}

async fn begin_with_sample(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    let current = talk.services.rehearsal(seat).await?;
    let goes_on = |current: &Rehearsal| current.is_sample && !current.is_over() && !current.is_paid();
    if current.as_ref().is_some_and(goes_on) {
        return step(talk, seat, Look::Next, None).await;
    }
    begin(talk, seat, RehearseWith::Sample(sample_name(talk))).await
}

async fn begin(talk: &mut Talk, seat: &Seat, with: RehearseWith) -> Result<(), BotError> {
    match talk.services.begin_rehearsal(seat, with).await? {
        Ok(_) => step(talk, seat, Look::Next, None).await,
        Err(RehearsalRefusal::LinkUnfit) => {
            let news = talk.say("rehearsal-link-unfit");
            offer(talk, seat, Some(news)).await
        }
        Err(refusal) => refuse(talk, &refusal).await,
    }
}

/// The card of where it is now.
async fn step(talk: &mut Talk, seat: &Seat, look: Look, news: Option<String>) -> Result<(), BotError> {
    let rehearsal = talk.services.rehearsal(seat).await?;
    let Some(rehearsal) = rehearsal.filter(|rehearsal| !rehearsal.is_over()) else {
        let news = talk.say("rehearsal-over");
        return offer(talk, seat, Some(news)).await;
    };
    let mut card = match (&rehearsal.order, look) {
        (None, _) => cards::opened(talk, &rehearsal),
        (Some(page), Look::Recap) if rehearsal.is_paid() => {
            let (look, figures) = talk.services.rehearsal_recap(seat).await?;
            cards::recap(talk, seat, (&rehearsal, page), look, &figures)
        }
        (Some(page), _) if rehearsal.is_paid() => cards::paid(talk, &rehearsal, page),
        (Some(page), Look::Methods) => cards::methods(talk, page),
        (Some(page), _) => match rehearsal.waiting_charge() {
            Some(attempt) => cards::instructions(talk, &rehearsal, (page, attempt)),
            None if page.attempts.is_empty() => cards::filled_in(talk, &rehearsal, page),
            None => cards::methods(talk, page),
        },
    };
    if let Some(news) = news {
        card.html = format!("{news}\n\n{}", card.html);
    }
    talk.show(card).await
}

async fn fill_in(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    if let Some(rehearsal) = talk.services.rehearsal(seat).await?
        && !rehearsal.is_over()
    {
        let form = CustomerForm {
            name: talk.say("rehearsal-customer"),
            phone: "0812-0000-0000".to_owned(),
            email: MADE_UP_ADDRESS.to_owned(),
            language: Some(talk.language),
            ..CustomerForm::default()
        };
        talk.services.place_rehearsal(seat, &rehearsal, form).await?;
    }
    step(talk, seat, Look::Next, None).await
}

async fn choose(talk: &mut Talk, seat: &Seat, method: PaymentMethod) -> Result<(), BotError> {
    talk.answer_tap(None).await;
    let refusal = match talk.services.choose_in_rehearsal(seat, method).await? {
        Choice::MethodRefused | Choice::MethodNotTaken => Some("rehearsal-method-refused"),
        Choice::Checking => Some("rehearsal-gateway-silent"),
        Choice::EarlierStillValid => Some("rehearsal-earlier-valid"),
        Choice::TooManyAttempts | Choice::TooManyFromNetwork => Some("rehearsal-too-many"),
        Choice::Charged
        | Choice::Standing
        | Choice::AlreadyPaid
        | Choice::Refused(_)
        | Choice::OrderOver
        | Choice::NotFound => None,
    };
    let news = refusal.map(|key| talk.say(key));
    step(talk, seat, Look::Next, news).await
}

async fn pay(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    talk.answer_tap(None).await;
    let news = match talk.services.pay_rehearsal(seat).await? {
        Played::Paid | Played::NotHere => None,
        Played::OnItsWay => Some(talk.say("rehearsal-on-its-way")),
        Played::Forgotten => Some(talk.say("rehearsal-forgotten")),
        Played::BankSilent => Some(talk.say("rehearsal-bank-silent")),
    };
    step(talk, seat, Look::Next, news).await
}

async fn stop(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    let is_sample = talk.services.rehearsal(seat).await?.is_some_and(|rehearsal| rehearsal.is_sample);
    talk.services.end_rehearsal(seat).await?;
    let news = talk.say(if is_sample { "rehearsal-thrown-away" } else { "rehearsal-stopped" });
    home::show_with_news(talk, Some(news)).await
}

async fn refuse(talk: &mut Talk, refusal: &RehearsalRefusal) -> Result<(), BotError> {
    let key = match refusal {
        RehearsalRefusal::NotAllowed => "rehearsal-viewer",
        RehearsalRefusal::NoSandbox => "rehearsal-no-sandbox",
        RehearsalRefusal::LinkUnfit => "rehearsal-link-unfit",
    };
    let home = talk.home_button();
    let mode = CardButton::press(talk.say("gateway-button-show"), Press::Gateway(GatewayPress::Show));
    let mode = (*refusal == RehearsalRefusal::NoSandbox).then_some(mode);
    let card = Card::new(talk.say(key)).row(mode.into_iter().chain([home]));
    talk.show(card).await
}

#[expect(clippy::expect_used, reason = "the name is a text of ours that a test reads in every language")]
fn sample_name(talk: &Talk) -> ItemName {
    ItemName::parse(&talk.say("rehearsal-item")).expect("the sample's name is a name").value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::CustomerName;
    use crate::domain::language::Language;
    use crate::messaging::texts::say;

    #[test]
    fn what_is_made_up_is_valid_in_every_language() {
        for language in Language::ALL {
            assert!(ItemName::parse(&say(language, "rehearsal-item")).is_ok());
            assert!(CustomerName::parse(&say(language, "rehearsal-customer")).is_ok());
        }
    }
}
