//! The code to scan that GoPay gives as a picture, at an address of Midtrans' own.

use std::time::Duration;

use reqwest::header::HeaderValue;
use url::Url;

/// How long a picture may take: a customer's page waits for it.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// How every PNG begins: its signature, and the length and the name of its first part (PNG, sections 5.2 and 11.2.1).
const SIGNATURE: &[u8; 16] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// The longest side of a picture, in pixels; Midtrans' own have a few hundred. A small file can hold a picture
/// that no telephone has room for.
const SIDE_PX_MAX: u32 = 4_096;

/// The hosts of Midtrans that have pictures, by the host of the API that names them (its documentation, domains to
/// allow outbound).
const HOSTS: [(&str, &[&str]); 2] = [
    ("api.midtrans.com", &["merchants-app.midtrans.com", "merchants.midtrans.com"]),
    (
        "api.sandbox.midtrans.com",
        &["merchants-app.sbx.midtrans.com", "merchants.sbx.midtrans.com", "simulator.sandbox.midtrans.com"],
    ),
];

/// The address of a picture, if it is at the account's own API or beside it. Any other would let an answer decide
/// what this machine asks of its neighbours.
pub(super) fn address(url: &str, api_url: &Url) -> Option<Url> {
    let address = Url::parse(url).ok()?;
    let is_plain = address.username().is_empty() && address.password().is_none();
    // The API is at https, or on this machine where it is simulated.
    let is_own = address.origin() == api_url.origin();
    (is_plain && (is_own || is_beside(&address, api_url))).then_some(address)
}

fn is_beside(address: &Url, api_url: &Url) -> bool {
    let is_usual = |url: &Url| url.scheme() == "https" && url.port().is_none();
    let (Some(host), Some(api)) = (address.host_str(), api_url.host_str()) else { return false };
    let hosts = HOSTS.iter().find(|(of, _)| *of == api).map(|(_, hosts)| *hosts);
    is_usual(address) && is_usual(api_url) && hosts.is_some_and(|hosts| hosts.contains(&host))
}

pub(super) fn is_png_type(kind: &HeaderValue) -> bool {
    let essence = kind.to_str().ok().and_then(|kind| kind.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("image/png"))
}

/// Whether this is a PNG whose sides a page can show.
pub(super) fn is_png(bytes: &[u8]) -> bool {
    let Some((sides, _)) = bytes.strip_prefix(SIGNATURE).and_then(|rest| rest.split_first_chunk::<8>())
    else {
        return false;
    };
    let [a, b, c, d, e, f, g, h] = *sides;
    let fits = |side: [u8; 4]| (1..=SIDE_PX_MAX).contains(&u32::from_be_bytes(side));
    fits([a, b, c, d]) && fits([e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_asked_for_at_the_accounts_own_address_alone() {
        let of = |url: &str, api: &str| address(url, &Url::parse(api).unwrap()).is_some();
        let api = "https://api.midtrans.com";
        for url in [
            "https://api.midtrans.com/v2/gopay/t-1/qr-code",
            "https://API.midtrans.com:443/x",
            "https://merchants-app.midtrans.com/v4/qris/gopay/t-1/qr-code",
        ] {
            assert!(of(url, api), "{url}");
        }
        let sandbox = "https://api.sandbox.midtrans.com";
        assert!(of("https://merchants-app.sbx.midtrans.com/v4/qris/gopay/t-1/qr-code", sandbox));
        for url in [
            "http://api.midtrans.com/v2/gopay/t-1/qr-code",
            "https://api.midtrans.com:8443/qr",
            "https://api.midtrans.com.example.test/qr",
            "https://api.midtrans.com@example.test/qr",
            "https://who:ever@api.midtrans.com/qr",
            "https://api.sandbox.midtrans.com/qr",
            "https://merchants-app.sbx.midtrans.com/qr",
            "http://merchants-app.midtrans.com/qr",
            "https://merchants-app.midtrans.com:8443/qr",
            "https://evil.merchants-app.midtrans.com/qr",
            "https://169.254.169.254/latest/meta-data",
            "http://127.0.0.1/qr",
            "file:///etc/passwd",
            "data:image/png,x",
            "//api.midtrans.com/qr",
            "",
        ] {
            assert!(!of(url, api), "{url}");
        }
        let simulated = "http://127.0.0.1:8080/simulator/midtrans";
        assert!(of("http://127.0.0.1:8080/simulator/midtrans/v2/qris/t-1/qr-code", simulated));
        assert!(!of("http://127.0.0.1:8081/v2/qris/t-1/qr-code", simulated));
        assert!(!of("http://localhost:8080/v2/qris/t-1/qr-code", simulated));
    }

    #[test]
    fn only_what_a_page_can_show_is_a_picture() {
        let sized = |width: u32, height: u32| {
            [SIGNATURE.as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), b"rest"].concat()
        };
        assert!(is_png(&sized(330, 330)) && is_png(&sized(1, SIDE_PX_MAX)));
        for (width, height) in [(0, 330), (330, 0), (SIDE_PX_MAX + 1, 1), (1, u32::MAX)] {
            assert!(!is_png(&sized(width, height)), "{width} by {height}");
        }
        for bytes in [&b"<html>"[..], b"", b"\x89PNG\r\n\x1a\n", SIGNATURE, b"GIF89a"] {
            assert!(!is_png(bytes), "{bytes:?}");
        }
        for (kind, is_one) in [
            ("image/png", true),
            ("Image/PNG; charset=binary", true),
            ("text/html", false),
            ("image/pngx", false),
        ] {
            assert_eq!(is_png_type(&HeaderValue::from_static(kind)), is_one, "{kind}");
        }
    }
}
