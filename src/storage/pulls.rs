//! When which gateway is to be asked about which attempt.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::claims::claim;
use super::query::{execute, fetch_all, fetch_one, fetch_optional};
use super::{Reader, Storage, StorageError, Topic, Writer};
use crate::domain::attempt::AccountCode;
use crate::domain::id::{AttemptId, LinkId};

/// A repeated notice makes us ask again, but at most this often for one attempt.
const REPEAT_GAP: TimeDelta = TimeDelta::seconds(10);

/// An attempt to ask about, this worker's for the time of the lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuePull {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// How often the gateway was asked in vain since it last answered.
    pub failures: i64,
    /// The end of the lease, which is also when somebody asks again if this worker is never heard of.
    pub leased_until: DateTime<Utc>,
}

/// When an attempt was and will be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedPull {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// When the gateway is asked next.
    pub due_at: DateTime<Utc>,
    /// When it was asked last, or the charge was made.
    pub asked_at: DateTime<Utc>,
}

impl Storage {
    /// Takes the attempt that is due longest and that nobody asks about. Those of the `busy` accounts stay
    /// due.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn claim_pull(
        &self,
        worker: &str,
        lease: TimeDelta,
        busy: &[AccountCode],
    ) -> Result<Option<DuePull>, StorageError> {
        // One text, since only one of the databases knows lists.
        let busy: String = busy.iter().map(|account| format!("|{account}|")).collect();
        claim(|| self.pull_is_due(&busy), || self.try_claim_pull(worker, lease, &busy)).await
    }

    async fn pull_is_due(&self, busy: &str) -> Result<bool, StorageError> {
        let now = self.now().await?;
        let mut reader = self.read().await?;
        let due = fetch_optional!(
            reader,
            (Uuid,),
            "select id from payment_attempts
             where pull_due_at <= $1 and (leased_until is null or leased_until <= $1)
               and replace($2, '|' || account || '|', '') = $2
             order by pull_due_at, id limit 1",
            now,
            busy
        )?;
        Ok(due.is_some())
    }

    async fn try_claim_pull(
        &self,
        worker: &str,
        lease: TimeDelta,
        busy: &str,
    ) -> Result<Option<DuePull>, StorageError> {
        let mut writer = self.write().await?;
        let now = writer.now();
        let leased_until = now + lease;
        let claimed = fetch_optional!(
            writer,
            (Uuid, i64),
            "update payment_attempts
             set leased_by = $1, leased_until = $2, pull_due_at = $2, pulled_at = $3
             where id = (select id from payment_attempts
                         where pull_due_at <= $3 and (leased_until is null or leased_until <= $3)
                           and replace($4, '|' || account || '|', '') = $4
                         order by pull_due_at, id limit 1)
               and pull_due_at <= $3 and (leased_until is null or leased_until <= $3)
             returning id, pull_failures",
            worker,
            leased_until,
            now,
            busy
        )?;
        writer.commit().await?;
        Ok(claimed.map(|(id, failures)| DuePull { attempt_id: AttemptId(id), failures, leased_until }))
    }
}

