//! A customer with a browser: pages, forms, cookies, no script.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use reqwest::header::{COOKIE, HeaderMap, HeaderValue, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, StatusCode};
use scraper::{ElementRef, Html, Selector};
use tautan::domain::order::OrderToken;
use tautan::services::Services;
use tautan::simulator::midtrans::MidtransSimulator;
use url::Url;

/// The use cases of the app that runs now. Customers outlive it, and nobody may keep its database open
/// while it starts again.
#[derive(Clone, Default)]
pub struct House(Arc<Mutex<Option<Services>>>);

impl House {
    pub fn set(&self, services: Option<Services>) {
        *self.0.lock().expect("no panic under this lock") = services;
    }

    fn services(&self) -> Services {
        self.0.lock().expect("no panic under this lock").clone().expect("the app runs")
    }
}

/// Someone who buys.
pub struct Customer {
    client: Client,
    cookies: BTreeMap<String, String>,
    base_url: Url,
    bank: MidtransSimulator,
    house: House,
    /// The page that is open.
    pub page: Page,
    /// What the browser says it prefers to read.
    pub accept_language: String,
    /// What the browser says it is, if it says anything.
    pub user_agent: Option<String>,
    /// The address that the proxy in front names for this customer, if any.
    pub address: Option<String>,
}

/// A page as it came.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: StatusCode,
    pub url: Url,
    pub headers: HeaderMap,
    pub html: String,
}

impl Customer {
    pub fn new(base_url: Url, bank: MidtransSimulator, house: House) -> Self {
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a browser");
        let (url, headers) = (base_url.clone(), HeaderMap::new());
        let page = Page { status: StatusCode::OK, url, headers, html: String::new() };
        let accept_language = "id".to_owned();
        Self {
            client,
            cookies: BTreeMap::new(),
            base_url,
            bank,
            house,
            page,
            accept_language,
            user_agent: None,
            address: None,
        }
    }

