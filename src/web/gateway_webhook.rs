//! Where gateways tell us that something happened. Nothing is believed here: a genuine notice is stored,
//! and a worker asks the gateway.

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};

use super::client::Client;
use super::router::WebState;
use super::submitted_form::{read_body, says_content_type};
use crate::domain::attempt::AccountCode;
use crate::gateways::NoticeRejection;
use crate::services::notices::NoticeTaken;

/// The most bytes of a notice.
pub const NOTICE_BYTES_MAX: usize = 256 * 1024;

/// `POST /webhooks/midtrans/{account}`: 200 once the notice is on disk, 401 for a forged one, 404 for an
/// unknown account, 503 when it cannot be stored: Midtrans comes back four times after that, and only
/// once after a 500. Every answer is empty, and none is a redirect.
pub async fn take_midtrans_notice(
    State(web): State<WebState>,
    Path(account): Path<String>,
    headers: HeaderMap,
    client: Client,
    body: Body,
) -> StatusCode {
    let says_json = says_content_type(&headers, "application/json");
    if (headers.contains_key(header::CONTENT_TYPE) && !says_json)
        || headers.contains_key(header::CONTENT_ENCODING)
    {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE;
    }
    let body = match read_body(body, NOTICE_BYTES_MAX).await {
        Ok(body) => body,
        Err(status) => return status,
    };
    match web.services.take_notice(&AccountCode(account), &headers, &body).await {
        Ok(NoticeTaken::Stored | NoticeTaken::Orphan) => StatusCode::OK,
        Ok(NoticeTaken::Rejected(NoticeRejection::Forged)) => forged(&web, client),
        Ok(NoticeTaken::Rejected(NoticeRejection::Malformed)) => StatusCode::BAD_REQUEST,
        Ok(NoticeTaken::NoSuchAccount) => StatusCode::NOT_FOUND,
        Err(error) => {
            tracing::error!(%error, "a gateway's notice could not be stored; it will come again");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// Counts a forgery. Genuine notices are told apart by their signature first, so however many forged
/// ones a network sends, it is the forged ones alone that are limited, and what they write into the log.
fn forged(web: &WebState, client: Client) -> StatusCode {
    let forgeries = web.limits.forged_notices.fetch_add(1, Ordering::Relaxed) + 1;
    // The first, the second, the fourth …: a flood of them is not to become a flood in the log.
    if forgeries.is_power_of_two() {
        tracing::warn!(forgeries, "notices with a wrong signature were refused");
    }
    match web.admit(&web.limits.forgeries, client) {
        Ok(()) => StatusCode::UNAUTHORIZED,
        Err(_) => StatusCode::TOO_MANY_REQUESTS,
    }
}
