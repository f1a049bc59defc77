//! What a shop sold as a picture: a bar for each hour or day.

use plotters::coord::ranged1d::{IntoSegmentedCoord, SegmentValue};
use plotters::prelude::{
    ChartBuilder, Color, DrawingAreaErrorKind, IntoDrawingArea, IntoFont, RGBColor, Rectangle, SVGBackend,
    Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, TextStyle};

use super::picture::{FONT_FAMILY, Weight, drawable, width};
use crate::domain::figures::Slot;
use crate::domain::language::Language;
use crate::domain::money::{Currency, Money};

/// Width and height in pixels: what Telegram shows in full width without scaling it up.
const SIZE: (u32, u32) = (1_200, 675);

/// Letters of the axes, in pixels.
const LABEL_SIZE: u32 = 24;

/// With more bars than this, only every third has a word below it.
pub const WORDS_MAX: usize = 12;

/// The highest bar, in minor units: a million payments of the highest price.
const SUM_MAX: i64 = 1_000_000_000_000_000_000;

/// Lines across the picture, about.
const MONEY_LABELS: usize = 5;

const PAPER: RGBColor = RGBColor(255, 255, 255);
const INK: RGBColor = RGBColor(31, 41, 51);
const QUIET_INK: RGBColor = RGBColor(97, 110, 124);
const GRID: RGBColor = RGBColor(226, 230, 234);
/// The green of the pages.
const BARS: RGBColor = RGBColor(10, 107, 75);

/// What stands in a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart<'a> {
    /// Whose figures, and of when.
    pub title: String,
    /// The sum of it all, and whether it is play money.
    pub subtitle: String,
    /// The bars, oldest first, each with a short word below it.
    pub bars: &'a [(Slot, String)],
    /// What the sums are in.
    pub currency: Currency,
    /// How amounts are written.
    pub language: Language,
}

impl Chart<'_> {
    /// The picture as SVG, to be drawn by [`super::picture::draw`]; `None` when it cannot be put together,
    /// which is a mistake of ours.
    #[must_use]
    pub fn svg(&self) -> Option<String> {
        let mut svg = String::new();
        let root = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        match self.plot(&root) {
            Ok(()) => {}
            Err(error) => {
                tracing::error!(%error, "a chart cannot be put together");
                return None;
            }
        }
        drop(root);
        Some(svg)
    }

    fn plot<'b>(
        &self,
        root: &plotters::drawing::DrawingArea<SVGBackend<'b>, plotters::coord::Shift>,
    ) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
        root.fill(&PAPER)?;
        let start = Pos::new(HPos::Left, VPos::Top);
        root.draw(&Text::new(drawable(&self.title), (48, 36), letters(38, INK, true).pos(start)))?;
        root.draw(&Text::new(drawable(&self.subtitle), (48, 92), letters(28, QUIET_INK, false).pos(start)))?;

        let count = i32::try_from(self.bars.len()).unwrap_or(0).max(1);
        let greatest = self.bars.iter().map(|(slot, _)| height(slot)).max().unwrap_or(0).max(1);
        // Some air above the highest bar.
        let top = (greatest + greatest / 12 + 1).max(2);
        let mut chart = ChartBuilder::on(root)
            .margin_top(150)
            .margin_right(48)
            .margin_bottom(24)
            .margin_left(32)
            .x_label_area_size(48)
            .y_label_area_size(self.room_for_money(top))
            .build_cartesian_2d((0..(count - 1).max(1)).into_segmented(), 0..top)?;
        let label = |place: &SegmentValue<i32>| match place {
            SegmentValue::CenterOf(index) | SegmentValue::Exact(index) => self.word_below(*index),
            SegmentValue::Last => String::new(),
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(GRID.stroke_width(2))
            .light_line_style(PAPER)
            .axis_style(GRID.stroke_width(2))
            .x_labels(self.bars.len().max(1))
            .y_labels(MONEY_LABELS)
            .x_label_formatter(&label)
            .y_label_formatter(&|minor| self.amount(*minor))
            .label_style(letters(LABEL_SIZE, QUIET_INK, false))
            .draw()?;
        let bars = (0..count).zip(self.bars).filter(|(_, (slot, _))| height(slot) > 0);
        chart.draw_series(bars.map(|(index, (slot, _))| {
            let is_last = index > 0 && index + 1 == count;
            let end = if is_last { SegmentValue::Last } else { SegmentValue::Exact(index + 1) };
            let corners = [(SegmentValue::Exact(index), 0), (end, height(slot))];
            let mut bar = Rectangle::new(corners, BARS.filled());
            let gap = if self.bars.len() > WORDS_MAX { 4 } else { 16 };
            bar.set_margin(0, 0, gap, gap);
            bar
        }))?;
        root.present()
    }

    /// The word below a bar; of many bars only some have one, so that they do not run into each other.
    fn word_below(&self, index: i32) -> String {
        let step = if self.bars.len() > WORDS_MAX { 3 } else { 1 };
        let bar = usize::try_from(index).ok().filter(|index| index % step == 0);
        bar.and_then(|index| self.bars.get(index)).map(|(_, word)| word.clone()).unwrap_or_default()
    }

    fn amount(&self, minor: i64) -> String {
        Money::new(minor, self.currency).display_short(self.language)
    }

    /// Pixels for the amounts beside the bars: round ones are short, and the longest is as long as it gets.
    fn room_for_money(&self, top: i64) -> u32 {
        let longest = [top, top / 2, top / 4].map(|minor| {
            let round = 10_i64.checked_pow(minor.max(1).ilog10()).unwrap_or(1);
            width(&self.amount(minor / round * round + round / 2), Weight::Regular, LABEL_SIZE)
        });
        longest.into_iter().max().unwrap_or(0) + 24
    }
}

/// How high a bar is, in minor units: sums that leave no room for the axis are as high as it goes.
fn height(slot: &Slot) -> i64 {
    slot.sum_minor.clamp(0, SUM_MAX)
}

fn letters(size: u32, color: RGBColor, is_bold: bool) -> TextStyle<'static> {
    let font = (FONT_FAMILY, size).into_font();
    let font = if is_bold { font.style(FontStyle::Bold) } else { font };
    TextStyle { font, color: color.to_backend_color(), pos: Pos::default() }
}

#[cfg(test)]
mod tests;
