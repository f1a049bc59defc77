//! The buttons about whose account a shop's money goes through, and about going live.

use super::{decode_key, encode_key};
use crate::domain::id::{GatewayAccountId, MerchantId};
use crate::domain::merchant::Mode;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatewayPress {
    /// The accounts and the mode.
    Show,
    /// The same of this shop.
    ShowOf(MerchantId),
    /// Hand out the form for a key of this shop's.
    Connect(MerchantId, Mode),
    /// Ask whether to take this shop's own account of a mode off.
    Remove(MerchantId, Mode),
    /// Take this account off.
    RemoveYes(GatewayAccountId),
    /// What going live needs in this shop.
    GoLive(MerchantId),
    /// This shop, back to the sandbox.
    ToSandbox(MerchantId),
    /// The last step of the opening of a shop: open it, and show the accounts.
    StartConnect,
    /// [`GatewayPress::Show`], beside a record of an earlier version, which does not say of which shop.
    RecordShow,
}

impl GatewayPress {
    /// What a button under a record asks for.
    pub(super) const fn beside_record(self) -> Option<Self> {
        match self {
            Self::RecordShow => Some(Self::Show),
            _ => None,
        }
    }

    /// The shop whose money it is about, where the button says so.
    #[must_use]
    pub const fn shop(self) -> Option<MerchantId> {
        match self {
            Self::ShowOf(shop)
            | Self::Connect(shop, _)
            | Self::Remove(shop, _)
            | Self::GoLive(shop)
            | Self::ToSandbox(shop) => Some(shop),
            Self::Show | Self::RemoveYes(_) | Self::StartConnect | Self::RecordShow => None,
        }
    }

    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let letter = |mode: Mode| mode.code()[..1].to_owned();
        match self {
            Self::Show => ("k", vec![]),
            Self::ShowOf(shop) => ("ks", vec![encode_key(shop.0)]),
            Self::Connect(shop, mode) => ("kc", vec![letter(mode), encode_key(shop.0)]),
            Self::Remove(shop, mode) => ("kr", vec![letter(mode), encode_key(shop.0)]),
            Self::RemoveYes(account) => ("ky", vec![encode_key(account.0)]),
            Self::GoLive(shop) => ("kl", vec![encode_key(shop.0)]),
            Self::ToSandbox(shop) => ("kb", vec![encode_key(shop.0)]),
            Self::StartConnect => ("s6", vec![]),
            Self::RecordShow => ("rg", vec![]),
        }
    }

    /// Reads what [`GatewayPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let mode =
            |text: &str| [Mode::Sandbox, Mode::Live].into_iter().find(|mode| &mode.code()[..1] == text);
        Some(match (verb, arguments) {
            // Buttons of earlier versions do not say which shop they are about: those that do something show it.
            ("k" | "kl" | "kb", []) | ("kc" | "kr", [_]) => Self::Show,
            ("ks", [shop]) => Self::ShowOf(MerchantId(decode_key(shop)?)),
            ("kc", [of, shop]) => Self::Connect(MerchantId(decode_key(shop)?), mode(of)?),
            ("kr", [of, shop]) => Self::Remove(MerchantId(decode_key(shop)?), mode(of)?),
            ("ky", [account]) => Self::RemoveYes(GatewayAccountId(decode_key(account)?)),
            ("kl", [shop]) => Self::GoLive(MerchantId(decode_key(shop)?)),
            ("kb", [shop]) => Self::ToSandbox(MerchantId(decode_key(shop)?)),
            ("s6", []) => Self::StartConnect,
            ("rg", []) => Self::RecordShow,
            _ => return None,
        })
    }
}
