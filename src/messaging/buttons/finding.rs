//! The buttons by which links and orders are found again, and by which orders are sent and followed up. The keys of two rows fit beside a filter's
//! letter; the words of a search do not, so it goes by its number among the person's own.

use super::codec::{page_code, read_page};
use super::{PageFrom, decode_key, encode_key};
use crate::domain::finding::{LinkFilter, OrderFilter};
use crate::domain::id::{LinkId, OrderId};

/// A tap on a button of a list, or on a row of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingPress {
    /// A page of links.
    Links(LinkList, PageFrom<LinkId>),
    /// One link out of this page of links: the way back leads there.
    Link(LinkList, PageFrom<LinkId>, LinkId),
    /// Ask for words to look for among the links.
    AskLinks,
    /// A page of the shop's orders.
    Orders(OrderList, PageFrom<OrderId>),
    /// A page of one link's orders.
    LinkOrders(LinkId, OrderFilter, PageFrom<OrderId>),
    /// One order out of this page of the shop's orders: the way back leads there.
    Order(OrderList, PageFrom<OrderId>, OrderId),
    /// One order out of this page of its link's orders.
    OrderOfLink(OrderFilter, PageFrom<OrderId>, OrderId),
    /// Ask for words to look for among the orders.
    AskOrders,
    /// Note that an order's goods were sent; the way back leads to the list, if one came from one.
    Ship(OrderId, Option<OrderList>),
    /// Take that back.
    Unship(OrderId, Option<OrderList>),
    /// Show a reminder for an order's customer.
    Remind(OrderId),
    /// When to be told of unpaid orders.
    FollowUp,
    /// Be told of unpaid orders after so many hours; 0: never.
    FollowUpAfter(u8),
}

/// A list of the shop's links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkList {
    /// Those that a filter lets through.
    Filtered(LinkFilter),
    /// Those with the words of this search of the person's.
    Found(u32),
}

/// A list of the shop's orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderList {
    /// Those that a filter lets through.
    Filtered(OrderFilter),
    /// Those with the words of this search of the person's.
    Found(u32),
}

/// Stands before a search's number; no filter's letter is this.
const FOUND: char = 'q';

impl FindingPress {
    /// The verb and the arguments of a press.
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        let links = |page| page_code(page, |link: LinkId| encode_key(link.0));
        let orders = |page| page_code(page, |order: OrderId| encode_key(order.0));
        match self {
            Self::Links(list, page) => ("fl", vec![list.code(), links(page)]),
            Self::Link(list, page, id) => ("fk", vec![list.code(), links(page), encode_key(id.0)]),
            Self::AskLinks => ("fa", vec![]),
            Self::Orders(list, page) => ("fo", vec![list.code(), orders(page)]),
            Self::LinkOrders(link, filter, page) => {
                ("fn", vec![encode_key(link.0), order_letter(filter).to_string(), orders(page)])
            }
            Self::Order(list, page, id) => ("fp", vec![list.code(), orders(page), encode_key(id.0)]),
            Self::OrderOfLink(filter, page, id) => {
                ("fq", vec![order_letter(filter).to_string(), orders(page), encode_key(id.0)])
            }
            Self::AskOrders => ("fb", vec![]),
            Self::Ship(order, list) => ("fs", order_in(order, list)),
            Self::Unship(order, list) => ("fu", order_in(order, list)),
            Self::Remind(order) => ("fr", vec![encode_key(order.0)]),
            Self::FollowUp => ("ff", vec![]),
            Self::FollowUpAfter(hours) => ("fh", vec![hours.to_string()]),
        }
    }

    /// Reads what [`FindingPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let link = |text: &str| decode_key(text).map(LinkId);
        let order = |text: &str| decode_key(text).map(OrderId);
        let filter =
            |text: &str| OrderFilter::ALL.into_iter().find(|filter| is_letter(text, order_letter(*filter)));
        Some(match (verb, arguments) {
            ("fl", [list, page]) => Self::Links(LinkList::parse(list)?, read_page(page, link)?),
            ("fk", [list, page, id]) => Self::Link(LinkList::parse(list)?, read_page(page, link)?, link(id)?),
            ("fa", []) => Self::AskLinks,
            ("fo", [list, page]) => Self::Orders(OrderList::parse(list)?, read_page(page, order)?),
            ("fn", [of, letter, page]) => {
                Self::LinkOrders(link(of)?, filter(letter)?, read_page(page, order)?)
            }
            ("fp", [list, page, id]) => {
                Self::Order(OrderList::parse(list)?, read_page(page, order)?, order(id)?)
            }
            ("fq", [letter, page, id]) => {
                Self::OrderOfLink(filter(letter)?, read_page(page, order)?, order(id)?)
            }
            ("fb", []) => Self::AskOrders,
            ("fs", [id]) => Self::Ship(order(id)?, None),
            ("fs", [id, list]) => Self::Ship(order(id)?, Some(OrderList::parse(list)?)),
            ("fu", [id]) => Self::Unship(order(id)?, None),
            ("fu", [id, list]) => Self::Unship(order(id)?, Some(OrderList::parse(list)?)),
            ("fr", [id]) => Self::Remind(order(id)?),
            ("ff", []) => Self::FollowUp,
            ("fh", [hours]) => Self::FollowUpAfter(hours.parse().ok()?),
            _ => return None,
        })
    }
}

impl LinkList {
    fn code(self) -> String {
        match self {
            Self::Filtered(filter) => link_letter(filter).to_string(),
            Self::Found(number) => format!("{FOUND}{number}"),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        if let Some(number) = code.strip_prefix(FOUND) {
            return number.parse().ok().map(Self::Found);
        }
        let found = LinkFilter::ALL.into_iter().find(|filter| is_letter(code, link_letter(*filter)));
        found.map(Self::Filtered)
    }
}

impl OrderList {
    fn code(self) -> String {
        match self {
            Self::Filtered(filter) => order_letter(filter).to_string(),
            Self::Found(number) => format!("{FOUND}{number}"),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        if let Some(number) = code.strip_prefix(FOUND) {
            return number.parse().ok().map(Self::Found);
        }
        let found = OrderFilter::ALL.into_iter().find(|filter| is_letter(code, order_letter(*filter)));
        found.map(Self::Filtered)
    }
}

fn order_in(order: OrderId, list: Option<OrderList>) -> Vec<String> {
    std::iter::once(encode_key(order.0)).chain(list.map(OrderList::code)).collect()
}

const fn link_letter(filter: LinkFilter) -> char {
    match filter {
        LinkFilter::All => 'a',
        LinkFilter::Active => 'o',
        LinkFilter::SoldOut => 's',
        LinkFilter::Expired => 'e',
        LinkFilter::Off => 'x',
    }
}

const fn order_letter(filter: OrderFilter) -> char {
    match filter {
        OrderFilter::All => 'a',
        OrderFilter::Paid => 'p',
        OrderFilter::Waiting => 'w',
        OrderFilter::Problem => 'x',
        OrderFilter::ToShip => 's',
        OrderFilter::Other => 'o',
    }
}

fn is_letter(text: &str, letter: char) -> bool {
    text.len() == 1 && text.starts_with(letter)
}
