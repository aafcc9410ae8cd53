//! What netavark is told on standard input, and what it answers: its own JSON of one container.
//!
//! One executable makes bridge, interfaces, addresses, routes and firewall, and starts
//! aardvark-dns for names. It chooses no addresses (`lease.rs`).

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::network::Error;
use crate::network::helper::find;
use crate::network::probe::version;
use crate::types::network::{Joined, NetworkRecord};

/// Where distributions put programs that only engines run: containers.conf(5),
/// `helper_binaries_dir`.
const FOLDERS: &str = "/usr/local/libexec/podman:/usr/local/lib/podman:/usr/libexec/podman:\
                       /usr/lib/podman";

/// Both programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programs {
    pub netavark: PathBuf,
    /// Without it no names are found.
    pub aardvark: Option<PathBuf>,
}

impl Programs {
    pub fn find(search_path: Option<&OsStr>) -> Result<Self, Error> {
        let any = |name: &'static str| {
            find(name, Some(OsStr::new(FOLDERS))).or_else(|| find(name, search_path))
        };
        Ok(Self {
            netavark: any("netavark").ok_or(Error::Missing("netavark"))?,
            aardvark: any("aardvark-dns"),
        })
    }

    /// Refuses what an older netavark would leave out without a word (its release notes).
    pub fn check(&self, network: &NetworkRecord) -> Result<(), Error> {
        let option = |key: &str| network.options.get(key).map(String::as_str);
        let wanted = [
            (!network.routes.is_empty(), "routes", (1, 7)),
            (
                option("isolate") == Some("strict"),
                "isolate=strict",
                (1, 7),
            ),
            (option("vlan").is_some(), "vlan", (1, 14)),
        ];
        let wanted: Vec<_> = wanted.into_iter().filter(|(asked, ..)| *asked).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let here = version(&self.netavark);
        match wanted.into_iter().find(|(.., since)| here < Some(*since)) {
            Some((_, what, since)) => Err(Error::OldNetavark { what, since, here }),
            None => Ok(()),
        }
    }
}

/// One container on its networks.
#[derive(Debug)]
pub struct Container<'a> {
    pub id: &'a str,
    pub name: &'a str,
    /// Names it has on every network, beside its own.
    pub aliases: &'a [String],
    /// Whom to ask for names that no container has; empty is as the networks say.
    pub servers: &'a [String],
    pub joined: &'a [Joined],
    pub networks: &'a [NetworkRecord],
}

impl Container<'_> {
    /// The documents for `setup` and `teardown`; the same for both. One for each network: netavark
    /// itself keeps no order among those of one document.
    pub fn documents(&self) -> Vec<Value> {
        let mut documents = Vec::new();
        for one in self.joined {
            let (mut networks, mut info) = (Map::new(), Map::new());
            let Some(network) = self.networks.iter().find(|n| n.name == one.network) else {
                continue; // removed meanwhile: then there is nothing to take down either
            };
            let ips: Vec<String> = one.addresses.iter().map(|a| a.addr().to_string()).collect();
            let mut aliases = one.aliases.clone();
            aliases.extend(self.aliases.iter().cloned());
            let options = json!({
                "static_ips": ips,
                "static_mac": one.mac,
                "interface_name": one.interface,
                "aliases": aliases,
            });
            networks.insert(one.network.clone(), options);
            let mut shown = serde_json::to_value(network).expect("a record has string keys only");
            // Networks do not reach one another; netavark does so by itself from version 2 on.
            let usual = network
                .options
                .get("isolate")
                .map_or("true", String::as_str);
            shown["options"]["isolate"] = usual.into();
            // Nobody on an internal network asks anybody outside (CVE-2024-29018): who asks for a
            // name that no container has is sent where nobody answers, in the bridges' namespace.
            let servers: &[String] = match network.internal {
                true => &[],
                false => self.servers,
            };
            if network.internal {
                shown["network_dns_servers"] = json!(["127.0.0.1"]);
            }
            info.insert(one.network.clone(), shown);
            documents.push(json!({
                "container_id": self.id,
                "container_name": self.name,
                "networks": networks,
                "network_info": info,
                "dns_servers": servers,
            }));
        }
        documents
    }
}

/// The words of the command line for a namespace file.
pub fn words(programs: &Programs, config: &Path, action: &str, namespace: &Path) -> Vec<String> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut words = vec![
        text(&programs.netavark),
        "--config".to_owned(),
        text(config),
        "--rootless".to_owned(),
        "true".to_owned(),
    ];
    if let Some(aardvark) = &programs.aardvark {
        words.extend(["--aardvark-binary".to_owned(), text(aardvark)]);
    }
    words.extend([action.to_owned(), text(namespace)]);
    words
}

/// Why it failed: `{"error": "…"}` on standard output.
pub fn complaint(output: &str) -> String {
    let document: Option<Value> = serde_json::from_str(output).ok();
    let error = document.as_ref().and_then(|d| d.get("error")?.as_str());
    let text = error.unwrap_or(output).trim();
    let line = text.lines().last().unwrap_or("no reason given");
    crate::types::escape::visible(line)
}
