//! One order: who buys, how it stands, and what happened when.
//!
//! ```text
//! Ani   /orders K7Q2M
//! Bot   🧾 #K7Q2M · Rp75.000
//!       ✅ Lunas
//!       🛍 Kaos polos
//!       👤 Budi · 📞 +628123456789 · ✉️ budi@toko.id
//!       🗓 Dipesan …
//!       ✅ Rp75.000 masuk … · QRIS
//!       [📦 Tandai dikirim]
//!       [💬 WhatsApp] [✈️ Telegram]
//!       [📋 Semua pesanan] [🔗 Tautan ini]
//! ```

use crate::bot::BotError;
use crate::bot::finding::after_sale;
use crate::bot::talk::Talk;
use crate::domain::attempt::AttemptState;
use crate::domain::customer::CustomerDetails;
use crate::domain::id::OrderId;
use crate::domain::order::Order;
use crate::messaging::buttons::{PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::texts::Say;
use crate::services::orders::OrderView;

use super::wording::Reader;
use super::{any_seat, gone, goods, money_card, money_lines, money_talk, reader};

/// Charges that are listed: the newest ones.
const ATTEMPTS_SHOWN: usize = 5;

/// The order's card.
pub(in crate::bot) async fn show(talk: &mut Talk, id: OrderId) -> Result<(), BotError> {
    money_talk::leave(talk);
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    match talk.services.order(&seat, id).await? {
        Some(view) => talk.show(order_card(&reader(talk, &seat), &view)).await,
        None => gone(talk).await,
    }
}

/// All that is to be known about an order.
#[must_use]
pub fn order_card(reader: &Reader, view: &OrderView) -> Card {
    let OrderView { order, link, .. } = view;
    let text = |key| Say::new(reader.language, key);
    let (icon, word) = money_lines::standing_words(order, &view.money);
    let mut lines = vec![
        text("order-title")
            .with_safe("code", code(&order.code.to_string()))
            .with_safe("amount", order.amount.display(reader.language))
            .html(),
        text("order-state").with_safe("icon", icon).with_safe("state", reader.say(word)).html(),
    ];
    lines.extend(flag_keys(order, view.money.balance_minor()).into_iter().map(|key| reader.say(key)));
    lines.push(String::new());
    lines.push(text("order-item").with("item", order.title(link)).html());
    lines.extend(order.goods.bill.iter().flat_map(|bill| goods::bill_lines(reader, bill)));
    lines.extend(customer_lines(reader, &order.customer));
    lines.extend(goods::note_line(reader, link.seller_note.as_ref()));
    lines.push(String::new());
    lines.extend(time_lines(reader, view));
    lines.extend(money_lines::still_there(reader, view));
    lines.push(String::new());
    lines.push(reader.mode(order.mode));
    let orders = Press::LinkOrders(link.id, PageFrom::Start);
    let card = Card::new(lines.join("\n")).row(money_card::act_buttons(reader, view));
    after_sale::order_rows(reader, view)
        .into_iter()
        .fold(card, Card::row)
        .row([
            CardButton::press(reader.say("order-button-orders"), orders),
            CardButton::press(reader.say("order-button-link"), Press::Link(link.id)),
        ])
        .row([CardButton::press(reader.say("button-home"), Press::Home)])
}

/// Who bought, or that it was erased.
fn customer_lines(reader: &Reader, customer: &CustomerDetails) -> Vec<String> {
    if customer.is_erased() {
        return vec![reader.say("order-customer-erased")];
    }
    let text = |key| Say::new(reader.language, key);
    vec![
        text("order-name").with("name", customer.name.as_str()).html(),
        text("order-phone").with_safe("phone", code(customer.phone.as_str())).html(),
        text("order-email").with_safe("email", code(customer.email.as_str())).html(),
    ]
}

/// What happened when, oldest first: the order, the methods that were chosen, the money, the goods.
fn time_lines(reader: &Reader, view: &OrderView) -> Vec<String> {
    let text = |key, at| Say::new(reader.language, key).with_safe("at", reader.instant(at));
    let ordered_at = view.order.created_at;
    let mut events = vec![(ordered_at, text("order-opened", ordered_at).html())];
    let newest = view.attempts.len().saturating_sub(ATTEMPTS_SHOWN);
    for attempt in view.attempts.iter().skip(newest) {
        let line = match attempt.state {
            AttemptState::Creating | AttemptState::Unknown | AttemptState::Pending => {
                text("order-pay-by", attempt.created_at).with_safe("until", reader.instant(attempt.pay_by))
            }
            AttemptState::Denied | AttemptState::Cancelled | AttemptState::Expired | AttemptState::Failed => {
                text("order-tried", attempt.created_at)
            }
            // Where the money is, the book says.
            _ => continue,
        };
        events.push((attempt.created_at, line.with("method", attempt.method.name()).html()));
    }
    events.extend(money_lines::money_lines(reader, view));
    events.extend(after_sale::shipped_line(reader, view));
    // Banks name whole seconds, by clocks of their own: nothing happened before the order.
    events.sort_by_key(|(at, _)| (*at).max(ordered_at).timestamp());
    let warning = after_sale::shipped_in_vain(reader, view);
    events.into_iter().map(|(_, line)| line).chain(warning).collect()
}

fn flag_keys(order: &Order, balance_minor: i64) -> Vec<&'static str> {
    let flags = order.flags;
    let is_too_much = balance_minor > order.amount.minor();
    [
        (flags.late, "order-flag-late"),
        (flags.over_limit, "order-flag-over-limit"),
        (flags.overpaid && is_too_much, "order-flag-overpaid"),
        (flags.underpaid && balance_minor > 0, "order-flag-underpaid"),
        (flags.duplicate_payment && is_too_much, "order-flag-duplicate"),
        (flags.duplicate_payment && !is_too_much, "order-flag-duplicate-settled"),
        (flags.mismatch, "order-flag-mismatch"),
    ]
    .into_iter()
    .filter_map(|(is_set, key)| is_set.then_some(key))
    .collect()
}
