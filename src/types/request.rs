//! What the user asked of `run`, `create` and `exec`, made precise: only valid things.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::types::health::HealthRequest;
use crate::types::resources::{Cgroups, Resources, SystemdMode};
use crate::types::{ContainerName, Platform};

/// Everything a container is told at its creation.
///
/// A flag is visible in three places: its clap field, here, and the spec or plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RunRequest {
    /// The image as the user wrote it.
    pub image: String,
    /// Made by `run`, which starts it at once: with `remove` it is nobody's when `run` dies first.
    pub runs_at_once: bool,
    pub name: Option<ContainerName>,
    /// Arguments after the image; empty means the image's own.
    pub command: Vec<String>,
    /// `--entrypoint`: replaces the image's; `Some(vec![])` clears it (and the image's cmd).
    pub entrypoint: Option<Vec<String>>,
    /// `-e` and `--env-file`, in order, `-e NAME` already looked up by the CLI.
    pub env: Vec<(String, String)>,
    pub unset_env: Vec<String>,
    pub unset_env_all: bool,
    /// containers.conf `env`: what the image may replace.
    pub default_env: Vec<String>,
    /// `local`, or a name below /usr/share/zoneinfo.
    pub time_zone: Option<String>,
    pub workdir: Option<String>,
    pub user: Option<String>,
    pub group_add: Vec<String>,
    pub hostname: Option<String>,
    pub tty: bool,
    /// `-i`: stdin stays open.
    pub interactive: bool,
    pub remove: bool,
    /// `--rmi`: the image too, if no other container uses it.
    pub remove_image: bool,
    pub read_only: bool,
    /// `--read-only-tmpfs` (default true): with `read_only`, tmpfs on /dev/shm, /tmp, /run, /var/tmp.
    pub read_only_tmpfs: bool,
    pub init: bool,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    /// `-v`, `--mount`, `--tmpfs`, as typed and checked; sources made absolute.
    pub mounts: Vec<Mount>,
    pub network: Network,
    pub ports: Vec<PortMapping>,
    /// `-P`
    pub publish_all: bool,
    pub expose: Vec<String>,
    pub dns: Vec<String>,
    pub dns_search: Vec<String>,
    pub dns_options: Vec<String>,
    /// `--add-host NAME:IP`, IP may be `host-gateway`.
    pub add_hosts: Vec<(String, String)>,
    pub no_hosts: bool,
    pub no_hostname: bool,
    pub cap_add: Vec<String>,
    pub cap_drop: Vec<String>,
    pub privileged: bool,
    pub security: Security,
    pub ulimits: Vec<Ulimit>,
    pub sysctls: BTreeMap<String, String>,
    /// `--device HOST[:CONTAINER[:rwm]]`
    pub devices: Vec<Device>,
    /// Bytes; `None` is 64 MB, as everywhere.
    pub shm_size: Option<u64>,
    /// Octal `--umask`; `None` is 0022.
    pub umask: Option<u32>,
    pub restart: RestartPolicy,
    /// A signal number.
    pub stop_signal: Option<i32>,
    /// Seconds `stop` waits before SIGKILL; `None` is 10.
    pub stop_timeout: Option<u32>,
    pub log: Log,
    pub pull: PullPolicy,
    pub platform: Option<Platform>,
    /// For the registry: `Some(false)` is `--tls-verify=false`.
    pub tls_verify: Option<bool>,
    pub authfile: Option<PathBuf>,
    /// `--detach-keys`, as typed; empty disables.
    pub detach_keys: Option<String>,
    pub pid_mode: NamespaceMode,
    pub ipc_mode: NamespaceMode,
    pub uts_mode: NamespaceMode,
    pub cgroup_mode: NamespaceMode,
    /// `--userns`, `--uidmap`, `--gidmap`
    pub userns: UserNamespace,
    /// `--group-add keep-groups`: the caller's own groups stay.
    pub keep_groups: bool,
    pub oom_score_adj: Option<i32>,
    pub health: HealthRequest,
    pub sd_notify: SdNotify,
    /// `$NOTIFY_SOCKET` when the container was made, unless that is ignored.
    pub notify_socket: Option<String>,
    /// `--timeout`: seconds after which the container is killed; 0 is never.
    pub timeout: u32,
    pub resources: Resources,
    pub cgroups: Cgroups,
    /// `--cgroup-parent`: a slice or a path.
    pub cgroup_parent: Option<String>,
    /// `systemd` or `cgroupfs`, as it was said when the container was made.
    pub cgroup_manager: Option<String>,
    pub systemd: SystemdMode,
    /// `--pidfile`: the number of the container's init is written there.
    pub pidfile: Option<PathBuf>,
    /// `--conmon-pidfile`: the number of the monitor is written there.
    pub monitor_pidfile: Option<PathBuf>,
    /// The command line that made it, for `inspect`.
    pub create_command: Vec<String>,
}

/// Whose namespace a container uses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NamespaceMode {
    #[default]
    Private,
    Host,
    /// Of the container with this id or name.
    Container(String),
}

