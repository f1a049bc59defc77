mod calls;
mod pictures;
mod scripted_midtrans;

use super::*;

const KEY: &str = "SB-Mid-server-EXAMPLE_not_a_real_key_0001";

fn settings(api_url: &str) -> MidtransSettings {
    MidtransSettings {
        server_key: KEY.into(),
        api_url: Url::parse(api_url).unwrap(),
        snap_url: Url::parse(api_url).unwrap(),
        merchant_id: None,
        timeouts: Timeouts::default(),
    }
}

#[test]
fn debug_prints_no_key() {
    let settings = settings(MidtransSettings::SANDBOX_API);
    assert!(!format!("{settings:?}").contains("SB-Mid"));
    let gateway = MidtransGateway::new(settings).unwrap();
    assert!(!format!("{gateway:?}").contains("SB-Mid"));
}

#[test]
fn the_key_travels_in_secret_only() {
    let with_url = |url| MidtransGateway::new(settings(url)).map(|_| ());
    for url in
        [MidtransSettings::LIVE_API, "http://127.0.0.1:8080/sim", "http://localhost:1", "http://[::1]:1"]
    {
        assert!(with_url(url).is_ok(), "{url}");
    }
    for url in ["http://api.midtrans.com", "http://127.0.0.1.example.test", "ftp://localhost", "data:,x"] {
        assert!(matches!(with_url(url), Err(MidtransSettingsError::Address(_))), "{url}");
    }
}

#[test]
fn a_key_that_cannot_travel_is_refused() {
    for key in ["", "with space", "with:colon", "línea", "line\n"] {
        let settings = MidtransSettings { server_key: key.into(), ..settings(MidtransSettings::SANDBOX_API) };
        assert!(matches!(MidtransGateway::new(settings), Err(MidtransSettingsError::ServerKey)), "{key:?}");
    }
}

#[test]
fn rupiah_alone_are_taken() {
    let gateway = MidtransGateway::new(settings(MidtransSettings::SANDBOX_API)).unwrap();
    assert!(gateway.accepts(Currency::IDR) && !gateway.accepts(Currency::USD));
    assert_eq!(gateway.methods().len(), 14);
}
