//! Pure types and rules of the shop.
