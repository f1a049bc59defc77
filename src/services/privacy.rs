//! What a customer may ask for: all that is kept about them, and that it goes away (UU 27/2022, within
//! 3 × 24 hours). What is old goes away by itself.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{ServiceError, Services};
use crate::domain::order::Order;
pub use crate::storage::privacy::CustomerContact;
use crate::storage::{Reader, Storage};

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erasure {
    /// Orders whose customer is unknown from now on.
    pub orders: u64,
    /// Rows beside the orders that mentioned the customer.
    pub mentions: u64,
    /// Orders that are being paid right now, and were left.
    pub left: u64,
}

/// All that is kept about a customer, as JSON: each order with its charges. What else repeats the contact is
/// counted.
///
/// # Errors
/// When the database cannot be asked.
pub async fn export_customer(storage: &Storage, contact: &CustomerContact) -> Result<Value, ServiceError> {
    let mut reader = storage.snapshot().await?;
    let orders = reader.orders_of_customer(contact).await?;
    let mentions = reader.mentions_of_customer(contact).await?;
    let export = customer_as_json(&mut reader, &orders, mentions).await?;
    reader.end().await?;
    Ok(export)
}

/// These orders with their charges, and how many further places repeat the contact.
pub(super) async fn customer_as_json(
    reader: &mut Reader,
    of_customer: &[Order],
    mentions: i64,
) -> Result<Value, ServiceError> {
    let mut orders = Vec::new();
    for order in of_customer {
        let (merchant, link) =
            (reader.merchant(order.merchant_id).await?, reader.link(order.merchant_id, order.link_id).await?);
        let mut charges = Vec::new();
        for attempt in reader.attempts(order.id).await? {
            charges.push(json!({
                "gateway_order_id": attempt.gateway_order_id.as_str(),
                "method": attempt.method.code(),
                "state": attempt.state.code(),
                "returned": attempt.returned_minor,
                "created_at": attempt.created_at,
            }));
        }
        let followers = reader.order_followers(order.id).await?;
        let chats: Vec<i64> = followers.iter().map(|follower| follower.chat.0).collect();
        orders.push(json!({
            "code": order.code.to_string(),
            "shop": merchant.map(|merchant| merchant.name.as_str().to_owned()),
            "item": link.as_ref().map(|link| order.title(link)),
            "state": order.state.code(),
            "amount_minor": order.amount.minor(),
            "currency": order.amount.currency().code(),
            "name": order.customer.name.as_str(),
            "phone": order.customer.phone.as_str(),
            "email": order.customer.email.as_str(),
            "language": order.language.code(),
            "created_at": order.created_at,
            "paid_at": order.paid_at,
            "charges": charges,
            "telegram_chats": chats,
        }));
    }
    Ok(json!({ "orders": orders, "further_mentions": mentions }))
}

/// Erases a customer's name, phone number and e-mail address everywhere. Orders, amounts and books
/// stay, and still fit.
///
/// # Errors
/// When the database cannot be asked; what was erased until then stays erased.
pub async fn erase_customer(storage: &Storage, contact: &CustomerContact) -> Result<Erasure, ServiceError> {
    let mut erasure = Erasure::default();
    let orders = storage.read().await?.orders_of_customer(contact).await?;
    for batch in orders.chunks(200) {
        let mut writer = storage.write().await?;
        for order in batch {
            let erased = u64::from(writer.erase_customer_of(order.id).await?);
            erasure.orders += erased;
            erasure.left += 1 - erased;
        }
        writer.commit().await?;
    }
    let mut writer = storage.write().await?;
    erasure.mentions = writer.erase_mentions(contact).await?;
    writer.commit().await?;
    Ok(erasure)
}

impl Services {
    /// Erases the customers of orders that are older than `retention`; gives how many.
    ///
    /// # Errors
    /// When the database cannot be asked; the next round goes on.
    pub async fn erase_old_customers(&self, retention: TimeDelta) -> Result<u64, ServiceError> {
        let mut erased = 0;
        loop {
            let mut writer = self.storage.write().await?;
            let made_before = writer.now() - retention;
            let batch = writer.erase_old_customers(made_before).await?;
            writer.commit().await?;
            erased += batch;
            if batch == 0 {
                return Ok(erased);
            }
        }
    }
}
