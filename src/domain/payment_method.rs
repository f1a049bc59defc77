//! The ways to pay, and what each asks of the customer.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// A way to pay that a gateway offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// QRIS, Indonesia's one QR code for every bank and wallet.
    Qris,
    /// BCA virtual account.
    BcaVa,
    /// BNI virtual account.
    BniVa,
    /// BRI virtual account.
    BriVa,
    /// Permata virtual account, which any bank can transfer to.
    PermataVa,
    /// CIMB Niaga virtual account.
    CimbVa,
    /// Mandiri Bill Payment.
    MandiriBill,
    /// GoPay, in its own app.
    Gopay,
    /// ShopeePay, in Shopee's app.
    Shopeepay,
    /// A code for the counter of an Indomaret.
    Indomaret,
    /// A code for the counter of an Alfamart.
    Alfamart,
    /// A card, typed on a page of the gateway: its number never comes to us.
    Card,
    /// Kredivo: buy now, pay later.
    Kredivo,
    /// Akulaku `PayLater`.
    Akulaku,
}

/// How a method asks for the money: decides the window and the shape of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MethodKind {
    /// A number to transfer to.
    VirtualAccount,
    /// A biller code and a key.
    Bill,
    /// A picture to scan.
    Qr,
    /// A wallet's app, opened by a tap.
    Wallet,
    /// A code said at a shop's counter.
    Counter,
    /// A page of the gateway, for cards and for paying later.
    Redirect,
}

impl PaymentMethod {
    /// Every method, in the order in which the page offers them.
    pub const ALL: [Self; 14] = [
        Self::Qris,
        Self::Gopay,
        Self::Shopeepay,
        Self::BcaVa,
        Self::MandiriBill,
        Self::BriVa,
        Self::BniVa,
        Self::PermataVa,
        Self::CimbVa,
        Self::Indomaret,
        Self::Alfamart,
        Self::Card,
        Self::Kredivo,
        Self::Akulaku,
    ];

    /// The word used in forms, in the database and as the tail of text keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Qris => "qris",
            Self::BcaVa => "bca_va",
            Self::BniVa => "bni_va",
            Self::BriVa => "bri_va",
            Self::PermataVa => "permata_va",
            Self::CimbVa => "cimb_va",
            Self::MandiriBill => "mandiri_bill",
            Self::Gopay => "gopay",
            Self::Shopeepay => "shopeepay",
            Self::Indomaret => "indomaret",
            Self::Alfamart => "alfamart",
            Self::Card => "card",
            Self::Kredivo => "kredivo",
            Self::Akulaku => "akulaku",
        }
    }

    /// Reads [`PaymentMethod::code`] back.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }

    /// The method's own name, the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Qris => "QRIS",
            Self::BcaVa => "BCA Virtual Account",
            Self::BniVa => "BNI Virtual Account",
            Self::BriVa => "BRI Virtual Account",
            Self::PermataVa => "Permata Virtual Account",
            Self::CimbVa => "CIMB Niaga Virtual Account",
            Self::MandiriBill => "Mandiri Bill Payment",
            Self::Gopay => "GoPay",
            Self::Shopeepay => "ShopeePay",
            Self::Indomaret => "Indomaret",
            Self::Alfamart => "Alfamart",
            // The brands say in every language what it is.
            Self::Card => "Visa / Mastercard / JCB",
            Self::Kredivo => "Kredivo",
            Self::Akulaku => "Akulaku",
        }
    }

    /// The name in a word or two, for lists: `BCA`, `Mandiri`.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        let name = if self == Self::Card { "Visa/Mastercard" } else { self.name() };
        name.trim_end_matches(" Virtual Account").trim_end_matches(" Bill Payment")
    }

    /// How the method asks for the money.
    #[must_use]
    pub const fn kind(self) -> MethodKind {
        match self {
            Self::Qris => MethodKind::Qr,
            Self::BcaVa | Self::BniVa | Self::BriVa | Self::PermataVa | Self::CimbVa => {
                MethodKind::VirtualAccount
            }
            Self::MandiriBill => MethodKind::Bill,
            Self::Gopay | Self::Shopeepay => MethodKind::Wallet,
            Self::Indomaret | Self::Alfamart => MethodKind::Counter,
            Self::Card | Self::Kredivo | Self::Akulaku => MethodKind::Redirect,
        }
    }
}

