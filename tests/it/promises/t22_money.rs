//! T22: an amount is the same wherever it is written and read.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::Value;
use tautan::domain::attempt::GatewayOrderId;
use tautan::domain::customer::{CustomerDetails, CustomerName, Email, Phone};
use tautan::domain::language::Language;
use tautan::domain::money::{Currency, Money, PRICE_MAX_MAJOR, Price, parse_price};
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::visible_text::ItemName;
use tautan::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};
use tautan::gateways::{ChargeRequest, PaymentGateway};
use tautan::simulator::midtrans::{self as simulator, Direction, MidtransSimulator};

use super::{Promise, Size};
use crate::support::test_app::{SERVER_KEY, any_port};

/// A failure names the seed, and the same seed tries the same amounts.
const SEED: u64 = 22;

#[test]
fn t22_what_is_written_is_read_back_to_the_same_amount() {
    let mut promise = Promise::new(22, "parse ∘ format = identity on 1,000,000 amounts");
    let count = Size::of_run().pick(20_000, 200_000, 1_000_000);
    let mut random = StdRng::seed_from_u64(SEED);
    // Rupiah and yen without cents, dollars with two digits of them, dinars with three.
    let currencies = ["IDR", "IDR", "IDR", "USD", "JPY", "KWD"].map(|code| Currency::parse(code).unwrap());
    let mut wrong = Vec::new();
    for _ in 0..count {
        let currency = *currencies.choose(&mut random).unwrap();
        let money = Money::new(any_minor(&mut random, currency), currency);
        for language in [Language::Indonesian, Language::English] {
            for text in [money.display(language), money.display_short(language)] {
                if parse_price(&text, Currency::IDR, language) != Ok(Price::Exact(money)) {
                    wrong.push((text, money));
                }
            }
        }
    }
    promise.measured(format!("{count} amounts in two languages, long and short: {} differ", wrong.len()));
    assert!(wrong.is_empty(), "{:?}", wrong.get(..wrong.len().min(9)));
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_the_items_of_a_charge_are_its_total() {
    let mut promise = Promise::new(22, "Σ items = total in every charge");
    let count = Size::of_run().pick(40, 200, 1_000);
    let settings = simulator::MidtransSettings {
        server_key: SERVER_KEY.to_owned(),
        merchant_id: "G000000001".to_owned(),
        notify_url: None,
        public_url: None,
    };
    let bank = MidtransSimulator::start(settings, any_port()).await.unwrap();
    let url: url::Url = bank.url.parse().unwrap();
    let gateway = MidtransGateway::new(MidtransSettings {
        server_key: SERVER_KEY.into(),
        api_url: url.clone(),
        snap_url: url,
        merchant_id: None,
        timeouts: Timeouts::default(),
    })
    .unwrap();
    let mut random = StdRng::seed_from_u64(SEED);
    let methods = [PaymentMethod::BcaVa, PaymentMethod::Qris, PaymentMethod::PermataVa];
    let mut totals = Vec::new();
    for number in 0..count {
        // What all of these methods take.
        let total_minor = random.random_range(10_000..=10_000_000);
        let method = *methods.choose(&mut random).unwrap();
        let charged = gateway.charge(&request(number, method, total_minor)).await;
        assert!(charged.is_ok(), "{method:?} of {total_minor}: {charged:?}");
        totals.push(total_minor);
    }
    let journal = bank.simulator.journal();
    let charges = journal.iter().filter(|entry| entry.direction == Direction::Received);
    let bodies: Vec<Value> = charges.map(|entry| serde_json::from_str(&entry.body).unwrap()).collect();
    let sums: Vec<i64> = bodies.iter().map(sum_of_items).collect();
    let told: Vec<i64> =
        bodies.iter().map(|body| body["transaction_details"]["gross_amount"].as_i64().unwrap()).collect();
    promise.measured(format!("{} charges, {} sums differ", bodies.len(), differing(&sums, &totals)));
    assert_eq!((&sums, &told), (&totals, &totals));
    bank.stop().await;
}

/// Amounts of every length, so that small ones and the largest both occur.
fn any_minor(random: &mut StdRng, currency: Currency) -> i64 {
    let largest = PRICE_MAX_MAJOR * 10_i64.pow(currency.exponent());
    let highest = 10_i64.pow(random.random_range(1..16)).min(largest);
    let minor = random.random_range(1..=highest);
    // People like round prices.
    let rounded = minor - minor % 10_i64.pow(random.random_range(0..7));
    if rounded > 0 { rounded } else { minor }
}

fn sum_of_items(body: &Value) -> i64 {
    let items = body["item_details"].as_array().unwrap();
    items.iter().map(|item| item["price"].as_i64().unwrap() * item["quantity"].as_i64().unwrap()).sum()
}

fn differing(sums: &[i64], totals: &[i64]) -> usize {
    sums.iter().zip(totals).filter(|(sum, total)| sum != total).count()
}

#[expect(clippy::disallowed_methods, reason = "the pretend Midtrans keeps the time of the day")]
fn request(number: usize, method: PaymentMethod, minor: i64) -> ChargeRequest {
    let asked_at = chrono::Utc::now();
    ChargeRequest {
        id: GatewayOrderId::from_text(format!("T-22-{number}")),
        method,
        amount: Money::new(minor, Currency::IDR),
        item_name: ItemName::parse("Kaos hitam").unwrap().value,
        lines: Vec::new(),
        customer: CustomerDetails {
            name: CustomerName::parse("Budi Santoso").unwrap(),
            phone: Phone::parse("081234567890").unwrap(),
            email: Email::parse("budi@example.test").unwrap(),
        },
        asked_at,
        pay_by: asked_at + TimeDelta::minutes(15),
        notice_url: "http://127.0.0.1:9/webhooks/midtrans/sandbox".parse().unwrap(),
        return_to: "https://pay.example.test/orders/t0ken".parse().unwrap(),
    }
}
