//! The mark of the service for tabs and home screens, drawn once.

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::OnceCell;

use crate::messaging::brand;
use crate::messaging::picture::{PictureError, draw};

/// Sides of the pictures in the file for tabs, in pixels.
const TAB_SIDES: [u8; 3] = [16, 32, 48];

/// The side of the picture for home screens, in pixels: what iPhones ask for.
const HOME_SIDE: u32 = 180;

static TAB_ICON: OnceCell<Bytes> = OnceCell::const_new();
static HOME_ICON: OnceCell<Bytes> = OnceCell::const_new();

/// `GET /favicon.ico`: for tabs. An ICO of PNGs, since not every browser, and hardly any messenger, takes an SVG.
pub async fn tab() -> Response {
    let icon = TAB_ICON.get_or_try_init(async || {
        let mut pictures = Vec::new();
        for side in TAB_SIDES {
            pictures.push((side, draw(brand::icon(side.into(), true)).await?));
        }
        Ok(ico(&pictures))
    });
    told("image/x-icon", icon.await)
}

/// `GET /apple-touch-icon.png`: for home screens.
pub async fn home() -> Response {
    let icon = HOME_ICON.get_or_try_init(async || Ok(draw(brand::icon(HOME_SIDE, false)).await?.into()));
    told("image/png", icon.await)
}

fn told(kind: &'static str, icon: Result<&Bytes, PictureError>) -> Response {
    match icon {
        Ok(icon) => {
            let kept = (header::CACHE_CONTROL, "public, max-age=86400");
            ([(header::CONTENT_TYPE, kind), kept], icon.clone()).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "an icon cannot be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Square PNGs, each with its side in pixels, in one file: a head of 6 bytes, an entry of 16 for each, then the
/// pictures as they are (ICONDIR and ICONDIRENTRY, little-endian).
fn ico(pictures: &[(u8, Vec<u8>)]) -> Bytes {
    let count = u16::try_from(pictures.len()).unwrap_or(0);
    let mut file = [[0, 0], [1, 0], count.to_le_bytes()].concat();
    let mut offset = 6 + 16 * u32::from(count);
    for (side, png) in pictures {
        let bytes = u32::try_from(png.len()).unwrap_or(0);
        // One plane of 32 bits a pixel, no palette.
        file.extend([*side, *side, 0, 0, 1, 0, 32, 0]);
        file.extend(bytes.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += bytes;
    }
    for (_, png) in pictures {
        file.extend(png);
    }
    file.into()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn bytes_of(response: Response) -> Vec<u8> {
        assert_eq!(response.status(), 200);
        to_bytes(response.into_body(), 100_000).await.unwrap().to_vec()
    }

    #[tokio::test]
    async fn the_icon_of_tabs_holds_its_pictures_where_it_says() {
        let file = bytes_of(tab().await).await;
        assert_eq!(file[..6], [0, 0, 1, 0, 3, 0]);
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        let mut end = 6 + 16 * 3;
        for (index, side) in [16, 32, 48].into_iter().enumerate() {
            let entry = 6 + 16 * index;
            assert_eq!((file[entry], file[entry + 1]), (side, side));
            assert_eq!(number(entry + 12), end);
            let picture = &file[end..end + number(entry + 8)];
            let picture = resvg::tiny_skia::Pixmap::decode_png(picture).unwrap();
            assert_eq!((picture.width(), picture.height()), (u32::from(side), u32::from(side)));
            assert_eq!(picture.pixel(0, 0).unwrap().alpha(), 0, "its corners are cut");
            end += number(entry + 8);
        }
        assert_eq!(end, file.len());
        assert!(file.len() < 6_000, "{} bytes", file.len());
    }

    #[tokio::test]
    async fn the_icon_of_home_screens_fills_its_square() {
        let picture = resvg::tiny_skia::Pixmap::decode_png(&bytes_of(home().await).await).unwrap();
        assert_eq!((picture.width(), picture.height()), (180, 180));
        assert!(picture.pixel(0, 0).unwrap().is_opaque());
    }
}
