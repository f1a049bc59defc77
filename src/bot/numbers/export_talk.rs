//! `/export`: orders of a period as a file.
//!
//! ```text
//! Ani   /export
//! Bot   ⬇ Pesanan sebagai berkas CSV. Masa yang mana?
//!       [Hari ini] [7 hari] …
//! Ani   taps 7 hari
//! Bot   ⬇ Pesanan 7 hari sedang disiapkan …
//! Bot   [pesanan-2026-11-17-2026-11-23.csv] 12 pesanan …
//! ```

use chrono::{DateTime, TimeDelta, Utc};

use super::figures_card::period_words;
use super::sheet::{FILE_BYTES_MAX, Sheet, SheetFile};
use super::shop_talk;
use crate::bot::conversation::Conversation;
use crate::bot::links::wording::Reader;
use crate::bot::talk::Talk;
use crate::bot::{BotError, home, links};
use crate::domain::figures::{Period, Span};
use crate::domain::id::TelegramId;
use crate::domain::merchant::Mode;
use crate::domain::shop_log::LogEvent;
use crate::messaging::buttons::{NumbersPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::telegram::{Document, Messenger};
use crate::messaging::texts::Say;
use crate::services::Services;
use crate::services::merchants::Seat;
use crate::services::order_export::ExportPlace;

/// `/export`.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn export_command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    show(talk).await
}

/// The periods to choose from.
pub(super) async fn show(talk: &mut Talk) -> Result<(), BotError> {
    let Some(seat) = exporting_seat(talk).await? else { return Ok(()) };
    let reader = links::reader(talk, &seat);
    let mode = home::mode_line(talk, seat.merchant.mode);
    let button = |period: &Period| {
        let press = Press::Numbers(NumbersPress::Export(*period));
        CardButton::press(period_words(&reader, *period), press)
    };
    let card = Period::ALL
        .chunks(2)
        .fold(Card::new(format!("{}\n\n{mode}", talk.say("export-ask"))), |card, pair| {
            card.row(pair.iter().map(button))
        })
        .row(shop_talk::button(talk, &seat))
        .row([figures_button(talk), talk.home_button()]);
    talk.show(card).await
}

/// Makes the file beside the answer, since it may take longer than an answer may.
pub(super) async fn export(talk: &mut Talk, period: Period) -> Result<(), BotError> {
    let Some(seat) = exporting_seat(talk).await? else { return Ok(()) };
    let Some(place) = talk.services.begin_export(talk.person) else {
        talk.toast("export-busy").await;
        return Ok(());
    };
    talk.services.log_export(&seat, LogEvent::OrdersExported).await?;
    let words = period_words(&links::reader(talk, &seat), period);
    let text = talk.words("export-begun").with_safe("period", words).html();
    let again = Press::Numbers(NumbersPress::Exports);
    let card =
        Card::new(text).row([CardButton::press(talk.say("export-button-other"), again), talk.home_button()]);
    talk.show(card).await?;
    let span = period.span(talk.services.storage().now().await?, seat.merchant.time_zone);
    let export = Export {
        services: talk.services.clone(),
        messenger: talk.messenger.clone(),
        person: talk.person,
        reader: links::reader(talk, &seat),
        seat,
        period,
        span,
        _place: place,
    };
    talk.services.go_on_beside(export.run());
    Ok(())
}

/// The person's shop, when the person may take customers' details home; says so when not.
async fn exporting_seat(talk: &mut Talk) -> Result<Option<Seat>, BotError> {
    let Some(seat) = links::any_seat(talk).await? else { return Ok(None) };
    if seat.member.role.may_export() {
        return Ok(Some(seat));
    }
    let card = Card::new(talk.say("export-viewer")).row([figures_button(talk), talk.home_button()]);
    talk.show(card).await?;
    Ok(None)
}

pub(super) fn figures_button(talk: &Talk) -> CardButton {
    let press = Press::Numbers(NumbersPress::Figures(Period::SevenDays));
    CardButton::press(talk.say("button-figures"), press)
}

/// The buttons under a file, which stays in the chat.
pub(super) fn ways_on(reader: &Reader) -> [CardButton; 2] {
    [
        CardButton::press(reader.say("export-button-other"), Press::Numbers(NumbersPress::RecordExports)),
        CardButton::press(reader.say("button-home"), Press::RecordHome),
    ]
}

