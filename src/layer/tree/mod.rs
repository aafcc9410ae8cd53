//! The tree of a container or an image, looked at and changed by a confined worker in U0.
//!
//! ```text
//! engine                                    worker (role `tree`)
//!   start(orders, base) ─ spawn ──────────▶ enter U0 → reach the tree (enter.rs), which becomes
//!                                           its "/" → lock_down: no host, no network, no program
//!   input: a tar, for what goes in ───────▶ works
//!   output: a tar or records, comes out ◀──
//!   finish: one JSON report, then the end ◀─
//! ```
//!
//! A tree that is not in use is mounted for the worker alone, in a mount namespace of its own:
//! the mounts die with it. A running container's is reached by joining its mount namespace,
//! volumes included. Nothing is ever resolved on the host's side (S-84), nothing of the image is
//! executed (S-85).

mod arrive;
mod changes;
mod enter;
mod gather;
mod measure;
mod pack;
mod pattern;
mod send;
mod tar;
mod walk;
pub(crate) mod work;

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::layer::error::Error;
use crate::layer::report::Report;
use crate::layer::worker::{Fed, STALL, push, read_report};
use crate::sys;
use crate::sys::process::readable_within;
use crate::sys::splice::splice;
use crate::types::ids::IdMaps;
use crate::userns::Base;
use crate::userns::worker::{Worker, spawn};

pub use arrive::{Arrival, Comes, Owner, arrive};
pub use changes::{Change, read_changes};
pub use gather::{Gather, Ignored, gather, matches};
pub use measure::{Taken, read_measured};
pub use pack::Times;
pub use send::send_open;

const PIPE: usize = 1 << 20;
const BUFFER: usize = 256 << 10;

/// What a worker is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Orders {
    pub place: Place,
    pub job: Job,
}

/// How the worker comes to its trees.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Place {
    /// Read-only views; the first becomes "/".
    Views {
        trees: Vec<View>,
        /// An empty directory to mount on.
        staging: PathBuf,
    },
    /// A container's tree as a start would mount it, to be written to.
    Whole {
        view: View,
        upper: PathBuf,
        work: PathBuf,
        volumes: Vec<Volume>,
        staging: PathBuf,
    },
    /// A directory of the user's, to be written to.
    Writable(#[serde(with = "path")] PathBuf),
    /// The mount namespace of the process whose pidfd is passed.
    Running,
}

/// Directories laid on one another, topmost first. None at all is an empty tree.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct View {
    #[serde(with = "paths")]
    pub layers: Vec<PathBuf>,
    /// Where the data of metadata-only files is.
    pub data: Option<PathBuf>,
    /// What the container calls the owners; `None` where the numbers are the same.
    pub ids: Option<IdMaps>,
    /// How an upper directory says what it hides.
    pub marks: Marks,
    /// Makes the tree instead of the kernel; `layers` are among its words.
    pub server: Option<Server>,
}

/// Who wrote an upper directory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marks {
    #[default]
    Kernel,
    /// An attribute of its own and a file `.wh..wh..opq` make a directory opaque.
    FuseOverlayfs,
}

/// A program that serves a tree: its command line, and where its relative names begin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Server {
    pub argv: Vec<String>,
    pub directory: PathBuf,
}

/// Something of the host's that is mounted in a tree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Volume {
    pub source: PathBuf,
    /// Only this part of the source, found within it.
    pub part: Option<String>,
    /// A path in the tree.
    pub target: String,
    pub read_only: bool,
}

/// What the worker does with its trees.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Job {
    /// The first tree as a tar; with an entry for its root where `root` says so.
    Export { root: bool },
    /// The first tree, an upper directory, as the tar of a layer.
    Layer {
        /// Bytes of the whole tar.
        limit: u64,
        /// Paths that are left out where an empty file lies there: what the engine made to
        /// mount something on.
        left_out: Vec<String>,
        times: Times,
    },
    /// What the first tree changes in the second.
    Changes(Compared),
    /// What is at a path, as a tar.
    Send {
        path: String,
        /// Whether every entry begins with the thing's own name.
        named: bool,
    },
    /// Parts of the first tree, as a tar.
    Gather(Gather),
    /// A tar comes in and goes to a place.
    Arrive(Arrival),
    /// Bytes of the files in every tree, a hard-linked one once.
    Sizes,
    /// What the first tree takes on the disk, in these of its names; none means all.
    Measure(Vec<String>),
}

/// What the first tree of [`Job::Changes`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compared {
    /// An upper directory or a layer: with whiteouts and opaque marks.
    Layer,
    /// A whole tree.
    Whole,
}

