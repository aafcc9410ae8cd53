//! Files of the store by their content: which of those wanted are in a layer that is here.
//!
//! ```text
//! engine                                         worker (role `contents`, in U0, alone with layers/)
//!   per file wanted: size, digest, path        → looks at the records of all layers, hashes files
//!   one number per file that is here, then END ← that might be meant
//!   the files, one after the other             ← in the order they were wanted in
//! ```
//!
//! Nothing is kept that could be out of date: a layer's record (`record.rs`) says which files of
//! which size it has, and only those of a size that is wanted are read. A file of the same path
//! comes first: a newer version of an image has most files where they were.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::process::ExitCode;

use crate::layer::MAX_PATH;
use crate::layer::error::Error;
use crate::layer::names::join;
use crate::layer::pack::open_record;
use crate::layer::record::{Part, next_part};
use crate::layer::report::Report;
use crate::layer::worker::{Fed, STALL, push, work};
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::sys::process::readable_within;
use crate::types::Digest;
use crate::types::digest::Hasher;
use crate::userns::Base;
use crate::userns::worker::{Worker, confine, spawn};

const BUFFER: usize = 128 << 10;
const PIPE: usize = 1 << 20;
/// After the numbers of what is here.
const END: u32 = u32::MAX;
/// How much may be read in vain, beside as much as is wanted.
const IN_VAIN: u64 = 256 << 20;

/// A file that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Where it is in its own layer.
    pub path: &'a [u8],
    pub size: u64,
    pub digest: Digest,
}

/// What was found; as `Read` the contents of all that is here, one after the other.
///
/// The worker behind it ends with the thread that asked.
pub struct Found {
    pub here: Vec<bool>,
    stream: BufReader<Waited>,
    _report: OwnedFd,
    _worker: Worker,
}

