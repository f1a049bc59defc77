//! T24: what goes back never exceeds what came, in any sequence of reports and acts; and twenty who
//! give the same money back at once give it back once.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tautan::domain::apply::acts::{ActRefusal, SellerAct, act};
use tautan::domain::apply::{Outcome, Purchase, apply};
use tautan::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use tautan::domain::id::{AttemptId, MerchantId, OrderId, TelegramId};
use tautan::domain::ledger::EntryKind;
use tautan::domain::merchant::Mode;
use tautan::domain::money::{Currency, Money};
use tautan::domain::order::{OrderFlags, OrderState, Unit};
use tautan::domain::payment_method::{PaymentMethod, RefundWay};
use tautan::domain::refund::{RefundTerms, ReturnRoute};
use tautan::domain::report::{PaymentReport, ReportedStatus};
use tautan::services::seller_acts::{Asked, Confirmed};
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};

use super::{Promise, Size};
use crate::support::test_app::TestApp;

/// Two charges of one order, as the books hold them.
struct Books {
    attempts: [PaymentAttempt; 2],
    order: OrderState,
    unit: Unit,
    flags: OrderFlags,
    balances: [i64; 2],
    memos: [i64; 2],
    captured: i64,
    under_way: [i64; 2],
}

#[test]
fn t24_no_sequence_gives_back_more_than_came() {
    let sequences = Size::of_run().pick(2_000, 20_000, 100_000);
    let mut promise = Promise::new(24, "0 <= sum of ledger <= captured on 100,000 sequences");
    let seed = rand::random::<u64>();
    let mut steps = 0_u64;
    let mut refused: BTreeMap<&str, u64> = BTreeMap::new();
    let mut chance = StdRng::seed_from_u64(seed);
    for sequence in 0..sequences {
        let mut books = Books::new();
        // Most are about money that came: without any, every act is refused.
        if chance.random_bool(0.8) {
            books.pay(&mut chance);
        }
        for _ in 0..chance.random_range(1..24) {
            steps += 1;
            if let Some(reason) = books.step(&mut chance) {
                *refused.entry(reason).or_default() += 1;
            }
            books.check(&format!("seed {seed}, sequence {sequence}"));
        }
    }
    promise.measured(format!("{sequences} sequences, {steps} steps, 0 outside; refused {refused:?}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t24_twenty_refunds_at_once_are_one_at_the_gateway() {
    let mut promise = Promise::new(24, "20 parallel refunds: one at the gateway");
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;

    // Twenty questions, each for all of it, and every one confirmed at the same time.
    let services = app.services().clone();
    let seat = services.seat(TelegramId(ani.phone.id())).await.expect("a database").expect("a shop");
    let attempt_id = app.attempts(&budi).await[0].id;
    let mut questions = Vec::new();
    for _ in 0..20 {
        match services.ask_refund(&seat, attempt_id, None).await.expect("a database") {
            Asked::Question(question) => questions.push(question.confirmation),
            other => panic!("{other:?}"),
        }
    }
    // The gateway takes the first and its answer is lost, so that it must be asked again.
    app.bank.misbehave(Misbehaviour::once(Endpoint::Refund, Conduct::CutAfterAcceptance));
    let presses = questions.iter().map(|confirmation| services.confirm_act(&seat, *confirmation));
    let pressed = futures::future::join_all(presses).await;
    let mut done = 0;
    for confirmed in pressed {
        match confirmed.expect("a database") {
            Confirmed::Done(..) => done += 1,
            // The rest hear that it is on its way, or already there.
            Confirmed::Refused(_, ActRefusal::GoingBack | ActRefusal::WentBack) => {}
            other => panic!("{other:?}"),
        }
    }
    app.settles().await;
    app.advance(TimeDelta::minutes(1));
    ani.reads("Rp150.000 kembali ke Budi").await;
    app.settles().await;
    let charge = app.charge(&budi).await;
    let refunds = charge.fields["refunds"].as_array().expect("a list").len();
    promise.measured(format!("{done} of 20 done, {refunds} at the gateway, answer lost once"));
    assert_eq!((done, refunds), (1, 1));
    assert_eq!(app.ledger_sum(&budi).await, 0);
    assert_eq!(ani.count("kembali ke Budi"), 1, "{}", ani.phone.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn t24_the_confirm_button_pressed_twenty_times_refunds_once() {
    let mut promise = Promise::new(24, "Refund pressed 20 times: one refund");
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb x1").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    budi.pays().await;
    let notice = ani.reads("Rp150.000 dari Budi").await;
    app.settles().await;
    ani.presses("Pesanan").await;
    ani.presses("Kembalikan uang").await;
    let question = ani.reads("Uangnya dikirim otomatis lewat QRIS").await;
    let data = ani.data_of("Ya, kembalikan");
    for _ in 0..20 {
        ani.phone.presses_data(question.message_id, &data);
    }
    ani.reads("Rp150.000 kembali ke Budi").await;
    app.settles().await;
    assert_eq!(ani.phone.unanswered_taps(), []);
    let refunds = app.bank_was_asked("/refund");
    promise.measured(format!("{refunds} refund at the gateway"));
    assert_eq!(refunds, 1);
    assert_eq!(ani.count("kembali ke Budi"), 1, "{}", ani.phone.transcript());
    assert_ne!(notice.message_id, question.message_id, "the notice stays as it was");
}

impl Books {
    fn new() -> Self {
        let (order_id, merchant_id) = (OrderId::generate(), MerchantId::generate());
        let attempt = |number| PaymentAttempt {
            id: AttemptId::generate(),
            order_id,
            merchant_id,
            account: AccountCode("sandbox".to_owned()),
            mode: Mode::Sandbox,
            gateway_order_id: GatewayOrderId::from_text(format!("T-{number}")),
            transaction_id: None,
            method: PaymentMethod::Qris,
            state: AttemptState::Pending,
            amount: rupiah(150_000),
            instructions: None,
            pay_by: instant(3_600),
            returned_minor: 0,
            restoring_since: None,
            created_at: instant(0),
            version: 1,
        };
        Self {
            attempts: [attempt(0), attempt(1)],
            order: OrderState::Awaiting,
            unit: Unit::Held,
            flags: OrderFlags::default(),
            balances: [0; 2],
            memos: [0; 2],
            captured: 0,
            under_way: [0; 2],
        }
    }

    /// The first charge is paid as asked.
    fn pay(&mut self, chance: &mut StdRng) {
        let paid = PaymentReport {
            status: ReportedStatus::Settlement,
            received: None,
            ..report(&self.attempts[0], chance)
        };
        let outcome = apply(&self.purchase(0, true), &paid, instant(60));
        self.take(0, &outcome);
    }

    /// The next report or act, whatever it is; the reason when an act is refused.
    fn step(&mut self, chance: &mut StdRng) -> Option<&'static str> {
        let which = chance.random_range(0..2);
        let now = instant(chance.random_range(0..900_000));
        let purchase = self.purchase(which, chance.random_bool(0.5));
        if chance.random_bool(0.4) {
            let report = report(&self.attempts[which], chance);
            let outcome = apply(&purchase, &report, now);
            // What the gateway shows is no longer under way.
            if outcome.returned_minor > self.attempts[which].returned_minor {
                self.under_way[which] = 0;
            }
            self.take(which, &outcome);
            return None;
        }
        let amount_minor = chance.random_range(-1..200_000);
        let wanted = match chance.random_range(0..4) {
            0 => SellerAct::Accept,
            1 => SellerAct::Deliver,
            2 => SellerAct::SentBack { amount_minor },
            _ => SellerAct::Refund { amount_minor },
        };
        let partial = chance.random_bool(0.5);
        let terms = RefundTerms {
            way: RefundWay::AtGateway { window: TimeDelta::days(7), partial },
            settled_at: Some(instant(60)),
            under_way_minor: self.under_way[which],
        };
        match act(&purchase, &terms, wanted, now) {
            Ok(deed) => {
                if let (SellerAct::Refund { amount_minor }, Some(ReturnRoute::AtGateway)) =
                    (wanted, deed.route)
                {
                    self.under_way[which] += amount_minor;
                    assert!(self.under_way[which] <= self.balances[which], "more is asked than is left");
                }
                self.take(which, &deed.outcome);
                None
            }
            Err(ActRefusal::TooMuch { asked_minor, left_minor }) => {
                assert!(asked_minor > left_minor);
                Some("too much")
            }
            Err(ActRefusal::NotPaid) => Some("not paid"),
            Err(ActRefusal::GoingBack) => Some("going back"),
            Err(_) => Some("other"),
        }
    }

    fn purchase(&self, which: usize, free_unit: bool) -> Purchase {
        let balance_minor = self.balances.iter().sum();
        let (own, other) = (self.balances[which], &self.attempts[1 - which]);
        Purchase {
            attempt: self.attempts[which].clone(),
            order: self.order,
            unit: self.unit,
            flags: self.flags,
            another_is_live: other.state.is_live(),
            changing_method: false,
            free_unit,
            captured_minor: self.captured,
            balance_minor,
            attempt_balance_minor: own,
            memo_minor: self.memos[which],
        }
    }

    fn take(&mut self, which: usize, outcome: &Outcome) {
        let attempt = &mut self.attempts[which];
        attempt.state = outcome.attempt;
        attempt.returned_minor = outcome.returned_minor;
        attempt.restoring_since = outcome.restoring_since;
        (self.order, self.unit, self.flags) = (outcome.order, outcome.unit, outcome.flags);
        for line in &outcome.ledger {
            self.balances[which] += line.amount_minor;
            self.memos[which] += line.memo_minor;
            if matches!(line.kind, EntryKind::Captured | EntryKind::Restored) {
                self.captured += line.amount_minor;
            }
        }
    }

    fn check(&self, context: &str) {
        let sum: i64 = self.balances.iter().sum();
        assert!(self.balances.iter().all(|balance| *balance >= 0), "{context}: {:?}", self.balances);
        assert!((0..=self.captured).contains(&sum), "{context}: {sum} of {}", self.captured);
        assert!(self.order != OrderState::Paid || self.unit == Unit::Used, "{context}");
        assert!(self.unit != Unit::Used || self.order.has_seen_money(), "{context}");
        assert!(self.order != OrderState::Reversed || self.unit == Unit::None, "{context}");
    }
}

fn report(attempt: &PaymentAttempt, chance: &mut StdRng) -> PaymentReport {
    let status = ReportedStatus::ALL[chance.random_range(0..ReportedStatus::ALL.len())];
    let received = chance.random_bool(0.4).then(|| rupiah(chance.random_range(1..300_000)));
    PaymentReport {
        gateway_order_id: attempt.gateway_order_id.clone(),
        transaction_id: None,
        status,
        charged: Some(rupiah(150_000)),
        received,
        merchant_matches: true,
        settled_at: Some(instant(chance.random_range(0..8_000))),
        returned_minor: chance.random_bool(0.6).then(|| chance.random_range(0..400_000)),
        refunds: Vec::new(),
        instructions: None,
    }
}

fn rupiah(minor: i64) -> Money {
    Money::new(minor, Currency::IDR)
}

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("an instant")
}
