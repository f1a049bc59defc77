//! Every way a talk can begin or go on: the table of contents of the bot.

use std::sync::Arc;

use dptree::Handler;
use futures::future::BoxFuture;
use tokio::sync::Mutex;

use super::conversation::Conversation;
use super::intake::{ChosenArticle, Command, Incoming, SentDocument, SentPhoto};
use super::settings::SettingsTalk;
use super::talk::Talk;
use super::{
    BotError, finding, gateway, help, home, link_defaults, links, links_by_file, notice_settings, numbers,
    own_data, places, rehearsal, settings, sharing, shop_face, shop_methods, shops, start, strangers, team,
};
use crate::domain::merchant::Mode;
use crate::messaging::buttons::{CreatingPress, MethodsPress, PlacesPress, Press};
use crate::messaging::telegram::MessageId;

/// The tree. It is built once and cloned freely.
pub type Routes = Handler<'static, Result<(), BotError>>;

/// The talk as the tree passes it on: one handler has it at a time.
pub type SharedTalk = Arc<Mutex<Talk>>;

type Answer<'a> = BoxFuture<'a, Result<(), BotError>>;

/// The whole bot on one screen. An update takes the first way that is open to it.
#[must_use]
pub fn routes() -> Routes {
    dptree::entry()
        .branch(blocked())
        .branch(chosen())
        .branch(pasted_key())
        .branch(command(&["start"], |talk, payload| Box::pin(start::command(talk, payload))))
        .branch(command(&["me"], |talk, rest| Box::pin(strangers::me(talk, rest))))
        .branch(command(&["invite"], |talk, rest| Box::pin(strangers::invite(talk, rest))))
        .branch(
            a_customer()
                .branch(press(|talk, press| Box::pin(start::pressed(talk, press))))
                .branch(command(&["new", "baru"], |talk, line| Box::pin(new_before_start(talk, line))))
                .branch(text(|talk, text| Box::pin(sharing::typed(talk, text))))
                .branch(anything(|talk| Box::pin(sharing::answer_customer(talk)))),
        )
        .branch(
            without_a_shop()
                .branch(command(&["new", "baru"], |talk, line| Box::pin(new_before_start(talk, line))))
                .branch(command(&["help", "bantuan"], |talk, _| Box::pin(help_or_private(talk))))
                .branch(press(|talk, press| Box::pin(start::pressed(talk, press))))
                .branch(text(|talk, text| Box::pin(start::typed(talk, text))))
                .branch(command(&["cancel", "batal"], |talk, _| Box::pin(start::begin(talk))))
                .branch(no_text(|talk| Box::pin(no_text_or_private(talk))))
                .branch(photo(|talk, _| Box::pin(no_text_or_private(talk))))
                .branch(document(|talk, _| Box::pin(no_text_or_private(talk))))
                .branch(anything(|talk| Box::pin(start::resume(talk)))),
        )
        .branch(command(&["new", "baru"], |talk, line| Box::pin(links::new_command(talk, line))))
        .branch(command(&["links", "tautan"], |talk, words| Box::pin(finding::links_command(talk, words))))
        .branch(command(&["orders", "pesanan"], |talk, words| Box::pin(finding::orders_command(talk, words))))
        .branch(command(&["search", "cari"], |talk, words| Box::pin(finding::search_command(talk, words))))
        .branch(command(&["stats", "statistik"], |talk, rest| Box::pin(numbers::stats_command(talk, rest))))
        .branch(command(&["today", "hariini"], |talk, rest| Box::pin(numbers::today_command(talk, rest))))
        .branch(command(&["export", "ekspor"], |talk, rest| Box::pin(numbers::export_command(talk, rest))))
        .branch(command(&["settings", "pengaturan"], |talk, rest| Box::pin(settings::command(talk, rest))))
        .branch(command(&["alerts"], |talk, _| Box::pin(places::pressed(talk, PlacesPress::Show))))
        .branch(command(&["language", "bahasa"], |talk, rest| {
            Box::pin(settings::language_command(talk, rest))
        }))
        .branch(command(&["test", "coba"], |talk, rest| Box::pin(rehearsal::command(talk, rest))))
        .branch(command(&["help", "bantuan"], |talk, _| Box::pin(help::show(talk))))
        .branch(command(&["home"], |talk, _| Box::pin(home::show(talk))))
        .branch(command(&["cancel", "batal"], |talk, _| Box::pin(home::cancel(talk))))
        .branch(unknown_command())
        .branch(press(|talk, press| Box::pin(pressed(talk, press))))
        .branch(text(|talk, text| Box::pin(typed(talk, text))))
        .branch(unknown_press())
        .branch(photo(|talk, photo| Box::pin(photo_sent(talk, photo))))
        .branch(document(|talk, document| Box::pin(links_by_file::sent(talk, document))))
        .branch(no_text(|talk| Box::pin(home::no_text(talk))))
}

