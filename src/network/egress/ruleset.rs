//! The filter's rules in nft's own language: nft(8).
//!
//! The table is in the container's network namespace, which belongs to U0: nobody in the container
//! has a capability over it. What leaves is looked at once per connection; answers to what came in
//! and what was let out pass. The counterpart of every set is bounded, so that the container
//! cannot make the kernel keep more.

use std::fmt::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use crate::types::egress::{Allowed, Destination, Egress};

/// Where the container's resolver asks; Docker's too. Port 53 of it is led to [`Doors`].
pub const RESOLVER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 11);

/// The netlink group of what is written down.
pub const LOG_GROUP: u16 = 1;

/// The most addresses that names have at a time.
pub const MAX_ADMITTED: usize = 4096;

/// The most destinations of a family that are written down.
pub const MAX_NOTED: usize = 1024;

/// On which ports of [`RESOLVER`] names are answered.
#[derive(Debug, Clone, Copy)]
pub struct Doors {
    pub udp: u16,
    pub tcp: u16,
}

/// An address that a name has, for as long as it has it; `None` is for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Element {
    pub address: IpAddr,
    pub port: Option<u16>,
}

/// The whole table.
pub fn table(egress: &Egress, doors: Doors, known: &[Element]) -> String {
    let mut text = String::from("table inet coracle {\n");
    for (family, kind) in [("4", "ipv4_addr"), ("6", "ipv6_addr")] {
        let _ = write!(
            text,
            "set named{family} {{ type {kind} . inet_service; flags timeout; size {MAX_ADMITTED}; }}\n\
             set whole{family} {{ type {kind}; flags timeout; size {MAX_ADMITTED}; }}\n\
             set noted{family} {{ type {kind} . inet_proto . inet_service; flags dynamic; size {MAX_NOTED}; }}\n\
             set other{family} {{ type {kind} . inet_proto; flags dynamic; size {MAX_NOTED}; }}\n"
        );
    }
    text.push_str(
        "chain output {\n\
         type filter hook output priority filter; policy drop;\n\
         oifname \"lo\" accept\n\
         ct state established,related accept\n\
         ct state invalid drop\n\
         icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert, \
         mld-listener-report, mld-listener-done, mld2-listener-report } accept\n\
         meta l4proto igmp drop\n",
    );
    for one in &egress.allowed {
        text.push_str(&network_rule(one));
    }
    for (family, ip) in [("4", "ip"), ("6", "ip6")] {
        let _ = write!(
            text,
            "{ip} daddr @whole{family} accept\n\
             meta l4proto {{ tcp, udp }} {ip} daddr . th dport @named{family} accept\n"
        );
    }
    text.push_str("goto rest\n}\nchain rest {\n");
    for (family, ip) in [("4", "ip"), ("6", "ip6")] {
        let log = format!("log group {LOG_GROUP} snaplen 64");
        let (port, other) = (
            format!("{ip} daddr . meta l4proto . th dport"),
            format!("{ip} daddr . meta l4proto"),
        );
        let _ = write!(
            text,
            "meta l4proto {{ tcp, udp }} {port} != @noted{family} add @noted{family} {{ {port} }} {log}\n\
             meta l4proto != {{ tcp, udp }} {other} != @other{family} add @other{family} {{ {other} }} {log}\n"
        );
    }
    text.push_str(match egress.learns {
        true => "accept\n",
        false => "meta l4proto tcp reject with tcp reset\nreject with icmpx admin-prohibited\n",
    });
    // Nothing is forwarded: the namespace has one machine's worth of addresses.
    let _ = write!(
        text,
        "}}\n\
         chain forward {{ type filter hook forward priority filter; policy drop; }}\n\
         chain names {{\n\
         type nat hook output priority -100;\n\
         ip daddr {RESOLVER} udp dport 53 dnat ip to {RESOLVER}:{}\n\
         ip daddr {RESOLVER} tcp dport 53 dnat ip to {RESOLVER}:{}\n\
         }}\n}}\n",
        doors.udp, doors.tcp
    );
    for element in known {
        let _ = writeln!(text, "add element inet coracle {}", place(*element, None));
    }
    text
}

fn network_rule(one: &Allowed) -> String {
    let Destination::Net(net) = one.to else {
        return String::new(); // its addresses come with the answers
    };
    let ip = if net.addr().is_ipv4() { "ip" } else { "ip6" };
    match one.port {
        None => format!("{ip} daddr {net} accept\n"),
        Some(port) => {
            format!("{ip} daddr {net} meta l4proto {{ tcp, udp }} th dport {port} accept\n")
        }
    }
}

/// Lets addresses through for a time that begins now, whether they were before or not.
pub fn admit(elements: &[(Element, Duration)]) -> String {
    let mut text = String::new();
    for (element, time) in elements {
        let known = place(*element, None);
        // An element that is there keeps its time whatever is added (Linux before 6.12), and what
        // is not there cannot be deleted.
        let _ = write!(
            text,
            "add element inet coracle {known}\n\
             delete element inet coracle {known}\n\
             add element inet coracle {}\n",
            place(*element, Some(*time))
        );
    }
    text
}

fn place(element: Element, time: Option<Duration>) -> String {
    let family = if element.address.is_ipv4() { "4" } else { "6" };
    let time = time.map_or_else(String::new, |t| format!(" timeout {}s", t.as_secs().max(1)));
    match element.port {
        Some(port) => format!("named{family} {{ {} . {port}{time} }}", element.address),
        None => format!("whole{family} {{ {}{time} }}", element.address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_becomes_rules() {
        let words = ["allow=10.0.0.0/8:443,2001:db8::/32,example.org:80"];
        let egress = Egress::parse(&words).expect("a list");
        let doors = Doors { udp: 1, tcp: 2 };
        let known = Element {
            address: "192.0.2.7".parse().expect("an address"),
            port: Some(80),
        };
        let text = table(&egress, doors, &[known]);
        for line in [
            "ip daddr 10.0.0.0/8 meta l4proto { tcp, udp } th dport 443 accept",
            "ip6 daddr 2001:db8::/32 accept",
            "meta l4proto tcp reject with tcp reset",
            "add element inet coracle named4 { 192.0.2.7 . 80 }",
        ] {
            assert!(text.lines().any(|own| own == line), "{line}\n{text}");
        }
        assert!(!text.contains("example"));
        let learning = Egress {
            learns: true,
            ..egress
        };
        assert!(!table(&learning, doors, &[]).contains("reject"));
    }
}
