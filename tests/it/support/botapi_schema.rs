//! Every call to Telegram against the Bot API's own declarations: known method, known fields, types, lengths.
//!
//! The schema is made of declarations that others keep in step with Telegram. It is stricter than Telegram, which
//! ignores unknown fields: a field that is spelled wrong is a fault here and silence there.

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::peers;

/// Methods that take no parameters, so that the schema has no definition for them.
const WITHOUT_PARAMETERS: [&str; 8] = [
    "getMe",
    "logOut",
    "close",
    "getWebhookInfo",
    "getForumTopicIconStickers",
    "getAvailableGifts",
    "getMyStarBalance",
    "removeMyProfilePhoto",
];

/// Limits that count bytes, where the schema can only count characters: field and bytes at most.
const BYTES_MAX: [(&str, usize); 2] = [("callback_data", 64), ("payload", 128)];

/// How many bytes the id of an inline result may have.
const INLINE_RESULT_ID_BYTES_MAX: usize = 64;

/// How many faults of one call are told.
const FAULTS_TOLD: usize = 4;

/// Judges one call as its JSON body; the method may be written in either case. The error names every fault.
pub fn check_call(method: &str, body: &Value) -> Result<(), String> {
    let method = canonical(method);
    if WITHOUT_PARAMETERS.contains(&method.as_str()) {
        let empty = body.is_null() || body.as_object().is_some_and(Map::is_empty);
        return if empty { Ok(()) } else { Err(format!("{method} takes no parameters: {body}")) };
    }
    let no_body = json!({});
    let body = if body.is_null() { &no_body } else { body };
    let mut faults: Vec<String> = validator(&method)?
        .iter_errors(body)
        .take(FAULTS_TOLD)
        .map(|error| format!("{}: {}", error.instance_path(), shortened(&error.to_string())))
        .collect();
    collect_byte_faults(body, &mut faults);
    if faults.is_empty() { Ok(()) } else { Err(format!("{method}: {}", faults.join("; "))) }
}

/// The JSON body that a form (multipart or urlencoded) stands for. Form values are strings; what the schema knows as
/// a number, a flag or an object is read as such. `files` names the parts that carried a file: one that a field
/// refers to by `attach://` is no parameter of its own.
pub fn normalise_form(method: &str, fields: &[(String, String)], files: &[String]) -> Result<Value, String> {
    let mut body = Map::new();
    let definition = definition_name(&canonical(method));
    let properties = &schema()?["definitions"][&definition]["properties"];
    for (name, value) in fields {
        body.insert(name.clone(), form_value(&properties[name.as_str()], value)?);
    }
    for name in files {
        let reference = format!("attach://{name}");
        if !fields.iter().any(|(_, value)| value.contains(&reference)) {
            // The declarations know a file as what programs call a blob.
            body.insert(name.clone(), json!({ "size": 0, "type": "application/octet-stream" }));
        }
    }
    Ok(Value::Object(body))
}

fn canonical(method: &str) -> String {
    let mut letters = method.chars();
    letters.next().map(|first| first.to_ascii_lowercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// `sendMessage` is checked against `SendMessageParams`.
fn definition_name(method: &str) -> String {
    let (first, rest) = method.split_at(method.len().min(1));
    format!("{}{rest}Params", first.to_ascii_uppercase())
}

fn schema() -> Result<&'static Value, String> {
    static SCHEMA: OnceLock<Result<Value, String>> = OnceLock::new();
    let loaded = SCHEMA.get_or_init(|| {
        let path = peers::installed("botapi.schema.json")?;
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    });
    loaded.as_ref().map_err(Clone::clone)
}

fn validator(method: &str) -> Result<Arc<Validator>, String> {
    static VALIDATORS: OnceLock<Mutex<HashMap<String, Arc<Validator>>>> = OnceLock::new();
    let mut validators = VALIDATORS.get_or_init(Mutex::default).lock().expect("no panic under this lock");
    if let Some(validator) = validators.get(method) {
        return Ok(validator.clone());
    }
    let definition = definition_name(method);
    let definitions = &schema()?["definitions"];
    if definitions.get(&definition).is_none() {
        return Err(format!("the Bot API has no method {method}"));
    }
    let whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [{ "$ref": format!("#/definitions/{definition}") }],
        "definitions": definitions,
    });
    let validator =
        Arc::new(jsonschema::validator_for(&whole).map_err(|error| format!("{definition}: {error}"))?);
    validators.insert(method.to_owned(), validator.clone());
    Ok(validator)
}

fn shortened(fault: &str) -> String {
    if fault.chars().count() > 300 {
        fault.chars().take(300).chain(['…']).collect()
    } else {
        fault.to_owned()
    }
}

fn collect_byte_faults(value: &Value, faults: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_byte_faults(item, faults)),
        Value::Object(fields) => {
            for (name, inner) in fields {
                collect_byte_faults(inner, faults);
                let limit = BYTES_MAX.iter().find(|(field, _)| field == name).map(|(_, bytes)| *bytes);
                collect_long(name, inner, limit, faults);
            }
            for result in fields.get("results").and_then(Value::as_array).into_iter().flatten() {
                collect_long("results/id", &result["id"], Some(INLINE_RESULT_ID_BYTES_MAX), faults);
            }
        }
        _ => {}
    }
}

fn collect_long(name: &str, value: &Value, bytes_max: Option<usize>, faults: &mut Vec<String>) {
    if let (Some(text), Some(bytes_max)) = (value.as_str(), bytes_max)
        && text.len() > bytes_max
    {
        faults.push(format!("{name}: {text:?} has {} bytes, {bytes_max} are allowed", text.len()));
    }
}

