//! What the schema itself refuses, whoever writes.

use std::collections::BTreeSet;

use super::Ground;

/// Every column that may be empty, and no other.
const MAY_BE_EMPTY: [&str; 122] = [
    "alerts.merchant_id",
    "alerts.told_at",
    "chats.leased_by",
    "chats.leased_until",
    "confirmations.attempt_id",
    "confirmations.used_at",
    "customer_questions.answer",
    "customer_questions.answered_at",
    "gateway_accounts.refused_at",
    "gateway_accounts.retired_at",
    "gateway_accounts.sealed_key",
    "gateway_notices.attempt_id",
    "invitations.created_by",
    "invitations.used_at",
    "invitations.used_by",
    "key_forms.card",
    "key_forms.used_at",
    "letters.attempt_id",
    "letters.leased_by",
    "letters.leased_until",
    "letters.order_id",
    "letters.sent_to_mark",
    "letters.settled_at",
    "link_drafts.batch_id",
    "link_import_rows.draft",
    "link_import_rows.link_id",
    "link_imports.card",
    "link_imports.due_at",
    "link_imports.leased_by",
    "link_questions.declined_at",
    "living_cards.due_at",
    "merchants.chat_name",
    "merchants.chat_person",
    "merchants.chat_seen_at",
    "merchants.colour",
    "merchants.default_life_minutes",
    "merchants.default_limit",
    "merchants.follow_up_hours",
    "merchants.methods",
    "merchants.photo_id",
    "notifications.failure",
    "notifications.order_id",
    "notifications.settled_at",
    "notifications.telegram_message_id",
    "orders.accepted_at",
    "orders.accepted_by",
    "orders.buyer_note",
    "orders.changing_until",
    "orders.customer_erased_at",
    "orders.find_by",
    "orders.followed_up_at",
    "orders.goods",
    "orders.hold_until",
    "orders.item_name",
    "orders.network",
    "orders.paid_at",
    "orders.paid_with",
    "orders.shipped_at",
    "orders.shipped_by",
    "orders.turn_told_at",
    "orders.waiting_since",
    "outbox_chats.due_at",
    "outbox_chats.held_until",
    "outbox_chats.leased_by",
    "outbox_chats.moved_to",
    "outbox_chats.not_before",
    "outbox_chats.returned_at",
    "outbox_chats.unreachable_since",
    "payment_attempts.instructions",
    "payment_attempts.leased_by",
    "payment_attempts.leased_until",
    "payment_attempts.pull_due_at",
    "payment_attempts.pulled_at",
    "payment_attempts.restoring_since",
    "payment_attempts.settled_at",
    "payment_attempts.transaction_id",
    "payment_bursts.list_message_id",
    "payment_bursts.list_shown_at",
    "payment_links.buyer_note",
    "payment_links.customer_email",
    "payment_links.customer_name",
    "payment_links.customer_phone",
    "payment_links.deleted_at",
    "payment_links.expires_at",
    "payment_links.find_by",
    "payment_links.methods",
    "payment_links.opens_at",
    "payment_links.paused_at",
    "payment_links.photo_id",
    "payment_links.pricing",
    "payment_links.return_url",
    "payment_links.seller_note",
    "payment_links.sold_out_told_at",
    "payment_links.usage_limit",
    "place_invitations.used_at",
    "places.gone_at",
    "places.gone_because",
    "places.recap_at",
    "places.recap_day",
    "places.recap_due_at",
    "places.recap_until",
    "places.thread",
    "refunds.bank_confirmed_at",
    "refunds.failure",
    "refunds.settled_at",
    "rehearsals.order_id",
    "shared_messages.turns_at",
    "shop_log.about",
    "shop_log.amount_minor",
    "shop_log.link_id",
    "shop_log.order_id",
    "staff.active_at",
    "staff.quiet_from",
    "staff.quiet_until",
    "staff.recap_at",
    "staff.recap_day",
    "staff.recap_due_at",
    "staff.recap_until",
    "team_invitations.used_at",
    "team_invitations.used_by",
    "telegram_updates.done_at",
    "telegram_updates.repeat_until",
];

/// Statements that no version of this program writes, on a shop with one link, one order and one charge.
const REFUSED: [&str; 23] = [
    "update merchants set language = 'xx'",
    "update merchants set mode = 'test'",
    "update merchants set ledger_sequence = -1",
    "update merchants set ledger_seal = null",
    "update payment_links set used = -1",
    "update payment_links set held = -1",
    "update payment_links set usage_limit = 0",
    "update payment_links set usage_limit = 1000001",
    "update payment_links set price_minor = 0",
    "update payment_links set mode = ''",
    "update orders set unit = 'taken'",
    "update orders set amount_minor = 0",
    "update orders set late = null",
    "update orders set customer_email = null",
    "update orders set language = 'xx'",
    "update payment_attempts set amount_minor = -5",
    "update payment_attempts set returned_minor = -1",
    "update payment_attempts set pay_by = null",
    "update payment_attempts set mode = 'x'",
    "insert into staff (merchant_id, telegram_id, role, language, joined_at)
     select id, 1, 'boss', 'id', created_at from merchants",
    "insert into notifications (id, merchant_id, chat, message, dedupe_key, state, created_at)
     select id, id, 1, '{}', 'k', 'lost', created_at from merchants",
    "insert into notifications (id, merchant_id, chat, message, dedupe_key, state, created_at, kind)
     select id, id, 1, '{}', 'k', 'sent', created_at, 'gossip' from merchants",
    "delete from payment_links",
];

#[tokio::test]
async fn the_schema_refuses_what_cannot_be() {
    let ground = Ground::lay().await;
    ground.write_attempt(chrono::TimeDelta::zero()).await;
    for statement in REFUSED {
        let done = ground.database.execute(statement).await;
        assert!(done.is_err(), "{statement} touched {done:?}");
    }
}

/// A backup copies the tables that are read from the text of the steps.
#[tokio::test]
async fn every_table_that_the_steps_make_is_known_by_name() {
    let ground = Ground::lay().await;
    let query = if ground.database.is_postgres() {
        "select table_name || '' from information_schema.tables where table_schema = current_schema()"
    } else {
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
    };
    let found: BTreeSet<String> = ground.database.texts(query).await.unwrap().into_iter().collect();
    let made: BTreeSet<_> = found.into_iter().filter(|name| !name.starts_with("_sqlx")).collect();
    let known = ground.storage.read().await.unwrap().tables().await.unwrap();
    assert_eq!(made, known.into_iter().map(|table| table.name).collect());
}

#[tokio::test]
async fn only_the_columns_that_may_be_empty_may() {
    let ground = Ground::lay().await;
    let query = if ground.database.is_postgres() {
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = current_schema() and is_nullable = 'YES'"
    } else {
        "select tables.name || '.' || columns.name from sqlite_schema tables
         join pragma_table_info(tables.name) columns on columns.\"notnull\" = 0 where tables.type = 'table'"
    };
    let found: BTreeSet<String> = ground.database.texts(query).await.unwrap().into_iter().collect();
    let ours: BTreeSet<_> =
        found.iter().filter(|name| !name.starts_with("_sqlx")).map(String::as_str).collect();
    assert_eq!(ours, MAY_BE_EMPTY.into_iter().collect());
}
