//! Two replicas on one PostgreSQL, whose own clocks are wrong. On SQLite there is one process only.

use std::sync::Arc;

use chrono::TimeDelta;
use tautan::domain::clock::ShiftedClock;
use tautan::domain::payment_link::LinkState;
use tautan::gateways::GatewayAccounts;
use tautan::services::admission::ShopPolicy;
use tautan::services::checkout::{CustomerForm, Placement};
use tautan::services::sealing::Sealer;
use tautan::services::{ServiceSettings, Services};
use tautan::storage::Storage;

use super::Ground;

/// A replica whose machine's clock is wrong by so much. What decides shares the story's clock.
async fn replica(ground: &Ground, wrong_by: TimeDelta) -> Services {
    let storage = Storage::open(&ground.database.url(), ground.clock.clone()).await.unwrap();
    let wrong = ShiftedClock::default();
    wrong.advance(wrong_by);
    let settings = ServiceSettings {
        base_url: "https://pay.example/".parse().unwrap(),
        shops: ShopPolicy::Anyone,
        admins: Vec::new(),
        sealer: Sealer::new(&[7; 32]),
    };
    Services::new(storage, Arc::new(wrong), GatewayAccounts::default(), settings)
}

fn form() -> CustomerForm {
    CustomerForm {
        name: "Budi Santoso".to_owned(),
        phone: "081234567890".to_owned(),
        email: "budi@example.com".to_owned(),
        ..CustomerForm::default()
    }
}

#[tokio::test]
async fn replicas_whose_clocks_are_ten_minutes_wrong_agree_on_expiry() {
    let ground = Ground::lay().await;
    if !ground.database.is_postgres() {
        return;
    }
    let replicas =
        [replica(&ground, TimeDelta::minutes(10)).await, replica(&ground, TimeDelta::minutes(-10)).await];
    assert!(replicas[0].clock().now() - replicas[1].clock().now() > TimeDelta::minutes(19));
    let link =
        ground.write_link(|link| link.expires_at = Some(link.created_at + TimeDelta::minutes(5))).await;
    let slug = link.slug.as_str();
    for replica in &replicas {
        assert_eq!(replica.link_page(slug, &[]).await.unwrap().unwrap().state, LinkState::Active);
        assert!(matches!(replica.place_order(slug, &form(), &[]).await.unwrap(), Placement::Placed(_)));
    }
    ground.clock.advance(TimeDelta::minutes(5));
    for replica in &replicas {
        assert_eq!(replica.link_page(slug, &[]).await.unwrap().unwrap().state, LinkState::Expired);
        let refused = replica.place_order(slug, &form(), &[]).await.unwrap();
        assert!(matches!(refused, Placement::Refused(LinkState::Expired)), "{refused:?}");
        let mut writer = replica.storage().write().await.unwrap();
        assert!(!writer.reserve_unit(link.id).await.unwrap());
        writer.roll_back().await.unwrap();
    }
}

#[tokio::test]
async fn the_deciding_time_of_replicas_runs_forward_across_them() {
    let ground = Ground::lay().await;
    if !ground.database.is_postgres() {
        return;
    }
    let one = replica(&ground, TimeDelta::minutes(10)).await;
    let other = replica(&ground, TimeDelta::minutes(-10)).await;
    let mut last = ground.storage.now().await.unwrap();
    for turn in 0..20 {
        let storage = if turn % 2 == 0 { one.storage() } else { other.storage() };
        let writer = storage.write().await.unwrap();
        let now = writer.now();
        writer.roll_back().await.unwrap();
        assert!(now >= last && now - last < TimeDelta::minutes(1), "{last} then {now}");
        last = now;
    }
}
