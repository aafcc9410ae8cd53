//! Secrets: one file each, closed to others, by the hash of its name. A line of JSON says what it
//! is; the value follows, unless a driver keeps it elsewhere.
//!
//! And the values a container was given: files beside its record, so that a secret that is
//! removed or replaced leaves the container as it is.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::error::passed;
use crate::store::file::{make_private, names_in, parse_json, read_small, to_json, write_private};
use crate::store::{Error, Object, Store};
use crate::types::{ContainerId, Digest, Timestamp};

/// Hex digits of an id.
const ID_LENGTH: usize = 25;

/// What is known of a secret, but not what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRecord {
    pub id: String,
    pub name: String,
    pub created: Timestamp,
    pub updated: Timestamp,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// `file` or `shell`.
    pub driver: String,
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}

impl Store {
    fn secrets_dir(&self) -> PathBuf {
        self.root.join("secrets")
    }

    /// A name may have characters that a file's may not: it is kept under its hash.
    fn secret_path(&self, name: &str) -> PathBuf {
        self.secrets_dir().join(Digest::of(name.as_bytes()).hex())
    }

    /// Returns an id that nothing has yet.
    pub fn new_secret_id() -> Result<String, Error> {
        let mut bytes = [0; 32];
        crate::sys::fs::random(&mut bytes)
            .map_err(|error| Error::sys("asking for randomness", Path::new("/"), error))?;
        let mut id = ContainerId::from_random(bytes).to_string();
        id.truncate(ID_LENGTH);
        Ok(id)
    }

    /// Keeps a new secret; `value` is `None` where a driver has it.
    pub fn add_secret(&self, record: &SecretRecord, value: Option<&[u8]>) -> Result<(), Error> {
        let path = self.secret_path(&record.name);
        self.make_secrets_dir()?;
        match self.create(&path, &content(record, value), true)? {
            true => Ok(()),
            false => Err(Error::SecretExists {
                name: record.name.clone(),
            }),
        }
    }

    /// Puts a secret in the place of the one of that name.
    pub fn replace_secret(&self, record: &SecretRecord, value: Option<&[u8]>) -> Result<(), Error> {
        self.make_secrets_dir()?;
        let path = self.secret_path(&record.name);
        self.replace_durably(&path, &content(record, value))
    }

    /// Stores that were made before there were secrets have no directory for them.
    fn make_secrets_dir(&self) -> Result<(), Error> {
        let path = self.secrets_dir();
        match make_private(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(Error::io("making", &path, error))
            }
            _ => Ok(()),
        }
    }

    /// Returns a secret by its exact name, and its value if that is kept here.
    pub fn named_secret(&self, name: &str) -> Result<Option<(SecretRecord, Vec<u8>)>, Error> {
        self.secret_at(&self.secret_path(name))
    }

    fn secret_at(&self, path: &Path) -> Result<Option<(SecretRecord, Vec<u8>)>, Error> {
        let Some(bytes) = read_small(path)? else {
            return Ok(None);
        };
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let end = end.ok_or_else(|| Error::damaged(path, "it does not say what it is"))?;
        let record: SecretRecord = parse_json(path, &bytes[..end])?;
        if self.secret_path(&record.name) != path {
            return Err(Error::damaged(path, "it is about another secret"));
        }
        Ok(Some((record, bytes[end + 1..].to_vec())))
    }

    /// Returns what is known of every secret, in the order they were made.
    pub fn secrets(&self) -> Result<Vec<SecretRecord>, Error> {
        let folder = self.secrets_dir();
        let mut found = Vec::new();
        for name in names_in(&folder)? {
            found.extend(
                self.secret_at(&folder.join(name))?
                    .map(|(record, _)| record),
            );
        }
        found.sort_by(|a, b| (a.created, &a.name).cmp(&(b.created, &b.name)));
        Ok(found)
    }

    /// Finds a secret by id, name or the beginning of an id, in this order.
    pub fn find_secret(&self, word: &str) -> Result<SecretRecord, Error> {
        let mut all = self.secrets()?;
        if let Some(at) = all.iter().position(|secret| secret.id == word) {
            return Ok(all.swap_remove(at));
        }
        if let Some(at) = all.iter().position(|secret| secret.name == word) {
            return Ok(all.swap_remove(at));
        }
        all.retain(|secret| !word.is_empty() && secret.id.starts_with(word));
        let (object, word) = (Object::Secret, word.to_owned());
        match all.len() {
            0 => Err(Error::Unknown { object, word }),
            1 => Ok(all.remove(0)),
            _ => Err(Error::Ambiguous {
                object,
                word,
                found: all.into_iter().map(|secret| secret.name).collect(),
            }),
        }
    }

    /// Removes a secret; not by way of the trash, where its value would stay for a while.
    pub fn remove_secret(&self, record: &SecretRecord) -> Result<(), Error> {
        let path = self.secret_path(&record.name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::Unknown {
                object: Object::Secret,
                word: record.name.clone(),
            }),
            Err(error) => Err(Error::io("removing", &path, error)),
            Ok(()) => passed("store.secret.removed", &path),
        }
    }

    /// Returns one of the values a container was given, by its place among them.
    pub fn granted_value(&self, id: &ContainerId, place: usize) -> Result<Vec<u8>, Error> {
        let path = granted_dir(&self.container_dir(id)).join(place.to_string());
        read_small(&path)?.ok_or_else(|| Error::damaged(&path, "it is missing"))
    }

    /// Keeps what a container is given, in its directory in the making.
    pub(crate) fn keep_granted(
        &self,
        container: &Path,
        values: &[Vec<u8>],
        durably: bool,
    ) -> Result<(), Error> {
        if values.is_empty() {
            return Ok(());
        }
        let folder = granted_dir(container);
        make_private(&folder).map_err(|error| Error::io("making", &folder, error))?;
        for (place, value) in values.iter().enumerate() {
            let path = folder.join(place.to_string());
            match durably {
                true => self.replace_durably(&path, value)?,
                false => write_private(&path, value)?,
            }
        }
        Ok(())
    }
}

fn granted_dir(container: &Path) -> PathBuf {
    container.join("secrets")
}

fn content(record: &SecretRecord, value: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = to_json(record);
    bytes.push(b'\n');
    bytes.extend_from_slice(value.unwrap_or_default());
    bytes
}
