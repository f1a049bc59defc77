//! Drives a simulator from outside the process: what the handle can do, over HTTP, for holders of the key.

use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::MidtransSimulator;
use super::bank_work::{Signing, SimulatorError, TransactionView};
use super::journal::JournalEntry;
use super::misbehaviour::Misbehaviour;
use super::reception::{Answer, holds_key};

pub(super) fn router(simulator: &MidtransSimulator) -> Router {
    Router::new()
        .route("/control/journal", get(journal))
        .route("/control/transactions", get(transactions))
        .route("/control/misbehave", post(misbehave))
        .route("/control/behave", post(behave))
        .route("/control/release_notices", post(release_notices))
        .route("/control/release_hangs", post(release_hangs))
        .route("/control/deliver_all", post(deliver_all))
        .route("/control/advance/{seconds}", post(advance))
        .route("/control/{order_id}", get(transaction))
        .route("/control/{order_id}/forge_notice", post(forge_notice))
        .route("/control/{order_id}/pay/{amount}", post(pay_amount))
        .route("/control/{order_id}/refund/{amount}", post(refund))
        .route("/control/{order_id}/chargeback/{amount}", post(chargeback_part))
        .route("/control/{order_id}/pay_after_all/{amount}", post(pay_after_all))
        .route("/control/{order_id}/{action}", post(act))
        .route_layer(from_fn_with_state(simulator.clone(), check_key))
        .with_state(simulator.clone())
}

#[derive(Deserialize)]
struct Forgery {
    #[serde(default)]
    fields: Map<String, Value>,
    signing: Signing,
}

async fn check_key(State(simulator): State<MidtransSimulator>, request: Request, next: Next) -> Response {
    if holds_key(request.headers(), &simulator.server_key()) {
        next.run(request).await
    } else {
        Answer::code(401, "the controls want the server key").into_response()
    }
}

async fn journal(State(simulator): State<MidtransSimulator>) -> Json<Vec<JournalEntry>> {
    Json(simulator.journal())
}

async fn transactions(State(simulator): State<MidtransSimulator>) -> Json<Vec<TransactionView>> {
    Json(simulator.transactions())
}

async fn transaction(State(simulator): State<MidtransSimulator>, Path(order_id): Path<String>) -> Response {
    match simulator.transaction(&order_id) {
        Some(view) => Json(view).into_response(),
        None => SimulatorError::UnknownOrder(order_id).into_response(),
    }
}

async fn misbehave(
    State(simulator): State<MidtransSimulator>,
    Json(fault): Json<Misbehaviour>,
) -> StatusCode {
    simulator.misbehave(fault);
    StatusCode::NO_CONTENT
}

async fn behave(State(simulator): State<MidtransSimulator>) -> StatusCode {
    simulator.behave();
    StatusCode::NO_CONTENT
}

async fn release_notices(State(simulator): State<MidtransSimulator>) -> StatusCode {
    simulator.release_notices();
    StatusCode::NO_CONTENT
}

async fn release_hangs(State(simulator): State<MidtransSimulator>) -> StatusCode {
    simulator.release_hangs();
    StatusCode::NO_CONTENT
}

async fn deliver_all(State(simulator): State<MidtransSimulator>) -> StatusCode {
    simulator.deliver_all().await;
    StatusCode::NO_CONTENT
}

async fn advance(State(simulator): State<MidtransSimulator>, Path(seconds): Path<u32>) -> StatusCode {
    simulator.advance(Duration::from_secs(u64::from(seconds)));
    StatusCode::NO_CONTENT
}

async fn forge_notice(
    State(simulator): State<MidtransSimulator>,
    Path(order_id): Path<String>,
    Json(forgery): Json<Forgery>,
) -> Result<StatusCode, SimulatorError> {
    simulator.forge_notice(&order_id, forgery.fields.into(), forgery.signing)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn pay_amount(
    State(simulator): State<MidtransSimulator>,
    Path((order_id, amount)): Path<(String, u32)>,
) -> Result<StatusCode, SimulatorError> {
    simulator.pay_amount(&order_id, i64::from(amount)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn refund(
    State(simulator): State<MidtransSimulator>,
    Path((order_id, amount)): Path<(String, u32)>,
) -> Result<StatusCode, SimulatorError> {
    simulator.refund(&order_id, i64::from(amount)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn chargeback_part(
    State(simulator): State<MidtransSimulator>,
    Path((order_id, amount)): Path<(String, u32)>,
) -> Result<StatusCode, SimulatorError> {
    simulator.chargeback_part(&order_id, i64::from(amount)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn pay_after_all(
    State(simulator): State<MidtransSimulator>,
    Path((order_id, amount)): Path<(String, u32)>,
) -> Result<StatusCode, SimulatorError> {
    simulator.pay_after_all(&order_id, Some(i64::from(amount))).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn act(
    State(simulator): State<MidtransSimulator>,
    Path((order_id, action)): Path<(String, String)>,
) -> Result<StatusCode, Response> {
    match simulator.play(&order_id, &action).await {
        Some(Ok(())) => Ok(StatusCode::NO_CONTENT),
        Some(Err(fault)) => Err(fault.into_response()),
        None => Err(Answer::code(404, "no such action").into_response()),
    }
}

impl MidtransSimulator {
    /// The verbs that need nothing but the order. `None`: no such verb.
    pub(super) async fn play(&self, order_id: &str, action: &str) -> Option<Result<(), SimulatorError>> {
        Some(match action {
            "pay" => self.pay(order_id).await,
            "pay_after_all" => self.pay_after_all(order_id, None).await,
            "deny" => self.deny(order_id).await,
            "expire" => self.expire(order_id).await,
            "cancel" => self.cancel(order_id).await,
            "reverse" => self.reverse(order_id).await,
            "chargeback" => self.chargeback(order_id).await,
            "challenge" => self.challenge(order_id).await,
            "accept" => self.accept(order_id).await,
            "send_notice_again" => self.send_notice_again(order_id),
            _ => return None,
        })
    }
}

/// Unlike Midtrans, the controls use HTTP's own codes.
impl IntoResponse for SimulatorError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::UnknownOrder(_) => StatusCode::NOT_FOUND,
            Self::NotPossible { .. } => StatusCode::CONFLICT,
        };
        (status, Json(json!({"error": self.to_string()}))).into_response()
    }
}
