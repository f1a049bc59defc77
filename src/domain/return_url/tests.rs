use proptest::prelude::*;

use super::*;

#[test]
fn sellers_type_their_address_as_they_know_it() {
    let read = |text| ReturnUrl::parse(text).map(|url| (url.as_str().to_owned(), url.website().to_owned()));
    for (typed, address, website) in [
        ("https://toko-ani.id/terima-kasih", "https://toko-ani.id/terima-kasih", "toko-ani.id"),
        ("  HTTPS://WWW.Toko.ID ", "https://www.toko.id/", "toko.id"),
        ("toko.id", "https://toko.id/", "toko.id"),
        ("toko.co.id/a/b?x=1&y=%20", "https://toko.co.id/a/b?x=1&y=%20", "toko.co.id"),
        ("https://toko.id?sudah=ya", "https://toko.id/?sudah=ya", "toko.id"),
        ("https://toko.id/@ani", "https://toko.id/@ani", "toko.id"),
        ("https://xn--tko-0na.id/", "https://xn--tko-0na.id/", "xn--tko-0na.id"),
    ] {
        assert_eq!(read(typed), Ok((address.to_owned(), website.to_owned())), "{typed}");
    }
}

#[test]
fn what_is_no_website_of_ones_own_is_refused() {
    use ReturnUrlError::{CardNumber, NoWebsite, NotHttps, OddCharacters, TooLong};
    let long = format!("https://toko.id/{}", "a".repeat(500));
    for (typed, error) in [
        ("", NotHttps),
        ("http://toko.id/", NotHttps),
        ("javascript:alert(1)", NotHttps),
        ("//jahat.id/", NotHttps),
        ("\\\\jahat.id", NotHttps),
        ("https:/jahat.id", NotHttps),
        ("mailto:ani@toko.id", NotHttps),
        ("toko.id:8443/", NotHttps),
        ("terima kasih", NotHttps),
        ("https://", NoWebsite),
        ("https:///jahat.id", NoWebsite),
        ("https://toko", NoWebsite),
        ("https://localhost/", NoWebsite),
        ("https://pay.internal/", NoWebsite),
        ("https://127.0.0.1/", NoWebsite),
        ("https://0x7f.1/", NoWebsite),
        ("https://2130706433/", NoWebsite),
        ("https://[::1]/", OddCharacters),
        ("https://toko.id:8443/", NoWebsite),
        ("https://toko.id:/", NoWebsite),
        ("https://toko.id@jahat.id/", NoWebsite),
        ("https://ani:rahasia@toko.id/", NoWebsite),
        ("https://@toko.id/", NoWebsite),
        ("https://toko.id./", NoWebsite),
        ("https://toko..id/", NoWebsite),
        ("https://-toko.id/", NoWebsite),
        ("https://toko%2eid/", NoWebsite),
        ("https://toko.id%00.jahat.id/", NoWebsite),
        ("https://toko.id\\@jahat.id/", OddCharacters),
        ("https://toko.id/a b", OddCharacters),
        ("https://toko.id/\r\nSet-Cookie: a=b", OddCharacters),
        ("https://toko.id/#/lunas", OddCharacters),
        ("https://toko.id/\"onclick=alert(1)", OddCharacters),
        ("https://toko.id/<script>", OddCharacters),
        ("https://tоko.id/", OddCharacters),
        ("https://toko\u{200b}.id/", OddCharacters),
        (long.as_str(), TooLong),
        ("https://toko.id/4811111111111114", CardNumber),
    ] {
        assert_eq!(ReturnUrl::parse(typed), Err(error), "{typed:?}");
    }
}

proptest! {
    #[test]
    fn what_is_taken_reads_the_same_again(text in "(https://)?[a-zA-Z0-9.@:/?%\\\\-]{0,40}") {
        if let Ok(url) = ReturnUrl::parse(&text) {
            prop_assert_eq!(ReturnUrl::parse(url.as_str()), Ok(url.clone()));
            let parsed = Url::parse(url.as_str()).unwrap();
            prop_assert_eq!(parsed.scheme(), "https");
            prop_assert!(parsed.domain().is_some_and(|domain| domain.ends_with(url.website())));
            prop_assert_eq!((parsed.port(), parsed.fragment(), parsed.username()), (None, None, ""));
        }
    }
}
