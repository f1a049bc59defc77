//! What a button tells the bot, in the 64 bytes that Telegram gives it (`callback_data`).
//!
//! `v1:<verb>[:<argument>…]`; keys are base64url. A button may be years old or forged: decoding it
//! proves nothing, and who pressed is checked against what it names every time.

use uuid::Uuid;

use crate::domain::finding::OrderFilter;
use crate::domain::id::{AttemptId, ConfirmationId, DraftId, LinkId, OrderId};
use crate::domain::language::Language;
use crate::domain::money::Currency;

mod calendar;
mod change_codec;
mod codec;
mod creating;
mod face;
mod finding;
mod gateway;
pub mod goods;
mod importing;
mod methods;
mod money_codec;
mod notices;
mod numbers;
mod own_data;
mod places;
mod rehearsal;
mod sharing;
mod subject;
mod team;

pub use calendar::{CalendarPress, LinkMoment};
pub use creating::CreatingPress;
pub use face::FacePress;
pub use finding::{FindingPress, LinkList, OrderList};
pub use gateway::GatewayPress;
use goods::GoodsPress;
pub use importing::ImportPress;
pub use methods::MethodsPress;
pub use notices::{NoticesPress, QuestionAnswer, ShopPlace};
pub use numbers::NumbersPress;
pub use own_data::OwnDataPress;
pub use places::PlacesPress;
pub use rehearsal::RehearsalPress;
pub use sharing::SharingPress;
pub use subject::Subject;
pub use team::TeamPress;

