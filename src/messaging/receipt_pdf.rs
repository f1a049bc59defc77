//! The receipt as a PDF: one sheet, in letters that are in the file, the same bytes for the same words.
//!
//! Positions are whole points (1/72 inch) from the lower left corner of an A4 sheet.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::subset;

use self::face::Face;
use super::letters::Fact;

mod face;

/// The width of the sheet.
const SHEET_WIDTH: i16 = 595;

/// The height of the sheet.
const SHEET_HEIGHT: i16 = 842;

/// What stays white at each side.
const MARGIN: i16 = 56;

/// How wide words may be.
const WIDTH: i16 = SHEET_WIDTH - 2 * MARGIN;

/// Where the facts begin beside their names.
const FACT_LEFT: i16 = MARGIN + 150;

/// What a receipt says, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptSheet {
    /// The language's code.
    pub language: &'static str,
    /// What it is.
    pub title: String,
    /// Who sells.
    pub store: String,
    /// How much was paid.
    pub amount: String,
    /// That it is practice, if it is.
    pub practice: Option<String>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// What the seller says: a heading, and the words.
    pub note: Option<(String, String)>,
    /// What it says last, in small letters.
    pub ending: Vec<String>,
}

/// Why there is no PDF: our mistake, never that of who typed the words.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptPdfError {
    /// The letters cannot be read.
    #[error("the font cannot be used")]
    Font,
    /// It could not be packed.
    #[error("the receipt could not be packed: {0}")]
    Packing(#[from] std::io::Error),
}

/// Draws a receipt.
///
/// # Errors
/// [`ReceiptPdfError`].
pub fn draw_receipt(sheet: &ReceiptSheet) -> Result<Vec<u8>, ReceiptPdfError> {
    let mut layout = Layout::new()?;
    lay_out(&mut layout, sheet);
    write(&layout, sheet)
}

/// How a line of words looks.
#[derive(Debug, Clone, Copy)]
struct Look {
    size: i16,
    is_bold: bool,
    /// From 0 (black) to 100 (white), in hundredths.
    grey: u8,
}

const HEADING: Look = Look { size: 24, is_bold: true, grey: 0 };
const AMOUNT: Look = Look { size: 30, is_bold: true, grey: 0 };
const BOLD: Look = Look { size: 11, is_bold: true, grey: 0 };
const PLAIN: Look = Look { size: 11, is_bold: false, grey: 0 };
const SOFT: Look = Look { size: 10, is_bold: false, grey: 38 };
const SMALL: Look = Look { size: 9, is_bold: false, grey: 38 };

impl Look {
    /// From one line to the next.
    const fn leading(self) -> i16 {
        self.size + self.size / 2
    }
}

fn lay_out(layout: &mut Layout, sheet: &ReceiptSheet) {
    if let Some(practice) = &sheet.practice {
        layout.band(practice);
    }
    layout.words(&sheet.store, BOLD, MARGIN, WIDTH);
    layout.words(&sheet.title, HEADING, MARGIN, WIDTH);
    layout.skip(8);
    layout.words(&sheet.amount, AMOUNT, MARGIN, WIDTH);
    layout.skip(10);
    for fact in &sheet.facts {
        layout.rule();
        layout.fact(fact);
    }
    layout.rule();
    if let Some((heading, words)) = &sheet.note {
        layout.skip(6);
        layout.words(heading, BOLD, MARGIN, WIDTH);
        for line in words.lines() {
            layout.words(line, PLAIN, MARGIN, WIDTH);
        }
        layout.skip(6);
        layout.rule();
    }
    for line in &sheet.ending {
        layout.words(line, SMALL, MARGIN, WIDTH);
    }
}

/// Words and lines on their sheets, from top to bottom.
struct Layout {
    faces: [Face; 2],
    sheets: Vec<Content>,
    top: i16,
}

impl Layout {
    fn new() -> Result<Self, ReceiptPdfError> {
        let faces = [Face::new(notosans::REGULAR_TTF)?, Face::new(notosans::BOLD_TTF)?];
        Ok(Self { faces, sheets: vec![Content::new()], top: SHEET_HEIGHT - MARGIN })
    }

    fn skip(&mut self, points: i16) {
        self.top -= points;
    }

    /// Makes room for a line; begins another sheet where this one is full.
    fn make_room(&mut self, points: i16) {
        if self.top - points < MARGIN {
            self.sheets.push(Content::new());
            self.top = SHEET_HEIGHT - MARGIN;
        }
    }

    /// A text in as many lines as it needs.
    fn words(&mut self, text: &str, look: Look, left: i16, width: i16) {
        for line in self.face(look).lines(text, look.size, width) {
            self.make_room(look.leading());
            self.top -= look.leading();
            self.line(&line, look, left, self.top);
        }
    }

    fn fact(&mut self, fact: &Fact) {
        let values = self.face(PLAIN).lines(&fact.value, PLAIN.size, MARGIN + WIDTH - FACT_LEFT);
        self.make_room(PLAIN.leading() * 2);
        let beside = self.top - PLAIN.leading();
        for (index, line) in
            self.face(SOFT).lines(&fact.label, SOFT.size, FACT_LEFT - MARGIN - 12).iter().enumerate()
        {
            let below = i16::try_from(index).unwrap_or(0) * SOFT.leading();
            self.line(line, SOFT, MARGIN, beside - below);
        }
        for value in values {
            self.make_room(PLAIN.leading());
            self.top -= PLAIN.leading();
            self.line(&value, PLAIN, FACT_LEFT, self.top);
        }
        for note in &fact.notes {
            self.words(note, SMALL, FACT_LEFT, MARGIN + WIDTH - FACT_LEFT);
        }
        self.skip(4);
    }

