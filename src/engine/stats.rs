//! `stats`: what running containers use, from their control groups and network namespaces.

use crate::engine::views::Container;
use crate::engine::{Engine, Error};
use crate::runtime::cgroup::stats::Usage;
use crate::types::{Status, Timestamp};

/// One look at one container.
#[derive(Debug, Clone)]
pub struct Sample {
    pub container: Container,
    pub at: Timestamp,
    pub usage: Usage,
    /// The least of the group's limit and the machine's memory, in bytes.
    pub memory_limit: u64,
    /// Bytes, of all interfaces but lo.
    pub net_in: u64,
    pub net_out: u64,
}

/// No file of /proc that is read here is longer.
const FILE_LIMIT: usize = 1 << 20;

impl Engine {
    /// Looks at a container; `None` when it has no control group to look into.
    ///
    /// One that does not run uses nothing.
    pub fn sample(&self, name: &str) -> Result<Option<Sample>, Error> {
        let container = self.container(name)?;
        let lives = matches!(
            container.status,
            Status::Running | Status::Paused | Status::Stopping
        );
        let cgroup = self.cgroup(&container).filter(|_| lives);
        if lives && cgroup.is_none() {
            return Ok(None);
        }
        let usage = cgroup.map(|cgroup| cgroup.usage()).unwrap_or_default();
        let run = container.run.as_ref().filter(|_| lives);
        let (net_in, net_out) = run.map_or((0, 0), |run| network(run.init.pid));
        let machine = machine_memory();
        Ok(Some(Sample {
            at: Timestamp::now(),
            usage,
            memory_limit: usage.memory_limit.unwrap_or(machine).min(machine),
            net_in,
            net_out,
            container,
        }))
    }
}

/// proc_pid_net(5): /proc/PID/net/dev, in the process's network namespace.
fn network(pid: i32) -> (u64, u64) {
    let bytes = std::fs::read(format!("/proc/{pid}/net/dev")).unwrap_or_default();
    counters(&String::from_utf8_lossy(
        &bytes[..bytes.len().min(FILE_LIMIT)],
    ))
}

/// Received bytes are the first number of a line, sent ones the ninth.
fn counters(text: &str) -> (u64, u64) {
    let mut sums = (0u64, 0u64);
    for line in text.lines() {
        let Some((name, numbers)) = line.split_once(':') else {
            continue;
        };
        if name.trim() == "lo" {
            continue;
        }
        let number = |index| -> u64 {
            let word = numbers.split_whitespace().nth(index);
            word.and_then(|word| word.parse().ok()).unwrap_or(0)
        };
        sums = (sums.0 + number(0), sums.1 + number(8));
    }
    sums
}

fn machine_memory() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_but_lo_are_added_up() {
        let text = "\
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs
    lo:     100       1    0    0    0     0          0         0      100       1    0
  tap0:    1500      10    0    0    0     0          0         0      700       5    0
  eth1: 5 0 0 0 0 0 0 0 6 0 0
";
        assert_eq!(counters(text), (1505, 706));
        assert_eq!(counters(""), (0, 0));
    }
}
