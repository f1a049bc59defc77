//! `/stats`, `/today` and the buttons 📊.
//!
//! ```text
//! Ani   /stats
//! Bot   [a picture with a bar for each day]
//!       📊 Kaos Ani · 7 hari
//!       💰 Rp675.000 · 9 pembayaran · rata-rata Rp75.000
//!       👁 40 dibuka → 📝 12 isi data → 💳 10 pilih cara bayar → ✅ 9 lunas
//!       …
//!       [Hari ini] [✓ 7 hari]
//!       [30 hari] [Bulan ini]
//!       [⬇ CSV] [🏠 Beranda]
//! ```

use super::figures_card::{self, figures_card, link_figures_card, period_words};
use crate::bot::conversation::Conversation;
use crate::bot::links::wording::Reader;
use crate::bot::talk::Talk;
use crate::bot::{BotError, home, links};
use crate::domain::figures::{Figures, Period};
use crate::domain::id::LinkId;
use crate::messaging::buttons::{NumbersPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::messaging::chart::Chart;
use crate::messaging::picture::draw;
use crate::messaging::telegram::{PictureKind, fits_under_picture};
use crate::services::merchants::Seat;

/// `/stats`.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn stats_command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    show(talk, Period::SevenDays).await
}

/// `/today`: one line.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn today_command(talk: &mut Talk, _arguments: &str) -> Result<(), BotError> {
    talk.go(Conversation::Idle);
    let Some(seat) = links::any_seat(talk).await? else { return Ok(()) };
    let figures = talk.services.home_figures(&seat).await?;
    let text = talk
        .words("numbers-today")
        .with("store", seat.merchant.name.as_str())
        .with_number("paid", figures.paid_today)
        .with_safe("sum", figures.paid_today_sum.display(talk.language))
        .with_number("waiting", figures.waiting)
        .html();
    let mode = home::mode_line(talk, seat.merchant.mode);
    let more = Press::Numbers(NumbersPress::Figures(Period::Today));
    let card = Card::new(format!("{text}\n{mode}"))
        .row([CardButton::press(talk.say("numbers-button-figures"), more), talk.home_button()]);
    talk.show(card).await
}

/// The shop's figures.
pub(super) async fn show(talk: &mut Talk, period: Period) -> Result<(), BotError> {
    let Some(seat) = links::any_seat(talk).await? else { return Ok(()) };
    let figures = talk.services.figures(&seat, period).await?;
    let reader = links::reader(talk, &seat);
    let card = figures_card(&reader, &seat.merchant, &figures);
    match picture(talk, &reader, &seat, &figures).await {
        Some(picture) if fits_under_picture(&card) => talk.show_picture(picture, card).await,
        _ => talk.show(card).await,
    }
}

/// The figures as a chart; `None` while there is nothing to draw. All that stands in it is said in the card,
/// too.
async fn picture(talk: &Talk, reader: &Reader, seat: &Seat, figures: &Figures) -> Option<Vec<u8>> {
    let total = figures.totals.first().filter(|total| total.sum.minor() > 0)?;
    talk.messenger.say_uploading(talk.person, PictureKind::Photo).await;
    let bars = figures_card::chart_bars(reader, figures);
    let chart = Chart {
        title: format!("{} · {}", seat.merchant.name.as_str(), period_words(reader, figures.period)),
        subtitle: format!("{} · {}", total.sum.display(reader.language), reader.mode(seat.merchant.mode)),
        bars: &bars,
        currency: total.sum.currency(),
        language: reader.language,
    };
    match draw(chart.svg()?).await {
        Ok(picture) => Some(picture),
        Err(error) => {
            tracing::error!(%error, "a chart cannot be drawn");
            None
        }
    }
}

/// The figures of one link.
pub(super) async fn show_link(talk: &mut Talk, id: LinkId, period: Period) -> Result<(), BotError> {
    let Some(seat) = links::any_seat(talk).await? else { return Ok(()) };
    match talk.services.link_figures(&seat, id, period).await? {
        Some((link, figures)) => {
            let card = link_figures_card(&links::reader(talk, &seat), &link, &figures);
            talk.show(card).await
        }
        None => links::gone(talk).await,
    }
}