/// A worker at its work.
#[derive(Debug)]
pub struct Task {
    worker: Worker,
    report: OwnedFd,
    output: File,
    /// What [`Job::Arrive`] reads; its end is the end of this.
    input: Option<File>,
}

/// Starts a worker; `process` is the pidfd that [`Place::Running`] wants.
///
/// To be finished by the thread that started it.
pub fn start(orders: &Orders, base: &Base, process: Option<BorrowedFd<'_>>) -> Result<Task, Error> {
    let words = serde_json::to_vec(orders).expect("orders have no failing field");
    let paper = sys::memfd::sealed_program(c"orders", &words).map_err(Error::io("ordering"))?;
    let (report, answer) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    let (output, stream) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    sys::fs::enlarge_pipe(&stream, PIPE);
    let (source, input) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    sys::fs::enlarge_pipe(&input, PIPE);
    sys::fs::set_nonblocking(&input).map_err(Error::io("making a pipe"))?;
    let process = process.unwrap_or(paper.as_fd());
    let passed = [
        paper.as_fd(),
        answer.as_fd(),
        stream.as_fd(),
        source.as_fd(),
        process,
    ];
    let worker = spawn(Some(base), "tree", &passed)?;
    Ok(Task {
        input: matches!(orders.job, Job::Arrive(_)).then(|| input.into()),
        worker,
        report,
        output: output.into(),
    })
}

impl Task {
    /// Waits for the worker's end and its report; everything it wrote must have been read.
    pub fn finish(self) -> Result<Report, Error> {
        drop((self.output, self.input));
        let report = read_report(self.report)?;
        let ended = self.worker.wait(STALL)?;
        match report {
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
            Some(report) => Ok(report),
            None => Err(Error::WorkerDied {
                how: format!("ended early ({ended:?})"),
            }),
        }
    }

    /// What the worker writes, as a pipe.
    pub fn output(&self) -> io::Result<OwnedFd> {
        self.output.as_fd().try_clone_to_owned()
    }

    /// What the worker reads, as a pipe that does not block; its end comes once this is closed,
    /// too.
    pub fn input(&self) -> io::Result<Option<OwnedFd>> {
        let input = self.input.as_ref();
        input
            .map(|file| file.as_fd().try_clone_to_owned())
            .transpose()
    }

    /// Hands everything on that this worker writes to another one; when that does not want more,
    /// that is [`io::ErrorKind::BrokenPipe`].
    pub fn pour_into(&mut self, other: &mut Task) -> io::Result<()> {
        let input = other.input.as_ref().ok_or(io::ErrorKind::BrokenPipe)?;
        loop {
            if !readable_within(self.output.as_fd(), STALL).map_err(io::Error::from)? {
                return Err(io::ErrorKind::TimedOut.into());
            }
            match splice(&self.output, input, u64::MAX) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if error.errno == sys::fs::EAGAIN => {
                    if !sys::fs::writable_within(input, STALL)? {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Copies everything the worker writes; returns the number of bytes.
    pub fn copy_to(&mut self, output: &mut dyn io::Write) -> Result<u64, Error> {
        let mut buffer = vec![0; BUFFER];
        let mut size = 0;
        loop {
            let count = self.read(&mut buffer).map_err(Error::Stream)?;
            if count == 0 {
                return Ok(size);
            }
            output.write_all(&buffer[..count]).map_err(Error::Stream)?;
            size += count as u64;
        }
    }
}

/// Feeds the worker; when it does not want more, that is [`io::ErrorKind::BrokenPipe`] and its
/// report says why.
impl io::Write for Task {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        match push(input, bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(Fed::Refused) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(Fed::Stalled) => Err(io::ErrorKind::TimedOut.into()),
            Err(Fed::Stream(error)) => Err(error),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Task {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !readable_within(self.output.as_fd(), STALL).map_err(io::Error::from)? {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.output.read(buffer)
    }
}

/// A path as bytes.
mod path {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        super::bytes_of(path).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(OsString::from_vec(Vec::<u8>::deserialize(from)?).into())
    }
}

/// Paths as bytes: a home may have any name.
mod paths {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    use std::path::PathBuf;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::bytes_of;

    pub fn serialize<S: Serializer>(paths: &[PathBuf], to: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<&[u8]> = paths.iter().map(|path| bytes_of(path)).collect();
        bytes.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
        let bytes = Vec::<Vec<u8>>::deserialize(from)?;
        let path = |bytes| OsString::from_vec(bytes).into();
        Ok(bytes.into_iter().map(path).collect())
    }
}

fn bytes_of(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}
