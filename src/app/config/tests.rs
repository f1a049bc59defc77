//! Settings: what is needed, what is refused and how to mend it.

use super::{Environment, Mistakes, Settings};
use crate::services::admission::ShopPolicy;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn good() -> Vec<(&'static str, &'static str)> {
    let folder = tempfile::tempdir().unwrap().keep();
    vec![
        ("TAUTAN_TELEGRAM_TOKEN", "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"),
        ("TAUTAN_BASE_URL", "https://pay.example.com"),
        ("TAUTAN_MASTER_KEY", KEY),
        ("TAUTAN_DATA_DIR", folder.to_str().unwrap().to_owned().leak()),
    ]
}

fn mistakes(changed: &[(&'static str, &'static str)]) -> Mistakes {
    let mut variables = good();
    variables.extend_from_slice(changed);
    Settings::read(&Environment::of(&variables)).unwrap_err()
}

#[test]
fn three_values_are_enough() {
    let settings = Settings::read(&Environment::of(&good())).unwrap();
    assert_eq!(settings.base_url.as_str(), "https://pay.example.com/");
    assert_eq!(settings.shops, ShopPolicy::Invited);
    assert!(settings.sandbox.is_none() && settings.live.is_none());
    let shown = format!("{settings:?}");
    assert!(!shown.contains("ABCDEF") && !shown.contains("0001020304"), "{shown}");
}

#[test]
fn all_mistakes_are_said_at_once() {
    let mistakes = Settings::read(&Environment::of(&[
        ("TAUTAN_BASE_URL", "http://pay.example.com"),
        ("TAUTAN_ADMINS", "ani"),
        ("TAUTAN_SHOP", "anyone"),
        ("TAUTAN_DATA_DIR", "/proc/nowhere"),
    ]))
    .unwrap_err();
    let names: Vec<&str> = mistakes.sentences.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "TAUTAN_ADMINS",
            "TAUTAN_BASE_URL",
            "TAUTAN_DATA_DIR",
            "TAUTAN_MASTER_KEY",
            "TAUTAN_SHOP",
            "TAUTAN_TELEGRAM_TOKEN"
        ]
    );
    assert!(mistakes.sentences["TAUTAN_SHOP"].contains("TAUTAN_SHOPS"));
}

#[test]
fn each_bad_value_is_named_with_its_mending() {
    for (name, value, mending) in [
        ("TAUTAN_TELEGRAM_TOKEN", "hello", "@BotFather"),
        ("TAUTAN_BASE_URL", "pay.example.com", "https://pay.example.com"),
        ("TAUTAN_MASTER_KEY", "abc", "tautan init"),
        ("TAUTAN_LISTEN", "8080", "127.0.0.1:8080"),
        ("TAUTAN_SHOPS", "everyone", "anyone"),
        ("TAUTAN_TELEGRAM_UPDATES", "push", "webhook"),
        ("TAUTAN_TRUSTED_PROXIES", "0.0.0.0/0", "whole internet"),
        ("TAUTAN_RETENTION_DAYS", "a year", "number of days"),
        ("TAUTAN_RETENTION_DAYS", "7", "from 30 to 3650"),
        ("DATABASE_URL", "mysql://x", "postgres:"),
        ("TAUTAN_MIDTRANS_LIVE_SERVER_KEY", "SB-Mid-server-abc", "production dashboard"),
        ("TAUTAN_MIDTRANS_SANDBOX_SERVER_KEY", "SB-Mid-client-abc", "server key"),
        ("TAUTAN_MIDTRANS_SANDBOX_API_URL", "http://example.com", "https"),
    ] {
        let mistakes = mistakes(&[(name, value)]);
        assert!(mistakes.sentences[name].contains(mending), "{name}: {}", mistakes.sentences[name]);
        assert_eq!(mistakes.sentences.len(), 1, "{mistakes}");
    }
}

#[test]
fn a_secret_may_stand_in_a_file_that_only_its_owner_reads() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, format!("{KEY}\n")).unwrap();
    let mut variables: Vec<_> = good().into_iter().filter(|(name, _)| *name != "TAUTAN_MASTER_KEY").collect();
    variables.push(("TAUTAN_MASTER_KEY_FILE", file.to_str().unwrap()));

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let mistakes = Settings::read(&Environment::of(&variables)).unwrap_err();
    assert!(mistakes.sentences["TAUTAN_MASTER_KEY_FILE"].contains("chmod 600"));

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(Settings::read(&Environment::of(&variables)).is_ok());
}

#[test]
fn letters_need_a_server_and_a_sender() {
    let (server, sender) = ("TAUTAN_SMTP_URL", "TAUTAN_MAIL_FROM");
    let address = "smtps://pay:s3cret@mail.example.com";
    let mut variables = good();
    variables.extend([(server, address), (sender, "Toko <pay@example.com>")]);
    let settings = Settings::read(&Environment::of(&variables)).unwrap();
    assert!(settings.mail.is_some() && !format!("{settings:?}").contains("s3cret"));
    assert!(Settings::read(&Environment::of(&good())).unwrap().mail.is_none());
    for (given, named, mending) in [
        (vec![(server, address)], sender, "pay@example.com"),
        (vec![(sender, "pay@example.com")], server, "leave that out"),
        (vec![(server, address), (sender, "pay")], sender, "pay@example.com"),
        (vec![(server, "mail.example.com"), (sender, "pay@example.com")], server, "smtps://"),
        (vec![(server, "smtp://h.example.com?tls=none"), (sender, "pay@example.com")], server, "encryption"),
    ] {
        let mistakes = mistakes(&given);
        assert!(mistakes.sentences[named].contains(mending), "{mistakes}");
        assert_eq!(mistakes.sentences.len(), 1, "{mistakes}");
        assert!(!mistakes.to_string().contains("s3cret"));
    }
}
