//! An owner takes the whole shop home, and another instance reads it.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use tautan::domain::clock::ShiftedClock;
use tautan::domain::id::TelegramId;
use tautan::gateways::GatewayAccounts;
use tautan::services::admission::ShopPolicy;
use tautan::services::audit::audit;
use tautan::services::sealing::Sealer;
use tautan::services::shop_copy::{ImportError, import_shop};
use tautan::services::{ServiceSettings, Services};
use tautan::simulator::telegram::ShownMessage;
use tautan::storage::Storage;
use tempfile::TempDir;
use url::Url;

use crate::operator::{MASTER_KEY, printed, tautan};
use crate::support::database::TestDatabase;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Who owns the shop in the other instance.
const OTHER_OWNER: TelegramId = TelegramId(900_001);

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_is_read_elsewhere_is_the_same_shop() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let file = takes_home(&app, &ani).await;
    let lines = unpacked(&file);
    for secret in ["token", "form_hash", "network", "instructions", "leased_by"] {
        assert!(!lines.contains(secret), "{secret} is nobody's business");
    }

    let database = TestDatabase::create().await;
    let there = elsewhere(&database).await;
    let sealer = Sealer::new(&[9; 32]);
    let imported = import_shop(there.storage(), &sealer, OTHER_OWNER, &file[..]).await.unwrap();
    assert_eq!(imported.readdressed, []);
    assert_eq!(imported.charges_to_ask, 1, "the one that was not paid yet");
    let report = audit(there.storage()).await.unwrap();
    assert!(report.is_sound() && report.ledger_entries == 3, "{report}");

    let seat = there.seat(OTHER_OWNER).await.unwrap().expect("the shop is theirs");
    let again = there.copy_shop(&seat).await.unwrap().expect("an owner may");
    let (before, after) = (lines.split_once('\n').unwrap(), unpacked(&again.bytes));
    let after = after.split_once('\n').unwrap();
    assert_eq!(before.1, after.1, "every row but the time of the copy");

    let twice = import_shop(there.storage(), &sealer, OTHER_OWNER, &file[..]).await;
    assert!(matches!(twice, Err(ImportError::Exists)), "{twice:?}");
    there.storage().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_changed_or_cut_off_changes_nothing() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let file = takes_home(&app, &ani).await;
    let lines = unpacked(&file);
    let database = TestDatabase::create().await;
    let there = elsewhere(&database).await;
    let read = async |lines: &str| {
        let outcome =
            import_shop(there.storage(), &Sealer::new(&[9; 32]), OTHER_OWNER, &packed(lines)[..]).await;
        outcome.unwrap_err()
    };

    let captured = lines.lines().find(|line| line.contains("\"captured\"")).unwrap();
    let dearer =
        lines.replace(captured, &captured.replace("\"amount_minor\":75000", "\"amount_minor\":95000"));
    assert_ne!(dearer, lines);
    assert!(matches!(read(&dearer).await, ImportError::Book(_)));
    let torn = lines.replace(&format!("{captured}\n"), "");
    assert!(matches!(read(&torn).await, ImportError::Unreadable { .. }), "a row is missing");
    let half = &lines[..lines.len() / 2];
    assert!(matches!(read(half).await, ImportError::Unreadable { .. }));
    let newer = lines.replacen("\"tautan_shop\":1", "\"tautan_shop\":2", 1);
    assert!(matches!(read(&newer).await, ImportError::Newer));
    let wider = lines.replacen("\"item_name\":", "\"token_sealed\":\"AAAA\",\"item_name\":", 1);
    assert!(matches!(read(&wider).await, ImportError::Newer), "a secret is not read either");
    let order = lines.lines().find(|line| line.contains("\"table\":\"orders\"")).unwrap();
    let order: Value = serde_json::from_str(order).unwrap();
    let link = order["row"]["payment_link_id"].as_str().unwrap();
    let other = lines.replace(
        &format!("\"payment_link_id\":\"{link}\""),
        "\"payment_link_id\":\"00000000-0000-7000-8000-000000000000\"",
    );
    assert!(matches!(read(&other).await, ImportError::Unreadable { .. }), "another shop's link");

    let left = database.texts("select cast(count(*) as text) from merchants").await.unwrap();
    assert_eq!(left, ["0"]);
    there.storage().close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_reads_a_shop_by_command() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let file = takes_home(&app, &ani).await;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.jsonl.gz");
    std::fs::write(&path, file).unwrap();
    let database = TestDatabase::create().await;
    let url = database.url();
    let variables = [("DATABASE_URL", url.as_str()), ("TAUTAN_MASTER_KEY", MASTER_KEY)];
    let arguments = ["import", path.to_str().unwrap(), "--owner", "900001"];
    let first = tautan(&arguments, &variables);
    assert!(first.status.success(), "{}", printed(&first));
    assert!(printed(&first).contains("all sealed") && printed(&first).contains("no faults"));
    let second = tautan(&arguments, &variables);
    assert!(!second.status.success());
    assert!(printed(&second).contains("is here already"), "{}", printed(&second));
    let other_key = MASTER_KEY.replace('0', "f");
    let third = tautan(&arguments, &[variables[0], ("TAUTAN_MASTER_KEY", &other_key)]);
    assert_eq!(third.status.code(), Some(2), "{}", printed(&third));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_takes_the_shop_home() {
    let app = TestApp::start().await;
    let ani = app.ani();
    ani.makes_a_link("Kaos polos 75rb").await;
    let ask = ani.says_and_reads("/export", "Masa yang mana?").await;
    app.database().execute("update staff set role = 'staff'").await.unwrap();
    let refused = ani.presses("📦 Seluruh toko").await;
    assert!(refused.text.contains("oleh pemiliknya") && refused.message_id == ask.message_id);
    let ask = ani.says_and_reads("/export", "Masa yang mana?").await;
    assert!(ask.button("📦").is_none(), "{}", ani.phone.transcript());
}

