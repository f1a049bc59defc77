//! What an admin's chat is told about trouble.

use super::card::Card;
use super::texts::Say;
use crate::domain::alert::AlertKind;
use crate::domain::language::Language;

/// The notice of an alert: what happened, to which charge or account, and what to do. It rings.
#[must_use]
pub fn alert_notice(kind: AlertKind, subject: &str, what: &str, language: Language) -> Card {
    let text = |key| Say::new(language, key).with("subject", subject).with("what", what).html();
    let (headline, advice) = keys(kind);
    Card::new(format!("{}\n\n{}", text(headline), text(advice)))
}

const fn keys(kind: AlertKind) -> (&'static str, &'static str) {
    match kind {
        AlertKind::Mismatch => ("alert-mismatch", "alert-mismatch-advice"),
        AlertKind::UnexpectedReport => ("alert-unexpected-report", "alert-unexpected-report-advice"),
        AlertKind::ReturnBeyondCaptured => ("alert-return-beyond", "alert-return-beyond-advice"),
        AlertKind::ChargeNotKnown => ("alert-charge-not-known", "alert-charge-not-known-advice"),
        AlertKind::KeyRefused => ("alert-key-refused", "alert-key-refused-advice"),
        AlertKind::MethodRefused => ("alert-method-refused", "alert-method-refused-advice"),
        AlertKind::AccountMissing => ("alert-account-missing", "alert-account-missing-advice"),
        AlertKind::HoldKept => ("alert-hold-kept", "alert-hold-kept-advice"),
        AlertKind::OrphanNotice => ("alert-orphan-notice", "alert-orphan-notice-advice"),
        AlertKind::BooksDoNotFit => ("alert-books", "alert-books-advice"),
        AlertKind::DatabaseTrouble => ("alert-database", "alert-database-advice"),
        AlertKind::RefundNotShown => ("alert-refund-not-shown", "alert-refund-not-shown-advice"),
        AlertKind::Restored => ("alert-restored", "alert-restored-advice"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alert_has_its_words_in_every_language_and_shows_what_it_is_about_literally() {
        for kind in AlertKind::ALL {
            for language in [Language::Indonesian, Language::English] {
                let card = alert_notice(kind, "INV-<1>", "a & b", language);
                assert!(card.html.contains("INV-&lt;1&gt;"), "{kind:?}: {}", card.html);
                assert!(!card.html.contains("alert-"), "{kind:?}: {}", card.html);
            }
        }
    }
}