impl Writer {
    /// Asks about an attempt as soon as may be: at once after a first notice, within
    /// 10 seconds of the last time after a repeated one.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn arm_pull(&mut self, id: AttemptId, is_repeat: bool) -> Result<(), StorageError> {
        let now = self.now();
        let gap = if is_repeat { REPEAT_GAP } else { TimeDelta::zero() };
        // While someone is asking, the due instant stands at the end of the lease, so an earlier one
        // is kept and the gateway is asked once more.
        execute!(
            self,
            "update payment_attempts set pull_due_at = $2, pull_failures = 0
             where id = $1 and (pulled_at is null or pulled_at <= $3)
               and (pull_due_at is null or pull_due_at > $2)",
            id.0,
            now,
            now - gap
        )?;
        if is_repeat {
            execute!(
                self,
                "update payment_attempts set pull_due_at = $2
                 where id = $1 and pulled_at > $3 and (pull_due_at is null or pull_due_at > $2)",
                id.0,
                now + gap,
                now - gap
            )?;
        }
        self.ring(Topic::Pulls);
        Ok(())
    }

    /// Notes that an attempt was asked about, and when to ask next (`None`: never, unless a notice
    /// comes). A wish that came in while the gateway was being asked stays. A pull that outlived its
    /// lease decides nothing: it is asked again at once, or someone else asks already, because a wish
    /// that came after the lease ended left no mark.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn settle_pull(
        &mut self,
        pull: &DuePull,
        next: Option<DateTime<Utc>>,
        failures: i64,
    ) -> Result<(), StorageError> {
        let now = self.now();
        execute!(
            self,
            "update payment_attempts set leased_by = null, leased_until = null, pull_failures = $3,
                 pull_due_at = case when pull_due_at < $4 or $4 <= $5 then pull_due_at else $2 end
             where id = $1 and leased_until = $4",
            pull.attempt_id.0,
            next,
            failures,
            pull.leased_until,
            now
        )?;
        self.ring(Topic::Pulls);
        Ok(())
    }

    /// Asks about an attempt at an instant, or sooner if that was planned.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn pull_by(&mut self, id: AttemptId, due_at: DateTime<Utc>) -> Result<(), StorageError> {
        execute!(
            self,
            "update payment_attempts set pull_due_at = $2
             where id = $1 and (pull_due_at is null or pull_due_at > $2)",
            id.0,
            due_at
        )?;
        self.ring(Topic::Pulls);
        Ok(())
    }

    /// Asks about an attempt at an instant, whatever was planned: when the plan was made for a
    /// charge that had not been answered.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn pull_at(&mut self, id: AttemptId, due_at: DateTime<Utc>) -> Result<(), StorageError> {
        execute!(self, "update payment_attempts set pull_due_at = $2 where id = $1", id.0, due_at)?;
        self.ring(Topic::Pulls);
        Ok(())
    }

    /// Asks about every charge of a link that may still be paid, at an instant or sooner.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn pull_link_by(&mut self, id: LinkId, due_at: DateTime<Utc>) -> Result<(), StorageError> {
        execute!(
            self,
            "update payment_attempts set pull_due_at = $2
             where order_id in (select id from orders where payment_link_id = $1 and unit = 'held')
               and state in ('creating', 'unknown', 'pending', 'challenge', 'authorized')
               and (pull_due_at is null or pull_due_at > $2)",
            id.0,
            due_at
        )?;
        Ok(())
    }
}

impl Reader {
    /// The plans for an order's charges that wait for their customer and whose gateway answers.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn planned_pulls(&mut self, token_hash: &[u8]) -> Result<Vec<PlannedPull>, StorageError> {
        let rows = fetch_all!(
            self,
            (Uuid, DateTime<Utc>, DateTime<Utc>),
            "select payment_attempts.id, payment_attempts.pull_due_at,
                 coalesce(payment_attempts.pulled_at, payment_attempts.created_at)
             from orders join payment_attempts on payment_attempts.order_id = orders.id
             where orders.token_hash = $1 and payment_attempts.pull_due_at is not null
               and payment_attempts.pull_failures = 0
               and payment_attempts.state in ('creating', 'unknown', 'pending', 'challenge', 'authorized')",
            token_hash
        )?;
        let plan = |(id, due_at, asked_at)| PlannedPull { attempt_id: AttemptId(id), due_at, asked_at };
        Ok(rows.into_iter().map(plan).collect())
    }

    /// How many charges are due to be asked about at an instant.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn count_due_pulls(&mut self, now: DateTime<Utc>) -> Result<i64, StorageError> {
        let (due,): (i64,) = fetch_one!(
            self,
            (i64,),
            "select cast(count(*) as bigint) from payment_attempts
             where pull_due_at <= $1 or leased_until > $1",
            now
        )?;
        Ok(due)
    }
}
