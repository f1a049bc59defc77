//! What is told beside money that came: the recap of the day, orders that nobody paid, and what stands under
//! the first payment of all.

use chrono::{DateTime, Utc};

use super::buttons::{NoticesPress, NumbersPress, Press, QuestionAnswer, ShopPlace};
use super::card::{Card, CardButton};
use super::html;
use super::notifications::mode_mark;
use super::texts::{Say, say};
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::link_question::is_worth_asking;
use crate::domain::merchant::{Merchant, Mode};
use crate::domain::order::{Order, OrderState};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::recap::RecapFigures;

/// Telegram's number of the effect 🎉, which only private chats show.
pub const CONFETTI: &str = "5046509860389126442";

/// The recap from one instant until another.
#[must_use]
pub fn recap_card(
    merchant: &Merchant,
    mode: Mode,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    figures: &RecapFigures,
    language: Language,
) -> Card {
    let instant = |at| display_instant_at(at, until, merchant.time_zone, language);
    let counted =
        |key, count: i64| (count > 0).then(|| Say::new(language, key).with_number("count", count).html());
    let title = Say::new(language, "recap-title")
        .with_safe("since", instant(from))
        .with_safe("until", instant(until))
        .html();
    let mut lines = vec![title, String::new()];
    lines.extend(figures.paid.iter().map(|(count, sum)| {
        let paid = Say::new(language, "recap-paid").with_number("count", *count);
        paid.with_safe("sum", sum.display(language)).html()
    }));
    lines.extend(figures.paid.is_empty().then(|| say(language, "recap-none-paid")));
    lines.extend(counted("recap-late", figures.late));
    lines.extend(counted("recap-answer", figures.needs_answer));
    lines.extend(counted("recap-to-ship", figures.to_ship));
    lines.extend(counted("recap-waiting", figures.waiting));
    lines.extend(counted("recap-unpaid", figures.unpaid));
    lines.push(mode_mark(mode, language));
    let exports = Press::Numbers(NumbersPress::RecordExports);
    let file = CardButton::press(say(language, "numbers-button-export"), exports);
    let in_shop = |place| Press::Notices(NoticesPress::RecordIn(merchant.id, place));
    let ways_on = [
        CardButton::press(say(language, "burst-button-orders"), in_shop(ShopPlace::Orders)),
        CardButton::press(say(language, "burst-button-all"), in_shop(ShopPlace::Links)),
    ];
    Card::new(lines.join("\n")).row(ways_on).row([file]).silent()
}

/// The notice that an order ended without money, or that a payment of it did not work out.
#[must_use]
pub fn unpaid_notice(order: &Order, link: &PaymentLink, language: Language) -> Card {
    let is_over = matches!(order.state, OrderState::Expired | OrderState::Closed);
    let headline = Say::new(language, if is_over { "unpaid-expired" } else { "unpaid-failed" })
        .with("customer", order.customer.name.as_str())
        .with_safe("amount", order.amount.display(language))
        .html();
    let lines = [
        headline,
        format!("{} · {}", html::escape(&order.title(link)), html::code(&order.code.to_string())),
        mode_mark(order.mode, language),
        format!("\n{}", say(language, "unpaid-hint")),
    ];
    Card::new(lines.join("\n"))
        .row([
            CardButton::press(say(language, "notice-button-order"), Press::RecordOrder(order.id)),
            CardButton::press(say(language, "notice-button-orders"), Press::RecordOrders(link.id)),
        ])
        .silent()
}

/// The question of somebody who would buy more, with answers of one tap; `None` when the link as it stands
/// gives nothing to answer. Who asked is not known.
#[must_use]
pub fn question_notice(link: &PaymentLink, now: DateTime<Utc>, language: Language) -> Option<Card> {
    if !is_worth_asking(link, now) {
        return None;
    }
    let answer = |label: String, answer| {
        CardButton::press(label, Press::Notices(NoticesPress::RecordAnswer(link.id, answer)))
    };
    let said = |key: &str, with| answer(say(language, key), with);
    let more = |payments: u16| answer(format!("+{payments}"), QuestionAnswer::More(payments));
    let price = said("asked-button-price", QuestionAnswer::Price);
    let (key, quick, price) = match link.state(now) {
        LinkState::Exhausted => ("asked-sold-out", vec![more(1), more(5)], Some(price)),
        LinkState::Paused => ("asked-paused", vec![said("change-button-on", QuestionAnswer::Open)], None),
        _ => {
            let longer = [("asked-button-hour", 1), ("asked-button-day", 24)];
            let longer = longer.map(|(key, hours)| said(key, QuestionAnswer::Longer(hours)));
            ("asked-expired", longer.to_vec(), Some(price))
        }
    };
    let lines = [
        Say::new(language, key).with("item", link.item_name.as_str()).html(),
        say(language, "asked-hint"),
        mode_mark(link.mode, language),
    ];
    let no = said("asked-button-no", QuestionAnswer::No);
    Some(Card::new(lines.join("\n")).row(quick).row(price.into_iter().chain([no])))
}

/// The notice of the first payment that a shop ever had in a mode: a line more, and an effect. Who has no
/// recap yet is offered one.
#[must_use]
pub fn celebrated(notice: Card, order: &Order, offers_recap: bool, language: Language) -> Card {
    let key = match order.mode {
        Mode::Sandbox => "first-payment-sandbox",
        Mode::Live => "first-payment-live",
    };
    let offer = offers_recap.then(|| {
        CardButton::press(
            say(language, "first-payment-button-recap"),
            Press::Notices(NoticesPress::RecordRecap(order.link_id)),
        )
    });
    let html = format!("{}\n\n{}", notice.html, say(language, key));
    Card { html, effect: Some(CONFETTI), ..notice }.row(offer)
}
