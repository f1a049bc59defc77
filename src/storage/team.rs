//! Who works in a shop, who joins it, and what people are called. Only hashes of tokens are kept.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::merchant_rows::MerchantRow;
use super::query::{execute, fetch_all, fetch_optional};
use super::rows::{Reading, read_all};
use super::{Reader, StorageError, Writer};
use crate::domain::id::{LinkId, MerchantId, OrderId, TelegramId};
use crate::domain::merchant::{Merchant, Role};

/// Somebody of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMember {
    /// The person.
    pub person: TelegramId,
    /// What the person is called, as far as it is known.
    pub name: Option<String>,
    /// What the person may do.
    pub role: Role,
    /// Since when.
    pub joined_at: DateTime<Utc>,
}

/// An invitation into a team that can still be taken, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamInvitation {
    /// Into which shop.
    pub merchant_id: MerchantId,
    /// As what.
    pub role: Role,
    /// Who made it.
    pub created_by: TelegramId,
    /// Who took it.
    pub used_by: Option<TelegramId>,
}

impl Reader {
    /// Everybody of a shop, who joined first standing first.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn team(&mut self, merchant_id: MerchantId) -> Result<Vec<TeamMember>, StorageError> {
        let rows = fetch_all!(
            self,
            (i64, Option<String>, String, DateTime<Utc>),
            "select staff.telegram_id, people.name, staff.role, staff.joined_at
             from staff left join people on people.telegram_id = staff.telegram_id
             where staff.merchant_id = $1 order by staff.joined_at, staff.telegram_id",
            merchant_id.0
        )?;
        let member = |(person, name, role, joined_at): (i64, Option<String>, String, DateTime<Utc>)| {
            let role = Reading::of("staff", person).some("role", Role::parse(&role))?;
            Ok(TeamMember { person: TelegramId(person), name, role, joined_at })
        };
        rows.into_iter().map(member).collect()
    }

    /// The shops that a person works in, the one opened first standing first.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn shops_of(&mut self, person: TelegramId) -> Result<Vec<Merchant>, StorageError> {
        let rows = fetch_all!(
            self,
            MerchantRow,
            "select merchants.id, merchants.name, merchants.language, merchants.currency, merchants.time_zone,
                    merchants.mode, merchants.default_limit, merchants.default_life_minutes,
                    merchants.makes_unasked, merchants.created_at, merchants.colour, merchants.photo_id,
                    merchants.chat_name, merchants.chat_person, merchants.paid_orders, merchants.methods
             from merchants join staff on staff.merchant_id = merchants.id
             where staff.telegram_id = $1 order by staff.joined_at, merchants.id",
            person.0
        )?;
        read_all(rows, MerchantRow::read)
    }

    /// An invitation that is not over, or that was taken; `None` when it is neither.
    ///
    /// # Errors
    /// When the database cannot be asked, or the row cannot be read.
    pub async fn team_invitation(
        &mut self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<TeamInvitation>, StorageError> {
        let row = fetch_optional!(
            self,
            (Uuid, String, i64, Option<i64>),
            "select merchant_id, role, created_by, used_by from team_invitations
             where token_hash = $1 and (used_by is not null or expires_at > $2)",
            token_hash,
            now
        )?;
        let Some((merchant_id, role, created_by, used_by)) = row else { return Ok(None) };
        let role = Reading::of("team_invitations", merchant_id).some("role", Role::parse(&role))?;
        let merchant_id = MerchantId(merchant_id);
        let (created_by, used_by) = (TelegramId(created_by), used_by.map(TelegramId));
        Ok(Some(TeamInvitation { merchant_id, role, created_by, used_by }))
    }

    /// Whose a link is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shop_of_link(&mut self, id: LinkId) -> Result<Option<MerchantId>, StorageError> {
        let row =
            fetch_optional!(self, (Uuid,), "select merchant_id from payment_links where id = $1", id.0)?;
        Ok(row.map(|(shop,)| MerchantId(shop)))
    }

    /// Whose an order is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn shop_of_order(&mut self, id: OrderId) -> Result<Option<MerchantId>, StorageError> {
        let row = fetch_optional!(self, (Uuid,), "select merchant_id from orders where id = $1", id.0)?;
        Ok(row.map(|(shop,)| MerchantId(shop)))
    }
}

