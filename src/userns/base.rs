//! `base`: the user's base namespace, found if there is one, else made; never two.
//!
//! Files in `<store>/u0/<machine id>/`, so that machines sharing a home do not meet:
//!
//! ```text
//! lock    held exclusively while U0 or its keeper is made
//! users   held shared by whoever uses U0, exclusively by a keeper that leaves
//! keeper  who holds U0; a hint that is verified before use (living.rs)
//! ```
//!
//! The order that keeps U0 single: (1) take `users` shared, which keeps a living keeper alive;
//! (2) only then look for it; (3) not found: under `lock`, look again, then through living
//! containers and other commands; (4) make one only with `users` held *exclusively*, which proves
//! that nobody else uses a U0 that we merely fail to see.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::sys::fs::{Lock, lock_within};
use crate::sys::{namespace, process};
use crate::userns::error::Error;
use crate::userns::ids::IdMap;
use crate::userns::living::{self, Found};
use crate::userns::machine;
use crate::userns::make;
use crate::userns::plan::{Plan, Situation, Writer};
use crate::userns::single::WhySingle;

/// Making U0 takes milliseconds, tools may take their own timeouts; then something is wrong.
const LOCK_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a U0 that is in use may stay unfound.
const LOST_TIMEOUT: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(5);

/// The user's base namespace, and the right to use it while this value (or a copy of `users`) lives.
#[derive(Debug)]
pub struct Base {
    /// U0.
    pub ns: OwnedFd,
    /// A shared lock; whoever inherits the descriptor keeps the keeper.
    pub users: OwnedFd,
    /// What containers may use of U0.
    pub ids: IdMap,
    /// Only one id could be mapped.
    pub single: bool,
    /// Why, for the one line on stderr.
    pub why_single: Option<WhySingle>,
}

impl Base {
    /// Returns what U0's user and group 0 are in our own namespace: the owner that files and
    /// directories handed to workers must have. Ourselves, unless we are uid 0.
    pub fn owner(&self) -> (u32, u32) {
        let outside = |found: Option<u32>| found.expect("every map of ours begins at id 0");
        (
            outside(self.ids.outside_uid(0)),
            outside(self.ids.outside_gid(0)),
        )
    }

    fn from_found(found: Found, users: File) -> Self {
        let single = found.is_single();
        Self {
            ns: found.ns,
            users: users.into(),
            ids: found.ids,
            single,
            why_single: single.then(why_single_now),
        }
    }
}

/// Why a namespace that was found has one id: for the reason there would be today, if there is one.
fn why_single_now() -> WhySingle {
    match Situation::look().and_then(|situation| situation.plan()) {
        Ok(Plan {
            writer: Writer::Single(why),
            ..
        }) => why,
        _ => WhySingle::StillInUse,
    }
}

impl AsFd for Base {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ns.as_fd()
    }
}

/// Finds or makes the base namespace of this store's user.
pub fn base(store_root: &Path) -> Result<Base, Error> {
    let folder = Folder::open(store_root)?;
    if let Some(users) = folder.share()?
        && let Some(found) = living::by_record(&folder)?
    {
        return Ok(Base::from_found(found, users));
    }
    let _lock = folder.lock()?;
    let until = Instant::now() + LOST_TIMEOUT;
    while Instant::now() < until {
        if let Some(base) = find_or_make(&folder, store_root)? {
            return Ok(base);
        }
        sleep(PAUSE);
    }
    Err(Error::Lost {
        folder: folder.path,
        after: LOST_TIMEOUT,
    })
}

/// The process that holds the base namespace, if one does.
pub fn keeper(store_root: &Path) -> Option<i32> {
    living::keeper(&Folder::open(store_root).ok()?)
}

/// The base namespace for a process that is in it already, as below `unshare`.
pub fn base_from_inside(store_root: &Path) -> Result<Base, Error> {
    let folder = Folder::open(store_root)?;
    let users = folder.share()?.ok_or_else(|| Error::Busy {
        lock: folder.users_path(),
        after: Duration::ZERO,
    })?;
    let found = Found {
        ns: namespace::own("user")?,
        ids: living::ids_of(process::own_pid())?,
    };
    Ok(Base::from_found(found, users))
}

/// One attempt under the lock; `None` when a keeper is just leaving, or U0 is in use but unseen.
fn find_or_make(folder: &Folder, store_root: &Path) -> Result<Option<Base>, Error> {
    let Some(users) = folder.share()? else {
        return Ok(None);
    };
    if let Some(found) = living::by_record(folder)? {
        return Ok(Some(Base::from_found(found, users)));
    }
    if let Some(ns) = living::by_container(store_root) {
        return Ok(Some(Base::from_found(make::keep(folder, ns)?, users)));
    }
    drop(users);
    // The usual case of a first command. Looking for who holds the lock comes after it: reading
    // /proc/locks alone takes longer than making a namespace.
    if let Some(users) = folder.claim()? {
        return make::make(folder, users).map(Some);
    }
    let Some(users) = folder.share()? else {
        return Ok(None);
    };
    match living::by_lock_holder(&folder.users_path()) {
        Some(ns) => Ok(Some(Base::from_found(make::keep(folder, ns)?, users))),
        None => Ok(None),
    }
}

/// `<store>/u0/<machine id>`.
#[derive(Debug)]
pub(crate) struct Folder {
    pub path: PathBuf,
    pub machine_id: String,
}

impl Folder {
    fn open(store_root: &Path) -> Result<Self, Error> {
        let machine_id = machine::machine_id();
        let path = store_root.join("u0").join(&machine_id);
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
            .map_err(|source| Error::file(&path, source))?;
        Ok(Self { path, machine_id })
    }

    pub(crate) fn record_path(&self) -> PathBuf {
        self.path.join("keeper")
    }

    fn users_path(&self) -> PathBuf {
        self.path.join("users")
    }

    /// Opens the lock file of users anew: flock(2) locks belong to the open file description.
    pub(crate) fn open_users(&self) -> Result<File, Error> {
        open_private(&self.users_path())
    }

    /// Takes the shared lock; `None` when a keeper is leaving or a U0 is being made.
    fn share(&self) -> Result<Option<File>, Error> {
        let users = self.open_users()?;
        let result = users.try_lock_shared();
        granted(users, result, &self.users_path())
    }

    /// Takes the lock alone, for a moment; `None` when somebody uses U0.
    fn claim(&self) -> Result<Option<File>, Error> {
        let users = self.open_users()?;
        let result = users.try_lock();
        granted(users, result, &self.users_path())
    }

    /// Waits for the lock under which U0 is made.
    fn lock(&self) -> Result<File, Error> {
        let path = self.path.join("lock");
        let lock = open_private(&path)?;
        match lock_within(&lock, Lock::Exclusive, LOCK_TIMEOUT)? {
            true => Ok(lock),
            false => Err(Error::Busy {
                lock: path,
                after: LOCK_TIMEOUT,
            }),
        }
    }
}

fn granted(
    file: File,
    result: Result<(), TryLockError>,
    path: &Path,
) -> Result<Option<File>, Error> {
    match result {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(Error::file(path, source)),
    }
}

/// Opens or makes a file of ours.
pub(crate) fn open_private(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map_err(|source| Error::file(path, source))
}
