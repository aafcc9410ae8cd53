//! What the user asked of `run`, `create` and `exec`, made precise: only valid things.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::types::egress::Egress;
use crate::types::health::HealthRequest;
use crate::types::network::Attachment;
use crate::types::resources::{Cgroups, Resources, SystemdMode};
use crate::types::secret::SecretWish;
use crate::types::{ContainerName, Platform};

/// Everything a container is told at its creation.
///
/// A flag is visible in three places: its clap field, here, and the spec or plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RunRequest {
    /// The image as the user wrote it; empty with `rootfs`.
    pub image: String,
    /// `--rootfs`: a directory of the host instead of an image.
    pub rootfs: Option<RootDirectory>,
    /// Made by `run`, which starts it at once: with `remove` it is nobody's when `run` dies first.
    pub runs_at_once: bool,
    /// A step of a build: nobody else's business, and gone with the build.
    pub of_build: bool,
    pub name: Option<ContainerName>,
    /// Arguments after the image; empty means the image's own.
    pub command: Vec<String>,
    /// `--entrypoint`: replaces the image's; `Some(vec![])` clears it (and the image's cmd).
    pub entrypoint: Option<Vec<String>>,
    /// `-e` and `--env-file`, in order, `-e NAME` already looked up by the CLI.
    pub env: Vec<(String, String)>,
    pub unset_env: Vec<String>,
    pub unset_env_all: bool,
    /// `--env-merge`: values in which `${NAME}` stands for what the image sets.
    pub env_merge: Vec<(String, String)>,
    /// containers.conf `env`: what the image may replace.
    pub default_env: Vec<String>,
    /// `local`, or a name below /usr/share/zoneinfo.
    pub time_zone: Option<String>,
    pub workdir: Option<String>,
    pub user: Option<String>,
    pub group_add: Vec<String>,
    pub hostname: Option<String>,
    /// The NIS domain: uname(2).
    pub domain_name: Option<String>,
    pub personality: Option<Personality>,
    /// Descriptors of `run` that the workload gets at the same numbers.
    pub preserve_fds: Vec<i32>,
    pub tty: bool,
    /// `-i`: stdin stays open.
    pub interactive: bool,
    pub remove: bool,
    /// `--rmi`: the image too, if no other container uses it.
    pub remove_image: bool,
    pub read_only: bool,
    /// `--read-only-tmpfs` (default true): with `read_only`, tmpfs on /dev/shm, /tmp, /run, /var/tmp.
    pub read_only_tmpfs: bool,
    /// A small init of ours is process 1, the command its child.
    pub init: bool,
    /// `--init-path`: a program of the host instead of ours.
    pub init_path: Option<PathBuf>,
    /// Containers that are started before this one, by name or id.
    pub requires: Vec<String>,
    pub labels: BTreeMap<String, String>,
    pub annotations: BTreeMap<String, String>,
    /// `-v`, `--mount`, `--tmpfs`, as typed and checked; sources made absolute.
    pub mounts: Vec<Mount>,
    pub volumes_from: Vec<VolumesFrom>,
    pub image_volumes: ImageVolumes,
    pub secrets: Vec<SecretWish>,
    /// Directories that get the generated files of /etc and /run too.
    pub chroot_dirs: Vec<String>,
    pub network: Network,
    /// `--egress`; `None` is everything.
    pub egress: Option<Egress>,
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
    pub hosts_base: HostsBase,
    pub no_hostname: bool,
    pub cap_add: Vec<String>,
    pub cap_drop: Vec<String>,
    pub privileged: bool,
    pub security: Security,
    pub ulimits: Vec<Ulimit>,
    /// `--ulimit host`: what is not named stays as the caller has it.
    pub host_ulimits: bool,
    pub sysctls: BTreeMap<String, String>,
    /// `--device HOST[:CONTAINER[:rwm]]`
    pub devices: Vec<Device>,
    /// `--device VENDOR/CLASS=NAME`, `--gpus`: names of the Container Device Interface.
    pub cdi_devices: Vec<String>,
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
    pub cert_dir: Option<PathBuf>,
    /// User and password for the pull of this command; never kept.
    #[serde(skip)]
    pub credentials: Option<(String, String)>,
    pub retries: Option<u32>,
    /// Of the pull of this command; never kept.
    #[serde(skip)]
    pub retry_delay: Option<Duration>,
    /// `--detach-keys`, as typed; empty disables.
    pub detach_keys: Option<String>,
    pub pid_mode: NamespaceMode,
    pub ipc_mode: NamespaceMode,
    pub ipc_sharing: IpcSharing,
    pub uts_mode: NamespaceMode,
    pub cgroup_mode: NamespaceMode,
    /// `--userns`, `--uidmap`, `--gidmap`
    pub userns: UserNamespace,
    /// `--passwd=false`: nothing is added to the account files.
    pub no_passwd: bool,
    pub passwd_entry: Option<String>,
    pub group_entry: Option<String>,
    /// `--hostuser`: names or numbers of the host.
    pub host_users: Vec<String>,
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
    /// `--cidfile`: holds the id as long as there is the container.
    pub cidfile: Option<PathBuf>,
    /// `--pidfile`: the number of the container's init is written there.
    pub pidfile: Option<PathBuf>,
    /// `--conmon-pidfile`: the number of the monitor is written there.
    pub monitor_pidfile: Option<PathBuf>,
    /// The command line that made it, for `inspect`.
    pub create_command: Vec<String>,
}

