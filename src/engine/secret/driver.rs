//! Who keeps the values of secrets: podman-secret-create(1), "Secret drivers".

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::config::helper;
use crate::engine::{Error, Kind};
use crate::types::secret::LIMIT;

/// The default driver.
pub const FILE: &str = "file";
/// Its option: a directory of the user's instead of the store.
pub const PATH: &str = "path";

/// The commands of the driver `shell`.
const COMMANDS: [&str; 4] = ["delete", "list", "lookup", "store"];

pub enum Driver {
    /// The store itself.
    Store,
    /// A file in a directory of the user's.
    Directory(PathBuf),
    Shell(BTreeMap<String, String>),
}

impl Driver {
    pub fn of(name: &str, options: &BTreeMap<String, String>) -> Result<Self, Error> {
        match name {
            FILE => of_file(options),
            "shell" => of_shell(options),
            "pass" => Err(Error::new("the secret driver pass is not supported")
                .hint("--driver shell can call pass, too")),
            _ => Err(Error::new(format!(
                "{}: invalid driver",
                crate::types::escape::visible(name)
            ))),
        }
    }

    pub fn is_store(&self) -> bool {
        matches!(self, Self::Store)
    }

    pub fn store(&self, id: &str, value: &[u8]) -> Result<(), Error> {
        match self {
            Self::Store => Ok(()),
            Self::Directory(path) => write(path, id, value),
            Self::Shell(commands) => match run(commands, "store", id, value)? {
                (true, _) => Ok(()),
                (false, _) => Err(Error::new("creating secret: the store command failed")),
            },
        }
    }

    pub fn look_up(&self, id: &str) -> Result<Vec<u8>, Error> {
        let missing = || Error::of(Kind::NoSuchObject, format!("{id}: no such secret"));
        match self {
            Self::Store => Err(missing()),
            Self::Directory(path) => {
                let path = path.join(id);
                match crate::sys::open::read_plain(&path, LIMIT as u64) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Err(missing()),
                    other => other.map_err(|error| Error::file("reading", &path, error)),
                }
            }
            Self::Shell(commands) => match run(commands, "lookup", id, b"")? {
                (true, value) if value.len() < LIMIT => Ok(value),
                (true, _) => Err(Error::new(
                    "the lookup command writes more than a secret is",
                )),
                (false, _) => Err(missing()),
            },
        }
    }

    pub fn delete(&self, id: &str) -> Result<(), Error> {
        match self {
            Self::Store => Ok(()),
            Self::Directory(path) => {
                let path = path.join(id);
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        Err(Error::file("removing", &path, error))
                    }
                    _ => Ok(()),
                }
            }
            Self::Shell(commands) => match run(commands, "delete", id, b"")? {
                (true, _) => Ok(()),
                (false, _) => Err(Error::of(
                    Kind::NoSuchObject,
                    format!("{id}: no such secret"),
                )),
            },
        }
    }
}

fn of_file(options: &BTreeMap<String, String>) -> Result<Driver, Error> {
    if let Some(word) = options.keys().find(|key| *key != PATH) {
        return Err(unknown(FILE, word));
    }
    match options.get(PATH) {
        None => Ok(Driver::Store),
        Some(path) if path.starts_with('/') => Ok(Driver::Directory(path.into())),
        Some(path) => Err(Error::new(format!(
            "--driver-opts path={}: not an absolute path",
            crate::types::escape::visible(path)
        ))),
    }
}

fn of_shell(options: &BTreeMap<String, String>) -> Result<Driver, Error> {
    let is_known = |key: &str| COMMANDS.contains(&key);
    if let Some(word) = options.keys().find(|key| !is_known(key)) {
        return Err(unknown("shell", word));
    }
    let said = |key: &&str| options.get(*key).is_some_and(|text| !text.is_empty());
    if let Some(key) = COMMANDS.iter().find(|key| !said(key)) {
        return Err(Error::new("missing config value").hint(format!(
            "the driver shell needs --driver-opts {key}=COMMAND, or {key} in the table \
             [secrets.opts] of containers.conf"
        )));
    }
    Ok(Driver::Shell(options.clone()))
}

fn unknown(driver: &str, word: &str) -> Error {
    let word = crate::types::escape::quoted(word);
    Error::new(format!("invalid {driver} driver option: {word}"))
}

/// Runs one of the user's commands; the value goes through its streams, never its arguments.
fn run(
    commands: &BTreeMap<String, String>,
    which: &str,
    id: &str,
    input: &[u8],
) -> Result<(bool, Vec<u8>), Error> {
    let line = commands.get(which).map_or("", String::as_str);
    let shell = Path::new("/bin/sh");
    let variable = Some(("SECRET_ID", id));
    helper::run(shell, &["-c", line], variable, input, LIMIT as u64)
        .map_err(|error| Error::new(format!("the {which} command of the secret driver: {error}")))
}

fn write(folder: &Path, id: &str, value: &[u8]) -> Result<(), Error> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| Error::file("making", folder, error))?;
    let path = folder.join(id);
    let file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path);
    file.and_then(|mut file| {
        file.write_all(value)?;
        file.sync_all()
    })
    .map_err(|error| Error::file("writing", &path, error))
}
