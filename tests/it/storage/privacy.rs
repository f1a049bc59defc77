//! Everything that repeats a customer's contact is counted, handed out and erased alike.

use tautan::domain::customer::NamedCustomer;
use tautan::domain::id::{DraftId, ImportId, QuestionId, TelegramId};
use tautan::domain::link_import::{ImportRow, ImportState, LinkImport, RowState};
use tautan::domain::link_sheet::Separator;
use tautan::domain::merchant::{Role, StaffMember};
use tautan::domain::visible_text::SellerNote;
use tautan::services::privacy::{erase_customer, export_customer};
use tautan::storage::privacy::{CustomerContact, tables_with_mentions};

use super::*;
use crate::support::dump::dump_of;

const ANI: TelegramId = TelegramId(71);
const LIA: TelegramId = TelegramId(72);

/// The number as people type it in chats and spreadsheets.
const TYPED: [&str; 7] = [
    "0812-9876-5432",
    "+62 812 9876.5432",
    "(0812) 98765432",
    "62812–9876–5432",
    "081298765432",
    "0812—9876―5432",
    "0812‐9876‒5432",
];

fn contact() -> CustomerContact {
    CustomerContact { phone: Some(Phone::parse("+6281298765432").unwrap()), email: None }
}

/// Mentions the number in every table that can, written in one way.
async fn mention_everywhere(ground: &Ground, typed: &str) {
    let customer = NamedCustomer { name: None, phone: Phone::parse(typed).ok(), email: None };
    let link = ground.write_link(|link| link.customer = Some(customer)).await;
    let note = format!("adik {typed}");
    ground.write_link(|link| link.seller_note = SellerNote::parse(&note).ok().map(|note| note.value)).await;
    let shop = ground.merchant.id;
    let said = format!("untuk Kanari {typed} ya");
    let mut writer = ground.storage.write().await.unwrap();
    writer.save_draft(ANI, DraftId::generate(), None, &format!("{{\"name\":\"{said}\"}}")).await.unwrap();
    writer.save_conversation(LIA, &format!("{{\"asks\":\"{said}\"}}")).await.unwrap();
    let question = tautan::storage::CustomerQuestion {
        id: QuestionId::generate(),
        merchant_id: shop,
        link_id: link.id,
        chat: TelegramId(900),
        asker: "Budi".to_owned(),
        language: Language::Indonesian,
        question: said.clone(),
        answer: Some(said.clone()),
    };
    writer.insert_question(&question).await.unwrap();
    assert!(writer.insert_search(ANI, shop, 1, typed).await.unwrap());
    let import = LinkImport {
        id: ImportId::generate(),
        merchant_id: shop,
        person: ANI,
        source_message: 5,
        file_name: "a.csv".to_owned(),
        separator: Separator::Comma,
        titles: Vec::new(),
        mode: Mode::Sandbox,
        state: ImportState::Ready,
        card: None,
        created_at: writer.now(),
    };
    let row = ImportRow {
        number: 2,
        cells: vec!["Kaos".to_owned(), typed.to_owned()],
        state: RowState::Wrong,
        draft: None,
        problem: said.clone(),
        made: None,
    };
    assert!(writer.insert_import(&import, &[row]).await.unwrap());
    assert!(writer.store_update(1, LIA, &format!("{{\"text\":\"/new kaos 75rb {typed}\"}}")).await.unwrap());
    writer.commit().await.unwrap();
    ground.storage.fail_update(1, TimeDelta::hours(1)).await.unwrap();
}

async fn staff(ground: &Ground) {
    let mut writer = ground.storage.write().await.unwrap();
    for telegram_id in [ANI, LIA] {
        let (merchant_id, language) = (ground.merchant.id, Language::Indonesian);
        let member = StaffMember { merchant_id, telegram_id, role: Role::Owner, language };
        writer.insert_staff(&member).await.unwrap();
    }
    writer.commit().await.unwrap();
}

