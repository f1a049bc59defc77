//! The parts of a line that say what they are: `for:`, `ref:`, `link:`, `note:` and others, and the
//! words of a line.

use super::LineError;
use crate::domain::method_set::is_method_word;
use crate::domain::visible_text::clean;

/// A line with its keyed parts taken out.
#[derive(Debug, Default)]
pub(super) struct KeyedLine {
    /// What is left, in order.
    pub(super) rest: Vec<Word>,
    /// `for:` or `untuk:`, up to the next key, the end of the quotes or the end of the line.
    pub(super) customer: Option<String>,
    /// `ref:`, one word.
    pub(super) reference: Option<String>,
    /// `link:`, one word, or several in quotes.
    pub(super) slug: Option<String>,
    /// `note:` or `catatan:`, as far as `for:` reaches.
    pub(super) note: Option<String>,
    /// `qty:` or `jumlah:`, one word.
    pub(super) pieces: Option<String>,
    /// `buka:` or `opens:`, as far as `for:` reaches.
    pub(super) opens: Option<String>,
    /// `pesan:` or `message:`, as far as `for:` reaches.
    pub(super) message: Option<String>,
    /// `kembali:` or `return:`, one word.
    pub(super) return_url: Option<String>,
    /// `bayar:` or `pay:`, as far as ways to pay are named.
    pub(super) methods: Option<String>,
}

/// A word of the line, or several in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As typed, with quotes.
    pub(super) typed: String,
    /// Without quotes, invisible characters and commas behind, which a parser would stumble over.
    pub(super) plain: String,
    /// Quoted words are only ever part of a name or a keyed part.
    pub(super) quoted: bool,
    /// It comes right behind the one word of `ref:` or `link:`.
    pub(super) behind_key: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Customer,
    Reference,
    Slug,
    Note,
    Pieces,
    Opens,
    Message,
    ReturnUrl,
    Methods,
}

/// Sorts the words of a line into keyed parts and the rest.
pub(super) fn take_out(text: &str) -> Result<KeyedLine, LineError> {
    let mut line = KeyedLine::default();
    let mut remaining = text.trim_start();
    let mut behind_key = false;
    while !remaining.is_empty() {
        match split_key(remaining) {
            Some((key, after_key)) => {
                let (value, rest) = split_value(key, after_key);
                line.put(key, value)?;
                behind_key = matches!(key, Key::Reference | Key::Slug | Key::Pieces | Key::ReturnUrl);
                remaining = rest;
            }
            None => {
                let (word, rest) = split_word(remaining);
                line.rest.push(Word { behind_key, ..word });
                behind_key = false;
                remaining = rest;
            }
        }
    }
    Ok(line)
}

impl KeyedLine {
    fn put(&mut self, key: Key, value: String) -> Result<(), LineError> {
        let (slot, keyword) = match key {
            Key::Customer => (&mut self.customer, "for"),
            Key::Reference => (&mut self.reference, "ref"),
            Key::Slug => (&mut self.slug, "link"),
            Key::Note => (&mut self.note, "note"),
            Key::Pieces => (&mut self.pieces, "qty"),
            Key::Opens => (&mut self.opens, "opens"),
            Key::Message => (&mut self.message, "message"),
            Key::ReturnUrl => (&mut self.return_url, "return"),
            Key::Methods => (&mut self.methods, "pay"),
        };
        match slot.replace(value) {
            None => Ok(()),
            Some(_) => Err(LineError::Repeated { keyword }),
        }
    }
}

/// The key that `text` starts with, and what follows its colon.
fn split_key(text: &str) -> Option<(Key, &str)> {
    let (word, after_key) = text.split_once(':')?;
    let key = match word.to_ascii_lowercase().as_str() {
        "for" | "untuk" => Key::Customer,
        "ref" => Key::Reference,
        "link" => Key::Slug,
        "note" | "catatan" => Key::Note,
        "qty" | "jumlah" => Key::Pieces,
        "buka" | "dibuka" | "opens" => Key::Opens,
        "pesan" | "message" => Key::Message,
        "kembali" | "return" => Key::ReturnUrl,
        "bayar" | "pay" => Key::Methods,
        _ => return None,
    };
    Some((key, after_key.trim_start()))
}

fn split_value(key: Key, text: &str) -> (String, &str) {
    // "ref: for:Budi" forgot the reference; the next key is not its value.
    if split_key(text).is_some() {
        return (String::new(), text);
    }
    let (first, after_first) = split_word(text);
    if matches!(key, Key::Reference | Key::Slug | Key::Pieces | Key::ReturnUrl) {
        return (first.plain, after_first);
    }
    if first.quoted {
        return (without_quotes(&first.typed).to_owned(), after_first);
    }
    if key == Key::Methods {
        return split_methods(text);
    }
    let mut end = text.len();
    let mut rest = after_first;
    while !rest.is_empty() {
        if split_key(rest).is_some() {
            end = text.len() - rest.len();
            break;
        }
        rest = split_word(rest).1;
    }
    let (value, rest) = text.split_at(end);
    (value.trim_end().to_owned(), rest)
}

/// The ways to pay that a text starts with: its first word, what a comma promises, and whatever names one. So
/// a limit or a time may stand right behind them.
fn split_methods(text: &str) -> (String, &str) {
    let mut rest = text;
    let mut goes_on = true;
    while !rest.is_empty() && split_key(rest).is_none() {
        let (word, after_word) = split_word(rest);
        if !goes_on && (word.quoted || !is_method_word(&word.typed)) {
            break;
        }
        goes_on = word.typed.ends_with([',', ';', '+', '&', '/', '|']);
        rest = after_word;
    }
    let (value, rest) = text.split_at(text.len() - rest.len());
    (value.trim_end().to_owned(), rest)
}

/// The first word of a text that does not start with white space, and the text from the second word on.
fn split_word(text: &str) -> (Word, &str) {
    let end = quoted_end(text);
    let quoted = end.is_some();
    let end = end.or_else(|| text.find(char::is_whitespace)).unwrap_or(text.len());
    let (typed, rest) = text.split_at(end);
    // "75rb, x10!" is written for the eye; no part of a line ends in these signs.
    let plain = if quoted { without_quotes(typed) } else { typed.trim_end_matches([',', ';', '!']) };
    (
        Word { typed: typed.to_owned(), plain: clean(plain).value, quoted, behind_key: false },
        rest.trim_start(),
    )
}

/// Where the quotes end that `text` starts with: at a quote before white space or at the end.
fn quoted_end(text: &str) -> Option<usize> {
    let mut quotes = text.char_indices().filter(|(_, character)| is_quote(*character));
    let (0, _) = quotes.next()? else { return None };
    quotes.find_map(|(start, quote)| {
        let end = start + quote.len_utf8();
        let after = text.get(end..)?;
        (after.is_empty() || after.starts_with(char::is_whitespace)).then_some(end)
    })
}

fn without_quotes(typed: &str) -> &str {
    typed.strip_prefix(is_quote).and_then(|inner| inner.strip_suffix(is_quote)).unwrap_or(typed)
}

/// Telephone keyboards type curly ones.
fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}
