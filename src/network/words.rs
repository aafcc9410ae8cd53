//! What users may say to pasta: `--network pasta:OPTION,…`, `pasta_options` in containers.conf.
//!
//! pasta(1) "OPTIONS", of 2023 and of 2026; the installed program may know fewer, which is found
//! out when its command line is made.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use crate::network::error::Error;

/// pasta's options with a value that users may set after `pasta:`, short and long.
///
/// What is missing here would run as somebody else or aim at another namespace. The files that
/// some of them name are written with the rights of whoever typed them.
const WITH_VALUE: &[(&str, &str)] = &[
    ("-a", "--address"),
    ("-n", "--netmask"),
    ("-g", "--gateway"),
    ("-i", "--interface"),
    ("-o", "--outbound"),
    ("-I", "--ns-ifname"),
    ("-m", "--mtu"),
    ("-M", "--mac-addr"),
    ("-D", "--dns"),
    ("-S", "--search"),
    ("-t", "--tcp-ports"),
    ("-u", "--udp-ports"),
    ("-T", "--tcp-ns"),
    ("-U", "--udp-ns"),
    ("-p", "--pcap"),
    ("-l", "--log-file"),
    ("-P", "--pid"),
    ("-H", "--hostname"),
    ("", "--fqdn"),
    ("", "--log-size"),
    ("", "--outbound-if4"),
    ("", "--outbound-if6"),
    ("", "--ns-mac-addr"),
    ("", "--dns-forward"),
    ("", "--dns-host"),
    ("", "--map-host-loopback"),
    ("", "--map-guest-addr"),
];

const WITHOUT_VALUE: &[(&str, &str)] = &[
    ("-4", "--ipv4-only"),
    ("-6", "--ipv6-only"),
    ("", "--no-tcp"),
    ("", "--no-udp"),
    ("", "--no-icmp"),
    ("", "--no-dhcp"),
    ("", "--no-ndp"),
    ("", "--no-dhcpv6"),
    ("", "--no-ra"),
    ("", "--no-map-gw"),
    ("", "--no-copy-routes"),
    ("", "--no-copy-addrs"),
    ("", "--no-splice"),
    ("", "--freebind"),
    ("", "--dhcp-dns"),
    ("", "--dhcp-search"),
    ("", "--host-lo-to-ns-lo"),
    ("-d", "--debug"),
    ("", "--trace"),
];

/// Options that may stand several times: once for each kind of address, or for each port.
const REPEATED: &[&str] = &[
    "--address",
    "--gateway",
    "--outbound",
    "--dns",
    "--search",
    "--tcp-ports",
    "--udp-ports",
    "--tcp-ns",
    "--udp-ns",
    "--dns-forward",
    "--dns-host",
    "--map-host-loopback",
    "--map-guest-addr",
];

/// Options that are always given, or say what is so anyway.
const GIVEN: &[&str] = &["--config-net", "--quiet", "-q"];

/// Options that name a file; pasta has another working directory than the caller.
const FILES: &[&str] = &["--pcap", "--log-file", "--pid"];

/// What the user said after `pasta:`, after what containers.conf says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Long options with their values, in order.
    options: Vec<(String, Option<String>)>,
    /// `--map-gw`: the gateway's address reaches the host's loopback.
    map_gateway: bool,
    /// `--pid`: where the user wants pasta's number.
    pid_file: Option<PathBuf>,
}

