//! T36 and T37: secrets stand nowhere, and what customers typed stands in its columns alone.

use std::time::Duration;

use data_encoding::BASE64;
use secrecy::ExposeSecret;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour};
use tautan::simulator::telegram::{ButtonKind, Fault, Misbehaviour as TelegramMisbehaviour};
use tautan::web::telegram_webhook::webhook_secret;

use super::Promise;
use crate::operator::printed;
use crate::support::customer::{Customer, House};
use crate::support::database::TestDatabase;
use crate::support::dump::dump_of;
use crate::support::process::Site;
use crate::support::seller::Seller;
use crate::support::test_app::{SERVER_KEY, TOKEN};

/// What the customer types.
const PERSONAL: [&str; 3] = ["Kanari Budiman", "81298765432", "kanari.budiman@example.test"];

/// Where that may stand.
const PERSONAL_COLUMNS: [&str; 6] = [
    "orders.customer_name",
    "orders.customer_phone",
    "orders.customer_email",
    "payment_links.customer_",
    "link_drafts.body",
    "conversations.body",
];

/// Every line in which one of these words stands.
fn hits<'a>(text: &'a str, words: &[String]) -> Vec<&'a str> {
    text.lines().filter(|line| words.iter().any(|word| line.contains(word))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn t36_no_secret_and_nothing_personal_stands_where_it_should_not() {
    let mut promise = Promise::new(36, "canaries in dump, logs (trace), errors and /readyz: 0 hits");
    let database = TestDatabase::create().await;
    let site = Site::open(&database.url(), &[("TAUTAN_LOG", "trace")]).await;
    let mut secrets = secrets_of(&site);

    let address = site.address().await;
    let process = site.start(address).await;
    let ani = site.seller(700_001, "Ani");
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    secrets.extend(own_keys(&ani).await);
    for trouble in [
        Conduct::ServerError { status: 503 },
        Conduct::CutAfterAcceptance,
        Conduct::GarbageJson,
        Conduct::TooManyRequests,
    ] {
        site.bank.misbehave(Misbehaviour::once(Endpoint::Charge, trouble));
        let mut kanari = Customer::new(site.base_url.clone(), site.bank.clone(), House::default());
        kanari.opens(&link).await;
        kanari.fills_in(PERSONAL[0], "0812-9876-5432", PERSONAL[2]).await;
        kanari.presses("BCA Virtual Account").await;
        secrets.push(kanari.page.order_token().reveal().to_owned());
    }
    site.bank.behave();
    site.telegram.misbehave(TelegramMisbehaviour::new(Fault::ServerError(502)));
    site.telegram.misbehave(TelegramMisbehaviour::new(Fault::Refusal(401, "Unauthorized".to_owned())));
    for transaction in site.bank.transactions() {
        if transaction.status == "pending" {
            site.bank.pay(&transaction.order_id).await.unwrap();
        }
    }
    ani.reads("dari Kanari").await;
    let ready = reqwest::get(site.base_url.join("readyz").unwrap()).await.unwrap().text().await.unwrap();
    let shown = format!("{:?}", site.settings());
    let (status, _) = process.terminate().await;
    assert!(status.success());
    serve_without_telegram(&site, address).await;
    let said = std::fs::read_to_string(site.folder().join(format!("{}.log", address.port()))).unwrap();
    let dump = dump_of(&database).await;
    // The claim link is printed for whoever started the program, and kept as a hash.
    let claim = said.split("start=a_").nth(1).and_then(|rest| rest.split_whitespace().next());
    assert!(!dump.contains(claim.expect("a claim link")), "the claim's token is kept in the open");

    let personal: Vec<String> = PERSONAL.iter().map(|&word| word.to_owned()).collect();
    let mut found: Vec<String> = Vec::new();
    for (place, text) in [("log", &said), ("/readyz", &ready), ("settings", &shown)] {
        found.extend(
            hits(text, &secrets).iter().chain(&hits(text, &personal)).map(|line| format!("{place}: {line}")),
        );
    }
    found.extend(hits(&dump, &secrets).iter().map(|line| format!("dump: {line}")));
    let misplaced = hits(&dump, &personal);
    let misplaced =
        misplaced.iter().filter(|line| !PERSONAL_COLUMNS.iter().any(|column| line.starts_with(column)));
    found.extend(misplaced.map(|line| format!("dump: {line}")));
    promise.measured(format!(
        "{} hits in {} lines of log, {} values of the database",
        found.len(),
        said.lines().count(),
        dump.lines().count()
    ));
    assert!(said.lines().count() > 500, "the log is a full one");
    assert!(found.is_empty(), "{}", found.iter().map(|line| cut(line)).collect::<Vec<_>>().join("\n"));
}

fn cut(line: &str) -> String {
    line.chars().take(600).collect()
}

/// A key that is pasted into the chat, one that is typed wrong into the form, and the very key that connects;
/// gives those that are not known as secrets yet, and the form's token.
async fn own_keys(ani: &Seller) -> Vec<String> {
    let pasted = "SB-Mid-server-kanari-dalam-obrolan";
    let wrong = "SB-Mid-server-kanari-yang-salah";
    ani.says_and_reads(&format!("ini kuncinya: {pasted}"), "saya hapus dari chat").await;
    let shown = ani.newest();
    let form = match shown.button("🔑 Buka formulir").map(|button| &button.kind) {
        Some(ButtonKind::Url(url)) => url.clone(),
        other => panic!("{other:?}"),
    };
    let client = reqwest::Client::builder().no_proxy().build().expect("a browser");
    for (key, status) in [(wrong, 422), ("Mid-server-kanari-yang-salah", 422), (SERVER_KEY, 200)] {
        let answer = client.post(&form).form(&[("server_key", key)]).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{key}");
    }
    ani.reads("Midtrans tersambung (sandbox)").await;
    let token = form.rsplit('/').next().expect("a token").to_owned();
    vec![pasted.to_owned(), wrong.to_owned(), "kanari-yang-salah".to_owned(), token]
}

/// Every secret of a site, in the forms in which it could be seen.
fn secrets_of(site: &Site) -> Vec<String> {
    let settings = site.settings();
    let key = settings.master_key.to_text();
    let bytes: [u8; 32] = hex::decode(key.expose_secret()).expect("digits").try_into().expect("32 bytes");
    let (_, token) = TOKEN.split_once(':').expect("a token");
    vec![
        SERVER_KEY.to_owned(),
        BASE64.encode(format!("{SERVER_KEY}:").as_bytes()),
        TOKEN.to_owned(),
        token.to_owned(),
        key.expose_secret().to_owned(),
        webhook_secret(&bytes, &settings.telegram_token).expose_secret().to_owned(),
    ]
}

async fn serve_without_telegram(site: &Site, address: std::net::SocketAddr) {
    // Telegram is away altogether: its address holds the token, and errors like to name addresses.
    let away = |mut command: std::process::Command| {
        command.env("TAUTAN_TELEGRAM_API_URL", "http://127.0.0.1:9");
        command
    };
    let process = site.start_with(address, away).await;
    let complained = async {
        while !process.said().contains("gives no updates") {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), complained).await.expect("a complaint about Telegram");
    let (status, _) = process.terminate().await;
    assert!(status.success());
}

#[test]
fn t37_mistaken_settings_are_named_and_never_repeated() {
    let mut promise = Promise::new(37, "mistaken secrets: named, 0 repeated");
    let mistaken = [
        ("TAUTAN_TELEGRAM_TOKEN", "kanari-token-without-its-colon"),
        ("TAUTAN_MASTER_KEY", "kanari-key-that-is-too-short"),
        ("DATABASE_URL", "mysql://kanari:kanari-password@host/db"),
        ("TAUTAN_MIDTRANS_LIVE_SERVER_KEY", "SB-Mid-server-kanari"),
    ];
    let mut said = String::new();
    for command in [&["serve"][..], &["verify"], &["backup", "/nonexistent/file"]] {
        said += &printed(&crate::operator::tautan(command, &mistaken));
    }
    promise.measured(format!("{} lines", said.lines().count()));
    assert!(said.contains("TAUTAN_TELEGRAM_TOKEN") && said.contains("TAUTAN_MASTER_KEY"), "{said}");
    assert!(!said.to_lowercase().contains("kanari"), "{said}");
}
