//! Is there a U0 already? Whatever a file claims is only a hint (S-114, S-111).
//!
//! A namespace is believed to be U0 when the kernel says, about a descriptor we hold, that its
//! owner is this user and its parent is our own user namespace. Pids are followed through
//! pidfds and compared by start time, so a reused number is noticed.

use std::fs::{File, read_dir, read_link};
use std::io::{Seek, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::sys::namespace::{self, Identity};
use crate::sys::process::{self, Pidfd};
use crate::types::container::ProcessStamp;
use crate::userns::base::{Folder, open_private};
use crate::userns::error::Error;
use crate::userns::ids::{Extent, IdMap, parse_map};
use crate::userns::machine;
use crate::userns::plan;
use crate::userns::read_bounded;

/// A record is padded to this, so that replacing one needs no new block on a full disk.
const RECORD_SIZE: usize = 1024;

/// run.json is a few hundred bytes.
const MAX_RUN_RECORD: u64 = 1024 * 1024;

/// user_namespaces(7): 32 levels of nesting.
const MAX_LEVELS: usize = 32;

/// Looked at in /proc/locks and /proc/PID/fd before giving up.
const MAX_HOLDERS: usize = 256;
const MAX_DESCRIPTORS: usize = 4096;

const MAX_PROC_FILE: u64 = 4 * 1024 * 1024;

/// A verified U0.
#[derive(Debug)]
pub(crate) struct Found {
    pub ns: OwnedFd,
    pub ids: IdMap,
}

impl Found {
    pub(crate) fn is_single(&self) -> bool {
        let one = |extents: &[Extent]| matches!(extents, [only] if only.count == 1);
        one(&self.ids.uid) || one(&self.ids.gid)
    }
}

/// Who holds U0, as `u0/<machine>/keeper` remembers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    pub machine_id: String,
    pub boot_id: String,
    #[serde(flatten)]
    pub keeper: ProcessStamp,
    /// nsfs device and inode of U0.
    pub device: u64,
    pub inode: u64,
    /// More than one id is mapped: what is stored may belong to any of them.
    pub full: bool,
}

/// Reads the record; a broken one is none.
pub(crate) fn record(folder: &Folder) -> Option<Record> {
    let text = read_bounded(&folder.record_path(), RECORD_SIZE as u64).ok()?;
    serde_json::from_str(&text).ok()
}

/// Replaces the record in place. Readers without the lock may see half of it, and then take the lock.
pub(crate) fn write_record(folder: &Folder, record: &Record) -> Result<(), Error> {
    let path = folder.record_path();
    let mut bytes = serde_json::to_vec(record).expect("strings and numbers serialise");
    bytes.resize(RECORD_SIZE, b'\n');
    let mut file = open_private(&path)?;
    file.rewind()
        .and_then(|()| file.write_all(&bytes))
        .and_then(|()| file.set_len(RECORD_SIZE as u64))
        .map_err(|source| Error::file(&path, source))
}

/// Finds U0 through its keeper.
pub(crate) fn by_record(folder: &Folder) -> Result<Option<Found>, Error> {
    let Some(record) = record(folder) else {
        return Ok(None);
    };
    if record.machine_id != folder.machine_id || record.boot_id != machine::boot_id() {
        return Ok(None);
    }
    let Some(keeper) = alive(record.keeper) else {
        return Ok(None);
    };
    let pid = record.keeper.pid;
    let Ok(ns) = namespace::of_process(pid, "user") else {
        return Ok(None);
    };
    let remembered = Identity {
        device: record.device,
        inode: record.inode,
    };
    if namespace::identity(ns.as_fd())? != remembered || !is_u0(ns.as_fd()) {
        return Ok(None);
    }
    let ids = ids_of(pid)?;
    // Everything above was read by number: the process must still be the same, and staying.
    if !keeper.alive() || process::is_exiting(pid) {
        return Ok(None);
    }
    Ok(Some(Found { ns, ids }))
}

/// The keeper's pid, while it is the process that was recorded.
pub(crate) fn keeper(folder: &Folder) -> Option<i32> {
    let record = record(folder)?;
    let ours = record.machine_id == folder.machine_id && record.boot_id == machine::boot_id();
    alive(record.keeper).filter(|_| ours)?;
    Some(record.keeper.pid)
}

/// Reads what containers may use of a process's namespace.
pub(crate) fn ids_of(pid: i32) -> Result<IdMap, Error> {
    Ok(plan::for_containers(
        whole_map(pid, "uid_map")?,
        whole_map(pid, "gid_map")?,
    ))
}

/// Reads a map of a process as the kernel shows it to us.
pub(crate) fn whole_map(pid: i32, file: &str) -> Result<Vec<Extent>, Error> {
    let path = format!("/proc/{pid}/{file}");
    let text = read_bounded(Path::new(&path), MAX_PROC_FILE)
        .map_err(|source| Error::file(Path::new(&path), source))?;
    Ok(parse_map(&text).unwrap_or_default())
}