/// Says that a file did not go out, and how to ask for it again.
pub(super) async fn say_failed(
    messenger: &Messenger,
    person: TelegramId,
    reader: &Reader,
    error: &BotError,
    again: NumbersPress,
) {
    tracing::error!(chat.id = person.0, %error, "a file did not go out");
    let button = CardButton::press(reader.say("export-button-again"), Press::Numbers(again));
    let home = CardButton::press(reader.say("button-home"), Press::RecordHome);
    let card = Card::new(reader.say("export-failed")).row([button, home]);
    if let Err(error) = messenger.send(person, &card).await {
        tracing::warn!(chat.id = person.0, %error, "nor did the word about it");
    }
}

/// One file for one person, on its way.
struct Export {
    services: Services,
    messenger: Messenger,
    person: TelegramId,
    reader: Reader,
    seat: Seat,
    period: Period,
    span: Span,
    _place: ExportPlace,
}

impl Export {
    /// Sends the files, or says that it did not work and how to try again.
    async fn run(self) {
        if let Err(error) = self.send_files().await {
            let again = NumbersPress::RecordExport(self.period);
            say_failed(&self.messenger, self.person, &self.reader, &error, again).await;
        }
    }

    async fn send_files(&self) -> Result<(), BotError> {
        self.messenger.announce_document(self.person).await;
        let mut sheet = Sheet::new(self.reader, self.seat.merchant.mode, FILE_BYTES_MAX);
        let (mut after, mut files, mut first) = (None, 0_usize, None);
        while let Some(page) = self.services.order_lines(&self.seat, &self.span, after).await?
            && let Some(last) = page.last()
        {
            after = Some(last.place());
            first = first.or(page.first().map(|line| line.created_at));
            for line in &page {
                if let Some(file) = sheet.add(line) {
                    files += 1;
                    self.send(file, first, Some(files)).await?;
                }
            }
        }
        match sheet.take() {
            Some(file) => self.send(file, first, (files > 0).then_some(files + 1)).await,
            None => self.say_empty().await,
        }
    }

    /// Sends a file. `number` is its place when there are several.
    async fn send(
        &self,
        file: SheetFile,
        first: Option<DateTime<Utc>>,
        number: Option<usize>,
    ) -> Result<(), BotError> {
        self.messenger.announce_document(self.person).await;
        let merchant = &self.seat.merchant;
        let text = Say::new(self.reader.language, "export-done")
            .with("store", merchant.name.as_str())
            .with_safe("period", period_words(&self.reader, self.period))
            .with_safe("orders", self.reader.count(file.lines))
            .html();
        let card =
            Card::new(format!("{text}\n{}", self.reader.mode(merchant.mode))).row(ways_on(&self.reader));
        let document = Document { name: self.file_name(first, number), bytes: file.bytes };
        self.messenger.send_document(self.person, document, &card).await?;
        Ok(())
    }

    async fn say_empty(&self) -> Result<(), BotError> {
        let text = Say::new(self.reader.language, "export-empty")
            .with_safe("period", period_words(&self.reader, self.period))
            .html();
        let mode = self.reader.mode(self.seat.merchant.mode);
        let card = Card::new(format!("{text}\n{mode}")).row(ways_on(&self.reader));
        self.messenger.send(self.person, &card).await?;
        Ok(())
    }

    /// `pesanan-2026-11-17-2026-11-23.csv`, with the days of the shop.
    fn file_name(&self, first: Option<DateTime<Utc>>, number: Option<usize>) -> String {
        let day = |at: DateTime<Utc>| at.with_timezone(&self.reader.zone).date_naive();
        let since = match self.period {
            Period::Always => first.unwrap_or(self.span.until),
            _ => self.span.since,
        };
        let mut name = self.reader.say("export-file");
        if self.seat.merchant.mode == Mode::Sandbox {
            name = format!("sandbox-{name}");
        }
        let days = format!("{}-{}", day(since), day(self.span.until - TimeDelta::seconds(1)));
        match number {
            Some(number) => format!("{name}-{days}-{number}.csv"),
            None => format!("{name}-{days}.csv"),
        }
    }
}
