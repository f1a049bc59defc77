//! The colours a shop can choose from for its pages.

/// A colour of pages. Each was checked in both schemes: words, buttons and tints stand out from what they
/// stand on by at least 4.5 to 1 (WCAG 2.2, 1.4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ShopColour {
    /// What a shop has that chose none.
    #[default]
    Green,
    /// Between green and blue.
    Teal,
    /// Blue.
    Blue,
    /// Between blue and purple.
    Indigo,
    /// Purple.
    Purple,
    /// Pink.
    Pink,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Brown.
    Brown,
    /// Nearly black; nearly white in the dark.
    Black,
}

/// One colour as a page uses it, each in CSS notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Buttons, and words that lead somewhere.
    pub accent: &'static str,
    /// Words on buttons.
    pub on_accent: &'static str,
    /// What lies behind a few words of weight.
    pub tint: &'static str,
}

impl ShopColour {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Indigo,
        Self::Purple,
        Self::Pink,
        Self::Red,
        Self::Orange,
        Self::Brown,
        Self::Black,
    ];

    /// The word kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Indigo => "indigo",
            Self::Purple => "purple",
            Self::Pink => "pink",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Brown => "brown",
            Self::Black => "black",
        }
    }

    /// Reads [`ShopColour::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.code() == code)
    }

    /// As it is on a light page.
    #[must_use]
    pub const fn light(self) -> Shades {
        let (accent, tint) = match self {
            Self::Green => ("#0a6b4b", "#e5f3ec"),
            Self::Teal => ("#0b6570", "#e2f2f4"),
            Self::Blue => ("#1a56b0", "#e6eefb"),
            Self::Indigo => ("#4a46b5", "#ebeafa"),
            Self::Purple => ("#7a3299", "#f4e9f8"),
            Self::Pink => ("#ab1f66", "#fce8f1"),
            Self::Red => ("#b02a25", "#fcebe9"),
            Self::Orange => ("#96450a", "#fceddf"),
            Self::Brown => ("#6f4a2c", "#f3ebe3"),
            Self::Black => ("#26312c", "#e9eeeb"),
        };
        Shades { accent, on_accent: "#ffffff", tint }
    }

    /// As it is on a dark page.
    #[must_use]
    pub const fn dark(self) -> Shades {
        let (accent, on_accent, tint) = match self {
            Self::Green => ("#63d3a5", "#05231a", "#15332a"),
            Self::Teal => ("#5fd0de", "#04242a", "#123138"),
            Self::Blue => ("#8fbcff", "#06203f", "#182c4a"),
            Self::Indigo => ("#b3b0ff", "#17154a", "#272650"),
            Self::Purple => ("#dca6f2", "#2f0d3d", "#38223f"),
            Self::Pink => ("#ffa0cc", "#440425", "#43202f"),
            Self::Red => ("#ffaba2", "#440b08", "#43221f"),
            Self::Orange => ("#ffb77d", "#3b1a02", "#402817"),
            Self::Brown => ("#ddb893", "#2d1a09", "#392b20"),
            Self::Black => ("#d5dfda", "#121815", "#2b3531"),
        };
        Shades { accent, on_accent, tint }
    }
}
