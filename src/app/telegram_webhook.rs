//! Tells Telegram where to bring updates. The webhook stays when the process stops: other replicas
//! answer, and a restart must not unhook its successor.

use secrecy::{ExposeSecret, SecretString};
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::AllowedUpdate;
use url::Url;

use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Messenger, send_error};

/// The list of `update_envelope::ALLOWED_UPDATES`, in teloxide's words.
const ALLOWED: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::ChosenInlineResult,
    AllowedUpdate::MyChatMember,
];

/// Sets the webhook; `url` is public, https, and on a port that Telegram knows (443, 80, 88, 8443).
///
/// # Errors
/// When Telegram cannot be asked or refuses the address.
pub async fn set_webhook(messenger: &Messenger, url: Url, secret: &SecretString) -> Result<(), SendError> {
    messenger
        .bot()
        .set_webhook(url)
        .secret_token(secret.expose_secret().to_owned())
        .allowed_updates(ALLOWED)
        .await
        .map(|_| ())
        .map_err(|error| send_error(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::update_envelope::ALLOWED_UPDATES;

    #[test]
    fn both_ways_to_hear_ask_for_the_same_updates() {
        assert_eq!(serde_json::to_value(ALLOWED).unwrap(), serde_json::json!(ALLOWED_UPDATES));
    }
}
