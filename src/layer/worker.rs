//! Both ends of the confined workers: roles `extract`, `adopt`, `dedupe` and `pack`.
//!
//! ```text
//! engine                                   worker (userns::worker: U0, one directory, no way out)
//!   spawn(role, [directory, input, report]) → enter → confine(directory, [input, report])
//!   one line of JSON: the order             → reads the order
//!   the bytes, then the end of the pipe     → works
//!   reads the report, waits                 ← one JSON document, exit 0
//! ```
//!
//! PR_SET_PDEATHSIG ties a worker to the thread that started it, so one call does all of this.

use std::fs::File;
use std::io;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::ExitCode;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::layer::error::Error;
use crate::layer::report::{MAX_REPORT, Report, Unpacked};
use crate::layer::unpack::{Job, Owners, unpack_here};
use crate::layer::{Limits, adopt, dedupe, pack};
use crate::sys;
use crate::sys::process::readable_within;
use crate::types::image::Compression;
use crate::userns::Base;
use crate::userns::worker as confined;

/// How long a worker may be silent while it has work: a slow disk, an overloaded machine.
pub const STALL: Duration = Duration::from_secs(600);
/// How long it may take to end after its report.
const FAREWELL: Duration = Duration::from_secs(30);
const PIPE: usize = 1 << 20;
const BUFFER: usize = 256 << 10;
/// The longest order line.
const MAX_ORDER: u64 = 1 << 20;

/// What the first line of a worker's input says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub compression: Option<String>,
    pub limits: Limits,
    pub squash: bool,
    /// For `adopt`: the layers below, top first; for `dedupe`: others. As bytes.
    pub below: Vec<Vec<u8>>,
}

impl Order {
    pub(crate) fn new(base: Option<&Base>) -> Self {
        Self {
            compression: None,
            limits: Limits::default(),
            // Without a base the worker maps one id for itself.
            squash: base.is_none_or(|base| base.single),
            below: Vec::new(),
        }
    }
}

/// Unpacks a layer's blob into `stage/diff` in a confined process, with its record beside it.
///
/// `compression` is what the media type declares; `None` believes the bytes. The stream is read
/// to its end, so a reader that verifies has its say; its error comes back as it was.
pub fn unpack(
    stream: &mut dyn Read,
    compression: Option<Compression>,
    stage: BorrowedFd<'_>,
    limits: &Limits,
    base: Option<&Base>,
) -> Result<Unpacked, Error> {
    let order = Order {
        compression: compression.map(|compression| name_of(compression).to_owned()),
        limits: limits.clone(),
        ..Order::new(base)
    };
    match run("extract", stage, base, &order, stream)? {
        Report::Unpacked(unpacked) => Ok(unpacked),
        _ => Err(Error::WorkerDied {
            how: "gave a strange answer".to_owned(),
        }),
    }
}

fn name_of(compression: Compression) -> &'static str {
    match compression {
        Compression::Plain => "plain",
        Compression::Gzip => "gzip",
        Compression::Zstd => "zstd",
    }
}

fn compression_of(name: &str) -> Option<Compression> {
    match name {
        "plain" => Some(Compression::Plain),
        "gzip" => Some(Compression::Gzip),
        "zstd" => Some(Compression::Zstd),
        _ => None,
    }
}

/// Starts a worker, feeds it, and returns what it reports.
pub(crate) fn run(
    role: &str,
    directory: BorrowedFd<'_>,
    base: Option<&Base>,
    order: &Order,
    stream: &mut dyn Read,
) -> Result<Report, Error> {
    let (input, feed) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    let (report, answer) = sys::fs::pipe().map_err(Error::io("making a pipe"))?;
    sys::fs::enlarge_pipe(&feed, PIPE);
    let passed = [directory, input.as_fd(), answer.as_fd()];
    let worker = confined::spawn(base, role, &passed)?;
    drop((input, answer));
    let fed = feed_worker(feed, order, stream);
    if let Err(Fed::Stream(error)) = fed {
        return Err(Error::Stream(error)); // the worker is killed when dropped
    }
    let report = read_report(report)?;
    let ended = worker.wait(FAREWELL)?;
    match (report, fed) {
        (
            Some(Report::Failed {
                refused,
                full,
                about,
                text,
            }),
            _,
        ) => Err(Error::Worker {
            refused,
            full,
            about,
            text,
        }),
        (Some(_), Err(Fed::Stalled)) => Err(Error::Stalled),
        (Some(report), _) => Ok(report),
        (None, Err(Fed::Stalled)) => Err(Error::Stalled),
        (None, _) => Err(Error::WorkerDied {
            how: format!("ended early ({ended:?})"),
        }),
    }
}

/// Why feeding ended before the stream did.
pub(crate) enum Fed {
    Stream(io::Error),
    /// The worker closed its end: its report says why.
    Refused,
    Stalled,
}

