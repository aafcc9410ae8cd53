//! Where a saved image goes: an archive or a directory, whole or not at all.
//!
//! Both are made beside their name and renamed. What is no file (a FIFO, /dev/stdout) is written
//! as it is; an archive never goes to a terminal (S-36).

use std::fs::File;
use std::io;
use std::io::{BufWriter, IsTerminal, Write};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, OpenOptionsExt};
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

/// A directory in the making: made beside, renamed when whole.
pub struct Directory {
    path: PathBuf,
    place: PathBuf,
    whole: bool,
}

impl Directory {
    /// Begins a directory; where one is already, it must be empty.
    pub fn new(place: &Path) -> Result<Self, Error> {
        let failed =
            |error: io::Error| Error::new(format!("{}: {}", place.display(), said(&error)));
        match std::fs::read_dir(place) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    let shown = place.display();
                    return Err(Error::new(format!("{shown} exists and is not empty")));
                }
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Err(_) => {}
        }
        let path = beside(place);
        std::fs::DirBuilder::new()
            .mode(0o755)
            .create(&path)
            .map_err(failed)?;
        Ok(Self {
            path,
            place: place.to_owned(),
            whole: false,
        })
    }

    /// Renames it into place; rename(2) replaces an empty directory.
    pub fn commit(mut self) -> Result<(), Error> {
        std::fs::rename(&self.path, &self.place)
            .map_err(|error| Error::new(format!("{}: {}", self.place.display(), said(&error))))?;
        self.whole = true;
        Ok(())
    }

    fn create(&self, path: &str) -> Result<File, Error> {
        let path = self.path.join(path);
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o644)
            .open(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if !self.whole {
            let _ = crate::sys::tree::remove_path(&self.path);
        }
    }
}

/// A name beside another, for what is not whole yet.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.components().as_path().as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    PathBuf::from(name)
}

impl Place for Directory {
    fn folder(&mut self, path: &str) -> Result<(), Error> {
        let path = self.path.join(path);
        std::fs::create_dir_all(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))
    }

    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.create(path)?
            .write_all(bytes)
            .map_err(|error| writing(&error))
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
