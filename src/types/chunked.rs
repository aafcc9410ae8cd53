//! Where a zstd:chunked blob keeps its table of contents, as its descriptor says.
//!
//! containers/storage, docs/containers-storage-zstd-chunked.md and pkg/chunked/internal/minimal:
//! three annotations, all beginning with `io.github.containers.zstd-chunked.`. Only the digest
//! binds; the positions are looked at with suspicion by whoever fetches there.

use std::collections::BTreeMap;

use crate::types::Digest;

const CHECKSUM: &str = "io.github.containers.zstd-chunked.manifest-checksum";
const POSITION: &str = "io.github.containers.zstd-chunked.manifest-position";
const TAR_SPLIT: &str = "io.github.containers.zstd-chunked.tarsplit-position";
/// The only kind of table there is.
const CRFS: u64 = 1;

/// Bytes of the blob, and what they become when decompressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub offset: u64,
    pub length: u64,
    /// Bytes after decompression.
    pub plain: u64,
}

impl Span {
    /// Returns the first byte behind it; `None` beyond all numbers.
    pub fn end(&self) -> Option<u64> {
        self.offset.checked_add(self.length)
    }
}

/// What makes a zstd blob one of the chunked kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunked {
    /// Digest of the table of contents, compressed as it is.
    pub digest: Digest,
    pub toc: Span,
    pub tar_split: Span,
}

impl Chunked {
    /// Reads a descriptor's annotations; `None` when they are not all there, or say nothing.
    pub fn of(annotations: &BTreeMap<String, String>) -> Option<Self> {
        let text = |key| annotations.get(key).map(String::as_str);
        Self::read(text(CHECKSUM)?, text(POSITION)?, text(TAR_SPLIT)?)
    }

    pub fn annotations(&self) -> BTreeMap<String, String> {
        let [digest, toc, tar_split] = self.words();
        let pairs = [(CHECKSUM, digest), (POSITION, toc), (TAR_SPLIT, tar_split)];
        pairs.map(|(key, word)| (key.to_owned(), word)).into()
    }

    /// Reads what [`Chunked::line`] gives.
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let found = Self::read(words.next()?, words.next()?, words.next()?)?;
        words.next().is_none().then_some(found)
    }

    /// Returns it as three words with blanks between them.
    pub fn line(&self) -> String {
        self.words().join(" ")
    }

    fn words(&self) -> [String; 3] {
        let (toc, split) = (self.toc, self.tar_split);
        [
            self.digest.to_string(),
            format!("{}:{}:{}:{CRFS}", toc.offset, toc.length, toc.plain),
            format!("{}:{}:{}", split.offset, split.length, split.plain),
        ]
    }

    fn read(digest: &str, toc: &str, tar_split: &str) -> Option<Self> {
        let [offset, length, plain, CRFS] = numbers(toc)? else {
            return None;
        };
        let toc = Span {
            offset,
            length,
            plain,
        };
        let [offset, length, plain] = numbers(tar_split)?;
        Some(Self {
            digest: Digest::parse(digest).ok()?,
            toc,
            tar_split: Span {
                offset,
                length,
                plain,
            },
        })
    }
}

fn numbers<const N: usize>(text: &str) -> Option<[u64; N]> {
    let parts: Option<Vec<u64>> = text.split(':').map(|part| part.parse().ok()).collect();
    parts?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_read_and_written() {
        let digest = Digest::of(b"toc").to_string();
        let good = [&digest, "10:20:30:1", "38:5:9"];
        let map = |words: [&str; 3]| -> BTreeMap<String, String> {
            let keys = [CHECKSUM, POSITION, TAR_SPLIT];
            let pairs = keys.into_iter().zip(words);
            pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
        };
        let read = Chunked::of(&map(good)).expect("good");
        assert_eq!(read.toc.end(), Some(30));
        assert_eq!(read.annotations(), map(good));
        assert_eq!(Chunked::parse(&read.line()), Some(read));
        for bad in [
            ["sha256:12", good[1], good[2]],
            [good[0], "10:20:30:2", good[2]],
            [good[0], "10:20:30", good[2]],
            [good[0], "10:20:30:1:4", good[2]],
            [good[0], "10:-20:30:1", good[2]],
            [good[0], "99999999999999999999:20:30:1", good[2]],
            [good[0], good[1], "38:5"],
            [good[0], good[1], ""],
        ] {
            assert_eq!(Chunked::of(&map(bad)), None, "{bad:?}");
        }
        assert_eq!(Chunked::of(&BTreeMap::new()), None);
    }
}
