//! Containers: a directory per container, a file per name, and locks beside the objects.
//!
//! The status is never written down, it follows from facts: `monitor.lock` is held while the
//! container runs, `run.json` says which boot the last start belongs to, `exit` how it ended.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::claim::is_still_at;
use crate::store::error::passed;
use crate::store::file::{
    make_private, make_shown, names_in, parse_json, read_json, read_small, to_json, write_private,
};
use crate::store::{Error, Object, Store};
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::open_to_lock;
use crate::types::container::ExecRecord;
use crate::types::health::HealthState;
use crate::types::{ContainerId, ContainerName, ContainerRecord, ExitRecord, RunRecord};

/// How long a short change by another command is waited for.
pub const MAX_LOCK_WAIT: Duration = Duration::from_secs(60);
/// The exit record in the making; guest/monitor/exit.rs.
const STAGED_EXIT: &str = ".exit.new";
const RECORD: &str = "container.json";
/// Marks a container whose record was not waited for: a power cut may have torn it.
const UNSYNCED: &str = "unsynced";
const PAUSE: Duration = Duration::from_millis(5);

/// One container as the list finds it; its record is parsed when asked for.
#[derive(Debug, Clone)]
pub struct ContainerEntry {
    pub id: ContainerId,
    /// containers/<id>
    pub directory: PathBuf,
    /// `None` when it could not be read.
    raw: Option<Vec<u8>>,
}

impl ContainerEntry {
    pub fn record(&self) -> Result<ContainerRecord, Error> {
        let path = self.directory.join(RECORD);
        let record = match &self.raw {
            Some(raw) => parse_json(&path, raw)?,
            // The reason, as it is now.
            None => read_json(&path)?.ok_or_else(|| missing(&path))?,
        };
        in_place(&path, &self.id, record)
    }
}

/// Refuses the record of one container in the place of another's.
fn in_place(
    path: &Path,
    id: &ContainerId,
    record: ContainerRecord,
) -> Result<ContainerRecord, Error> {
    if record.id == *id {
        return Ok(record);
    }
    let reason = format!("it is about container {}", record.id);
    Err(Error::damaged(path, reason))
}

fn missing(record: &Path) -> Error {
    Error::damaged(record, "it is missing")
}

/// The right to change one container; given back when dropped.
#[derive(Debug)]
pub struct ContainerLock {
    _file: fs::File,
}

/// A container in place, and its maker's lock on its directory.
///
/// While the lock is held, others see that the maker is not done with it yet.
#[derive(Debug)]
pub struct NewContainer {
    pub directory: PathBuf,
    _lock: fs::File,
}

impl Store {
    pub fn container_dir(&self, id: &ContainerId) -> PathBuf {
        self.root.join("containers").join(id.as_str())
    }

    /// Makes a container's directory with its record and empty `upper/` and `work/`.
    ///
    /// The order: a locked directory in tmp/, the name, the rename. A name whose container is
    /// neither in place nor in the making belongs to a command that died.
    ///
    /// `values` are those of its secrets, in their order.
    pub fn create_container(
        &self,
        record: &ContainerRecord,
        values: &[Vec<u8>],
    ) -> Result<NewContainer, Error> {
        let staged = self.stage_as(&format!("container-{}", record.id))?;

        make_shown(&staged.path().join("upper"))?;
        let work = staged.path().join("work");
        make_private(&work).map_err(|error| Error::io("making", &work, error))?;
        for file in ["lock", "monitor.lock"] {
            write_private(&staged.path().join(file), b"")?;
        }
        // What `--rm` throws away need not survive a power cut.
        let kept = !record.request.remove;
        self.keep_granted(staged.path(), values, kept)?;
        let path = staged.path().join(RECORD);
        if kept {
            self.replace_durably(&path, &to_json(record))?;
        } else {
            for (file, bytes) in [(UNSYNCED, Vec::new()), (RECORD, to_json(record))] {
                write_private(&staged.path().join(file), &bytes)?;
            }
        }
        passed("store.container.staged", &path)?;
        self.reserve_name(&record.name, &record.id, kept)?;
        let place = self.container_dir(&record.id);
        let lock = staged.lock()?;
        let moved = passed("store.container.named", &place).and_then(|()| staged.move_to(&place));
        match moved {
            Ok(true) => Ok(NewContainer {
                directory: place,
                _lock: lock,
            }),
            other => {
                self.release_name(&record.name, &record.id)?;
                other?;
                Err(Error::Busy {
                    what: record.id.to_string(),
                    waited: Duration::ZERO,
                })
            }
        }
    }

