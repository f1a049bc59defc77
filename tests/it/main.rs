//! Stories.

mod audit;
mod create_by_line;
mod create_by_wizard;
mod delete_and_undo;
mod link_talk;
mod links_list;
mod main_job;
mod midtrans_gateway;
mod old_buttons;
mod onboarding;
mod shop_talk;
mod storage;
mod support;
