//! The drawings of a link: a QR code to print, and a picture for a story.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::brand::GREEN;
use super::picture::{Weight, escape, lines, width};
use super::qr_code::QrCode;
use super::storefront::{Listing, Standing};
use super::texts::say;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::visible_text::StoreName;

/// The least side of a QR picture in pixels: Telegram makes larger pictures of photos smaller, never smaller
/// ones larger, and this one is still sharp on a sign.
const QR_SIDE_MIN: usize = 720;

const STORY_WIDTH: u32 = 1_080;
const STORY_HEIGHT: u32 = 1_920;

/// Where lines of the story's card may stand, in pixels from the left.
const CARD_LEFT: u32 = 90;
const CARD_INNER_WIDTH: u32 = 780;

const INK: &str = "#13201a";
const SOFT: &str = "#53625b";
const RED: &str = "#b3261e";
const AMBER: &str = "#ffb300";

/// What a drawing shows, for finding a picture that was sent before. `bot` is whose handle it will be.
#[must_use]
pub fn digest(bot: &str, svg: &str) -> String {
    hex::encode(Sha256::new().chain_update(bot).chain_update([0]).chain_update(svg).finalize())
}

/// The QR code of the link's address, black on white with its rim, at least 720 pixels wide. Below it, play
/// money is named as such. `None` when the address is too long for a code.
#[must_use]
pub fn qr_picture(listing: &Listing<'_>, language: Language) -> Option<String> {
    let code = QrCode::encode(listing.url.as_str())?;
    let scale = QR_SIDE_MIN.div_ceil(code.side);
    let side = code.side * scale;
    let is_play_money = listing.link.mode == Mode::Sandbox;
    let height = if is_play_money { side + 80 } else { side };
    let mut svg = header(side, height);
    let _ = write!(svg, r##"<path fill="#fff" d="M0 0h{side}v{height}H0z"/>"##);
    add_code(&mut svg, &code, (0, 0), scale);
    if is_play_money {
        let _ = write!(svg, r#"<path fill="{AMBER}" d="M0 {side}h{side}v80H0z"/>"#);
        let label = say(language, "picture-sandbox");
        let middle = side / 2;
        add_line(&mut svg, &label, (middle, side + 54), 38, (Weight::Bold, INK));
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// A picture of 1080 × 1920 pixels for a story: who sells what for how much, and a code to scan. What cannot
/// be paid says so in place of the code. `None` when the address is too long for a code.
#[must_use]
pub fn story_picture(listing: &Listing<'_>, shop: &StoreName, language: Language) -> Option<String> {
    let code = QrCode::encode(listing.url.as_str())?;
    let middle = to_usize(STORY_WIDTH / 2);
    let mut svg = header(to_usize(STORY_WIDTH), to_usize(STORY_HEIGHT));
    let _ = write!(
        svg,
        r##"<path fill="{GREEN}" d="M0 0h{STORY_WIDTH}v{STORY_HEIGHT}H0z"/><circle cx="980" cy="140" r="380" fill="#fff" fill-opacity="0.07"/><circle cx="60" cy="1860" r="420" fill="#fff" fill-opacity="0.06"/><rect x="{CARD_LEFT}" y="430" width="900" height="1240" rx="56" fill="#fff"/>"##
    );
    if listing.link.mode == Mode::Sandbox {
        add_sandbox_bands(&mut svg, language);
    }
    let shop = lines(shop.as_str(), Weight::Bold, 60, 900, 2);
    let top = 390 - 72 * (shop.len().saturating_sub(1));
    add_lines(&mut svg, &shop, top - 10, 60, (Weight::Bold, "#fff"));
    let name = lines(listing.link.item_name.as_str(), Weight::Bold, 68, CARD_INNER_WIDTH, 3);
    // Name and price stand in the middle of what the code leaves them.
    let mut y = 652 - 41 * name.len();
    add_lines(&mut svg, &name, y, 68, (Weight::Bold, INK));
    y += 82 * name.len() + 50;
    let price = listing.price(language);
    let size =
        [104, 88, 72, 58, 46].into_iter().find(|size| width(&price, Weight::Bold, *size) <= CARD_INNER_WIDTH);
    add_line(&mut svg, &price, (middle, y), to_usize(size.unwrap_or(40)), (Weight::Bold, GREEN));
    add_invitation(&mut svg, listing, &code, language);
    svg.push_str("</svg>");
    Some(svg)
}

/// The lower part of the story's card: the code and how to use it, or why it cannot be paid.
fn add_invitation(svg: &mut String, listing: &Listing<'_>, code: &QrCode, language: Language) {
    let middle = to_usize(STORY_WIDTH / 2);
    let stamp = match listing.standing() {
        Standing::Open | Standing::Taken | Standing::NotOpenYet => None,
        Standing::Paid => Some("picture-paid"),
        Standing::SoldOut => Some("picture-sold-out"),
        Standing::Expired => Some("picture-expired"),
        Standing::Closed | Standing::Gone => Some("picture-closed"),
    };
    if let Some(key) = stamp {
        let words = lines(&say(language, key), Weight::Bold, 96, 680, 2);
        let top = 1_230 - 55 * words.len().saturating_sub(1);
        let _ = write!(
            svg,
            r#"<g transform="rotate(-8 540 1210)"><rect x="160" y="1030" width="760" height="360" rx="40" fill="none" stroke="{RED}" stroke-width="14"/>"#
        );
        add_lines(svg, &words, top + 5, 96, (Weight::Bold, RED));
        svg.push_str("</g>");
        return;
    }
    // Whole pixels for each module, so that the code stays sharp.
    let scale = (560 / code.side).max(1);
    let left = middle - code.side * scale / 2;
    add_code(svg, code, (left, 920), scale);
    let invitation = match listing.standing() {
        Standing::NotOpenYet => listing.standing_line(language).unwrap_or_default(),
        _ => say(language, "picture-scan"),
    };
    let said = lines(&invitation, Weight::Bold, 42, CARD_INNER_WIDTH, 2);
    add_lines(svg, &said, 1_530, 42, (Weight::Bold, INK));
    let address = listing.url.as_str().trim_start_matches("https://").trim_start_matches("http://");
    let address = lines(address, Weight::Regular, 30, CARD_INNER_WIDTH, 2);
    add_lines(svg, &address, 1_535 + 50 * said.len(), 30, (Weight::Regular, SOFT));
}

/// Play money is named where no frame of an app covers it, above and below.
fn add_sandbox_bands(svg: &mut String, language: Language) {
    let label = say(language, "picture-sandbox");
    for y in [180, 1_710] {
        let _ = write!(svg, r#"<path fill="{AMBER}" d="M0 {y}h{STORY_WIDTH}v96H0z"/>"#);
        add_line(svg, &label, (to_usize(STORY_WIDTH / 2), y + 64), 44, (Weight::Bold, INK));
    }
}

fn header(width: usize, height: usize) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" text-anchor="middle">"#
    )
}

fn add_code(svg: &mut String, code: &QrCode, (left, top): (usize, usize), scale: usize) {
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        svg,
        r##"<path transform="translate({left} {top}) scale({scale})" shape-rendering="crispEdges" stroke="#000" d="{}"/>"##,
        code.strokes
    );
}

fn add_lines(svg: &mut String, lines: &[String], top: usize, size: usize, style: (Weight, &str)) {
    for (number, line) in lines.iter().enumerate() {
        let y = top + number * size * 6 / 5;
        add_line(svg, line, (to_usize(STORY_WIDTH / 2), y), size, style);
    }
}

fn add_line(svg: &mut String, line: &str, (x, y): (usize, usize), size: usize, style: (Weight, &str)) {
    let (weight, fill) = style;
    let weight = if weight == Weight::Bold { 700 } else { 400 };
    let _ = write!(
        svg,
        r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{}</text>"#,
        escape(line)
    );
}

const fn to_usize(pixels: u32) -> usize {
    pixels as usize
}

#[cfg(test)]
mod tests;