    /// Returns every container, in no order: one small file read each. One whose record is
    /// damaged is among them, and says so when it is asked for it.
    pub fn containers(&self) -> Result<Vec<ContainerEntry>, Error> {
        let mut found = Vec::new();
        for id in self.container_ids()? {
            let directory = self.container_dir(&id);
            let raw = match self.raw_record(&id) {
                Ok(Some(raw)) => Some(raw),
                // Removed since the folder was read: not a container any more.
                Ok(None) if !directory.exists() => continue,
                Ok(None) | Err(Error::Damaged { .. }) => None,
                Err(error) => return Err(error),
            };
            found.push(ContainerEntry { id, directory, raw });
        }
        Ok(found)
    }

    /// Reads a record's bytes; `None` when there is no container. One of `--rm` whose record a
    /// power cut has torn went with its container, and is thrown away.
    fn raw_record(&self, id: &ContainerId) -> Result<Option<Vec<u8>>, Error> {
        let directory = self.container_dir(id);
        let raw = read_small(&directory.join(RECORD))?;
        let torn = raw.as_ref().is_some_and(|raw| raw.last() != Some(&b'}'));
        if torn && directory.join(UNSYNCED).exists() && !self.monitor_alive(id) {
            self.discard(&directory)?;
            return Ok(None);
        }
        Ok(raw)
    }

    fn container_ids(&self) -> Result<Vec<ContainerId>, Error> {
        let names = names_in(&self.root.join("containers"))?;
        Ok(names
            .into_iter()
            .filter_map(|name| ContainerId::try_from(name).ok())
            .collect())
    }

    /// Finds a container by full id, name or unambiguous prefix of its id, in this order.
    ///
    /// A name may have the slash in front that Docker shows it with.
    pub fn find_container(&self, word: &str) -> Result<ContainerId, Error> {
        let word = word.strip_prefix('/').unwrap_or(word);
        if let Ok(id) = ContainerId::try_from(word.to_owned())
            && self.container_dir(&id).exists()
        {
            return Ok(id);
        }
        if ContainerName::parse(word).is_ok()
            && let Some(id) = self.name_holder(word)?
            && self.bears(&id, word)
            && self.container_dir(&id).exists()
        {
            return Ok(id);
        }
        let mut fitting = self.container_ids()?;
        fitting.retain(|id| !word.is_empty() && id.as_str().starts_with(word));
        // The file of its name may be damaged: the record has the name, too.
        if (fitting.is_empty() || self.is_name_damaged(word))
            && let Some(id) = self.bearer_of(word)?
        {
            return Ok(id);
        }
        match fitting.len() {
            0 => Err(Error::Unknown {
                object: Object::Container,
                word: word.to_owned(),
            }),
            1 => Ok(fitting.remove(0)),
            _ => Err(Error::Ambiguous {
                object: Object::Container,
                word: word.to_owned(),
                found: fitting.iter().map(|id| id.short().to_owned()).collect(),
            }),
        }
    }

    /// Finds a container by the name in its record.
    fn bearer_of(&self, word: &str) -> Result<Option<ContainerId>, Error> {
        let named = |entry: &ContainerEntry| entry.record().is_ok_and(|r| r.name.as_str() == word);
        Ok(self
            .containers()?
            .into_iter()
            .find(named)
            .map(|entry| entry.id))
    }

    /// Returns the names of all containers; to offer the nearest one for a mistyped word.
    pub fn container_names(&self) -> Result<Vec<String>, Error> {
        names_in(&self.root.join("containers/names"))
    }

    /// Returns what was fixed when the container was made.
    pub fn container(&self, id: &ContainerId) -> Result<ContainerRecord, Error> {
        let directory = self.container_dir(id);
        let path = directory.join(RECORD);
        match self.raw_record(id)? {
            Some(raw) => in_place(&path, id, parse_json(&path, &raw)?),
            None if directory.exists() => Err(missing(&path)),
            None => Err(Error::Unknown {
                object: Object::Container,
                word: id.to_string(),
            }),
        }
    }

