//! Stories.

mod audit;
mod main_job;
mod midtrans_gateway;
mod storage;
mod support;
