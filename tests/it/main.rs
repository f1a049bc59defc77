//! Stories.

mod main_job;
mod midtrans_gateway;
mod support;
