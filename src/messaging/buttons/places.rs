//! The buttons about places where a shop's payments ring: those of the settings, and those that stand in groups
//! and channels, where anybody may press them.

use super::{decode_key, encode_key};
use crate::domain::id::{LinkId, MerchantId, OrderId, PlaceId};
use crate::domain::place::PlaceTopic;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlacesPress {
    /// The places of the shop.
    Show,
    /// [`PlacesPress::Show`], beside a record of an earlier version, which does not say of which shop.
    RecordShow,
    /// A link that brings the bot into a group.
    AddGroup,
    /// A link that brings the bot into a channel.
    AddChannel,
    /// One place.
    Place(PlaceId),
    /// Tell a kind there, or not.
    Topic(PlaceId, PlaceTopic, bool),
    /// Ask for the hour of the recap there.
    Recap(PlaceId),
    /// Take this one, in minutes since midnight; `None`: no recap.
    RecapPick(PlaceId, Option<u16>),
    /// Send a notice there that tells nothing.
    Test(PlaceId),
    /// Tell nothing there any more.
    TakeOff(PlaceId),
    /// Tell it there again.
    BringBack(PlaceId),

    /// In a group: an order, in the private chat of who pressed.
    Order(OrderId),
    /// In a group: a link, in the private chat.
    Link(LinkId),
    /// In a group: the orders of a shop, in the private chat.
    Orders(MerchantId),
    /// In a group: the payments of this shop ring here.
    Here(MerchantId),
    /// In a group: they no longer do.
    Stop(MerchantId),
}

impl PlacesPress {
    /// What a button under a record asks for; `None` under a card that may change.
    pub(super) const fn beside_record(self) -> Option<Self> {
        match self {
            Self::RecordShow => Some(Self::Show),
            _ => None,
        }
    }

    /// The verb and the arguments.
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let place = |place: PlaceId| encode_key(place.0);
        match self {
            Self::Show => ("w", vec![]),
            Self::RecordShow => ("rw", vec![]),
            Self::AddGroup => ("wg", vec![]),
            Self::AddChannel => ("wc", vec![]),
            Self::Place(id) => ("wp", vec![place(id)]),
            Self::Topic(id, topic, is_on) => {
                ("wk", vec![place(id), topic.code().to_owned(), u8::from(is_on).to_string()])
            }
            Self::Recap(id) => ("wr", vec![place(id)]),
            Self::RecapPick(id, at) => {
                let at = at.map(|minutes| minutes.to_string());
                ("wh", std::iter::once(place(id)).chain(at).collect())
            }
            Self::Test(id) => ("wt", vec![place(id)]),
            Self::TakeOff(id) => ("wx", vec![place(id)]),
            Self::BringBack(id) => ("wu", vec![place(id)]),
            Self::Order(order) => ("wo", vec![encode_key(order.0)]),
            Self::Link(link) => ("wl", vec![encode_key(link.0)]),
            Self::Orders(shop) => ("ws", vec![encode_key(shop.0)]),
            Self::Here(shop) => ("wa", vec![encode_key(shop.0)]),
            Self::Stop(shop) => ("wz", vec![encode_key(shop.0)]),
        }
    }

    /// Reads what [`PlacesPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let place = |key: &str| decode_key(key).map(PlaceId);
        let shop = |key: &str| decode_key(key).map(MerchantId);
        Some(match (verb, arguments) {
            ("w", []) => Self::Show,
            ("rw", []) => Self::RecordShow,
            ("wg", []) => Self::AddGroup,
            ("wc", []) => Self::AddChannel,
            ("wp", [id]) => Self::Place(place(id)?),
            ("wk", [id, topic, "0"]) => Self::Topic(place(id)?, PlaceTopic::parse(topic)?, false),
            ("wk", [id, topic, "1"]) => Self::Topic(place(id)?, PlaceTopic::parse(topic)?, true),
            ("wr", [id]) => Self::Recap(place(id)?),
            ("wh", [id]) => Self::RecapPick(place(id)?, None),
            ("wh", [id, at]) => Self::RecapPick(place(id)?, Some(at.parse().ok()?)),
            ("wt", [id]) => Self::Test(place(id)?),
            ("wx", [id]) => Self::TakeOff(place(id)?),
            ("wu", [id]) => Self::BringBack(place(id)?),
            ("wo", [id]) => Self::Order(decode_key(id).map(OrderId)?),
            ("wl", [id]) => Self::Link(decode_key(id).map(LinkId)?),
            ("ws", [id]) => Self::Orders(shop(id)?),
            ("wa", [id]) => Self::Here(shop(id)?),
            ("wz", [id]) => Self::Stop(shop(id)?),
            _ => return None,
        })
    }

    /// The start payload that shows in the private chat what the button names; `None` for those that show
    /// nothing there.
    #[must_use]
    pub fn start_payload(self) -> Option<String> {
        let (kind, key) = match self {
            Self::Order(order) => ("o", order.0),
            Self::Link(link) => ("l", link.0),
            Self::Orders(shop) => ("s", shop.0),
            _ => return None,
        };
        Some(format!("d_{kind}{}", encode_key(key)))
    }

    /// Reads what [`PlacesPress::start_payload`] gave, without its `d_`.
    #[must_use]
    pub fn of_start_payload(payload: &str) -> Option<Self> {
        let (kind, key) = payload.split_at_checked(1)?;
        let key = decode_key(key)?;
        match kind {
            "o" => Some(Self::Order(OrderId(key))),
            "l" => Some(Self::Link(LinkId(key))),
            "s" => Some(Self::Orders(MerchantId(key))),
            _ => None,
        }
    }
}

impl PlaceTopic {
    const fn code(self) -> &'static str {
        match self {
            Self::Payments => "p",
            Self::Problems => "e",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn start_payloads_are_short_and_read_back() {
        let key = Uuid::from_u128(u128::MAX / 3);
        for press in [
            PlacesPress::Order(OrderId(key)),
            PlacesPress::Link(LinkId(key)),
            PlacesPress::Orders(MerchantId(key)),
        ] {
            let payload = press.start_payload().unwrap();
            assert!(payload.len() <= 64, "{payload}");
            assert_eq!(PlacesPress::of_start_payload(payload.strip_prefix("d_").unwrap()), Some(press));
        }
        for forged in ["", "o", "oxyz", "ü", "z"] {
            assert_eq!(PlacesPress::of_start_payload(forged), None, "{forged}");
        }
    }
}
