//! Addresses that open another app with something already written in it.

use url::Url;
use url::form_urlencoded::byte_serialize;

use crate::domain::customer::{Email, Phone};

/// Lets the person pick a Telegram chat to send an address to.
#[must_use]
pub fn share_url(address: &Url, text: &str) -> Option<Url> {
    let target = format!("https://t.me/share/url?url={}&text={}", encode(address.as_str()), encode(text));
    Url::parse(&target).ok()
}

/// Whether Telegram takes the address in a button: it refuses a whole card for one that only this machine
/// can reach.
#[must_use]
pub fn is_public(address: &Url) -> bool {
    address.scheme() == "https"
}

/// Opens WhatsApp with a message: to this number, or to a chat the person picks there.
#[must_use]
pub fn chat_url(phone: Option<&Phone>, text: &str) -> Option<Url> {
    let digits = phone.map(|phone| phone.as_str().trim_start_matches('+')).unwrap_or_default();
    Url::parse(&format!("https://wa.me/{digits}?text={}", encode(text))).ok()
}

/// Opens the Telegram chat with the person who has this number, with a message already written.
#[must_use]
pub fn telegram_url(phone: &Phone, text: &str) -> Option<Url> {
    let digits = phone.as_str().trim_start_matches('+');
    Url::parse(&format!("https://t.me/+{digits}?text={}", encode(text))).ok()
}

/// Opens a mail app with a draft (RFC 6068).
#[must_use]
pub fn mail_url(email: &Email, subject: &str, body: &str) -> String {
    // Mail apps want the line breaks of mail.
    let body = body.replace('\n', "\r\n");
    format!("mailto:{}?subject={}&body={}", address_part(email), encode(subject), encode(&body))
}

/// The address with what would end it written in percent; `@` stays readable.
fn address_part(email: &Email) -> String {
    encode(email.as_str()).replace("%40", "@").replace("%2B", "+")
}

/// Percent-encodes a part of a query. A blank becomes `%20`: WhatsApp and mail apps show a `+` as it is.
fn encode(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_signs_arrive_as_they_were_written() {
        let address = Url::parse("https://bayar.example/kaos").unwrap();
        let url = share_url(&address, "Kaos & topi + 1").unwrap();
        assert_eq!(
            url.as_str(),
            "https://t.me/share/url?url=https%3A%2F%2Fbayar.example%2Fkaos&text=Kaos%20%26%20topi%20%2B%201"
        );
        let url = chat_url(None, "Halo\nKak").unwrap();
        assert_eq!(url.as_str(), "https://wa.me/?text=Halo%0AKak");
        let phone = Phone::parse("0812-3456-789").unwrap();
        assert_eq!(chat_url(Some(&phone), "x").unwrap().as_str(), "https://wa.me/628123456789?text=x");
        assert_eq!(telegram_url(&phone, "a b").unwrap().as_str(), "https://t.me/+628123456789?text=a%20b");
    }

    #[test]
    fn a_mail_draft_keeps_its_lines() {
        let email = Email::parse("budi+toko@x.id").unwrap();
        let draft = mail_url(&email, "Tautan pembayaran: Kaos", "Halo\nBudi");
        assert_eq!(draft, "mailto:budi+toko@x.id?subject=Tautan%20pembayaran%3A%20Kaos&body=Halo%0D%0ABudi");
    }
}