impl Words {
    pub fn parse(words: &[String]) -> Result<Self, Error> {
        let mut parsed = Self::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let bad = |reason| Error::Word {
                helper: "pasta",
                word: word.clone(),
                reason,
            };
            if word == "--map-gw" {
                parsed.map_gateway = true;
            } else if GIVEN.contains(&word.as_str()) {
                continue;
            } else if let Some((_, long)) = WITHOUT_VALUE.iter().find(|o| is_option(o, word)) {
                if !parsed.has(long) {
                    parsed.options.push(((*long).to_owned(), None));
                }
            } else if let Some((long, attached)) = with_value(word) {
                let value = match attached {
                    Some(value) => value.to_owned(),
                    None => rest.next().ok_or_else(|| bad("needs a value"))?.clone(),
                };
                if value.is_empty() || value.starts_with('-') || value.contains(char::is_control) {
                    return Err(bad("has no usable value"));
                }
                if FILES.contains(&long) && !value.starts_with('/') {
                    return Err(bad("names no absolute path"));
                }
                parsed.set(long, value);
            } else {
                return Err(bad("is not an option of pasta that can be set here"));
            }
        }
        Ok(parsed)
    }

    /// The last of an option that pasta takes once only is the one that counts.
    fn set(&mut self, long: &str, value: String) {
        if long == "--pid" {
            self.pid_file = Some(value.into());
            return;
        }
        if !REPEATED.contains(&long) {
            self.options.retain(|(name, _)| name != long);
        }
        self.options.push((long.to_owned(), Some(value)));
    }

    /// Long options with their values, in order.
    pub fn options(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let all = self.options.iter();
        all.map(|(name, value)| (name.as_str(), value.as_deref()))
    }

    pub fn maps_gateway(&self) -> bool {
        self.map_gateway
    }

    pub fn pid_file(&self) -> Option<&Path> {
        self.pid_file.as_deref()
    }

    /// It wants to hear more than warnings.
    pub fn is_verbose(&self) -> bool {
        self.has("--debug") || self.has("--trace")
    }

    /// What `--address` says, without the length of a mask.
    pub fn addresses(&self) -> Vec<IpAddr> {
        let given = self.options().filter(|(name, _)| *name == "--address");
        let bare = given.filter_map(|(_, value)| value?.split('/').next());
        bare.filter_map(|text| text.parse().ok()).collect()
    }

    /// Every option there is.
    #[cfg(test)]
    pub fn known() -> impl Iterator<Item = &'static str> {
        WITH_VALUE
            .iter()
            .chain(WITHOUT_VALUE)
            .map(|option| option.1)
    }

    pub fn has(&self, long: &str) -> bool {
        self.options.iter().any(|(name, _)| name == long)
    }

    pub fn value(&self, long: &str) -> Option<&str> {
        let mut all = self.options.iter().rev();
        all.find(|(name, _)| name == long)
            .and_then(|(_, value)| value.as_deref())
    }
}

fn is_option(option: &(&str, &str), word: &str) -> bool {
    word == option.1 || (!option.0.is_empty() && word == option.0)
}

/// The long form of an option with a value, and the value when it is in the same word.
fn with_value(word: &str) -> Option<(&'static str, Option<&str>)> {
    if let Some(option) = WITH_VALUE.iter().find(|o| is_option(o, word)) {
        return Some((option.1, None));
    }
    if word.starts_with("--") {
        let (name, value) = word.split_once('=')?;
        let option = WITH_VALUE.iter().find(|o| o.1 == name)?;
        return Some((option.1, Some(value)));
    }
    let option = WITH_VALUE
        .iter()
        .find(|o| !o.0.is_empty() && word.starts_with(o.0))?;
    Some((option.1, Some(&word[2..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &str) -> Result<Words, Error> {
        let words: Vec<String> = words.split_ascii_whitespace().map(str::to_owned).collect();
        Words::parse(&words)
    }

    #[test]
    fn the_last_word_counts_where_only_one_can() {
        let words = parsed("-I one -a 10.0.0.1 -a fd00::1 --ns-ifname=two -q --pid /p -P/q -4 -4");
        let words = words.expect("good words");
        let all: Vec<(&str, Option<&str>)> = words.options().collect();
        assert_eq!(
            all,
            [
                ("--address", Some("10.0.0.1")),
                ("--address", Some("fd00::1")),
                ("--ns-ifname", Some("two")),
                ("--ipv4-only", None),
            ]
        );
        assert_eq!(words.pid_file(), Some(Path::new("/q")));
    }

    #[test]
    fn words_for_another_namespace_or_user_are_refused() {
        for bad in [
            "--netns /proc/1/ns/net",
            "--userns /proc/1/ns/user",
            "--netns-only",
            "--runas 0",
            "-f",
            "-F 3",
            "1234",
            "-t",
            "-t --pid",
            "--mtu=",
            "sh",
            "--tcp-portsx 1",
            "--pcap here",
            "--pid ../x",
        ] {
            assert!(parsed(bad).is_err(), "{bad}");
        }
        let control = Words::parse(&["-t".to_owned(), "1\u{1}".to_owned()]);
        assert!(control.is_err());
    }
}
