//! A shop connects its own Midtrans account: a form that asks one person for the key, once, and what is done
//! with the key before it counts.

use chrono::TimeDelta;
use secrecy::ExposeSecret;
use url::Url;

use super::admission::{hash, new_token};
use super::gateway_accounts::sealed_for;
use super::merchants::Seat;
use super::telling::tell_owners;
use super::{ServiceError, Services};
use crate::domain::attempt::{AccountCode, GatewayOrderId};
use crate::domain::id::{GatewayAccountId, MerchantId};
use crate::domain::language::Language;
use crate::domain::merchant::{Mode, Role};
use crate::domain::notification::SellerMessage;
use crate::domain::reference::Reference;
use crate::domain::report::ReportedStatus;
use crate::domain::server_key::{ServerKey, ServerKeyFault};
use crate::domain::shop_log::{LogEvent, LogSubject};
use crate::gateways::{GatewayError, PaymentGateway};
use crate::storage::{KeyForm, Reader, ShopAccount, Writer};

/// How long a form works.
pub const KEY_FORM_LIFE: TimeDelta = TimeDelta::minutes(10);

/// How many keys can be tried by one form.
pub const KEY_TRIES_MAX: i64 = 10;

/// A form that was handed out.
#[derive(Debug, Clone)]
pub struct HandedForm {
    /// Where it is. Whoever has it can connect an account.
    pub url: Url,
    token: String,
}

/// How a form stands, for its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFormPage {
    /// What the shop is called.
    pub store: String,
    /// Real or play money.
    pub mode: Mode,
    /// Whether it works, or why not.
    pub standing: FormStanding,
    /// What the bot speaks with whoever asked for it.
    pub language: Language,
}

/// How a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStanding {
    /// It takes a key.
    Open,
    /// It connected an account.
    Used,
    /// Its time is over, it was tried too often, another one took its place, or who asked for it does not own
    /// the shop any more.
    Over,
}

/// What became of a key that was typed into a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connecting {
    /// The gateway knows it; the account is the shop's from now on.
    Connected,
    /// It is no server key of the form's mode.
    NotThatKey(ServerKeyFault),
    /// The gateway does not know it.
    WrongKey,
    /// The gateway could not be asked, or gave no answer to go by. The form still works.
    NotChecked,
    /// The form does not work any more.
    Over,
}

/// What the gateway said about a key.
enum Checked {
    /// It is a key, of the account that the charge was made at.
    SameAccount,
    /// It is a key.
    Good,
    Wrong,
    Unclear,
}

