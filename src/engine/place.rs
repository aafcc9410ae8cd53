//! Where a written image goes: an archive, whole or not at all, or a directory (`directory`).
//!
//! An archive is made beside its name and renamed. What is no file (a FIFO, /dev/stdout) is
//! written as it is; an archive never goes to a terminal (S-36).

use std::fs::File;
use std::io;
use std::io::{IsTerminal, Write};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::engine::Error;
use crate::engine::archive::said;
use crate::layer::pack::Archive;
use crate::sys::fs::{EDQUOT, ENOSPC};

pub const BUFFER: usize = 256 << 10;

pub fn writing(error: &io::Error) -> Error {
    let full = [ENOSPC, EDQUOT].map(Some).contains(&error.raw_os_error());
    Error {
        full,
        ..Error::new(format!("writing the archive: {}", said(error)))
    }
}

/// Where the parts of an image go: entries of an archive or files of a directory.
pub trait Place {
    fn folder(&mut self, path: &str) -> Result<(), Error>;
    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error>;
    /// Adds a part of known size that `write` writes.
    fn part(
        &mut self,
        path: &str,
        size: u64,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error>;
}

impl<W: Write> Place for Archive<W> {
    fn folder(&mut self, path: &str) -> Result<(), Error> {
        self.directory(path).map_err(|error| writing(&error))
    }

    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.bytes(path, bytes).map_err(|error| writing(&error))
    }

    fn part(
        &mut self,
        path: &str,
        size: u64,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let begun = self.begin(path, size).map_err(|error| writing(&error))?;
        write(begun)?;
        self.end(size).map_err(|error| writing(&error))
    }
}

/// A name beside another, for what is not whole yet.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.components().as_path().as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    PathBuf::from(name)
}

/// The archive file: a new one beside the name, or what the name is when it is no file.
pub struct Output {
    pub file: File,
    /// The file beside and the name it gets.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Output {
    pub fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else {
            let stdout = io::stdout();
            if stdout.is_terminal() {
                return Err(Error::new("an archive is not written to a terminal")
                    .hint("use --output FILE or redirect standard output"));
            }
            let file = std::os::fd::AsFd::as_fd(&stdout).try_clone_to_owned();
            return Ok(Self {
                file: file.map_err(|error| writing(&error))?.into(),
                rename: None,
            });
        };
        let failed = |error: io::Error| Error::new(format!("{}: {}", path.display(), said(&error)));
        let special = std::fs::metadata(path).is_ok_and(|facts| {
            let kind = facts.file_type();
            kind.is_fifo() || kind.is_char_device() || kind.is_block_device()
        });
        if special {
            let file = File::options().write(true).open(path).map_err(failed)?;
            return Ok(Self { file, rename: None });
        }
        if path.is_dir() {
            return Err(Error::new(format!("{} is a directory", path.display())));
        }
        let beside = beside(path);
        let file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&beside)
            .map_err(failed)?;
        Ok(Self {
            file,
            rename: Some((beside, path.to_owned())),
        })
    }

    /// Writes to what is open already, such as a pipe.
    pub fn stream(file: File) -> Self {
        Self { file, rename: None }
    }

    pub fn commit(mut self) -> Result<(), Error> {
        self.file.flush().map_err(|error| writing(&error))?;
        if let Some((beside, path)) = self.rename.take() {
            std::fs::rename(&beside, &path).map_err(|error| {
                let _ = std::fs::remove_file(&beside);
                Error::new(format!("{}: {}", path.display(), said(&error)))
            })?;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.rename {
            let _ = std::fs::remove_file(beside);
        }
    }
}
