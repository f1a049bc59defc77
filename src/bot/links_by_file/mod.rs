//! Many links out of one file.
//!
//! ```text
//! Ani   (a file: produk.csv)
//! Bot   ⏳ Sedang membaca produk.csv …
//! Bot   (the same message) 📄 48 tautan siap dibuat dari produk.csv
//!       1. Kaos polos · Rp75.000 …
//!       ⚠️ 2 baris perlu dibetulkan: Baris 7: Harga “75.00” belum jelas …
//!       [✅ Buat 48 tautan] [✖ Batal]
//! Ani   taps ✅ Buat 48 tautan
//! Bot   (the same message) ⏳ Membuat tautan: 20 dari 48
//! Bot   [hasil-produk.csv] ✅ 48 tautan jadi, 2 baris belum …
//! ```
//!
//! What was understood is kept row by row before anything is shown, and each row is a draft: a second tap, a second
//! delivery and a crash make no link twice. The links are made by a worker ([`making`]), not by the answer.

use super::BotError;
use super::conversation::Conversation;
use super::home;
use super::intake::SentDocument;
use super::links::wording::Reader;
use super::links::{editing_seat, open_draft_id, reader};
use super::talk::Talk;
use crate::domain::id::ImportId;
use crate::domain::link_import::{ImportState, ImportView};
use crate::domain::link_sheet::{SHEET_BYTES_MAX, SheetError};
use crate::messaging::buttons::{ImportPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::files::DownloadFault;
use crate::messaging::html::code;
use crate::messaging::telegram::Document;
use crate::messaging::texts::Say;
use crate::services::link_imports::ImportStart;
use crate::services::merchants::Seat;

pub mod cards;
pub mod making;
mod reading;
pub mod result_file;

use cards::{home_button, progress_card, ready_card, told_card};

/// Endings of files that are worth a look.
const ENDINGS: [&str; 4] = ["csv", "tsv", "txt", "tab"];
/// Endings of workbooks.
const WORKBOOK_ENDINGS: [&str; 6] = ["xlsx", "xls", "xlsm", "xlsb", "ods", "numbers"];

/// A file came.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn sent(talk: &mut Talk, document: &SentDocument) -> Result<(), BotError> {
    if let Some(key) = unfit(document) {
        return refuse_aside(talk, key).await;
    }
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    // Whatever was being asked for: a draft stays on the home card.
    talk.go(Conversation::Idle);
    if let Some(view) = talk.services.import_of_message(talk.person, document.message_id).await? {
        return show(talk, &seat, &view).await;
    }
    let begun =
        talk.words("import-reading").with_safe("file", code(&cards::file_name(&document.file_name))).html();
    talk.show(Card::new(begun)).await?;
    let bytes = match talk.messenger.download(&document.file_id, SHEET_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(DownloadFault::TooLarge) => return refuse(talk, talk.say("import-too-large")).await,
        Err(DownloadFault::Unavailable) => return refuse(talk, talk.say("import-away")).await,
    };
    match reading::read(talk, &seat, document, &bytes).await? {
        Ok(understood) if understood.is_of_use() => match understood.keep(talk).await? {
            Some(view) => show(talk, &seat, &view).await,
            None => gone(talk).await,
        },
        Ok(understood) => {
            let card = understood.refusal(&reader(talk, &seat), seat.merchant.mode);
            talk.show(card).await
        }
        Err(error) => {
            let reason = sheet_refusal(&reader(talk, &seat), &error);
            refuse(talk, reason).await
        }
    }
}

/// A tap on a button about links out of a file.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: ImportPress) -> Result<(), BotError> {
    let Some(seat) = editing_seat(talk).await? else { return Ok(()) };
    match press {
        ImportPress::Explain => explain(talk, &seat).await,
        ImportPress::Template => send_template(talk, &seat).await,
        ImportPress::Create(id) => create(talk, &seat, id).await,
        ImportPress::Discard(id) => discard(talk, &seat, id).await,
    }
}

/// The button that says how it works.
#[must_use]
pub fn explain_button(reader: &Reader) -> CardButton {
    CardButton::press(reader.say("import-button"), Press::Importing(ImportPress::Explain))
}

async fn explain(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    // The question that led here has no answer yet: its draft is nothing to go on with.
    if let Some(id) = open_draft_id(talk)
        && let Some(kept) = talk.services.draft(talk.person, id).await?
        && kept.draft.item_name.is_none()
        && kept.draft.offer.photo.is_none()
    {
        talk.services.discard_draft(talk.person, id).await?;
    }
    talk.go(Conversation::Idle);
    let letters = talk.services.writes_letters().then(|| talk.say("import-explain-letters"));
    let text: Vec<String> = [talk.say("import-explain")].into_iter().chain(letters).collect();
    let text = home::with_mode(talk, &text.join("\n\n"), seat.merchant.mode);
    let back = CardButton::press(talk.say("draft-button-back"), Press::NewLink);
    let card = Card::new(text).row([template_button(talk)]).row([back, home_button(&reader(talk, seat))]);
    talk.show(card).await
}

async fn send_template(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    talk.answer_tap(None).await;
    let reader = reader(talk, seat);
    let text = format!("{}\n\n{}", reader.say("import-template"), reader.mode(seat.merchant.mode));
    let card = Card::new(text).row([CardButton::press(reader.say("button-home"), Press::RecordHome)]);
    let document = Document {
        name: format!("{}.csv", reader.say("import-template-file")),
        bytes: result_file::template(&reader, seat.merchant.currency),
    };
    talk.messenger.send_document(talk.person, document, &card).await?;
    Ok(())
}

