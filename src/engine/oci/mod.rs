//! `coracle runtime`: containers from bundles of others, by the rules of the runtime spec.
//!
//! Nothing here touches the store: a container is its directory below `--root`
//! ([`crate::runtime::container`]) and its processes. This folder joins what rooms below may not
//! see of each other: the spec's seccomp filter, the plan, the conversation with the conductor.

mod cgroup;
mod create;
mod describe;
mod exec;
mod foreground;
mod lifecycle;
mod prepare;

use std::path::{Path, PathBuf};

use oci_spec::runtime::{Process, Spec};

pub use crate::runtime::container::{Container, Status, default_root};
pub use crate::runtime::error::Error;
pub use describe::{features, template};
pub use foreground::Outcome;
pub use prepare::Preserved;

/// Where containers are kept, and who makes their cgroups.
#[derive(Debug)]
pub struct Runtime {
    pub root: PathBuf,
    pub cgroups: CgroupManager,
}

/// `--cgroup-manager` and `--systemd-cgroup`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CgroupManager {
    #[default]
    Cgroupfs,
    Systemd,
    /// The container stays in the caller's cgroup.
    Disabled,
}

/// What `create` and `run` are told.
#[derive(Debug, Default)]
pub struct Create {
    pub id: String,
    pub bundle: PathBuf,
    /// Another name than config.json.
    pub config: Option<PathBuf>,
    pub console_socket: Option<PathBuf>,
    pub pid_file: Option<PathBuf>,
    /// Descriptors that become 3, 4, …
    pub preserve: Preserved,
    pub no_new_keyring: bool,
}

/// What `exec` is told.
#[derive(Debug)]
pub struct Exec {
    pub id: String,
    /// The whole process, from `--process` or made of the container's own.
    pub process: Process,
    pub console_socket: Option<PathBuf>,
    pub pid_file: Option<PathBuf>,
    /// Descriptors that become 3, 4, …
    pub preserve: Preserved,
    /// A cgroup below the container's.
    pub cgroup: Option<String>,
}

impl Runtime {
    /// Opens a container by id.
    pub fn container(&self, id: &str) -> Result<Container, Error> {
        Container::open(&self.root, id)
    }

    /// Every container there is.
    pub fn all(&self) -> Result<Vec<Container>, Error> {
        Container::all(&self.root)
    }
}

/// Reads a bundle's spec, and checks all of it that needs no look at the machine.
fn load(bundle: &Path, config: Option<&Path>) -> Result<Spec, Error> {
    let path = bundle.join(config.unwrap_or(Path::new("config.json")));
    let spec = crate::runtime::container::read_spec(&path)?;
    crate::runtime::refuse::check(&spec)?;
    Ok(spec)
}

/// Reads a process document: `exec --process`.
pub fn read_process(path: &Path) -> Result<Process, Error> {
    let text = crate::runtime::container::read_bounded(path)?;
    serde_json::from_slice(&text)
        .map_err(|error| Error::invalid(path.to_string_lossy(), error.to_string()))
}
