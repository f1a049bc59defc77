//! The screens of how a shop shows itself, and of the website its customers go on to.

use tautan::domain::shop_colour::ShopColour;
use tautan::messaging::buttons::goods::GoodsPress;
use tautan::messaging::buttons::{DraftChoice, DraftField, FacePress, Press};

use super::Walk;
use crate::goods_photo::jpeg;

pub(super) async fn screens(walk: &mut Walk<'_>) {
    walk.says("/settings").await;
    for press in [
        FacePress::Show,
        FacePress::ShowChatName,
        FacePress::Colours,
        FacePress::Colour(ShopColour::Pink),
        FacePress::Photo,
    ] {
        walk.taps(Press::Face(press)).await;
    }
    walk.says("ini").await;
    walk.sends_picture(&jpeg(320, 320, 7)).await;

    walk.says("/new selendang 40rb kembali:toko-ani.id").await;
    walk.taps_like(|press| matches!(press, Press::Goods(GoodsPress::More(_)))).await;
    walk.taps_like(|press| matches!(press, Press::DraftEdit(_, DraftField::ReturnUrl))).await;
    for wrong in ["http://toko-ani.id", "https://127.0.0.1/", "https://toko-ani.id/#lunas"] {
        walk.says(wrong).await;
    }
    walk.says(&format!("https://toko-ani.id/{}", "a".repeat(500))).await;
    walk.taps_like(|press| matches!(press, Press::DraftSet(_, DraftChoice::Skip))).await;
    walk.taps_like(|press| matches!(press, Press::DraftCancel(_))).await;
}
