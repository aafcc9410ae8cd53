//! The build's context: opened once, read beneath its descriptor, never left (S-93).

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::path::Path;

use crate::engine::cp::pump;
use crate::engine::{Engine, Error};
use crate::layer::tree::{self, Arrival, Comes, Ignored, Job, Orders, Owner, Place};
use crate::store::Staged;
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::types::escape;

/// The largest Containerfile or ignore file of a context.
pub(super) const MAX_CONTROL: u64 = 16 << 20;

/// A directory files are taken from.
pub(super) struct Context {
    pub root: OwnedFd,
    /// As the user called it.
    pub shown: String,
    pub ignore: Option<crate::build::Ignore>,
    /// Where the directory is ours and goes with the build.
    _stage: Option<Staged>,
}

impl Context {
    pub fn open(path: &Path) -> Result<Self, Error> {
        let shown = path.to_string_lossy().into_owned();
        let root = sys::fs::open_directory(path).map_err(|error| {
            let shown = escape::visible(&shown);
            Error::new(format!("context {shown}: {}", error.reason()))
        })?;
        Ok(Self {
            root,
            shown,
            ignore: None,
            _stage: None,
        })
    }

    /// A directory of ours.
    pub fn staged(stage: Staged, shown: &str) -> Result<Self, Error> {
        Ok(Self {
            root: sys::fs::open_directory(stage.path())?,
            shown: shown.to_owned(),
            ignore: None,
            _stage: Some(stage),
        })
    }

    /// Whether a path is left out.
    pub fn ask(&self, path: &[u8]) -> Ignored {
        let Some(ignore) = &self.ignore else {
            return Ignored::No;
        };
        // What is no text is compared with what it looks like.
        let path = String::from_utf8_lossy(path);
        match ignore.ignores(&path) {
            false => Ignored::No,
            true if ignore.may_take_back_below(&path) => Ignored::Itself,
            true => Ignored::Whole,
        }
    }

    /// Reads a file that steers the build: regular, within the context, of bearable size. `None`
    /// where there is none.
    pub fn control(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let failed = |why: String| Error::new(format!("{}: {why}", escape::visible(name)));
        let handle = match sys::fs::open_in_root(&self.root, name.as_bytes(), Open::Path) {
            Ok(handle) => handle,
            Err(error) if matches!(error.errno, sys::fs::ENOENT | sys::fs::ENOTDIR) => {
                return Ok(None);
            }
            Err(error) => return Err(failed(error.reason())),
        };
        let refuse = || failed("it is not a regular file".to_owned());
        if sys::fs::stat(handle)?.kind != Kind::File {
            return Err(refuse());
        }
        let file = sys::fs::open_in_root(&self.root, name.as_bytes(), Open::Read)
            .map_err(|error| failed(error.reason()))?;
        // What was opened counts, not what was looked at.
        if sys::fs::stat(&file)?.kind != Kind::File {
            return Err(refuse());
        }
        let mut bytes = Vec::new();
        File::from(file)
            .take(MAX_CONTROL + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(error.to_string()))?;
        match bytes.len() as u64 > MAX_CONTROL {
            true => Err(failed(format!("larger than {MAX_CONTROL} bytes"))),
            false => Ok(Some(bytes)),
        }
    }
}

impl Engine {
    /// Unpacks a tar, compressed or not, into a directory of ours.
    pub(super) fn context_of_tar(
        &self,
        archive: &mut dyn Read,
        shown: &str,
    ) -> Result<Context, Error> {
        let stage = self.with_space(|| Ok(self.store()?.stage()?))?;
        let arrival = Arrival {
            path: "/".to_owned(),
            comes: Comes::Archive,
            overwrite: true,
            owner: Owner::Us,
            privileges: true,
            follow: false,
            root: false,
            make: false,
        };
        let orders = Orders {
            place: Place::Writable(stage.path().to_owned()),
            job: Job::Arrive(arrival),
        };
        let mut task = tree::start(&orders, self.base()?, None)?;
        let fed = pump(archive, &mut task);
        let what = || format!("unpacking the context from {}", escape::visible(shown));
        let done = task.finish();
        match fed {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
            Err(error) => return Err(Error::new(error.to_string()).while_doing(what())),
            Ok(()) => {}
        }
        done.map_err(|error| Error::from(error).while_doing(what()))?;
        Context::staged(stage, shown)
    }
}
