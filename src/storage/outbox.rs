//! Messages that must reach someone. They are written in the transaction that makes them true, and
//! go out chat by chat: whoever claims a chat has all that waits in it.

use chrono::{DateTime, TimeDelta, Utc};

use super::outbox_rows::{BurstRow, WaitingRow, write_message};
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::{CLAIM_TRIES, Reader, Storage, StorageError, Topic, Writer};
use crate::domain::burst::Burst;
use crate::domain::id::{LinkId, MerchantId, NotificationId, TelegramId};
use crate::domain::merchant::Mode;
use crate::domain::money::Currency;
use crate::domain::notification::{Notification, SellerMessage};
use crate::domain::order::OrderCode;

/// The most messages that are looked at in one claim of a chat.
const BATCH_MAX: i64 = 100;

/// The same for a chat whose person came back: what was missed is told as one list.
const MISSED_MAX: i64 = 1_000;

/// How long a message that cannot be read keeps its chat: a replica of a newer version may have written
/// it and will send it.
const NEWER_PATIENCE: TimeDelta = TimeDelta::hours(1);

/// How often it is looked whether somebody sent it.
const NEWER_GAP: TimeDelta = TimeDelta::minutes(1);

/// A chat with what waits in it, this worker's for the time of the lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedQueue {
    /// The chat.
    pub chat: TelegramId,
    /// What waits, oldest first.
    pub waiting: Vec<WaitingNotification>,
    /// How its runs of payments were told so far.
    pub bursts: Vec<Burst>,
    /// How often in a row Telegram failed here.
    pub failures: i64,
    /// When the person came back last.
    pub returned_at: Option<DateTime<Utc>>,
    /// The deciding time of the claim.
    pub now: DateTime<Utc>,
}

/// A message that waits, and what a line about it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingNotification {
    /// The message.
    pub notification: Notification,
    /// Its order, when it is about one.
    pub order: Option<ToldOrder>,
}

/// What a line says about an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldOrder {
    /// The link it came through.
    pub link_id: LinkId,
    /// What was bought, as cleaned when it was typed.
    pub item: String,
    /// The code that people read aloud.
    pub code: OrderCode,
    /// The customer, as cleaned when it was typed.
    pub customer: String,
    /// How many pieces of it.
    pub pieces: i64,
    /// Real or play money.
    pub mode: Mode,
    /// The currency.
    pub currency: Currency,
}

/// What there is to claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueueClaim {
    /// A chat.
    Taken(Box<ClaimedQueue>),
    /// Nothing is due before so long; `None`: nothing waits at all.
    Nothing(Option<TimeDelta>),
}

impl Reader {
    /// How many messages wait for a chat in which someone is.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_waiting_notifications(&mut self) -> Result<i64, StorageError> {
        let (waiting,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from notifications where state = 'pending'
               and chat not in (select chat from outbox_chats where unreachable_since is not null)"
        )?;
        Ok(waiting)
    }

    /// What was told by one message, oldest first: the lines it has.
    ///
    /// # Errors
    /// When the database cannot be asked, or a row cannot be read.
    pub async fn told_by_message(
        &mut self,
        chat: TelegramId,
        message_id: i64,
    ) -> Result<Vec<WaitingNotification>, StorageError> {
        let rows = fetch_all!(
            self,
            WaitingRow,
            "select told.id, told.merchant_id, told.chat, told.message, told.kind, told.created_at,
                    links.id as link_id, coalesce(orders.item_name, links.item_name) as item_name,
                    orders.code, orders.customer_name, orders.goods, orders.mode, orders.currency
             from notifications told left join orders on orders.id = told.order_id
             left join payment_links links on links.id = orders.payment_link_id
             where told.chat = $1 and told.telegram_message_id = $2
             order by told.id",
            chat.0,
            message_id
        )?;
        rows.into_iter().map(WaitingRow::read).collect()
    }
}