/// Sells in every way that the book knows, and takes the file from the chat.
async fn takes_home(app: &TestApp, ani: &Seller) -> Vec<u8> {
    let link = ani.makes_a_link("Kaos polos 75rb x10").await;
    ani.makes_a_link("Topi 50rb for:Budi, 0812-3456-7890").await;
    for name in ["Budi", "Eko"] {
        let mut buyer = app.customer();
        buyer.orders(&link, name, "Permata").await;
        buyer.pays().await;
        ani.reads(name).await;
        app.settles().await;
        if name == "Eko" {
            app.bank.reverse(&buyer.gateway_order_id().await).await.expect("a reversal");
            app.settles().await;
        }
    }
    app.customer().orders(&link, "Sari", "Permata").await;
    app.settles().await;
    app.services().write_views().await.unwrap();
    ani.says_and_reads("/export", "Masa yang mana?").await;
    ani.phone.presses("📦 Seluruh toko").expect("a button");
    let is_it = |message: &ShownMessage| message.file.is_some() && message.text.contains("semua tautan");
    let shown = ani.phone.waits_until("the shop", |messages| messages.iter().any(is_it)).await;
    let file = shown.into_iter().rfind(is_it).and_then(|message| message.file).expect("it was just there");
    assert!(file.file_name.ends_with(".jsonl.gz"), "{file:?}");
    ani.phone.opens_file(&file).expect("what is in it")
}

/// Another instance, without accounts at any gateway.
async fn elsewhere(database: &TestDatabase) -> Services {
    let clock = ShiftedClock::default();
    let storage = Storage::open(&database.url(), clock.clone()).await.unwrap();
    let settings = ServiceSettings {
        base_url: Url::parse("https://bayar.example/").unwrap(),
        shops: ShopPolicy::Anyone,
        admins: vec![],
        sealer: Sealer::new(&[9; 32]),
    };
    Services::new(storage, Arc::new(clock), GatewayAccounts::new([]), settings)
}

fn unpacked(file: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}
