//! The picture of a code, over a real socket.

use std::time::Duration;

use super::scripted_midtrans::{Reply, ScriptedMidtrans};
use super::*;
use crate::gateways::PICTURE_BYTES_MAX;

/// A picture of one pixel, as far as anybody here looks.
const PNG: &str = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n";

fn start_of_a_picture() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec()
}

fn picture(bytes: &[u8]) -> Reply {
    Reply::hangs_up_after_bytes([PNG.as_bytes(), bytes].concat())
}

async fn asked(reply: Reply) -> (Result<Vec<u8>, GatewayError>, ScriptedMidtrans) {
    let midtrans = ScriptedMidtrans::start(vec![reply]).await;
    let gateway = MidtransGateway::new(settings(&midtrans.url)).unwrap();
    let answer = gateway.qr_picture(&format!("{}/v2/gopay/t-1/qr-code", midtrans.url)).await;
    (answer, midtrans)
}

#[tokio::test]
async fn a_picture_is_fetched_without_the_key() {
    let (answer, midtrans) = asked(picture(&start_of_a_picture())).await;
    assert_eq!(answer.unwrap(), start_of_a_picture());
    assert_eq!(midtrans.lines(), ["GET /v2/gopay/t-1/qr-code"]);
    assert!(!midtrans.asked()[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn what_is_no_picture_is_not_taken() {
    let mut longest = start_of_a_picture();
    longest.resize(PICTURE_BYTES_MAX, 0);
    assert!(asked(picture(&longest)).await.0.is_ok());
    longest.push(0);
    let replies = [
        picture(&longest),
        picture(b"<html>"),
        picture(b""),
        Reply::with_header(200, "Content-Type: text/html", "<html>"),
        Reply::says(200, "{}"),
        Reply::with_header(302, "Location: http://127.0.0.1:9/", ""),
        Reply::says(404, "{}"),
        Reply::says(503, "{}"),
        Reply::hangs_up_after(""),
    ];
    for reply in replies {
        let said = format!("{reply:?}").chars().take(200).collect::<String>();
        assert!(matches!(asked(reply).await.0, Err(GatewayError::Unreachable(_))), "{said}");
    }
}

#[tokio::test]
async fn a_page_does_not_wait_for_long() {
    let midtrans = ScriptedMidtrans::start(vec![Reply::falls_silent_after(PNG)]).await;
    let timeouts = Timeouts { other: Duration::from_millis(50), ..Timeouts::default() };
    let gateway = MidtransGateway::new(MidtransSettings { timeouts, ..settings(&midtrans.url) }).unwrap();
    let answer = gateway.qr_picture(&format!("{}/qr", midtrans.url)).await;
    assert!(matches!(answer, Err(GatewayError::Unreachable(what)) if what == "time-out"));
}

#[tokio::test]
async fn nobody_else_is_asked_whatever_was_kept() {
    let neighbour = ScriptedMidtrans::start(vec![picture(&start_of_a_picture())]).await;
    let gateway = MidtransGateway::new(settings("http://127.0.0.1:9")).unwrap();
    let answer = gateway.qr_picture(&format!("{}/qr", neighbour.url)).await;
    assert!(matches!(answer, Err(GatewayError::Refused { .. })));
    assert!(neighbour.lines().is_empty());
}
