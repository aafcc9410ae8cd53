//! What may be typed after `run` and `create`; nothing is looked up here.

use std::path::PathBuf;

use clap::Args;

use crate::cli::registry::{AccessArgs, RetryArgs};
use crate::cli::run::health::HealthArgs;
use crate::cli::run::limits;
use crate::cli::run::resources::{CgroupArgs, ResourceArgs};
use crate::types::request::SdNotify;

/// The options `run` and `create` share.
#[derive(Debug, Clone, Args)]
pub struct ContainerArgs {
    /// Add a line to /etc/hosts (NAME:IP, IP may be host-gateway)
    #[arg(long, value_name = "NAME:IP")]
    pub add_host: Vec<String>,
    /// Add an annotation
    #[arg(long, value_name = "KEY=VALUE")]
    pub annotation: Vec<String>,
    #[command(flatten)]
    pub platform: PlatformArgs,
    /// Join only these streams of the caller: stdin, stdout, stderr
    #[arg(long, short, value_name = "STREAM", value_delimiter = ',')]
    pub attach: Vec<String>,
    /// Add a capability, or ALL
    #[arg(long, value_name = "CAP", value_delimiter = ',')]
    pub cap_add: Vec<String>,
    /// Drop a capability, or ALL
    #[arg(long, value_name = "CAP", value_delimiter = ',')]
    pub cap_drop: Vec<String>,
    /// Write the process id of the container's monitor to a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub conmon_pidfile: Option<PathBuf>,
    /// Give the generated files of /etc to this directory too
    #[arg(long, value_name = "DIR", value_delimiter = ',')]
    pub chrootdirs: Vec<String>,
    /// Use this cgroup namespace: private, host, container:NAME or ns:PATH
    #[arg(long, value_name = "MODE")]
    pub cgroupns: Option<String>,
    #[command(flatten)]
    pub cgroup: CgroupArgs,
    /// Write the container's id to a file that must not exist yet
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub cidfile: Option<PathBuf>,
    /// Give the container a device of the host (HOST[:CONTAINER[:rwm]]) or of a CDI file (VENDOR/CLASS=NAME)
    #[arg(long, value_name = "DEVICE")]
    pub device: Vec<String>,
    /// Do nothing; Docker has it
    #[arg(long)]
    pub disable_content_trust: bool,
    /// Ask this DNS server
    #[arg(long, value_name = "IP", value_delimiter = ',')]
    pub dns: Vec<String>,
    /// Set an option of resolv.conf
    #[arg(
        long,
        value_name = "OPTION",
        visible_alias = "dns-opt",
        value_delimiter = ','
    )]
    pub dns_option: Vec<String>,
    /// Search this DNS domain
    #[arg(long, value_name = "DOMAIN", value_delimiter = ',')]
    pub dns_search: Vec<String>,
    /// Name the container's NIS domain
    #[arg(long, value_name = "NAME")]
    pub domainname: Option<String>,
    /// Refuse what is not on a list: none, allow=CIDR[:PORT], allow=NAME[:PORT] (both repeatable, NAME
    /// may begin with *.); or write down what is reached: log. `inspect` shows list and log
    #[arg(long, value_name = "RULE")]
    pub egress: Vec<String>,
    /// Replace the image's entrypoint: a program or a JSON array
    #[arg(long, value_name = "PROGRAM")]
    pub entrypoint: Option<String>,
    /// Set a variable (NAME=VALUE), or take the caller's (NAME, PREFIX*)
    #[arg(long, short, value_name = "NAME[=VALUE]")]
    pub env: Vec<String>,
    /// Read variables from a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub env_file: Vec<PathBuf>,
    /// Give the container the caller's whole environment
    #[arg(long)]
    pub env_host: bool,
    /// Set a variable from what the image sets (NAME=VALUE with ${NAME})
    #[arg(long, value_name = "NAME=VALUE")]
    pub env_merge: Vec<String>,
    /// Say that the container serves a port or range, published by -P
    #[arg(long, value_name = "PORT[/PROTOCOL]", value_delimiter = ',')]
    pub expose: Vec<String>,
    /// Map group ids ([FLAGS]CONTAINER:FROM[:AMOUNT])
    #[arg(long, value_name = "MAP", value_delimiter = ',')]
    pub gidmap: Vec<String>,
    /// Add a group to the container's user, or keep the caller's groups (keep-groups)
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    pub group_add: Vec<String>,
    /// Give the container graphics processors of CDI files: all or a name
    #[arg(long, value_name = "NAME")]
    pub gpus: Vec<String>,
    /// Begin /etc/hosts with this file of the host, or with none or image
    #[arg(long, value_name = "FILE")]
    pub hosts_file: Option<String>,
    /// Write this line to /etc/group instead of the default ($GROUPNAME, $GID, $USERLIST)
    #[arg(long, value_name = "LINE")]
    pub group_entry: Option<String>,
    /// Name the container's host
    #[arg(long, short = 'h', value_name = "NAME")]
    pub hostname: Option<String>,
    /// Add a user of the host to /etc/passwd (NAME or UID)
    #[arg(long, value_name = "USER")]
    pub hostuser: Vec<String>,
    /// Hand on the caller's proxy variables
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = crate::cli::words::boolean::parse, value_name = "BOOL")]
    pub http_proxy: bool,
    /// Make of the image's volumes: bind (anonymous volumes), tmpfs or ignore
    #[arg(long, value_name = "MODE")]
    pub image_volume: Option<String>,
    /// Run a small init that forwards signals and reaps processes
    #[arg(long)]
    pub init: bool,
    /// Use this program of the host as the small init
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub init_path: Option<PathBuf>,
    /// Keep standard input open
    #[arg(long, short)]
    pub interactive: bool,
    /// Use this IPC namespace: shareable, private, none, host, container:NAME or ns:PATH
    #[arg(long, value_name = "MODE")]
    pub ipc: Option<String>,
    /// Set a label
    #[arg(long, short, value_name = "KEY[=VALUE]")]
    pub label: Vec<String>,
    /// Read labels from a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub label_file: Vec<PathBuf>,
    /// Keep the output by this driver: k8s-file, json-file, journald, none or passthrough(-tty)
    #[arg(long, value_name = "DRIVER")]
    pub log_driver: Option<String>,
    /// Set an option of the log: max-size=, path=, tag=
    #[arg(long, value_name = "KEY=VALUE")]
    pub log_opt: Vec<String>,
    /// Attach a file system: bind, glob, volume, tmpfs, ramfs, image or devpts (type=…,src=…,dst=…)
    #[arg(long, value_name = "FIELDS")]
    pub mount: Vec<String>,
    /// Name the container
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Give the container this IPv4 address of its network
    #[arg(long, value_name = "ADDRESS")]
    pub ip: Option<String>,
    /// Give the container this IPv6 address of its network
    #[arg(long, value_name = "ADDRESS")]
    pub ip6: Option<String>,
    /// Give the container's interface this hardware address
    #[arg(long, value_name = "ADDRESS")]
    pub mac_address: Option<String>,
    /// A further name under which the container is found on its networks
    #[arg(long, value_name = "NAME")]
    pub network_alias: Vec<String>,
    /// Choose the network: pasta, slirp4netns, none, host, container:NAME, ns:PATH, bridge, or
    /// networks with a name (NAME[:ip=…,ip6=…,mac=…,alias=…,interface_name=…])
    #[arg(long, visible_alias = "net", value_name = "MODE")]
    pub network: Vec<String>,
    /// Leave /etc/hostname to the image
    #[arg(long)]
    pub no_hostname: bool,
    /// Leave /etc/hosts to the image
    #[arg(long)]
    pub no_hosts: bool,
    /// Change how early the kernel ends the container when memory is short (-1000 to 1000)
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true,
          value_parser = clap::value_parser!(i32).range(-1000..=1000))]
    pub oom_score_adj: Option<i32>,
    /// Set the execution domain: LINUX or LINUX32
    #[arg(long, value_name = "PERSONA")]
    pub personality: Option<String>,
    /// Use this PID namespace: private, host, container:NAME or ns:PATH
    #[arg(long, value_name = "MODE")]
    pub pid: Option<String>,
    /// Add the container's user to /etc/passwd and /etc/group when the image lacks it
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = crate::cli::words::boolean::parse, value_name = "BOOL")]
    pub passwd: bool,
    /// Write this line to /etc/passwd instead of the default ($USERNAME, $UID, $GID, $NAME, $HOME)
    #[arg(long, value_name = "LINE")]
    pub passwd_entry: Option<String>,
    /// Write the process id of the container's first process to a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub pidfile: Option<PathBuf>,
    /// Give the container every right the caller could give; see PRIVILEGED
    #[arg(long)]
    pub privileged: bool,
    /// Publish a port or range ([[IP:][HOST]:]CONTAINER[/PROTOCOL])
    #[arg(long, short, value_name = "PORT")]
    pub publish: Vec<String>,
    /// Publish every exposed port at a free port of the host
    #[arg(long, short = 'P')]
    pub publish_all: bool,
    /// Pull the image: always, missing, never or newer
    #[arg(long, value_name = "POLICY")]
    pub pull: Option<String>,
    /// Show no progress of a pull
    #[arg(long, short)]
    pub quiet: bool,
    /// Make the container's tree read-only
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = crate::cli::words::boolean::parse,
          value_name = "BOOL")]
    pub read_only: Option<bool>,
    /// Keep /run, /tmp and /var/tmp writable in a read-only container
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = crate::cli::words::boolean::parse, value_name = "BOOL")]
    pub read_only_tmpfs: bool,
    #[command(flatten)]
    pub resources: ResourceArgs,
    /// Remove a container of the same name first
    #[arg(long)]
    pub replace: bool,
    /// Start these containers first
    #[arg(long, value_name = "CONTAINER", value_delimiter = ',',
          add = crate::cli::complete::containers())]
    pub requires: Vec<String>,
    /// Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped
    #[arg(long, value_name = "POLICY")]
    pub restart: Option<String>,
    /// Remove the container when it ends
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = crate::cli::words::boolean::parse,
          value_name = "BOOL")]
    pub rm: Option<bool>,
    /// Remove the container when it ends, and then its image if no other container uses it
    #[arg(long)]
    pub rmi: bool,
    /// No longer supported: kernel memory is part of --memory (only a warning)
    #[arg(long, value_name = "SIZE", value_parser = crate::cli::words::size::parse)]
    pub kernel_memory: Option<u64>,
    /// Run in a directory of the host: DIR[:O] stands where else the image does; with O it stays as it is
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = crate::cli::words::boolean::parse,
          default_value = "false", hide_default_value = true, value_name = "BOOL")]
    pub rootfs: bool,
    /// Give the container a secret (NAME[,type=mount|env,target=…,uid=…,gid=…,mode=…])
    #[arg(long, value_name = "SECRET", add = crate::cli::complete::secrets())]
    pub secret: Vec<String>,
    /// Tell $NOTIFY_SOCKET that the container is ready: container, conmon, healthy or ignore
    #[arg(long, value_name = "MODE", value_parser = limits::sd_notify)]
    pub sdnotify: Option<SdNotify>,
    #[command(flatten)]
    pub health: HealthArgs,
    /// Take the seccomp profile from the image's label, if it has one (default or image)
    #[arg(long, value_name = "POLICY")]
    pub seccomp_policy: Option<String>,
    /// Set a security option: no-new-privileges, seccomp=, mask=, unmask=, proc-opts=, label=, apparmor=
    #[arg(long, value_name = "OPTION")]
    pub security_opt: Vec<String>,
    /// Size of /dev/shm
    #[arg(long, value_name = "SIZE")]
    pub shm_size: Option<String>,
    /// Send this signal to stop the container
    #[arg(long, value_name = "SIGNAL")]
    pub stop_signal: Option<String>,
    /// Wait so many seconds for a stop before SIGKILL
    #[arg(long, value_name = "SECONDS")]
    pub stop_timeout: Option<u32>,
    /// Kill the container after so many seconds; 0 is never
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u32>,
    /// Set a kernel parameter of the container's namespaces
    #[arg(long, value_name = "KEY=VALUE")]
    pub sysctl: Vec<String>,
    /// Attach a tmpfs (TARGET[:OPTIONS])
    #[arg(long, value_name = "TARGET")]
    pub tmpfs: Vec<String>,
    /// Give the container a terminal
    #[arg(long, short)]
    pub tty: bool,
    /// Set a limit of the container's processes (NAME=SOFT[:HARD])
    #[arg(long, value_name = "LIMIT")]
    pub ulimit: Vec<String>,
    /// Map user ids ([FLAGS]CONTAINER:FROM[:AMOUNT])
    #[arg(long, value_name = "MAP", value_delimiter = ',')]
    pub uidmap: Vec<String>,
    /// Set the container's umask
    #[arg(long, value_name = "OCTAL")]
    pub umask: Option<String>,
    /// Take a variable away that the image sets
    #[arg(long, value_name = "NAME")]
    pub unsetenv: Vec<String>,
    /// Take away every variable that the image sets
    #[arg(long)]
    pub unsetenv_all: bool,
    /// Run as this user (NAME|UID[:GROUP|GID])
    #[arg(long, short, value_name = "USER")]
    pub user: Option<String>,
    /// Set the time zone: a name such as Europe/Berlin, or local for the host's
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,
    /// Choose the user namespace: auto, host, keep-id, nomap, container:NAME or ns:PATH
    #[arg(long, value_name = "MODE", allow_hyphen_values = false)]
    pub userns: Option<String>,
    /// Use this UTS namespace: private, host, container:NAME or ns:PATH
    #[arg(long, value_name = "MODE")]
    pub uts: Option<String>,
    /// Attach a directory of the host or a volume ([SOURCE:]TARGET[:OPTIONS])
    #[arg(long, short, value_name = "VOLUME")]
    pub volume: Vec<String>,
    /// Attach the volumes of another container (CONTAINER[:ro|rw])
    #[arg(long, value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub volumes_from: Vec<String>,
    /// Begin in this directory
    #[arg(long, short, value_name = "DIR")]
    pub workdir: Option<String>,
    #[command(flatten)]
    pub access: AccessArgs,
    #[command(flatten)]
    pub retry: RetryArgs,
    /// The image, and the command with its arguments instead of the image's
    #[arg(
        required = true,
        trailing_var_arg = true,
        value_name = "IMAGE",
        add = crate::cli::complete::images()
    )]
    pub words: Vec<String>,
}

