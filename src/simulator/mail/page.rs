//! The inbox as a page, and letters as they are read.

use std::fmt::Write as _;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};

use super::{Letter, MailSimulator};

/// Nothing runs and nothing is fetched on these pages: a letter's own style is inline.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'";

const STYLE: &str = "body{margin:0;font:16px/1.45 system-ui,sans-serif;color:#16211c;background:#f2f5f3}\
    h1{font-size:1.2rem;margin:0;padding:1rem}p{margin:0;padding:1rem;color:#4b5a52}\
    ul{list-style:none;margin:0;padding:0 .6rem 1rem}li{margin:0 0 .6rem}\
    li a{display:block;padding:.8rem;border-radius:12px;background:#fff;color:inherit;text-decoration:none;overflow-wrap:anywhere}\
    li b{display:block}li small{color:#4b5a52}";

#[derive(Debug, Clone)]
struct Shown {
    simulator: MailSimulator,
    path: &'static str,
}

pub(super) fn router(simulator: MailSimulator, path: &'static str) -> Router {
    Router::new()
        .route("/", get(inbox))
        .route("/{number}", get(show))
        .route("/{number}/file/{index}", get(file))
        .with_state(Shown { simulator, path })
}

/// Reads a letter; `None` when it is none.
pub(super) fn read(to: Vec<String>, bytes: &[u8]) -> Option<Letter> {
    let parsed = parse_mail(bytes).ok()?;
    let header = |name: &str| parsed.headers.get_first_value(name).unwrap_or_default();
    let mut letter = Letter {
        number: 0,
        to,
        from: header("From"),
        subject: header("Subject"),
        text: String::new(),
        html: String::new(),
        files: Vec::new(),
    };
    collect(&parsed, &mut letter);
    Some(letter)
}

fn collect(part: &ParsedMail<'_>, letter: &mut Letter) {
    for inner in &part.subparts {
        collect(inner, letter);
    }
    let kind = part.ctype.mimetype.as_str();
    let disposition = part.get_content_disposition();
    if disposition.disposition == DispositionType::Attachment {
        let name = disposition.params.get("filename").cloned().unwrap_or_else(|| "file".to_owned());
        letter.files.push((name, kind.to_owned(), part.get_body_raw().unwrap_or_default()));
    } else if part.subparts.is_empty() && kind == "text/html" {
        letter.html = part.get_body().unwrap_or_default();
    } else if part.subparts.is_empty() && kind == "text/plain" {
        letter.text = part.get_body().unwrap_or_default();
    }
}

/// `GET /`: all letters, newest first; looks again by itself.
async fn inbox(State(shown): State<Shown>) -> Response {
    let letters = shown.simulator.letters();
    let mut list = String::new();
    for letter in letters.iter().rev() {
        let _ = write!(
            list,
            "<li><a href=\"{}/{}\"><b>{}</b><small>{}{}</small></a></li>",
            shown.path,
            letter.number,
            escape(&letter.subject),
            escape(&letter.to.join(", ")),
            if letter.files.is_empty() { "" } else { " · 📎" },
        );
    }
    let empty = if letters.is_empty() {
        "<p>No letters yet. Make a link for somebody with an e-mail address.</p>"
    } else {
        ""
    };
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><meta http-equiv=\"refresh\" content=\"3\"><title>Letters</title>\
         <style>{STYLE}</style></head><body><h1>✉️ Letters</h1>{empty}<ul>{list}</ul></body></html>"
    );
    page(html)
}

/// `GET /{number}`: the letter itself, below a line that says what a mail program would.
async fn show(State(shown): State<Shown>, Path(number): Path<usize>) -> Response {
    let Some(letter) = shown.simulator.letters().into_iter().find(|letter| letter.number == number) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let path = shown.path;
    let mut head = format!(
        "<div style=\"padding:12px 16px;background:#17211c;color:#fff;overflow-wrap:anywhere\"><a href=\"{path}\" \
         style=\"color:#9fe3c6\">← Letters</a><br><strong>{}</strong><br><small>{} → {}</small>",
        escape(&letter.subject),
        escape(&letter.from),
        escape(&letter.to.join(", ")),
    );
    for (index, (name, _, _)) in letter.files.iter().enumerate() {
        let name = escape(name);
        let _ = write!(
            head,
            "<br><a href=\"{path}/{number}/file/{index}\" download style=\"color:#9fe3c6\">📎 {name}</a>"
        );
    }
    head.push_str("</div>");
    let html =
        match letter.html.find("<body").and_then(|at| letter.html[at..].find('>').map(|end| at + end + 1)) {
            Some(at) => format!("{}{head}{}", &letter.html[..at], &letter.html[at..]),
            None => format!("<!doctype html>{head}<pre>{}</pre>", escape(&letter.text)),
        };
    page(html)
}

/// `GET /{number}/file/{index}`: what is attached.
async fn file(State(shown): State<Shown>, Path((number, index)): Path<(usize, usize)>) -> Response {
    let letter = shown.simulator.letters().into_iter().find(|letter| letter.number == number);
    let file = letter.and_then(|letter| letter.files.into_iter().nth(index));
    let Some((name, kind, bytes)) = file else { return StatusCode::NOT_FOUND.into_response() };
    let name: String =
        name.chars().filter(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(*sign)).collect();
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

fn page(html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, html).into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