/// Which ids the container's own user namespace has, and what they are outside:
/// podman-run(1), "--userns" and "--uidmap".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserNamespace {
    /// Those of U0 under the same numbers; the caller is root inside.
    #[default]
    Host,
    /// The caller has the same (or these) ids inside; `size` ids in all.
    KeepId {
        uid: Option<u32>,
        gid: Option<u32>,
        size: Option<u32>,
    },
    /// Every subordinate id, but not the caller's.
    NoMap,
    /// Ids that no other container of the user has.
    Auto {
        size: Option<u32>,
        uids: Vec<IdWord>,
        gids: Vec<IdWord>,
    },
    /// Word by word.
    Maps {
        uids: Vec<IdWord>,
        gids: Vec<IdWord>,
    },
    /// The user namespace of a container, by id or name.
    Container(String),
    /// A namespace file.
    Path(PathBuf),
}

/// One word of `--uidmap` or `--gidmap`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdWord {
    pub inside: u32,
    /// An id of U0, or with `of_host` (`@`) one of the caller's own namespace.
    pub outside: u32,
    pub count: u32,
    pub of_host: bool,
    /// `+`: takes its ids away from the words before it.
    pub extends: bool,
    /// `u` or `g`: not copied to the other kind.
    pub one_kind: bool,
}

/// One thing attached to the container's tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    pub source: MountSource,
    /// Absolute path inside the container.
    pub target: String,
    pub read_only: bool,
    pub no_exec: bool,
    pub no_suid: bool,
    pub no_dev: bool,
    /// `rprivate`, `rslave`, …; `None` is rprivate.
    pub propagation: Option<String>,
    /// `bind` instead of `rbind`.
    pub non_recursive: bool,
    /// `U`: chown the source to the container's user.
    pub chown: bool,
    /// `nocopy`: a new volume stays empty.
    pub no_copy: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MountSource {
    /// An absolute path on the host.
    Bind(PathBuf),
    /// A named volume, made on first use.
    Volume(String),
    /// A volume of this container alone; its name is found at creation.
    Anonymous,
    /// Size in bytes and octal mode.
    Tmpfs {
        size: Option<u64>,
        mode: Option<u32>,
    },
}

/// How the container reaches the world.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// pasta, or slirp4netns where there is none.
    #[default]
    Default,
    None,
    Host,
    /// With the words after the colon.
    Pasta(Vec<String>),
    Slirp4netns(Vec<String>),
    /// Of another container, by id or name.
    Container(String),
    /// A namespace file.
    Path(PathBuf),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    Tcp,
    Udp,
}

impl Protocol {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// One published port or range of equal length on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortMapping {
    /// `None` is every address.
    pub host_ip: Option<IpAddr>,
    /// 0: a free port is chosen at start.
    pub host_port: u16,
    pub container_port: u16,
    /// How many consecutive ports; at least 1.
    pub range: u16,
    pub protocol: Protocol,
}

/// `--security-opt`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Security {
    pub no_new_privileges: bool,
    pub seccomp: Seccomp,
    pub mask: Vec<String>,
    /// `ALL` or paths.
    pub unmask: Vec<String>,
    /// `label=…`, accepted where there is no SELinux.
    pub labels: Vec<String>,
    pub apparmor: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seccomp {
    #[default]
    Default,
    Unconfined,
    Profile(PathBuf),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ulimit {
    /// Without `RLIMIT_`, lower case, such as `nofile`.
    pub name: String,
    pub soft: u64,
    pub hard: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub host: PathBuf,
    pub container: String,
    pub access: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RestartPolicy {
    #[default]
    No,
    /// At most so many times, without limit if `None`.
    OnFailure(Option<u32>),
    Always,
    UnlessStopped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    pub driver: LogDriver,
    /// Bytes before the file is rotated; `None` is without limit.
    pub max_size: Option<u64>,
    pub tag: Option<String>,
    /// `--log-opt path=`
    pub path: Option<PathBuf>,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            driver: LogDriver::K8sFile,
            max_size: None,
            tag: None,
            path: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogDriver {
    K8sFile,
    /// Podman's other name for the same format.
    JsonFile,
    Journald,
    None,
    /// The container gets the caller's own streams.
    Passthrough,
    /// … even a terminal.
    PassthroughTty,
}

impl LogDriver {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::K8sFile => "k8s-file",
            Self::JsonFile => "json-file",
            Self::Journald => "journald",
            Self::None => "none",
            Self::Passthrough => "passthrough",
            Self::PassthroughTty => "passthrough-tty",
        }
    }

    /// Whether the output goes to a file of the monitor's.
    pub fn writes_file(self) -> bool {
        matches!(self, Self::K8sFile | Self::JsonFile)
    }

    /// Whether nothing of the streams is ours.
    pub fn passes_streams(self) -> bool {
        matches!(self, Self::Passthrough | Self::PassthroughTty)
    }
}

/// Who tells the service manager that started us that the container is ready; sd_notify(3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SdNotify {
    /// The container itself, through a socket of its own.
    #[default]
    Container,
    /// We do, once it runs.
    Conmon,
    /// We do, once it is healthy.
    Healthy,
    Ignore,
}

impl SdNotify {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::Conmon => "conmon",
            Self::Healthy => "healthy",
            Self::Ignore => "ignore",
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PullPolicy {
    Always,
    #[default]
    Missing,
    Never,
    Newer,
}

/// `exec`: one more process in a running container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExecRequest {
    pub command: Vec<String>,
    pub env: Vec<(String, String)>,
    pub workdir: Option<String>,
    pub user: Option<String>,
    pub tty: bool,
    pub interactive: bool,
    pub detach: bool,
    pub privileged: bool,
    pub detach_keys: Option<String>,
}
