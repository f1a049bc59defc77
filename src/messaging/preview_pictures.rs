//! The picture that messengers show of a link's page: who sells what for how much, and how it stands.
//!
//! Its size and its bytes are what WhatsApp (300 KB at the most), Facebook and Telegram show in full width.
//! Messengers that show a small square of it cut its sides off, so what matters stands in the middle.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::brand;
use super::picture::{Inlay, Weight, drawable, escape, lines, width};
use super::price_words::price_words;
use super::storefront::Standing;
use super::texts::{Say, say};
use crate::domain::instant_text::display_instant_at;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::payment_link::PaymentLink;
use crate::domain::visible_text::StoreName;

/// The width of every preview in pixels.
pub const WIDTH: u32 = 1_200;

/// The height of every preview in pixels.
pub const HEIGHT: u32 = 630;

/// Raised with every change to how previews look, so that whoever keeps the old ones fetches new ones.
const EDITION: u8 = 1;

/// Where the white card stands.
const CARD_TOP: u32 = 164;
const CARD_HEIGHT: u32 = 380;
const CARD_LEFT: u32 = 60;

/// The photo's place on the card.
const PHOTO_SIDE: u32 = 332;
const PHOTO_INSET: u32 = 24;

const INK: &str = "#13201a";
const SOFT: &str = "#53625b";
const RED: &str = "#b3261e";
const AMBER: &str = "#ffb300";

/// What stands on a preview, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewPicture {
    shop: String,
    item: String,
    price: String,
    stamp: Stamp,
    stamp_words: String,
    note: String,
    /// The warning that no real money moves, where it does not.
    play_money: Option<String>,
    /// The photo of what is sold, by the digest of its file.
    photo: Option<String>,
    accent: String,
}

/// The instant at which a link is looked at, and where.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// How the link stands.
    pub standing: Standing,
    /// When.
    pub now: DateTime<Utc>,
    /// Where the shop is.
    pub zone: Tz,
}

/// What the label below the price is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stamp {
    /// It can be paid.
    Inviting,
    /// Not now, but perhaps soon.
    Waiting,
    /// No longer.
    Over,
}

/// The part of the card that holds words: its middle and how wide a line may be, in pixels.
#[derive(Clone, Copy)]
struct Column {
    middle: u32,
    line_width: u32,
}

impl PreviewPicture {
    /// The preview of a link; `accent` is the shop's colour as `#rrggbb`, dark enough for white letters.
    #[must_use]
    pub fn new(shop: &StoreName, link: &PaymentLink, seen: Seen, accent: &str, language: Language) -> Self {
        let (stamp, key) = match seen.standing {
            Standing::Open => (Stamp::Inviting, "picture-tap"),
            Standing::Taken => (Stamp::Waiting, "picture-taken"),
            Standing::NotOpenYet => (Stamp::Waiting, "picture-not-open"),
            Standing::Paid => (Stamp::Over, "picture-paid"),
            Standing::SoldOut => (Stamp::Over, "picture-sold-out"),
            Standing::Expired => (Stamp::Over, "picture-expired"),
            Standing::Closed | Standing::Gone => (Stamp::Over, "picture-closed"),
        };
        let instant = |at| display_instant_at(at, seen.now, seen.zone, language);
        let note = match (seen.standing, link.opens_at, link.expires_at) {
            (Standing::Open, _, Some(until)) => {
                Say::new(language, "link-until").with_safe("until", instant(until)).plain()
            }
            (Standing::NotOpenYet, Some(opens), _) => {
                Say::new(language, "standing-not-open").with_safe("opens", instant(opens)).plain()
            }
            (Standing::Taken, ..) => say(language, "picture-taken-note"),
            _ => String::new(),
        };
        Self {
            shop: shop.as_str().to_owned(),
            item: link.item_name.as_str().to_owned(),
            price: price_words(language, link.price, &link.offer.pricing),
            stamp,
            stamp_words: say(language, key),
            note,
            play_money: (link.mode == Mode::Sandbox).then(|| say(language, "picture-sandbox")),
            photo: None,
            accent: accent.to_owned(),
        }
    }

    /// The same with the photo of what is sold, named by the digest of its file.
    #[must_use]
    pub fn with_photo(self, digest: Option<String>) -> Self {
        Self { photo: digest, ..self }
    }

