//! "Still available?" on the page of a link that takes no payment.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::client::Client;
use super::link_page::{redraw, see_other, slug_in};
use super::link_view::Mending;
use super::page::PageFault;
use super::page_texts::PageTexts;
use super::request_origin::is_foreign;
use super::router::WebState;
use super::submitted_form::SubmittedForm;
use super::visit::Visit;
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::link_question::Asking;
use crate::services::checkout::LinkPage;

/// What a link's page says about asking.
pub struct AskView {
    /// Where the question goes, when it can be asked.
    pub action: Option<String>,
    /// What is said about it.
    pub said: String,
    /// Whether the answer may come soon, so that looking again is worth while.
    pub awaits_answer: bool,
}

impl AskView {
    /// As the page stands; `None` when there is nothing to ask.
    #[must_use]
    pub fn new(page: &LinkPage, t: PageTexts) -> Option<Self> {
        let store = t.with("store", page.merchant.name.as_str());
        let said = match page.asking {
            Asking::Pointless => return None,
            Asking::Possible => store.say("pay-ask-lead"),
            Asking::Told(at) => {
                let when = display_instant_at(at, page.now, page.merchant.time_zone, t.0);
                store.with("when", when).say("pay-ask-told")
            }
            Asking::Declined => store.say("pay-ask-declined"),
            Asking::Later => store.say("pay-ask-later"),
        };
        let action =
            (page.asking == Asking::Possible).then(|| format!("/{}/question", page.link.slug.as_str()));
        Some(Self { action, said, awaits_answer: matches!(page.asking, Asking::Told(_)) })
    }
}

/// `POST /{slug}/question`: 303 back to the page, which says that the seller was told.
pub async fn ask(
    State(web): State<WebState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    client: Client,
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    let slug = slug_in(&slug)?;
    let visit = Visit { remembered: Language::parse(form.field("lang")).or(visit.remembered), ..visit };
    let is_foreign = is_foreign(&headers, &web.settings.base_url);
    let is_machine = !form.field("website").is_empty();
    // Neither is counted as a form: a strange page could use up what its visitor may send.
    if is_foreign || is_machine {
        if let Err(too_much) = web.admit(&web.limits.views, client) {
            return Ok(too_much.into_response());
        }
        let status = if is_foreign { StatusCode::FORBIDDEN } else { StatusCode::UNPROCESSABLE_ENTITY };
        return redraw(&web, &slug, &visit, status, Mending::default()).await;
    }
    if let Err(too_much) = web.admit(&web.limits.forms, client) {
        return Ok(too_much.into_response());
    }
    match web.services.ask_for_more(&slug).await? {
        Some(_) => Ok(see_other(&format!("/{slug}"))),
        None => Err(StatusCode::NOT_FOUND.into()),
    }
}
