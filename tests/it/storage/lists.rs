//! Lists page by key: every row once, both ways.

use chrono::{DateTime, TimeDelta};
use tautan::domain::customer::{CustomerName, NamedCustomer};
use tautan::domain::finding::{LinkFilter, OrderFilter};
use tautan::domain::id::LinkId;
use tautan::domain::merchant::Mode;
use tautan::domain::usage_limit::UsageLimit;
use tautan::storage::{Direction, OrdersOf, WantedLinks, WantedOrders};

use super::Ground;

const PAGE: i64 = 7;

fn wanted(ground: &Ground) -> WantedLinks {
    let now = DateTime::UNIX_EPOCH;
    let (merchant_id, mode) = (ground.merchant.id, Mode::Sandbox);
    WantedLinks { merchant_id, mode, filter: LinkFilter::All, words: None, now }
}

async fn page(ground: &Ground, direction: Direction) -> Vec<LinkId> {
    let mut reader = ground.storage.read().await.unwrap();
    let links = reader.links_page(&wanted(ground), direction, PAGE).await.unwrap();
    links.into_iter().map(|link| link.id).collect()
}

#[tokio::test]
async fn thirty_links_of_one_instant_page_both_ways_without_gap_or_repeat() {
    let ground = Ground::lay().await;
    let mut writer = ground.storage.write().await.unwrap();
    let now = writer.now();
    let mut newest_first = Vec::new();
    for _ in 0..30 {
        let link = ground.link(now);
        assert!(writer.insert_link(&link).await.unwrap());
        newest_first.insert(0, link.id);
    }
    writer.commit().await.unwrap();

    let mut seen = Vec::new();
    let mut direction = Direction::FromNewest;
    loop {
        let rows = page(&ground, direction).await;
        let Some(last) = rows.last() else { break };
        direction = Direction::OlderThan(last.0);
        seen.extend(rows);
    }
    assert_eq!(seen, newest_first);

    let oldest = *seen.last().unwrap();
    let mut back = vec![oldest];
    loop {
        let rows = page(&ground, Direction::NewerThan(back[0].0)).await;
        if rows.is_empty() {
            break;
        }
        back.splice(0..0, rows);
    }
    assert_eq!(back, newest_first);
    let mut reader = ground.storage.read().await.unwrap();
    assert_eq!(reader.count_links(&wanted(&ground)).await.unwrap(), 30);
}

#[tokio::test]
async fn each_link_stands_under_the_filter_of_its_state_and_no_other() {
    let ground = Ground::lay().await;
    let now = ground.storage.now().await.unwrap();
    let (before, after) = (Some(now - TimeDelta::hours(1)), Some(now + TimeDelta::hours(1)));
    let mut links = Vec::new();
    for bits in 0..32 {
        let is = |bit: u32| bits & (1 << bit) != 0;
        let link = ground
            .write_link(|link| {
                link.opens_at = if is(0) { after } else { before };
                link.expires_at = if is(1) { Some(now) } else { after };
                link.usage_limit = UsageLimit::new(if is(2) { 1 } else { 5 }).ok();
            })
            .await;
        let mut writer = ground.storage.write().await.unwrap();
        writer.move_units(link.id, i64::from(is(4)), 1).await.unwrap();
        let mut link = writer.lock_link(ground.merchant.id, link.id).await.unwrap().unwrap();
        link.paused_at = is(3).then_some(now);
        writer.update_link(&link).await.unwrap();
        writer.commit().await.unwrap();
        links.push(link);
    }
    let mut reader = ground.storage.read().await.unwrap();
    for filter in LinkFilter::ALL {
        let wanted = WantedLinks { filter, now, ..wanted(&ground) };
        let shown = reader.links_page(&wanted, Direction::FromNewest, 99).await.unwrap();
        assert_eq!(reader.count_links(&wanted).await.unwrap(), i64::try_from(shown.len()).unwrap());
        for link in &links {
            let belongs = filter == LinkFilter::All || LinkFilter::of(link.state(now)) == Some(filter);
            let is_shown = shown.iter().any(|other| other.id == link.id);
            assert_eq!(is_shown, belongs, "{filter:?}: {:?}", link.state(now));
        }
    }
}

#[tokio::test]
async fn a_link_made_or_deleted_between_two_pages_shifts_nothing() {
    let ground = Ground::lay().await;
    let mut links = Vec::new();
    for _ in 0..10 {
        links.insert(0, ground.write_link(|_| {}).await.id);
    }
    let first = page(&ground, Direction::FromNewest).await;
    assert_eq!(first, links[..7]);
    ground.write_link(|_| {}).await;
    let mut writer = ground.storage.write().await.unwrap();
    writer.delete_link(ground.merchant.id, first[6]).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(page(&ground, Direction::OlderThan(first[6].0)).await, links[7..]);
}

#[tokio::test]
async fn a_links_orders_page_the_same_way() {
    let ground = Ground::lay().await;
    let link = ground.write_link(|_| {}).await;
    let mut newest_first = Vec::new();
    for _ in 0..9 {
        newest_first.insert(0, ground.write_order(&link).await.id);
    }
    ground.write_order(&ground.write_link(|_| {}).await).await;
    let mut reader = ground.storage.read().await.unwrap();
    let (of, filter) = (OrdersOf::Link(link.id), OrderFilter::All);
    let wanted = WantedOrders { of, mode: Mode::Sandbox, filter, words: None };
    let mut seen = Vec::new();
    for direction in [Direction::FromNewest, Direction::OlderThan(newest_first[4].0)] {
        let orders = reader.orders_page(&wanted, direction, 5).await.unwrap();
        seen.extend(orders.into_iter().map(|order| order.id));
    }
    assert_eq!(seen, newest_first);
    let newer = reader.orders_page(&wanted, Direction::NewerThan(newest_first[8].0), 3).await.unwrap();
    assert_eq!(newer.into_iter().map(|order| order.id).collect::<Vec<_>>(), newest_first[5..8]);
}

#[tokio::test]
async fn what_a_link_may_lack_comes_back_as_lacking_and_what_it_has_as_it_was() {
    let ground = Ground::lay().await;
    let bare = ground.write_link(|_| {}).await;
    assert_eq!(ground.reread(&bare).await, bare);
    let full = ground
        .write_link(|link| {
            let instant = Some(link.created_at);
            link.usage_limit = UsageLimit::new(1_000_000).ok();
            (link.opens_at, link.expires_at) = (instant, instant);
            let name = CustomerName::parse("Siti O'Neil \u{1f600}").ok();
            assert!(name.is_some());
            link.customer = Some(NamedCustomer { name, phone: None, email: None });
        })
        .await;
    assert_eq!(ground.reread(&full).await, full);
}
