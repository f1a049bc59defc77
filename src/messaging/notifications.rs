//! What a seller's chat is told about money, rendered from what is true when it is sent. Every order
//! code stands in its notice, so that a repeat after a lost answer is known as one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::buttons::{NoticesPress, Press, ShopPlace};
use super::card::{Card, CardButton};
use super::customer_drafts::{CustomerDraft, Tone};
use super::html;
use super::texts::{Say, say};
use crate::domain::apply::Tiding;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::instant_text::{display_instant_at, display_time};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState, Unit};
use crate::domain::payment_link::PaymentLink;

/// Something about an order's money, and all that its notice says.
#[derive(Debug, Clone, Copy)]
pub struct OrderNews<'a> {
    /// The shop, for its time zone.
    pub merchant: &'a Merchant,
    /// What was bought.
    pub link: &'a PaymentLink,
    /// The purchase.
    pub order: &'a Order,
    /// The charge it is about, when one is known.
    pub attempt: Option<&'a PaymentAttempt>,
    /// What happened.
    pub tiding: Tiding,
    /// The amount it is about.
    pub amount: Money,
    /// When the money of that charge came, where it did.
    pub came_at: Option<DateTime<Utc>>,
    /// When the notice is written.
    pub now: DateTime<Utc>,
}

/// Who reads a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// One of the shop's people, with buttons for what is to be done.
    InPrivate,
    /// Whoever is in a group or channel, with one button that opens the private chat.
    InPlace,
}

/// The notice about an order's money, with a button to the order. It rings.
#[must_use]
pub fn order_notice(news: &OrderNews<'_>, language: Language) -> Card {
    let order = CardButton::press(say(language, "notice-button-order"), Press::RecordOrder(news.order.id));
    let orders = CardButton::press(say(language, "notice-button-orders"), Press::RecordOrders(news.link.id));
    let card = Card::new(order_text(news, Told::InPrivate, language))
        .row(action_buttons(news, language))
        .row(writing_buttons(news, language));
    match thanking_button(news, language) {
        Some(thanks) => card.row([order, thanks]).row([orders]),
        None => card.row([order, orders]),
    }
}

/// What a notice about an order's money says.
pub(super) fn order_text(news: &OrderNews<'_>, told: Told, language: Language) -> String {
    let customer = news.order.customer.name.as_str();
    let late = lateness(news, language);
    let key = match (news.tiding, &late) {
        (Tiding::PaidLate, Some(_)) => "notice-paid-late-by",
        (Tiding::PaidUnallocated, Some(_)) => "notice-paid-unallocated-late",
        (tiding, _) => headline_key(tiding),
    };
    let headline = Say::new(language, key)
        .with_safe("amount", news.amount.display(language))
        .with_safe("asked", news.order.amount.display(language))
        .with_safe("late", late.unwrap_or_default())
        .with("customer", customer)
        .html();
    let item = format!("{} · {}", html::escape(&news.order.title(news.link)), how_and_when(news, language));
    let code = html::code(&news.order.code.to_string());
    let last =
        if counts_a_payment(news.tiding) { format!("{} · {code}", left(news.link, language)) } else { code };
    let mut lines = vec![headline, item, last, mode_mark(news.order.mode, language)];
    if let Some(advice) = advice_key(news.tiding, news.order.state, told) {
        lines.push(format!("\n{}", say(language, advice)));
    }
    if let Some(line) = shipped_before(news, language) {
        lines.push(line);
    }
    if keeps_its_place(news) {
        lines.push(say(language, "notice-place-stays"));
    }
    lines.join("\n")
}

/// The notice that a link took its last payment. The payment itself has rung, so this does not.
#[must_use]
pub fn sold_out_notice(link: &PaymentLink, language: Language) -> Card {
    let text = Say::new(language, "notice-sold-out")
        .with("item", link.item_name.as_str())
        .with_number("paid", link.used)
        .html();
    let new = NoticesPress::RecordIn(link.merchant_id, ShopPlace::NewLink);
    Card::new(format!("{text}\n{}", mode_mark(link.mode, language)))
        .row([
            CardButton::press(say(language, "notice-button-link"), Press::RecordLink(link.id)),
            CardButton::press(say(language, "notice-button-new"), Press::Notices(new)),
        ])
        .silent()
}

/// The notice that a link could not be sent to the customer it was made for. It does not ring: no money moved.
#[must_use]
pub fn letter_failed_notice(link: &PaymentLink, is_one_of_many: bool, language: Language) -> Card {
    let address = link.customer.as_ref().and_then(|customer| customer.email.as_ref());
    let address = address.map_or_else(|| "—".to_owned(), |email| html::code(email.as_str()));
    let key = if is_one_of_many { "notice-letters-left" } else { "notice-letter-failed" };
    let text =
        Say::new(language, key).with("item", link.item_name.as_str()).with_safe("email", address).html();
    let label = say(language, "notice-button-link");
    Card::new(text).row([CardButton::press(label, Press::RecordLink(link.id))]).silent()
}

