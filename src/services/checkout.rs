//! A customer's way from a link to an order.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::networks::Network;
use super::own_order::OwnOrder;
use super::turns::{Joining, takes_line};
use super::{ServiceError, Services};
use crate::domain::customer::{
    CustomerDetails, CustomerName, Email, EmailError, NamedCustomer, Phone, PhoneError,
};
use crate::domain::id::OrderId;
use crate::domain::language::Language;
use crate::domain::link_question::Asking;
use crate::domain::merchant::Merchant;
use crate::domain::money::Money;
use crate::domain::offer::{ChoiceError, Chosen, OrderedGoods, Pricing};
use crate::domain::order::{Order, OrderCode, OrderFlags, OrderState, OrderToken, Unit};
use crate::domain::payment_link::{LinkState, PaymentLink};
use crate::domain::payment_method::{MethodOffer, PaymentMethod};
use crate::domain::photo::PhotoFacts;
use crate::domain::visible_text::TextError;
use crate::domain::waiting_line::PlaceInLine;
use crate::gateways::GatewayAccount;
use crate::storage::orders::OrderSecrets;
use crate::storage::page_reads::LinkRead;

/// A link as a customer sees it.
#[derive(Debug, Clone)]
pub struct LinkPage {
    /// Who sells.
    pub merchant: Merchant,
    /// What is sold.
    pub link: PaymentLink,
    /// How it stands at `now`.
    pub state: LinkState,
    /// The instant of all this, by the deciding clock.
    pub now: DateTime<Utc>,
    /// This customer's order through the link, when the browser knows one (or the link is for a
    /// named customer and takes one payment), newest first choice: one that can still be paid.
    pub own_order: Option<OwnOrder>,
    /// When a busy link may take a payment again: the soonest end of a hold.
    pub next_chance: Option<DateTime<Utc>>,
    /// Whether customers may stand in line until a unit comes free.
    pub takes_line: bool,
    /// Whether its page offers to ask the seller for more.
    pub asking: Asking,
    /// The key of a form that is made now; see [`Services::form_made_at`].
    pub form_key: String,
    /// The picture of what is sold.
    pub photo: Option<PhotoFacts>,
}

/// What the customer typed; fields that the seller preset are ignored.
#[derive(Clone, Default)]
pub struct CustomerForm {
    /// Name as typed.
    pub name: String,
    /// Phone as typed.
    pub phone: String,
    /// E-mail as typed.
    pub email: String,
    /// How much as typed, where the customer chooses the price; empty where the page did not ask.
    pub amount: String,
    /// How many as typed, where several are sold; empty where the page did not ask.
    pub pieces: String,
    /// What the form was made with: a second submit of the same form is the same order.
    pub form_key: String,
    /// The price the page showed, in minor units; a changed price is said, never charged.
    pub shown_price_minor: Option<i64>,
    /// What the customer reads.
    pub language: Option<Language>,
}

/// What a form is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// An order that is paid now.
    #[default]
    Pay,
    /// A place in the line of a busy link; an order that is paid now, where it is not busy any more.
    Turn,
}

/// What became of the form.
#[derive(Debug, Clone)]
pub enum Placement {
    /// There is an order (a new one, or the one this form made before).
    Placed(OrderToken),
    /// Fields to mend; nothing was made.
    Invalid(FieldErrors),
    /// The price is another one now.
    PriceChanged(Money),
    /// The link takes no new order in this state.
    Refused(LinkState),
    /// The customer's network has its share of the link's line already.
    TooManyFromNetwork,
    /// There is no such link.
    NotFound,
}

/// What is wrong with which field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldErrors {
    /// What is wrong with the name.
    pub name: Option<TextError>,
    /// What is wrong with the phone number.
    pub phone: Option<PhoneError>,
    /// What is wrong with the e-mail address.
    pub email: Option<EmailError>,
    /// What is wrong with the amount or the number of pieces.
    pub choice: Option<ChoiceError>,
}

