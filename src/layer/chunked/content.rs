//! The content of one file of a table: from the store, or from frames that are fetched.

use std::fmt;
use std::io::{self, Read};

use zstd::stream::raw::{Decoder, InBuffer, Operation, OutBuffer};

use crate::layer::chunked::toc::File;
use crate::layer::error::Refusal;
use crate::types::digest::Hasher;

pub(super) const BUFFER: usize = 128 << 10;

/// Why the tar cannot be made again from what there is, though nobody need have lied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable(pub &'static str);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Unusable {}

pub(super) fn unusable(what: &'static str) -> io::Error {
    io::Error::other(Unusable(what))
}

pub(super) fn bad(what: String) -> io::Error {
    Refusal::BadTable { what }.into()
}

/// The parts of the blob that are fetched, one after the other, and where each begins.
pub struct Fetched<'a> {
    pub stream: &'a mut dyn Read,
    /// Ascending; a part may hold more than is needed of it.
    pub parts: Vec<std::ops::Range<u64>>,
    at: usize,
    offset: u64,
}

impl<'a> Fetched<'a> {
    pub fn new(stream: &'a mut dyn Read, parts: Vec<std::ops::Range<u64>>) -> Self {
        let offset = parts.first().map_or(0, |part| part.start);
        Self {
            stream,
            parts,
            at: 0,
            offset,
        }
    }

    /// Goes forward to a byte of the blob.
    pub(super) fn go_to(&mut self, wanted: u64) -> io::Result<()> {
        while let Some(part) = self.parts.get(self.at) {
            let to = wanted.clamp(self.offset, part.end);
            let count = to - self.offset;
            if io::copy(&mut self.stream.take(count), &mut io::sink())? < count {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.offset = to;
            if wanted < part.end {
                return Ok(());
            }
            self.at += 1;
            self.offset = self.parts.get(self.at).map_or(to, |part| part.start);
        }
        Err(unusable("a file was not asked for"))
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.offset += count as u64;
        Ok(count)
    }
}

/// The content of a file.
pub(super) struct Content<'a> {
    pub file: &'a File,
    pub hasher: Hasher,
    pub left: u64,
    /// Compressed bytes still to fetch.
    pub ahead: u64,
    /// The last frame has ended.
    pub ended: bool,
}

impl Content<'_> {
    pub fn proves(self) -> bool {
        self.left == 0 && self.hasher.finish() == self.file.digest
    }

    fn passed(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.left -= bytes.len() as u64;
    }

    /// Reads content that is here; nothing at its end.
    pub fn copy(&mut self, here: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
        let count = here.take(self.left).read(buffer)?;
        self.passed(&buffer[..count]);
        Ok(count)
    }

    /// Reads content that comes compressed; nothing when all of both is used up.
    pub fn decompress(
        &mut self,
        decoder: &mut Decoder<'static>,
        fetched: &mut Fetched<'_>,
        (input, taken): (&mut Vec<u8>, &mut usize),
        buffer: &mut [u8],
    ) -> io::Result<usize> {
        // One byte more than there is: what does not end where it says is noticed.
        let room = usize::try_from(self.left).unwrap_or(usize::MAX);
        let mut spare = [0];
        loop {
            if *taken == input.len() && self.ahead > 0 {
                let most = usize::try_from(self.ahead)
                    .unwrap_or(usize::MAX)
                    .min(BUFFER);
                input.resize(most, 0);
                let count = fetched.read(input)?;
                input.truncate(count);
                *taken = 0;
                self.ahead -= count as u64;
            }
            let target: &mut [u8] = match room {
                0 => &mut spare,
                room if room < buffer.len() => &mut buffer[..room],
                _ => buffer,
            };
            let last = *taken == input.len();
            if last && self.ended {
                return Ok(0);
            }
            let mut from = InBuffer::around(&input[*taken..]);
            let mut to = OutBuffer::around(target);
            let hint = decoder.run(&mut from, &mut to);
            let hint = hint.map_err(|error| bad(format!("damaged data: {error}")))?;
            let (used, written) = (from.pos(), to.pos());
            *taken += used;
            self.ended = hint == 0;
            match (written, room) {
                (0, _) if last && !self.ended => {
                    return Err(bad("a file ends too early".to_owned()));
                }
                (0, _) if !last && used == 0 => {
                    return Err(bad("a file does not end where it says".to_owned()));
                }
                (0, _) => {}
                (_, 0) => return Err(bad("a file is larger than it says".to_owned())),
                (count, _) => {
                    self.passed(&buffer[..count]);
                    return Ok(count);
                }
            }
        }
    }
}
