//! What shows the page: a telephone or a desk, a browser or the window inside another app.
//!
//! Only what is offered first follows from this. Whoever is mistaken for someone else finds the rest folded below.

use axum::http::{HeaderMap, header};
use url::Url;

/// Signs of the windows that apps open pages in. Many of them keep a page from opening a wallet's app.
const APP_WINDOWS: [&str; 14] = [
    "Instagram",
    "FBAN",
    "FBAV",
    "FB_IAB",
    "Line/",
    "BytedanceWebview",
    "musical_ly",
    "TikTok",
    // Threads.
    "Barcelona",
    "Twitter",
    "Snapchat",
    "LinkedInApp",
    "Pinterest",
    // Android's own window for apps.
    "; wv)",
];

/// What shows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Browser {
    /// Whether it is surely no telephone.
    pub is_desktop: bool,
    /// The telephone of whose app it is a window.
    pub window_on: Option<Telephone>,
}

/// A kind of telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telephone {
    /// Lets a page ask for a browser.
    Android,
    /// Does not.
    Iphone,
}

impl Browser {
    /// Reads what the browser says about itself: `User-Agent` and `Sec-CH-UA-Mobile`.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Self {
        let value_of =
            |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let agent = value_of(header::USER_AGENT.as_str());
        let names = |signs: &[&str]| signs.iter().any(|sign| agent.contains(sign));
        let telephone = if names(&["Android"]) {
            Some(Telephone::Android)
        } else {
            names(&["iPhone", "iPad", "iPod"]).then_some(Telephone::Iphone)
        };
        let says_desktop = value_of("sec-ch-ua-mobile") == "?0"
            || (names(&["Windows NT", "Macintosh", "X11", "CrOS"]) && value_of("sec-ch-ua-mobile") != "?1");
        Self {
            is_desktop: says_desktop && telephone.is_none() && !names(&["Mobile"]),
            window_on: telephone.filter(|_| names(&APP_WINDOWS)),
        }
    }
}

/// The way out of an app's window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What asks the telephone for a browser, where pages may.
    pub href: Option<String>,
    /// The page's whole address, to be carried over by hand.
    pub address: String,
}

impl WayOut {
    /// The way from the window in an app of `telephone` to the page at `path` of `base_url`.
    #[must_use]
    pub fn of(telephone: Telephone, base_url: &Url, path: &str) -> Option<Self> {
        let address = base_url.join(path.trim_start_matches('/')).ok()?;
        let after_scheme = address.as_str().strip_prefix(address.scheme())?.strip_prefix("://")?;
        let intent = format!("intent://{after_scheme}#Intent;scheme={};end", address.scheme());
        let href = (telephone == Telephone::Android).then_some(intent);
        Some(Self { href, address: address.into() })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const ANDROID: &str = "Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36";
    const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148";
    const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";

    fn browser(agent: &str, hint: &str) -> Browser {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, HeaderValue::from_str(agent).unwrap());
        if !hint.is_empty() {
            headers.insert("sec-ch-ua-mobile", HeaderValue::from_str(hint).unwrap());
        }
        Browser::read(&headers)
    }

    #[test]
    fn desks_are_told_from_telephones() {
        for (agent, hint, is_desktop) in [
            (ANDROID, "?1", false),
            (ANDROID, "", false),
            // A tablet says that it is not mobile, and has the apps.
            (&ANDROID.replace("Mobile ", ""), "?0", false),
            (IPHONE, "", false),
            (WINDOWS, "?0", true),
            (WINDOWS, "", true),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15", "", true),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "", true),
            ("", "", false),
            ("curl/8", "", false),
        ] {
            assert_eq!(browser(agent, hint).is_desktop, is_desktop, "{agent} {hint}");
        }
        assert_eq!(Browser::read(&HeaderMap::new()), Browser::default());
    }

    #[test]
    fn windows_inside_apps_are_known() {
        for (agent, window_on) in [
            (ANDROID.to_owned(), None),
            (IPHONE.to_owned(), None),
            (format!("{ANDROID} Instagram 334.0.0.42.95 Android"), Some(Telephone::Android)),
            (format!("{ANDROID} [FB_IAB/FB4A;FBAV/467.0.0.53;]"), Some(Telephone::Android)),
            (ANDROID.replace("SM-A057F", "SM-A057F; wv"), Some(Telephone::Android)),
            (format!("{ANDROID} musical_ly_2023 BytedanceWebview/d8a21c6"), Some(Telephone::Android)),
            (format!("{IPHONE} Instagram 334.0.0.42"), Some(Telephone::Iphone)),
            (format!("{IPHONE} [FBAN/FBIOS;FBAV/467.0]"), Some(Telephone::Iphone)),
            (format!("{IPHONE} Safari Line/14.9.0"), Some(Telephone::Iphone)),
            (format!("{WINDOWS} [FBAN/desktop]"), None),
        ] {
            assert_eq!(browser(&agent, "").window_on, window_on, "{agent}");
        }
    }

    #[test]
    fn android_is_asked_for_a_browser_and_others_carry_the_address() {
        let base = Url::parse("https://bayar.toko.id/").unwrap();
        let way = WayOut::of(Telephone::Android, &base, "/orders/abc").unwrap();
        assert_eq!(way.href.as_deref(), Some("intent://bayar.toko.id/orders/abc#Intent;scheme=https;end"));
        assert_eq!(way.address, "https://bayar.toko.id/orders/abc");
        assert_eq!(WayOut::of(Telephone::Iphone, &base, "/orders/abc").unwrap().href, None);
        let local = Url::parse("http://127.0.0.1:8962/").unwrap();
        let href = WayOut::of(Telephone::Android, &local, "/orders/abc").unwrap().href;
        assert_eq!(href.as_deref(), Some("intent://127.0.0.1:8962/orders/abc#Intent;scheme=http;end"));
    }
}
