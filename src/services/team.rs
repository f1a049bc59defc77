//! The people of a shop: inviting, joining, roles, leaving; and the shops of a person.

use chrono::TimeDelta;

use super::admission::{hash, new_token};
use super::links::{Cursor, Page};
use super::merchants::{NewShop, Seat};
use super::paging::{cut_page, direction};
use super::place_losses::take_off_places_of;
use super::{ServiceError, Services};
use crate::domain::id::{Fingerprint, LinkId, LogEntryId, MerchantId, TelegramId};
use crate::domain::language::Language;
use crate::domain::merchant::{Merchant, Role, StaffMember};
use crate::domain::notification::SellerMessage;
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::domain::visible_text::StoreName;
use crate::messaging::buttons::Subject;
use crate::storage::{NamedLogEntry, TeamMember, Writer};

/// How long an invitation into a team waits.
pub const TEAM_INVITATION_LIFE: TimeDelta = TimeDelta::hours(24);

/// The most people of one team: each of them is told of every payment.
pub const TEAM_MAX: usize = 20;

/// The most shops of one person.
pub const SHOPS_MAX: usize = 10;

/// Lines of the log on one page.
pub const LOG_LINES_PER_PAGE: i64 = 10;

/// Why a change of a team is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeamRefusal {
    /// Only an owner may.
    NotOwner,
    /// The person is none of the team.
    NotOfTheTeam,
    /// A shop keeps an owner.
    LastOwner,
    /// The team is full.
    Full,
}

/// What became of an invitation that somebody followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joining {
    /// The person works there now.
    Joined(Box<Seat>),
    /// The person did before, and works there now.
    WasThere(Box<Seat>),
    /// It is unknown, over or taken by somebody else.
    Invalid,
    /// The team is full.
    Full,
}

