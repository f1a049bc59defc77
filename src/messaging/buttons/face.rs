//! The buttons about how a shop shows itself to its customers.

use crate::domain::shop_colour::ShopColour;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacePress {
    /// What customers see.
    Show,
    /// Ask for a picture of the shop.
    Photo,
    /// Show no picture any more.
    DropPhoto,
    /// The colours to choose from.
    Colours,
    /// This one.
    Colour(ShopColour),
    /// Show who presses by the chat name that Telegram gives.
    ShowChatName,
    /// Show nobody's.
    HideChatName,
}

impl FacePress {
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        match self {
            Self::Show => ("v", vec![]),
            Self::Photo => ("vp", vec![]),
            Self::DropPhoto => ("vx", vec![]),
            Self::Colours => ("vc", vec![]),
            Self::Colour(colour) => ("vk", vec![colour.code().to_owned()]),
            Self::ShowChatName => ("vn", vec![]),
            Self::HideChatName => ("vh", vec![]),
        }
    }

    /// Reads what [`FacePress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        Some(match (verb, arguments) {
            ("v", []) => Self::Show,
            ("vp", []) => Self::Photo,
            ("vx", []) => Self::DropPhoto,
            ("vc", []) => Self::Colours,
            ("vk", [colour]) => Self::Colour(ShopColour::parse(colour)?),
            ("vn", []) => Self::ShowChatName,
            ("vh", []) => Self::HideChatName,
            _ => return None,
        })
    }
}
