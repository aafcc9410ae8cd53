//! A container on paper: its identity, its record, its runs and their end.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::types::health::HealthCheck;
use crate::types::network::Joined;
use crate::types::request::{PortMapping, RunRequest};
use crate::types::resources::CgroupRecord;
use crate::types::secret::GrantedSecret;
use crate::types::{ImageId, ParseError, Timestamp};

/// 64 lower-case hex digits, random.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContainerId(String);

impl ContainerId {
    /// Makes an id of 32 random bytes.
    pub fn from_random(bytes: [u8; 32]) -> Self {
        let mut hex = String::with_capacity(64);
        for byte in bytes {
            let _ = fmt::Write::write_fmt(&mut hex, format_args!("{byte:02x}"));
        }
        Self(hex)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first 12 digits, as lists show them.
    pub fn short(&self) -> &str {
        &self.0[..12]
    }
}

impl TryFrom<String> for ContainerId {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        if text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            Ok(Self(text))
        } else {
            Err(ParseError::new(text, "is not a container id"))
        }
    }
}

impl From<ContainerId> for String {
    fn from(id: ContainerId) -> String {
        id.0
    }
}

impl fmt::Display for ContainerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name the user gave: `[a-zA-Z0-9][a-zA-Z0-9_.-]*`, at most 128 bytes (S-90).
///
/// Also the grammar of volume names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContainerName(String);

impl ContainerName {
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let mut bytes = text.bytes();
        let starts_well = bytes.next().is_some_and(|b| b.is_ascii_alphanumeric());
        let goes_on = bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
        if !starts_well || !goes_on {
            return Err(ParseError::new(
                text,
                "is not a name: names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*",
            ));
        }
        if text.len() > 128 {
            return Err(ParseError::new(text, "is not a name: more than 128 bytes"));
        }
        Ok(Self(text.to_owned()))
    }

    /// As [`ContainerName::parse`], for a name that somebody chooses: one that looks like an id
    /// would shadow it (S-116).
    pub fn parse_new(text: &str) -> Result<Self, ParseError> {
        let hex = text.len() >= 12 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hex {
            return Err(ParseError::new(
                text,
                "could be mistaken for a container id",
            ));
        }
        Self::parse(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ContainerName {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        Self::parse(&text)
    }
}

impl From<ContainerName> for String {
    fn from(name: ContainerName) -> String {
        name.0
    }
}

impl fmt::Display for ContainerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a container is doing, in Podman's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Created,
    Initialized,
    Running,
    Paused,
    Stopping,
    Exited,
    Removing,
    Unknown,
}