impl Services {
    /// Everybody of the person's shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn team(&self, seat: &Seat) -> Result<Vec<TeamMember>, ServiceError> {
        Ok(self.storage.read().await?.team(seat.merchant.id).await?)
    }

    /// Makes an invitation into the shop, for one person and [`TEAM_INVITATION_LIFE`]. The token fits a start
    /// parameter (`t_<token>`). Earlier ones that nobody took stop working.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn invite_to_team(
        &self,
        seat: &Seat,
        role: Role,
    ) -> Result<Result<String, TeamRefusal>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(Err(TeamRefusal::NotOwner));
        }
        let (merchant_id, person) = (seat.merchant.id, seat.member.telegram_id);
        let token = new_token();
        let mut writer = self.storage.write().await?;
        if writer.team(merchant_id).await?.len() >= TEAM_MAX {
            writer.roll_back().await?;
            return Ok(Err(TeamRefusal::Full));
        }
        writer.withdraw_team_invitations(merchant_id).await?;
        let expires_at = writer.now() + TEAM_INVITATION_LIFE;
        writer.insert_team_invitation(&hash(&token), merchant_id, role, person, expires_at).await?;
        writer.log(merchant_id, person, LogEvent::Invited, LogSubject::default()).await?;
        writer.commit().await?;
        Ok(Ok(token))
    }

    /// Takes an invitation: the person joins the team and works there from now on. Following one's own again
    /// is no fault, and changes no role.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn join_team(&self, newcomer: &Newcomer<'_>, token: &str) -> Result<Joining, ServiceError> {
        let (person, token_hash) = (newcomer.person, hash(token));
        let mut writer = self.storage.write().await?;
        writer.lock_person(person).await?;
        let now = writer.now();
        let invitation = writer.team_invitation(&token_hash, now).await?;
        let theirs = invitation.filter(|invitation| invitation.used_by.is_none_or(|taker| taker == person));
        let Some(invitation) = theirs else {
            writer.roll_back().await?;
            return Ok(Joining::Invalid);
        };
        let merchant_id = invitation.merchant_id;
        writer.lock_team(merchant_id).await?;
        let team = writer.team(merchant_id).await?;
        let earlier = team.iter().find(|member| member.person == person);
        let was_there = earlier.is_some();
        // Joined since the update came: it is the same one again, as after an end of the process.
        let came_at = writer.update_came_at(newcomer.update_id).await?;
        let joined_now = earlier.zip(came_at).is_some_and(|(earlier, came_at)| earlier.joined_at >= came_at);
        if !was_there {
            if team.len() >= TEAM_MAX {
                writer.roll_back().await?;
                return Ok(Joining::Full);
            }
            // One that was taken before, by somebody who was taken off the team since, opens nothing.
            if !writer.use_team_invitation(&token_hash, person).await? {
                writer.roll_back().await?;
                return Ok(Joining::Invalid);
            }
            writer.insert_staff(&newcomer.member_of(merchant_id, invitation.role)).await?;
            writer.log(merchant_id, person, LogEvent::Joined, LogSubject::default()).await?;
            if team.iter().any(|member| member.person == invitation.created_by) {
                let message = SellerMessage::Joined { person };
                let key = format!("joined:{merchant_id}:{person}:{}", now.timestamp_millis());
                writer.enqueue(merchant_id, invitation.created_by, &message, &key).await?;
            }
        }
        writer.name_person(person, newcomer.name).await?;
        writer.enter_shop(merchant_id, person).await?;
        writer.commit().await?;
        let seat = Box::new(self.seat(person).await?.ok_or(ServiceError::Interrupted)?);
        Ok(if was_there && !joined_now { Joining::WasThere(seat) } else { Joining::Joined(seat) })
    }

    /// Gives somebody of the team another role. A shop keeps an owner.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn change_role(
        &self,
        seat: &Seat,
        person: TelegramId,
        role: Role,
    ) -> Result<Result<(), TeamRefusal>, ServiceError> {
        self.change_team(seat, person, Some(role)).await
    }

    /// Takes somebody off the team: an owner anyone, everyone themselves. A shop keeps an owner.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn leave_team(
        &self,
        seat: &Seat,
        person: TelegramId,
    ) -> Result<Result<(), TeamRefusal>, ServiceError> {
        self.change_team(seat, person, None).await
    }

    async fn change_team(
        &self,
        seat: &Seat,
        person: TelegramId,
        role: Option<Role>,
    ) -> Result<Result<(), TeamRefusal>, ServiceError> {
        let (merchant_id, actor) = (seat.merchant.id, seat.member.telegram_id);
        let mut writer = self.storage.write().await?;
        writer.lock_team(merchant_id).await?;
        // Read again under the lock: what the seat remembers may have been changed meanwhile.
        let team = writer.team(merchant_id).await?;
        if let Err(refusal) = may_change(&team, actor, person, role) {
            writer.roll_back().await?;
            return Ok(Err(refusal));
        }
        match role {
            Some(role) => {
                writer.set_role(merchant_id, person, role).await?;
                writer.log(merchant_id, actor, LogEvent::RoleChanged, LogSubject::person(person)).await?;
            }
            None => {
                writer.remove_from_team(merchant_id, person).await?;
                let event = if actor == person { LogEvent::Left } else { LogEvent::Removed };
                writer.log(merchant_id, actor, event, LogSubject::person(person)).await?;
            }
        }
        if !role.is_some_and(Role::may_change_links) {
            take_off_places_of(&mut writer, merchant_id, person, actor).await?;
        }
        writer.commit().await?;
        Ok(Ok(()))
    }

    /// The shops that a person works in.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shops_of(&self, person: TelegramId) -> Result<Vec<Merchant>, ServiceError> {
        Ok(self.storage.read().await?.shops_of(person).await?)
    }

    /// Whose shop something belongs to.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shop_of(&self, subject: Subject) -> Result<Option<MerchantId>, ServiceError> {
        let mut reader = self.storage.read().await?;
        Ok(match subject {
            Subject::Link(id) => reader.shop_of_link(id).await?,
            Subject::Order(id) => reader.shop_of_order(id).await?,
            Subject::Attempt(id) => reader.attempt(id).await?.map(|attempt| attempt.merchant_id),
            Subject::Shop(id) => Some(id),
            Subject::Import(id) => reader.shop_of_import(id).await?,
        })
    }

    /// The person's seat in the shop of a link; `None` when the person does not work there.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn seat_at_link(&self, person: TelegramId, id: LinkId) -> Result<Option<Seat>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let Some(shop) = reader.shop_of_link(id).await? else { return Ok(None) };
        drop(reader);
        self.seat_in(person, shop).await
    }

    /// The person's seat in a shop; `None` when the person does not work there.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn seat_in(&self, person: TelegramId, shop: MerchantId) -> Result<Option<Seat>, ServiceError> {
        let mut reader = self.storage.read().await?;
        let staff = reader.staff(shop).await?;
        let Some(member) = staff.into_iter().find(|member| member.telegram_id == person) else {
            return Ok(None);
        };
        Ok(reader.merchant(shop).await?.map(|merchant| Seat { merchant, member }))
    }

    /// Makes another shop the one that the person works in; false when it is none of theirs.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn enter_shop(&self, person: TelegramId, id: MerchantId) -> Result<bool, ServiceError> {
        let mut writer = self.storage.write().await?;
        let entered = writer.enter_shop(id, person).await?;
        writer.commit().await?;
        Ok(entered)
    }

    /// Opens one more shop for a person who has one, which lends it language, currency and time zone; the
    /// person works in it from now on. `None` when there are [`SHOPS_MAX`] already. The caller has asked
    /// [`Services::may_open_shop`]. The same wish again finds the shop that it opened.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn open_another_shop(
        &self,
        seat: &Seat,
        name: StoreName,
        wish: Fingerprint,
    ) -> Result<Option<Seat>, ServiceError> {
        let (person, id) = (seat.member.telegram_id, MerchantId::of(wish));
        let mut writer = self.storage.write().await?;
        writer.lock_person(person).await?;
        let shops = writer.shops_of(person).await?;
        if shops.iter().any(|shop| shop.id == id) {
            writer.roll_back().await?;
            return self.seat_in(person, id).await;
        }
        if shops.len() >= SHOPS_MAX {
            writer.roll_back().await?;
            return Ok(None);
        }
        let shop = NewShop {
            owner: person,
            name,
            language: seat.member.language,
            currency: seat.merchant.currency,
            time_zone: seat.merchant.time_zone,
        };
        let opened = shop.open(&mut writer, id).await?;
        writer.enter_shop(opened.merchant.id, person).await?;
        writer.commit().await?;
        Ok(Some(opened))
    }

    /// Notes what a person is called, when that is new.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn name_person(&self, person: TelegramId, name: &str) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.name_person(person, name).await?;
        Ok(writer.commit().await?)
    }

    /// A page of the shop's log, newest first; `None` for who is no owner.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shop_log(
        &self,
        seat: &Seat,
        cursor: Cursor<LogEntryId>,
    ) -> Result<Option<Page<NamedLogEntry, LogEntryId>>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(None);
        }
        let direction = direction(cursor, |id: LogEntryId| id.0);
        let mut reader = self.storage.read().await?;
        let rows = reader.log_page(seat.merchant.id, direction, LOG_LINES_PER_PAGE + 1).await?;
        Ok(Some(cut_page(rows, cursor, LOG_LINES_PER_PAGE, 0, |line| line.entry.id)))
    }
}

