//! Who stands at the other end: the network that limits are counted by.
//!
//! A header can be written by anyone, so only a trusted proxy's word is taken about who asked it. The
//! address itself goes no further than this file.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use super::request_origin::is_by_own_name;
use crate::services::networks::Network;

/// Where proxies write whom they speak for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Proxies whose word about a client's address is taken.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies {
    networks: Arc<[IpNet]>,
    has_warned: Arc<AtomicBool>,
}

/// The network of whoever sent a request; `None` when a trusted proxy does not say: then nothing is
/// counted, since counting all its customers as one would lock them out together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Client(pub Option<Network>);

impl TrustedProxies {
    /// The proxies in these networks.
    #[must_use]
    pub fn new(networks: &[IpNet]) -> Self {
        Self { networks: networks.into(), has_warned: Arc::default() }
    }

    /// Whether this address is one of them.
    #[must_use]
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// The client behind `peer`: the peer itself, or, when it is a trusted proxy, the rightmost hop of
    /// `X-Forwarded-For` that is none. A hop that cannot be read ends the walk: what stands left of it
    /// nobody vouches for.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        let mut nearest = peer;
        let mut is_named = !self.contain(peer);
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        // Several headers are one list (RFC 9110, section 5.3).
        let hops = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
        for hop in hops {
            if !self.contain(nearest) {
                break;
            }
            is_named = true;
            let Some(address) = std::str::from_utf8(hop).ok().and_then(address_in) else { break };
            nearest = address;
        }
        Client(is_named.then(|| Network::of(nearest)))
    }

    fn warn_once(&self) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "a request came through a trusted proxy that names no client (X-Forwarded-For); \
                 limits by network are off for such requests"
            );
        }
    }
}

/// Notes on every request who sent it.
pub async fn know_client(
    State(proxies): State<TrustedProxies>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let client = peer.map(|peer| proxies.client(peer, request.headers())).unwrap_or_default();
    // A program on this very machine needs no proxy and calls us by a name of the machine; what came
    // by our public name came from outside.
    if client.0.is_none() && peer.is_some() && !is_by_own_name(request.headers()) {
        proxies.warn_once();
    }
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_default())
    }
}

/// `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:4711`.
fn address_in(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    if let Ok(address) = hop.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    if let Ok(address) = hop.parse::<SocketAddr>() {
        return Some(address.ip().to_canonical());
    }
    let bare = hop.strip_prefix('[')?.strip_suffix(']')?;
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(networks: &[&str]) -> TrustedProxies {
        let networks: Vec<IpNet> = networks.iter().map(|network| network.parse().unwrap()).collect();
        TrustedProxies::new(&networks)
    }

    fn client(proxies: &TrustedProxies, peer: &str, lines: &[&str]) -> Client {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, axum::http::HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers)
    }

    fn network(address: &str) -> Client {
        Client(Some(Network::of(address.parse().unwrap())))
    }

    #[test]
    fn the_rightmost_hop_that_nobody_vouches_for_is_the_client() {
        let ours = proxies(&["127.0.0.0/8", "10.0.0.0/8", "fd00::/8"]);
        for (peer, lines, expected) in [
            ("127.0.0.1", &["203.0.113.7"][..], "203.0.113.7"),
            ("127.0.0.1", &["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            ("127.0.0.1", &["198.51.100.1", "203.0.113.7, 10.0.0.2"], "203.0.113.7"),
            ("::ffff:127.0.0.1", &["203.0.113.7"], "203.0.113.7"),
            ("127.0.0.1", &["::ffff:203.0.113.7"], "203.0.113.7"),
            ("127.0.0.1", &["203.0.113.7:50123"], "203.0.113.7"),
            ("127.0.0.1", &["[2001:db8::1]:443"], "2001:db8::2"),
            ("127.0.0.1", &["[2001:db8::1]"], "2001:db8::2"),
            ("fd00::1", &["2001:db8:0:1::1"], "2001:db8:0:1::9"),
            // Everyone on the way is ours: the one furthest away asked.
            ("127.0.0.1", &["10.0.0.9, 10.0.0.2"], "10.0.0.9"),
            // What cannot be read ends the walk, at the last hop that could.
            ("127.0.0.1", &["198.51.100.1, unknown, 10.0.0.2"], "10.0.0.2"),
            ("127.0.0.1", &["198.51.100.1, <script>"], "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1,"], "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1, \u{e9}"], "127.0.0.1"),
        ] {
            assert_eq!(client(&ours, peer, lines), network(expected), "{peer} {lines:?}");
        }
    }

    #[test]
    fn a_stranger_is_who_he_is_whatever_he_writes() {
        let ours = proxies(&["10.0.0.0/8"]);
        for lines in [&[][..], &["198.51.100.1"], &["198.51.100.1", "10.0.0.1"], &["nonsense"]] {
            assert_eq!(client(&ours, "203.0.113.7", lines), network("203.0.113.7"), "{lines:?}");
        }
    }

    #[test]
    fn a_proxy_that_names_nobody_is_not_taken_for_everybody() {
        let ours = proxies(&["127.0.0.0/8"]);
        assert_eq!(client(&ours, "127.0.0.1", &[]), Client(None));
    }
}
