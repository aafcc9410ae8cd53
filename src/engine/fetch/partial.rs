//! Of a zstd:chunked blob only the files that are nowhere in the store.
//!
//! ```text
//! registry ──ranges──▶ table of contents, tar-split      (digests: manifest, table)
//! store    ──────────▶ which of the table's files are here
//! registry ──ranges──▶ the others ┐
//! store    ──contents─────────────┴▶ the tar, bit by bit ──▶ unpack ──▶ its DiffId is the config's
//! ```
//!
//! containers/storage believes the table and never sees the layer's DiffId. Here it is computed of
//! the very tar, as of every other layer. Where that way is not open or not worth it, the whole
//! blob is fetched; a table that lies refuses the image.

use std::io::{self, Read};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engine::Error;
use crate::engine::fetch::{Fetch, Wanted, of_stream};
use crate::layer;
use crate::layer::Unpacked;
use crate::layer::chunked::rebuild::{Fetched, Rebuilt};
use crate::layer::chunked::toc::{self, Toc};
use crate::layer::contents::{self, Found};
use crate::layer::reader::carried::Carried;
use crate::registry;
use crate::store::Staged;
use crate::types::chunked::{Chunked, Span};
use crate::types::image::Compression;
use crate::types::progress::Event;
use crate::types::{Digest, Progress};
use crate::userns;

/// A smaller blob is there before its table has been looked at.
const MIN_BLOB: u64 = 256 << 10;
/// Parts that lie this close together are fetched as one.
const GAP: u64 = 4 << 10;
/// More parts than this cost more requests than they save; containers/storage: 1024.
const MAX_PARTS: usize = 512;

/// The two tables of a blob.
struct Tables {
    chunked: Chunked,
    toc: Toc,
    split: Vec<u8>,
}

impl Fetch<'_> {
    /// Unpacks a layer from what is here and what is fetched; `None`: the whole blob is wanted.
    pub(super) fn of_parts(
        &self,
        wanted: &Wanted,
        id: &str,
        stop: &AtomicBool,
        base: &userns::Base,
    ) -> Result<Option<(Staged, Unpacked)>, Error> {
        let Some(chunked) = wanted.chunked.filter(|_| self.partial) else {
            return Ok(None);
        };
        if wanted.blob.size < MIN_BLOB || self.store.layers()?.is_empty() {
            return Ok(None);
        }
        let Some(tables) = self.tables(wanted, chunked)? else {
            return Ok(None);
        };
        let files = &tables.toc.files;
        let paths: Vec<Vec<u8>> = files.iter().map(|file| clean(&file.name)).collect();
        let asked = files.iter().zip(&paths);
        let asked: Vec<contents::Wanted<'_>> = asked
            .map(|(file, path)| contents::Wanted {
                path,
                size: file.size,
                digest: file.digest,
            })
            .collect();
        let found = contents::find(&self.store.layers_directory(), &asked, base);
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                tracing::info!("{id}: the store cannot be searched: {error}");
                return Ok(None);
            }
        };
        let parts = parts(&tables.toc, &found.here);
        let missing: u64 = parts.iter().map(|part| part.end - part.start).sum();
        if missing > wanted.blob.size / 2 {
            tracing::info!("{id}: {missing} bytes of {} are missing", wanted.blob.size);
            return Ok(None);
        }
        self.rebuild(wanted, &tables, found, parts, (id, stop), base)
    }

    /// Fetches the tables; `None` where they are not to be had, or of no use.
    fn tables(&self, wanted: &Wanted, chunked: Chunked) -> Result<Option<Tables>, Error> {
        let (toc, split) = (chunked.toc, chunked.tar_split);
        let refused = |error| self.failed(error, &wanted.blob);
        let fits = toc::fits(&chunked, wanted.blob.size).map_err(refused)?;
        // Half the blob again, only to know what is in it.
        if !fits || toc.length + split.length > wanted.blob.size / 2 {
            return Ok(None);
        }
        let mut spans = [toc, split];
        spans.sort_by_key(|span| span.offset);
        let both = spans.map(|span| span.offset..span.offset + span.length);
        let mut stream = self.client.ranges(&wanted.blob, both.to_vec());
        let mut read = |span: Span| {
            let mut bytes = vec![0; span.length as usize];
            stream.read_exact(&mut bytes).map(|()| bytes)
        };
        let (first, second) = match read(spans[0]).and_then(|first| Ok((first, read(spans[1])?))) {
            Ok(both) => both,
            Err(error) if no_ranges(&error) => return Ok(None),
            Err(error) => return Err(of_stream(error, &wanted.blob)),
        };
        let (table, split) = match spans[0] == toc {
            true => (first, second),
            false => (second, first),
        };
        let Some(toc) = toc::read(&chunked, &table, &self.limits).map_err(refused)? else {
            return Ok(None);
        };
        if Digest::of(&split) != toc.tar_split {
            let what = "its tar-split is another one".to_owned();
            let why = layer::Refusal::BadTable { what };
            return Err(refused(layer::Error::Refused { entry: None, why }));
        }
        Ok(Some(Tables {
            chunked,
            toc,
            split,
        }))
    }

    /// Makes the tar again, and the layer of it.
    fn rebuild(
        &self,
        wanted: &Wanted,
        tables: &Tables,
        mut found: Found,
        parts: Vec<Range<u64>>,
        (id, stop): (&str, &AtomicBool),
        base: &userns::Base,
    ) -> Result<Option<(Staged, Unpacked)>, Error> {
        let staged = self.store.stage()?;
        let here = std::mem::take(&mut found.here);
        let mut watched = Watched {
            stream: self.client.ranges(&wanted.blob, parts.clone()),
            id,
            progress: self.progress,
            stop,
        };
        let fetched = Fetched::new(&mut watched, parts);
        let (toc, split) = (&tables.toc, &tables.split);
        let rebuilt = Rebuilt::new(&tables.chunked, toc, split, &here, &mut found, fetched);
        let plain = Some(Compression::Plain);
        let unpacked = rebuilt.and_then(|mut tar| {
            layer::unpack(&mut tar, plain, staged.fd(), &self.limits, Some(base))
        });
        let error = match unpacked {
            Ok(unpacked) if unpacked.diff_id == wanted.diff_id => {
                return Ok(Some((staged, unpacked)));
            }
            Ok(unpacked) => {
                return Err(Error::new(format!(
                    "layer {}: its table of contents describes {}, and the config says {}",
                    wanted.blob.digest, unpacked.diff_id, wanted.diff_id
                )));
            }
            Err(layer::Error::Stream(error)) => error,
            Err(error) => return Err(self.failed(error, &wanted.blob)),
        };
        if stop.load(Ordering::Relaxed) {
            return Err(of_stream(error, &wanted.blob));
        }
        match refusal(error) {
            Ok(refused) => Err(self.failed(refused, &wanted.blob)),
            Err(error) if is_network(&error) && !no_ranges(&error) => {
                Err(of_stream(error, &wanted.blob))
            }
            Err(error) => {
                tracing::info!("{id}: cannot be put together: {error}");
                Ok(None)
            }
        }
    }
}

