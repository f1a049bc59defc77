//! The bot to compare with: everything that teloxide brings, and nothing else. It says back what it hears.

use teloxide::dispatching::UpdateFilterExt;
use teloxide::prelude::*;
use url::Url;

use super::staff::{FURNISHED, OPEN};
use super::{TELEGRAM_URL, TOKEN};

/// Polls and answers until the process is ended.
pub async fn run() -> anyhow::Result<()> {
    let bot = Bot::new(TOKEN).set_api_url(Url::parse(&std::env::var(TELEGRAM_URL)?)?);
    let handler = Update::filter_message().endpoint(|bot: Bot, message: Message| async move {
        bot.send_message(message.chat.id, message.text().unwrap_or("?")).await?;
        respond(())
    });
    println!("{OPEN}");
    // There is nothing to furnish.
    println!("{FURNISHED}");
    Dispatcher::builder(bot, handler).build().dispatch().await;
    Ok(())
}
