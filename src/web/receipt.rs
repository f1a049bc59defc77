//! The receipt of an order: what was paid, to print or to keep.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::goods_view::{Goods, Letter, item_row};
use super::link_page::see_other;
use super::money_rows::{Row, YearShown, amount, money_rows};
use super::order_page::token_in;
use super::order_said::contact;
use super::page::{Frame, PageFault, drawn};
use super::page_texts::PageTexts;
use super::router::WebState;
use super::visit::Visit;
use crate::domain::attempt::PaymentAttempt;
use crate::domain::merchant::Mode;
use crate::domain::order::{OrderState, OrderToken};
use crate::domain::order_money::{MoneyMove, MoneyMoveKind};
use crate::services::order_page::OrderPage;

/// A receipt. It names the customer but no contact: the page may be passed on.
#[derive(Template)]
#[template(path = "receipt.html", config = "src/web/templates/askama.toml")]
pub struct ReceiptView {
    frame: Frame,
    goods: Goods,
    amount: String,
    rows: Vec<Row>,
    highlight: Option<String>,
    letter: Option<Letter>,
    contact: String,
    order: String,
}

/// `GET /orders/{token}/receipt`: the receipt, or 303 to the order's page while nothing is paid.
pub async fn show(
    State(web): State<WebState>,
    Path(token): Path<String>,
    visit: Visit,
) -> Result<Response, PageFault> {
    let token = token_in(&token)?;
    let page = web.services.order_page(&token).await?.ok_or(StatusCode::NOT_FOUND)?;
    Ok(match ReceiptView::new(&page, &token, &visit) {
        Some(view) => view.draw(StatusCode::OK),
        None => see_other(&format!("/orders/{}", token.reveal())),
    })
}

/// `GET /orders/{token}/receipt.pdf`: the same as a file, or 303 to the order's page while nothing is paid; 404 for
/// a token that opens nothing.
pub async fn download(
    State(web): State<WebState>,
    Path(token): Path<String>,
    visit: Visit,
) -> Result<Response, PageFault> {
    let token = token_in(&token)?;
    let file = web.services.receipt_file(&token, |language| visit.language_of_order(language)).await?;
    let Some(file) = file else {
        web.services.order_mark(&token).await?.ok_or(StatusCode::NOT_FOUND)?;
        return Ok(see_other(&format!("/orders/{}", token.reveal())));
    };
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let headers =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, file.bytes).into_response())
}

impl ReceiptView {
    /// The receipt; `None` while there is nothing to be certified.
    #[must_use]
    pub fn new(page: &OrderPage, token: &OrderToken, visit: &Visit) -> Option<Self> {
        let t = PageTexts(visit.language_of_order(page.order.language));
        let state = match page.order.state {
            OrderState::Paid => t.say("pay-receipt-state-paid"),
            OrderState::PartiallyRefunded => t.say("pay-partially-refunded"),
            OrderState::Refunded => t.say("pay-refunded"),
            OrderState::Open
            | OrderState::Awaiting
            | OrderState::PaidUnallocated
            | OrderState::Reversed
            | OrderState::ChargedBack
            | OrderState::Expired
            | OrderState::Closed => return None,
        };
        let row = |label, value: &str| Row { label, value: value.to_owned(), notes: Vec::new() };
        let mut rows = vec![
            row(t.say("pay-receipt-state"), &state),
            row(t.say("pay-receipt-from"), page.merchant.name.as_str()),
            item_row(page, t),
            row(t.say("pay-receipt-customer"), page.order.customer.name.as_str()),
        ];
        rows.extend(money_rows(page, YearShown::Always, t));
        rows.push(row(t.say("pay-order-code"), &page.order.code.to_string()));
        if let Some(attempt) = paying_attempt(page) {
            rows.push(row(t.say("pay-receipt-reference"), attempt.gateway_order_id.as_str()));
        }
        let extra_minor = page.money.staying_minor() - page.order.amount.minor();
        let extra = t.with("store", page.merchant.name.as_str()).with("amount", amount(page, extra_minor, t));
        let highlight = (extra_minor > 0).then(|| match page.order.flags.duplicate_payment {
            true => extra.say("pay-paid-twice"),
            false => extra.say("pay-paid-overpaid"),
        });
        let order = format!("/orders/{}", token.reveal());
        let title = format!("{} {}", t.say("pay-receipt-title"), page.order.code);
        let mut frame = Frame::new(t, title, format!("{order}/receipt"));
        frame.colour = page.merchant.face.colour;
        frame.sandbox = page.order.mode == Mode::Sandbox;
        let amount = page.order.amount.display(t.0);
        let letter = Letter::of(page, t);
        let goods = Goods::of_order(page, t);
        Some(Self { frame, goods, amount, rows, highlight, letter, contact: contact(page, t), order })
    }

    /// The page as a response.
    #[must_use]
    pub fn draw(&self, status: StatusCode) -> Response {
        drawn(status, &self.frame, self)
    }
}

/// The charge that paid the order: what the bank knows the payment by.
fn paying_attempt(page: &OrderPage) -> Option<&PaymentAttempt> {
    let price_minor = page.order.amount.minor();
    let pays = |step: &&MoneyMove| step.kind() == MoneyMoveKind::Received && step.amount_minor >= price_minor;
    let paying = page.money.moves.iter().find(pays).or(page.money.moves.first())?;
    page.attempts.iter().find(|attempt| attempt.id == paying.attempt_id)
}
