//! What stands on an order's page, in plain values.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use url::{Url, form_urlencoded};

use super::link_view::{Goods, closed_state};
use super::method_choice::MethodChoice;
use super::page::{Frame, PageSettings, drawn};
use super::page_texts::PageTexts;
use super::todo_view::Todo;
use super::visit::Visit;
use crate::domain::attempt::{AttemptState, PaymentAttempt};
use crate::domain::instant_text::display_instant_at;
use crate::domain::merchant::Mode;
use crate::domain::order::{Order, OrderState, OrderToken};
use crate::services::checkout::OrderPage;

/// How often an order's page looks again at a link that takes no payment just now, in milliseconds.
const LINK_LOOK_AGAIN_MS: i64 = 30_000;

/// An order's page.
#[derive(Template)]
#[template(path = "order_page.html", config = "src/web/templates/askama.toml")]
pub struct OrderView {
    frame: Frame,
    notice: Option<String>,
    goods: Goods,
    scene: Scene,
}

/// What the page is about just now.
enum Scene {
    /// Choosing how to pay.
    Choose(MethodChoice),
    /// Paying.
    Pay(Box<Todo>),
    /// Being told something.
    Said(Said),
}

/// Something said, with a picture of its tone.
struct Said {
    tone: Tone,
    headline: String,
    lines: Vec<String>,
    rows: Vec<Row>,
    action: Option<Action>,
    practice: Option<String>,
    /// After how many milliseconds looking again is worth while, when no event will say so.
    look_again_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Good,
    Bad,
    Wait,
    Asking,
    Over,
}

/// A fact with its name.
pub struct Row {
    /// Its name.
    pub label: String,
    /// The fact.
    pub value: String,
}

struct Action {
    href: String,
    label: String,
}

/// A page in the making: what every scene looks at.
struct Scenery<'a> {
    page: &'a OrderPage,
    path: String,
    practice: Option<String>,
    t: PageTexts,
}

impl OrderView {
    /// The page for `visit`; `mark` is what the page's state is known by, `notice` what the last choice
    /// came to.
    #[must_use]
    pub fn new(
        page: &OrderPage,
        token: &OrderToken,
        mark: &str,
        settings: &PageSettings,
        visit: &Visit,
        notice: Option<OrderNotice>,
    ) -> Self {
        let t = PageTexts(visit.language_of_order(page.order.language));
        let path = format!("/orders/{}", token.reveal());
        let practice = page.practice_url.as_ref().map(|url| practice_address(url, &path, settings));
        let scenery = Scenery { page, path: path.clone(), practice, t };
        let scene = scenery.scene();
        let title = format!("{} · {}", page.link.item_name.as_str(), page.merchant.name.as_str());
        let mut frame = Frame::new(t, title, path.clone());
        frame.sandbox = page.order.mode == Mode::Sandbox;
        if scene.may_change() {
            let mark: String = form_urlencoded::byte_serialize(mark.as_bytes()).collect();
            frame.follow = Some(format!("{path}/events?mark={mark}"));
            frame.refresh = !matches!(scene, Scene::Choose(_));
        }
        let notice = notice.map(|notice| notice.say(t)).or_else(|| scenery.note_on_last_try(&scene));
        Self { frame, notice, goods: Goods::new(&page.merchant, &page.link, page.order.amount, t), scene }
    }

    /// The page as a response.
    #[must_use]
    pub fn draw(&self, status: StatusCode) -> Response {
        drawn(status, &self.frame, self)
    }
}

/// What a choice of method came to, where the page alone would not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderNotice {
    /// The earlier number could not be called off.
    EarlierStillValid,
    /// The gateway does not take this method now.
    MethodRefused,
    /// Too many charges.
    TooManyAttempts,
    /// Too many payments are under way from the customer's network.
    TooManyFromNetwork,
    /// The customer's network chose too often in a short while.
    TooOften {
        /// After so many seconds it may choose again.
        retry_after_s: i64,
    },
    /// It can no longer be paid.
    OrderOver,
    /// The form named no method we offer.
    UnknownMethod,
    /// It could not be told that our own page sent it.
    PressAgain,
}

