//! A QR code as a picture inside the page.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// The white rim around a code, in modules: what the standard asks for (ISO/IEC 18004, section 5.3.8).
const QUIET_ZONE: usize = 4;

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
        let code = QRBuilder::new(payload).ecl(ECL::M).build().ok()?;
        let side = code.size + 2 * QUIET_ZONE;
        let mut path = String::new();
        for row in 0..code.size {
            add_row(&mut path, row, &code[row][..code.size]);
        }
        let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        Some(Self {
            svg: format!(
                "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
                 aria-label=\"{label}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
                 <path stroke=\"#000\" d=\"{path}\"/></svg>"
            ),
        })
    }
}

/// A row as strokes one module high: runs of dark modules, and moves over the light ones.
fn add_row(path: &mut String, row: usize, modules: &[fast_qr::Module]) {
    let mut pen = None;
    let mut column = 0;
    while column < modules.len() {
        let dark = modules[column].value();
        let run = modules[column..].iter().take_while(|module| module.value() == dark).count();
        if dark {
            // Writing to a String cannot fail.
            let _ = match pen {
                None => write!(path, "M{} {}.5h{run}", column + QUIET_ZONE, row + QUIET_ZONE),
                Some(end) => write!(path, "m{} 0h{run}", column - end),
            };
            pen = Some(column + run);
        }
        column += run;
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
