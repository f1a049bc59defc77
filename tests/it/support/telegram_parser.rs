//! Telegram's own text parser, offline: what it refuses, a chat would never see.
//!
//! TDLib is loaded when the tests run and asked for its synchronous functions only: no client, no network.

use std::ffi::{CStr, CString, c_char, c_void};
use std::sync::{Mutex, OnceLock};

use libloading::Library;
use serde_json::{Value, json};

use super::peers;

/// How long a message may be after parsing, in UTF-16 units.
pub const MESSAGE_UTF16_MAX: usize = 4096;

/// How long a caption may be after parsing, in UTF-16 units.
pub const CAPTION_UTF16_MAX: usize = 1024;

/// A text as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedText {
    /// The text without its tags.
    pub text: String,
    /// What the tags said.
    pub entities: Vec<TextEntity>,
}

impl ParsedText {
    /// The length as Telegram counts it.
    pub fn utf16_length(&self) -> usize {
        self.text.encode_utf16().count()
    }
}

/// A part of a text with a meaning: bold, a link, a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEntity {
    /// TDLib's name without its beginning: `Bold`, `Code`, `TextUrl`, `Mention`, `BotCommand`.
    pub kind: String,
    /// The part of the text.
    pub part: String,
    /// Where a `TextUrl` leads.
    pub url: Option<String>,
}

/// Parses a text as the parse mode `HTML` does, or gives Telegram's own error.
pub fn check_html(html: &str) -> Result<ParsedText, String> {
    let answer = execute(&json!({
        "@type": "parseTextEntities",
        "text": html,
        "parse_mode": { "@type": "textParseModeHTML" },
    }))?;
    let text = answer["text"].as_str().ok_or_else(|| format!("no text in {answer}"))?.to_owned();
    let entities = entities_of(&text, &answer)?;
    Ok(ParsedText { text, entities })
}

/// As [`check_html`], and the text is neither empty nor longer than a message may be.
pub fn check_message(html: &str) -> Result<ParsedText, String> {
    let parsed = within(check_html(html)?, MESSAGE_UTF16_MAX)?;
    if parsed.text.trim().is_empty() { Err("message text is empty".to_owned()) } else { Ok(parsed) }
}

/// As [`check_html`], and the text is not longer than a caption may be.
pub fn check_caption(html: &str) -> Result<ParsedText, String> {
    within(check_html(html)?, CAPTION_UTF16_MAX)
}

/// What Telegram makes of a plain text by itself: links, mentions, hashtags, commands, phone numbers.
pub fn live_parts(text: &str) -> Result<Vec<TextEntity>, String> {
    entities_of(text, &execute(&json!({ "@type": "getTextEntities", "text": text }))?)
}

fn within(parsed: ParsedText, utf16_max: usize) -> Result<ParsedText, String> {
    match parsed.utf16_length() {
        length if length > utf16_max => Err(format!("{length} UTF-16 units, {utf16_max} are allowed")),
        _ => Ok(parsed),
    }
}

fn entities_of(text: &str, answer: &Value) -> Result<Vec<TextEntity>, String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let entities = answer["entities"].as_array().ok_or_else(|| format!("no entities in {answer}"))?;
    entities
        .iter()
        .map(|entity| {
            let number = |field: &str| entity[field].as_u64().and_then(|number| usize::try_from(number).ok());
            let (offset, length) =
                number("offset").zip(number("length")).ok_or("an entity without a place")?;
            let part = units.get(offset..offset + length).ok_or("an entity outside of its text")?;
            let kind = entity["type"]["@type"].as_str().ok_or("an entity without a type")?;
            Ok(TextEntity {
                kind: kind.trim_start_matches("textEntityType").to_owned(),
                part: String::from_utf16_lossy(part),
                url: entity["type"]["url"].as_str().map(str::to_owned),
            })
        })
        .collect()
}

type Execute = unsafe extern "C" fn(*mut c_void, *const c_char) -> *const c_char;

struct Tdlib {
    execute: Execute,
    // The function lives in the library.
    _library: Library,
}

fn execute(request: &Value) -> Result<Value, String> {
    static TDLIB: OnceLock<Result<Mutex<Tdlib>, String>> = OnceLock::new();
    let tdlib = TDLIB.get_or_init(|| {
        let tdlib = load()?;
        call(&tdlib, &json!({ "@type": "setLogVerbosityLevel", "new_verbosity_level": 0 }))?;
        Ok(Mutex::new(tdlib))
    });
    let tdlib = tdlib.as_ref().map_err(Clone::clone)?.lock().expect("no panic under this lock");
    call(&tdlib, request)
}

