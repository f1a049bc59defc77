//! Pages with a sentence and nothing to do: the front door, and whatever is not there or went wrong.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::page::{Frame, drawn};
use super::page_texts::PageTexts;
use super::visit::Visit;
use crate::domain::language::Language;

#[derive(Template)]
#[template(path = "plain_page.html", config = "src/web/templates/askama.toml")]
struct PlainPage {
    frame: Frame,
    headline: String,
    hint: String,
    reference: Option<String>,
}

/// The front door: what this address is.
pub async fn landing(visit: Visit) -> Response {
    let t = PageTexts(visit.language(Language::English));
    plain(StatusCode::OK, t, "/", t.say("pay-landing-title"), t.say("pay-landing-lead"), None)
}

/// What is said instead of a page, for every status that is not one of success. `path` is where the
/// reader is, `reference` what to tell the operator when it is our fault.
#[must_use]
pub fn refusal(status: StatusCode, visit: &Visit, path: &str, reference: &str) -> Response {
    let t = PageTexts(visit.language(Language::English));
    let (headline, hint) = match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => (t.say("pay-lost-title"), t.say("pay-lost-hint")),
        StatusCode::METHOD_NOT_ALLOWED => (t.say("pay-wrong-verb"), t.say("pay-wrong-verb-hint")),
        StatusCode::PAYLOAD_TOO_LARGE => (t.say("pay-too-large"), t.say("pay-too-large-hint")),
        StatusCode::REQUEST_TIMEOUT => (t.say("pay-too-slow"), t.say("pay-too-slow-hint")),
        StatusCode::TOO_MANY_REQUESTS => (t.say("pay-too-often"), t.say("pay-too-often-hint")),
        StatusCode::FORBIDDEN => (t.say("pay-foreign"), t.say("pay-foreign-hint")),
        status if status.is_server_error() => (t.say("pay-fault"), t.say("pay-fault-hint")),
        _ => (t.say("pay-unreadable"), t.say("pay-unreadable-hint")),
    };
    let reference = status.is_server_error().then(|| reference.to_owned());
    plain(status, t, path, headline, hint, reference)
}

fn plain(
    status: StatusCode,
    t: PageTexts,
    path: &str,
    headline: String,
    hint: String,
    reference: Option<String>,
) -> Response {
    // `//host/` would lead away from here, and stands in the page's own links.
    let here = if path.starts_with("//") { "/" } else { path };
    let frame = Frame::new(t, headline.clone(), here.to_owned());
    let page = PlainPage { frame, headline, hint, reference };
    drawn(status, &page.frame, &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_refusal_has_its_own_sentence_in_both_languages() {
        for language in Language::ALL {
            let visit = Visit { asked: Some(language), ..Visit::default() };
            let mut seen = Vec::new();
            for status in [404, 405, 413, 408, 403, 429, 500, 400] {
                let response = refusal(StatusCode::from_u16(status).unwrap(), &visit, "/x", "R3F");
                assert_eq!(response.status(), status);
                let body = axum::body::to_bytes(response.into_body(), 64 * 1024).await.unwrap();
                let html = String::from_utf8(body.to_vec()).unwrap();
                assert!(!html.contains("{$") && !html.contains(">pay-"), "{html}");
                assert_eq!(html.contains("R3F"), status == 500);
                seen.push(html.split("<h1>").nth(1).unwrap().split('<').next().unwrap().to_owned());
            }
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), 8, "{seen:?}");
        }
    }
}
