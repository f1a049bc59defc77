//! What is sold, as pages show it: the head of a page, the lines of a bill, and the seller's message.

use super::money_rows::Row;
use super::page_texts::PageTexts;
use crate::domain::merchant::Merchant;
use crate::domain::money::Money;
use crate::domain::offer::{Bill, ChosenPrice, Pricing};
use crate::domain::order::OrderState;
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::services::checkout::LinkPage;
use crate::services::order_page::OrderPage;

/// What is sold, by whom and for how much: the same on every page.
pub struct Goods {
    /// The shop's first letter, drawn where others have a picture.
    pub initial: String,
    /// The shop's picture, on our own origin.
    pub logo: Option<String>,
    /// The shop.
    pub store: String,
    /// The seller's chat name with its `@`.
    pub chat: Option<String>,
    /// The item.
    pub item: String,
    /// The amount as people read it.
    pub amount: String,
    /// The things on the bill, where there are several.
    pub rows: Vec<Row>,
    /// What is left and until when.
    pub facts: Vec<String>,
    /// The picture.
    pub picture: Option<Picture>,
}

/// A picture on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is on our own origin.
    pub path: String,
    /// In pixels.
    pub width: i64,
    /// In pixels.
    pub height: i64,
}

/// What a seller says to whoever has paid.
pub struct Letter {
    /// From whom.
    pub title: String,
    /// The words, lines apart.
    pub text: String,
}

impl Goods {
    /// What a link sells, without facts about the link.
    #[must_use]
    pub fn of_link(page: &LinkPage, t: PageTexts) -> Self {
        let LinkPage { merchant, link, .. } = page;
        let bill = link.offer.pricing.bill();
        let mut goods =
            Self::named((merchant, link), link.item_name.to_string(), price_line(link, t), bill, t);
        goods.picture = picture(page);
        goods
    }

    /// What an order is for.
    #[must_use]
    pub fn of_order(page: &OrderPage, t: PageTexts) -> Self {
        let order = &page.order;
        let amount = order.amount.display(t.0);
        let mut goods = Self::named(
            (&page.merchant, &page.link),
            order.title(&page.link),
            amount,
            order.goods.bill.as_ref(),
            t,
        );
        goods.facts.extend(each(page, t));
        goods
    }

    fn named(
        (merchant, link): (&Merchant, &PaymentLink),
        item: String,
        amount: String,
        bill: Option<&Bill>,
        t: PageTexts,
    ) -> Self {
        let store = merchant.name.as_str();
        Self {
            initial: store.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default(),
            logo: merchant.face.photo.map(|photo| format!("/{}/shop/{photo}", link.slug.as_str())),
            store: store.to_owned(),
            chat: merchant.face.chat_name.as_ref().map(|name| format!("@{}", name.as_str())),
            item,
            amount,
            rows: bill.map(|bill| bill_rows(bill, t)).unwrap_or_default(),
            facts: Vec::new(),
            picture: None,
        }
    }
}

impl Letter {
    /// The seller's message, once the order is paid and as long as it stays so.
    #[must_use]
    pub fn of(page: &OrderPage, t: PageTexts) -> Option<Self> {
        let is_paid = matches!(page.order.state, OrderState::Paid | OrderState::PartiallyRefunded);
        let note = page.order.buyer_note.as_ref().filter(|_| is_paid)?;
        let title = t.with("store", page.merchant.name.as_str()).say("pay-letter");
        Some(Self { title, text: note.as_str().to_owned() })
    }
}

/// The fact of what was ordered, with the parts of its price in small letters.
#[must_use]
pub fn item_row(page: &OrderPage, t: PageTexts) -> Row {
    let bill = page.order.goods.bill.as_ref().map(|bill| bill_rows(bill, t)).unwrap_or_default();
    let parts = bill.into_iter().map(|row| format!("{}: {}", row.label, row.value));
    Row {
        label: t.say("pay-receipt-item"),
        value: page.order.title(&page.link),
        notes: parts.chain(each(page, t)).collect(),
    }
}

/// What a link asks for, in a few words.
#[must_use]
pub fn price_line(link: &PaymentLink, t: PageTexts) -> String {
    match &link.offer.pricing {
        Pricing::Fixed | Pricing::PerPiece(_) | Pricing::Bill(_) => link.price.display(t.0),
        Pricing::Chosen(ChosenPrice { minimum, maximum: Some(maximum), .. }) => {
            t.with("least", minimum.display(t.0)).with("most", maximum.display(t.0)).say("pay-price-between")
        }
        Pricing::Chosen(ChosenPrice { minimum, .. }) => {
            t.with("amount", minimum.display(t.0)).say("pay-price-from")
        }
    }
}

/// `3 × Rp75.000`, where several pieces were ordered.
fn each(page: &OrderPage, t: PageTexts) -> Option<String> {
    let (pieces, amount) = (page.order.goods.pieces, page.order.amount);
    let price = Money::new(amount.minor().checked_div(pieces)?, amount.currency());
    (pieces > 1).then(|| format!("{pieces} × {}", price.display(t.0)))
}

fn bill_rows(bill: &Bill, t: PageTexts) -> Vec<Row> {
    let row = |label, amount: Money| Row { label, value: amount.display(t.0), notes: Vec::new() };
    let things = bill.lines.iter().filter_map(|line| Some(row(line.title(), line.total()?)));
    let discount = bill
        .discount
        .map(|discount| row(t.say("pay-discount"), Money::new(-discount.minor(), discount.currency())));
    things.chain(discount).collect()
}

/// The picture's address ends in what it shows, so that it may be kept for good.
fn picture(page: &LinkPage) -> Option<Picture> {
    let facts = page.photo.as_ref().filter(|_| page.state != LinkState::Deleted)?;
    let path = format!("/{}/photo/{}", page.link.slug.as_str(), facts.digest);
    Some(Picture { path, width: facts.width, height: facts.height })
}

#[cfg(test)]
#[path = "goods_view_tests.rs"]
mod tests;
