//! QR codes: as paths of an SVG, and as pictures of their own.

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

/// A side of a module in pixels: sharp when a telephone shows the picture as wide as itself.
const MODULE_PX: usize = 10;

impl QrCode {
    /// A text as a picture, black on white with its rim, one bit a pixel; `None` when it is too long for any QR
    /// code.
    #[must_use]
    pub fn png(payload: &str) -> Option<Vec<u8>> {
        let code = QRBuilder::new(payload).ecl(ECL::M).build().ok()?;
        let side_px = (code.size + 2 * QUIET_ZONE) * MODULE_PX;
        let row_bytes = side_px.div_ceil(8);
        let mut pixels = Vec::with_capacity(row_bytes * side_px);
        for row in 0..code.size + 2 * QUIET_ZONE {
            let modules = row.checked_sub(QUIET_ZONE).filter(|row| *row < code.size);
            // Every bit is white until a module is dark.
            let mut line = vec![0xff_u8; row_bytes];
            for (column, module) in
                modules.map(|row| &code[row][..code.size]).into_iter().flatten().enumerate()
            {
                let from = (column + QUIET_ZONE) * MODULE_PX;
                for pixel in (from..from + MODULE_PX).filter(|_| module.value()) {
                    line[pixel / 8] &= !(0x80 >> (pixel % 8));
                }
            }
            pixels.extend(line.repeat(MODULE_PX));
        }
        pack(u32::try_from(side_px).ok()?, &pixels).ok()
    }
}

fn pack(side_px: u32, pixels: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, side_px, side_px);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(packed)
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

    const QRIS: &str = "00020101021226620014COM.GO-JEK.WWW011993600914327854390830210G27854390803035204569153033605406150000";

    #[test]
    fn a_picture_holds_every_module_of_its_code() {
        let packed = QrCode::png(QRIS).unwrap();
        assert!(packed.len() < 6_000, "{} bytes", packed.len());
        let mut reader = png::Decoder::new(std::io::Cursor::new(&packed)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let code = QRBuilder::new(QRIS).ecl(ECL::M).build().unwrap();
        let side = code.size + 2 * QUIET_ZONE;
        assert_eq!(usize::try_from(info.width).unwrap(), side * MODULE_PX);
        let is_dark = |row: usize, column: usize| {
            let (x, y) = (column * MODULE_PX + MODULE_PX / 2, row * MODULE_PX + MODULE_PX / 2);
            pixels[y * info.line_size + x / 8] & (0x80 >> (x % 8)) == 0
        };
        for row in 0..side {
            for column in 0..side {
                let inside = |at: usize| at.checked_sub(QUIET_ZONE).filter(|at| *at < code.size);
                let module =
                    inside(row).zip(inside(column)).is_some_and(|(row, column)| code[row][column].value());
                assert_eq!(is_dark(row, column), module, "row {row}, column {column}");
            }
        }
        assert!(QrCode::png(&"x".repeat(4_000)).is_none());
    }
}
