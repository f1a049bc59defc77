//! The page on which a seller types a gateway key, so that none ever stands in a chat. Opening it does nothing:
//! previews and scanners of links open everything.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::client::Client;
use super::link_page::see_other;
use super::page::{Frame, PageFault, drawn};
use super::page_texts::PageTexts;
use super::request_origin::is_foreign;
use super::router::WebState;
use super::submitted_form::SubmittedForm;
use super::visit::Visit;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::server_key::ServerKeyFault;
use crate::services::own_keys::{Connecting, FormStanding};

/// Whose pages show the keys, for people.
const DASHBOARDS: [(Mode, &str); 2] =
    [(Mode::Sandbox, "dashboard.sandbox.midtrans.com"), (Mode::Live, "dashboard.midtrans.com")];

/// The form.
#[derive(Template)]
#[template(path = "key_form.html", config = "src/web/templates/askama.toml")]
struct KeyFormView {
    frame: Frame,
    action: String,
    /// Whose account it will be.
    store: String,
    lead: String,
    hint: String,
    /// What is wrong with the page or the connection.
    notice: Option<String>,
    /// What is wrong with the key.
    error: Option<String>,
    dashboard: &'static str,
}

/// What is said instead of the form, with the way back to the chat.
#[derive(Template)]
#[template(path = "key_form_said.html", config = "src/web/templates/askama.toml")]
struct SaidView {
    frame: Frame,
    is_good: bool,
    hint: String,
    chat: Option<String>,
}

/// `GET /setup/keys/{token}`: the form, or what became of it. 410 when it is over, 404 when there is none.
///
/// # Errors
/// When the database cannot be asked.
pub async fn show(
    State(web): State<WebState>,
    Path(token): Path<String>,
    visit: Visit,
) -> Result<Response, PageFault> {
    draw(&web, &token, &visit, None).await
}

/// `POST /setup/keys/{token}`: 303 to what is said once the key is connected; else the form again, with what is
/// wrong. What was typed is never sent back.
///
/// # Errors
/// When the database cannot be asked.
pub async fn connect(
    State(web): State<WebState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    client: Client,
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    let visit = Visit { remembered: Language::parse(form.field("lang")).or(visit.remembered), ..visit };
    // Not counted as a form: a strange page could use up what its visitor may send.
    if is_foreign(&headers, &web.settings.base_url) {
        return match web.admit(&web.limits.views, client) {
            Ok(()) => draw(&web, &token, &visit, Some(Fault::Foreign)).await,
            Err(too_much) => Ok(too_much.into_response()),
        };
    }
    if let Err(too_much) = web.admit(&web.limits.forms, client) {
        return Ok(too_much.into_response());
    }
    if !is_token(&token) {
        return draw(&web, &token, &visit, None).await;
    }
    let fault = match web.services.connect_by_form(&token, form.field("server_key")).await? {
        Connecting::Connected => return Ok(see_other(&path_of(&token))),
        Connecting::NotThatKey(fault) => Some(Fault::NotThatKey(fault)),
        Connecting::WrongKey => Some(Fault::WrongKey),
        Connecting::NotChecked => Some(Fault::NotChecked),
        Connecting::Over => None,
    };
    draw(&web, &token, &visit, fault).await
}

/// Why a form comes back.
#[derive(Clone, Copy)]
enum Fault {
    Foreign,
    NotThatKey(ServerKeyFault),
    WrongKey,
    NotChecked,
}

impl Fault {
    const fn status(self) -> StatusCode {
        match self {
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::NotThatKey(_) | Self::WrongKey => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotChecked => StatusCode::BAD_GATEWAY,
        }
    }

    /// What is said above the form, and beside the field.
    fn said(self, mode: Mode, t: PageTexts) -> (Option<String>, Option<String>) {
        let beside = |key: &str| (None, Some(t.say(key)));
        match self {
            Self::Foreign => (Some(t.say("setup-foreign")), None),
            Self::NotChecked => (Some(t.say("setup-not-checked")), None),
            Self::WrongKey => beside("setup-wrong-key"),
            Self::NotThatKey(ServerKeyFault::Empty) => beside("setup-empty"),
            Self::NotThatKey(ServerKeyFault::ClientKey) => beside("setup-client-key"),
            Self::NotThatKey(ServerKeyFault::OtherMode) => beside(match mode {
                Mode::Sandbox => "setup-key-is-live",
                Mode::Live => "setup-key-is-sandbox",
            }),
            Self::NotThatKey(ServerKeyFault::NoKey) => beside(match mode {
                Mode::Sandbox => "setup-no-key-sandbox",
                Mode::Live => "setup-no-key-live",
            }),
        }
    }
}

async fn draw(
    web: &WebState,
    token: &str,
    visit: &Visit,
    fault: Option<Fault>,
) -> Result<Response, PageFault> {
    let page = if is_token(token) { web.services.key_form_page(token).await? } else { None };
    let chat = web.services.chat_link().map(String::from);
    let Some(page) = page else {
        return Ok(said(token, PageTexts(visit.language(Language::Indonesian)), None, chat));
    };
    let t = PageTexts(visit.language_of_order(page.language));
    if page.standing != FormStanding::Open {
        return Ok(said(token, t, Some((page.standing, page.mode)), chat));
    }
    let (title, lead, hint) = match page.mode {
        Mode::Sandbox => ("setup-title-sandbox", "setup-lead-sandbox", "setup-hint-sandbox"),
        Mode::Live => ("setup-title-live", "setup-lead-live", "setup-hint-live"),
    };
    let mut frame = Frame::new(t, t.say(title), path_of(token));
    frame.sandbox = page.mode == Mode::Sandbox;
    let (notice, error) = fault.map(|fault| fault.said(page.mode, t)).unwrap_or_default();
    let dashboard = DASHBOARDS.iter().find(|(mode, _)| *mode == page.mode).map_or("", |(_, host)| host);
    let status = fault.map_or(StatusCode::OK, Fault::status);
    let (lead, hint) = (t.say(lead), t.say(hint));
    let store = t.with("store", &page.store).say("setup-store");
    let view = KeyFormView { frame, action: path_of(token), store, lead, hint, notice, error, dashboard };
    Ok(drawn(status, &view.frame, &view))
}

/// The page of a form that does not work, or never was.
fn said(token: &str, t: PageTexts, standing: Option<(FormStanding, Mode)>, chat: Option<String>) -> Response {
    let (status, title, hint) = match standing {
        Some((FormStanding::Used, mode)) => (StatusCode::OK, "setup-used-title", used_key(mode)),
        Some(_) => (StatusCode::GONE, "setup-over-title", "setup-over-hint"),
        None => (StatusCode::NOT_FOUND, "setup-over-title", "setup-over-hint"),
    };
    let here = if is_token(token) { path_of(token) } else { "/".to_owned() };
    let mut frame = Frame::new(t, t.say(title), here);
    frame.sandbox = matches!(standing, Some((_, Mode::Sandbox)));
    let hint = t.say(hint);
    let is_good = matches!(standing, Some((FormStanding::Used, _)));
    let view = SaidView { frame, is_good, hint, chat };
    drawn(status, &view.frame, &view)
}

/// What happens next, once an account is connected.
const fn used_key(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "setup-used-sandbox",
        Mode::Live => "setup-used-live",
    }
}

fn path_of(token: &str) -> String {
    format!("/setup/keys/{token}")
}

/// Whether this may be a token: nothing else goes into the page's own addresses.
fn is_token(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'))
}
