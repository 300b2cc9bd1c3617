//! Where a certificate may come from: hosts by name, and the addresses that they may stand for. The address of a certificate is
//! chosen by whoever sends a request; without this the proxy would fetch for anybody what only it can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// An address is longer only if somebody plays with it.
const LONGEST_URL: usize = 2048;

/// The host of an address, with its port where that is not the usual one.
pub(crate) fn authority(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

/// The hosts that are allowed.
#[derive(Debug)]
pub(super) struct Hosts {
    names: Vec<String>,
    private: bool,
}

impl Hosts {
    pub(super) fn new(names: &[String], private: bool) -> Self {
        Self { names: names.to_vec(), private }
    }

    /// The address as it will be called, or `None` when it may not be.
    pub(super) fn admit(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok().filter(|url| text.len() <= LONGEST_URL && url.scheme() == "https")?;
        if !url.username().is_empty() || url.password().is_some() || !self.names.contains(&authority(&url)) {
            return None;
        }
        // Microsoft's address has neither, and with them anybody could make up any number of addresses of the one file.
        if url.query().is_some() || url.fragment().is_some() {
            return None;
        }
        // An address in figures is not resolved, so it is looked at here.
        let open = match url.host()? {
            Host::Domain(_) => true,
            Host::Ipv4(address) => self.private || is_public(address.into()),
            Host::Ipv6(address) => self.private || is_public(address.into()),
        };
        open.then_some(url)
    }
}

/// Resolves names to public addresses alone. The addresses that it gives are the ones that are connected to: nobody can answer
/// one thing for the check and another for the connection.
#[derive(Debug)]
pub(super) struct PublicAddresses;

impl Resolve for PublicAddresses {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.filter(|address| is_public(address.ip())).collect();
            if found.is_empty() {
                return Err("the host has no public address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the public internet (IANA's registries of special-purpose addresses).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let special = match address.octets() {
        [0 | 10 | 127 | 224.., ..]
        | [100, 64..=127, ..]
        | [169, 254, ..]
        | [172, 16..=31, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [192, 168, ..]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        // The host of a virtual machine in Azure, which answers the machine alone.
        | [168, 63, 129, 16] => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let embedded = || {
        let [.., one, two, three, four] = address.octets();
        is_public_v4(Ipv4Addr::new(one, two, three, four))
    };
    match address.segments() {
        // An IPv4 address as IPv6 programs see it, and as a network without IPv4 translates it.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => embedded(),
        // Protocol assignments with Teredo, documentation, 6to4.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Everything that is global begins with the bits 001.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_called() {
        let cases = [
            ("20.60.0.1", true),
            ("1.1.1.1", true),
            ("100.63.255.255", true),
            ("100.128.0.0", true),
            ("172.15.255.255", true),
            ("172.32.0.0", true),
            ("168.63.129.15", true),
            ("2603:1030::1", true),
            ("::ffff:20.60.0.1", true),
            ("64:ff9b::143c:1", true),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("100.127.255.255", false),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("168.63.129.16", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.0.0.1", false),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.1.1", false),
            ("198.18.0.1", false),
            ("198.19.255.255", false),
            ("198.51.100.1", false),
            ("203.0.113.1", false),
            ("224.0.0.1", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::127.0.0.1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:169.254.169.254", false),
            ("::ffff:10.0.0.1", false),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b::a9fe:a9fe", false),
            ("64:ff9b:1::1", false),
            ("100::1", false),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("2002:7f00:1::", false),
            ("3fff::1", false),
            ("fc00::1", false),
            ("fd12:3456::1", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ];
        for (address, public) in cases {
            assert_eq!(is_public(address.parse().unwrap()), public, "{address}");
        }
    }

    #[test]
    fn a_certificate_is_fetched_from_a_host_that_is_named_and_by_https() {
        let names = ["store.example", "other.example:8443", "127.0.0.1", "[::1]", "20.60.0.1"].map(str::to_owned);
        let long = format!("https://store.example/{}", "c".repeat(LONGEST_URL));
        let cases = [
            ("https://store.example/cert/one.cer", true),
            ("https://STORE.example:443/one.cer", true),
            ("https://other.example:8443/one.cer", true),
            ("https://20.60.0.1/one.cer", true),
            ("http://store.example/one.cer", false),
            ("https://store.example:8443/one.cer", false),
            ("https://other.example/one.cer", false),
            ("https://store.example./one.cer", false),
            ("https://store.example/one.cer?version=2", false),
            ("https://store.example/one.cer?", false),
            ("https://store.example/one.cer#1", false),
            ("https://store.example/one.cer#", false),
            ("https://sub.store.example/one.cer", false),
            ("https://store.example.evil.example/one.cer", false),
            ("https://evilstore.example/one.cer", false),
            ("https://store.example@evil.example/one.cer", false),
            ("https://evil.example\\@store.example/one.cer", false),
            ("https://evil.example/#@store.example/one.cer", false),
            ("https://user@store.example/one.cer", false),
            ("https://:secret@store.example/one.cer", false),
            ("https://127.0.0.1/one.cer", false),
            ("https://0x7f.1/one.cer", false),
            ("https://[::1]/one.cer", false),
            ("file:///store.example/one.cer", false),
            ("store.example/one.cer", false),
            ("", false),
            (&long, false),
        ];
        let hosts = Hosts::new(&names, false);
        for (url, admitted) in cases {
            assert_eq!(hosts.admit(url).is_some(), admitted, "{url}");
        }
        assert!(Hosts::new(&names, true).admit("https://127.0.0.1/one.cer").is_some());
    }

    #[tokio::test]
    async fn a_name_that_stands_for_a_private_address_is_not_resolved() {
        assert!(PublicAddresses.resolve("localhost".parse().unwrap()).await.is_err());
    }
}
