//! Stories.

mod audit;
mod change_of_method;
mod deny_and_expire;
mod link_talk;
mod main_job;
mod midtrans_gateway;
mod pay_by_each_method;
mod shop_talk;
mod storage;
mod support;
mod usage_limit;
