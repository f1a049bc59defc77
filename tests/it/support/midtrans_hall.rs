//! Midtrans as it is for many merchants: one address, where the key decides whose account it is.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use tautan::simulator::midtrans::{MidtransSettings, MidtransSimulator};
use tower::ServiceExt;

use super::test_app::any_port;

/// One address with as many merchants as the story likes.
pub struct MidtransHall {
    pub url: String,
    desks: Desks,
    serving: tokio::task::JoinHandle<()>,
}

#[derive(Clone, Default)]
struct Desks(Arc<Mutex<Books>>);

#[derive(Default)]
struct Books {
    merchants: Vec<MidtransSimulator>,
    is_closed: bool,
    asked: usize,
}

impl MidtransHall {
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind(any_port()).await.expect("a port");
        let address: SocketAddr = listener.local_addr().expect("an address");
        let desks = Desks::default();
        let app = Router::new().fallback(serve).with_state(desks.clone());
        let serving = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("it serves");
        });
        Self { url: format!("http://{address}"), desks, serving }
    }

    /// One more merchant with this key.
    pub fn merchant(&self, server_key: &str) -> MidtransSimulator {
        let merchant = MidtransSimulator::new(MidtransSettings {
            server_key: server_key.to_owned(),
            merchant_id: format!("G{:09}", self.lock().merchants.len() + 7),
            notify_url: None,
            public_url: None,
        });
        self.lock().merchants.push(merchant.clone());
        merchant
    }

    /// From now on nobody is answered, or everybody again.
    pub fn close(&self, is_closed: bool) {
        self.lock().is_closed = is_closed;
    }

    /// How many requests came.
    pub fn asked(&self) -> usize {
        self.lock().asked
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Books> {
        self.desks.0.lock().expect("no panic under this lock")
    }
}

impl Drop for MidtransHall {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(State(desks): State<Desks>, request: Request<Body>) -> Response {
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let merchant = {
        let mut desks = desks.0.lock().expect("no panic under this lock");
        desks.asked += 1;
        if desks.is_closed {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        let holds = |merchant: &&MidtransSimulator| {
            let basic = format!("Basic {}", BASE64.encode(format!("{}:", merchant.server_key()).as_bytes()));
            authorization == Some(basic.as_str())
        };
        desks.merchants.iter().find(holds).cloned()
    };
    match merchant {
        Some(merchant) => merchant.core_router().oneshot(request).await.into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