/// The refusal that an error carries, or the error.
fn refusal(error: io::Error) -> Result<layer::Error, io::Error> {
    let carried = error.downcast::<Carried>()?;
    let why = carried.0;
    Ok(layer::Error::Refused { entry: None, why })
}

fn is_network(error: &io::Error) -> bool {
    let inner = error.get_ref();
    inner.is_some_and(|inner| inner.is::<registry::Error>())
}

fn no_ranges(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    matches!(inner, Some(registry::Error::NoRanges { .. }))
}

/// A name as the store's records have it.
fn clean(name: &str) -> Vec<u8> {
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "."));
    parts.collect::<Vec<_>>().join("/").into_bytes()
}

/// The parts of the blob that hold what is not here, not too many of them.
fn parts(toc: &Toc, here: &[bool]) -> Vec<Range<u64>> {
    let missing = toc.files.iter().zip(here).filter(|(_, here)| !**here);
    let missing: Vec<Range<u64>> = missing.map(|(file, _)| file.begin..file.end).collect();
    let mut gap = GAP;
    loop {
        let mut parts: Vec<Range<u64>> = Vec::new();
        for range in &missing {
            match parts.last_mut() {
                Some(last) if range.start - last.end <= gap => last.end = range.end,
                _ => parts.push(range.clone()),
            }
        }
        if parts.len() <= MAX_PARTS {
            return parts;
        }
        gap *= 2;
    }
}

/// What is fetched is counted, and ends when another thread failed.
struct Watched<'a> {
    stream: registry::Ranges,
    id: &'a str,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

impl Read for Watched<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let count = self.stream.read(buf)?;
        let bytes = count as u64;
        self.progress.event(Event::Advance { id: self.id, bytes });
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_few_and_hold_what_is_missing() {
        let file = |begin: u64, end: u64| toc::File {
            name: begin.to_string(),
            size: 1,
            digest: Digest::of(b""),
            begin,
            end,
        };
        let tar_split = Digest::of(b"");
        let files = vec![file(10, 20), file(30, 40), file(50, 60), file(9000, 9010)];
        let few = Toc { files, tar_split };
        assert_eq!(parts(&few, &[true; 4]), []);
        assert_eq!(
            parts(&few, &[false, true, false, false]),
            [10..60, 9000..9010]
        );
        let files = (0..5000)
            .map(|n| file(n * 10_000, n * 10_000 + 5))
            .collect();
        let many = parts(&Toc { files, tar_split }, &[false; 5000]);
        assert!(many.len() <= MAX_PARTS, "{}", many.len());
        assert_eq!((many[0].start, many[many.len() - 1].end), (0, 49_990_005));
    }

    #[test]
    fn names_are_compared_clean() {
        assert_eq!(clean("./usr//bin/x"), b"usr/bin/x");
        assert_eq!(clean("/etc/"), b"etc");
    }
}
