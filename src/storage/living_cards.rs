//! Messages that show a link and follow it. A card is drawn by whoever has its chat, as an answer is, so
//! that it never takes the place of what the person just asked for.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::claims::claim;
use super::query::{execute, fetch_one, fetch_optional};
use super::rows::Reading;
use super::{Reader, Storage, StorageError, Topic, Writer};
use crate::domain::id::{LinkId, TelegramId};
use crate::domain::living_card::{CARD_GAP, CardFace, LivingCard, ShownLink};

#[derive(sqlx::FromRow)]
struct CardRow {
    link_id: Uuid,
    chat: i64,
    message_id: i64,
    face: String,
}

impl CardRow {
    fn read(self) -> Result<LivingCard, StorageError> {
        let reading = Reading::of("living_cards", self.link_id);
        Ok(LivingCard {
            link_id: LinkId(self.link_id),
            chat: TelegramId(self.chat),
            message_id: self.message_id,
            face: reading.some("face", CardFace::parse(&self.face))?,
        })
    }
}

impl Reader {
    /// Whether a message is the living card of a link.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn is_living_card(&mut self, chat: TelegramId, message_id: i64) -> Result<bool, StorageError> {
        let found = fetch_optional!(
            self,
            (i64,),
            "select message_id from living_cards where chat = $1 and message_id = $2",
            chat.0,
            message_id
        )?;
        Ok(found.is_some())
    }

    /// How many cards are to be drawn by now.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_due_cards(&mut self, now: DateTime<Utc>) -> Result<i64, StorageError> {
        let (due,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from living_cards where due_at <= $1",
            now
        )?;
        Ok(due)
    }
}

impl Writer {
    /// Notes that a message shows a link now. Another message that showed it in this chat is left as it
    /// is. When the link changed since it was read, the card is drawn again as soon as it may be.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_card(
        &mut self,
        chat: TelegramId,
        message_id: i64,
        shown: &ShownLink,
    ) -> Result<(), StorageError> {
        let link = &shown.link;
        let now = self.now();
        let not_before = now + CARD_GAP;
        let is_current = self.link(link.merchant_id, link.id).await?.as_ref() == Some(link);
        let due_at = if is_current { link.next_turn(shown.at) } else { Some(now) };
        self.forget_card(chat, message_id).await?;
        execute!(
            self,
            "insert into living_cards (link_id, chat, message_id, face, not_before, due_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (link_id, chat) do update set message_id = excluded.message_id, face = excluded.face,
                 not_before = excluded.not_before, due_at = excluded.due_at",
            link.id.0,
            chat.0,
            message_id,
            shown.face.code(),
            not_before,
            due_at.map(|due_at| due_at.max(not_before))
        )?;
        Ok(())
    }

    /// Notes that a message shows no link any more.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn forget_card(&mut self, chat: TelegramId, message_id: i64) -> Result<(), StorageError> {
        execute!(self, "delete from living_cards where chat = $1 and message_id = $2", chat.0, message_id)?;
        Ok(())
    }

    /// Makes the cards of a link due, as soon as each may be drawn again.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub(super) async fn stir_cards(&mut self, link_id: LinkId) -> Result<(), StorageError> {
        let now = self.now();
        let stirred = execute!(
            self,
            "update living_cards set due_at = case when not_before > $2 then not_before else $2 end
             where link_id = $1 and (due_at is null or (due_at > $2 and due_at > not_before))",
            link_id.0,
            now
        )?;
        if stirred > 0 {
            self.ring(Topic::Updates);
        }
        Ok(())
    }
}

impl Storage {
    /// Takes the chat of a card that is to be drawn, for the time of the lease; `None` when there is none
    /// whose chat is free. The card stays due until it is noted as drawn, forgotten or deferred.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_card(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<LivingCard>, StorageError> {
        claim(|| self.card_is_due(), || self.try_claim_card(worker, lease)).await
    }

    async fn card_is_due(&self) -> Result<bool, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let due = fetch_optional!(
            reader,
            (i64,),
            "select living_cards.chat from living_cards join chats free on free.chat = living_cards.chat
             where living_cards.due_at <= $1 and (free.leased_until is null or free.leased_until <= $1) limit 1",
            now
        )?;
        Ok(due.is_some())
    }

    async fn try_claim_card(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<LivingCard>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let claimed = fetch_optional!(
            writer,
            (i64,),
            "update chats set leased_by = $1, leased_until = $2
             where chat = (select living_cards.chat from living_cards
                           join chats free on free.chat = living_cards.chat
                           where living_cards.due_at <= $3
                             and (free.leased_until is null or free.leased_until <= $3)
                           order by living_cards.due_at, living_cards.link_id limit 1)
               and (leased_until is null or leased_until <= $3)
             returning chat",
            worker,
            now + lease,
            now
        )?;
        let Some((chat,)) = claimed else {
            writer.roll_back().await?;
            return Ok(None);
        };
        let card = fetch_optional!(
            writer,
            CardRow,
            "select link_id, chat, message_id, face from living_cards where chat = $1 and due_at <= $2
             order by due_at, link_id limit 1",
            chat,
            now
        )?;
        let Some(card) = card else {
            writer.roll_back().await?;
            return Ok(None);
        };
        writer.commit().await?;
        card.read().map(Some)
    }

    /// Lets a card wait: it could not be drawn.
    ///
    /// # Errors
    /// When the database cannot be asked; it is tried again at once.
    pub async fn defer_card(&self, card: &LivingCard, wait: TimeDelta) -> Result<(), StorageError> {
        let mut writer = self.write().await?;
        let until = writer.now() + wait;
        execute!(
            writer,
            "update living_cards set due_at = $3 where chat = $1 and message_id = $2",
            card.chat.0,
            card.message_id,
            until
        )?;
        writer.commit().await
    }
}