impl Read for Found {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

/// A pipe that is waited for, but not forever.
struct Waited(File);

impl Read for Waited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match readable_within(self.0.as_fd(), STALL) {
            Ok(true) => self.0.read(buffer),
            Ok(false) => Err(io::ErrorKind::TimedOut.into()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Looks for files in the layers below a directory.
pub fn find(layers: &Path, wanted: &[Wanted<'_>], base: &Base) -> Result<Found, Error> {
    let make = Error::io("making a pipe");
    let dir = sys::fs::open_directory(layers).map_err(Error::io("opening the layers"))?;
    let (input, feed) = sys::fs::pipe().map_err(&make)?;
    let (stream, output) = sys::fs::pipe().map_err(&make)?;
    let (report, answer) = sys::fs::pipe().map_err(&make)?;
    sys::fs::enlarge_pipe(&output, PIPE);
    let passed = [dir.as_fd(), input.as_fd(), answer.as_fd(), output.as_fd()];
    let worker = spawn(Some(base), "contents", &passed)?;
    drop((input, output, answer));
    let fed = ask(feed, wanted);
    let mut stream = BufReader::with_capacity(BUFFER, Waited(File::from(stream)));
    let mut here = vec![false; wanted.len()];
    loop {
        let mut number = [0; 4];
        stream
            .read_exact(&mut number)
            .map_err(|_| Error::WorkerDied {
                how: "did not say what is here".to_owned(),
            })?;
        match u32::from_le_bytes(number) {
            END => break,
            number => match here.get_mut(number as usize) {
                Some(slot) => *slot = true,
                None => {
                    let how = "gave a strange answer".to_owned();
                    return Err(Error::WorkerDied { how });
                }
            },
        }
    }
    match fed {
        Err(Fed::Stalled) => Err(Error::Stalled),
        Err(Fed::Stream(error)) => Err(Error::Stream(error)),
        _ => Ok(Found {
            here,
            stream,
            _report: report,
            _worker: worker,
        }),
    }
}

fn ask(feed: OwnedFd, wanted: &[Wanted<'_>]) -> Result<(), Fed> {
    sys::fs::set_nonblocking(&feed).map_err(|error| Fed::Stream(error.into()))?;
    let mut feed = File::from(feed);
    let mut bytes = Vec::with_capacity(BUFFER);
    for wanted in wanted {
        bytes.extend(wanted.size.to_le_bytes());
        bytes.extend(wanted.digest.bytes());
        bytes.extend((wanted.path.len() as u32).to_le_bytes());
        bytes.extend(wanted.path);
        if bytes.len() >= BUFFER {
            push(&mut feed, &bytes)?;
            bytes.clear();
        }
    }
    push(&mut feed, &bytes)
}

/// Role `contents`.
pub fn contents() -> ExitCode {
    work(|layers, input, report, more| {
        let [output] = <[OwnedFd; 1]>::try_from(more).map_err(|_| Error::WorkerDied {
            how: "was not given what it needs".to_owned(),
        })?;
        let layers = confine(layers, &[input.as_fd(), report, output.as_fd()])?;
        let mut search = Search::read(BufReader::with_capacity(BUFFER, input))?;
        search.look(layers.as_fd())?;
        let mut output = BufWriter::with_capacity(BUFFER, File::from(output));
        search
            .tell(layers.as_fd(), &mut output)
            .map_err(Error::Stream)?;
        Ok(Report::Done)
    })
}

struct Search {
    /// Size and digest, in the order they were wanted in.
    wanted: Vec<(u64, Digest)>,
    /// What is still looked for, by its clean path.
    by_path: HashMap<Vec<u8>, usize>,
    /// How many of each size are still looked for.
    sizes: HashMap<u64, usize>,
    /// Where each content is, once it was found.
    places: HashMap<Digest, Option<Vec<u8>>>,
    /// Bytes that may still be read.
    budget: u64,
}

impl Search {
    fn read(mut input: impl Read) -> Result<Self, Error> {
        let mut search = Self {
            wanted: Vec::new(),
            by_path: HashMap::new(),
            sizes: HashMap::new(),
            places: HashMap::new(),
            budget: IN_VAIN,
        };
        let failed = Error::std("reading the order");
        let mut size = [0; 8];
        loop {
            match input.read_exact(&mut size) {
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(search),
                other => other.map_err(&failed)?,
            }
            let (mut digest, mut length) = ([0; 32], [0; 4]);
            input.read_exact(&mut digest).map_err(&failed)?;
            input.read_exact(&mut length).map_err(&failed)?;
            let mut path = vec![0; (u32::from_le_bytes(length) as usize).min(MAX_PATH)];
            input.read_exact(&mut path).map_err(&failed)?;
            let (size, digest) = (u64::from_le_bytes(size), Digest::from_bytes(digest));
            search.by_path.insert(path, search.wanted.len());
            search.wanted.push((size, digest));
            search.budget = search.budget.saturating_add(size);
            if search.places.insert(digest, None).is_none() {
                *search.sizes.entry(size).or_default() += 1;
            }
        }
    }

    /// Goes through all layers, first for files of the same path, then for any.
    fn look(&mut self, layers: BorrowedFd<'_>) -> Result<(), Error> {
        let names = sys::fs::names(layers).map_err(Error::io("reading the layers"))?;
        for same_path in [true, false] {
            for name in &names {
                if self.sizes.is_empty() {
                    return Ok(());
                }
                // One that is being removed, or whose record cannot be read, has nothing for us.
                let _ = self.look_into(layers, name, same_path);
            }
        }
        Ok(())
    }

    fn look_into(
        &mut self,
        layers: BorrowedFd<'_>,
        name: &[u8],
        same_path: bool,
    ) -> Result<(), Error> {
        let open = Error::io("opening a layer");
        let layer = sys::fs::open_beneath(layers, name, Open::Directory).map_err(&open)?;
        let diff = sys::fs::open_beneath(&layer, b"diff", Open::Directory).map_err(&open)?;
        let mut record = open_record(layer.as_fd())?;
        while let Some(part) = next_part(&mut record)? {
            let Part::Content { path, size } = part else {
                continue;
            };
            if !self.sizes.contains_key(&size) || size > self.budget {
                continue;
            }
            let meant = self.by_path.get(&path).map(|at| self.wanted[*at]);
            let meant = meant.is_some_and(|(it, digest)| {
                it == size && self.places.get(&digest).is_some_and(Option::is_none)
            });
            if (meant || !same_path)
                && let Some(digest) = self.digest_of(&diff, &path, size)
            {
                let diff = join(name, b"diff");
                self.found(digest, size, join(&diff, &path));
            }
        }
        Ok(())
    }

    fn digest_of(&mut self, diff: &OwnedFd, path: &[u8], size: u64) -> Option<Digest> {
        let mut file = open_file(diff.as_fd(), path, size)?;
        self.budget -= size;
        digest_of(&mut file).ok()
    }

    /// Takes a file for what it is, if that is wanted.
    fn found(&mut self, digest: Digest, size: u64, path: Vec<u8>) {
        let Some(place) = self.places.get_mut(&digest) else {
            return;
        };
        if place.replace(path).is_none()
            && let Some(count) = self.sizes.get_mut(&size)
        {
            *count -= 1;
            if *count == 0 {
                self.sizes.remove(&size);
            }
        }
    }

    /// Says what is here, and then all of it.
    fn tell(&self, layers: BorrowedFd<'_>, output: &mut impl Write) -> io::Result<()> {
        let place = |digest| self.places.get(digest).and_then(Option::as_ref);
        for (at, (_, digest)) in self.wanted.iter().enumerate() {
            if place(digest).is_some() {
                output.write_all(&(at as u32).to_le_bytes())?;
            }
        }
        output.write_all(&END.to_le_bytes())?;
        output.flush()?;
        for (size, digest) in &self.wanted {
            if let Some(place) = place(digest) {
                let gone = || io::Error::from(io::ErrorKind::NotFound);
                let file = open_file(layers, place, *size).ok_or_else(gone)?;
                io::copy(&mut file.take(*size), output)?;
            }
        }
        output.flush()
    }
}

fn open_file(dir: BorrowedFd<'_>, path: &[u8], size: u64) -> Option<File> {
    let fd = sys::fs::open_beneath(dir, path, Open::Read).ok()?;
    let stat = sys::fs::stat(&fd).ok()?;
    (stat.kind == Kind::File && stat.size == size).then(|| File::from(fd))
}

fn digest_of(file: &mut File) -> io::Result<Digest> {
    let mut hasher = Hasher::default();
    let mut buffer = [0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish()),
            count => hasher.update(&buffer[..count]),
        }
    }
}
