//! What somebody reads who may only look, and somebody who was away.

use chrono::TimeDelta;
use tautan::domain::language::Language;
use tautan::domain::merchant::Role;
use tautan::messaging::buttons::{FindingPress, GatewayPress, PlacesPress, Press, TeamPress};

use super::Walk;

/// A viewer tries everything that staff may do.
pub(super) async fn viewer(walk: &mut Walk<'_>, language: Language) {
    // What was paid today depends on the hour of the run: nothing was.
    walk.app.advance(TimeDelta::days(4));
    walk.app.settles().await;
    walk.says("/settings").await;
    walk.taps(Press::Team(TeamPress::Show)).await;
    walk.taps(Press::Team(TeamPress::Invite)).await;
    walk.taps(Press::Team(TeamPress::InviteAs(Role::Viewer))).await;
    let ani = walk.ani.clone();
    walk.ani = walk.app.person("Citra", language.code());
    walk.says(&ani.invitation()).await;
    for command in ["/new kaos 75rb", "/new kaos 10rb\ntopi 20rb", "/test", "/export", "/alerts"] {
        walk.says(command).await;
    }
    walk.sends_file("barang.csv", b"name,price\nkaos,75rb\n").await;
    for press in [
        Press::SettingsName,
        Press::SettingsZone,
        Press::Gateway(GatewayPress::Show),
        Press::Team(TeamPress::Invite),
        Press::Places(PlacesPress::AddGroup),
        Press::Finding(FindingPress::FollowUpAfter(1)),
    ] {
        walk.says("/settings").await;
        forges(walk, press).await;
    }
    walk.says("/links").await;
    walk.taps_like(|press| matches!(press, Press::Link(_))).await;
    let link = walk.ani.newest();
    let mut kinds = vec![Press::NewLink];
    let shown = link.buttons.iter().flatten().filter_map(|button| super::pressed_by(&button.kind));
    kinds.extend(
        shown.filter(|press| matches!(press, Press::Change(_) | Press::SwitchOff(_) | Press::Delete(_))),
    );
    for press in kinds {
        forges(walk, press).await;
    }
    walk.ani = ani;
}

/// Sends what a button of the newest card would say if there were one.
async fn forges(walk: &mut Walk<'_>, press: Press) {
    let before = walk.ani.phone.messages();
    walk.ani.phone.presses_data(walk.ani.newest().message_id, &press.encode());
    let named = format!("{press:?}");
    walk.notes(named.split("(LinkId").next().unwrap_or_default(), &before).await;
}

/// Payments and news come in one list to whoever comes back.
pub(super) async fn away(walk: &mut Walk<'_>) {
    let name = "<&>".repeat(33);
    let link = walk.ani.makes_a_link(&format!("{name} 10rb x2")).await;
    let mut customers = [walk.app.customer(), walk.app.customer()];
    for customer in &mut customers {
        customer.orders(&link, &name, "BCA Virtual Account").await;
    }
    walk.app.settles().await;
    walk.ani.phone.blocks_bot();
    walk.ani.phone.settles().await;
    for customer in &mut customers {
        customer.pays().await;
        customer.waits_for("Lunas").await;
    }
    walk.app.settles().await;
    // The list and the answer to a first word go out side by side: either may be first.
    let before = walk.ani.phone.messages();
    walk.ani.phone.unblocks_bot();
    walk.notes("(Ani is back)", &before).await;
    walk.says("/home").await;
}
