//! Telegram's HTML parse mode: text with tags in, plain text with UTF-16 entities out.
//!
//! Written from the behaviour of Telegram's own parser: a tag it does not know is an error, an
//! `&name;` it does not know is plain text, attributes may be bare, and end tags must match.

use super::message::Entity;

const TAGS: [&str; 16] = [
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// Text as a person sees it, and what is bold or linked in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Formatted {
    /// The text without tags, white space cut from both ends.
    pub(super) text: String,
    /// Ordered by offset; the longer first where two begin together.
    pub(super) entities: Vec<Entity>,
}

impl Formatted {
    /// Text that is sent without a parse mode.
    pub(super) fn plain(text: &str) -> Self {
        trimmed(text.to_owned(), Vec::new())
    }

    /// Length as Telegram counts it.
    pub(super) fn utf16_length(&self) -> usize {
        self.text.encode_utf16().count()
    }
}

/// Parses, or says what is wrong the way Telegram does after "can't parse entities: ".
pub(super) fn parse(html: &str) -> Result<Formatted, String> {
    let mut parser =
        Parser { html, at: 0, text: String::new(), length: 0, open: Vec::new(), entities: Vec::new() };
    while let Some(next) = parser.peek() {
        match next {
            '<' if html[parser.at..].starts_with("</") => parser.end_tag()?,
            '<' => parser.start_tag()?,
            '&' => parser.reference(),
            _ => parser.push(next, next.len_utf8()),
        }
    }
    if let Some(unclosed) = parser.open.last() {
        return Err(format!("Can't find end tag corresponding to start tag \"{}\"", unclosed.name));
    }
    parser.entities.sort_by_key(|entity| (entity.offset, usize::MAX - entity.length));
    Ok(trimmed(parser.text, parser.entities))
}

struct OpenTag {
    name: String,
    /// Where it begins in the plain text, in UTF-16 units.
    offset: usize,
    argument: String,
}

