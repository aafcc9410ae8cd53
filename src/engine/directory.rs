//! An image layout or a plain directory of an image in the making.
//!
//! A new directory is made beside its name and renamed. In one that is there already everything
//! is made in a folder of its own; blobs are moved first, and what names them (index.json,
//! manifest.json) replaces the old one last: readers see the old image or the new. An OCI layout
//! keeps the images it has, a plain directory's image is replaced; any other directory with
//! something in it is left alone. Commands that change the same directory take turns.

use std::collections::HashSet;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::engine::Error;
use crate::engine::archive::said;
use crate::engine::offer::REF_NAME;
use crate::engine::place::{BUFFER, Place, beside, writing};
use crate::sys::fs::{Lock, lock_within, try_lock};
use crate::types::strict::{self, MAX_SMALL};
use crate::types::transport::Form;

/// How long another command may change the same directory.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a plain directory's `version` begins with: containers-transports(5), "dir:".
const PLAIN: &[u8] = b"Directory Transport Version: ";

/// A directory in the making.
pub struct Directory {
    form: Form,
    /// Where it is made.
    path: PathBuf,
    /// Held as long as it is made: what nobody holds was left behind.
    _held: File,
    /// What it is going to be.
    place: PathBuf,
    /// The place was there before.
    there: bool,
}

impl Directory {
    /// Begins a directory; one that is there must be empty or of the same form.
    pub fn new(place: &Path, form: Form) -> Result<Self, Error> {
        let (path, there, _turn) = match std::fs::metadata(place) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => (beside(place), false, None),
            Err(error) => return Err(failed(place, &error)),
            Ok(_) => {
                let turn = turn(place)?;
                check(place, form)?;
                let name = format!(".{}.part", std::process::id());
                (place.join(name), true, Some(turn))
            }
        };
        let make = || {
            DirBuilder::new().mode(0o755).create(&path)?;
            File::open(&path)
        };
        let held = make().map_err(|error| failed(place, &error))?;
        try_lock(&held, Lock::Exclusive)?;
        Ok(Self {
            form,
            path,
            _held: held,
            place: place.to_owned(),
            there,
        })
    }

    /// Puts it in its place.
    pub fn commit(self) -> Result<(), Error> {
        if !self.there {
            match std::fs::rename(&self.path, &self.place) {
                Ok(()) => return Ok(()),
                // Another command has made it meanwhile.
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists
                    ) => {}
                Err(error) => return Err(failed(&self.place, &error)),
            }
        }
        let _turn = turn(&self.place)?;
        check(&self.place, self.form)?;
        let last = match self.form {
            Form::Oci => {
                self.join_index()?;
                "index.json"
            }
            _ => "manifest.json",
        };
        let mut moved = HashSet::new();
        self.move_from(Path::new(""), last, &mut moved)?;
        self.rename(Path::new(last))?;
        if self.form == Form::Directory {
            self.remove_others(&moved);
        }
        Ok(())
    }

    /// Moves everything below `folder` but the file that names the rest.
    fn move_from(
        &self,
        folder: &Path,
        last: &str,
        moved: &mut HashSet<PathBuf>,
    ) -> Result<(), Error> {
        let from = self.path.join(folder);
        let entries = std::fs::read_dir(&from).map_err(|error| failed(&from, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| failed(&from, &error))?;
            let name = folder.join(entry.file_name());
            if name == Path::new(last) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                let to = self.place.join(&name);
                std::fs::create_dir_all(&to).map_err(|error| failed(&to, &error))?;
                self.move_from(&name, last, moved)?;
            } else {
                self.rename(&name)?;
                moved.insert(name);
            }
        }
        Ok(())
    }

    fn rename(&self, name: &Path) -> Result<(), Error> {
        let to = self.place.join(name);
        std::fs::rename(self.path.join(name), &to).map_err(|error| failed(&to, &error))
    }

    /// Adds the images that the layout had to the index that was made.
    fn join_index(&self) -> Result<(), Error> {
        let Some(mut old) = read_index(&self.place)? else {
            return Ok(());
        };
        let new = read_index(&self.path)?.unwrap_or_default();
        let fresh = new["manifests"].as_array().cloned().unwrap_or_default();
        let Some(entries) = old["manifests"].as_array_mut() else {
            let shown = self.place.display();
            return Err(Error::new(format!(
                "{shown}: index.json has no list of manifests"
            )));
        };
        for entry in fresh {
            entries.retain(|known| !replaces(&entry, known));
            entries.push(entry);
        }
        let path = self.path.join("index.json");
        let bytes = serde_json::to_vec(&old).expect("it was read as JSON");
        std::fs::write(&path, bytes).map_err(|error| writing(&error))
    }

    /// Removes what the image that was here had, and nobody names now.
    fn remove_others(&self, moved: &HashSet<PathBuf>) {
        let entries = std::fs::read_dir(&self.place).into_iter().flatten();
        for entry in entries.flatten() {
            let name = entry.file_name();
            let text = name.to_string_lossy();
            let is_blob = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            let of_image = is_blob || text.starts_with("signature-");
            if of_image && !moved.contains(Path::new(&name)) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn create(&self, path: &str) -> Result<File, Error> {
        let path = self.path.join(path);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o644);
        options.open(&path).map_err(|error| failed(&path, &error))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // Renamed, it is no longer there.
        let _ = crate::sys::tree::remove_path(&self.path);
    }
}

