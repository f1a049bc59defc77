use chrono::{TimeZone, Utc};

use super::shop_orders::{ShownOrders, orders_card};
use super::*;
use crate::domain::id::TelegramId;
use crate::domain::language::Language;
use crate::domain::merchant::Mode;
use crate::services::links::Page;

#[test]
fn what_is_awaited_survives_a_restart() {
    for awaited in [FindingTalk::AwaitingLinkWords, FindingTalk::AwaitingOrderWords] {
        let conversation = Conversation::Finding(awaited);
        let json = serde_json::to_string(&conversation).unwrap();
        assert_eq!(serde_json::from_str::<Conversation>(&json).unwrap(), conversation, "{json}");
    }
}

#[test]
fn empty_lists_of_orders_say_so_and_lead_on() {
    for language in Language::ALL {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 11, 0, 0).unwrap();
        let reader = Reader {
            person: TelegramId(7),
            language,
            zone: chrono_tz::Asia::Jakarta,
            now,
            writes_letters: false,
        };
        let page = Page { rows: vec![], newer: None, older: None, total: 0 };
        let words = SearchWords::parse(&"<".repeat(100)).unwrap();
        let lists =
            OrderFilter::OF_SHOP.map(OrderList::Filtered).into_iter().chain([OrderList::Found(u32::MAX)]);
        for list in lists {
            let shown = ShownOrders { list, from: PageFrom::Start, words: Some(&words), page: &page };
            let card = orders_card(&reader, &shown, Mode::Sandbox);
            assert!(card.html.contains("🧪") && !card.html.contains("<<"), "{}", card.html);
            let leads_home = |button: &CardButton| button.action == ButtonAction::Press(Press::Home);
            assert!(card.rows.iter().flatten().any(leads_home), "{}", card.html);
        }
    }
}
