//! The buttons about how a person is told.

use super::{decode_key, encode_key};
use crate::domain::id::{LinkId, MerchantId};
use crate::domain::notice_settings::NoticeKind;

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticesPress {
    /// The settings of it.
    Settings,
    /// Ask for the quiet hours.
    Quiet,
    /// Take these, from and until in minutes since midnight; `None`: none.
    QuietPick(Option<(u16, u16)>),
    /// Ask for the hour of the recap.
    Recap,
    /// Take this one, in minutes since midnight; `None`: no recap.
    RecapPick(Option<u16>),
    /// Switch a kind on or off.
    Kind(NoticeKind, bool),
    /// Switch the recap on, beside the record that offers it: the payment of this link.
    RecordRecap(LinkId),
    /// Go into the shop that a record is about, beside the record.
    RecordIn(MerchantId, ShopPlace),
    /// Answer who asked for more of what a link sold, beside the record of the question.
    RecordAnswer(LinkId, QuestionAnswer),
}

/// Where a record of a shop leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShopPlace {
    /// Its paid orders.
    Paid,
    /// All of its orders.
    Orders,
    /// Its links.
    Links,
    /// A new link.
    NewLink,
    /// Its groups and channels.
    Places,
    /// Its team.
    Team,
    /// Whose account its money goes through.
    Gateway,
}

/// What a seller says when asked for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionAnswer {
    /// So many hours longer.
    Longer(u16),
    /// So many payments more.
    More(u16),
    /// Switched on again.
    Open,
    /// For another price.
    Price,
    /// No.
    No,
}

impl NoticesPress {
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let number = |number: u16| number.to_string();
        match self {
            Self::Settings => ("y", vec![]),
            Self::Quiet => ("yq", vec![]),
            Self::QuietPick(hours) => {
                let hours = hours.map(|(from, until)| [number(from), number(until)]);
                ("yp", hours.into_iter().flatten().collect())
            }
            Self::Recap => ("yr", vec![]),
            Self::RecapPick(at) => ("yh", at.map(number).into_iter().collect()),
            Self::Kind(kind, is_on) => ("yk", vec![kind.code().to_owned(), u8::from(is_on).to_string()]),
            Self::RecordRecap(link) => ("yn", vec![encode_key(link.0)]),
            Self::RecordIn(shop, place) => ("ri", vec![encode_key(shop.0), place.code().to_owned()]),
            Self::RecordAnswer(link, answer) => ("ya", vec![encode_key(link.0), answer.code()]),
        }
    }

    /// Reads what [`NoticesPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        Some(match (verb, arguments) {
            ("y", []) => Self::Settings,
            ("yq", []) => Self::Quiet,
            ("yp", []) => Self::QuietPick(None),
            ("yp", [from, until]) => Self::QuietPick(Some((from.parse().ok()?, until.parse().ok()?))),
            ("yr", []) => Self::Recap,
            ("yh", []) => Self::RecapPick(None),
            ("yh", [at]) => Self::RecapPick(Some(at.parse().ok()?)),
            ("yk", [kind, "0"]) => Self::Kind(NoticeKind::parse(kind)?, false),
            ("yk", [kind, "1"]) => Self::Kind(NoticeKind::parse(kind)?, true),
            ("yn", [link]) => Self::RecordRecap(decode_key(link).map(LinkId)?),
            ("ri", [shop, place]) => {
                Self::RecordIn(decode_key(shop).map(MerchantId)?, ShopPlace::parse(place)?)
            }
            ("ya", [link, answer]) => {
                Self::RecordAnswer(decode_key(link).map(LinkId)?, QuestionAnswer::parse(answer)?)
            }
            _ => return None,
        })
    }
}

impl ShopPlace {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Paid, Self::Orders, Self::Links, Self::NewLink, Self::Places, Self::Team, Self::Gateway];

    const fn code(self) -> &'static str {
        match self {
            Self::Paid => "p",
            Self::Orders => "o",
            Self::Links => "l",
            Self::NewLink => "n",
            Self::Places => "w",
            Self::Team => "t",
            Self::Gateway => "k",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }
}

impl QuestionAnswer {
    fn code(self) -> String {
        match self {
            Self::Longer(hours) => format!("h{hours}"),
            Self::More(payments) => format!("m{payments}"),
            Self::Open => "o".to_owned(),
            Self::Price => "p".to_owned(),
            Self::No => "n".to_owned(),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        match code.split_at_checked(1)? {
            ("h", hours) => hours.parse().ok().map(Self::Longer),
            ("m", payments) => payments.parse().ok().map(Self::More),
            ("o", "") => Some(Self::Open),
            ("p", "") => Some(Self::Price),
            ("n", "") => Some(Self::No),
            _ => None,
        }
    }
}

impl NoticeKind {
    fn code(self) -> &'static str {
        match self {
            Self::SoldOut => "s",
            Self::News => "n",
            Self::Questions => "q",
            Self::Unpaid => "u",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
