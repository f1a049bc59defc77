//! The buttons about whose account a shop's money goes through, and about going live.

use super::{decode_key, encode_key};
use crate::domain::id::GatewayAccountId;
use crate::domain::merchant::Mode;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatewayPress {
    /// The accounts and the mode.
    Show,
    /// Hand out the form for a key.
    Connect(Mode),
    /// Ask whether to take the own account of a mode off.
    Remove(Mode),
    /// Take this account off.
    RemoveYes(GatewayAccountId),
    /// What going live needs.
    GoLive,
    /// Back to the sandbox.
    ToSandbox,
    /// The last step of the opening of a shop: open it, and show the accounts.
    StartConnect,
    /// [`GatewayPress::Show`], beside the record that has the button.
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

    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let letter = |mode: Mode| mode.code()[..1].to_owned();
        match self {
            Self::Show => ("k", vec![]),
            Self::Connect(mode) => ("kc", vec![letter(mode)]),
            Self::Remove(mode) => ("kr", vec![letter(mode)]),
            Self::RemoveYes(account) => ("ky", vec![encode_key(account.0)]),
            Self::GoLive => ("kl", vec![]),
            Self::ToSandbox => ("kb", vec![]),
            Self::StartConnect => ("s6", vec![]),
            Self::RecordShow => ("rg", vec![]),
        }
    }

    /// Reads what [`GatewayPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let mode =
            |text: &str| [Mode::Sandbox, Mode::Live].into_iter().find(|mode| &mode.code()[..1] == text);
        Some(match (verb, arguments) {
            ("k", []) => Self::Show,
            ("kc", [of]) => Self::Connect(mode(of)?),
            ("kr", [of]) => Self::Remove(mode(of)?),
            ("ky", [account]) => Self::RemoveYes(GatewayAccountId(decode_key(account)?)),
            ("kl", []) => Self::GoLive,
            ("kb", []) => Self::ToSandbox,
            ("s6", []) => Self::StartConnect,
            ("rg", []) => Self::RecordShow,
            _ => return None,
        })
    }
}
