//! The engine's one tar reader: a stream becomes entries, every other byte goes to a tape.
//!
//! One rule for sizes: PAX wins over the header, and the same number is used for the content
//! and for finding the next header (S-13). The tape gets headers, extensions and padding as
//! they were, so that the archive can be written again bit for bit.

use std::io::{Read, Seek, SeekFrom, Write};

use crate::layer::error::{Error, Refusal};
use crate::layer::header::{BLOCK, Header, parse};
use crate::layer::pax::{Extended, Scope};
use crate::layer::{MAX_EXTENSION, MAX_PATH, MAX_STACKED, pax};
use crate::types::Digest;
use crate::types::digest::Hasher;

/// What is read at once; larger than a pipe.
const BUFFER: usize = 256 << 10;

/// What an entry makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    File,
    HardLink,
    Symlink,
    CharDevice(i128, i128),
    BlockDevice,
    Directory,
    Fifo,
}

/// One entry, its extensions applied; the name as it stands in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub path: Vec<u8>,
    pub link: Vec<u8>,
    pub kind: Kind,
    pub mode: u32,
    pub uid: i128,
    pub gid: i128,
    pub mtime: (i64, u32),
    /// When it was read and changed last, where an extension says so.
    pub atime: Option<(i64, u32)>,
    pub ctime: Option<(i64, u32)>,
    /// Bytes of content that follow.
    pub size: u64,
    pub xattrs: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Bytes on their way from the decompressor, counted and hashed.
struct Source<R> {
    input: R,
    buffer: Box<[u8]>,
    begin: usize,
    end: usize,
    /// `None` where nobody asks for the digest.
    hasher: Option<Hasher>,
    total: u64,
    limit: u64,
}

impl<R: Read> Source<R> {
    /// Returns up to `most` waiting bytes and takes them; none at the end of the stream.
    fn take(&mut self, most: u64) -> Result<&[u8], Error> {
        if self.begin == self.end {
            self.fill()?;
        }
        let waiting = (self.end - self.begin) as u64;
        let count = waiting.min(most) as usize;
        let taken = &self.buffer[self.begin..self.begin + count];
        self.begin += count;
        Ok(taken)
    }

    fn fill(&mut self) -> Result<(), Error> {
        self.begin = 0;
        self.end = 0;
        let count = loop {
            match self.input.read(&mut self.buffer) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.end = count.map_err(stream_error)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&self.buffer[..self.end]);
        }
        self.total += self.end as u64;
        if self.total > self.limit {
            let why = Refusal::TooBig { limit: self.limit };
            return Err(Error::Refused { entry: None, why });
        }
        Ok(())
    }
}

/// A decompressor's refusal travels inside io::Error; anything else is the stream's failure.
fn stream_error(error: std::io::Error) -> Error {
    match error.downcast::<carried::Carried>() {
        Ok(carried) => Error::Refused {
            entry: None,
            why: carried.0,
        },
        Err(error) => Error::Stream(error),
    }
}

/// A refusal on its way through `Read`.
pub mod carried {
    use crate::layer::error::Refusal;

    #[derive(Debug)]
    pub struct Carried(pub Refusal);

    impl std::fmt::Display for Carried {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl std::error::Error for Carried {}

    impl From<Refusal> for std::io::Error {
        fn from(why: Refusal) -> Self {
            Self::other(Carried(why))
        }
    }
}

/// Reads an uncompressed tar; `tape` gets every byte that is no content.
pub struct Reader<R, W> {
    source: Source<R>,
    tape: W,
    /// Content of the current entry that is not read yet, and its padding.
    left: u64,
    padding: u64,
}

/// What is known before an entry's own header comes.
#[derive(Default)]
struct Pending {
    extended: Option<Extended>,
    long_name: Option<Vec<u8>>,
    long_link: Option<Vec<u8>>,
    stacked: usize,
}

impl<R: Read + Seek, W: Write> Reader<R, W> {
    /// Passes over the current entry's content without reading it; not for hashing.
    pub fn skip_content(&mut self) -> Result<(), Error> {
        let waiting = (self.source.end - self.source.begin) as u64;
        if self.left > waiting {
            let ahead = self.left - waiting;
            // A seek beyond the end shows as a missing header afterwards.
            let ahead_signed = i64::try_from(ahead).map_err(|_| truncated())?;
            let moved = self.source.input.seek(SeekFrom::Current(ahead_signed));
            moved.map_err(Error::Stream)?;
            self.source.total += ahead;
            (self.source.begin, self.source.end) = (0, 0);
        } else {
            self.source.begin += self.left as usize;
        }
        self.left = 0;
        Ok(())
    }
}

impl<R: Read, W: Write> Reader<R, W> {
    /// Returns where in the stream the current entry's content begins or goes on.
    pub fn position(&self) -> u64 {
        self.offset()
    }

