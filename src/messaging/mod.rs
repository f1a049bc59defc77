//! How people are told: texts, buttons and Telegram's manners. Knows the domain's words and nothing
//! of databases or gateways.

pub mod alerts;
pub mod brand;
pub mod buttons;
pub mod card;
pub mod chart;
pub mod customer_cards;
pub mod customer_drafts;
pub mod email;
pub mod files;
pub mod gateway_cards;
pub mod html;
pub mod inline_queries;
pub mod letters;
pub mod notice_cards;
pub mod notifications;
pub mod pacer;
pub mod payment_lists;
pub mod picture;
pub mod place_cards;
pub mod preview_pictures;
pub mod price_words;
pub mod qr_code;
pub mod receipt_pdf;
pub mod send_error;
pub mod share_pictures;
pub mod sharing;
pub mod storefront;
pub mod telegram;
pub mod texts;
pub mod update_envelope;
