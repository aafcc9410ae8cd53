//! Confined workers: our own program again, in U0, for bytes that strangers wrote (S-21).
//!
//! ```text
//! engine: spawn(base, "extract", [root, stream, report])
//!   → /proc/self/exe, argv = coracle:extract <passed> <parent pid> [ns];
//!     descriptors 3, 4, 5, [6 = U0, 7 = users]
//! worker: role::main → enter() → joins U0, dies with its parent → confine(root, keep)
//! ```
//!
//! After [`confine`] nothing of the host can be named: no mounts but the one directory, no /proc,
//! no network, no other process, no descriptors but those kept. What is left to a hijacked worker
//! is the processor, memory up to a limit, and the one directory it was made for.

use std::ffi::CString;
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

use crate::sys;
use crate::sys::confine as steps;
use crate::sys::namespace;
use crate::sys::process::{self, Ended, Pidfd, Resource};
use crate::sys::spawn::{Program, Spawn};
use crate::userns::base::Base;
use crate::userns::error::Error;
use crate::userns::ids::{Extent, map_text};

/// zstd's largest window and a few buffers; an archive that wants more is refused anyway.
const MAX_ADDRESS_SPACE: u64 = 4 << 30;

/// A worker holds one descriptor per level of a path at most.
const MAX_FILES: u64 = 1024;

const SIGKILL: i32 = 9;

/// A worker that has started; killed when dropped before it was waited for.
#[derive(Debug)]
pub struct Worker {
    role: String,
    pidfd: Pidfd,
    ended: bool,
}

impl Worker {
    /// Returns the process, to poll it beside other descriptors.
    pub fn pidfd(&self) -> BorrowedFd<'_> {
        self.pidfd.as_fd()
    }

    /// Waits for its end and says how; a worker that is late is killed.
    pub fn wait(mut self, timeout: Duration) -> Result<Ended, Error> {
        let ended = self
            .pidfd
            .wait(timeout)?
            .ok_or_else(|| Error::WorkerHangs {
                role: self.role.clone(),
                after: timeout,
            })?;
        self.ended = true;
        Ok(ended)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.pidfd.signal(SIGKILL);
            let _ = self.pidfd.wait(Duration::from_secs(5));
        }
    }
}

