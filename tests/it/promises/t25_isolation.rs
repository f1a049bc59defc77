//! T25: what belongs to one shop is nothing to another: no route, no button and no command shows or changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use tautan::domain::id::TelegramId;
use tautan::domain::payment_method::PaymentMethod;
use tautan::messaging::buttons::{ImportPress, Press};
use tautan::simulator::telegram::GroupKind;
use url::Url;
use uuid::Uuid;

use super::{Promise, Size};
use crate::support::customer::Customer;
use crate::support::dump::dump_of;
use crate::support::seller::Seller;
use crate::support::test_app::{Options, SERVER_KEY, TestApp};

/// A shop with everything in it that has a key.
struct Shop {
    seller: Seller,
    customer: Customer,
    /// Words that only this shop's people may read.
    secrets: [String; 2],
    link: Url,
    keys: Vec<Uuid>,
    /// The shop's other names for things: order token, gateway id, reference, order code.
    names: Vec<String>,
    code: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_what_belongs_to_one_shop_is_nothing_to_another() {
    let mut promise = Promise::new(25, "3 shops × every route and button × every id: 404 or \"not yours\"");
    let app = TestApp::start_with(Options { live_account: true, ..Options::default() }).await;
    let mut shops = Vec::new();
    for (seller, name, item) in [
        (app.ani(), "Budi Rahasia", "kaos rahasia"),
        (app.person("Citra", "id"), "Dewi Tersembunyi", "topi tersembunyi"),
        (app.person("Eka", "id"), "Fajar Tertutup", "buku tertutup"),
    ] {
        shops.push(open(&app, seller, name, item).await);
    }
    app.settles().await;
    let before = of_shops(&dump_of(app.database()).await);

    let mut asked = 0;
    for shop in &shops {
        asked += every_route(&app, shop).await;
    }
    promise.measured(format!("{asked} requests"));

    let mut pressed = 0;
    for (index, intruder) in shops.iter().enumerate() {
        // In the gate the next one's alone.
        for step in 1..=Size::of_run().pick(1, 2, 2) {
            let owner = &shops[(index + step) % shops.len()];
            pressed += every_button(intruder, owner).await;
        }
    }
    promise.measured(format!("{pressed} taps"));

    for shop in &shops {
        notice_at_another_account(&app, shop).await;
    }
    app.settles().await;
    let after = of_shops(&dump_of(app.database()).await);
    assert!(before == after, "something was changed: {:?}", differences(&before, &after));
    promise.measured("0 rows changed");
}

async fn open(app: &TestApp, seller: Seller, name: &str, item: &str) -> Shop {
    let link = seller.makes_a_link(&format!("{item} 150rb x5")).await;
    let mut customer = app.customer();
    customer.orders(&link, name, "BCA Virtual Account").await;
    let order = app.order(&customer).await;
    let attempt = app.attempts(&customer).await.remove(0);
    // A draft that waits on a confirm card.
    seller.says_and_reads(&format!("/new {item} kedua 20rb"), "Sudah benar?").await;
    let draft = Press::decode(&seller.data_of("✅ Buat"));
    let Some(Press::DraftCreate(draft)) = draft else { panic!("{draft:?}") };
    // A file that waits for its seller's word.
    let table = format!("nama,harga\n{item} ketiga,30rb\n");
    seller.sends_file("barang.csv", table.as_bytes(), "siap dibuat").await;
    let import = Press::decode(&seller.data_of("✅ Buat 1 tautan"));
    let Some(Press::Importing(ImportPress::Create(import))) = import else { panic!("{import:?}") };
    let group = app.telegram.group(-seller.phone.id(), item, GroupKind::Supergroup);
    group.adds_bot(&seller.phone);
    group.says(&seller.phone, "/alerts@tautan_bot");
    app.settles().await;
    let places = app.services().places_in(TelegramId(group.id())).await.expect("the database answers");
    let keys = vec![
        order.merchant.id.0,
        order.link.id.0,
        order.order.id.0,
        attempt.id.0,
        draft.0,
        import.0,
        order.link.draft_id.0,
        places[0].0.id.0,
    ];
    let token = customer.page.order_token().reveal().to_owned();
    let code = order.order.code.to_string();
    let names = vec![
        token,
        attempt.gateway_order_id.to_string(),
        order.link.reference.as_str().to_owned(),
        code.trim_start_matches('#').to_owned(),
    ];
    let secrets = [name.to_owned(), item.to_owned()];
    Shop { seller, customer, secrets, link, keys, names, code }
}

/// Every route with every key of the shop in the place of what the route asks for. Only the link's own
/// address and the order's own token open anything, and they are left out here.
async fn every_route(app: &TestApp, shop: &Shop) -> usize {
    let keys = shop.keys.iter().flat_map(|key| [key.to_string(), key.simple().to_string()]);
    let names: Vec<String> = keys.chain(shop.names.iter().cloned()).collect();
    let token = shop.names[0].as_str();
    let slug = shop.link.path().trim_start_matches('/');
    let (mut asked, form) = (0, [("method", PaymentMethod::Qris.code()), ("name", "Mallory")]);
    for name in names.iter().map(String::as_str).chain([slug]) {
        let paths = [
            ("GET", name.to_owned()),
            ("GET", format!("{name}/")),
            ("GET", format!("{name}/preview/00.png")),
            ("POST", format!("{name}/orders")),
            ("POST", format!("{name}/question")),
            ("GET", format!("{name}/turn")),
            ("POST", format!("{name}/turn")),
            ("GET", format!("orders/{name}")),
            ("POST", format!("orders/{name}/attempts")),
            ("POST", format!("orders/{name}/turn")),
            ("GET", format!("orders/{name}/events")),
            ("GET", format!("orders/{name}/qr.png")),
            ("GET", format!("orders/{name}/receipt")),
            ("GET", format!("orders/{name}/receipt.pdf")),
            ("POST", format!("webhooks/midtrans/{name}")),
        ];
        for (verb, path) in paths {
            let opens_itself = (name == token && path.starts_with("orders/"))
                || (name == slug && !path.starts_with("orders/") && !path.starts_with("webhooks/"));
            if opens_itself {
                continue;
            }
            let request = app.request(verb, &path);
            let request = match verb {
                "POST" if path.starts_with("webhooks/") => request.json(&serde_json::json!({})),
                "POST" => request.form(&form),
                _ => request,
            };
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 404, "{verb} {path}");
            let page = answer.text().await.expect("a page");
            assert!(shop.secrets.iter().all(|secret| !page.contains(secret)), "{verb} {path}: {page}");
            asked += 1;
        }
    }
    asked
}

