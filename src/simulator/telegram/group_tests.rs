//! Proofs of groups and channels.

use serde_json::{Value, json};

use super::chat_tests::Stage;
use super::*;

async fn refused(stage: &Stage, body: Value) -> String {
    let answer = stage.call("sendMessage", body).await;
    answer["description"].as_str().unwrap_or_default().to_owned()
}

async fn updates(stage: &Stage) -> Vec<Value> {
    let found = stage.result("getUpdates", json!({"timeout": 0})).await;
    let last = found.as_array().unwrap().last().map(|update| update["update_id"].as_i64().unwrap() + 1);
    stage.result("getUpdates", json!({"timeout": 0, "offset": last.unwrap_or_default()})).await;
    found.as_array().cloned().unwrap()
}

fn to(group: &Group) -> Value {
    json!({"chat_id": group.id(), "text": "halo"})
}

#[tokio::test]
async fn a_bot_writes_where_it_is_and_may() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let group = stage.telegram.simulator.group(-5, "Tim", GroupKind::Supergroup);
    assert_eq!(refused(&stage, to(&group)).await, "Forbidden: bot is not a member of the supergroup chat");
    group.adds_bot(&stage.ani);
    stage.result("sendMessage", to(&group)).await;
    group.closes();
    assert!(refused(&stage, to(&group)).await.starts_with("Bad Request: not enough rights to send"));
    group.makes_bot_admin(&stage.ani, false);
    stage.result("sendMessage", to(&group)).await;
    group.removes_bot(&stage.ani);
    assert_eq!(refused(&stage, to(&group)).await, "Forbidden: bot was kicked from the supergroup chat");
    assert_eq!(group.count("halo"), 2);
    let statuses: Vec<Value> = updates(&stage)
        .await
        .iter()
        .map(|update| update["my_chat_member"]["new_chat_member"]["status"].clone())
        .collect();
    assert_eq!(statuses, ["member", "administrator", "kicked"]);
}

#[tokio::test]
async fn topics_are_known_by_their_number_and_may_be_closed() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let group = stage.telegram.simulator.group(-5, "Tim", GroupKind::Forum);
    group.adds_bot(&stage.ani);
    let topic = group.opens_topic();
    let in_topic = |thread: i64| json!({"chat_id": -5, "text": "halo", "message_thread_id": thread});
    let sent = stage.result("sendMessage", in_topic(topic)).await;
    assert_eq!((&sent["message_thread_id"], &sent["is_topic_message"]), (&json!(topic), &json!(true)));
    group.closes_topic(topic);
    assert_eq!(refused(&stage, in_topic(topic)).await, "Bad Request: TOPIC_CLOSED");
    group.deletes_topic(topic);
    assert_eq!(refused(&stage, in_topic(topic)).await, "Bad Request: message thread not found");
    let private = json!({"chat_id": stage.ani.id(), "text": "halo", "message_thread_id": 5});
    stage.ani.says("hai");
    assert_eq!(refused(&stage, private).await, "Bad Request: message thread not found");
}

#[tokio::test]
async fn a_bot_hears_in_privacy_what_is_said_to_it_and_as_an_admin_all() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let group = stage.telegram.simulator.group(-5, "Tim", GroupKind::Basic);
    group.adds_bot(&stage.ani);
    for text in ["halo", "/alerts", "/alerts@tautan_bot", "/alerts@other_bot"] {
        group.says(&stage.ani, text);
    }
    group.says_anonymously("/alerts");
    let heard = updates(&stage).await;
    let texts: Vec<&Value> = heard.iter().map(|update| &update["message"]["text"]).skip(1).collect();
    assert_eq!(texts, ["/alerts", "/alerts@tautan_bot", "/alerts"]);
    assert_eq!(heard[3]["message"]["sender_chat"]["id"], json!(-5));
    assert_eq!(heard[3]["message"]["from"]["is_bot"], json!(true));
    group.makes_bot_admin(&stage.ani, false);
    group.says(&stage.ani, "halo semua");
    assert_eq!(updates(&stage).await[1]["message"]["text"], "halo semua");
}

#[tokio::test]
async fn a_group_that_became_another_says_which_and_a_channel_wants_a_right() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let group = stage.telegram.simulator.group(-5, "Tim", GroupKind::Basic);
    group.adds_bot(&stage.ani);
    let new = group.upgrades(true);
    let answer = stage.call("sendMessage", to(&group)).await;
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], json!(new.id()));
    stage.result("sendMessage", to(&new)).await;
    let heard = updates(&stage).await;
    assert_eq!(heard[1]["message"]["migrate_to_chat_id"], json!(new.id()));
    assert_eq!(heard[2]["message"]["migrate_from_chat_id"], json!(group.id()));
    let channel = stage.telegram.simulator.group(-9, "Kabar", GroupKind::Channel);
    channel.makes_bot_admin(&stage.ani, false);
    assert!(refused(&stage, to(&channel)).await.contains("need administrator rights in the channel chat"));
    channel.adds_bot(&stage.ani);
    let sent = stage.result("sendMessage", to(&channel)).await;
    assert_eq!((sent.get("from"), &sent["sender_chat"]["id"]), (None, &json!(-9)));
}