/// Whose button it is.
async fn pressed(talk: &mut Talk, press: Press) -> Result<(), BotError> {
    let press = match press.beside_record() {
        Some(asked) => {
            talk.leave_record();
            asked
        }
        None => press,
    };
    if let Some(subject) = press.subject() {
        shops::follow(talk, subject).await?;
    }
    match press {
        Press::Team(press) => team::pressed(talk, press).await,
        Press::Home => home::show(talk).await,
        Press::Cancel => home::cancel(talk).await,
        Press::Help => help::show(talk).await,
        Press::HelpTopic(topic) => help::topic(talk, topic).await,
        Press::StartLanguage(_)
        | Press::StartNext
        | Press::StartUseName
        | Press::StartCurrency(_)
        | Press::StartZone(_)
        | Press::StartSandbox
        | Press::StartBack => start::pressed(talk, press).await,
        Press::Settings
        | Press::SettingsLanguage(_)
        | Press::SettingsName
        | Press::SettingsZone
        | Press::SettingsZonePick(_)
        | Press::SettingsCurrency
        | Press::SettingsCurrencyPick(_)
        | Press::SettingsMode
        | Press::SettingsGoLive
        | Press::SettingsSandbox => settings::pressed(talk, press).await,
        Press::Creating(
            press @ (CreatingPress::Defaults
            | CreatingPress::DefaultLimit(_)
            | CreatingPress::DefaultLife(_)
            | CreatingPress::Unasked(_)),
        ) => link_defaults::pressed(talk, press).await,
        Press::Methods(
            press @ (MethodsPress::Shop | MethodsPress::ShopMethod(..) | MethodsPress::ShopAll(_)),
        ) => shop_methods::pressed(talk, press).await,
        Press::Importing(press) => links_by_file::pressed(talk, press).await,
        Press::Sharing(press) => sharing::pressed(talk, press).await,
        Press::Finding(press) => finding::pressed(talk, press).await,
        Press::Numbers(press) => numbers::pressed(talk, press).await,
        Press::Gateway(press) => gateway::pressed(talk, press).await,
        Press::Notices(press) => notice_settings::pressed(talk, press).await,
        Press::Places(press) => places::pressed(talk, press).await,
        Press::OwnData(press) => own_data::pressed(talk, press).await,
        Press::Face(press) => shop_face::pressed(talk, press).await,
        Press::Rehearsal(press) => rehearsal::pressed(talk, press).await,
        _ => links::pressed(talk, press).await,
    }
}

/// Whose question it answers.
async fn typed(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    match talk.conversation.clone() {
        Conversation::Idle | Conversation::Start(_) => home::plain_text(talk, text).await,
        Conversation::Customer(_) => sharing::typed(talk, text).await,
        Conversation::Settings(awaited) => settings::typed(talk, awaited, text).await,
        Conversation::Link(_) => links::typed_text(talk, text).await,
        Conversation::Money(awaited) => links::money_talk::typed(talk, awaited, text).await,
        Conversation::OwnData(_) => own_data::typed(talk, text).await,
        Conversation::Finding(awaited) => finding::typed(talk, awaited, text).await,
    }
}

/// What it shows: the shop, where that is asked for, or else what is sold.
async fn photo_sent(talk: &mut Talk, photo: &SentPhoto) -> Result<(), BotError> {
    match talk.conversation {
        Conversation::Settings(SettingsTalk::AwaitingShopPhoto) => shop_face::photo_sent(talk, photo).await,
        _ => links::photo::sent(talk, photo).await,
    }
}

async fn new_before_start(talk: &mut Talk, line: &str) -> Result<(), BotError> {
    if !talk.may_open_shop {
        return strangers::show(talk).await;
    }
    start::open_with_defaults(talk).await?;
    links::new_command(talk, line).await
}

async fn help_or_private(talk: &mut Talk) -> Result<(), BotError> {
    if talk.may_open_shop { help::show(talk).await } else { strangers::show(talk).await }
}

async fn no_text_or_private(talk: &mut Talk) -> Result<(), BotError> {
    if talk.may_open_shop { home::no_text(talk).await } else { strangers::show(talk).await }
}

fn without_a_shop() -> Routes {
    dptree::filter_async(|talk: SharedTalk| async move { talk.lock().await.seat.is_none() })
}

