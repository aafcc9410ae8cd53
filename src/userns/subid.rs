//! Which subordinate ids a user has: subuid(5), subgid(5), and getsubids(1) when they come from NSS.
//!
//! Strict, because what is read here decides what root in a container may touch (S-113): a line
//! that is wrong, overlaps another of the same user, wraps around or holds the user's own id is
//! refused with its number. Other people's lines are only looked at for what they are: not ours.

use std::fmt;
use std::path::{Path, PathBuf};

/// /etc/subuid of a site with very many users still fits.
pub(crate) const MAX_FILE: u64 = 4 * 1024 * 1024;

/// user_namespaces(7): 340 lines per map since Linux 4.15; one is our own id.
const MAX_RANGES: usize = 339;

/// Consecutive ids in our own namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    pub start: u32,
    pub count: u32,
}

impl Range {
    fn end(self) -> u64 {
        u64::from(self.start) + u64::from(self.count)
    }

    pub(crate) fn contains(self, id: u32) -> bool {
        id >= self.start && u64::from(id) < self.end()
    }

    pub(crate) fn overlaps(self, other: Self) -> bool {
        u64::from(self.start) < other.end() && u64::from(other.start) < self.end()
    }
}

/// Who is asking: lines may name the user either way.
#[derive(Debug, Clone)]
pub(crate) struct User {
    /// `None` when no passwd entry is known.
    pub name: Option<String>,
    pub uid: u32,
    /// The id that may not be in a range: the uid for subuid, the gid for subgid.
    pub own: u32,
    /// The ids of people and groups the machine knows; ranges must not hold them either.
    pub taken: Vec<u32>,
}

/// A line that must be mended before its user's ids can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The file, or the program that printed the line.
    pub source: PathBuf,
    /// From 1 on.
    pub line: usize,
    pub text: String,
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Form,
    Number,
    Empty,
    Overflow,
    OwnId(u32),
    /// Somebody's id in /etc/passwd or /etc/group.
    Taken(u32),
    Overlap {
        line: usize,
    },
    TooMany,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("is not user:start:count"),
            Self::Number => f.write_str("holds a number that is none, or too large"),
            Self::Empty => f.write_str("is a range of no ids"),
            Self::Overflow => f.write_str("goes beyond the largest id"),
            Self::OwnId(id) => write!(f, "contains the user's own id {id}"),
            Self::Taken(id) => write!(f, "contains {id}, which belongs to somebody"),
            Self::Overlap { line } => write!(f, "overlaps line {line}"),
            Self::TooMany => write!(f, "is one more than the {MAX_RANGES} ranges a map can hold"),
        }
    }
}

/// Returns the user's ranges of a subuid or subgid file, in its order.
pub(crate) fn parse(source: &Path, text: &str, user: &User) -> Result<Vec<Range>, BadLine> {
    let mut found: Vec<(usize, Range)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some((owner, rest)) = line.split_once(':') else {
            continue; // empty, a comment, or nobody's
        };
        if !is_user(owner, user) {
            continue;
        }
        let bad = |reason| BadLine {
            source: source.to_owned(),
            line: index + 1,
            text: line.to_owned(),
            reason,
        };
        let range = range(rest).map_err(bad)?;
        accept(&mut found, index + 1, range, user).map_err(bad)?;
    }
    Ok(found.into_iter().map(|(_, range)| range).collect())
}

/// Returns the ranges getsubids(1) printed: `0: name start count`, one per line.
pub(crate) fn parse_getsubids(
    program: &Path,
    text: &str,
    user: &User,
) -> Result<Vec<Range>, BadLine> {
    let mut found: Vec<(usize, Range)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let bad = |reason| BadLine {
            source: program.to_owned(),
            line: index + 1,
            text: line.to_owned(),
            reason,
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, _, start, count] = words[..] else {
            return Err(bad(Reason::Form));
        };
        let range = range_of(start, count).map_err(bad)?;
        accept(&mut found, index + 1, range, user).map_err(bad)?;
    }
    Ok(found.into_iter().map(|(_, range)| range).collect())
}

