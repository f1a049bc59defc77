//! What the seller reads about an order's money, in every state it can be in.

use chrono::TimeDelta;

use super::cards::{order, view_without_money};
use super::*;
use crate::bot::links::{money_card, order_card};
use crate::domain::attempt::{AccountCode, AttemptState, GatewayOrderId, PaymentAttempt};
use crate::domain::id::{AttemptId, RefundId, TelegramId};
use crate::domain::ledger::EntryKind;
use crate::domain::order::{Order, OrderFlags, OrderState};
use crate::domain::order_money::MoneyMove;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::refund::{Refund, RefundState, ReturnWay};
use crate::messaging::html::strip;
use crate::services::orders::OrderView;

/// An order of Rp75.000 and its book.
struct Story {
    view: OrderView,
}

impl Story {
    fn of(state: OrderState) -> Self {
        let order = Order { flags: OrderFlags::default(), ..order(state) };
        Self { view: view_without_money(order) }
    }

    /// A charge that brought so much, so many minutes after six.
    fn came(mut self, method: PaymentMethod, minor: i64, minutes: i64) -> Self {
        let at = now() + TimeDelta::minutes(minutes);
        let attempt = PaymentAttempt {
            id: AttemptId::generate(),
            order_id: self.view.order.id,
            merchant_id: self.view.order.merchant_id,
            account: AccountCode("sandbox".to_owned()),
            mode: Mode::Sandbox,
            gateway_order_id: GatewayOrderId::from_text("INV.01-abcdefghijklm"),
            transaction_id: None,
            method,
            state: AttemptState::Settled,
            amount: rupiah(75_000),
            instructions: None,
            pay_by: at,
            returned_minor: 0,
            restoring_since: None,
            created_at: at,
            version: 1,
        };
        self.view.attempts.push(attempt);
        self.moves(Some(EntryKind::Captured), minor, minutes)
    }

    /// Money of the newest charge moves.
    fn moves(mut self, entry: Option<EntryKind>, amount_minor: i64, minutes: i64) -> Self {
        let attempt_id = self.view.attempts.last().unwrap().id;
        let at = now() + TimeDelta::minutes(minutes);
        self.view.money.moves.push(MoneyMove { entry, attempt_id, amount_minor, at });
        self
    }

    /// So much of the newest charge's money is on its way back.
    fn with_return_of(self, minor: i64) -> Self {
        self.moves(None, minor, 0)
    }

    /// The gateway would not send so much of it, asked for so many minutes after six.
    fn with_failed_return_of(mut self, minor: i64, minutes: i64) -> Self {
        self.view.refunds.push(Refund {
            id: RefundId(uuid::Uuid::nil()),
            merchant_id: self.view.order.merchant_id,
            order_id: self.view.order.id,
            attempt_id: self.view.attempts.last().unwrap().id,
            amount: rupiah(minor),
            way: ReturnWay::Gateway,
            state: RefundState::Failed,
            key: "r-1".to_owned(),
            asked_by: TelegramId(1),
            requested_at: now() + TimeDelta::minutes(minutes),
            settled_at: Some(now() + TimeDelta::minutes(minutes + 30)),
            bank_confirmed_at: None,
        });
        self
    }

    /// The state and what is said of the money, in Indonesian; both languages fit.
    fn told(&self) -> Vec<String> {
        for language in Language::ALL {
            check(&order_card::order_card(&reader_of(language), &self.view));
        }
        let card = order_card::order_card(&reader_of(Language::Indonesian), &self.view);
        let text = seen(&strip(&card.html)).replace("Min 22 Nov ", "");
        let money = text.lines().skip(2).filter(|line| line.contains("Rp"));
        text.lines().skip(1).take(1).chain(money).map(str::to_owned).collect()
    }
}

#[test]
fn what_came_and_what_went_add_up_to_what_is_there() {
    let paid = Story::of(OrderState::Paid).came(PaymentMethod::PermataVa, 75_000, 0);
    assert_eq!(paid.told(), ["✅ Lunas", "✅ Rp75.000 masuk 18.00 WIB · Permata Virtual Account"]);

    let too_much = Story::of(OrderState::Paid).came(PaymentMethod::PermataVa, 100_000, 0);
    assert_eq!(
        too_much.told(),
        ["✅ Lunas", "✅ Rp100.000 masuk 18.00 WIB · Permata Virtual Account", "👛 Masih di Anda: Rp100.000"]
    );
    let settled = too_much.moves(Some(EntryKind::RefundedByHand), 25_000, 3);
    assert_eq!(
        settled.told(),
        [
            "✅ Lunas",
            "✅ Rp100.000 masuk 18.00 WIB · Permata Virtual Account",
            "↩ Rp25.000 dikembalikan manual 18.03 WIB"
        ]
    );

    let too_little = Story::of(OrderState::Open).came(PaymentMethod::BcaVa, 50_000, 0);
    assert_eq!(
        too_little.told(),
        ["📝 Belum lunas", "✅ Rp50.000 masuk 18.00 WIB · BCA Virtual Account", "👛 Masih di Anda: Rp50.000"]
    );

    let twice = Story::of(OrderState::Paid).came(PaymentMethod::BcaVa, 75_000, 0).came(
        PaymentMethod::PermataVa,
        75_000,
        9,
    );
    assert_eq!(
        twice.told(),
        [
            "✅ Lunas",
            "✅ Rp75.000 masuk 18.00 WIB · BCA Virtual Account",
            "✅ Rp75.000 masuk 18.09 WIB · Permata Virtual Account",
            "👛 Masih di Anda: Rp150.000"
        ]
    );
}

