//! Receipts of paid orders: their facts, and the PDF of them.

use tokio::sync::Semaphore;

use super::order_page::OrderPage;
use super::{ServiceError, Services};
use crate::domain::attempt::PaymentAttempt;
use crate::domain::instant_text::display_instant_with_year;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::domain::money::Money;
use crate::domain::order::{OrderState, OrderToken};
use crate::domain::order_money::{MoneyMove, MoneyMoveKind};
use crate::messaging::letters::Fact;
use crate::messaging::receipt_pdf::{ReceiptSheet, draw_receipt};
use crate::messaging::texts::{Say, say};

/// Receipts that are drawn at the same time; the others wait, so that a crowd of readers cannot take the processor
/// from those who pay.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// A receipt as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFile {
    /// What it is called.
    pub name: String,
    /// The PDF.
    pub bytes: Vec<u8>,
}

impl Services {
    /// The receipt of an order as a PDF, in a language; `None` while there is nothing to be certified, and for a
    /// token that opens nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn receipt_file(
        &self,
        token: &OrderToken,
        language: impl FnOnce(Language) -> Language,
    ) -> Result<Option<ReceiptFile>, ServiceError> {
        let Some(page) = self.order_page(token).await? else { return Ok(None) };
        let language = language(page.order.language);
        Ok(receipt_file_of(page, language).await)
    }
}

/// The PDF of an order's receipt; `None` while there is nothing to be certified.
pub(super) async fn receipt_file_of(page: OrderPage, language: Language) -> Option<ReceiptFile> {
    let facts = receipt_facts(&page, language)?;
    let name = Say::new(language, "receipt-pdf-name").with("code", page.order.code.as_str()).plain();
    let sheet = receipt_sheet(&page, facts, language);
    let Ok(_press) = PRESSES.acquire().await else { return None };
    // Drawing takes the processor for a while, and others talk meanwhile.
    let drawn = tokio::task::spawn_blocking(move || draw_receipt(&sheet)).await;
    match drawn {
        Ok(Ok(bytes)) => Some(ReceiptFile { name, bytes }),
        Ok(Err(error)) => {
            tracing::error!(%error, "a receipt could not be drawn");
            None
        }
        Err(error) => {
            tracing::error!(%error, "a receipt was not finished");
            None
        }
    }
}

/// What a receipt says; `None` while there is nothing to be certified. It names the customer but no contact, since
/// it may be passed on.
pub(super) fn receipt_facts(page: &OrderPage, language: Language) -> Option<Vec<Fact>> {
    let state = match page.order.state {
        OrderState::Paid => "pay-receipt-state-paid",
        OrderState::PartiallyRefunded => "pay-partially-refunded",
        OrderState::Refunded => "pay-refunded",
        OrderState::Open
        | OrderState::Awaiting
        | OrderState::PaidUnallocated
        | OrderState::Reversed
        | OrderState::ChargedBack
        | OrderState::Expired
        | OrderState::Closed => return None,
    };
    let fact = |key: &str, value: &str| Fact::new(say(language, key), value);
    let mut facts = vec![
        fact("pay-receipt-state", &say(language, state)),
        fact("pay-receipt-from", page.merchant.name.as_str()),
        Fact { notes: bill(page, language), ..fact("pay-receipt-item", &page.order.title(&page.link)) },
        fact("pay-receipt-customer", page.order.customer.name.as_str()),
    ];
    facts.extend(money_facts(page, language));
    facts.push(fact("pay-order-code", &page.order.code.to_string()));
    let reference = paying_attempt(page).map(|attempt| attempt.gateway_order_id.as_str());
    facts.extend(reference.map(|reference| fact("pay-receipt-reference", reference)));
    Some(facts)
}

