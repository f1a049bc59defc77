//! What may be done about an order's money, and what is asked before it is done.

use crate::bot::finding::after_sale::draft_of;
use crate::domain::apply::acts::{ActRefusal, SellerAct, accepting};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::order_money::MoneyMoveKind;
use crate::domain::refund::{ByHandBecause, ReturnRoute};
use crate::messaging::buttons::Press;
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::texts::Say;
use crate::services::orders::OrderView;
use crate::services::seller_acts::ActQuestion;

use super::wording::Reader;

/// What may be done about the order's money as it stands; each asks before anything happens.
pub(super) fn act_buttons(reader: &Reader, view: &OrderView) -> Vec<CardButton> {
    let is_going_back = view.money.under_way_minor() > 0;
    let accept = (accepting(view.order.state).is_ok() && !is_going_back)
        .then(|| CardButton::press(reader.say("money-button-accept"), Press::Accept(view.order.id)));
    let give_back = match view.returnable().as_slice() {
        [] => None,
        [(attempt, _)] => Some(Press::Return(attempt.id, excess(view))),
        _ => Some(Press::ReturnOf(view.order.id)),
    };
    let give_back = give_back.map(|press| CardButton::press(reader.say("money-button-give-back"), press));
    accept.into_iter().chain(give_back).collect()
}

/// What came beyond the price, where the order is paid by one charge.
fn excess(view: &OrderView) -> Option<i64> {
    let excess_minor = view.money.balance_minor() - view.order.amount.minor();
    (view.order.flags.overpaid && excess_minor > 0).then_some(excess_minor)
}

/// Asks which of an order's payments goes back: first what came beyond the one that counts, newest first.
pub(super) fn choice_card(reader: &Reader, view: &OrderView) -> Card {
    let came_at = |attempt: &PaymentAttempt| {
        let mut newest_first = view.money.moves.iter().rev();
        let came =
            newest_first.find(|step| step.attempt_id == attempt.id && step.kind() == MoneyMoveKind::Received);
        came.map_or(attempt.created_at, |step| step.at)
    };
    let mut payments = view.returnable();
    payments.sort_by_key(|(attempt, _)| std::cmp::Reverse((came_at(attempt), attempt.id)));
    let asked_minor = view.order.amount.minor();
    let counts = payments.iter().rposition(|(_, left_minor)| *left_minor >= asked_minor);
    let surplus = payments.len() - usize::from(counts.is_some());
    if let Some(counts) = counts {
        let counting = payments.remove(counts);
        payments.push(counting);
    }
    let mut lines = vec![reader.say("money-which"), subject_line(reader, view), String::new()];
    let mut buttons = Vec::new();
    for (index, (attempt, left_minor)) in payments.into_iter().enumerate() {
        let key = match counts {
            Some(_) if index < surplus => "money-which-surplus",
            _ => "money-which-line",
        };
        let number = (index + 1).to_string();
        let amount = reader_amount(reader, &view.order, left_minor);
        let at = came_at(attempt);
        let line = Say::new(reader.language, key)
            .with_safe("number", number.clone())
            .with_safe("amount", amount.clone())
            .with_safe("method", attempt.method.name())
            .with_safe("at", reader.instant(at));
        lines.push(line.html());
        let label = format!("↩ {number}. {amount} · {}", reader.brief(at));
        buttons.push(CardButton::press(label, Press::Return(attempt.id, None)));
    }
    lines.extend([String::new(), reader.mode(view.order.mode)]);
    let card = Card::new(lines.join("\n"));
    buttons.into_iter().fold(card, |card, button| card.row([button])).row([back(reader, view)])
}

/// Asks before an act, with what it means.
pub(super) fn question_card(reader: &Reader, question: &ActQuestion) -> Card {
    match (question.act, question.route) {
        (SellerAct::Refund { amount_minor }, Some(ReturnRoute::AtGateway)) => {
            gateway_card(reader, question, amount_minor)
        }
        (SellerAct::Refund { amount_minor }, Some(ReturnRoute::ByHand(because))) => {
            by_hand_card(reader, question, amount_minor, because)
        }
        (SellerAct::SentBack { amount_minor }, _) => {
            let text = Say::new(reader.language, "money-ask-sent-back")
                .with_safe("amount", reader_amount(reader, &question.view.order, amount_minor))
                .with("customer", question.view.order.customer.name.as_str())
                .html();
            asking(reader, question, &text, "money-button-not-yet", "money-button-sent-yes")
        }
        (SellerAct::Accept | SellerAct::Deliver | SellerAct::Refund { .. }, _) => {
            let text = Say::new(reader.language, "money-ask-accept")
                .with_safe(
                    "amount",
                    reader_amount(reader, &question.view.order, question.view.money.balance_minor()),
                )
                .with("customer", question.view.order.customer.name.as_str())
                .with("item", question.view.order.title(&question.view.link))
                .html();
            asking(reader, question, &text, "money-button-keep", "money-button-accept")
        }
    }
}

fn gateway_card(reader: &Reader, question: &ActQuestion, amount_minor: i64) -> Card {
    let view = &question.view;
    let text = Say::new(reader.language, "money-ask-gateway")
        .with_safe("amount", reader_amount(reader, &view.order, amount_minor))
        .with("customer", view.order.customer.name.as_str())
        .with("method", question.attempt.method.name())
        .html();
    asking(reader, question, &text, "money-button-keep", "money-button-give-back-yes")
        .row(amount_button(reader, question))
}

