//! What the user's environment, files and global options decided, as plain values.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// The settings every verb runs under; made by `config` from the global options.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Where images and containers are kept (`--root`).
    pub root: PathBuf,
    /// Where sockets and bundles of running containers are; `None` until the store decides.
    pub runroot: Option<PathBuf>,
    /// `--storage-opt` words; an empty one only stands in the way of storage.conf's.
    pub storage_options: Vec<String>,
    /// `--runtime`: `None` is ours.
    pub runtime: Option<String>,
    /// `--runtime-flag`: options of another runtime, without hyphens.
    pub runtime_flags: Vec<String>,
    /// `--cgroup-manager`.
    pub cgroup_manager: Option<String>,
    /// `--events-backend`: file, journald or none; `None` is file.
    pub events_backend: Option<String>,
    /// Where the backend `file` writes; `None` is in the store.
    pub events_path: Option<PathBuf>,
    /// Bytes the event file may have; 0 is without limit, `None` is 1 MB.
    pub events_max_size: Option<u64>,
    /// The event that a container was created carries what `inspect` shows of it.
    pub events_inspect_data: bool,
    /// `--config`: the directory of client configuration such as `config.json`.
    pub config_dir: Option<PathBuf>,
    /// `--log-level`.
    pub log_level: String,
    /// `--default-mounts-file`: `None` is the user's or the system's mounts.conf.
    pub default_mounts_file: Option<PathBuf>,
    pub home: Option<PathBuf>,
    /// Layers that are fetched at once; `None` is 2.
    pub parallel_downloads: Option<u32>,
    /// Of layers that have a table of contents only what is missing is fetched; `None` is yes.
    pub partial_images: Option<bool>,
    /// How often a passing failure of a registry is tried again; `None` is 3.
    pub retries: Option<u32>,
    /// Between those tries.
    pub retry_delay: Option<Duration>,
    /// How `push` compresses layers: gzip or zstd, as typed in containers.conf.
    pub compression_format: Option<String>,
    pub compression_level: Option<i32>,
    /// What `pull` and `run` do when neither says.
    pub pull_policy: Option<crate::types::request::PullPolicy>,
    /// `--cdi-spec-dir`; empty is where the specification looks.
    pub cdi_spec_dirs: Vec<PathBuf>,
    pub containers: ContainerDefaults,
    pub secrets: SecretDefaults,
    pub network: NetworkDefaults,
}

/// How containers are connected where they do not say, as typed in containers.conf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkDefaults {
    /// `pasta` or `slirp4netns`; `None` is what suits the machine.
    pub program: Option<String>,
    /// Words for pasta, before those of a command line.
    pub pasta_options: Vec<String>,
    /// Asked before those of the command line.
    pub dns_servers: Vec<String>,
    pub dns_searches: Vec<String>,
    pub dns_options: Vec<String>,
    /// What `host.containers.internal` means: an address, or `none` for no such name.
    pub host_address: Option<String>,
}

/// Who keeps secrets, as containers.conf has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecretDefaults {
    /// `None` is `file`.
    pub driver: Option<String>,
    pub options: BTreeMap<String, String>,
}

/// What a container gets when its command line is silent, as typed in containers.conf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContainerDefaults {
    pub read_only: bool,
    /// `NAME=SOFT:HARD`
    pub ulimits: Vec<String>,
    pub log_driver: Option<String>,
    /// Bytes; below zero is without limit.
    pub log_size_max: Option<i64>,
    pub time_zone: Option<String>,
    pub umask: Option<String>,
    /// `NAME=VALUE`
    pub env: Vec<String>,
    pub oom_score_adj: Option<i32>,
    /// A `--network` word.
    pub netns: Option<String>,
    /// A `--hosts-file` word.
    pub hosts_file: Option<String>,
    pub no_hosts: bool,
    /// A `--userns` word.
    pub userns: Option<String>,
    /// 0 and below are without limit.
    pub pids_limit: Option<i64>,
    /// `enabled`, `disabled`, `no-conmon` or `split`.
    pub cgroups: Option<String>,
    /// `FILE=VALUE`
    pub cgroup_conf: Vec<String>,
    /// `--mount` words.
    pub mounts: Vec<String>,
    /// `--volume` words.
    pub volumes: Vec<String>,
}
