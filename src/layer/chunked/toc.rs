//! A stranger's table of contents, checked before anything is believed of it.
//!
//! Its digest is the manifest's word; all else in it is the builder's. What contradicts itself or
//! the blob is refused. What only is not as it must be to make the tar again gives `None`: then
//! the whole blob is fetched, and its own digest says what it is.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{Error as _, SeqAccess, Visitor};

use crate::layer::chunked::SKIPPABLE_HEAD;
use crate::layer::error::{Error, Refusal};
use crate::layer::{Limits, MAX_WINDOW_LOG, names};
use crate::types::Digest;
use crate::types::chunked::{Chunked, Span};

/// The longest tables that are held in memory, compressed and not: containers/storage reads at
/// most 150 MiB. The tar-split is never held whole when it is not compressed.
const MAX_COMPRESSED: u64 = 64 << 20;
const MAX_TOC: u64 = 128 << 20;
const MAX_SPLIT: u64 = 4 << 30;

/// A file with content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub size: u64,
    /// Of its content.
    pub digest: Digest,
    /// Where in the blob its frames are.
    pub begin: u64,
    pub end: u64,
}

/// What is needed of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toc {
    /// Files with content, in the order of the archive and of the blob.
    pub files: Vec<File>,
    /// Digest of the tar-split, compressed as it is.
    pub tar_split: Digest,
}

fn bad(what: impl Into<String>) -> Error {
    let what = what.into();
    Error::Refused {
        entry: None,
        why: Refusal::BadTable { what },
    }
}

/// Looks whether positions are possible in a blob of so many bytes; false: too long for us.
pub fn fits(chunked: &Chunked, size: u64) -> Result<bool, Error> {
    let (toc, split) = (&chunked.toc, &chunked.tar_split);
    for span in [toc, split] {
        let inside = span.end().is_some_and(|end| end <= size);
        if !inside || span.length == 0 || span.offset < SKIPPABLE_HEAD {
            return Err(bad("it lies outside the blob"));
        }
    }
    let apart = toc.end() <= Some(split.offset) || split.end() <= Some(toc.offset);
    if !apart {
        return Err(bad("it overlaps the tar-split"));
    }
    Ok(toc.length + split.length <= MAX_COMPRESSED
        && toc.plain <= MAX_TOC
        && split.plain <= MAX_SPLIT)
}

/// Reads a table whose compressed bytes have the promised digest.
pub fn read(chunked: &Chunked, compressed: &[u8], limits: &Limits) -> Result<Option<Toc>, Error> {
    if Digest::of(compressed) != chunked.digest {
        return Err(bad("its digest is not the manifest's"));
    }
    let plain = decompressed(compressed, &chunked.toc)?;
    // serde_json's words tell where, and quote nothing that is longer than a word.
    let document: Document = serde_json::from_slice(&plain).map_err(|e| bad(e.to_string()))?;
    let files = document.entries.files;
    if document.entries.count > limits.entries {
        let limit = limits.entries;
        let why = Refusal::TooManyEntries { limit };
        return Err(Error::Refused { entry: None, why });
    }
    let total = files
        .iter()
        .try_fold(0, |sum: u64, file| sum.checked_add(file.size));
    if total.is_none_or(|total| total > limits.bytes) {
        let limit = limits.bytes;
        let why = Refusal::TooBig { limit };
        return Err(Error::Refused { entry: None, why });
    }
    let ordered = in_order(&files, chunked.toc.offset.min(chunked.tar_split.offset))?;
    let Some(tar_split) = document
        .tar_split
        .filter(|_| ordered && document.version == 1)
    else {
        return Ok(None);
    };
    Ok(Some(Toc { files, tar_split }))
}

fn decompressed(compressed: &[u8], span: &Span) -> Result<Vec<u8>, Error> {
    let damaged = |error: std::io::Error| bad(error.to_string());
    let mut decoder = zstd::stream::read::Decoder::with_buffer(compressed).map_err(damaged)?;
    decoder.window_log_max(MAX_WINDOW_LOG).map_err(damaged)?;
    let mut plain = Vec::new();
    decoder
        .take(span.plain + 1)
        .read_to_end(&mut plain)
        .map_err(damaged)?;
    if plain.len() as u64 != span.plain {
        return Err(bad("it is not as long as the manifest says"));
    }
    Ok(plain)
}

/// Sees that no two files share bytes and all lie before `end`; whether they ascend.
fn in_order(files: &[File], end: u64) -> Result<bool, Error> {
    let mut places: Vec<(u64, u64)> = files.iter().map(|f| (f.begin, f.end)).collect();
    let ordered = places.is_sorted();
    places.sort_unstable();
    let mut before = 0;
    for (begin, behind) in places {
        if begin >= behind || behind > end {
            return Err(bad("a file lies outside the blob"));
        }
        if begin < before {
            return Err(bad("two files lie at the same place"));
        }
        before = behind;
    }
    Ok(ordered)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(default)]
    version: u64,
    #[serde(borrow)]
    entries: Rows<'a>,
    #[serde(default, rename = "tarSplitDigest")]
    tar_split: Option<Digest>,
}

/// Only rows of files with content are kept, however many others there are.
struct Rows<'a> {
    files: Vec<File>,
    count: u64,
    _text: std::marker::PhantomData<&'a ()>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(default)]
    size: u64,
    #[serde(default, borrow)]
    digest: Cow<'a, str>,
    #[serde(default)]
    offset: u64,
    #[serde(default)]
    end_offset: u64,
}

