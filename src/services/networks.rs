//! Where a customer comes from, as far as it matters: the network, never the address.

use std::net::IpAddr;

use ipnet::IpNet;

use super::sealing::Sealer;

/// The bits that name a network: one address in IPv4, which whole carriers share, and the 64 bits in
/// IPv6 that a single household gets (RFC 6177).
const IPV6_BITS: u8 = 64;

/// What a network's mark is made for.
const PURPOSE: &str = "network";

/// A network that customers come from: what limits are counted by. It is not kept anywhere and does
/// not show itself in logs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpNet);

impl Network {
    /// The network of an address. IPv4 written as IPv6 (RFC 4291, section 2.5.5.2) is IPv4.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        let address = address.to_canonical();
        let whole = IpNet::from(address);
        let network = match address {
            IpAddr::V4(_) => whole,
            IpAddr::V6(_) => IpNet::new(address, IPV6_BITS).map_or(whole, |network| network.trunc()),
        };
        Self(network)
    }

    /// What the database knows the network by: it can be compared and not read.
    pub(super) fn mark(self, sealer: &Sealer) -> Vec<u8> {
        sealer.mark(PURPOSE, self.0.to_string().as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Network(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_one_ipv4_address_or_64_bits_of_ipv6() {
        let network = |text: &str| Network::of(text.parse().unwrap());
        assert_eq!(network("203.0.113.7"), network("::ffff:203.0.113.7"));
        assert_ne!(network("203.0.113.7"), network("203.0.113.8"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }

    #[test]
    fn no_address_can_be_read_from_it() {
        let network = Network::of("203.0.113.7".parse().unwrap());
        assert!(!format!("{network:?}").contains("203"));
        assert_eq!(network.mark(&Sealer::new(&[1; 32])).len(), 32);
    }
}
