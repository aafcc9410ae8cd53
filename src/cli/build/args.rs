//! What may be typed after `build`; nothing is looked up here.

use std::path::PathBuf;

use clap::Args;

use crate::cli::registry::{AccessArgs, RetryArgs};
use crate::cli::run::flags::PlatformArgs;
use crate::cli::words::boolean;

/// Build an image from a Containerfile
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    /// Add a line to /etc/hosts of RUN steps (NAME:IP, IP may be host-gateway)
    #[arg(long, value_name = "NAME:IP")]
    pub add_host: Vec<String>,
    /// Add an annotation to the image
    #[arg(long, value_name = "KEY=VALUE")]
    pub annotation: Vec<String>,
    #[command(flatten)]
    pub platform: PlatformArgs,
    /// Set a build argument (NAME=VALUE), or take the caller's variable (NAME); visible in the image's history
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub build_arg: Vec<String>,
    /// Read build arguments from a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub build_arg_file: Vec<PathBuf>,
    /// Name a further context (NAME=DIRECTORY or NAME=docker-image://IMAGE)
    #[arg(long, value_name = "NAME=CONTEXT")]
    pub build_context: Vec<String>,
    /// Add a capability to RUN steps, or ALL
    #[arg(long, value_name = "CAP", value_delimiter = ',')]
    pub cap_add: Vec<String>,
    /// Drop a capability of RUN steps, or ALL
    #[arg(long, value_name = "CAP", value_delimiter = ',')]
    pub cap_drop: Vec<String>,
    /// Put RUN steps below this control group
    #[arg(long, value_name = "PATH")]
    pub cgroup_parent: Option<String>,
    /// Give RUN steps a relative weight of CPU time
    #[arg(long, short = 'c', value_name = "WEIGHT")]
    pub cpu_shares: Option<String>,
    /// Bound the CPU time of RUN steps: the period in microseconds
    #[arg(long, value_name = "MICROSECONDS")]
    pub cpu_period: Option<String>,
    /// Bound the CPU time of RUN steps: the time in a period, in microseconds
    #[arg(long, value_name = "MICROSECONDS", allow_hyphen_values = true)]
    pub cpu_quota: Option<String>,
    /// Run steps on these CPUs
    #[arg(long, value_name = "LIST")]
    pub cpuset_cpus: Option<String>,
    /// Use memory of these nodes for RUN steps
    #[arg(long, value_name = "LIST")]
    pub cpuset_mems: Option<String>,
    /// Give RUN steps a device of the host (HOST[:CONTAINER[:rwm]])
    #[arg(long, value_name = "DEVICE")]
    pub device: Vec<String>,
    /// Do nothing; Docker has it
    #[arg(long)]
    pub disable_content_trust: bool,
    /// Ask this DNS server in RUN steps
    #[arg(long, value_name = "IP", value_delimiter = ',')]
    pub dns: Vec<String>,
    /// Set an option of resolv.conf in RUN steps
    #[arg(long, value_name = "OPTION", value_delimiter = ',')]
    pub dns_option: Vec<String>,
    /// Search this DNS domain in RUN steps
    #[arg(long, value_name = "DOMAIN", value_delimiter = ',')]
    pub dns_search: Vec<String>,
    /// Set a variable in the image (NAME=VALUE), or take the caller's (NAME)
    #[arg(long, value_name = "NAME[=VALUE]")]
    pub env: Vec<String>,
    /// Read the instructions from this file, one after the other where there are several; "-" is standard input
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Vec<PathBuf>,
    /// Remove what a failed step leaves behind: always done
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub force_rm: Option<bool>,
    /// Write documents of this kind: oci or docker
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Hand on the caller's proxy variables to RUN steps
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = boolean::parse, value_name = "BOOL")]
    pub http_proxy: bool,
    /// Label the image with the version that built it
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = boolean::parse, value_name = "BOOL")]
    pub identity_label: bool,
    /// Leave out what this file lists, instead of .containerignore or .dockerignore
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub ignorefile: Option<PathBuf>,
    /// Write the image's id to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub iidfile: Option<PathBuf>,
    /// How RUN steps are confined: oci, rootless or default, which are the same here
    #[arg(long, value_name = "KIND")]
    pub isolation: Option<String>,
    /// Build so many stages at once; they are built one after the other
    #[arg(long, value_name = "NUMBER")]
    pub jobs: Option<u32>,
    /// Set a label of the image
    #[arg(long, value_name = "KEY[=VALUE]")]
    pub label: Vec<String>,
    /// Take steps from the cache, and keep them there
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub layers: Option<bool>,
    /// Put the image into the store: always done
    #[arg(long)]
    pub load: bool,
    /// Write what the build says to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub logfile: Option<PathBuf>,
    /// Limit the memory of RUN steps
    #[arg(long, short, value_name = "SIZE")]
    pub memory: Option<String>,
    /// Limit memory and swap of RUN steps together
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    pub memory_swap: Option<String>,
    /// Choose the network of RUN steps, as run does
    #[arg(long, visible_alias = "net", value_name = "MODE")]
    pub network: Option<String>,
    /// Take no step from the cache
    #[arg(long)]
    pub no_cache: bool,
    /// Leave /etc/hostname to the image in RUN steps
    #[arg(long)]
    pub no_hostname: bool,
    /// Leave /etc/hosts to the image in RUN steps
    #[arg(long)]
    pub no_hosts: bool,
    /// Leave the steps out of the image's history
    #[arg(long)]
    pub omit_history: bool,
    /// Show progress: auto or plain, which are the same here, or quiet
    #[arg(long, value_name = "KIND")]
    pub progress: Option<String>,
    /// Pull base images so (default "missing"): always, missing, never or newer
    #[arg(long, num_args = 0..=1, require_equals = true, default_missing_value = "always",
          value_name = "POLICY")]
    pub pull: Option<String>,
    /// Pull base images even where they are here
    #[arg(long)]
    pub pull_always: bool,
    /// Pull no base image
    #[arg(long)]
    pub pull_never: bool,
    /// Show nothing but the image's id
    #[arg(long, short)]
    pub quiet: bool,
    /// Remove the containers of steps: always done
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub rm: Option<bool>,
    /// Give RUN --mount=type=secret something (id=NAME[,src=FILE|env=VARIABLE])
    #[arg(long, value_name = "SECRET")]
    pub secret: Vec<String>,
    /// Set a security option of RUN steps
    #[arg(long, value_name = "OPTION")]
    pub security_opt: Vec<String>,
    /// Size of /dev/shm in RUN steps
    #[arg(long, value_name = "SIZE")]
    pub shm_size: Option<String>,
    /// Build only the stages that are needed
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = boolean::parse, value_name = "BOOL")]
    pub skip_unused_stages: bool,
    /// Date the image so, in seconds since 1970, and files in it where they are younger; unset: $SOURCE_DATE_EPOCH
    #[arg(long, value_name = "SECONDS")]
    pub source_date_epoch: Option<i64>,
    /// Make one layer of all steps
    #[arg(long)]
    pub squash: bool,
    /// Make one layer of all steps and the base
    #[arg(long)]
    pub squash_all: bool,
    /// Give RUN --mount=type=ssh an agent (default, or NAME=SOCKET)
    #[arg(long, value_name = "NAME[=SOCKET]", num_args = 0..=1, require_equals = false,
          default_missing_value = "default")]
    pub ssh: Vec<String>,
    /// Name the image
    #[arg(long, short, value_name = "NAME")]
    pub tag: Vec<String>,
    /// Stop after this stage
    #[arg(long, value_name = "STAGE")]
    pub target: Option<String>,
    /// Date the image and all files in its new layers so, in seconds since 1970
    #[arg(long, value_name = "SECONDS")]
    pub timestamp: Option<i64>,
    /// Set a limit of RUN steps' processes (NAME=SOFT[:HARD])
    #[arg(long, value_name = "LIMIT")]
    pub ulimit: Vec<String>,
    /// Take a variable out of the image
    #[arg(long, value_name = "NAME")]
    pub unsetenv: Vec<String>,
    /// Take a label off the image
    #[arg(long, value_name = "NAME")]
    pub unsetlabel: Vec<String>,
    /// Attach a directory of the host to RUN steps (SOURCE:TARGET[:OPTIONS])
    #[arg(long, short, value_name = "VOLUME")]
    pub volume: Vec<String>,
    #[command(flatten)]
    pub access: AccessArgs,
    #[command(flatten)]
    pub retry: RetryArgs,
    /// A directory, "-" for standard input (a tar or a Containerfile), or the URL of a tar
    #[arg(value_name = "CONTEXT", value_hint = clap::ValueHint::AnyPath)]
    pub context: Option<String>,
}
