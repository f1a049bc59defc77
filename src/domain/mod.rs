//! Pure types and rules of the shop: no async, no IO. Everything that people or gateways say is
//! parsed here into types that cannot hold anything else.

pub mod alert;
pub mod apply;
pub mod attempt;
pub mod audit;
pub mod back_off;
pub mod burst;
pub mod card_number;
pub mod clock;
pub mod customer;
pub mod expiry;
pub mod figures;
pub mod finding;
pub mod id;
pub mod instant_text;
pub mod language;
pub mod ledger;
pub mod link_change;
pub mod link_defaults;
pub mod link_draft;
pub mod link_import;
pub mod link_question;
pub mod link_sheet;
pub mod living_card;
pub mod merchant;
pub mod money;
pub mod month_grid;
pub mod notice_settings;
pub mod notification;
pub mod offer;
pub mod one_line;
pub mod order;
pub mod order_line;
pub mod order_money;
pub mod payment_link;
pub mod payment_method;
pub mod photo;
pub mod place;
pub mod recap;
pub mod reference;
pub mod refund;
pub mod report;
pub mod secret;
pub mod server_key;
pub mod shipping;
pub mod shop_log;
pub mod slug;
pub mod usage_limit;
pub mod visible_text;

#[cfg(test)]
mod tests;
