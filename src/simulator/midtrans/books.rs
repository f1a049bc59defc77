//! Everything the simulator remembers, and the only place where it changes. No waiting, no network.

use std::collections::{BTreeSet, HashMap, VecDeque};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::charge_request::{ChargeRequest, Rejection};
use super::idempotency::IdempotencyKeys;
use super::instructions::{Places, issue};
use super::journal::{Direction, Journal, JournalEntry};
use super::misbehaviour::{Conduct, Endpoint, Misbehaviour, alter, take};
use super::notices::{Notice, Outbox};
use super::signature::sign;
use super::snap::SnapSession;
use super::transaction::{Change, Refusal, Status, Transaction};

const ORDER_ID_TAKEN: &str = "The order id is already in use by another transaction";

#[derive(Default)]
pub(super) struct Books {
    pub(super) server_key: String,
    pub(super) merchant_id: String,
    pub(super) any_method_reverses: bool,
    pub(super) journal: Journal,
    pub(super) script: Vec<Misbehaviour>,
    pub(super) outbox: Outbox,
    pub(super) idempotency: IdempotencyKeys,
    pub(super) snap_sessions: HashMap<String, SnapSession>,
    pub(super) charges_per_minute: Option<usize>,
    pub(super) hanging: usize,
    recent_charges: VecDeque<DateTime<Utc>>,
    transactions: HashMap<String, Transaction>,
    /// The newest transaction of an order id: an expired one frees its id.
    latest: HashMap<String, String>,
    sequence: Vec<String>,
    deadlines: BTreeSet<(DateTime<Utc>, String)>,
}

/// Addresses and names for a new charge.
pub(super) struct Counter<'a> {
    pub(super) core: &'a str,
    pub(super) public: &'a str,
    pub(super) store: &'a str,
    pub(super) notify_urls: Vec<Url>,
}

impl Books {
    pub(super) fn new(server_key: &str, merchant_id: &str) -> Self {
        Self { server_key: server_key.to_owned(), merchant_id: merchant_id.to_owned(), ..Self::default() }
    }

    /// Opens a transaction and returns its id.
    pub(super) fn open(
        &mut self,
        request: ChargeRequest,
        counter: Counter<'_>,
        now: DateTime<Utc>,
    ) -> Result<String, Rejection> {
        self.expire_overdue(now);
        let reusable = self.find(&request.order_id).is_none_or(|earlier| {
            // A page lets its payer try another card.
            let tries_again = earlier.status == Status::Deny && earlier.settled_at.is_none();
            earlier.status == Status::Expire || (tries_again && request.method.is_snaps_own())
        });
        if !reusable {
            return Err(Rejection::new(406, ORDER_ID_TAKEN));
        }
        let transaction_id = Uuid::new_v4().to_string();
        let places = Places {
            core: counter.core,
            public: counter.public,
            store: counter.store,
            merchant_id: &self.merchant_id,
            transaction_id: &transaction_id,
        };
        let instructions = issue(&request, &places, |number| self.is_payable(number));
        let transaction = Transaction {
            transaction_id: transaction_id.clone(),
            order_id: request.order_id.clone(),
            merchant_id: self.merchant_id.clone(),
            gross_amount: request.gross_amount,
            method: request.method,
            instructions,
            status: Status::Pending,
            challenged: false,
            created_at: now,
            expires_at: request.expires_at,
            settled_at: None,
            payment_amounts: Vec::new(),
            refunds: Vec::new(),
            chargebacks: Vec::new(),
            echoes: request.echoes,
            notify_urls: counter.notify_urls,
            finish_url: request.finish_url,
        };
        self.deadlines.insert((request.expires_at, transaction_id.clone()));
        self.latest.insert(request.order_id, transaction_id.clone());
        self.sequence.push(transaction_id.clone());
        self.transactions.insert(transaction_id.clone(), transaction);
        self.announce(&transaction_id, now);
        Ok(transaction_id)
    }

    /// Looks up by order id or transaction id.
    pub(super) fn find(&self, id: &str) -> Option<&Transaction> {
        self.transactions.get(self.latest.get(id).map_or(id, String::as_str))
    }

    /// The page on which an order may still be paid, by its token.
    pub(super) fn open_page(&self, order_id: &str, now: DateTime<Utc>) -> Option<(&str, &SnapSession)> {
        let mut pages = self.snap_sessions.iter();
        let (token, page) = pages.find(|(_, page)| page.order_id == order_id && page.is_open(now))?;
        let is_open = |begun: &Transaction| matches!(begun.status, Status::Deny | Status::Expire);
        let decided = self.find(order_id).is_some_and(|begun| !is_open(begun));
        (!decided).then_some((token.as_str(), page))
    }

