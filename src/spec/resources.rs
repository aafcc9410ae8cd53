//! Limits as asked → the runtime spec's resources: config-linux.md, "Control groups".

use oci_spec::runtime::{
    LinuxBlockIo, LinuxBlockIoBuilder, LinuxCpu, LinuxMemory, LinuxPids, LinuxResources,
    LinuxThrottleDevice, LinuxThrottleDeviceBuilder, LinuxWeightDevice, LinuxWeightDeviceBuilder,
};

use crate::types::resources::{DeviceRate, Resources};

/// Returns what was asked for; `None` when nothing was.
pub fn resources(asked: &Resources) -> Option<LinuxResources> {
    if asked.is_empty() {
        return None;
    }
    let mut all = LinuxResources::default();
    // The library's default is a device list that denies everything.
    all.set_devices(None);
    all.set_memory(memory(asked));
    all.set_cpu(cpu(asked));
    all.set_block_io(block_io(asked));
    if let Some(limit) = asked.pids {
        let mut pids = LinuxPids::default();
        pids.set_limit(limit);
        all.set_pids(Some(pids));
    }
    if !asked.files.is_empty() {
        all.set_unified(Some(asked.files.clone().into_iter().collect()));
    }
    Some(all)
}

fn memory(asked: &Resources) -> Option<LinuxMemory> {
    let swap = asked.effective_swap();
    if asked.memory.is_none() && asked.memory_reservation.is_none() && swap.is_none() {
        return None;
    }
    let mut memory = LinuxMemory::default();
    memory.set_limit(asked.memory);
    memory.set_reservation(asked.memory_reservation);
    memory.set_swap(swap);
    Some(memory)
}

fn cpu(asked: &Resources) -> Option<LinuxCpu> {
    let mut cpu = LinuxCpu::default();
    cpu.set_period(asked.cpu_period);
    cpu.set_quota(asked.cpu_quota);
    cpu.set_shares(asked.cpu_shares);
    cpu.set_cpus(asked.cpuset_cpus.clone());
    cpu.set_mems(asked.cpuset_mems.clone());
    (cpu != LinuxCpu::default()).then_some(cpu)
}

fn block_io(asked: &Resources) -> Option<LinuxBlockIo> {
    let throttles = |rates: &[DeviceRate]| -> Option<Vec<LinuxThrottleDevice>> {
        let each = rates.iter().map(|device| {
            LinuxThrottleDeviceBuilder::default()
                .major(i64::from(device.major))
                .minor(i64::from(device.minor))
                .rate(device.rate)
                .build()
                .expect("every field has a default")
        });
        (!rates.is_empty()).then(|| each.collect())
    };
    let weights = asked.blkio_weight_devices.iter().map(|device| {
        LinuxWeightDeviceBuilder::default()
            .major(i64::from(device.major))
            .minor(i64::from(device.minor))
            .weight(device.rate as u16)
            .build()
            .expect("every field has a default")
    });
    let weights: Vec<LinuxWeightDevice> = weights.collect();
    let mut io = LinuxBlockIoBuilder::default()
        .build()
        .expect("every field has a default");
    let nothing = io.clone();
    io.set_weight(asked.blkio_weight);
    io.set_weight_device((!weights.is_empty()).then_some(weights));
    io.set_throttle_read_bps_device(throttles(&asked.read_bps));
    io.set_throttle_write_bps_device(throttles(&asked.write_bps));
    io.set_throttle_read_iops_device(throttles(&asked.read_iops));
    io.set_throttle_write_iops_device(throttles(&asked.write_iops));
    (io != nothing).then_some(io)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_for_is_in_the_spec() {
        assert_eq!(resources(&Resources::default()), None);
        let asked = Resources {
            memory: Some(100),
            pids: Some(5),
            ..Resources::default()
        };
        let json = serde_json::to_value(resources(&asked)).expect("JSON");
        let wanted = serde_json::json!({
            "memory": {"limit": 100, "swap": 200},
            "pids": {"limit": 5},
        });
        assert_eq!(json, wanted);
    }
}
