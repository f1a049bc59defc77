//! Who speaks and what is asked, out of Telegram's JSON.

use teloxide::types::{ChatMemberKind, MaybeInaccessibleMessage, Message, PhotoSize, Update, UpdateKind};

use crate::domain::id::{Fingerprint, TelegramId};
use crate::domain::merchant::Mode;
use crate::domain::photo::Jpeg;
use crate::domain::server_key::key_in;
use crate::domain::shop_face::ChatName;
use crate::messaging::buttons::Press;
use crate::messaging::telegram::MessageId;

/// An update from a private chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Who speaks, and the private chat.
    pub person: TelegramId,
    /// What the person is called at Telegram.
    pub first_name: String,
    /// What the person is called in public at Telegram, if anything.
    pub chat_name: Option<ChatName>,
    /// What the person's app speaks, as an IETF language tag.
    pub language_code: Option<String>,
    /// The message whose button was pressed.
    pub pressed_card: Option<MessageId>,
    /// The tap to be answered.
    pub callback_id: Option<String>,
    /// What is asked.
    pub incoming: Incoming,
    /// Of this update alone, however often it is answered: what it makes is known by it.
    pub fingerprint: Fingerprint,
}

/// What an update asks of the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A command, without its slash and the bot's name, in lower case; and the rest of the text.
    Command(Command),
    /// Any other text.
    Text(String),
    /// A tap on a button of ours.
    Press(Press),
    /// A tap on a button that we no longer know, or never made.
    UnknownPress,
    /// Words with a gateway key in them, which was masked before they were stored; it stands in this message,
    /// and is one of this mode.
    GatewayKey(MessageId, Mode),
    /// A photo.
    Photo(SentPhoto),
    /// A file.
    Document(SentDocument),
    /// A voice message, a sticker: nothing that can be read.
    NoText,
    /// The person sent what the bot offered inline into another chat.
    Chosen(ChosenArticle),
    /// The person blocked the bot (true) or came back (false).
    Blocked(bool),
}

/// An inline answer that was sent into another chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenArticle {
    /// The article's key, as it was offered.
    pub article_id: String,
    /// Telegram's handle of the message; none when it has no buttons.
    pub inline_message_id: Option<String>,
}

/// A photo as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentPhoto {
    /// Telegram's handle of the size to be fetched.
    pub file_id: String,
    /// The handle of a small size, for a sign beside a name.
    pub small_file_id: String,
    /// The words beside it, perhaps none.
    pub caption: String,
    /// Whether it was sent together with others.
    pub is_of_album: bool,
}

/// A file as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentDocument {
    /// The number of its message in the chat.
    pub message_id: i64,
    /// Telegram's handle of it.
    pub file_id: String,
    /// What it is called; empty when nobody says.
    pub file_name: String,
    /// What kind it is said to be (RFC 6838); empty when nobody says.
    pub media_type: String,
    /// How large it is said to be, in bytes.
    pub bytes: u32,
}

/// A command as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Its name in lower case, without the slash and the bot's name.
    pub name: String,
    /// What follows it.
    pub arguments: String,
}

/// Reads a stored update; `None` for what is not for the bot: groups, other bots, unknown kinds.
#[must_use]
pub fn read(body: &str) -> Option<Arrival> {
    let update: Update = serde_json::from_str(body).ok()?;
    let from = update.from()?.clone();
    let private_id = i64::try_from(from.id.0).ok()?;
    let chat_id = update.chat().map_or(private_id, |chat| chat.id.0);
    if from.is_bot || chat_id != private_id {
        return None;
    }
    let mut pressed_card = None;
    let mut callback_id = None;
    let incoming = match update.kind {
        UpdateKind::Message(message) => read_message(&message),
        UpdateKind::CallbackQuery(query) => {
            callback_id = Some(query.id.0.clone());
            pressed_card = query.message.as_ref().map(card_of);
            let press = query.data.as_deref().and_then(Press::decode);
            press.map_or(Incoming::UnknownPress, Incoming::Press)
        }
        UpdateKind::MyChatMember(change) => {
            Incoming::Blocked(matches!(change.new_chat_member.kind, ChatMemberKind::Banned(_)))
        }
        UpdateKind::ChosenInlineResult(chosen) => Incoming::Chosen(ChosenArticle {
            article_id: chosen.result_id,
            inline_message_id: chosen.inline_message_id,
        }),
        _ => return None,
    };
    Some(Arrival {
        person: TelegramId(private_id),
        first_name: from.first_name,
        chat_name: from.username.as_deref().and_then(ChatName::parse),
        language_code: from.language_code,
        pressed_card,
        callback_id,
        incoming,
        fingerprint: Fingerprint::of(body),
    })
}

fn read_message(message: &Message) -> Incoming {
    if let Some(mode) = message.text().or(message.caption()).and_then(key_in) {
        return Incoming::GatewayKey(MessageId(i64::from(message.id.0)), mode);
    }
    match message.text() {
        Some(text) => read_text(text),
        None => read_photo(message)
            .map(Incoming::Photo)
            .or_else(|| read_document(message).map(Incoming::Document))
            .unwrap_or(Incoming::NoText),
    }
}

fn card_of(message: &MaybeInaccessibleMessage) -> MessageId {
    MessageId(i64::from(message.id().0))
}

/// The size of the photo that is nearest to what a page shows on a wide screen, among those small enough.
fn read_photo(message: &Message) -> Option<SentPhoto> {
    const SIDE_WANTED: u32 = 1280;
    const SMALL_SIDE_WANTED: u32 = 320;
    let fits =
        |size: &&PhotoSize| usize::try_from(size.file.size).is_ok_and(|bytes| bytes <= Jpeg::BYTES_MAX);
    let distance = |size: &&PhotoSize| size.width.max(size.height).abs_diff(SIDE_WANTED);
    let small_distance = |size: &&PhotoSize| size.width.max(size.height).abs_diff(SMALL_SIDE_WANTED);
    let sizes = message.photo()?;
    let size =
        sizes.iter().filter(fits).min_by_key(distance).or_else(|| sizes.iter().min_by_key(distance))?;
    let caption = message.caption().unwrap_or_default().to_owned();
    let is_of_album = message.media_group_id().is_some();
    let small = sizes.iter().filter(fits).min_by_key(small_distance).unwrap_or(size);
    let [file_id, small_file_id] = [size, small].map(|size| size.file.id.0.clone());
    Some(SentPhoto { file_id, small_file_id, caption, is_of_album })
}

fn read_document(message: &Message) -> Option<SentDocument> {
    let document = message.document()?;
    Some(SentDocument {
        message_id: i64::from(message.id.0),
        file_id: document.file.id.0.clone(),
        file_name: document.file_name.clone().unwrap_or_default(),
        media_type: document.mime_type.as_ref().map(ToString::to_string).unwrap_or_default(),
        bytes: document.file.size,
    })
}

fn read_text(text: &str) -> Incoming {
    let Some(rest) = text.strip_prefix('/') else {
        return Incoming::Text(text.to_owned());
    };
    let (name, arguments) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let name = name.split('@').next().unwrap_or_default().to_lowercase();
    Incoming::Command(Command { name, arguments: arguments.trim().to_owned() })
}

#[cfg(test)]
#[path = "intake/tests.rs"]
mod tests;
