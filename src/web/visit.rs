//! Who asks for a page: the language they read, and the orders their browser remembers.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::in_app::Browser;
use crate::domain::language::Language;
use crate::domain::order::OrderToken;

/// The most orders a browser remembers.
pub const KNOWN_ORDERS_MAX: usize = 8;

/// The characters of an order's token, and of the hint behind it.
const TOKEN_CHARACTERS: usize = 26;

/// See [`TOKEN_CHARACTERS`].
const HINT_CHARACTERS: usize = 2;

/// How long a browser remembers orders and a language, in seconds: 180 days.
const COOKIE_SECONDS: u32 = 180 * 24 * 60 * 60;

/// What is known about whoever asks for a page.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The language asked for in the address (`?lang=`), which is remembered.
    pub asked: Option<Language>,
    /// The language asked for earlier.
    pub remembered: Option<Language>,
    /// The first language of the browser that we speak.
    pub accepted: Option<Language>,
    /// The orders that this browser made, newest first.
    pub known_orders: Vec<KnownOrder>,
    /// What shows the page.
    pub browser: Browser,
}

/// An order that a browser remembers.
#[derive(Debug, Clone)]
pub struct KnownOrder {
    /// Opens it.
    pub token: OrderToken,
    /// Two characters that follow from the slug of its link, so that other links' pages need not look it up;
    /// `None` for one that was remembered before there were hints.
    hint: Option<String>,
}

impl KnownOrder {
    /// An order of the link with this slug.
    #[must_use]
    pub fn new(token: OrderToken, slug: &str) -> Self {
        Self { token, hint: Some(hint_of(slug)) }
    }

    fn read(text: &str) -> Option<Self> {
        // A token is plain ASCII, and so is a hint: anything else is none of ours.
        let (token, hint) = text.split_at_checked(TOKEN_CHARACTERS)?;
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        Some(Self { token: OrderToken::parse(token)?, hint })
    }

    fn may_be_of(&self, slug: &str) -> bool {
        self.hint.as_ref().is_none_or(|hint| *hint == hint_of(slug))
    }
}

/// The names and manners of our cookies. `__Host-` binds them to this very host and to https
/// (RFC 6265bis, section 4.1.3.2); on plain http, which is loopback, browsers refuse that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies {
    /// Whether the pages are served over https.
    pub secure: bool,
}

impl Visit {
    /// The orders that this browser made through the link with this slug, and, now and then, one of another.
    #[must_use]
    pub fn orders_of(&self, slug: &str) -> Vec<OrderToken> {
        let own = self.known_orders.iter().filter(|order| order.may_be_of(slug));
        own.map(|order| order.token.clone()).collect()
    }

    /// The language of the page, where `fallback` is what the shop or the order speaks.
    #[must_use]
    pub fn language(&self, fallback: Language) -> Language {
        self.asked.or(self.remembered).or(self.accepted).unwrap_or(fallback)
    }

    /// The language of an order's page: what its customer read when making it comes before what
    /// the browser prefers.
    #[must_use]
    pub fn language_of_order(&self, order: Language) -> Language {
        self.asked.or(self.remembered).unwrap_or(order)
    }

    /// Reads the headers and the query of a request.
    #[must_use]
    pub fn read(headers: &HeaderMap, query: Option<&str>, secure: bool) -> Self {
        Self {
            asked: query.and_then(language_in_query),
            remembered: cookie(headers, "lang", secure).and_then(Language::parse),
            accepted: headers
                .get(header::ACCEPT_LANGUAGE)
                .and_then(|value| value.to_str().ok())
                .and_then(first_spoken),
            known_orders: cookie(headers, "orders", secure).map(known_orders).unwrap_or_default(),
            browser: Browser::read(headers),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let secure = parts.extensions.get::<SecureSite>().is_some();
        Ok(Self::read(&parts.headers, parts.uri.query(), secure))
    }
}

impl Cookies {
    /// The cookie that makes a browser remember `order` before the orders it knows.
    #[must_use]
    pub fn remember_order(self, order: &KnownOrder, known: &[KnownOrder]) -> Option<HeaderValue> {
        let older = known.iter().filter(|other| !other.token.is(&order.token));
        let text = |order: &KnownOrder| {
            format!("{}{}", order.token.reveal(), order.hint.as_deref().unwrap_or_default())
        };
        let orders: Vec<String> =
            std::iter::once(order).chain(older).take(KNOWN_ORDERS_MAX).map(text).collect();
        self.set("orders", &orders.join("."))
    }

    /// The cookie that makes a browser remember a language.
    #[must_use]
    pub fn remember_language(self, language: Language) -> Option<HeaderValue> {
        self.set("lang", language.code())
    }

    fn set(self, name: &str, value: &str) -> Option<HeaderValue> {
        let (prefix, secure) = if self.secure { ("__Host-", "; Secure") } else { ("", "") };
        let line = format!(
            "{prefix}{name}={value}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
        );
        HeaderValue::from_str(&line).ok()
    }
}

/// Marks requests of a site that is served by https, where only `__Host-` cookies are believed.
#[derive(Debug, Clone, Copy)]
pub struct SecureSite;

/// The value of our cookie. Behind https only the `__Host-` name counts: a plain one could have been
/// set by a neighbouring host or on an open network, to lead a customer to someone else's order.
fn cookie<'a>(headers: &'a HeaderMap, name: &str, secure: bool) -> Option<&'a str> {
    let value_of = |wanted: &str| {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    };
    if secure { value_of(&format!("__Host-{name}")) } else { value_of(name) }
}

