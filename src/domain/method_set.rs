//! Which ways to pay a seller takes: in the shop, and through a link.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::payment_method::{MethodKind, PaymentMethod};

/// The ways to pay that a seller chose: every one there is, also those that come later, or only these.
///
/// Kept as a JSON array of [`PaymentMethod::code`]. A code that this version does not know means nothing here
/// and is kept: in a rolling restart the newer replica finds it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MethodSet(Option<Vec<String>>);

/// Why a text names no ways to pay.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{word:?} is no way to pay")]
pub struct MethodSetError {
    /// The part that is none, as typed; empty where nothing was typed.
    pub word: String,
}

/// Words for several methods at once, in small letters and digits alone.
const KINDS: [(&str, &[MethodKind]); 13] = [
    ("va", &[MethodKind::VirtualAccount]),
    ("virtualaccount", &[MethodKind::VirtualAccount]),
    ("transfer", &[MethodKind::VirtualAccount, MethodKind::Bill]),
    ("transferbank", &[MethodKind::VirtualAccount, MethodKind::Bill]),
    ("banktransfer", &[MethodKind::VirtualAccount, MethodKind::Bill]),
    ("bank", &[MethodKind::VirtualAccount, MethodKind::Bill]),
    ("ewallet", &[MethodKind::Wallet]),
    ("wallet", &[MethodKind::Wallet]),
    ("dompet", &[MethodKind::Wallet]),
    ("dompetdigital", &[MethodKind::Wallet]),
    ("minimarket", &[MethodKind::Counter]),
    ("gerai", &[MethodKind::Counter]),
    ("counter", &[MethodKind::Counter]),
];

/// Words that stand between the names of methods.
const BETWEEN: [&str; 4] = ["dan", "and", "atau", "or"];

/// Words that are only ever a part of such a name: `virtual account`, `CIMB Niaga`, `kartu kredit`.
const PARTS: [&str; 9] =
    ["virtual", "account", "pay", "niaga", "kredit", "debit", "later", "payment", "bill"];

/// The most words of a name: `CIMB Niaga Virtual Account`.
const NAME_WORDS_MAX: usize = 4;

impl MethodSet {
    /// These methods; every one when none is missing.
    #[must_use]
    pub fn of(methods: &[PaymentMethod]) -> Self {
        let is_all = PaymentMethod::ALL.iter().all(|method| methods.contains(method));
        let codes = || PaymentMethod::ALL.into_iter().filter(|method| methods.contains(method));
        Self((!is_all).then(|| codes().map(|method| method.code().to_owned()).collect()))
    }

    /// Reads what people write: `qris, bca`, `VA BCA + GoPay`, `transfer`, `semua`.
    ///
    /// # Errors
    /// The first part that names no way to pay.
    pub fn parse(text: &str) -> Result<Self, MethodSetError> {
        let mut methods = Vec::new();
        let mut named = false;
        let separators = [',', ';', '+', '&', '/', '|', '\n'];
        for item in text.split(separators).map(str::trim).filter(|item| !item.is_empty()) {
            if matches!(plain(item).as_str(), "semua" | "semuanya" | "all" | "any" | "everything") {
                return Ok(Self::default());
            }
            let meant = all_meant_by(item).ok_or_else(|| MethodSetError { word: item.to_owned() })?;
            named = true;
            methods.extend(meant);
        }
        if named { Ok(Self::of(&methods)) } else { Err(MethodSetError { word: String::new() }) }
    }

    /// Whether every method is taken, also those that come later.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a method is taken.
    #[must_use]
    pub fn includes(&self, method: PaymentMethod) -> bool {
        self.0.as_ref().is_none_or(|codes| codes.iter().any(|code| code == method.code()))
    }

    /// The methods that are taken, in the order of the page.
    #[must_use]
    pub fn methods(&self) -> Vec<PaymentMethod> {
        PaymentMethod::ALL.into_iter().filter(|method| self.includes(*method)).collect()
    }

    /// The set with a method, or without it. Without the last one it takes nothing.
    #[must_use]
    pub fn with(&self, method: PaymentMethod, is_taken: bool) -> Self {
        let is_in = |other: PaymentMethod| if other == method { is_taken } else { self.includes(other) };
        let known: Vec<PaymentMethod> =
            PaymentMethod::ALL.into_iter().filter(|other| is_in(*other)).collect();
        let Self(Some(mut codes)) = Self::of(&known) else { return Self::default() };
        let unknown = self.0.iter().flatten().filter(|code| PaymentMethod::parse(code).is_none());
        codes.extend(unknown.cloned());
        Self(Some(codes))
    }

    /// As it is kept; `None` for every method.
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        // Plain data always becomes text.
        self.0.as_ref().map(|codes| serde_json::to_string(codes).unwrap_or_default())
    }
}

/// Whether a word of a line may be a part of the names of methods.
#[must_use]
pub fn is_method_word(word: &str) -> bool {
    let word = plain(word);
    let known = || BETWEEN.iter().chain(&PARTS).any(|part| *part == word);
    word.is_empty() || known() || meant_by(&word).is_some()
}

