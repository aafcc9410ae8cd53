//! The runtime spec's resources as files of a group: config-linux.md "Control groups", with the
//! conversions other runtimes make from version 1's units (crun.1, "CGROUP v2").

use oci_spec::runtime::{LinuxBlockIo, LinuxCpu, LinuxMemory, LinuxResources};

use crate::runtime::cgroup::{Cgroup, Error};

/// One file and what is written to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub file: String,
    pub value: String,
    /// A kernel may lack the file although it has the controller.
    optional: bool,
}

impl Setting {
    fn new(file: &str, value: impl ToString) -> Self {
        Self {
            file: file.to_owned(),
            value: value.to_string(),
            optional: false,
        }
    }

    /// The controller a file belongs to: what stands before its first dot.
    pub fn controller(&self) -> &str {
        self.file.split('.').next().unwrap_or_default()
    }
}

/// Where there is no bfq scheduler its weight is the controller's own, of another scale.
const BFQ_WEIGHT: &str = "io.bfq.weight";

/// Turns resources into settings, in the order they are to be written.
pub fn settings(resources: &LinuxResources) -> Result<Vec<Setting>, Error> {
    let mut all = Vec::new();
    if let Some(memory) = resources.memory() {
        self::memory(memory, &mut all)?;
    }
    if let Some(cpu) = resources.cpu() {
        self::cpu(cpu, &mut all)?;
    }
    if let Some(pids) = resources.pids() {
        let limit = pids.limit();
        all.push(Setting::new("pids.max", at_most(limit)));
    }
    if let Some(io) = resources.block_io() {
        block_io(io, &mut all)?;
    }
    for limit in resources.hugepage_limits().iter().flatten() {
        let file = format!("hugetlb.{}.max", limit.page_size());
        all.push(Setting::new(&checked(&file, "")?, limit.limit()));
    }
    if resources.network().is_some() {
        return Err(Error::Unsupported {
            what: "a network class",
        });
    }
    let mut unified: Vec<_> = resources.unified().iter().flatten().collect();
    unified.sort();
    for (file, value) in unified {
        all.push(Setting::new(&checked(file, value)?, value));
    }
    Ok(all)
}

/// Zero and below mean no limit.
fn at_most(limit: i64) -> String {
    match limit {
        ..=0 => "max".to_owned(),
        _ => limit.to_string(),
    }
}

fn memory(memory: &LinuxMemory, all: &mut Vec<Setting>) -> Result<(), Error> {
    if memory.swappiness().is_some() {
        return Err(Error::Unsupported {
            what: "memory swappiness",
        });
    }
    if memory.disable_oom_killer() == Some(true) {
        return Err(Error::Unsupported {
            what: "disabling the OOM killer",
        });
    }
    if let Some(limit) = memory.limit() {
        all.push(Setting::new("memory.max", at_most(limit)));
    }
    if let Some(swap) = memory.swap().filter(|swap| *swap != 0) {
        let value = swap_alone(swap, memory.limit())?;
        all.push(Setting {
            optional: true,
            ..Setting::new("memory.swap.max", value)
        });
    }
    if let Some(reservation) = memory.reservation() {
        all.push(Setting::new("memory.low", reservation.max(0)));
    }
    Ok(())
}

/// Version 1 counts memory and swap together.
fn swap_alone(swap: i64, limit: Option<i64>) -> Result<String, Error> {
    let refuse = |reason| Error::Value {
        file: "memory.swap.max".to_owned(),
        value: swap.to_string(),
        reason,
    };
    match limit {
        _ if swap < 0 => Ok("max".to_owned()),
        None | Some(..=0) => Err(refuse("a swap limit needs a memory limit")),
        Some(limit) if swap < limit => Err(refuse("it is less than the memory limit")),
        Some(limit) => Ok((swap - limit).to_string()),
    }
}

