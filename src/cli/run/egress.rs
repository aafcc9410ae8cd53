//! `--egress`, and the same as an option of a network: which destinations are let through.

use crate::cli::error::Error;
use crate::types::egress::Egress;
use crate::types::escape;
use crate::types::request::Network;

/// Options of pasta that open the host's own ports to the container, past every filter.
const OPENING: &[&str] = &["-T", "-U", "--tcp-ns", "--udp-ns"];

/// Reads the words of the option and those of the network, which are taken out there.
pub fn of(typed: &[String], network: &mut Network) -> Result<Option<Egress>, Error> {
    let mut words = typed.to_vec();
    if let Network::Pasta(all) | Network::Slirp4netns(all) = network {
        all.retain(|word| match word.strip_prefix("egress=") {
            Some(rest) => {
                words.push(rest.to_owned());
                false
            }
            None => true,
        });
    }
    if words.is_empty() {
        return Ok(None);
    }
    let egress = Egress::parse(&words).map_err(|bad| {
        Error::usage(
            format!("--egress {}", escape::quoted(&bad.input)),
            bad.reason,
        )
    })?;
    let other = match network {
        Network::Default | Network::Slirp4netns(_) => return Ok(Some(egress)),
        Network::Pasta(words) => {
            let opens = |word: &&String| OPENING.iter().any(|option| word.starts_with(option));
            return match words.iter().find(opens) {
                None => Ok(Some(egress)),
                Some(word) => Err(Error::usage(
                    format!("--network pasta:{}", escape::visible(word)),
                    "opens ports of the host past --egress",
                )),
            };
        }
        Network::None => "none, which reaches nothing anyway",
        Network::Host => "host, which is not the container's own",
        Network::Container(_) => "container, whose own --egress counts",
        Network::Path(_) => "ns, which is not the container's own",
        Network::Bridge(_) => "bridge or a network with a name: not yet",
    };
    Err(Error::usage(
        "--egress",
        format!("is kept on pasta and slirp4netns networks, and not on {other}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::run::network::network;

    fn read(mode: &str, typed: &[&str]) -> Result<(Network, Option<Egress>), Error> {
        let mut network = network(mode).expect("a network");
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let egress = of(&typed, &mut network)?;
        Ok((network, egress))
    }

    #[test]
    fn both_forms_say_the_same() {
        let words = "pasta:-4,egress=allow=a.org:1,egress=allow=10.0.0.0/8";
        let (network, egress) = read(words, &[]).expect("a list");
        assert_eq!(network, Network::Pasta(vec!["-4".to_owned()]));
        let typed = ["allow=a.org:1", "allow=10.0.0.0/8"];
        let (_, other) = read("default", &typed).expect("a list");
        assert!(egress.is_some());
        assert_eq!(egress, other);
        assert_eq!(read("host", &[]).expect("no list").1, None);
    }

    #[test]
    fn other_networks_are_refused_by_name() {
        for (mode, why) in [
            ("host", "host"),
            ("none", "none"),
            ("container:a", "container"),
            ("ns:/run/a", "ns"),
            ("web", "not yet"),
            ("pasta:-T,80", "opens ports"),
        ] {
            let error = read(mode, &["none"]).expect_err(mode);
            assert!(error.to_string().contains(why), "{error}");
        }
    }
}