/// Which of an index's images is meant.
#[derive(Debug, Clone, Default, Args)]
pub struct PlatformArgs {
    /// Choose the image of this architecture
    #[arg(long, value_name = "ARCH")]
    pub arch: Option<String>,
    /// Choose the image of this operating system
    #[arg(long, value_name = "OS")]
    pub os: Option<String>,
    /// Choose the image of this platform (OS/ARCH[/VARIANT])
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Choose the image of this variant of the architecture
    #[arg(long, value_name = "VARIANT")]
    pub variant: Option<String>,
}

/// Run a command in a new container
#[derive(Debug, Clone, Args)]
#[command(
    disable_help_flag = true,
    override_usage = "coracle run [OPTIONS] IMAGE [COMMAND [ARG...]]"
)]
pub struct RunArgs {
    #[command(flatten)]
    pub container: ContainerArgs,
    /// Leave the container in the background and print its id
    #[arg(long, short)]
    pub detach: bool,
    /// Leave an attached container with these keys
    #[arg(long, value_name = "KEYS", value_parser = crate::cli::words::keys::check)]
    pub detach_keys: Option<String>,
    /// Hand on these descriptors of the caller
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub preserve_fd: Vec<i32>,
    /// Hand on so many descriptors of the caller, from 3 on
    #[arg(long, value_name = "COUNT")]
    pub preserve_fds: Option<u32>,
    /// Hand signals on to the container
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = crate::cli::words::boolean::parse, value_name = "BOOL")]
    pub sig_proxy: bool,
    /// Print help
    #[arg(long, action = clap::ArgAction::Help)]
    help: Option<bool>,
}

/// Create a container without starting it
#[derive(Debug, Clone, Args)]
#[command(
    disable_help_flag = true,
    override_usage = "coracle create [OPTIONS] IMAGE [COMMAND [ARG...]]"
)]
pub struct CreateArgs {
    #[command(flatten)]
    pub container: ContainerArgs,
    /// Print help
    #[arg(long, action = clap::ArgAction::Help)]
    help: Option<bool>,
}
