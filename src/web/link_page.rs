//! A link's page: looking changes nothing, sending the form makes an order.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;

use super::client::Client;
use super::link_opening::is_opened_by_a_person;
use super::link_view::{FormNotice, LinkView, Mending};
use super::page::{PageFault, random_text};
use super::request_origin::is_foreign;
use super::router::WebState;
use super::submitted_form::SubmittedForm;
use super::visit::{KnownOrder, Visit};
use crate::domain::language::Language;
use crate::domain::payment_link::LinkState;
use crate::domain::slug::Slug;
use crate::services::ServiceError;
use crate::services::checkout::{CustomerForm, Placement, Wish};

/// Nobody types a name, a number and an address sooner.
const TYPING_TIME_MIN: TimeDelta = TimeDelta::seconds(2);

/// `GET /{slug}`: 200 however the link stands (its state is said on the page), 404 for no link, 410
/// for a deleted one. A person's look is counted.
pub async fn show(
    State(web): State<WebState>,
    Path(slug): Path<String>,
    method: Method,
    headers: HeaderMap,
    visit: Visit,
) -> Result<Response, PageFault> {
    let slug = slug_in(&slug)?;
    let page = web.services.link_page(&slug, &visit.orders_of(&slug)).await?.ok_or(StatusCode::NOT_FOUND)?;
    let is_gone = page.state == LinkState::Deleted;
    if !is_gone && is_opened_by_a_person(&method, &headers) {
        web.services.count_view(page.link.id);
    }
    let status = if is_gone { StatusCode::GONE } else { StatusCode::OK };
    let ask = web.services.ask_link(&page.link);
    Ok(LinkView::new(&page, &web.settings, &visit, Mending::default()).with_ask(ask).draw(status))
}

/// `POST /{slug}/orders`: the form of the page. 303 to the order's page, or the page again with what
/// is to be mended.
pub async fn place(
    State(web): State<WebState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    client: Client,
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    take_form(&web, &slug, Wish::Pay, (headers, visit, client), form).await
}

/// Takes the form with a customer's details, whatever it is sent for.
pub(super) async fn take_form(
    web: &WebState,
    slug: &str,
    wish: Wish,
    (headers, visit, client): (HeaderMap, Visit, Client),
    form: SubmittedForm,
) -> Result<Response, PageFault> {
    let slug = slug_in(slug)?;
    let mut typed = typed(&form);
    // The form says what its page spoke, for browsers that keep no cookie.
    let visit = Visit { remembered: typed.language.or(visit.remembered), ..visit };
    let mending = |typed, notice| Mending { wish, typed, notice: Some(notice), ..Mending::default() };
    let is_foreign = is_foreign(&headers, &web.settings.base_url);
    // People do not see this field; what fills in everything does.
    let is_machine = !form.field("website").is_empty();
    // Neither is counted as a form: a strange page could use up what its visitor may send.
    if (is_foreign || is_machine)
        && let Err(too_much) = web.admit(&web.limits.views, client)
    {
        return Ok(too_much.into_response());
    }
    if is_foreign {
        let mending = mending(typed, FormNotice::PressAgain);
        return redraw(web, &slug, &visit, StatusCode::FORBIDDEN, mending).await;
    }
    if is_machine {
        let mending = mending(typed, FormNotice::PressAgain);
        return redraw(web, &slug, &visit, StatusCode::UNPROCESSABLE_ENTITY, mending).await;
    }
    if let Err(too_much) = web.admit(&web.limits.forms, client) {
        // Who goes on like that is not even drawn a page.
        if web.admit(&web.limits.views, client).is_err() {
            return Ok(too_much.into_response());
        }
        let mending = mending(typed, FormNotice::TooOften { retry_after_s: too_much.retry_after_s });
        let page = redraw(web, &slug, &visit, StatusCode::TOO_MANY_REQUESTS, mending).await?;
        return Ok(too_much.told_by(page));
    }
    if client.0.is_some() && was_too_quick(web, &visit, &mut typed).await? {
        let mending = mending(typed, FormNotice::PressAgain);
        return redraw(web, &slug, &visit, StatusCode::UNPROCESSABLE_ENTITY, mending).await;
    }
    let known = visit.orders_of(&slug);
    match web.services.place_order_for((wish, client.0), &slug, &typed, &known).await? {
        Placement::Placed(token) => {
            let mut response = see_other(&format!("/orders/{}", token.reveal()));
            let order = KnownOrder::new(token, &slug);
            let cookie = web.settings.cookies().remember_order(&order, &visit.known_orders);
            response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
            Ok(response)
        }
        Placement::Invalid(errors) => {
            let mending = Mending { wish, typed, errors, notice: Some(FormNotice::CheckFields) };
            redraw(web, &slug, &visit, StatusCode::UNPROCESSABLE_ENTITY, mending).await
        }
        Placement::PriceChanged(price) => {
            let mending = mending(typed, FormNotice::PriceChanged(price));
            redraw(web, &slug, &visit, StatusCode::CONFLICT, mending).await
        }
        Placement::Refused(state) => {
            let mending = Mending { typed, ..Mending::default() };
            redraw(web, &slug, &visit, refused_status(state), mending).await
        }
        Placement::TooManyFromNetwork => {
            let mending = mending(typed, FormNotice::TooManyInLine);
            redraw(web, &slug, &visit, StatusCode::TOO_MANY_REQUESTS, mending).await
        }
        Placement::NotFound => Err(StatusCode::NOT_FOUND.into()),
    }
}