impl Services {
    /// A link as a customer sees it; `None` when there is none with this slug. `known` are the
    /// orders that the customer's browser remembers. Changes nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn link_page(
        &self,
        slug: &str,
        known: &[OrderToken],
    ) -> Result<Option<LinkPage>, ServiceError> {
        let Some(read) = self.storage.read_link_page(slug).await? else { return Ok(None) };
        let LinkRead { link, merchant, photo, now, .. } = read;
        let own_order = self.own_order(&link, known, now).await?;
        let state = link.state(now);
        let next_chance = read.soonest_hold_end.filter(|_| state == LinkState::Busy);
        let takes_line = takes_line(&link, state, read.is_sample);
        let asking = Asking::about(&link, read.question, read.asked_of_shop, now);
        let form_key = self.form_key(now);
        Ok(Some(LinkPage {
            merchant,
            link,
            state,
            now,
            own_order,
            next_chance,
            takes_line,
            asking,
            form_key,
            photo,
        }))
    }

    /// Makes an order from the form. No unit is held yet.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place_order(
        &self,
        slug: &str,
        form: &CustomerForm,
        known: &[OrderToken],
    ) -> Result<Placement, ServiceError> {
        self.place_order_for((Wish::Pay, None), slug, form, known).await
    }

    /// The same for either wish: an order that is made for a turn stands in the line of its link, where the
    /// customer's network leaves others their share of it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn place_order_for(
        &self,
        (wish, network): (Wish, Option<Network>),
        slug: &str,
        form: &CustomerForm,
        known: &[OrderToken],
    ) -> Result<Placement, ServiceError> {
        self.storage.require_room()?;
        let Some(page) = self.link_page(slug, known).await? else { return Ok(Placement::NotFound) };
        let LinkPage { merchant, link, state, own_order, now, takes_line, .. } = page;
        let waits = wish == Wish::Turn && takes_line;
        let customer = read_form(form, link.customer.as_ref());
        let language = form.language.unwrap_or(merchant.language);
        let chosen = link.offer.pricing.choose(link.price, &form.amount, &form.pieces, language);
        if let Some(own) = own_order {
            // Who is paying already, whose link this is, or who typed the same in another tab goes
            // on with that order. One that is used up leads nowhere: a new one is made.
            let is_same = own.order.state == OrderState::Open
                && customer.as_ref() == Ok(&own.order.customer)
                && chosen.as_ref().is_ok_and(|chosen| is_of(&own.order, chosen));
            let typed_again = is_same && own.may_continue(state, now);
            let is_theirs = link.is_for_one_named_customer()
                && own.stands_for_its_link(state, now)
                && !own.may_choose_again(&link);
            if own.order.unit == Unit::Held || is_theirs || typed_again || (waits && own.order.line.is_some())
            {
                return Ok(Placement::Placed(own.token));
            }
            if waits && is_same {
                return self.place_in_line(own.token, network).await;
            }
        }
        if state != LinkState::Active && !waits {
            return Ok(Placement::Refused(state));
        }
        if shows_another_price(form, &link) {
            return Ok(Placement::PriceChanged(link.price));
        }
        let (customer, chosen) = match (customer, chosen) {
            (Ok(customer), Ok(chosen)) => (customer, chosen),
            (customer, chosen) => {
                let errors = customer.err().unwrap_or_default();
                return Ok(Placement::Invalid(FieldErrors { choice: chosen.err(), ..errors }));
            }
        };
        let waits = waits.then_some(network);
        self.write_order(&merchant, &link, (customer, chosen, waits), form).await
    }

    /// Puts an order that is there into the line of its link.
    async fn place_in_line(
        &self,
        token: OrderToken,
        network: Option<Network>,
    ) -> Result<Placement, ServiceError> {
        Ok(match self.join_line(&token, network).await? {
            Some(Joining::TooManyFromNetwork) => Placement::TooManyFromNetwork,
            _ => Placement::Placed(token),
        })
    }

    /// Writes the order, or finds the one that the same form made before. `waits` is the network of a customer
    /// who waits.
    async fn write_order(
        &self,
        merchant: &Merchant,
        link: &PaymentLink,
        (customer, chosen, waits): (CustomerDetails, Chosen, Option<Option<Network>>),
        form: &CustomerForm,
    ) -> Result<Placement, ServiceError> {
        let token = OrderToken::new(rand::random());
        let secrets = OrderSecrets {
            token_hash: token.hash().to_vec(),
            token_sealed: self.settings.sealer.seal(TOKEN_PURPOSE, token.reveal().as_bytes()),
            form_hash: form_hash(&form.form_key, &customer, &chosen, link),
        };
        let mut writer = self.storage.write().await?;
        if waits.is_some() && writer.lock_link(merchant.id, link.id).await?.is_none() {
            return Ok(Placement::NotFound);
        }
        let mut order = Order {
            id: OrderId::at(writer.now()),
            merchant_id: merchant.id,
            link_id: link.id,
            code: OrderCode::new(&[]),
            mode: link.mode,
            state: OrderState::Open,
            unit: Unit::None,
            flags: OrderFlags::default(),
            customer,
            goods: OrderedGoods { pieces: chosen.pieces, bill: link.offer.pricing.bill().cloned() },
            buyer_note: link.offer.buyer_note.clone(),
            amount: chosen.amount,
            language: form.language.unwrap_or(merchant.language),
            paid_at: None,
            paid_with: None,
            hold_until: None,
            changing_until: None,
            line: waits.map(|_| PlaceInLine { since: writer.now(), told_at: None }),
            has_let_turn_pass: false,
            shipped: None,
            item_name: Some(link.item_name.clone()),
            created_at: writer.now(),
            version: 0,
        };
        for characters in CODE_CHARACTERS {
            let random: [u8; 10] = rand::random();
            order.code = OrderCode::new(&random[..characters]);
            if writer.insert_order(&order, &secrets).await? {
                if let Some(network) = waits
                    && !self.leaves_places(&mut writer, link, order.id, network).await?
                {
                    writer.roll_back().await?;
                    return Ok(Placement::TooManyFromNetwork);
                }
                writer.commit().await?;
                return Ok(Placement::Placed(token));
            }
            if let Some(earlier) = writer.order_by_form(link.id, &secrets.form_hash).await? {
                let sealed = writer.sealed_token(earlier.id).await?.unwrap_or_default();
                writer.roll_back().await?;
                let token = self.open_token(&sealed)?;
                // Who left the line and sends the form once more stands at its end.
                return match waits {
                    Some(network) => self.place_in_line(token, network).await,
                    None => Ok(Placement::Placed(token)),
                };
            }
        }
        Err(ServiceError::Interrupted)
    }
}