fn known_orders(value: &str) -> Vec<KnownOrder> {
    value.split('.').filter_map(KnownOrder::read).take(KNOWN_ORDERS_MAX).collect()
}

/// Ten bits of a slug's hash: it says nothing about the link to whoever does not know the slug.
fn hint_of(slug: &str) -> String {
    let mut hint = data_encoding::BASE32_NOPAD.encode(&Sha256::digest(slug.as_bytes())).to_lowercase();
    hint.truncate(HINT_CHARACTERS);
    hint
}

fn language_in_query(query: &str) -> Option<Language> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, value)| Language::parse(&value))
}

/// The first language that we speak in an `Accept-Language` line (RFC 9110, section 12.5.4), by
/// weight and then by place.
fn first_spoken(line: &str) -> Option<Language> {
    let mut best: Option<(u32, Language)> = None;
    for item in line.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let Some(language) = parts.next().and_then(spoken) else { continue };
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1_000, thousandths);
        if weight > 0 && best.is_none_or(|(best, _)| weight > best) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

fn spoken(tag: &str) -> Option<Language> {
    let is_english = tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case("en"));
    // `guess` answers English for everything else, which is no choice of the reader.
    match Language::guess(Some(tag)) {
        Language::English if !is_english => None,
        language => Some(language),
    }
}

/// `0.8` is 800; what cannot be read is 0, the weight of a language one does not want.
fn thousandths(weight: &str) -> u32 {
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), fraction.parse::<u32>()) {
        (Ok(whole @ 0..=1), Ok(fraction)) => (whole * 1_000 + fraction).min(1_000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(cookie: &str, accept: &str, query: Option<&str>) -> Visit {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(accept).unwrap());
        Visit::read(&headers, query, cookie.contains("__Host-"))
    }

    #[test]
    fn the_browsers_languages_are_read_by_weight() {
        for (line, language) in [
            ("id-ID,id;q=0.9,en;q=0.8", Some(Language::Indonesian)),
            ("en-GB,en;q=0.9", Some(Language::English)),
            ("de,fr;q=0.9,id;q=0.5,en;q=0.7", Some(Language::English)),
            ("ms;q=0.4", Some(Language::Indonesian)),
            ("en;q=0,id;q=0.1", Some(Language::Indonesian)),
            ("de, fr;q=0.3", None),
            ("*", None),
            ("en;q=9;q=x,,;", None),
        ] {
            assert_eq!(first_spoken(line), language, "{line}");
        }
    }

    #[test]
    fn what_one_asks_for_wins_over_what_was_asked_and_what_the_browser_likes() {
        assert_eq!(visit("lang=id", "en", Some("lang=en")).language(Language::Indonesian), Language::English);
        assert_eq!(visit("lang=id", "en", Some("lang=xx")).language(Language::English), Language::Indonesian);
        assert_eq!(visit("a=b", "id", None).language(Language::English), Language::Indonesian);
        assert_eq!(visit("a=b", "de", None).language(Language::Indonesian), Language::Indonesian);
    }

    #[test]
    fn a_browser_remembers_its_newest_orders() {
        let tokens: Vec<OrderToken> = (0..9).map(|index| OrderToken::new([index; 17])).collect();
        let cookies = Cookies { secure: false };
        let of = |slug: &'static str| move |token: &OrderToken| KnownOrder::new(token.clone(), slug);
        let earlier: Vec<KnownOrder> = tokens.iter().map(of("kaos-hitam")).collect();
        let set = cookies.remember_order(&of("topi")(&tokens[3]), &earlier).unwrap();
        let set = set.to_str().unwrap();
        assert!(set.starts_with("orders=") && set.ends_with("HttpOnly; SameSite=Lax"), "{set}");
        let visit = visit(set.split(';').next().unwrap(), "id", None);
        assert_eq!(visit.known_orders.len(), KNOWN_ORDERS_MAX);
        let (own, others) = (visit.orders_of("topi"), visit.orders_of("kaos-hitam"));
        assert!(own.len() == 1 && own[0].is(&tokens[3]), "another link's orders are not looked up");
        assert!(others.len() == 7 && others[0].is(&tokens[0]) && others[1].is(&tokens[1]));
    }

    #[test]
    fn an_order_that_was_remembered_before_there_were_hints_is_looked_up() {
        let token = OrderToken::new([7; 17]);
        let visit = visit(&format!("orders={}", token.reveal()), "id", None);
        assert!(visit.orders_of("topi").len() == 1 && visit.orders_of("kaos").len() == 1);
    }

    #[test]
    fn over_https_a_cookie_belongs_to_this_host_alone() {
        let set = Cookies { secure: true }.remember_language(Language::Indonesian).unwrap();
        assert!(set.to_str().unwrap().starts_with("__Host-lang=id; Path=/;"));
        assert!(set.to_str().unwrap().ends_with("; Secure"));
        assert_eq!(visit("lang=en; __Host-lang=id", "en", None).remembered, Some(Language::Indonesian));
        // A neighbouring host can set a plain cookie here, and lead a customer to somebody's order by it.
        let token = OrderToken::new([7; 17]);
        let mut headers = HeaderMap::new();
        let planted = format!("orders={}; lang=en", token.reveal());
        headers.insert(header::COOKIE, HeaderValue::from_str(&planted).unwrap());
        let lured = Visit::read(&headers, None, true);
        assert!(lured.known_orders.is_empty() && lured.remembered.is_none());
        let known = Visit::read(&headers, None, false).known_orders;
        assert!(known.len() == 1 && known[0].token.is(&token));
    }

    #[test]
    fn a_forged_cookie_opens_nothing() {
        assert!(visit("orders=../..;orders=x", "id", None).known_orders.is_empty());
    }
}
