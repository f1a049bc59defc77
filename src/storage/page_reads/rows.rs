//! The rows of the statements behind the pages, and how they become what a page stands on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{LinkRead, MarkRead, PurchaseRead};
use crate::domain::id::{AttemptId, OrderId};
use crate::domain::link_question::LinkQuestion;
use crate::domain::order_money::OrderMoney;
use crate::domain::photo::PhotoFacts;
use crate::storage::columns::{by_place, row_of};
use crate::storage::gateway_accounts::ShopAccountRow;
use crate::storage::merchant_rows::MerchantRow;
use crate::storage::order_money::MoveRow;
use crate::storage::pulls::PlannedPull;
use crate::storage::rows::{AttemptRow, LinkRow, OrderRow};
use crate::storage::{Storage, StorageError};

pub(super) struct PurchaseRow {
    pub(super) order: OrderRow,
    pub(super) token_hash: Vec<u8>,
    pub(super) token_sealed: Vec<u8>,
    pub(super) attempt: Option<AttemptRow>,
    pub(super) pull_due_at: Option<DateTime<Utc>>,
    pub(super) pull_failures: Option<i64>,
    pub(super) pulled_at: Option<DateTime<Utc>>,
    pub(super) settled_at: Option<DateTime<Utc>>,
    pub(super) entry: Option<EntryRow>,
    pub(super) refund: Option<RefundRow>,
}

row_of!(PurchaseRow {
    order: table,
    token_hash: column,
    token_sealed: column,
    attempt: joined,
    pull_due_at: column,
    pull_failures: column,
    pulled_at: column,
    settled_at: column,
    entry: joined,
    refund: joined,
});

pub(super) struct EntryRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) amount_minor: i64,
    pub(super) booked_at: DateTime<Utc>,
    pub(super) sequence: i64,
}

by_place! { EntryRow: id, kind, amount_minor, booked_at, sequence }

pub(super) struct RefundRow {
    pub(super) id: Uuid,
    pub(super) amount_minor: i64,
    pub(super) requested_at: DateTime<Utc>,
}

by_place! { RefundRow: id, amount_minor, requested_at }

pub(super) struct OrderPageRow {
    pub(super) purchase: PurchaseRow,
    pub(super) link: LinkRow,
    pub(super) merchant: MerchantRow,
    pub(super) account: Option<ShopAccountRow>,
    pub(super) read_at: DateTime<Utc>,
    pub(super) soonest_hold_end: Option<DateTime<Utc>>,
    pub(super) samples: i64,
    pub(super) places_before: i64,
    pub(super) admins: i64,
}

row_of!(OrderPageRow {
    purchase: table,
    link: table,
    merchant: table,
    account: joined,
    read_at: column,
    soonest_hold_end: column,
    samples: column,
    places_before: column,
    admins: column,
});

pub(super) struct LinkPageRow {
    pub(super) link: LinkRow,
    pub(super) merchant: MerchantRow,
    pub(super) read_at: DateTime<Utc>,
    pub(super) soonest_hold_end: Option<DateTime<Utc>>,
    pub(super) samples: i64,
    pub(super) photo_digest: Option<Vec<u8>>,
    pub(super) photo_width: Option<i64>,
    pub(super) photo_height: Option<i64>,
    pub(super) asked_at: Option<DateTime<Utc>>,
    pub(super) declined_at: Option<DateTime<Utc>>,
    pub(super) asked_of_shop: i64,
}

row_of!(LinkPageRow {
    link: table,
    merchant: table,
    read_at: column,
    soonest_hold_end: column,
    samples: column,
    photo_digest: column,
    photo_width: column,
    photo_height: column,
    asked_at: column,
    declined_at: column,
    asked_of_shop: column,
});

pub(super) struct MarkRow {
    pub(super) link: LinkRow,
    pub(super) order_id: Uuid,
    pub(super) version: i64,
    pub(super) attempts: i64,
    pub(super) versions: i64,
    pub(super) entries: i64,
    pub(super) refunds: i64,
    pub(super) under_way_minor: i64,
    pub(super) places_before: i64,
    pub(super) holds_money: bool,
    pub(super) says_link: bool,
    pub(super) read_at: DateTime<Utc>,
}

row_of!(MarkRow {
    link: table,
    order_id: column,
    version: column,
    attempts: column,
    versions: column,
    entries: column,
    refunds: column,
    under_way_minor: column,
    places_before: column,
    holds_money: column,
    says_link: column,
    read_at: column,
});