    fn rule(&mut self) {
        self.skip(5);
        let top = f32::from(self.top);
        let (left, right) = (f32::from(MARGIN), f32::from(MARGIN + WIDTH));
        let content = self.content();
        content.save_state().set_stroke_gray(0.85).set_line_width(0.7);
        content.move_to(left, top).line_to(right, top).stroke().restore_state();
        self.skip(3);
    }

    /// Words on a coloured band: nobody takes practice for money.
    fn band(&mut self, text: &str) {
        const HEIGHT: i16 = 26;
        let (bottom, baseline) = (self.top - HEIGHT, self.top - HEIGHT + 9);
        let (left, width) = (f32::from(MARGIN), f32::from(WIDTH));
        let content = self.content();
        content.save_state().set_fill_rgb(1.0, 0.92, 0.7);
        content.rect(left, f32::from(bottom), width, f32::from(HEIGHT)).fill_nonzero().restore_state();
        let first = self.face(BOLD).lines(text, BOLD.size, WIDTH - 20).into_iter().next();
        self.line(&first.unwrap_or_default(), BOLD, MARGIN + 10, baseline);
        self.top = bottom - 14;
    }

    fn line(&mut self, text: &str, look: Look, left: i16, baseline: i16) {
        let glyphs = self.face(look).glyphs(text);
        let (left, baseline, size) = (f32::from(left), f32::from(baseline), f32::from(look.size));
        let grey = [0.0, 0.38][usize::from(look.grey > 0)];
        let font = font_name(look.is_bold);
        let content = self.content();
        content.begin_text().set_fill_gray(grey).set_font(font, size);
        content.next_line(left, baseline).show(Str(&glyphs)).end_text();
    }

    #[expect(clippy::expect_used, reason = "a sheet is begun before anything is written")]
    fn content(&mut self) -> &mut Content {
        self.sheets.last_mut().expect("there is a sheet")
    }

    fn face(&mut self, look: Look) -> &mut Face {
        let [regular, bold] = &mut self.faces;
        if look.is_bold { bold } else { regular }
    }
}

const fn font_name(is_bold: bool) -> Name<'static> {
    if is_bold { Name(b"Bold") } else { Name(b"Regular") }
}

/// Numbers of the objects of the file.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

fn write(layout: &Layout, sheet: &ReceiptSheet) -> Result<Vec<u8>, ReceiptPdfError> {
    let mut numbers = Numbers(0);
    let (catalog, tree, info) = (numbers.next(), numbers.next(), numbers.next());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree).lang(TextStr(sheet.language));
    pdf.document_info(info)
        .title(TextStr(&sheet.title))
        .author(TextStr(&sheet.store))
        .producer(TextStr("Tautan"));
    let mut fonts = Vec::new();
    for (face, is_bold) in layout.faces.iter().zip([false, true]) {
        fonts.push((font_name(is_bold), write_font(&mut pdf, &mut numbers, face, is_bold)?));
    }
    let pages: Vec<Ref> = layout.sheets.iter().map(|_| numbers.next()).collect();
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(pages.iter().copied()).count(count);
    for (content, number) in layout.sheets.iter().zip(&pages) {
        let words = numbers.next();
        let mut page = pdf.page(*number);
        page.parent(tree).contents(words);
        page.media_box(Rect::new(0.0, 0.0, f32::from(SHEET_WIDTH), f32::from(SHEET_HEIGHT)));
        let mut resources = page.resources();
        let mut named = resources.fonts();
        for (name, font) in &fonts {
            named.pair(*name, *font);
        }
        named.finish();
        resources.finish();
        page.finish();
        pdf.stream(words, &packed(content.as_bytes())?).filter(Filter::FlateDecode);
    }
    Ok(pdf.finish())
}

/// A font with the glyphs that are used, and what each means, so that words can be copied and found.
fn write_font(
    pdf: &mut Pdf,
    numbers: &mut Numbers,
    face: &Face,
    is_bold: bool,
) -> Result<Ref, ReceiptPdfError> {
    let (font, cid, descriptor) = (numbers.next(), numbers.next(), numbers.next());
    let (file, meanings) = (numbers.next(), numbers.next());
    let name = if is_bold { Name(b"TAUTAN+NotoSans-Bold") } else { Name(b"TAUTAN+NotoSans-Regular") };
    let system = || SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(meanings);
    let mut cid_font = pdf.cid_font(cid);
    cid_font.subtype(CidFontType::Type2).base_font(name).system_info(system());
    cid_font.font_descriptor(descriptor).cid_to_gid_map_predefined(Name(b"Identity")).default_width(0.0);
    let mut widths = cid_font.widths();
    for (glyph, (_, width)) in &face.used {
        widths.consecutive(*glyph, [f32::from(*width)]);
    }
    widths.finish();
    cid_font.finish();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(-621.0, -389.0, 2800.0, 1067.0))
        .italic_angle(0.0)
        .ascent(1069.0)
        .descent(-293.0)
        .cap_height(714.0)
        .stem_v(if is_bold { 140.0 } else { 80.0 })
        .font_file2(file);
    let bytes = subset(face.bytes, 0, &face.remapper).map_err(|_| ReceiptPdfError::Font)?;
    pdf.stream(file, &packed(&bytes)?).filter(Filter::FlateDecode);
    let mut cmap = UnicodeCmap::new(Name(b"Meanings"), system());
    for (glyph, (sign, _)) in &face.used {
        cmap.pair(*glyph, *sign);
    }
    pdf.cmap(meanings, &cmap.finish());
    Ok(font)
}

fn packed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes)?;
    packer.finish()
}

#[cfg(test)]
mod tests;
