//! The people of a shop: who they are, inviting, roles, leaving, and the log of what they did.
//!
//! ```text
//! Ani    taps 👥 Tim in the settings
//! bot    👥 Tim Kaos Ani · 1 orang   👑 Ani · pemilik (Anda)   [➕ Undang] [📜 Catatan] …
//! Ani    taps ➕ Undang, Staf
//! bot    Kirim tautan ini kepada satu orang. Berlaku 24 jam: https://t.me/…?start=t_…
//! Budi   follows it
//! bot    (to Budi) 🎉 Anda sekarang staf di Kaos Ani.
//! ```

use super::conversation::Conversation;
use super::links::wording::Reader;
use super::settings::back_button;
use super::start_cards::chosen;
use super::talk::Talk;
use super::{BotError, home, links, shops, start};
use crate::domain::id::{LogEntryId, MerchantId, TelegramId};
use crate::domain::merchant::Role;
use crate::domain::shop_log::LogEvent;
use crate::messaging::buttons::{PageFrom, Press, TeamPress};
use crate::messaging::card::{Card, CardButton, cut};
use crate::messaging::html;
use crate::messaging::notice_cards::role_key;
use crate::messaging::sharing::share_url;
use crate::messaging::texts::{Say, say};
use crate::services::links::Page;
use crate::services::merchants::Seat;
use crate::services::team::{Joining, Newcomer, TEAM_INVITATION_LIFE, TeamRefusal};
use crate::storage::{NamedLogEntry, TeamMember};

/// The most characters of a person's name on a card: Telegram allows 64 and more.
const NAME_CHARACTERS_MAX: usize = 32;

const ROLES: [Role; 3] = [Role::Staff, Role::Viewer, Role::Owner];

/// A tap on a button about the team.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: TeamPress) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    talk.go(Conversation::Idle);
    match press {
        TeamPress::Show => show(talk, &seat, None).await,
        TeamPress::Invite => ask_role(talk, &seat).await,
        TeamPress::InviteAs(role) => invite(talk, &seat, role).await,
        TeamPress::Member(person) => show_member(talk, &seat, person, None).await,
        TeamPress::SetRole(person, role) => set_role(talk, &seat, person, role).await,
        TeamPress::Remove(person) => ask_remove(talk, &seat, person).await,
        TeamPress::RemoveYes(shop, person) => remove(talk, &seat, shop, person).await,
        TeamPress::Log(page) => show_log(talk, &seat, page).await,
        TeamPress::Shops | TeamPress::Enter(_) | TeamPress::OpenAnother => shops::pressed(talk, press).await,
    }
}

/// Somebody follows an invitation into a team.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn join(talk: &mut Talk, token: &str) -> Result<(), BotError> {
    let name = talk.first_name.clone();
    let (person, update_id) = (talk.person, talk.update_id);
    let newcomer = Newcomer { person, name: &name, language: talk.language, update_id };
    let (key, seat) = match talk.services.join_team(&newcomer, token).await? {
        Joining::Joined(seat) => ("team-joined", seat),
        Joining::WasThere(seat) => ("team-was-there", seat),
        Joining::Invalid => return talk.tell(Card::new(talk.say("team-invitation-invalid"))).await,
        Joining::Full => return talk.tell(Card::new(talk.say("team-full"))).await,
    };
    let card = Card::new(
        talk.words(key)
            .with("store", seat.merchant.name.as_str())
            .with_safe("role", talk.say(role_key(seat.member.role)))
            .html(),
    );
    talk.seat = Some(*seat);
    talk.tell(card).await?;
    // The welcome stays in the chat; home comes below it.
    talk.leave_record();
    home::show(talk).await
}

