//! What every page has: its frame, its policy for the browser, and how it becomes a response.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use url::Url;

use super::page_texts::PageTexts;
use super::visit::Cookies;
use crate::domain::shop_colour::ShopColour;
use crate::messaging::preview_pictures;
use crate::services::ServiceError;

/// What the operator decides about pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSettings {
    /// The public address of the pages, with a closing slash.
    pub base_url: Url,
    /// Whether pages of the same origin may show ours in a frame: for the demo's phone alone.
    pub framed_by_own_pages: bool,
}

/// What stands around the content of every page.
#[derive(Debug)]
pub struct Frame {
    /// The texts, in the reader's language.
    pub t: PageTexts,
    /// What the inline style and script carry, new for each response.
    pub nonce: String,
    /// The document's title.
    pub title: String,
    /// The path of this page without a query: where a reload or another language leads.
    pub here: String,
    /// Whether no real money moves.
    pub sandbox: bool,
    /// The colour of buttons, and of what leads somewhere.
    pub colour: ShopColour,
    /// Where the page hears that it changed.
    pub follow: Option<String>,
    /// Whether the page reloads by itself where no script runs.
    pub refresh: bool,
    /// What a messenger shows of the page.
    pub preview: Option<Preview>,
}

/// What a messenger shows of a page (Open Graph).
#[derive(Debug)]
pub struct Preview {
    /// The headline.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Who sells.
    pub store: String,
    /// The page's whole address.
    pub url: String,
    /// The whole address of its picture, a PNG of always the same size.
    pub picture: Option<String>,
    /// The language as messengers name it: `id_ID`.
    pub locale: &'static str,
    /// The locale that the page also speaks.
    pub other_locale: &'static str,
}

/// Why a page is not shown; the guard of the pages draws one that says so.
#[derive(Debug)]
pub enum PageFault {
    /// For a reason that the status says.
    Status(StatusCode),
    /// Nobody did anything wrong.
    Service(ServiceError),
}

/// Marks a response that is a page already, with the nonce of its style and script.
#[derive(Debug, Clone)]
pub struct Drawn(pub Arc<str>);

impl PageSettings {
    /// Whether the pages are served over https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }

    /// The manners of our cookies here.
    #[must_use]
    pub fn cookies(&self) -> Cookies {
        Cookies { secure: self.secure() }
    }

    /// Adds what browsers are told with every response.
    pub fn dress(&self, response: &mut Response) {
        let nonce = response.extensions().get::<Drawn>().map(|drawn| drawn.0.clone());
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.entry(name).or_insert(value);
            }
        };
        set(header::CONTENT_SECURITY_POLICY, &self.policy(nonce.as_deref()));
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        // Not `no-referrer`: with it Chromium sends `Origin: null` on our own forms.
        set(header::REFERRER_POLICY, "same-origin");
        set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
        set(header::CACHE_CONTROL, "no-store");
        // For what has no page around it to say so, and for whoever found an order's address somewhere.
        set(HeaderName::from_static("x-robots-tag"), "noindex");
        if self.secure() {
            set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
        }
    }

    fn policy(&self, nonce: Option<&str>) -> String {
        let ancestors = if self.framed_by_own_pages { "'self'" } else { "'none'" };
        let inline = nonce
            .map(|nonce| format!("style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "))
            .unwrap_or_default();
        format!(
            "default-src 'none'; {inline}img-src 'self' data:; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors {ancestors}"
        )
    }
}

impl Preview {
    /// How wide its picture is, in pixels. Messengers that are told show it at once, and in full width.
    #[must_use]
    pub const fn picture_width(&self) -> u32 {
        preview_pictures::WIDTH
    }

    /// How high its picture is, in pixels.
    #[must_use]
    pub const fn picture_height(&self) -> u32 {
        preview_pictures::HEIGHT
    }
}

impl Frame {
    /// The frame of a page that neither follows anything nor is previewed.
    #[must_use]
    pub fn new(t: PageTexts, title: String, here: String) -> Self {
        Self {
            t,
            nonce: random_text(16),
            title,
            here,
            sandbox: false,
            colour: ShopColour::default(),
            follow: None,
            refresh: false,
            preview: None,
        }
    }

    /// The style of all pages.
    #[must_use]
    pub const fn style(&self) -> &'static str {
        STYLE
    }

    /// The script of all pages, none of which needs it.
    #[must_use]
    pub const fn script(&self) -> &'static str {
        include_str!("templates/page.js")
    }
}

/// What every page is made of, what is sold, how it is paid, and what differs on paper, in the order in which
/// later rules win.
pub const STYLE: &str = concat!(
    include_str!("templates/base.css"),
    include_str!("templates/goods.css"),
    include_str!("templates/pay.css"),
    include_str!("templates/print.css"),
);

/// Turns a page into a response.
#[must_use]
pub fn drawn(status: StatusCode, frame: &Frame, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            response.extensions_mut().insert(Drawn(frame.nonce.as_str().into()));
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Text of as many random bytes, for nonces and keys of forms.
#[must_use]
pub fn random_text(bytes: usize) -> String {
    let random: Vec<u8> = (0..bytes).map(|_| rand::random()).collect();
    data_encoding::BASE64URL_NOPAD.encode(&random)
}

impl From<ServiceError> for PageFault {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<StatusCode> for PageFault {
    fn from(status: StatusCode) -> Self {
        Self::Status(status)
    }
}

impl IntoResponse for PageFault {
    fn into_response(self) -> Response {
        match self {
            Self::Status(status) => status.into_response(),
            Self::Service(error) => {
                tracing::error!(%error, "a page could not be made");
                // A database that is away comes back: the same request may succeed then.
                let may_pass = error.may_pass();
                let status = if may_pass {
                    StatusCode::SERVICE_UNAVAILABLE
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                };
                status.into_response()
            }
        }
    }
}
