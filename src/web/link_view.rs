//! What stands on a link's page, in plain values.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use url::Url;

use super::choice_field::choice_field;
use super::goods_view::{Goods, price_line};
use super::link_question::AskView;
use super::link_standing::{Closed, Standing};
use super::own_order_view::OwnOrderView;
use super::page::{Frame, PageSettings, Preview, drawn};
use super::page_texts::PageTexts;
use super::trust_view::{Ahead, TrustView};
use super::turn::TurnView;
use super::visit::Visit;
use crate::domain::customer::{EmailError, PhoneError};
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::money::Money;
use crate::domain::order::Unit;
use crate::domain::payment_link::LinkState;
use crate::domain::visible_text::TextError;
use crate::services::checkout::{CustomerForm, FieldErrors, LinkPage, Wish};

/// How often a page looks whether the seller opened the link again, in milliseconds.
const ANSWER_LOOK_MS: i64 = 30_000;

/// A link's page.
#[derive(Template)]
#[template(path = "link_page.html", config = "src/web/templates/askama.toml")]
pub struct LinkView {
    frame: Frame,
    goods: Goods,
    own: Option<OwnOrderView>,
    closed: Option<Closed>,
    ask: Option<AskView>,
    turn: Option<TurnView>,
    form: Option<DetailsForm>,
    trust: Option<TrustView>,
}

/// What a customer sent that is to be mended, and what is said about it.
#[derive(Default)]
pub struct Mending {
    /// What the form is for.
    pub wish: Wish,
    /// What was typed, which stands in the form again.
    pub typed: CustomerForm,
    /// What is wrong with which field.
    pub errors: FieldErrors,
    /// What is said above the form.
    pub notice: Option<FormNotice>,
}

/// What is said above a form that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormNotice {
    /// Fields are marked.
    CheckFields,
    /// It could not be told that our own page, or a person, sent it.
    PressAgain,
    /// The customer's network sent forms too often in a short while.
    TooOften {
        /// After so many seconds it may send one again.
        retry_after_s: i64,
    },
    /// Too many customers wait in line from the customer's network.
    TooManyInLine,
    /// The price is another one now.
    PriceChanged(Money),
}

struct DetailsForm {
    action: String,
    form_key: String,
    shown_price_minor: i64,
    title: &'static str,
    lead: Option<&'static str>,
    button: &'static str,
    greeting: Option<String>,
    why: String,
    notice: Option<String>,
    /// The line under which the form is folded away while something else comes first.
    folded: Option<String>,
    /// How much or how many, where the customer says so.
    choice: Option<Field>,
    fields: Vec<Field>,
}

/// A field of the form.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) input_type: &'static str,
    pub(super) input_mode: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) characters_max: u16,
    pub(super) value: String,
    pub(super) error: Option<String>,
    /// Whether it is the first to be mended, where the reader should start.
    pub(super) is_first_fault: bool,
}

impl LinkView {
    /// What `visit` sees of the link, with what comes back to be mended, if anything.
    #[must_use]
    pub fn new(page: &LinkPage, settings: &PageSettings, visit: &Visit, mending: Mending) -> Self {
        let t = PageTexts(visit.language(page.merchant.language));
        let own = OwnOrderView::new(page, t);
        let is_explained_by_own = own.as_ref().is_some_and(|own| own.explains_link)
            && match page.state {
                LinkState::Busy | LinkState::Exhausted => true,
                // Who can still pay is not told that it is too late.
                _ => page.own_order.as_ref().is_some_and(|own| own.may_continue(page.state, page.now)),
            };
        let mut closed = Standing::of_link(page).closed(t).filter(|_| !is_explained_by_own);
        let ask = AskView::new(page, t).filter(|_| closed.is_some());
        let goods = goods(page, t);
        let mut frame = frame(page, t, settings);
        if let Some(closed) = closed.as_mut().filter(|_| ask.as_ref().is_some_and(|ask| ask.awaits_answer)) {
            closed.look_again_ms = Some(ANSWER_LOOK_MS);
            frame.refresh = true;
        }
        let folded = own.as_ref().and_then(|own| own.folds_form.clone());
        // Who is paying already goes on with that order, whatever a form says.
        let is_bound = page.own_order.as_ref().is_some_and(|own| {
            let is_theirs = page.link.is_for_one_named_customer()
                && own.stands_for_its_link(page.state, page.now)
                && !own.may_choose_again(&page.link);
            own.order.unit == Unit::Held || is_theirs
        });
        let waits = mending.wish == Wish::Turn && page.takes_line;
        let takes_form = (page.state == LinkState::Active || waits) && !is_bound;
        if takes_form && waits {
            // A page that looks again by itself would take away what is being typed.
            frame.refresh = false;
            // A reload, and the other language, lead back to the form.
            frame.here = format!("/{}/turn", page.link.slug.as_str());
            closed = None;
        }
        let turn = TurnView::of_link(page, t).filter(|_| closed.is_some());
        let form = takes_form.then(|| DetailsForm::new(page, t, mending, folded));
        let ahead = if form.is_some() { Ahead::All } else { Ahead::Nothing };
        let trust = (page.state != LinkState::Deleted)
            .then(|| TrustView::new(&page.merchant, page.link.mode, ahead, t));
        Self { frame, goods, own, closed, ask, turn, form, trust }
    }

