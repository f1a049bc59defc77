//! What stands in groups and channels, where anybody may read: the same notices as in private, with a short name
//! for the customer, no way to reach anyone, and buttons that open the private chat of who presses.

use chrono::{DateTime, Utc};

use super::buttons::{PlacesPress, Press};
use super::card::{Card, CardButton};
use super::notice_cards::recap_card;
use super::notifications::{OrderNews, Told, mode_mark, order_text, sold_out_notice};
use super::payment_lists::{PaymentLine, burst_list};
use super::texts::{Say, say};
use crate::domain::customer::CustomerName;
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::payment_link::PaymentLink;
use crate::domain::place::{Place, PlaceKind, short_name};
use crate::domain::recap::RecapFigures;

/// The notice about an order's money.
#[must_use]
pub fn order_in_place(news: &OrderNews<'_>, language: Language) -> Card {
    let mut order: Order = news.order.clone();
    let name = said_name(order.customer.name.as_str(), language);
    if let Ok(name) = CustomerName::parse(&name) {
        order.customer.name = name;
    }
    let text = order_text(&OrderNews { order: &order, ..*news }, Told::InPlace, language);
    opening(Card::new(text), "place-button-order", PlacesPress::Order(order.id), language)
}

/// The notice that a link took its last payment.
#[must_use]
pub fn sold_out_in_place(link: &PaymentLink, language: Language) -> Card {
    opening(sold_out_notice(link, language), "place-button-link", PlacesPress::Link(link.id), language)
}

/// The message of a burst.
#[must_use]
pub fn burst_in_place(
    merchant: &Merchant,
    lines: &[PaymentLine],
    since: DateTime<Utc>,
    rings: bool,
    language: Language,
) -> Card {
    let short =
        |line: &PaymentLine| PaymentLine { customer: said_name(&line.customer, language), ..line.clone() };
    let lines: Vec<PaymentLine> = lines.iter().map(short).collect();
    let card = burst_list(merchant, &lines, since, rings, language);
    opening(card, "place-button-orders", PlacesPress::Orders(merchant.id), language)
}

/// The recap.
#[must_use]
pub fn recap_in_place(
    merchant: &Merchant,
    mode: Mode,
    look: (DateTime<Utc>, DateTime<Utc>),
    figures: &RecapFigures,
    language: Language,
) -> Card {
    let card = recap_card(merchant, mode, look, figures, language);
    opening(card, "place-button-orders", PlacesPress::Orders(merchant.id), language)
}

/// A notice that tells nothing, to see whether notices come.
#[must_use]
pub fn test_in_place(merchant: &Merchant, language: Language) -> Card {
    let text = Say::new(language, "place-test").with("store", merchant.name.as_str()).html();
    Card::new(format!("{text}\n{}", mode_mark(merchant.mode, language)))
}

/// That a shop's payments ring here, with a button to stop that.
#[must_use]
pub fn rings_here(merchant: &Merchant, place: &Place, language: Language) -> Card {
    let key = match (place.kind, place.thread) {
        _ if !place.tells_something() => "place-on-nothing",
        (PlaceKind::Channel, _) => "place-on-channel",
        (PlaceKind::Group, Some(_)) => "place-on-topic",
        (PlaceKind::Group, None) => "place-on-group",
    };
    let text = Say::new(language, key).with("store", merchant.name.as_str()).html();
    let stop = Press::Places(PlacesPress::Stop(merchant.id));
    Card::new(format!("{text}\n{}", mode_mark(merchant.mode, language)))
        .row([CardButton::press(say(language, "place-button-stop"), stop)])
}

/// What a shop sold today, in one line.
#[must_use]
pub fn today(merchant: &Merchant, (paid, sum, waiting): (i64, Money, i64), language: Language) -> Card {
    let text = Say::new(language, "numbers-today")
        .with("store", merchant.name.as_str())
        .with_number("paid", paid)
        .with_safe("sum", sum.display(language))
        .with_number("waiting", waiting)
        .html();
    Card::new(format!("{text}\n{}", mode_mark(merchant.mode, language)))
}

/// The card with one button instead of its own.
fn opening(card: Card, key: &str, press: PlacesPress, language: Language) -> Card {
    let open = CardButton::press(say(language, key), Press::Places(press));
    Card { rows: Vec::new(), effect: None, ..card }.row([open])
}

fn said_name(name: &str, language: Language) -> String {
    short_name(name).unwrap_or_else(|| say(language, "place-somebody"))
}