async fn show(talk: &mut Talk, seat: &Seat, news: Option<String>) -> Result<(), BotError> {
    talk.services.name_person(talk.person, &talk.first_name).await?;
    let team = talk.services.team(seat).await?;
    let is_owner = seat.member.role == Role::Owner;
    let count = i64::try_from(team.len()).unwrap_or(i64::MAX);
    let title = talk.words("team").with("store", seat.merchant.name.as_str()).with_number("count", count);
    let mut lines = vec![title.html(), String::new()];
    let mut card = Card::new("");
    for member in &team {
        let name = name_of(member);
        let key = if member.person == talk.person { "team-line-you" } else { "team-line" };
        let line =
            talk.words(key).with("name", name.as_str()).with_safe("role", talk.say(role_key(member.role)));
        lines.push(format!("{} {}", role_picture(member.role), line.html()));
        if is_owner && member.person != talk.person {
            let label = format!("{} {}", role_picture(member.role), cut(&name, 16));
            card = card.row([CardButton::press(label, Press::Team(TeamPress::Member(member.person)))]);
        }
    }
    // Twenty people make twenty rows: two beside each other keep the card short.
    card.rows = card.rows.concat().chunks(2).map(<[_]>::to_vec).collect();
    lines.extend([String::new(), talk.say(if is_owner { "team-hint-owner" } else { "team-hint-member" })]);
    lines.push(home::mode_line(talk, seat.merchant.mode));
    card.html = lines.join("\n");
    if let Some(news) = news {
        card.html = format!("{news}\n\n{}", card.html);
    }
    let button = |key: &str, press| CardButton::press(talk.say(key), Press::Team(press));
    if is_owner {
        card = card.row([
            button("team-button-invite", TeamPress::Invite),
            button("team-button-log", TeamPress::Log(PageFrom::Start)),
        ]);
    }
    let leave = (team.len() > 1).then(|| button("team-button-leave", TeamPress::Remove(talk.person)));
    let card = card.row(leave.into_iter().chain([back_button(talk)]));
    talk.show(card).await
}

async fn ask_role(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    if seat.member.role != Role::Owner {
        return refuse(talk, seat, TeamRefusal::NotOwner).await;
    }
    let roles = ROLES.map(|role| {
        CardButton::press(talk.say(role_button_key(role)), Press::Team(TeamPress::InviteAs(role)))
    });
    let card = Card::new(talk.say("team-ask-role")).row(roles).row([team_button(talk)]);
    talk.show(card).await
}

async fn invite(talk: &mut Talk, seat: &Seat, role: Role) -> Result<(), BotError> {
    let token = match talk.services.invite_to_team(seat, role).await? {
        Ok(token) => token,
        Err(refusal) => return refuse(talk, seat, refusal).await,
    };
    let hours = TEAM_INVITATION_LIFE.num_hours();
    let role_name = talk.say(role_key(role));
    let text = |key, address: &str| {
        talk.words(key)
            .with_safe("role", role_name.clone())
            .with_safe("link", html::code(address))
            .with_number("hours", hours)
            .html()
    };
    let card = match talk.messenger.username().await {
        Some(username) => {
            let address = format!("https://t.me/{username}?start=t_{token}");
            let words = talk
                .words("team-share-text")
                .with("store", seat.merchant.name.as_str())
                .with_safe("role", role_name.clone())
                .plain();
            let send = address.parse().ok().and_then(|url| share_url(&url, &words));
            let send = send.map(|url| CardButton::url(talk.say("link-button-share"), url));
            let copy = CardButton::copy(talk.say("link-button-copy"), &address);
            Card::new(text("team-invitation", &address)).row([copy].into_iter().chain(send))
        }
        // Telegram does not say the bot's name just now; typing the command works as well.
        None => Card::new(text("team-invitation-command", &format!("/start t_{token}"))),
    };
    talk.show(card.row([team_button(talk)])).await
}

async fn show_member(
    talk: &mut Talk,
    seat: &Seat,
    person: TelegramId,
    news: Option<String>,
) -> Result<(), BotError> {
    let team = talk.services.team(seat).await?;
    let Some(member) = team.iter().find(|member| member.person == person) else {
        return refuse(talk, seat, TeamRefusal::NotOfTheTeam).await;
    };
    if seat.member.role != Role::Owner {
        return refuse(talk, seat, TeamRefusal::NotOwner).await;
    }
    let reader = links::reader(talk, seat);
    let text = talk
        .words("team-member")
        .with("name", name_of(member))
        .with_safe("role", talk.say(role_key(member.role)))
        .with_safe("since", reader.instant(member.joined_at))
        .with_safe("id", html::code(&person.to_string()))
        .html();
    let text = news.map_or(text.clone(), |news| format!("{news}\n\n{text}"));
    let roles = ROLES.map(|role| {
        let label = chosen(talk.say(role_button_key(role)), role == member.role);
        CardButton::press(label, Press::Team(TeamPress::SetRole(person, role)))
    });
    let remove = CardButton::press(talk.say("team-button-remove"), Press::Team(TeamPress::Remove(person)));
    talk.show(Card::new(text).row(roles).row([team_button(talk), remove])).await
}

