//! Proofs of the phone's page: files of any kind, groups that a person makes, and who may do what there.

use serde_json::{Value, json};

use super::chat_tests::{Stage, TOKEN};

impl Stage {
    async fn status(&self, path: &str, body: Value) -> u16 {
        self.post(path, &body).await.status().as_u16()
    }

    /// Makes a group of Ani's; gives its path on a phone, without the phone.
    async fn makes(&self, kind: &str) -> (i64, String) {
        let answer = self.post("/phone/1001/groups", &json!({ "title": "Tim Kaos", "kind": kind })).await;
        let id = answer.json::<Value>().await.unwrap()["chat"].as_i64().unwrap();
        (id, format!("groups/{id}"))
    }

    /// What the page shows now.
    async fn shown(&self, address: &str) -> Value {
        let mut stream = self.get(address).await;
        let first = stream.chunk().await.unwrap().unwrap();
        let text = String::from_utf8(first.to_vec()).unwrap();
        serde_json::from_str(text.strip_prefix("data: ").unwrap().trim()).unwrap()
    }

    async fn heard(&self) -> Vec<Value> {
        let found = self.result("getUpdates", json!({ "timeout": 0 })).await.as_array().cloned().unwrap();
        let next = found.last().map_or(0, |update| update["update_id"].as_i64().unwrap() + 1);
        self.result("getUpdates", json!({ "timeout": 0, "offset": next })).await;
        found
    }
}

#[tokio::test]
async fn any_file_can_be_sent_as_it_is_and_taken_back() {
    let stage = Stage::open().await;
    let sends = async |query: &str, media_type: &str, bytes: Vec<u8>| {
        let url = format!("{}/phone/1001/documents?{query}", stage.telegram.url);
        let request = reqwest::Client::builder().no_proxy().build().unwrap().post(url);
        request.header("content-type", media_type).body(bytes).send().await.unwrap().status().as_u16()
    };
    assert_eq!(sends("name=produk%20baru.csv&caption=ini", "text/csv", b"nama,harga".to_vec()).await, 200);
    for (query, bytes) in [("name=a.csv", ""), ("name=", "x"), ("caption=x", "x"), ("name=%0A/", "x")] {
        assert!(sends(query, "text/csv", bytes.into()).await >= 400, "{query}");
    }
    assert_eq!(sends("name=besar.csv", "text/csv", vec![b'x'; (24 << 20) + 1]).await, 413);
    let message = &stage.heard().await[0]["message"];
    let document = &message["document"];
    assert_eq!(document["file_name"], "produk baru.csv");
    assert_eq!((&document["mime_type"], &document["file_size"]), (&json!("text/csv"), &json!(10)));
    assert_eq!(message["caption"], "ini");
    let file = stage.result("getFile", json!({ "file_id": document["file_id"] })).await;
    let path = format!("/file/bot{TOKEN}/{}", file["file_path"].as_str().unwrap());
    assert_eq!(stage.get(&path).await.bytes().await.unwrap().as_ref(), b"nama,harga");

    let number = stage.ani.messages()[0].file.as_ref().unwrap().number;
    let taken = stage.get(&format!("/phone/1001/files/{number}")).await;
    assert_eq!(taken.headers()["content-disposition"], "attachment; filename=\"produkbaru.csv\"");
    assert_eq!(taken.bytes().await.unwrap().as_ref(), b"nama,harga");
}

#[tokio::test]
async fn a_person_makes_a_group_and_brings_the_bot_in_and_out() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let (id, group) = stage.makes("group").await;
    let (ani, eve) = (format!("/phone/1001/{group}"), format!("/phone/1001001/{group}"));
    for (phone, act, expected) in [
        (&eve, "adds", 403),
        (&ani, "removes", 422),
        (&ani, "adds", 204),
        (&ani, "adds", 422),
        (&ani, "mutes", 422),
        (&eve, "removes", 403),
        (&ani, "promotes", 204),
        (&ani, "removes", 204),
        (&ani, "adds", 204),
    ] {
        assert_eq!(stage.status(&format!("{phone}/bot"), json!({ "act": act })).await, expected, "{act}");
    }
    let statuses: Vec<Value> =
        stage.heard().await.iter().map(|update| update["my_chat_member"].clone()).collect();
    let statuses: Vec<&Value> = statuses.iter().map(|change| &change["new_chat_member"]["status"]).collect();
    assert_eq!(statuses, ["member", "administrator", "kicked", "member"]);

    // Nobody else sees it, and a title is a title.
    for path in ["says", "presses", "bot", "picked"] {
        let body = json!({ "text": "x", "message_id": 1, "data": "x", "act": "removes", "address": "x" });
        assert_eq!(stage.status(&format!("/phone/77/{group}/{path}"), body).await, 404, "{path}");
    }
    for body in [json!({"title": " ", "kind": "group"}), json!({"title": "x", "kind": "club"})] {
        assert_eq!(stage.status("/phone/1001/groups", body).await, 422);
    }
    let seen = stage.shown(&format!("/phone/77/events?chat={id}")).await;
    assert_eq!((&seen["group"], seen["chats"].as_array().unwrap().len()), (&Value::Null, 1));
}