    /// The same customer, coming from this address.
    pub fn from(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Opens an address, following redirects.
    pub async fn opens(&mut self, url: &Url) -> &Page {
        self.requests(Method::GET, url.clone(), None).await
    }

    /// Opens the page again; an answer to a form leads back to the page that it stands for, as its own
    /// refresh does.
    pub async fn reloads(&mut self) -> &Page {
        let mut url = self.page.url.clone();
        let path = url
            .path()
            .trim_end_matches("/attempts")
            .trim_end_matches("/orders")
            .trim_end_matches("/turn")
            .to_owned();
        url.set_path(&path);
        self.opens(&url).await
    }

    /// Fills in the form of the open page and sends it. Fields that the page does not ask for are
    /// left out.
    pub async fn fills_in(&mut self, name: &str, phone: &str, email: &str) -> &Page {
        self.types(&[("name", name), ("phone", phone), ("email", email)]).await
    }

    /// Types these into the form of the open page and sends it. Other fields are sent as they stand, and
    /// fields that the page does not ask for are left out.
    pub async fn types(&mut self, typed: &[(&str, &str)]) -> &Page {
        self.types_into("form[action$='/orders']", typed).await
    }

    /// From a busy link into its line.
    pub async fn waits_in_line(&mut self, link: &Url, name: &str) -> &Page {
        let way = self.opens(link).await.link("Tunggu giliran");
        self.opens(&way).await;
        self.sends_the_waiting_form(name).await
    }

    /// Fills in the form for a place in line that is shown.
    pub async fn sends_the_waiting_form(&mut self, name: &str) -> &Page {
        let details = [("name", name), ("phone", "0812-3456-7890"), ("email", "budi@example.test")];
        self.types_into("form[action$='/turn']", &details).await
    }

    async fn types_into(&mut self, css: &str, typed: &[(&str, &str)]) -> &Page {
        let form = self.page.form(css);
        let mut fields = form.hidden.clone();
        for asked in form.asks {
            let value = typed.iter().find(|(field, _)| *field == asked).map(|(_, value)| (*value).to_owned());
            let value = value.unwrap_or_else(|| self.page.typed(&asked));
            fields.push((asked, value));
        }
        self.requests(Method::POST, form.action, Some(fields)).await
    }

    /// Presses the button with this label, with the hidden fields of its form.
    pub async fn presses(&mut self, label: &str) -> &Page {
        let (action, fields) = self.page.button(label);
        self.requests(Method::POST, action, Some(fields)).await
    }

    /// Sends any form anywhere.
    pub async fn posts(&mut self, url: Url, fields: &[(&str, &str)]) -> &Page {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.requests(Method::POST, url, Some(fields)).await
    }

    /// From the link to the instructions.
    pub async fn orders(&mut self, link: &Url, name: &str, method: &str) -> &Page {
        self.opens(link).await;
        self.fills_in(name, "0812-3456-7890", "budi@example.test").await;
        assert_eq!(self.page.status, StatusCode::OK, "{}", self.page.text());
        self.presses(method).await
    }

    /// Pays what the open order asks for, at the bank.
    pub async fn pays(&self) {
        let id = self.gateway_order_id().await;
        self.bank.pay(&id).await.unwrap_or_else(|error| panic!("{id}: {error:?}"));
    }

    /// The id of the open order's charge at the bank.
    pub async fn gateway_order_id(&self) -> String {
        let token = self.page.order_token();
        let page =
            self.house.services().order_page(&token).await.expect("the database answers").expect("an order");
        page.attempt.expect("a charge").gateway_order_id.to_string()
    }

    /// Opens the page until it holds these words, as a person who waits does.
    pub async fn waits_for(&mut self, words: &str) -> &Page {
        let mut changes = self.house.services().storage().signals().changes();
        for _ in 0..200 {
            self.reloads().await;
            if self.page.text().contains(words) {
                return &self.page;
            }
            let change = tokio::time::timeout(std::time::Duration::from_millis(100), changes.changed());
            drop(change.await);
        }
        panic!("the page never said {words:?}:\n{}", self.page.text());
    }

    async fn requests(&mut self, method: Method, url: Url, fields: Option<Vec<(String, String)>>) -> &Page {
        let (mut method, mut url, mut fields) = (method, url, fields);
        for _ in 0..5 {
            let mut request = self.client.request(method.clone(), url.clone());
            if method == Method::GET {
                request = request.header("Sec-Fetch-Dest", "document");
            }
            request = request.header("Accept-Language", &self.accept_language);
            if let Some(agent) = &self.user_agent {
                request = request.header("User-Agent", agent);
            }
            if let Some(address) = &self.address {
                request = request.header("X-Forwarded-For", address);
            }
            if !self.cookies.is_empty() {
                let all: Vec<String> =
                    self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
                request = request.header(COOKIE, HeaderValue::from_str(&all.join("; ")).expect("cookies"));
            }
            if let Some(fields) = &fields {
                request = request.header("Origin", self.base_url.origin().ascii_serialization()).form(fields);
            }
            let response = request.send().await.expect("the server answers");
            for cookie in response.headers().get_all(SET_COOKIE) {
                let cookie = cookie.to_str().expect("a cookie");
                let pair = cookie.split(';').next().unwrap_or_default();
                if let Some((name, value)) = pair.split_once('=') {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
            if response.status() == StatusCode::SEE_OTHER {
                let location = response.headers().get(LOCATION).expect("a location").to_str().expect("text");
                url = url.join(location).expect("an address");
                (method, fields) = (Method::GET, None);
                continue;
            }
            let (status, headers) = (response.status(), response.headers().clone());
            let html = response.text().await.expect("a page");
            self.page = Page { status, url, headers, html };
            return &self.page;
        }
        panic!("too many redirects, the last one to {url}");
    }
}

/// A form of a page.
pub struct Form {
    pub action: Url,
    pub hidden: Vec<(String, String)>,
    pub asks: Vec<String>,
}

impl Page {
    /// What a person reads, without white space to spare.
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        let body = document.select(&selector("body")).next();
        let mut text = String::new();
        for node in body.iter().flat_map(|body| body.descendants()) {
            let hidden = node.ancestors().any(|ancestor| {
                ancestor
                    .value()
                    .as_element()
                    .is_some_and(|element| matches!(element.name(), "script" | "style"))
            });
            if let Some(piece) = node.value().as_text().filter(|_| !hidden) {
                text.push_str(piece);
                text.push(' ');
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The token of the open order.
    pub fn order_token(&self) -> OrderToken {
        let tail =
            self.url.path().strip_prefix("/orders/").unwrap_or_else(|| panic!("{} is no order", self.url));
        OrderToken::parse(tail.split('/').next().unwrap_or_default()).expect("a token")
    }

    pub fn form(&self, css: &str) -> Form {
        let document = Html::parse_document(&self.html);
        let form = document.select(&selector(css)).next();
        self.read_form(form.unwrap_or_else(|| panic!("no {css} on the page:\n{}", self.text())))
    }

    fn read_form(&self, form: ElementRef<'_>) -> Form {
        let action = self.url.join(form.attr("action").unwrap_or_default()).expect("an address");
        let (mut hidden, mut asks) = (Vec::new(), Vec::new());
        for input in form.select(&selector("input[name]")) {
            let name = input.attr("name").unwrap_or_default().to_owned();
            if input.attr("type") == Some("hidden") {
                hidden.push((name, input.attr("value").unwrap_or_default().to_owned()));
            } else {
                asks.push(name);
            }
        }
        Form { action, hidden, asks }
    }

    /// Where a button with this label sends its form, and with which fields. A label that begins like this is
    /// preferred to one that merely mentions it.
    pub fn button(&self, label: &str) -> (Url, Vec<(String, String)>) {
        let document = Html::parse_document(&self.html);
        let words = |button: &ElementRef<'_>| button.text().collect::<Vec<_>>().join(" ").trim().to_owned();
        let all = selector("form button");
        let begins = document.select(&all).find(|button| words(button).starts_with(label));
        let found = begins.or_else(|| document.select(&all).find(|button| words(button).contains(label)));
        let Some(button) = found else { panic!("no button {label:?} on the page:\n{}", self.text()) };
        let form =
            button.ancestors().filter_map(ElementRef::wrap).find(|parent| parent.value().name() == "form");
        let read = self.read_form(form.expect("a form around the button"));
        let mut fields = read.hidden;
        if let (Some(name), Some(value)) = (button.attr("name"), button.attr("value")) {
            fields.push((name.to_owned(), value.to_owned()));
        }
        (read.action, fields)
    }

    /// Whether the page has such a form.
    pub fn has_form(&self, css: &str) -> bool {
        Html::parse_document(&self.html).select(&selector(css)).next().is_some()
    }

    /// Where the link with these words leads.
    pub fn link(&self, words: &str) -> Url {
        let document = Html::parse_document(&self.html);
        let all = selector("a[href]");
        let link = document.select(&all).find(|link| link.text().any(|text| text.contains(words)));
        let href = link.and_then(|link| link.attr("href"));
        let href = href.unwrap_or_else(|| panic!("no link {words:?} on the page:\n{}", self.text()));
        self.url.join(href).expect("an address")
    }

    /// The values that stand in the form's fields.
    pub fn typed(&self, field: &str) -> String {
        let document = Html::parse_document(&self.html);
        let css = format!("input[name='{field}']");
        let input = document.select(&selector(&css)).next();
        input.and_then(|input| input.attr("value")).unwrap_or_default().to_owned()
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}
