//! What a customer is shown in chat: a link that is offered, and an order with its receipt. Nothing here leads
//! into a shop.

use chrono::{DateTime, Utc};
use url::Url;

use super::buttons::{Press, SharingPress};
use super::card::{Card, CardButton};
use super::html;
use super::price_words::price_words;
use super::sharing::is_public;
use super::storefront::Listing;
use super::texts::{Say, say};
use crate::domain::id::QuestionId;
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};
use crate::domain::order_money::OrderMoney;
use crate::domain::payment_link::PaymentLink;
use crate::domain::visible_text::StoreName;

/// Where an order stands in the line of its link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InLine {
    /// This many customers are told before or with this one, from 1.
    Place(i64),
    /// It is this customer's turn.
    Turn,
}

/// An order as its customer's chat shows it.
#[derive(Debug, Clone, Copy)]
pub struct OrderStatus<'a> {
    /// Who sells.
    pub merchant: &'a Merchant,
    /// What was bought.
    pub link: &'a PaymentLink,
    /// The order.
    pub order: &'a Order,
    /// What came of its money and where it went, by the book.
    pub money: &'a OrderMoney,
    /// The address of its page.
    pub url: &'a Url,
    /// Whether the customer can pay it now.
    pub may_pay: bool,
    /// Whether the chat hears what becomes of it.
    pub is_followed: bool,
    /// Where it stands in line, if it does.
    pub turn: Option<InLine>,
    /// The instant of all this.
    pub now: DateTime<Utc>,
}

/// A link in the eyes of a customer, with a button to pay it while that can be.
#[must_use]
pub fn listing_card(listing: &Listing<'_>, shop: &StoreName, language: Language) -> Card {
    let is_payable = listing.standing().may_be_paid();
    let pay = (is_payable && is_public(listing.url))
        .then(|| CardButton::url(listing.pay_label(language), listing.url.clone()));
    let ask = press(language, "customer-button-ask", SharingPress::Ask(listing.link.id));
    let again = press(language, "customer-button-again", SharingPress::Listing(listing.link.id));
    Card::new(listing.message(shop, language)).row(pay).row([ask, again])
}

/// An order and what came of it: the receipt, once it is paid.
#[must_use]
pub fn status_card(status: &OrderStatus<'_>, language: Language) -> Card {
    let order = status.order;
    let title = Say::new(language, "customer-order-title")
        .with_safe("code", html::code(&order.code.to_string()))
        .html();
    let item = Say::new(language, "link-title")
        .with("name", order.item(status.link).as_str())
        .with_safe("price", order.amount.display(language))
        .html();
    let shop = Say::new(language, "storefront-shop").with("shop", status.merchant.name.as_str()).html();
    let mut lines = vec![title, item, shop, state_line(status, language)];
    lines.extend(money_lines(status, language));
    if order.mode == Mode::Sandbox {
        lines.push(say(language, "mode-sandbox"));
    }
    if status.is_followed {
        lines.push(say(language, "customer-following"));
    }
    if !is_public(status.url) {
        lines.push(html::address(status.url));
    }
    Card::new(lines.join("\n")).row(page_button(status, language)).row(news_buttons(status, language))
}

fn state_line(status: &OrderStatus<'_>, language: Language) -> String {
    let order = status.order;
    if order.flags.underpaid && !order.state.has_seen_money() {
        return say(language, "customer-order-underpaid");
    }
    match status.turn {
        Some(InLine::Turn) => return say(language, "customer-order-turn"),
        Some(InLine::Place(place)) => {
            return Say::new(language, "customer-order-in-line").with_number("place", place).html();
        }
        None => {}
    }
    let key = match order.state {
        OrderState::Open => "customer-order-open",
        OrderState::Awaiting => "customer-order-awaiting",
        OrderState::Paid => "customer-order-paid",
        OrderState::PaidUnallocated => "customer-order-unallocated",
        OrderState::PartiallyRefunded => "customer-order-partly-back",
        OrderState::Refunded => "customer-order-back",
        OrderState::Reversed => "customer-order-reversed",
        OrderState::ChargedBack => "customer-order-disputed",
        OrderState::Expired => "customer-order-expired",
        OrderState::Closed => "customer-order-closed",
    };
    let zone = status.merchant.time_zone;
    let when = order.paid_at.map(|at| display_instant_at(at, status.now, zone, language));
    let how = order.paid_with.map(|method| format!("{} · ", method.name())).unwrap_or_default();
    Say::new(language, key).with_safe("how", format!("{how}{}", when.unwrap_or_default())).html()
}

