//! The phone as a page: one chat at a time, kept fresh by server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::{get, post},
};
use futures::{Stream, stream};
use serde::Deserialize;
use serde_json::json;

use super::{Person, TelegramSimulator, message::ShownFile, page_groups, page_state, phone::Phone};

const PAGE: &str = include_str!("phone.html");
const STYLE: &str = include_str!("phone.css");
const SCRIPT: &str = concat!(
    include_str!("phone_format.js"),
    include_str!("phone_chats.js"),
    include_str!("phone.js"),
    include_str!("phone_clip.js")
);
/// The largest picture that a person sends, in bytes.
const PICTURE_LIMIT: usize = 10 << 20;
/// The largest file that a person sends, in bytes: more than a bot can fetch, so that this can be tried.
const FILE_LIMIT: usize = 24 << 20;
/// The longest name of a file, in characters.
const NAME_LIMIT: usize = 255;

pub(super) fn router(simulator: TelegramSimulator) -> Router {
    Router::new()
        .route("/phone/{user_id}", get(page))
        .route("/phone/{user_id}/events", get(events))
        .route("/phone/{user_id}/says", post(says))
        .route("/phone/{user_id}/presses", post(presses))
        .route("/phone/{user_id}/pictures", post(pictures).layer(DefaultBodyLimit::max(PICTURE_LIMIT)))
        .route("/phone/{user_id}/documents", post(documents).layer(DefaultBodyLimit::max(FILE_LIMIT)))
        .route("/phone/{user_id}/files/{number}", get(file))
        .merge(page_groups::router())
        .with_state(simulator)
}

#[derive(Deserialize)]
struct Opening {
    name: Option<String>,
    lang: Option<String>,
}

/// Opening the page registers the person, or renames one when the address says a name.
async fn page(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Query(opening): Query<Opening>,
) -> Response {
    let known = simulator.inner.look(|world| world.persons.get(&user_id).cloned());
    let mut person = known.unwrap_or_else(|| Person::named(user_id, "Ani", "en"));
    if let Some(name) =
        opening.name.map(|name| name.trim().chars().take(64).collect::<String>()).filter(|n| !n.is_empty())
    {
        person.first_name = name;
    }
    if let Some(language) = opening.lang.filter(|tag| (2..=8).contains(&tag.len())) {
        person.language_code = Some(language);
    }
    let language = person.language_code.clone().unwrap_or_default();
    simulator.person(person);
    let language = if language.starts_with("id") { "id" } else { "en" };
    let nonce = format!("{:032x}", rand::random::<u128>());
    let body = PAGE
        .replace("{{nonce}}", &nonce)
        .replace("{{user_id}}", &user_id.to_string())
        .replace("{{lang}}", language)
        .replace("{{style}}", STYLE)
        .replace("{{script}}", SCRIPT);
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::REFERRER_POLICY, "same-origin".to_owned()),
    ];
    (headers, body).into_response()
}

#[derive(Deserialize)]
struct Watching {
    /// The group that is open; none: the private chat.
    chat: Option<i64>,
}