impl Row<'_> {
    fn file(&self) -> Result<File, String> {
        Ok(File {
            digest: Digest::parse(&self.digest).map_err(|error| error.to_string())?,
            name: self.name.clone().into_owned(),
            size: self.size,
            begin: self.offset,
            end: self.end_offset,
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Rows<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Rows<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of entries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
                let (mut files, mut count) = (Vec::new(), 0);
                while let Some(row) = rows.next_element::<Row<'de>>()? {
                    count += 1;
                    names::components(row.name.as_bytes()).map_err(A::Error::custom)?;
                    if row.kind == "reg" && row.size > 0 {
                        files.push(row.file().map_err(A::Error::custom)?);
                    }
                }
                Ok(Rows {
                    files,
                    count,
                    _text: std::marker::PhantomData,
                })
            }
        }
        deserializer.deserialize_seq(All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, begin: u64, end: u64) -> String {
        let digest = Digest::of(name.as_bytes());
        format!(
            r#"{{"type":"reg","name":"{name}","size":5,"digest":"{digest}","offset":{begin},"endOffset":{end}}}"#
        )
    }

    fn outcome(text: &str) -> Result<usize, String> {
        let limits = Limits {
            bytes: 1000,
            entries: 4,
            ..Limits::default()
        };
        let compressed = zstd::encode_all(text.as_bytes(), 1).expect("to memory");
        let span = Span {
            offset: 1000,
            length: compressed.len() as u64,
            plain: text.len() as u64,
        };
        let tar_split = Span {
            offset: 2000,
            ..span
        };
        let chunked = Chunked {
            digest: Digest::of(&compressed),
            toc: span,
            tar_split,
        };
        let toc = read(&chunked, &compressed, &limits).map_err(|error| error.to_string())?;
        toc.map(|toc| toc.files.len())
            .ok_or_else(|| "none".to_owned())
    }

    #[test]
    fn s_28_tables_of_contents() {
        let split = Digest::of(b"split");
        let table = |rows: &[String]| {
            let rows = rows.join(",");
            format!(r#"{{"version":1,"entries":[{rows}],"tarSplitDigest":"{split}"}}"#)
        };
        let dir = r#"{"type":"dir","name":"a/"}"#.to_owned();
        let good = [row("a", 10, 20), dir.clone(), row("b", 20, 30)];
        assert_eq!(outcome(&table(&good)), Ok(2));
        assert_eq!(
            outcome(&table(&[row("a", 20, 30), row("b", 10, 20)])),
            Err("none".to_owned())
        );
        assert_eq!(
            outcome(&table(&good).replace("version\":1", "version\":2")),
            Err("none".to_owned())
        );
        assert_eq!(
            outcome(&format!(r#"{{"version":1,"entries":[{dir}]}}"#)),
            Err("none".to_owned())
        );
        for (rows, part) in [
            (
                vec![row("a", 10, 20), row("b", 19, 30)],
                "at the same place",
            ),
            (vec![row("a", 20, 20)], "outside the blob"),
            (vec![row("a", 20, 10)], "outside the blob"),
            (vec![row("a", 20, 1001)], "outside the blob"),
            (vec![row("a", 20, 30).replace("20", "-20")], "invalid value"),
            (
                vec![row("a", 20, 30).replace("20", "1e999")],
                "number out of range",
            ),
            (vec![row("../a", 20, 30)], "path escapes"),
            (vec![row(&"x".repeat(300), 20, 30)], "too long"),
            (
                vec![row("a", 20, 30).replace("\"size\":5", "\"size\":1001")],
                "grows beyond",
            ),
            (vec![row("a", 20, 30).replace("sha256:", "md5:")], "digest"),
            (
                vec![row("a", 20, 30).replace("\"size\"", "\"size\":7,\"size\"")],
                "duplicate field",
            ),
            (
                vec![
                    dir.clone(),
                    dir.clone(),
                    dir.clone(),
                    dir.clone(),
                    dir.clone(),
                ],
                "more than 4",
            ),
            (vec!["[[[".to_owned()], "invalid type"),
            (vec!["7".to_owned()], "invalid type"),
        ] {
            let is = outcome(&table(&rows)).expect_err(part);
            assert!(is.contains(part), "{rows:?}: {is}");
        }
        assert!(outcome("").is_err());
        assert!(outcome(&(table(&good) + "x")).is_err());
    }

    #[test]
    fn positions_are_inside_the_blob() {
        let span = |offset, length| Span {
            offset,
            length,
            plain: 1,
        };
        let fits = |toc, tar_split| {
            let digest = Digest::of(b"");
            let chunked = Chunked {
                digest,
                toc,
                tar_split,
            };
            super::fits(&chunked, 1 << 40).ok()
        };
        assert_eq!(fits(span(100, 10), span(118, 10)), Some(true));
        assert_eq!(fits(span(100, 10), span(109, 10)), None);
        assert_eq!(fits(span(0, 10), span(109, 10)), None);
        assert_eq!(fits(span(100, 0), span(109, 10)), None);
        assert_eq!(fits(span(1 << 40, 1), span(109, 10)), None);
        assert_eq!(fits(span(u64::MAX, 2), span(109, 10)), None);
        assert_eq!(fits(span(100, 1 << 30), span(1 << 39, 10)), Some(false));
        let plain = |plain| Span {
            plain,
            ..span(100, 10)
        };
        assert_eq!(fits(plain(u64::MAX), span(118, 10)), Some(false));
    }
}
