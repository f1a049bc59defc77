//! Every form of ours, sent by a page of somebody else: refused, and nothing changes.

use reqwest::StatusCode;

use tautan::simulator::telegram::ButtonKind;

use crate::support::dump::row_counts;
use crate::support::seller::Seller;
use crate::support::test_app::TestApp;

/// Who a browser says has sent a form.
const FOREIGN: [(&str, &str); 4] = [
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
    ("origin", "https://evil.example"),
    ("origin", "null"),
];

/// The paths that people's forms are sent to, as the router names them; programs sign what they send.
fn forms() -> Vec<String> {
    let router = include_str!("../../src/web/router.rs");
    let routes = router.lines().filter(|line| line.contains(".route(") && line.contains("post("));
    let paths = routes.filter_map(|line| line.split('"').nth(1).map(str::to_owned));
    paths.filter(|path| !path.starts_with("/webhooks/")).collect()
}

/// The path of the form for a key of the seller's own.
async fn key_form(app: &TestApp, ani: &Seller) -> String {
    ani.says("/settings").await;
    ani.presses("🔌 Midtrans & mode").await;
    let card = ani.presses("🔑 Sambungkan sandbox").await;
    app.settles().await;
    let kinds = card.buttons.iter().flatten().map(|button| &button.kind);
    let mut addresses = kinds.filter_map(|kind| match kind {
        ButtonKind::Url(url) => url.parse::<url::Url>().ok(),
        _ => None,
    });
    let form = addresses.find(|url| url.path().starts_with("/setup/keys/"));
    form.unwrap_or_else(|| panic!("{}", ani.phone.transcript())).path().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_form_is_taken_from_a_page_of_somebody_else() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos 150rb x3").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "BCA Virtual Account").await;
    let token = budi.page.order_token().reveal().to_owned();
    app.settles().await;
    let setup = key_form(&app, &ani).await;
    let before = row_counts(app.database()).await;
    let forms = forms();
    assert!(forms.len() >= 6, "{forms:?}");
    for form in &forms {
        let path = form
            .replace("/setup/keys/{token}", &setup)
            .replace("{token}", &token)
            .replace("/{slug}", link.path());
        assert!(!path.contains('{'), "{path}");
        for (header, value) in FOREIGN {
            let sent = app.request("POST", &path).header(header, value);
            let fields = [("name", "Siti"), ("phone", "081234567890"), ("method", "bni_va"), ("lang", "id")];
            let answer = sent.form(&fields).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{form} with {header}: {value}");
            assert!(answer.headers().get("set-cookie").is_none(), "{form}");
            let page = answer.text().await.unwrap();
            assert!(page.contains("<title>"), "{form}: {page}");
        }
    }
    app.settles().await;
    assert_eq!(row_counts(app.database()).await, before);
}
