use serde_json::{Value, json};

use super::*;

fn message(text: &str, chat: i64, kind: &str) -> Value {
    json!({"update_id": 5, "message": {"message_id": 9, "date": 1_700_000_000, "text": text,
        "from": {"id": 42, "is_bot": false, "first_name": "Ani", "language_code": "id"},
        "chat": {"id": chat, "type": kind, "first_name": "Ani", "title": "Group"}}})
}

#[test]
fn a_command_is_read_with_its_arguments_and_without_the_bots_name() {
    let arrival = read(&message("/New@TautanBot  kaos 75rb", 42, "private").to_string()).unwrap();
    let command = Command { name: "new".to_owned(), arguments: "kaos 75rb".to_owned() };
    assert_eq!(arrival.incoming, Incoming::Command(command));
    assert_eq!((arrival.person, arrival.first_name.as_str()), (TelegramId(42), "Ani"));
    assert_eq!(arrival.language_code.as_deref(), Some("id"));
}

#[test]
fn groups_and_unknown_kinds_are_left_alone() {
    assert_eq!(read(&message("/new", -7, "group").to_string()), None);
    assert_eq!(read(r#"{"update_id":1,"brand_new_kind":{"from":{"id":3}}}"#), None);
    assert_eq!(read("[]"), None);
}

#[test]
fn a_tap_brings_its_card_and_a_forged_one_is_known_as_such() {
    let tap = |data: &str| {
        let update = json!({"update_id": 6, "callback_query": {"id": "77", "chat_instance": "1", "data": data,
            "from": {"id": 42, "is_bot": false, "first_name": "Ani"},
            "message": {"message_id": 12, "date": 1_700_000_000, "text": "x",
                "chat": {"id": 42, "type": "private", "first_name": "Ani"}}}});
        read(&update.to_string()).unwrap()
    };
    let arrival = tap("v1:h");
    assert_eq!(arrival.incoming, Incoming::Press(Press::Home));
    assert_eq!(arrival.pressed_card, Some(MessageId(12)));
    assert_eq!(arrival.callback_id.as_deref(), Some("77"));
    assert_eq!(tap("v0:delete-everything").incoming, Incoming::UnknownPress);
}

#[test]
fn what_is_no_text_and_who_blocks_are_told_apart() {
    let mut photo = message("", 42, "private");
    photo["message"].as_object_mut().unwrap().remove("text");
    photo["message"]["sticker"] = json!({"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1,
        "is_animated": false, "is_video": false, "type": "regular"});
    assert_eq!(read(&photo.to_string()).unwrap().incoming, Incoming::NoText);
    let person = json!({"id": 42, "is_bot": false, "first_name": "Ani"});
    let blocked = json!({"update_id": 8, "my_chat_member": {"chat": {"id": 42, "type": "private"},
        "from": person, "date": 1_700_000_000,
        "old_chat_member": {"status": "member", "user": person},
        "new_chat_member": {"status": "kicked", "user": person, "until_date": 0}}});
    assert_eq!(read(&blocked.to_string()).unwrap().incoming, Incoming::Blocked(true));
}

#[test]
fn a_photo_is_fetched_in_the_size_nearest_to_a_page_and_small_enough() {
    let size = |id: &str, side: u32, bytes: u32| json!({"file_id": id, "file_unique_id": id, "width": side, "height": side / 2, "file_size": bytes});
    let chosen = |sizes: Value| {
        let mut photo = message("", 42, "private");
        let body = photo["message"].as_object_mut().unwrap();
        body.remove("text");
        body.insert("photo".to_owned(), sizes);
        body.insert("caption".to_owned(), json!("kaos 75rb"));
        match read(&photo.to_string()).unwrap().incoming {
            Incoming::Photo(photo) => {
                assert!(!photo.is_of_album);
                (photo.file_id, photo.caption)
            }
            other => panic!("{other:?}"),
        }
    };
    let [small, middle, large] = [size("s", 320, 9_000), size("m", 1280, 200_000), size("l", 2560, 800_000)];
    assert_eq!(chosen(json!([small, middle, large])), ("m".to_owned(), "kaos 75rb".to_owned()));
    assert_eq!(chosen(json!([small, size("m", 1280, 2_000_000)])).0, "s");
    assert_eq!(chosen(json!([size("l", 2560, 2_000_000)])).0, "l");
}
