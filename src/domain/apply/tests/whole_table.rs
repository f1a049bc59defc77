//! The table of reports, field by field: a letter for each step, a column for each status.

use super::*;
use AttemptState::{
    Authorized, Cancelled, Captured, Challenge, ChargedBack, Creating, Denied, Expired, Failed,
    PartiallyChargedBack, PartiallyRefunded, Pending, Refunded, Reversed, Settled, Unknown,
};

/// The statuses in their order: pending, authorize; capture, settlement; deny, cancel; expire, failure;
/// both refunds; both chargebacks; not found, unrecognised.
const TABLE: [(&[AttemptState], &str); 11] = [
    (&[Creating, Unknown], "FF SS EE EE bb cc N!"),
    (&[Pending], "FF SS EE EE bb cc !!"),
    (&[Authorized, Challenge], ".. SS EE EE bb cc !!"),
    (&[Denied, Cancelled, Expired, Failed], ".. SS .. .. bb cc .!"),
    (&[Captured], ".. .T RR .. BB CC !!"),
    (&[Settled], ".. .. R! .. BB CC !!"),
    (&[PartiallyRefunded], ".. .. !! .. BB CC !!"),
    (&[Refunded], ".. .. !! .. MM AA !!"),
    (&[Reversed], ".. ?? .. .. !! !! !!"),
    (&[PartiallyChargedBack], ".. .. !! .. BB CC !!"),
    (&[ChargedBack], ".. !! .. .. !! .. !!"),
];

fn letter(step: Step) -> char {
    match step {
        Step::Ignore => '.',
        Step::Alert => '!',
        Step::Follow(_) => 'F',
        Step::Succeed(_) => 'S',
        Step::Settle => 'T',
        Step::End(_) => 'E',
        Step::EndIfNeverFound => 'N',
        Step::Reverse => 'R',
        Step::Return => 'B',
        Step::SucceedThenReturn => 'b',
        Step::ChargeBack => 'C',
        Step::ChargeBackAndAlert => 'A',
        Step::SucceedThenChargeBack => 'c',
        Step::AlertIfMoreReturned => 'M',
        Step::ConfirmRestoration => '?',
    }
}

#[test]
fn every_state_takes_every_report_as_the_table_says() {
    for (states, row) in TABLE {
        let expected: String = row.split(' ').collect();
        for state in states {
            let steps: String =
                ReportedStatus::ALL.map(|status| letter(step(*state, status))).iter().collect();
            assert_eq!(steps, expected, "{state:?}");
        }
    }
    let rows: usize = TABLE.iter().map(|(states, _)| states.len()).sum();
    assert_eq!(rows, AttemptState::ALL.len());
}

#[test]
fn a_step_leads_to_the_state_that_its_report_names() {
    for (status, named) in [
        (ReportedStatus::Pending, Step::Follow(Pending)),
        (ReportedStatus::Authorize, Step::Follow(Authorized)),
        (ReportedStatus::Capture, Step::Succeed(Captured)),
        (ReportedStatus::Settlement, Step::Succeed(Settled)),
        (ReportedStatus::Deny, Step::End(Denied)),
        (ReportedStatus::Cancel, Step::End(Cancelled)),
        (ReportedStatus::Expire, Step::End(Expired)),
        (ReportedStatus::Failure, Step::End(Failed)),
    ] {
        for state in AttemptState::ALL {
            let taken = step(state, status);
            let leads_on = matches!(taken, Step::Follow(_) | Step::Succeed(_) | Step::End(_));
            assert!(!leads_on || taken == named, "{state:?} {status:?}");
        }
    }
}
