//! Containers of `coracle runtime`: one directory each, and the state that facts give.
//!
//! ```text
//! <root>/<id>/state.json   who it is: written while creating
//!             config.json  the spec as it was then; hooks of the end are read from here
//!             start.sock   init listens until it is started
//!             lock         who changes it holds this
//! ```
//!
//! A status is never written down: the process (pid and start time), its socket and its cgroup
//! say it. runtime-spec, runtime.md.

use std::collections::HashMap;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use oci_spec::runtime::Spec;
use serde::{Deserialize, Serialize};

use crate::runtime::error::Error;
use crate::sys;
use crate::sys::process::Pidfd;
use crate::types::Timestamp;
use crate::types::container::ProcessStamp;

/// The name of the socket on which init waits to be started.
pub const SOCKET: &str = "start.sock";
const STATE: &str = "state.json";
const CONFIG: &str = "config.json";
const LOCK: &str = "lock";

/// What is written down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    pub oci_version: String,
    pub id: String,
    pub bundle: PathBuf,
    pub rootfs: PathBuf,
    pub created: Timestamp,
    pub owner: u32,
    pub annotations: HashMap<String, String>,
    /// Init, once it exists.
    pub init: Option<ProcessStamp>,
    /// What each step of init does, for an error after the start.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Path of its cgroup below the mount point, if it has one of its own.
    #[serde(default)]
    pub cgroup: Option<String>,
    /// The systemd unit that holds it.
    #[serde(default)]
    pub scope: Option<String>,
}

/// A container's directory.
#[derive(Debug)]
pub struct Container {
    pub directory: PathBuf,
    pub record: Record,
    /// Held by who changes it.
    lock: Option<File>,
}

/// runtime.md, "State"; `paused` is an addition that every runtime has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Creating,
    Created,
    Running,
    Paused,
    Stopped,
}

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Created => "created",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
        }
    }
}

/// Where containers are kept: `--root`, else a directory that goes with the boot.
pub fn default_root() -> PathBuf {
    let (uid, _) = sys::process::effective_ids();
    let runtime_dir = std::env::var_os("XDG_RUNTIME_DIR").filter(|path| !path.is_empty());
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let whole = map.split_whitespace().eq(["0", "0", "4294967295"]);
    match runtime_dir {
        Some(path) if uid != 0 || !whole => Path::new(&path).join("coracle-runtime"),
        _ if uid == 0 && whole => PathBuf::from("/run/coracle-runtime"),
        _ => PathBuf::from(format!("/tmp/coracle-runtime-{uid}")),
    }
}

/// Makes the root, or checks that nobody else may write to it (S-109).
fn make_root(root: &Path) -> Result<(), Error> {
    let making = |error| Error::file("making", root, error);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(root)
        .map_err(making)?;
    let facts = fs::symlink_metadata(root).map_err(making)?;
    let (uid, _) = sys::process::effective_ids();
    if !facts.is_dir() || facts.uid() != uid || facts.mode() & 0o022 != 0 {
        return Err(making(io::Error::from_raw_os_error(1)));
    }
    Ok(())
}

fn check_id(id: &str) -> Result<(), Error> {
    let good = |c: char| c.is_ascii_alphanumeric() || "_+-.".contains(c);
    if id.is_empty() || id.len() > 255 || id == "." || id == ".." || !id.chars().all(good) {
        return Err(Error::BadId(id.to_owned()));
    }
    Ok(())
}

