//! What is read of an update before it is stored: its number, and whose turn it is. The rest waits,
//! so that a kind of update nobody knows yet stops nothing.

use serde_json::Value;

use crate::domain::card_number::masked;
use crate::domain::id::TelegramId;
use crate::domain::server_key::masked_keys;

/// The kinds of updates the bot asks Telegram for. Telegram keeps an earlier list when none is given.
pub const ALLOWED_UPDATES: [&str; 5] =
    ["message", "callback_query", "inline_query", "chosen_inline_result", "my_chat_member"];

/// The number of an update and the chat whose turn it is to be handled in; `None` for what is no
/// update at all. Updates without a chat belong to who made them, and those of nobody to chat 0.
#[must_use]
pub fn chat_of(update: &Value) -> Option<(i64, TelegramId)> {
    let update_id = update.get("update_id")?.as_i64()?;
    let content = update.as_object()?.iter().find(|(key, _)| *key != "update_id").map(|(_, content)| content);
    let chat = content
        .and_then(|content| {
            ["/message/chat/id", "/chat/id", "/from/id"].iter().find_map(|path| content.pointer(path))
        })
        .and_then(Value::as_i64)
        .unwrap_or(0);
    Some((update_id, TelegramId(chat)))
}

/// Whether an update is what people say to each other in a group: not for the bot, and never stored. As an admin
/// of a group the bot is sent all of it.
#[must_use]
pub fn is_group_talk(update: &Value) -> bool {
    let Some(message) = update.get("message") else { return false };
    let is_private = message.pointer("/chat/type").is_none_or(|kind| kind == "private");
    let is_command = message.get("text").and_then(Value::as_str).is_some_and(|text| text.starts_with('/'));
    let moves = ["migrate_to_chat_id", "migrate_from_chat_id"].iter().any(|key| message.get(key).is_some());
    !is_private && !is_command && !moves
}

/// Masks every card number and every gateway key in the texts of an update, before it is stored: none may rest
/// there, and the masked text is answered as the number or the key itself would be. False when there was none.
pub fn mask_secrets(update: &mut Value) -> bool {
    match update {
        Value::String(text) => {
            let without_keys = masked_keys(text);
            let harmless = masked(without_keys.as_deref().unwrap_or(text)).or(without_keys);
            let is_masked = harmless.is_some();
            if let Some(harmless) = harmless {
                *text = harmless;
            }
            is_masked
        }
        // Each one is masked: the first that was must not end the search.
        Value::Array(values) => values.iter_mut().map(mask_secrets).filter(|masked| *masked).count() > 0,
        Value::Object(fields) => {
            let typed = fields.iter_mut().filter(|(key, _)| !is_of_telegram(key));
            typed.map(|(_, value)| mask_secrets(value)).filter(|masked| *masked).count() > 0
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether Telegram fills the field with an id of its own, some of which are 19 digits written as text.
fn is_of_telegram(key: &str) -> bool {
    key == "id" || key.ends_with("_id") || key == "chat_instance"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn card_numbers_are_masked_wherever_they_stand_in_an_update() {
        let mut update = json!({"update_id": 4_111_111_111_111_111_i64, "message": {
            "text": "10 kaos 4111 1111 1111 1111", "from": {"first_name": "Budi"},
            "entities": [{"url": "https://x.id/5500005555555559"}]}});
        assert!(mask_secrets(&mut update));
        assert_eq!(update["message"]["text"], "10 kaos •••• •••• •••• ••••");
        assert_eq!(update["message"]["entities"][0]["url"], "https://x.id/••••••••••••••••");
        assert_eq!(
            update["update_id"], 4_111_111_111_111_111_i64,
            "a number that Telegram gave is no card's"
        );
        assert!(!mask_secrets(&mut update));
        let mut tap = json!({"id": "4111111111111111", "chat_instance": "5500005555555559", "data": "v1:h"});
        assert!(!mask_secrets(&mut tap), "without its id a tap cannot be answered");
    }

    #[test]
    fn gateway_keys_are_masked_beside_card_numbers() {
        let mut update = json!({"message": {"caption": "SB-Mid-server-rahasia1 4111111111111111",
            "reply_to_message": {"text": "Mid-client-rahasia1"}}});
        assert!(mask_secrets(&mut update));
        assert_eq!(update["message"]["caption"], "SB-Mid-server-******** ••••••••••••••••");
        assert_eq!(update["message"]["reply_to_message"]["text"], "Mid-client-********");
        assert!(!mask_secrets(&mut update));
    }

    #[test]
    fn what_people_say_to_each_other_is_told_from_what_they_say_to_the_bot() {
        let said =
            |kind: &str, text: &str| json!({"message": {"chat": {"id": -7, "type": kind}, "text": text}});
        assert!(is_group_talk(&said("supergroup", "halo")) && is_group_talk(&said("group", "150rb")));
        assert!(!is_group_talk(&said("group", "/alerts")) && !is_group_talk(&said("private", "halo")));
        assert!(is_group_talk(&json!({"message": {"chat": {"type": "group"}, "voice": {}}})));
        assert!(!is_group_talk(&json!({"message": {"chat": {"type": "group"}, "migrate_to_chat_id": -8}})));
        assert!(!is_group_talk(&json!({"callback_query": {}})) && !is_group_talk(&json!({})));
    }

    #[test]
    fn every_kind_of_update_finds_its_chat() {
        let tap = json!({"from": {"id": 3}, "message": {"chat": {"id": 4}}});
        for (update, chat) in [
            (json!({"update_id": 5, "message": {"chat": {"id": -7}, "from": {"id": 3}}}), Some((5, -7))),
            (json!({"update_id": 1, "callback_query": {"from": {"id": 3}}}), Some((1, 3))),
            (json!({"update_id": 1, "callback_query": tap}), Some((1, 4))),
            (json!({"update_id": 1, "poll": {}}), Some((1, 0))),
            (json!({"update_id": 1}), Some((1, 0))),
            (json!({"update_id": "1"}), None),
            (json!([]), None),
        ] {
            assert_eq!(chat_of(&update), chat.map(|(id, chat)| (id, TelegramId(chat))), "{update}");
        }
    }
}
