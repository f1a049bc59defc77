//! An order's page: choosing a method, paying, and being told what became of it.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::client::Client;
use super::link_page::{refused_status, see_other};
use super::order_view::{OrderNotice, OrderView};
use super::page::PageFault;
use super::rate_limits::TooMuch;
use super::request_origin::is_foreign;
use super::router::WebState;
use super::submitted_form::SubmittedForm;
use super::visit::Visit;
use crate::domain::order::OrderToken;
use crate::domain::payment_method::PaymentMethod;
use crate::services::order_page::OrderPage;
use crate::services::payments::Choice;

/// After how many seconds a network whose payments are all under way may have finished one.
const HOLDS_RETRY_S: i64 = 60;

/// What the address of an order's page may say.
#[derive(Debug, Deserialize)]
pub struct OrderQuery {
    /// `earlier`: the number that was there before could not be called off.
    said: Option<String>,
}

/// `GET /orders/{token}`: 200 however the order stands, 404 for a token that opens nothing.
pub async fn show(
    State(web): State<WebState>,
    Path(token): Path<String>,
    Query(query): Query<OrderQuery>,
    visit: Visit,
) -> Result<Response, PageFault> {
    let is_earlier = query.said.as_deref() == Some("earlier");
    let notice = is_earlier.then_some(OrderNotice::EarlierStillValid);
    let token = token_in(&token)?;
    let page = web.services.watched_order_page(&token).await?.ok_or(StatusCode::NOT_FOUND)?;
    Ok(drawn(&web, page, &token, &visit, notice).await.draw(StatusCode::OK))
}

/// `POST /orders/{token}/attempts`: the choice of a method. 303 to the order's page, or the page with
/// why not.
pub async fn choose(
    State(web): State<WebState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    client: Client,
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    let token = token_in(&token)?;
    let path = format!("/orders/{}", token.reveal());
    if is_foreign(&headers, &web.settings.base_url) {
        if let Err(too_much) = web.admit(&web.limits.views, client) {
            return Ok(too_much.into_response());
        }
        return draw(&web, &token, &visit, StatusCode::FORBIDDEN, Some(OrderNotice::PressAgain)).await;
    }
    if let Err(too_much) = web.admit(&web.limits.choices, client) {
        // Who goes on like that is not even drawn a page.
        if web.admit(&web.limits.views, client).is_err() {
            return Ok(too_much.into_response());
        }
        let notice = Some(OrderNotice::TooOften { retry_after_s: too_much.retry_after_s });
        let page = draw(&web, &token, &visit, StatusCode::TOO_MANY_REQUESTS, notice).await?;
        return Ok(too_much.told_by(page));
    }
    let Some(method) = PaymentMethod::parse(form.field("method")) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(&web, &token, &visit, status, Some(OrderNotice::UnknownMethod)).await;
    };
    let (status, notice) = match web.services.choose_method_from(&token, method, client.0).await? {
        Choice::Charged | Choice::Standing | Choice::Checking | Choice::AlreadyPaid => {
            return Ok(see_other(&path));
        }
        Choice::EarlierStillValid => return Ok(see_other(&format!("{path}?said=earlier"))),
        Choice::MethodRefused => (StatusCode::CONFLICT, Some(OrderNotice::MethodRefused)),
        Choice::MethodNotTaken => (StatusCode::UNPROCESSABLE_ENTITY, Some(OrderNotice::UnknownMethod)),
        Choice::TooManyAttempts => (StatusCode::CONFLICT, Some(OrderNotice::TooManyAttempts)),
        Choice::TooManyFromNetwork => {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let page = draw(&web, &token, &visit, status, Some(OrderNotice::TooManyFromNetwork)).await?;
            return Ok(TooMuch { retry_after_s: HOLDS_RETRY_S }.told_by(page));
        }
        Choice::OrderOver => (StatusCode::CONFLICT, Some(OrderNotice::OrderOver)),
        // The page says how the link stands.
        Choice::Refused(state) => (refused_status(state), None),
        Choice::NotFound => return Err(StatusCode::NOT_FOUND.into()),
    };
    draw(&web, &token, &visit, status, notice).await
}

/// The token in an address.
///
/// # Errors
/// 404 for what cannot be one.
pub fn token_in(path: &str) -> Result<OrderToken, StatusCode> {
    OrderToken::parse(path).ok_or(StatusCode::NOT_FOUND)
}

pub(super) async fn draw(
    web: &WebState,
    token: &OrderToken,
    visit: &Visit,
    status: StatusCode,
    notice: Option<OrderNotice>,
) -> Result<Response, PageFault> {
    let page = web.services.order_page(token).await?.ok_or(StatusCode::NOT_FOUND)?;
    Ok(drawn(web, page, token, visit, notice).await.draw(status))
}

async fn drawn(
    web: &WebState,
    mut page: OrderPage,
    token: &OrderToken,
    visit: &Visit,
    notice: Option<OrderNotice>,
) -> OrderView {
    // Asked before the page is drawn, so that it never promises a picture that does not come.
    page.has_code_picture = web.services.code_picture(&page).await.is_some();
    let in_chat = web.services.start_link(&format!("o_{}", token.reveal()));
    let ask = web.services.ask_link(&page.link);
    OrderView::new(&page, token, &page.mark, &web.settings, visit, notice).with_chat(in_chat, ask)
}