impl RunRequest {
    /// The containers whose namespaces are used, each once.
    pub fn dependencies(&self) -> Vec<&str> {
        let modes = [
            &self.pid_mode,
            &self.ipc_mode,
            &self.uts_mode,
            &self.cgroup_mode,
        ];
        let named = modes.into_iter().filter_map(|mode| match mode {
            NamespaceMode::Container(name) => Some(name.as_str()),
            _ => None,
        });
        let network = match &self.network {
            Network::Container(name) => Some(name.as_str()),
            _ => None,
        };
        let user = match &self.userns {
            UserNamespace::Container(name) => Some(name.as_str()),
            _ => None,
        };
        let mut all: Vec<&str> = named.chain(network).chain(user).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The same, to be replaced by ids.
    pub fn dependencies_mut(&mut self) -> Vec<&mut String> {
        let modes = [
            &mut self.pid_mode,
            &mut self.ipc_mode,
            &mut self.uts_mode,
            &mut self.cgroup_mode,
        ];
        let mut all: Vec<&mut String> = Vec::new();
        for mode in modes {
            if let NamespaceMode::Container(name) = mode {
                all.push(name);
            }
        }
        if let Network::Container(name) = &mut self.network {
            all.push(name);
        }
        if let UserNamespace::Container(name) = &mut self.userns {
            all.push(name);
        }
        all
    }
}

/// `--rootfs DIR[:O]`: a tree of the user's own that a container stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootDirectory {
    /// Absolute.
    pub path: PathBuf,
    /// `O`: what is written goes into the container, the directory stays as it is.
    pub overlay: bool,
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
    /// A namespace file.
    Path(PathBuf),
}

/// Where the changes over a source go; without directories they last as long as the run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverlayVolume {
    pub upper: Option<PathBuf>,
    pub work: Option<PathBuf>,
}