/// A tap on one of the bot's own buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// The home card.
    Home,
    /// The lesson.
    Help,
    /// One page of the lesson.
    HelpTopic(HelpTopic),
    /// Stop what is being typed; home.
    Cancel,

    /// Speak this language, on the first card of the onboarding, and on with it.
    StartLanguage(Language),
    /// On with the onboarding from its first card.
    StartNext,
    /// Use one's own name for the shop.
    StartUseName,
    /// Reckon in this currency.
    StartCurrency(Currency),
    /// Live in this time zone.
    StartZone(ZoneChoice),
    /// Open the shop in sandbox mode.
    StartSandbox,
    /// One card back in the onboarding.
    StartBack,

    /// The settings.
    Settings,
    /// Speak this language from now on.
    SettingsLanguage(Language),
    /// Ask for another name of the shop.
    SettingsName,
    /// Ask for another time zone.
    SettingsZone,
    /// Take this time zone.
    SettingsZonePick(ZoneChoice),
    /// Ask for another currency.
    SettingsCurrency,
    /// Take this currency.
    SettingsCurrencyPick(Currency),
    /// Look at the mode, with what going live needs.
    SettingsMode,
    /// Take real money from now on.
    SettingsGoLive,
    /// Back to play money.
    SettingsSandbox,

    /// How links are made.
    Creating(CreatingPress),
    /// Links out of a file.
    Importing(ImportPress),
    /// The people of a shop and the shops of a person.
    Team(TeamPress),
    /// Whose account the money goes through, and going live.
    Gateway(GatewayPress),
    /// How a person is told.
    Notices(NoticesPress),
    /// Where payments ring for all.
    Places(PlacesPress),
    /// Describe a new link.
    NewLink,
    /// Make the link that the draft describes.
    DraftCreate(DraftId),
    /// Show the draft's confirm card.
    DraftShow(DraftId),
    /// Change one field of the draft.
    DraftEdit(DraftId, DraftField),
    /// One step back in the wizard.
    DraftBack(DraftId),
    /// Throw the draft away.
    DraftCancel(DraftId),
    /// Answer a question about the draft with a button.
    DraftSet(DraftId, DraftChoice),

    /// A page of the links.
    Links(PageFrom<LinkId>),
    /// One link.
    Link(LinkId),
    /// Ways to send a link.
    LinkShare(LinkId),
    /// Send a link to its customer by e-mail once more.
    LinkLetter(LinkId),
    /// A page of a link's orders.
    LinkOrders(LinkId, PageFrom<OrderId>),
    /// The links that have orders, to choose one.
    OrderLinks,
    /// One order.
    Order(OrderId),
    /// Ask whether to count a payment for which nothing was left.
    Accept(OrderId),
    /// Say that a payment that came late may be delivered.
    Deliver(OrderId),
    /// Choose which of an order's payments goes back.
    ReturnOf(OrderId),
    /// Ask whether to give money of a charge back: this much in minor units, or all that is left.
    Return(AttemptId, Option<i64>),
    /// Ask for another amount to give back.
    ReturnAmount(AttemptId),
    /// Ask whether this much (minor units) was really sent back without the gateway.
    SentBack(AttemptId, i64),
    /// Do what was asked, once.
    Confirm(ConfirmationId),
    /// Describe a change of a link.
    Change(LinkId),
    /// Make the change that the draft describes; of this link.
    ChangeSave(DraftId, LinkId),
    /// Leave the link as it is, and forget the draft.
    ChangeLeave(DraftId, LinkId),
    /// Switch a link off.
    SwitchOff(LinkId),
    /// Switch it on again.
    SwitchOn(LinkId),
    /// Let a link take payments for so many hours longer.
    Extend(LinkId, u16),
    /// Let a link take so many payments more.
    Restock(LinkId, u16),
    /// Describe a new link like this one.
    MakeLike(LinkId),
    /// Ask whether to delete a link.
    Delete(LinkId),
    /// Delete it.
    DeleteYes(LinkId),
    /// Bring it back.
    Restore(LinkId),

    /// Pictures of a link, and a customer's own taps.
    Sharing(SharingPress),
    /// Find links and orders again.
    Finding(FindingPress),
    /// Figures, and orders as files.
    Numbers(NumbersPress),
    /// What the shop keeps.
    OwnData(OwnDataPress),
    /// How the shop shows itself to its customers.
    Face(FacePress),
    /// Rehearse a payment.
    Rehearsal(RehearsalPress),
    /// Do what was asked in Telegram's update of this number, whose answer failed.
    Again(i64),

    /// One order, beside the record that has the button.
    RecordOrder(OrderId),
    /// [`Press::Accept`], beside the record.
    RecordAccept(OrderId),
    /// [`Press::Deliver`], beside the record.
    RecordDeliver(OrderId),
    /// [`Press::Return`], beside the record.
    RecordReturn(AttemptId, Option<i64>),
    /// [`Press::SentBack`], beside the record.
    RecordSentBack(AttemptId, i64),
    /// A link's newest orders, beside the record.
    RecordOrders(LinkId),
    /// The shop's newest orders, beside the record.
    RecordOrderLinks,
    /// One link, beside the record.
    RecordLink(LinkId),
    /// Describe a new link, beside the record.
    RecordNew,
    /// Something about what a link sells.
    Goods(GoodsPress),
    /// Which ways to pay are taken.
    Methods(MethodsPress),
    /// A day and an hour for a draft.
    Calendar(CalendarPress),
    /// The newest links, beside the record.
    RecordLinks,
    /// The home card, beside the record.
    RecordHome,
    /// The team, beside a record of an earlier version, which does not say of which shop.
    RecordTeam,
}

/// Where a page of a newest-first list starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageFrom<Key> {
    /// At the newest.
    Start,
    /// Just after this one, going to older ones.
    OlderThan(Key),
    /// The page that ends just before this one, going to newer ones.
    NewerThan(Key),
}

/// A part of the lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HelpTopic {
    /// What a limit and an expiry do.
    Limits,
    /// Sandbox and live.
    Modes,
    /// Where the orders are.
    Orders,
}

/// A time zone one can tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneChoice {
    /// Western Indonesia, UTC+7.
    Wib,
    /// Central Indonesia, UTC+8.
    Wita,
    /// Eastern Indonesia, UTC+9.
    Wit,
    /// A place in the list of other cities.
    City(u8),
    /// Show the list of other cities.
    Other,
}

