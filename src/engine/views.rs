//! What the verbs are given besides a request, and what they give back.

use std::path::PathBuf;
use std::time::Duration;

use crate::engine::vouch::Signing;
use crate::types::image::{DOCKER_INDEX, Family, Manifest, OCI_INDEX};
use crate::types::transport::Form;
use crate::types::{
    ContainerRecord, Digest, ExitRecord, ImageConfig, ImageId, Platform, RunRecord, Status,
    Timestamp,
};

/// A container as facts show it at this moment.
#[derive(Debug, Clone)]
pub struct Container {
    pub record: ContainerRecord,
    pub status: Status,
    /// The current or last start.
    pub run: Option<RunRecord>,
    /// How the last run ended; `None` while it runs or before the first.
    pub exit: Option<ExitRecord>,
    /// `stop`, or `kill` with SIGKILL, was what ended the run, or is about to.
    pub stopped_by_user: bool,
    /// Made on another machine that shares this home: shown, never touched.
    pub foreign: bool,
    /// containers/<id> in the store.
    pub directory: PathBuf,
    pub log_path: PathBuf,
    /// Sessions of `exec` that live.
    pub exec_ids: Vec<String>,
    /// What health checks found; `None` when the container has none.
    pub health: Option<crate::types::health::HealthState>,
}

/// What one health check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthOutcome {
    /// healthy, unhealthy, starting or stopped.
    pub status: &'static str,
    /// The startup check is over, if there was one.
    pub started_up: bool,
}

/// An image in the store.
#[derive(Debug, Clone)]
pub struct Image {
    pub id: ImageId,
    /// Whole references such as `docker.io/library/debian:12`; empty when dangling.
    pub names: Vec<String>,
    pub manifest_digest: Digest,
    pub manifest_type: String,
    pub manifest: Manifest,
    pub config: ImageConfig,
    /// The config document exactly as received.
    pub raw_config: Vec<u8>,
    /// Uncompressed bytes of all layers, and of its documents.
    pub size: u64,
    /// Bytes of manifest and config.
    pub documents: u64,
    /// When it arrived here.
    pub pulled: Timestamp,
    /// The top layer's chain id, hex.
    pub top_layer: Option<String>,
    /// The additional store that has it, where nothing is changed; `None` where it is our own.
    pub read_only: Option<PathBuf>,
    /// A manifest list of this store has it; known of all images together only.
    pub listed: bool,
}

impl Image {
    /// Nobody would miss it: it has no name, and no list has it.
    pub fn is_dangling(&self) -> bool {
        self.names.is_empty() && !self.listed
    }

    /// Whether it is a manifest list in the shape of an image.
    pub fn is_list(&self) -> bool {
        matches!(&*self.manifest_type, OCI_INDEX | DOCKER_INDEX)
    }
}

/// How a registry is to be spoken with, as the options of a command have it.
#[derive(Debug, Clone, Default)]
pub struct Access {
    pub tls_verify: Option<bool>,
    pub authfile: Option<PathBuf>,
    /// `--creds user[:password]`
    pub credentials: Option<(String, String)>,
    pub cert_dir: Option<PathBuf>,
    /// `--retry`; `None` is 3.
    pub retries: Option<u32>,
    /// `--retry-delay`
    pub retry_delay: Option<Duration>,
}

/// `pull`
#[derive(Debug, Clone, Default)]
pub struct PullRequest {
    pub policy: crate::types::request::PullPolicy,
    pub platform: Option<Platform>,
    pub all_tags: bool,
    pub access: Access,
}

/// `push`
#[derive(Debug, Clone, Default)]
pub struct PushRequest {
    /// Name or id of the image.
    pub image: String,
    /// Where to; `None` is the image's own name.
    pub destination: Option<String>,
    pub access: Access,
    pub family: Option<Family>,
    /// `--compression-format`; `None` is gzip.
    pub format: Option<PushFormat>,
    pub level: Option<i32>,
    /// Layers in a plain directory are compressed.
    pub compress: bool,
    /// Blobs that are there already in another compression do not do.
    pub force: bool,
    pub signing: Signing,
}

/// How layers are compressed that must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushFormat {
    Gzip,
    Zstd,
    /// zstd:chunked: zstd, with a table that says where each file is.
    Chunked,
}

