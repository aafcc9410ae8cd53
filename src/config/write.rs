//! Writing one of the user's files: whole, beside its name, then renamed.

use std::fs::{self, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::config::error::Error;

/// Puts `text` where `path` is, with these permissions whatever the umask says.
///
/// Who keeps the file elsewhere and put a link here wants the link to stay: what it leads to is
/// replaced. The folder is made (as the umask says) where there is none.
#[allow(
    clippy::disallowed_methods,
    reason = "the user's own link, to write beside what it leads to"
)]
pub fn replace(path: &Path, text: &[u8], mode: u32) -> Result<(), Error> {
    let failed = |source| Error::Write {
        path: path.to_owned(),
        source,
    };
    let place = match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_symlink() => fs::canonicalize(path).map_err(failed)?,
        _ => path.to_owned(),
    };
    let mut beside = place.clone().into_os_string();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = (|| {
        if let Some(folder) = place.parent().filter(|dir| !dir.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        // What a dead command left.
        let _ = fs::remove_file(&beside);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(&beside)?;
        file.set_permissions(Permissions::from_mode(mode))?;
        file.write_all(text)?;
        file.sync_all()?;
        fs::rename(&beside, &place)
    })();
    written.map_err(|source| {
        let _ = fs::remove_file(&beside);
        failed(source)
    })
}

/// A document as JSON for people; `path` is where it is going, for the error.
pub fn json(path: &Path, document: &impl Serialize, indent: &[u8]) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    let indented = serde_json::ser::PrettyFormatter::with_indent(indent);
    let mut writer = serde_json::Serializer::with_formatter(&mut text, indented);
    document
        .serialize(&mut writer)
        .map_err(|error| Error::content(path, error.to_string()))?;
    Ok(text)
}

/// An object in a document, made where there is none.
pub fn object<'a>(document: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let entry = document
        .entry(key)
        .or_insert_with(|| Value::Object(Map::new()));
    if !entry.is_object() {
        *entry = Value::Object(Map::new());
    }
    entry.as_object_mut().expect("made an object above")
}
