mod of_shops;

use proptest::prelude::*;

use self::of_shops::{about_gateways, about_methods, about_places, about_rehearsals};
use super::*;
use crate::domain::figures::Period;
use crate::domain::finding::{LinkFilter, OrderFilter};
use crate::domain::id::{BatchId, ImportId, LogEntryId, MerchantId, TelegramId};
use crate::domain::merchant::Role;
use crate::domain::notice_settings::NoticeKind;
use crate::domain::shop_colour::ShopColour;

fn page<Key: Clone + std::fmt::Debug + 'static>(
    key: impl Strategy<Value = Key> + Clone + 'static,
) -> BoxedStrategy<PageFrom<Key>> {
    prop_oneof![
        Just(PageFrom::Start),
        key.clone().prop_map(PageFrom::OlderThan),
        key.prop_map(PageFrom::NewerThan),
    ]
    .boxed()
}

/// Every variant, with keys of the greatest length and numbers of the greatest length.
fn presses() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let draft = key.clone().prop_map(DraftId);
    let link = key.clone().prop_map(LinkId);
    let order = key.prop_map(OrderId);
    let language = prop::sample::select(Language::ALL.to_vec());
    let currency = prop::sample::select(vec![Currency::IDR, Currency::USD]);
    let zone = prop_oneof![
        prop::sample::select(vec![ZoneChoice::Wib, ZoneChoice::Wita, ZoneChoice::Wit, ZoneChoice::Other]),
        any::<u8>().prop_map(ZoneChoice::City),
    ];
    let topic = prop::sample::select(vec![HelpTopic::Limits, HelpTopic::Modes, HelpTopic::Orders]);
    let field = prop::sample::select(DraftField::ALL.to_vec());
    let about_shops = prop_oneof![
        plain(),
        topic.prop_map(Press::HelpTopic),
        language.clone().prop_map(Press::StartLanguage),
        language.prop_map(Press::SettingsLanguage),
        currency.clone().prop_map(Press::StartCurrency),
        currency.prop_map(Press::SettingsCurrencyPick),
        zone.clone().prop_map(Press::StartZone),
        zone.prop_map(Press::SettingsZonePick),
    ];
    let about_links = prop_oneof![
        page(link.clone()).prop_map(Press::Links),
        link.clone().prop_map(Press::Link),
        link.clone().prop_map(Press::LinkShare),
        link.clone().prop_map(Press::LinkLetter),
        (link.clone(), page(order.clone())).prop_map(|(link, page)| Press::LinkOrders(link, page)),
        order.clone().prop_map(Press::Order),
        order.prop_map(Press::RecordOrder),
        link.clone().prop_map(Press::RecordOrders),
        link.clone().prop_map(Press::RecordLink),
        link.clone().prop_map(Press::Change),
        (draft.clone(), link.clone()).prop_map(|(draft, link)| Press::ChangeSave(draft, link)),
        (draft.clone(), link.clone()).prop_map(|(draft, link)| Press::ChangeLeave(draft, link)),
        link.clone().prop_map(Press::SwitchOff),
        link.clone().prop_map(Press::SwitchOn),
        (link.clone(), any::<u16>()).prop_map(|(link, hours)| Press::Extend(link, hours)),
        (link.clone(), any::<u16>()).prop_map(|(link, more)| Press::Restock(link, more)),
        link.clone().prop_map(Press::MakeLike),
        link.clone().prop_map(Press::Delete),
        link.clone().prop_map(Press::DeleteYes),
        link.prop_map(Press::Restore),
    ];
    let about_drafts = prop_oneof![
        draft.clone().prop_map(Press::DraftCreate),
        draft.clone().prop_map(Press::DraftShow),
        draft.clone().prop_map(Press::DraftBack),
        draft.clone().prop_map(Press::DraftCancel),
        (draft.clone(), field).prop_map(|(draft, field)| Press::DraftEdit(draft, field)),
        about_goods(draft.clone()),
        (draft, choices()).prop_map(|(draft, choice)| Press::DraftSet(draft, choice)),
    ];
    prop_oneof![about_shops, about_links, about_drafts, about_money(), of_talks()].boxed()
}

