//! How to pay by each method, in short lines: a guide for each way in.
//!
//! A guide is a line of its own, which names the menus, and lines that all ways of its kind share. Menus are
//! called as the banks call them; where versions of an app differ, the line stays with what they have in common.

use super::page_texts::PageTexts;
use crate::domain::payment_method::PaymentMethod;

/// One way to do it, in steps.
pub struct Guide {
    /// By what, when there is more than one way.
    pub title: Option<String>,
    lines: Vec<String>,
}

/// How a bank is reached.
#[derive(Debug, Clone, Copy)]
enum Channel {
    /// An app, by its name.
    App(&'static str),
    /// A machine of this bank.
    Machine(&'static str),
    /// The web page of a bank, by its name.
    Web(&'static str),
    /// The web page of a bank that has no name of its own.
    Internet,
}

/// The ways into a method's own bank: each with the text that names its menus.
type Menus = &'static [(Channel, &'static str)];

const BCA: Menus = &[
    (Channel::App("BCA mobile"), "pay-menu-bca-mobile"),
    (Channel::App("myBCA"), "pay-menu-mybca"),
    (Channel::Machine("BCA"), "pay-menu-bca-atm"),
    (Channel::Web("KlikBCA"), "pay-menu-klikbca"),
];

const BNI: Menus = &[
    (Channel::App("wondr by BNI"), "pay-menu-wondr"),
    (Channel::App("BNI Mobile Banking"), "pay-menu-bni-mobile"),
    (Channel::Machine("BNI"), "pay-menu-bni-atm"),
    (Channel::Internet, "pay-menu-bni-web"),
];

const BRI: Menus = &[
    (Channel::App("BRImo"), "pay-menu-brimo"),
    (Channel::Machine("BRI"), "pay-menu-bri-atm"),
    (Channel::Internet, "pay-menu-bri-web"),
];

const PERMATA: Menus = &[
    (Channel::App("Permata ME"), "pay-menu-permata-app"),
    (Channel::Machine("Permata"), "pay-menu-permata-atm"),
    (Channel::Web("PermataNet"), "pay-menu-permatanet"),
];

const CIMB: Menus = &[
    (Channel::App("OCTO"), "pay-menu-octo"),
    (Channel::Machine("CIMB Niaga"), "pay-menu-cimb-atm"),
    (Channel::Web("OCTO Clicks"), "pay-menu-octo-clicks"),
];

const MANDIRI: Menus = &[
    (Channel::App("Livin' by Mandiri"), "pay-menu-livin"),
    (Channel::Machine("Mandiri"), "pay-menu-mandiri-atm"),
    (Channel::Internet, "pay-menu-mandiri-web"),
];

impl Guide {
    /// The steps.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    fn new(title: Option<String>, texts: &[String]) -> Self {
        let lines = texts.iter().flat_map(|text| text.lines().map(str::to_owned)).collect();
        Self { title, lines }
    }
}

/// What of a page the guides lean on.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Whether a code to scan stands on it.
    pub has_code: bool,
    /// Whether that code is one of QRIS, though the method is a wallet.
    pub takes_any_wallet: bool,
    /// Whether it is surely no telephone, so that "this phone" would be none.
    pub is_desktop: bool,
}

/// The ways to pay by a method that the page can show, the most usual first.
#[must_use]
pub fn guides(method: PaymentMethod, screen: Screen, t: PageTexts) -> Vec<Guide> {
    let alone = |text: String| vec![Guide::new(None, &[text])];
    let titled = |title: &str, text: &str| Guide::new(Some(t.say(title)), &[t.say(text)]);
    match method {
        PaymentMethod::Qris => {
            let here = titled("pay-how-this-phone", "pay-steps-qris-picture");
            let here = (!screen.is_desktop).then_some(here);
            [titled("pay-how-other-screen", "pay-steps-qris-scan")].into_iter().chain(here).collect()
        }
        PaymentMethod::Gopay | PaymentMethod::Shopeepay => {
            let steps = |key| t.with("method", method.name()).say(key);
            let here = Guide::new(Some(t.say("pay-how-this-phone")), &[steps("pay-steps-wallet-here")]);
            let any = screen.takes_any_wallet;
            let by_code =
                if any { steps("pay-steps-any-wallet-scan") } else { steps("pay-steps-wallet-scan") };
            let scan = Guide::new(Some(t.say("pay-how-other-screen")), &[by_code]);
            match (screen.has_code, screen.is_desktop) {
                (true, true) => vec![scan],
                (true, false) => vec![here, scan],
                (false, _) => vec![here],
            }
        }
        PaymentMethod::Indomaret | PaymentMethod::Alfamart => {
            alone(t.with("store", stores(method)).say("pay-steps-counter"))
        }
        PaymentMethod::Card => alone(t.say("pay-steps-card")),
        PaymentMethod::Kredivo | PaymentMethod::Akulaku => {
            alone(t.with("method", method.name()).say("pay-steps-later"))
        }
        PaymentMethod::BcaVa => own_bank(BCA, "pay-steps-number", t),
        PaymentMethod::BniVa => {
            own_bank(BNI, "pay-steps-number", t).into_iter().chain([other_bank("BNI (009)", t)]).collect()
        }
        PaymentMethod::BriVa => {
            own_bank(BRI, "pay-steps-number", t).into_iter().chain([other_bank("BRI (002)", t)]).collect()
        }
        PaymentMethod::PermataVa => {
            let own = own_bank(PERMATA, "pay-steps-number", t);
            own.into_iter().chain([other_bank("Bank Permata (013)", t)]).collect()
        }
        PaymentMethod::CimbVa => {
            let own = own_bank(CIMB, "pay-steps-number", t);
            own.into_iter().chain([other_bank("CIMB Niaga (022)", t)]).collect()
        }
        PaymentMethod::MandiriBill => own_bank(MANDIRI, ENTRY_OF_BILL, t),
    }
}

