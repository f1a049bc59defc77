//! The gate between the bot and the outside server. Every request is judged by the Bot API's declarations and
//! by Telegram's own parser before it goes on; what the server does not know is taken out or answered here;
//! what the server took is kept, since it keeps nothing.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::form::Form;
use crate::support::{botapi_schema, telegram_parser};

/// Fields that the server has never heard of.
const UNKNOWN_FIELDS: [&str; 5] =
    ["link_preview_options", "protect_content", "message_thread_id", "message_effect_id", "button"];

/// Methods that the server does not do, and that change no chat.
const ANSWERED_HERE: [&str; 4] =
    ["setMyDescription", "setMyShortDescription", "setMyName", "setMyDefaultAdministratorRights"];

/// A message as it stands in a chat, by the server's number.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptMessage {
    pub message_id: i64,
    pub html: String,
    /// `photo` or `document`, when a file came with it.
    pub file: Option<&'static str>,
    /// The rows of its inline keyboard, as the bot sent them.
    pub keyboard: Value,
}

impl KeptMessage {
    /// What a person reads.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in self.html.split('<') {
            text.push_str(if text.is_empty() && !self.html.starts_with('<') {
                part
            } else {
                part.split_once('>').map_or(part, |(_, behind)| behind)
            });
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }
}

/// What has gone through.
#[derive(Debug, Default)]
struct Kept {
    chats: BTreeMap<i64, Vec<KeptMessage>>,
    /// Taps that were answered, by their ids.
    answered: Vec<String>,
    /// The results of answers to questions that were typed in other chats, by the question's id.
    offered: BTreeMap<String, Value>,
    faults: Vec<String>,
}

/// An open gate.
#[derive(Clone)]
pub struct Gate {
    server: String,
    client: reqwest::Client,
    kept: Arc<Mutex<Kept>>,
    changed: watch::Sender<u64>,
    address: SocketAddr,
}

impl Gate {
    /// Opens a gate before the server at this address.
    pub async fn open(server: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let gate = Self { server, client, kept: Arc::default(), changed: watch::channel(0).0, address };
        let router = Router::new().route("/bot{token}/{method}", any(pass)).with_state(gate.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        gate
    }

    /// Where the bot is to find Telegram.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says when something changed.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub fn messages(&self, chat: i64) -> Vec<KeptMessage> {
        self.look(|kept| kept.chats.get(&chat).cloned().unwrap_or_default())
    }

    pub fn is_answered(&self, callback_id: &str) -> bool {
        self.look(|kept| kept.answered.iter().any(|id| id == callback_id))
    }

    pub fn offered(&self, query_id: &str) -> Option<Value> {
        self.look(|kept| kept.offered.get(query_id).cloned())
    }

    /// What was wrong with requests, by those who judge here.
    pub fn faults(&self) -> Vec<String> {
        self.look(|kept| kept.faults.clone())
    }

