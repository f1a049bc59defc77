//! What a seller does about an order's money: count it, give it back, say that it was sent back.
//!
//! ```text
//! Ani   taps ↩ Kembalikan uang (under a notice or an order)
//! Bot   ↩ Kembalikan Rp150.000 ke Budi? QRIS mengirimnya sendiri …
//!       [◀ Tidak jadi] [↩ Ya, kembalikan]
//!       [✏️ Jumlah lain]
//! Ani   taps ↩ Ya, kembalikan
//! Bot   ↩ Rp150.000 sedang dikembalikan … (the order's card)
//! ```
//!
//! Where the method knows no way back, the card shows the customer's contact instead, and **I sent it
//! back** asks once more. The second button works once and for ten minutes; whoever presses it late, again
//! or for someone else hears so and sees the order as it stands.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::bot::BotError;
use crate::bot::conversation::Conversation;
use crate::bot::talk::Talk;
use crate::domain::apply::acts::{ActRefusal, SellerAct, delivering, staying};
use crate::domain::card_number::contains_card_number;
use crate::domain::id::{AttemptId, ConfirmationId, OrderId};
use crate::domain::money::{Price, PriceError, parse_price};
use crate::messaging::buttons::Press;
use crate::services::orders::OrderView;
use crate::services::seller_acts::{ActSubject, Asked, Confirmed};

use super::refusals::shortened;
use super::wizard::with_lead;
use super::{any_seat, gone, money_card, order_card, reader};

/// How long an amount is waited for.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// What the bot waits for about money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyTalk {
    /// How much of a charge's money goes back.
    AwaitingAmount {
        /// The charge.
        attempt_id: AttemptId,
        /// When it was asked.
        asked_at: DateTime<Utc>,
    },
}

/// A tap on a button about money.
pub(super) async fn pressed(talk: &mut Talk, press: Press) -> Result<(), BotError> {
    leave(talk);
    match press {
        Press::Accept(order_id) => ask(talk, ActSubject::Order(order_id), SellerAct::Accept).await,
        Press::Deliver(order_id) => deliver(talk, order_id).await,
        Press::ReturnOf(order_id) => choose(talk, order_id).await,
        Press::Return(attempt_id, amount_minor) => give_back(talk, attempt_id, amount_minor).await,
        Press::ReturnAmount(attempt_id) => ask_amount(talk, attempt_id, None).await,
        Press::SentBack(attempt_id, amount_minor) => {
            ask(talk, ActSubject::Attempt(attempt_id), SellerAct::SentBack { amount_minor }).await
        }
        Press::Confirm(confirmation) => confirm(talk, confirmation).await,
        _ => Ok(()),
    }
}

/// The amount that was asked for.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn typed(talk: &mut Talk, awaited: MoneyTalk, text: &str) -> Result<(), BotError> {
    let MoneyTalk::AwaitingAmount { attempt_id, asked_at } = awaited;
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    if talk.services.clock().now() - asked_at > PATIENCE {
        leave(talk);
        return give_back(talk, attempt_id, None).await;
    }
    let currency = seat.merchant.currency;
    match parse_price(text, currency, talk.language) {
        Ok(Price::Exact(money)) if money.currency() == currency => {
            let asked = talk.services.ask_refund(&seat, attempt_id, Some(money.minor())).await?;
            if let Asked::Refused(view, refusal @ ActRefusal::TooMuch { .. }) = &asked {
                let lead = money_card::refusal_text(&reader(talk, &seat), view, *refusal);
                return ask_amount(talk, attempt_id, Some(lead)).await;
            }
            leave(talk);
            answer(talk, asked).await
        }
        Err(PriceError::Zero | PriceError::Negative) => {
            let lead = talk.say("money-refused-amount");
            ask_amount(talk, attempt_id, Some(lead)).await
        }
        Ok(Price::Exact(_) | Price::Ambiguous(_)) | Err(_) => {
            // A card number is never said back.
            let typed = if contains_card_number(text) { "…".to_owned() } else { shortened(text.trim()) };
            let lead = talk.words("money-amount-unclear").with("typed", typed).html();
            ask_amount(talk, attempt_id, Some(lead)).await
        }
    }
}

