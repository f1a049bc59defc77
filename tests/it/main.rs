//! Stories.

mod midtrans_gateway;
mod support;
