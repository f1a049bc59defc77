//! Settings that cannot work are refused with exit code 2 and their mending, before anything is served.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::{MASTER_KEY, printed, service_settings, tautan};
use crate::support::database::TestDatabase;
use crate::support::test_shop::TestShop;

/// Serves with some settings changed; it is refused with these words.
fn refused(database_url: &str, changed: &[(&str, &str)], words: &str) {
    let usual = service_settings(database_url);
    let mut settings: Vec<(&str, &str)> = usual.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (name, value) in changed {
        let name_of_file = format!("{}_FILE", name.trim_end_matches("_FILE"));
        settings.retain(|(known, _)| known != name && format!("{known}_FILE") != name_of_file);
        settings.push((name, value));
    }
    let output = tautan(&["serve"], &settings);
    assert_eq!(output.status.code(), Some(2), "{changed:?}: {}", printed(&output));
    assert!(printed(&output).contains(words), "{changed:?}: {}", printed(&output));
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let database = TestDatabase::create().await;
    refused(&database.url(), &[("TAUTAN_LISTEN", &address)], "is taken or not of this machine");
}

#[tokio::test]
async fn another_master_key_is_refused() {
    let shop = TestShop::open().await;
    shop.services.check_master_key().await.unwrap();
    shop.services.storage().close().await;
    let database = shop.database;
    drop(shop.services);
    // The shop sealed with a key of its own.
    refused(&database.url(), &[], "the master key cannot be used");
}

#[tokio::test]
async fn a_secret_that_everyone_can_read_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, MASTER_KEY).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let database = TestDatabase::create().await;
    let name = file.display().to_string();
    refused(&database.url(), &[("TAUTAN_MASTER_KEY_FILE", &name)], "can be read by everyone; run: chmod 600");
}

#[test]
fn a_secret_on_the_command_line_is_refused() {
    for arguments in [&["serve", "--token", "700000001:canary"][..], &["backup", "--key", "canary", "file"]] {
        let output = tautan(arguments, &[]);
        assert_eq!(output.status.code(), Some(2), "{}", printed(&output));
        assert!(!printed(&output).contains("canary"), "{}", printed(&output));
    }
}
