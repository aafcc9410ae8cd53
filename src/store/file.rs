//! Small files: written beside, then renamed into place; read whole, within a bound.

use std::fs;
use std::io;
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::store::claim::is_still_at;
use crate::store::error::passed;
use crate::store::{Error, Store, random_name};
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::open_plain;

/// The largest small file there is: manifests and configs have this limit too (S-27).
pub const MAX_SMALL_FILE: u64 = 4 << 20;

impl Store {
    /// Replaces a file at once; a reader sees the old content or the new.
    pub(crate) fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let beside = self.write_beside(path, bytes, false)?;
        beside.rename(path)
    }

    /// Replaces a file and waits until it is on the disk; for what is the user's own.
    pub(crate) fn replace_durably(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let beside = self.write_beside(path, bytes, true)?;
        beside.rename(path)?;
        sync_parent(path)
    }

    /// Makes a file that must not exist; `Ok(false)` when it does. The content is whole at once.
    pub(crate) fn create(&self, path: &Path, bytes: &[u8], durably: bool) -> Result<bool, Error> {
        let beside = self.write_beside(path, bytes, durably)?;
        match fs::hard_link(&beside.path, path) {
            Ok(()) if durably => sync_parent(path).map(|()| true),
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(Error::io("making", path, error)),
        }
    }

    /// Replaces a program of ours at once; it may be executed, and not be written to.
    pub(crate) fn replace_program(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let beside = self.write_beside(path, bytes, false)?;
        fs::set_permissions(&beside.path, fs::Permissions::from_mode(0o500))
            .map_err(|error| Error::io("writing", path, error))?;
        // No descriptor that may write it can be open when it is executed (execve(2), ETXTBSY).
        beside.close_and_rename(path)
    }

    fn write_beside(&self, path: &Path, bytes: &[u8], durably: bool) -> Result<Beside, Error> {
        let mut beside = self.begin_beside(path)?;
        let written = beside.file.write_all(bytes).and_then(|()| match durably {
            true => beside.file.sync_all(),
            false => Ok(()),
        });
        written.map_err(|error| Error::io("writing", path, error))?;
        let mode = self.file_mode(path);
        if mode != 0o600 {
            let opened = beside
                .file
                .set_permissions(fs::Permissions::from_mode(mode));
            opened.map_err(|error| Error::io("writing", path, error))?;
        }
        passed("store.file.written", path)?;
        Ok(beside)
    }

    /// Makes a locked, empty file in tmp/ that will become `path`.
    pub(crate) fn begin_beside(&self, path: &Path) -> Result<Beside, Error> {
        let failed = |error| Error::io("writing", path, error);
        loop {
            let place = self.tmp().join(format!("file-{}", random_name()?));
            let file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&place)
                .map_err(failed)?;
            let locked = sys::fs::try_lock(&file, Lock::Exclusive)
                .map_err(|error| Error::sys("locking", &place, error))?;
            // A collector that came between takes the file away: then once more.
            if locked && is_still_at(&file, &place) {
                return Ok(Beside { path: place, file });
            }
        }
    }
}

/// A small file in the making: locked, so that nobody takes it for a dead command's.
pub(crate) struct Beside {
    pub(crate) path: PathBuf,
    pub(crate) file: fs::File,
}

impl Beside {
    pub(crate) fn rename(self, to: &Path) -> Result<(), Error> {
        fs::rename(&self.path, to).map_err(|error| Error::io("writing", to, error))
    }

    fn close_and_rename(self, to: &Path) -> Result<(), Error> {
        // Unlocked for an instant: whoever takes it away makes the rename fail, no more.
        let reader = fs::File::open(&self.path);
        let mut this = self;
        this.file = reader.map_err(|error| Error::io("writing", to, error))?;
        this.rename(to)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Renamed, it is not there any more; linked, its other name stays.
        let _ = fs::remove_file(&self.path);
    }
}

/// Writes a file of our own in a directory of our own, closed to others whatever the umask (S-110).
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|error| Error::io("writing", path, error))
}

/// Makes a directory that only we use.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(path)
}

/// Makes a directory that a container will see, as `/` or a volume: the caller's umask is not the
/// container's.
pub fn make_shown(path: &Path) -> Result<(), Error> {
    make_private(path)
        .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(0o755)))
        .map_err(|error| Error::io("making", path, error))
}

/// Waits until a directory's entry for `path` is on the disk.
pub(crate) fn sync_parent(path: &Path) -> Result<(), Error> {
    let parent = path.parent().unwrap_or(path);
    fs::File::open(parent)
        .and_then(|dir| dir.sync_all())
        .map_err(|error| Error::io("syncing", parent, error))
}

/// Reads a small file; `None` when there is none. What is no regular file is damage.
pub fn read_small(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let file = match open_plain(path) {
        Ok(file) => file,
        // A parent that is a file counts as absent too: the name came from a user's word.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(None);
        }
        Err(error) if is_no_file(&error) => {
            return Err(Error::damaged(path, "it is not a regular file"));
        }
        Err(error) => return Err(Error::io("opening", path, error)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_SMALL_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::io("reading", path, error))?;
    if bytes.len() as u64 > MAX_SMALL_FILE {
        let reason = format!("larger than {MAX_SMALL_FILE} bytes");
        return Err(Error::damaged(path, reason));
    }
    Ok(Some(bytes))
}

/// Whether [`open_plain`] has met a link, a directory, a FIFO or the like.
fn is_no_file(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error(),
        Some(sys::fs::ELOOP | sys::fs::EINVAL | sys::fs::ENXIO)
    )
}

/// Reads a JSON file of ours; `None` when there is none.
pub fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    let Some(bytes) = read_small(path)? else {
        return Ok(None);
    };
    parse_json(path, &bytes).map(Some)
}

pub fn parse_json<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::damaged(path, error.to_string()))
}

/// Writes a value of ours as JSON.
pub fn to_json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("our records have string keys and no failing Serialize")
}

/// Returns the names in a directory as text; names that are no text are not ours.
pub fn names_in(dir: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(names),
        Err(error) => return Err(Error::io("reading", dir, error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| Error::io("reading", dir, error))?;
        if let Ok(name) = entry.file_name().into_string() {
            names.push(name);
        }
    }
    Ok(names)
}