/// Every button and command that names something, with what belongs to somebody else.
async fn every_button(intruder: &Shop, owner: &Shop) -> usize {
    let chat = &intruder.seller.phone;
    let message = intruder.seller.newest().message_id;
    let presses = presses_with(&owner.keys[1..]);
    for some in presses.chunks(25) {
        for press in some {
            chat.presses_data(message, &press.encode());
        }
        chat.waits_until(&format!("answers to {some:?}"), |_| chat.unanswered_taps().is_empty()).await;
        let transcript = chat.transcript();
        for secret in &owner.secrets {
            assert!(!transcript.contains(secret.as_str()), "{some:?} show {secret}:\n{transcript}");
        }
    }
    let found = intruder.seller.says(&format!("/orders {}", owner.code)).await.text;
    assert!(owner.secrets.iter().all(|secret| !found.contains(secret.as_str())), "{found}");
    let found = intruder.seller.says(&format!("/links {}", owner.secrets[1])).await.text;
    assert!(!found.contains(owner.link.as_str()) && !found.contains(&owner.secrets[0]), "{found}");
    presses.len() + 2
}

/// Every button that there is, read from the source so that none can be forgotten, with these keys in every
/// place.
fn presses_with(keys: &[Uuid]) -> Vec<Press> {
    let mut verbs = BTreeSet::new();
    let folder = fs::read_dir("src/messaging/buttons").expect("the buttons");
    let files = folder
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.is_file() && !path.ends_with("tests.rs"));
    for file in files.chain([PathBuf::from("src/messaging/buttons.rs")]) {
        let source = fs::read_to_string(file).expect("the source of the buttons");
        let quoted = source.split('"').skip(1).step_by(2).map(str::to_owned);
        verbs.extend(quoted.filter(|text| (1..=3).contains(&text.len())));
    }
    let codes: Vec<String> =
        keys.iter().map(|key| data_encoding::BASE64URL_NOPAD.encode(key.as_bytes())).collect();
    let mut presses = Vec::new();
    let mut add = |data: String| {
        // Buttons that name nothing are everybody's own.
        let press =
            Press::decode(&data).filter(|press| codes.iter().any(|code| press.encode().contains(code)));
        presses.extend(press.filter(|press| !presses.contains(press)).into_iter().collect::<Vec<_>>());
    };
    for verb in &verbs {
        for code in &codes {
            for first in [code.clone(), format!("o{code}"), format!("n{code}")] {
                add(format!("v1:{verb}:{first}"));
                for second in ["s", "n", "p", "l5", "c3", "p-1", "k", "r", "e", "y", "t"] {
                    add(format!("v1:{verb}:{first}:{second}"));
                }
                add(format!("v1:{verb}:{first}:o{}", codes[1]));
            }
            // Lists, and rows out of a page of one.
            for list in ["a", "x", "q1"] {
                add(format!("v1:{verb}:{list}:o{code}"));
                add(format!("v1:{verb}:{list}:s:{code}"));
                add(format!("v1:{verb}:{code}:{list}:s"));
            }
        }
    }
    assert!(presses.len() > 60, "only {} buttons were found", presses.len());
    presses
}

