//! How calls travel to Midtrans: one HTTP client per account, bounded in time and in bytes.

use std::time::Duration;

use chrono::TimeDelta;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client as HttpClient, Method, RequestBuilder, Response, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use crate::gateways::{GatewayError, PICTURE_BYTES_MAX};

use super::Timeouts;
use super::answer::{Answer, retry_after};
use super::qr_picture;
use super::snap::SnapAnswer;

/// The most bytes of an answer, unpacked; Midtrans' own have a few kilobytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Client {
    http: HttpClient,
    api_url: Url,
    snap_url: Url,
    server_key: SecretString,
    timeouts: Timeouts,
}

/// What a call carries.
#[derive(Debug)]
pub(super) enum Call<'a> {
    /// A question.
    Get,
    /// An order without details.
    Post,
    /// An order with details, that a repeat within five minutes does not repeat.
    PostBody { body: &'a Value, idempotency_key: Uuid },
    /// A charge: has its own time-out, and says where notices go instead of the dashboard's address.
    Charge { body: &'a Value, idempotency_key: Uuid, notice_url: &'a Url },
}

impl Client {
    pub(super) fn new(
        api_url: Url,
        snap_url: Url,
        server_key: SecretString,
        timeouts: Timeouts,
    ) -> reqwest::Result<Self> {
        let http = HttpClient::builder()
            .connect_timeout(timeouts.connect)
            .redirect(redirect::Policy::none())
            // A proxy named in the environment for something else must not carry payments.
            .no_proxy()
            .user_agent(concat!("tautan/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, api_url, snap_url, server_key, timeouts })
    }

    /// Sends a call and reads the answer. What is left in the [`Answer`] is a code that the caller judges:
    /// time-outs, faults of Midtrans, unreadable answers, a wrong key and "slow down" are errors here.
    pub(super) async fn send(&self, path: &[&str], call: Call<'_>) -> Result<Answer, GatewayError> {
        let (http_status, wait, body) = self.exchange(address(&self.api_url, path)?, call).await?;
        Answer::read(http_status, &body, wait)
    }

    /// Sends a call to Snap, whose answers have no code of their own: the status of HTTP is left to judge.
    pub(super) async fn send_to_snap(
        &self,
        path: &[&str],
        call: Call<'_>,
    ) -> Result<SnapAnswer, GatewayError> {
        let path = [["snap", "v1"].as_slice(), path].concat();
        let (http_status, _, body) = self.exchange(address(&self.snap_url, &path)?, call).await?;
        SnapAnswer::read(http_status, &body)
    }

    pub(super) const fn api_url(&self) -> &Url {
        &self.api_url
    }

    /// Fetches a picture. Its address is the answer's word, so the key does not travel there.
    pub(super) async fn picture(&self, address: Url) -> Result<Vec<u8>, GatewayError> {
        let patience = self.timeouts.other.min(qr_picture::PATIENCE);
        let request = self.http.get(address).header(ACCEPT, "image/png").timeout(patience);
        let response = request.send().await.map_err(unreachable)?;
        let (http_status, kind) = (response.status(), response.headers().get(CONTENT_TYPE).cloned());
        let odd = |what: &str| GatewayError::Unreachable(format!("the picture of a code {what}"));
        // A page that leads elsewhere is not followed.
        if http_status != StatusCode::OK {
            return Err(odd(&format!("has HTTP status {http_status}")));
        }
        if !kind.as_ref().is_some_and(qr_picture::is_png_type) {
            return Err(odd("is said to be something else"));
        }
        let picture = read_body(response, PICTURE_BYTES_MAX).await?;
        if qr_picture::is_png(&picture) { Ok(picture) } else { Err(odd("cannot be shown")) }
    }

    async fn exchange(
        &self,
        address: Url,
        call: Call<'_>,
    ) -> Result<(StatusCode, TimeDelta, Vec<u8>), GatewayError> {
        let response = self.request(address, call).send().await.map_err(unreachable)?;
        let http_status = response.status();
        match http_status.as_u16() {
            401 => return Err(GatewayError::Unauthorized),
            429 => {
                return Err(GatewayError::TooManyRequests { retry_after: retry_after(response.headers()) });
            }
            // The first call of the same idempotency key still runs.
            202 => {
                return Err(GatewayError::Unreachable(
                    "an equal request is still being worked on".to_owned(),
                ));
            }
            500.. => return Err(GatewayError::Unreachable(format!("HTTP status {http_status}"))),
            _ => {}
        }
        let wait = retry_after(response.headers());
        Ok((http_status, wait, read_body(response, ANSWER_BYTES_MAX).await?))
    }

    fn request(&self, address: Url, call: Call<'_>) -> RequestBuilder {
        let method = if matches!(call, Call::Get) { Method::GET } else { Method::POST };
        let request = self
            .http
            .request(method, address)
            .basic_auth(self.server_key.expose_secret(), Some(""))
            .header("Accept", "application/json")
            .timeout(self.timeout(&call));
        match call {
            Call::Get => request,
            // Midtrans wants a JSON type even where there is nothing to say.
            Call::Post => request.header("Content-Type", "application/json"),
            Call::PostBody { body, idempotency_key } => {
                request.header("Idempotency-Key", idempotency_key.to_string()).json(body)
            }
            Call::Charge { body, idempotency_key, notice_url } => request
                .header("Idempotency-Key", idempotency_key.to_string())
                // The header is a list, so a comma in an address would end it.
                .header("X-Override-Notification", notice_url.as_str().replace(',', "%2C"))
                .json(body),
        }
    }

    fn timeout(&self, call: &Call<'_>) -> Duration {
        if matches!(call, Call::Charge { .. }) { self.timeouts.charge } else { self.timeouts.other }
    }
}

/// Segments are percent-encoded.
fn address(base: &Url, path: &[&str]) -> Result<Url, GatewayError> {
    let mut address = base.clone();
    address
        .path_segments_mut()
        .map_err(|()| GatewayError::Unreachable("the API address has no path".to_owned()))?
        .pop_if_empty()
        .extend(path);
    Ok(address)
}

async fn read_body(mut response: Response, most: usize) -> Result<Vec<u8>, GatewayError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > most {
            return Err(GatewayError::Unreachable("the answer is too long".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unreachable(error: reqwest::Error) -> GatewayError {
    let what = if error.is_timeout() {
        "time-out"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    GatewayError::Unreachable(what.to_owned())
}
