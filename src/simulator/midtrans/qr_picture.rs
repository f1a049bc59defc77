//! The code of a charge as a picture, at the address that a charge names as `generate-qr-code`: without a key,
//! since any browser may ask for it.

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use super::MidtransSimulator;
use super::instructions::QR_TEXT;
use super::journal::{Direction, JournalEntry};
use super::misbehaviour::{Conduct, Endpoint, take};
use super::reception::{Answer, cut};

/// A side of a module in pixels.
const MODULE_PX: usize = 8;
/// The white rim, in modules.
const RIM: usize = 4;
/// What [`Conduct::TooLong`] has, in bytes.
const TOO_LONG: usize = 5 * 1024 * 1024;

pub(super) async fn show(
    State(simulator): State<MidtransSimulator>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let now = simulator.inner.clock.now();
    let entry = JournalEntry::new(Direction::Received, now, "GET", uri.path(), String::new());
    let (number, found, conduct) = simulator.books(|books| {
        let number = books.journal.write(entry.with_headers(&headers));
        let found = books.find(&id).and_then(|transaction| {
            let shown = &transaction.instructions.shown;
            let (_, text) = shown.iter().find(|(label, _)| *label == QR_TEXT)?;
            Some((transaction.order_id.clone(), text.clone()))
        });
        let order_id = found.as_ref().map(|(order_id, _)| order_id.as_str());
        (number, found.clone(), take(&mut books.script, Endpoint::QrPicture, order_id))
    });
    let picture = found.and_then(|(_, text)| png(&text));
    let response = match (conduct, picture) {
        (Some(Conduct::CutBeforeAcceptance | Conduct::CutAfterAcceptance), _) => cut(),
        (Some(Conduct::ServerError { status }), _) => Answer::code(status, "Sorry").into_response(),
        (Some(Conduct::HtmlPage), _) => Html("<html><body>Under maintenance</body></html>").into_response(),
        (Some(Conduct::Redirect { location }), _) => {
            (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
        }
        (Some(Conduct::TooLong), Some(mut picture)) => {
            picture.resize(TOO_LONG, 0);
            as_png(picture)
        }
        (_, Some(picture)) => as_png(picture),
        (_, None) => Answer::code(404, "Transaction doesn't exist.").into_response(),
    };
    let status = response.status().as_u16();
    simulator.books(|books| books.journal.answered(number, Some(status), String::new()));
    response
}

/// The same for the bank's own page.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    Some(SvgBuilder::default().to_str(&code))
}

fn as_png(picture: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], Body::from(picture)).into_response()
}

/// A text as a picture, a byte a pixel.
fn png(text: &str) -> Option<Vec<u8>> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let modules = code.size + 2 * RIM;
    let is_dark = |row: usize, column: usize| {
        let inside = |at: usize| at.checked_sub(RIM).filter(|at| *at < code.size);
        inside(row).zip(inside(column)).is_some_and(|(row, column)| code[row][column].value())
    };
    let side_px = modules * MODULE_PX;
    let pixels: Vec<u8> = (0..side_px * side_px)
        .map(|at| if is_dark(at / side_px / MODULE_PX, at % side_px / MODULE_PX) { 0 } else { 255 })
        .collect();
    let mut packed = Vec::new();
    let side = u32::try_from(side_px).ok()?;
    let mut encoder = png::Encoder::new(&mut packed, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(packed)
}