/// A field of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftField {
    /// What is sold.
    Name,
    /// For how much.
    Price,
    /// How many payments.
    Limit,
    /// Until when.
    Expiry,
    /// For whom.
    Customer,
    /// The seller's own Order ID.
    Reference,
    /// The seller's own address.
    Slug,
    /// How many pieces an order may be for.
    Pieces,
    /// From when it takes payments.
    OpensAt,
    /// What customers read once they have paid.
    BuyerNote,
    /// What the team writes down for itself.
    SellerNote,
    /// Where customers may go on once they have paid.
    ReturnUrl,
}

/// A quick answer in the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftChoice {
    /// This price, in minor units of the shop's currency.
    Price(i64),
    /// So many payments.
    Limit(i64),
    /// As many payments as come.
    NoLimit,
    /// So many minutes from now.
    ExpiryMinutes(i64),
    /// For good.
    NoExpiry,
    /// An order may be for so many pieces.
    Pieces(i64),
    /// The candidate of this number among those the bot offered.
    Candidate(u8),
    /// Leave the field out.
    Skip,
    /// Leave the field as it is.
    Keep,
    /// Put random characters behind the own address.
    Suffix,
}

impl Press {
    /// What a button under a record asks for; `None` under a card that may change. A record (a notice, a
    /// link that was just made) stays as it is, and the answer is a message of its own.
    #[must_use]
    pub fn beside_record(self) -> Option<Self> {
        match self {
            Self::Numbers(press) => press.beside_record().map(Self::Numbers),
            Self::Places(press) => press.beside_record().map(Self::Places),
            Self::RecordTeam => Some(Self::Team(TeamPress::Show)),
            Self::Gateway(press) => press.beside_record().map(Self::Gateway),
            Self::RecordOrder(order) => Some(Self::Order(order)),
            Self::RecordAccept(order) => Some(Self::Accept(order)),
            Self::RecordDeliver(order) => Some(Self::Deliver(order)),
            Self::RecordReturn(attempt, amount_minor) => Some(Self::Return(attempt, amount_minor)),
            Self::RecordSentBack(attempt, amount_minor) => Some(Self::SentBack(attempt, amount_minor)),
            Self::RecordOrders(link) => Some(Self::LinkOrders(link, PageFrom::Start)),
            Self::RecordOrderLinks => {
                let all = OrderList::Filtered(OrderFilter::All);
                Some(Self::Finding(FindingPress::Orders(all, PageFrom::Start)))
            }
            Self::RecordLink(link) => Some(Self::Link(link)),
            Self::RecordNew => Some(Self::NewLink),
            Self::RecordLinks => Some(Self::Links(PageFrom::Start)),
            Self::RecordHome => Some(Self::Home),
            _ => None,
        }
    }

    /// The button as it travels, at most 64 bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        let (verb, arguments) = codec::parts(*self);
        std::iter::once("v1".to_owned())
            .chain(std::iter::once(verb.to_owned()))
            .chain(arguments)
            .collect::<Vec<_>>()
            .join(":")
    }

    /// Reads a button; `None` for one that is none of ours, or of another version.
    #[must_use]
    pub fn decode(data: &str) -> Option<Self> {
        let mut parts = data.split(':');
        if parts.next()? != "v1" {
            return None;
        }
        let verb = parts.next()?;
        let arguments: Vec<&str> = parts.collect();
        codec::read(verb, &arguments)
    }
}

/// A key in 22 characters, as it stands in buttons and start links.
#[must_use]
pub fn encode_key(key: Uuid) -> String {
    data_encoding::BASE64URL_NOPAD.encode(key.as_bytes())
}

/// Reads what [`encode_key`] wrote.
#[must_use]
pub fn decode_key(text: &str) -> Option<Uuid> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    Uuid::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests;