    /// The same page with the way to the chat where its seller can be asked.
    #[must_use]
    pub fn with_ask(self, ask: Option<Url>) -> Self {
        let trust = self.trust.map(|trust| trust.with_ask(ask));
        Self { trust, ..self }
    }

    /// The page as a response.
    #[must_use]
    pub fn draw(&self, status: StatusCode) -> Response {
        drawn(status, &self.frame, self)
    }
}

impl DetailsForm {
    fn new(page: &LinkPage, t: PageTexts, mending: Mending, folded: Option<String>) -> Self {
        let Mending { wish, typed, errors, notice } = mending;
        let waits = wish == Wish::Turn && page.takes_line;
        let preset = page.link.customer.as_ref();
        let name = preset.and_then(|customer| customer.name.as_ref());
        let mut choice = choice_field(page, t, &typed, errors.choice.as_ref());
        let mut fields = fields(page, t, &typed, &errors);
        let mut asked = choice.iter_mut().chain(&mut fields);
        if let Some(field) = asked.find(|field| field.error.is_some()) {
            field.is_first_fault = true;
        }
        let form_key = if typed.form_key.is_empty() { page.form_key.clone() } else { typed.form_key.clone() };
        Self {
            action: format!("/{}/{}", page.link.slug.as_str(), if waits { "turn" } else { "orders" }),
            title: if waits { "pay-turn-form-title" } else { "pay-form-title" },
            lead: waits.then_some("pay-turn-form-lead"),
            button: if waits { "pay-turn-wait" } else { "pay-continue-to-method" },
            form_key,
            shown_price_minor: page.link.price.minor(),
            greeting: name.map(|name| t.with("name", name.as_str()).say("pay-form-title-named")),
            why: t.with("store", page.merchant.name.as_str()).say("pay-form-why"),
            notice: notice.map(|notice| match notice {
                FormNotice::CheckFields => t.say("pay-form-check"),
                FormNotice::PressAgain => t.say("pay-form-again"),
                FormNotice::TooManyInLine => t.say("pay-turn-network"),
                FormNotice::TooOften { retry_after_s } => t.count(retry_after_s).say("pay-form-too-often"),
                FormNotice::PriceChanged(price) => {
                    t.with("amount", price.display(t.0)).say("pay-form-price-changed")
                }
            }),
            folded,
            choice,
            fields,
        }
    }
}

fn frame(page: &LinkPage, t: PageTexts, settings: &PageSettings) -> Frame {
    let store = page.merchant.name.as_str();
    let item = page.link.item_name.as_str();
    let here = format!("/{}", page.link.slug.as_str());
    let sandbox = page.link.mode == Mode::Sandbox;
    let amount = price_line(&page.link, t);
    let description = t.with("amount", &amount).with("store", store);
    let state = Standing::of_link(page)
        .closed(t)
        .map(|closed| closed.headline)
        .or_else(|| sandbox.then(|| t.say("pay-sandbox-banner")));
    let preview = Preview {
        title: item.to_owned(),
        description: match state {
            Some(state) => description.with("state", state).say("pay-preview-state"),
            None => description.say("pay-preview"),
        },
        store: store.to_owned(),
        url: settings.base_url.join(page.link.slug.as_str()).map(String::from).unwrap_or_default(),
        picture: page.preview(t.0).and_then(|picture| {
            let path = format!("{}/preview/{}.png", page.link.slug.as_str(), picture.digest());
            settings.base_url.join(&path).map(String::from).ok()
        }),
        locale: locale(t.0),
        other_locale: locale(t.other()),
    };
    let mut frame = Frame::new(t, format!("{item} · {store}"), here);
    frame.sandbox = sandbox;
    frame.colour = page.merchant.face.colour;
    frame.preview = Some(preview);
    // Where no script runs, a page that waits for its turn is loaded again.
    frame.refresh = page.state == LinkState::Busy;
    frame
}

