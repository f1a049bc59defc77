//! The methods by name, and who answers each.

use std::sync::Arc;

use super::{
    Inner, bot_api::Answer, editing, files, inline, params::Params, sending, settings, updates, webhook,
};

/// Every method the pretend Telegram knows, in Telegram's spelling.
const METHODS: [&str; 39] = [
    "answerCallbackQuery",
    "answerInlineQuery",
    "close",
    "copyMessage",
    "deleteMessage",
    "deleteMessages",
    "deleteMyCommands",
    "deleteWebhook",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "editMessageText",
    "getChat",
    "getChatMember",
    "getChatMenuButton",
    "getMe",
    "getMyCommands",
    "getMyDescription",
    "getMyName",
    "getMyShortDescription",
    "getUpdates",
    "getWebhookInfo",
    "logOut",
    "pinChatMessage",
    "sendChatAction",
    "sendDocument",
    "sendMessage",
    "sendPhoto",
    "setChatMenuButton",
    "setMessageReaction",
    "setMyCommands",
    "setMyDefaultAdministratorRights",
    "setMyDescription",
    "setMyName",
    "setMyShortDescription",
    "setWebhook",
    "unpinAllChatMessages",
    "unpinChatMessage",
    "getFile",
];

/// Telegram's spelling of a method written in any case.
pub(super) fn canonical(method: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|known| known.eq_ignore_ascii_case(method))
}

/// Answers one call of a known method.
pub(super) async fn answer(inner: &Arc<Inner>, token: &str, method: &str, params: &Params) -> Answer {
    inner.look(|world| {
        world.bot(token);
    });
    match method {
        "getUpdates" => return updates::get_updates(inner, token, params).await,
        "setWebhook" => return webhook::set(inner, token, params),
        "deleteWebhook" => return webhook::delete(inner, token, params),
        _ => {}
    }
    inner.change(|world| match method {
        "sendMessage" => sending::message(world, token, params),
        "sendPhoto" => sending::file(world, token, params, true),
        "sendDocument" => sending::file(world, token, params, false),
        "copyMessage" => sending::copy(world, token, params),
        "sendChatAction" => sending::chat_action(world, token, params),
        "editMessageText" => editing::text(world, token, params),
        "editMessageCaption" => editing::caption(world, token, params),
        "editMessageReplyMarkup" => editing::reply_markup(world, token, params),
        "editMessageMedia" => editing::media(world, token, params),
        "deleteMessage" => editing::delete(world, token, params),
        "deleteMessages" => editing::delete_several(world, token, params),
        "pinChatMessage" => editing::pin(world, token, params, true),
        "unpinChatMessage" | "unpinAllChatMessages" => editing::pin(world, token, params, false),
        "setMessageReaction" => editing::react(world, token, params),
        "answerCallbackQuery" => editing::answer_tap(world, token, params),
        "answerInlineQuery" => inline::answer(world, token, params),
        "getMe" => Ok(settings::me(world, token)),
        "getWebhookInfo" => Ok(webhook::info(world, token)),
        "getChat" => settings::chat(world, token, params),
        "getChatMember" => settings::member(world, token, params),
        "getFile" => files::get(world, params.text("file_id")),
        "setMyCommands" | "deleteMyCommands" | "getMyCommands" => {
            settings::commands(world, token, method, params)
        }
        _ => settings::keep(world, token, method, params),
    })
}
