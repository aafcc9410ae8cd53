//! A tar becomes a zstd:chunked blob, the same bytes on every machine.
//!
//! An archive that the format cannot describe, with two entries of one name for example, becomes
//! the same frames without a table: a zstd blob like others.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::thread;

use crate::layer::chunked::crc::Crc;
use crate::layer::chunked::frames::{Frame, Frames};
use crate::layer::chunked::rolling::Rolling;
use crate::layer::chunked::table::{Line, Row};
use crate::layer::chunked::{MAGIC, SKIPPABLE, SKIPPABLE_HEAD};
use crate::layer::compress::{Counted, MAX_THREADS};
use crate::layer::error::Error;
use crate::layer::names::components;
use crate::layer::reader::{Entry, Reader};
use crate::types::Digest;
use crate::types::chunked::{Chunked, Span};
use crate::types::digest::Hasher;

/// The longest part of a file, where nothing in it says where to cut.
const MAX_PART: usize = 1 << 20;

/// A blob that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub digest: Digest,
    /// Bytes of the blob.
    pub size: u64,
    /// `None` when the archive is none that the format can describe.
    pub chunked: Option<Chunked>,
}

/// Compresses a tar at a level from 1 to 22, on all cores.
///
/// A failure of either end is [`Error::Stream`].
pub fn compress(tar: impl Read, output: impl Write, level: i32) -> Result<Written, Error> {
    let threads = thread::available_parallelism().map_or(1, |count| count.get());
    compress_with(tar, output, level, threads.min(MAX_THREADS))
}

fn compress_with(
    tar: impl Read,
    output: impl Write,
    level: i32,
    threads: usize,
) -> Result<Written, Error> {
    let split = zstd::Encoder::new(Vec::new(), level).map_err(Error::Stream)?;
    let mut writer = Writer {
        reader: Reader::new(tar, Vec::new(), u64::MAX),
        frames: Frames::new(output, level, threads),
        split: Split {
            lines: Counted::new(split),
            count: 0,
        },
        files: Vec::new(),
        names: HashSet::new(),
        plain: false,
    };
    while let Some(entry) = writer.reader.next_entry()? {
        writer.entry(&entry).map_err(Error::Stream)?;
        writer.content(&entry)?;
    }
    writer.finish(level).map_err(Error::Stream)
}

/// An entry of the table whose place is known once all before it is compressed.
struct File {
    row: Row,
    /// The frames of its content.
    frames: std::ops::Range<usize>,
    digest: Option<Digest>,
}

struct Writer<R: Read, W: Write> {
    /// Its tape is what is no content.
    reader: Reader<R, Vec<u8>>,
    frames: Frames<W>,
    split: Split,
    files: Vec<File>,
    names: HashSet<Vec<u8>>,
    /// No table can be made.
    plain: bool,
}

struct Split {
    lines: Counted<zstd::Encoder<'static, Vec<u8>>>,
    count: u64,
}

impl Split {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.count += 1;
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.lines.size += text.len() as u64;
        self.lines.output.write_all(&text)
    }
}

