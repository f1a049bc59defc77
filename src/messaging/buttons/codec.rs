//! The letters of the buttons. A verb that has been in a chat is never given another meaning.

use super::{
    CalendarPress, CreatingPress, DraftChoice, DraftField, FacePress, FindingPress, GatewayPress, HelpTopic,
    ImportPress, MethodsPress, NoticesPress, NumbersPress, OwnDataPress, PageFrom, PlacesPress, Press,
    RehearsalPress, SharingPress, TeamPress, ZoneChoice, change_codec, decode_key, encode_key, goods,
    money_codec,
};
use crate::domain::id::{DraftId, LinkId, OrderId};
use crate::domain::language::Language;
use crate::domain::money::Currency;

/// The verb and the arguments of a press.
pub(super) fn parts(press: Press) -> (&'static str, Vec<String>) {
    match press {
        Press::Home => ("h", vec![]),
        Press::Help => ("?", vec![]),
        Press::HelpTopic(topic) => ("?t", vec![topic.code().to_owned()]),
        Press::Cancel => ("x", vec![]),
        Press::NewLink => ("n", vec![]),
        Press::DraftCreate(draft) => ("dc", vec![encode_key(draft.0)]),
        Press::DraftShow(draft) => ("dv", vec![encode_key(draft.0)]),
        Press::DraftEdit(draft, field) => ("de", vec![encode_key(draft.0), field.code().to_owned()]),
        Press::DraftBack(draft) => ("db", vec![encode_key(draft.0)]),
        Press::DraftCancel(draft) => ("dx", vec![encode_key(draft.0)]),
        Press::DraftSet(draft, choice) => ("ds", vec![encode_key(draft.0), choice.code()]),
        Press::Links(page) => ("ll", vec![page_code(page, |link| encode_key(link.0))]),
        Press::Link(link) => ("l", vec![encode_key(link.0)]),
        Press::LinkShare(link) => ("lh", vec![encode_key(link.0)]),
        Press::LinkLetter(link) => ("lm", vec![encode_key(link.0)]),
        Press::LinkOrders(link, page) => {
            ("lo", vec![encode_key(link.0), page_code(page, |order| encode_key(order.0))])
        }
        Press::OrderLinks => ("lp", vec![]),
        Press::Order(order) => ("o", vec![encode_key(order.0)]),
        Press::Accept(_)
        | Press::Deliver(_)
        | Press::ReturnOf(_)
        | Press::Return(..)
        | Press::ReturnAmount(_)
        | Press::SentBack(..)
        | Press::Confirm(_)
        | Press::RecordAccept(_)
        | Press::RecordDeliver(_)
        | Press::RecordReturn(..)
        | Press::RecordSentBack(..) => money_codec::parts(press),
        Press::Change(_)
        | Press::ChangeSave(..)
        | Press::ChangeLeave(..)
        | Press::SwitchOff(_)
        | Press::SwitchOn(_)
        | Press::Extend(..)
        | Press::Restock(..)
        | Press::MakeLike(_) => change_codec::parts(press),
        Press::Delete(link) => ("lx", vec![encode_key(link.0)]),
        Press::DeleteYes(link) => ("ly", vec![encode_key(link.0)]),
        Press::Restore(link) => ("lr", vec![encode_key(link.0)]),
        _ => talk_parts(press),
    }
}

/// The same of a press about the shop.
fn shop_parts(press: Press) -> (&'static str, Vec<String>) {
    match press {
        Press::StartLanguage(language) => ("s1", vec![language.code().to_owned()]),
        Press::StartNext => ("s2", vec![]),
        Press::StartUseName => ("s3", vec![]),
        Press::StartCurrency(currency) => ("sc", vec![currency.code().to_owned()]),
        Press::StartZone(zone) => ("s4", vec![zone.code()]),
        Press::StartSandbox => ("s5", vec![]),
        Press::StartBack => ("sb", vec![]),
        Press::Settings => ("e", vec![]),
        Press::SettingsLanguage(language) => ("el", vec![language.code().to_owned()]),
        Press::SettingsName => ("en", vec![]),
        Press::SettingsZone => ("ez", vec![]),
        Press::SettingsZonePick(zone) => ("ep", vec![zone.code()]),
        Press::SettingsCurrency => ("ec", vec![]),
        Press::SettingsCurrencyPick(currency) => ("ek", vec![currency.code().to_owned()]),
        Press::SettingsMode => ("em", vec![]),
        Press::SettingsGoLive => ("eg", vec![]),
        Press::SettingsSandbox => ("es", vec![]),
        _ => record_parts(press),
    }
}

/// The same of a press beside a record.
fn record_parts(press: Press) -> (&'static str, Vec<String>) {
    match press {
        Press::RecordOrder(order) => ("ro", vec![encode_key(order.0)]),
        Press::RecordOrders(link) => ("rs", vec![encode_key(link.0)]),
        Press::RecordOrderLinks => ("rp", vec![]),
        Press::RecordLink(link) => ("rl", vec![encode_key(link.0)]),
        Press::RecordNew => ("rn", vec![]),
        Press::RecordLinks => ("rk", vec![]),
        Press::RecordHome => ("rh", vec![]),
        Press::RecordTeam => ("rt", vec![]),
        _ => ("h", vec![]),
    }
}

