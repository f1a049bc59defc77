//! Many payments at once: the seller hears the first two and reads the others in one message.

use std::time::Duration;

use chrono::TimeDelta;
use tautan::domain::apply::Tiding;
use tautan::messaging::pacer::Pace;
use tautan::simulator::telegram::{Fault, Misbehaviour, ShownMessage};

use crate::support::test_outbox::TestOutbox;

const SOON: Duration = Duration::from_secs(15);

fn messages(outbox: &TestOutbox) -> Vec<ShownMessage> {
    outbox.shops[0].phone.messages().into_iter().filter(|message| message.from_bot).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_payments_ring_and_the_others_are_lines_of_one_silent_message() {
    let outbox = TestOutbox::of_shops(1).await;
    let codes = outbox.pays(&[(0, "Budi"); 9]).await;
    let courier = outbox.courier(Pace::NONE);
    outbox.is_told(SOON).await;
    let shown = messages(&outbox);
    assert_eq!(shown.len(), 3, "{}", outbox.shops[0].phone.transcript());
    assert!(!shown[0].silent && !shown[1].silent && shown[2].silent);
    assert!(shown[2].text.starts_with("🔔 7 pembayaran · Rp525.000 sejak"), "{}", shown[2].text);
    assert_eq!(shown[2].text.matches("Kaos hitam").count(), 1, "said once: {}", shown[2].text);
    assert!(shown[2].button("🧾 Pesanan").is_some() && shown[2].button("Lihat semua").is_some());
    for (index, code) in codes.iter().enumerate() {
        let holds = |message: &&ShownMessage| message.text.contains(&code.to_string());
        assert_eq!(shown.iter().filter(holds).count(), 1);
        assert!(shown[index.min(2)].text.contains(&code.to_string()), "in their order");
    }

    // A restart goes on with the same message, and not before its time.
    courier.stop().await;
    let more = outbox.pays(&[(0, "Sari"); 2]).await;
    let courier = outbox.courier(Pace::NONE);
    outbox.clock.advance(TimeDelta::seconds(5));
    outbox.is_told(SOON).await;
    let shown = messages(&outbox);
    assert!(shown.len() == 3 && shown[2].text.starts_with("🔔 9 pembayaran · Rp675.000 sejak"));
    assert!(more.iter().all(|code| shown[2].text.contains(&code.to_string())), "{}", shown[2].text);
    courier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_message_is_followed_by_one_that_rings_and_quiet_ends_a_burst() {
    let outbox = TestOutbox::of_shops(1).await;
    outbox.pays(&[(0, "Budi"); 25]).await;
    let courier = outbox.courier(Pace::NONE);
    outbox.is_told(SOON).await;
    let lines = |message: &ShownMessage| message.text.lines().filter(|line| line.starts_with('#')).count();
    let shown = messages(&outbox);
    assert_eq!(shown.iter().map(lines).collect::<Vec<_>>(), [0, 0, 20, 3]);
    assert_eq!(shown.iter().map(|message| message.silent).collect::<Vec<_>>(), [false, false, true, false]);
    outbox.clock.advance(TimeDelta::seconds(61));
    outbox.pays(&[(0, "Sari")]).await;
    outbox.is_told(SOON).await;
    assert!(messages(&outbox)[4].text.contains("Rp75.000 dari Sari"));
    courier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_a_decision_stands_alone_and_waits_for_no_line() {
    let outbox = TestOutbox::of_shops(1).await;
    let codes = outbox.pays(&[(0, "Budi"); 3]).await;
    let courier = outbox.courier(Pace::NONE);
    outbox.is_told(SOON).await;
    let late = outbox.pays(&[(0, "Sari")]).await;
    outbox.tells(0, &codes[0], Tiding::Reversed).await;
    outbox.tells(0, &late[0], Tiding::Reversed).await;
    let phone = &outbox.shops[0].phone;
    let stops = |messages: &[ShownMessage], count: usize| {
        messages.iter().filter(|message| message.text.contains("JANGAN DIKIRIM")).count() == count
    };
    let shown = phone.waits_until("the first reversal", |messages| stops(messages, 1)).await;
    assert!(!shown.iter().any(|message| message.text.contains(&late[0].to_string())), "lines wait");
    outbox.clock.advance(TimeDelta::seconds(5));
    let shown = phone.waits_until("both reversals", |messages| stops(messages, 2)).await;
    assert!(
        shown
            .iter()
            .any(|message| message.text.starts_with("🔔 2") && message.text.contains(&late[0].to_string()))
    );
    assert!(!shown.last().unwrap().silent);
    outbox.is_told(SOON).await;
    courier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_whose_message_was_deleted_begin_another() {
    let outbox = TestOutbox::of_shops(1).await;
    outbox.pays(&[(0, "Budi"); 3]).await;
    let courier = outbox.courier(Pace::NONE);
    outbox.is_told(SOON).await;
    let gone = Fault::BadRequest("message to edit not found".to_owned());
    outbox.telegram.misbehave(Misbehaviour::on("editMessageText", gone));
    let codes = outbox.pays(&[(0, "Sari")]).await;
    outbox.clock.advance(TimeDelta::seconds(5));
    outbox.is_told(SOON).await;
    let shown = messages(&outbox);
    assert!(shown.len() == 4 && shown[3].text.starts_with("🔔 1 pembayaran"), "{}", shown[3].text);
    assert!(shown[3].text.contains(&codes[0].to_string()) && !shown[3].text.contains("Budi"));
    courier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_telegram_refuses_takes_no_payment_with_it() {
    let outbox = TestOutbox::of_shops(1).await;
    let codes = outbox.pays(&[(0, "Budi"); 5]).await;
    let refused = Fault::BadRequest("message is too long".to_owned());
    outbox.telegram.misbehave(Misbehaviour::on("sendMessage", refused).containing("🔔"));
    let unread = Fault::BadRequest("can't parse entities: x".to_owned());
    outbox.telegram.misbehave(Misbehaviour::on("sendMessage", unread).containing("dari"));
    let courier = outbox.courier(Pace::NONE);
    outbox.is_told(SOON).await;
    let shown = messages(&outbox);
    assert_eq!(shown.len(), 5, "each on its own: {}", outbox.shops[0].phone.transcript());
    for code in codes {
        assert!(shown.iter().any(|message| message.text.contains(&code.to_string())));
    }
    courier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_moved_hears_everything_once_where_it_is() {
    let outbox = TestOutbox::of_shops(2).await;
    let (old, new) = (&outbox.shops[0].phone, &outbox.shops[1].phone);
    outbox
        .telegram
        .misbehave(Misbehaviour::on("sendMessage", Fault::MigrateTo(new.id())).in_chat(old.id()).always());
    let courier = outbox.courier(Pace::NONE);
    outbox.pays(&[(0, "Budi")]).await;
    new.waits_until("the notice", |messages| messages.iter().any(|m| m.text.contains("dari Budi"))).await;
    outbox.pays(&[(0, "Sari")]).await;
    new.waits_until("the next one", |messages| messages.iter().any(|m| m.text.contains("dari Sari"))).await;
    outbox.is_told(SOON).await;
    let refused = outbox.calls().iter().filter(|call| !call.succeeded()).count();
    assert_eq!((refused, outbox.shown(0).len()), (1, 0), "the old id is asked once");
    courier.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_replicas_tell_every_payment_once() {
    let outbox = TestOutbox::of_shops(4).await;
    let couriers = [outbox.courier(Pace::NONE), outbox.courier(Pace::NONE), outbox.courier(Pace::NONE)];
    let mut codes = Vec::new();
    for round in 0..15 {
        let payments = [(round % 4, "Budi"), ((round + 1) % 4, "Sari"), (round % 3, "Dewi")];
        codes.extend(outbox.pays(&payments).await);
        outbox.clock.advance(TimeDelta::milliseconds(700));
    }
    outbox.clock.advance(TimeDelta::seconds(5));
    outbox.is_told(SOON).await;
    let shown: Vec<String> = (0..4).flat_map(|shop| outbox.shown(shop)).collect();
    for code in codes {
        let times = shown.iter().filter(|text| text.contains(&code.to_string())).count();
        assert_eq!(times, 1, "{code}: {shown:#?}");
    }
    for courier in couriers {
        courier.stop().await;
    }
}
