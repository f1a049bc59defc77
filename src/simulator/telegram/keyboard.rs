//! Reading `reply_markup` as strictly as Telegram does.

use serde_json::Value;

use super::{
    message::{ButtonKind, ShownButton},
    params::Params,
    refusal::Refusal,
};

/// What a bot asked to stand below a message or below the text field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Markup {
    /// Nothing said.
    Absent,
    /// Buttons in the message; the value is echoed in answers.
    Inline { rows: Vec<Vec<ShownButton>>, value: Value },
    /// Buttons below the text field.
    Reply(Vec<Vec<ShownButton>>),
    /// Takes the buttons below the text field away.
    Remove,
    /// Opens the text field for an answer.
    ForceReply,
}

impl Markup {
    /// Reads the field `reply_markup`.
    pub(super) fn read(params: &Params) -> Result<Self, Refusal> {
        let Some(value) = params.json("reply_markup")? else { return Ok(Self::Absent) };
        if value.get("inline_keyboard").is_some() {
            let rows = rows_of(&value["inline_keyboard"], inline_button)?;
            // An empty keyboard is how a bot says "none".
            return Ok(if rows.is_empty() { Self::Absent } else { Self::Inline { rows, value } });
        }
        if value.get("keyboard").is_some() {
            return rows_of(&value["keyboard"], reply_button).map(Self::Reply);
        }
        if value.get("remove_keyboard").and_then(Value::as_bool) == Some(true) {
            return Ok(Self::Remove);
        }
        if value.get("force_reply").and_then(Value::as_bool) == Some(true) {
            return Ok(Self::ForceReply);
        }
        Err(Refusal::bad("object expected as reply markup"))
    }

    /// The same for edits, which take inline keyboards only.
    pub(super) fn read_for_edit(params: &Params) -> Result<(Vec<Vec<ShownButton>>, Option<Value>), Refusal> {
        match Self::read(params)? {
            Self::Absent => Ok((Vec::new(), None)),
            Self::Inline { rows, value } => Ok((rows, Some(value))),
            _ => Err(Refusal::bad("inline keyboard expected")),
        }
    }
}

fn rows_of(
    value: &Value,
    read: impl Fn(&Value) -> Result<ShownButton, Refusal>,
) -> Result<Vec<Vec<ShownButton>>, Refusal> {
    let malformed = || Refusal::bad("can't parse reply keyboard markup JSON object");
    let mut rows = Vec::new();
    for row in value.as_array().ok_or_else(malformed)? {
        let row = row.as_array().ok_or_else(malformed)?;
        let row = row.iter().map(&read).collect::<Result<Vec<_>, _>>()?;
        if row.len() > 8 {
            return Err(Refusal::bad("reply markup is too long"));
        }
        if !row.is_empty() {
            rows.push(row);
        }
    }
    if rows.iter().map(Vec::len).sum::<usize>() > 100 {
        return Err(Refusal::bad("reply markup is too long"));
    }
    Ok(rows)
}

fn inline_button(value: &Value) -> Result<ShownButton, Refusal> {
    let unreadable = |what: &str| Refusal::bad(format!("can't parse inline keyboard button: {what}"));
    let text = value.get("text").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    if text.is_empty() {
        return Err(unreadable("Field \"text\" must be a non-empty String"));
    }
    let mut kinds = Vec::new();
    for (name, content) in value.as_object().into_iter().flatten() {
        let string = || content.as_str().unwrap_or_default().to_owned();
        match name.as_str() {
            "callback_data" => kinds.push(ButtonKind::Callback(string())),
            "url" => kinds.push(ButtonKind::Url(string())),
            "copy_text" => {
                kinds.push(ButtonKind::CopyText(content["text"].as_str().unwrap_or_default().to_owned()));
            }
            "switch_inline_query" | "switch_inline_query_current_chat" => {
                kinds.push(ButtonKind::SwitchInline(string()));
            }
            "switch_inline_query_chosen_chat" => {
                kinds
                    .push(ButtonKind::SwitchInline(content["query"].as_str().unwrap_or_default().to_owned()));
            }
            "login_url" | "web_app" | "pay" | "callback_game" => kinds.push(ButtonKind::Other(name.clone())),
            _ => {}
        }
    }
    let kind = match (kinds.pop(), kinds.is_empty()) {
        (Some(kind), true) => kind,
        (None, _) => return Err(unreadable("Text buttons are unallowed in the inline keyboard")),
        (Some(_), false) => return Err(unreadable("Exactly one of the optional fields must be used")),
    };
    check(&kind)?;
    Ok(ShownButton { text: text.to_owned(), kind })
}

fn check(kind: &ButtonKind) -> Result<(), Refusal> {
    match kind {
        ButtonKind::Callback(data) if data.is_empty() || data.len() > 64 => {
            Err(Refusal::bad("BUTTON_DATA_INVALID"))
        }
        ButtonKind::Url(address) if !opens(address) => Err(Refusal::bad("BUTTON_URL_INVALID")),
        ButtonKind::CopyText(text) if text.is_empty() || text.chars().count() > 256 => {
            Err(Refusal::bad("BUTTON_COPY_TEXT_INVALID"))
        }
        _ => Ok(()),
    }
}

/// Telegram wants a dotted host; loopback is let through because the demo lives there.
fn opens(address: &str) -> bool {
    let Ok(parsed) = url::Url::parse(address) else { return false };
    match parsed.scheme() {
        "tg" => true,
        "http" | "https" => {
            parsed.host_str().is_some_and(|host| host == "localhost" || host.contains(['.', ':']))
        }
        _ => false,
    }
}

fn reply_button(value: &Value) -> Result<ShownButton, Refusal> {
    let text = value.as_str().or_else(|| value.get("text").and_then(Value::as_str)).unwrap_or_default();
    if text.is_empty() {
        return Err(Refusal::bad("can't parse keyboard button: Field \"text\" must be a non-empty String"));
    }
    Ok(ShownButton { text: text.to_owned(), kind: ButtonKind::Reply })
}

#[cfg(test)]
#[path = "keyboard_tests.rs"]
mod tests;
