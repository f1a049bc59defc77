//! Pictures with letters, and what stands in them.

use super::*;

const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80">
<rect width="300" height="80" fill="#ffffff"/>"##;

async fn picture_of(element: &str) -> Pixmap {
    let bytes = draw(format!("{SVG}{element}</svg>")).await.unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    Pixmap::decode_png(&bytes).unwrap()
}

/// The columns of the picture that hold something dark.
fn dark_columns(picture: &Pixmap) -> Vec<u32> {
    (0..picture.width())
        .filter(|&x| (0..picture.height()).any(|y| picture.pixel(x, y).is_some_and(|pixel| pixel.red() < 90)))
        .collect()
}

#[tokio::test]
async fn letters_are_drawn_as_wide_as_they_are_measured_and_bold_is_bold() {
    let text =
        |weight: &str| format!(r#"<text x="0" y="60" font-size="50" font-weight="{weight}">Rp75.000</text>"#);
    let regular = dark_columns(&picture_of(&text("400")).await);
    let bold = dark_columns(&picture_of(&text("700")).await);
    for (columns, weight) in [(&regular, Weight::Regular), (&bold, Weight::Bold)] {
        let (drawn, measured) = (*columns.last().unwrap() + 1, width("Rp75.000", weight, 50));
        assert!(drawn <= measured && drawn + 12 > measured, "{drawn} of {measured}");
    }
    assert!(bold.last() > regular.last());
}

#[tokio::test]
async fn a_drawing_that_cannot_be_is_said() {
    assert!(matches!(draw("<p>no".to_owned()).await, Err(PictureError::Drawing(_))));
    let huge = r#"<svg xmlns="http://www.w3.org/2000/svg" width="5000" height="10"></svg>"#;
    assert!(matches!(draw(huge.to_owned()).await, Err(PictureError::Drawing(_))));
}

#[test]
fn what_the_letters_lack_is_left_out() {
    assert_eq!(drawable("Kaos 👕 polos\u{200d} 衣服 «Größe XL»"), "Kaos polos «Größe XL»");
    assert_eq!(drawable("𝗞𝗮𝗼𝘀 1㎏"), "Kaos 1kg");
    assert_eq!(drawable("👨‍👩‍👧‍👦 衣"), "");
    assert_eq!(drawable("Phở, Ťřeščí, Футболка, €12 · ₱5 – “a”…"), "Phở, Ťřeščí, Футболка, €12 · ₱5 – “a”…");
    assert_eq!(drawable("a\n\tb 1️⃣"), "a b 1");
    assert_eq!(drawable("Ka\u{336}o\u{335}\u{336}s \u{202e}murah\u{200b}\u{feff}"), "Kaos murah");
}

#[test]
fn long_texts_break_between_words_and_end_in_dots() {
    let broken = lines("Kaos polos hitam lengan panjang", Weight::Bold, 40, 300, 2);
    assert_eq!(broken, ["Kaos polos", "hitam lenga…"]);
    assert_eq!(lines("Kaos", Weight::Bold, 40, 300, 2), ["Kaos"]);
    assert!(lines("👕", Weight::Bold, 40, 300, 2).is_empty());
    let cut = lines(&"W".repeat(40), Weight::Regular, 40, 300, 3);
    assert_eq!(cut.len(), 3);
    for line in &cut {
        assert!(width(line, Weight::Regular, 40) <= 300, "{line}");
    }
    assert!(cut[2].ends_with('…'));
}

#[test]
fn nothing_typed_becomes_a_part_of_the_drawing() {
    assert_eq!(escape("</text><a href=\"x\">&"), "&lt;/text&gt;&lt;a href=&quot;x&quot;&gt;&amp;");
}