    /// What the picture shows, in 24 hexadecimal digits: another picture has another one.
    #[must_use]
    pub fn digest(&self) -> String {
        let Self { shop, item, price, stamp, stamp_words, note, play_money, photo, accent } = self;
        let kind = match stamp {
            Stamp::Inviting => "inviting",
            Stamp::Waiting => "waiting",
            Stamp::Over => "over",
        };
        let play_money = play_money.as_deref().unwrap_or_default();
        let photo = photo.as_deref().unwrap_or_default();
        let mut digest = Sha256::new_with_prefix([EDITION]);
        for part in [shop, item, price, kind, stamp_words, note, play_money, photo, accent.as_str()] {
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
        hex::encode(digest.finalize().get(..12).unwrap_or_default())
    }

    /// The drawing, for [`super::picture::draw`], and where the photo of what is sold belongs in it.
    #[must_use]
    pub fn svg(&self, photo: Option<Vec<u8>>) -> (String, Option<Inlay>) {
        let inlay = photo.map(|jpeg| Inlay {
            jpeg,
            left: CARD_LEFT + PHOTO_INSET,
            top: CARD_TOP + PHOTO_INSET,
            side: PHOTO_SIDE,
            radius: 24,
        });
        let column = match inlay {
            Some(_) => Column { middle: 778, line_width: 660 },
            None => Column { middle: WIDTH / 2, line_width: 980 },
        };
        let mut svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" text-anchor="middle"><path fill="{}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/><circle cx="1110" cy="40" r="300" fill="#fff" fill-opacity="0.07"/><circle cx="70" cy="610" r="260" fill="#fff" fill-opacity="0.06"/><rect x="{CARD_LEFT}" y="{CARD_TOP}" width="1080" height="{CARD_HEIGHT}" rx="40" fill="#fff"/>"##,
            escape(&self.accent)
        );
        self.add_shop(&mut svg);
        self.add_card(&mut svg, column);
        add_mark(&mut svg);
        svg.push_str("</svg>");
        (svg, inlay)
    }

    /// The head: the warning, and who sells.
    fn add_shop(&self, svg: &mut String) {
        let mut baseline = 108;
        if let Some(warning) = &self.play_money {
            baseline = 132;
            // Writing to a String cannot fail, here and below.
            let _ = write!(svg, r#"<path fill="{AMBER}" d="M0 0h{WIDTH}v72H0z"/>"#);
            add_line(svg, &drawable(warning), (WIDTH / 2, 50), 38, (Weight::Bold, INK));
        }
        let shop = lines(&self.shop, Weight::Bold, 46, 900, 1).concat();
        let initial = shop.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        if initial.is_empty() {
            return;
        }
        let wide = width(&shop, Weight::Bold, 46);
        let left = (WIDTH / 2).saturating_sub((wide + 76) / 2);
        let _ = write!(svg, r##"<circle cx="{}" cy="{}" r="28" fill="#fff"/>"##, left + 28, baseline - 16);
        add_line(svg, &initial, (left + 28, baseline - 4), 34, (Weight::Bold, &self.accent));
        add_line(svg, &shop, (left + 76 + wide / 2, baseline), 46, (Weight::Bold, "#fff"));
    }

    /// Item, price, label and note, one below the other in the middle of the card.
    fn add_card(&self, svg: &mut String, column: Column) {
        let Column { middle, line_width } = column;
        let one = lines(&self.item, Weight::Bold, 60, line_width, 1);
        let is_whole = lines(&self.item, Weight::Bold, 60, line_width, 2).len() <= 1;
        let (name, size) =
            if is_whole { (one, 60) } else { (lines(&self.item, Weight::Bold, 48, line_width, 2), 48) };
        let price = drawable(&self.price);
        let fits = |size: &u32| width(&price, Weight::Bold, *size) <= line_width;
        let price_size = [92, 80, 68, 56, 46].into_iter().find(fits).unwrap_or(38);
        let note = lines(&self.note, Weight::Regular, 30, line_width, 1).concat();
        let rows = u32::try_from(name.len()).unwrap_or(0);
        let note_height = if note.is_empty() { 0 } else { 48 };
        let height = rows * size * 6 / 5 + price_size * 5 / 4 + 84 + note_height;
        let mut y = CARD_TOP + CARD_HEIGHT.saturating_sub(height) / 2;
        for line in &name {
            add_line(svg, line, (middle, y + size), size, (Weight::Bold, INK));
            y += size * 6 / 5;
        }
        let colour = if self.stamp == Stamp::Over { SOFT } else { &self.accent };
        add_line(svg, &price, (middle, y + price_size), price_size, (Weight::Bold, colour));
        y += price_size * 5 / 4 + 16;
        let (ground, ink) = match self.stamp {
            Stamp::Inviting => (self.accent.as_str(), "#fff"),
            Stamp::Waiting => (AMBER, INK),
            Stamp::Over => (RED, "#fff"),
        };
        let label = lines(&self.stamp_words, Weight::Bold, 36, line_width - 72, 1).concat();
        let wide = width(&label, Weight::Bold, 36) + 72;
        let left = middle.saturating_sub(wide / 2);
        let _ = write!(
            svg,
            r#"<rect x="{left}" y="{y}" width="{wide}" height="64" rx="32" fill="{}"/>"#,
            escape(ground)
        );
        add_line(svg, &label, (middle, y + 45), 36, (Weight::Bold, ink));
        add_line(svg, &note, (middle, y + 104), 30, (Weight::Regular, SOFT));
    }
}

/// The mark of the service, small, at the foot.
fn add_mark(svg: &mut String) {
    let _ = write!(svg, r#"<g transform="translate(532 571)">{}</g>"#, brand::strokes("#fff"));
    add_line(svg, brand::NAME, (616, 597), 28, (Weight::Regular, "#fff"));
}

fn add_line(svg: &mut String, line: &str, (x, y): (u32, u32), size: u32, style: (Weight, &str)) {
    let (weight, fill) = style;
    let weight = if weight == Weight::Bold { 700 } else { 400 };
    let (fill, line) = (escape(fill), escape(line));
    let _ = write!(
        svg,
        r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{line}</text>"#
    );
}

#[cfg(test)]
mod tests;
