//! top: the processes of a container, read from procfs outside of it.
//!
//! A process belongs to the container when its pid namespace is the container's or lies below
//! it. Every file is read through the process's own directory, opened once: whatever becomes of
//! the number meanwhile, it stays the same process (proc(5)).

mod process;

use std::collections::{BTreeMap, HashMap};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

pub use process::{Ids, TopProcess};

use crate::engine::list::same_process;
use crate::engine::views::Container;
use crate::engine::{Engine, Error, Kind};
use crate::spec::security::{CAPABILITIES, bit};
use crate::sys::namespace::{self, Identity};
use crate::types::Status;
use crate::types::escape::visible_bytes;
use crate::types::request::ExecRequest;

/// The longest account file that is read for names.
const MAX_ACCOUNTS: u64 = 1 << 20;

/// How long a container's own ps may take, and how many bytes of it are shown.
const ASK_LIMIT: Duration = Duration::from_secs(60);
const ASK_MAX: usize = 16 << 20;

/// Namespaces inside one another: pid_namespaces(7) has at most 32.
const MAX_DEPTH: usize = 32;

/// A container's processes, and the names of whoever they run as.
#[derive(Debug, Clone, Default)]
pub struct Top {
    pub processes: Vec<TopProcess>,
    /// Of the image's own account files.
    pub users: BTreeMap<u32, String>,
    pub groups: BTreeMap<u32, String>,
    /// Of the host's.
    pub host_users: BTreeMap<u32, String>,
    pub host_groups: BTreeMap<u32, String>,
    /// The highest capability of this kernel.
    pub last_capability: u32,
}

impl Engine {
    /// The processes of a running container, in the order of their numbers.
    pub fn top(&self, name: &str) -> Result<Top, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let pid = self.top_init(&container)?;
        let mut processes = processes_below(pid)?;
        processes.sort_by_key(|process| process.pid);
        let tree = self.mounted_union_of(&container.record)?;
        let inside = |path| match tree.read(path, MAX_ACCOUNTS) {
            Ok(Some(bytes)) => names_of(&bytes),
            // Numbers will do where there are no names.
            _ => BTreeMap::new(),
        };
        let outside = |path| std::fs::read(path).map_or_else(|_| BTreeMap::new(), |b| names_of(&b));
        Ok(Top {
            processes,
            users: inside("/etc/passwd"),
            groups: inside("/etc/group"),
            host_users: outside("/etc/passwd"),
            host_groups: outside("/etc/group"),
            last_capability: crate::engine::bundle::last_capability(),
        })
    }

    /// Runs a command in a container that says what it has to say soon, and returns its output.
    ///
    /// # Errors
    ///
    /// When it fails, is not there, or takes longer than [`ASK_LIMIT`].
    pub fn ask_inside(&self, name: &str, command: Vec<String>) -> Result<Vec<u8>, Error> {
        let container = self.container(name)?;
        let program = command.first().cloned().unwrap_or_default();
        let request = ExecRequest {
            command,
            ..ExecRequest::default()
        };
        let deadline = Instant::now() + ASK_LIMIT;
        let seen = self.run_collected(&container, &request, ASK_MAX, deadline)?;
        let failed = |why: String| {
            let name = &container.record.name;
            Err(Error::new(format!("{program} in {name}: {why}")))
        };
        let said = || visible_bytes(seen.output.trim_ascii());
        match seen.end.as_ref().map(|end| end.code) {
            Some(0) => Ok(seen.output),
            Some(code) if said().is_empty() => failed(format!("ended with {code}")),
            Some(_) => failed(said()),
            None => failed(format!("took longer than {} s", ASK_LIMIT.as_secs())),
        }
    }

    fn top_init(&self, container: &Container) -> Result<i32, Error> {
        let run = container
            .run
            .as_ref()
            .filter(|_| matches!(container.status, Status::Running | Status::Paused));
        match run.filter(|run| same_process(run.init).is_some()) {
            Some(run) => Ok(run.init.pid),
            None => Err(Error::of(
                Kind::InUse,
                "top can only be used on running containers",
            )),
        }
    }
}

