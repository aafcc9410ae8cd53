//! Control groups of version 2: where a container's processes are, what they may use, and how
//! they are frozen, counted and killed together.
//!
//! Kernel documentation, admin-guide/cgroup-v2.rst; cgroups(7). Version 1 is never touched: an
//! ordinary user may not use it. `place` finds or makes a group, by systemd or by plain files;
//! `limits` turns the runtime spec's resources into the files of a group; `stats` reads them.

pub mod dbus;
mod error;
pub mod home;
pub mod limits;
pub mod place;
pub mod stats;
pub mod systemd;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

pub use error::{Error, Why};
pub use place::{Manager, Place, Placement, Style, Wanted};
pub use systemd::Systemd;

/// Where the one hierarchy is mounted.
pub const ROOT: &str = "/sys/fs/cgroup";

/// No file of a group that is read here is longer.
const FILE_MAX: u64 = 64 << 10;

/// How long a freeze may take; a process in an uninterruptible sleep holds it up.
const FREEZE_LIMIT: Duration = Duration::from_secs(10);

/// How long killed processes may take to leave.
const KILL_LIMIT: Duration = Duration::from_secs(5);

const PAUSE: Duration = Duration::from_millis(1);

/// Whether the version 2 hierarchy is the only one, as a user's limits need it.
pub fn is_unified() -> bool {
    Path::new(ROOT).join("cgroup.controllers").exists()
}

/// A control group by its directory below [`ROOT`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cgroup {
    directory: PathBuf,
}

impl Cgroup {
    /// Takes a path as /proc/PID/cgroup shows it; `None` when it would lead elsewhere.
    pub fn at(path: &str) -> Option<Self> {
        let below = Path::new(path.trim_start_matches('/'));
        let plain = below
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        plain.then(|| Self {
            directory: Path::new(ROOT).join(below),
        })
    }

    /// The group a process is in: proc_pid_cgroup(5).
    pub fn of_process(pid: i32) -> Option<Self> {
        Self::of(&format!("/proc/{pid}/cgroup"))
    }

    /// Our own.
    pub fn own() -> Option<Self> {
        Self::of("/proc/self/cgroup")
    }

    fn of(file: &str) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        let path = text.lines().find_map(|line| line.strip_prefix("0::"))?;
        // A process of another cgroup namespace is shown as "/../…".
        Self::at(path)
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The path below the root, with a slash in front.
    pub fn path(&self) -> String {
        let below = self.directory.strip_prefix(ROOT).unwrap_or(Path::new(""));
        format!("/{}", below.to_string_lossy())
    }

    pub fn exists(&self) -> bool {
        self.directory.exists()
    }

