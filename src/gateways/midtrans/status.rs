//! Midtrans' words for where a charge stands.

use crate::domain::report::ReportedStatus;

/// Midtrans' words in its own spelling, with ours.
const WORDS: [(&str, ReportedStatus); 12] = [
    ("pending", ReportedStatus::Pending),
    ("authorize", ReportedStatus::Authorize),
    ("capture", ReportedStatus::Capture),
    ("settlement", ReportedStatus::Settlement),
    ("deny", ReportedStatus::Deny),
    ("cancel", ReportedStatus::Cancel),
    ("expire", ReportedStatus::Expire),
    ("failure", ReportedStatus::Failure),
    ("refund", ReportedStatus::Refund),
    ("partial_refund", ReportedStatus::PartialRefund),
    ("chargeback", ReportedStatus::Chargeback),
    ("partial_chargeback", ReportedStatus::PartialChargeback),
];

/// Reads `transaction_status` and `fraud_status`, in whatever case: some channels answer in capitals.
pub(super) fn read(status: &str, fraud_status: Option<&str>) -> ReportedStatus {
    let accepted = fraud_status.is_some_and(|fraud| fraud.eq_ignore_ascii_case("accept"));
    match find(status) {
        // A card's charge that fraud control has not let through is not money yet.
        Some((_, ReportedStatus::Capture)) if !accepted => ReportedStatus::Authorize,
        Some((_, status)) => status,
        None => ReportedStatus::Unrecognised,
    }
}

/// The word as Midtrans spells it, or `unknown`: safe to store and to log, whoever wrote it.
pub(super) fn known_word(status: &str) -> &'static str {
    find(status).map_or("unknown", |(word, _)| word)
}

fn find(status: &str) -> Option<(&'static str, ReportedStatus)> {
    WORDS.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_any_case() {
        for (word, status) in WORDS {
            assert_eq!(read(word, Some("accept")), status);
            assert_eq!(read(&word.to_uppercase(), Some("ACCEPT")), status);
            assert_eq!(known_word(&word.to_uppercase()), word);
        }
    }

    #[test]
    fn a_word_we_do_not_know_is_never_guessed_at() {
        for word in ["", "settled", "settlement ", "setlement", "paid", "ѕettlement"] {
            assert_eq!(read(word, Some("accept")), ReportedStatus::Unrecognised);
            assert_eq!(known_word(word), "unknown");
        }
    }

    #[test]
    fn a_capture_counts_only_when_fraud_control_accepts_it() {
        for fraud in [None, Some("challenge"), Some("deny"), Some("denied"), Some("")] {
            assert_eq!(read("capture", fraud), ReportedStatus::Authorize);
        }
    }

    #[test]
    fn a_settlement_needs_no_word_of_fraud_control() {
        assert_eq!(read("settlement", None), ReportedStatus::Settlement);
    }
}