#[tokio::test]
async fn who_is_mentioned_everywhere_is_counted_handed_out_and_erased_everywhere() {
    let (ground, tables) = (Ground::lay().await, tables_with_mentions().len());
    staff(&ground).await;
    mention_everywhere(&ground, TYPED[0]).await;
    let before = dump_of(&ground.database).await;
    let with_number = |line: &&str| line.contains("9876") && line.contains("5432");
    let mut named: Vec<_> =
        before.lines().filter(with_number).filter_map(|line| line.split('.').next()).collect();
    let mut known = tables_with_mentions().to_vec();
    for tables in [&mut named, &mut known] {
        tables.sort_unstable();
        tables.dedup();
    }
    assert_eq!(named, known, "{before}");

    let export = export_customer(&ground.storage, &contact()).await.unwrap();
    assert_eq!(export["further_mentions"], tables);
    let shop = (ground.merchant.id, ANI);
    let in_shop = ground.storage.read().await.unwrap().mentions_in_shop(shop, &contact()).await.unwrap();
    assert_eq!(in_shop, tables as i64);
    let erased = erase_customer(&ground.storage, &contact()).await.unwrap();
    assert_eq!(erased.mentions, tables as u64);
    let export = export_customer(&ground.storage, &contact()).await.unwrap();
    assert_eq!(export["further_mentions"], 0);
    let after = dump_of(&ground.database).await;
    assert_eq!(after.lines().filter(with_number).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[tokio::test]
async fn a_number_is_found_as_people_type_it() {
    let ground = Ground::lay().await;
    let mut writer = ground.storage.write().await.unwrap();
    for (number, typed) in (1..).zip(TYPED.into_iter().chain(["0812-9876-5433"])) {
        assert!(writer.insert_search(ANI, ground.merchant.id, number, typed).await.unwrap());
    }
    assert_eq!(writer.mentions_of_customer(&contact()).await.unwrap(), TYPED.len() as i64);
    assert_eq!(writer.erase_mentions(&contact()).await.unwrap(), TYPED.len() as u64);
    writer.commit().await.unwrap();
}

#[tokio::test]
async fn a_shop_erases_what_it_counts_but_the_talk_of_who_asks() {
    let ground = Ground::lay().await;
    staff(&ground).await;
    mention_everywhere(&ground, TYPED[0]).await;
    let tables = tables_with_mentions().len();
    for (asker, mentions) in [(LIA, tables - 1), (ANI, 1), (ANI, 0)] {
        let shop = (ground.merchant.id, asker);
        let counted = ground.storage.read().await.unwrap().mentions_in_shop(shop, &contact()).await.unwrap();
        let mut writer = ground.storage.write().await.unwrap();
        let erased = writer.erase_mentions_in_shop(shop, &contact()).await.unwrap();
        writer.commit().await.unwrap();
        assert_eq!((counted, erased), (mentions as i64, mentions as u64), "{asker}");
    }
}

#[tokio::test]
async fn an_address_is_found_in_any_letters_and_a_short_number_in_no_amount() {
    let ground = Ground::lay().await;
    let short = CustomerContact { phone: Some(Phone::parse("+62150000").unwrap()), email: None };
    let email = Some(Email::parse("kanari@example.com").unwrap());
    let address = CustomerContact { phone: None, email };
    let mut writer = ground.storage.write().await.unwrap();
    let searches = ["kaos 150000", "+62 150-000", "KANARI@example.com", "kanari"];
    for (number, words) in (1..).zip(searches) {
        assert!(writer.insert_search(ANI, ground.merchant.id, number, words).await.unwrap());
    }
    assert_eq!(writer.mentions_of_customer(&short).await.unwrap(), 1);
    assert_eq!(writer.mentions_of_customer(&address).await.unwrap(), 1);
    assert_eq!(writer.erase_mentions(&short).await.unwrap(), 1);
    assert_eq!(writer.erase_mentions(&address).await.unwrap(), 1);
    writer.commit().await.unwrap();
}