async fn set_role(talk: &mut Talk, seat: &Seat, person: TelegramId, role: Role) -> Result<(), BotError> {
    match talk.services.change_role(seat, person, role).await? {
        Ok(()) => {
            talk.toast("settings-saved-toast").await;
            show_member(talk, seat, person, None).await
        }
        Err(refusal) => refuse(talk, seat, refusal).await,
    }
}

async fn ask_remove(talk: &mut Talk, seat: &Seat, person: TelegramId) -> Result<(), BotError> {
    let leaves = person == talk.person;
    let team = talk.services.team(seat).await?;
    let Some(member) = team.iter().find(|member| member.person == person) else {
        return refuse(talk, seat, TeamRefusal::NotOfTheTeam).await;
    };
    let text = if leaves {
        talk.words("team-ask-leave").with("store", seat.merchant.name.as_str())
    } else {
        talk.words("team-ask-remove").with("name", name_of(member))
    };
    let yes = if leaves { "team-button-leave-yes" } else { "team-button-remove-yes" };
    let card = Card::new(text.html()).row([
        team_button(talk),
        CardButton::press(talk.say(yes), Press::Team(TeamPress::RemoveYes(seat.merchant.id, person))),
    ]);
    talk.show(card).await
}

/// Whoever left the shop of the button before, perhaps by this very tap, leaves no other one.
async fn remove(talk: &mut Talk, seat: &Seat, shop: MerchantId, person: TelegramId) -> Result<(), BotError> {
    if shop != seat.merchant.id {
        talk.toast("team-removed-toast").await;
        return home::show(talk).await;
    }
    match talk.services.leave_team(seat, person).await? {
        // It was done before, and is as wished.
        Ok(()) | Err(TeamRefusal::NotOfTheTeam) => {}
        Err(refusal) => return refuse(talk, seat, refusal).await,
    }
    talk.toast("team-removed-toast").await;
    if person != talk.person {
        return show(talk, seat, None).await;
    }
    talk.seat = talk.services.seat(talk.person).await?;
    let text = talk.words("team-left").with("store", seat.merchant.name.as_str()).html();
    talk.show(Card::new(text).row([talk.home_button()])).await
}

async fn refuse(talk: &mut Talk, seat: &Seat, refusal: TeamRefusal) -> Result<(), BotError> {
    let key = match refusal {
        TeamRefusal::NotOwner => "settings-not-owner",
        TeamRefusal::NotOfTheTeam => "team-refused-unknown",
        TeamRefusal::LastOwner => "team-refused-last-owner",
        TeamRefusal::Full => "team-full",
    };
    let news = talk.say(key);
    show(talk, seat, Some(news)).await
}

async fn show_log(talk: &mut Talk, seat: &Seat, page: PageFrom<LogEntryId>) -> Result<(), BotError> {
    let Some(page) = talk.services.shop_log(seat, links::cursor(page)).await? else {
        return refuse(talk, seat, TeamRefusal::NotOwner).await;
    };
    let card = log_card(&links::reader(talk, seat), seat.merchant.name.as_str(), &page);
    talk.show(card).await
}

