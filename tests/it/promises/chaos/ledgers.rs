//! Four ledgers side by side: what clients were answered, the database, the bank, the chat.

use std::collections::{BTreeMap, BTreeSet};

use tautan::domain::attempt::GatewayOrderId;
use tautan::domain::order::{OrderState, OrderToken};
use tautan::services::Services;
use tautan::simulator::midtrans::MidtransSimulator;

use super::journals::Journals;
use super::load::Answers;
use crate::support::database::TestDatabase;

/// What the comparison counted.
#[derive(Debug, Default)]
pub struct Figures {
    pub orders: usize,
    pub paid: usize,
    pub notices: i64,
    pub repeats: usize,
    /// Everything that does not fit, in words.
    pub faults: Vec<String>,
}

/// Compares them at quiescence.
pub async fn compare(
    answers: &Answers,
    journals: &Journals,
    bank: &MidtransSimulator,
    services: &Services,
    database: &TestDatabase,
) -> Figures {
    let mut figures = Figures { repeats: journals.repeats(), ..Figures::default() };
    figures.faults.extend(answers.wrong.iter().take(5).cloned());
    compare_answers(answers, services, &mut figures).await;
    compare_notices(journals, database, &mut figures).await;
    compare_money(journals, bank, services, &mut figures).await;
    let report = tautan::services::audit::audit(services.storage()).await.expect("the books can be audited");
    if !report.is_sound() {
        figures.faults.push(format!("the books do not fit:\n{report}"));
    }
    if !database.is_postgres() {
        let integrity = database.texts("pragma integrity_check").await.expect("the file can be checked");
        if integrity != ["ok"] {
            figures.faults.push(format!("the file is damaged: {integrity:?}"));
        }
    }
    figures
}

/// What a customer was told stands in the database.
async fn compare_answers(answers: &Answers, services: &Services, figures: &mut Figures) {
    let mut reader = services.storage().read().await.expect("the database answers");
    let tokens: BTreeSet<&str> = answers.orders.iter().map(|order| order.token.as_str()).collect();
    figures.orders = tokens.len();
    for answered in &answers.orders {
        let token = OrderToken::parse(&answered.token).expect("a token");
        let order = reader.order_by_token(&token.hash()).await.expect("the database answers");
        let Some(order) = order else {
            figures.faults.push("an order that its customer was shown is lost".to_owned());
            continue;
        };
        let attempts = reader.attempts(order.id).await.expect("the database answers");
        if answered.chosen && attempts.is_empty() {
            figures.faults.push(format!("{}: the chosen method is lost", order.code));
        }
        if answered.seen_paid && !order.state.has_seen_money() {
            figures.faults.push(format!("{}: its customer saw it paid, it is {:?}", order.code, order.state));
        }
    }
}

/// Each notice that was answered with 200 was written down, as often as it was answered.
async fn compare_notices(journals: &Journals, database: &TestDatabase, figures: &mut Figures) {
    let rows = database
        .texts(
            "select gateway_order_id || ' ' || claimed_status || ' ' || cast(sum(seen) as text)
             from gateway_notices group by gateway_order_id, claimed_status",
        )
        .await
        .expect("the database answers");
    let mut kept = BTreeMap::new();
    for row in &rows {
        let words: Vec<&str> = row.split(' ').collect();
        kept.insert((words[0], words[1]), words[2].parse::<i64>().expect("a number"));
    }
    for (notice, answered) in journals.answered_notices() {
        figures.notices += answered;
        let seen = kept.get(&notice).copied().unwrap_or_default();
        if seen < answered {
            figures.faults.push(format!("{notice:?}: {answered} answered with 200, {seen} kept"));
        }
    }
}

/// Each charge is known, each payment is booked once and rang, and nothing else did.
async fn compare_money(
    journals: &Journals,
    bank: &MidtransSimulator,
    services: &Services,
    figures: &mut Figures,
) {
    let mut reader = services.storage().read().await.expect("the database answers");
    let (mut charged, mut paid_orders) = (BTreeSet::new(), BTreeMap::<_, usize>::new());
    let mut rung = journals.rung();
    for transaction in bank.transactions() {
        let id = &transaction.order_id;
        if !charged.insert(id.clone()) {
            figures.faults.push(format!("{id} was charged twice"));
        }
        let attempt = reader.attempt_by_gateway_id(&GatewayOrderId::from_text(id)).await;
        let Some(attempt) = attempt.expect("the database answers") else {
            figures.faults.push(format!("the charge {id} is lost"));
            continue;
        };
        if transaction.status != "settlement" {
            continue;
        }
        let order = reader.order(attempt.merchant_id, attempt.order_id).await;
        let order = order.expect("the database answers").expect("an attempt has an order");
        if !matches!(order.state, OrderState::Paid) {
            figures.faults.push(format!("{}: the bank has its money, it is {:?}", order.code, order.state));
        }
        *paid_orders.entry(order.code.as_str().to_owned()).or_default() += 1;
        if rung.remove(order.code.as_str()).is_none() && paid_orders[order.code.as_str()] == 1 {
            figures.faults.push(format!("{}: paid, and nobody was told", order.code));
        }
    }
    figures.paid = paid_orders.len();
    let twice = paid_orders.iter().filter(|(_, payments)| **payments > 1);
    figures.faults.extend(twice.map(|(code, payments)| format!("#{code} was paid {payments} times")));
    figures.faults.extend(rung.keys().map(|code| format!("#{code} rang without money")));
}