    /// Returns the current or last start; `None` before the first.
    pub fn run(&self, id: &ContainerId) -> Result<Option<RunRecord>, Error> {
        match read_json(&self.container_dir(id).join("run.json")) {
            // Torn by a power cut: the run it told of is over.
            Err(Error::Damaged { .. }) => Ok(None),
            found => found,
        }
    }

    pub fn write_run(&self, id: &ContainerId, run: &RunRecord) -> Result<(), Error> {
        self.replace(&self.container_dir(id).join("run.json"), &to_json(run))
    }

    /// Returns how the last run ended.
    pub fn exit(&self, id: &ContainerId) -> Result<Option<ExitRecord>, Error> {
        let bytes = match read_small(&self.container_dir(id).join("exit")) {
            Err(Error::Damaged { .. }) => None,
            found => found?,
        };
        Ok(bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| ExitRecord::parse(&text)))
    }

    fn exec_dir(&self, id: &ContainerId) -> PathBuf {
        self.container_dir(id).join("exec")
    }

    /// Notes a process that somebody started in a running container.
    pub fn write_exec(&self, id: &ContainerId, record: &ExecRecord) -> Result<(), Error> {
        let directory = self.exec_dir(id);
        match make_private(&directory) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(Error::io("making", &directory, error));
            }
            _ => {}
        }
        self.replace(&directory.join(&record.id), &to_json(record))
    }

    pub fn forget_exec(&self, id: &ContainerId, session: &str) {
        // What stays is found stale by whoever looks next.
        let _ = fs::remove_file(self.exec_dir(id).join(session));
    }

    /// Returns what was noted; whether the processes live is for the caller to find out.
    pub fn execs(&self, id: &ContainerId) -> Result<Vec<ExecRecord>, Error> {
        let directory = self.exec_dir(id);
        let mut found = Vec::new();
        for name in names_in(&directory)? {
            // One that is torn or went away is none.
            if let Ok(Some(record)) = read_json(&directory.join(name)) {
                found.push(record);
            }
        }
        Ok(found)
    }

    /// Returns what health checks found; `None` before the first start.
    pub fn health(&self, path: &Path) -> Result<Option<HealthState>, Error> {
        match read_json(path) {
            // Torn by a power cut: the run it told of is over.
            Err(Error::Damaged { .. }) => Ok(None),
            found => found,
        }
    }

    /// Writes it, in the store or where the user wants it.
    pub fn write_health(&self, path: &Path, state: &HealthState) -> Result<(), Error> {
        if path.starts_with(&self.root) {
            return self.replace(path, &to_json(state));
        }
        // Perhaps another file system: renamed within the user's directory.
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        fs::write(&beside, to_json(state))
            .and_then(|()| fs::rename(&beside, path))
            .map_err(|error| Error::io("writing", path, error))
    }

    /// Changes what was fixed when the container was made.
    pub fn change_container(
        &self,
        _lock: &ContainerLock,
        record: &ContainerRecord,
    ) -> Result<(), Error> {
        let path = self.container_dir(&record.id).join("container.json");
        self.replace_durably(&path, &to_json(record))
    }

    /// Keeps a document beside the container's record, such as its runtime spec.
    pub fn write_beside_record(
        &self,
        id: &ContainerId,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Error> {
        self.replace(&self.container_dir(id).join(name), bytes)
    }

    pub fn write_exit(&self, id: &ContainerId, exit: &ExitRecord) -> Result<(), Error> {
        self.replace(
            &self.container_dir(id).join("exit"),
            exit.to_line().as_bytes(),
        )
    }

    /// Forgets how the last run ended; before the next one begins.
    pub fn clear_exit(&self, id: &ContainerId) -> Result<(), Error> {
        for file in ["exit", STAGED_EXIT] {
            let path = self.container_dir(id).join(file);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::io("removing", &path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the monitor of the last start has come to supervise: the command that started it
    /// did not die before it gave the word. The monitor makes the exit record's file first.
    pub fn is_supervised(&self, id: &ContainerId) -> bool {
        let directory = self.container_dir(id);
        ["exit", STAGED_EXIT]
            .iter()
            .any(|file| directory.join(file).exists())
    }

    /// Locks a container for a short change; waits for another command's.
    pub fn lock_container(&self, id: &ContainerId) -> Result<ContainerLock, Error> {
        let begin = Instant::now();
        loop {
            if let Some(lock) = self.try_lock_container(id)? {
                return Ok(lock);
            }
            if begin.elapsed() > MAX_LOCK_WAIT {
                return Err(Error::Busy {
                    what: format!("container {id}"),
                    waited: begin.elapsed(),
                });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Locks a container unless another command is changing it.
    pub fn try_lock_container(&self, id: &ContainerId) -> Result<Option<ContainerLock>, Error> {
        let path = self.container_dir(id).join("lock");
        let file = open_lock(&path, id)?;
        let locked = sys::fs::try_lock(&file, Lock::Exclusive)
            .map_err(|error| Error::sys("locking", &path, error))?;
        Ok((locked && is_still_at(&file, &path)).then_some(ContainerLock { _file: file }))
    }

    /// Whether the command that made the container is still busy with it.
    pub fn is_in_the_making(&self, id: &ContainerId) -> bool {
        let Ok(directory) = sys::fs::open_directory(&self.container_dir(id)) else {
            return false;
        };
        // Shared, so that two who look do not take each other for the maker.
        matches!(sys::fs::try_lock(&directory, Lock::Shared), Ok(false))
    }

    /// Takes the lock that says "runs"; for the monitor to hold all its life (the descriptor
    /// is inherited). `None` when another monitor has it.
    ///
    /// [`Store::monitor_alive`] takes the lock shared for an instant, so a first refusal
    /// is no proof.
    pub fn lock_monitor(&self, id: &ContainerId) -> Result<Option<OwnedFd>, Error> {
        let path = self.container_dir(id).join("monitor.lock");
        let file = open_lock(&path, id)?;
        for _ in 0..100 {
            let locked = sys::fs::try_lock(&file, Lock::Exclusive)
                .map_err(|error| Error::sys("locking", &path, error))?;
            if locked {
                return Ok(Some(file.into()));
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(None)
    }

    /// Whether a monitor holds the container's `monitor.lock`.
    pub fn monitor_alive(&self, id: &ContainerId) -> bool {
        let path = self.container_dir(id).join("monitor.lock");
        let Ok(file) = open_to_lock(&path) else {
            return false;
        };
        // Shared, so that two who look do not take each other for a monitor.
        matches!(sys::fs::try_lock(&file, Lock::Shared), Ok(false))
    }

    /// Takes the container out of the store; its files go to the trash.
    ///
    /// The caller holds its lock and has seen that it does not run. The directory goes first:
    /// a name without a container is free, a container without a name would be a stray.
    pub fn remove_container(&self, id: &ContainerId, name: &ContainerName) -> Result<(), Error> {
        let place = self.container_dir(id);
        passed("store.container.leaving", &place)?;
        self.discard(&place)?;
        passed("store.container.removed", &place)?;
        self.release_name(name, id)
    }

    /// As [`Store::remove_container`], for one whose record cannot be read: every name that leads
    /// to it goes with it.
    pub fn remove_damaged_container(&self, id: &ContainerId) -> Result<(), Error> {
        self.discard(&self.container_dir(id))?;
        for name in self.container_names()? {
            if matches!(self.name_holder(&name), Ok(Some(holder)) if holder == *id) {
                self.discard(&self.container_name_path(&name))?;
            }
        }
        Ok(())
    }

    /// Returns the names of the volumes that containers refer to.
    pub fn volumes_in_use(&self) -> Result<HashSet<String>, Error> {
        use crate::types::request::MountSource;
        let mut used = HashSet::new();
        for entry in self.containers()? {
            let record = entry.record()?;
            used.extend(record.mounts.into_iter().filter_map(|m| match m.source {
                MountSource::Volume(name) => Some(name),
                _ => None,
            }));
            used.extend(record.anonymous_volumes);
        }
        Ok(used)
    }
}

fn open_lock(path: &Path, id: &ContainerId) -> Result<fs::File, Error> {
    let opened = fs::OpenOptions::new().read(true).write(true).open(path);
    opened.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::Unknown {
            object: Object::Container,
            word: id.to_string(),
        },
        _ => Error::io("opening", path, error),
    })
}
