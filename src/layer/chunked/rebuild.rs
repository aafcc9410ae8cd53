//! A layer's tar made again: what is no content from the tar-split, contents from where they are.
//!
//! What comes out is only as true as its DiffId: whoever reads it to the end computes that. On
//! the way each content is held against the digest that the table says, so that it is known who
//! lied: content that was fetched refuses the layer, content from the store only this way to it.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use zstd::stream::raw::{Decoder, Operation};
use zstd::zstd_safe::DParameter;

use crate::layer::MAX_WINDOW_LOG;
use crate::layer::chunked::content::{BUFFER, Content, bad, unusable};
use crate::layer::chunked::table::{FILE, SEGMENT};
use crate::layer::chunked::toc::{File, Toc};
use crate::layer::error::Error;
use crate::types::chunked::Chunked;
use crate::types::digest::Hasher;

pub use crate::layer::chunked::content::{Fetched, Unusable};

/// The longest line: headers with an extension of 1 MiB, or a piece of what follows the archive.
const MAX_LINE: u64 = 16 << 20;
/// The tar as a stream.
pub struct Rebuilt<'a> {
    lines: BufReader<Box<dyn Read + 'a>>,
    line: Vec<u8>,
    files: std::iter::Zip<std::slice::Iter<'a, File>, std::slice::Iter<'a, bool>>,
    /// Contents that are here, one after the other.
    here: &'a mut dyn Read,
    fetched: Fetched<'a>,
    decoder: Decoder<'static>,
    /// Of the file that is fetched.
    input: Vec<u8>,
    taken: usize,
    now: Now<'a>,
}

enum Now<'a> {
    /// Bytes of the tar as they are, from this one on.
    Raw(Vec<u8>, usize),
    Here(Content<'a>),
    Fetched(Content<'a>),
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(rename = "type")]
    kind: u8,
    #[serde(default, borrow)]
    name: Cow<'a, str>,
    #[serde(default, borrow)]
    name_raw: Option<Cow<'a, str>>,
    #[serde(default)]
    size: u64,
    #[serde(default, borrow)]
    payload: Option<Cow<'a, str>>,
}

impl<'a> Rebuilt<'a> {
    /// `split` is the tar-split as it is in the blob, its digest checked; `here` says of each of
    /// the table's files whether its content comes next from `contents`.
    pub fn new(
        chunked: &Chunked,
        toc: &'a Toc,
        split: &'a [u8],
        here: &'a [bool],
        contents: &'a mut dyn Read,
        fetched: Fetched<'a>,
    ) -> Result<Self, Error> {
        let mut lines = zstd::stream::read::Decoder::with_buffer(split).map_err(Error::Stream)?;
        lines
            .window_log_max(MAX_WINDOW_LOG)
            .map_err(Error::Stream)?;
        let lines: Box<dyn Read> = Box::new(lines.take(chunked.tar_split.plain));
        let mut decoder = Decoder::new().map_err(Error::Stream)?;
        let window = DParameter::WindowLogMax(MAX_WINDOW_LOG);
        decoder.set_parameter(window).map_err(Error::Stream)?;
        Ok(Self {
            lines: BufReader::with_capacity(BUFFER, lines),
            line: Vec::new(),
            files: toc.files.iter().zip(here),
            here: contents,
            fetched,
            decoder,
            input: Vec::new(),
            taken: 0,
            now: Now::Raw(Vec::new(), 0),
        })
    }

    /// Reads the next line; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        self.line.clear();
        let mut limited = self.lines.by_ref().take(MAX_LINE);
        let count = limited
            .read_until(b'\n', &mut self.line)
            .map_err(|error| bad(error.to_string()))?;
        if count == 0 {
            return match self.files.next() {
                Some(_) => Err(unusable("it has more files than the archive")),
                None => Ok(false),
            };
        }
        let line: Line<'_> =
            serde_json::from_slice(&self.line).map_err(|error| bad(error.to_string()))?;
        let decoded = |text: &str| {
            let bytes = STANDARD.decode(text);
            bytes.map_err(|_| bad("a payload is not base64".to_owned()))
        };
        match line.kind {
            SEGMENT => {
                let payload = line.payload.as_deref().unwrap_or_default();
                self.now = Now::Raw(decoded(payload)?, 0);
            }
            FILE if line.size > 0 => {
                let (file, here) = (self.files.next())
                    .ok_or_else(|| unusable("it has fewer files than the archive"))?;
                let name = match &line.name_raw {
                    Some(raw) => String::from_utf8_lossy(&decoded(raw)?).into_owned().into(),
                    None => line.name,
                };
                if file.name != name || file.size != line.size {
                    return Err(unusable("its files are not the archive's"));
                }
                let content = Content {
                    file,
                    hasher: Hasher::default(),
                    left: file.size,
                    ahead: file.end - file.begin,
                    ended: false,
                };
                self.now = match here {
                    true => Now::Here(content),
                    false => {
                        self.fetched.go_to(file.begin)?;
                        self.decoder.reinit()?;
                        self.input.clear();
                        self.taken = 0;
                        Now::Fetched(content)
                    }
                };
            }
            FILE => {}
            _ => return Err(unusable("it has lines nobody knows")),
        }
        Ok(true)
    }
}

