//! The colours of shops can be read: what no type says, and what needs fractions, which the domain does without.

use tautan::domain::shop_colour::ShopColour;

/// What stands on what, in the light and in the dark: `--card` and `--bg` of the pages.
const GROUNDS: [[&str; 2]; 2] = [["#ffffff", "#f3f6f4"], ["#17201c", "#0d1311"]];

#[test]
fn every_colour_can_be_read_in_both_schemes() {
    for colour in ShopColour::ALL {
        for (shades, grounds) in [colour.light(), colour.dark()].into_iter().zip(GROUNDS) {
            for ground in grounds.into_iter().chain([shades.tint]) {
                let contrast = contrast(shades.accent, ground);
                assert!(contrast >= 4.5, "{colour:?} on {ground}: {contrast}");
            }
            let contrast = contrast(shades.on_accent, shades.accent);
            assert!(contrast >= 4.5, "words on {colour:?}: {contrast}");
        }
        assert_eq!(ShopColour::parse(colour.code()), Some(colour));
    }
    assert_eq!(ShopColour::parse("beige"), None);
}

#[expect(clippy::float_arithmetic, reason = "contrast is no money")]
fn contrast(one: &str, other: &str) -> f64 {
    let [dark, light] = {
        let (one, other) = (luminance(one), luminance(other));
        if one < other { [one, other] } else { [other, one] }
    };
    (light + 0.05) / (dark + 0.05)
}

/// The relative luminance of WCAG 2.2.
#[expect(clippy::float_arithmetic, reason = "contrast is no money")]
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two hex digits")) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
