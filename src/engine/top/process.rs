//! One process as procfs shows it: proc_pid_stat(5), proc_pid_status(5), proc_pid_cmdline(5).

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;

use crate::sys::SysError;
use crate::sys::fs::{self, Open};

/// The longest file that is read of a process; a command line may be megabytes.
const MAX_FILE: u64 = 64 << 10;

/// Clock ticks per second, the same on every architecture that is supported: time(7), USER_HZ.
const TICKS: f64 = 100.0;

/// Kilobytes of a page of memory, where nothing else is said.
const PAGE_KB: u64 = 4;

/// Real and effective, as the container sees them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ids {
    pub real: u32,
    pub effective: u32,
}

/// What is known of one process.
#[derive(Debug, Clone, Default)]
pub struct TopProcess {
    /// Inside the container.
    pub pid: i32,
    /// Inside; 0 for one whose parent is outside.
    pub parent: i32,
    pub host_pid: i32,
    pub uid: Ids,
    pub gid: Ids,
    pub groups: Vec<u32>,
    pub host_uid: u32,
    pub host_gid: u32,
    pub host_groups: Vec<u32>,
    /// At most fifteen bytes.
    pub command: String,
    /// Words with a space behind each; the name in brackets when there are none.
    pub arguments: String,
    pub state: char,
    /// Inside.
    pub group_leader: i32,
    /// Device number; 0 without a terminal.
    pub terminal: u64,
    pub nice: i64,
    /// Seconds of processor time.
    pub busy: f64,
    /// Seconds since boot, at its start and now.
    pub started: f64,
    pub now: f64,
    /// Kilobytes.
    pub virtual_size: u64,
    pub resident: u64,
    /// Inheritable, permitted, effective, bounding, ambient.
    pub capabilities: [u64; 5],
    pub seccomp: u32,
    pub label: Option<String>,
}

impl TopProcess {
    pub fn seconds_alive(&self) -> f64 {
        (self.now - self.started).max(0.0)
    }

    /// `inside` has the container's number of each of its processes.
    pub(super) fn of(raw: Raw, inside: &HashMap<i32, i32>, maps: &Maps) -> Option<Self> {
        let status = |key: &str| raw.numbers_of(key);
        let ids = |key: &str, map: &[Extent]| {
            let all = status(key);
            let of = |at: usize| all.get(at).map_or(u32::MAX, |id| inside_id(map, *id));
            Ids {
                real: of(0),
                effective: of(1),
            }
        };
        let host = |key: &str| status(key).get(1).copied().unwrap_or(u32::MAX);
        let host_groups = status("Groups");
        let of = |key: &str| {
            let hex = raw.word(key).unwrap_or("0");
            u64::from_str_radix(hex, 16).unwrap_or(0)
        };
        let stat = |number: usize| -> i64 {
            let word = raw.stat.get(number - 3);
            word.and_then(|word| word.parse().ok()).unwrap_or(0)
        };
        let seconds = |ticks: i64| ticks as f64 / TICKS;
        let pid = *inside.get(&raw.host_pid)?;
        Some(Self {
            pid,
            parent: inside.get(&(stat(4) as i32)).copied().unwrap_or(0),
            host_pid: raw.host_pid,
            uid: ids("Uid", &maps.uid),
            gid: ids("Gid", &maps.gid),
            groups: host_groups
                .iter()
                .map(|gid| inside_id(&maps.gid, *gid))
                .collect(),
            host_uid: host("Uid"),
            host_gid: host("Gid"),
            host_groups,
            state: raw
                .stat
                .first()
                .and_then(|word| word.chars().next())
                .unwrap_or('?'),
            group_leader: inside.get(&(stat(5) as i32)).copied().unwrap_or(0),
            terminal: stat(7) as u64,
            nice: stat(19),
            busy: seconds(stat(14) + stat(15)),
            started: seconds(stat(22)),
            now: raw.now,
            virtual_size: stat(23) as u64 / 1024,
            resident: stat(24) as u64 * PAGE_KB,
            capabilities: [
                of("CapInh"),
                of("CapPrm"),
                of("CapEff"),
                of("CapBnd"),
                of("CapAmb"),
            ],
            seccomp: raw.word("Seccomp").map_or(0, |w| w.parse().unwrap_or(0)),
            label: raw.label,
            command: raw.command,
            arguments: raw.arguments,
        })
    }
}

/// The directory of a process.
pub(super) struct Files {
    pid: i32,
    directory: OwnedFd,
}

/// What its files say, not yet understood.
pub(super) struct Raw {
    pub host_pid: i32,
    /// Its numbers, from our own pid namespace down to its own.
    pub numbers: Vec<i32>,
    command: String,
    arguments: String,
    /// From the third field on: the name before may hold anything.
    stat: Vec<String>,
    status: String,
    label: Option<String>,
    now: f64,
}