/// Starts this program again in a role. Safe from any thread, but the worker dies when the
/// *thread* that started it ends (PR_SET_PDEATHSIG(2const)): wait for it there.
///
/// The passed descriptors are 3, 4, 5, … in the worker. Without a base the worker makes a
/// namespace of one id for itself.
pub fn spawn(base: Option<&Base>, role: &str, passed: &[BorrowedFd<'_>]) -> Result<Worker, Error> {
    let spawn = order(base, role, passed, process::own_pid());
    let child = spawn.start(Program::Path(c"/proc/self/exe"))?;
    Ok(Worker {
        role: role.to_owned(),
        pidfd: child.pidfd,
        ended: false,
    })
}

/// Starts this program again in a role that survives us: own session, nobody's child. It keeps
/// the keeper of U0 until it ends, or until it confines itself.
pub fn detached(base: Option<&Base>, role: &str, passed: &[BorrowedFd<'_>]) -> Result<(), Error> {
    let spawn = Spawn {
        own_session: true,
        ..order(base, role, passed, 0)
    };
    Ok(spawn.start_orphan(Program::Path(c"/proc/self/exe"))?)
}

fn order<'a>(
    base: Option<&'a Base>,
    role: &str,
    passed: &[BorrowedFd<'a>],
    parent: i32,
) -> Spawn<'a> {
    let word = |text: String| CString::new(text).expect("our own words have no NUL");
    let mut argv = vec![
        word(format!("coracle:{role}")),
        word(passed.len().to_string()),
        word(parent.to_string()),
    ];
    let mut passed = passed.to_vec();
    if let Some(base) = base {
        argv.push(word("ns".to_owned()));
        passed.extend([base.ns.as_fd(), base.users.as_fd()]);
    }
    Spawn {
        argv,
        env: kept_environment(),
        passed,
        ..Spawn::default()
    }
}

/// Tests may set failpoints in workers; nothing else of the user's environment is their business.
fn kept_environment() -> Vec<CString> {
    if !cfg!(debug_assertions) {
        return Vec::new();
    }
    ["CORACLE_FAILPOINT", "CORACLE_FAILPOINT_TRACE"]
        .iter()
        .filter_map(|name| CString::new(format!("{name}={}", std::env::var(name).ok()?)).ok())
        .collect()
}

/// First thing in a worker: takes the passed descriptors, joins U0, and dies with the parent.
///
/// In U0 the worker is user and group 0 with all capabilities there.
pub fn enter() -> Result<Vec<OwnedFd>, Error> {
    let words: Vec<String> = std::env::args().skip(1).take(3).collect();
    let count = words.first().and_then(|word| word.parse::<u8>().ok());
    let parent = words.get(1).and_then(|word| word.parse::<i32>().ok());
    let (Some(count), Some(parent)) = (count, parent) else {
        return Err(Error::NotAWorker);
    };
    let joins = words.get(2).is_some_and(|word| word == "ns");
    let mut passed = sys::fd::inherited(3, usize::from(count) + if joins { 2 } else { 0 })
        .map_err(|_| Error::NotAWorker)?;
    if joins {
        // The shared lock stays for as long as this process does not close everything.
        std::mem::forget(passed.pop().expect("two more than `count` were taken"));
        let ns = passed.pop().expect("two more than `count` were taken");
        // Inside `unshare` we are there already: setns(2), EINVAL.
        if !namespace::same(&ns, namespace::own("user")?)? {
            namespace::join(ns.as_fd(), namespace::CLONE_NEWUSER)?;
        }
    } else {
        map_ourselves()?;
    }
    steps::become_root()?;
    // A change of ids takes our own /proc away from us (proc(5), /proc/PID); `confine` does so
    // for good.
    process::set_dumpable(true)?;
    if parent != 0 {
        process::die_with_parent(SIGKILL)?;
        if process::parent_pid() != parent {
            return Err(Error::NotAWorker); // it died before we asked
        }
    }
    Ok(passed)
}

/// Makes a namespace in which only we exist.
fn map_ourselves() -> Result<(), Error> {
    let (uid, gid) = process::effective_ids();
    let one = |outside| {
        map_text(&[Extent {
            inside: 0,
            outside,
            count: 1,
        }])
    };
    namespace::leave(namespace::CLONE_NEWUSER)?;
    let files = [
        ("setgroups", "deny".to_owned()),
        ("uid_map", one(uid)),
        ("gid_map", one(gid)),
    ];
    for (name, text) in files {
        let path = format!("/proc/self/{name}");
        std::fs::write(&path, text).map_err(|source| Error::file(path.as_ref(), source))?;
    }
    Ok(())
}

/// Locks this process into one directory, for good. Returns that directory.
///
/// `root` becomes `/`. Every descriptor but those in `keep` (and 0 to 2, which are /dev/null) is
/// closed; a kept one must not be a directory, since `..` from there leads to the host. The
/// process must have one thread. It keeps the capabilities that writing any owner, mode, xattr
/// and whiteout takes, and loses all others.
pub fn confine(root: OwnedFd, keep: &[BorrowedFd<'_>]) -> Result<OwnedFd, Error> {
    for fd in keep {
        let file = fd.try_clone_to_owned().map(File::from);
        if file
            .and_then(|file| file.metadata())
            .is_ok_and(|meta| meta.is_dir())
        {
            return Err(Error::Leads {
                descriptor: fd.as_raw_fd(),
            });
        }
    }
    if process::thread_count() != 1 {
        return Err(Error::Threads); // unshare(2) would leave the others where they are
    }
    let kinds = namespace::CLONE_NEWNS
        | namespace::CLONE_NEWNET
        | namespace::CLONE_NEWIPC
        | namespace::CLONE_NEWUTS;
    // The working directory is carried over into the new mount namespace, a descriptor is not.
    steps::enter_directory(root.as_fd())?;
    namespace::leave(kinds)?;
    steps::make_here_the_root()?;
    drop(root);
    lock_down(keep)?;
    File::open("/")
        .map(OwnedFd::from)
        .map_err(|source| Error::file("/".as_ref(), source))
}

/// Gives up everything but files below "/", for good: the caller has made that its own tree.
///
/// As [`confine`] for what is closed and lost; `keep` may hold directories of that tree.
pub fn lock_down(keep: &[BorrowedFd<'_>]) -> Result<(), Error> {
    let kept: Vec<RawFd> = keep.iter().map(AsRawFd::as_raw_fd).collect();
    sys::fd::close_all_but(&kept)?;
    process::limit(Resource::Core, 0)?;
    process::limit(Resource::AddressSpace, MAX_ADDRESS_SPACE)?;
    process::limit(Resource::Files, MAX_FILES)?;
    process::limit(Resource::LockedMemory, 0)?;
    process::limit(Resource::MessageQueues, 0)?;
    process::set_no_new_privs()?;
    process::set_dumpable(false)?;
    steps::keep_file_capabilities()?;
    Ok(sys::syscall_filter::confine_worker(process::own_pid())?)
}
