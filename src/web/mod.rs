//! How customers and gateways talk: pages for people, routes for programs.
//!
//! [`router`] has every route on one screen, [`server`] serves them. A page is a handler
//! ([`link_page`], [`order_page`]), a view that says in plain values what stands on it ([`link_view`],
//! [`order_view`]), and a template that only lays them out.

mod choice_field;
pub mod client;
pub mod gateway_webhook;
pub mod goods_view;
pub mod guards;
pub mod guides;
pub mod health;
pub mod icons;
pub mod in_app;
pub mod key_form;
pub mod link_opening;
pub mod link_page;
pub mod link_photo;
pub mod link_question;
pub mod link_standing;
pub mod link_view;
pub mod method_choice;
pub mod money_rows;
pub mod money_scenes;
pub mod order_events;
pub mod order_page;
mod order_qr;
pub mod order_said;
pub mod order_view;
pub mod own_order_view;
pub mod page;
pub mod page_texts;
pub mod plain_page;
#[cfg(test)]
mod pretend_gateway;
pub mod preview;
pub mod rate_limits;
pub mod receipt;
pub mod request_origin;
pub mod router;
#[cfg(test)]
mod samples;
pub mod server;
pub mod shop_photo;
pub mod submitted_form;
pub mod telegram_webhook;
pub mod todo_view;
#[cfg(test)]
mod todo_view_tests;
mod trust_view;
pub mod turn;
pub mod visit;
