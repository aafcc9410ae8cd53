//! The documents of the format as they are written: the table of contents and the tar-split.
//!
//! containers/storage, pkg/chunked/internal/minimal (`TOC`, `FileMetadata`), which follows CRFS;
//! vbatts/tar-split, tar/storage (`Entry`). What is left out when it is empty is what Go's
//! `omitempty` leaves out, so that readers there find nothing they do not know.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::layer::header::{BLOCK, Header, Remarks, parse, remarks};
use crate::layer::reader::{Entry, Kind};
use crate::types::{Digest, Timestamp};

/// Go writes years 0 to 9999 and nothing else.
const FIRST_SECOND: i64 = -62_167_219_200;
const LAST_SECOND: i64 = 253_402_300_799;

/// One entry of the table; a part of a large file is an entry too.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    #[serde(rename = "type")]
    kind: &'static str,
    pub name: String,
    #[serde(rename = "linkName", skip_serializing_if = "String::is_empty")]
    link: String,
    #[serde(skip_serializing_if = "is_default")]
    mode: i64,
    #[serde(skip_serializing_if = "is_default")]
    size: u64,
    #[serde(skip_serializing_if = "is_default")]
    uid: i64,
    #[serde(skip_serializing_if = "is_default")]
    gid: i64,
    #[serde(rename = "modtime", skip_serializing_if = "Option::is_none")]
    mtime: Option<String>,
    #[serde(rename = "accesstime", skip_serializing_if = "Option::is_none")]
    atime: Option<String>,
    #[serde(rename = "changetime", skip_serializing_if = "Option::is_none")]
    ctime: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    dev_major: i64,
    #[serde(skip_serializing_if = "is_default")]
    dev_minor: i64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    xattrs: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    #[serde(skip_serializing_if = "is_default")]
    pub offset: u64,
    #[serde(skip_serializing_if = "is_default")]
    pub end_offset: u64,
    #[serde(skip_serializing_if = "is_default")]
    pub chunk_size: u64,
    #[serde(skip_serializing_if = "is_default")]
    pub chunk_offset: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunk_digest: Option<Digest>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Row {
    /// Describes an entry whose headers are these bytes; `None` where Go's tar has no word for it.
    pub fn of(entry: &Entry, headers: &[u8]) -> Option<Self> {
        let block: &[u8; BLOCK] = headers.last_chunk()?;
        let header: Header = parse(block).ok()?;
        let Remarks { mode, atime, ctime } = remarks(block);
        let number = |value: i128| i64::try_from(value).ok();
        let seconds = |seconds: Option<i64>| seconds.map(|seconds| (seconds, 0));
        let xattrs = entry.xattrs.iter();
        Some(Self {
            kind: kind(&entry.kind, header.flag)?,
            name: text(&entry.path),
            link: text(&entry.link),
            mode,
            size: entry.size,
            uid: number(entry.uid)?,
            gid: number(entry.gid)?,
            mtime: time(Some(entry.mtime)),
            atime: time(entry.atime.or(seconds(atime))),
            ctime: time(entry.ctime.or(seconds(ctime))),
            dev_major: number(header.major)?,
            dev_minor: number(header.minor)?,
            xattrs: xattrs.map(|(k, v)| (text(k), STANDARD.encode(v))).collect(),
            ..Self::default()
        })
    }

    /// Describes what follows the first part of a file.
    pub fn part(name: &str) -> Self {
        Self {
            kind: "chunk",
            name: name.to_owned(),
            ..Self::default()
        }
    }
}

fn kind(kind: &Kind, flag: u8) -> Option<&'static str> {
    Some(match (kind, flag) {
        (_, b'7') => return None,
        // Go takes a name for a directory's only where there is no type at all.
        (_, b'0') | (Kind::File, _) => "reg",
        (Kind::HardLink, _) => "hardlink",
        (Kind::Symlink, _) => "symlink",
        (Kind::CharDevice(..), _) => "char",
        (Kind::BlockDevice, _) => "block",
        (Kind::Directory, _) => "dir",
        (Kind::Fifo, _) => "fifo",
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn time(time: Option<(i64, u32)>) -> Option<String> {
    let (seconds, nanos) = time.filter(|(s, _)| (FIRST_SECOND..=LAST_SECOND).contains(s))?;
    let nanos = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    Some(Timestamp(nanos).to_jiff().to_string())
}

/// One line of the tar-split.
#[derive(Serialize)]
pub struct Line<'a> {
    #[serde(rename = "type")]
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_raw: Option<String>,
    #[serde(skip_serializing_if = "is_default")]
    size: u64,
    payload: Option<String>,
    position: u64,
}

/// The kinds of lines.
pub const FILE: u8 = 1;
pub const SEGMENT: u8 = 2;

impl<'a> Line<'a> {
    /// Bytes of the tar as they are.
    pub fn segment(position: u64, bytes: &[u8]) -> Self {
        Self {
            kind: SEGMENT,
            name: None,
            name_raw: None,
            size: 0,
            payload: Some(STANDARD.encode(bytes)),
            position,
        }
    }

    /// Here is an entry; its content, if it has one, has this sum.
    pub fn file(position: u64, entry: &'a Entry, sum: Option<[u8; 8]>) -> Self {
        let name = std::str::from_utf8(&entry.path).ok();
        Self {
            kind: FILE,
            name: name.map(Cow::Borrowed),
            name_raw: match name {
                Some(_) => None,
                None => Some(STANDARD.encode(&entry.path)),
            },
            size: entry.size,
            payload: sum.map(|sum| STANDARD.encode(sum)),
            position,
        }
    }
}