fn by_hand_card(reader: &Reader, question: &ActQuestion, amount_minor: i64, because: ByHandBecause) -> Card {
    let view = &question.view;
    let customer = &view.order.customer;
    let amount = reader_amount(reader, &view.order, amount_minor);
    let because = match because {
        ByHandBecause::Method => "money-by-hand-method",
        ByHandBecause::TooLate => "money-by-hand-too-late",
        ByHandBecause::OnlyWhole => "money-by-hand-only-whole",
        ByHandBecause::BeyondCharge => "money-by-hand-beyond-charge",
    };
    let text = |key| Say::new(reader.language, key);
    let lines = [
        text("money-by-hand-title").with_safe("amount", amount).html(),
        subject_line(reader, view),
        String::new(),
        text(because).with("method", question.attempt.method.name()).html(),
        String::new(),
        text("order-name").with("name", customer.name.as_str()).html(),
        text("order-phone").with_safe("phone", code(customer.phone.as_str())).html(),
        text("order-email").with_safe("email", code(customer.email.as_str())).html(),
        String::new(),
        reader.say("money-by-hand-steps"),
        String::new(),
        reader.mode(view.order.mode),
    ];
    let returned = Money::new(amount_minor, view.order.amount.currency());
    let sent_back = Press::SentBack(question.attempt.id, amount_minor);
    Card::new(lines.join("\n"))
        .row(draft_of(view).buttons_to_return(returned, reader.language))
        .row([back(reader, view), CardButton::press(reader.say("money-button-sent"), sent_back)])
        .row(amount_button(reader, question))
}

/// A question with the safe choice on the left.
fn asking(reader: &Reader, question: &ActQuestion, text: &str, no: &str, yes: &str) -> Card {
    let view = &question.view;
    let lines = [
        text.to_owned(),
        subject_line(reader, view),
        String::new(),
        reader.say("money-ask-once"),
        reader.mode(view.order.mode),
    ];
    Card::new(lines.join("\n")).row([
        CardButton::press(reader.say(no), Press::Order(view.order.id)),
        CardButton::press(reader.say(yes), Press::Confirm(question.confirmation)),
    ])
}

/// Why an act does not fit, as one sentence.
pub(in crate::bot) fn refusal_text(reader: &Reader, view: &OrderView, refusal: ActRefusal) -> String {
    let key = match refusal {
        ActRefusal::NotPaid => "money-refused-not-paid",
        ActRefusal::CountedAlready => "money-refused-counted",
        ActRefusal::NotCounted => "money-refused-not-counted",
        ActRefusal::WentBack => "money-refused-went-back",
        ActRefusal::GoingBack => "money-refused-going-back",
        ActRefusal::TakenBack => "money-refused-taken-back",
        ActRefusal::Disputed => "money-refused-disputed",
        ActRefusal::NotSettled => "money-refused-not-settled",
        ActRefusal::NotAnAmount => "money-refused-amount",
        ActRefusal::OnlyByHand => "money-refused-only-by-hand",
        ActRefusal::TooMuch { asked_minor, left_minor } => {
            return Say::new(reader.language, "money-refused-too-much")
                .with_safe("asked", reader_amount(reader, &view.order, asked_minor))
                .with_safe("left", reader_amount(reader, &view.order, left_minor))
                .html();
        }
    };
    reader.say(key)
}

/// What was done, as the first line above the order's card.
pub(super) fn done_text(reader: &Reader, view: &OrderView, act: SellerAct) -> String {
    let (key, amount_minor) = match act {
        SellerAct::Accept => ("money-done-accept", view.order.amount.minor()),
        SellerAct::Deliver => ("money-done-deliver", view.order.amount.minor()),
        SellerAct::Refund { amount_minor } => ("money-done-refund", amount_minor),
        SellerAct::SentBack { amount_minor } => ("money-done-sent-back", amount_minor),
    };
    Say::new(reader.language, key)
        .with_safe("amount", reader_amount(reader, &view.order, amount_minor))
        .with("customer", view.order.customer.name.as_str())
        .html()
}

/// Asks how much goes back.
pub(super) fn amount_card(
    reader: &Reader,
    view: &OrderView,
    attempt: &PaymentAttempt,
    left_minor: i64,
) -> Card {
    let text = Say::new(reader.language, "money-ask-amount")
        .with_safe("left", reader_amount(reader, &view.order, left_minor))
        .html();
    let lines = [text, subject_line(reader, view), String::new(), reader.mode(view.order.mode)];
    Card::new(lines.join("\n"))
        .row([CardButton::press(reader.say("money-button-back"), Press::Return(attempt.id, None))])
}

fn subject_line(reader: &Reader, view: &OrderView) -> String {
    Say::new(reader.language, "money-subject")
        .with_safe("code", code(&view.order.code.to_string()))
        .with("customer", view.order.customer.name.as_str())
        .with("item", view.order.title(&view.link))
        .html()
}

/// Offers another amount where there is more than one to choose from.
fn amount_button(reader: &Reader, question: &ActQuestion) -> Option<CardButton> {
    let press = Press::ReturnAmount(question.attempt.id);
    (question.left_minor > 1).then(|| CardButton::press(reader.say("money-button-amount"), press))
}

fn back(reader: &Reader, view: &OrderView) -> CardButton {
    CardButton::press(reader.say("money-button-back"), Press::Order(view.order.id))
}

fn reader_amount(reader: &Reader, order: &Order, minor: i64) -> String {
    Money::new(minor, order.amount.currency()).display(reader.language)
}
