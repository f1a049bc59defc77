//! The buttons about which ways to pay a shop takes, and a link.

use super::{decode_key, encode_key};
use crate::domain::id::{DraftId, MerchantId};
use crate::domain::payment_method::PaymentMethod;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MethodsPress {
    /// The shop's.
    Shop,
    /// Take this one in the shop, or do not.
    ShopMethod(MerchantId, PaymentMethod, bool),
    /// Take all of them in the shop.
    ShopAll(MerchantId),
    /// The ones of the link that a draft describes.
    Draft(DraftId),
    /// Take this one there, or do not.
    DraftMethod(DraftId, PaymentMethod, bool),
    /// Take all of them there.
    DraftAll(DraftId),
}

impl MethodsPress {
    /// The shop that the button was drawn for; `None` for one that does not say.
    #[must_use]
    pub const fn shop(self) -> Option<MerchantId> {
        match self {
            Self::ShopMethod(shop, ..) | Self::ShopAll(shop) => Some(shop),
            Self::Shop | Self::Draft(_) | Self::DraftMethod(..) | Self::DraftAll(_) => None,
        }
    }

    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let choice = |method: PaymentMethod, is_taken: bool| {
            [method.code().to_owned(), u8::from(is_taken).to_string()]
        };
        let with = |key: String, choice: [String; 2]| std::iter::once(key).chain(choice).collect();
        match self {
            Self::Shop => ("wy", vec![]),
            Self::ShopMethod(shop, method, is_taken) => {
                ("wym", with(encode_key(shop.0), choice(method, is_taken)))
            }
            Self::ShopAll(shop) => ("wya", vec![encode_key(shop.0)]),
            Self::Draft(draft) => ("wyd", vec![encode_key(draft.0)]),
            Self::DraftMethod(draft, method, is_taken) => {
                ("wyl", with(encode_key(draft.0), choice(method, is_taken)))
            }
            Self::DraftAll(draft) => ("wyx", vec![encode_key(draft.0)]),
        }
    }

    /// Reads what [`MethodsPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let shop = |text: &str| decode_key(text).map(MerchantId);
        let draft = |text: &str| decode_key(text).map(DraftId);
        let is_taken = |text: &str| match text {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        };
        Some(match (verb, arguments) {
            ("wy", []) => Self::Shop,
            ("wym", [id, method, taken]) => {
                Self::ShopMethod(shop(id)?, PaymentMethod::parse(method)?, is_taken(taken)?)
            }
            ("wya", [id]) => Self::ShopAll(shop(id)?),
            ("wyd", [id]) => Self::Draft(draft(id)?),
            ("wyl", [id, method, taken]) => {
                Self::DraftMethod(draft(id)?, PaymentMethod::parse(method)?, is_taken(taken)?)
            }
            ("wyx", [id]) => Self::DraftAll(draft(id)?),
            _ => return None,
        })
    }
}