/// What talks of their own read.
fn of_talks() -> BoxedStrategy<Press> {
    prop_oneof![
        about_creating(),
        about_importing(),
        about_gateways(),
        about_methods(),
        about_notices(),
        about_places(),
        about_team(),
        about_finding(),
        about_numbers(),
        about_rehearsals(),
        any::<i64>().prop_map(Press::Again),
        about_sharing()
    ]
    .boxed()
}

fn about_notices() -> BoxedStrategy<Press> {
    let kind = prop::sample::select(NoticeKind::ALL.to_vec());
    let link = any::<u128>().prop_map(|key| LinkId(Uuid::from_u128(key)));
    let answer = prop_oneof![
        any::<u16>().prop_map(QuestionAnswer::Longer),
        any::<u16>().prop_map(QuestionAnswer::More),
        Just(QuestionAnswer::Open),
        Just(QuestionAnswer::Price),
        Just(QuestionAnswer::No),
    ];
    prop_oneof![
        Just(NoticesPress::Settings),
        Just(NoticesPress::Quiet),
        any::<Option<(u16, u16)>>().prop_map(NoticesPress::QuietPick),
        Just(NoticesPress::Recap),
        any::<Option<u16>>().prop_map(NoticesPress::RecapPick),
        (kind, any::<bool>()).prop_map(|(kind, is_on)| NoticesPress::Kind(kind, is_on)),
        link.clone().prop_map(NoticesPress::RecordRecap),
        (link.clone(), prop::sample::select(ShopPlace::ALL.to_vec()))
            .prop_map(|(shop, place)| NoticesPress::RecordIn(MerchantId(shop.0), place)),
        (link, answer).prop_map(|(link, answer)| NoticesPress::RecordAnswer(link, answer)),
    ]
    .prop_map(Press::Notices)
    .boxed()
}

fn about_team() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let person = any::<i64>().prop_map(TelegramId);
    let role = prop::sample::select(vec![Role::Owner, Role::Staff, Role::Viewer]);
    prop_oneof![
        prop::sample::select(vec![
            TeamPress::Show,
            TeamPress::Invite,
            TeamPress::Shops,
            TeamPress::OpenAnother
        ]),
        role.clone().prop_map(TeamPress::InviteAs),
        person.clone().prop_map(TeamPress::Member),
        (person.clone(), role).prop_map(|(person, role)| TeamPress::SetRole(person, role)),
        person.clone().prop_map(TeamPress::Remove),
        (key.clone(), person).prop_map(|(key, person)| TeamPress::RemoveYes(MerchantId(key), person)),
        page(key.clone().prop_map(LogEntryId)).prop_map(TeamPress::Log),
        key.prop_map(|key| TeamPress::Enter(MerchantId(key))),
    ]
    .prop_map(Press::Team)
    .boxed()
}

fn about_importing() -> BoxedStrategy<Press> {
    let import = any::<u128>().prop_map(|key| ImportId(Uuid::from_u128(key)));
    prop_oneof![
        Just(ImportPress::Explain),
        Just(ImportPress::Template),
        import.clone().prop_map(ImportPress::Create),
        import.prop_map(ImportPress::Discard),
    ]
    .prop_map(Press::Importing)
    .boxed()
}

fn about_creating() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let batch = key.clone().prop_map(BatchId);
    prop_oneof![
        batch.clone().prop_map(CreatingPress::Batch),
        batch.clone().prop_map(CreatingPress::BatchCreate),
        batch.prop_map(CreatingPress::BatchDiscard),
        key.prop_map(|key| CreatingPress::Undo(LinkId(key))),
        Just(CreatingPress::Defaults),
        any::<Option<i64>>().prop_map(CreatingPress::DefaultLimit),
        any::<Option<i64>>().prop_map(CreatingPress::DefaultLife),
        any::<bool>().prop_map(CreatingPress::Unasked),
    ]
    .prop_map(Press::Creating)
    .boxed()
}

