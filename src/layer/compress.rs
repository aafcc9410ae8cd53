//! A layer's tar compressed for others: on all cores, and the same bytes on every machine.
//!
//! gzip (RFC 1952, RFC 1951): blocks of 1 MiB, each compressed by itself with the 32 KiB before
//! it as dictionary and ended on a whole byte, joined into one member. Which thread takes which
//! block, and how many threads there are, changes nothing. zstd (RFC 8878): the library's own
//! workers, whose output does not depend on their number as long as there is one (zstd.h,
//! `ZSTD_c_nbWorkers`) and the size of their jobs is given.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use flate2::{Compress, Compression as Level, Crc, FlushCompress, Status};

use crate::types::Digest;
use crate::types::digest::Hasher;
use crate::types::image::Compression;

const BLOCK: usize = 1 << 20;
/// What deflate can look back on.
const WINDOW: usize = 32 << 10;
/// zstd's job; the smallest that loses little.
const JOB: u32 = 4 << 20;
/// More threads than this only wait for each other.
pub(crate) const MAX_THREADS: usize = 16;

/// How a layer is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressing {
    /// Level 0 to 9.
    Gzip(u32),
    /// Level 1 to 22.
    Zstd(i32),
    /// The same, written by [`crate::layer::chunked::write`].
    Chunked(i32),
}

impl Pressing {
    /// The level that the format's own tools use.
    pub const GZIP: Self = Self::Gzip(6);
    pub const ZSTD: Self = Self::Zstd(3);
    pub const CHUNKED: Self = Self::Chunked(3);

    pub fn compression(self) -> Compression {
        match self {
            Self::Gzip(_) => Compression::Gzip,
            Self::Zstd(_) | Self::Chunked(_) => Compression::Zstd,
        }
    }
}

/// Compresses what is written to it; the compressed bytes are counted and hashed on their way out.
pub struct Compressor<W: Write> {
    encoder: Encoder<W>,
}

enum Encoder<W: Write> {
    Gzip(Box<Gzip<Counted<W>>>),
    Zstd(zstd::stream::write::Encoder<'static, Counted<W>>),
}

impl<W: Write> Compressor<W> {
    /// Begins a stream without name and time; uses every core.
    pub fn new(output: W, how: Pressing) -> io::Result<Self> {
        let threads = thread::available_parallelism().map_or(1, |count| count.get());
        Self::with_threads(output, how, threads.min(MAX_THREADS))
    }

    fn with_threads(output: W, how: Pressing, threads: usize) -> io::Result<Self> {
        let counted = Counted::new(output);
        let encoder = match how {
            Pressing::Gzip(level) => Encoder::Gzip(Box::new(Gzip::new(counted, level, threads)?)),
            // A stream that is only written to has no table of contents.
            Pressing::Zstd(level) | Pressing::Chunked(level) => {
                use zstd::zstd_safe::CParameter;
                let mut encoder = zstd::stream::write::Encoder::new(counted, level)?;
                encoder.include_checksum(true)?;
                encoder.multithread(threads as u32)?;
                encoder.set_parameter(CParameter::JobSize(JOB))?;
                Encoder::Zstd(encoder)
            }
        };
        Ok(Self { encoder })
    }

    /// Ends the stream; returns digest and length of what was written.
    pub fn finish(self) -> io::Result<(Digest, u64)> {
        let mut counted = match self.encoder {
            Encoder::Gzip(gzip) => gzip.finish()?,
            Encoder::Zstd(zstd) => zstd.finish()?,
        };
        counted.flush()?;
        Ok((counted.hasher.finish(), counted.size))
    }
}

impl<W: Write> Write for Compressor<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.encoder {
            Encoder::Gzip(gzip) => gzip.write(bytes),
            Encoder::Zstd(zstd) => zstd.write(bytes),
        }
    }

    /// Does nothing: where a stream is flushed would show in its bytes.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Counts and hashes what passes.
pub(crate) struct Counted<W> {
    pub output: W,
    pub hasher: Hasher,
    pub size: u64,
}