impl Writer {
    /// Takes a shop's team for the rest of the transaction: two owners who leave at once must not both.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn lock_team(&mut self, merchant_id: MerchantId) -> Result<(), StorageError> {
        execute!(self, "update merchants set name = name where id = $1", merchant_id.0)?;
        Ok(())
    }

    /// Writes an invitation into a team.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn insert_team_invitation(
        &mut self,
        token_hash: &[u8],
        merchant_id: MerchantId,
        role: Role,
        created_by: TelegramId,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into team_invitations (token_hash, merchant_id, role, created_by, expires_at)
             values ($1, $2, $3, $4, $5)",
            token_hash,
            merchant_id.0,
            role.code(),
            created_by.0,
            expires_at
        )?;
        Ok(())
    }

    /// Takes an invitation; false when somebody else did, or it is over.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn use_team_invitation(
        &mut self,
        token_hash: &[u8],
        person: TelegramId,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let used = execute!(
            self,
            "update team_invitations set used_by = $2, used_at = $3
             where token_hash = $1 and used_by is null and expires_at > $3",
            token_hash,
            person.0,
            now
        )?;
        Ok(used == 1)
    }

    /// Withdraws a shop's invitations that nobody took.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn withdraw_team_invitations(&mut self, merchant_id: MerchantId) -> Result<(), StorageError> {
        execute!(
            self,
            "delete from team_invitations where merchant_id = $1 and used_by is null",
            merchant_id.0
        )?;
        Ok(())
    }

    /// Gives somebody of the team another role; false when the person is none of it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn set_role(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
        role: Role,
    ) -> Result<bool, StorageError> {
        let set = execute!(
            self,
            "update staff set role = $3 where merchant_id = $1 and telegram_id = $2",
            merchant_id.0,
            person.0,
            role.code()
        )?;
        if role != Role::Owner {
            self.hide_chat_name(merchant_id, person).await?;
        }
        Ok(set == 1)
    }

    /// Customers read the chat name of an owner alone.
    async fn hide_chat_name(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
    ) -> Result<(), StorageError> {
        execute!(
            self,
            "update merchants set chat_name = null, chat_person = null where id = $1 and chat_person = $2",
            merchant_id.0,
            person.0
        )?;
        Ok(())
    }

    /// Takes somebody off the team, with what waits to be told; false when the person is none of it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn remove_from_team(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let removed = execute!(
            self,
            "delete from staff where merchant_id = $1 and telegram_id = $2",
            merchant_id.0,
            person.0
        )?;
        self.hide_chat_name(merchant_id, person).await?;
        execute!(
            self,
            "update notifications set state = 'given_up', failure = 'off the team', settled_at = $3
             where merchant_id = $1 and chat = $2 and state = 'pending'",
            merchant_id.0,
            person.0,
            now
        )?;
        Ok(removed == 1)
    }

    /// Makes a shop the one that a person works in; false when it is none of theirs.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn enter_shop(
        &mut self,
        merchant_id: MerchantId,
        person: TelegramId,
    ) -> Result<bool, StorageError> {
        let now = self.now();
        let entered = execute!(
            self,
            "update staff set active_at = $3 where merchant_id = $1 and telegram_id = $2",
            merchant_id.0,
            person.0,
            now
        )?;
        Ok(entered == 1)
    }

    /// Notes what a person is called.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn name_person(&mut self, person: TelegramId, name: &str) -> Result<(), StorageError> {
        execute!(
            self,
            "insert into people (telegram_id, name) values ($1, $2)
             on conflict (telegram_id) do update set name = excluded.name where people.name <> excluded.name",
            person.0,
            name
        )?;
        Ok(())
    }
}
