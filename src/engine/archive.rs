//! What `load` is given: a directory, or a tar archive whose entries are only looked up.
//!
//! No entry is ever written under its own name (S-36). An archive is indexed once; documents are
//! read within bounds; a link leads to another entry of the same archive or nowhere.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::fd::OwnedFd;
use std::path::Path;

use crate::engine::Error;
use crate::layer::decompress;
use crate::layer::reader::{Kind, Reader};
use crate::store::Staged;
use crate::sys;
use crate::sys::fs::Open;
use crate::types::escape;

/// Entries of an archive of images; honest ones have a few per layer.
const MAX_ENTRIES: usize = 200_000;
/// Links followed for one name.
const MAX_LINKS: usize = 8;
/// The largest archive: what a copy of it in tmp/ may grow to.
const MAX_ARCHIVE: u64 = 1 << 40;
const BUFFER: usize = 256 << 10;

/// An opened source of image documents and blobs.
pub enum Archive {
    Tar {
        file: File,
        entries: HashMap<Vec<u8>, Place>,
        /// Where the copy of a compressed or piped archive lies; goes with this.
        _copy: Option<Staged>,
    },
    Directory(OwnedFd),
}

/// An opened part and its size.
pub type Part = (Box<dyn Read + Send>, u64);

/// Where an entry's content is.
pub enum Place {
    Content { offset: u64, size: u64 },
    Link(Vec<u8>),
}

impl Archive {
    /// Opens a path the user named.
    pub fn open(path: &Path, stage: impl FnOnce() -> Result<Staged, Error>) -> Result<Self, Error> {
        let failed = |error: io::Error| Error::new(format!("{}: {}", path.display(), said(&error)));
        let file = File::open(path).map_err(failed)?;
        let facts = file.metadata().map_err(failed)?;
        if facts.is_dir() {
            return Ok(Self::Directory(file.into()));
        }
        if !facts.is_file() {
            return Self::read(file, stage);
        }
        let mut start = [0; 6];
        let mut file = file;
        let count = file.read(&mut start).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        if decompress::is_compressed(&start[..count]) {
            return Self::read(file, stage);
        }
        Self::index(file, None)
    }

    /// Reads a stream; it is copied to tmp/ first, since archives name their parts last.
    pub fn read(
        stream: impl Read,
        stage: impl FnOnce() -> Result<Staged, Error>,
    ) -> Result<Self, Error> {
        let staged = stage()?;
        let copy = sys::fs::open_at(staged.fd(), b"archive", Open::CreateNew(0o600))?;
        let mut copy = File::from(copy);
        let mut stream = decompress::open(stream, None)?.take(MAX_ARCHIVE + 1);
        let mut buffer = vec![0; BUFFER];
        let mut size = 0;
        loop {
            let count = stream
                .read(&mut buffer)
                .map_err(|error| Error::new(format!("reading the archive: {}", said(&error))))?;
            if count == 0 {
                break;
            }
            size += count as u64;
            if size > MAX_ARCHIVE {
                return Err(Error::new("the archive is larger than 1 TiB"));
            }
            copy.write_all(&buffer[..count])
                .map_err(|error| Error::file("copying the archive to", staged.path(), error))?;
        }
        drop(stream);
        let file = sys::fs::open_at(staged.fd(), b"archive", Open::Read)?;
        Self::index(file.into(), Some(staged))
    }

    fn index(file: File, copy: Option<Staged>) -> Result<Self, Error> {
        let mut entries = HashMap::new();
        let length = file.metadata().map_or(0, |facts| facts.len());
        let mut input = file.try_clone().map_err(|error| Error::new(said(&error)))?;
        input
            .seek(SeekFrom::Start(0))
            .map_err(|error| Error::new(said(&error)))?;
        let mut reader = Reader::new(input, io::sink(), u64::MAX);
        while let Some(entry) = reader.next_entry().map_err(not_an_archive)? {
            let shown = escape::quoted(&String::from_utf8_lossy(&entry.path));
            let Some(name) = inside(b"", &entry.path) else {
                return Err(Error::new(format!("archive entry {shown} leads out of it")));
            };
            let place = match entry.kind {
                Kind::File => Place::Content {
                    offset: reader.position(),
                    size: entry.size,
                },
                Kind::Symlink | Kind::HardLink => Place::Link(link_target(&entry, &name)?),
                Kind::Directory => continue,
                _ => {
                    return Err(Error::new(format!(
                        "archive entry {shown} is a device or FIFO"
                    )));
                }
            };
            reader.skip_content().map_err(not_an_archive)?;
            if reader.position() > length {
                return Err(Error::new("the archive ends too early"));
            }
            if entries.len() >= MAX_ENTRIES {
                return Err(Error::new(format!(
                    "the archive has more than {MAX_ENTRIES} entries"
                )));
            }
            if entries.insert(name, place).is_some() {
                return Err(Error::new(format!("archive entry {shown} is there twice")));
            }
        }
        Ok(Self::Tar {
            file,
            entries,
            _copy: copy,
        })
    }

