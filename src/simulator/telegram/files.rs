//! Pictures and documents: checked, kept within bounds, found again by their id.

use serde_json::{Value, json};

use super::{message::ShownFile, params::Upload, refusal::Refusal, world::World};

const PHOTO_LIMIT: usize = 10 << 20;
const DOCUMENT_LIMIT: usize = 50 << 20;
/// What a bot can fetch at most.
const DOWNLOAD_LIMIT: usize = 20 << 20;

/// Keeps an upload, or finds the file that an id from an earlier answer means.
pub(super) fn take(
    world: &mut World,
    upload: Option<&Upload>,
    file_id: Option<String>,
    is_photo: bool,
) -> Result<ShownFile, Refusal> {
    let Some(upload) = upload else {
        let wanted = file_id.unwrap_or_default();
        let known = world.files.iter().find(|(file, _)| file.file_id == wanted).map(|(file, _)| file.clone());
        return known.filter(|file| file.is_photo == is_photo).ok_or_else(|| {
            Refusal::bad(if wanted.is_empty() {
                "there is no file in the request"
            } else {
                "wrong file identifier/HTTP URL specified"
            })
        });
    };
    let limit = if is_photo { PHOTO_LIMIT } else { DOCUMENT_LIMIT };
    if upload.bytes.is_empty() {
        return Err(Refusal::bad("file must be non-empty"));
    }
    if upload.bytes.len() > limit {
        return Err(Refusal::plain(413, "Request Entity Too Large"));
    }
    let (width, height) = if is_photo { picture_size(&upload.bytes)? } else { (0, 0) };
    let number = world.next_number();
    let media_type =
        if upload.media_type.is_empty() { guess(&upload.bytes) } else { upload.media_type.as_str() };
    let file = ShownFile {
        number,
        file_id: format!("AgAC{number:08}"),
        is_photo,
        file_name: upload.file_name.clone(),
        media_type: if is_photo { guess(&upload.bytes) } else { media_type }.to_owned(),
        size: upload.bytes.len(),
        width,
        height,
    };
    world.keep_file(file.clone(), upload.bytes.clone());
    Ok(file)
}

/// Keeps a picture that a person takes.
pub(super) fn taken_by_person(world: &mut World, jpeg: &[u8]) -> ShownFile {
    let number = world.next_number();
    let (width, height) = jpeg_size(jpeg).unwrap_or((800, 800));
    let file = ShownFile {
        number,
        file_id: format!("AgAC{number:08}"),
        is_photo: true,
        file_name: format!("photo{number}.jpg"),
        media_type: "image/jpeg".to_owned(),
        size: jpeg.len(),
        width,
        height,
    };
    world.keep_file(file.clone(), jpeg.to_vec());
    file
}

/// Keeps a file that a person sends as it is.
pub(super) fn sent_by_person(world: &mut World, name: &str, media_type: &str, bytes: Vec<u8>) -> ShownFile {
    let number = world.next_number();
    let file = ShownFile {
        number,
        file_id: format!("BQAC{number:08}"),
        is_photo: false,
        file_name: name.to_owned(),
        media_type: media_type.to_owned(),
        size: bytes.len(),
        width: 0,
        height: 0,
    };
    world.keep_file(file.clone(), bytes);
    file
}

/// `getFile`: where a file can be fetched, for files that a bot may have.
pub(super) fn get(world: &mut World, file_id: Option<String>) -> Result<Value, Refusal> {
    let wanted = file_id.ok_or_else(|| Refusal::bad("file_id not specified"))?;
    let known = world.files.iter().find(|(file, _)| wanted == file.file_id || wanted == file.small_id());
    let Some((file, _)) = known else { return Err(Refusal::bad("invalid file_id")) };
    if file.size > DOWNLOAD_LIMIT {
        return Err(Refusal::bad("file is too big"));
    }
    let path = if file.is_photo {
        format!("photos/file_{}.jpg", file.number)
    } else {
        format!("documents/file_{}", file.number)
    };
    let answer = json!({
        "file_id": wanted, "file_unique_id": format!("u{wanted}"), "file_size": file.size, "file_path": path,
    });
    world.fetchable.insert(path, file.number);
    Ok(answer)
}

/// The file behind a path that [`get`] gave out.
pub(super) fn fetch(world: &World, path: &str) -> Option<Vec<u8>> {
    let number = *world.fetchable.get(path)?;
    world.files.iter().find(|(file, _)| file.number == number).map(|(_, bytes)| bytes.clone())
}

/// Width and height out of the first frame header that lies where segments lie.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let header = bytes.get(at..at + 9)?;
        let two = |place: usize| u32::from(header[place]) << 8 | u32::from(header[place + 1]);
        if matches!(header[1], 0xc0..=0xc2) {
            return Some((two(7), two(5)));
        }
        at += 2 + usize::try_from(two(2)).ok()?;
    }
}

/// Width and height in pixels; a PNG says so itself, other kinds count as 800 × 800.
fn picture_size(bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    if guess(bytes) == "application/octet-stream" {
        return Err(Refusal::bad("IMAGE_PROCESS_FAILED"));
    }
    let number = |at: usize| {
        let four: Option<[u8; 4]> = bytes.get(at..at + 4).and_then(|slice| slice.try_into().ok());
        four.map(u32::from_be_bytes)
    };
    let (width, height) = match guess(bytes) {
        "image/png" => (number(16).unwrap_or(0), number(20).unwrap_or(0)),
        _ => (800, 800),
    };
    let (short, long) = (width.min(height), width.max(height));
    if short == 0 || width.saturating_add(height) > 10_000 || long / short > 20 {
        return Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok((width, height))
}

fn guess(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, ..] => "image/jpeg",
        [b'G', b'I', b'F', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => "application/octet-stream",
    }
}
