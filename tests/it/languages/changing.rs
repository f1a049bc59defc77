//! The screens of changing a link, of one more like it, of plain words that read as a link, and of an ended one
//! that somebody asks for.

use chrono::TimeDelta;
use tautan::domain::language::Language;
use tautan::messaging::buttons::{DraftField, FindingPress, NoticesPress, Press, QuestionAnswer};
use url::Url;

use super::Walk;

/// A name in its longest words.
fn long_name() -> String {
    "<&>".repeat(33)
}

pub(super) async fn screens(walk: &mut Walk<'_>, language: Language) {
    // Who has not paid is told whenever it is looked for: from here on time goes by.
    walk.says("/settings").await;
    walk.taps(Press::Finding(FindingPress::FollowUp)).await;
    walk.taps(Press::Finding(FindingPress::FollowUpAfter(0))).await;
    changes(walk).await;
    plain_words(walk).await;
    ended(walk, language).await;
}

async fn changes(walk: &mut Walk<'_>) {
    let link = makes(walk, &format!("{} 999999999 x1000000 730d link:ubah", long_name())).await;
    walk.taps_like(|press| matches!(press, Press::Change(_))).await;
    let buyer = format!("{}, 08123456789, {}@example.test", "<&>".repeat(30), "b".repeat(60));
    for (field, answer) in [
        (DraftField::Name, "&<>".repeat(33)),
        (DraftField::Price, "50rb".to_owned()),
        (DraftField::Limit, "5".to_owned()),
        (DraftField::Expiry, "3d".to_owned()),
    ] {
        edits(walk, field, &answer).await;
    }
    walk.taps_like(|press| matches!(press, Press::ChangeSave(..))).await;
    // What its orders and its address forbid.
    let mut customers = [walk.app.customer(), walk.app.customer()];
    for (customer, name) in customers.iter_mut().zip(["Budi", "Citra"]) {
        customer.orders(&link, name, "BCA Virtual Account").await;
    }
    customers[0].pays().await;
    walk.app.settles().await;
    walk.says("/links").await;
    walk.taps_like(|press| matches!(press, Press::Link(_))).await;
    walk.taps_like(|press| matches!(press, Press::Change(_))).await;
    edits(walk, DraftField::Limit, "1").await;
    walk.taps_like(|press| matches!(press, Press::ChangeSave(..))).await;
    edits(walk, DraftField::Limit, "9").await;
    edits(walk, DraftField::Customer, &buyer).await;
    walk.taps_like(|press| matches!(press, Press::ChangeSave(..))).await;
    walk.taps_like(|press| matches!(press, Press::ChangeLeave(..))).await;
    walk.taps_like(|press| matches!(press, Press::MakeLike(_))).await;
    walk.taps_like(|press| matches!(press, Press::DraftCancel(_))).await;
}

/// Words without a command.
async fn plain_words(walk: &mut Walk<'_>) {
    walk.says(&format!("{} 75rb x3 3d", long_name())).await;
    walk.taps_like(|press| matches!(press, Press::DraftCancel(_))).await;
    walk.says("Kaos 75.00").await;
    walk.taps_like(|press| matches!(press, Press::DraftCancel(_))).await;
}

/// A customer asks for what is over, and for what is sold out.
async fn ended(walk: &mut Walk<'_>, language: Language) {
    let answers = |answer| move |press: &Press| matches!(press, Press::Notices(NoticesPress::RecordAnswer(_, is)) if *is == answer);
    let hour = match language {
        Language::Indonesian => "1jam",
        Language::English => "1h",
    };
    let over = makes(walk, &format!("{} 50rb {hour} link:lewat", long_name())).await;
    walk.app.settles().await;
    walk.app.advance(TimeDelta::hours(2));
    asks(walk, &over).await;
    walk.taps_like(answers(QuestionAnswer::Price)).await;
    walk.says("40rb").await;
    walk.taps_like(|press| matches!(press, Press::ChangeLeave(..))).await;
    walk.taps_like(answers(QuestionAnswer::Longer(24))).await;
    walk.taps_like(answers(QuestionAnswer::Longer(24))).await;

    let sold_out = makes(walk, &format!("{} 10rb x1 link:ludes", long_name())).await;
    let mut budi = walk.app.customer();
    budi.orders(&sold_out, "Budi", "BCA Virtual Account").await;
    let before = walk.ani.phone.messages();
    budi.pays().await;
    budi.waits_for("Lunas").await;
    walk.notes("(Budi buys the last one)", &before).await;
    asks(walk, &sold_out).await;
    walk.taps_like(answers(QuestionAnswer::More(5))).await;
}

/// Makes a link by a line; gives its address, the last word of the line behind its colon.
async fn makes(walk: &mut Walk<'_>, line: &str) -> Url {
    walk.says(&format!("/new {line}")).await;
    walk.taps_like(|press| matches!(press, Press::DraftCreate(_))).await;
    let slug = line.rsplit("link:").next().unwrap_or_default();
    walk.app.base_url.join(slug).expect("an address")
}

async fn edits(walk: &mut Walk<'_>, field: DraftField, answer: &str) {
    walk.taps_like(|press| matches!(press, Press::DraftEdit(_, at) if *at == field)).await;
    walk.says(answer).await;
}

async fn asks(walk: &mut Walk<'_>, link: &Url) {
    let mut gita = walk.app.customer();
    walk.app.settles().await;
    let before = walk.ani.phone.messages();
    gita.opens(link).await;
    gita.posts(link.join(&format!("{}/question", link.path())).expect("an address"), &[]).await;
    walk.notes("(Gita asks for it)", &before).await;
}
