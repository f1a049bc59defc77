//! What peers do wrong while processes are killed.

use std::time::Duration;

use rand::Rng;
use rand::rngs::StdRng;
use tautan::simulator::midtrans::{Conduct, Endpoint, Misbehaviour as BankMisbehaviour};
use tautan::simulator::telegram::{Fault, Misbehaviour};

use super::Town;

impl Town {
    /// At times, plans a fault of the bank's or of Telegram's that strikes once.
    pub fn make_mischief(&mut self, random: &mut StdRng) {
        let (bank, telegram) = (&self.site.bank, &self.site.telegram);
        let at_bank = |endpoint, conduct| bank.misbehave(BankMisbehaviour::once(endpoint, conduct));
        match random.random_range(0..60) {
            0 => at_bank(Endpoint::Charge, Conduct::CutAfterAcceptance),
            1 => at_bank(Endpoint::Charge, Conduct::ServerErrorAfterAcceptance { status: 502 }),
            2 => at_bank(Endpoint::Charge, Conduct::ServerError { status: 503 }),
            3 => at_bank(Endpoint::Charge, Conduct::GarbageJson),
            4 => at_bank(Endpoint::Charge, Conduct::Hang),
            5 => at_bank(Endpoint::Charge, Conduct::TooManyRequests),
            6 => at_bank(Endpoint::Status, Conduct::CutAfterAcceptance),
            7 => at_bank(Endpoint::Status, Conduct::GarbageJson),
            8 => at_bank(Endpoint::Status, Conduct::HangAfterAcceptance),
            9 => at_bank(Endpoint::Status, Conduct::ServerError { status: 500 }),
            10 => at_bank(Endpoint::Notice, Conduct::Duplicate { copies: 3 }),
            11 => at_bank(Endpoint::Notice, Conduct::Reorder),
            12 => at_bank(Endpoint::Notice, Conduct::Drop),
            13 => at_bank(Endpoint::Notice, Conduct::ForgeSignature),
            14 => bank.release_hangs(),
            15 => {
                telegram.misbehave(Misbehaviour::on("sendMessage", Fault::TooManyRequests { retry_after: 1 }))
            }
            16 => telegram.misbehave(Misbehaviour::on("sendMessage", Fault::ServerError(502))),
            17 => telegram.misbehave(Misbehaviour::on("sendMessage", Fault::CutBefore)),
            18 => {
                telegram.misbehave(Misbehaviour::on("sendMessage", Fault::CutAfterAcceptance));
                self.cuts += 1;
            }
            19 => telegram
                .misbehave(Misbehaviour::on("sendMessage", Fault::SlowAnswer(Duration::from_millis(300)))),
            20 => telegram.misbehave(Misbehaviour::new(Fault::DuplicateUpdate)),
            21 => telegram.misbehave(Misbehaviour::on("getUpdates", Fault::ServerError(500))),
            _ => {}
        }
    }

    /// Everyone behaves again, and what was held goes on.
    pub fn make_peace(&self) {
        self.site.bank.behave();
        self.site.bank.release_hangs();
        self.site.bank.release_notices();
        self.site.telegram.behave();
        self.site.telegram.release_updates();
    }
}
