//! Where the last N lines begin: found from the end, without reading the rest.
//!
//! A line may be several pieces, and the pieces of both streams are interleaved; so each
//! stream's part begins at a place of its own.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use crate::monitor::log::BLOCK;
use crate::monitor::log::record::{LINE_MAX, parse};

/// How far to look for the beginning of a line once there are enough lines.
const EXTRA: u64 = 1024 * 1024;

/// Returns, for each file, where stdout's and stderr's wanted part begins.
pub fn starts(files: &[File], lines: u64) -> io::Result<Vec<[u64; 2]>> {
    let mut search = Search {
        wanted: lines,
        found: 0,
        streams: Default::default(),
        extra: 0,
        over: lines == 0,
    };
    let mut starts = Vec::new();
    for file in files.iter().rev() {
        let length = file.metadata()?.len();
        let mut start = [length; 2];
        if !search.over {
            backwards(file, length, &mut |offset, line| {
                search.look(line, offset, &mut start);
                !search.over
            })?;
        }
        starts.push(start);
    }
    starts.reverse();
    Ok(starts)
}

#[derive(Default, Clone, Copy)]
struct Stream {
    /// One of its lines is being followed to its beginning.
    open: bool,
    /// Its wanted part is complete.
    done: bool,
}

struct Search {
    wanted: u64,
    found: u64,
    streams: [Stream; 2],
    /// Bytes looked at since there are enough lines.
    extra: u64,
    over: bool,
}

impl Search {
    fn look(&mut self, line: &[u8], offset: u64, start: &mut [u64; 2]) {
        if self.found == self.wanted {
            self.extra += line.len() as u64 + 1;
        }
        if let Some(piece) = parse(line) {
            let index = usize::from(piece.stderr);
            let stream = &mut self.streams[index];
            let ends_a_line = !piece.partial || !stream.open;
            if ends_a_line && self.found == self.wanted {
                stream.done = true;
            }
            if !stream.done {
                self.found += u64::from(ends_a_line);
                stream.open = true;
                start[index] = offset;
            }
        }
        let settled = self
            .streams
            .iter()
            .all(|stream| stream.done || !stream.open);
        self.over = self.found == self.wanted && (settled || self.extra > EXTRA);
    }
}

/// Hands over the whole lines of a file and where they begin, the last one first.
fn backwards(file: &File, length: u64, each: &mut dyn FnMut(u64, &[u8]) -> bool) -> io::Result<()> {
    let mut begin = length;
    // The end of a line whose beginning lies before `begin`, newline included.
    let mut rest: Vec<u8> = Vec::new();
    let mut at_end = true;
    while begin > 0 && rest.len() <= LINE_MAX {
        let size = begin.min(BLOCK as u64);
        begin -= size;
        let mut data = vec![0; size as usize];
        file.read_exact_at(&mut data, begin)?;
        data.append(&mut rest);
        let mut high = data.len();
        if at_end {
            // A line that is just being written is not whole.
            high = match data.iter().rposition(|byte| *byte == b'\n') {
                Some(newline) => newline + 1,
                None => continue,
            };
            at_end = false;
        }
        while high > 0 {
            let before = data[..high - 1].iter().rposition(|byte| *byte == b'\n');
            let low = match before {
                Some(newline) => newline + 1,
                None if begin == 0 => 0,
                None => break,
            };
            if !each(begin + low as u64, &data[low..high - 1]) {
                return Ok(());
            }
            high = low;
        }
        data.truncate(high);
        rest = data;
    }
    Ok(())
}