fn is_user(owner: &str, user: &User) -> bool {
    user.name.as_deref() == Some(owner) || owner.parse() == Ok(user.uid)
}

fn range(text: &str) -> Result<Range, Reason> {
    let (start, count) = text.split_once(':').ok_or(Reason::Form)?;
    range_of(start, count)
}

fn range_of(start: &str, count: &str) -> Result<Range, Reason> {
    let range = Range {
        start: number(start)?,
        count: number(count)?,
    };
    if range.count == 0 {
        return Err(Reason::Empty);
    }
    // (uid_t)-1 means "no id" everywhere, so the last usable one is 2^32 - 2.
    if range.end() > u64::from(u32::MAX) {
        return Err(Reason::Overflow);
    }
    Ok(range)
}

/// Digits only: `u32::from_str` would also take a plus sign.
fn number(text: &str) -> Result<u32, Reason> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Reason::Number);
    }
    text.parse().map_err(|_| Reason::Number)
}

fn accept(
    found: &mut Vec<(usize, Range)>,
    line: usize,
    range: Range,
    user: &User,
) -> Result<(), Reason> {
    if range.contains(user.own) {
        return Err(Reason::OwnId(user.own));
    }
    if let Some(id) = user.taken.iter().find(|id| range.contains(**id)) {
        return Err(Reason::Taken(*id));
    }
    // The same range by name and by uid is common, and harmless.
    if found.iter().any(|(_, other)| *other == range) {
        return Ok(());
    }
    if let Some((line, _)) = found.iter().find(|(_, other)| other.overlaps(range)) {
        return Err(Reason::Overlap { line: *line });
    }
    if found.len() == MAX_RANGES {
        return Err(Reason::TooMany);
    }
    found.push((line, range));
    Ok(())
}

/// Returns the ids in the third field of every line of passwd(5) or group(5).
pub(crate) fn ids_of(text: &str) -> Vec<u32> {
    text.lines()
        .filter_map(|line| line.split(':').nth(2)?.parse().ok())
        .collect()
}