#[tokio::test]
async fn members_write_and_press_in_a_group_and_see_each_others_names() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let (id, group) = stage.makes("forum").await;
    let (ani, eve) = (format!("/phone/1001/{group}"), format!("/phone/1001001/{group}"));
    let seen = stage.shown(&format!("/phone/1001/events?chat={id}")).await;
    let topic = seen["group"]["topics"][0]["number"].as_i64().unwrap();
    assert_eq!((&seen["group"]["bot"], &seen["group"]["is_mine"]), (&json!("absent"), &json!(true)));
    assert_eq!(seen["group"]["members"][1], json!({ "id": 1_001_001, "name": "Eve" }));

    stage.status(&format!("{ani}/bot"), json!({ "act": "adds" })).await;
    assert_eq!(
        stage.status(&format!("{ani}/says"), json!({ "text": "/alerts", "thread": topic })).await,
        204
    );
    assert_eq!(stage.status(&format!("{eve}/says"), json!({ "text": "hai" })).await, 204);
    assert_eq!(stage.status(&format!("{eve}/says"), json!({ "text": "hai", "thread": 1 })).await, 422);
    let heard = stage.heard().await;
    assert_eq!(heard.len(), 2, "what is not said to the bot stays among the members");
    let message = &heard[1]["message"];
    assert_eq!((&message["message_thread_id"], &message["from"]["id"]), (&json!(topic), &json!(1001)));

    let markup = json!({ "inline_keyboard": [[{ "text": "🔕", "callback_data": "v1:stop" }]] });
    let body = json!({ "chat_id": id, "text": "halo", "message_thread_id": topic, "reply_markup": markup });
    let sent = stage.result("sendMessage", body).await;
    let press = json!({ "message_id": sent["message_id"], "data": "v1:stop" });
    assert_eq!(stage.status(&format!("{eve}/presses"), press).await, 204);
    let tap = stage.heard().await[0]["callback_query"].clone();
    assert_eq!((&tap["from"]["id"], &tap["message"]["chat"]["id"]), (&json!(1_001_001), &json!(id)));
    let opens = "https://t.me/tautan_bot?start=d_x";
    stage.result("answerCallbackQuery", json!({ "callback_query_id": tap["id"], "url": opens })).await;

    let seen = stage.shown(&format!("/phone/1001001/events?chat={id}")).await;
    let said: Vec<(&Value, &Value)> =
        seen["messages"].as_array().unwrap().iter().map(|one| (&one["author"], &one["is_mine"])).collect();
    let (no, yes) = (&json!(false), &json!(true));
    assert_eq!(said, [(&json!("Ani"), no), (&json!("Eve"), yes), (&json!("Tautan"), no)]);
    assert_eq!(seen["toasts"][0]["opens"], opens);
    assert_eq!(seen["chats"][1]["newest"]["text"], "halo");
}

#[tokio::test]
async fn a_group_and_a_channel_are_picked_by_the_addresses_meant_for_them() {
    let stage = Stage::open().await;
    stage.result("getMe", json!({})).await;
    let (_, group) = stage.makes("group").await;
    let (id, channel) = stage.makes("channel").await;
    let to_group = json!({ "address": "https://t.me/tautan_bot?startgroup=abc" });
    let to_channel = json!({ "address": "https://t.me/tautan_bot?startchannel&admin=post_messages" });
    for (phone, chat, address, expected) in [
        (1001, &group, &to_channel, 422),
        (1001, &channel, &to_group, 422),
        (1_001_001, &group, &to_group, 403),
        (1001, &group, &to_group, 204),
        (1001, &channel, &to_channel, 204),
    ] {
        let status = stage.status(&format!("/phone/{phone}/{chat}/picked"), address.clone()).await;
        assert_eq!(status, expected, "{phone} {chat} {address}");
    }
    let heard = stage.heard().await;
    assert_eq!(heard[1]["message"]["text"], "/start@tautan_bot abc");
    assert_eq!(heard[2]["my_chat_member"]["new_chat_member"]["can_post_messages"], true);

    // In a channel its owner writes, in its name; what stands there is no message of a person's.
    let says = |phone: i64| format!("/phone/{phone}/{channel}/says");
    assert_eq!(stage.status(&says(1_001_001), json!({ "text": "hai" })).await, 403);
    assert_eq!(stage.status(&says(1001), json!({ "text": "hai" })).await, 204);
    let post = &stage.heard().await[0]["channel_post"];
    assert_eq!((&post["sender_chat"]["id"], post.get("from")), (&json!(id), None));
    let muted = json!({ "act": "mutes" });
    assert_eq!(stage.status(&format!("/phone/1001/{channel}/bot"), muted).await, 204);
    let refused = stage.refusal("sendMessage", json!({ "chat_id": id, "text": "kabar" })).await;
    assert!(refused.contains("need administrator rights"), "{refused}");
}
