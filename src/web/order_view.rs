//! What stands on an order's page, in plain values.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use url::{Url, form_urlencoded};

use super::goods_view::Goods;
use super::in_app::Browser;
use super::link_standing::Standing;
use super::method_choice::MethodChoice;
use super::money_scenes::Past;
use super::order_said::{Action, Said, Tone};
use super::page::{Frame, PageSettings, drawn};
use super::page_texts::PageTexts;
use super::todo_view::{Place, Todo};
use super::trust_view::{Ahead, ReturnView, TrustView};
use super::turn::TurnView;
use super::visit::Visit;
use crate::domain::attempt::{AttemptState, PaymentAttempt, attempts_left, was_told_how_to_pay};
use crate::domain::merchant::Mode;
use crate::domain::order::{OrderState, OrderToken};
use crate::domain::payment_link::LinkState;
use crate::services::links::pay_until;
use crate::services::order_page::OrderPage;
use crate::services::turns::Turn;

/// How often an order's page looks again at a link that takes no payment just now, in milliseconds.
const LINK_LOOK_AGAIN_MS: i64 = 30_000;

/// An order's page.
#[derive(Template)]
#[template(path = "order_page.html", config = "src/web/templates/askama.toml")]
pub struct OrderView {
    frame: Frame,
    notices: Vec<String>,
    past: Option<Past>,
    goods: Goods,
    scene: Scene,
    turn: Option<TurnView>,
    trust: TrustView,
    /// The way on, once it is paid.
    back: Option<ReturnView>,
    /// Where the order is followed in chat.
    in_chat: Option<Url>,
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

/// A page in the making: what every scene looks at.
pub(super) struct Scenery<'a> {
    pub(super) page: &'a OrderPage,
    pub(super) path: String,
    pub(super) t: PageTexts,
    practice: Option<String>,
    base_url: &'a Url,
    browser: Browser,
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
        let scenery = Scenery {
            page,
            path: path.clone(),
            t,
            practice,
            base_url: &settings.base_url,
            browser: visit.browser,
        };
        let scene = scenery.scene();
        let title = format!("{} · {}", page.order.item(&page.link).as_str(), page.merchant.name.as_str());
        let mut frame = Frame::new(t, title, path.clone());
        frame.colour = page.merchant.face.colour;
        frame.sandbox = page.order.mode == Mode::Sandbox;
        // Money may come late, and go back whenever the seller says so: every page follows its order.
        let mark: String = form_urlencoded::byte_serialize(mark.as_bytes()).collect();
        frame.follow = Some(format!("{path}/events?mark={mark}"));
        frame.refresh = scene.is_looked_at_again(page);
        let store = page.merchant.name.as_str();
        let mut notices: Vec<String> = notice.map(|notice| notice.say(store, t)).into_iter().collect();
        notices.extend(scenery.notes_on_earlier_tries(&scene));
        if page.turn.is_some_and(|turn| turn.is_now) {
            notices.push(t.say("pay-turn-now"));
            // Who waits in another tab sees it there.
            frame.title = format!("{} · {}", t.say("pay-turn-now-title"), frame.title);
        }
        let past = match scene {
            Scene::Choose(_) | Scene::Pay(_) => scenery.past(),
            Scene::Said(_) => None,
        };
        let goods = Goods::of_order(page, t);
        let turn = TurnView::of_order(page, &path, t);
        let trust = TrustView::new(&page.merchant, page.order.mode, scene.ahead(), t);
        let is_paid = page.order.state == OrderState::Paid;
        let back = page.link.offer.return_url.as_ref().filter(|_| is_paid);
        let back = back.map(|url| ReturnView::new(url, t));
        Self { frame, notices, past, goods, scene, turn, trust, back, in_chat: None }
    }

    /// The same page with a way to follow the order in chat, and one to ask its seller there.
    #[must_use]
    pub fn with_chat(self, in_chat: Option<Url>, ask: Option<Url>) -> Self {
        Self { in_chat, trust: self.trust.with_ask(ask), ..self }
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
    /// Too many customers wait in line from the customer's network.
    TooManyInLine,
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
    fn say(self, store: &str, t: PageTexts) -> String {
        match self {
            Self::EarlierStillValid => t.say("pay-said-earlier-valid"),
            Self::MethodRefused => t.say("pay-said-method-refused"),
            Self::TooManyAttempts => t.with("store", store).say("pay-said-too-many"),
            Self::TooManyFromNetwork => t.say("pay-said-network"),
            Self::TooManyInLine => t.say("pay-turn-network"),
            Self::TooOften { retry_after_s } => t.count(retry_after_s).say("pay-said-too-often"),
            Self::OrderOver => t.say("pay-said-over"),
            Self::UnknownMethod => t.say("pay-said-unknown-method"),
            Self::PressAgain => t.say("pay-form-again"),
        }
    }
}

