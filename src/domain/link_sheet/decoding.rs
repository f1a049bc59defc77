//! Bytes of a file as text, whatever program on whatever phone wrote them.

use std::borrow::Cow;

use super::SheetError;

/// What Windows-1252 has from 0x80 to 0x9f; the rest of it is Latin-1. Five places are empty.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// How workbooks begin: a ZIP archive (`.xlsx`, `.ods`), or the compound file of old `.xls`.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Reads UTF-8, UTF-16 and Windows-1252, by the mark at the beginning or by what fits.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetError> {
    if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(SheetError::Workbook);
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        // Without a mark: what most letters of a table need fills every second byte with nothing.
        [_, 0, _, 0, ..] => utf_16(bytes, u16::from_le_bytes),
        [0, _, 0, _, ..] => utf_16(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed).or_else(|| windows_1252(bytes)),
    };
    let text = text.filter(|text| !text.contains(is_no_text)).ok_or(SheetError::NoText)?;
    if text.trim().is_empty() { Err(SheetError::Empty) } else { Ok(text) }
}

/// Control characters that no table holds.
fn is_no_text(character: char) -> bool {
    character.is_ascii_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}')
}

fn utf_16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Option<Cow<'static, str>> {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).collect::<Result<String, _>>().ok().map(Cow::Owned)
}

fn windows_1252(bytes: &[u8]) -> Option<Cow<'static, str>> {
    let character = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().flatten(),
        other => Some(char::from(*other)),
    };
    bytes.iter().map(character).collect::<Option<String>>().map(Cow::Owned)
}
