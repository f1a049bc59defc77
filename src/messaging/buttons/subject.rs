//! What a button is about: whose shop it belongs to is looked up by it.

use super::{
    CreatingPress, FindingPress, ImportPress, NoticesPress, NumbersPress, PlacesPress, Press, RehearsalPress,
    TeamPress,
};
use crate::domain::id::{AttemptId, ImportId, LinkId, MerchantId, OrderId};

/// Something that belongs to one shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A link.
    Link(LinkId),
    /// An order.
    Order(OrderId),
    /// A charge.
    Attempt(AttemptId),
    /// A file that links are made from.
    Import(ImportId),
    /// The shop itself.
    Shop(MerchantId),
}

impl Press {
    /// What the button is about, where that is one of these.
    #[must_use]
    pub const fn subject(self) -> Option<Subject> {
        Some(match self {
            Self::Link(link)
            | Self::LinkShare(link)
            | Self::LinkLetter(link)
            | Self::LinkOrders(link, _)
            | Self::Change(link)
            | Self::ChangeSave(_, link)
            | Self::ChangeLeave(_, link)
            | Self::SwitchOff(link)
            | Self::SwitchOn(link)
            | Self::Extend(link, _)
            | Self::Restock(link, _)
            | Self::MakeLike(link)
            | Self::Delete(link)
            | Self::DeleteYes(link)
            | Self::Restore(link)
            | Self::Creating(CreatingPress::Undo(link))
            | Self::Numbers(NumbersPress::LinkFigures(link, _))
            | Self::Places(PlacesPress::Link(link))
            | Self::Rehearsal(RehearsalPress::With(link))
            | Self::Notices(NoticesPress::RecordRecap(link) | NoticesPress::RecordAnswer(link, _))
            | Self::Finding(FindingPress::Link(_, _, link) | FindingPress::LinkOrders(link, ..)) => {
                Subject::Link(link)
            }
            Self::Finding(
                FindingPress::Order(_, _, order)
                | FindingPress::OrderOfLink(_, _, order)
                | FindingPress::Ship(order, _)
                | FindingPress::Unship(order, _)
                | FindingPress::Remind(order),
            )
            | Self::Places(PlacesPress::Order(order)) => Subject::Order(order),
            Self::Order(order) | Self::Accept(order) | Self::Deliver(order) | Self::ReturnOf(order) => {
                Subject::Order(order)
            }
            Self::Return(attempt, _) | Self::ReturnAmount(attempt) | Self::SentBack(attempt, _) => {
                Subject::Attempt(attempt)
            }
            Self::Importing(ImportPress::Create(import) | ImportPress::Discard(import)) => {
                Subject::Import(import)
            }
            Self::Notices(NoticesPress::RecordIn(shop, _)) | Self::Team(TeamPress::RemoveYes(shop, _)) => {
                Subject::Shop(shop)
            }
            Self::Gateway(press) => match press.shop() {
                Some(shop) => Subject::Shop(shop),
                None => return None,
            },
            Self::Methods(press) => match press.shop() {
                Some(shop) => Subject::Shop(shop),
                None => return None,
            },
            _ => return None,
        })
    }
}
