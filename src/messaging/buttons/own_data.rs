//! The buttons about what a shop keeps. The customer is in the talk, not in the button: a button goes on
//! showing what it shows.

/// A tap on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnDataPress {
    /// What the shop keeps, and ways to have it.
    Show,
    /// Ask which customer.
    Customer,
    /// What is kept about that customer, as a file.
    Export,
    /// Ask whether to erase it.
    Erase,
    /// Erase it.
    EraseYes,
}

impl OwnDataPress {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Show, "ex"),
        (Self::Customer, "exc"),
        (Self::Export, "exf"),
        (Self::Erase, "exe"),
        (Self::EraseYes, "exy"),
    ];

    /// The verb.
    pub(super) fn verb(self) -> &'static str {
        Self::ALL.into_iter().find(|(press, _)| *press == self).map_or("ex", |(_, verb)| verb)
    }

    /// Reads what [`OwnDataPress::verb`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(_, own)| *own == verb && arguments.is_empty());
        found.map(|(press, _)| press)
    }
}
