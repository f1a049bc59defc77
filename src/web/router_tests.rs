use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use tempfile::TempDir;
use tower::ServiceExt;
use url::Url;

use super::*;
use crate::domain::attempt::AccountCode;
use crate::domain::clock::{ShiftedClock, SystemClock};
use crate::domain::id::TelegramId;
use crate::domain::language::Language;
use crate::domain::link_draft::LinkDraft;
use crate::domain::merchant::Mode;
use crate::domain::money::{Currency, Money};
use crate::domain::slug::Slug;
use crate::domain::usage_limit::UsageLimit;
use crate::domain::visible_text::{ItemName, StoreName};
use crate::gateways::{GatewayAccount, GatewayAccounts};
use crate::services::ServiceSettings;
use crate::services::admission::ShopPolicy;
use crate::services::links::Creation;
use crate::services::merchants::{NewShop, Seat};
use crate::services::sealing::Sealer;
use crate::storage::Storage;
use crate::web::pretend_gateway::PretendGateway;

const FORM: &str =
    "name=Siti&phone=081234567890&email=siti%40example.com&form_key=key-1&shown_price=150000&lang=en";

struct Shop {
    app: Router,
    services: Services,
    seat: Seat,
    shutdown: CancellationToken,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Shop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("tautan.db").display());
        let storage = Storage::open(&url, ShiftedClock::default()).await.unwrap();
        let base_url = Url::parse("http://127.0.0.1:8080/").unwrap();
        let account = GatewayAccount {
            code: AccountCode(Mode::Sandbox.code().to_owned()),
            mode: Mode::Sandbox,
            gateway: Arc::new(PretendGateway),
            practice_url: Some(base_url.join("bank/").unwrap()),
            notice_url: base_url.join("webhooks/midtrans/sandbox").unwrap(),
            forgets: false,
        };
        let settings = ServiceSettings {
            base_url: base_url.clone(),
            shops: ShopPolicy::Anyone,
            admins: Vec::new(),
            sealer: Sealer::new(&[7; 32]),
        };
        let services =
            Services::new(storage, Arc::new(SystemClock), GatewayAccounts::new([account]), settings);
        let shop = NewShop {
            owner: TelegramId(1),
            name: StoreName::parse("Toko Ani").unwrap().value,
            language: Language::English,
            currency: Currency::IDR,
            time_zone: chrono_tz::Asia::Jakarta,
        };
        let seat = services.open_shop(shop).await.unwrap();
        let shutdown = CancellationToken::new();
        let state = WebState {
            services: services.clone(),
            settings: Arc::new(PageSettings { base_url, framed_by_own_pages: false }),
            peers: PeerHealth::default(),
            proxies: TrustedProxies::default(),
            limits: Arc::default(),
            retiring: CancellationToken::new(),
            shutdown: shutdown.clone(),
        };
        let extra = Router::new().route("/telegram/updates", post(async || StatusCode::OK));
        let app = router(state, extra);
        let shop = Self { app, services, seat, shutdown, _folder: folder };
        shop.sells("kaos", 1).await;
        shop
    }

    async fn sells(&self, slug: &str, limit: i64) -> crate::domain::id::LinkId {
        let draft = LinkDraft {
            item_name: Some(ItemName::parse("Kaos hitam").unwrap().value),
            price: Some(Money::new(150_000, Currency::IDR)),
            usage_limit: Some(UsageLimit::new(limit).unwrap()),
            slug: Some(Slug::parse_own(slug).unwrap()),
            ..LinkDraft::new()
        };
        match self.services.create_link(&self.seat, &draft).await.unwrap() {
            Creation::Made(view) => view.link.id,
            other => panic!("{other:?}"),
        }
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(to_bytes(body, 200_000).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        self.post_as("application/x-www-form-urlencoded", path, body, "").await
    }

    async fn post_as(&self, kind: &str, path: &str, body: &str, cookie: &str) -> Answer {
        let request = Request::post(path).header("content-type", kind).header("cookie", cookie);
        self.ask(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Sends the form and gives the order's path and the cookie.
    async fn orders(&self, slug: &str, key: &str) -> (String, String) {
        let placed = self.post(&format!("/{slug}/orders"), &FORM.replace("key-1", key)).await;
        assert_eq!(placed.status, 303, "{}", placed.body);
        let cookie = placed.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        (placed.headers["location"].to_str().unwrap().to_owned(), cookie)
    }
}

#[tokio::test]
async fn a_customer_comes_from_the_link_to_the_instructions_and_finds_the_way_back() {
    let shop = Shop::open().await;
    let page = shop.get("/KAOS?lang=en", "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Who is paying?") && page.body.contains("Practice mode"), "{}", page.body);
    let (order, cookie) = shop.orders("kaos", "key-1").await;
    assert_eq!(shop.orders("kaos", "key-1").await.0, order, "a double click is one order");

    let page = shop.get(&order, "lang=en").await;
    assert!(
        page.body.contains("value=\"bca_va\"") && page.body.contains("value=\"bni_va\""),
        "{}",
        page.body
    );
    let refused = shop.post(&format!("{order}/attempts"), "method=bni_va").await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("cannot take this method"), "{}", refused.body);
    let chosen = shop.post(&format!("{order}/attempts"), "method=bca_va").await;
    assert_eq!((chosen.status.as_u16(), &chosen.headers["location"]), (303, &order.parse().unwrap()));
    let page = shop.get(&order, "lang=en").await;
    assert!(
        page.body.contains("8810 0000 0004 2") && page.body.contains("Open the simulated bank"),
        "{}",
        page.body
    );
    assert!(page.body.contains("?back=%2Forders%2F"), "{}", page.body);

    let own = shop.get("/kaos", &cookie).await;
    assert!(own.body.contains(&format!("href=\"{order}\"")), "{}", own.body);
    let other = shop.get("/kaos", "lang=en").await;
    assert!(other.body.contains("Someone is paying right now"), "{}", other.body);
    let late = shop.post("/kaos/orders", &FORM.replace("key-1", "key-2")).await;
    assert_eq!(late.status, 409);
    assert_eq!(shop.get(&format!("{order}/receipt"), "").await.status, 303, "nothing is paid yet");
}

