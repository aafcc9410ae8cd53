//! Frames of a blob on their way through the threads that compress them.
//!
//! Every frame is compressed by itself and with the same call, so it does not matter which
//! thread does it. They travel in batches; the order they come back in is the order they went.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::layer::compress::Counted;
use crate::types::Digest;

/// A frame that was written.
pub(super) struct Frame {
    /// Where in the blob it lies.
    pub begin: u64,
    pub end: u64,
    /// Bytes in it.
    pub plain: u64,
    pub digest: Option<Digest>,
}

/// The frames on their way.
pub(super) struct Frames<W: Write> {
    output: Counted<W>,
    batch: Batch,
    workers: Vec<Worker>,
    /// Batches given out.
    given: usize,
    /// Of each batch given out and not yet written: who has it.
    waiting: VecDeque<usize>,
    done: Vec<Frame>,
    /// Frames ended so far.
    ended: usize,
}

/// Frames to compress, one after the other.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    /// Where each ends, and whether its digest is wanted.
    ends: Vec<(usize, bool)>,
}

struct Compressed {
    bytes: Vec<u8>,
    /// How long each is, how long it was, and its digest.
    frames: Vec<(u64, u64, Option<Digest>)>,
}

struct Worker {
    jobs: SyncSender<Batch>,
    done: Receiver<io::Result<Compressed>>,
}

impl Worker {
    /// Starts a thread that ends when nobody sends to it any more.
    fn start(level: i32) -> Self {
        let (jobs, to_do) = sync_channel::<Batch>(2);
        let (finished, done) = sync_channel(2);
        thread::spawn(move || {
            let mut compressor = None;
            while let Ok(batch) = to_do.recv() {
                if finished
                    .send(press(&mut compressor, level, &batch))
                    .is_err()
                {
                    return;
                }
            }
        });
        Self { jobs, done }
    }
}

fn press(
    compressor: &mut Option<zstd::bulk::Compressor<'static>>,
    level: i32,
    batch: &Batch,
) -> io::Result<Compressed> {
    if compressor.is_none() {
        let mut fresh = zstd::bulk::Compressor::new(level)?;
        fresh.include_checksum(true)?;
        *compressor = Some(fresh);
    }
    let compressor = compressor.as_mut().expect("made above");
    let mut bytes = Vec::with_capacity(batch.bytes.len() / 2);
    let mut frames = Vec::with_capacity(batch.ends.len());
    let mut frame = Vec::new();
    let mut begin = 0;
    for (end, wants_digest) in &batch.ends {
        let plain = &batch.bytes[begin..*end];
        frame.clear();
        frame.reserve(zstd::zstd_safe::compress_bound(plain.len()));
        compressor.compress_to_buffer(plain, &mut frame)?;
        bytes.extend_from_slice(&frame);
        let digest = wants_digest.then(|| Digest::of(plain));
        frames.push((frame.len() as u64, plain.len() as u64, digest));
        begin = *end;
    }
    Ok(Compressed { bytes, frames })
}

impl<W: Write> Frames<W> {
    pub fn new(output: W, level: i32, threads: usize) -> Self {
        Self {
            output: Counted::new(output),
            batch: Batch::default(),
            workers: (0..threads.max(1)).map(|_| Worker::start(level)).collect(),
            given: 0,
            waiting: VecDeque::new(),
            done: Vec::new(),
            ended: 0,
        }
    }

    /// How many frames have ended.
    pub fn count(&self) -> usize {
        self.ended
    }

    /// What the next frame holds so far.
    pub fn waiting(&self) -> &[u8] {
        let begin = self.batch.ends.last().map_or(0, |(end, _)| *end);
        &self.batch.bytes[begin..]
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.batch.bytes.extend_from_slice(bytes);
    }

    /// Ends a frame, if something is in it.
    pub fn end(&mut self) -> io::Result<()> {
        self.end_frame(false)
    }

    pub fn end_with_digest(&mut self) -> io::Result<()> {
        self.end_frame(true)
    }

    fn end_frame(&mut self, wants_digest: bool) -> io::Result<()> {
        if self.waiting().is_empty() {
            return Ok(());
        }
        self.ended += 1;
        self.batch.ends.push((self.batch.bytes.len(), wants_digest));
        match self.batch.bytes.len() >= BATCH {
            true => self.give(),
            false => Ok(()),
        }
    }

    /// Gives the batch to the next worker; waits when all of them have two already.
    fn give(&mut self) -> io::Result<()> {
        if self.waiting.len() == 2 * self.workers.len() {
            self.take()?;
        }
        let batch = std::mem::take(&mut self.batch);
        self.batch.bytes.reserve(BATCH + BATCH / 4);
        let at = self.given % self.workers.len();
        self.workers[at].jobs.send(batch).map_err(|_| died())?;
        self.given += 1;
        self.waiting.push_back(at);
        Ok(())
    }

    /// Writes the oldest batch that is out.
    fn take(&mut self) -> io::Result<()> {
        let Some(at) = self.waiting.pop_front() else {
            return Ok(());
        };
        let compressed = self.workers[at].done.recv().map_err(|_| died())??;
        let mut begin = self.output.size;
        for (length, plain, digest) in compressed.frames {
            let end = begin + length;
            self.done.push(Frame {
                begin,
                end,
                plain,
                digest,
            });
            begin = end;
        }
        self.output.write_all(&compressed.bytes)
    }

    pub fn finish(mut self) -> io::Result<(Counted<W>, Vec<Frame>)> {
        self.end()?;
        self.give()?;
        while !self.waiting.is_empty() {
            self.take()?;
        }
        Ok((self.output, self.done))
    }
}

fn died() -> io::Error {
    io::Error::other("a thread that compresses ended early")
}

/// What a thread gets at once, about.
const BATCH: usize = 1 << 20;
