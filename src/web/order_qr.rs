//! The code to scan that belongs to an order, as a picture that can be kept.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::order_page::token_in;
use super::page::PageFault;
use super::router::WebState;
use crate::domain::payment_method::PaymentInstructions;
use crate::messaging::qr_code::QrCode;

/// `GET /orders/{token}/qr.png`: what the order's charge asks to be scanned, as long as it can be paid; 404 when
/// there is nothing to scan (any more).
pub async fn show(State(web): State<WebState>, Path(token): Path<String>) -> Result<Response, PageFault> {
    let page = web.services.order_page(&token_in(&token)?).await?.ok_or(StatusCode::NOT_FOUND)?;
    let scannable = page.payable_attempt().and_then(|attempt| attempt.instructions.as_ref());
    let png = match scannable.and_then(PaymentInstructions::scannable) {
        Some(text) => QrCode::png(text).map(Bytes::from),
        // The page shows no picture that the gateway does not give.
        None => web.services.code_picture(&page).await.map(Bytes::from_owner),
    };
    let png = png.ok_or(StatusCode::NOT_FOUND)?;
    let kind = (header::CONTENT_TYPE, "image/png");
    let kept = (header::CACHE_CONTROL, "no-store");
    let name = (header::CONTENT_DISPOSITION, "inline; filename=\"qr.png\"");
    Ok(([kind, kept, name], png).into_response())
}
