//! Groups and channels on the page: making one, bringing the bot in and out, writing and pressing there.
//!
//! Whoever makes a group owns it, and a guest who works for no shop is its other member. So each of both has a
//! phone of their own, and what a stranger may not do can be tried.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::json;

use super::page::Pressing;
use super::{
    GroupKind, Person, TelegramSimulator, group::Group, group_state::Bot, page_state::is_seen_by,
    phone::Phone, sending::TEXT_LIMIT,
};

/// How many groups and channels one person can make.
const GROUPS_MAX: usize = 20;
/// Longest title, in characters.
const TITLE_LIMIT: usize = 128;
/// What lies between a person's id and that of the guest in the person's groups.
const GUEST_OFFSET: i64 = 1_000_000;

pub(super) fn router() -> Router<TelegramSimulator> {
    Router::new()
        .route("/phone/{user_id}/groups", post(make))
        .route("/phone/{user_id}/groups/{chat}/says", post(says))
        .route("/phone/{user_id}/groups/{chat}/presses", post(presses))
        .route("/phone/{user_id}/groups/{chat}/bot", post(changes_bot))
        .route("/phone/{user_id}/groups/{chat}/picked", post(picked))
}

#[derive(Deserialize)]
struct NewGroup {
    title: String,
    kind: NewKind,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NewKind {
    Group,
    Forum,
    Channel,
}

async fn make(
    State(simulator): State<TelegramSimulator>,
    Path(user_id): Path<i64>,
    Json(wished): Json<NewGroup>,
) -> Response {
    let title = wished.title.trim();
    let own = simulator
        .inner
        .look(|world| world.groups.values().filter(|group| group.owner == Some(user_id)).count());
    if title.is_empty() || title.chars().count() > TITLE_LIMIT || own >= GROUPS_MAX {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    // Small groups have short ids; those of supergroups and channels begin with -100.
    let (kind, id) = match wished.kind {
        NewKind::Group => (GroupKind::Basic, -rand::random_range(1_000_000..1_000_000_000)),
        NewKind::Forum => {
            (GroupKind::Forum, -1_000_000_000_000 - rand::random_range(1_000_000..1_000_000_000))
        }
        NewKind::Channel => {
            (GroupKind::Channel, -1_000_000_000_000 - rand::random_range(1_000_000..1_000_000_000))
        }
    };
    let group = simulator.group(id, title, kind);
    let language = simulator.inner.look(|world| world.person(user_id).language_code.clone());
    let speaks_indonesian = language.as_deref().is_some_and(|tag| tag.starts_with("id"));
    simulator.inner.change(|world| {
        let guest = user_id.saturating_add(GUEST_OFFSET);
        world
            .persons
            .entry(guest)
            .or_insert_with(|| Person::named(guest, "Eve", language.as_deref().unwrap_or("en")));
        if let Some(state) = world.groups.get_mut(&id) {
            state.members = [user_id, guest].into();
            state.owner = Some(user_id);
        }
    });
    if kind == GroupKind::Forum {
        for name in if speaks_indonesian { ["Pesanan", "Obrolan"] } else { ["Orders", "Talk"] } {
            group.opens_topic_called(name);
        }
    }
    Json(json!({ "chat": id })).into_response()
}

/// A group as one of its members sees it.
struct Seat {
    phone: Phone,
    group: Group,
    kind: GroupKind,
    bot: Bot,
    is_owner: bool,
}

impl Seat {
    /// `None`: no such group stands in the person's list.
    fn take(simulator: &TelegramSimulator, user_id: i64, chat: i64) -> Option<Self> {
        let facts = simulator.inner.look(|world| {
            let group = world.groups.get(&chat).filter(|group| is_seen_by(group, user_id))?;
            Some((group.kind, group.bot, group.owner == Some(user_id)))
        });
        let (kind, bot, is_owner) = facts?;
        let inner = simulator.inner.clone();
        let (phone, group) = (Phone::new(inner.clone(), user_id), Group::known(inner, chat));
        Some(Self { phone, group, kind, bot, is_owner })
    }
}

#[derive(Deserialize)]
struct Saying {
    text: String,
    /// The topic of a forum; none: General.
    thread: Option<i64>,
}

/// In a channel its owner writes, in the name of the channel.
async fn says(
    State(simulator): State<TelegramSimulator>,
    Path((user_id, chat)): Path<(i64, i64)>,
    Json(saying): Json<Saying>,
) -> StatusCode {
    let Some(seat) = Seat::take(&simulator, user_id, chat) else { return StatusCode::NOT_FOUND };
    let text = saying.text.trim();
    let is_topic_known = saying.thread.is_none_or(|thread| {
        simulator
            .inner
            .look(|world| world.groups[&chat].topics.get(&thread).is_some_and(|topic| topic.is_open))
    });
    if text.is_empty() || text.encode_utf16().count() > TEXT_LIMIT || !is_topic_known {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    let author = match seat.kind {
        GroupKind::Channel if !seat.is_owner => return StatusCode::FORBIDDEN,
        GroupKind::Channel => None,
        _ => Some(user_id),
    };
    seat.group.say(author, saying.thread, text);
    StatusCode::NO_CONTENT
}

async fn presses(
    State(simulator): State<TelegramSimulator>,
    Path((user_id, chat)): Path<(i64, i64)>,
    Json(pressing): Json<Pressing>,
) -> StatusCode {
    let Some(seat) = Seat::take(&simulator, user_id, chat) else { return StatusCode::NOT_FOUND };
    if !pressing.is_possible() {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    seat.group.presses_data(&seat.phone, pressing.message_id, &pressing.data);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct BotChange {
    act: BotAct,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum BotAct {
    Adds,
    Promotes,
    Mutes,
    Removes,
}

/// What an owner does with the bot: only an owner, and only what its present standing allows.
async fn changes_bot(
    State(simulator): State<TelegramSimulator>,
    Path((user_id, chat)): Path<(i64, i64)>,
    Json(change): Json<BotChange>,
) -> StatusCode {
    let Some(seat) = Seat::take(&simulator, user_id, chat) else { return StatusCode::NOT_FOUND };
    if !seat.is_owner {
        return StatusCode::FORBIDDEN;
    }
    let is_there = !matches!(seat.bot, Bot::Absent | Bot::Kicked);
    match change.act {
        BotAct::Adds if !is_there || is_silent(seat.bot) => seat.group.adds_bot(&seat.phone),
        BotAct::Promotes if is_there && seat.kind != GroupKind::Channel => {
            seat.group.makes_bot_admin(&seat.phone, true);
        }
        // A small group knows no restrictions of single members.
        BotAct::Mutes if is_there && seat.kind == GroupKind::Channel => {
            seat.group.makes_bot_admin(&seat.phone, false);
        }
        BotAct::Mutes if is_there && seat.kind != GroupKind::Basic => seat.group.mutes_bot(&seat.phone),
        BotAct::Removes if is_there => seat.group.removes_bot(&seat.phone),
        _ => return StatusCode::UNPROCESSABLE_ENTITY,
    }
    StatusCode::NO_CONTENT
}

const fn is_silent(bot: Bot) -> bool {
    matches!(bot, Bot::Restricted | Bot::Admin { posts: false })
}

#[derive(Deserialize)]
struct Pick {
    /// The address whose button asked for a group or a channel.
    address: String,
}

/// The person was asked where the bot should come, and picked this: a group by `startgroup`, a channel by
/// `startchannel`.
async fn picked(
    State(simulator): State<TelegramSimulator>,
    Path((user_id, chat)): Path<(i64, i64)>,
    Json(pick): Json<Pick>,
) -> StatusCode {
    let Some(seat) = Seat::take(&simulator, user_id, chat) else { return StatusCode::NOT_FOUND };
    if !seat.is_owner {
        return StatusCode::FORBIDDEN;
    }
    let is_channel = seat.kind == GroupKind::Channel;
    if is_channel && pick.address.contains("?startchannel") {
        seat.group.adds_bot(&seat.phone);
    } else if !is_channel && pick.address.contains("?startgroup=") {
        seat.group.is_picked(&seat.phone, &pick.address);
    } else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    StatusCode::NO_CONTENT
}