#[tokio::test]
async fn what_is_wrong_is_answered_as_what_it_is() {
    let shop = Shop::open().await;
    let form = "application/x-www-form-urlencoded";
    for (kind, path, body, status) in [
        (form, "/kaos/orders", "name=&phone=abc&email=x&lang=en", 422),
        (form, "/kaos/orders", "name=a&name=b", 400),
        (form, "/kaos/orders", "name=%00", 400),
        ("application/json", "/kaos/orders", "{}", 415),
        (form, "/no-such-link/orders", FORM, 404),
        (form, "/kaos", "", 405),
        (form, "/orders/aaaaaaaaaaaaaaaaaaaaaaaaaa/attempts", "method=bca_va", 404),
        (form, "/", "", 405),
    ] {
        let answer = shop.post_as(kind, path, body, "").await;
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.body);
        assert!(answer.body.starts_with("<!doctype html>"), "{path}");
    }
    let large = shop.post("/kaos/orders", &"a".repeat(70_000)).await;
    assert_eq!(large.status, 413);
    let changed = shop.post("/kaos/orders", &FORM.replace("150000", "1")).await;
    assert_eq!(changed.status, 409);
    assert!(changed.body.contains("The price is IDR 150,000 now") && changed.body.contains("value=\"Siti\""));
    let robot = shop.post("/kaos/orders", &format!("{FORM}&website=x")).await;
    assert_eq!(robot.status, 422);
    for path in
        ["/no-such-link", "/orders/x", "/orders/aaaaaaaaaaaaaaaaaaaaaaaaaa", "/a/b/c", "/wp-login.php"]
    {
        assert_eq!(shop.get(path, "").await.status, 404, "{path}");
    }
    let (order, _) = shop.orders("kaos", "key-9").await;
    assert_eq!(shop.post(&format!("{order}/attempts"), "method=gold").await.status, 422);
}

#[tokio::test]
async fn a_post_from_another_site_changes_nothing_and_keeps_what_was_typed() {
    let shop = Shop::open().await;
    let foreign = |path: &str, body: &'static str| {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site");
        request.body(Body::from(body)).unwrap()
    };
    let answer = shop.ask(foreign("/kaos/orders", FORM)).await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("value=\"siti@example.com\"") && answer.body.contains("press the button"));
    assert!(!answer.headers.contains_key("set-cookie"));
    let (order, _) = shop.orders("kaos", "key-1").await;
    assert_eq!(shop.ask(foreign(&format!("{order}/attempts"), "method=bca_va")).await.status, 403);
    assert!(!shop.get(&order, "").await.body.contains("8810"));
}

#[tokio::test]
async fn a_deleted_link_is_gone_and_its_order_stays() {
    let shop = Shop::open().await;
    let link = shop.sells("lama", 5).await;
    let (order, cookie) = shop.orders("lama", "key-1").await;
    shop.services.delete_link(&shop.seat, link).await.unwrap();
    let page = shop.get("/lama", &format!("{cookie}; lang=en")).await;
    assert_eq!(page.status, 410);
    assert!(page.body.contains("taken this link back"), "{}", page.body);
    assert_eq!(shop.post("/lama/orders", FORM).await.status, 410);
    assert_eq!(shop.post(&format!("{order}/attempts"), "method=bca_va").await.status, 410);
    assert_eq!(shop.get(&order, "").await.status, 200);
}