fn feed_worker(feed: OwnedFd, order: &Order, stream: &mut dyn Read) -> Result<(), Fed> {
    sys::fs::set_nonblocking(&feed).map_err(|error| Fed::Stream(error.into()))?;
    let mut feed = File::from(feed);
    let mut line = serde_json::to_vec(order).expect("an order has no failing field");
    line.push(b'\n');
    push(&mut feed, &line)?;
    let mut buffer = vec![0; BUFFER];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => push(&mut feed, &buffer[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Fed::Stream(error)),
        }
    }
}

pub(crate) fn push(feed: &mut File, mut bytes: &[u8]) -> Result<(), Fed> {
    while !bytes.is_empty() {
        match feed.write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) => match error.kind() {
                io::ErrorKind::Interrupted => {}
                io::ErrorKind::BrokenPipe => return Err(Fed::Refused),
                io::ErrorKind::WouldBlock => match sys::fs::writable_within(&*feed, STALL) {
                    Ok(true) => {}
                    _ => return Err(Fed::Stalled),
                },
                _ => return Err(Fed::Stream(error)),
            },
        }
    }
    Ok(())
}

/// Reads a report to its end; `None` when the worker said nothing whole.
pub(crate) fn read_report(report: OwnedFd) -> Result<Option<Report>, Error> {
    let mut report = File::from(report);
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if !readable_within(report.as_fd(), STALL).map_err(Error::io("waiting"))? {
            return Err(Error::Stalled);
        }
        let count = report
            .read(&mut buffer)
            .map_err(Error::std("reading a report"))?;
        if count == 0 || text.len() as u64 > MAX_REPORT {
            return Ok(serde_json::from_slice(&text).ok());
        }
        text.extend_from_slice(&buffer[..count]);
    }
}

/// Role `extract`.
pub fn extract() -> ExitCode {
    work(|stage, mut input, report, _| {
        let stage = confined::confine(stage, &[input.as_fd(), report])?;
        let order = read_order(&mut input)?;
        let job = Job {
            compression: order.compression.as_deref().and_then(compression_of),
            stage: stage.as_fd(),
            limits: order.limits,
            owners: match (is_noted(stage.as_fd()), order.squash) {
                (true, _) => Owners::Noted,
                (false, true) => Owners::Squashed,
                (false, false) => Owners::Kept,
            },
        };
        let unpacked = unpack_here(input, &job)?;
        sys::failpoint::hit("layer.tree.unpacked").map_err(Error::io("unpacking"))?;
        Ok(Report::Unpacked(unpacked))
    })
}

/// Whether the layer's store keeps owners beside the files: `store::Owners`.
pub(crate) fn is_noted(stage: BorrowedFd<'_>) -> bool {
    sys::fs::stat_at(stage, b"noted").is_ok()
}

/// Role `adopt`: not confined, since it looks into the layers below; it reads no archive.
pub fn adopt() -> ExitCode {
    work(|stage, mut input, _, _| {
        let order = read_order(&mut input)?;
        adopt::adopt_here(stage.as_fd(), &order.below, order.squash).map(|()| Report::Done)
    })
}

/// Role `dedupe`: not confined, since it looks into other layers; it reads no archive.
pub fn dedupe() -> ExitCode {
    work(|stage, mut input, _, _| {
        let order = read_order(&mut input)?;
        dedupe::share_here(stage.as_fd(), &order.below).map(|()| Report::Done)
    })
}

/// Role `pack`: the input is an output here.
pub fn pack() -> ExitCode {
    work(|layer, output, report, _| {
        let layer = confined::confine(layer, &[output.as_fd(), report])?;
        pack::write_here(
            layer.as_fd(),
            &mut io::BufWriter::with_capacity(BUFFER, output),
        )
        .map(|()| Report::Done)
    })
}

/// Takes the descriptors, does the work, reports; the job gets those after the third as they are.
pub(crate) fn work(
    job: impl FnOnce(OwnedFd, File, BorrowedFd<'_>, Vec<OwnedFd>) -> Result<Report, Error>,
) -> ExitCode {
    let Ok(mut passed) = confined::enter() else {
        return ExitCode::from(125); // no descriptor to say more through
    };
    let more = passed.split_off(passed.len().min(3));
    let Ok([directory, stream, report]) = <[OwnedFd; 3]>::try_from(passed) else {
        return ExitCode::from(125);
    };
    let outcome = job(directory, File::from(stream), report.as_fd(), more);
    let answer = outcome.unwrap_or_else(|error| Report::of(&error));
    let text = serde_json::to_vec(&answer).expect("a report has no failing field");
    match File::from(report).write_all(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(125),
    }
}

fn read_order(input: &mut File) -> Result<Order, Error> {
    let mut line = Vec::new();
    let mut byte = [0];
    // Byte by byte: what follows the line is the layer's.
    while (line.len() as u64) < MAX_ORDER {
        let count = input
            .read(&mut byte)
            .map_err(Error::std("reading the order"))?;
        if count == 0 || byte[0] == b'\n' {
            break;
        }
        line.push(byte[0]);
    }
    serde_json::from_slice(&line).map_err(|error| Error::WorkerDied {
        how: format!("got a broken order: {error}"),
    })
}
