//! T21: a link takes payments until its end, to the millisecond, whatever the clocks of replicas say.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on fails")]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use tautan::domain::clock::ShiftedClock;
use tautan::domain::id::{DraftId, LinkId};
use tautan::domain::payment_link::{LinkState, PaymentLink};
use tautan::domain::reference::Reference;
use tautan::domain::slug::Slug;
use tautan::gateways::GatewayAccounts;
use tautan::services::admission::ShopPolicy;
use tautan::services::sealing::Sealer;
use tautan::services::{ServiceSettings, Services};
use tautan::storage::Storage;

use super::{Promise, Size};
use crate::support::test_shop::TestShop;

/// What was decided when.
type Decision = (DateTime<Utc>, bool);

#[tokio::test(flavor = "multi_thread")]
async fn t21_a_link_ends_to_the_millisecond_on_every_replica() {
    let ends = Size::of_run().pick(10, 50, 500);
    let mut promise = Promise::new(21, "accepted at -1 ms, refused at 0; replicas +-10 min agree");
    let shop = TestShop::open().await;
    let replicas = replicas(&shop).await;
    let model = shop.link(None).await;
    let mut edges = 0;
    for replica in &replicas {
        for milliseconds_left in [-1, 0, 1] {
            decide_at(replica, &model, milliseconds_left).await;
            edges += 1;
        }
    }
    let (mut decisions, mut wrong) = (0, Vec::new());
    for _ in 0..ends {
        let link = ends_soon(&shop, &model).await;
        let end = link.expires_at.unwrap();
        let hammers = replicas.iter().map(|replica| tokio::spawn(hammer(replica.clone(), link.id, end)));
        for decided in join_all(hammers).await {
            let decided = decided.unwrap();
            decisions += decided.len();
            wrong.extend(decided.into_iter().filter(|(now, accepted)| *accepted != (*now < end)));
        }
        for replica in &replicas {
            let page = replica.link_page(link.slug.as_str(), &[]).await.unwrap().unwrap();
            assert_eq!(page.state, LinkState::Expired);
        }
    }
    let count = replicas.len();
    promise.measured(format!(
        "{edges} edges and {decisions} decisions of {count} replicas around {ends} ends, {} wrong",
        wrong.len()
    ));
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Replicas whose machines' clocks are wrong by ten minutes either way; SQLite has one process.
async fn replicas(shop: &TestShop) -> Vec<Services> {
    if !shop.database.is_postgres() {
        return vec![shop.services.clone()];
    }
    let mut replicas = Vec::new();
    for wrong_by in [TimeDelta::minutes(10), TimeDelta::minutes(-10)] {
        let storage = Storage::open(&shop.database.url(), shop.clock.clone()).await.unwrap();
        let wrong = ShiftedClock::default();
        wrong.advance(wrong_by);
        let settings = ServiceSettings {
            base_url: "https://pay.example/".parse().unwrap(),
            shops: ShopPolicy::Anyone,
            admins: Vec::new(),
            sealer: Sealer::new(&[7; 32]),
        };
        replicas.push(Services::new(storage, Arc::new(wrong), GatewayAccounts::default(), settings));
    }
    replicas
}

/// A payment at an instant so far from the link's end; nothing is kept.
async fn decide_at(replica: &Services, model: &PaymentLink, milliseconds_left: i64) {
    let mut writer = replica.storage().write().await.unwrap();
    let now = writer.now();
    let link = another(model, now + TimeDelta::milliseconds(milliseconds_left));
    assert!(writer.insert_link(&link).await.unwrap());
    let accepted = writer.reserve_unit(link.id).await.unwrap();
    assert_eq!(accepted, milliseconds_left > 0, "{milliseconds_left} ms before the end");
    writer.roll_back().await.unwrap();
}

/// A link with moments to live.
async fn ends_soon(shop: &TestShop, model: &PaymentLink) -> PaymentLink {
    let mut writer = shop.services.storage().write().await.unwrap();
    let link = another(model, writer.now() + TimeDelta::milliseconds(30));
    assert!(writer.insert_link(&link).await.unwrap());
    writer.commit().await.unwrap();
    link
}

fn another(model: &PaymentLink, expires_at: DateTime<Utc>) -> PaymentLink {
    PaymentLink {
        id: LinkId::generate(),
        draft_id: DraftId::generate(),
        reference: Reference::generate(rand::random()),
        slug: Slug::generate(rand::random()),
        expires_at: Some(expires_at),
        ..model.clone()
    }
}

/// Payments without a pause until one is refused.
async fn hammer(replica: Services, id: LinkId, end: DateTime<Utc>) -> Vec<Decision> {
    let mut decided = Vec::new();
    loop {
        let mut writer = replica.storage().write().await.unwrap();
        let accepted = writer.reserve_unit(id).await.unwrap();
        let now = writer.now();
        writer.roll_back().await.unwrap();
        decided.push((now, accepted));
        if !accepted || now > end + TimeDelta::seconds(1) {
            return decided;
        }
    }
}