/// Who else may use a container's IPC namespace, and whether it has a /dev/shm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IpcSharing {
    #[default]
    Shareable,
    Private,
    /// Private, and without /dev/shm.
    None,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// `O`: what is written goes elsewhere, the source stays as it is.
    #[serde(default)]
    pub overlay: Option<OverlayVolume>,
    /// `nocopy`: a new volume stays empty.
    pub no_copy: bool,
    #[serde(default)]
    pub no_atime: bool,
    /// `no-dereference`: a source that is a link becomes a link, instead of what it leads to.
    #[serde(default)]
    pub no_dereference: bool,
    /// Only this part of a volume or an image: relative, without `..`.
    #[serde(default)]
    pub subpath: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MountSource {
    /// An absolute path on the host.
    Bind(PathBuf),
    /// A named volume, made on first use.
    Volume(String),
    /// A volume of this container alone; its name is found at creation.
    #[default]
    Anonymous,
    Tmpfs(Tmpfs),
    /// The tree of an image.
    Image(ImageTree),
    /// Files of an artifact; once the container is made, one of them.
    Artifact(ArtifactFile),
    /// A set of terminals of its own.
    Devpts(Devpts),
}

/// `--mount type=artifact`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArtifactFile {
    /// As the user wrote it.
    pub artifact: String,
    /// Only the file with this digest.
    pub digest: Option<String>,
    /// Only the file with this title.
    pub title: Option<String>,
    /// What files are called in a directory of the container, in place of their titles.
    pub name: Option<String>,
    /// Its digest in hex; known once the container is made.
    pub blob: Option<String>,
}

/// A file system in memory: tmpfs(5).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tmpfs {
    /// Bytes.
    pub size: Option<u64>,
    /// Octal.
    pub mode: Option<u32>,
    /// `notmpcopyup`: what the image has at that place does not appear in it.
    pub empty: bool,
    /// `type=ramfs`: never swapped, without a limit.
    pub ramfs: bool,
    /// Other options of the file system, such as `nr_inodes=1k`.
    pub options: Vec<String>,
}

/// `--mount type=image`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageTree {
    /// As the user wrote it.
    pub image: String,
    /// What is written goes into the container, not into the image.
    pub writable: bool,
    /// Chain ids in hex, lowest layer first; known once the container is made.
    pub layers: Vec<String>,
}

/// `--mount type=devpts`: mount(8), "Mount options for devpts".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Devpts {
    pub uid: Option<u32>,
    pub gid: Option<u32>,
    pub mode: Option<u32>,
    pub max: Option<u32>,
}

/// What becomes of the places an image calls volumes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageVolumes {
    #[default]
    Anonymous,
    Tmpfs,
    Ignore,
}

/// `--volumes-from CONTAINER[:ro|rw]`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumesFrom {
    /// Name or id.
    pub container: String,
    /// `None`: as in that container.
    pub read_only: Option<bool>,
}

/// `--personality`: personality(2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Personality {
    Linux,
    Linux32,
}

/// What the container's /etc/hosts begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HostsBase {
    /// The host's /etc/hosts.
    #[default]
    Host,
    Nothing,
    Image,
    File(PathBuf),
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
    /// Networks with a name; at least one.
    Bridge(Vec<Attachment>),
}

impl Network {
    /// What is asked of named networks.
    pub fn attachments(&self) -> &[Attachment] {
        match self {
            Self::Bridge(all) => all,
            _ => &[],
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    Tcp,
    Udp,
    /// Read, and refused where it would have to be carried.
    Sctp,
}

impl Protocol {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
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
    /// Options of the procfs mount: proc(5).
    #[serde(default)]
    pub proc_options: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seccomp {
    #[default]
    Default,
    Unconfined,
    Profile(PathBuf),
    /// `--seccomp-policy image`: of the image's label, the default if it has none.
    Image,
    /// The profile itself, as the image's label has it.
    Text(String),
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
    /// `--log-opt label=KEY=VALUE`: more fields of each entry of the journal.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// `--log-opt path=`
    pub path: Option<PathBuf>,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            driver: LogDriver::K8sFile,
            max_size: None,
            tag: None,
            labels: BTreeMap::new(),
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
    /// Not listed as a session of the container.
    pub no_session: bool,
    pub privileged: bool,
    pub detach_keys: Option<String>,
    /// Descriptors of the command that the process gets at the same numbers.
    pub preserve_fds: Vec<i32>,
}