/// Somebody without a shop who was sent a link or made an order.
fn a_customer() -> Routes {
    dptree::filter_async(|talk: SharedTalk| async move {
        let talk = talk.lock().await;
        talk.seat.is_none() && matches!(talk.conversation, Conversation::Customer(_))
    })
}

fn command(
    names: &'static [&'static str],
    handler: for<'a> fn(&'a mut Talk, &'a str) -> Answer<'a>,
) -> Routes {
    dptree::filter_map(move |incoming: Incoming| match incoming {
        Incoming::Command(command) => names.contains(&command.name.as_str()).then_some(command),
        _ => None,
    })
    .endpoint(move |talk: SharedTalk, command: Command| async move {
        handler(&mut *talk.lock().await, &command.arguments).await
    })
}

fn unknown_command() -> Routes {
    dptree::case![Incoming::Command(command)].endpoint(|talk: SharedTalk, command: Command| async move {
        home::unknown_command(&mut *talk.lock().await, &command.name).await
    })
}

fn press(handler: for<'a> fn(&'a mut Talk, Press) -> Answer<'a>) -> Routes {
    dptree::case![Incoming::Press(press)].endpoint(move |talk: SharedTalk, press: Press| async move {
        handler(&mut *talk.lock().await, press).await
    })
}

fn unknown_press() -> Routes {
    dptree::case![Incoming::UnknownPress]
        .endpoint(|talk: SharedTalk| async move { home::unknown_button(&mut *talk.lock().await).await })
}

fn text(handler: for<'a> fn(&'a mut Talk, &'a str) -> Answer<'a>) -> Routes {
    dptree::case![Incoming::Text(text)].endpoint(move |talk: SharedTalk, text: String| async move {
        handler(&mut *talk.lock().await, &text).await
    })
}

fn photo(handler: for<'a> fn(&'a mut Talk, &'a SentPhoto) -> Answer<'a>) -> Routes {
    dptree::case![Incoming::Photo(photo)].endpoint(move |talk: SharedTalk, photo: SentPhoto| async move {
        handler(&mut *talk.lock().await, &photo).await
    })
}

fn document(handler: for<'a> fn(&'a mut Talk, &'a SentDocument) -> Answer<'a>) -> Routes {
    dptree::case![Incoming::Document(document)].endpoint(
        move |talk: SharedTalk, document: SentDocument| async move {
            handler(&mut *talk.lock().await, &document).await
        },
    )
}

fn no_text(handler: for<'a> fn(&'a mut Talk) -> Answer<'a>) -> Routes {
    dptree::case![Incoming::NoText]
        .endpoint(move |talk: SharedTalk| async move { handler(&mut *talk.lock().await).await })
}

fn anything(handler: for<'a> fn(&'a mut Talk) -> Answer<'a>) -> Routes {
    dptree::endpoint(move |talk: SharedTalk| async move { handler(&mut *talk.lock().await).await })
}

/// A person who blocked the bot, or came back, is noted and answered nothing.
fn blocked() -> Routes {
    dptree::case![Incoming::Blocked(is_blocked)].endpoint(|talk: SharedTalk, is_blocked: bool| async move {
        let talk = talk.lock().await;
        tracing::info!(chat.id = talk.person.0, chat.blocked = is_blocked, "whether a person can be reached");
        let storage = talk.services.storage();
        if is_blocked {
            storage.chat_is_unreachable(talk.person).await?;
        } else {
            storage.welcome_back(talk.person).await?;
        }
        Ok(())
    })
}

/// A gateway key does not stay in the chat, whoever sent it and whatever was being asked.
fn pasted_key() -> Routes {
    dptree::filter_map(|incoming: Incoming| match incoming {
        Incoming::GatewayKey(message, mode) => Some((message, mode)),
        _ => None,
    })
    .endpoint(|talk: SharedTalk, (message, mode): (MessageId, Mode)| async move {
        gateway::pasted::answer(&mut *talk.lock().await, message, mode).await
    })
}

/// What was sent into another chat is kept true there, and answered nothing here.
fn chosen() -> Routes {
    dptree::case![Incoming::Chosen(article)].endpoint(|talk: SharedTalk, article: ChosenArticle| async move {
        sharing::chosen(&*talk.lock().await, &article).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_builds_and_misses_no_dependency() {
        let routes = routes();
        let present = [dptree::Type::of::<SharedTalk>(), dptree::Type::of::<Incoming>()];
        dptree::type_check(routes.sig(), &dptree::di::DependencyMap::new(), &present);
    }
}