impl<W> Counted<W> {
    pub fn new(output: W) -> Self {
        Self {
            output,
            hasher: Hasher::default(),
            size: 0,
        }
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.output.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// One gzip member made by several threads.
struct Gzip<W> {
    output: W,
    block: Vec<u8>,
    /// The end of the block before.
    dictionary: Vec<u8>,
    workers: Vec<Worker>,
    /// Blocks given out.
    given: usize,
    /// Of each block given out and not yet written: who has it.
    waiting: VecDeque<usize>,
    crc: Crc,
}

struct Worker {
    jobs: SyncSender<Job>,
    done: Receiver<io::Result<Pressed>>,
}

struct Job {
    dictionary: Vec<u8>,
    block: Vec<u8>,
    last: bool,
}

struct Pressed {
    bytes: Vec<u8>,
    crc: Crc,
}

impl<W: Write> Gzip<W> {
    fn new(mut output: W, level: u32, threads: usize) -> io::Result<Self> {
        // RFC 1952, 2.3: deflate, no flags, no time, unknown operating system.
        output.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])?;
        let workers = (0..threads.max(1)).map(|_| Worker::start(level));
        Ok(Self {
            output,
            block: Vec::with_capacity(BLOCK),
            dictionary: Vec::new(),
            workers: workers.collect(),
            given: 0,
            waiting: VecDeque::new(),
            crc: Crc::new(),
        })
    }

    /// Gives the block to the next worker; waits when all of them have two already.
    fn give(&mut self, last: bool) -> io::Result<()> {
        if self.waiting.len() == 2 * self.workers.len() {
            self.take()?;
        }
        let block = std::mem::replace(&mut self.block, Vec::with_capacity(BLOCK));
        let end = block[block.len().saturating_sub(WINDOW)..].to_vec();
        let job = Job {
            dictionary: std::mem::replace(&mut self.dictionary, end),
            block,
            last,
        };
        let at = self.given % self.workers.len();
        self.workers[at].jobs.send(job).map_err(|_| died())?;
        self.given += 1;
        self.waiting.push_back(at);
        Ok(())
    }

    /// Writes the oldest block that is out.
    fn take(&mut self) -> io::Result<()> {
        let Some(at) = self.waiting.pop_front() else {
            return Ok(());
        };
        let pressed = self.workers[at].done.recv().map_err(|_| died())??;
        self.crc.combine(&pressed.crc);
        self.output.write_all(&pressed.bytes)
    }

    fn finish(mut self) -> io::Result<W> {
        self.give(true)?;
        while !self.waiting.is_empty() {
            self.take()?;
        }
        self.output.write_all(&self.crc.sum().to_le_bytes())?;
        // The length modulo 2^32, as RFC 1952 has it.
        self.output.write_all(&self.crc.amount().to_le_bytes())?;
        Ok(self.output)
    }
}

