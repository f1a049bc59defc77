//! T9: how long a comparison takes tells nothing about the secret.
//!
//! Compared are guesses that are wrong in their first byte with guesses that are wrong in their last one.
//! That every secret is compared by `Secret` is held by its type and by `tests/architecture/secrets.rs`.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use axum::body::Body;
use axum::http::{Request, StatusCode};
use reqwest::header::HeaderMap;
use secrecy::ExposeSecret;
use serde_json::json;
use sha2::{Digest, Sha512};
use tautan::domain::clock::ShiftedClock;
use tautan::domain::order::OrderToken;
use tautan::domain::secret::Secret;
use tautan::gateways::midtrans::{MidtransGateway, MidtransSettings, Timeouts};
use tautan::gateways::{NoticeRejection, PaymentGateway};
use tautan::services::sealing::Sealer;
use tautan::storage::Storage;
use tautan::web::telegram_webhook::{
    TELEGRAM_WEBHOOK_PATH, TelegramWebhook, telegram_webhook, webhook_secret,
};
use tower::ServiceExt;

use super::{Promise, Size};
use crate::support::database::TestDatabase;
use crate::support::test_app::SERVER_KEY;
use crate::support::welch::{Guesses, T_MAX, t_of};

#[test]
fn t09_comparing_a_secret_takes_the_same_time_wherever_it_differs() {
    // Nothing here touches a database, and the times are those of this machine.
    if std::env::var("TAUTAN_TEST_DATABASE").as_deref() == Ok("postgres") {
        return;
    }
    let mut promise = Promise::new(9, "|t| < 5 at 1,000,000 samples for every secret that is compared");
    let samples = Size::of_run().pick(1_000, 100_000, 1_000_000);
    let measured = [
        ("a signature", signature(samples)),
        ("a notice", notice(samples)),
        ("Telegram's secret", telegrams_secret(samples)),
        ("an order's token", token(samples)),
        ("a sealed value", sealed_value(samples)),
    ];
    let twin = a_comparison_that_stops_early(samples);
    for (what, t) in measured {
        promise.measured(format!("{what}: t = {t:.1}"));
    }
    promise.measured(format!("stopping at the first difference: t = {twin:.0}"));
    assert!(twin.abs() > T_MAX, "the twin shows that this could fail");
    if Size::of_run() == Size::Full {
        for (what, t) in measured {
            assert!(t.abs() < T_MAX, "{what}: t = {t}");
        }
    }
}

fn signature(samples: usize) -> f64 {
    let (kept, guesses) = (Secret::new([7; 64]), guesses_of(&[7; 64]));
    t_of(samples, &guesses, |guess| kept.is(guess))
}

/// Everything that happens between a notice's bytes and "forged".
fn notice(samples: usize) -> f64 {
    let gateway = MidtransGateway::new(MidtransSettings {
        server_key: SERVER_KEY.into(),
        api_url: "http://127.0.0.1:9/".parse().unwrap(),
        snap_url: "http://127.0.0.1:9/".parse().unwrap(),
        merchant_id: None,
        timeouts: Timeouts::default(),
    })
    .unwrap();
    let signature = Sha512::digest(format!("T-1-abc200150000.00{SERVER_KEY}"));
    let body = |signature: &[u8]| {
        let notice = json!({
            "order_id": "T-1-abc", "status_code": "200", "gross_amount": "150000.00",
            "transaction_status": "settlement", "signature_key": hex::encode(signature),
        });
        notice.to_string().into_bytes()
    };
    let guesses = guesses_of(&signature);
    let bodies = Guesses { at_once: body(&guesses.at_once), at_the_end: body(&guesses.at_the_end) };
    let headers = HeaderMap::new();
    t_of(samples, &bodies, |body| {
        let answer = gateway.verify_notice(&headers, body);
        assert_eq!(answer, Err(NoticeRejection::Forged));
    })
}

/// Everything that happens between an update's headers and 401.
fn telegrams_secret(samples: usize) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let database = TestDatabase::sqlite();
    let storage = runtime.block_on(Storage::open(&database.url(), ShiftedClock::default())).unwrap();
    let secret = webhook_secret(&[7; 32], &"700000001:the-token-of-the-bot".to_owned().into());
    let guesses = guesses_of(secret.expose_secret().as_bytes());
    let router = telegram_webhook(TelegramWebhook { storage: storage.clone(), secret, inline: None });
    let t = t_of(samples, &guesses, |guess| {
        let request = Request::post(TELEGRAM_WEBHOOK_PATH)
            .header("X-Telegram-Bot-Api-Secret-Token", guess)
            .body(Body::empty());
        let answer = runtime.block_on(router.clone().oneshot(request.unwrap())).unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    });
    runtime.block_on(storage.close());
    t
}

fn token(samples: usize) -> f64 {
    let kept = OrderToken::parse(&"a".repeat(26)).unwrap();
    let guesses = Guesses {
        at_once: format!("b{}", "a".repeat(25)).into_bytes(),
        at_the_end: format!("{}b", "a".repeat(25)).into_bytes(),
    };
    t_of(samples, &guesses, |guess| {
        let guess = OrderToken::parse(str::from_utf8(guess).unwrap()).unwrap();
        assert!(!kept.is(&guess));
    })
}

/// The tag at the end of what is sealed, as whoever can write to the database would guess it.
fn sealed_value(samples: usize) -> f64 {
    const TAG_BYTES: usize = 16;
    let sealer = Sealer::new(&[7; 32]);
    let sealed = sealer.seal("order token", b"abcdefghijklmnopqrstuvwxyz");
    let (front, tag) = sealed.split_at(sealed.len() - TAG_BYTES);
    let guesses = guesses_of(tag);
    let whole = |tag: &[u8]| [front, tag].concat();
    let guesses = Guesses { at_once: whole(&guesses.at_once), at_the_end: whole(&guesses.at_the_end) };
    t_of(samples, &guesses, |guess| {
        assert!(sealer.open("order token", guess).is_none());
    })
}

/// How it must not be done.
fn a_comparison_that_stops_early(samples: usize) -> f64 {
    let (kept, guesses) = ([7_u8; 64], guesses_of(&[7; 64]));
    t_of(samples, &guesses, |guess| kept.iter().zip(guess).all(|(kept, guess)| kept == guess))
}

/// The secret with its first byte changed, and with its last one.
fn guesses_of(secret: &[u8]) -> Guesses {
    let changed = |at: usize| {
        let mut guess = secret.to_vec();
        // One bit, so that a hexadecimal digit stays one that is read as fast.
        guess[at] ^= 1;
        guess
    };
    Guesses { at_once: changed(0), at_the_end: changed(secret.len() - 1) }
}