/// The reminder that somebody was about to pay, with a friendly message to send. It does not ring: no money
/// moved.
#[must_use]
pub fn follow_up_notice(draft: &CustomerDraft<'_>, zone: Tz, now: DateTime<Utc>, language: Language) -> Card {
    let order = draft.order;
    let lines = [
        Say::new(language, "notice-follow-up")
            .with("customer", order.customer.name.as_str())
            .with_safe("amount", order.amount.display(language))
            .html(),
        Say::new(language, "notice-follow-up-order")
            .with("item", order.title(draft.link))
            .with_safe("code", html::code(&order.code.to_string()))
            .with_safe("at", display_instant_at(order.created_at, now, zone, language))
            .html(),
        mode_mark(order.mode, language),
        String::new(),
        say(language, "notice-follow-up-advice"),
    ];
    Card::new(lines.join("\n"))
        .row(draft.buttons(Tone::of(order, false), language))
        .row([CardButton::press(say(language, "notice-button-order"), Press::RecordOrder(order.id))])
        .silent()
}

const fn headline_key(tiding: Tiding) -> &'static str {
    match tiding {
        Tiding::Paid => "notice-paid",
        Tiding::PaidLate => "notice-paid-late",
        Tiding::PaidUnallocated => "notice-paid-unallocated",
        Tiding::Underpaid => "notice-underpaid",
        Tiding::Overpaid => "notice-overpaid",
        Tiding::DuplicatePayment => "notice-duplicate-payment",
        Tiding::DuplicateReversed => "notice-duplicate-reversed",
        Tiding::Restored => "notice-restored",
        Tiding::Reversed => "notice-reversed",
        Tiding::PartiallyRefunded => "notice-partially-refunded",
        Tiding::Refunded => "notice-refunded",
        Tiding::ChargedBack => "notice-charged-back",
        Tiding::Accepted => "notice-accepted",
        Tiding::ReturnedByHand => "notice-returned-by-hand",
        Tiding::RefundFailed => "notice-refund-failed",
    }
}

/// What the seller should do, where it is not plain. In a place it names no button but the one that is there.
const fn advice_key(tiding: Tiding, order: OrderState, told: Told) -> Option<&'static str> {
    match tiding {
        Tiding::PartiallyRefunded | Tiding::Refunded | Tiding::ReturnedByHand => match order {
            OrderState::Refunded => Some("notice-refunded-advice"),
            OrderState::PartiallyRefunded => Some("notice-partially-refunded-advice"),
            // One of two payments, or what came beyond the price.
            OrderState::Paid => Some("notice-surplus-returned-advice"),
            _ => None,
        },
        Tiding::Paid | Tiding::Restored | Tiding::Accepted => None,
        Tiding::RefundFailed => Some(match told {
            Told::InPrivate => "notice-refund-failed-advice",
            Told::InPlace => "notice-refund-failed-advice-in-place",
        }),
        Tiding::PaidLate => Some("notice-paid-late-advice"),
        Tiding::PaidUnallocated => Some("notice-paid-unallocated-advice"),
        Tiding::Underpaid => Some("notice-underpaid-advice"),
        Tiding::Overpaid => Some("notice-overpaid-advice"),
        Tiding::DuplicatePayment => Some("notice-duplicate-payment-advice"),
        Tiding::DuplicateReversed => Some("notice-duplicate-reversed-advice"),
        Tiding::Reversed => Some("notice-reversed-advice"),
        Tiding::ChargedBack => Some("notice-charged-back-advice"),
    }
}

/// What the seller may do about it at once; each asks again before anything happens.
fn action_buttons(news: &OrderNews<'_>, language: Language) -> Vec<CardButton> {
    let button = |key: &str, press| CardButton::press(say(language, key), press);
    let order_id = news.order.id;
    let give_back = |amount_minor| {
        let press = |attempt: &PaymentAttempt| Press::RecordReturn(attempt.id, amount_minor);
        news.attempt.map(|attempt| button("notice-button-give-back", press(attempt)))
    };
    let (first, second) = match news.tiding {
        Tiding::PaidUnallocated => {
            (Some(button("notice-button-accept", Press::RecordAccept(order_id))), give_back(None))
        }
        Tiding::PaidLate => {
            (Some(button("notice-button-deliver", Press::RecordDeliver(order_id))), give_back(None))
        }
        Tiding::Underpaid | Tiding::DuplicatePayment => (give_back(None), None),
        Tiding::Overpaid => {
            let excess_minor = news.amount.minor() - news.order.amount.minor();
            (give_back((excess_minor > 0).then_some(excess_minor)), None)
        }
        Tiding::RefundFailed => {
            let amount_minor = news.amount.minor();
            let by_hand = news.attempt.map(|attempt| {
                button("notice-button-sent-back", Press::RecordSentBack(attempt.id, amount_minor))
            });
            let again = |attempt: &PaymentAttempt| Press::RecordReturn(attempt.id, Some(amount_minor));
            (news.attempt.map(|attempt| button("notice-button-try-again", again(attempt))), by_hand)
        }
        Tiding::Paid
        | Tiding::Restored
        | Tiding::DuplicateReversed
        | Tiding::Reversed
        | Tiding::PartiallyRefunded
        | Tiding::Refunded
        | Tiding::ChargedBack
        | Tiding::Accepted
        | Tiding::ReturnedByHand => (None, None),
    };
    first.into_iter().chain(second).collect()
}

