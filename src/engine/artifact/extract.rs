//! `artifact extract`: files of an artifact, written to a place of the user's.
//!
//! A title is a stranger's word (S-36): it names one file in the directory that was asked for, or
//! it is refused; what it names there is replaced, never written through.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use crate::engine::archive::said;
use crate::engine::artifact::{Artifact, TITLE};
use crate::engine::{Engine, Error};
use crate::store::Store;
use crate::types::digest::Verify;
use crate::types::{Descriptor, escape};

/// NAME_MAX of Linux's file systems, in bytes.
const MAX_NAME: usize = 255;

/// Which of an artifact's files are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    All,
    /// The one with this digest, as typed.
    Digest(String),
    Title(String),
}

impl Engine {
    /// Writes an artifact's files into a directory, or one of them to a file.
    pub fn extract_artifact(&self, word: &str, target: &Path, part: &Part) -> Result<(), Error> {
        let store = self.store()?;
        let artifact = self.artifact(word)?;
        // They stay while they are read, whoever removes the artifact meanwhile.
        let mut lease = store.lease()?;
        for layer in &artifact.manifest.layers {
            lease.blob(&layer.digest)?;
        }
        if artifact.manifest.layers.is_empty() {
            return Err(Error::new("the artifact has no blobs, nothing to extract"));
        }
        if !target.is_dir() {
            return write(store, one(&artifact, target, part)?, target);
        }
        // All names are looked at before anything is written.
        let files: Vec<(&Descriptor, String)> = match part {
            Part::All => {
                let all = artifact.manifest.layers.iter();
                all.map(|layer| Ok((layer, name(layer.annotations.get(TITLE), layer)?)))
                    .collect::<Result<_, Error>>()?
            }
            Part::Title(title) => {
                let layer = chosen(&artifact, part)?;
                vec![(layer, name(Some(title), layer)?)]
            }
            Part::Digest(_) => {
                let layer = chosen(&artifact, part)?;
                vec![(layer, name(None, layer)?)]
            }
        };
        files
            .into_iter()
            .try_for_each(|(layer, name)| write(store, layer, &target.join(name)))
    }
}

/// The one file that goes to a file.
fn one<'a>(artifact: &'a Artifact, target: &Path, part: &Part) -> Result<&'a Descriptor, Error> {
    match (artifact.manifest.layers.as_slice(), part) {
        ([only], Part::All) => Ok(only),
        (_, Part::All) => {
            let shown = escape::quoted(&target.to_string_lossy());
            Err(Error::new(format!(
                "the artifact consists of several blobs and the target {shown} is not a \
                 directory and neither digest or title was specified to only copy a single blob"
            )))
        }
        _ => chosen(artifact, part),
    }
}

pub(super) fn chosen<'a>(artifact: &'a Artifact, part: &Part) -> Result<&'a Descriptor, Error> {
    let (what, word) = match part {
        Part::Digest(digest) => ("digest", digest),
        Part::Title(title) => ("title", title),
        Part::All => ("title", &artifact.name),
    };
    let fits = |layer: &&Descriptor| match part {
        Part::Digest(digest) => layer.digest.to_string() == *digest,
        _ => layer.annotations.get(TITLE) == Some(word),
    };
    let mut fitting = artifact.manifest.layers.iter().filter(fits);
    let shown = escape::quoted(word);
    match (fitting.next(), fitting.next()) {
        (None, _) => Err(Error::new(format!("no blob with the {what} {shown}"))),
        (Some(layer), None) => Ok(layer),
        _ => Err(Error::new(format!(
            "more than one match for the {what} {shown}"
        ))),
    }
}

/// The name of the file: its title, or its digest where it has none.
pub(super) fn name(title: Option<&String>, layer: &Descriptor) -> Result<String, Error> {
    let Some(title) = title.filter(|title| !title.is_empty()) else {
        return Ok(layer.digest.to_string().replace(':', "-"));
    };
    let refused = |why: &str| {
        let shown = escape::quoted(title);
        Error::new(format!(
            "invalid name: {shown} {why}: artifact blob title invalid"
        ))
        .hint("choose the file by --digest")
    };
    match title.as_str() {
        "." | ".." => Err(refused("names a directory")),
        _ if title.contains('/') => Err(refused("cannot contain /")),
        _ if title.contains(char::is_control) => Err(refused("cannot contain control characters")),
        _ if title.len() > MAX_NAME => Err(refused("is too long")),
        _ => Ok(title.clone()),
    }
}

/// Writes a file beside its name, then renames it: whole, verified, and never through a link.
fn write(store: &Store, layer: &Descriptor, target: &Path) -> Result<(), Error> {
    let shown = escape::visible(&target.to_string_lossy());
    let failed = |error: std::io::Error| Error::new(format!("{shown}: {}", said(&error)));
    let special = std::fs::metadata(target).is_ok_and(|facts| {
        let kind = facts.file_type();
        kind.is_fifo() || kind.is_char_device()
    });
    if special {
        let mut file = File::options().write(true).open(target).map_err(failed)?;
        return copy(store, layer, &mut file, &shown);
    }
    let beside = Beside::of(target);
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .open(&beside.0)
        .map_err(failed)?;
    copy(store, layer, &mut file, &shown)?;
    std::fs::rename(&beside.0, target).map_err(failed)
}

fn copy(store: &Store, layer: &Descriptor, to: &mut File, shown: &str) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::new(format!("{shown}: {}", said(&error)));
    let blob = store.open_blob(&layer.digest)?;
    let mut verified = Verify::new(blob, layer.digest, layer.size);
    std::io::copy(&mut verified, to).map_err(failed)?;
    to.flush().map_err(failed)
}

/// A file that is not whole yet; gone when it has not been renamed.
struct Beside(PathBuf);

impl Beside {
    fn of(target: &Path) -> Self {
        // Not made of the name, which may be as long as names can be.
        let name = format!(".coracle-{}.part", std::process::id());
        Self(target.with_file_name(name))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
