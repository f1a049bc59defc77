//! A person with a phone and a chat with the bot.

use tautan::simulator::telegram::{ButtonKind, Phone, ShownMessage};
use url::Url;

/// Someone who talks to the bot.
#[derive(Clone)]
pub struct Seller {
    pub phone: Phone,
    base_url: Url,
}

impl Seller {
    pub fn new(phone: Phone, base_url: Url) -> Self {
        Self { phone, base_url }
    }

    /// Says something and waits for an answer.
    pub async fn says(&self, text: &str) -> ShownMessage {
        let before = self.heard();
        self.phone.says(text);
        self.answer(before, None, &format!("an answer to {text:?}")).await
    }

    /// Says something that is answered by a message with these words in it.
    pub async fn says_and_reads(&self, text: &str, words: &str) -> ShownMessage {
        self.phone.says(text);
        self.reads(words).await
    }

    /// Sends a picture, with words beside it or none, and waits for an answer.
    pub async fn sends_picture(&self, jpeg: &[u8], caption: &str) -> ShownMessage {
        let before = self.heard();
        self.phone.sends_picture(jpeg, caption);
        self.answer(before, None, "an answer to a picture").await
    }

    /// Sends a file as it is and waits for a message with these words.
    pub async fn sends_file(&self, name: &str, bytes: &[u8], words: &str) -> ShownMessage {
        let media_type = if name.ends_with(".csv") { "text/csv" } else { "" };
        self.phone.sends_file(name, media_type, bytes);
        self.reads(words).await
    }

    /// Presses the newest button with these words and waits until the tap is answered and the bot
    /// has shown something.
    pub async fn presses(&self, label: &str) -> ShownMessage {
        let before = self.heard();
        let pressed = before.iter().rev().find(|message| message.button(label).is_some());
        let pressed = pressed.map(|message| message.message_id);
        self.phone
            .presses(label)
            .unwrap_or_else(|missing| panic!("{missing:?}\n{}", self.phone.transcript()));
        self.answer(before, pressed, &format!("something after {label:?} was pressed")).await
    }

    /// Waits for a message of the bot's with these words in it; gives the newest such.
    pub async fn reads(&self, words: &str) -> ShownMessage {
        let shown = self
            .phone
            .waits_until(&format!("a message with {words:?}"), |messages| {
                messages.iter().any(|message| message.from_bot && message.text.contains(words))
            })
            .await;
        let newest = shown.into_iter().rev().find(|message| message.from_bot && message.text.contains(words));
        newest.expect("it was just there")
    }

    /// How many messages of the bot's hold these words.
    pub fn count(&self, words: &str) -> usize {
        let holds = |message: &&ShownMessage| message.from_bot && message.text.contains(words);
        self.phone.messages().iter().filter(holds).count()
    }

    /// The newest message of the bot's.
    pub fn newest(&self) -> ShownMessage {
        self.phone
            .messages()
            .into_iter()
            .rev()
            .find(|message| message.from_bot)
            .expect("the bot said something")
    }

    /// The labels of the newest message's buttons.
    pub fn buttons(&self) -> Vec<String> {
        self.newest().buttons.into_iter().flatten().map(|button| button.text).collect()
    }

    /// Makes a link by one line and one tap; gives its address.
    pub async fn makes_a_link(&self, line: &str) -> Url {
        self.phone.says(&format!("/new {line}"));
        let create = |message: &ShownMessage| {
            message.from_bot && (message.button("✅ Buat").is_some() || message.button("✅ Create").is_some())
        };
        let before = self.links().len();
        self.phone.waits_until("a confirm card", |messages| messages.last().is_some_and(create)).await;
        self.phone.presses("✅").expect("the confirm card has a button to create");
        let base_url = self.base_url.clone();
        let shown = self
            .phone
            .waits_until("a link card", |messages| links_in(messages, &base_url).len() > before)
            .await;
        links_in(&shown, &self.base_url).pop().expect("it was just there")
    }

    /// Invites somebody to the team with the role of that button, and the newcomer joins.
    pub async fn invites(&self, newcomer: &Self, role: &str) {
        self.says("/settings").await;
        for label in ["👥 Tim", "➕ Undang", role] {
            self.presses(label).await;
        }
        let command = self.invitation();
        let before = self.count("bergabung di");
        newcomer.says_and_reads(&command, "Tautan aktif").await;
        let joined = |message: &&ShownMessage| message.from_bot && message.text.contains("bergabung di");
        let is_told = |messages: &[ShownMessage]| messages.iter().filter(joined).count() > before;
        self.phone.waits_until("that somebody joined", is_told).await;
        assert_eq!(newcomer.count("Anda sekarang"), 1, "{}", newcomer.phone.transcript());
    }

    /// The command behind the invitation that was shown last, as whoever follows its link sends it.
    pub fn invitation(&self) -> String {
        let text = self.newest().text;
        let token = text.split("start=").nth(1).and_then(|rest| rest.split_whitespace().next());
        format!("/start {}", token.expect("an invitation"))
    }

    /// Every address of a pay page in the chat, each once, oldest first.
    pub fn links(&self) -> Vec<Url> {
        links_in(&self.phone.messages(), &self.base_url)
    }

    /// The data behind a button, for someone who keeps it or forges another.
    pub fn data_of(&self, label: &str) -> String {
        let shown = self.phone.messages();
        let button = shown.iter().rev().find_map(|message| message.button(label));
        match button.map(|button| button.kind.clone()) {
            Some(ButtonKind::Callback(data)) => data,
            other => panic!("{label:?} is {other:?}"),
        }
    }

    /// What the bot has shown so far, edits included.
    fn heard(&self) -> Vec<ShownMessage> {
        self.phone.messages().into_iter().filter(|message| message.from_bot).collect()
    }

    /// Waits until the bot has shown something since: a new message, or another face of the pressed one.
    /// Buttons that only went are no answer: an older card may lose them late. Nor is another card that was
    /// drawn anew meanwhile.
    async fn answer(&self, before: Vec<ShownMessage>, pressed: Option<i64>, what: &str) -> ShownMessage {
        let is_answer = |now: &ShownMessage| {
            let earlier = before.iter().find(|earlier| earlier.message_id == now.message_id);
            let is_changed = |earlier: &ShownMessage| {
                let is_redrawn = earlier.buttons != now.buttons && !now.buttons.is_empty();
                pressed == Some(now.message_id) && (earlier.html != now.html || is_redrawn)
            };
            now.from_bot && earlier.is_none_or(is_changed)
        };
        self.phone.waits_until(what, |messages| messages.iter().any(is_answer)).await;
        self.phone.settles().await;
        self.newest()
    }
}

fn links_in(messages: &[ShownMessage], base_url: &Url) -> Vec<Url> {
    let mut links: Vec<Url> = Vec::new();
    for message in messages.iter().filter(|message| message.from_bot) {
        for word in message.text.split_whitespace() {
            if let Some(url) = Url::parse(word).ok().filter(|url| url.as_str().starts_with(base_url.as_str()))
                && !links.contains(&url)
            {
                links.push(url);
            }
        }
    }
    links
}