impl<W: Write> Write for Gzip<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(BLOCK - self.block.len());
        self.block.extend_from_slice(&bytes[..count]);
        if self.block.len() == BLOCK {
            self.give(false)?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn died() -> io::Error {
    io::Error::other("a thread that compresses ended early")
}

impl Worker {
    /// Starts a thread that ends when nobody sends to it any more.
    fn start(level: u32) -> Self {
        let (jobs, to_do) = sync_channel::<Job>(2);
        let (finished, done) = sync_channel(2);
        thread::spawn(move || {
            let mut deflate = Compress::new(Level::new(level), false);
            while let Ok(job) = to_do.recv() {
                let pressed = press(&mut deflate, &job);
                if finished.send(pressed).is_err() {
                    return;
                }
            }
        });
        Self { jobs, done }
    }
}

/// Compresses one block, always with the same calls: the bytes depend on nothing else.
fn press(deflate: &mut Compress, job: &Job) -> io::Result<Pressed> {
    deflate.reset();
    if !job.dictionary.is_empty() {
        deflate
            .set_dictionary(&job.dictionary)
            .map_err(io::Error::other)?;
    }
    let flush = match job.last {
        true => FlushCompress::Finish,
        false => FlushCompress::Sync,
    };
    // What does not compress grows by five bytes in 16 KiB.
    let mut bytes = Vec::with_capacity(job.block.len() + job.block.len() / 1024 + 64);
    let begin = deflate.total_in();
    loop {
        let used = (deflate.total_in() - begin) as usize;
        let status = deflate
            .compress_vec(&job.block[used..], &mut bytes, flush)
            .map_err(io::Error::other)?;
        let all = (deflate.total_in() - begin) as usize == job.block.len();
        let whole = match job.last {
            true => status == Status::StreamEnd,
            false => all && bytes.len() < bytes.capacity(),
        };
        if whole {
            break;
        }
        bytes.reserve(64 << 10);
    }
    let mut crc = Crc::new();
    crc.update(&job.block);
    Ok(Pressed { bytes, crc })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// Text that repeats itself now and then, and some that does not.
    fn content(size: usize) -> Vec<u8> {
        let mut seed: u32 = 7;
        let mut bytes = Vec::with_capacity(size + 64);
        while bytes.len() < size {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let line = format!("{} lines of rope, {:x}\n", seed % 97, seed >> 20);
            bytes.extend_from_slice(line.as_bytes());
        }
        bytes.truncate(size);
        bytes
    }

    fn pressed(content: &[u8], how: Pressing, threads: usize, piece: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut compressor =
            Compressor::with_threads(&mut bytes, how, threads).expect("a compressor");
        for part in content.chunks(piece) {
            compressor.write_all(part).expect("written");
        }
        let (digest, size) = compressor.finish().expect("finished");
        assert_eq!((digest, size), (Digest::of(&bytes), bytes.len() as u64));
        bytes
    }

    fn unpressed(bytes: &[u8], how: Pressing) -> Vec<u8> {
        let mut content = Vec::new();
        match how {
            // One member: a decoder that reads only the first one gets all of it.
            Pressing::Gzip(_) => flate2::read::GzDecoder::new(bytes).read_to_end(&mut content),
            Pressing::Zstd(_) | Pressing::Chunked(_) => zstd::Decoder::new(bytes)
                .expect("a decoder")
                .read_to_end(&mut content),
        }
        .expect("readable");
        content
    }

    #[test]
    fn the_same_content_gives_the_same_bytes_whoever_compresses_it() {
        for size in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK + 12_345] {
            let content = content(size);
            for how in [
                Pressing::GZIP,
                Pressing::Gzip(1),
                Pressing::Gzip(0),
                Pressing::Gzip(9),
                Pressing::ZSTD,
            ] {
                let one = pressed(&content, how, 1, 1 << 20);
                assert!(unpressed(&one, how) == content, "{size} {how:?}");
                assert!(one == pressed(&content, how, 3, 10_007), "{size} {how:?}");
                assert!(one == pressed(&content, how, 2, 300_000), "{size} {how:?}");
            }
        }
    }

    #[test]
    fn what_does_not_compress_hardly_grows() {
        let mut seed: u64 = 3;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 56) as u8
        })
        .take(3 * BLOCK + 7)
        .collect();
        for how in [Pressing::GZIP, Pressing::ZSTD] {
            let bytes = pressed(&noise, how, 2, 1 << 18);
            assert!(bytes.len() < noise.len() + 4096, "{how:?}: {}", bytes.len());
            assert!(unpressed(&bytes, how) == noise);
        }
    }

    /// What a registry keeps under a digest is found again by later versions and other machines.
    #[test]
    fn the_bytes_are_those_of_every_version() {
        let content = content(2 * BLOCK + 99);
        for (how, expected) in [
            (
                Pressing::GZIP,
                "de7f3e8147d9009fa2c4e984cf4fad88c9d7c32b0732cf8d04843d6b7fba27a0",
            ),
            (
                Pressing::ZSTD,
                "b35e4dd3ee7f6c40196231d98a01c39afdc16998a4eb67b76eaeae7ba5d39f25",
            ),
        ] {
            let digest = Digest::of(&pressed(&content, how, 2, 1 << 20)).hex();
            assert_eq!(digest, expected, "{how:?}");
        }
    }
}