fn about_sharing() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let link = key.clone().prop_map(LinkId);
    let order = key.prop_map(OrderId);
    prop_oneof![
        link.clone().prop_map(SharingPress::Qr),
        link.clone().prop_map(SharingPress::Story),
        link.clone().prop_map(SharingPress::StoryFile),
        link.clone().prop_map(SharingPress::Listing),
        link.clone().prop_map(SharingPress::Ask),
        link.prop_map(|link| SharingPress::Answer(crate::domain::id::QuestionId(link.0))),
        order.clone().prop_map(SharingPress::Status),
        order.clone().prop_map(SharingPress::Follow),
        order.prop_map(SharingPress::Unfollow),
    ]
    .prop_map(Press::Sharing)
    .boxed()
}

fn about_goods(draft: impl Strategy<Value = DraftId> + 'static) -> BoxedStrategy<Press> {
    let acts =
        [GoodsPress::More, GoodsPress::Photo, GoodsPress::DropPhoto, GoodsPress::Range, GoodsPress::Bill];
    (draft, prop::sample::select(acts.to_vec())).prop_map(|(draft, act)| Press::Goods(act(draft))).boxed()
}

fn about_money() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let order = key.clone().prop_map(OrderId);
    let attempt = key.clone().prop_map(AttemptId);
    let amount_minor = || 1..=i64::MAX;
    let part = (attempt.clone(), prop::option::of(amount_minor()));
    prop_oneof![
        order.clone().prop_map(Press::Accept),
        order.clone().prop_map(Press::Deliver),
        order.clone().prop_map(Press::ReturnOf),
        order.clone().prop_map(Press::RecordAccept),
        order.prop_map(Press::RecordDeliver),
        part.clone().prop_map(|(attempt, amount)| Press::Return(attempt, amount)),
        part.prop_map(|(attempt, amount)| Press::RecordReturn(attempt, amount)),
        attempt.clone().prop_map(Press::ReturnAmount),
        (attempt.clone(), amount_minor()).prop_map(|(attempt, amount)| Press::SentBack(attempt, amount)),
        (attempt, amount_minor()).prop_map(|(attempt, amount)| Press::RecordSentBack(attempt, amount)),
        key.prop_map(|key| Press::Confirm(ConfirmationId(key))),
    ]
    .boxed()
}

fn about_finding() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let (link, order) = (key.clone().prop_map(LinkId), key.prop_map(OrderId));
    let number = prop_oneof![Just(u32::MAX), any::<u32>()];
    let links = prop_oneof![
        prop::sample::select(LinkFilter::ALL.to_vec()).prop_map(LinkList::Filtered),
        number.clone().prop_map(LinkList::Found),
    ];
    let filter = prop::sample::select(OrderFilter::ALL.to_vec());
    let orders = prop_oneof![filter.clone().prop_map(OrderList::Filtered), number.prop_map(OrderList::Found)];
    let maybe = prop::option::of(orders.clone());
    let (of_links, of_orders) = (page(link.clone()), page(order.clone()));
    prop_oneof![
        (links.clone(), of_links.clone()).prop_map(|(list, page)| FindingPress::Links(list, page)),
        (links, of_links, link.clone()).prop_map(|(list, page, id)| FindingPress::Link(list, page, id)),
        (orders.clone(), of_orders.clone()).prop_map(|(list, page)| FindingPress::Orders(list, page)),
        (link, filter.clone(), of_orders.clone())
            .prop_map(|(link, filter, page)| FindingPress::LinkOrders(link, filter, page)),
        (orders, of_orders.clone(), order.clone())
            .prop_map(|(list, page, id)| FindingPress::Order(list, page, id)),
        (filter, of_orders, order.clone())
            .prop_map(|(filter, page, id)| FindingPress::OrderOfLink(filter, page, id)),
        (order.clone(), maybe.clone()).prop_map(|(order, list)| FindingPress::Ship(order, list)),
        (order.clone(), maybe).prop_map(|(order, list)| FindingPress::Unship(order, list)),
        order.prop_map(FindingPress::Remind),
        any::<u8>().prop_map(FindingPress::FollowUpAfter),
        prop::sample::select(vec![FindingPress::AskLinks, FindingPress::AskOrders, FindingPress::FollowUp,]),
    ]
    .prop_map(Press::Finding)
    .boxed()
}

