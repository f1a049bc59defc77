//! The buttons about the people of a shop and the shops of a person.

use super::codec::{page_code, read_page};
use super::{PageFrom, decode_key, encode_key};
use crate::domain::id::{LogEntryId, MerchantId, TelegramId};
use crate::domain::merchant::Role;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TeamPress {
    /// Who works here.
    Show,
    /// Choose as what to invite somebody.
    Invite,
    /// Make an invitation.
    InviteAs(Role),
    /// Somebody of the team.
    Member(TelegramId),
    /// Give somebody this role.
    SetRole(TelegramId, Role),
    /// Ask whether to take somebody off the team.
    Remove(TelegramId),
    /// Take somebody off the team of this shop.
    RemoveYes(MerchantId, TelegramId),
    /// A page of the log.
    Log(PageFrom<LogEntryId>),
    /// The shops of the person.
    Shops,
    /// Work in this one.
    Enter(MerchantId),
    /// Ask for the name of one more shop.
    OpenAnother,
}

impl TeamPress {
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let role_code = |role: Role| role.code()[..1].to_owned();
        match self {
            Self::Show => ("t", vec![]),
            Self::Invite => ("ti", vec![]),
            Self::InviteAs(role) => ("ta", vec![role_code(role)]),
            Self::Member(person) => ("tm", vec![person.0.to_string()]),
            Self::SetRole(person, role) => ("tr", vec![person.0.to_string(), role_code(role)]),
            Self::Remove(person) => ("tx", vec![person.0.to_string()]),
            Self::RemoveYes(shop, person) => ("ty", vec![encode_key(shop.0), person.0.to_string()]),
            Self::Log(page) => ("tl", vec![page_code(page, |entry| encode_key(entry.0))]),
            Self::Shops => ("ts", vec![]),
            Self::Enter(shop) => ("te", vec![encode_key(shop.0)]),
            Self::OpenAnother => ("to", vec![]),
        }
    }

    /// Reads what [`TeamPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let person = |text: &str| text.parse().ok().map(TelegramId);
        let role = |text: &str| {
            [Role::Owner, Role::Staff, Role::Viewer].into_iter().find(|role| &role.code()[..1] == text)
        };
        Some(match (verb, arguments) {
            ("t", []) => Self::Show,
            ("ti", []) => Self::Invite,
            ("ta", [as_what]) => Self::InviteAs(role(as_what)?),
            ("tm", [id]) => Self::Member(person(id)?),
            ("tr", [id, as_what]) => Self::SetRole(person(id)?, role(as_what)?),
            // The second of an earlier version, which does not say from which shop: it is asked again.
            ("tx" | "ty", [id]) => Self::Remove(person(id)?),
            ("ty", [shop, id]) => Self::RemoveYes(decode_key(shop).map(MerchantId)?, person(id)?),
            ("tl", [page]) => Self::Log(read_page(page, |key| decode_key(key).map(LogEntryId))?),
            ("ts", []) => Self::Shops,
            ("te", [id]) => Self::Enter(decode_key(id).map(MerchantId)?),
            ("to", []) => Self::OpenAnother,
            _ => return None,
        })
    }
}