    /// Oldest first.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &Transaction> {
        self.sequence.iter().filter_map(|id| self.transactions.get(id))
    }

    /// Applies a change and announces it. `None`: no such transaction.
    pub(super) fn change(
        &mut self,
        id: &str,
        change: Change,
        now: DateTime<Utc>,
    ) -> Option<Result<(), Refusal>> {
        self.expire_overdue(now);
        let transaction_id = self.find(id)?.transaction_id.clone();
        let transaction = self.transactions.get_mut(&transaction_id)?;
        let is_refund = matches!(change, Change::Refund { .. });
        if let Err(refusal) = transaction.apply(change, now) {
            return Some(Err(refusal));
        }
        self.announce(&transaction_id, now);
        if is_refund {
            if let Some(transaction) = self.transactions.get_mut(&transaction_id) {
                transaction.confirm_refunds(now);
            }
            self.announce(&transaction_id, now);
        }
        Some(Ok(()))
    }

    /// Pending charges past their time expire as soon as anyone looks.
    pub(super) fn expire_overdue(&mut self, now: DateTime<Utc>) {
        while let Some((deadline, _)) = self.deadlines.first() {
            if *deadline > now {
                break;
            }
            let Some((_, transaction_id)) = self.deadlines.pop_first() else { break };
            let overdue = self.transactions.get_mut(&transaction_id);
            if overdue.is_some_and(|transaction| transaction.apply(Change::Expire, now).is_ok()) {
                self.announce(&transaction_id, now);
            }
        }
    }

    /// Queues a notice of the transaction's present state, unless a misbehaviour has other plans.
    pub(super) fn announce(&mut self, transaction_id: &str, now: DateTime<Utc>) {
        let Some(transaction) = self.transactions.get(transaction_id) else { return };
        let order_id = transaction.order_id.clone();
        let urls = transaction.notify_urls.clone();
        let mut fields = transaction.describe();
        fields.insert("status_code".to_owned(), json!(transaction.notice_code()));
        if urls.is_empty() {
            return;
        }
        let conduct = take(&mut self.script, Endpoint::Notice, Some(&order_id));
        let mut key = self.server_key.clone();
        match &conduct {
            Some(Conduct::Alter { fields: changes }) => alter(&mut fields, changes),
            Some(Conduct::ForgeSignature) => key.push_str("-forged"),
            _ => {}
        }
        let body = notice_body(fields, &key);
        let notices = urls.into_iter().map(|url| Notice {
            transaction_id: transaction_id.to_owned(),
            url,
            body: body.clone(),
        });
        for notice in notices {
            match &conduct {
                Some(Conduct::Drop) => {
                    let path = notice.url.as_str();
                    self.journal.write(JournalEntry::new(Direction::Dropped, now, "POST", path, notice.body));
                }
                Some(Conduct::Hold) => self.outbox.hold(notice),
                Some(Conduct::Reorder) => self.outbox.postpone(notice),
                Some(Conduct::Duplicate { copies }) => self.outbox.push(notice, *copies),
                _ => self.outbox.push(notice, 0),
            }
        }
    }

    /// Queues a notice with other fields than the truth. `None`: no such transaction.
    pub(super) fn announce_falsely(
        &mut self,
        id: &str,
        changes: &Map<String, Value>,
        key: &str,
    ) -> Option<()> {
        let transaction = self.find(id)?;
        let mut fields = transaction.describe();
        fields.insert("status_code".to_owned(), json!(transaction.notice_code()));
        alter(&mut fields, changes);
        let body = notice_body(fields, key);
        let transaction_id = transaction.transaction_id.clone();
        for url in transaction.notify_urls.clone() {
            let notice = Notice { transaction_id: transaction_id.clone(), url, body: body.clone() };
            self.outbox.push(notice, 0);
        }
        Some(())
    }

    /// Counts a charge against the limit of the last minute; `false` when there were too many.
    pub(super) fn admit_charge(&mut self, now: DateTime<Utc>) -> bool {
        let Some(limit) = self.charges_per_minute else { return true };
        let minute_ago = now - chrono::Duration::minutes(1);
        self.recent_charges.retain(|instant| *instant > minute_ago);
        if self.recent_charges.len() >= limit {
            return false;
        }
        self.recent_charges.push_back(now);
        true
    }

    /// Signs an answer that describes a transaction.
    pub(super) fn signed(&self, mut fields: Map<String, Value>) -> Map<String, Value> {
        let signature = sign_fields(&fields, &self.server_key);
        fields.insert("signature_key".to_owned(), json!(signature));
        fields
    }

    fn is_payable(&self, number: &str) -> bool {
        self.deadlines.iter().filter_map(|(_, id)| self.transactions.get(id)).any(|transaction| {
            transaction.status == Status::Pending
                && transaction.instructions.payable_number.as_deref() == Some(number)
        })
    }
}

fn notice_body(mut fields: Map<String, Value>, key: &str) -> String {
    fields.insert("status_message".to_owned(), json!("midtrans payment notification"));
    let signature = sign_fields(&fields, key);
    fields.entry("signature_key").or_insert(json!(signature));
    Value::Object(fields).to_string()
}

fn sign_fields(fields: &Map<String, Value>, key: &str) -> String {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    sign(text("order_id"), text("status_code"), text("gross_amount"), key)
}