impl PushFormat {
    /// Reads the word of an option or of containers.conf.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "gzip" => Some(Self::Gzip),
            "zstd" => Some(Self::Zstd),
            "zstd:chunked" => Some(Self::Chunked),
            _ => None,
        }
    }
}

/// What `push` left in the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// Of the manifest.
    pub digest: Digest,
    pub name: String,
}

/// What `pull` brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    pub id: ImageId,
    /// The whole reference it is now known by.
    pub name: String,
}

/// How `run` and `start` go on once the workload runs.
#[derive(Debug, Clone)]
pub enum StartMode {
    Detached,
    Attached(AttachRequest),
}

/// Which streams of the caller a container's are joined to.
#[derive(Debug, Clone, Default)]
pub struct AttachRequest {
    pub stdin: bool,
    pub stdout: bool,
    pub stderr: bool,
    /// `--sig-proxy`: signals to the command go to the container.
    pub signal_proxy: bool,
    /// As typed; `None` is `ctrl-p,ctrl-q`, empty disables.
    pub detach_keys: Option<String>,
}

/// How an attached session ended.
#[derive(Debug, Clone)]
pub enum AttachEnd {
    Exited(ExitRecord),
    Detached,
}

/// How `exec` ended.
#[derive(Debug, Clone)]
pub enum ExecEnd {
    Exited(i32),
    /// `-d`: runs on under this session id.
    Detached(String),
    /// The detach keys were typed.
    Left,
}

/// `rm`
#[derive(Debug, Clone, Default)]
pub struct RemoveRequest {
    pub force: bool,
    /// Anonymous volumes too.
    pub volumes: bool,
    /// Seconds to wait before SIGKILL when forced; `None` is the container's own.
    pub timeout: Option<u32>,
}

/// `wait --condition`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitFor {
    /// The end of the run; its code is returned.
    Stopped,
    Status(Status),
    /// healthy or unhealthy.
    Health(&'static str),
    Removed,
}

/// `logs`
#[derive(Debug, Clone, Default)]
pub struct LogsRequest {
    pub follow: bool,
    /// `None` is everything.
    pub tail: Option<u64>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// One record of a container's output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    pub time: Timestamp,
    pub stderr: bool,
    /// The line's bytes; without newline.
    pub text: Vec<u8>,
    /// True when the newline is still to come in a later record.
    pub partial: bool,
}

/// What `rmi` did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemovedImage {
    pub untagged: Vec<String>,
    pub deleted: Vec<ImageId>,
}

/// `save`
#[derive(Debug, Clone)]
pub struct SaveRequest {
    pub names: Vec<String>,
    pub format: Form,
    /// Standard output when `None`.
    pub output: Option<PathBuf>,
    /// `-m`: several images into one archive.
    pub multi: bool,
    pub compress: bool,
}

/// Which rung of the ladder this machine is on, and the facts behind it.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// `subordinate ids` or `single id`, with the count of ids.
    pub id_map: String,
    pub ids: u64,
    /// `overlay` or `fuse-overlayfs`.
    pub overlay: String,
    /// What the storage options name for making trees.
    pub mount_program: Option<PathBuf>,
    /// The additional image stores.
    pub image_stores: Vec<PathBuf>,
    pub cgroup_version: String,
    pub cgroup_controllers: Vec<String>,
    pub cgroup_manager: String,
    /// `pasta`, `slirp4netns` or `none`.
    pub network: String,
    pub kernel: String,
    pub os: String,
    /// Of the distribution, such as 12.
    pub os_version: String,
    pub architecture: String,
    pub hostname: String,
    pub cpus: usize,
    pub memory_total: u64,
    pub memory_free: u64,
    pub swap_total: u64,
    pub swap_free: u64,
    pub uptime: String,
    pub root: PathBuf,
    pub runroot: PathBuf,
    pub containers: usize,
    pub running: usize,
    pub paused: usize,
    pub stopped: usize,
    pub images: usize,
    pub rootless: bool,
    /// One line each: what is missing and the command that mends it.
    pub hints: Vec<String>,
    pub uid_map: Vec<(u32, u32, u32)>,
    pub gid_map: Vec<(u32, u32, u32)>,
    pub registries: Vec<String>,
    /// What a container has by default, joined by commas.
    pub capabilities: String,
    /// Where events are kept, and what containers write: `file`, `k8s-file`.
    pub event_logger: String,
    pub log_driver: String,
    pub store_filesystem: String,
    pub store_total: u64,
    pub store_used: u64,
}
