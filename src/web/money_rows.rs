//! What came of an order's money and where it went, as rows of facts.

use super::page_texts::PageTexts;
use crate::domain::instant_text::{display_instant_at, display_instant_with_year};
use crate::domain::money::Money;
use crate::domain::order_money::{MoneyMove, MoneyMoveKind};
use crate::services::order_page::OrderPage;

/// A fact with its name.
pub struct Row {
    /// Its name.
    pub label: String,
    /// The fact.
    pub value: String,
    /// How and when, in small letters, a line each.
    pub notes: Vec<String>,
}

/// When the year stands with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearShown {
    /// Always: on paper that is kept.
    Always,
    /// When it is another one than now.
    WhenAnother,
}

/// The price and every movement of the order's money, with what is missing or too much. A payment
/// that is just what was asked says how and when it was made, and no more.
#[must_use]
pub fn money_rows(page: &OrderPage, year: YearShown, t: PageTexts) -> Vec<Row> {
    let (moves, price_minor) = (&page.money.moves, page.order.amount.minor());
    let price = page.order.amount.display(t.0);
    let row = |label, value, notes| Row { label, value, notes };
    let when = |at| match year {
        YearShown::Always => display_instant_with_year(at, page.merchant.time_zone, t.0),
        YearShown::WhenAnother => display_instant_at(at, page.now, page.merchant.time_zone, t.0),
    };
    match moves.as_slice() {
        [] => return vec![row(t.say("pay-amount-label"), price, Vec::new())],
        [only] if only.kind() == MoneyMoveKind::Received && only.amount_minor == price_minor => {
            return vec![
                row(t.say("pay-amount-label"), price, Vec::new()),
                row(t.say("pay-receipt-method"), method(page, only), Vec::new()),
                row(t.say("pay-receipt-time"), when(page.order.paid_at.unwrap_or(only.at)), Vec::new()),
            ];
        }
        _ => {}
    }
    let mut rows = vec![row(t.say("pay-price-label"), price, Vec::new())];
    rows.extend(moves.iter().map(|step| {
        let at = when(step.at);
        let notes = match step.kind() {
            MoneyMoveKind::Received => vec![method(page, step), at],
            _ => vec![at],
        };
        row(label(step.kind(), t), amount(page, step.amount_minor, t), notes)
    }));
    let difference_minor = page.money.staying_minor() - price_minor;
    let is_paid = page.order.state.has_seen_money();
    if is_paid && difference_minor > 0 {
        rows.push(row(t.say("pay-money-extra"), amount(page, difference_minor, t), Vec::new()));
    } else if !is_paid && difference_minor < 0 && page.money.staying_minor() > 0 {
        rows.push(row(t.say("pay-money-missing"), amount(page, -difference_minor, t), Vec::new()));
    }
    rows
}

/// So much of the order's money, in minor units, as people write it.
#[must_use]
pub fn amount(page: &OrderPage, amount_minor: i64, t: PageTexts) -> String {
    Money::new(amount_minor, page.order.amount.currency()).display(t.0)
}

fn label(kind: MoneyMoveKind, t: PageTexts) -> String {
    match kind {
        MoneyMoveKind::Received => t.say("pay-money-received"),
        MoneyMoveKind::SentBack => t.say("pay-money-sent-back"),
        MoneyMoveKind::TakenBack => t.say("pay-money-taken"),
        MoneyMoveKind::Disputed => t.say("pay-money-disputed"),
        MoneyMoveKind::UnderWay => t.say("pay-money-under-way"),
    }
}

fn method(page: &OrderPage, step: &MoneyMove) -> String {
    let attempt = page.attempts.iter().find(|attempt| attempt.id == step.attempt_id);
    let method = attempt.map(|attempt| attempt.method).or(page.order.paid_with);
    method.map(|method| method.name().to_owned()).unwrap_or_default()
}
