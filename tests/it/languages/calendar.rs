//! The screens of the calendar: days, hours, and the question that they answer.

use tautan::messaging::buttons::{CalendarPress, DraftField, Press};

use super::Walk;

/// The end of a link and its opening, chosen by buttons, in the month after this one.
pub(super) async fn screens(walk: &mut Walk<'_>) {
    // Late in the evening, today could no longer be chosen.
    walk.app.until_hour(9).await;
    walk.app.settles().await;
    walk.says("/new Payung <&> 20000").await;
    walk.taps_like(|press| matches!(press, Press::DraftEdit(_, DraftField::Expiry))).await;
    opens_next_month(walk).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Day(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Month(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Ask(..)))).await;
    opens_next_month(walk).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Day(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Hour(.., 24)))).await;
    walk.taps_like(|press| matches!(press, Press::Goods(_))).await;
    walk.taps_like(|press| matches!(press, Press::DraftEdit(_, DraftField::OpensAt))).await;
    opens_next_month(walk).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Day(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Hour(.., 9)))).await;
    walk.taps_like(|press| matches!(press, Press::DraftCancel(_))).await;
}

async fn opens_next_month(walk: &mut Walk<'_>) {
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Month(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Calendar(CalendarPress::Month(..)))).await;
}