    /// `limit` bounds the bytes of the whole stream.
    pub fn new(input: R, tape: W, limit: u64) -> Self {
        Self {
            source: Source {
                input,
                buffer: vec![0; BUFFER].into_boxed_slice(),
                begin: 0,
                end: 0,
                hasher: Some(Hasher::default()),
                total: 0,
                limit,
            },
            tape,
            left: 0,
            padding: 0,
        }
    }

    /// The same, without a digest in the end.
    #[must_use]
    pub fn unhashed(mut self) -> Self {
        self.source.hasher = None;
        self
    }

    /// Bytes of the current entry's content that are still in the stream itself; `None` while
    /// some wait here.
    pub fn in_stream(&self) -> Option<u64> {
        (self.source.begin == self.source.end).then_some(self.left)
    }

    /// Counts bytes of the content that somebody else has taken from the stream.
    pub fn passed_by(&mut self, count: u64) {
        self.left -= count;
        self.source.total += count;
    }

    pub fn tape(&mut self) -> &mut W {
        &mut self.tape
    }

    /// Returns the tape, and the digest and length of everything read.
    pub fn finish(self) -> (W, Digest, u64) {
        let hasher = self.source.hasher.unwrap_or_default();
        (self.tape, hasher.finish(), self.source.total)
    }

    /// Goes to the next entry; `None` after the archive's end, when the stream is read out too.
    ///
    /// Content of the last entry that was not read goes to the tape.
    pub fn next_entry(&mut self) -> Result<Option<Entry>, Error> {
        self.copy_to_tape(self.left + self.padding)?;
        (self.left, self.padding) = (0, 0);
        let mut pending = Pending::default();
        loop {
            let offset = self.offset();
            let Some(block) = self.block(pending.stacked == 0)? else {
                return Ok(None);
            };
            let header = parse(&block).map_err(|what| bad_header(offset, what))?;
            match header.flag {
                b'x' | b'g' | b'L' | b'K' => self.extension(&header, &mut pending, offset)?,
                _ => return self.entry(header, pending).map(Some),
            }
        }
    }

    /// Returns the next piece of the current entry's content; empty when there is no more.
    pub fn content(&mut self) -> Result<&[u8], Error> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let piece = self.source.take(self.left)?;
        if piece.is_empty() {
            return Err(truncated());
        }
        self.left -= piece.len() as u64;
        Ok(piece)
    }

    fn offset(&self) -> u64 {
        self.source.total - (self.source.end - self.source.begin) as u64
    }

    /// Reads one block; `None` at the end, which only may come where `end_allowed`.
    ///
    /// The two blocks of zeros that POSIX puts there are missing in layers of some builders,
    /// and other readers do not ask for them. Nothing is lost: the layer's digest says whether
    /// the stream was whole.
    fn block(&mut self, end_allowed: bool) -> Result<Option<[u8; BLOCK]>, Error> {
        let mut block = [0; BLOCK];
        if !self.fill(&mut block)? {
            return if end_allowed {
                Ok(None)
            } else {
                Err(truncated())
            };
        }
        if block != [0; BLOCK] {
            return Ok(Some(block));
        }
        let offset = self.offset();
        let second = self.fill(&mut block)?;
        if block != [0; BLOCK] || !end_allowed {
            return Err(bad_header(offset, "a block of zeros"));
        }
        if second {
            self.trailer()?;
        }
        Ok(None)
    }

    /// Reads exactly a block, onto the tape too; false when the stream ends before it.
    fn fill(&mut self, block: &mut [u8; BLOCK]) -> Result<bool, Error> {
        let mut done = 0;
        while done < BLOCK {
            let piece = self.source.take((BLOCK - done) as u64)?;
            if piece.is_empty() && done == 0 {
                return Ok(false);
            }
            if piece.is_empty() {
                return Err(truncated());
            }
            block[done..done + piece.len()].copy_from_slice(piece);
            done += piece.len();
        }
        self.tape
            .write_all(block)
            .map(|()| true)
            .map_err(Error::std("writing the record"))
    }

    /// After the end mark only zeros may follow: another reader might see entries there.
    fn trailer(&mut self) -> Result<(), Error> {
        loop {
            let offset = self.offset();
            let piece = self.source.take(u64::MAX)?;
            if piece.is_empty() {
                return Ok(());
            }
            if piece.iter().any(|byte| *byte != 0) {
                return Err(bad_header(
                    offset,
                    "something follows the end of the archive",
                ));
            }
            self.tape
                .write_all(piece)
                .map_err(Error::std("writing the record"))?;
        }
    }