impl Place for Directory {
    fn folder(&mut self, path: &str) -> Result<(), Error> {
        let path = self.path.join(path);
        std::fs::create_dir_all(&path).map_err(|error| failed(&path, &error))
    }

    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut file = self.create(path)?;
        file.write_all(bytes).map_err(|error| writing(&error))
    }

    fn part(
        &mut self,
        path: &str,
        _size: u64,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut file = BufWriter::with_capacity(BUFFER, self.create(path)?);
        write(&mut file)?;
        file.flush().map_err(|error| writing(&error))
    }
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::new(format!("{}: {}", path.display(), said(error)))
}

/// Waits until no other command changes the directory.
fn turn(place: &Path) -> Result<File, Error> {
    let directory = File::open(place).map_err(|error| failed(place, &error))?;
    if !lock_within(&directory, Lock::Exclusive, PATIENCE)? {
        let shown = place.display();
        return Err(Error::new(format!(
            "{shown} is being changed by another command"
        )));
    }
    Ok(directory)
}

/// Sees that nobody's data is in the way; clears away what killed commands have left.
fn check(place: &Path, form: Form) -> Result<(), Error> {
    let mut empty = true;
    let entries = std::fs::read_dir(place).map_err(|error| failed(place, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failed(place, &error))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let middle = name.strip_prefix('.').and_then(|n| n.strip_suffix(".part"));
        let unfinished = middle.is_some_and(|pid| pid.bytes().all(|byte| byte.is_ascii_digit()));
        if !unfinished {
            empty = false;
        } else if let Ok(left) = File::open(entry.path())
            && try_lock(&left, Lock::Exclusive)?
        {
            let _ = crate::sys::tree::remove_path(&entry.path());
        }
    }
    if empty || is_of(place, form) {
        return Ok(());
    }
    let kind = match form {
        Form::Oci => "an OCI layout",
        _ => "a directory of an image",
    };
    let shown = place.display();
    Err(Error::new(format!("{shown} exists and is not empty"))
        .hint(format!("what is in it may be important: it is not {kind}")))
}

fn is_of(place: &Path, form: Form) -> bool {
    match form {
        Form::Oci => place.join("oci-layout").is_file(),
        _ => std::fs::read(place.join("version")).is_ok_and(|text| text.starts_with(PLAIN)),
    }
}

fn read_index(place: &Path) -> Result<Option<Value>, Error> {
    let path = place.join("index.json");
    match std::fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(facts) if facts.len() > MAX_SMALL => {
            let shown = path.display();
            return Err(Error::new(format!(
                "{shown} is larger than {MAX_SMALL} bytes"
            )));
        }
        _ => {}
    }
    let bytes = std::fs::read(&path).map_err(|error| failed(&path, &error))?;
    let index = strict::parse(&bytes);
    let index = index.map_err(|why| Error::new(format!("{} {why}", path.display())))?;
    Ok(Some(index))
}

/// Whether a layout's new entry takes the place of an old one: the name is the same, or neither
/// has a name and the image is the same.
fn replaces(new: &Value, old: &Value) -> bool {
    let name = |entry: &Value| entry["annotations"][REF_NAME].as_str().map(str::to_owned);
    match (name(new), name(old)) {
        (None, None) => new["digest"] == old["digest"],
        (new, old) => new == old,
    }
}
