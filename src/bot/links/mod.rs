//! Links in chat: describing one, sharing it, looking at its orders, deleting it. One file per talk.
//!
//! Whatever a button names is looked up for the person's own shop, so that an old or forged one finds
//! nothing, says so, and shows what is there instead.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::BotError;
use super::conversation::Conversation;
use super::talk::Talk;
use crate::domain::finding::{LinkFilter, OrderFilter};
use crate::domain::id::DraftId;
use crate::domain::language::Language;
use crate::domain::link_draft::LinkDraft;
use crate::domain::money::Money;
use crate::messaging::buttons::{CreatingPress, DraftField, LinkList, PageFrom, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::texts::say;
use crate::services::drafts::KeptDraft;
use crate::services::links::Cursor;
use crate::services::merchants::Seat;

pub mod answers;
pub mod calendar;
pub mod change_link;
pub mod confirm_card;
pub mod delete_link;
pub mod email_draft;
pub mod goods;
mod goods_answers;
pub mod link_card;
mod link_letter;
pub mod link_methods;
pub mod link_orders;
pub mod links_list;
pub mod money_card;
pub mod money_lines;
pub mod money_talk;
pub mod new_link;
pub mod order_card;
pub mod photo;
pub mod questions;
pub mod refusals;
pub mod several_links;
mod unasked;
pub mod wizard;
pub mod wording;

pub use new_link::{new_command, offered};
pub use wizard::typed_text;

use wording::Reader;

/// What the bot waits for about a link. The answers so far are in the kept draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTalk {
    /// What is sold.
    AwaitingName(Question),
    /// For how much.
    AwaitingPrice(Question),
    /// How many payments.
    AwaitingLimit(Question),
    /// Until when.
    AwaitingExpiry(Question),
    /// For whom.
    AwaitingCustomer(Question),
    /// The seller's own Order ID.
    AwaitingReference(Question),
    /// The seller's own address.
    AwaitingSlug(Question),
    /// How many pieces an order may be for.
    AwaitingPieces(Question),
    /// From when it takes payments.
    AwaitingOpensAt(Question),
    /// What customers read once they have paid.
    AwaitingBuyerNote(Question),
    /// What the team writes down for itself.
    AwaitingSellerNote(Question),
    /// Where customers may go on once they have paid.
    AwaitingReturnUrl(Question),
    /// Which of several prices was meant; afterwards, which of several expiries, if any.
    ChoosingPrice {
        /// What was asked, and how.
        question: Question,
        /// The prices offered.
        prices: Vec<Money>,
        /// Expiries to be offered next.
        expiries: Vec<DateTime<Utc>>,
    },
    /// Which of several expiries was meant.
    ChoosingExpiry {
        /// What was asked, and how.
        question: Question,
        /// The expiries offered.
        expiries: Vec<DateTime<Utc>>,
    },
}

/// A question about a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The draft it is about.
    pub draft_id: DraftId,
    /// Where the answer leads.
    pub way: Way,
    /// When it was asked: after a day untouched it is forgotten.
    pub asked_at: DateTime<Utc>,
}

/// Where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To the next question, and to the confirm card after the last.
    Wizard,
    /// Back to the confirm card.
    Edit,
}

impl LinkTalk {
    /// The state that waits for this field.
    #[must_use]
    pub const fn awaiting(field: DraftField, question: Question) -> Self {
        match field {
            DraftField::Name => Self::AwaitingName(question),
            DraftField::Price => Self::AwaitingPrice(question),
            DraftField::Limit => Self::AwaitingLimit(question),
            DraftField::Expiry => Self::AwaitingExpiry(question),
            DraftField::Customer => Self::AwaitingCustomer(question),
            DraftField::Reference => Self::AwaitingReference(question),
            DraftField::Slug => Self::AwaitingSlug(question),
            DraftField::Pieces => Self::AwaitingPieces(question),
            DraftField::OpensAt => Self::AwaitingOpensAt(question),
            DraftField::BuyerNote => Self::AwaitingBuyerNote(question),
            DraftField::SellerNote => Self::AwaitingSellerNote(question),
            DraftField::ReturnUrl => Self::AwaitingReturnUrl(question),
        }
    }