/// A notice that is genuine in every letter, at the account of another mode: kept as an orphan, and nobody asks.
async fn notice_at_another_account(app: &TestApp, shop: &Shop) {
    use sha2::{Digest, Sha512};
    let id = shop.customer.gateway_order_id().await;
    let asked = app.bank_was_asked("/status");
    let signature = hex::encode(Sha512::digest(format!("{id}200150000.00{SERVER_KEY}")));
    let notice = serde_json::json!({
        "order_id": id, "status_code": "200", "gross_amount": "150000.00", "currency": "IDR",
        "transaction_status": "settlement", "transaction_id": "a", "signature_key": signature,
    });
    let answer = app.request("POST", "webhooks/midtrans/live").json(&notice).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(app.bank_was_asked("/status"), asked);
}

/// What the shops own, line for line. Who typed what and where a talk stands is the intruders' own; notices
/// are kept of whoever sends them, and whoever looks is counted.
fn of_shops(dump: &str) -> Vec<String> {
    const OTHERS: [&str; 8] = [
        "telegram_updates.",
        "chats.",
        "conversations.",
        "searches.",
        "gateway_notices.",
        "instance_settings.",
        "alerts.",
        "link_views.",
    ];
    // A charge that is due meanwhile is asked about, and a link's card is drawn, as its own shop would have it.
    // Everybody sets the own recap.
    const UPKEEP: [&str; 7] = [
        "living_cards.due_at",
        "living_cards.not_before",
        "payment_attempts.leased_",
        "payment_attempts.pull",
        "payment_attempts.version",
        "payment_links.version",
        "staff.recap_",
    ];
    // Bytes may hold line breaks; what follows those stands once more in hexadecimal digits.
    let columns = dump
        .lines()
        .filter(|line| !UPKEEP.iter().any(|column| line.starts_with(column)))
        .filter(|line| line.split_once(" = ").is_some_and(|(name, _)| is_column(name)));
    let mut lines: Vec<String> = columns
        .filter(|line| !OTHERS.iter().any(|table| line.starts_with(table)))
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines
}

fn is_column(name: &str) -> bool {
    let is_word = |word: &str| {
        word.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
    };
    name.split_once('.').is_some_and(|(table, column)| is_word(table) && is_word(column))
}

/// The lines that stand more often before or after, and how often; equal rows make equal lines.
fn differences(before: &[String], after: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&String, i64> = BTreeMap::new();
    for line in before {
        *counts.entry(line).or_default() -= 1;
    }
    for line in after {
        *counts.entry(line).or_default() += 1;
    }
    counts.retain(|_, count| *count != 0);
    counts.into_iter().map(|(line, count)| format!("{count:+} {line}")).collect()
}
