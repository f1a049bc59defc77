//! A link on its way to customers, and customers in chat.

mod customers;
mod inline;
mod pictures;