    /// What is waited for.
    #[must_use]
    pub const fn field(&self) -> DraftField {
        match self {
            Self::AwaitingName(_) => DraftField::Name,
            Self::AwaitingPrice(_) | Self::ChoosingPrice { .. } => DraftField::Price,
            Self::AwaitingLimit(_) => DraftField::Limit,
            Self::AwaitingExpiry(_) | Self::ChoosingExpiry { .. } => DraftField::Expiry,
            Self::AwaitingCustomer(_) => DraftField::Customer,
            Self::AwaitingReference(_) => DraftField::Reference,
            Self::AwaitingSlug(_) => DraftField::Slug,
            Self::AwaitingPieces(_) => DraftField::Pieces,
            Self::AwaitingOpensAt(_) => DraftField::OpensAt,
            Self::AwaitingBuyerNote(_) => DraftField::BuyerNote,
            Self::AwaitingSellerNote(_) => DraftField::SellerNote,
            Self::AwaitingReturnUrl(_) => DraftField::ReturnUrl,
        }
    }

    /// The question that is open.
    #[must_use]
    pub const fn question(&self) -> Question {
        match self {
            Self::AwaitingName(question)
            | Self::AwaitingPrice(question)
            | Self::AwaitingLimit(question)
            | Self::AwaitingExpiry(question)
            | Self::AwaitingCustomer(question)
            | Self::AwaitingReference(question)
            | Self::AwaitingSlug(question)
            | Self::AwaitingPieces(question)
            | Self::AwaitingOpensAt(question)
            | Self::AwaitingBuyerNote(question)
            | Self::AwaitingSellerNote(question)
            | Self::AwaitingReturnUrl(question)
            | Self::ChoosingPrice { question, .. }
            | Self::ChoosingExpiry { question, .. } => *question,
        }
    }
}

/// A tap on a button about links, drafts or orders.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn pressed(talk: &mut Talk, press: Press) -> Result<(), BotError> {
    match press {
        Press::NewLink => wizard::begin(talk).await,
        Press::Creating(CreatingPress::Undo(id)) => unasked::undo(talk, id).await,
        Press::Creating(press) => several_links::pressed(talk, press).await,
        Press::DraftCreate(id) => confirm_card::create(talk, id).await,
        Press::DraftShow(id) => confirm_card::reopen(talk, id).await,
        Press::DraftEdit(id, field) => wizard::edit(talk, id, field).await,
        Press::DraftBack(id) => wizard::back(talk, id).await,
        Press::DraftCancel(id) => wizard::cancel(talk, id).await,
        Press::DraftSet(id, choice) => wizard::choose(talk, id, choice).await,
        Press::Links(page) => links_list::show(talk, LinkList::Filtered(LinkFilter::All), page).await,
        Press::Link(id) => link_card::show(talk, id).await,
        Press::LinkShare(id) => email_draft::show(talk, id).await,
        Press::LinkLetter(id) => link_letter::send_again(talk, id).await,
        Press::LinkOrders(id, page) => link_orders::show(talk, id, OrderFilter::All, page).await,
        Press::OrderLinks => links_list::pick_for_orders(talk).await,
        Press::Order(id) => order_card::show(talk, id).await,
        Press::Accept(_)
        | Press::Deliver(_)
        | Press::ReturnOf(_)
        | Press::Return(..)
        | Press::ReturnAmount(_)
        | Press::SentBack(..)
        | Press::Confirm(_) => money_talk::pressed(talk, press).await,
        Press::Change(_)
        | Press::ChangeSave(..)
        | Press::ChangeLeave(..)
        | Press::SwitchOff(_)
        | Press::SwitchOn(_)
        | Press::Extend(..)
        | Press::Restock(..)
        | Press::MakeLike(_) => change_link::pressed(talk, press).await,
        Press::Goods(press) => goods::pressed(talk, press).await,
        Press::Methods(press) => link_methods::pressed(talk, press).await,
        Press::Calendar(press) => calendar::pressed(talk, press).await,
        Press::Delete(id) => delete_link::ask(talk, id).await,
        Press::DeleteYes(id) => delete_link::delete(talk, id).await,
        Press::Restore(id) => delete_link::restore(talk, id).await,
        _ => Ok(()),
    }
}

