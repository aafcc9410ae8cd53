//! A stored layer's directory becomes its original tar again, bit for bit; and the small tars
//! that archives of images are.
//!
//! The tar is made from the record of `record.rs` and the files of diff/. Whoever reads it
//! gets its digest too and compares: the store is trusted, but disks err.

use std::fs::File;
use std::io;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;

use crate::layer::error::Error;
use crate::layer::names::join;
use crate::layer::record::{Part, next_part};
use crate::layer::report::Report;
use crate::layer::worker::{STALL, read_report};
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::sys::process::readable_within;
use crate::types::DiffId;
use crate::types::digest::Hasher;
use crate::userns::Base;
use crate::userns::worker::spawn;

const BUFFER: usize = 256 << 10;
const PIPE: usize = 1 << 20;

/// Writes the tar of `layers/<chain>` and returns its digest and length.
///
/// The files may be other users' than ours, so a worker in U0 reads them.
pub fn write_tar(
    layer: &Path,
    output: &mut dyn Write,
    base: Option<&Base>,
) -> Result<(DiffId, u64), Error> {
    let dir = sys::fs::open_directory(layer).map_err(Error::io("opening a layer"))?;
    let (stream, tar) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    let (report, answer) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    sys::fs::enlarge_pipe(&tar, PIPE);
    let worker = spawn(base, "pack", &[dir.as_fd(), tar.as_fd(), answer.as_fd()])?;
    drop((tar, answer));
    let mut stream = File::from(stream);
    let mut hasher = Hasher::default();
    let mut size = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        if !readable_within(stream.as_fd(), STALL).map_err(Error::io("waiting"))? {
            return Err(Error::Stalled);
        }
        let count = stream
            .read(&mut buffer)
            .map_err(Error::std("reading a layer"))?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
        size += count as u64;
        output.write_all(&buffer[..count]).map_err(Error::Stream)?;
    }
    let report = read_report(report)?;
    let ended = worker.wait(STALL)?;
    match report {
        Some(Report::Done) => Ok((DiffId(hasher.finish()), size)),
        Some(Report::Failed {
            refused,
            full,
            about,
            text,
        }) => Err(Error::Worker {
            refused,
            full,
            about,
            text,
        }),
        _ => Err(Error::WorkerDied {
            how: format!("ended early ({ended:?})"),
        }),
    }
}

/// The worker's part: writes the tar of the layer directory.
pub(crate) fn write_here(layer: BorrowedFd<'_>, output: &mut dyn Write) -> Result<(), Error> {
    let open = Error::io("opening a layer");
    let diff = sys::fs::open_beneath(layer, b"diff", Open::Directory).map_err(&open)?;
    let kept = read_kept(layer)?;
    let mut contents = 0;
    let mut record = open_record(layer)?;
    while let Some(part) = next_part(&mut record)? {
        match part {
            Part::Raw(bytes) => output.write_all(&bytes).map_err(Error::Stream)?,
            Part::Kept { .. } => {}
            Part::Content { path, size } => {
                let aside = kept.iter().find(|kept| kept.holds(&path, contents));
                let file = match aside {
                    Some(kept) => sys::fs::open_beneath(layer, &kept.place(&path), Open::Read),
                    None => sys::fs::open_beneath(&diff, &path, Open::Read),
                };
                copy(File::from(file.map_err(&open)?), size, &path, output)?;
                contents += 1;
            }
        }
    }
    output.flush().map_err(Error::Stream)
}

/// Opens the record of a layer directory.
pub(crate) fn open_record(layer: BorrowedFd<'_>) -> Result<impl Read, Error> {
    let file = sys::fs::open_beneath(layer, b"tar", Open::Read);
    let file = File::from(file.map_err(Error::io("opening the record"))?);
    let decoder = zstd::Decoder::new(file).map_err(Error::std("reading the record"))?;
    Ok(io::BufReader::with_capacity(BUFFER, decoder))
}

/// Something a later entry of the layer replaced.
struct Kept {
    number: u64,
    /// It holds contents numbered below this.
    before: u64,
    path: Vec<u8>,
}

impl Kept {
    fn holds(&self, path: &[u8], content: u64) -> bool {
        let below = path.strip_prefix(self.path.as_slice());
        content < self.before && below.is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
    }

    fn place(&self, path: &[u8]) -> Vec<u8> {
        let mut place = join(b"kept", self.number.to_string().as_bytes());
        place.extend_from_slice(&path[self.path.len()..]);
        place
    }
}

/// Reads which contents lie aside; in the order of replacement, so the first that fits is it.
fn read_kept(layer: BorrowedFd<'_>) -> Result<Vec<Kept>, Error> {
    match sys::fs::stat_at(layer, b"kept") {
        Err(error) if error.errno == sys::fs::ENOENT => return Ok(Vec::new()),
        other => other.map_err(Error::io("opening a layer"))?,
    };
    let mut found = Vec::new();
    let mut record = open_record(layer)?;
    while let Some(part) = next_part(&mut record)? {
        if let Part::Kept { before, path } = part {
            let number = found.len() as u64;
            found.push(Kept {
                number,
                before,
                path,
            });
        }
    }
    Ok(found)
}

fn copy(file: File, size: u64, path: &[u8], output: &mut dyn Write) -> Result<(), Error> {
    let damaged = || Error::Damaged {
        what: format!("{} is not as it was", path.escape_ascii()),
    };
    let stat = sys::fs::stat(&file).map_err(Error::io("looking at a layer"))?;
    if stat.kind != Kind::File || stat.size != size {
        return Err(damaged());
    }
    let mut file = file.take(size);
    let mut buffer = vec![0; BUFFER.min(size as usize)];
    let mut done = 0;
    while done < size {
        let count = file
            .read(&mut buffer)
            .map_err(Error::std("reading a layer"))?;
        if count == 0 {
            return Err(damaged());
        }
        output.write_all(&buffer[..count]).map_err(Error::Stream)?;
        done += count as u64;
    }
    Ok(())
}

/// Writes the archive around an image: plain files and directories, always the same bytes.
pub struct Archive<W: Write> {
    output: W,
}

impl<W: Write> Archive<W> {
    pub fn new(output: W) -> Self {
        Self { output }
    }

    pub fn directory(&mut self, path: &str) -> io::Result<()> {
        self.header(path, 0, 0o755, tar::EntryType::Directory)
    }

    /// Adds a file held in memory.
    pub fn bytes(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let size = bytes.len() as u64;
        self.begin(path, size)?.write_all(bytes)?;
        self.end(size)
    }

    /// Begins a file of known length; its content is written to what this returns.
    pub fn begin(&mut self, path: &str, size: u64) -> io::Result<&mut W> {
        self.header(path, size, 0o644, tar::EntryType::Regular)?;
        Ok(&mut self.output)
    }

    /// Ends a file that was begun with this length.
    pub fn end(&mut self, size: u64) -> io::Result<()> {
        let count = size.wrapping_neg() % 512;
        self.output.write_all(&[0; 512][..count as usize])
    }

    fn header(&mut self, path: &str, size: u64, mode: u32, kind: tar::EntryType) -> io::Result<()> {
        let mut header = plain_header(size, mode, kind);
        header.set_path(path)?;
        header.set_cksum();
        self.output.write_all(header.as_bytes())
    }

    /// Writes the end mark.
    pub fn finish(mut self) -> io::Result<W> {
        self.output.write_all(&[0; 1024])?;
        self.output.flush()?;
        Ok(self.output)
    }
}

/// Owner 0 and time 0: the same image gives the same archive.
fn plain_header(size: u64, mode: u32, kind: tar::EntryType) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header
}
