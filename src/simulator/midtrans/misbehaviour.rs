//! What the simulator can be asked to do wrong, where, and how many times.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One scripted fault. It applies to the next `times` matching requests or notices, then is forgotten.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Misbehaviour {
    /// Where it strikes.
    pub endpoint: Endpoint,
    /// What goes wrong.
    pub conduct: Conduct,
    /// How often; once when left out.
    #[serde(default = "once")]
    pub times: u32,
    /// Only for this order id; for every order when left out. Charges match by the id in their body.
    #[serde(default)]
    pub order_id: Option<String>,
}

/// A door of the pretend Midtrans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `POST /v2/charge`.
    Charge,
    /// `GET /v2/{id}/status` and its `b2b` list.
    Status,
    /// `POST /v2/{id}/cancel`.
    Cancel,
    /// `POST /v2/{id}/expire`.
    Expire,
    /// `POST /v2/{id}/refund` and `/refund/online/direct`.
    Refund,
    /// `POST /v2/{id}/approve`.
    Approve,
    /// `POST /v2/{id}/deny`.
    Deny,
    /// Everything under `/snap/v1`.
    Snap,
    /// The picture of a code, `GET /v2/qris/{id}/qr-code`.
    QrPicture,
    /// Any request of the list above.
    AnyRequest,
    /// Notices that go out.
    Notice,
}

/// A way to go wrong: for requests, for charges, for pictures, [`Conduct::Alter`] for requests and notices, and
/// for notices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Conduct {
    /// Holds the request untouched until `release_hangs`; a caller who leaves first was never served.
    Hang,
    /// Serves the request, then holds the answer until `release_hangs`.
    HangAfterAcceptance,
    /// Cuts the connection and does nothing.
    CutBeforeAcceptance,
    /// Answers with this HTTP status (401 or 5xx) and does nothing.
    ServerError {
        /// HTTP status of the answer.
        status: u16,
    },
    /// Serves the request, then answers with this HTTP status all the same.
    ServerErrorAfterAcceptance {
        /// HTTP status of the answer.
        status: u16,
    },
    /// Serves the request, then cuts the connection instead of answering.
    CutAfterAcceptance,
    /// Serves the request, then answers 200 with something that is not JSON.
    GarbageJson,
    /// Answers 429 and does nothing.
    TooManyRequests,

    /// Serves the charge, and leads a wallet's customer to an address that its app alone opens, as GoPay does:
    /// `gojek://…`.
    AppDeeplink,

    /// Answers with a page instead of the picture.
    HtmlPage,
    /// Answers with five megabytes that begin as the picture does.
    TooLong,
    /// Leads elsewhere instead of giving the picture.
    Redirect {
        /// Where to.
        location: String,
    },

    /// Puts other values into the answer or the notice (before it is signed), such as `gross_amount`,
    /// `currency`, `merchant_id`, `transaction_id`. A `null` removes the field.
    Alter {
        /// The fields and their new values.
        fields: Map<String, Value>,
    },

    /// Sends the notice this many times more.
    Duplicate {
        /// Extra copies.
        copies: u32,
    },
    /// Sends the notice after the next one of the same transaction, such as settlement before pending.
    Reorder,
    /// Keeps the notice until `release_notices`.
    Hold,
    /// Never sends the notice.
    Drop,
    /// Signs the notice with another key.
    ForgeSignature,
}

impl Conduct {
    /// [`Conduct::Alter`] by the fields of a JSON object.
    ///
    /// # Panics
    /// When it is something else than an object.
    pub fn alter(fields: Value) -> Self {
        Self::Alter { fields: fields_of(fields) }
    }
}

impl Misbehaviour {
    /// A fault that strikes once, at any order.
    pub fn once(endpoint: Endpoint, conduct: Conduct) -> Self {
        Self { endpoint, conduct, times: 1, order_id: None }
    }

    /// The same fault, this many times.
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// The same fault, for one order only.
    pub fn for_order(self, order_id: impl Into<String>) -> Self {
        Self { order_id: Some(order_id.into()), ..self }
    }

    fn strikes(&self, endpoint: Endpoint, order_id: Option<&str>) -> bool {
        let here = self.endpoint == endpoint
            || (self.endpoint == Endpoint::AnyRequest && endpoint != Endpoint::Notice);
        let this_one = self.order_id.as_deref().is_none_or(|wanted| Some(wanted) == order_id);
        self.times > 0 && here && this_one
    }
}

/// The fields of a JSON object.
///
/// # Panics
/// When it is something else than an object.
pub(super) fn fields_of(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} has no fields"),
    }
}

/// Takes the first fault that applies off the list and counts it.
pub(super) fn take(
    script: &mut Vec<Misbehaviour>,
    endpoint: Endpoint,
    order_id: Option<&str>,
) -> Option<Conduct> {
    let fault = script.iter_mut().find(|fault| fault.strikes(endpoint, order_id))?;
    fault.times -= 1;
    let conduct = fault.conduct.clone();
    script.retain(|fault| fault.times > 0);
    Some(conduct)
}

/// Replaces or removes fields of a body.
pub(super) fn alter(body: &mut Map<String, Value>, fields: &Map<String, Value>) {
    for (name, value) in fields {
        if value.is_null() {
            body.remove(name);
        } else {
            body.insert(name.clone(), value.clone());
        }
    }
}

fn once() -> u32 {
    1
}