/// Nothing is awaited about money any more.
pub(super) fn leave(talk: &mut Talk) {
    if matches!(talk.conversation, Conversation::Money(_)) {
        talk.go(Conversation::Idle);
    }
}

async fn give_back(
    talk: &mut Talk,
    attempt_id: AttemptId,
    amount_minor: Option<i64>,
) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let asked = talk.services.ask_refund(&seat, attempt_id, amount_minor).await?;
    answer(talk, asked).await
}

async fn ask(talk: &mut Talk, subject: ActSubject, act: SellerAct) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let asked = talk.services.ask_act(&seat, subject, act).await?;
    answer(talk, asked).await
}

async fn answer(talk: &mut Talk, asked: Asked) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else { return Ok(()) };
    let reader = reader(talk, &seat);
    match asked {
        Asked::Question(question) => talk.show(money_card::question_card(&reader, &question)).await,
        Asked::Refused(view, refusal) => show_refused(talk, &view, refusal).await,
        Asked::NotFound => gone(talk).await,
        Asked::NotAllowed => not_allowed(talk).await,
    }
}

/// A payment that came late is delivered like any other: says so, or why not.
async fn deliver(talk: &mut Talk, order_id: OrderId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.order(&seat, order_id).await? else { return gone(talk).await };
    let amount_minor = view.order.amount.minor();
    let may = delivering(view.order.state).and_then(|()| staying(view.money.staying_minor(), amount_minor));
    if let Err(refusal) = may {
        return show_refused(talk, &view, refusal).await;
    }
    let reader = reader(talk, &seat);
    let lead = money_card::done_text(&reader, &view, SellerAct::Deliver);
    let card = order_card::order_card(&reader, &view);
    talk.show(with_lead(card, Some(lead))).await
}

/// Which of several payments goes back.
async fn choose(talk: &mut Talk, order_id: OrderId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.order(&seat, order_id).await? else { return gone(talk).await };
    let reader = reader(talk, &seat);
    let card = if view.returnable().is_empty() {
        order_card::order_card(&reader, &view)
    } else {
        money_card::choice_card(&reader, &view)
    };
    talk.show(card).await
}

async fn ask_amount(talk: &mut Talk, attempt_id: AttemptId, lead: Option<String>) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let view = talk.services.order_of_attempt(&seat, attempt_id).await?;
    let Some(view) = view else { return gone(talk).await };
    let reader = reader(talk, &seat);
    let found = view.returnable().into_iter().find(|(attempt, _)| attempt.id == attempt_id);
    let Some((attempt, left_minor)) = found else {
        return talk.show(order_card::order_card(&reader, &view)).await;
    };
    let asked_at = reader.now;
    let card = with_lead(money_card::amount_card(&reader, &view, attempt, left_minor), lead);
    talk.go(Conversation::Money(MoneyTalk::AwaitingAmount { attempt_id, asked_at }));
    talk.show(card).await
}

async fn confirm(talk: &mut Talk, id: ConfirmationId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let confirmed = talk.services.confirm_act(&seat, id).await?;
    let reader = reader(talk, &seat);
    let (view, lead) = match confirmed {
        Confirmed::Done(view, act) => {
            let lead = money_card::done_text(&reader, &view, act);
            (view, lead)
        }
        Confirmed::DoneBefore(view) => (view, reader.say("money-done-before")),
        Confirmed::TooOld(view) => (view, reader.say("money-too-old")),
        Confirmed::Refused(view, refusal) => return show_refused(talk, &view, refusal).await,
        Confirmed::NotYours => return gone(talk).await,
        Confirmed::NotAllowed => return not_allowed(talk).await,
    };
    let card = order_card::order_card(&reader, &view);
    talk.show(with_lead(card, Some(lead))).await
}

async fn show_refused(talk: &mut Talk, view: &OrderView, refusal: ActRefusal) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else { return Ok(()) };
    let reader = reader(talk, &seat);
    let lead = money_card::refusal_text(&reader, view, refusal);
    let card = order_card::order_card(&reader, view);
    talk.show(with_lead(card, Some(lead))).await
}

async fn not_allowed(talk: &mut Talk) -> Result<(), BotError> {
    talk.show(super::only_looks(talk.language, "money-not-allowed")).await
}
