//! A picture of what is sold, as a seller sent it.

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::id::{MerchantId, PhotoId};

/// A picture that is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its key.
    pub id: PhotoId,
    /// Whose it is.
    pub merchant_id: MerchantId,
    /// The file.
    pub jpeg: Jpeg,
}

/// What a page needs of a picture without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFacts {
    /// SHA-256 of the file in hexadecimal digits: what its address ends in.
    pub digest: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
}

/// A JPEG file of at most [`Jpeg::BYTES_MAX`] bytes that says how large its picture is.
#[derive(Clone, PartialEq, Eq)]
pub struct Jpeg {
    bytes: Vec<u8>,
    width: i64,
    height: i64,
}

/// Why a file is no picture for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhotoError {
    /// More bytes than a page should carry.
    #[error("the picture has more than {} bytes", Jpeg::BYTES_MAX)]
    TooLarge,
    /// It does not read as a JPEG.
    #[error("the file is no JPEG")]
    NotJpeg,
}

impl Jpeg {
    /// The most bytes of a picture.
    pub const BYTES_MAX: usize = 1 << 20;
    /// The most pixels of a side.
    const SIDE_MAX: i64 = 10_000;

    /// Takes a file that starts, ends and is built as a JPEG (ITU-T T.81, annex B).
    ///
    /// # Errors
    /// See [`PhotoError`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, PhotoError> {
        if bytes.len() > Self::BYTES_MAX {
            return Err(PhotoError::TooLarge);
        }
        let (width, height) = frame_size(&bytes).ok_or(PhotoError::NotJpeg)?;
        let is_sound = [width, height].iter().all(|side| (1..=Self::SIDE_MAX).contains(side));
        if is_sound { Ok(Self { bytes, width, height }) } else { Err(PhotoError::NotJpeg) }
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Width and height in pixels.
    #[must_use]
    pub const fn size(&self) -> (i64, i64) {
        (self.width, self.height)
    }

    /// SHA-256 of the file.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(&self.bytes).to_vec()
    }
}

impl std::fmt::Debug for Jpeg {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Jpeg({} bytes)", self.bytes.len())
    }
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Photo").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Width and height out of the frame header, which stands behind other segments.
fn frame_size(bytes: &[u8]) -> Option<(i64, i64)> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        // Start of frame, but for DHT, JPG and DAC, which lie between them.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let [_, high, low, wide, narrow, ..] = *rest.get(4..)? else { return None };
            let side = |high, low| i64::from(u16::from_be_bytes([high, low]));
            return Some((side(wide, narrow), side(high, low)));
        }
        // Data before any frame header, or a marker without a length, is no picture.
        if length < 2 || matches!(marker, 0x00 | 0x01 | 0xd0..=0xda) {
            return None;
        }
        rest = rest.get(2 + length..)?;
    }
}

#[cfg(test)]
pub(crate) mod samples {
    /// The smallest file that says it is a picture of this size.
    pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let [wide, narrow] = width.to_be_bytes();
        let [high, low] = height.to_be_bytes();
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
        bytes.extend([0xff, 0xc0, 0, 11, 8, high, low, wide, narrow, 1, 1, 0x11, 0]);
        bytes.extend([0xff, 0xda, 0, 2, 0xff, 0xd9]);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::samples::jpeg;
    use super::*;

    #[test]
    fn a_picture_says_how_large_it_is() {
        assert_eq!(Jpeg::new(jpeg(1280, 960)).map(|jpeg| jpeg.size()), Ok((1280, 960)));
    }

    #[test]
    fn what_is_no_picture_or_too_much_is_refused() {
        let png = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13];
        let mut cut = jpeg(10, 10);
        cut.truncate(12);
        let script = b"<script>alert(1)</script>".to_vec();
        for bytes in [png, cut, script, vec![], vec![0xff, 0xd8], jpeg(0, 10), jpeg(10, 20_000)] {
            assert_eq!(Jpeg::new(bytes), Err(PhotoError::NotJpeg));
        }
        let mut large = jpeg(10, 10);
        large.resize(Jpeg::BYTES_MAX + 1, 0);
        assert_eq!(Jpeg::new(large), Err(PhotoError::TooLarge));
    }
}
