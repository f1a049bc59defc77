//! The mark that stands for the service where there is no shop: on the tabs of browsers and in the corners
//! of pictures.

/// The name on pictures. A name is the same in every language.
pub const NAME: &str = "Tautan";

/// The green of the pages.
pub const GREEN: &str = "#0a6b4b";

/// Two links of a chain, as strokes in a box of 32 by 32.
const CHAIN: &str = "M13 19 19 13M11 15l-2 2a4.2 4.2 0 0 0 6 6l2-2M21 17l2-2a4.2 4.2 0 0 0-6-6l-2 2";

/// The strokes of the mark alone, in this colour, as an element of a drawing with the box's size.
#[must_use]
pub fn strokes(colour: &str) -> String {
    format!(r#"<path d="{CHAIN}" fill="none" stroke="{colour}" stroke-width="2.6" stroke-linecap="round"/>"#)
}

/// The mark as a square drawing of `side` pixels. Where `is_round`, its corners are cut; phones cut them by
/// themselves.
#[must_use]
pub fn icon(side: u32, is_round: bool) -> String {
    let radius = if is_round { 8 } else { 0 };
    let strokes = strokes("#fff");
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 32 32"><rect width="32" height="32" rx="{radius}" fill="{GREEN}"/>{strokes}</svg>"#
    )
}
