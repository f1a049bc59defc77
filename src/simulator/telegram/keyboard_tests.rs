//! Proofs of what buttons may be.

use serde_json::json;

use super::*;

fn read(markup: &Value) -> Result<Markup, String> {
    let body = json!({ "reply_markup": markup }).to_string();
    let params = Params::read("", "application/json", body.as_bytes()).unwrap();
    Markup::read(&params).map_err(|refusal| refusal.description)
}

fn one(button: &Value) -> Result<Markup, String> {
    read(&json!({ "inline_keyboard": [[button]] }))
}

#[test]
fn buttons_within_limits_are_read() {
    for button in [
        json!({ "text": "a", "callback_data": "é".repeat(32) }),
        json!({ "text": "a", "url": "https://a.example/x" }),
        json!({ "text": "a", "url": "http://127.0.0.1:8080/x" }),
        json!({ "text": "a", "url": "tg://resolve?domain=x" }),
        json!({ "text": "a", "copy_text": { "text": "c".repeat(256) } }),
        json!({ "text": "a", "switch_inline_query_chosen_chat": { "query": "x", "allow_user_chats": true } }),
    ] {
        assert!(matches!(one(&button), Ok(Markup::Inline { .. })), "{button}");
    }
}

#[test]
fn buttons_beyond_limits_are_refused() {
    for (button, error) in [
        (json!({ "text": "a", "callback_data": "é".repeat(33) }), "BUTTON_DATA_INVALID"),
        (json!({ "text": "a", "callback_data": "" }), "BUTTON_DATA_INVALID"),
        (json!({ "text": "a", "url": "javascript:alert(1)" }), "BUTTON_URL_INVALID"),
        (json!({ "text": "a", "url": "nonsense" }), "BUTTON_URL_INVALID"),
        (json!({ "text": "a", "url": "http://intranet/x" }), "BUTTON_URL_INVALID"),
        (json!({ "text": "a", "copy_text": { "text": "c".repeat(257) } }), "BUTTON_COPY_TEXT_INVALID"),
        (json!({ "text": "a" }), "Text buttons are unallowed"),
        (json!({ "text": "", "callback_data": "x" }), "non-empty String"),
        (json!({ "text": "a", "callback_data": "x", "url": "https://a.example" }), "Exactly one"),
    ] {
        let description = one(&button).unwrap_err();
        assert!(
            description.starts_with("Bad Request: ") && description.contains(error),
            "{button}: {description}"
        );
    }
}

#[test]
fn rows_and_totals_are_bounded() {
    let row = |length: usize| vec![json!({ "text": "a", "callback_data": "x" }); length];
    assert!(read(&json!({ "inline_keyboard": [row(8)] })).is_ok());
    assert!(read(&json!({ "inline_keyboard": [row(9)] })).is_err());
    assert!(read(&json!({ "inline_keyboard": vec![row(5); 20] })).is_ok());
    assert!(read(&json!({ "inline_keyboard": vec![row(5); 21] })).is_err());
}

#[test]
fn forms_carry_markup_as_text() {
    let body = "reply_markup=%7B%22remove_keyboard%22%3Atrue%7D";
    let params = Params::read("", "application/x-www-form-urlencoded", body.as_bytes()).unwrap();
    assert_eq!(Markup::read(&params).unwrap(), Markup::Remove);
}
