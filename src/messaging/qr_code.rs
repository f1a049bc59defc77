//! QR codes as paths of an SVG.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// The white rim around a code, in modules: what the standard asks for (ISO/IEC 18004, section 5.3.8).
pub const QUIET_ZONE: usize = 4;

/// A code, one unit per module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode {
    /// Its side in modules, the rim included.
    pub side: usize,
    /// The dark modules as strokes one unit wide: the `d` of a `path`, made of nothing but numbers.
    pub strokes: String,
}

impl QrCode {
    /// Encodes a text; `None` when it is too long for any QR code.
    #[must_use]
    pub fn encode(payload: &str) -> Option<Self> {
        let code = QRBuilder::new(payload).ecl(ECL::M).build().ok()?;
        let mut strokes = String::new();
        for row in 0..code.size {
            add_row(&mut strokes, row, &code[row][..code.size]);
        }
        Some(Self { side: code.size + 2 * QUIET_ZONE, strokes })
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
