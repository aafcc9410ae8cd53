//! What a container may reach: the words of `--egress`, and what was written down about them.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::types::{ParseError, Timestamp};

/// More than this is no list that a person wrote.
const MAX_ALLOWED: usize = 256;

/// What is let through; everything else is refused, or only written down while learning.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Egress {
    /// Empty is nothing at all.
    #[serde(default)]
    pub allowed: Vec<Allowed>,
    /// `log`: what is not on the list is let through and written down.
    #[serde(default)]
    pub learns: bool,
}

/// One `allow=`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    pub to: Destination,
    /// Of TCP and UDP; `None` is every port and every protocol.
    #[serde(default)]
    pub port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Destination {
    Net(IpNet),
    /// In small letters, without the last dot.
    Name(String),
    /// Every name that ends with a dot and this: `*.example.org`.
    Below(String),
}

/// What a container tried and the list does not name; a line of `egress.log`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Noted {
    pub time: Timestamp,
    /// It was let through, because the container is watched only.
    pub passed: bool,
    /// `tcp`, `udp`, a protocol's number, or `dns` for a name that was asked for.
    pub protocol: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// The name that was asked for last and had this address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Egress {
    /// Reads `none`, `log` and `allow=…` words, each of which may hold several between commas.
    pub fn parse<S: AsRef<str>>(words: &[S]) -> Result<Self, ParseError> {
        let mut made = Self::default();
        let mut nothing = false;
        for word in words.iter().map(AsRef::as_ref) {
            let mut allowing = false;
            for part in word.split(',') {
                match (part, part.strip_prefix("allow=")) {
                    ("none", _) => nothing = true,
                    ("log", _) => made.learns = true,
                    (_, Some(text)) => {
                        allowing = true;
                        made.allowed.push(Allowed::parse(text)?);
                    }
                    (text, None) if allowing => made.allowed.push(Allowed::parse(text)?),
                    (text, None) => {
                        let why = "is not none, log, allow=CIDR[:PORT] or allow=NAME[:PORT]";
                        return Err(ParseError::new(text, why));
                    }
                }
            }
        }
        if nothing && made != Self::default() {
            return Err(ParseError::new("none", "goes with nothing else"));
        }
        if made.allowed.len() > MAX_ALLOWED {
            let why = format!("more than {MAX_ALLOWED} destinations");
            return Err(ParseError::new("allow", why));
        }
        Ok(made)
    }

    /// The words that say the same.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.allowed.iter().map(|a| format!("allow={a}")).collect();
        if self.learns {
            words.push("log".to_owned());
        }
        if words.is_empty() {
            words.push("none".to_owned());
        }
        words
    }

    /// What a name is on the list for; `name` in small letters, without the last dot.
    pub fn of_name<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Allowed> {
        self.allowed.iter().filter(move |one| one.to.is_name(name))
    }
}

impl Destination {
    fn is_name(&self, name: &str) -> bool {
        match self {
            Self::Net(_) => false,
            Self::Name(own) => own == name,
            Self::Below(own) => name
                .strip_suffix(own.as_str())
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        }
    }
}

impl Allowed {
    fn parse(text: &str) -> Result<Self, ParseError> {
        let bad = |why: &str| ParseError::new(text, why);
        let (place, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (place, rest) = rest.split_once(']').ok_or_else(|| bad("lacks a ]"))?;
                let port = rest.strip_prefix(':');
                if network(place).is_none_or(|net| net.addr().is_ipv4())
                    || (port.is_none() && !rest.is_empty())
                {
                    return Err(bad("is not [IPV6]:PORT"));
                }
                (place, port)
            }
            // An IPv6 address without brackets has no port.
            None if network(text).is_some() => (text, None),
            None => match text.split_once(':') {
                Some((place, port)) => (place, Some(port)),
                None => (text, None),
            },
        };
        let port = port
            .map(|port| port.parse::<u16>().ok().filter(|port| *port > 0))
            .map(|port| port.ok_or_else(|| bad("has no port between 1 and 65535")))
            .transpose()?;
        let to = match network(place) {
            Some(net) => Destination::Net(net),
            None => named(place).ok_or_else(|| bad("is neither a network nor a name"))?,
        };
        Ok(Self { to, port })
    }
}

/// An address is a network of one.
fn network(text: &str) -> Option<IpNet> {
    let net = text.parse::<IpNet>().ok();
    net.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
        .map(|net| net.trunc())
}

/// A host name as RFC 1123, 2.1 has it, and with underscores; at most 253 letters: RFC 1035, 2.3.4.
fn named(text: &str) -> Option<Destination> {
    let text = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let name = text.strip_prefix("*.").unwrap_or(&text);
    let good = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
    let fits = |label: &str| (1..=63).contains(&label.len()) && label.bytes().all(good);
    // A last label of digits is a number that was mistyped.
    let last = name.rsplit('.').next()?;
    if name.len() > 253 || !name.split('.').all(fits) || last.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some(match name.len() == text.len() {
        true => Destination::Name(text),
        false => Destination::Below(name.to_owned()),
    })
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match &self.to {
            Destination::Net(net) if net.prefix_len() == net.max_prefix_len() => {
                net.addr().to_string()
            }
            Destination::Net(net) => net.to_string(),
            Destination::Name(name) => name.clone(),
            Destination::Below(name) => format!("*.{name}"),
        };
        match self.port {
            None => f.write_str(&place),
            Some(port) if place.contains(':') => write!(f, "[{place}]:{port}"),
            Some(port) => write!(f, "{place}:{port}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_written() {
        for (words, wanted) in [
            (&["none"][..], "none"),
            (&["log"], "log"),
            (&["allow=10.0.0.0/8"], "allow=10.0.0.0/8"),
            (&["allow=10.1.2.3/8:443"], "allow=10.0.0.0/8:443"),
            (&["allow=192.0.2.1:53"], "allow=192.0.2.1:53"),
            (&["allow=2001:db8::1"], "allow=2001:db8::1"),
            (&["allow=[2001:db8::/32]:443"], "allow=[2001:db8::/32]:443"),
            (&["allow=Example.ORG.:443"], "allow=example.org:443"),
            (
                &["allow=*.example.org,db,log"],
                "allow=*.example.org allow=db log",
            ),
            (&["allow=a:1", "allow=b:2"], "allow=a:1 allow=b:2"),
        ] {
            let read = Egress::parse(words).expect(wanted);
            assert_eq!(read.words().join(" "), wanted);
        }
        for bad in [
            "",
            "all",
            "none,log",
            "allow=",
            "allow=a:0",
            "allow=a:65536",
            "allow=a b",
            "allow=a:b",
            "allow=10.0.0",
            "allow=10.0.0.0/33",
            "allow=[10.0.0.1]:1",
            "allow=[::1]1",
            "allow=[::1",
            "allow=*",
            "allow=a..b",
            "allow=*.*.org",
            "a:1",
            "allow=a;b",
        ] {
            assert!(Egress::parse(&[bad]).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_matched_whole() {
        let egress = Egress::parse(&["allow=a.org:1,*.b.org"]).expect("a list");
        for (name, count) in [
            ("a.org", 1),
            ("x.a.org", 0),
            ("b.org", 0),
            (".b.org", 0),
            ("x.b.org", 1),
            ("x.y.b.org", 1),
            ("xb.org", 0),
        ] {
            assert_eq!(egress.of_name(name).count(), count, "{name}");
        }
    }
}
