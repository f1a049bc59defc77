//! The whole shop as a file, for its owner.
//!
//! ```text
//! Ani   taps 📦 Seluruh toko
//! Bot   📦 Seluruh toko sedang disiapkan …
//! Bot   [tautan-2026-11-23.jsonl.gz] 📦 Kaos Ani: semua tautan …
//! ```

use super::export_talk::{figures_button, say_failed, ways_on};
use super::sheet::FILE_BYTES_MAX;
use crate::bot::links::wording::Reader;
use crate::bot::talk::Talk;
use crate::bot::{BotError, links};
use crate::domain::id::TelegramId;
use crate::domain::shop_log::LogEvent;
use crate::messaging::buttons::{NumbersPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::telegram::{Document, Messenger};
use crate::messaging::texts::Say;
use crate::services::Services;
use crate::services::merchants::Seat;
use crate::services::order_export::ExportPlace;

/// The button, for who owns the shop.
pub(super) fn button(talk: &Talk, seat: &Seat) -> Option<CardButton> {
    let press = Press::Numbers(NumbersPress::WholeShop);
    seat.member.role.may_take_shop().then(|| CardButton::press(talk.say("export-button-shop"), press))
}

/// Makes the file beside the answer.
pub(super) async fn export(talk: &mut Talk) -> Result<(), BotError> {
    let Some(seat) = links::any_seat(talk).await? else { return Ok(()) };
    if !seat.member.role.may_take_shop() {
        let card =
            Card::new(talk.say("export-shop-not-owner")).row([figures_button(talk), talk.home_button()]);
        return talk.show(card).await;
    }
    let Some(place) = talk.services.begin_export(talk.person) else {
        talk.toast("export-busy").await;
        return Ok(());
    };
    talk.services.log_export(&seat, LogEvent::ShopExported).await?;
    let other = Press::Numbers(NumbersPress::Exports);
    let card = Card::new(talk.say("export-shop-begun"))
        .row([CardButton::press(talk.say("export-button-other"), other), talk.home_button()]);
    talk.show(card).await?;
    let export = ShopExport {
        services: talk.services.clone(),
        messenger: talk.messenger.clone(),
        person: talk.person,
        reader: links::reader(talk, &seat),
        seat,
        _place: place,
    };
    talk.services.go_on_beside(export.run());
    Ok(())
}

/// A shop's file on its way to its owner.
struct ShopExport {
    services: Services,
    messenger: Messenger,
    person: TelegramId,
    reader: Reader,
    seat: Seat,
    _place: ExportPlace,
}

impl ShopExport {
    async fn run(self) {
        if let Err(error) = self.send().await {
            let again = NumbersPress::RecordExports;
            say_failed(&self.messenger, self.person, &self.reader, &error, again).await;
        }
    }

    async fn send(&self) -> Result<(), BotError> {
        self.messenger.announce_document(self.person).await;
        let Some(copy) = self.services.copy_shop(&self.seat).await? else { return Ok(()) };
        if copy.bytes.len() > FILE_BYTES_MAX {
            let card = Card::new(self.reader.say("export-shop-too-large")).row(ways_on(&self.reader));
            self.messenger.send(self.person, &card).await?;
            return Ok(());
        }
        let rows = i64::try_from(copy.rows).unwrap_or(i64::MAX);
        let text = Say::new(self.reader.language, "export-shop-done")
            .with("store", self.seat.merchant.name.as_str())
            .with_safe("rows", self.reader.count(rows))
            .html();
        let day = self.reader.now.with_timezone(&self.reader.zone).date_naive();
        let document = Document { name: format!("tautan-{day}.jsonl.gz"), bytes: copy.bytes };
        let card = Card::new(text).row(ways_on(&self.reader));
        self.messenger.send_document(self.person, document, &card).await?;
        Ok(())
    }
}