/// Lets the links be made. The card says so first, since from then on the worker changes it.
async fn create(talk: &mut Talk, seat: &Seat, id: ImportId) -> Result<(), BotError> {
    let Some(view) = waiting_or_shown(talk, seat, id).await? else { return Ok(()) };
    if view.import.mode == seat.merchant.mode {
        talk.show(progress_card(&reader(talk, seat), &view)).await?;
    }
    let card = talk.card.map(|card| card.0);
    match talk.services.begin_import(seat, &view.import, card).await? {
        ImportStart::Begun | ImportStart::NotWaiting => Ok(()),
        ImportStart::OtherMode => {
            let Some(view) = talk.services.link_import(talk.person, id).await? else {
                return gone(talk).await;
            };
            let mut card = ready_card(&reader(talk, seat), &view);
            card.html = format!("{}\n\n{}", talk.say("import-other-mode"), card.html);
            talk.show(card).await
        }
    }
}

async fn discard(talk: &mut Talk, seat: &Seat, id: ImportId) -> Result<(), BotError> {
    let Some(view) = waiting_or_shown(talk, seat, id).await? else { return Ok(()) };
    if !talk.services.drop_import(view.import.id).await? {
        talk.toast("import-under-way").await;
        return Ok(());
    }
    talk.show(cards::dropped_card(&reader(talk, seat), seat.merchant.mode)).await
}

/// A file that waits for its seller's word. Any other is shown as it stands, or said to be under way: its
/// card is the worker's then.
async fn waiting_or_shown(
    talk: &mut Talk,
    seat: &Seat,
    id: ImportId,
) -> Result<Option<ImportView>, BotError> {
    let Some(view) = talk.services.link_import(talk.person, id).await? else {
        gone(talk).await?;
        return Ok(None);
    };
    if view.import.merchant_id != seat.merchant.id {
        gone(talk).await?;
        return Ok(None);
    }
    match view.import.state {
        ImportState::Ready => Ok(Some(view)),
        ImportState::Making => {
            talk.toast("import-under-way").await;
            Ok(None)
        }
        ImportState::Told | ImportState::Dropped => {
            show(talk, seat, &view).await?;
            Ok(None)
        }
    }
}

/// A file as it stands.
async fn show(talk: &mut Talk, seat: &Seat, view: &ImportView) -> Result<(), BotError> {
    let reader = reader(talk, seat);
    let card = match view.import.state {
        ImportState::Ready => ready_card(&reader, view),
        ImportState::Making => progress_card(&reader, view),
        ImportState::Told => told_card(&reader, view),
        ImportState::Dropped => cards::dropped_card(&reader, seat.merchant.mode),
    };
    talk.show(card).await
}

async fn gone(talk: &mut Talk) -> Result<(), BotError> {
    refuse(talk, talk.say("import-gone")).await
}

/// Why a file is not read, in place of the card that said it would be.
async fn refuse(talk: &mut Talk, reason: String) -> Result<(), BotError> {
    let reason = with_mode(talk, reason);
    let home = talk.home_button();
    talk.show(Card::new(reason).row([template_button(talk)]).row([home])).await
}

/// The same of a file that changes nothing about what is being asked.
async fn refuse_aside(talk: &mut Talk, key: &str) -> Result<(), BotError> {
    let is_sheet = key != "import-picture" && talk.seat.is_some();
    let template = is_sheet.then(|| template_button(talk));
    let back = open_draft_id(talk)
        .map(|id| CardButton::press(talk.say("home-button-continue"), Press::DraftShow(id)));
    let home = talk.home_button();
    let text = with_mode(talk, talk.say(key));
    talk.show_aside(Card::new(text).row(template).row(back.into_iter().chain([home]))).await
}

/// The text with the shop's mode below it, where there is a shop.
fn with_mode(talk: &Talk, text: String) -> String {
    match &talk.seat {
        Some(seat) => home::with_mode(talk, &text, seat.merchant.mode),
        None => text,
    }
}

fn template_button(talk: &Talk) -> CardButton {
    CardButton::press(talk.say("import-button-template"), Press::Importing(ImportPress::Template))
}

/// Why a file cannot be a table of links, by all that Telegram says of it.
fn unfit(document: &SentDocument) -> Option<&'static str> {
    let media_type = document.media_type.to_ascii_lowercase();
    let name = document.file_name.to_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default();
    if media_type.starts_with("image/") {
        return Some("import-picture");
    }
    if WORKBOOK_ENDINGS.contains(&ending) {
        return Some("import-workbook");
    }
    // Some phones call every table a workbook, and every other file bytes: its name says more.
    let is_text = media_type.starts_with("text/") || media_type.contains("csv");
    if !ENDINGS.contains(&ending) && !is_text {
        return Some("import-other-kind");
    }
    let is_too_large = usize::try_from(document.bytes).map_or(true, |bytes| bytes > SHEET_BYTES_MAX);
    is_too_large.then_some("import-too-large")
}

/// Why a file is no table of links, as HTML.
fn sheet_refusal(reader: &Reader, error: &SheetError) -> String {
    match error {
        SheetError::Empty => reader.say("import-empty"),
        SheetError::Workbook => reader.say("import-workbook"),
        SheetError::NoText => reader.say("import-no-text"),
        SheetError::OnlyTitles => reader.say("import-only-titles"),
        SheetError::UnknownColumns => reader.say("import-unknown-columns"),
        SheetError::NoNames => reader.say("import-no-names"),
        SheetError::NoPrices => reader.say("import-no-prices"),
        SheetError::TooManyRows { rows } => {
            let rows = reader.count(i64::try_from(*rows).unwrap_or(i64::MAX));
            Say::new(reader.language, "import-too-many").with_safe("rows", rows).html()
        }
    }
}