impl Status {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Initialized => "initialized",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Stopping => "stopping",
            Self::Exited => "exited",
            Self::Removing => "removing",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is fixed when a container is created; `containers/<id>/container.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContainerRecord {
    pub id: ContainerId,
    pub name: ContainerName,
    pub created: Timestamp,
    /// `None`: it stands on a directory of the host.
    #[serde(default)]
    pub image_id: Option<ImageId>,
    /// The name the image was found under, as it is printed.
    pub image_name: String,
    /// The manifest digest the image was found under.
    pub image_digest: String,
    /// What the image runs on, where that is another machine than this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<crate::types::Platform>,
    /// The machine this container belongs to; another one's is shown, never touched.
    pub machine_id: String,
    /// What the user asked, made precise.
    pub request: RunRequest,
    /// The command that will run: entrypoint and arguments.
    pub argv: Vec<String>,
    /// Environment, `KEY=value`, complete.
    pub env: Vec<String>,
    pub workdir: String,
    /// The user as asked or from the image, not resolved; empty is root.
    pub user: String,
    pub hostname: String,
    pub labels: BTreeMap<String, String>,
    /// The signal number `stop` sends.
    pub stop_signal: i32,
    /// Chain ids of the layers, lowest first, as hex.
    pub layers: Vec<String>,
    /// Mounts in the order they are attached; image volumes included.
    pub mounts: Vec<crate::types::request::Mount>,
    /// Volumes made for this container alone; removed with it when asked.
    pub anonymous_volumes: Vec<String>,
    /// Host ports with every range resolved.
    pub ports: Vec<PortMapping>,
    /// The maps of its own user namespace; `None` repeats U0's.
    #[serde(default)]
    pub ids: Option<crate::types::ids::IdMaps>,
    /// How its health is checked; `None` when it is not.
    #[serde(default)]
    pub health: Option<HealthCheck>,
    /// What the runtime was called, where somebody said it.
    #[serde(default)]
    pub runtime_word: Option<String>,
    /// The runtime that makes it, as it was named; `None` is ours.
    #[serde(default)]
    pub runtime: Option<ForeignRuntime>,
    /// The secrets it has; their values are beside the record, in this order.
    #[serde(default)]
    pub secrets: Vec<GrantedSecret>,
}

impl ContainerRecord {
    /// The image's id in hex; empty without an image.
    pub fn image_hex(&self) -> String {
        self.image_id
            .as_ref()
            .map_or_else(String::new, ImageId::hex)
    }

    /// Names it has on every network beside its own: its short id, and a hostname that was asked
    /// for.
    pub fn network_aliases(&self) -> Vec<String> {
        let hostname = self.request.hostname.iter().filter(|name| !name.is_empty());
        let short = [self.id.short().to_owned()];
        short.into_iter().chain(hostname.cloned()).collect()
    }

    /// The directory of the host that is its tree and that it writes into.
    pub fn root_in_place(&self) -> Option<&std::path::Path> {
        let root = self.request.rootfs.as_ref().filter(|root| !root.overlay);
        root.map(|root| root.path.as_path())
    }
}

/// Another OCI runtime than the built-in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignRuntime {
    pub name: String,
    pub path: std::path::PathBuf,
    /// `--runtime-flag`, with their hyphens.
    #[serde(default)]
    pub options: Vec<String>,
}

/// A process that can be recognised again after its number was reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessStamp {
    pub pid: i32,
    /// Field 22 of /proc/PID/stat, in clock ticks since boot: proc(5).
    pub start_time: u64,
}

/// One more process in a running container; `containers/<id>/exec/<session>`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExecRecord {
    /// 64 hex digits.
    pub id: String,
    pub process: ProcessStamp,
    pub monitor: ProcessStamp,
    pub command: Vec<String>,
}

/// One start of a container; `containers/<id>/run.json`, replaced by the next start.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunRecord {
    /// /proc/sys/kernel/random/boot_id when it was started.
    pub boot_id: String,
    pub started: Timestamp,
    pub monitor: ProcessStamp,
    pub init: ProcessStamp,
    /// pasta or slirp4netns, to be ended when the monitor could not.
    pub network_helper: Option<ProcessStamp>,
    /// Where the attach socket and the bundle are.
    pub runtime_dir: std::path::PathBuf,
    /// How often the restart policy has started it again.
    pub restarts: u32,
    /// Addresses and the like, for `inspect`.
    pub network: NetworkState,
    /// The published ports with every `0` replaced by what was chosen.
    #[serde(default)]
    pub ports: Vec<PortMapping>,
    /// Made by `init`: the first process waits for a later command's word.
    #[serde(default)]
    pub held: Option<Held>,
    /// `None`: it runs in the caller's.
    #[serde(default)]
    pub cgroup: Option<CgroupRecord>,
}

/// What a later command must know of a first process that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How many steps its plan has in all.
    pub steps: usize,
    /// It was made in a namespace of one id.
    pub single: bool,
}

/// What `inspect` shows of a running container's network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NetworkState {
    /// `none`, `host`, `pasta`, `slirp4netns`, `bridge`.
    pub mode: String,
    pub addresses: Vec<String>,
    pub gateway: Option<String>,
    /// The named networks it is on.
    #[serde(default)]
    pub joined: Vec<Joined>,
}

impl NetworkState {
    /// The container is on these networks and no others.
    pub fn join(&mut self, joined: Vec<Joined>) {
        let nets = joined.iter().flat_map(|one| &one.addresses);
        self.addresses = nets.map(|net| net.addr().to_string()).collect();
        let mut gateways = joined.iter().flat_map(|one| &one.gateways);
        self.gateway = gateways.next().map(|gateway| gateway.to_string());
        self.joined = joined;
    }
}

/// How a run ended; `containers/<id>/exit`, written once by the monitor.
///
/// The file is one line of `key=value` words, so that a program without a JSON
/// writer can make it: `code=137 signal=9 time=<ns since epoch> oom=0 known=1 lost=0`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExitRecord {
    /// 0–255; 128+n for a signal; 255 when `known` is false.
    pub code: i32,
    /// The signal that ended it, or 0.
    pub signal: i32,
    pub finished: Timestamp,
    pub oom_killed: bool,
    /// Bytes of output that the log could not keep, on a full disk for example (S-83).
    #[serde(default)]
    pub log_lost: u64,
    /// False when the monitor died first: nobody saw the code.
    pub known: bool,
    /// Why it could not start or had to end, if the engine knows.
    pub error: String,
}

impl ExitRecord {
    /// Parses the monitor's line; unknown words are passed over.
    pub fn parse(text: &str) -> Option<Self> {
        let mut record = Self {
            code: -1,
            signal: 0,
            finished: Timestamp::default(),
            oom_killed: false,
            log_lost: 0,
            known: true,
            error: String::new(),
        };
        let (line, error) = text.split_once('\n')?;
        for word in line.split(' ') {
            let (key, value) = word.split_once('=')?;
            match key {
                "code" => record.code = value.parse().ok()?,
                "signal" => record.signal = value.parse().ok()?,
                "time" => record.finished = Timestamp(value.parse().ok()?),
                "oom" => record.oom_killed = value == "1",
                "lost" => record.log_lost = value.parse().ok()?,
                "known" => record.known = value == "1",
                _ => {}
            }
        }
        record.error = error.trim_end().to_owned();
        (record.code >= 0).then_some(record)
    }

    /// The code as Podman shows it: -1 for a container whose `--timeout` was over, which the
    /// monitor writes as 255 with the signal that ended it.
    pub fn shown_code(&self) -> i32 {
        match self.known && self.signal != 0 && self.code == 255 {
            true => -1,
            false => self.code,
        }
    }

    /// Writes the same form [`ExitRecord::parse`] reads.
    pub fn to_line(&self) -> String {
        format!(
            "code={} signal={} time={} oom={} known={} lost={}\n{}",
            self.code,
            self.signal,
            self.finished.0,
            u8::from(self.oom_killed),
            u8::from(self.known),
            self.log_lost,
            self.error
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exit_record_reads_back() {
        let record = ExitRecord {
            code: 137,
            signal: 9,
            finished: Timestamp(1_700_000_000_123_456_789),
            oom_killed: true,
            log_lost: 12,
            known: true,
            error: String::new(),
        };
        assert_eq!(ExitRecord::parse(&record.to_line()), Some(record));
        for bad in ["", "code=1", "code=x\n", "garbage\n", "signal=9\n"] {
            assert_eq!(ExitRecord::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn names_follow_the_grammar() {
        for good in ["a", "web-1", "a.b_c", "0x"] {
            assert!(ContainerName::parse(good).is_ok(), "{good}");
        }
        let long = "a".repeat(129);
        for bad in [
            "",
            ".",
            "..",
            "a/b",
            "-rf",
            "$(id)",
            "a b",
            "a\n",
            "ü",
            long.as_str(),
        ] {
            assert!(ContainerName::parse(bad).is_err(), "{bad}");
        }
    }
}
