//! Answering taps: a line over the chat, or another chat that opens.

use teloxide::payloads::setters::*;
use teloxide::prelude::Requester;
use teloxide::types::CallbackQueryId;
use url::Url;

use super::Messenger;
use crate::messaging::send_error::{Failure, classify};

impl Messenger {
    /// Answers a tap, with a line of at most 200 characters when there is something to say. A tap
    /// that cannot be answered any more is nobody's problem.
    pub async fn answer(&self, callback_id: &str, toast: Option<&str>) {
        let toast = toast.map(|toast| toast.chars().take(200).collect::<String>());
        self.answer_tap(callback_id, toast, None).await;
    }

    /// Answers a tap in a group by opening the private chat of who tapped: an address of Telegram's that says
    /// `/start` there.
    pub async fn answer_with_chat(&self, callback_id: &str, address: Url) {
        self.answer_tap(callback_id, None, Some(address)).await;
    }

    async fn answer_tap(&self, callback_id: &str, toast: Option<String>, address: Option<Url>) {
        let mut request = self.bot.answer_callback_query(CallbackQueryId(callback_id.to_owned()));
        request.text = toast;
        if let Some(address) = address {
            request = request.url(address);
        }
        if let Err(error) = request.await
            && classify(&error) != Failure::TooOld
        {
            tracing::warn!(error = %classify(&error).into_send_error(), "a tap could not be answered");
        }
    }
}
