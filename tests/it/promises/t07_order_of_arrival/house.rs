//! The house's own rules over an order with two charges, put together as booking does.

use chrono::{DateTime, Utc};
use tautan::domain::apply::{Purchase, apply};
use tautan::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use tautan::domain::id::{AttemptId, MerchantId, OrderId};
use tautan::domain::merchant::Mode;
use tautan::domain::money::{Currency, Money};
use tautan::domain::order::{OrderFlags, Unit};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::PaymentReport;

use super::model::{Charge, Model, Word};
use crate::support::scripted_gateway::report;

/// An order with its charges as the house keeps them.
pub struct HouseWorld {
    attempts: [PaymentAttempt; 2],
    balances: [i64; 2],
    captured: i64,
    flags: OrderFlags,
    /// What the model says about the rest; compared with the model's own.
    seen: Model,
}

impl HouseWorld {
    pub fn new(start: &Model, price: i64, pay_by: i64) -> Self {
        let attempts = start.charges.map(|charge| attempt(charge.state, price, pay_by));
        let flags = OrderFlags::default();
        Self { attempts, balances: [0; 2], captured: 0, flags, seen: start.clone() }
    }

    /// Someone else took or gave back units of the link.
    pub fn set_free(&mut self, free: i64) {
        self.seen.free = free;
    }

    /// Books a report and says where everything stands.
    pub fn hear(&mut self, which: usize, word: Word, now: i64) -> &Model {
        let purchase = self.weigh(which);
        let outcome = apply(&purchase, &self.report(which, word), instant(now));
        let attempt = &mut self.attempts[which];
        attempt.state = outcome.attempt;
        attempt.returned_minor = outcome.returned_minor;
        attempt.restoring_since = outcome.restoring_since;
        let booked: i64 = outcome.ledger.iter().map(|line| line.amount_minor).sum();
        self.balances[which] += booked;
        self.captured += outcome.ledger.iter().map(|line| line.amount_minor.max(0)).sum::<i64>();
        self.flags = outcome.flags;
        self.seen.charges[which] = Charge {
            state: outcome.attempt,
            balance: self.balances[which],
            returned: outcome.returned_minor,
            beyond: purchase.memo_minor + outcome.ledger.iter().map(|line| line.memo_minor).sum::<i64>(),
            restoring_since: outcome.restoring_since.map(seconds),
        };
        let had_unit = i64::from(self.seen.unit != Unit::None);
        self.seen.free += had_unit - i64::from(outcome.unit != Unit::None);
        (self.seen.order, self.seen.unit) = (outcome.order, outcome.unit);
        (self.seen.late, self.seen.overpaid) = (outcome.flags.late, outcome.flags.overpaid);
        (self.seen.underpaid, self.seen.twice) = (outcome.flags.underpaid, outcome.flags.duplicate_payment);
        self.seen.mismatch = outcome.flags.mismatch;
        self.seen.told = !outcome.tidings.is_empty();
        (self.seen.alerted, self.seen.asks_again) = (!outcome.alerts.is_empty(), outcome.pull_again);
        &self.seen
    }

    fn weigh(&self, which: usize) -> Purchase {
        let balance_minor = self.balances.iter().sum();
        let attempt_balance_minor = self.balances[which];
        Purchase {
            attempt: self.attempts[which].clone(),
            order: self.seen.order,
            unit: self.seen.unit,
            flags: self.flags,
            another_is_live: self.attempts[1 - which].state.is_live(),
            changing_method: false,
            free_unit: self.seen.free > 0,
            captured_minor: self.captured,
            balance_minor,
            attempt_balance_minor,
            memo_minor: self.seen.charges[which].beyond,
        }
    }

    fn report(&self, which: usize, word: Word) -> PaymentReport {
        let attempt = &self.attempts[which];
        PaymentReport {
            transaction_id: attempt.transaction_id.clone(),
            received: Some(Money::new(word.received, Currency::IDR)),
            merchant_matches: word.is_ours,
            settled_at: word.settled_at.map(instant),
            returned_minor: word.returned,
            ..report(&attempt.gateway_order_id, word.status, Some(attempt.amount))
        }
    }
}

/// A charge as the house keeps it.
pub fn attempt(state: AttemptState, price: i64, pay_by: i64) -> PaymentAttempt {
    PaymentAttempt {
        id: AttemptId::generate(),
        order_id: OrderId::generate(),
        merchant_id: MerchantId::generate(),
        account: AccountCode("sandbox".to_owned()),
        mode: Mode::Sandbox,
        gateway_order_id: GatewayOrderId::from_text("T-1-abc"),
        transaction_id: Some("tx".to_owned()),
        method: PaymentMethod::BcaVa,
        state,
        amount: Money::new(price, Currency::IDR),
        instructions: None,
        pay_by: instant(pay_by),
        returned_minor: 0,
        restoring_since: None,
        created_at: instant(0),
        version: 0,
    }
}

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("an instant")
}

fn seconds(instant: DateTime<Utc>) -> i64 {
    instant.timestamp() - 1_800_000_000
}
