//! What the pretend Midtrans and the pretend Telegram wrote down, gathered before they forget it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;
use tautan::simulator::midtrans::Direction;

use crate::support::process::Site;

/// Letters and digits of an order's code.
const CODE_LETTERS: &str = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Chat and number.
type Message = (Option<i64>, Option<i64>);

/// Two of the four ledgers.
#[derive(Debug, Default)]
pub struct Journals {
    /// Notices by their number in the bank's journal: gateway order id, status told, HTTP status
    /// of the answer.
    notices: BTreeMap<u64, (String, String, Option<u16>)>,
    /// The order codes of each message that was shown, oldest message first. A burst is a message that
    /// grows: its edits belong to it.
    rings: Vec<Vec<String>>,
    /// Where a message stands among them.
    places: HashMap<Message, usize>,
}

impl Journals {
    /// Reads what is new. To be called before ten thousand requests have passed.
    pub fn read(&mut self, site: &Site) {
        for entry in site.bank.journal() {
            if entry.direction == Direction::Sent {
                let body: Value = serde_json::from_str(&entry.body).unwrap_or_default();
                let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
                self.notices.insert(
                    entry.number,
                    (text("order_id"), text("transaction_status"), entry.answer_status),
                );
            }
        }
        // What was read before is found again and changes nothing.
        for call in site.telegram.journal() {
            let speaks = matches!(call.method.as_str(), "sendMessage" | "editMessageText");
            if speaks && call.succeeded() {
                let codes = codes_in(call.body["text"].as_str().unwrap_or_default());
                let shown = &call.answer["result"];
                let message = (shown["chat"]["id"].as_i64(), shown["message_id"].as_i64());
                self.ring(message, codes);
            }
        }
    }

    fn ring(&mut self, message: Message, codes: Vec<String>) {
        if codes.is_empty() {
            return;
        }
        let next = self.rings.len();
        let place = *self.places.entry(message).or_insert(next);
        if place == next {
            self.rings.push(Vec::new());
        }
        let known = &mut self.rings[place];
        let fresh: Vec<String> = codes.into_iter().filter(|code| !known.contains(code)).collect();
        known.extend(fresh);
    }

    /// How many notices were answered with 200, by gateway order id and status told.
    pub fn answered_notices(&self) -> BTreeMap<(&str, &str), i64> {
        let mut answered = BTreeMap::new();
        for (order_id, status, _) in self.notices.values().filter(|(_, _, answer)| *answer == Some(200)) {
            *answered.entry((order_id.as_str(), status.as_str())).or_default() += 1;
        }
        answered
    }

    /// How often notices were answered with which HTTP status; `None`: not at all.
    pub fn notice_answers(&self) -> BTreeMap<Option<u16>, usize> {
        let mut answers = BTreeMap::new();
        for (_, _, status) in self.notices.values() {
            *answers.entry(*status).or_default() += 1;
        }
        answers
    }

    /// How often each order code rang.
    pub fn rung(&self) -> BTreeMap<&str, usize> {
        let mut rung = BTreeMap::new();
        for code in self.rings.iter().flatten() {
            *rung.entry(code.as_str()).or_default() += 1;
        }
        rung
    }

    /// How many messages repeated a code that had rung before.
    pub fn repeats(&self) -> usize {
        let (mut known, mut repeats) = (HashSet::new(), 0);
        for codes in &self.rings {
            let fresh = codes.iter().filter(|code| known.insert(code.as_str())).count();
            repeats += usize::from(fresh < codes.len());
        }
        repeats
    }
}

/// The codes in a message, such as `#K7M2P9`.
fn codes_in(text: &str) -> Vec<String> {
    let after_hash = text.split('#').skip(1);
    let codes = after_hash
        .map(|rest| -> String { rest.chars().take_while(|letter| CODE_LETTERS.contains(*letter)).collect() });
    codes.filter(|code| code.len() >= 4).collect()
}