/// A language and where it is spoken, as messengers name both.
const fn locale(language: Language) -> &'static str {
    match language {
        Language::Indonesian => "id_ID",
        Language::English => "en_US",
    }
}

fn goods(page: &LinkPage, t: PageTexts) -> Goods {
    let mut goods = Goods::of_link(page, t);
    if !matches!(page.state, LinkState::Active | LinkState::Busy) {
        return goods;
    }
    if let Some(most) = page.link.offer.pricing.pieces_max() {
        goods.facts.push(t.with("count", most.get()).say("pay-pieces-fact"));
    }
    // A link for one payment alone has nothing to say about what is left.
    if page.link.usage_limit.is_some_and(|limit| limit.get() > 1)
        && let Some(left) = page.link.remaining()
    {
        goods.facts.push(if left == 1 { t.say("pay-left-last") } else { t.count(left).say("pay-left") });
    }
    if let Some(expires_at) = page.link.expires_at {
        let when = display_instant_at(expires_at, page.now, page.merchant.time_zone, t.0);
        goods.facts.push(t.with("when", when).say("pay-valid-until"));
    }
    goods
}

/// The fields that the seller did not fill in. What the seller filled in is never printed.
fn fields(page: &LinkPage, t: PageTexts, typed: &CustomerForm, errors: &FieldErrors) -> Vec<Field> {
    let preset = page.link.customer.as_ref();
    let mut fields = Vec::new();
    if preset.is_none_or(|customer| customer.name.is_none()) {
        fields.push(Field {
            name: "name",
            label: t.say("pay-name"),
            hint: t.with("store", page.merchant.name.as_str()).say("pay-name-hint"),
            input_type: "text",
            input_mode: "text",
            autocomplete: "name",
            characters_max: 200,
            value: typed.name.clone(),
            error: errors.name.as_ref().map(|error| name_error(error, t)),
            is_first_fault: false,
        });
    }
    if preset.is_none_or(|customer| customer.phone.is_none()) {
        fields.push(Field {
            name: "phone",
            label: t.say("pay-phone"),
            hint: t.say("pay-phone-hint"),
            input_type: "tel",
            input_mode: "tel",
            autocomplete: "tel",
            characters_max: 40,
            value: typed.phone.clone(),
            error: errors.phone.as_ref().map(|error| phone_error(error, t)),
            is_first_fault: false,
        });
    }
    if preset.is_none_or(|customer| customer.email.is_none()) {
        fields.push(Field {
            name: "email",
            label: t.say("pay-email"),
            hint: t.say("pay-email-hint"),
            input_type: "email",
            input_mode: "email",
            autocomplete: "email",
            characters_max: 300,
            value: typed.email.clone(),
            error: errors.email.as_ref().map(|error| email_error(error, t)),
            is_first_fault: false,
        });
    }
    fields
}

fn name_error(error: &TextError, t: PageTexts) -> String {
    match error {
        TextError::Empty => t.say("pay-error-name-empty"),
        TextError::TooLong { max, .. } => t.with("max", max).say("pay-error-name-long"),
        TextError::CardNumber => t.say("pay-error-name-card"),
    }
}

fn phone_error(error: &PhoneError, t: PageTexts) -> String {
    match error {
        PhoneError::Empty => t.say("pay-error-phone-empty"),
        PhoneError::NotANumber => t.say("pay-error-phone-odd"),
        PhoneError::TooShort => t.say("pay-error-phone-short"),
        PhoneError::TooLong => t.say("pay-error-phone-long"),
        PhoneError::MissingCountryCode => t.say("pay-error-phone-country"),
    }
}

fn email_error(error: &EmailError, t: PageTexts) -> String {
    match error {
        EmailError::Empty => t.say("pay-error-email-empty"),
        EmailError::TooLong => t.say("pay-error-email-long"),
        EmailError::CardNumber => t.say("pay-error-email-card"),
        EmailError::ControlCharacter | EmailError::NotAnAddress => t.say("pay-error-email-odd"),
    }
}

#[cfg(test)]
#[path = "link_view_tests.rs"]
mod tests;