/// A page of the log.
#[must_use]
pub fn log_card(reader: &Reader, store: &str, page: &Page<NamedLogEntry, LogEntryId>) -> Card {
    let mut lines = vec![Say::new(reader.language, "log").with("store", store).html(), String::new()];
    if page.rows.is_empty() {
        lines.push(reader.say("log-empty"));
    }
    lines.extend(page.rows.iter().map(|line| log_line(reader, line)));
    let turn = |key: &str, press| CardButton::press(reader.say(key), Press::Team(TeamPress::Log(press)));
    let newer = page.newer.map(|key| turn("links-button-newer", PageFrom::NewerThan(key)));
    let older = page.older.map(|key| turn("links-button-older", PageFrom::OlderThan(key)));
    let back = CardButton::press(reader.say("button-back"), Press::Team(TeamPress::Show));
    Card::new(lines.join("\n")).row(newer.into_iter().chain(older)).row([back])
}

/// `23 Nov 14.02 · Ani · made the link Kaos`.
fn log_line(reader: &Reader, line: &NamedLogEntry) -> String {
    let entry = &line.entry;
    let named = |name: Option<&String>, person: TelegramId| {
        name.map_or_else(|| person.to_string(), |name| cut(name, NAME_CHARACTERS_MAX))
    };
    let about = entry.subject.about.map(|person| named(line.about_name.as_ref(), person));
    let what = Say::new(reader.language, event_key(entry.event))
        .with("item", line.item.as_deref().map(|item| cut(item, NAME_CHARACTERS_MAX)).unwrap_or_default())
        .with_safe(
            "code",
            line.code.as_deref().map(|code| html::code(&format!("#{code}"))).unwrap_or_default(),
        )
        .with_safe("amount", line.amount.map(|amount| amount.display(reader.language)).unwrap_or_default())
        .with("person", about.unwrap_or_default())
        .html();
    let who = html::escape(&named(line.person_name.as_ref(), entry.person));
    format!("{} · <b>{who}</b> · {what}", reader.instant(entry.at))
}

const fn event_key(event: LogEvent) -> &'static str {
    match event {
        LogEvent::LinkMade => "log-link-made",
        LogEvent::LinkChanged => "log-link-changed",
        LogEvent::LinkOff => "log-link-off",
        LogEvent::LinkOn => "log-link-on",
        LogEvent::LinkDeleted => "log-link-deleted",
        LogEvent::LinkRestored => "log-link-restored",
        LogEvent::PaymentAccepted => "log-payment-accepted",
        LogEvent::MoneyReturned => "log-money-returned",
        LogEvent::MoneySentBack => "log-money-sent-back",
        LogEvent::GoodsShipped => "log-goods-shipped",
        LogEvent::GoodsNotShipped => "log-goods-not-shipped",
        LogEvent::OrdersExported => "log-orders-exported",
        LogEvent::ShopExported => "log-shop-exported",
        LogEvent::KeysConnected => "log-keys-connected",
        LogEvent::KeysRemoved => "log-keys-removed",
        LogEvent::SettingsChanged => "log-settings-changed",
        LogEvent::CustomerExported => "log-customer-exported",
        LogEvent::CustomerErased => "log-customer-erased",
        LogEvent::WentLive => "log-went-live",
        LogEvent::WentToSandbox => "log-went-to-sandbox",
        LogEvent::Invited => "log-invited",
        LogEvent::Joined => "log-joined",
        LogEvent::RoleChanged => "log-role-changed",
        LogEvent::Removed => "log-removed",
        LogEvent::Left => "log-left",
        LogEvent::PlaceAdded => "log-place-added",
        LogEvent::PlaceRemoved => "log-place-removed",
    }
}

fn name_of(member: &TeamMember) -> String {
    let name = member.name.as_deref().filter(|name| !name.trim().is_empty());
    name.map_or_else(|| member.person.to_string(), |name| cut(name, NAME_CHARACTERS_MAX))
}

const fn role_picture(role: Role) -> &'static str {
    match role {
        Role::Owner => "👑",
        Role::Staff => "🧑",
        Role::Viewer => "👀",
    }
}

const fn role_button_key(role: Role) -> &'static str {
    match role {
        Role::Owner => "team-button-owner",
        Role::Staff => "team-button-staff",
        Role::Viewer => "team-button-viewer",
    }
}

fn team_button(talk: &Talk) -> CardButton {
    CardButton::press(say(talk.language, "team-button-team"), Press::Team(TeamPress::Show))
}
