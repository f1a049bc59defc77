//! The screens about notices.

use chrono::TimeDelta;
use tautan::domain::notice_settings::NoticeKind;
use tautan::messaging::buttons::{NoticesPress, Press, QuestionAnswer};

use super::Walk;

/// How one is told, and what is told beside money.
pub(super) async fn screens(walk: &mut Walk<'_>) {
    let notices = |press| Press::Notices(press);
    // Whoever still waits is not paid any more, and that is not told yet.
    walk.app.advance(TimeDelta::days(2));
    walk.app.settles().await;
    walk.says("/settings").await;
    walk.taps(notices(NoticesPress::Settings)).await;
    walk.taps(notices(NoticesPress::Kind(NoticeKind::Unpaid, true))).await;
    walk.taps(notices(NoticesPress::Quiet)).await;
    walk.says("<b>&").await;
    walk.says("22-6").await;
    walk.taps(notices(NoticesPress::Recap)).await;
    walk.says("99").await;
    walk.taps(notices(NoticesPress::RecapPick(Some(20 * 60)))).await;
    walk.taps_like(|press| matches!(press, Press::Notices(NoticesPress::RecordRecap(_)))).await;
    let link = walk.app.base_url.join("kaos").expect("an address");
    let mut gita = walk.app.customer();
    gita.orders(&link, "Gita", "BCA Virtual Account").await;
    let before = walk.ani.phone.messages();
    walk.app.advance(TimeDelta::days(2));
    walk.notes("(Gita does not pay)", &before).await;
    let before = walk.ani.phone.messages();
    walk.app.tells_recaps().await;
    walk.notes("(it is eight in the evening)", &before).await;
    walk.says("/links").await;
    walk.taps_like(|press| matches!(press, Press::Link(_))).await;
    walk.taps_like(|press| matches!(press, Press::SwitchOff(_))).await;
    let before = walk.ani.phone.messages();
    gita.opens(&link).await;
    gita.posts(link.join(&format!("{}/question", link.path())).expect("an address"), &[]).await;
    walk.notes("(Gita asks for it)", &before).await;
    let answers = |answer| move |press: &Press| matches!(press, Press::Notices(NoticesPress::RecordAnswer(_, is)) if *is == answer);
    walk.taps_like(answers(QuestionAnswer::No)).await;
    walk.taps_like(answers(QuestionAnswer::Open)).await;
}