fn receipt_sheet(page: &OrderPage, facts: Vec<Fact>, language: Language) -> ReceiptSheet {
    let store = page.merchant.name.as_str();
    let with_store = |key| Say::new(language, key).with("store", store);
    let is_paid = matches!(page.order.state, OrderState::Paid | OrderState::PartiallyRefunded);
    let note = page.order.buyer_note.as_ref().filter(|_| is_paid);
    let contact = with_store("pay-contact").with("code", page.order.code.to_string()).plain();
    ReceiptSheet {
        language: language.code(),
        title: format!("{} {}", say(language, "pay-receipt-title"), page.order.code),
        store: store.to_owned(),
        amount: page.order.amount.display(language),
        practice: (page.order.mode == Mode::Sandbox).then(|| say(language, "pay-receipt-sandbox")),
        facts,
        note: note.map(|note| (with_store("pay-letter").plain(), note.as_str().to_owned())),
        ending: vec![contact, with_store("receipt-pdf-made").plain()],
    }
}

/// The lines of a bill with its discount, or the price of a piece.
fn bill(page: &OrderPage, language: Language) -> Vec<String> {
    let (goods, amount) = (&page.order.goods, page.order.amount);
    let Some(bill) = &goods.bill else {
        let each = amount.minor().checked_div(goods.pieces).filter(|_| goods.pieces > 1);
        let each = each.map(|minor| Money::new(minor, amount.currency()).display(language));
        return each.map(|price| format!("{} × {price}", goods.pieces)).into_iter().collect();
    };
    let things = bill
        .lines
        .iter()
        .filter_map(|line| Some(format!("{}: {}", line.title(), line.total()?.display(language))));
    let discount = bill.discount.map(|discount| {
        let less = Money::new(-discount.minor(), discount.currency()).display(language);
        format!("{}: {less}", say(language, "pay-discount"))
    });
    things.chain(discount).collect()
}

/// What came and where it went.
fn money_facts(page: &OrderPage, language: Language) -> Vec<Fact> {
    let when = |at| display_instant_with_year(at, page.merchant.time_zone, language);
    let amount = |minor| Money::new(minor, page.order.amount.currency()).display(language);
    let fact = |key: &str, value: String| Fact::new(say(language, key), value);
    let (moves, price_minor) = (&page.money.moves, page.order.amount.minor());
    let method = |step: &MoneyMove| {
        let attempt = page.attempts.iter().find(|attempt| attempt.id == step.attempt_id);
        let method = attempt.map(|attempt| attempt.method).or(page.order.paid_with);
        method.map(|method| method.name().to_owned()).unwrap_or_default()
    };
    if let [only] = moves.as_slice()
        && only.kind() == MoneyMoveKind::Received
        && only.amount_minor == price_minor
    {
        return vec![
            fact("pay-amount-label", amount(price_minor)),
            fact("pay-receipt-method", method(only)),
            fact("pay-receipt-time", when(page.order.paid_at.unwrap_or(only.at))),
        ];
    }
    let mut facts = vec![fact("pay-price-label", amount(price_minor))];
    facts.extend(moves.iter().map(|step| {
        let received = (step.kind() == MoneyMoveKind::Received).then(|| method(step));
        let notes = received.into_iter().chain([when(step.at)]).collect();
        Fact { notes, ..fact(move_key(step.kind()), amount(step.amount_minor)) }
    }));
    let extra_minor = page.money.staying_minor() - price_minor;
    if extra_minor > 0 {
        facts.push(fact("pay-money-extra", amount(extra_minor)));
    }
    facts
}

const fn move_key(kind: MoneyMoveKind) -> &'static str {
    match kind {
        MoneyMoveKind::Received => "pay-money-received",
        MoneyMoveKind::SentBack => "pay-money-sent-back",
        MoneyMoveKind::TakenBack => "pay-money-taken",
        MoneyMoveKind::Disputed => "pay-money-disputed",
        MoneyMoveKind::UnderWay => "pay-money-under-way",
    }
}

/// The charge that paid the order: what the bank knows the payment by.
fn paying_attempt(page: &OrderPage) -> Option<&PaymentAttempt> {
    let price_minor = page.order.amount.minor();
    let pays = |step: &&MoneyMove| step.kind() == MoneyMoveKind::Received && step.amount_minor >= price_minor;
    let paying = page.money.moves.iter().find(pays).or(page.money.moves.first())?;
    page.attempts.iter().find(|attempt| attempt.id == paying.attempt_id)
}
