//! Pure types and rules of the shop: no async, no IO. Everything that people or gateways say is
//! parsed here into types that cannot hold anything else.

pub mod apply;
pub mod attempt;
pub mod clock;
pub mod id;
pub mod ledger;
pub mod link_draft;
pub mod merchant;
pub mod notification;
pub mod order;
pub mod payment_link;
pub mod payment_method;
pub mod report;
