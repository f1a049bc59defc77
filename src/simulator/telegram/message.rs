//! What stands in a chat: messages, their formatting, their buttons, their files.

use serde::Serialize;
use serde_json::{Value, json};

/// A span of formatting in a message, shaped as Telegram writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// Telegram's name: `bold`, `code`, `text_link`, `url`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it begins, in UTF-16 units.
    pub offset: usize,
    /// How long it is, in UTF-16 units.
    pub length: usize,
    /// Where a `text_link` leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The language of a `pre` block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The id of a `custom_emoji`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_emoji_id: Option<String>,
}

impl Entity {
    pub(super) fn new(kind: &str, offset: usize, length: usize) -> Self {
        Self { kind: kind.to_owned(), offset, length, url: None, language: None, custom_emoji_id: None }
    }
}

/// What happens when a button is tapped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum ButtonKind {
    /// Sends this data to the bot (1–64 bytes).
    Callback(String),
    /// Opens this address.
    Url(String),
    /// Puts this text on the clipboard.
    CopyText(String),
    /// Offers an inline query with this text.
    SwitchInline(String),
    /// A button under the text field: says its own text.
    Reply,
    /// Something the pretend phone cannot do, by its Bot API name.
    Other(String),
}

/// A button as a person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownButton {
    /// The label.
    pub text: String,
    /// What a tap does.
    #[serde(flatten)]
    pub kind: ButtonKind,
}

/// A picture or a document in a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShownFile {
    /// The n of `/phone/{id}/files/{n}`.
    pub number: u64,
    /// Telegram's handle, accepted again in later calls.
    pub file_id: String,
    /// Shown as a picture, not as a document.
    pub is_photo: bool,
    /// As the bot named it.
    pub file_name: String,
    /// As the bot declared it, or guessed from the name.
    pub media_type: String,
    /// In bytes.
    pub size: usize,
    /// In pixels; 0 for documents.
    pub width: u32,
    /// In pixels; 0 for documents.
    pub height: u32,
}

impl ShownFile {
    /// The handle of a picture's smallest size.
    pub(super) fn small_id(&self) -> String {
        format!("{}s", self.file_id)
    }

    fn to_json(&self, from_bot: bool) -> Value {
        let unique = format!("u{}", self.file_id);
        if self.is_photo {
            let small = self.small_id();
            let whole = json!({
                "file_id": self.file_id, "file_unique_id": unique, "file_size": self.size,
                "width": self.width, "height": self.height,
            });
            // What a person sends comes in several sizes, the smallest first.
            let sizes = json!([{
                "file_id": small, "file_unique_id": format!("u{small}"), "file_size": self.size.min(1_200),
                "width": 90, "height": 90,
            }, whole]);
            return if from_bot { json!([whole]) } else { sizes };
        }
        let mut document = json!({
            "file_id": self.file_id, "file_unique_id": unique, "file_size": self.size,
            "file_name": self.file_name,
        });
        // Some apps do not say of what kind a file is.
        if !self.media_type.is_empty() {
            document["mime_type"] = json!(self.media_type);
        }
        document
    }
}

/// One message as it stands in the chat now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownMessage {
    /// Unique in its chat.
    pub message_id: i64,
    /// From the bot, not from the person.
    pub from_bot: bool,
    /// Unix seconds.
    pub date: i64,
    /// Plain text, or the caption of a file.
    pub text: String,
    /// Formatting of `text`.
    pub entities: Vec<Entity>,
    /// The text as the bot sent it, tags included.
    #[serde(skip)]
    pub html: String,
    /// Rows of buttons: the inline keyboard, or the reply keyboard it brought.
    pub buttons: Vec<Vec<ShownButton>>,
    /// Changed after it was sent.
    pub edited: bool,
    /// Sent with `disable_notification`.
    pub silent: bool,
    /// The number of the effect that it came with.
    pub effect: Option<String>,
    /// Pinned to the top.
    pub pinned: bool,
    /// The picture or document in it.
    pub file: Option<ShownFile>,
    /// What the person sent that is not text: `photo` or `voice`.
    pub person_media: Option<&'static str>,
    /// The emoji the bot put under it.
    pub reaction: Option<String>,
    /// The topic of a forum.
    pub thread: Option<i64>,
    /// Who wrote it in a group; nobody for what an anonymous admin said.
    #[serde(skip)]
    pub(super) author: Option<i64>,
    /// The inline keyboard, as the bot wrote it.
    #[serde(skip)]
    pub(super) inline_markup: Option<Value>,
}

impl ShownMessage {
    pub(super) fn new(message_id: i64, from_bot: bool, date: i64) -> Self {
        Self {
            message_id,
            from_bot,
            date,
            text: String::new(),
            entities: Vec::new(),
            html: String::new(),
            buttons: Vec::new(),
            edited: false,
            silent: false,
            effect: None,
            pinned: false,
            file: None,
            person_media: None,
            reaction: None,
            thread: None,
            author: None,
            inline_markup: None,
        }
    }

    /// The label and meaning of the first button whose text contains `label`.
    pub fn button(&self, label: &str) -> Option<&ShownButton> {
        self.buttons.iter().flatten().find(|button| button.text.contains(label))
    }

    /// A `Message` of the Bot API.
    pub(super) fn to_json(&self, chat: &Value, from: &Value) -> Value {
        let mut message =
            json!({ "message_id": self.message_id, "date": self.date, "chat": chat, "from": from });
        if self.edited {
            message["edit_date"] = json!(self.date);
        }
        if let Some(thread) = self.thread {
            message["message_thread_id"] = json!(thread);
            message["is_topic_message"] = json!(true);
        }
        if let Some(effect) = &self.effect {
            message["effect_id"] = json!(effect);
        }
        if let Some(markup) = &self.inline_markup {
            message["reply_markup"] = markup.clone();
        }
        let (text, entities) = match (&self.file, self.person_media) {
            (None, None) => ("text", "entities"),
            (Some(file), _) => {
                message[if file.is_photo { "photo" } else { "document" }] = file.to_json(self.from_bot);
                ("caption", "caption_entities")
            }
            (None, Some("voice")) => {
                message["voice"] = json!({
                    "file_id": format!("voice{}", self.message_id), "duration": 2, "mime_type": "audio/ogg",
                    "file_unique_id": format!("uvoice{}", self.message_id), "file_size": 4096,
                });
                ("caption", "caption_entities")
            }
            (None, Some(_)) => {
                message["photo"] = json!([{
                    "file_id": format!("photo{}", self.message_id), "width": 640, "height": 480,
                    "file_unique_id": format!("uphoto{}", self.message_id), "file_size": 4096,
                }]);
                ("caption", "caption_entities")
            }
        };
        if text == "text" || !self.text.is_empty() {
            message[text] = json!(self.text);
        }
        if !self.entities.is_empty() {
            message[entities] = json!(self.entities);
        }
        message
    }
}

/// The small window that answers a tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Toast {
    /// Rises by one with each answer in this simulator.
    pub number: u64,
    /// The callback it answered.
    pub callback_query_id: String,
    /// The message whose button was tapped.
    pub message_id: i64,
    /// The data of that button.
    pub data: String,
    /// Empty when the bot only stopped the spinner.
    pub text: String,
    /// Shown as a window with an OK button.
    pub alert: bool,
    /// The chat with the bot that opens, where the bot answered so.
    pub opens: Option<String>,
}
