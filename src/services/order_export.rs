//! Orders to take home as a file. Read page by page and never in one snapshot: somebody may take a while
//! to be sent a hundred thousand orders, and the database should not keep its past for them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::merchants::Seat;
use super::{ServiceError, Services};
use crate::domain::figures::Span;
use crate::domain::id::TelegramId;
use crate::domain::order_line::{LinePlace, OrderLine};
use crate::domain::shop_log::{LogEvent, LogSubject};

/// Orders that are read at once.
const LINES_PER_PAGE: i64 = 1_000;

/// People whose files are being made in this process. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct ExportsUnderWay(Arc<Mutex<BTreeSet<TelegramId>>>);

/// A file that is being made: while this lives, the person gets no other one.
#[derive(Debug)]
pub struct ExportPlace {
    exports: ExportsUnderWay,
    person: TelegramId,
}

impl Services {
    /// Orders of a span in the shop's present mode, oldest first, from after a place on: a page of them,
    /// empty at the end. `None` for who may not have customers' details.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn order_lines(
        &self,
        seat: &Seat,
        span: &Span,
        after: Option<LinePlace>,
    ) -> Result<Option<Vec<OrderLine>>, ServiceError> {
        if !seat.member.role.may_export() {
            return Ok(None);
        }
        let merchant = &seat.merchant;
        let mut reader = self.storage.read().await?;
        Ok(Some(reader.order_lines(merchant.id, merchant.mode, span, after, LINES_PER_PAGE).await?))
    }

    /// Begins a file for a person; `None` while another one is being made.
    #[must_use]
    pub fn begin_export(&self, person: TelegramId) -> Option<ExportPlace> {
        let is_free = self.exports.lock().insert(person);
        is_free.then(|| ExportPlace { exports: self.exports.clone(), person })
    }

    /// Writes down that somebody takes customers' details home: their owner reads who did.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn log_export(&self, seat: &Seat, event: LogEvent) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.log(seat.merchant.id, seat.member.telegram_id, event, LogSubject::default()).await?;
        Ok(writer.commit().await?)
    }

    /// Runs something to its end beside the answer to a person; a stop waits for it.
    pub fn go_on_beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.running.spawn(work);
    }
}

impl ExportsUnderWay {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<TelegramId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ExportPlace {
    fn drop(&mut self) {
        self.exports.lock().remove(&self.person);
    }
}