impl LinkPageRow {
    pub(super) fn read(self, storage: &Storage) -> Result<LinkRead, StorageError> {
        let facts = |((digest, width), height): ((Vec<u8>, i64), i64)| PhotoFacts {
            digest: hex::encode(digest),
            width,
            height,
        };
        let declined_at = self.declined_at;
        Ok(LinkRead {
            link: self.link.read()?,
            merchant: self.merchant.read()?,
            photo: self.photo_digest.zip(self.photo_width).zip(self.photo_height).map(facts),
            question: self.asked_at.map(|asked_at| LinkQuestion { asked_at, declined_at }),
            asked_of_shop: self.asked_of_shop,
            soonest_hold_end: self.soonest_hold_end,
            is_sample: self.samples > 0,
            now: storage.deciding(self.read_at),
        })
    }
}

impl MarkRow {
    pub(super) fn read(self, storage: &Storage) -> Result<MarkRead, StorageError> {
        let moves = if self.holds_money { self.entries + self.refunds } else { 0 };
        let under_way_minor = if self.holds_money { self.under_way_minor } else { 0 };
        Ok(MarkRead {
            order_id: OrderId(self.order_id),
            version: self.version,
            attempts: self.attempts,
            versions: self.versions,
            moves,
            under_way_minor,
            places_before: self.places_before,
            link: self.says_link.then(|| self.link.read()).transpose()?,
            now: storage.deciding(self.read_at),
        })
    }
}

/// An order in the making: its charges by key, and its money by its place in the book.
struct Gathered {
    order: OrderRow,
    token_hash: Vec<u8>,
    token_sealed: Vec<u8>,
    attempts: BTreeMap<Uuid, AttemptRow>,
    planned: BTreeMap<Uuid, PlannedPull>,
    moves: BTreeMap<(i64, Uuid), MoveRow>,
}

/// Puts rows together that are of the same order and the same charge, by key: a charge with two entries and two
/// returns is four rows.
pub(super) fn read_purchases(
    rows: impl IntoIterator<Item = PurchaseRow>,
) -> Result<Vec<PurchaseRead>, StorageError> {
    let mut orders: BTreeMap<Uuid, Gathered> = BTreeMap::new();
    for row in rows {
        let PurchaseRow { order, token_hash, token_sealed, attempt, entry, refund, .. } = row;
        let (planned, moves, attempts) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let order = orders.entry(order.id()).or_insert_with(|| Gathered {
            order,
            token_hash,
            token_sealed,
            attempts,
            planned,
            moves,
        });
        let Some(attempt) = attempt else { continue };
        let (id, waits) = (attempt.id(), attempt.is_live());
        if let Some(due_at) = row.pull_due_at.filter(|_| waits && row.pull_failures == Some(0)) {
            let asked_at = row.pulled_at.unwrap_or(attempt.created_at());
            order.planned.insert(id, PlannedPull { attempt_id: AttemptId(id), due_at, asked_at });
        }
        order.attempts.insert(id, attempt);
        if let Some(entry) = entry {
            let settled_at = row.settled_at.filter(|_| entry.kind == "captured");
            let moved_at = settled_at.unwrap_or(entry.booked_at);
            let moved = MoveRow::new(entry.id, Some(entry.kind), id, entry.amount_minor, moved_at);
            order.moves.insert((entry.sequence, entry.id), moved);
        }
        if let Some(refund) = refund {
            let moved = MoveRow::new(refund.id, None, id, refund.amount_minor, refund.requested_at);
            // What is on its way stands behind what is in the book.
            order.moves.insert((i64::MAX, refund.id), moved);
        }
    }
    orders.into_values().map(Gathered::read).collect()
}

impl Gathered {
    fn read(self) -> Result<PurchaseRead, StorageError> {
        let order = self.order.read()?;
        let moves = match order.may_hold_money() {
            true => self.moves.into_values().map(MoveRow::read).collect::<Result<_, _>>()?,
            false => Vec::new(),
        };
        Ok(PurchaseRead {
            order,
            token_hash: self.token_hash,
            token_sealed: self.token_sealed,
            attempts: self.attempts.into_values().map(AttemptRow::read).collect::<Result<_, _>>()?,
            money: OrderMoney { moves },
            planned: self.planned.into_values().collect(),
        })
    }
}
