//! Faults on request: what the pretend Telegram does wrong, to whom, how often.

use std::time::Duration;

use super::refusal::Refusal;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Answers 429. Calls to the same chat before these seconds have passed are refused too and counted
    /// in [`violations`](super::TelegramSimulator::violations).
    TooManyRequests {
        /// Seconds the bot must wait.
        retry_after: u64,
    },
    /// 403 "bot was blocked by the user".
    Blocked,
    /// 400 with this description; "Bad Request: " is put in front.
    BadRequest(String),
    /// Any refusal: code and whole description, such as 401 "Unauthorized".
    Refusal(u16, String),
    /// 5xx with an HTML body, as a broken proxy gives it.
    ServerError(u16),
    /// The work is done (the message is shown), then the connection is cut.
    CutAfterAcceptance,
    /// The connection is cut and nothing is done.
    CutBefore,
    /// 400 with `migrate_to_chat_id`.
    MigrateTo(i64),
    /// The answer comes this much later.
    SlowAnswer(Duration),
    /// An update is delivered twice.
    DuplicateUpdate,
    /// An update waits for [`release_updates`](super::TelegramSimulator::release_updates).
    HoldUpdate,
    /// An update is delivered this much later.
    DelayUpdate(Duration),
    /// An update goes before the one that waits in front of it.
    ReorderUpdate,
}

impl Fault {
    fn concerns_updates(&self) -> bool {
        matches!(self, Self::DuplicateUpdate | Self::HoldUpdate | Self::DelayUpdate(_) | Self::ReorderUpdate)
    }

    /// The refusal this fault answers with, if it is a refusal.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        Some(match self {
            Self::TooManyRequests { retry_after } => Refusal::too_many(*retry_after),
            Self::Blocked => Refusal::blocked(),
            Self::BadRequest(what) => Refusal::bad(what),
            Self::Refusal(code, description) => Refusal::plain(*code, description.clone()),
            Self::ServerError(code) => Refusal::plain(*code, "Bad Gateway"),
            Self::MigrateTo(chat) => Refusal::migrated(*chat),
            _ => return None,
        })
    }
}

/// A fault with the calls it hits. Rules are tried in the order they were given.
#[derive(Clone, Debug)]
pub struct Misbehaviour {
    fault: Fault,
    method: Option<String>,
    chat: Option<i64>,
    text: Option<String>,
    left: u32,
    percent: u32,
}

impl Misbehaviour {
    /// Once, on the next call (or the next update, for update faults) of any kind.
    pub fn new(fault: Fault) -> Self {
        Self { fault, method: None, chat: None, text: None, left: 1, percent: 100 }
    }

    /// Once, on the next call of this method.
    pub fn on(method: &str, fault: Fault) -> Self {
        Self { method: Some(method.to_ascii_lowercase()), ..Self::new(fault) }
    }

    /// Only in this chat.
    #[must_use]
    pub fn in_chat(mut self, chat: i64) -> Self {
        self.chat = Some(chat);
        self
    }

    /// Only when text, caption or (for updates) content contains this.
    #[must_use]
    pub fn containing(mut self, text: &str) -> Self {
        self.text = Some(text.to_owned());
        self
    }

    /// This many times instead of once.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.left = times;
        self
    }

    /// Only so many of a hundred calls, picked at random.
    #[must_use]
    pub fn percent(mut self, percent: u32) -> Self {
        self.percent = percent;
        self
    }

    /// Until [`behave`](super::TelegramSimulator::behave) is called.
    #[must_use]
    pub fn always(self) -> Self {
        self.times(u32::MAX)
    }
}

/// Takes the first matching rule for a call (`method` is given) or an update (it is not).
pub(super) fn take(
    rules: &mut Vec<Misbehaviour>,
    method: Option<&str>,
    chat: i64,
    text: &str,
) -> Option<Fault> {
    let index = rules.iter().position(|rule| {
        rule.fault.concerns_updates() == method.is_none()
            && rule
                .method
                .as_deref()
                .is_none_or(|wanted| method.is_some_and(|m| m.eq_ignore_ascii_case(wanted)))
            && rule.chat.is_none_or(|wanted| wanted == chat)
            && rule.text.as_deref().is_none_or(|wanted| text.contains(wanted))
            && (rule.percent >= 100 || rand::random_range(0..100) < rule.percent)
    })?;
    let rule = &mut rules[index];
    let fault = rule.fault.clone();
    if rule.left != u32::MAX {
        rule.left = rule.left.saturating_sub(1);
    }
    if rule.left == 0 {
        rules.remove(index);
    }
    Some(fault)
}