impl Writer {
    /// Writes a message, once for each `dedupe_key`.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn enqueue(
        &mut self,
        merchant_id: MerchantId,
        chat: TelegramId,
        message: &SellerMessage,
        dedupe_key: &str,
    ) -> Result<(), StorageError> {
        let now = self.now();
        let chat = self.current_id(chat).await?;
        let text = write_message(chat, message)?;
        let order_id = message.order_id().map(|order_id| order_id.0);
        // A payment of an order that was spoken of before is no plain one: someone was told otherwise.
        let written = execute!(
            self,
            "insert into notifications
                 (id, merchant_id, chat, message, dedupe_key, state, created_at, order_id, kind)
             select $1, $2, $3, $4, $5, 'pending', $6, $7,
                    case when $8 = 'payment' and exists (select 1 from notifications earlier
                                                         where earlier.order_id = $7 and earlier.chat = $3)
                         then 'decision' else $8 end
             where true
             on conflict (dedupe_key) do nothing",
            NotificationId::at(now).0,
            merchant_id.0,
            chat.0,
            text,
            dedupe_key,
            now,
            order_id,
            message.kind().code()
        )?;
        if written == 1 {
            self.told_chats.insert(chat);
        }
        Ok(())
    }

    /// Where a chat's messages go: a group may have become another one.
    async fn current_id(&mut self, chat: TelegramId) -> Result<TelegramId, StorageError> {
        let moved = fetch_optional!(
            self,
            (i64,),
            "select moved_to from outbox_chats where chat = $1 and moved_to is not null",
            chat.0
        )?;
        Ok(moved.map_or(chat, |(moved_to,)| TelegramId(moved_to)))
    }

    /// Makes a chat due as soon as it may be spoken in. One that is claimed is looked at again by who
    /// has it.
    pub(super) async fn stir(&mut self, chat: TelegramId) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "insert into outbox_chats (chat, due_at) values ($1, $2)
             on conflict (chat) do update set stirred = true,
                 due_at = case when outbox_chats.unreachable_since is not null then null
                               when outbox_chats.leased_by is not null then outbox_chats.due_at
                               when outbox_chats.not_before > $2 then outbox_chats.not_before
                               else $2 end",
            chat.0,
            now
        )?;
        self.ring(Topic::Outbox);
        Ok(())
    }

    async fn load_queue(
        &mut self,
        chat: TelegramId,
        failures: i64,
        returned_at: Option<DateTime<Utc>>,
    ) -> Result<ClaimedQueue, StorageError> {
        let now = self.now();
        let rows = fetch_all!(
            self,
            WaitingRow,
            "select waiting.id, waiting.merchant_id, waiting.chat, waiting.message, waiting.kind,
                    waiting.created_at, links.id as link_id,
                    coalesce(orders.item_name, links.item_name) as item_name, orders.code,
                    orders.customer_name, orders.goods, orders.mode, orders.currency
             from notifications waiting left join orders on orders.id = waiting.order_id
             left join payment_links links on links.id = orders.payment_link_id
             where waiting.chat = $1 and waiting.state = 'pending'
             order by waiting.id limit $2",
            chat.0,
            if returned_at.is_some() { MISSED_MAX } else { BATCH_MAX }
        )?;
        let mut waiting = Vec::with_capacity(rows.len());
        for row in rows {
            let id = NotificationId(row.id);
            let is_new = now < row.created_at + NEWER_PATIENCE;
            match row.read() {
                Ok(readable) => waiting.push(readable),
                Err(error) if is_new => {
                    tracing::warn!(notification.id = %id, %error, "a message is left to a newer version");
                    break;
                }
                // Nothing else would ever reach the chat: its messages go in order.
                Err(error) => {
                    tracing::error!(notification.id = %id, %error, "a message that cannot be read is given up");
                    self.settle_as_given_up(id, &error.to_string()).await?;
                }
            }
        }
        let rows = fetch_all!(
            self,
            BurstRow,
            "select merchant_id, mode, currency, rung, told_at, list_message_id, list_lines, list_shown_at
             from payment_bursts where chat = $1 order by merchant_id, mode, currency",
            chat.0
        )?;
        // A burst that cannot be read begins anew: the chat must not stand still for it.
        let readable = |row: BurstRow| {
            row.read().inspect_err(|error| tracing::error!(%error, "a burst begins anew")).ok()
        };
        let bursts = rows.into_iter().filter_map(readable).collect();
        Ok(ClaimedQueue { chat, waiting, bursts, failures, returned_at, now })
    }

    pub(super) async fn settle_as_given_up(
        &mut self,
        id: NotificationId,
        failure: &str,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update notifications set state = 'given_up', failure = $2, settled_at = $3
             where id = $1 and state = 'pending'",
            id.0,
            failure,
            now
        )?;
        Ok(())
    }
}

impl Storage {
    /// Takes the chat that is due longest, with what waits in it, for the time of the lease.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_queue(&self, worker: &str, lease: TimeDelta) -> Result<QueueClaim, StorageError> {
        for _ in 0..CLAIM_TRIES {
            let now = self.now().await?;
            let mut reader = self.read().await?;
            let next = fetch_optional!(
                reader,
                (DateTime<Utc>,),
                "select due_at from outbox_chats where due_at is not null order by due_at, chat limit 1"
            )?;
            drop(reader);
            match next {
                None => return Ok(QueueClaim::Nothing(None)),
                Some((due_at,)) if due_at > now => return Ok(QueueClaim::Nothing(Some(due_at - now))),
                Some(_) => {}
            }
            // Another replica may take the very chat that was chosen here: then there may be others.
            if let Some(claimed) = self.try_claim_queue(worker, lease).await? {
                return Ok(QueueClaim::Taken(Box::new(claimed)));
            }
        }
        Ok(QueueClaim::Nothing(None))
    }

    async fn try_claim_queue(
        &self,
        worker: &str,
        lease: TimeDelta,
    ) -> Result<Option<ClaimedQueue>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let claimed = fetch_optional!(
            writer,
            (i64, i64, Option<DateTime<Utc>>),
            "update outbox_chats set leased_by = $1, due_at = $2, stirred = false
             where chat = (select chat from outbox_chats where due_at <= $3 order by due_at, chat limit 1)
               and due_at <= $3
             returning chat, failures, returned_at",
            worker,
            now + lease,
            now
        )?;
        let Some((chat, failures, returned_at)) = claimed else {
            writer.roll_back().await?;
            return Ok(None);
        };
        let queue = writer.load_queue(TelegramId(chat), failures, returned_at).await?;
        if queue.waiting.is_empty() {
            writer.give_back(queue.chat, None, Some(now + NEWER_GAP)).await?;
        }
        writer.commit().await?;
        Ok(Some(queue).filter(|queue| !queue.waiting.is_empty()))
    }
}
