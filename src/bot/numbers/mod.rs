//! Numbers in chat: what the shop sold, how far customers came, and orders as files. Whoever works in the
//! shop may look at sums; what names customers is for those who serve them.

use super::BotError;
use super::talk::Talk;
use crate::messaging::buttons::NumbersPress;

pub mod export_talk;
pub mod figures_card;
pub mod figures_talk;
pub mod sheet;
pub mod shop_talk;

pub use export_talk::export_command;
pub use figures_talk::{stats_command, today_command};

/// A tap on a button about numbers.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: NumbersPress) -> Result<(), BotError> {
    match press {
        NumbersPress::Figures(period) => figures_talk::show(talk, period).await,
        NumbersPress::LinkFigures(link, period) => figures_talk::show_link(talk, link, period).await,
        NumbersPress::Exports => export_talk::show(talk).await,
        NumbersPress::Export(period) => export_talk::export(talk, period).await,
        NumbersPress::WholeShop => shop_talk::export(talk).await,
        // Taken for what they ask before.
        NumbersPress::RecordExports | NumbersPress::RecordExport(_) => Ok(()),
    }
}