impl Files {
    pub fn open(pid: i32) -> Result<Self, SysError> {
        let directory = fs::open_directory(format!("/proc/{pid}").as_ref())?;
        Ok(Self { pid, directory })
    }

    pub fn pid_namespace(&self) -> Result<OwnedFd, SysError> {
        // A magic link, which is what is wanted: proc_pid_ns(5).
        fs::open_followed(&self.directory, b"ns/pid")
    }

    fn text(&self, name: &[u8]) -> Result<String, SysError> {
        let fd = fs::open_at(&self.directory, name, Open::Read)?;
        let mut bytes = Vec::new();
        let read = File::from(fd).take(MAX_FILE).read_to_end(&mut bytes);
        read.map_err(|e| SysError::new("read", "/proc", e.raw_os_error().unwrap_or(0)))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub fn read(&self) -> Result<Raw, SysError> {
        let stat = self.text(b"stat")?;
        let status = self.text(b"status")?;
        // A zombie has no command line, and not everyone has a label.
        let arguments = self.text(b"cmdline").unwrap_or_default();
        let label = self.text(b"attr/current").ok();
        let (before, after) = stat.rsplit_once(") ").unwrap_or((stat.as_str(), ""));
        let command = before.split_once(" (").map_or("", |(_, name)| name);
        let mut raw = Raw {
            host_pid: self.pid,
            numbers: Vec::new(),
            command: command.to_owned(),
            arguments: words(&arguments, command),
            stat: after.split_whitespace().map(str::to_owned).collect(),
            status,
            label: label
                .map(|text| text.trim_end_matches(['\0', '\n']).to_owned())
                .filter(|text| !text.is_empty()),
            now: uptime(),
        };
        let numbers = raw.numbers_of("NSpid");
        raw.numbers = numbers.into_iter().map(|n| n as i32).collect();
        Ok(raw)
    }
}

impl Raw {
    fn word(&self, key: &str) -> Option<&str> {
        self.status.lines().find_map(|line| {
            let value = line.strip_prefix(key)?.strip_prefix(':')?;
            Some(value.trim())
        })
    }

    fn numbers_of(&self, key: &str) -> Vec<u32> {
        let words = self.word(key).unwrap_or_default().split_whitespace();
        words.filter_map(|word| word.parse().ok()).collect()
    }
}

/// Words end with a NUL each; a process may write over them.
fn words(raw: &str, command: &str) -> String {
    match raw.trim_end_matches('\0') {
        "" => format!("[{command}]"),
        text => text.replace('\0', " ") + " ",
    }
}

/// Seconds since boot; what processes' starts are counted from, too.
fn uptime() -> f64 {
    let text = std::fs::read_to_string("/proc/uptime").unwrap_or_default();
    let first = text.split_whitespace().next();
    first.and_then(|word| word.parse().ok()).unwrap_or(0.0)
}

/// `count` ids from `inside` on are the reader's from `outside` on.
pub(super) struct Extent {
    inside: u32,
    outside: u32,
    count: u32,
}

/// The container's maps, as we see them: user_namespaces(7).
pub(super) struct Maps {
    pub uid: Vec<Extent>,
    pub gid: Vec<Extent>,
}

impl Maps {
    pub fn of(pid: i32) -> Self {
        let read = |name: &str| {
            let text = std::fs::read_to_string(format!("/proc/{pid}/{name}"));
            parse(&text.unwrap_or_default())
        };
        Self {
            uid: read("uid_map"),
            gid: read("gid_map"),
        }
    }
}

fn parse(text: &str) -> Vec<Extent> {
    let line = |line: &str| {
        let mut words = line.split_whitespace().map(|word| word.parse().ok());
        Some(Extent {
            inside: words.next()??,
            outside: words.next()??,
            count: words.next()??,
        })
    };
    text.lines().filter_map(line).collect()
}

/// An id that the container does not know is shown as the kernel shows it: 65534.
fn inside_id(map: &[Extent], id: u32) -> u32 {
    const OVERFLOW: u32 = 65_534;
    map.iter()
        .find_map(|e| {
            let offset = id.checked_sub(e.outside)?;
            (offset < e.count).then(|| e.inside + offset)
        })
        .unwrap_or(OVERFLOW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_looked_up_in_the_map() {
        let map = parse("0 1000 1\n1 100000 65536\n");
        for (outside, inside) in [(1000, 0), (100_000, 1), (165_535, 65_536), (0, 65_534)] {
            assert_eq!(inside_id(&map, outside), inside, "{outside}");
        }
    }

    #[test]
    fn a_command_line_is_words() {
        assert_eq!(words("sleep\x00100\0", "sleep"), "sleep 100 ");
        assert_eq!(words("", "kthread"), "[kthread]");
    }
}
