//! What a group has used: cgroup-v2.rst, "CPU Interface Files" and the like.

use crate::runtime::cgroup::Cgroup;

/// Counters of a group; what its controllers do not count is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Nanoseconds of computing.
    pub cpu: u64,
    /// Bytes, caches included.
    pub memory: u64,
    /// Bytes; `None` is without limit.
    pub memory_limit: Option<u64>,
    /// Bytes read from and written to devices.
    pub block_in: u64,
    pub block_out: u64,
    /// Processes and threads.
    pub pids: u64,
}

impl Cgroup {
    pub fn usage(&self) -> Usage {
        let (block_in, block_out) = io(&self.read("io.stat").unwrap_or_default());
        let counted = self.number("pids.current");
        Usage {
            cpu: self.counter("cpu.stat", "usage_usec").unwrap_or(0) * 1000,
            memory: self.number("memory.current").unwrap_or(0),
            memory_limit: self.number("memory.max"),
            block_in,
            block_out,
            pids: counted.unwrap_or_else(|| self.processes().len() as u64),
        }
    }
}

/// Lines such as `8:0 rbytes=1 wbytes=2 rios=3 …`.
fn io(text: &str) -> (u64, u64) {
    let sum = |key: &str| {
        let words = text.split_whitespace();
        let numbers = words.filter_map(|word| word.strip_prefix(key)?.parse::<u64>().ok());
        numbers.fold(0, u64::saturating_add)
    };
    (sum("rbytes="), sum("wbytes="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_added_up() {
        let text = "8:0 rbytes=10 wbytes=1 rios=5\n8:16 rbytes=5 wbytes=2 rios=1 dbytes=9\n";
        assert_eq!(io(text), (15, 3));
        assert_eq!(io(""), (0, 0));
    }
}
