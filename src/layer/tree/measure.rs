//! What a directory takes on the disk, part by part, as du(1) counts.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::OwnedFd;

use serde::{Deserialize, Serialize};

use crate::layer::error::Error;
use crate::layer::tree::walk::{Mounts, Next, walk};
use crate::sys;
use crate::sys::fs::{Kind, Stat};

/// How many names of a path make a part.
const DEPTH: usize = 3;
/// A path of three names, and numbers.
const MAX_LINE: u64 = 64 << 10;

/// What one part takes. A file with several names counts once in the whole tree.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The part's path: three names, or fewer where there is no more; empty for the top itself.
    pub part: String,
    /// Bytes of all files and links, as engines count them.
    pub bytes: u64,
    /// Bytes of the blocks of everything.
    pub disk: u64,
    /// Files, directories and whatever else.
    pub entries: u64,
}

impl Taken {
    fn add(&mut self, stat: &Stat) {
        if matches!(stat.kind, Kind::File | Kind::Symlink) {
            self.bytes += stat.size;
        }
        self.disk += stat.blocks * 512;
        self.entries += 1;
    }
}

/// Measures what lies below `root` in these names, or all of it when there are none; one line
/// of JSON for each part.
pub fn measure(root: &OwnedFd, within: &[String], output: &mut dyn Write) -> Result<(), Error> {
    let mut parts: BTreeMap<Vec<u8>, Taken> = BTreeMap::new();
    let mut seen: HashSet<(u64, u64)> = HashSet::new();
    if within.is_empty() {
        let stat = sys::fs::stat(root).map_err(Error::io("looking at a file"))?;
        parts.entry(Vec::new()).or_default().add(&stat);
    }
    walk(root, Mounts::Without, &mut |here| {
        let top = !here.path.contains(&b'/');
        if top && !within.is_empty() && !within.iter().any(|name| name.as_bytes() == here.name) {
            return Ok(Next::Past);
        }
        let stat = &here.stat;
        let once = stat.kind == Kind::Directory || stat.links < 2;
        if once || seen.insert((stat.device, stat.inode)) {
            parts.entry(part(here.path).to_vec()).or_default().add(stat);
        }
        Ok(Next::Into)
    })?;
    for (path, mut taken) in parts {
        taken.part = String::from_utf8_lossy(&path).into_owned();
        let mut line = serde_json::to_vec(&taken).expect("numbers and a text");
        line.push(b'\n');
        output.write_all(&line).map_err(Error::Stream)?;
    }
    output.flush().map_err(Error::Stream)
}

/// The first names of a path.
fn part(path: &[u8]) -> &[u8] {
    let slashes = path.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    let end = slashes.map(|(at, _)| at).nth(DEPTH - 1);
    &path[..end.unwrap_or(path.len())]
}

/// Reads what a worker wrote.
pub fn read_measured(input: impl Read) -> Result<Vec<Taken>, Error> {
    let mut input = BufReader::new(input);
    let mut found = Vec::new();
    loop {
        let mut line = Vec::new();
        let count = (&mut input)
            .take(MAX_LINE)
            .read_until(b'\n', &mut line)
            .map_err(Error::Stream)?;
        if count == 0 {
            return Ok(found);
        }
        let taken = serde_json::from_slice(&line).map_err(|_| Error::WorkerDied {
            how: "gave a strange answer".to_owned(),
        })?;
        found.push(taken);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_part_has_three_names_at_most() {
        for (path, wanted) in [
            ("a", "a"),
            ("a/b", "a/b"),
            ("a/b/c", "a/b/c"),
            ("a/b/c/d/e", "a/b/c"),
        ] {
            assert_eq!(super::part(path.as_bytes()), wanted.as_bytes());
        }
    }
}
