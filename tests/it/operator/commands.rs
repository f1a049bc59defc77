//! The commands of an operator, run as they are: `verify`, `backup`, `restore`, `customer`.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tautan::domain::report::ReportedStatus;
use tautan::services::backup::container::BackupWriter;
use tautan::services::sealing::Sealer;
use tempfile::TempDir;

use super::{MASTER_KEY, printed, tautan};
use crate::support::database::TestDatabase;
use crate::support::dump::row_counts;
use crate::support::test_shop::TestShop;

/// Runs a command on a database; gives its exit code and what it printed.
fn run(arguments: &[&str], database_url: &str, key: &str) -> (Option<i32>, String) {
    let folder = TempDir::new().unwrap();
    let data_dir = folder.path().display().to_string();
    let settings =
        [("DATABASE_URL", database_url), ("TAUTAN_MASTER_KEY", key), ("TAUTAN_DATA_DIR", &data_dir)];
    let output = tautan(arguments, &settings);
    (output.status.code(), printed(&output))
}

async fn shop_that_sold() -> TestShop {
    let shop = TestShop::open().await;
    let link = shop.link(Some(5)).await;
    let paid = shop.buys(&link).await;
    shop.bank_says(&paid, ReportedStatus::Settlement).await;
    shop.buys(&link).await;
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn books_are_verified_beside_the_service_and_the_first_bad_row_is_named() {
    let shop = shop_that_sold().await;
    let url = shop.database.url();
    let (code, said) = run(&["verify"], &url, MASTER_KEY);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no faults"), "{said}");
    shop.database.execute("update payment_links set used = used + 1").await.unwrap();
    let (code, said) = run(&["verify"], &url, MASTER_KEY);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("first bad row: payment_links "), "{said}");
    assert!(said.contains("used is 2, but 1 order"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_written_beside_the_service_and_restored_into_an_empty_database() {
    let shop = shop_that_sold().await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("tautan.backup");
    let name = file.display().to_string();
    let (code, said) = run(&["backup", &name], &shop.database.url(), MASTER_KEY);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("orders: 2 rows") && said.contains("sealed with the master key"), "{said}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(files_in(folder.path()), ["tautan.backup"], "nothing else is left");

    // A file that is there is never written over.
    let (code, said) = run(&["backup", &name], &shop.database.url(), MASTER_KEY);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("exists already"), "{said}");

    // With another key, or into a database that has something, nothing happens.
    let empty = TestDatabase::create().await;
    let other_key = MASTER_KEY.replace("00", "ff");
    let (code, said) = run(&["restore", &name], &empty.url(), &other_key);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("sealed with another master key"), "{said}");
    if shop.database.is_postgres() {
        let (code, said) = run(&["restore", &name], &shop.database.url(), MASTER_KEY);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("is not empty"), "{said}");
    }

    let (code, said) = run(&["restore", &name], &empty.url(), MASTER_KEY);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("no faults") && said.contains("asks the gateways about 2 charges"), "{said}");
    let (code, said) = run(&["restore", &name], &empty.url(), MASTER_KEY);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("is not empty"), "{said}");
    let orders = row_counts(&empty).await.into_iter().find(|(table, _)| table == "orders");
    assert_eq!(orders.unwrap().1, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_leaves_the_database_empty() {
    let shop = shop_that_sold().await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("tautan.backup");
    let name = file.display().to_string();
    assert_eq!(run(&["backup", &name], &shop.database.url(), MASTER_KEY).0, Some(0));
    let whole = std::fs::read(&file).unwrap();
    let empty = TestDatabase::create().await;
    for cut in [10, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&file, &whole[..cut]).unwrap();
        let (code, said) = run(&["restore", &name], &empty.url(), MASTER_KEY);
        assert_eq!(code, Some(1), "{said}");
    }
    std::fs::write(&file, &whole).unwrap();
    let (code, said) = run(&["restore", &name], &empty.url(), MASTER_KEY);
    assert_eq!(code, Some(0), "a database that stayed empty takes the whole one: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_cannot_be_written_leaves_nothing() {
    let shop = shop_that_sold().await;
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("nowhere/tautan.backup").display().to_string();
    let (code, said) = run(&["backup", &missing], &shop.database.url(), MASTER_KEY);
    assert_eq!(code, Some(1), "{said}");
    // Room for one block alone, as on a disk that is full.
    let file = folder.path().join("tautan.backup").display().to_string();
    let (url, data_dir) = (shop.database.url(), std::env::temp_dir().display().to_string());
    let settings = [
        ("DATABASE_URL", url.as_str()),
        ("TAUTAN_MASTER_KEY", MASTER_KEY),
        ("TAUTAN_DATA_DIR", data_dir.as_str()),
    ];
    let limited = format!("trap '' XFSZ; ulimit -f 1; exec {} backup {file}", env!("CARGO_BIN_EXE_tautan"));
    let output = Command::new("sh").arg("-c").arg(limited).env_clear().envs(settings).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    assert!(printed(&output).contains("tautan.backup: File too large"), "{}", printed(&output));
    assert!(files_in(folder.path()).is_empty(), "{:?}", files_in(folder.path()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_versions_backup_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("tautan.backup");
    let key: [u8; 32] = hex::decode(MASTER_KEY).unwrap().try_into().unwrap();
    let mut writer = BackupWriter::start(Vec::new(), Sealer::new(&key)).unwrap();
    let steps = "[{\"version\":9999,\"checksum\":\"00\"}]";
    let head = format!("{{\"taken_at\":\"2030-01-01T00:00:00Z\",\"program\":\"9.1.0\",\"steps\":{steps}}}");
    writer.line(&format!("{{\"head\":{head}}}")).unwrap();
    std::fs::write(&file, writer.finish().unwrap()).unwrap();
    let empty = TestDatabase::create().await;
    let (code, said) = run(&["restore", &file.display().to_string()], &empty.url(), MASTER_KEY);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("was made by version 9.1.0 of Tautan"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_exported_and_erased_beside_the_service() {
    let shop = shop_that_sold().await;
    let paying = shop.buys(&shop.link(None).await).await;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("budi.json");
    let name = file.display().to_string();
    let url = shop.database.url();
    let (code, said) = run(&["customer", "export", "--email", "Budi@example.com", &name], &url, MASTER_KEY);
    assert_eq!(code, Some(0), "{said}");
    let export: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(export["orders"].as_array().unwrap().len(), 3, "{export}");
    assert_eq!(export["orders"][0]["phone"], "+6281234567890");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    // Two are being paid: they wait until that is over.
    let erase = ["customer", "erase", "--phone", "0812-3456-7890"];
    let (code, said) = run(&erase, &url, MASTER_KEY);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("customer of 1 orders") && said.contains("2 orders are being paid"), "{said}");
    shop.clock.advance(chrono::TimeDelta::days(3));
    shop.asks(&paying).await;
    let (code, said) = run(&erase, &url, MASTER_KEY);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("customer of 2 orders"), "{said}");
    let (code, said) = run(&["customer", "erase"], &url, MASTER_KEY);
    assert_eq!(code, Some(2), "somebody must be named: {said}");
}

fn files_in(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