/// The draft that is being described: the open question's, or the one on the open confirm card.
#[must_use]
pub fn open_draft_id(talk: &Talk) -> Option<DraftId> {
    match &talk.conversation {
        Conversation::Link(state) => Some(state.question().draft_id),
        _ => talk.open_confirm_card(),
    }
}

/// The person's shop; says where to get one when there is none.
pub(super) async fn any_seat(talk: &mut Talk) -> Result<Option<Seat>, BotError> {
    if talk.seat.is_none() {
        talk.show(Card::new(talk.say("link-no-shop"))).await?;
    }
    Ok(talk.seat.clone())
}

/// The person's shop, when the person may change links there; says so when not.
pub(super) async fn editing_seat(talk: &mut Talk) -> Result<Option<Seat>, BotError> {
    let Some(seat) = any_seat(talk).await? else { return Ok(None) };
    if seat.member.role.may_change_links() {
        return Ok(Some(seat));
    }
    talk.show(only_looks(talk.language, "link-viewer")).await?;
    Ok(None)
}

/// What somebody reads who may only look, and the ways on.
fn only_looks(language: Language, key: &str) -> Card {
    let home = CardButton::press(say(language, "button-home"), Press::Home);
    let links = CardButton::press(say(language, "link-button-links"), Press::Links(PageFrom::Start));
    Card::new(say(language, key)).row([links, home])
}

/// The draft that a button or an answer is about. Says kindly that it is gone, or shows the link that was
/// made from it.
async fn open_draft(talk: &mut Talk, id: DraftId) -> Result<Option<LinkDraft>, BotError> {
    match talk.services.draft(talk.person, id).await? {
        Some(KeptDraft { draft, link_id: None }) => Ok(Some(draft)),
        Some(KeptDraft { link_id: Some(link_id), .. }) => {
            talk.go(Conversation::Idle);
            link_card::show(talk, link_id).await?;
            Ok(None)
        }
        None => {
            talk.go(Conversation::Idle);
            let restart = CardButton::press(talk.say("draft-button-restart"), Press::NewLink);
            let home = talk.home_button();
            talk.show(Card::new(talk.say("draft-gone")).row([restart, home])).await?;
            Ok(None)
        }
    }
}

/// What a button names is not there for this person: says so, and shows the links that are.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn link_gone(talk: &mut Talk) -> Result<(), BotError> {
    match talk.seat {
        Some(_) => gone(talk).await,
        None => any_seat(talk).await.map(|_| ()),
    }
}

/// See [`link_gone`].
pub(super) async fn gone(talk: &mut Talk) -> Result<(), BotError> {
    talk.toast("link-gone").await;
    links_list::show(talk, LinkList::Filtered(LinkFilter::All), PageFrom::Start).await
}

pub(super) fn reader(talk: &Talk, seat: &Seat) -> Reader {
    Reader {
        person: talk.person,
        language: talk.language,
        zone: seat.merchant.time_zone,
        now: talk.services.clock().now(),
        writes_letters: talk.services.writes_letters(),
    }
}

pub(super) const fn cursor<Key: Copy>(page: PageFrom<Key>) -> Cursor<Key> {
    match page {
        PageFrom::Start => Cursor::Start,
        PageFrom::OlderThan(key) => Cursor::OlderThan(key),
        PageFrom::NewerThan(key) => Cursor::NewerThan(key),
    }
}

#[cfg(test)]
mod tests;