/// The page again after each change; equal states are sent once.
async fn events(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Query(watching): Query<Watching>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let phone = Phone::new(simulator.inner.clone(), user_id);
    let changed = simulator.inner.changed.subscribe();
    let states = stream::unfold(
        (simulator, phone, changed, String::new()),
        move |(simulator, phone, mut changed, sent)| async move {
            loop {
                changed.mark_unchanged();
                let state = page_state::of(&phone, watching.chat).to_string();
                if state != sent {
                    let event = Event::default().data(&state);
                    return Some((Ok(event), (simulator, phone, changed, state)));
                }
                tokio::select! {
                    changed = changed.changed() => changed.ok()?,
                    () = simulator.inner.closed.cancelled() => return None,
                }
            }
        },
    );
    Sse::new(states).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

#[derive(Deserialize)]
struct Saying {
    text: String,
}

async fn says(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Json(saying): Json<Saying>,
) -> Response {
    let text = saying.text.trim();
    if text.is_empty() || text.encode_utf16().count() > super::sending::TEXT_LIMIT {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let update_id = Phone::new(simulator.inner.clone(), user_id).says(text);
    Json(json!({ "update_id": update_id })).into_response()
}

#[derive(Deserialize)]
struct Captioned {
    #[serde(default)]
    caption: String,
}

/// A JPEG of the person's own, with words beside it.
async fn pictures(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Query(captioned): Query<Captioned>,
    jpeg: Bytes,
) -> Response {
    let caption = captioned.caption.trim();
    if !jpeg.starts_with(&[0xff, 0xd8]) || caption.encode_utf16().count() > super::sending::CAPTION_LIMIT {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let update_id = Phone::new(simulator.inner.clone(), user_id).sends_picture(&jpeg, caption);
    Json(json!({ "update_id": update_id })).into_response()
}

#[derive(Deserialize)]
struct Named {
    name: String,
    #[serde(default)]
    caption: String,
}

/// Any file as it is, under the name and of the kind that the person's app says.
async fn documents(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Query(named): Query<Named>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let name: String =
        named.name.chars().filter(|sign| !sign.is_control() && !"/\\".contains(*sign)).collect();
    let caption = named.caption.trim();
    let is_name = !name.trim().is_empty() && name.chars().count() <= NAME_LIMIT;
    if !is_name || bytes.is_empty() || caption.encode_utf16().count() > super::sending::CAPTION_LIMIT {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let phone = Phone::new(simulator.inner.clone(), user_id);
    let update_id = phone.sends_captioned_file((name.trim(), media_type), &bytes, caption);
    Json(json!({ "update_id": update_id })).into_response()
}

/// A tap on a button: its message and what the button holds.
#[derive(Deserialize)]
pub(super) struct Pressing {
    pub(super) message_id: i64,
    pub(super) data: String,
}

impl Pressing {
    /// Whether a button can hold this: at most 64 bytes (Bot API, `callback_data`).
    pub(super) const fn is_possible(&self) -> bool {
        self.data.len() <= 64
    }
}

async fn presses(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Json(pressing): Json<Pressing>,
) -> Response {
    if !pressing.is_possible() {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let phone = Phone::new(simulator.inner.clone(), user_id);
    let update_id = phone.presses_data(pressing.message_id, &pressing.data);
    Json(json!({ "update_id": update_id })).into_response()
}

/// A file of one of this person's chats. Only pictures are shown; anything else is a download.
async fn file(
    State(simulator): State<TelegramSimulator>,
    Path((user_id, number)): Path<(i64, u64)>,
) -> Response {
    let phone = Phone::new(simulator.inner.clone(), user_id);
    let kept = phone.look(|world, token| {
        let seen = |group: &&i64| page_state::is_seen_by(&world.groups[*group], user_id);
        let chats: Vec<i64> = world.groups.keys().filter(seen).copied().chain([user_id]).collect();
        let is_number = |file: &ShownFile| file.number == number;
        let here = chats.into_iter().any(|chat| {
            let messages = &world.chat(token, chat).messages;
            messages.iter().any(|message| message.file.as_ref().is_some_and(is_number))
        });
        world.files.iter().find(|(file, _)| here && is_number(file)).cloned()
    });
    let Some((file, bytes)) = kept else { return StatusCode::NOT_FOUND.into_response() };
    let name: String =
        file.file_name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let (media_type, disposition) = match file.is_photo {
        true => (file.media_type, "inline".to_owned()),
        false => ("application/octet-stream".to_owned(), format!("attachment; filename=\"{name}\"")),
    };
    let plain = HeaderValue::from_static("application/octet-stream");
    let media_type = HeaderValue::from_str(&media_type).unwrap_or_else(|_| plain.clone());
    let disposition =
        HeaderValue::from_str(&disposition).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, bytes).into_response()
}
