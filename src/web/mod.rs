//! How customers and gateways talk: pages for people, routes for programs.
//!
//! [`router`] has every route on one screen, [`server`] serves them. A page is a handler
//! (`link_page`, `order_page`), a view that says in plain values what stands on it (`link_view`,
//! `order_view`), and a template that only lays them out.

pub mod guards;
pub mod page;
pub mod page_texts;
pub mod plain_page;
pub mod request_origin;
pub mod submitted_form;
pub mod visit;
