//! An e-mail to the buyer a link names, ready to be sent from the seller's own mail app.
//!
//! ```text
//! Bot   ✉️ E-mail untuk Budi
//!       budi@toko.id
//!       mailto:budi@toko.id?subject=…      (Telegram makes it a link that opens the mail app)
//!       Halo Budi, …                       (tap to copy)
//!       [📋 Salin alamat] [✉️ Salin teks e-mail] [◀ Tautan]
//! ```
//!
//! Telegram takes no `mailto:` in buttons, and turns one in an `href` into a web address; one that stands
//! in the text stays what it is.

use crate::bot::BotError;
use crate::bot::talk::Talk;
use crate::domain::customer::Email;
use crate::domain::id::LinkId;
use crate::domain::language::Language;
use crate::messaging::buttons::Press;
use crate::messaging::card::{Card, CardButton};
use crate::messaging::html::code;
use crate::messaging::price_words::price_words;
use crate::messaging::texts::Say;
use crate::services::links::LinkView;

use super::wording::Reader;
use super::{any_seat, gone, link_card, reader};
use crate::messaging::sharing::mail_url;

/// The most characters that a copy button takes.
const COPY_CHARACTERS_MAX: usize = 256;

/// Shows the draft; the link's card when it names no e-mail address.
pub(super) async fn show(talk: &mut Talk, id: LinkId) -> Result<(), BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(()) };
    let Some(view) = talk.services.link(&seat, id).await? else { return gone(talk).await };
    let reader = reader(talk, &seat);
    let email = view.link.customer.as_ref().and_then(|customer| customer.email.clone());
    let card = match email.filter(|_| view.link.deleted_at.is_none()) {
        Some(email) => email_card(&reader, &view, &email),
        None => link_card::details_card(&reader, &view),
    };
    talk.show(card).await
}

/// The draft, as a link that opens a mail app and as a text to copy.
#[must_use]
pub fn email_card(reader: &Reader, view: &LinkView, email: &Email) -> Card {
    let language = reader.language;
    let name = view.link.customer.as_ref().and_then(|customer| customer.name.as_ref());
    let buyer = name.map_or_else(|| reader.say("link-email-someone"), |name| name.as_str().to_owned());
    let subject = Say::new(language, "link-email-subject").with("name", view.link.item_name.as_str()).plain();
    let body = body(language, view, &buyer);
    let draft = mail_url(email, &subject, &body).replace('&', "&amp;");
    let heading = name.map_or_else(|| email.as_str(), |name| name.as_str());
    let title = Say::new(language, "link-email-title").with("buyer", heading).html();
    let html = format!("{title}\n{}\n\n{draft}\n\n{}", reader.say("link-email-how"), code(&body));
    let copy = |key: &str, text: &str| {
        (text.chars().count() <= COPY_CHARACTERS_MAX).then(|| CardButton::copy(reader.say(key), text))
    };
    Card::new(html)
        .row(copy("link-button-copy-address", email.as_str()))
        .row(copy("link-button-copy-email", &body))
        .row([CardButton::press(reader.say("link-button-link"), Press::Link(view.link.id))])
}

fn body(language: Language, view: &LinkView, buyer: &str) -> String {
    Say::new(language, "link-email-body")
        .with("buyer", buyer)
        .with("name", view.link.item_name.as_str())
        .with("price", price_words(language, view.link.price, &view.link.offer.pricing))
        .with("url", view.url.as_str())
        .plain()
}
