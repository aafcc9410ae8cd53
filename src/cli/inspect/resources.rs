//! The limits of an inspected container, under Podman's names.

use serde_json::{Map, Value, json};

use crate::engine::Container;
use crate::types::resources::DeviceRate;

/// Returns the keys of `HostConfig` that are about the control group.
pub fn limits(container: &Container) -> Map<String, Value> {
    let request = &container.record.request;
    let asked = &request.resources;
    let rates = |list: &[DeviceRate]| -> Value {
        let each = list.iter();
        each.map(|device| json!({"Path": device.path, "Rate": device.rate}))
            .collect()
    };
    let weights = asked.blkio_weight_devices.iter();
    let weights: Vec<Value> = weights
        .map(|device| json!({"Path": device.path, "Weight": device.rate}))
        .collect();
    let nano_cpus = match (asked.cpu_quota, asked.cpu_period) {
        (Some(quota), Some(period)) if quota > 0 && period > 0 => {
            i128::from(quota) * 1_000_000_000 / i128::from(period)
        }
        _ => 0,
    };
    let object = json!({
        "BlkioWeight": asked.blkio_weight.unwrap_or(0),
        "BlkioWeightDevice": if weights.is_empty() { Value::Null } else { weights.into() },
        "BlkioDeviceReadBps": rates(&asked.read_bps),
        "BlkioDeviceWriteBps": rates(&asked.write_bps),
        "BlkioDeviceReadIOps": rates(&asked.read_iops),
        "BlkioDeviceWriteIOps": rates(&asked.write_iops),
        "Cgroups": request.cgroups.as_str(),
        "CgroupManager": request.cgroup_manager.as_deref().unwrap_or(usual(container)),
        "CgroupParent": request.cgroup_parent.as_deref().unwrap_or_default(),
        "CgroupConf": if asked.files.is_empty() { Value::Null } else { json!(asked.files) },
        "CpuShares": asked.cpu_shares.unwrap_or(0),
        "Memory": asked.memory.unwrap_or(0),
        "MemoryReservation": asked.memory_reservation.unwrap_or(0),
        "MemorySwap": asked.effective_swap().unwrap_or(0),
        "MemorySwappiness": 0,
        "KernelMemory": 0,
        "NanoCpus": i64::try_from(nano_cpus).unwrap_or(i64::MAX),
        "CpuPeriod": asked.cpu_period.unwrap_or(0),
        "CpuQuota": asked.cpu_quota.unwrap_or(0),
        "CpuRealtimePeriod": 0,
        "CpuRealtimeRuntime": 0,
        "CpusetCpus": asked.cpuset_cpus.as_deref().unwrap_or_default(),
        "CpusetMems": asked.cpuset_mems.as_deref().unwrap_or_default(),
        "OomKillDisable": false,
        "PidsLimit": asked.pids.unwrap_or(match group(container) {
            "" => 0,
            _ => crate::engine::DEFAULT_PIDS,
        }),
    });
    match object {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Who made the group of the last run.
fn usual(container: &Container) -> &'static str {
    let group = container.run.as_ref().and_then(|run| run.cgroup.as_ref());
    match group.is_some_and(|group| group.scope.is_some()) {
        true => "systemd",
        false => "cgroupfs",
    }
}

/// The path of the group it runs in; empty without one.
pub fn group(container: &Container) -> &str {
    let group = container.run.as_ref().and_then(|run| run.cgroup.as_ref());
    group.map_or("", |group| group.path.as_str())
}