/// What the chain's shops are called that take its codes.
fn stores(method: PaymentMethod) -> &'static str {
    if method == PaymentMethod::Alfamart { "Alfamart, Alfamidi, Dan+Dan" } else { method.name() }
}

/// What is typed at a machine for a bill.
const ENTRY_OF_BILL: &str = "pay-steps-bill";

/// A guide for each way into the method's own bank; `entry` is what is typed there.
fn own_bank(menus: Menus, entry: &str, t: PageTexts) -> Vec<Guide> {
    let guide = |(channel, menu): &(Channel, &str)| {
        let (title, end) = match channel {
            Channel::App(name) => ((*name).to_owned(), "pay-steps-app-end"),
            Channel::Machine(bank) => (t.with("bank", bank).say("pay-how-atm"), "pay-steps-atm-end"),
            Channel::Web(name) => ((*name).to_owned(), "pay-steps-web-end"),
            Channel::Internet => (t.say("pay-how-internet"), "pay-steps-web-end"),
        };
        // A machine asks for the company first; elsewhere it was found by its name or code already.
        let entry = match (entry, channel) {
            (ENTRY_OF_BILL, Channel::App(_)) => "pay-steps-bill-app",
            (ENTRY_OF_BILL, Channel::Web(_) | Channel::Internet) => "pay-steps-bill-web",
            _ => entry,
        };
        Guide::new(Some(title), &[t.say(menu), t.say(entry), t.say(end)])
    };
    menus.iter().map(guide).collect()
}

fn other_bank(bank: &str, t: PageTexts) -> Guide {
    Guide::new(Some(t.say("pay-how-other")), &[t.with("bank", bank).say("pay-steps-other-bank")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    #[test]
    fn no_guide_speaks_of_what_the_page_does_not_show() {
        let t = PageTexts(Language::English);
        let titles = |method, has_code, is_desktop| {
            let guides = guides(method, Screen { has_code, takes_any_wallet: false, is_desktop }, t);
            guides.into_iter().filter_map(|guide| guide.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(PaymentMethod::Gopay, true, false), ["With this phone", "With another phone"]);
        assert_eq!(titles(PaymentMethod::Gopay, true, true), ["With another phone"]);
        assert_eq!(titles(PaymentMethod::Gopay, false, true), ["With this phone"]);
        assert_eq!(titles(PaymentMethod::Qris, true, true), ["With another phone"]);
    }

    #[test]
    fn every_method_has_a_guide_of_whole_lines_in_both_languages() {
        for language in Language::ALL {
            let screens = [(true, true), (true, false), (false, true), (false, false)];
            let screens = screens.map(|(has_code, is_desktop)| Screen {
                has_code,
                takes_any_wallet: false,
                is_desktop,
            });
            for (method, screen) in
                PaymentMethod::ALL.iter().flat_map(|&method| screens.map(|screen| (method, screen)))
            {
                let guides = guides(method, screen, PageTexts(language));
                assert!(guides.len() == 1 || guides.iter().all(|guide| guide.title.is_some()), "{method:?}");
                for guide in guides {
                    let lines: Vec<&str> = guide.lines().collect();
                    assert!((3..=5).contains(&lines.len()), "{method:?} {lines:?}");
                    for line in lines {
                        assert!(line.ends_with(['.', ':', '”']) && line.len() < 200, "{method:?}: {line}");
                        assert!(!line.contains("pay-") && !line.contains('{'), "{method:?}: {line}");
                    }
                }
            }
        }
    }
}