/// Every name in `qris bank bca`, each as long as it can be; `None` when a word is part of none.
fn all_meant_by(item: &str) -> Option<Vec<PaymentMethod>> {
    let words: Vec<String> = item.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    let mut meant = Vec::new();
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let mut longest_first = (1..=NAME_WORDS_MAX.min(rest.len())).rev();
        let found = longest_first.find_map(|count| Some((count, meant_by(&rest.get(..count)?.concat())?)));
        rest = match found {
            Some((count, methods)) => {
                meant.extend(methods);
                rest.get(count..)?
            }
            None if BETWEEN.contains(&first.as_str()) => behind,
            None => return None,
        };
    }
    (!meant.is_empty()).then_some(meant)
}

fn meant_by(word: &str) -> Option<Vec<PaymentMethod>> {
    let of_kind = KINDS.iter().find(|(name, _)| *name == word).map(|(_, kinds)| {
        PaymentMethod::ALL.into_iter().filter(|method| kinds.contains(&method.kind())).collect::<Vec<_>>()
    });
    let known: Vec<PaymentMethod> =
        PaymentMethod::ALL.into_iter().filter(|method| is_called(*method, word)).collect();
    if known.is_empty() { of_kind.filter(|methods| !methods.is_empty()) } else { Some(known) }
}

fn is_called(method: PaymentMethod, word: &str) -> bool {
    let short = plain(method.short_name());
    let beside = || {
        let word = word.strip_prefix("va").or_else(|| word.strip_prefix("bank"));
        word.is_some_and(|rest| rest == short)
    };
    [plain(method.code()), plain(method.name())].iter().any(|name| name == word)
        || short == word
        || beside()
        || aliases(method).contains(&word)
}

/// What else people call a method.
const fn aliases(method: PaymentMethod) -> &'static [&'static str] {
    match method {
        PaymentMethod::Qris => &["qr", "kodeqr", "qrcode"],
        PaymentMethod::CimbVa => &["cimb", "cimbva", "vacimb", "bankcimb"],
        PaymentMethod::MandiriBill => &["mandiriva", "livin", "echannel"],
        PaymentMethod::Gopay => &["gojek"],
        PaymentMethod::Shopeepay => &["spay", "shopee"],
        PaymentMethod::Card => &[
            "kartu",
            "kartukredit",
            "kartudebit",
            "kartukreditdebit",
            "creditcard",
            "debitcard",
            "cc",
            "visa",
            "mastercard",
            "jcb",
        ],
        PaymentMethod::Kredivo | PaymentMethod::Akulaku => &["paylater", "cicilan", "bayarnanti"],
        PaymentMethod::BcaVa
        | PaymentMethod::BniVa
        | PaymentMethod::BriVa
        | PaymentMethod::PermataVa
        | PaymentMethod::Indomaret
        | PaymentMethod::Alfamart => &[],
    }
}

/// Small letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const QRIS_AND_BCA: [PaymentMethod; 2] = [PaymentMethod::Qris, PaymentMethod::BcaVa];

    #[test]
    fn what_people_write_is_read() {
        for text in [
            "qris, bca",
            "QRIS,BCA",
            "bca qris",
            "va bca; qris",
            "BCA VA + QRIS",
            "qr dan bank bca",
            "qris / bca virtual account",
            "bca_va|qris",
        ] {
            assert_eq!(MethodSet::parse(text), Ok(MethodSet::of(&QRIS_AND_BCA)), "{text}");
        }
        assert_eq!(MethodSet::parse("cimb niaga").unwrap().methods(), [PaymentMethod::CimbVa]);
        let banks = MethodSet::parse("transfer").unwrap();
        assert!(banks.includes(PaymentMethod::MandiriBill) && !banks.includes(PaymentMethod::Qris));
        assert!(MethodSet::parse("semua").unwrap().is_all());
        for (text, word) in [("qris, tunai", "tunai"), ("bca tunai", "bca tunai"), (" , ", ""), ("", "")] {
            assert_eq!(MethodSet::parse(text), Err(MethodSetError { word: word.to_owned() }), "{text}");
        }
    }

    #[test]
    fn every_method_is_called_by_its_names() {
        for method in PaymentMethod::ALL {
            for name in [method.code(), method.name(), method.short_name()] {
                assert_eq!(MethodSet::parse(name).unwrap().methods(), [method], "{name}");
                assert!(name.split(' ').all(is_method_word), "{name}");
            }
        }
    }

    #[test]
    fn a_method_is_put_in_and_taken_out() {
        let without = MethodSet::default().with(PaymentMethod::Qris, false);
        assert!(!without.includes(PaymentMethod::Qris) && without.includes(PaymentMethod::BcaVa));
        assert!(without.with(PaymentMethod::Qris, true).is_all());
        let none = MethodSet::of(&[PaymentMethod::Qris]).with(PaymentMethod::Qris, false);
        assert!(none.methods().is_empty() && !none.is_all());
    }

    #[test]
    fn codes_of_another_version_are_kept_and_mean_nothing() {
        let set: MethodSet = serde_json::from_str("[\"qris\",\"by_pigeon\"]").unwrap();
        assert_eq!(set.methods(), [PaymentMethod::Qris]);
        let more = set.with(PaymentMethod::BcaVa, true);
        assert_eq!(more.to_json().as_deref(), Some("[\"qris\",\"bca_va\",\"by_pigeon\"]"));
        assert_eq!(MethodSet::default().to_json(), None);
    }
}
