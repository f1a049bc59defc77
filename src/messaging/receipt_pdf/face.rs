//! Noto Sans, and which of its glyphs a file needs.

use std::collections::BTreeMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;

use super::ReceiptPdfError;
use crate::messaging::picture::drawable;

/// Glyph widths are told in thousandths of the letter size (ISO 32000-1, 9.2.4).
const UNITS: u32 = 1_000;

/// A font, and what of it is used.
pub(super) struct Face {
    pub(super) bytes: &'static [u8],
    font: FontRef<'static>,
    pub(super) remapper: GlyphRemapper,
    /// By the glyph's number in the file: what it means, and how wide it is.
    pub(super) used: BTreeMap<u16, (char, u16)>,
}

impl Face {
    pub(super) fn new(bytes: &'static [u8]) -> Result<Self, ReceiptPdfError> {
        let font = FontRef::new(bytes).map_err(|_| ReceiptPdfError::Font)?;
        Ok(Self { bytes, font, remapper: GlyphRemapper::new(), used: BTreeMap::new() })
    }

    /// A sign's glyph and its width; `None` for a sign that the font lacks.
    fn glyph(&self, sign: char) -> Option<(u16, u16)> {
        let glyph = self.font.charmap().map(sign)?;
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let units_per_em = self.font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        // Advances are whole numbers before they are scaled.
        let advance = metrics.advance_width(glyph)? as u32;
        let width = (advance * UNITS).checked_div(u32::from(units_per_em))?;
        Some((u16::try_from(glyph.to_u32()).ok()?, u16::try_from(width).ok()?))
    }

    /// The text as numbers of glyphs, two bytes each, which are in the file from now on.
    pub(super) fn glyphs(&mut self, text: &str) -> Vec<u8> {
        let mut numbers = Vec::new();
        for sign in text.chars() {
            let Some((glyph, width)) = self.glyph(sign) else { continue };
            let number = self.remapper.remap(glyph);
            self.used.entry(number).or_insert((sign, width));
            numbers.extend(number.to_be_bytes());
        }
        numbers
    }

    /// Breaks a text into lines: between words where that can be, else inside one.
    pub(super) fn lines(&self, text: &str, size: i16, width: i16) -> Vec<String> {
        let (size, width) = (u32::from(size.unsigned_abs()), u32::from(width.unsigned_abs()));
        let units = |text: &str| -> u32 {
            text.chars().filter_map(|sign| self.glyph(sign)).map(|(_, width)| u32::from(width)).sum()
        };
        let fits = |text: &str| units(text) * size <= width * UNITS;
        let mut lines: Vec<String> = Vec::new();
        for word in drawable(text).split(' ').filter(|word| !word.is_empty()) {
            let longer = lines.last().map(|line| format!("{line} {word}")).filter(|longer| fits(longer));
            match (longer, lines.last_mut()) {
                (Some(longer), Some(last)) => *last = longer,
                _ => lines.push(String::new()),
            }
            if lines.last().is_some_and(String::is_empty) {
                for sign in word.chars() {
                    let is_full = lines.last().is_some_and(|line| !fits(&format!("{line}{sign}")));
                    if is_full && lines.last().is_some_and(|line| !line.is_empty()) {
                        lines.push(String::new());
                    }
                    if let Some(line) = lines.last_mut() {
                        line.push(sign);
                    }
                }
            }
        }
        lines
    }
}
