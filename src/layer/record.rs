//! What is needed to write a layer's original tar again: everything but the files' content.
//!
//! `layers/<chain>/tar`, zstd-compressed. A sequence of parts: raw bytes (headers, extensions,
//! padding), or "here is the content of this file". A file that a later entry of the same layer
//! replaced is kept aside in `kept/<n>`; the record says from which content on it counts.

use std::io;
use std::io::{Read, Write};

use crate::layer::MAX_PATH;
use crate::layer::error::Error;

/// Raw bytes are gathered up to this before they are written.
const GATHER: usize = 64 << 10;
const RAW: u8 = 0;
const CONTENT: u8 = 1;
const KEPT: u8 = 2;

/// Writes a record; as `Write` it takes raw bytes.
pub struct Recorder<W: Write> {
    output: W,
    raw: Vec<u8>,
    contents: u64,
    kept: u64,
}

impl<W: Write> Recorder<W> {
    pub fn new(output: W) -> Self {
        Self {
            output,
            raw: Vec::with_capacity(GATHER),
            contents: 0,
            kept: 0,
        }
    }

    /// Here stands the content of the file at `path` in diff/.
    pub fn content(&mut self, path: &[u8], size: u64) -> io::Result<()> {
        self.flush_raw()?;
        self.contents += 1;
        self.output.write_all(&[CONTENT])?;
        self.output.write_all(&size.to_le_bytes())?;
        self.path(path)
    }

    /// What was at `path` is moved to `kept/<n>`; returns n.
    pub fn keep(&mut self, path: &[u8]) -> io::Result<u64> {
        self.flush_raw()?;
        self.output.write_all(&[KEPT])?;
        self.output.write_all(&self.contents.to_le_bytes())?;
        self.path(path)?;
        self.kept += 1;
        Ok(self.kept - 1)
    }

    fn path(&mut self, path: &[u8]) -> io::Result<()> {
        self.output.write_all(&(path.len() as u32).to_le_bytes())?;
        self.output.write_all(path)
    }

    fn flush_raw(&mut self) -> io::Result<()> {
        if !self.raw.is_empty() {
            self.output.write_all(&[RAW])?;
            self.output
                .write_all(&(self.raw.len() as u32).to_le_bytes())?;
            self.output.write_all(&self.raw)?;
            self.raw.clear();
        }
        Ok(())
    }

    /// Ends the record and returns what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush_raw()?;
        Ok(self.output)
    }
}

impl<W: Write> Write for Recorder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.chunks(GATHER) {
            if self.raw.len() + piece.len() > GATHER {
                self.flush_raw()?;
            }
            self.raw.extend_from_slice(piece);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One part of a record.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Raw(Vec<u8>),
    Content { path: Vec<u8>, size: u64 },
    Kept { before: u64, path: Vec<u8> },
}

/// Reads the next part; `None` at the end.
pub fn next_part(input: &mut impl Read) -> Result<Option<Part>, Error> {
    let mut tag = [0];
    if input
        .read(&mut tag)
        .map_err(Error::std("reading the record"))?
        == 0
    {
        return Ok(None);
    }
    Ok(Some(match tag[0] {
        RAW => Part::Raw(bytes(input, GATHER)?),
        CONTENT => Part::Content {
            size: number(input)?,
            path: bytes(input, MAX_PATH)?,
        },
        KEPT => Part::Kept {
            before: number(input)?,
            path: bytes(input, MAX_PATH)?,
        },
        _ => return Err(damaged()),
    }))
}

fn number(input: &mut impl Read) -> Result<u64, Error> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes).map_err(|_| damaged())?;
    Ok(u64::from_le_bytes(bytes))
}

fn bytes(input: &mut impl Read, most: usize) -> Result<Vec<u8>, Error> {
    let mut length = [0; 4];
    input.read_exact(&mut length).map_err(|_| damaged())?;
    let length = u32::from_le_bytes(length) as usize;
    if length > most {
        return Err(damaged());
    }
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes).map_err(|_| damaged())?;
    Ok(bytes)
}

fn damaged() -> Error {
    Error::Damaged {
        what: "its record cannot be read".to_owned(),
    }
}