/// What came and went, where it is not simply the price that came.
fn money_lines(status: &OrderStatus<'_>, language: Language) -> Vec<String> {
    let money = status.money;
    let is_plain = money.received_minor() == status.order.amount.minor()
        && money.balance_minor() == money.received_minor()
        && money.under_way_minor() == 0;
    if is_plain {
        return Vec::new();
    }
    let amounts = [
        ("customer-money-came", money.received_minor()),
        ("customer-money-back", money.sent_back_minor()),
        ("customer-money-under-way", money.under_way_minor()),
    ];
    let line = |(key, minor): (&str, i64)| {
        let amount = Money::new(minor, status.order.amount.currency()).display(language);
        Say::new(language, key).with_safe("amount", amount).html()
    };
    amounts.into_iter().filter(|(_, minor)| *minor > 0).map(line).collect()
}

fn page_button(status: &OrderStatus<'_>, language: Language) -> Option<CardButton> {
    let label = if status.may_pay {
        let price = status.order.amount.display(language);
        Say::new(language, "storefront-button-pay").with_safe("price", price).plain()
    } else {
        say(language, "customer-button-page")
    };
    is_public(status.url).then(|| CardButton::url(label, status.url.clone()))
}

/// News can be asked for until the order is paid, and declined for good.
fn news_buttons(status: &OrderStatus<'_>, language: Language) -> Vec<CardButton> {
    let id = status.order.id;
    let may_come = !status.order.state.has_seen_money() && status.order.state != OrderState::Closed;
    let news = match (status.is_followed, may_come) {
        (true, _) => Some(press(language, "customer-button-unfollow", SharingPress::Unfollow(id))),
        (false, true) => {
            let waits = matches!(status.turn, Some(InLine::Place(_)));
            let key = if waits { "customer-button-follow-line" } else { "customer-button-follow" };
            Some(press(language, key, SharingPress::Follow(id)))
        }
        (false, false) => None,
    };
    let again = press(language, "customer-button-again", SharingPress::Status(id));
    news.into_iter().chain([again]).collect()
}

fn press(language: Language, key: &str, press: SharingPress) -> CardButton {
    CardButton::press(say(language, key), Press::Sharing(press))
}

/// What the seller is told when a customer asks about a link.
#[must_use]
pub fn question_card(
    asker: &str,
    question: &str,
    (id, link): (QuestionId, &PaymentLink),
    language: Language,
) -> Card {
    let asked = Say::new(language, "question-notice").with("asker", asker).with("question", question).html();
    let about = Say::new(language, "link-title")
        .with("name", link.item_name.as_str())
        .with_safe("price", price_words(language, link.price, &link.offer.pricing))
        .html();
    let mode = match link.mode {
        Mode::Sandbox => say(language, "mode-sandbox"),
        Mode::Live => say(language, "mode-live"),
    };
    Card::new(format!("{asked}\n\n{about}\n{mode}")).row([
        press(language, "question-button-answer", SharingPress::Answer(id)),
        CardButton::press(say(language, "notice-button-link"), Press::RecordLink(link.id)),
    ])
}

/// What a customer is told when the seller answers.
#[must_use]
pub fn answer_card(answer: &str, listing: &Listing<'_>, shop: &StoreName, language: Language) -> Card {
    let answered =
        Say::new(language, "answer-notice").with("shop", shop.as_str()).with("answer", answer).html();
    let card = listing_card(listing, shop, language);
    Card { html: format!("{answered}\n\n{}", card.html), ..card }
}