impl Read for Rebuilt<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let count = match &mut self.now {
                Now::Raw(bytes, at) => {
                    let count = (&bytes[*at..]).read(buffer)?;
                    *at += count;
                    count
                }
                Now::Here(content) => content.copy(self.here, buffer)?,
                Now::Fetched(content) => content.decompress(
                    &mut self.decoder,
                    &mut self.fetched,
                    (&mut self.input, &mut self.taken),
                    buffer,
                )?,
            };
            if count > 0 {
                return Ok(count);
            }
            match std::mem::replace(&mut self.now, Now::Raw(Vec::new(), 0)) {
                Now::Raw(..) => {}
                Now::Here(content) => {
                    if !content.proves() {
                        return Err(unusable("a file in the store has changed"));
                    }
                }
                Now::Fetched(content) => {
                    let name = crate::types::escape::quoted(&content.file.name);
                    if !content.proves() {
                        return Err(bad(format!("{name} is not what it says")));
                    }
                }
            }
            if !self.next()? {
                return Ok(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::Limits;
    use crate::layer::chunked::toc;
    use crate::layer::chunked::write::compress;

    fn noise(count: usize) -> Vec<u8> {
        let mut seed: u64 = 11;
        let next = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 56) as u8
        });
        next.take(count).collect()
    }

    fn files() -> [(&'static str, Vec<u8>); 5] {
        [
            ("a", b"one".to_vec()),
            ("empty", Vec::new()),
            ("d/large", noise(1 << 20)),
            ("zeros", vec![0; 2 << 20]),
            ("last", b"bytes that do not fill a block".to_vec()),
        ]
    }

    fn archive() -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, content) in files() {
            let mut header = tar::Header::new_ustar();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            header.set_path(name).expect("short");
            header.set_cksum();
            builder.append(&header, &content[..]).expect("to memory");
        }
        builder.into_inner().expect("to memory")
    }

    /// A blob and its tables.
    fn written(tar: &[u8]) -> (Vec<u8>, Chunked, Toc, Vec<u8>) {
        let mut blob = Vec::new();
        let written = compress(tar, &mut blob, 3).expect("to memory");
        let chunked = written.chunked.expect("a table");
        let cut = |span: crate::types::chunked::Span| {
            blob[span.offset as usize..][..span.length as usize].to_vec()
        };
        assert_eq!(toc::fits(&chunked, written.size).ok(), Some(true));
        let toc = toc::read(&chunked, &cut(chunked.toc), &Limits::default());
        let toc = toc.expect("true").expect("usable");
        let split = cut(chunked.tar_split);
        (blob, chunked, toc, split)
    }

    fn rebuilt(here: &[bool], change: impl Fn(&mut Toc)) -> Result<Vec<u8>, String> {
        let (blob, chunked, mut toc, split) = written(&archive());
        change(&mut toc);
        let mut here = here.to_vec();
        here.resize(toc.files.len(), false);
        let here = &here[..];
        let contents = files()
            .into_iter()
            .filter(|(_, content)| !content.is_empty());
        let ours = contents.zip(here).filter(|(_, here)| **here);
        let ours: Vec<u8> = ours.flat_map(|((_, content), _)| content).collect();
        // One part for all of them, as where the gaps are small.
        let wanted = || toc.files.iter().zip(here).filter(|(_, here)| !**here);
        let begin = wanted().map(|(file, _)| file.begin).min();
        let end = wanted().map(|(file, _)| file.end).max();
        let parts: Vec<_> = begin
            .zip(end)
            .map(|(begin, end)| begin..end)
            .into_iter()
            .collect();
        let bytes: Vec<u8> = parts
            .iter()
            .flat_map(|part| blob[part.start as usize..part.end as usize].to_vec())
            .collect();
        let (mut ours, mut stream) = (&ours[..], &bytes[..]);
        let fetched = Fetched::new(&mut stream, parts);
        let mut tar = Vec::new();
        Rebuilt::new(&chunked, &toc, &split, here, &mut ours, fetched)
            .map_err(|error| error.to_string())?
            .read_to_end(&mut tar)
            .map_err(|error| error.to_string())?;
        Ok(tar)
    }

    #[test]
    fn the_tar_is_the_same_wherever_contents_come_from() {
        for mask in 0..16 {
            let here = [0, 1, 2, 3].map(|bit| mask >> bit & 1 == 1);
            assert!(
                rebuilt(&here, |_| ()).as_deref() == Ok(&archive()),
                "{here:?}"
            );
        }
    }

    #[test]
    fn what_is_not_as_it_says_is_noticed() {
        let all = [false; 4];
        let other = crate::types::Digest::of(b"other");
        for (here, change, part) in [
            (
                all,
                &(|toc: &mut Toc| toc.files[1].digest = other) as &dyn Fn(&mut Toc),
                "is not what",
            ),
            (
                [true; 4],
                &|toc: &mut Toc| toc.files[1].digest = other,
                "in the store has changed",
            ),
            (
                all,
                &|toc: &mut Toc| toc.files[1].size -= 1,
                "are not the archive's",
            ),
            (
                all,
                &|toc: &mut Toc| toc.files[1].name = "x".to_owned(),
                "are not the archive's",
            ),
            (
                all,
                &|toc: &mut Toc| toc.files[1].end -= 1,
                "ends too early",
            ),
            (all, &|toc: &mut Toc| drop(toc.files.pop()), "fewer files"),
            (
                all,
                &|toc: &mut Toc| toc.files.push(toc.files[0].clone()),
                "more files",
            ),
            (
                all,
                &|toc: &mut Toc| toc.files[1].begin -= 1,
                "damaged data",
            ),
        ] {
            let is = rebuilt(&here, change).map(drop).expect_err(part);
            assert!(is.contains(part), "{part}: {is}");
        }
    }
}
