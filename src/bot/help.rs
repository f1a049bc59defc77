//! The lesson: three worked examples, then what people ask next.

use super::talk::Talk;
use super::{BotError, rehearsal};
use crate::messaging::buttons::{HelpTopic, Press};
use crate::messaging::card::{Card, CardButton};

/// `/help`, and the button.
///
/// # Errors
/// When Telegram cannot be asked.
pub async fn show(talk: &mut Talk) -> Result<(), BotError> {
    // Who asks for help in the middle of something may go on with it afterwards.
    let card = Card::new(talk.say("help"))
        .row([CardButton::press(talk.say("help-button-limits"), Press::HelpTopic(HelpTopic::Limits))])
        .row([
            CardButton::press(talk.say("help-button-modes"), Press::HelpTopic(HelpTopic::Modes)),
            CardButton::press(talk.say("help-button-orders"), Press::HelpTopic(HelpTopic::Orders)),
        ])
        .row(talk.seat.is_some().then(|| rehearsal::button(talk)))
        .row([CardButton::press(talk.say("button-new"), Press::NewLink), talk.home_button()]);
    talk.show_aside(card).await
}

/// One page of the lesson.
///
/// # Errors
/// When Telegram cannot be asked.
pub async fn topic(talk: &mut Talk, topic: HelpTopic) -> Result<(), BotError> {
    let text = match topic {
        HelpTopic::Limits => talk.say("help-limits"),
        HelpTopic::Modes => talk.say("help-modes"),
        HelpTopic::Orders => talk.say("help-orders"),
    };
    let card =
        Card::new(text).row([CardButton::press(talk.say("button-back"), Press::Help), talk.home_button()]);
    talk.show_aside(card).await
}
