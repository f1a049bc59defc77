//! Many customers at once, who need no browser.

use futures::{StreamExt, stream};
use tautan::domain::attempt::{GatewayOrderId, PaymentAttempt};
use tautan::domain::order::{Order, OrderToken};
use tautan::domain::payment_method::PaymentMethod;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::payments::Choice;
use url::Url;

use crate::support::test_app::TestApp;

/// How many do something at the same time.
const AT_ONCE: usize = 16;

/// So many customers order through a link and choose a method; gives their orders.
pub async fn buy(app: &TestApp, link: &Url, count: usize, method: PaymentMethod) -> Vec<OrderToken> {
    let bought = stream::iter(0..count).map(|number| async move {
        let token = order(app, link, number).await;
        let choice = app.services().choose_method(&token, method).await.expect("the database answers");
        assert!(matches!(choice, Choice::Charged | Choice::Checking), "{choice:?}");
        token
    });
    bought.buffer_unordered(AT_ONCE).collect().await
}

/// A customer fills in the form.
pub async fn order(app: &TestApp, link: &Url, number: usize) -> OrderToken {
    let form = CustomerForm {
        name: format!("Budi {number}"),
        phone: "081234567890".to_owned(),
        email: "budi@example.test".to_owned(),
        ..CustomerForm::default()
    };
    let slug = link.path().trim_start_matches('/');
    match app.services().place_order(slug, &form, &[]).await.expect("the database answers") {
        Placement::Placed(token) => token,
        other => panic!("the order was not placed: {other:?}"),
    }
}

/// How an order stands, with its newest charge.
pub async fn look(app: &TestApp, token: &OrderToken) -> (Order, PaymentAttempt) {
    let mut reader = app.services().storage().read().await.expect("the database answers");
    let order = reader.order_by_token(&token.hash()).await.expect("the database answers").expect("an order");
    let attempt = reader.attempts(order.id).await.expect("the database answers").pop().expect("a charge");
    (order, attempt)
}

/// All of them pay at the bank.
pub async fn pay(app: &TestApp, tokens: &[OrderToken]) {
    for token in tokens {
        let (_, attempt) = look(app, token).await;
        pay_charge(app, &attempt.gateway_order_id).await;
    }
}

/// How many of these orders have seen money.
pub async fn count_paid(app: &TestApp, tokens: &[OrderToken]) -> usize {
    let mut paid = 0;
    for token in tokens {
        paid += usize::from(look(app, token).await.0.state.has_seen_money());
    }
    paid
}

async fn pay_charge(app: &TestApp, id: &GatewayOrderId) {
    app.bank.pay(id.as_str()).await.unwrap_or_else(|error| panic!("{id}: {error:?}"));
}