impl Services {
    /// Hands out a form, for its owner and [`KEY_FORM_LIFE`]; an earlier one of the person stops working. `None`
    /// for who does not own the shop.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn hand_key_form(&self, seat: &Seat, mode: Mode) -> Result<Option<HandedForm>, ServiceError> {
        if seat.member.role != Role::Owner {
            return Ok(None);
        }
        let token = new_token();
        let mut writer = self.storage.write().await?;
        let form = KeyForm {
            merchant_id: seat.merchant.id,
            mode,
            person: seat.member.telegram_id,
            card: None,
            tries: 0,
            expires_at: writer.now() + KEY_FORM_LIFE,
            used_at: None,
        };
        writer.insert_key_form(&hash(&token), &form).await?;
        writer.commit().await?;
        Ok(Some(HandedForm { url: self.page_url(&format!("setup/keys/{token}")), token }))
    }

    /// Notes which message of the person's chat leads to a form: it loses its button when the form is used.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn note_form_card(&self, form: &HandedForm, message_id: i64) -> Result<(), ServiceError> {
        let mut writer = self.storage.write().await?;
        writer.note_form_card(&hash(&form.token), message_id).await?;
        Ok(writer.commit().await?)
    }

    /// How the form of a token stands; `None` when nobody was ever given it. Looking changes nothing.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn key_form_page(&self, token: &str) -> Result<Option<KeyFormPage>, ServiceError> {
        let now = self.storage.now().await?;
        let mut reader = self.storage.read().await?;
        let Some(form) = reader.key_form(&hash(token)).await? else { return Ok(None) };
        let staff = reader.staff(form.merchant_id).await?;
        let asker = staff.iter().find(|member| member.telegram_id == form.person);
        let standing = match asker {
            _ if form.used_at.is_some() => FormStanding::Used,
            Some(asker)
                if asker.role == Role::Owner && now < form.expires_at && form.tries < KEY_TRIES_MAX =>
            {
                FormStanding::Open
            }
            _ => FormStanding::Over,
        };
        let language = asker.map_or(Language::Indonesian, |asker| asker.language);
        let merchant = reader.merchant(form.merchant_id).await?;
        let store = merchant.map(|merchant| merchant.name.as_str().to_owned()).unwrap_or_default();
        Ok(Some(KeyFormPage { store, mode: form.mode, standing, language }))
    }

    /// Takes the key that was typed into a form: asks the gateway whether it knows it, and only then seals and
    /// keeps it and uses the form up. The key of an account that the shop has, or had last, replaces its key; that
    /// of another account takes its place, and the earlier one is asked about its charges as long as they need it.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn connect_by_form(&self, token: &str, typed: &str) -> Result<Connecting, ServiceError> {
        // Runs to its end even when the browser goes away: a form that is used up has connected.
        let (services, token, typed) = (self.clone(), token.to_owned(), typed.to_owned());
        let work = async move { services.connect(&token, &typed).await };
        self.running.spawn(work).await.map_err(|_| ServiceError::Interrupted)?
    }

    async fn connect(&self, token: &str, typed: &str) -> Result<Connecting, ServiceError> {
        let token_hash = hash(token);
        let mut reader = self.storage.read().await?;
        let Some(form) = reader.key_form(&token_hash).await? else { return Ok(Connecting::Over) };
        if !is_owner(&mut reader, &form).await? {
            return Ok(Connecting::Over);
        }
        drop(reader);
        // What can be said without asking anybody costs no try.
        let key = match ServerKey::parse(typed, form.mode) {
            Ok(key) => key,
            Err(fault) => return Ok(Connecting::NotThatKey(fault)),
        };
        let mut writer = self.storage.write().await?;
        let may_try = writer.try_key_form(&token_hash, KEY_TRIES_MAX).await?;
        writer.commit().await?;
        if !may_try {
            return Ok(Connecting::Over);
        }
        let earlier = self.storage.read().await?.shop_account_to_renew(form.merchant_id, form.mode).await?;
        let checked = self.check_key(&key, form.mode, earlier.as_ref()).await?;
        let is_same = match checked {
            Checked::SameAccount => true,
            Checked::Good => false,
            Checked::Wrong => return Ok(Connecting::WrongKey),
            Checked::Unclear => return Ok(Connecting::NotChecked),
        };
        let mut writer = self.storage.write().await?;
        if !writer.use_key_form(&token_hash).await? || !is_owner(&mut writer, &form).await? {
            writer.roll_back().await?;
            return Ok(Connecting::Over);
        }
        // Read again: which message leads to it may be known only now.
        let Some(form) = writer.key_form(&token_hash).await? else { return Ok(Connecting::Over) };
        let account = match earlier.filter(|_| is_same) {
            Some(account) => self.replace_key(&mut writer, account, &form, &key).await?,
            None => self.take_account(&mut writer, &form, &key).await?,
        };
        let Some(account) = account else {
            // Somebody else connected or took off an account meanwhile.
            writer.roll_back().await?;
            return Ok(Connecting::NotChecked);
        };
        tell_connected(&mut writer, &form, &account).await?;
        writer.commit().await?;
        Ok(Connecting::Connected)
    }

    /// Asks the gateway about a charge by the key: it knows the key, or says that it does not. No charge is
    /// needed for that, but where the account that the shop has, or had last, has one, the answer also says
    /// whether the key is of the same account.
    async fn check_key(
        &self,
        key: &ServerKey,
        mode: Mode,
        earlier: Option<&ShopAccount>,
    ) -> Result<Checked, ServiceError> {
        let made = match earlier {
            Some(account) => {
                self.storage.read().await?.newest_charge_at(&AccountCode::of_shop(account.id)).await?
            }
            None => None,
        };
        let unmade = || GatewayOrderId::new(&Reference::generate(rand::random()), rand::random());
        let id = made.clone().unwrap_or_else(unmade);
        let account = match self.account_with(GatewayAccountId::generate(), mode, key.reveal().clone()) {
            Ok(account) => account,
            Err(error) => {
                tracing::error!(%error, "a key could not be checked");
                return Ok(Checked::Unclear);
            }
        };
        Ok(asked(account.gateway.as_ref(), &id, made.is_some()).await)
    }

    async fn replace_key(
        &self,
        writer: &mut Writer,
        account: ShopAccount,
        form: &KeyForm,
        key: &ServerKey,
    ) -> Result<Option<ShopAccount>, ServiceError> {
        let account = self.sealed(account.id, writer, form, key, account.version);
        Ok(writer.replace_account_key(&account).await?.then_some(account))
    }

    /// An account of its own for the key; one that is in use goes out of it.
    async fn take_account(
        &self,
        writer: &mut Writer,
        form: &KeyForm,
        key: &ServerKey,
    ) -> Result<Option<ShopAccount>, ServiceError> {
        if let Some(present) = writer.shop_account_in_use(form.merchant_id, form.mode).await? {
            writer.retire_account(form.merchant_id, present.id).await?;
        }
        let id = GatewayAccountId::at(writer.now());
        let account = self.sealed(id, writer, form, key, 0);
        Ok(writer.insert_shop_account(&account).await?.then_some(account))
    }

    fn sealed(
        &self,
        id: GatewayAccountId,
        writer: &Writer,
        form: &KeyForm,
        key: &ServerKey,
        version: i64,
    ) -> ShopAccount {
        let plain = key.reveal().expose_secret().as_bytes();
        ShopAccount {
            id,
            merchant_id: form.merchant_id,
            mode: form.mode,
            sealed_key: Some(self.settings.sealer.seal(&sealed_for(id), plain)),
            key_tail: key.tail(),
            connected_by: form.person,
            connected_at: writer.now(),
            refused_at: None,
            retired_at: None,
            version,
        }
    }

    /// Notes that the gateway refuses the key of a shop's own account, and tells its owners, once for each key.
    /// False when it is none of a shop's.
    pub(super) async fn tell_key_refused(
        &self,
        merchant_id: MerchantId,
        code: &AccountCode,
    ) -> Result<bool, ServiceError> {
        let Some(id) = code.shop_account() else { return Ok(false) };
        let mut writer = self.storage.write().await?;
        let account = writer.shop_account(id).await?;
        if let Some(account) = account
            && writer.note_key_refused(&account).await?
        {
            let key = format!("account:{id}:refused:{}", account.version);
            let message =
                |_| SellerMessage::KeyRefused { mode: account.mode, tail: account.key_tail.clone() };
            tell_owners(&mut writer, merchant_id, None, &key, message).await?;
        }
        writer.commit().await?;
        Ok(true)
    }
}