impl<R: Read, W: Write> Writer<R, W> {
    /// Takes an entry's headers, with the padding of the entry before.
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let headers = std::mem::take(self.reader.tape());
        let line = Line::segment(self.split.count, &headers);
        self.split.line(&line)?;
        let unique = components(&entry.path).is_ok_and(|parts| {
            let clean = parts.join(&b'/');
            self.names.insert(clean)
        });
        match Row::of(entry, &headers).filter(|_| unique) {
            Some(row) => self.files.push(File {
                row,
                frames: 0..0,
                digest: None,
            }),
            None => self.plain = true,
        }
        self.frames.add(&headers);
        if self.frames.waiting().len() > MAX_PART {
            self.frames.end()?;
        }
        let tape = self.reader.tape();
        *tape = headers;
        tape.clear();
        Ok(())
    }

    /// Takes an entry's content, part by part.
    fn content(&mut self, entry: &Entry) -> Result<(), Error> {
        let failed = Error::Stream;
        let mut sum = None;
        if entry.size > 0 {
            self.frames.end().map_err(failed)?;
            let first = self.frames.count();
            let (crc, digest) = self.parts(entry.size)?;
            sum = Some(crc.finish());
            if let Some(file) = self.files.last_mut() {
                file.frames = first..self.frames.count();
                file.digest = digest;
            }
        }
        let line = Line::file(self.split.count, entry, sum);
        self.split.line(&line).map_err(failed)
    }

    /// Compresses so many bytes of content; a digest is returned where there are several parts.
    fn parts(&mut self, size: u64) -> Result<(Crc, Option<Digest>), Error> {
        let failed = Error::Stream;
        let mut crc = Crc::default();
        let mut hasher: Option<Hasher> = None;
        let mut rolling = Rolling::default();
        let mut left = size;
        loop {
            let piece = self.reader.content()?;
            crc.update(piece);
            left -= piece.len() as u64;
            let mut rest = piece;
            while !rest.is_empty() {
                let room = MAX_PART - self.frames.waiting().len();
                let (count, cut) = rolling.take(&rest[..rest.len().min(room)]);
                self.frames.add(&rest[..count]);
                rest = &rest[count..];
                let all = left == 0 && rest.is_empty();
                if !all && (cut || count == room) {
                    let hasher = hasher.get_or_insert_default();
                    hasher.update(self.frames.waiting());
                    self.frames.end_with_digest().map_err(failed)?;
                }
            }
            if left == 0 {
                break;
            }
        }
        let digest = hasher.map(|mut hasher| {
            hasher.update(self.frames.waiting());
            hasher.finish()
        });
        self.frames.end_with_digest().map_err(failed)?;
        Ok((crc, digest))
    }

    /// Writes what is left, and the tables.
    fn finish(mut self, level: i32) -> io::Result<Written> {
        let rest = std::mem::take(self.reader.tape());
        if !rest.is_empty() {
            let line = Line::segment(self.split.count, &rest);
            self.split.line(&line)?;
            self.frames.add(&rest);
        }
        let (mut output, frames) = self.frames.finish()?;
        let mut chunked = None;
        if !self.plain {
            let split_plain = self.split.lines.size;
            let split = self.split.lines.output.finish()?;
            let (toc, plain) = table(self.files, &frames, Digest::of(&split), level)?;
            let toc_span = append(&mut output, &toc, plain)?;
            let split_span = append(&mut output, &split, split_plain)?;
            append(&mut output, &footer(&toc_span, &split_span), 0)?;
            chunked = Some(Chunked {
                digest: Digest::of(&toc),
                toc: toc_span,
                tar_split: split_span,
            });
        }
        output.flush()?;
        Ok(Written {
            digest: output.hasher.finish(),
            size: output.size,
            chunked,
        })
    }
}

/// Writes the table of contents; returns it compressed, and how long it is when it is not.
fn table(
    files: Vec<File>,
    frames: &[Frame],
    tar_split: Digest,
    level: i32,
) -> io::Result<(Vec<u8>, u64)> {
    let mut text = Counted::new(zstd::Encoder::new(Vec::new(), level)?);
    let mut put = |bytes: &[u8]| {
        text.size += bytes.len() as u64;
        text.output.write_all(bytes)
    };
    put(b"{\"version\":1,\"entries\":[")?;
    let mut between: &[u8] = b"";
    for file in files {
        for row in rows(file, frames) {
            put(between)?;
            put(&serde_json::to_vec(&row)?)?;
            between = b",";
        }
    }
    put(format!("],\"tarSplitDigest\":\"{tar_split}\"}}").as_bytes())?;
    Ok((text.output.finish()?, text.size))
}

/// The rows of one file: itself, and one for each part after the first.
fn rows(file: File, all: &[Frame]) -> Vec<Row> {
    let mut row = file.row;
    let frames = &all[file.frames.clone()];
    let (Some(first), Some(last)) = (frames.first(), frames.last()) else {
        return vec![row];
    };
    row.digest = file.digest.or(first.digest);
    row.offset = first.begin;
    row.end_offset = last.end;
    let mut rows = vec![row];
    if frames.len() > 1 {
        let mut offset = 0;
        for (at, frame) in frames.iter().enumerate() {
            if at > 0 {
                rows.push(Row::part(&rows[0].name));
            }
            let row = &mut rows[at];
            row.offset = frame.begin;
            row.chunk_offset = offset;
            row.chunk_size = frame.plain;
            row.chunk_digest = frame.digest;
            offset += frame.plain;
        }
    }
    rows
}