#[tokio::test]
async fn notices_are_taken_refused_or_asked_for_again() {
    let shop = Shop::open().await;
    let json = "application/json";
    for (kind, path, body, status) in [
        (json, "/webhooks/midtrans/sandbox", "genuine X-1", 200),
        (json, "/webhooks/midtrans/sandbox/", "genuine X-1", 200),
        (json, "/webhooks/midtrans/sandbox", "forged X-1", 401),
        (json, "/webhooks/midtrans/sandbox", "nonsense", 400),
        (json, "/webhooks/midtrans/other", "genuine X-1", 404),
        ("application/x-www-form-urlencoded", "/webhooks/midtrans/sandbox", "genuine X-1", 415),
        (json, "/telegram/updates", "", 200),
    ] {
        let answer = shop.post_as(kind, path, body, "").await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (status, ""), "{path} {body}");
    }
    let large = "a".repeat(300_000);
    assert_eq!(shop.post_as(json, "/webhooks/midtrans/sandbox", &large, "").await.status, 413);
    assert_eq!(shop.get("/webhooks/midtrans/sandbox", "").await.status, 405);
    shop.services.storage().close().await;
    assert_eq!(shop.post_as(json, "/webhooks/midtrans/sandbox", "genuine X-2", "").await.status, 503);
    assert_eq!(shop.get("/readyz", "").await.status, 503);
    let page = shop.get("/kaos?lang=en", "").await;
    assert_eq!(page.status, 503);
    assert!(page.body.contains(page.headers["x-request-id"].to_str().unwrap()), "{}", page.body);
}

#[tokio::test]
async fn a_page_hears_of_a_change_and_a_stream_ends_with_the_process() {
    let shop = Shop::open().await;
    let (order, _) = shop.orders("kaos", "key-1").await;
    let events = |mark: &str| Request::get(format!("{order}/events{mark}")).body(Body::empty()).unwrap();
    let response = shop.app.clone().oneshot(events("?mark=old")).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    let first = futures::StreamExt::next(&mut stream).await.unwrap().unwrap();
    assert_eq!(&first[..], b"event: changed\ndata: look\n\n");
    shop.shutdown.cancel();
    assert!(futures::StreamExt::next(&mut stream).await.is_none());
}

#[tokio::test]
async fn a_thousand_pages_follow_their_orders_two_hundred_of_a_network_and_no_more() {
    let shop = Shop::open().await;
    let (order, _) = shop.orders("kaos", "key-1").await;
    let follow = async |number: usize| {
        let mut request = Request::get(format!("{order}/events")).body(Body::empty()).unwrap();
        let peer = std::net::SocketAddr::from(([203, 0, 113, u8::try_from(number / 200).unwrap()], 4_711));
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        shop.app.clone().oneshot(request).await.unwrap()
    };
    let mut open = Vec::new();
    for number in 0..1_000 {
        open.push(follow(number).await);
        assert_eq!(open[number].status(), 200, "{number}");
        if number == 199 {
            assert_eq!(follow(0).await.status(), 429, "this network has its share");
        }
    }
    assert_eq!(follow(1_000).await.status(), 503);
    drop(open.pop());
    assert_eq!(follow(1_000).await.status(), 200, "a page that was closed makes room");
}

#[tokio::test]
async fn the_small_routes_answer() {
    let shop = Shop::open().await;
    for (path, part) in [
        ("/", "<h1>"),
        ("/robots.txt", "Disallow: /orders/"),
        ("/healthz", "ok"),
        ("/readyz", "\"database\":\"ok\""),
    ] {
        let answer = shop.get(path, "").await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains(part), "{path}: {}", answer.body);
    }
    for (path, kind) in [("/favicon.ico", "image/x-icon"), ("/apple-touch-icon.png", "image/png")] {
        let icon = shop.ask(Request::head(path).body(Body::empty()).unwrap()).await;
        assert_eq!((icon.status.as_u16(), &icon.headers["content-type"]), (200, &kind.parse().unwrap()));
        assert_eq!(icon.headers["x-robots-tag"], "noindex");
    }
    let head = shop.ask(Request::head("/kaos").body(Body::empty()).unwrap()).await;
    assert_eq!((head.status.as_u16(), head.body.as_str()), (200, ""));
    let zipped = Request::get("/kaos").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    let zipped = shop.app.clone().oneshot(zipped).await.unwrap();
    assert_eq!(zipped.headers()["content-encoding"], "gzip");
}