fn cpu(cpu: &LinuxCpu, all: &mut Vec<Setting>) -> Result<(), Error> {
    if cpu.realtime_period().is_some() || cpu.realtime_runtime().is_some() {
        return Err(Error::Unsupported {
            what: "a real-time CPU limit",
        });
    }
    if let Some(shares) = cpu.shares().filter(|shares| *shares != 0) {
        all.push(Setting::new("cpu.weight", weight_of_shares(shares)));
    }
    if cpu.quota().is_some() || cpu.period().is_some() {
        /// The kernel's own.
        const PERIOD: u64 = 100_000;
        let quota = at_most(cpu.quota().unwrap_or(0));
        let period = cpu.period().filter(|period| *period != 0);
        let value = format!("{quota} {}", period.unwrap_or(PERIOD));
        all.push(Setting::new("cpu.max", value));
    }
    if let Some(burst) = cpu.burst() {
        all.push(Setting::new("cpu.max.burst", burst));
    }
    if let Some(idle) = cpu.idle() {
        all.push(Setting::new("cpu.idle", idle));
    }
    for (file, list) in [("cpuset.cpus", cpu.cpus()), ("cpuset.mems", cpu.mems())] {
        if let Some(list) = list.as_deref().filter(|list| !list.is_empty()) {
            all.push(Setting::new(file, list));
        }
    }
    Ok(())
}

/// 2..262144 onto 1..10000.
fn weight_of_shares(shares: u64) -> u64 {
    let shares = shares.clamp(2, 262_144);
    1 + (shares - 2) * 9999 / 262_142
}

fn block_io(io: &LinuxBlockIo, all: &mut Vec<Setting>) -> Result<(), Error> {
    if io.leaf_weight().is_some_and(|weight| weight != 0) {
        return Err(Error::Unsupported {
            what: "a leaf weight",
        });
    }
    if let Some(weight) = io.weight().filter(|weight| *weight != 0) {
        all.push(Setting::new(BFQ_WEIGHT, weight));
    }
    for device in io.weight_device().iter().flatten() {
        let weight = device.weight().unwrap_or(0);
        let value = format!("{}:{} {weight}", device.major(), device.minor());
        all.push(Setting::new(BFQ_WEIGHT, value));
    }
    for (key, devices) in [
        ("rbps", io.throttle_read_bps_device()),
        ("wbps", io.throttle_write_bps_device()),
        ("riops", io.throttle_read_iops_device()),
        ("wiops", io.throttle_write_iops_device()),
    ] {
        for device in devices.iter().flatten() {
            let rate = match device.rate() {
                0 => "max".to_owned(),
                rate => rate.to_string(),
            };
            let value = format!("{}:{} {key}={rate}", device.major(), device.minor());
            all.push(Setting::new("io.max", value));
        }
    }
    Ok(())
}

/// A file named by the user: one of a controller's, in this group.
fn checked(file: &str, value: &str) -> Result<String, Error> {
    let refuse = |reason| Error::Value {
        file: crate::types::escape::visible(file),
        value: crate::types::escape::visible(value),
        reason,
    };
    let plain = file
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if !plain || !file.contains('.') || file.starts_with('.') || file.contains("..") {
        return Err(refuse("it is not the name of a controller's file"));
    }
    // Not a limit: who is in the group, whether it runs.
    if file.starts_with("cgroup.") {
        return Err(refuse("the group's own files are the engine's"));
    }
    Ok(file.to_owned())
}

impl Cgroup {
    /// Writes a spec's resources; a controller that is missing is an error.
    pub fn apply(&self, resources: &LinuxResources) -> Result<(), Error> {
        for setting in settings(resources)? {
            self.set(&setting)?;
        }
        Ok(())
    }

    /// The limit that nobody asked for: kept where it can be.
    pub fn apply_default_pids(&self, limit: i64) {
        let _ = self.set(&Setting::new("pids.max", at_most(limit)));
    }