/// A redirect to one of our own paths, to be fetched with GET.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().extend(HeaderValue::from_str(path).map(|path| (header::LOCATION, path)));
    response
}

/// The status of a POST that the link does not take: 410 when it will never again, 409 when it may.
#[must_use]
pub const fn refused_status(state: LinkState) -> StatusCode {
    match state {
        LinkState::Deleted | LinkState::Expired => StatusCode::GONE,
        LinkState::Paused
        | LinkState::NotOpenYet
        | LinkState::Exhausted
        | LinkState::Busy
        | LinkState::Active => StatusCode::CONFLICT,
    }
}

pub(super) async fn redraw(
    web: &WebState,
    slug: &str,
    visit: &Visit,
    status: StatusCode,
    mending: Mending,
) -> Result<Response, PageFault> {
    let page = web.services.link_page(slug, &visit.orders_of(slug)).await?.ok_or(StatusCode::NOT_FOUND)?;
    let ask = web.services.ask_link(&page.link);
    Ok(LinkView::new(&page, &web.settings, visit, mending).with_ask(ask).draw(status))
}

/// Whether a form was sent sooner than a person types. It costs a customer one more press at the
/// most: the page comes back filled in and its key keeps the time it was made at. Not asked of
/// browsers that ordered before, nor where there was nothing to type.
async fn was_too_quick(web: &WebState, visit: &Visit, typed: &mut CustomerForm) -> Result<bool, PageFault> {
    let has_typed = [&typed.name, &typed.phone, &typed.email].iter().any(|text| !text.is_empty());
    if !has_typed || !visit.known_orders.is_empty() {
        return Ok(false);
    }
    let Some(made_at) = web.services.form_made_at(&typed.form_key) else {
        // None of our forms: it comes back as one.
        typed.form_key.clear();
        return Ok(true);
    };
    let age = web.services.storage().now().await.map_err(ServiceError::from)? - made_at;
    // A clock that was set back is no fault of the customer's.
    Ok((TimeDelta::zero()..TYPING_TIME_MIN).contains(&age))
}

/// The slug as it is stored: people type what they read from a poster in capitals. What cannot be one
/// is not looked up.
pub(super) fn slug_in(path: &str) -> Result<String, StatusCode> {
    let slug = path.to_ascii_lowercase();
    let is_shaped = (1..=Slug::CHARACTERS_MAX).contains(&slug.len())
        && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_shaped { Ok(slug) } else { Err(StatusCode::NOT_FOUND) }
}

/// What the customer typed. Fields that we never asked for (a price, a currency) are not looked at.
fn typed(form: &SubmittedForm) -> CustomerForm {
    let form_key = match form.field("form_key") {
        "" => random_text(16),
        key => key.chars().take(64).collect(),
    };
    CustomerForm {
        name: form.field("name").to_owned(),
        phone: form.field("phone").to_owned(),
        email: form.field("email").to_owned(),
        amount: form.field("own_amount").chars().take(40).collect(),
        pieces: form.field("pieces").chars().take(10).collect(),
        form_key,
        shown_price_minor: form.field("shown_price").parse().ok(),
        language: Language::parse(form.field("lang")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_slug_is_looked_up() {
        assert_eq!(slug_in("Kaos-Hitam").as_deref(), Ok("kaos-hitam"));
        for path in ["", "a b", "..", "wp-login.php", "é", "a".repeat(51).as_str()] {
            assert_eq!(slug_in(path), Err(StatusCode::NOT_FOUND), "{path}");
        }
    }

    #[test]
    fn a_price_in_the_form_is_only_what_was_shown() {
        let form = SubmittedForm::parse(b"name=Siti&shown_price=150000&amount=1&price=1&lang=id").unwrap();
        let typed = typed(&form);
        assert_eq!(typed.shown_price_minor, Some(150_000));
        assert_eq!(typed.language, Some(Language::Indonesian));
        assert!(!typed.form_key.is_empty());
    }
}
