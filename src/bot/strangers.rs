//! People without a shop on a private instance, and the invitations that let them in.

use super::BotError;
use super::conversation::Conversation;
use super::talk::Talk;
use crate::messaging::card::Card;
use crate::messaging::html;
use crate::messaging::notice_cards::role_key;

/// "This bot is private, your id is …": what to give the operator to be let in.
///
/// # Errors
/// When Telegram cannot be asked.
pub async fn show(talk: &mut Talk) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let text = talk.words("stranger").with_safe("id", html::code(&talk.person.to_string())).html();
    talk.show(Card::new(text)).await
}

/// `/invite`: an admin gets a link that lets one person open a shop.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn invite(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    let Some(token) = talk.services.invite(talk.person).await? else {
        return talk.tell(Card::new(talk.say("invite-not-admin"))).await;
    };
    let card = match talk.messenger.username().await {
        Some(username) => {
            let address = format!("https://t.me/{username}?start=i_{token}");
            Card::new(talk.words("invite-link").with_safe("link", html::code(&address)).html())
        }
        // Telegram does not say the bot's name just now; typing the command works as well.
        None => {
            let command = format!("/start i_{token}");
            Card::new(talk.words("invite-command").with_safe("command", html::code(&command)).html())
        }
    };
    talk.tell(card).await
}

/// `/me`: what the bot knows about who speaks.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn me(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    let id = html::code(&talk.person.to_string());
    let admin = if talk.services.is_admin(talk.person).await? { talk.say("me-admin") } else { String::new() };
    let text = match &talk.seat {
        Some(seat) => {
            let role = talk.say(role_key(seat.member.role));
            talk.words("me-seat")
                .with_safe("id", id)
                .with("store", seat.merchant.name.as_str())
                .with_safe("role", role)
                .html()
        }
        None => talk.words("me-no-shop").with_safe("id", id).html(),
    };
    talk.tell(Card::new(format!("{text}\n{admin}").trim_end())).await
}