    /// The group around it; `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        let inside = self.directory != Path::new(ROOT);
        let directory = self.directory.parent().filter(|_| inside)?.to_owned();
        Some(Self { directory })
    }

    pub fn below(&self, name: &str) -> Self {
        Self {
            directory: self.directory.join(name),
        }
    }

    pub fn is_below(&self, other: &Self) -> bool {
        self != other && self.directory.starts_with(&other.directory)
    }

    /// A file's text; `None` when there is none or it cannot be read.
    pub fn read(&self, file: &str) -> Option<String> {
        let mut text = String::new();
        fs::File::open(self.directory.join(file))
            .ok()?
            .take(FILE_MAX)
            .read_to_string(&mut text)
            .ok()?;
        Some(text)
    }

    /// The number in a file of one; `max` is `None` too.
    pub fn number(&self, file: &str) -> Option<u64> {
        self.read(file)?.trim().parse().ok()
    }

    /// The number behind a key in a file of `key number` lines.
    pub fn counter(&self, file: &str, key: &str) -> Option<u64> {
        let text = self.read(file)?;
        let line = text.lines().find_map(|line| line.strip_prefix(key));
        line?.strip_prefix(' ')?.trim().parse().ok()
    }

    /// Writes a value in one write(2), as the kernel wants it.
    pub fn write(&self, file: &str, value: &str) -> Result<(), Error> {
        let path = self.directory.join(file);
        fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|mut file| file.write_all(value.as_bytes()))
            .map_err(|source| Error::Write {
                path,
                value: value.to_owned(),
                source,
            })
    }

    /// Whether we may move processes here and make groups below.
    pub fn is_ours(&self) -> bool {
        let procs = self.directory.join("cgroup.procs");
        fs::File::options().write(true).open(procs).is_ok()
    }

    pub fn make(&self) -> Result<(), Error> {
        fs::create_dir(&self.directory).map_err(|source| Error::Make {
            path: self.directory.clone(),
            source,
        })
    }

    /// The words of `cgroup.controllers`: what may be enabled here.
    pub fn controllers(&self) -> Vec<String> {
        words(self.read("cgroup.controllers"))
    }

    /// Hands on to the groups below whatever can be handed on.
    pub fn enable_controllers(&self) {
        let enabled = words(self.read("cgroup.subtree_control"));
        for controller in self.controllers() {
            if !enabled.contains(&controller) {
                // One that cannot be is noticed where its files are missing.
                let _ = self.write("cgroup.subtree_control", &format!("+{controller}"));
            }
        }
    }

    /// The processes in the group itself.
    pub fn processes(&self) -> Vec<i32> {
        let text = self.read("cgroup.procs").unwrap_or_default();
        text.lines().filter_map(|line| line.parse().ok()).collect()
    }

    pub fn take(&self, pid: i32) -> Result<(), Error> {
        self.write("cgroup.procs", &pid.to_string())
    }

    pub fn is_populated(&self) -> bool {
        self.counter("cgroup.events", "populated") == Some(1)
    }

    /// Whether every process in it stands still.
    pub fn is_frozen(&self) -> bool {
        self.counter("cgroup.events", "frozen") == Some(1)
    }

    /// Stops every process in the group; since Linux 5.2.
    pub fn freeze(&self) -> Result<(), Error> {
        self.write("cgroup.freeze", "1")?;
        if wait_until(FREEZE_LIMIT, || self.is_frozen()) {
            return Ok(());
        }
        let _ = self.write("cgroup.freeze", "0");
        Err(Error::NotFrozen)
    }

    pub fn thaw(&self) -> Result<(), Error> {
        self.write("cgroup.freeze", "0")?;
        wait_until(FREEZE_LIMIT, || !self.is_frozen());
        Ok(())
    }

    /// Kills every process in the group and below, frozen ones too; since Linux 5.14, else one
    /// by one.
    pub fn kill(&self) {
        if self.write("cgroup.kill", "1").is_err() {
            const SIGKILL: i32 = 9;
            for pid in self.processes() {
                let process = crate::sys::process::Pidfd::open(pid);
                let _ = process.and_then(|process| process.signal(SIGKILL));
            }
            let _ = self.thaw();
        }
    }

    /// Removes it if nothing is in it or below.
    pub fn remove_vacant(&self) {
        let _ = fs::remove_dir(&self.directory);
    }

    /// Kills what is in it and removes it, with the groups below.
    pub fn remove(&self) {
        if !self.exists() {
            return;
        }
        if self.is_populated() {
            self.kill();
            wait_until(KILL_LIMIT, || !self.is_populated());
        }
        remove_tree(&self.directory, 16);
    }
}

/// Groups are removed from the leaves up; their files go by themselves.
fn remove_tree(directory: &Path, depth: usize) {
    let left = fs::remove_dir(directory);
    if !left.is_err_and(|error| error.kind() != io::ErrorKind::NotFound) || depth == 0 {
        return;
    }
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_tree(&entry.path(), depth - 1);
        }
    }
    let _ = fs::remove_dir(directory);
}

fn words(text: Option<String>) -> Vec<String> {
    let text = text.unwrap_or_default();
    text.split_whitespace().map(str::to_owned).collect()
}

fn wait_until(limit: Duration, holds: impl Fn() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    loop {
        if holds() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_the_root() {
        for (path, wanted) in [
            ("/a/b.scope", Some("/sys/fs/cgroup/a/b.scope")),
            ("/", Some("/sys/fs/cgroup/")),
            ("a", Some("/sys/fs/cgroup/a")),
            ("/../a", None),
            ("/a/../../b", None),
        ] {
            let group = Cgroup::at(path);
            let shown = group.as_ref().map(|group| group.directory().to_owned());
            assert_eq!(shown, wanted.map(PathBuf::from), "{path}");
        }
        let group = Cgroup::at("/a/b").expect("plain");
        assert_eq!(group.path(), "/a/b");
        assert!(group.is_below(&Cgroup::at("/a").expect("plain")));
        assert!(!group.is_below(&group));
        assert_eq!(Cgroup::at("/").expect("the root").parent(), None);
    }
}
