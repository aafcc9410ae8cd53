//! What a container may reach, kept by a filter that it cannot touch.
//!
//! ```text
//! host's network      warden (U0) ── asks the host's resolvers for names on the list
//!                       │  holds sockets of the other side, and lives as long as the monitor
//! container's network   127.0.0.11:53 ◀─ resolv.conf      nft table: list, names' addresses, log
//! (owned by U0)         container (a child of U0) ─▶ filter ─▶ pasta ─▶ host's network
//! ```
//!
//! The network namespace is made before the container and belongs to U0, as the filter in it does;
//! the container joins it from a user namespace of its own, in which no capability means anything
//! there (network_namespaces(7), user_namespaces(7)): not NET_ADMIN, not NET_RAW. Addresses, routes,
//! links, sockets that leave the stack out and nft itself are closed to it.
//!
//! ```text
//! ruleset.rs  the rules
//! warden.rs   the process beside the container: makes namespace and rules, serves names, ends
//! names.rs    the resolver
//! message.rs  DNS messages
//! log.rs      what was refused
//! ```
//!
//! When the warden is killed the filter stays: names are not found any more, nothing else changes.

mod log;
mod message;
mod names;
mod ruleset;
mod warden;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{PipeWriter, Read, Seek, Write};
use std::net::IpAddr;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::network::{Error, EtcFile, Namespace, Prepared, helper};
use crate::sys::memfd;
use crate::sys::process::readable_within;
use crate::types::egress::Egress;
use crate::userns::{Base, worker};

pub use ruleset::RESOLVER;
pub use warden::keep;

/// Making a namespace and its rules takes milliseconds.
const READY: Duration = Duration::from_secs(30);

/// Where distributions put nft, which ordinary users often have no path to.
const FOLDERS: &str = "/usr/sbin:/sbin:/usr/local/sbin";

/// What the warden is told.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    nft: PathBuf,
    egress: Egress,
    /// Who is asked for names; empty is as the host.
    servers: Vec<IpAddr>,
    /// Names that the container's /etc/hosts has.
    known: Vec<(String, IpAddr)>,
}

/// What it answers.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Answer {
    pid: i32,
    /// Its descriptor of the namespace.
    namespace: i32,
    /// Empty when all went well.
    error: String,
}

/// A filter that waits for its container; it goes with this value, or with the monitor.
#[derive(Debug)]
pub struct Guard {
    pub warden: i32,
    control: PipeWriter,
}

impl Guard {
    /// Has the filter stay until that process ends.
    pub fn follow(&mut self, monitor: i32) -> Result<(), Error> {
        writeln!(self.control, "{monitor}").map_err(Error::egress)
    }
}

/// Makes a filtered network namespace and has the prepared network use it.
pub fn guard(
    base: &Base,
    network: &mut Prepared,
    egress: &Egress,
    dns: &[String],
    log: OwnedFd,
    search_path: Option<&OsStr>,
) -> Result<Guard, Error> {
    let any = |path| helper::find("nft", path);
    let nft = any(Some(OsStr::new(FOLDERS))).or_else(|| any(search_path));
    let order = Order {
        nft: nft.ok_or(Error::Missing("nft"))?,
        egress: egress.clone(),
        servers: dns.iter().filter_map(|word| word.parse().ok()).collect(),
        known: match &network.hosts {
            EtcFile::Text(text) => entries(text),
            EtcFile::Image | EtcFile::Shared => Vec::new(),
        },
    };
    let text = serde_json::to_vec(&order).expect("an order has string keys only");
    let mut file = File::from(memfd::plain(c"order")?);
    file.write_all(&text)
        .and_then(|()| file.rewind())
        .map_err(Error::egress)?;
    let (read, ready) = std::io::pipe().map_err(Error::egress)?;
    let (control_end, control) = std::io::pipe().map_err(Error::egress)?;
    let passed = [
        ready.as_fd(),
        file.as_fd(),
        control_end.as_fd(),
        log.as_fd(),
    ];
    worker::detached(Some(base), "egress", &passed)?;
    drop(ready);
    let mut text = String::new();
    if readable_within(read.as_fd(), READY)? {
        let read = read.take(64 << 10).read_to_string(&mut text);
        read.map_err(Error::egress)?;
    }
    let answer: Answer = serde_json::from_str(&text)
        .map_err(|_| Error::Egress("the process that keeps it did not begin".to_owned()))?;
    if !answer.error.is_empty() {
        return Err(Error::Egress(answer.error));
    }
    let path = format!("/proc/{}/fd/{}", answer.pid, answer.namespace);
    let path = Path::new(&path).to_owned();
    let file = File::open(&path).map_err(Error::egress)?;
    network.namespace = Namespace::Path {
        path,
        file: file.into(),
    };
    Ok(Guard {
        warden: answer.pid,
        control,
    })
}

/// The names of a hosts file.
fn entries(text: &str) -> Vec<(String, IpAddr)> {
    let mut found = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_ascii_whitespace();
        if let Some(Ok(address)) = words.next().map(str::parse::<IpAddr>) {
            found.extend(words.map(|name| (name.to_ascii_lowercase(), address)));
        }
    }
    found
}