/// Opens a chat with the customer, where the advice is to talk to them.
fn writing_buttons(news: &OrderNews<'_>, language: Language) -> Vec<CardButton> {
    let is_advised = matches!(news.tiding, Tiding::Underpaid | Tiding::Reversed | Tiding::RefundFailed);
    if !is_advised {
        return Vec::new();
    }
    let (store, link, order) = (&news.merchant.name, news.link, news.order);
    CustomerDraft { store, link, order, address: None }.buttons(Tone::Question, language)
}

/// Opens WhatsApp with thanks, under a payment about which nothing is to be decided.
fn thanking_button(news: &OrderNews<'_>, language: Language) -> Option<CardButton> {
    if !matches!(news.tiding, Tiding::Paid | Tiding::Restored) {
        return None;
    }
    let (store, link, order) = (&news.merchant.name, news.link, news.order);
    CustomerDraft { store, link, order, address: None }.whatsapp(Tone::of(order, false), language)
}

/// That the goods had been sent already, where their money is gone again.
fn shipped_before(news: &OrderNews<'_>, language: Language) -> Option<String> {
    let is_gone = matches!(
        news.tiding,
        Tiding::Reversed | Tiding::ChargedBack | Tiding::Refunded | Tiding::ReturnedByHand
    );
    let shipped = news.order.shipped.filter(|_| is_gone)?;
    let at = display_instant_at(shipped.at, news.now, news.merchant.time_zone, language);
    Some(Say::new(language, "notice-shipped-before").with_safe("at", at).html())
}

/// Whether all went back and the link still counts the sale, so that nothing can be sold in its place.
fn keeps_its_place(news: &OrderNews<'_>) -> bool {
    let order = news.order;
    matches!(news.tiding, Tiding::Refunded | Tiding::ReturnedByHand)
        && (order.state, order.unit) == (OrderState::Refunded, Unit::Used)
        && news.link.usage_limit.is_some()
}

/// How long after its time the money came: `3 hours late`; `None` where that is not the point.
fn lateness(news: &OrderNews<'_>, language: Language) -> Option<String> {
    let is_the_point = matches!(news.tiding, Tiding::PaidLate | Tiding::PaidUnallocated);
    let pay_by = news.attempt.filter(|_| is_the_point)?.pay_by;
    let late = news.order.paid_at? - pay_by;
    let (key, count) = match (late.num_days(), late.num_hours(), late.num_minutes()) {
        (days, ..) if days > 1 => ("notice-late-days", days),
        (_, hours, _) if hours > 0 => ("notice-late-hours", hours),
        (_, _, minutes) if minutes > 0 => ("notice-late-minutes", minutes),
        _ => return None,
    };
    Some(Say::new(language, key).with_number("count", count).html())
}

const fn counts_a_payment(tiding: Tiding) -> bool {
    matches!(
        tiding,
        Tiding::Paid | Tiding::PaidLate | Tiding::Overpaid | Tiding::PaidUnallocated | Tiding::Restored
    )
}

/// `QRIS · 14.02 WIB`; with the day when it was another one.
fn how_and_when(news: &OrderNews<'_>, language: Language) -> String {
    let zone = news.merchant.time_zone;
    let happened_at = match news.tiding {
        Tiding::Underpaid | Tiding::DuplicatePayment => news.came_at,
        tiding if counts_a_payment(tiding) => news.order.paid_at,
        _ => None,
    };
    let happened_at = happened_at.unwrap_or(news.now);
    let is_today =
        happened_at.with_timezone(&zone).date_naive() == news.now.with_timezone(&zone).date_naive();
    let when = if is_today {
        display_time(happened_at, zone, language)
    } else {
        display_instant_at(happened_at, news.now, zone, language)
    };
    // The money of this charge: the order may have been paid by another one.
    let method = news.attempt.map(|attempt| attempt.method).or(news.order.paid_with);
    method.map_or(when.clone(), |method| format!("{} · {when}", method.name()))
}

fn left(link: &PaymentLink, language: Language) -> String {
    match link.remaining() {
        Some(remaining) => Say::new(language, "notice-left").with_number("remaining", remaining).html(),
        None => say(language, "notice-no-limit"),
    }
}

/// The line that says whether money is real.
#[must_use]
pub fn mode_mark(mode: Mode, language: Language) -> String {
    match mode {
        Mode::Sandbox => say(language, "mode-sandbox"),
        Mode::Live => say(language, "mode-live"),
    }
}

#[cfg(test)]
mod tests;