struct Parser<'a> {
    html: &'a str,
    at: usize,
    text: String,
    length: usize,
    open: Vec<OpenTag>,
    entities: Vec<Entity>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.html[self.at..].chars().next()
    }

    fn push(&mut self, shown: char, consumed: usize) {
        self.text.push(shown);
        self.length += shown.len_utf16();
        self.at += consumed;
    }

    fn reference(&mut self) {
        let (shown, consumed) = decode(&self.html[self.at..]).unwrap_or(('&', 1));
        self.push(shown, consumed);
    }

    fn skip_spaces(&mut self) {
        while self.peek().is_some_and(|c| c.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take_until(&mut self, stops: impl Fn(char) -> bool) -> String {
        let rest = &self.html[self.at..];
        let length = rest.find(stops).unwrap_or(rest.len());
        self.at += length;
        rest[..length].to_owned()
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let name = self.take_until(|c| c.is_ascii_whitespace() || c == '>').to_ascii_lowercase();
        let unclosed = || format!("Unclosed start tag at byte offset {begin}");
        if self.peek().is_none() {
            return Err(unclosed());
        }
        if !TAGS.contains(&name.as_str()) {
            return Err(format!("Unsupported start tag \"{name}\" at byte offset {begin}"));
        }
        let mut argument = String::new();
        loop {
            self.skip_spaces();
            match self.peek() {
                None => return Err(unclosed()),
                Some('>') => break,
                Some(_) => {}
            }
            let (attribute, value) = self.attribute(&name, begin)?;
            match (name.as_str(), attribute.as_str()) {
                ("a", "href") | ("tg-emoji", "emoji-id") | ("span" | "code", "class") => argument = value,
                ("blockquote", "expandable") => argument = "expandable".to_owned(),
                _ => {}
            }
        }
        self.at += 1;
        if name == "span" && argument != "tg-spoiler" {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"));
        }
        self.open.push(OpenTag { name, offset: self.length, argument });
        Ok(())
    }

    fn attribute(&mut self, tag: &str, begin: usize) -> Result<(String, String), String> {
        let name = self.take_until(|c| c.is_ascii_whitespace() || c == '=' || c == '>').to_ascii_lowercase();
        if name.is_empty() {
            return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}"));
        }
        self.skip_spaces();
        if self.peek() != Some('=') {
            return Ok((name, String::new()));
        }
        self.at += 1;
        self.skip_spaces();
        let unclosed = || format!("Unclosed start tag at byte offset {begin}");
        let quote = self.peek().ok_or_else(unclosed)?;
        if quote != '"' && quote != '\'' {
            let value = self.take_until(|c| !(c.is_ascii_alphanumeric() || c == '.' || c == '-'));
            if value.is_empty() {
                return Err(format!("Unexpected end of name token at byte offset {}", self.at));
            }
            return Ok((name, value));
        }
        self.at += 1;
        let mut value = String::new();
        loop {
            match self.peek() {
                None => return Err(unclosed()),
                Some(c) if c == quote => break,
                Some('&') => {
                    let (shown, consumed) = decode(&self.html[self.at..]).unwrap_or(('&', 1));
                    value.push(shown);
                    self.at += consumed;
                }
                Some(c) => {
                    value.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        self.at += 1;
        Ok((name, value))
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 2;
        let name = self.take_until(|c| c.is_ascii_whitespace() || c == '>').to_ascii_lowercase();
        self.skip_spaces();
        if self.peek() != Some('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        let Some(tag) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        if !name.is_empty() && name != tag.name {
            let expected = &tag.name;
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{expected}>\", found \"</{name}>\""
            ));
        }
        let length = self.length - tag.offset;
        if length == 0 {
            return Ok(());
        }
        // `<pre><code class="language-rust">` is one block with a language, not two entities.
        if tag.name == "code"
            && let Some(outer) = self.open.last_mut()
            && outer.name == "pre"
            && outer.offset == tag.offset
        {
            outer.argument = tag.argument;
            return Ok(());
        }
        let text_start = utf8_index(&self.text, tag.offset);
        self.entities.extend(entity(&tag, length, &self.text[text_start..]));
        Ok(())
    }
}

fn entity(tag: &OpenTag, length: usize, covered: &str) -> Option<Entity> {
    let kind = match tag.name.as_str() {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "s" | "strike" | "del" => "strikethrough",
        "u" | "ins" => "underline",
        "tg-spoiler" | "span" => "spoiler",
        "tg-emoji" => "custom_emoji",
        "pre" => "pre",
        "code" => "code",
        "blockquote" if tag.argument == "expandable" => "expandable_blockquote",
        "blockquote" => "blockquote",
        "a" => "text_link",
        _ => return None,
    };
    let mut made = Entity::new(kind, tag.offset, length);
    match kind {
        "pre" => made.language = tag.argument.strip_prefix("language-").map(str::to_owned),
        "custom_emoji" => made.custom_emoji_id = Some(tag.argument.clone()),
        "text_link" => {
            let address = if tag.argument.is_empty() { covered } else { &tag.argument };
            // Telegram drops a link it cannot read instead of refusing the message.
            made.url = Some(link_target(address)?);
        }
        _ => {}
    }
    Some(made)
}

fn link_target(address: &str) -> Option<String> {
    let address = address.trim();
    let with_scheme =
        if address.contains("://") || address.starts_with("tg:") || address.starts_with("mailto:") {
            address.to_owned()
        } else {
            format!("http://{address}")
        };
    let parsed = url::Url::parse(&with_scheme).ok()?;
    matches!(parsed.scheme(), "http" | "https" | "tg" | "ton" | "mailto").then(|| parsed.to_string())
}

/// One character reference at the beginning of `text`: what it shows and how many bytes it takes.
fn decode(text: &str) -> Option<(char, usize)> {
    let end = text.char_indices().take(12).find(|(_, c)| *c == ';').map(|(index, _)| index)?;
    let shown = match &text[1..end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        name => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    };
    Some((shown, end + 1))
}

fn utf8_index(text: &str, utf16_offset: usize) -> usize {
    let mut units = 0;
    for (index, character) in text.char_indices() {
        if units >= utf16_offset {
            return index;
        }
        units += character.len_utf16();
    }
    text.len()
}

/// Cuts white space from both ends and moves the entities along, as Telegram does.
fn trimmed(text: String, entities: Vec<Entity>) -> Formatted {
    let start_cut = text.trim_start();
    let cut = text[..text.len() - start_cut.len()].encode_utf16().count();
    let kept = start_cut.trim_end();
    let end = kept.encode_utf16().count();
    let entities = entities
        .into_iter()
        .filter_map(|mut entity| {
            let from = entity.offset.saturating_sub(cut);
            let to = (entity.offset + entity.length).saturating_sub(cut).min(end);
            entity.offset = from;
            entity.length = to.checked_sub(from).filter(|length| *length > 0)?;
            Some(entity)
        })
        .collect();
    Formatted { text: kept.to_owned(), entities }
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
