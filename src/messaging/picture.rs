//! Pictures for chats and previews: SVG in, PNG out, in letters that come with the program.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

pub use inlay::Inlay;

mod inlay;

/// The family to name in an SVG: `font-family="Noto Sans"`, with `font-weight` 400 or 700.
pub const FONT_FAMILY: &str = "Noto Sans";

/// The longest side of a picture in pixels: 64 MiB while it is drawn.
const SIDE_MAX: u32 = 4_096;

/// Pictures that are drawn at the same time; the others wait, so that a crowd of them cannot take the
/// processor from those who pay.
static EASELS: Semaphore = Semaphore::const_new(2);

static REGULAR: Face = Face { bytes: notosans::REGULAR_TTF };
static BOLD: Face = Face { bytes: notosans::BOLD_TTF };

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for face in [&REGULAR, &BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(face.bytes)));
    }
    fonts.set_sans_serif_family(FONT_FAMILY);
    Arc::new(fonts)
});

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// `font-weight="400"`.
    Regular,
    /// `font-weight="700"`.
    Bold,
}

/// Why there is no picture. Either is our mistake, never the mistake of who typed the words in it.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The drawing cannot be read, or is larger than 4096 pixels on a side.
    #[error("not a drawing: {0}")]
    Drawing(String),
    /// Whoever drew it is gone.
    #[error("the picture was not finished")]
    Unfinished,
}

/// Draws an SVG of a fixed size in pixels as PNG, aside from the threads that talk.
///
/// # Errors
/// [`PictureError`].
pub async fn draw(svg: String) -> Result<Vec<u8>, PictureError> {
    draw_around(svg, None).await
}

/// Like [`draw`], with a photo laid into the drawing. A photo that cannot be read is left out.
///
/// # Errors
/// [`PictureError`].
pub async fn draw_around(svg: String, inlay: Option<Inlay>) -> Result<Vec<u8>, PictureError> {
    let _easel = EASELS.acquire().await.map_err(|_| PictureError::Unfinished)?;
    let painted = tokio::task::spawn_blocking(move || paint(&svg, inlay.as_ref())).await;
    painted.map_err(|_| PictureError::Unfinished)?
}

/// A text as it can stand in a picture: what the letters lack is left out rather than drawn as boxes, and so
/// is what takes no room (marks that pile up, signs that turn the direction of what follows); letters in
/// fancy dress come out plain, blanks are single. It may come out empty.
#[must_use]
pub fn drawable(text: &str) -> String {
    let ruler = REGULAR.ruler();
    let known = |sign: char| ruler.as_ref().is_some_and(|ruler| ruler.units(sign) > 0);
    let mut plain = String::with_capacity(text.len());
    for sign in text.nfc() {
        match sign {
            sign if sign.is_whitespace() => plain.push(' '),
            sign if known(sign) => plain.push(sign),
            sign => plain.extend(std::iter::once(sign).nfkc()),
        }
    }
    let mut kept = String::with_capacity(plain.len());
    for grapheme in plain.graphemes(true) {
        if grapheme.chars().next().is_some_and(known) {
            kept.extend(grapheme.chars().filter(|sign| known(*sign)));
        } else {
            kept.push(' ');
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text escaped for the inside of an SVG element or of an attribute in double quotes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        // Writing to a String cannot fail.
        let _ = match sign {
            '&' => escaped.write_str("&amp;"),
            '<' => escaped.write_str("&lt;"),
            '>' => escaped.write_str("&gt;"),
            '"' => escaped.write_str("&quot;"),
            sign => escaped.write_char(sign),
        };
    }
    escaped
}

/// How wide a drawable text is at this letter size, both in pixels, rounded up. Kerning is left aside,
/// which makes it a little narrower when drawn.
#[must_use]
pub fn width(text: &str, weight: Weight, size: u32) -> u32 {
    let Some(ruler) = weight.face().ruler() else { return 0 };
    let units: u64 = text.chars().map(|sign| ruler.units(sign)).sum();
    u32::try_from((units * u64::from(size)).div_ceil(ruler.units_per_em)).unwrap_or(u32::MAX)
}

/// Breaks a text into lines no wider than `width_max` pixels, as [`drawable`] has it: between words where
/// that can be, else inside one. What does not fit into the last of at most `lines_max` lines ends in `…`.
#[must_use]
pub fn lines(text: &str, weight: Weight, size: u32, width_max: u32, lines_max: usize) -> Vec<String> {
    let text = drawable(text);
    let fits = |line: &str| width(line, weight, size) <= width_max;
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let line = lines.last_mut().map(std::mem::take).unwrap_or_default();
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        lines.pop();
        if fits(&longer) {
            lines.push(longer);
            continue;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines.extend(pieces(word, &fits));
    }
    lines.retain(|line| !line.is_empty());
    if lines.len() > lines_max {
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}…")) {
                last.pop();
            }
            *last = format!("{}…", last.trim_end());
        }
    }
    lines
}

struct Face {
    bytes: &'static [u8],
}

/// Measures the letters of a face.
struct Ruler {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: u64,
}

impl Face {
    fn ruler(&self) -> Option<Ruler> {
        let font = FontRef::new(self.bytes).ok()?;
        let units_per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        Some(Ruler { charmap: font.charmap(), metrics, units_per_em: u64::from(units_per_em).max(1) })
    }
}

impl Ruler {
    /// How far a sign reaches, in the font's own units; 0 for what it lacks or what takes no room.
    fn units(&self, sign: char) -> u64 {
        let advance = self.charmap.map(sign).and_then(|glyph| self.metrics.advance_width(glyph));
        // Advances are whole numbers before they are scaled.
        advance.map_or(0, |advance| advance as u64)
    }
}

impl Weight {
    const fn face(self) -> &'static Face {
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        }
    }
}

fn paint(svg: &str, inlay: Option<&Inlay>) -> Result<Vec<u8>, PictureError> {
    let options =
        Options { fontdb: FONTS.clone(), font_family: FONT_FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| PictureError::Drawing(error.to_string()))?;
    let size = tree.size().to_int_size();
    if size.width() > SIDE_MAX || size.height() > SIDE_MAX {
        return Err(PictureError::Drawing(format!("{} x {} pixels", size.width(), size.height())));
    }
    let mut canvas = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| PictureError::Drawing("it has no size".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    let compression = match inlay.is_some_and(|inlay| inlay.lay(&mut canvas)) {
        true => png::Compression::Balanced,
        // Half the bytes would cost ten times the work, more than all of the drawing.
        false => png::Compression::Fast,
    };
    pack(&canvas, compression).map_err(|error| PictureError::Drawing(error.to_string()))
}

fn pack(canvas: &Pixmap, compression: png::Compression) -> Result<Vec<u8>, png::EncodingError> {
    if canvas.pixels().iter().any(|pixel| !pixel.is_opaque()) {
        return canvas.encode_png();
    }
    let colours = canvas.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
    let colours: Vec<u8> = colours.collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, canvas.width(), canvas.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(compression);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(bytes)
}

/// A word that is wider than a line, cut where the line ends.
fn pieces(word: &str, fits: &impl Fn(&str) -> bool) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for grapheme in word.graphemes(true) {
        if !piece.is_empty() && !fits(&format!("{piece}{grapheme}")) {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push_str(grapheme);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests;
