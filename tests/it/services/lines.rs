//! The line of a busy link, where what stands around it changes.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use tautan::domain::order::OrderToken;
use tautan::domain::payment_link::PaymentLink;
use tautan::domain::payment_method::PaymentMethod;
use tautan::domain::report::ReportedStatus;
use tautan::services::checkout::{CustomerForm, Placement, Wish};
use tautan::services::turns::Turn;

use crate::support::test_shop::TestShop;

async fn waits(shop: &TestShop, link: &PaymentLink, name: &str) -> OrderToken {
    let form = CustomerForm {
        name: name.to_owned(),
        phone: "081234567890".to_owned(),
        email: "citra@example.com".to_owned(),
        ..CustomerForm::default()
    };
    let wish = (Wish::Turn, None);
    match shop.services.place_order_for(wish, link.slug.as_str(), &form, &[]).await.unwrap() {
        Placement::Placed(token) => token,
        other => panic!("{other:?}"),
    }
}

async fn turn(shop: &TestShop, token: &OrderToken) -> Option<Turn> {
    shop.services.order_page(token).await.unwrap().unwrap().turn
}

#[tokio::test]
async fn a_link_that_is_made_smaller_than_its_line_leaves_nothing_to_do() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(2)).await;
    let (paid, unpaid) =
        (shop.buys(&link).await, shop.buys_as(&link, "Dewi", "081234567890", "d@example.com").await);
    let citra = waits(&shop, &link, "Citra").await;
    shop.bank_says(&paid, ReportedStatus::Settlement).await;
    shop.bank_says(&unpaid, ReportedStatus::Expire).await;
    assert!(shop.services.move_lines().await.unwrap());
    assert_eq!(turn(&shop, &citra).await, Some(Turn { place: 1, is_now: true }));

    shop.database.execute("update payment_links set usage_limit = 1").await.unwrap();
    let before = shop.services.storage().statements_run();
    assert!(!shop.services.move_lines().await.unwrap(), "whoever looks may rest");
    let statements = shop.services.storage().statements_run() - before;
    assert!(statements <= 2, "one look, and no transaction: {statements}");
}

#[tokio::test]
async fn whom_an_older_program_charges_waits_no_more() {
    let shop = TestShop::open().await;
    let link = shop.link(Some(1)).await;
    let first = shop.buys(&link).await;
    let (citra, dewi) = (waits(&shop, &link, "Citra").await, waits(&shop, &link, "Dewi").await);
    shop.bank_says(&first, ReportedStatus::Expire).await;
    assert!(shop.services.move_lines().await.unwrap());
    shop.chooses(&citra, PaymentMethod::BcaVa).await;
    // It knows nothing of places in line, and leaves them as they are.
    let kept = "update orders set waiting_since = created_at, turn_told_at = created_at where unit = 'held'";
    shop.database.execute(kept).await.unwrap();
    assert_eq!(turn(&shop, &citra).await, None);
    assert_eq!(turn(&shop, &dewi).await, Some(Turn { place: 1, is_now: false }));
    assert!(!shop.services.move_lines().await.unwrap());
}
