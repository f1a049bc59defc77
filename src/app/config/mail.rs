//! The settings of letters: a mail server and a sender, both or neither.

use super::MailSettings;
use super::reading::Reading;
use crate::messaging::email::{MailSender, MailServer};

const SERVER: &str = "TAUTAN_SMTP_URL";

const SENDER: &str = "TAUTAN_MAIL_FROM";

impl Reading<'_> {
    pub(super) fn mail(&mut self) -> Option<MailSettings> {
        let server = self.environment.secret(SERVER, &mut self.mistakes);
        let sender = self.environment.text(SENDER);
        let (server, sender) = match (server, sender) {
            (Some(server), Some(sender)) => (server, sender),
            (Some(_), None) => {
                let sentence = format!("is missing; letters by {SERVER} need a sender, like pay@example.com");
                self.mistakes.add(SENDER, sentence);
                return None;
            }
            (None, Some(_)) => {
                // A mistake in the server's own setting was said already, and stays.
                let sentence = format!("is missing; {SENDER} alone sends nothing, so leave that out as well");
                if !self.mistakes.sentences.keys().any(|name| name.starts_with(SERVER)) {
                    self.mistakes.add(SERVER, sentence);
                }
                return None;
            }
            (None, None) => return None,
        };
        // The address is never repeated: it may hold a password.
        let server = MailServer::parse(&server).map_err(|error| self.mistakes.add(SERVER, error.to_string()));
        let sender = MailSender::parse(sender);
        if sender.is_none() {
            self.mistakes
                .add(SENDER, "is no sender; write it like pay@example.com or Tautan <pay@example.com>");
        }
        Some(MailSettings { server: server.ok()?, sender: sender? })
    }
}