fn about_numbers() -> BoxedStrategy<Press> {
    let link = any::<u128>().prop_map(|key| LinkId(Uuid::from_u128(key)));
    let period = || prop::sample::select(Period::ALL.to_vec());
    prop_oneof![
        period().prop_map(NumbersPress::Figures),
        (link, period()).prop_map(|(link, period)| NumbersPress::LinkFigures(link, period)),
        Just(NumbersPress::Exports),
        Just(NumbersPress::WholeShop),
        period().prop_map(NumbersPress::Export),
        Just(NumbersPress::RecordExports),
        period().prop_map(NumbersPress::RecordExport),
    ]
    .prop_map(Press::Numbers)
    .boxed()
}

/// Presses that carry nothing.
fn plain() -> BoxedStrategy<Press> {
    prop::sample::select(vec![
        Press::Home,
        Press::Help,
        Press::Cancel,
        Press::StartNext,
        Press::StartUseName,
        Press::StartSandbox,
        Press::StartBack,
        Press::Settings,
        Press::SettingsName,
        Press::SettingsZone,
        Press::SettingsCurrency,
        Press::SettingsMode,
        Press::SettingsGoLive,
        Press::SettingsSandbox,
        Press::NewLink,
        Press::OrderLinks,
        Press::RecordOrderLinks,
        Press::RecordNew,
        Press::RecordLinks,
        Press::RecordHome,
        Press::RecordTeam,
        Press::OwnData(OwnDataPress::Show),
        Press::OwnData(OwnDataPress::Customer),
        Press::OwnData(OwnDataPress::Export),
        Press::OwnData(OwnDataPress::Erase),
        Press::OwnData(OwnDataPress::EraseYes),
        Press::Face(FacePress::Show),
        Press::Face(FacePress::Photo),
        Press::Face(FacePress::DropPhoto),
        Press::Face(FacePress::Colours),
        Press::Face(FacePress::Colour(ShopColour::Brown)),
        Press::Face(FacePress::ShowChatName),
        Press::Face(FacePress::HideChatName),
    ])
    .boxed()
}

fn choices() -> BoxedStrategy<DraftChoice> {
    prop_oneof![
        any::<i64>().prop_map(DraftChoice::Price),
        any::<i64>().prop_map(DraftChoice::Limit),
        any::<i64>().prop_map(DraftChoice::ExpiryMinutes),
        any::<u8>().prop_map(DraftChoice::Candidate),
        prop::sample::select(vec![
            DraftChoice::NoLimit,
            DraftChoice::NoExpiry,
            DraftChoice::Skip,
            DraftChoice::Keep,
            DraftChoice::Suffix,
        ]),
    ]
    .boxed()
}

proptest! {
    #[test]
    fn every_press_fits_its_button_and_reads_back(press in presses()) {
        let data = press.encode();
        prop_assert!(data.len() <= 64, "{data} has {} bytes", data.len());
        prop_assert_eq!(Press::decode(&data), Some(press));
    }

    #[test]
    fn whatever_is_forged_reads_as_nothing_or_as_a_press(data in ".{0,64}") {
        let _press = Press::decode(&data);
    }
}

#[test]
fn another_version_or_a_broken_button_is_none() {
    for data in ["", "v1", "v2:h", "v1:h:more", "v1:l:short", "v1:ll:", "v1:ll:é", "v1:ds:AAAA:p", "h"] {
        assert_eq!(Press::decode(data), None, "{data}");
    }
}