impl MethodKind {
    /// How long a customer has to pay. Numbers that can be paid at a machine get an hour while they
    /// keep others from buying (a limited link), a day otherwise.
    #[must_use]
    pub const fn window(self, link_is_limited: bool) -> TimeDelta {
        match self {
            Self::Qr | Self::Wallet | Self::Redirect => TimeDelta::minutes(15),
            Self::VirtualAccount | Self::Bill | Self::Counter if link_is_limited => TimeDelta::minutes(60),
            Self::VirtualAccount | Self::Bill | Self::Counter => TimeDelta::hours(24),
        }
    }
}

/// A method as one gateway account offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodOffer {
    /// The method.
    pub method: PaymentMethod,
    /// The least it takes, in minor units of the account's currency.
    pub minimum_minor: i64,
    /// The most it takes, in minor units; `None` where the provider names none.
    pub maximum_minor: Option<i64>,
    /// How money goes back.
    pub refund_way: RefundWay,
}

impl MethodOffer {
    /// Whether the method takes this amount (minor units).
    #[must_use]
    pub fn takes(&self, amount_minor: i64) -> bool {
        amount_minor >= self.minimum_minor
            && self.maximum_minor.is_none_or(|maximum_minor| amount_minor <= maximum_minor)
    }
}

/// How money of a method goes back to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundWay {
    /// The gateway sends it back.
    AtGateway {
        /// How long after settlement it does.
        window: TimeDelta,
        /// Whether a part of the amount can go back.
        partial: bool,
    },
    /// The seller sends it back and tells us: no gateway refund exists.
    ByHand,
}

/// What the customer must do to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PaymentInstructions {
    /// Transfer to this number.
    VirtualAccount {
        /// The number, digits only.
        number: String,
    },
    /// Pay this bill.
    Bill {
        /// Which biller.
        biller_code: String,
        /// Which bill.
        bill_key: String,
    },
    /// Scan this.
    Qr {
        /// The text inside the QR code (EMV merchant-presented mode).
        payload: String,
    },
    /// Say this code at the counter.
    CounterCode {
        /// The chain of shops.
        store: String,
        /// The code.
        code: String,
    },
    /// Open a wallet's app.
    Deeplink {
        /// The address that opens the app.
        url: String,
        /// The text of a QR code for those on another screen.
        qr_payload: Option<String>,
        /// Where the gateway has that code as a picture; what was kept before there were pictures names none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture_url: Option<String>,
    },
    /// Continue on a page of the gateway.
    Redirect {
        /// The page.
        url: String,
    },
}

impl PaymentInstructions {
    /// What a telephone can scan to pay; `None` where nothing is scanned. A wallet that names only an address
    /// of the web is opened by scanning that.
    #[must_use]
    pub fn scannable(&self) -> Option<&str> {
        match self {
            Self::Qr { payload } => Some(payload),
            Self::Deeplink { qr_payload: Some(payload), .. } => Some(payload),
            Self::Deeplink { url, qr_payload: None, .. } => {
                Some(url.as_str()).filter(|url| url.starts_with("https://"))
            }
            Self::VirtualAccount { .. }
            | Self::Bill { .. }
            | Self::CounterCode { .. }
            | Self::Redirect { .. } => None,
        }
    }

    /// Where the gateway has the code to scan as a picture of its own; `None` where there is a text to draw one
    /// from, or nothing to scan.
    #[must_use]
    pub fn gateway_picture(&self) -> Option<&str> {
        match self {
            Self::Deeplink { picture_url, .. } if self.scannable().is_none() => picture_url.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_was_kept_before_there_were_pictures_is_still_read() {
        let kept = r#"{"kind":"deeplink","url":"gojek://gopay/pay","qr_payload":null}"#;
        let read: PaymentInstructions = serde_json::from_str(kept).unwrap();
        assert_eq!((read.scannable(), read.gateway_picture()), (None, None));
        assert_eq!(serde_json::to_string(&read).unwrap(), kept, "and written as it was");
    }

    #[test]
    fn the_gateways_picture_is_for_what_cannot_be_drawn_here() {
        let app = |url: &str, qr_payload: Option<&str>| PaymentInstructions::Deeplink {
            url: url.to_owned(),
            qr_payload: qr_payload.map(str::to_owned),
            picture_url: Some("https://api.midtrans.com/qr".to_owned()),
        };
        assert_eq!(app("gojek://gopay/pay", None).gateway_picture(), Some("https://api.midtrans.com/qr"));
        assert_eq!(app("gojek://gopay/pay", Some("0002")).gateway_picture(), None);
        assert_eq!(app("https://gopay.example.test", None).gateway_picture(), None);
    }
}