/// The same of a press that a talk of its own reads.
fn talk_parts(press: Press) -> (&'static str, Vec<String>) {
    match press {
        Press::Creating(press) => press.parts(),
        Press::Importing(press) => press.parts(),
        Press::Gateway(press) => press.parts(),
        Press::Notices(press) => press.parts(),
        Press::Goods(press) => goods::parts(press),
        Press::Methods(press) => press.parts(),
        Press::Calendar(press) => press.parts(),
        Press::Numbers(press) => press.parts(),
        Press::Places(press) => press.parts(),
        Press::Team(press) => press.parts(),
        Press::Sharing(press) => press.parts(),
        Press::Finding(press) => press.parts(),
        Press::OwnData(press) => (press.verb(), vec![]),
        Press::Face(press) => press.parts(),
        Press::Rehearsal(press) => press.parts(),
        Press::Again(update_id) => ("ag", vec![update_id.to_string()]),
        _ => shop_parts(press),
    }
}

/// Reads what [`talk_parts`] gives.
fn read_talk_press(verb: &str, arguments: &[&str]) -> Option<Press> {
    CreatingPress::read(verb, arguments)
        .map(Press::Creating)
        .or_else(|| ImportPress::read(verb, arguments).map(Press::Importing))
        .or_else(|| MethodsPress::read(verb, arguments).map(Press::Methods))
        .or_else(|| NoticesPress::read(verb, arguments).map(Press::Notices))
        .or_else(|| GatewayPress::read(verb, arguments).map(Press::Gateway))
        .or_else(|| TeamPress::read(verb, arguments).map(Press::Team))
        .or_else(|| SharingPress::read(verb, arguments).map(Press::Sharing))
        .or_else(|| FindingPress::read(verb, arguments).map(Press::Finding))
        .or_else(|| NumbersPress::read(verb, arguments).map(Press::Numbers))
        .or_else(|| PlacesPress::read(verb, arguments).map(Press::Places))
        .or_else(|| OwnDataPress::read(verb, arguments).map(Press::OwnData))
        .or_else(|| FacePress::read(verb, arguments).map(Press::Face))
        .or_else(|| CalendarPress::read(verb, arguments).map(Press::Calendar))
        .or_else(|| RehearsalPress::read(verb, arguments).map(Press::Rehearsal))
        .or_else(|| match (verb, arguments) {
            ("ag", [update_id]) => update_id.parse().ok().map(Press::Again),
            _ => None,
        })
}

/// Reads what [`parts`] gives.
pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Press> {
    let press = match (verb, arguments) {
        ("h", []) => Press::Home,
        ("?", []) => Press::Help,
        ("?t", [topic]) => Press::HelpTopic(HelpTopic::parse(topic)?),
        ("x", []) => Press::Cancel,
        ("s1", [language]) => Press::StartLanguage(Language::parse(language)?),
        ("s2", []) => Press::StartNext,
        ("s3", []) => Press::StartUseName,
        ("sc", [currency]) => Press::StartCurrency(Currency::parse(currency)?),
        ("s4", [zone]) => Press::StartZone(ZoneChoice::parse(zone)?),
        ("s5", []) => Press::StartSandbox,
        ("sb", []) => Press::StartBack,
        ("e", []) => Press::Settings,
        ("el", [language]) => Press::SettingsLanguage(Language::parse(language)?),
        ("en", []) => Press::SettingsName,
        ("ez", []) => Press::SettingsZone,
        ("ep", [zone]) => Press::SettingsZonePick(ZoneChoice::parse(zone)?),
        ("ec", []) => Press::SettingsCurrency,
        ("ek", [currency]) => Press::SettingsCurrencyPick(Currency::parse(currency)?),
        ("em", []) => Press::SettingsMode,
        ("eg", []) => Press::SettingsGoLive,
        ("es", []) => Press::SettingsSandbox,
        _ => return read_link_press(verb, arguments),
    };
    Some(press)
}