fn form_value(property: &Value, text: &str) -> Result<Value, String> {
    let kinds = kinds(property)?;
    let parsed = serde_json::from_str::<Value>(text).ok().filter(|value| kinds.contains(&kind_of(value)));
    Ok(parsed.unwrap_or_else(|| Value::String(text.to_owned())))
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string in quotes",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The JSON types that a property may have, through references and alternatives.
fn kinds(property: &Value) -> Result<Vec<&'static str>, String> {
    if let Some(name) =
        property["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/definitions/"))
    {
        return kinds(&schema()?["definitions"][name]);
    }
    if let Some(alternatives) = property["anyOf"].as_array() {
        return Ok(alternatives.iter().map(kinds).collect::<Result<Vec<_>, _>>()?.concat());
    }
    let known = ["boolean", "number", "array", "object"].into_iter();
    Ok(match &property["type"] {
        Value::String(kind) => known.filter(|name| name == kind).collect(),
        Value::Array(several) => known.filter(|name| several.iter().any(|kind| kind == name)).collect(),
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Value {
        json!({
            "chat_id": 42,
            "text": "<b>Kaos polos</b> · Rp75.000",
            "parse_mode": "HTML",
            "link_preview_options": { "is_disabled": true },
            "reply_markup": { "inline_keyboard": [
                [{ "text": "▦ QR", "callback_data": "v1:qr:3kf9" }, { "text": "Salin", "copy_text": { "text": "x" } }],
                [{ "text": "Bayar", "url": "https://pay.example/kaos" }],
            ] },
        })
    }

    #[test]
    fn honest_calls_pass() {
        check_call("sendMessage", &card()).unwrap();
        check_call("SendMessage", &card()).unwrap();
        check_call("getMe", &Value::Null).unwrap();
        check_call("GetMe", &json!({})).unwrap();
        check_call("getUpdates", &json!({ "offset": 7, "timeout": 10, "allowed_updates": ["message"] }))
            .unwrap();
        check_call("deleteWebhook", &Value::Null).unwrap();
        check_call("answerCallbackQuery", &json!({ "callback_query_id": "9", "text": "✓" })).unwrap();
        let article = json!({ "type": "article", "id": "l1", "title": "Kaos",
            "input_message_content": { "message_text": "Kaos", "parse_mode": "HTML" } });
        check_call(
            "answerInlineQuery",
            &json!({ "inline_query_id": "1", "results": [article], "cache_time": 0 }),
        )
        .unwrap();
    }

    #[test]
    fn spoiled_calls_are_refused() {
        let spoil = |change: fn(&mut Value)| {
            let mut body = card();
            change(&mut body);
            body
        };
        let spoiled = [
            ("sendMesage", card()),
            (
                "sendMessage",
                spoil(|body| body["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = json!("")),
            ),
            ("sendMessage", spoil(|body| body["chatid"] = json!(42))),
            ("sendMessage", spoil(|body| _ = body.as_object_mut().unwrap().remove("chat_id"))),
            ("sendMessage", spoil(|body| body["text"] = json!(""))),
            ("sendMessage", spoil(|body| body["text"] = json!(75000))),
            ("sendMessage", spoil(|body| body["parse_mode"] = json!("Html"))),
            (
                "sendMessage",
                spoil(|body| body["reply_markup"] = json!({ "inline_keyboard": [{ "text": "flat" }] })),
            ),
            ("sendMessage", spoil(|body| body["reply_markup"] = json!("{\"inline_keyboard\":[]}"))),
            ("answerCallbackQuery", json!({ "callback_query_id": "9", "text": "a".repeat(201) })),
            ("setMyCommands", json!({ "commands": [{ "command": "new", "description": "" }] })),
            ("getMe", json!({ "chat_id": 1 })),
        ];
        for (method, body) in spoiled {
            assert!(check_call(method, &body).is_err(), "{method} passed: {body}");
        }
    }

    #[test]
    fn callback_data_is_counted_in_bytes() {
        let with = |data: String| {
            let mut body = card();
            body["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = json!(data);
            check_call("sendMessage", &body)
        };
        with("é".repeat(32)).unwrap();
        let fault = with("é".repeat(33)).unwrap_err();
        assert!(fault.contains("66 bytes"), "{fault}");
    }

    #[test]
    fn a_form_is_read_as_the_body_it_stands_for() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = [
            field("chat_id", "42"),
            field("caption", "12"),
            field("disable_notification", "true"),
            field("reply_markup", r#"{"inline_keyboard":[[{"text":"◀","callback_data":"v1:home"}]]}"#),
        ];
        let body = normalise_form("sendPhoto", &fields, &["photo".to_owned()]).unwrap();
        assert_eq!(body["chat_id"], 42);
        assert_eq!(body["caption"], "12", "a caption stays a text even when it looks like a number");
        assert_eq!(body["disable_notification"], true);
        check_call("sendPhoto", &body).unwrap();

        let attached = [field("chat_id", "42"), field("document", "attach://part0")];
        let body = normalise_form("SendDocument", &attached, &["part0".to_owned()]).unwrap();
        assert_eq!(body, json!({ "chat_id": 42, "document": "attach://part0" }));
        check_call("sendDocument", &body).unwrap();

        let unknown = normalise_form("sendPhoto", &[field("chatid", "42")], &["photo".to_owned()]).unwrap();
        check_call("sendPhoto", &unknown).unwrap_err();
    }
}