impl Container {
    /// Reserves an id by making its directory, and keeps the spec.
    pub fn reserve(root: &Path, record: Record, spec: &Spec) -> Result<Self, Error> {
        check_id(&record.id)?;
        make_root(root)?;
        let directory = root.join(&record.id);
        match DirBuilder::new().mode(0o700).create(&directory) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(Error::Exists(record.id));
            }
            other => other.map_err(|error| Error::file("making", &directory, error))?,
        }
        let mut container = Self {
            directory,
            record,
            lock: None,
        };
        let kept = container
            .lock()
            .and_then(|()| container.write(CONFIG, &json(spec)))
            .and_then(|()| container.save());
        if let Err(error) = kept {
            let _ = container.forget();
            return Err(error);
        }
        Ok(container)
    }

    /// Opens a container by id.
    pub fn open(root: &Path, id: &str) -> Result<Self, Error> {
        check_id(id)?;
        let directory = root.join(id);
        let path = directory.join(STATE);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(Error::NoSuchContainer(id.to_owned()));
            }
            other => other.map_err(|error| Error::file("reading", &path, error))?,
        };
        let record = serde_json::from_slice(&text).map_err(|error| Error::Invalid {
            field: path.to_string_lossy().into_owned(),
            why: error.to_string(),
        })?;
        Ok(Self {
            directory,
            record,
            lock: None,
        })
    }

    /// Opens a container and keeps others from changing it.
    pub fn open_locked(root: &Path, id: &str) -> Result<Self, Error> {
        let mut container = Self::open(root, id)?;
        container.lock()?;
        // What was read before may have changed, or gone.
        let lock = container.lock.take();
        let mut container = Self::open(root, id)?;
        container.lock = lock;
        Ok(container)
    }

    /// Every container there is, by id; what cannot be read is left out.
    pub fn all(root: &Path) -> Result<Vec<Self>, Error> {
        let entries = match fs::read_dir(root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(|error| Error::file("reading", root, error))?,
        };
        let mut ids: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        ids.sort();
        Ok(ids
            .iter()
            .filter_map(|id| Self::open(root, id).ok())
            .collect())
    }

    fn lock(&mut self) -> Result<(), Error> {
        let path = self.directory.join(LOCK);
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => Error::NoSuchContainer(self.record.id.clone()),
                _ => Error::file("opening", &path, error),
            })?;
        file.lock()
            .map_err(|error| Error::file("locking", &path, error))?;
        self.lock = Some(file);
        Ok(())
    }

    pub fn save(&self) -> Result<(), Error> {
        self.write(STATE, &json(&self.record))
    }

    /// Writes a file beside its name and renames it.
    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.directory.join(name);
        let beside = self.directory.join(format!(".{name}"));
        File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|error| Error::file("writing", &path, error))
    }

    /// The spec as it was when the container was created.
    pub fn spec(&self) -> Result<Spec, Error> {
        read_spec(&self.directory.join(CONFIG))
    }

    /// The first process, if it is still the one that was recorded (S-77).
    pub fn init(&self) -> Option<Pidfd> {
        let stamp = self.record.init?;
        let pidfd = Pidfd::open(stamp.pid).ok()?;
        let same = sys::process::start_time(stamp.pid) == Some(stamp.start_time);
        (same && pidfd.alive()).then_some(pidfd)
    }

    /// The status; `frozen` is what its cgroup says.
    pub fn status(&self, frozen: bool) -> Status {
        if self.record.init.is_none() {
            return Status::Creating;
        }
        match self.init() {
            None => Status::Stopped,
            Some(_) if self.directory.join(SOCKET).exists() => Status::Created,
            Some(_) if frozen => Status::Paused,
            Some(_) => Status::Running,
        }
    }

    /// Removes its directory.
    pub fn forget(&self) -> Result<(), Error> {
        sys::tree::remove_path(&self.directory)
            .map_err(|error| Error::file("removing", &self.directory, error.into()))
    }

    /// The state as JSON: runtime.md, "State".
    pub fn state(&self, status: Status, pid: i32) -> serde_json::Value {
        serde_json::json!({
            "ociVersion": self.record.oci_version,
            "id": self.record.id,
            "pid": pid,
            "status": status.word(),
            "bundle": self.record.bundle,
            "annotations": self.record.annotations,
        })
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(value).expect("maps with string keys only")
}

/// A spec larger than this is not one.
const MAX_SPEC: u64 = 16 << 20;

/// Reads a bundle's config.json.
pub fn read_spec(path: &Path) -> Result<Spec, Error> {
    let text = read_bounded(path)?;
    serde_json::from_slice(&text)
        .map_err(|error| Error::invalid(path.to_string_lossy(), error.to_string()))
}

/// Reads a document of a user, of bounded size.
pub fn read_bounded(path: &Path) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let mut text = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_SPEC + 1).read_to_end(&mut text))
        .map_err(|error| Error::file("reading", path, error))?;
    if text.len() as u64 > MAX_SPEC {
        return Err(Error::invalid(
            path.to_string_lossy(),
            "is larger than 16 MiB",
        ));
    }
    Ok(text)
}
