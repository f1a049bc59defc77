//! The screens about places where payments ring, and what stands in such a place.

use std::fmt::Write;

use tautan::messaging::buttons::{NoticesPress, PlacesPress, Press, ShopPlace};
use tautan::simulator::telegram::{Group, GroupKind};

use super::Walk;
use super::masking::without_chance;

/// A place from its making to its end.
pub(super) async fn screens(walk: &mut Walk<'_>) {
    let places = |press| Press::Places(press);
    walk.says("/settings").await;
    walk.taps(places(PlacesPress::Show)).await;
    walk.taps(places(PlacesPress::AddChannel)).await;
    walk.taps(places(PlacesPress::Show)).await;
    walk.taps(places(PlacesPress::AddGroup)).await;
    // The longest title, of signs that each become several.
    let group = walk.app.telegram.group(-9_001, &"<&>".repeat(42), GroupKind::Forum);
    group.adds_bot(&walk.ani.phone);
    for words in ["/help@tautan_bot", "/alerts@tautan_bot"] {
        group.says(&walk.ani.phone, words);
        walk.app.settles().await;
    }
    // Two shops: one of them is asked for.
    notes_all(walk, &group);
    group.presses(&walk.ani.phone, "Ani").expect("a shop to choose");
    walk.app.settles().await;
    let topic = group.opens_topic();
    group.says_anonymously("/alerts@tautan_bot");
    walk.says("/settings").await;
    walk.taps(places(PlacesPress::Show)).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Place(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Test(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Topic(..)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Topic(_, _, false)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Topic(_, _, true)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Topic(_, _, true)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Recap(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::RecapPick(_, Some(_))))).await;
    sells(walk, "Budi Santoso").await;
    group.says(&walk.ani.phone, "/today@tautan_bot");
    walk.app.settles().await;
    group.says_in(topic, &walk.ani.phone, "/alerts@tautan_bot");
    walk.app.settles().await;
    group.presses(&walk.ani.phone, "Ani").expect("a shop to choose");
    walk.app.settles().await;
    let before = walk.ani.phone.messages();
    group.deletes_topic(topic);
    sells(walk, "0812 3456 7890").await;
    walk.notes("(the topic is deleted)", &before).await;
    let before = walk.ani.phone.messages();
    group.mutes_bot(&walk.ani.phone);
    walk.notes("(the bot is muted)", &before).await;
    walk.taps_like(|press| matches!(press, Press::Notices(NoticesPress::RecordIn(_, ShopPlace::Places))))
        .await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Place(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::Test(_)))).await;
    let before = walk.ani.phone.messages();
    group.adds_bot(&walk.ani.phone);
    walk.notes("(it is let in again)", &before).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::TakeOff(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Places(PlacesPress::BringBack(_)))).await;
    let before = walk.ani.phone.messages();
    group.removes_bot(&walk.ani.phone);
    walk.notes("(the bot is removed)", &before).await;
    notes_all(walk, &group);
}

async fn sells(walk: &Walk<'_>, name: &str) {
    let link = walk.ani.makes_a_link("Topi 10rb").await;
    let mut customer = walk.app.customer();
    customer.orders(&link, name, "BCA Virtual Account").await;
    customer.pays().await;
    walk.app.settles().await;
}

/// What the bot said in the group.
fn notes_all(walk: &mut Walk<'_>, group: &Group) {
    let _ = writeln!(walk.screens, "──── (in the group)");
    for message in group.messages().iter().filter(|message| message.from_bot) {
        let base_url = walk.app.base_url.as_str();
        let _ = writeln!(walk.screens, "{}", without_chance(&message.text, base_url));
        for row in &message.buttons {
            let labels = row.iter().map(|button| format!("[{}]", without_chance(&button.text, base_url)));
            let _ = writeln!(walk.screens, "{}", labels.collect::<Vec<_>>().join(" "));
        }
        let _ = writeln!(walk.screens);
    }
}
