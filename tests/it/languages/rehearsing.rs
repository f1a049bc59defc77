//! The screens of a rehearsal, of what the shop keeps, and of failures.

use tautan::domain::payment_method::PaymentMethod;
use tautan::messaging::buttons::{OwnDataPress, Press, RehearsalPress};
use tautan::simulator::telegram::{Fault, Misbehaviour};

use super::Walk;

/// One payment from the page to the recap, at a gateway where a person pays.
pub(super) async fn screens(walk: &mut Walk<'_>) {
    let rehearsal = |press| Press::Rehearsal(press);
    walk.says("/test").await;
    walk.taps(rehearsal(RehearsalPress::Sample)).await;
    walk.taps(rehearsal(RehearsalPress::FillIn)).await;
    walk.says("/test").await;
    walk.taps(rehearsal(RehearsalPress::GoOn)).await;
    walk.taps(rehearsal(RehearsalPress::Methods)).await;
    walk.taps(rehearsal(RehearsalPress::Choose(PaymentMethod::Qris))).await;
    walk.taps(rehearsal(RehearsalPress::Methods)).await;
    walk.taps(rehearsal(RehearsalPress::Choose(PaymentMethod::MandiriBill))).await;
    walk.taps(rehearsal(RehearsalPress::Methods)).await;
    walk.taps(rehearsal(RehearsalPress::Choose(PaymentMethod::BcaVa))).await;
    let before = walk.ani.phone.messages();
    let id = walk.app.bank.transactions().pop().expect("a charge").order_id;
    walk.app.bank.pay(&id).await.expect("a payment");
    walk.notes("(it is paid on the bank's page)", &before).await;
    walk.taps(rehearsal(RehearsalPress::Check)).await;
    walk.taps(rehearsal(RehearsalPress::Recap)).await;
    walk.taps(rehearsal(RehearsalPress::Stop)).await;
}

/// What the shop keeps, for a customer who asks.
pub(super) async fn own_data(walk: &mut Walk<'_>) {
    let data = |press| Press::OwnData(press);
    walk.says("/settings").await;
    walk.taps(data(OwnDataPress::Show)).await;
    walk.taps(data(OwnDataPress::Customer)).await;
    walk.says("<b>&").await;
    walk.says("0811-1111-1111").await;
    walk.taps(data(OwnDataPress::Customer)).await;
    walk.says("budi@example.test").await;
    walk.taps(data(OwnDataPress::Export)).await;
    walk.taps(data(OwnDataPress::Erase)).await;
    walk.taps(data(OwnDataPress::EraseYes)).await;
}

/// An answer fails, and is asked for again.
pub(super) async fn failures(walk: &mut Walk<'_>) {
    let fault = Fault::BadRequest("MOON_IN_THE_WRONG_PHASE".to_owned());
    walk.app.telegram.misbehave(Misbehaviour::on("sendMessage", fault));
    walk.says("/home").await;
    walk.taps_like(|press| matches!(press, Press::Again(_))).await;
}
