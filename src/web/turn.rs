//! Waiting for a turn: the form on a busy link's page, and the way into and out of the line on an order's.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::client::Client;
use super::link_page::{refused_status, see_other, slug_in, take_form};
use super::link_view::{LinkView, Mending};
use super::order_page::{draw, token_in};
use super::order_view::OrderNotice;
use super::page::PageFault;
use super::page_texts::PageTexts;
use super::request_origin::is_foreign;
use super::router::WebState;
use super::submitted_form::SubmittedForm;
use super::visit::Visit;
use crate::services::checkout::{LinkPage, Wish};
use crate::services::order_page::OrderPage;
use crate::services::turns::Joining;

/// What the form of an order's page says to leave the line.
const LEAVE: &str = "leave";

/// What it says to join it.
const WAIT: &str = "wait";

/// A way into the line, or out of it.
pub struct TurnView {
    /// Why one would.
    pub lead: String,
    /// What stands on the button.
    pub label: String,
    /// Where it leads.
    pub address: String,
    /// What is sent there; `None` where it is only another page.
    pub says: Option<&'static str>,
}

impl TurnView {
    /// The way from a busy link's page to the form for a place in line, where there is a line.
    #[must_use]
    pub fn of_link(page: &LinkPage, t: PageTexts) -> Option<Self> {
        let is_in_line = page.own_order.as_ref().is_some_and(|own| own.order.line.is_some());
        (page.takes_line && !is_in_line).then(|| Self {
            lead: t.say("pay-turn-offer"),
            label: t.say("pay-turn-wait"),
            address: format!("/{}/turn", page.link.slug.as_str()),
            says: None,
        })
    }

    /// The way on an order's page, whose path is `path`.
    #[must_use]
    pub fn of_order(page: &OrderPage, path: &str, t: PageTexts) -> Option<Self> {
        let (lead, label, says) = match page.turn {
            Some(turn) if turn.is_now => return None,
            Some(_) => ("pay-turn-leave-lead", "pay-turn-leave", LEAVE),
            None if page.may_join_line => ("pay-turn-offer", "pay-turn-wait", WAIT),
            None => return None,
        };
        let address = format!("{path}/turn");
        Some(Self { lead: t.say(lead), label: t.say(label), address, says: Some(says) })
    }
}

/// `GET /{slug}/turn`: the form for a place in line, or 303 to the link's page where there is no line.
pub async fn show(
    State(web): State<WebState>,
    Path(slug): Path<String>,
    visit: Visit,
) -> Result<Response, PageFault> {
    let slug = slug_in(&slug)?;
    let page = web.services.link_page(&slug, &visit.orders_of(&slug)).await?.ok_or(StatusCode::NOT_FOUND)?;
    let is_in_line = page.own_order.as_ref().is_some_and(|own| own.order.line.is_some());
    if !page.takes_line || is_in_line {
        return Ok(see_other(&format!("/{slug}")));
    }
    let mending = Mending { wish: Wish::Turn, ..Mending::default() };
    let ask = web.services.ask_link(&page.link);
    Ok(LinkView::new(&page, &web.settings, &visit, mending).with_ask(ask).draw(StatusCode::OK))
}

/// `POST /{slug}/turn`: an order that stands in line, or one to be paid at once where a unit came free
/// meanwhile. 303 to the order's page, or the form again.
pub async fn wait(
    State(web): State<WebState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    client: Client,
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    take_form(&web, &slug, Wish::Turn, (headers, visit, client), form).await
}

/// `POST /orders/{token}/turn`: into the line of the order's link, or out of it. 303 to the page that shows it.
pub async fn change(
    State(web): State<WebState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    client: Client,
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    let token = token_in(&token)?;
    if is_foreign(&headers, &web.settings.base_url) {
        if let Err(too_much) = web.admit(&web.limits.views, client) {
            return Ok(too_much.into_response());
        }
        return draw(&web, &token, &visit, StatusCode::FORBIDDEN, Some(OrderNotice::PressAgain)).await;
    }
    if let Err(too_much) = web.admit(&web.limits.forms, client) {
        return Ok(too_much.into_response());
    }
    if form.field("turn") == LEAVE {
        let link = web.services.leave_line(&token).await?.ok_or(StatusCode::NOT_FOUND)?;
        return Ok(see_other(&format!("/{}", link.slug.as_str())));
    }
    match web.services.join_line(&token, client.0).await?.ok_or(StatusCode::NOT_FOUND)? {
        Joining::Done => Ok(see_other(&format!("/orders/{}", token.reveal()))),
        // The page says how the link stands.
        Joining::Refused(state) => draw(&web, &token, &visit, refused_status(state), None).await,
        Joining::TooManyFromNetwork => {
            let notice = Some(OrderNotice::TooManyInLine);
            draw(&web, &token, &visit, StatusCode::TOO_MANY_REQUESTS, notice).await
        }
        Joining::OrderOver => {
            draw(&web, &token, &visit, StatusCode::CONFLICT, Some(OrderNotice::OrderOver)).await
        }
    }
}
