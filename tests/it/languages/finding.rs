//! The screens of finding links and orders again, and of what comes after a sale.

use super::*;

pub(super) async fn lists(walk: &mut Walk<'_>) {
    let links = |filter| Press::Finding(FindingPress::Links(LinkList::Filtered(filter), PageFrom::Start));
    let orders = |filter| Press::Finding(FindingPress::Orders(OrderList::Filtered(filter), PageFrom::Start));
    walk.says("/links").await;
    walk.taps(links(LinkFilter::Active)).await;
    walk.taps_like(|press| matches!(press, Press::Finding(FindingPress::Link(..)))).await;
    walk.taps(links(LinkFilter::Active)).await;
    walk.taps(links(LinkFilter::Off)).await;
    walk.taps(Press::Finding(FindingPress::AskLinks)).await;
    walk.says("4111 1111 1111 1111").await;
    walk.says(&"k".repeat(101)).await;
    walk.says("<kaos>").await;
    walk.says("/links kaos").await;
    walk.says("/orders").await;
    for filter in OrderFilter::OF_SHOP.into_iter().skip(1) {
        walk.taps(orders(filter)).await;
    }
    walk.taps(Press::OrderLinks).await;
    walk.taps_like(|press| matches!(press, Press::LinkOrders(..))).await;
    let other =
        |press: &Press| matches!(press, Press::Finding(FindingPress::LinkOrders(_, OrderFilter::Other, _)));
    walk.taps_like(other).await;
    walk.says("/orders").await;
    walk.taps(Press::Finding(FindingPress::AskOrders)).await;
    walk.says("dewi").await;
    walk.says("/orders siapa").await;
}

pub(super) async fn after_sale(walk: &mut Walk<'_>) {
    walk.says("/orders dewi").await;
    walk.taps_like(|press| matches!(press, Press::Finding(FindingPress::Order(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Finding(FindingPress::Ship(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Finding(FindingPress::Unship(..)))).await;
    walk.says("/settings").await;
    walk.taps(Press::Finding(FindingPress::FollowUp)).await;
    walk.taps(Press::Finding(FindingPress::FollowUpAfter(1))).await;
    let link = walk.ani.links().pop().expect("a link");
    let mut gita = walk.app.customer();
    gita.orders(&link, "Gita", "BCA Virtual Account").await;
    let before = walk.ani.phone.messages();
    walk.app.advance(TimeDelta::minutes(61));
    walk.app.settles().await;
    walk.app.services().follow_up().await.expect("a database");
    walk.notes("(Gita has not paid for an hour)", &before).await;
    walk.taps_like(|press| matches!(press, Press::RecordOrder(_))).await;
    walk.taps_like(|press| matches!(press, Press::Finding(FindingPress::Remind(_)))).await;
}
