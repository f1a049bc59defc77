//! Tells Telegram where to bring updates. The webhook stays when the process stops: other replicas
//! answer, and a restart must not unhook its successor.

use secrecy::{ExposeSecret, SecretString};
use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::AllowedUpdate;
use url::Url;

use crate::messaging::send_error::SendError;
use crate::messaging::telegram::{Messenger, send_error};

/// Sets the webhook; `url` is public, https, and on a port that Telegram knows (443, 80, 88, 8443).
///
/// # Errors
/// When Telegram cannot be asked or refuses the address.
pub async fn set_webhook(messenger: &Messenger, url: Url, secret: &SecretString) -> Result<(), SendError> {
    messenger
        .bot()
        .set_webhook(url)
        .secret_token(secret.expose_secret().to_owned())
        // The same list as `update_envelope::ALLOWED_UPDATES`, in teloxide's words.
        .allowed_updates([AllowedUpdate::Message, AllowedUpdate::CallbackQuery, AllowedUpdate::MyChatMember])
        .await
        .map(|_| ())
        .map_err(|error| send_error(&error))
}
