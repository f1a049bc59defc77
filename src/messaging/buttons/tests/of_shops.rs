//! Buttons about where a shop's money goes and where it is told of.

use proptest::prelude::*;

use super::super::*;
use crate::domain::id::{GatewayAccountId, MerchantId, PlaceId};
use crate::domain::merchant::Mode;
use crate::domain::payment_method::PaymentMethod;
use crate::domain::place::PlaceTopic;

pub(super) fn about_gateways() -> BoxedStrategy<Press> {
    let mode = prop::sample::select(vec![Mode::Sandbox, Mode::Live]);
    let shop = any::<u128>().prop_map(|key| MerchantId(Uuid::from_u128(key)));
    prop_oneof![
        prop::sample::select(vec![GatewayPress::Show, GatewayPress::StartConnect, GatewayPress::RecordShow,]),
        shop.clone().prop_map(GatewayPress::ShowOf),
        shop.clone().prop_map(GatewayPress::GoLive),
        shop.clone().prop_map(GatewayPress::ToSandbox),
        (shop.clone(), mode.clone()).prop_map(|(shop, mode)| GatewayPress::Connect(shop, mode)),
        (shop, mode).prop_map(|(shop, mode)| GatewayPress::Remove(shop, mode)),
        any::<u128>().prop_map(|key| GatewayPress::RemoveYes(GatewayAccountId(Uuid::from_u128(key)))),
    ]
    .prop_map(Press::Gateway)
    .boxed()
}

pub(super) fn about_methods() -> BoxedStrategy<Press> {
    let draft = any::<u128>().prop_map(|key| DraftId(Uuid::from_u128(key)));
    let shop = any::<u128>().prop_map(|key| MerchantId(Uuid::from_u128(key)));
    let method = prop::sample::select(PaymentMethod::ALL.to_vec());
    prop_oneof![
        Just(MethodsPress::Shop),
        (shop.clone(), method.clone(), any::<bool>())
            .prop_map(|(shop, method, is_taken)| MethodsPress::ShopMethod(shop, method, is_taken)),
        shop.prop_map(MethodsPress::ShopAll),
        draft.clone().prop_map(MethodsPress::Draft),
        (draft.clone(), method, any::<bool>())
            .prop_map(|(draft, method, is_taken)| MethodsPress::DraftMethod(draft, method, is_taken)),
        draft.prop_map(MethodsPress::DraftAll),
    ]
    .prop_map(Press::Methods)
    .boxed()
}

pub(super) fn about_places() -> BoxedStrategy<Press> {
    let key = any::<u128>().prop_map(Uuid::from_u128);
    let place = key.clone().prop_map(PlaceId);
    let shop = key.clone().prop_map(MerchantId);
    let topic = prop::sample::select(PlaceTopic::ALL.to_vec());
    prop_oneof![
        prop::sample::select(vec![
            PlacesPress::Show,
            PlacesPress::RecordShow,
            PlacesPress::AddGroup,
            PlacesPress::AddChannel
        ]),
        place.clone().prop_map(PlacesPress::Place),
        (place.clone(), topic, any::<bool>())
            .prop_map(|(place, topic, is_on)| PlacesPress::Topic(place, topic, is_on)),
        place.clone().prop_map(PlacesPress::Recap),
        (place.clone(), any::<Option<u16>>()).prop_map(|(place, at)| PlacesPress::RecapPick(place, at)),
        place.clone().prop_map(PlacesPress::Test),
        place.clone().prop_map(PlacesPress::TakeOff),
        place.prop_map(PlacesPress::BringBack),
        key.clone().prop_map(|key| PlacesPress::Order(OrderId(key))),
        key.prop_map(|key| PlacesPress::Link(LinkId(key))),
        shop.clone().prop_map(PlacesPress::Orders),
        shop.clone().prop_map(PlacesPress::Here),
        shop.prop_map(PlacesPress::Stop),
    ]
    .prop_map(Press::Places)
    .boxed()
}

pub(super) fn about_rehearsals() -> BoxedStrategy<Press> {
    prop_oneof![
        prop::sample::select(vec![
            RehearsalPress::Show,
            RehearsalPress::Sample,
            RehearsalPress::Anew,
            RehearsalPress::GoOn,
            RehearsalPress::FillIn,
            RehearsalPress::Methods,
            RehearsalPress::Pay,
            RehearsalPress::Check,
            RehearsalPress::Recap,
            RehearsalPress::Stop,
        ]),
        any::<u128>().prop_map(|key| RehearsalPress::With(LinkId(Uuid::from_u128(key)))),
        prop::sample::select(PaymentMethod::ALL.to_vec()).prop_map(RehearsalPress::Choose),
    ]
    .prop_map(Press::Rehearsal)
    .boxed()
}
