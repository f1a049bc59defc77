//! What is kept for a while alone.

use tautan::domain::alert::{AlertKind, OperatorAlert};
use tautan::domain::id::TelegramId;
use tautan::storage::KeptRehearsal;

use super::*;

const ANI: TelegramId = TelegramId(1);
const LIA: TelegramId = TelegramId(2);
const BUDI: TelegramId = TelegramId(3);

#[tokio::test]
async fn a_rehearsal_is_forgotten_with_the_link_that_was_made_for_it() {
    let ground = Ground::lay().await;
    let (sample, own) = (ground.write_link(|_| {}).await, ground.write_link(|_| {}).await);
    let shop = ground.merchant.id;
    let begin = async |person, link: &PaymentLink, is_sample| {
        let mut writer = ground.storage.write().await.unwrap();
        let began_at = writer.now();
        let rehearsal = KeptRehearsal { link_id: link.id, order_id: None, is_sample, began_at };
        writer.save_rehearsal(shop, person, &rehearsal).await.unwrap();
        writer.commit().await.unwrap();
    };
    begin(ANI, &sample, true).await;
    begin(BUDI, &own, false).await;
    ground.clock.advance(TimeDelta::days(5));
    begin(LIA, &own, true).await;
    ground.clock.advance(TimeDelta::days(3));
    let mut writer = ground.storage.write().await.unwrap();
    let week_ago = writer.now() - TimeDelta::days(7);
    assert_eq!(writer.forget_rehearsals(week_ago).await.unwrap(), 2);
    assert!(writer.rehearsal(shop, ANI).await.unwrap().is_none());
    assert!(writer.rehearsal(shop, LIA).await.unwrap().is_some());
    writer.commit().await.unwrap();
    assert!(ground.reread(&sample).await.deleted_at.is_some());
    assert_eq!(ground.reread(&own).await.deleted_at, None);
}

#[tokio::test]
async fn an_alert_is_forgotten_long_after_it_was_seen_and_told() {
    let ground = Ground::lay().await;
    let raise = async |subject: &str| {
        let alert = OperatorAlert {
            kind: AlertKind::Mismatch,
            subject: subject.to_owned(),
            what: String::new(),
            merchant_id: None,
        };
        let mut writer = ground.storage.write().await.unwrap();
        let id = writer.insert_alert(&alert).await.unwrap();
        if let Some(id) = id.filter(|_| subject != "untold") {
            assert!(writer.mark_alert_told(id).await.unwrap());
        }
        writer.commit().await.unwrap();
    };
    for subject in ["old", "untold", "seen again"] {
        raise(subject).await;
    }
    ground.clock.advance(TimeDelta::days(300));
    raise("seen again").await;
    ground.clock.advance(TimeDelta::days(100));
    let mut writer = ground.storage.write().await.unwrap();
    let year_ago = writer.now() - TimeDelta::days(365);
    assert_eq!(writer.forget_alerts(year_ago).await.unwrap(), 1);
    let mut left: Vec<_> = writer.alerts().await.unwrap().into_iter().map(|alert| alert.subject).collect();
    left.sort_unstable();
    assert_eq!(left, ["seen again", "untold"]);
    writer.commit().await.unwrap();
}