impl Scene {
    /// What is still to come for the reader.
    const fn ahead(&self) -> Ahead {
        match self {
            Self::Choose(_) => Ahead::All,
            Self::Pay(_) => Ahead::Paying,
            Self::Said(_) => Ahead::Nothing,
        }
    }

    /// Whether the page is loaded again where no script runs: not while the customer chooses, nor
    /// when all is done.
    fn is_looked_at_again(&self, page: &OrderPage) -> bool {
        match self {
            Self::Choose(_) => false,
            Self::Pay(_) => true,
            Self::Said(said) => {
                let may_come = said.tone == Tone::Over && was_told_how_to_pay(&page.attempts);
                said.tone.is_waiting() || may_come || page.money.under_way_minor() > 0
            }
        }
    }
}

impl Scenery<'_> {
    fn scene(&self) -> Scene {
        let (t, order) = (self.t, &self.page.order);
        if order.state.has_seen_money() {
            return Scene::Said(self.about_money());
        }
        // Before the instructions: some money came, and a number that still stands there asks for more.
        if order.flags.mismatch {
            let said = self.said(Tone::Wait, t.say("pay-mismatch"), vec![t.say("pay-mismatch-hint")]);
            return Scene::Said(said.with_contact(self.page, t));
        }
        if self.page.money.balance_minor() > 0 {
            return Scene::Said(self.stray());
        }
        if let Some(attempt) = self.page.attempt.as_ref().filter(|attempt| attempt.state.is_live()) {
            return self.live(attempt);
        }
        if let Some(turn) = self.page.turn.filter(|turn| !turn.is_now) {
            return Scene::Said(self.in_line(turn));
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
        if !is_asked && pay_until(&self.page.link, attempt) <= self.page.now {
            return Scene::Said(self.said(Tone::Wait, t.say("pay-closing"), vec![t.say("pay-closing-hint")]));
        }
        let others = || MethodChoice::new(self.page, &self.path, t, Some(attempt.method));
        let choice = self.page.may_choose.then(others).filter(|choice| !choice.groups.is_empty());
        let place = Place { path: &self.path, base_url: self.base_url, browser: self.browser };
        let todo = Todo::new(self.page, attempt, choice, self.practice.clone(), (place, t));
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

    /// The customer waits for a turn.
    fn in_line(&self, turn: Turn) -> Said {
        let t = self.t;
        let headline = match turn.place {
            ..=1 => t.say("pay-turn-next"),
            place => t.with("place", place).say("pay-turn-place"),
        };
        let hint = match self.page.link_state {
            LinkState::Active => t.say("pay-turn-others-hint"),
            _ => t.say("pay-turn-hint"),
        };
        let mut said = self.said(Tone::Wait, headline, vec![hint, t.say("pay-turn-no-keeping")]);
        said.look_again_ms = Some(LINK_LOOK_AGAIN_MS);
        said
    }

    /// Nothing can be paid just now, and no money is here.
    fn over(&self) -> Said {
        let (t, page) = (self.t, self.page);
        let may_have_its_turn = page.order.state.may_be_paid()
            && attempts_left(&page.attempts) > 0
            && matches!(page.link_state, LinkState::Busy | LinkState::Paused | LinkState::NotOpenYet);
        let is_open = page.link_state == LinkState::Active;
        let closed = Standing::of_order(page).closed(t);
        let mut said = match closed {
            Some(closed) if may_have_its_turn => {
                let mut said = self.said(Tone::Wait, closed.headline, vec![closed.hint]);
                said.look_again_ms = Some(LINK_LOOK_AGAIN_MS);
                if was_told_how_to_pay(&page.attempts) {
                    said.lines.push(t.say("pay-unseen-hint"));
                }
                if page.order.has_let_turn_pass {
                    said.lines.push(t.say("pay-turn-passed"));
                }
                said
            }
            Some(closed) if !was_told_how_to_pay(&page.attempts) => {
                self.said(Tone::Over, closed.headline, vec![closed.hint])
            }
            closed => {
                let mut said = self.gone().unwrap_or_else(|| self.unpaid());
                if attempts_left(&page.attempts) == 0 {
                    said.lines.push(t.say("pay-tries-over"));
                }
                said.lines.extend(closed.into_iter().flat_map(|closed| [closed.headline, closed.hint]));
                said
            }
        };
        if page.order.line.is_some() && !may_have_its_turn {
            said.lines.push(t.say("pay-turn-over"));
        }
        let label = if is_open { t.say("pay-ended-again") } else { t.say("pay-ended-link") };
        said.action = Some(Action { href: format!("/{}", page.link.slug.as_str()), label });
        said
    }

    /// The end of an order for which no money was seen. It is not said that none was sent.
    fn unpaid(&self) -> Said {
        let (t, page) = (self.t, self.page);
        if was_told_how_to_pay(&page.attempts) {
            let said = self.said(Tone::Over, t.say("pay-unseen"), vec![t.say("pay-unseen-hint")]);
            said.with_contact(page, t)
        } else {
            self.said(Tone::Over, t.say("pay-ended"), vec![t.say("pay-ended-hint")])
        }
    }

    pub(super) fn said(&self, tone: Tone, headline: String, lines: Vec<String>) -> Said {
        Said::new(self.page, tone, headline, lines, self.t)
    }

    /// What the customer must know about tries before this one: numbers that are dead, and how many
    /// tries are left.
    fn notes_on_earlier_tries(&self, scene: &Scene) -> Vec<String> {
        let (t, page) = (self.t, self.page);
        let store = || t.with("store", page.merchant.name.as_str());
        let dead = |attempt: &&PaymentAttempt| attempt.state.is_dead() && attempt.instructions.is_some();
        let earlier = page.attempts.iter().rev().find(dead);
        let is_dead_now =
            || earlier.map(|earlier| store().with("method", earlier.method.name()).say("pay-earlier-dead"));
        let is_choosing = matches!(scene, Scene::Choose(_));
        let mut notes = Vec::new();
        match (scene, page.attempts.last().map(|last| last.state)) {
            (Scene::Said(_), _) => return notes,
            (Scene::Choose(_), Some(AttemptState::Denied)) => notes.push(t.say("pay-denied-note")),
            (Scene::Choose(_), Some(AttemptState::Expired)) => notes.extend(
                page.attempts
                    .last()
                    .map(|last| store().with("method", last.method.name()).say("pay-expired-note")),
            ),
            (Scene::Choose(_), Some(AttemptState::Failed)) => {
                notes.push(t.say("pay-failed-note"));
                notes.extend(is_dead_now());
            }
            _ => notes.extend(is_dead_now()),
        }
        if is_choosing && attempts_left(&page.attempts) == 1 {
            notes.push(t.say("pay-choose-last"));
        }
        notes
    }
}

/// The simulated bank's page. One that stands on our own origin is told the way back.
fn practice_address(url: &Url, order_path: &str, settings: &PageSettings) -> String {
    let mut url = url.clone();
    if url.origin() == settings.base_url.origin() {
        url.query_pairs_mut().append_pair("back", order_path);
    }
    url.into()
}

#[cfg(test)]
#[path = "order_view_tests.rs"]
mod tests;
