//! What a story looks up, or changes, behind everybody's back.

use std::fmt::Debug;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::{Client, RequestBuilder};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Encode, Postgres, Sqlite, Type};
use tautan::domain::attempt::PaymentAttempt;
use tautan::domain::payment_link::PaymentLink;
use tautan::services::order_page::OrderPage;
use tautan::simulator::midtrans::{Direction, TransactionView};
use url::Url;

use super::customer::Customer;
use super::test_app::TestApp;

/// What both databases take as a value.
pub trait Value:
    for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres> + Send + 'static
{
}

impl Value for DateTime<Utc> {}
impl Value for i64 {}
impl Value for String {}

impl TestApp {
    /// Lets time pass until clocks in Jakarta show half a minute past this hour.
    pub async fn until_hour(&self, hour: u32) {
        let now = self.services().storage().now().await.expect("the database answers");
        let local = now.with_timezone(&chrono_tz::Asia::Jakarta).time();
        let goal = chrono::NaiveTime::from_hms_opt(hour, 0, 30).expect("an hour");
        let wait = goal - local;
        self.advance(if wait < TimeDelta::zero() { wait + TimeDelta::days(1) } else { wait });
    }

    /// Lets every recap that is due be told, as the worker does each minute.
    pub async fn tells_recaps(&self) {
        while self.services().tell_due_recap().await.expect("the database answers") {}
        self.settles().await;
    }

    /// The link behind an address.
    pub async fn link(&self, url: &Url) -> PaymentLink {
        let mut reader = self.services().storage().read().await.expect("the database answers");
        reader.link_by_slug(slug(url)).await.expect("the database answers").expect("a link")
    }

    /// How many payments a link has counted, and how many are being made.
    pub async fn units(&self, url: &Url) -> (i64, i64) {
        let link = self.link(url).await;
        (link.used, link.held)
    }

    /// How many orders were made through a link.
    pub async fn orders_made(&self, url: &Url) -> i64 {
        let link = self.link(url).await;
        let mut reader = self.services().storage().read().await.expect("the database answers");
        reader.count_orders(link.id).await.expect("the database answers").all
    }

    /// The order that a customer looks at, as the house knows it.
    pub async fn order(&self, customer: &Customer) -> OrderPage {
        let token = customer.page.order_token();
        self.services().order_page(&token).await.expect("the database answers").expect("an order")
    }

    /// Every charge of the order that a customer looks at, oldest first.
    pub async fn attempts(&self, customer: &Customer) -> Vec<PaymentAttempt> {
        let order = self.order(customer).await.order;
        let mut reader = self.services().storage().read().await.expect("the database answers");
        reader.attempts(order.id).await.expect("the database answers")
    }

    /// What is left in the book of the order that a customer looks at, in minor units.
    pub async fn ledger_sum(&self, customer: &Customer) -> i64 {
        let order = self.order(customer).await.order;
        let mut reader = self.services().storage().read().await.expect("the database answers");
        let rows = reader.ledger(order.merchant_id).await.expect("the database answers");
        let own = rows.iter().filter(|row| row.entry.order_id == order.id);
        own.map(|row| row.entry.line.amount_minor).sum()
    }

    /// The open order's charge as the bank knows it.
    pub async fn charge(&self, customer: &Customer) -> TransactionView {
        let id = customer.gateway_order_id().await;
        self.bank.transaction(&id).expect("the bank knows the charge")
    }

    /// How many calls the bank received whose path ends like this.
    pub fn bank_was_asked(&self, path_end: &str) -> usize {
        let journal = self.bank.journal();
        let calls = journal.iter().filter(|entry| entry.direction == Direction::Received);
        calls.filter(|entry| entry.path.ends_with(path_end)).count()
    }

    /// What the notices to us were answered with, oldest first.
    pub fn notice_answers(&self) -> Vec<Option<u16>> {
        let journal = self.bank.journal();
        let sent = journal.iter().filter(|entry| entry.direction == Direction::Sent);
        sent.map(|entry| entry.answer_status).collect()
    }

    /// Changes a column of a link, as a later version of the bot will by a button.
    pub async fn sets(&self, link: &Url, column: &str, value: impl Value) {
        let statement = AssertSqlSafe(format!("update payment_links set {column} = $1 where slug = $2"));
        let (url, slug) = (self.database().url(), slug(link).to_owned());
        if self.database().is_postgres() {
            let options: PgConnectOptions = parsed(&url);
            let mut connection = options.connect().await.expect("a connection");
            let query = sqlx::query(statement).bind(value).bind(slug);
            query.execute(&mut connection).await.expect("the change is taken");
        } else {
            let options: SqliteConnectOptions = parsed(&url);
            let mut connection = options.connect().await.expect("a connection");
            let query = sqlx::query(statement).bind(value).bind(slug);
            query.execute(&mut connection).await.expect("the change is taken");
        }
    }

    /// A request without a browser's manners.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
        let url = self.base_url.join(path).expect("an address");
        client.expect("a client").request(method.parse().expect("a verb"), url)
    }
}

fn slug(url: &Url) -> &str {
    url.path().trim_start_matches('/')
}

fn parsed<Options>(url: &str) -> Options
where
    Options: std::str::FromStr,
    Options::Err: Debug,
{
    url.parse().expect("the database's address")
}