    /// Writes one setting; a controller that is missing is an error.
    pub fn set(&self, setting: &Setting) -> Result<(), Error> {
        let controller = setting.controller();
        let there = self.controllers();
        if !there.iter().any(|name| name == controller) {
            let why = match there.is_empty() {
                true => "none is delegated to this session".to_owned(),
                false => format!("only {} are delegated to this session", there.join(", ")),
            };
            return Err(Error::Controller {
                name: controller.to_owned(),
                why,
            });
        }
        if setting.file == BFQ_WEIGHT && !self.directory().join(BFQ_WEIGHT).exists() {
            return self.write("io.weight", &io_weight(&setting.value));
        }
        if setting.optional && !self.directory().join(&setting.file).exists() {
            return Ok(());
        }
        self.write(&setting.file, &setting.value)
    }
}

/// bfq's 10..1000 onto the controller's 1..10000; a device may stand in front.
fn io_weight(value: &str) -> String {
    let (device, weight) = value.rsplit_once(' ').unwrap_or(("default", value));
    let weight: u64 = weight.parse().unwrap_or(100);
    let scaled = 1 + (weight.clamp(10, 1000) - 10) * 9999 / 990;
    format!("{device} {scaled}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(json: &str) -> Result<String, String> {
        let resources: LinuxResources = serde_json::from_str(json).expect("a spec");
        let all = settings(&resources).map_err(|error| error.to_string())?;
        let lines = all.iter().map(|s| format!("{}={}", s.file, s.value));
        Ok(lines.collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn resources_become_files() {
        for (json, wanted) in [
            (
                r#"{"memory":{"limit":1073741824}}"#,
                "memory.max=1073741824",
            ),
            (
                r#"{"memory":{"limit":100,"swap":300,"reservation":50}}"#,
                "memory.max=100; memory.swap.max=200; memory.low=50",
            ),
            (
                r#"{"memory":{"limit":100,"swap":-1}}"#,
                "memory.max=100; memory.swap.max=max",
            ),
            (r#"{"memory":{"limit":-1}}"#, "memory.max=max"),
            (r#"{"cpu":{"shares":512}}"#, "cpu.weight=20"),
            (r#"{"cpu":{"shares":1}}"#, "cpu.weight=1"),
            (
                r#"{"cpu":{"quota":500000,"period":100000}}"#,
                "cpu.max=500000 100000",
            ),
            (r#"{"cpu":{"quota":-1}}"#, "cpu.max=max 100000"),
            (
                r#"{"cpu":{"cpus":"0-1","mems":"0"}}"#,
                "cpuset.cpus=0-1; cpuset.mems=0",
            ),
            (r#"{"pids":{"limit":10}}"#, "pids.max=10"),
            (r#"{"pids":{"limit":-1}}"#, "pids.max=max"),
            (r#"{"blockIO":{"weight":321}}"#, "io.bfq.weight=321"),
            (
                r#"{"blockIO":{"throttleReadBpsDevice":[{"major":8,"minor":0,"rate":1024}]}}"#,
                "io.max=8:0 rbps=1024",
            ),
            (r#"{"unified":{"memory.high":"5"}}"#, "memory.high=5"),
        ] {
            assert_eq!(shown(json).as_deref(), Ok(wanted), "{json}");
        }
    }

    #[test]
    fn what_version_2_lacks_is_refused_by_name() {
        for (json, wanted) in [
            (r#"{"memory":{"swappiness":5}}"#, "memory swappiness"),
            (r#"{"memory":{"disableOOMKiller":true}}"#, "OOM killer"),
            (r#"{"cpu":{"realtimePeriod":5}}"#, "real-time"),
            (r#"{"memory":{"swap":5}}"#, "needs a memory limit"),
            (r#"{"memory":{"limit":9,"swap":5}}"#, "less than"),
            (r#"{"unified":{"../memory.max":"5"}}"#, "not the name"),
            (r#"{"unified":{"cgroup.procs":"1"}}"#, "the engine's"),
            (r#"{"unified":{"procs":"1"}}"#, "not the name"),
        ] {
            let refused = shown(json).expect_err(json);
            assert!(refused.contains(wanted), "{json}: {refused}");
        }
    }

    #[test]
    fn weights_are_scaled_where_there_is_no_bfq() {
        assert_eq!(io_weight("10"), "default 1");
        assert_eq!(io_weight("1000"), "default 10000");
        assert_eq!(io_weight("8:0 500"), "8:0 4950");
    }
}