#[expect(unsafe_code, reason = "a C library is loaded; its functions have the type its header gives them")]
fn load() -> Result<Tdlib, String> {
    let path = peers::installed("libtdjson.so")?;
    // SAFETY: the library comes from tests/peers/package-lock.json and may be loaded at any time.
    let library = unsafe { Library::new(&path) }.map_err(|error| format!("{}: {error}", path.display()))?;
    // SAFETY: `const char *td_json_client_execute(void *client, const char *request)`, says td_json_client.h.
    let execute =
        *unsafe { library.get::<Execute>("td_json_client_execute") }.map_err(|error| error.to_string())?;
    Ok(Tdlib { execute, _library: library })
}

#[expect(unsafe_code, reason = "calls the function that `load` found")]
fn call(tdlib: &Tdlib, request: &Value) -> Result<Value, String> {
    let request = CString::new(request.to_string()).expect("JSON escapes the zero byte");
    // SAFETY: synchronous requests need no client; the request ends with a zero byte and outlives the call.
    let answer = unsafe { (tdlib.execute)(std::ptr::null_mut(), request.as_ptr()) };
    if answer.is_null() {
        return Err(format!("TDLib does not answer {request:?}"));
    }
    // SAFETY: the answer is a C string that lives until this thread's next call; it is copied here.
    let answer = unsafe { CStr::from_ptr(answer) }.to_string_lossy().into_owned();
    let answer: Value = serde_json::from_str(&answer).map_err(|error| format!("{error} in {answer}"))?;
    if answer["@type"] == "error" {
        return Err(answer["message"].as_str().unwrap_or("an error without words").to_owned());
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        live_parts(text).unwrap().into_iter().map(|entity| entity.kind).collect()
    }

    #[test]
    fn tags_become_entities() {
        let parsed = check_message(
            "<b>Kaos</b> &lt;M&gt; <a href=\"https://pay.example/k\">Bayar</a> <code>#K7</code>",
        )
        .unwrap();
        assert_eq!(parsed.text, "Kaos <M> Bayar #K7");
        let found: Vec<_> =
            parsed.entities.iter().map(|entity| (entity.kind.as_str(), entity.part.as_str())).collect();
        assert_eq!(found, [("Bold", "Kaos"), ("TextUrl", "Bayar"), ("Code", "#K7")]);
        assert_eq!(parsed.entities[1].url.as_deref(), Some("https://pay.example/k"));
    }

    #[test]
    fn hostile_names_break_a_message_until_they_are_escaped() {
        for name in [
            "< A />",
            "a < b > c",
            "<b>Kaos",
            "</b>",
            "<script>alert(1)</script>",
            "<a href='x'>",
            "<b><i></b></i>",
        ] {
            check_html(name).expect_err(name);
            let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert_eq!(check_html(&escaped).unwrap().text, name);
        }
        assert!(check_html("<b>x").unwrap_err().contains("end tag"), "the error is Telegram's own");
    }

    #[test]
    fn other_hostile_texts_come_through_unharmed() {
        for text in ["& &nope; &#0;", "a\u{0}b", "\u{202e}evil", "👩‍👩‍👧‍👦", "{ $amount }", "🧪 Sandbox"]
        {
            check_html(text).expect(text);
        }
    }

    #[test]
    fn length_is_counted_after_parsing_in_utf16_units() {
        assert_eq!(check_html("<b>👕</b>").unwrap().utf16_length(), 2);
        check_message(&format!("<b>{}</b>", "x".repeat(4096))).unwrap();
        check_message(&"x".repeat(4097)).unwrap_err();
        check_message(&"👕".repeat(2049)).unwrap_err();
        check_caption(&"👕".repeat(512)).unwrap();
        check_caption(&"x".repeat(1025)).unwrap_err();
        check_message(" \n ").unwrap_err();
    }

    #[test]
    fn a_word_joiner_keeps_a_name_from_becoming_a_link() {
        for (text, kind) in
            [("kaos.id", "Url"), ("@tokosari", "Mention"), ("#promo", "Hashtag"), ("/new", "BotCommand")]
        {
            assert_eq!(kinds(text), [kind], "{text}");
            let middle = text.find(['.', '@', '#', '/']).unwrap() + 1;
            let joined = format!("{}\u{2060}{}", &text[..middle], &text[middle..]);
            assert!(kinds(&joined).is_empty(), "{joined:?} is {:?}", kinds(&joined));
        }
    }
}
