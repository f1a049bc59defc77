use chrono::{DateTime, TimeDelta};
use resvg::tiny_skia::Pixmap;

use super::super::picture::draw;
use super::*;

fn bars(sums: &[i64]) -> Vec<(Slot, String)> {
    let begin = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let days = (0_i64..).map(TimeDelta::days);
    sums.iter()
        .zip(days)
        .enumerate()
        .map(|(index, (sum_minor, after))| {
            (Slot { begins: begin + after, sum_minor: *sum_minor }, format!("{index}"))
        })
        .collect()
}

fn chart(bars: &[(Slot, String)], currency: Currency) -> Chart<'_> {
    Chart {
        title: "Kaos <Ani> & 👕 · 7 hari".to_owned(),
        subtitle: "Rp675.000 · Sandbox".to_owned(),
        bars,
        currency,
        language: Language::Indonesian,
    }
}

#[tokio::test]
async fn sold_days_are_bars_and_amounts_are_written_as_everywhere() {
    let week = bars(&[0, 75_000, 0, 150_000, 0, 0, 450_000]);
    let svg = chart(&week, Currency::IDR).svg().unwrap();
    let green = svg.matches("fill=\"#0A6B4B\"").count();
    assert_eq!(green, 3, "a bar for each day that sold something");
    for part in
        ["400rb", "Kaos &lt;Ani&gt; &amp; · 7 hari", "Rp675.000 · Sandbox", "font-family=\"Noto Sans\""]
    {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    let picture = draw(svg).await.unwrap();
    // `TAUTAN_PICTURES=folder` keeps it, to be looked at.
    if let Ok(folder) = std::env::var("TAUTAN_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join("chart.png"), &picture).unwrap();
    }
    assert!(picture.starts_with(b"\x89PNG"));
    assert!(picture.len() < 200_000, "{} bytes", picture.len());
}

#[tokio::test]
async fn bars_stand_beside_the_amounts_however_many_they_are() {
    for count in [1, 2, 7, 12, 13, 24, 31] {
        let full = bars(&vec![75_000; count]);
        let picture = draw(chart(&full, Currency::IDR).svg().unwrap()).await.unwrap();
        let picture = Pixmap::decode_png(&picture).unwrap();
        let is_bar = |x| picture.pixel(x, 590).is_some_and(|pixel| pixel.red() < 50 && pixel.green() > 90);
        let columns: Vec<u32> = (0..picture.width()).filter(|x| is_bar(*x)).collect();
        let (first, last) = (*columns.first().unwrap(), *columns.last().unwrap());
        assert!(first > 100 && last < 1_153, "{count} bars from {first} to {last}");
        let stretches = columns.windows(2).filter(|pair| pair[1] - pair[0] > 1).count() + 1;
        assert_eq!(stretches, count, "each bar stands alone");
        assert!(count == 1 || last > 1_100, "{count} bars fill the picture: {last}");
    }
}

#[test]
fn every_amount_and_every_number_of_bars_can_be_plotted() {
    for currency in [Currency::IDR, Currency::USD] {
        for greatest in [0, 1, 7, 1_250, 75_000, 999_999_999_999, i64::MAX / 2, i64::MAX] {
            for count in [0, 1, 7, 24, 31] {
                let sums = vec![greatest; count];
                assert!(chart(&bars(&sums), currency).svg().is_some(), "{currency} {greatest} x {count}");
            }
        }
    }
}
