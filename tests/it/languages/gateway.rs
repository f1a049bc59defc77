//! The screens about accounts of one's own, and about going live.

use chrono::TimeDelta;
use tautan::domain::merchant::Mode;
use tautan::messaging::buttons::{GatewayPress, NoticesPress, Press, ShopPlace};
use tautan::simulator::midtrans::MidtransSimulator;
use tautan::simulator::telegram::ButtonKind;

use super::Walk;
use crate::support::midtrans_hall::MidtransHall;

const SANDBOX_KEY: &str = "SB-Mid-server-segala-layar-0001";
const LIVE_KEY: &str = "Mid-server-segala-layar-0002";

/// Merchants for both modes.
pub(super) fn merchants(hall: &MidtransHall) -> [MidtransSimulator; 2] {
    [hall.merchant(SANDBOX_KEY), hall.merchant(LIVE_KEY)]
}

pub(super) async fn screens(walk: &mut Walk<'_>, merchants: &[MidtransSimulator; 2]) {
    let gateway = |press| Press::Gateway(press);
    walk.says("/settings").await;
    walk.taps(gateway(GatewayPress::Show)).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::GoLive(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::Connect(_, Mode::Live)))).await;
    connects(walk, LIVE_KEY).await;
    walk.taps_like(|press| matches!(press, Press::Notices(NoticesPress::RecordIn(_, ShopPlace::Gateway))))
        .await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::Connect(_, Mode::Sandbox)))).await;
    connects(walk, SANDBOX_KEY).await;
    walk.taps_like(|press| matches!(press, Press::Notices(NoticesPress::RecordIn(_, ShopPlace::Gateway))))
        .await;

    let link = walk.app.base_url.join("kaos").expect("an address");
    let mut hana = walk.app.customer_of(&merchants[0]);
    hana.orders(&link, "Hana", "QRIS").await;
    merchants[0].deliver_all().await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::Remove(_, Mode::Sandbox)))).await;
    let before = walk.ani.phone.messages();
    merchants[0].change_server_key("SB-Mid-server-segala-layar-0003");
    walk.app.advance(TimeDelta::minutes(10));
    walk.notes("(the key was renewed)", &before).await;
    walk.says("/settings").await;
    walk.taps(gateway(GatewayPress::Show)).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::Remove(_, Mode::Sandbox)))).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::RemoveYes(_)))).await;

    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::GoLive(_)))).await;
    walk.says("<b>&").await;
    walk.says("ANI").await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::ToSandbox(_)))).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::GoLive(_)))).await;
    walk.says("Ani").await;
    walk.says("/settings").await;
    walk.taps(gateway(GatewayPress::Show)).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::Remove(_, Mode::Live)))).await;
    walk.taps_like(|press| matches!(press, Press::Gateway(GatewayPress::RemoveYes(_)))).await;
    walk.says(LIVE_KEY).await;
    walk.says(SANDBOX_KEY).await;
}

/// Types a key into the form that was offered last.
async fn connects(walk: &mut Walk<'_>, key: &str) {
    let shown = walk.ani.phone.messages();
    let mut buttons = shown.iter().rev().flat_map(|message| message.buttons.iter().flatten());
    let form = buttons.find_map(|button| match &button.kind {
        ButtonKind::Url(url) if url.contains("/setup/keys/") => url.parse().ok(),
        _ => None,
    });
    let before = walk.ani.phone.messages();
    let mut browser = walk.app.customer();
    browser.posts(form.expect("a form"), &[("server_key", key)]).await;
    walk.notes("(a key is typed into the form)", &before).await;
}
