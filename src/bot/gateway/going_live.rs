//! From play money to real money and back: what it needs, and the shop's name typed as the last word.

use super::{account_line, gateway_button, own_of};
use crate::bot::conversation::Conversation;
use crate::bot::settings::{SettingsTalk, say_refused};
use crate::bot::talk::Talk;
use crate::bot::{BotError, home, rehearsal, start};
use crate::domain::instant_text::display_instant_at;
use crate::domain::merchant::Mode;
use crate::messaging::buttons::{GatewayPress, Press};
use crate::messaging::card::{Card, CardButton};
use crate::services::going_live::{GoLiveChecklist, GoingLive};
use crate::services::merchants::{Seat, ShopChange};

/// The checklist; where all that is needed is there, the shop's name is asked for.
pub(super) async fn show(talk: &mut Talk, seat: &Seat, refusal: Option<String>) -> Result<(), BotError> {
    if seat.merchant.mode == Mode::Live {
        let news = talk.say("gateway-live-before");
        return super::show(talk, seat, Some(news)).await;
    }
    let checklist = talk.services.go_live_checklist(seat).await?;
    let card = checklist_card(talk, seat, &checklist);
    let html = refusal.map_or(card.html.clone(), |refusal| format!("{refusal}\n\n{}", card.html));
    talk.go(match checklist.is_ready {
        true => Conversation::Settings(SettingsTalk::AwaitingNameToGoLive),
        false => Conversation::Idle,
    });
    talk.show(Card { html, ..card }).await
}

/// What was typed while the shop's name is awaited.
///
/// # Errors
/// When the shop or Telegram cannot be asked.
pub async fn name_typed(talk: &mut Talk, text: &str) -> Result<(), BotError> {
    let Some(seat) = talk.seat.clone() else {
        return start::begin(talk).await;
    };
    match talk.services.go_live(&seat, text).await? {
        GoingLive::Live(merchant) => {
            let seat = Seat { merchant: *merchant, member: seat.member };
            talk.seat = Some(seat.clone());
            talk.go(Conversation::Idle);
            let card = live_card(talk, &seat);
            talk.tell(card).await
        }
        GoingLive::AnotherName => {
            let typed: String = text.chars().take(50).collect();
            let refusal = talk.words("gateway-another-name").with("typed", typed).html();
            show(talk, &seat, Some(refusal)).await
        }
        GoingLive::Refused(refusal) => say_refused(talk, refusal).await,
    }
}

/// Back to play money, without a question: nothing that was made live changes.
pub(super) async fn to_sandbox(talk: &mut Talk, seat: &Seat) -> Result<(), BotError> {
    if seat.merchant.mode == Mode::Sandbox {
        return super::show(talk, seat, None).await;
    }
    match talk.services.change_shop(seat, ShopChange::Mode(Mode::Sandbox)).await? {
        Ok(merchant) => {
            let seat = Seat { merchant, member: seat.member.clone() };
            talk.seat = Some(seat.clone());
            talk.toast("settings-saved-toast").await;
            let news = talk.say("gateway-to-sandbox");
            super::show(talk, &seat, Some(news)).await
        }
        Err(refusal) => say_refused(talk, refusal).await,
    }
}

fn checklist_card(talk: &Talk, seat: &Seat, checklist: &GoLiveChecklist) -> Card {
    let now = talk.services.clock().now();
    let mark = |is_done: bool| if is_done { "✅" } else { "⬜" };
    let store = seat.merchant.name.as_str();
    let mut lines = vec![
        talk.say("go-live"),
        String::new(),
        format!(
            "{} {}",
            mark(checklist.is_ready),
            account_line(talk, seat, Mode::Live, &checklist.live, now)
        ),
        talk.words("go-live-store").with_safe("mark", mark(true)).with("store", store).html(),
        talk.words("go-live-contact").with_safe("mark", mark(true)).html(),
        String::new(),
        talk.say("go-live-advice"),
        talk.words("go-live-rehearsal").with_safe("mark", mark(checklist.has_rehearsed)).html(),
    ];
    if let Some(own) = own_of(&checklist.live) {
        let seen = own.last_notice_at;
        let line = match seen {
            Some(at) => {
                let at = display_instant_at(at, now, seat.merchant.time_zone, talk.language);
                talk.words("go-live-notice-seen").with_safe("at", at).html()
            }
            None => talk.say("go-live-notice-unseen"),
        };
        lines.push(format!("{} {line}", mark(seen.is_some())));
    }
    lines.extend([String::new(), home::mode_line(talk, seat.merchant.mode), String::new()]);
    let connect = Press::Gateway(GatewayPress::Connect(seat.merchant.id, Mode::Live));
    let rehearsal = (!checklist.has_rehearsed).then(|| rehearsal::button(talk));
    let connect = if checklist.is_ready {
        lines.push(talk.words("go-live-ask-name").with("store", store).html());
        None
    } else {
        lines.push(talk.say("go-live-missing"));
        Some(CardButton::press(talk.say("gateway-button-connect-live"), connect))
    };
    Card::new(lines.join("\n")).row(connect).row(rehearsal).row([gateway_button(talk)])
}

fn live_card(talk: &Talk, seat: &Seat) -> Card {
    let text = talk.words("gateway-live").with("store", seat.merchant.name.as_str()).html();
    let undo = Press::Gateway(GatewayPress::ToSandbox(seat.merchant.id));
    Card::new(home::with_mode(talk, &text, Mode::Live))
        .row([CardButton::press(talk.say("button-new"), Press::NewLink)])
        .row([CardButton::press(talk.say("gateway-button-to-sandbox"), undo)])
        .row([talk.home_button()])
}
