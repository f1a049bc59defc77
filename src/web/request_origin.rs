//! Whether a POST comes from our own pages, and whether a request is meant for us at all.
//!
//! No token in the form: browsers say where a request comes from (`Sec-Fetch-Site`, older ones
//! `Origin`), and what is no browser has no one's cookies to misuse.

use axum::http::{HeaderMap, header};
use url::Url;

/// Whether a POST was sent by a page of someone else.
#[must_use]
pub fn is_foreign(headers: &HeaderMap, base_url: &Url) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site != "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return false };
    let Ok(origin) = origin.to_str() else { return true };
    let from_base = origin == base_url.origin().ascii_serialization();
    // On loopback one machine has several names, and a page's own name is as good as ours. The
    // name itself has been checked by [`is_for_us`].
    let from_own_host = || {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        host(headers).is_some_and(|host| is_loopback(host) && authority == Some(host))
    };
    !from_base && !from_own_host()
}

/// Whether the `Host` of a request is ours: that of the base address, or a name of this very
/// machine, which proxies send and which no foreign page can borrow.
#[must_use]
pub fn is_for_us(headers: &HeaderMap, base_url: &Url) -> bool {
    let Some(host) = host(headers) else { return headers.get(header::HOST).is_none() };
    let name = without_port(host);
    base_url.host_str().is_some_and(|base| name.eq_ignore_ascii_case(base)) || is_loopback(host)
}

/// Whether a request calls us by a name of this very machine, as a program beside us does.
#[must_use]
pub fn is_by_own_name(headers: &HeaderMap) -> bool {
    host(headers).is_none_or(is_loopback)
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST).and_then(|host| host.to_str().ok())
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_loopback(host: &str) -> bool {
    let name = without_port(host);
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_post_from_elsewhere_is_seen() {
        let base = Url::parse("https://pay.toko.id/").unwrap();
        for (pairs, foreign) in [
            (&[("sec-fetch-site", "same-origin")][..], false),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://pay.toko.id")], true),
            (&[("origin", "https://pay.toko.id")], false),
            (&[("origin", "http://pay.toko.id")], true),
            (&[("origin", "https://evil.example")], true),
            (&[("origin", "null")], true),
            (&[("origin", "https://evil.example"), ("host", "evil.example")], true),
            (&[("origin", "http://localhost:8080"), ("host", "localhost:8080")], false),
            (&[("origin", "http://localhost:9090"), ("host", "localhost:8080")], true),
            (&[], false),
        ] {
            assert_eq!(is_foreign(&headers(pairs), &base), foreign, "{pairs:?}");
        }
    }

    #[test]
    fn only_our_own_names_are_ours() {
        let base = Url::parse("https://pay.toko.id/").unwrap();
        for (host, ours) in [
            ("pay.toko.id", true),
            ("PAY.toko.id:443", true),
            ("127.0.0.1:8080", true),
            ("[::1]:8080", true),
            ("localhost", true),
            ("evil.example", false),
            ("pay.toko.id.evil.example", false),
            ("127.0.0.1.evil.example", false),
        ] {
            assert_eq!(is_for_us(&headers(&[("host", host)]), &base), ours, "{host}");
        }
    }
}
