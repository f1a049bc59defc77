//! Stories.

mod audit;
mod link_talk;
mod main_job;
mod midtrans_gateway;
mod shop_talk;
mod storage;
mod support;
