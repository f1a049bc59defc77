//! Pure types and rules of the shop.

pub mod card_number;
pub mod customer;
pub mod language;
pub mod money;
pub mod reference;
pub mod slug;
pub mod usage_limit;
pub mod visible_text;