fn append(output: &mut Counted<impl Write>, bytes: &[u8], plain: u64) -> io::Result<Span> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    let offset = output.size + SKIPPABLE_HEAD;
    output.write_all(&SKIPPABLE)?;
    output.write_all(&length.to_le_bytes())?;
    output.write_all(bytes)?;
    Ok(Span {
        offset,
        length: length.into(),
        plain,
    })
}

/// The same numbers as the annotations', for whoever has only the blob.
fn footer(toc: &Span, split: &Span) -> Vec<u8> {
    const CRFS: u64 = 1;
    let numbers = [
        toc.offset,
        toc.length,
        toc.plain,
        CRFS,
        split.offset,
        split.length,
        split.plain,
    ];
    let mut bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
    bytes.extend(MAGIC);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: usize = 512;

    fn noise(count: usize) -> Vec<u8> {
        let mut seed: u64 = 5;
        let next = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 56) as u8
        });
        next.take(count).collect()
    }

    fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, content) in files {
            let mut header = tar::Header::new_ustar();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            header.set_path(name).expect("short");
            header.set_cksum();
            builder.append(&header, &content[..]).expect("to memory");
        }
        builder.into_inner().expect("to memory")
    }

    fn written(tar: &[u8], threads: usize) -> (Vec<u8>, Written) {
        let mut blob = Vec::new();
        let written = compress_with(tar, &mut blob, 3, threads).expect("to memory");
        assert_eq!(written.size, blob.len() as u64);
        assert_eq!(written.digest, Digest::of(&blob));
        (blob, written)
    }

    fn cut(blob: &[u8], span: &Span) -> Vec<u8> {
        let end = span.end().expect("small") as usize;
        let plain = zstd::decode_all(&blob[span.offset as usize..end]).expect("zstd");
        assert_eq!(plain.len() as u64, span.plain);
        plain
    }

    #[test]
    fn whoever_writes_it_it_is_the_same_and_a_zstd_stream() {
        let mut tar = archive(&[
            ("empty", Vec::new()),
            ("small", b"hello".to_vec()),
            ("large", noise(3 << 20)),
            ("zeros", vec![0; 3 << 20]),
        ]);
        tar.extend(vec![0; 20 * BLOCK]);
        let (blob, it) = written(&tar, 1);
        assert!(zstd::decode_all(&blob[..]).expect("zstd") == tar);
        assert_eq!((&blob, &it), (&written(&tar, 3).0, &written(&tar, 2).1));
        let chunked = it.chunked.expect("the format can describe it");
        let toc = cut(&blob, &chunked.toc);
        let toc: serde_json::Value = serde_json::from_slice(&toc).expect("JSON");
        for row in toc["entries"].as_array().expect("rows") {
            let Some(offset) = row["offset"].as_u64() else {
                continue;
            };
            let plain = zstd::stream::read::Decoder::new(&blob[offset as usize..]).expect("zstd");
            let mut first = Vec::new();
            plain.single_frame().read_to_end(&mut first).expect("zstd");
            let digest = row["chunkDigest"].as_str().or(row["digest"].as_str());
            assert_eq!(digest, Some(&*Digest::of(&first).to_string()), "{row}");
        }
        assert_eq!(blob[blob.len() - 8..], MAGIC);
        cut(&blob, &chunked.tar_split);
    }

    #[test]
    fn two_of_one_name_have_no_table() {
        let tar = archive(&[("a", b"1".to_vec()), ("./a", b"2".to_vec())]);
        let (blob, it) = written(&tar, 2);
        assert_eq!(it.chunked, None);
        assert!(zstd::decode_all(&blob[..]).expect("zstd") == tar);
        assert!(compress(&tar[..700], io::sink(), 3).is_err());
    }

    /// What a registry keeps under a digest is found again by later versions and other machines.
    #[test]
    fn the_bytes_are_those_of_every_version() {
        let (_, it) = written(&archive(&[("a/b", noise(300_000))]), 2);
        assert_eq!(
            it.digest.hex(),
            "c5a629163f5086cb1565ea7cced58fdd61986d6522771746a04671a08c33beaa"
        );
    }
}