/// Whether nsswitch.conf(5) says that subordinate ids come from elsewhere than the files.
pub(crate) fn asks_nss(nsswitch: &str) -> bool {
    nsswitch
        .lines()
        .filter_map(|line| line.split('#').next()?.split_once(':'))
        .filter(|(database, _)| database.trim() == "subid")
        .any(|(_, sources)| {
            sources
                .split_whitespace()
                .next()
                .is_some_and(|s| s != "files")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alice() -> User {
        User {
            name: Some("alice".to_owned()),
            uid: 1001,
            own: 1001,
            taken: vec![0, 33, 2000],
        }
    }

    fn ranges(list: &[(u32, u32)]) -> Vec<Range> {
        list.iter()
            .map(|&(start, count)| Range { start, count })
            .collect()
    }

    #[test]
    fn lines_of_the_user_are_taken_and_wrong_ones_refused() {
        let at = |line, reason| Err((line, reason));
        for (text, outcome) in [
            ("", Ok(ranges(&[]))),
            ("alice:100000:65536\n", Ok(ranges(&[(100_000, 65536)]))),
            ("1001:100000:65536\n", Ok(ranges(&[(100_000, 65536)]))),
            (
                "bob:1:2\nalice:5:6\n1001:20:1",
                Ok(ranges(&[(5, 6), (20, 1)])),
            ),
            ("# alice\n\nbob:x:y\nalice:5:6", Ok(ranges(&[(5, 6)]))),
            ("alicex:1:1\n10010:1:1\n", Ok(ranges(&[]))),
            // Touching is not overlapping.
            ("alice:10:5\nalice:15:5", Ok(ranges(&[(10, 5), (15, 5)]))),
            (
                "alice:10:5\nbob:1:1\nalice:14:5",
                at(3, Reason::Overlap { line: 1 }),
            ),
            ("alice:10:5\nalice:1:20", at(2, Reason::Overlap { line: 1 })),
            ("alice:5:6\n1001:5:6", Ok(ranges(&[(5, 6)]))),
            ("alice:0:5", at(1, Reason::Taken(0))),
            ("alice:1990:65536", at(1, Reason::Taken(2000))),
            ("alice:1001:1", at(1, Reason::OwnId(1001))),
            ("alice:1000:65536", at(1, Reason::OwnId(1001))),
            ("alice:100000:0", at(1, Reason::Empty)),
            ("alice:4294967295:1", at(1, Reason::Overflow)),
            ("alice:4294967294:1", Ok(ranges(&[(u32::MAX - 1, 1)]))),
            ("alice:4294901760:65536", at(1, Reason::Overflow)),
            ("alice:4294967296:1", at(1, Reason::Number)),
            ("alice:-1:1", at(1, Reason::Number)),
            ("alice:+1:1", at(1, Reason::Number)),
            ("alice: 1:1", at(1, Reason::Number)),
            ("alice:0x10:1", at(1, Reason::Number)),
            ("alice:1:2:3", at(1, Reason::Number)),
            ("alice:1", at(1, Reason::Form)),
            ("alice::", at(1, Reason::Number)),
            ("alice:65536:100000\nalice:", at(2, Reason::Form)),
        ] {
            let parsed = parse(Path::new("/etc/subuid"), text, &alice());
            let parsed = parsed.map_err(|bad| (bad.line, bad.reason));
            assert_eq!(parsed, outcome, "{text:?}");
        }
    }

    #[test]
    fn a_map_has_room_for_so_many_ranges() {
        let lines = |count: u32| {
            (0..count)
                .map(|i| format!("alice:{}:1\n", 100_000 + 2 * i))
                .collect::<String>()
        };
        let parse = |text: String| parse(Path::new("f"), &text, &alice());
        assert_eq!(parse(lines(339)).map(|found| found.len()), Ok(339));
        assert_eq!(parse(lines(340)).unwrap_err().reason, Reason::TooMany);
    }

    #[test]
    fn what_getsubids_prints() {
        for (text, outcome) in [
            ("0: alice 100000 65536\n", Ok(ranges(&[(100_000, 65536)]))),
            (
                "0: alice 1 2\n1: alice 5 6\n",
                Ok(ranges(&[(1, 2), (5, 6)])),
            ),
            ("", Ok(ranges(&[]))),
            ("Error fetching ranges\n", Err(Reason::Form)),
            ("0: alice 1000 65536\n", Err(Reason::OwnId(1001))),
        ] {
            let parsed = parse_getsubids(Path::new("getsubids"), text, &alice());
            assert_eq!(parsed.map_err(|bad| bad.reason), outcome, "{text:?}");
        }
    }

    #[test]
    fn nsswitch_may_send_us_elsewhere() {
        for (text, outcome) in [
            ("", false),
            ("passwd: files systemd\n", false),
            ("subid: files\n", false),
            ("subid: sss\n", true),
            ("  subid :  sss files # local\n", true),
            ("#subid: sss\n", false),
            ("subid:\n", false),
        ] {
            assert_eq!(asks_nss(text), outcome, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn s_118_no_text_makes_the_parser_panic_or_give_bad_ranges(text in "(alice|1001|bob|:|[0-9]{1,11}|\n| |x){0,40}") {
            let _ = parse_getsubids(Path::new("f"), &text.replace(':', " "), &alice());
            if let Ok(found) = parse(Path::new("f"), &text, &alice()) {
                for (index, range) in found.iter().enumerate() {
                    assert!(range.count > 0 && !range.contains(1001));
                    assert!(found[index + 1..].iter().all(|other| !other.overlaps(*range)));
                }
            }
        }
    }
}
