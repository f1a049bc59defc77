//! A photo inside a drawing: cut to a square with round corners, in whole numbers throughout.

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The longest side of a photo that is read.
const PHOTO_SIDE_MAX: usize = 4_096;

/// Points of a pixel, along each side, that are asked whether they lie inside a corner.
const POINTS: u32 = 4;

/// Levels of each colour that go into one: a photo in a PNG takes half the room then, and looks the same.
const LEVELS: u8 = 8;

/// A photo and its square place in a drawing, in pixels.
#[derive(Debug)]
pub struct Inlay {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Its place from the left.
    pub left: u32,
    /// Its place from the top.
    pub top: u32,
    /// Its width and height.
    pub side: u32,
    /// How round its corners are.
    pub radius: u32,
}

/// A photo, three bytes a pixel.
struct Photo {
    colours: Vec<u8>,
    width: usize,
    height: usize,
}

impl Inlay {
    /// Lays the photo into the drawing. What is no photo leaves it as it was and gives `false`.
    pub(super) fn lay(&self, canvas: &mut Pixmap) -> bool {
        let Some(photo) = Photo::read(&self.jpeg) else { return false };
        let across = canvas.width();
        for y in 0..self.side {
            for x in 0..self.side {
                let share = self.share_inside(x, y);
                let colour = photo.average(x, y, self.side);
                let place = (self.top + y) * across + self.left + x;
                let pixel = canvas.pixels_mut().get_mut(place as usize).filter(|_| self.left + x < across);
                let Some(pixel) = pixel else { continue };
                let below = [pixel.red(), pixel.green(), pixel.blue()];
                let [red, green, blue] = mix(colour, below, share);
                if let Some(mixed) = PremultipliedColorU8::from_rgba(red, green, blue, u8::MAX) {
                    *pixel = mixed;
                }
            }
        }
        true
    }

    /// How many of a pixel's points lie inside the round corners.
    fn share_inside(&self, x: u32, y: u32) -> u32 {
        let radius = self.radius * POINTS * 2;
        let side = self.side * POINTS * 2;
        // How far a point lies beyond the middle of its corner, in eighths of a pixel.
        let beyond = |at: u32| radius.saturating_sub(at).max((at + radius).saturating_sub(side));
        let points = (0..POINTS).flat_map(|down| (0..POINTS).map(move |right| (right, down)));
        let is_inside = |(right, down): &(u32, u32)| {
            let across = beyond((x * POINTS + right) * 2 + 1);
            let below = beyond((y * POINTS + down) * 2 + 1);
            across * across + below * below <= radius * radius
        };
        u32::try_from(points.filter(is_inside).count()).unwrap_or(0)
    }
}

impl Photo {
    fn read(jpeg: &[u8]) -> Option<Self> {
        let options = DecoderOptions::default()
            .set_max_width(PHOTO_SIDE_MAX)
            .set_max_height(PHOTO_SIDE_MAX)
            .jpeg_set_out_colorspace(ColorSpace::RGB);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
        let colours = decoder.decode().ok()?;
        let (width, height) = decoder.dimensions()?;
        (width > 0 && height > 0 && colours.len() >= width * height * 3).then_some(Self {
            colours,
            width,
            height,
        })
    }

    /// The colour of a pixel when the middle of the photo is `side` pixels wide and high.
    fn average(&self, x: u32, y: u32, side: u32) -> [u8; 3] {
        let shortest = self.width.min(self.height);
        let part = |at: u32, length: usize| {
            let start = (length - shortest) / 2;
            let edge = |at: u32| start + at as usize * shortest / side as usize;
            edge(at)..edge(at + 1).max(edge(at) + 1)
        };
        let (mut sums, mut count) = ([0_usize; 3], 0);
        for row in part(y, self.height) {
            for column in part(x, self.width) {
                let first = (row * self.width + column) * 3;
                for (sum, colour) in sums.iter_mut().zip(self.colours.iter().skip(first)) {
                    *sum += usize::from(*colour);
                }
                count += 1;
            }
        }
        sums.map(|sum| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX) / LEVELS * LEVELS + LEVELS / 2)
    }
}

/// So many points of one colour over another.
fn mix(above: [u8; 3], below: [u8; 3], share: u32) -> [u8; 3] {
    let all = POINTS * POINTS;
    let mut mixed = below;
    for (mixed, above) in mixed.iter_mut().zip(above) {
        let sum = u32::from(above) * share + u32::from(*mixed) * (all - share);
        *mixed = u8::try_from(sum / all).unwrap_or(u8::MAX);
    }
    mixed
}