    fn copy_to_tape(&mut self, mut count: u64) -> Result<(), Error> {
        while count > 0 {
            let piece = self.source.take(count)?;
            if piece.is_empty() {
                return Err(truncated());
            }
            self.tape
                .write_all(piece)
                .map_err(Error::std("writing the record"))?;
            count -= piece.len() as u64;
        }
        Ok(())
    }

    fn extension(
        &mut self,
        header: &Header,
        pending: &mut Pending,
        offset: u64,
    ) -> Result<(), Error> {
        let bad = |what| Error::Refused {
            entry: None,
            why: Refusal::BadExtension { offset, what },
        };
        pending.stacked += 1;
        if pending.stacked > MAX_STACKED {
            return Err(bad("too many before one entry"));
        }
        if header.size > MAX_EXTENSION {
            return Err(bad("larger than 1 MiB"));
        }
        let body = self.body(header.size)?;
        match header.flag {
            b'g' => drop(pax::parse(&body, Scope::Global).map_err(bad)?),
            b'x' if pending.extended.is_some() => return Err(bad("two for one entry")),
            b'x' => pending.extended = Some(pax::parse(&body, Scope::Entry).map_err(bad)?),
            flag => {
                let slot = match flag {
                    b'L' => &mut pending.long_name,
                    _ => &mut pending.long_link,
                };
                if slot.is_some() {
                    return Err(bad("two for one entry"));
                }
                let text = body.strip_suffix(b"\0").unwrap_or(&body);
                let end = text.iter().position(|b| *b == 0).unwrap_or(text.len());
                if end > MAX_PATH {
                    return Err(bad("a name longer than 4096 bytes"));
                }
                *slot = Some(text[..end].to_vec());
            }
        }
        let long = pending.long_name.is_some() || pending.long_link.is_some();
        if pending.extended.is_some() && long {
            return Err(bad("a GNU and a PAX extension for one entry"));
        }
        Ok(())
    }

    /// Reads an extension's content and padding, onto the tape too.
    fn body(&mut self, size: u64) -> Result<Vec<u8>, Error> {
        let mut body = Vec::with_capacity(size as usize);
        while (body.len() as u64) < size {
            let piece = self.source.take(size - body.len() as u64)?;
            if piece.is_empty() {
                return Err(truncated());
            }
            body.extend_from_slice(piece);
        }
        self.tape
            .write_all(&body)
            .map_err(Error::std("writing the record"))?;
        self.copy_to_tape(padding(size))?;
        Ok(body)
    }

    fn entry(&mut self, header: Header, pending: Pending) -> Result<Entry, Error> {
        let extended = pending.extended.unwrap_or_default();
        let path = extended.path.or(pending.long_name).unwrap_or(header.name);
        let link = extended.link.or(pending.long_link).unwrap_or(header.link);
        let refuse = |why| Error::refused(&path, why);
        if extended.sparse || header.flag == b'S' {
            return Err(refuse(Refusal::Sparse));
        }
        if path.len() > MAX_PATH {
            return Err(refuse(Refusal::TooLong { what: "the path" }));
        }
        if link.len() > MAX_PATH {
            return Err(refuse(Refusal::TooLong { what: "the target" }));
        }
        let size = extended.size.unwrap_or(header.size);
        let kind = match header.flag {
            // The oldest form has no type for directories, only the slash.
            b'0' | 0 if path.ends_with(b"/") => Kind::Directory,
            b'0' | b'7' | 0 => Kind::File,
            b'1' => Kind::HardLink,
            b'2' => Kind::Symlink,
            b'3' => Kind::CharDevice(header.major, header.minor),
            b'4' => Kind::BlockDevice,
            b'5' => Kind::Directory,
            b'6' => Kind::Fifo,
            flag => return Err(refuse(Refusal::UnknownType(flag))),
        };
        if kind != Kind::File && size != 0 {
            return Err(refuse(Refusal::SizeOfNothing));
        }
        self.left = size;
        self.padding = padding(size);
        let seconds = header.mtime.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        Ok(Entry {
            link,
            kind,
            mode: header.mode,
            uid: extended.uid.unwrap_or(header.uid),
            gid: extended.gid.unwrap_or(header.gid),
            mtime: extended.mtime.unwrap_or((seconds, 0)),
            atime: extended.atime,
            ctime: extended.ctime,
            size,
            xattrs: extended.xattrs,
            path,
        })
    }
}

/// The zeros after content, up to a whole block.
fn padding(size: u64) -> u64 {
    size.wrapping_neg() % BLOCK as u64
}

fn bad_header(offset: u64, what: &'static str) -> Error {
    let why = Refusal::BadHeader { offset, what };
    Error::Refused { entry: None, why }
}

fn truncated() -> Error {
    let why = Refusal::Truncated;
    Error::Refused { entry: None, why }
}