/// What the gateway's answer about a charge says about the key. `was_made`: the earlier account is known to have
/// it. Without such a charge nothing tells one merchant from another, and a charge that is under way, or whose
/// answer was lost, may yet be found at the earlier account: that one keeps its key.
async fn asked(gateway: &dyn PaymentGateway, id: &GatewayOrderId, was_made: bool) -> Checked {
    match gateway.fetch_report(id).await {
        Ok(report) if was_made && report.status != ReportedStatus::NotFound => Checked::SameAccount,
        Ok(_) => Checked::Good,
        Err(GatewayError::Unauthorized) => Checked::Wrong,
        Err(error) => {
            tracing::warn!(%error, "a shop's key could not be checked");
            Checked::Unclear
        }
    }
}

async fn is_owner(reader: &mut Reader, form: &KeyForm) -> Result<bool, ServiceError> {
    let staff = reader.staff(form.merchant_id).await?;
    Ok(staff.iter().any(|member| member.telegram_id == form.person && member.role == Role::Owner))
}

/// Tells every owner, whoever did it: the shop's money goes there from now on.
async fn tell_connected(
    writer: &mut Writer,
    form: &KeyForm,
    account: &ShopAccount,
) -> Result<(), ServiceError> {
    writer.log(form.merchant_id, form.person, LogEvent::KeysConnected, LogSubject::default()).await?;
    let key = format!("account:{}:connected:{}", account.id, account.connected_at.timestamp_millis());
    let message = |owner| SellerMessage::KeysConnected {
        mode: form.mode,
        tail: account.key_tail.clone(),
        card: form.card.filter(|_| owner == form.person),
    };
    tell_owners(writer, form.merchant_id, None, &key, message).await
}
