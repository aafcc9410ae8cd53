//! The runtime directory: sockets, bundles and notes that may vanish with a logout.
//!
//! Logins, `su`, cron and CI see different runtime directories or none. The first command
//! after a boot chooses one and writes it into the store; every later command follows that
//! choice, whatever its own environment says, as long as the directory is still sound.
//!
//! A directory is sound when it is a real one, belongs to the user and nobody else may write
//! into it (S-109). Nothing is ever put into /tmp (S-110): without a runtime directory the
//! store itself holds one.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::engine::Error;
use crate::sys::fs::own_uid;
use crate::sys::open::open_plain;
use crate::types::escape::visible;
use crate::userns::machine;

/// The record in the store: the boot's id and the path, a line each. Its name ends with the
/// machine's id, so that machines sharing a home do not take turns.
fn record_path(store: &Path) -> PathBuf {
    store.join(format!("runtime-{}", machine::machine_id()))
}

/// The most of the record that is read: a boot id and a path.
const RECORD_LIMIT: usize = 4096 + 64;

/// Write permission of group and others.
const OTHERS_WRITE: u32 = 0o022;

/// What the choice depends on.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The store's root; it exists.
    pub store: &'a Path,
    /// `--runroot`
    pub asked: Option<&'a Path>,
    /// `XDG_RUNTIME_DIR`
    pub xdg: Option<&'a Path>,
    pub boot_id: &'a str,
}

/// Returns the runtime directory of a store, made if need be, with mode 0700.
pub fn runtime_dir(around: &Surroundings<'_>) -> Result<PathBuf, Error> {
    if let Some(asked) = around.asked {
        let asked = std::path::absolute(asked).map_err(|e| cannot(asked, &e))?;
        make(&asked).map_err(|error| cannot(&asked, &error))?;
        if recorded(around).is_none() {
            record(around, &asked)?;
        }
        return Ok(asked);
    }
    if let Some(known) = recorded(around) {
        return Ok(known);
    }
    let chosen = choose(around)?;
    record(around, &chosen)?;
    // Of two first commands the later writer wins, and both follow it.
    Ok(recorded(around).unwrap_or(chosen))
}

fn cannot(path: &Path, error: &io::Error) -> Error {
    let reason = match error.raw_os_error() {
        Some(errno) => crate::sys::reason(errno),
        None => error.to_string(),
    };
    Error::new(format!(
        "runtime directory {}: {reason}",
        visible(&path.to_string_lossy())
    ))
    .hint("--runroot names another one")
}

/// The directory recorded in this boot, if it is still sound; made again when only its own
/// last part is missing.
fn recorded(around: &Surroundings<'_>) -> Option<PathBuf> {
    let mut text = Vec::new();
    let file = open_plain(&record_path(around.store)).ok()?;
    let limit = RECORD_LIMIT as u64 + 1;
    file.take(limit).read_to_end(&mut text).ok()?;
    if text.len() > RECORD_LIMIT {
        return None;
    }
    let text = String::from_utf8(text).ok()?;
    let (boot, path) = text.strip_suffix('\n')?.split_once('\n')?;
    let path = Path::new(path);
    if boot != around.boot_id || !path.is_absolute() {
        return None;
    }
    make(path).ok()?;
    Some(path.to_owned())
}

fn record(around: &Surroundings<'_>, chosen: &Path) -> Result<(), Error> {
    // A path that is no text cannot be followed by others; this command still uses it.
    let Some(text) = chosen.to_str().filter(|text| !text.contains('\n')) else {
        return Ok(());
    };
    let place = record_path(around.store);
    let mut beside = place.clone().into_os_string();
    beside.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .and_then(|mut file| file.write_all(format!("{}\n{text}\n", around.boot_id).as_bytes()))
        .and_then(|()| fs::rename(&beside, &place));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        cannot(&place, &error)
    })
}

/// The user's own runtime directory, or one in the store.
fn choose(around: &Surroundings<'_>) -> Result<PathBuf, Error> {
    let uid = own_uid();
    let login = PathBuf::from(format!("/run/user/{uid}"));
    let system = (uid == 0).then(|| PathBuf::from("/run"));
    let parents = around
        .xdg
        .filter(|xdg| xdg.is_absolute())
        .map(Path::to_owned)
        .into_iter()
        .chain([login])
        .chain(system);
    for parent in parents {
        if check(&parent).is_ok() {
            let own = parent.join("coracle");
            if make(&own).is_ok() {
                return Ok(own);
            }
        }
    }
    let own = around.store.join("run");
    make(&own).map_err(|error| cannot(&own, &error))?;
    Ok(own)
}