fn read_link_press(verb: &str, arguments: &[&str]) -> Option<Press> {
    let draft = |text: &str| decode_key(text).map(DraftId);
    let link = |text: &str| decode_key(text).map(LinkId);
    let order = |text: &str| decode_key(text).map(OrderId);
    let press = match (verb, arguments) {
        ("n", []) => Press::NewLink,
        ("dc", [id]) => Press::DraftCreate(draft(id)?),
        ("dv", [id]) => Press::DraftShow(draft(id)?),
        ("de", [id, field]) => Press::DraftEdit(draft(id)?, DraftField::parse(field)?),
        ("db", [id]) => Press::DraftBack(draft(id)?),
        ("dx", [id]) => Press::DraftCancel(draft(id)?),
        ("ds", [id, choice]) => Press::DraftSet(draft(id)?, DraftChoice::parse(choice)?),
        ("ll", [page]) => Press::Links(read_page(page, link)?),
        ("l", [id]) => Press::Link(link(id)?),
        ("lh", [id]) => Press::LinkShare(link(id)?),
        ("lm", [id]) => Press::LinkLetter(link(id)?),
        ("lo", [id, page]) => Press::LinkOrders(link(id)?, read_page(page, order)?),
        ("lp", []) => Press::OrderLinks,
        ("o", [id]) => Press::Order(order(id)?),
        ("lx", [id]) => Press::Delete(link(id)?),
        ("ly", [id]) => Press::DeleteYes(link(id)?),
        ("lr", [id]) => Press::Restore(link(id)?),
        ("ro", [id]) => Press::RecordOrder(order(id)?),
        ("rs", [id]) => Press::RecordOrders(link(id)?),
        ("rp", []) => Press::RecordOrderLinks,
        ("rl", [id]) => Press::RecordLink(link(id)?),
        ("rn", []) => Press::RecordNew,
        ("rk", []) => Press::RecordLinks,
        ("rh", []) => Press::RecordHome,
        ("rt", []) => Press::RecordTeam,
        _ => {
            return change_codec::read(verb, arguments)
                .or_else(|| money_codec::read(verb, arguments))
                .or_else(|| goods::read(verb, arguments))
                .or_else(|| read_talk_press(verb, arguments));
        }
    };
    Some(press)
}

/// Where a page starts, in at most 23 bytes.
pub(super) fn page_code<Key>(page: PageFrom<Key>, key_code: impl Fn(Key) -> String) -> String {
    match page {
        PageFrom::Start => "s".to_owned(),
        PageFrom::OlderThan(key) => format!("o{}", key_code(key)),
        PageFrom::NewerThan(key) => format!("n{}", key_code(key)),
    }
}

/// Reads what [`page_code`] gives.
pub(super) fn read_page<Key>(text: &str, key: impl Fn(&str) -> Option<Key>) -> Option<PageFrom<Key>> {
    match text.split_at_checked(1)? {
        ("s", "") => Some(PageFrom::Start),
        ("o", rest) => key(rest).map(PageFrom::OlderThan),
        ("n", rest) => key(rest).map(PageFrom::NewerThan),
        _ => None,
    }
}

impl HelpTopic {
    const ALL: [Self; 3] = [Self::Limits, Self::Modes, Self::Orders];

    const fn code(self) -> &'static str {
        match self {
            Self::Limits => "l",
            Self::Modes => "m",
            Self::Orders => "o",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }
}

impl ZoneChoice {
    fn code(self) -> String {
        match self {
            Self::Wib => "7".to_owned(),
            Self::Wita => "8".to_owned(),
            Self::Wit => "9".to_owned(),
            Self::Other => "o".to_owned(),
            Self::City(number) => format!("c{number}"),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        match code {
            "7" => Some(Self::Wib),
            "8" => Some(Self::Wita),
            "9" => Some(Self::Wit),
            "o" => Some(Self::Other),
            _ => code.strip_prefix('c')?.parse().ok().map(Self::City),
        }
    }
}

impl DraftField {
    pub(super) const ALL: [Self; 12] = [
        Self::Name,
        Self::Price,
        Self::Limit,
        Self::Expiry,
        Self::Customer,
        Self::Reference,
        Self::Slug,
        Self::Pieces,
        Self::OpensAt,
        Self::BuyerNote,
        Self::SellerNote,
        Self::ReturnUrl,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Name => "n",
            Self::Price => "p",
            Self::Limit => "l",
            Self::Expiry => "e",
            Self::Customer => "c",
            Self::Reference => "r",
            Self::Slug => "s",
            Self::Pieces => "q",
            Self::OpensAt => "o",
            Self::BuyerNote => "t",
            Self::SellerNote => "m",
            Self::ReturnUrl => "u",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

impl DraftChoice {
    fn code(self) -> String {
        match self {
            Self::Price(minor) => format!("p{minor}"),
            Self::Limit(payments) => format!("l{payments}"),
            Self::NoLimit => "l".to_owned(),
            Self::ExpiryMinutes(minutes) => format!("e{minutes}"),
            Self::NoExpiry => "e".to_owned(),
            Self::Candidate(number) => format!("c{number}"),
            Self::Skip => "s".to_owned(),
            Self::Keep => "k".to_owned(),
            Self::Suffix => "r".to_owned(),
            Self::Pieces(pieces) => format!("q{pieces}"),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        let (kind, rest) = code.split_at_checked(1)?;
        match (kind, rest) {
            ("l", "") => Some(Self::NoLimit),
            ("e", "") => Some(Self::NoExpiry),
            ("s", "") => Some(Self::Skip),
            ("k", "") => Some(Self::Keep),
            ("r", "") => Some(Self::Suffix),
            ("p", minor) => minor.parse().ok().map(Self::Price),
            ("q", pieces) => pieces.parse().ok().map(Self::Pieces),
            ("l", payments) => payments.parse().ok().map(Self::Limit),
            ("e", minutes) => minutes.parse().ok().map(Self::ExpiryMinutes),
            ("c", number) => number.parse().ok().map(Self::Candidate),
            _ => None,
        }
    }
}