    /// Opens a part by its name: a reader and its size. `None` when there is none.
    pub fn part(&self, name: &str) -> Result<Option<Part>, Error> {
        match self {
            Self::Directory(dir) => part_of_directory(dir, name),
            Self::Tar { file, entries, .. } => {
                let mut wanted = inside(b"", name.as_bytes());
                for _ in 0..=MAX_LINKS {
                    let Some(name) = wanted else { break };
                    match entries.get(&name) {
                        None => return Ok(None),
                        Some(Place::Link(target)) => wanted = Some(target.clone()),
                        Some(Place::Content { offset, size }) => {
                            let file = file.try_clone().map_err(|e| Error::new(said(&e)))?;
                            let reader = Window {
                                file,
                                at: *offset,
                                left: *size,
                            };
                            return Ok(Some((Box::new(reader), *size)));
                        }
                    }
                }
                let shown = escape::quoted(name);
                Err(Error::new(format!("archive entry {shown} leads nowhere")))
            }
        }
    }

    /// Reads a whole document of at most `most` bytes.
    pub fn document(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Error> {
        let Some((reader, size)) = self.part(name)? else {
            return Ok(None);
        };
        let shown = escape::quoted(name);
        if size > most {
            return Err(Error::new(format!("{shown} is larger than {most} bytes")));
        }
        let mut bytes = Vec::new();
        reader
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::new(format!("reading {shown}: {}", said(&error))))?;
        Ok(Some(bytes))
    }
}

fn part_of_directory(dir: &OwnedFd, name: &str) -> Result<Option<Part>, Error> {
    let shown = escape::quoted(name);
    let opened = sys::fs::open_beneath(dir, name.as_bytes(), Open::Read);
    let file = match opened {
        Ok(fd) => File::from(fd),
        Err(error) if error.errno == sys::fs::ENOENT => return Ok(None),
        // A link may lead to any file of the user's.
        Err(error) if error.errno == sys::fs::ELOOP => {
            return Err(Error::new(format!("{shown} is a symbolic link")));
        }
        Err(error) => return Err(Error::new(format!("opening {shown}: {}", error.reason()))),
    };
    let facts = file.metadata().map_err(|error| Error::new(said(&error)))?;
    if !facts.is_file() {
        return Err(Error::new(format!("{shown} is not a regular file")));
    }
    Ok(Some((Box::new(file), facts.len())))
}

/// A part of a file; several may be read at once, each from its own place.
struct Window {
    file: File,
    at: u64,
    left: u64,
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use std::os::unix::fs::FileExt;
        let most = (buffer.len() as u64).min(self.left) as usize;
        if most == 0 {
            return Ok(0);
        }
        let count = self.file.read_at(&mut buffer[..most], self.at)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

fn link_target(entry: &crate::layer::reader::Entry, name: &[u8]) -> Result<Vec<u8>, Error> {
    // A hard link's target counts from the archive's root, a symbolic one's from its directory.
    let from = match (
        entry.kind.clone(),
        name.iter().rposition(|byte| *byte == b'/'),
    ) {
        (Kind::Symlink, Some(end)) => &name[..end],
        _ => &b""[..],
    };
    inside(from, &entry.link).ok_or_else(|| {
        let shown = escape::quoted(&String::from_utf8_lossy(&entry.path));
        Error::new(format!("archive entry {shown} leads out of it"))
    })
}

/// Joins names inside the archive; `None` for what leads out or is absolute in a link.
fn inside(from: &[u8], path: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<&[u8]> = from
        .split(|b| *b == b'/')
        .filter(|p| !p.is_empty())
        .collect();
    for part in path.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join(&b'/'))
}

fn not_an_archive(error: crate::layer::Error) -> Error {
    Error::new(format!(
        "payload does not match any of the supported image formats: {error}"
    ))
}

/// Returns what an error says, in our form.
pub fn said(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(errno) => sys::reason(errno),
        None => error.to_string(),
    }
}