/// Makes a directory with mode 0700 unless it exists, and checks what is there then.
fn make(path: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        // `--runroot` may lie deeper than what exists.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::DirBuilder::new()
                .mode(0o700)
                .recursive(true)
                .create(path)?;
        }
        Err(error) => return Err(error),
        // The caller's umask may have taken more than it should.
        Ok(()) => fs::set_permissions(path, fs::Permissions::from_mode(0o700))?,
    }
    check(path)
}

/// Whether a path is a real directory of ours that nobody else may write into.
///
/// Others may list it: what is made in it is closed to them.
fn check(path: &Path) -> io::Result<()> {
    let facts = fs::symlink_metadata(path)?;
    let refuse = |reason: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, reason));
    if !facts.is_dir() {
        return refuse("is not a directory");
    }
    if facts.uid() != own_uid() {
        return refuse("belongs to another user");
    }
    if facts.mode() & OTHERS_WRITE != 0 {
        return refuse("others may write into it");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("coracle-run-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            for part in ["store", "xdg", "other"] {
                let part = path.join(part);
                fs::create_dir_all(&part).expect("made");
                fs::set_permissions(&part, fs::Permissions::from_mode(0o700)).expect("closed");
            }
            Self(path)
        }

        fn at(&self, part: &str) -> PathBuf {
            self.0.join(part)
        }

        fn find(&self, xdg: Option<&str>, boot: &str) -> PathBuf {
            let xdg = xdg.map(|part| self.at(part));
            runtime_dir(&Surroundings {
                store: &self.at("store"),
                asked: None,
                xdg: xdg.as_deref(),
                boot_id: boot,
            })
            .expect("a directory")
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_first_choice_of_a_boot_is_followed() {
        let place = Place::new("follow");
        let first = place.find(Some("xdg"), "boot 1");
        assert_eq!(first, place.at("xdg/coracle"));
        assert_eq!(place.find(Some("other"), "boot 1"), first);
        assert_eq!(place.find(None, "boot 1"), first);
        assert_eq!(
            place.find(Some("other"), "boot 2"),
            place.at("other/coracle")
        );
    }

    #[test]
    fn a_wiped_directory_is_made_again_or_replaced() {
        let place = Place::new("wiped");
        let first = place.find(Some("xdg"), "boot");
        fs::remove_dir_all(&first).expect("removed");
        assert_eq!(place.find(Some("other"), "boot"), first);
        assert!(first.is_dir());
    }

    #[test]
    fn a_hostile_runtime_directory_is_passed_over() {
        let place = Place::new("hostile");
        let open = place.at("open");
        fs::create_dir(&open).expect("made");
        fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).expect("opened");
        std::os::unix::fs::symlink(place.at("xdg"), place.at("link")).expect("linked");
        fs::write(place.at("file"), "").expect("written");
        for (number, hostile) in ["open", "link", "file", "missing"].iter().enumerate() {
            let chosen = place.find(Some(hostile), &number.to_string());
            assert!(!chosen.starts_with(place.at(hostile)), "{hostile}");
        }
    }

    #[test]
    fn a_directory_that_was_asked_for_must_be_sound() {
        let place = Place::new("asked");
        let open = place.at("open");
        fs::create_dir(&open).expect("made");
        fs::set_permissions(&open, fs::Permissions::from_mode(0o775)).expect("opened");
        let ask = |path: &Path| {
            runtime_dir(&Surroundings {
                store: &place.at("store"),
                asked: Some(path),
                xdg: None,
                boot_id: "b",
            })
        };
        let refused = ask(&open).expect_err("open to others");
        assert!(refused.message.contains("others may write"), "{refused}");
        let deep = place.at("a/b/c");
        assert_eq!(ask(&deep).expect("made"), deep);
        assert_eq!(place.find(Some("xdg"), "b"), deep);
    }

    #[test]
    fn a_damaged_record_is_no_record() {
        let place = Place::new("damaged");
        for text in [
            "",
            "b",
            "b\n",
            "b\nrelative\n",
            "b\n/etc/passwd\n",
            "\0\n\n\n",
        ] {
            fs::write(record_path(&place.at("store")), text).expect("written");
            assert_eq!(
                place.find(Some("xdg"), "b"),
                place.at("xdg/coracle"),
                "{text:?}"
            );
        }
    }
}