/// Opens a process if it still is the one that was remembered.
fn alive(stamp: ProcessStamp) -> Option<Pidfd> {
    let pidfd = Pidfd::open(stamp.pid).ok()?;
    (process::start_time(stamp.pid) == Some(stamp.start_time) && pidfd.alive()).then_some(pidfd)
}

/// Whether the kernel says that this namespace is ours and directly below us.
fn is_u0(ns: BorrowedFd<'_>) -> bool {
    let owner = namespace::owner_uid(ns);
    let parent = namespace::parent(ns);
    let (Ok(owner), Ok(parent), Ok(own)) = (owner, parent, namespace::own("user")) else {
        return false;
    };
    owner == process::effective_ids().0 && namespace::same(parent, own).unwrap_or(false)
}

/// Climbs from a container's namespace to the U0 above it.
fn climb(mut ns: OwnedFd) -> Option<OwnedFd> {
    for _ in 0..MAX_LEVELS {
        if is_u0(ns.as_fd()) {
            return Some(ns);
        }
        ns = namespace::parent(ns.as_fd()).ok()?;
    }
    None
}

/// What this room needs to know of `containers/<id>/run.json`.
#[derive(Deserialize)]
struct Run {
    boot_id: String,
    init: ProcessStamp,
}

/// Finds U0 above any living container of the store.
pub(crate) fn by_container(store_root: &Path) -> Option<OwnedFd> {
    let boot_id = machine::boot_id();
    read_dir(store_root.join("containers"))
        .ok()?
        .filter_map(Result::ok)
        .filter_map(|entry| read_bounded(&entry.path().join("run.json"), MAX_RUN_RECORD).ok())
        .filter_map(|text| serde_json::from_str::<Run>(&text).ok())
        .filter(|run| run.boot_id == boot_id)
        .find_map(|run| {
            let init = alive(run.init)?;
            let ns = namespace::of_process(run.init.pid, "user").ok()?;
            // As in `by_record`: read by number, so look again.
            init.alive().then_some(())?;
            climb(ns)
        })
}

/// Finds U0 through another command that is using it right now.
///
/// proc_locks(5): a flock is listed with the pid that took it. That command holds a descriptor
/// of U0 even while it has not joined it.
pub(crate) fn by_lock_holder(users: &Path) -> Option<OwnedFd> {
    let inode = File::open(users)
        .and_then(|file| file.metadata())
        .ok()?
        .ino();
    let locks = read_bounded(Path::new("/proc/locks"), MAX_PROC_FILE).ok()?;
    lock_holders(&locks, inode)
        .into_iter()
        .filter(|pid| *pid != process::own_pid())
        .find_map(namespace_held_by)
}

/// The pids that hold (not: wait for) a flock on the inode.
fn lock_holders(locks: &str, inode: u64) -> Vec<i32> {
    locks
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            // `1: FLOCK ADVISORY READ 4711 fe:00:123456 0 EOF`; a waiter has "->" before FLOCK.
            let [_, "FLOCK", _, _, pid, file, ..] = words[..] else {
                return None;
            };
            let held = file.rsplit(':').next()?.parse() == Ok(inode);
            held.then(|| pid.parse().ok()).flatten()
        })
        .take(MAX_HOLDERS)
        .collect()
}

fn namespace_held_by(pid: i32) -> Option<OwnedFd> {
    if let Some(ns) = namespace::of_process(pid, "user").ok().and_then(climb) {
        return Some(ns);
    }
    read_dir(format!("/proc/{pid}/fd"))
        .ok()?
        .filter_map(Result::ok)
        .take(MAX_DESCRIPTORS)
        .map(|entry| entry.path())
        .filter(|path| read_link(path).is_ok_and(|to| to.to_string_lossy().starts_with("user:[")))
        .filter_map(|path| File::open(path).ok())
        .find_map(|file| climb(file.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holders_of_a_lock() {
        let locks = "1: FLOCK  ADVISORY  READ 4711 fe:00:123 0 EOF\n\
                     1: -> FLOCK  ADVISORY  WRITE 4712 fe:00:123 0 EOF\n\
                     2: POSIX  ADVISORY  READ 4713 fe:00:123 0 EOF\n\
                     3: FLOCK  ADVISORY  READ -1 fe:00:124 0 EOF\n\
                     4: FLOCK  ADVISORY  WRITE 4714 fe:00:123 0 EOF\n\
                     garbage\n";
        assert_eq!(lock_holders(locks, 123), [4711, 4714]);
        assert_eq!(lock_holders(locks, 124), [-1]);
        assert_eq!(lock_holders("", 123), [] as [i32; 0]);
    }

    #[test]
    fn our_own_namespace_is_not_u0() {
        let own = namespace::own("user").expect("procfs");
        assert!(!is_u0(own.as_fd()));
        assert!(climb(own).is_none());
    }

    #[test]
    fn a_reused_number_is_noticed() {
        let pid = process::own_pid();
        let start_time = process::start_time(pid).expect("procfs");
        assert!(alive(ProcessStamp { pid, start_time }).is_some());
        let start_time = start_time + 1;
        assert!(alive(ProcessStamp { pid, start_time }).is_none());
    }
}