    fn look<Seen>(&self, work: impl FnOnce(&mut Kept) -> Seen) -> Seen {
        work(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn judge(&self, method: &str, body: &Value) {
        let mut faults: Vec<String> = botapi_schema::check_call(method, body).err().into_iter().collect();
        for key in ["text", "caption"] {
            if let Some(text) = body[key].as_str()
                && body.get("parse_mode").is_some()
            {
                faults.extend(telegram_parser::check_html(text).err());
            }
        }
        self.look(|kept| kept.faults.extend(faults));
    }

    /// Keeps what a call that succeeded did.
    fn keep(&self, method: &str, asked: &Value, answer: &Value) {
        let id_of = |key: &str| asked[key].as_str().unwrap_or_default().to_owned();
        self.look(|kept| match method {
            "answerCallbackQuery" => kept.answered.push(id_of("callback_query_id")),
            "answerInlineQuery" => {
                kept.offered.insert(id_of("inline_query_id"), asked["results"].clone());
            }
            _ => {
                let chat = kept.chats.entry(number(&asked["chat_id"])).or_default();
                keep_message(chat, method, asked, number(&answer["result"]["message_id"]));
            }
        });
        self.changed.send_modify(|tick| *tick += 1);
    }
}

fn keep_message(chat: &mut Vec<KeptMessage>, method: &str, asked: &Value, sent_as: i64) {
    let text = asked["text"].as_str().or_else(|| asked["caption"].as_str()).unwrap_or_default();
    let keyboard = asked["reply_markup"]["inline_keyboard"].clone();
    let edited = number(&asked["message_id"]);
    let file = match method {
        "sendPhoto" => Some("photo"),
        "sendDocument" => Some("document"),
        _ => None,
    };
    if method == "deleteMessage" {
        chat.retain(|message| message.message_id != edited);
    } else if method.starts_with("editMessage") {
        for message in chat.iter_mut().filter(|message| message.message_id == edited) {
            message.keyboard = keyboard.clone();
            if method != "editMessageReplyMarkup" {
                text.clone_into(&mut message.html);
            }
        }
    } else if method.starts_with("send") && method != "sendChatAction" {
        chat.push(KeptMessage { message_id: sent_as, html: text.to_owned(), file, keyboard });
    }
}

async fn pass(
    State(gate): State<Gate>,
    Path((token, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // teloxide writes `SendMessage`, the server knows `sendMessage`.
    let method = method[..1].to_ascii_lowercase() + &method[1..];
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let form = Form::read(kind, &body);
    let asked = match &form {
        Some(form) => botapi_schema::normalise_form(&method, &form.fields, &form.file_names())
            .unwrap_or_else(|fault| json!({ "fault": fault })),
        None => serde_json::from_slice(&body).unwrap_or(Value::Null),
    };
    gate.judge(&method, &asked);
    if ANSWERED_HERE.contains(&method.as_str()) {
        return axum::Json(json!({ "ok": true, "result": true })).into_response();
    }
    if method == "editMessageMedia" {
        return refusal("message can't be edited");
    }
    let request = gate.client.post(format!("{}/bot{token}/{method}", gate.server));
    let request = match form {
        Some(form) => request.header(header::CONTENT_TYPE, kind).body(known_form(form).write()),
        None => request.json(&known(&asked)),
    };
    let Ok(answered) = request.send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let status = answered.status();
    let mut answer: Value = answered.json().await.unwrap_or_default();
    if answer["ok"] == json!(true) {
        gate.keep(&method, &asked, &answer);
        complete(&method, &mut answer);
    } else if method != "getUpdates" {
        gate.look(|kept| kept.faults.push(format!("{method} {asked}: {answer}")));
    }
    (status, axum::Json(answer)).into_response()
}

fn refusal(reason: &str) -> Response {
    let body = json!({ "ok": false, "error_code": 400, "description": format!("Bad Request: {reason}") });
    (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
}

/// A body without what the server does not know.
fn known(asked: &Value) -> Value {
    let mut known = asked.clone();
    if let Some(fields) = known.as_object_mut() {
        fields.retain(|name, _| !UNKNOWN_FIELDS.contains(&name.as_str()));
        if let Some(markup) = fields.get_mut("reply_markup") {
            tame(markup);
        }
    }
    if known.is_null() { json!({}) } else { known }
}

fn known_form(mut form: Form) -> Form {
    form.fields.retain(|(name, _)| !UNKNOWN_FIELDS.contains(&name.as_str()));
    for (_, value) in form.fields.iter_mut().filter(|(name, _)| name == "reply_markup") {
        if let Ok(mut markup) = serde_json::from_str(value) {
            tame(&mut markup);
            *value = markup.to_string();
        }
    }
    form
}

/// The server's keyboards know how to share into a chat only by its older name.
fn tame(markup: &mut Value) {
    let rows = markup["inline_keyboard"].as_array_mut().into_iter().flatten();
    for button in rows.filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut) {
        if let Some(share) = button.remove("switch_inline_query_chosen_chat") {
            button.insert("switch_inline_query".to_owned(), share["query"].clone());
        }
    }
}

/// What teloxide must find in an answer, and the server leaves out.
fn complete(method: &str, answer: &mut Value) {
    if method == "getMe" {
        for (name, value) in [
            ("username", json!("tautan_bot")),
            ("supports_inline_queries", json!(true)),
            ("can_connect_to_business", json!(false)),
            ("has_main_web_app", json!(false)),
        ] {
            answer["result"][name] = value;
        }
    }
}

fn number(value: &Value) -> i64 {
    value.as_i64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_default()
}
