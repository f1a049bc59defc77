//! What a customer may type or send wrongly, and the answer to it.

use chrono::TimeDelta;
use reqwest::StatusCode;
use url::Url;

use crate::support::test_app::TestApp;

const GOOD: [(&str, &str); 3] =
    [("name", "Budi"), ("phone", "0812-3456-7890"), ("email", "budi@example.test")];

#[tokio::test(flavor = "multi_thread")]
async fn a_field_to_mend_is_named_beside_it_and_the_rest_stays_typed() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let long = "a".repeat(101);
    let far = format!("{}@example.test", "a".repeat(250));
    let cases = [
        ("name", "", "Mohon isi nama Anda."),
        ("name", "\u{200b}\u{202e}", "Mohon isi nama Anda."),
        ("name", &long, "Terlalu panjang: paling banyak 100 karakter."),
        ("name", "4111 1111 1111 1111", "Jangan pernah menulis nomor kartu di sini."),
        ("phone", "", "Mohon isi nomor HP"),
        ("phone", "abc", "Angka saja"),
        ("phone", "1234567890123456789012345", "Nomornya kebanyakan angka."),
        ("phone", "0812", "Nomornya kurang angka."),
        ("email", "", "Mohon isi alamat email"),
        ("email", "budi", "Ini belum seperti alamat email."),
        ("email", "budi@example.test\r\nBcc: all@example.test", "Ini belum seperti alamat email."),
        ("email", &far, "Alamat ini terlalu panjang."),
    ];
    let mut budi = app.customer();
    budi.opens(&link).await;
    for (field, typed, words) in cases {
        let mut fields = GOOD;
        fields.iter_mut().filter(|(name, _)| *name == field).for_each(|(_, value)| *value = typed);
        budi.posts(orders(&link), &fields).await;
        assert_eq!(budi.page.status, 422, "{field} {typed:?}");
        let page = budi.page.text();
        assert!(page.contains(words), "{field} {typed:?} is answered: {page}");
        assert!(page.contains("Mohon periksa lagi isian yang ditandai."), "{page}");
        for (name, value) in GOOD.into_iter().filter(|(name, _)| *name != field) {
            assert_eq!(budi.page.typed(name), value, "{name} stays typed");
        }
    }
    assert_eq!(app.orders_made(&link).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_but_honest_names_and_numbers_are_taken_and_shown_as_they_are() {
    let app = TestApp::start().await;
    let ani = app.ani();
    let link = ani.makes_a_link("kaos hitam 150rb").await;
    for name in ["<b>Budi</b>", "{{7*7}}", "'; drop table orders; --", "=HYPERLINK(\"x\")", "< A />"] {
        let mut customer = app.customer();
        customer.opens(&link).await;
        customer.fills_in(name, "+62 (0)812-3456-7890", "budi+kaos@example.test").await;
        customer.presses("QRIS").await;
        customer.pays().await;
        let notice = ani.reads(&app.order(&customer).await.order.code.to_string()).await;
        // An invisible joiner keeps Telegram from making a command of `/b`.
        let text = notice.text.replace('\u{2060}', "");
        assert!(text.contains(&format!("dari {name}")), "{text}");
        // The next one is no part of a burst.
        app.settles().await;
        app.advance(TimeDelta::minutes(2));
        customer.waits_for("Lunas. Terima kasih!").await;
        let order = app.order(&customer).await.order;
        assert_eq!(order.customer.phone.as_str(), "+6281234567890");
        assert_eq!(order.customer.name.as_str(), name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_in_the_form_is_never_what_is_charged() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    let tricks =
        [("amount", "1"), ("price", "1"), ("currency", "USD"), ("gross_amount", "1"), ("quantity", "0")];
    budi.posts(orders(&link), &[&GOOD[..], &tricks].concat()).await;
    assert_eq!(budi.page.status, 200);
    let (action, mut fields) = budi.page.button("QRIS");
    fields.extend(tricks.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    budi.posts(action, &fields).await;
    assert_eq!(app.charge(&budi).await.gross_amount, 150_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changed_while_the_form_was_open_is_said_and_not_charged() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.opens(&link).await;
    app.sets(&link, "price_minor", 175_000_i64).await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    assert_eq!(budi.page.status, 409);
    assert!(budi.page.text().contains("Harganya sekarang Rp175.000."), "{}", budi.page.text());
    assert_eq!(budi.page.typed("name"), "Budi");
    assert_eq!(app.orders_made(&link).await, 0);
    // Pressing again agrees.
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    budi.presses("QRIS").await;
    assert_eq!(app.charge(&budi).await.gross_amount, 175_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_another_site_makes_nothing_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    for (header, value) in
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        let request = app.request("POST", orders(&link).path()).header(header, value).form(&GOOD);
        let answer = request.header("accept-language", "id").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{header}: {value}");
        let html = answer.text().await.unwrap();
        assert!(
            html.contains("Silakan tekan tombolnya sekali lagi.") && html.contains("value=\"Budi\""),
            "{html}"
        );
    }
    assert_eq!(app.orders_made(&link).await, 0);

    let mut budi = app.customer();
    budi.opens(&link).await;
    budi.fills_in("Budi", "0812-3456-7890", "budi@example.test").await;
    let choice = app.request("POST", &format!("{}/attempts", budi.page.url.path()));
    let choice = choice.header("origin", "https://evil.example").form(&[("method", "qris")]);
    assert_eq!(choice.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(app.bank.transactions().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_browser_sends_is_refused_by_its_shape() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let path = orders(&link).path().to_owned();
    let form = "application/x-www-form-urlencoded";
    let rest = "phone=081234567890&email=a%40b.id";
    let cases = [
        ("a NUL", form, format!("name=a%00b&{rest}").into_bytes(), 400),
        ("invalid UTF-8", form, format!("name=%ff%fe&{rest}").into_bytes(), 400),
        ("a field twice", form, format!("name=a&name=b&{rest}").into_bytes(), 400),
        ("1 MB", form, [b"name=".to_vec(), vec![b'a'; 1 << 20]].concat(), 413),
        ("JSON", "application/json", b"{\"name\":\"Budi\"}".to_vec(), 415),
        ("a file", "multipart/form-data; boundary=x", b"--x--".to_vec(), 415),
    ];
    for (what, content_type, body, status) in cases {
        let request = app.request("POST", &path).header("content-type", content_type).body(body);
        assert_eq!(request.send().await.unwrap().status(), status, "{what}");
    }
    for verb in ["PUT", "DELETE", "PATCH", "GET"] {
        let answer = app.request(verb, &path).send().await.unwrap();
        assert_eq!(answer.status(), 405, "{verb}");
        assert!(answer.headers().contains_key("allow"), "{verb} names what is allowed");
    }
    let elsewhere = app.request("GET", link.path()).header("host", "evil.example").send().await.unwrap();
    assert_eq!(elsewhere.status(), 400);
    assert_eq!(app.orders_made(&link).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_return_address_claims_is_not_listened_to() {
    let app = TestApp::start().await;
    let link = app.ani().makes_a_link("kaos hitam 150rb").await;
    let mut budi = app.customer();
    budi.orders(&link, "Budi", "QRIS").await;
    let mut claim = budi.page.url.clone();
    claim.set_query(Some("transaction_status=settlement&status_code=200&next=//evil.example"));
    budi.opens(&claim).await;
    assert_eq!(budi.page.status, 200);
    assert_eq!(budi.page.url.host(), app.base_url.host());
    assert!(budi.page.text().contains("Bayar dengan QRIS"), "{}", budi.page.text());
    assert!(!budi.page.html.contains("evil.example"));
}

fn orders(link: &Url) -> Url {
    link.join(&format!("{}/orders", link.path())).expect("an address")
}