/// What order tokens are sealed for.
pub(super) const TOKEN_PURPOSE: &str = "order token";

/// Lengths of order codes to try: a shop whose five-character codes collide gets longer ones.
const CODE_CHARACTERS: [usize; 4] = [5, 5, 6, 8];

/// Whether an order with such a unit may be charged (again) through a link in such a state.
pub(super) const fn takes_attempt(state: LinkState, unit: Unit) -> bool {
    match state {
        LinkState::Active => true,
        LinkState::Busy | LinkState::Exhausted => matches!(unit, Unit::Held),
        LinkState::Deleted | LinkState::Paused | LinkState::NotOpenYet | LinkState::Expired => false,
    }
}

/// The account's methods that the shop takes, and its link, whatever the amount, but for those that the gateway
/// refused it lately.
pub(super) fn taken_methods(
    account: &GatewayAccount,
    merchant: &Merchant,
    link: &PaymentLink,
    refused: &[PaymentMethod],
) -> Vec<MethodOffer> {
    let sets = [&merchant.methods, &link.offer.methods];
    let is_taken = |offer: &&MethodOffer| {
        sets.iter().all(|set| set.includes(offer.method)) && !refused.contains(&offer.method)
    };
    account.gateway.methods().iter().filter(is_taken).copied().collect()
}

/// Whether an order is for just what was chosen.
fn is_of(order: &Order, chosen: &Chosen) -> bool {
    (order.amount, order.goods.pieces) == (chosen.amount, chosen.pieces)
}

/// Whether the page that was filled in asked for another price than the link does now. Where the customer
/// says how much, nothing that was shown binds; where the customer no longer does, what was typed must be
/// the price.
fn shows_another_price(form: &CustomerForm, link: &PaymentLink) -> bool {
    let is_another = form.shown_price_minor.is_some_and(|shown_minor| shown_minor != link.price.minor());
    match link.offer.pricing {
        Pricing::Chosen(_) => false,
        Pricing::PerPiece(_) => is_another || !form.amount.is_empty(),
        Pricing::Fixed | Pricing::Bill(_) => {
            is_another || !form.amount.is_empty() || !matches!(form.pieces.trim(), "" | "1")
        }
    }
}

/// One form makes one order; the same key with other details is another form.
fn form_hash(form_key: &str, customer: &CustomerDetails, chosen: &Chosen, link: &PaymentLink) -> Vec<u8> {
    if form_key.is_empty() {
        return rand::random::<[u8; 32]>().to_vec();
    }
    // What was chosen is a part only where something is: a form without a choice hashes as ever.
    let choice = match link.offer.pricing {
        Pricing::Fixed | Pricing::Bill(_) => None,
        Pricing::PerPiece(_) | Pricing::Chosen(_) => {
            Some(format!("{} {}", chosen.amount.minor(), chosen.pieces))
        }
    };
    let parts = [form_key, customer.name.as_str(), customer.phone.as_str(), customer.email.as_str()];
    let mut digest = Sha256::new();
    for part in parts.into_iter().chain(choice.as_deref()) {
        digest.update(part.len().to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize().to_vec()
}

/// Reads what was typed; what the seller preset wins.
fn read_form(form: &CustomerForm, preset: Option<&NamedCustomer>) -> Result<CustomerDetails, FieldErrors> {
    let name = match preset.and_then(|preset| preset.name.clone()) {
        Some(name) => Ok(name),
        None => CustomerName::parse(&form.name),
    };
    let phone = match preset.and_then(|preset| preset.phone.clone()) {
        Some(phone) => Ok(phone),
        None => Phone::parse(&form.phone),
    };
    let email = match preset.and_then(|preset| preset.email.clone()) {
        Some(email) => Ok(email),
        None => Email::parse(&form.email),
    };
    match (name, phone, email) {
        (Ok(name), Ok(phone), Ok(email)) => Ok(CustomerDetails { name, phone, email }),
        (name, phone, email) => {
            Err(FieldErrors { name: name.err(), phone: phone.err(), email: email.err(), choice: None })
        }
    }
}
