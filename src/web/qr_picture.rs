//! A QR code as a picture inside the page.

use crate::messaging::qr_code::QrCode;

/// A picture to scan. It is black on white in the dark as well, because scanners want it so.
pub struct QrPicture {
    /// An `svg` element made of nothing but numbers and the given label.
    pub svg: String,
}

impl QrPicture {
    /// Draws the text; `None` when it is too long for any QR code. `label` is for those who hear the page
    /// and must hold no markup: it is escaped here.
    #[must_use]
    pub fn draw(payload: &str, label: &str) -> Option<Self> {
        let QrCode { side, strokes } = QrCode::encode(payload)?;
        let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        Some(Self {
            svg: format!(
                "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
                 aria-label=\"{label}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
                 <path stroke=\"#000\" d=\"{strokes}\"/></svg>"
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_small_and_with_its_rim() {
        let picture = QrPicture::draw(&"0".repeat(220), "\"<Rp1>").unwrap();
        assert!(picture.svg.len() < 6_000, "{}", picture.svg.len());
        assert!(picture.svg.contains("aria-label=\"&quot;&lt;Rp1>\""));
        assert!(picture.svg.contains("M4 4.5h7"), "the first finder pattern stands after the rim");
    }

    #[test]
    fn what_fits_into_no_code_is_not_drawn() {
        assert!(QrPicture::draw(&"x".repeat(4_000), "").is_none());
    }
}
