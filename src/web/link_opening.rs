//! Who counts as somebody who opened a page: people, not previews, prefetches or crawlers.

use axum::http::{HeaderMap, Method, header};

/// What programs call themselves that fetch pages for nobody, or for a preview of them.
const CRAWLERS: [&str; 14] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "facebookexternalhit",
    "facebookcatalog",
    "whatsapp/",
    "embedly",
    "headless",
    "lighthouse",
    "monitor",
    "wget",
    "curl",
];

/// Makers of phones whose names only sound like one of [`CRAWLERS`].
const PHONES: [&str; 1] = ["cubot"];

/// Whether a request is a person's look at the page: a `GET` by which a browser fills a window of its own
/// (Fetch Metadata, `Sec-Fetch-Dest: document`), now and not ahead of time, and no known crawler.
#[must_use]
pub fn is_opened_by_a_person(method: &Method, headers: &HeaderMap) -> bool {
    let field = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // `Purpose` and `X-Moz` are what browsers said before `Sec-Purpose`.
    let is_ahead_of_time = ["sec-purpose", "purpose", "x-moz", "x-purpose"]
        .iter()
        .any(|name| ["prefetch", "prerender", "preview"].iter().any(|mark| field(name).contains(mark)));
    method == Method::GET
        && field("sec-fetch-dest") == "document"
        && !is_ahead_of_time
        && !is_crawler(field(header::USER_AGENT.as_str()))
}

fn is_crawler(user_agent: &str) -> bool {
    let mut name = user_agent.to_ascii_lowercase();
    for phone in PHONES {
        name = name.replace(phone, "");
    }
    CRAWLERS.iter().any(|crawler| name.contains(crawler))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) AppleWebKit/537.36 (KHTML, like Gecko) \
                          Chrome/131.0.0.0 Mobile Safari/537.36";

    fn counts(method: &Method, fields: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.insert(*name, value.parse().unwrap());
        }
        is_opened_by_a_person(method, &headers)
    }

    #[test]
    fn a_browser_that_fills_a_window_counts() {
        let person = [("sec-fetch-dest", "document"), ("user-agent", CHROME)];
        assert!(counts(&Method::GET, &person));
        assert!(counts(&Method::GET, &person[..1]), "who says no name is no crawler");
        assert!(!counts(&Method::HEAD, &person));
        assert!(!counts(&Method::GET, &person[1..]));
        assert!(!counts(&Method::GET, &[("sec-fetch-dest", "iframe"), ("user-agent", CHROME)]));
    }

    #[test]
    fn what_is_fetched_ahead_of_time_does_not_count() {
        for mark in [
            ("sec-purpose", "prefetch"),
            ("sec-purpose", "prefetch;prerender"),
            ("purpose", "prefetch"),
            ("x-moz", "prefetch"),
            ("x-purpose", "preview"),
        ] {
            assert!(!counts(&Method::GET, &[("sec-fetch-dest", "document"), mark]), "{mark:?}");
        }
    }

    #[test]
    fn crawlers_do_not_count_even_when_they_look_like_browsers() {
        for name in [
            "TelegramBot (like TwitterBot)",
            "WhatsApp/2.23.20.0",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0.0.0 Safari/537.36",
            "Mozilla/5.0 (compatible; Yahoo! Slurp)",
        ] {
            assert!(!counts(&Method::GET, &[("sec-fetch-dest", "document"), ("user-agent", name)]), "{name}");
        }
    }
}