/// Returns the name of a capability without `CAP_`.
pub fn capability_name(number: u32) -> Option<&'static str> {
    let found = CAPABILITIES.iter().find(|(c, _)| bit(*c) == number)?;
    found.1.strip_prefix("CAP_")
}

/// Every process whose pid namespace is that of `init` or one below it.
fn processes_below(init: i32) -> Result<Vec<TopProcess>, Error> {
    let wanted = namespace::identity(namespace::of_process(init, "pid")?.as_fd())?;
    let first = process::Files::open(init).and_then(|files| files.read());
    let depth = first
        .map_err(|why| Error::new(format!("cannot read /proc/{init}: {why}")))?
        .numbers
        .len();
    let maps = process::Maps::of(init);
    let mut known: HashMap<(u64, u64), bool> = HashMap::new();
    let mut found = Vec::new();
    let entries = std::fs::read_dir("/proc")
        .map_err(|error| Error::file("reading", "/proc".as_ref(), error))?;
    for entry in entries.flatten() {
        let number = entry.file_name().to_str().and_then(|n| n.parse().ok());
        // One that has ended, or is none of ours to look at, is none of the container's.
        let Some(files) = number.and_then(|pid: i32| process::Files::open(pid).ok()) else {
            continue;
        };
        let Ok(ns) = files.pid_namespace() else {
            continue;
        };
        let Ok(Identity { device, inode }) = namespace::identity(ns.as_fd()) else {
            continue;
        };
        let below = *known
            .entry((device, inode))
            .or_insert_with(|| is_below(ns, wanted));
        if below && let Ok(raw) = files.read() {
            found.push(raw);
        }
    }
    let inside: HashMap<i32, i32> = found
        .iter()
        .filter_map(|raw| Some((raw.host_pid, *raw.numbers.get(depth - 1)?)))
        .collect();
    let processes = found.into_iter();
    Ok(processes
        .filter_map(|raw| process::TopProcess::of(raw, &inside, &maps))
        .collect())
}

/// Whether a pid namespace is the wanted one or has it above.
fn is_below(ns: std::os::fd::OwnedFd, wanted: Identity) -> bool {
    let mut here = ns;
    for _ in 0..MAX_DEPTH {
        if namespace::identity(here.as_fd()).is_ok_and(|it| it == wanted) {
            return true;
        }
        match namespace::parent(here.as_fd()) {
            Ok(parent) => here = parent,
            Err(_) => return false,
        }
    }
    false
}

/// Names by number: passwd(5) and group(5) agree in their first three fields.
fn names_of(file: &[u8]) -> BTreeMap<u32, String> {
    let mut names = BTreeMap::new();
    for line in file.split(|byte| *byte == b'\n') {
        let mut fields = line.split(|byte| *byte == b':');
        let name = fields.next().and_then(|f| std::str::from_utf8(f).ok());
        let number = fields.nth(1).and_then(|f| std::str::from_utf8(f).ok());
        if let (Some(name), Some(Ok(number))) = (name, number.map(str::parse)) {
            names.entry(number).or_insert_with(|| name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_of_a_number_counts() {
        let names = names_of(b"root:x:0:0::/:\ntoor:x:0:0\nbad\n:x:\nx:x:-1:\nu:x:1000:\n");
        assert_eq!(names.len(), 2);
        assert_eq!(names[&0], "root");
        assert_eq!(names[&1000], "u");
    }

    #[test]
    fn we_are_below_our_own_namespace() {
        let own = crate::sys::process::own_pid();
        let found = processes_below(own).expect("procfs");
        let us = found.iter().find(|p| p.host_pid == own).expect("ourselves");
        assert_eq!(us.command.len(), us.command.len().min(15));
        assert!(us.seconds_alive() >= 0.0);
    }

    #[test]
    fn capabilities_have_names() {
        assert_eq!(capability_name(0), Some("CHOWN"));
        assert_eq!(capability_name(21), Some("SYS_ADMIN"));
        assert_eq!(capability_name(64), None);
    }
}
