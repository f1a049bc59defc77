//! Buttons about sharing a link, and those that customers have. Their verbs begin with `z`.

use super::{decode_key, encode_key};
use crate::domain::id::{LinkId, OrderId, QuestionId};

/// A tap about sharing, or a customer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SharingPress {
    /// The seller wants the link's QR code.
    Qr(LinkId),
    /// The seller wants the link's picture for a story.
    Story(LinkId),
    /// The same as a file, in full size.
    StoryFile(LinkId),
    /// A customer looks at a link.
    Listing(LinkId),
    /// A customer looks at an order that the chat has shown the address of.
    Status(OrderId),
    /// That customer wants to hear what becomes of it.
    Follow(OrderId),
    /// That customer wants to hear no more.
    Unfollow(OrderId),
    /// A customer wants to ask the seller about a link.
    Ask(LinkId),
    /// The seller wants to answer.
    Answer(QuestionId),
}

impl SharingPress {
    /// The verb and the arguments.
    pub(super) fn parts(self) -> (&'static str, Vec<String>) {
        match self {
            Self::Qr(link) => ("zq", vec![encode_key(link.0)]),
            Self::Story(link) => ("zs", vec![encode_key(link.0)]),
            Self::StoryFile(link) => ("zf", vec![encode_key(link.0)]),
            Self::Listing(link) => ("zl", vec![encode_key(link.0)]),
            Self::Status(order) => ("zo", vec![encode_key(order.0)]),
            Self::Follow(order) => ("zn", vec![encode_key(order.0)]),
            Self::Unfollow(order) => ("zu", vec![encode_key(order.0)]),
            Self::Ask(link) => ("za", vec![encode_key(link.0)]),
            Self::Answer(question) => ("zr", vec![encode_key(question.0)]),
        }
    }

    /// Reads what [`SharingPress::parts`] gives.
    pub(super) fn read(verb: &str, arguments: &[&str]) -> Option<Self> {
        let [key] = arguments else { return None };
        let link = || decode_key(key).map(LinkId);
        let order = || decode_key(key).map(OrderId);
        match verb {
            "zq" => link().map(Self::Qr),
            "zs" => link().map(Self::Story),
            "zf" => link().map(Self::StoryFile),
            "zl" => link().map(Self::Listing),
            "zo" => order().map(Self::Status),
            "zn" => order().map(Self::Follow),
            "zu" => order().map(Self::Unfollow),
            "za" => link().map(Self::Ask),
            "zr" => decode_key(key).map(QuestionId).map(Self::Answer),
            _ => None,
        }
    }
}
