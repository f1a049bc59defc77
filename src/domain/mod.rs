//! Pure types and rules of the shop.

pub mod language;
pub mod money;