impl OrderNotice {
    fn say(self, t: PageTexts) -> String {
        match self {
            Self::EarlierStillValid => t.say("pay-said-earlier-valid"),
            Self::MethodRefused => t.say("pay-said-method-refused"),
            Self::TooManyAttempts => t.say("pay-said-too-many"),
            Self::TooManyFromNetwork => t.say("pay-said-network"),
            Self::TooOften { retry_after_s } => t.count(retry_after_s).say("pay-said-too-often"),
            Self::OrderOver => t.say("pay-said-over"),
            Self::UnknownMethod => t.say("pay-said-unknown-method"),
            Self::PressAgain => t.say("pay-form-again"),
        }
    }
}

impl Scene {
    /// Whether the page may become another one without the customer doing anything here.
    fn may_change(&self) -> bool {
        match self {
            Self::Choose(_) | Self::Pay(_) => true,
            Self::Said(said) => matches!(said.tone, Tone::Wait | Tone::Asking),
        }
    }
}

impl Scenery<'_> {
    fn scene(&self) -> Scene {
        let order = &self.page.order;
        if order.state.has_seen_money() {
            return Scene::Said(self.about_money());
        }
        let t = self.t;
        // Before the instructions: some money came, and a number that still stands there asks for more.
        if order.flags.mismatch {
            return Scene::Said(self.said(
                Tone::Wait,
                t.say("pay-mismatch"),
                vec![t.say("pay-mismatch-hint")],
            ));
        }
        if let Some(attempt) = self.page.attempt.as_ref().filter(|attempt| attempt.state.is_live()) {
            return self.live(attempt);
        }
        let store = || t.with("store", self.page.merchant.name.as_str());
        if order.flags.underpaid && self.page.balance_minor > 0 {
            return Scene::Said(self.said(
                Tone::Wait,
                t.say("pay-underpaid"),
                vec![store().say("pay-underpaid-hint")],
            ));
        }
        if self.page.may_choose {
            return Scene::Choose(MethodChoice::new(self.page, &self.path, t, None));
        }
        Scene::Said(self.over())
    }

    fn live(&self, attempt: &PaymentAttempt) -> Scene {
        let t = self.t;
        if matches!(attempt.state, AttemptState::Challenge | AttemptState::Authorized) {
            return Scene::Said(self.said(
                Tone::Wait,
                t.say("pay-reviewing"),
                vec![t.say("pay-reviewing-hint")],
            ));
        }
        let is_asked = matches!(attempt.state, AttemptState::Creating | AttemptState::Unknown);
        if !is_asked && attempt.pay_by <= self.page.now {
            return Scene::Said(self.said(Tone::Wait, t.say("pay-closing"), vec![t.say("pay-closing-hint")]));
        }
        let others = || MethodChoice::new(self.page, &self.path, t, Some(attempt.method));
        let choice = self.page.may_choose.then(others).filter(|choice| !choice.groups.is_empty());
        let todo = Todo::new(self.page, attempt, choice, self.practice.clone(), t);
        match todo.filter(|_| !is_asked) {
            Some(todo) => Scene::Pay(Box::new(todo)),
            None => {
                let mut said =
                    self.said(Tone::Asking, t.say("pay-checking"), vec![t.say("pay-checking-hint")]);
                said.practice = self.practice.clone();
                Scene::Said(said)
            }
        }
    }

    /// What became of money that came.
    fn about_money(&self) -> Said {
        let t = self.t;
        let order = &self.page.order;
        let store = || t.with("store", self.page.merchant.name.as_str());
        match order.state {
            OrderState::PaidUnallocated => {
                self.said(Tone::Wait, t.say("pay-unallocated"), vec![store().say("pay-unallocated-hint")])
            }
            OrderState::PartiallyRefunded => self.said(
                Tone::Good,
                t.say("pay-partially-refunded"),
                vec![store().say("pay-partially-refunded-hint")],
            ),
            OrderState::Refunded => {
                self.said(Tone::Good, t.say("pay-refunded"), vec![t.say("pay-refunded-hint")])
            }
            OrderState::Reversed => {
                self.said(Tone::Bad, t.say("pay-reversed"), vec![store().say("pay-reversed-hint")])
            }
            OrderState::ChargedBack => {
                self.said(Tone::Bad, t.say("pay-disputed"), vec![t.say("pay-disputed-hint")])
            }
            OrderState::Paid
            | OrderState::Open
            | OrderState::Awaiting
            | OrderState::Expired
            | OrderState::Closed => self.paid(order),
        }
    }

    fn paid(&self, order: &Order) -> Said {
        let t = self.t;
        let store = || t.with("store", self.page.merchant.name.as_str());
        let mut lines = vec![store().say("pay-paid-hint")];
        let is_too_much = self.page.balance_minor > order.amount.minor();
        if order.flags.duplicate_payment && is_too_much {
            lines.push(store().say("pay-paid-twice"));
        } else if order.flags.overpaid && is_too_much {
            lines.push(store().say("pay-paid-overpaid"));
        }
        let mut said = self.said(Tone::Good, t.say("pay-paid"), lines);
        said.action =
            Some(Action { href: format!("{}/receipt", self.path), label: t.say("pay-receipt-open") });
        said
    }

    /// Nothing can be paid and nothing was.
    fn over(&self) -> Said {
        let t = self.t;
        let is_left_open = self.page.order.state == OrderState::Open;
        let closed = closed_state(self.page.link_state, &self.page.merchant, t);
        match closed {
            Some(closed) if is_left_open => {
                let mut said = self.said(Tone::Wait, closed.headline, vec![closed.hint]);
                said.look_again_ms = Some(LINK_LOOK_AGAIN_MS);
                said
            }
            Some(closed) => self.said(
                Tone::Over,
                t.say("pay-ended"),
                vec![t.say("pay-ended-hint"), closed.headline, closed.hint],
            ),
            None => {
                let mut said = self.said(Tone::Over, t.say("pay-ended"), vec![t.say("pay-ended-hint")]);
                said.action = Some(Action {
                    href: format!("/{}", self.page.link.slug.as_str()),
                    label: t.say("pay-ended-again"),
                });
                said
            }
        }
    }

    fn said(&self, tone: Tone, headline: String, lines: Vec<String>) -> Said {
        let t = self.t;
        let mut rows = vec![
            Row { label: t.say("pay-receipt-from"), value: self.page.merchant.name.as_str().to_owned() },
            Row { label: t.say("pay-receipt-item"), value: self.page.link.item_name.as_str().to_owned() },
            Row { label: t.say("pay-amount-label"), value: self.page.order.amount.display(t.0) },
            Row { label: t.say("pay-order-code"), value: self.page.order.code.to_string() },
        ];
        rows.extend(payment_rows(self.page, t));
        Said { tone, headline, lines, rows, action: None, practice: None, look_again_ms: None }
    }

    /// Why the customer is asked to choose again.
    fn note_on_last_try(&self, scene: &Scene) -> Option<String> {
        let attempt = self.page.attempt.as_ref().filter(|_| matches!(scene, Scene::Choose(_)))?;
        match attempt.state {
            AttemptState::Denied => Some(self.t.say("pay-denied-note")),
            AttemptState::Expired => Some(self.t.say("pay-expired-note")),
            AttemptState::Failed => Some(self.t.say("pay-failed-note")),
            _ => None,
        }
    }
}

/// How and when the money came, where it did.
#[must_use]
pub fn payment_rows(page: &OrderPage, t: PageTexts) -> Vec<Row> {
    let method = page
        .order
        .paid_with
        .map(|method| Row { label: t.say("pay-receipt-method"), value: method.name().to_owned() });
    let time = page.order.paid_at.map(|paid_at| Row {
        label: t.say("pay-receipt-time"),
        value: display_instant_at(paid_at, page.now, page.merchant.time_zone, t.0),
    });
    method.into_iter().chain(time).collect()
}

/// The simulated bank's page. One that stands on our own origin is told the way back.
fn practice_address(url: &Url, order_path: &str, settings: &PageSettings) -> String {
    let mut url = url.clone();
    if url.origin() == settings.base_url.origin() {
        url.query_pairs_mut().append_pair("back", order_path);
    }
    url.into()
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Wait | Self::Asking | Self::Over => "wait",
        }
    }
}

#[cfg(test)]
#[path = "order_view_tests.rs"]
mod tests;
