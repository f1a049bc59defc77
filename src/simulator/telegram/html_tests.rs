//! Proofs of the HTML parse mode.

use super::*;

fn entities(html: &str) -> Vec<(String, usize, usize)> {
    let formatted = parse(html).unwrap_or_else(|error| panic!("{html:?}: {error}"));
    formatted.entities.into_iter().map(|entity| (entity.kind, entity.offset, entity.length)).collect()
}

fn entity(kind: &str, offset: usize, length: usize) -> (String, usize, usize) {
    (kind.to_owned(), offset, length)
}

#[test]
fn every_tag_has_its_entity() {
    for (html, kind) in [
        ("<b>x</b>", "bold"),
        ("<STRONG>x</strong>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ("<span class=\"tg-spoiler\">x</span>", "spoiler"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ("<tg-emoji emoji-id='5'>x</tg-emoji>", "custom_emoji"),
        ("<a href=\"https://a.example\">x</a>", "text_link"),
    ] {
        assert_eq!(entities(html), [entity(kind, 0, 1)], "{html}");
    }
}

#[test]
fn offsets_count_utf16_units_and_references_count_once() {
    let formatted = parse("💰 &lt;<b>a&amp;b</b>&#62; &quot;&#x1F600;&quot; &copy; &").unwrap();
    assert_eq!(formatted.text, "💰 <a&b> \"😀\" &copy; &");
    assert_eq!(formatted.entities, [Entity::new("bold", 4, 3)]);
}

#[test]
fn tags_nest_and_blocks_carry_their_language() {
    assert_eq!(entities("<b>a<i>b</i></b>"), [entity("bold", 0, 2), entity("italic", 1, 1)]);
    let block = parse("<pre><code class=\"language-rust\">let</code></pre>").unwrap().entities;
    assert_eq!(block.len(), 1);
    assert_eq!(block[0].language.as_deref(), Some("rust"));
}

#[test]
fn white_space_is_cut_and_spans_follow() {
    let formatted = parse("\n  <b>hi </b>there \n").unwrap();
    assert_eq!(formatted.text, "hi there");
    assert_eq!(formatted.entities, [Entity::new("bold", 0, 3)]);
    assert_eq!(parse(" <b> </b> ").unwrap(), Formatted::default());
}

#[test]
fn links_lead_somewhere_or_vanish() {
    let link = |html: &str| parse(html).unwrap().entities.first().and_then(|entity| entity.url.clone());
    assert_eq!(
        link("<a href=\"https://a.example/?x=1&amp;y=2\">x</a>").unwrap(),
        "https://a.example/?x=1&y=2"
    );
    assert_eq!(link("<a>https://a.example</a>").unwrap(), "https://a.example/");
    assert_eq!(link("<a href=\"javascript://x\">x</a>"), None);
    assert_eq!(link("<a href=\"\">x y</a>"), None);
}

#[test]
fn mistakes_are_named_like_telegram_names_them() {
    for (html, error) in [
        ("<x>a</x>", "Unsupported start tag \"x\" at byte offset 0"),
        ("1 < 2", "Unsupported start tag \"\" at byte offset 2"),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<3 hearts>", "Unsupported start tag \"3\" at byte offset 0"),
        ("<b>a", "Can't find end tag corresponding to start tag \"b\""),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
        ("<a href=\"x>a</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a =x>a</a>", "Empty attribute name in the tag \"a\" at byte offset 0"),
    ] {
        assert_eq!(parse(html).unwrap_err(), error, "{html}");
    }
}
