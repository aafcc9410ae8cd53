//! What a container may use of the machine, as asked; and where its control group is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The limits of `run`, `create` and `update`; `None` and empty are "not asked for".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resources {
    /// Bytes.
    pub memory: Option<i64>,
    /// Bytes.
    pub memory_reservation: Option<i64>,
    /// Bytes of memory and swap together; -1 is without limit.
    pub memory_swap: Option<i64>,
    /// Microseconds.
    pub cpu_period: Option<u64>,
    /// Microseconds per period.
    pub cpu_quota: Option<i64>,
    /// Version 1's weight, 2 to 262144.
    pub cpu_shares: Option<u64>,
    /// A list such as `0-3,5`.
    pub cpuset_cpus: Option<String>,
    pub cpuset_mems: Option<String>,
    /// -1 is without limit.
    pub pids: Option<i64>,
    /// 10 to 1000.
    pub blkio_weight: Option<u16>,
    pub blkio_weight_devices: Vec<DeviceRate>,
    /// Bytes per second.
    pub read_bps: Vec<DeviceRate>,
    pub write_bps: Vec<DeviceRate>,
    /// Operations per second.
    pub read_iops: Vec<DeviceRate>,
    pub write_iops: Vec<DeviceRate>,
    /// `--cgroup-conf`: files of the group and what is written to them.
    pub files: BTreeMap<String, String>,
}

/// A number for one block device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRate {
    /// As the user named it.
    pub path: String,
    pub major: u32,
    pub minor: u32,
    pub rate: u64,
}

impl Resources {
    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over whatever `newer` says; what it does not say stays.
    pub fn change(&mut self, newer: &Self) {
        let n = newer.clone();
        replace(&mut self.memory, n.memory);
        replace(&mut self.memory_reservation, n.memory_reservation);
        replace(&mut self.memory_swap, n.memory_swap);
        replace(&mut self.cpu_period, n.cpu_period);
        replace(&mut self.cpu_quota, n.cpu_quota);
        replace(&mut self.cpu_shares, n.cpu_shares);
        replace(&mut self.cpuset_cpus, n.cpuset_cpus);
        replace(&mut self.cpuset_mems, n.cpuset_mems);
        replace(&mut self.pids, n.pids);
        replace(&mut self.blkio_weight, n.blkio_weight);
        for (ours, theirs) in [
            (&mut self.blkio_weight_devices, n.blkio_weight_devices),
            (&mut self.read_bps, n.read_bps),
            (&mut self.write_bps, n.write_bps),
            (&mut self.read_iops, n.read_iops),
            (&mut self.write_iops, n.write_iops),
        ] {
            for rate in theirs {
                ours.retain(|known| (known.major, known.minor) != (rate.major, rate.minor));
                ours.push(rate);
            }
        }
        self.files.extend(n.files);
    }

    /// What applies: without a word about swap there is as much of it as memory.
    pub fn effective_swap(&self) -> Option<i64> {
        let limit = self.memory.filter(|limit| *limit > 0);
        self.memory_swap.or_else(|| limit?.checked_mul(2))
    }
}

fn replace<T>(ours: &mut Option<T>, newer: Option<T>) {
    if newer.is_some() {
        *ours = newer;
    }
}

/// `--cgroups`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cgroups {
    #[default]
    Enabled,
    Disabled,
    /// The monitor stays in the caller's group.
    NoConmon,
    /// The caller's group is divided.
    Split,
}

impl Cgroups {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "default",
            Self::Disabled => "disabled",
            Self::NoConmon => "no-conmon",
            Self::Split => "split",
        }
    }
}

/// `--systemd`: whether the container is prepared for systemd as its first process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SystemdMode {
    /// When the command is one.
    #[default]
    Detect,
    Never,
    Always,
}

/// The group of a running container; part of its run record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CgroupRecord {
    /// Below the hierarchy's root, with a slash in front.
    pub path: String,
    /// The unit of systemd around it.
    pub scope: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_changes_only_what_it_names() {
        let rate = |rate| DeviceRate {
            path: "/dev/sda".to_owned(),
            major: 8,
            minor: 0,
            rate,
        };
        let mut all = Resources {
            pids: Some(1024),
            memory: Some(5),
            read_bps: vec![rate(1)],
            ..Resources::default()
        };
        all.change(&Resources {
            memory: Some(6),
            read_bps: vec![rate(2)],
            ..Resources::default()
        });
        assert_eq!((all.pids, all.memory), (Some(1024), Some(6)));
        assert_eq!(all.read_bps, [rate(2)]);
    }

    #[test]
    fn swap_is_as_much_as_memory_unless_said() {
        for (memory, swap, wanted) in [
            (None, None, None),
            (Some(100), None, Some(200)),
            (Some(100), Some(-1), Some(-1)),
            (Some(100), Some(150), Some(150)),
            (Some(-1), None, None),
        ] {
            let asked = Resources {
                memory,
                memory_swap: swap,
                ..Resources::default()
            };
            assert_eq!(asked.effective_swap(), wanted, "{memory:?} {swap:?}");
        }
    }
}
