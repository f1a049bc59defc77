//! The parameters of one call, however they came: JSON, a form, a query, or multipart with files.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// A file that came with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Upload {
    /// As the bot named it.
    pub(super) file_name: String,
    /// As the bot declared it.
    pub(super) media_type: String,
    /// Its content.
    pub(super) bytes: Vec<u8>,
}

/// The parameters by name. Values keep the shape they came in; readers accept both
/// JSON values and the text that forms carry.
#[derive(Clone, Debug, Default)]
pub(super) struct Params {
    fields: Map<String, Value>,
    files: HashMap<String, Upload>,
}

impl Params {
    /// Reads a body by its content type; the query of the address counts too.
    pub(super) fn read(query: &str, content_type: &str, body: &[u8]) -> Result<Self, Refusal> {
        let mut params = Self::default();
        params.add_form(query.as_bytes());
        let kind = content_type.to_ascii_lowercase();
        if kind.starts_with("application/json") {
            match serde_json::from_slice(body) {
                Ok(Value::Object(fields)) => params.fields.extend(fields),
                Ok(Value::Null) => {}
                Err(_) if body.is_empty() => {}
                _ => return Err(Refusal::bad("can't parse request JSON object")),
            }
        } else if kind.starts_with("multipart/form-data") {
            let boundary = content_type.split("boundary=").nth(1).unwrap_or_default();
            let boundary = boundary.split(';').next().unwrap_or_default().trim().trim_matches('"');
            params.add_multipart(boundary, body)?;
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            params.add_form(body);
        }
        Ok(params)
    }

    /// What the journal keeps: the fields as received, files by name and size.
    pub(super) fn to_json(&self) -> Value {
        let mut fields = self.fields.clone();
        for (name, file) in &self.files {
            let described = json!({
                "file_name": file.file_name, "media_type": file.media_type, "size": file.bytes.len(),
            });
            fields.insert(name.clone(), described);
        }
        Value::Object(fields)
    }

    /// A text; numbers are read as their digits.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.fields.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A whole number, also when it came as text.
    pub(super) fn int(&self, name: &str) -> Option<i64> {
        match self.fields.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// True for `true`, `1` and their texts.
    pub(super) fn flag(&self, name: &str) -> bool {
        match self.fields.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true") || text == "1",
            _ => false,
        }
    }

    /// An object or a list, also when it came as text holding JSON.
    pub(super) fn json(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.fields.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Refusal::bad(format!("can't parse {} JSON object", name.replace('_', " ")))),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// The list of texts under this name; a malformed one counts as absent.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<String>> {
        let list = self.json(name).ok()??;
        Some(list.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// The file under this name, or the one an `attach://` points at.
    pub(super) fn file(&self, name: &str) -> Option<&Upload> {
        if let Some(file) = self.files.get(name) {
            return Some(file);
        }
        let attached = self.text(name)?;
        self.files.get(attached.strip_prefix("attach://")?)
    }

    /// The file an `attach://…` text points at.
    pub(super) fn attached(&self, reference: &str) -> Option<&Upload> {
        self.files.get(reference.strip_prefix("attach://")?)
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(form) {
            self.fields.insert(name.into_owned(), Value::String(value.into_owned()));
        }
    }

    fn add_multipart(&mut self, boundary: &str, body: &[u8]) -> Result<(), Refusal> {
        let malformed = || Refusal::bad("can't parse multipart form");
        if boundary.is_empty() {
            return Err(malformed());
        }
        let delimiter = format!("\r\n--{boundary}");
        let first = body.strip_prefix(&delimiter.as_bytes()[2..]).ok_or_else(malformed)?;
        let mut rest = first;
        // Each round reads "\r\n headers \r\n\r\n content" up to the next delimiter.
        while !rest.starts_with(b"--") {
            let part = rest.strip_prefix(b"\r\n").ok_or_else(malformed)?;
            let end = find(part, delimiter.as_bytes()).ok_or_else(malformed)?;
            self.add_part(&part[..end]).ok_or_else(malformed)?;
            rest = &part[end + delimiter.len()..];
        }
        Ok(())
    }

    fn add_part(&mut self, part: &[u8]) -> Option<()> {
        let split = find(part, b"\r\n\r\n")?;
        let (head, content) = (String::from_utf8_lossy(&part[..split]), &part[split + 4..]);
        let header = |wanted: &str| {
            head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
            })
        };
        let disposition = header("content-disposition")?;
        let attribute = |wanted: &str| {
            disposition.split(';').find_map(|piece| {
                let (name, value) = piece.trim().split_once('=')?;
                (name == wanted).then(|| value.trim_matches('"').to_owned())
            })
        };
        let name = attribute("name")?;
        match attribute("filename") {
            Some(file_name) => {
                let media_type = header("content-type").unwrap_or_default();
                self.files.insert(name, Upload { file_name, media_type, bytes: content.to_vec() });
            }
            // A part that is no text can only be a file without a name.
            None => match std::str::from_utf8(content) {
                Ok(text) => {
                    self.fields.insert(name, Value::String(text.to_owned()));
                }
                Err(_) => {
                    let media_type = header("content-type").unwrap_or_default();
                    let upload = Upload { file_name: name.clone(), media_type, bytes: content.to_vec() };
                    self.files.insert(name, upload);
                }
            },
        }
        Some(())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