#[test]
fn what_the_bank_takes_is_not_said_to_be_given_back() {
    let disputed = Story::of(OrderState::ChargedBack).came(PaymentMethod::Qris, 75_000, 0).moves(
        Some(EntryKind::ChargedBack),
        75_000,
        9,
    );
    assert_eq!(
        disputed.told(),
        [
            "⛔ Disengketakan bank pembeli: JANGAN dikirim",
            "✅ Rp75.000 masuk 18.00 WIB · QRIS",
            "🛑 Rp75.000 ditahan bank pembeli 18.09 WIB"
        ]
    );
    let reversed = Story::of(OrderState::Reversed).came(PaymentMethod::PermataVa, 75_000, 0).moves(
        Some(EntryKind::Reversed),
        75_000,
        9,
    );
    assert_eq!(
        reversed.told(),
        [
            "⛔ Ditarik lagi oleh bank: JANGAN dikirim",
            "✅ Rp75.000 masuk 18.00 WIB · Permata Virtual Account",
            "🛑 Rp75.000 ditarik bank 18.09 WIB"
        ]
    );
    let mut restored = reversed.moves(Some(EntryKind::Restored), 75_000, 20);
    restored.view.order.state = OrderState::Paid;
    assert_eq!(restored.told()[3..], ["✅ Rp75.000 masuk lagi 18.20 WIB · Permata Virtual Account"]);
}

#[test]
fn while_money_goes_back_that_is_the_state() {
    let unallocated = || Story::of(OrderState::PaidUnallocated).came(PaymentMethod::Qris, 75_000, 0);
    assert_eq!(
        unallocated().told(),
        [
            "❗ Uang masuk, barang habis: terima atau kembalikan",
            "✅ Rp75.000 masuk 18.00 WIB · QRIS",
            "👛 Masih di Anda: Rp75.000"
        ]
    );
    assert_eq!(
        unallocated().with_return_of(75_000).told(),
        [
            "🔄 Uang sedang dikembalikan",
            "✅ Rp75.000 masuk 18.00 WIB · QRIS",
            "↩ Rp75.000 dalam perjalanan kembali sejak 18.00 WIB"
        ]
    );
    assert_eq!(
        unallocated().with_return_of(20_000).told(),
        [
            "🔄 Sebagian uang sedang dikembalikan",
            "✅ Rp75.000 masuk 18.00 WIB · QRIS",
            "↩ Rp20.000 dalam perjalanan kembali sejak 18.00 WIB",
            "👛 Masih di Anda: Rp55.000"
        ]
    );
    let surplus = Story::of(OrderState::Paid).came(PaymentMethod::Qris, 90_000, 0).with_return_of(15_000);
    assert_eq!(surplus.told()[0], "✅ Lunas");
    let taken = Story::of(OrderState::Reversed).came(PaymentMethod::Qris, 75_000, 0).with_return_of(75_000);
    assert_eq!(taken.told()[0], "⛔ Ditarik lagi oleh bank: JANGAN dikirim");
}

#[test]
fn returns_that_the_book_does_not_show_stand_as_they_were_asked_for() {
    let paid = || Story::of(OrderState::Paid).came(PaymentMethod::Qris, 75_000, -60);
    let failed = "⚠️ Rp20.000 gagal dikembalikan 18.25 WIB";
    let under_way = "↩ Rp30.000 dalam perjalanan kembali sejak 18.00 WIB";
    assert_eq!(
        paid().with_failed_return_of(20_000, -5).with_return_of(30_000).told()[2..],
        [failed, under_way, "👛 Masih di Anda: Rp45.000"]
    );
    let told = paid().with_return_of(30_000).with_failed_return_of(20_000, 5).told();
    assert_eq!(told[2..4], [under_way, "⚠️ Rp20.000 gagal dikembalikan 18.35 WIB"]);
}

#[test]
fn of_two_payments_the_surplus_stands_first_and_each_has_its_time() {
    let reader = reader_of(Language::Indonesian);
    let twice = Story::of(OrderState::Paid).came(PaymentMethod::Qris, 75_000, -12).came(
        PaymentMethod::Qris,
        75_000,
        -3,
    );
    let card = money_card::choice_card(&reader, &twice.view);
    check(&card);
    let text = seen(&strip(&card.html));
    assert_eq!(
        text.lines().skip(3).take(2).collect::<Vec<_>>(),
        [
            "1. Rp75.000 · QRIS · Min 22 Nov 17.57 WIB · kelebihan",
            "2. Rp75.000 · QRIS · Min 22 Nov 17.48 WIB",
        ]
    );
    assert_eq!(labels(&card), ["↩ 1. Rp75.000 · 17.57", "↩ 2. Rp75.000 · 17.48", "◀ Kembali"]);
    let second = ButtonAction::Press(Press::Return(twice.view.attempts[1].id, None));
    assert_eq!(card.rows[0][0].action, second);

    // What came first was too little: the later one counts.
    let mended = Story::of(OrderState::Paid).came(PaymentMethod::BcaVa, 50_000, -12).came(
        PaymentMethod::Qris,
        75_000,
        -3,
    );
    let card = money_card::choice_card(&reader, &mended.view);
    assert_eq!(labels(&card), ["↩ 1. Rp50.000 · 17.48", "↩ 2. Rp75.000 · 17.57", "◀ Kembali"]);
    assert_eq!(card.html.matches("kelebihan").count(), 1, "{}", card.html);
}