/// Who follows an invitation.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer<'a> {
    /// The person.
    pub person: TelegramId,
    /// What the person is called at Telegram.
    pub name: &'a str,
    /// What the bot speaks with the person.
    pub language: Language,
    /// The update that follows it.
    pub update_id: i64,
}

impl Newcomer<'_> {
    const fn member_of(&self, merchant_id: MerchantId, role: Role) -> StaffMember {
        StaffMember { merchant_id, telegram_id: self.person, role, language: self.language }
    }
}

/// Writes down who did something with a link.
pub(super) async fn log_link(
    writer: &mut Writer,
    seat: &Seat,
    event: LogEvent,
    link_id: LinkId,
) -> Result<(), ServiceError> {
    let subject = LogSubject::link(link_id);
    Ok(writer.log(seat.merchant.id, seat.member.telegram_id, event, subject).await?)
}

/// Whether somebody may change somebody's role (`None`: take them off the team).
fn may_change(
    team: &[TeamMember],
    actor: TelegramId,
    person: TelegramId,
    role: Option<Role>,
) -> Result<(), TeamRefusal> {
    let role_of = |person| team.iter().find(|member| member.person == person).map(|member| member.role);
    let leaves = actor == person && role.is_none();
    if role_of(actor) != Some(Role::Owner) && !(leaves && role_of(actor).is_some()) {
        return Err(TeamRefusal::NotOwner);
    }
    let Some(before) = role_of(person) else { return Err(TeamRefusal::NotOfTheTeam) };
    let owners = team.iter().filter(|member| member.role == Role::Owner).count();
    if before == Role::Owner && role != Some(Role::Owner) && owners < 2 {
        return Err(TeamRefusal::LastOwner);
    }
    Ok(())
}
