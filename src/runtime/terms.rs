//! Terms of the scheduler and its like, as the kernel's structures: runtime-spec config.md,
//! "Linux Process"; sched_setattr(2), ioprio_set(2), personality(2), set_mempolicy(2).

use oci_spec::runtime::{
    IOPriorityClass, LinuxIOPriority, LinuxMemoryPolicy, LinuxPersonality, LinuxPersonalityDomain,
    LinuxSchedulerFlag, LinuxSchedulerPolicy, LinuxTimeOffset, MemoryPolicyFlagType,
    MemoryPolicyModeType, Scheduler,
};

use crate::runtime::error::Error;

/// struct sched_attr up to SCHED_ATTR_SIZE_VER0: 48 bytes.
pub fn scheduler(wanted: &Scheduler) -> Result<Vec<u8>, Error> {
    use LinuxSchedulerPolicy as P;
    let policy: u32 = match wanted.policy() {
        P::SchedOther => 0,
        P::SchedFifo => 1,
        P::SchedRr => 2,
        P::SchedBatch => 3,
        P::SchedIdle => 5,
        P::SchedDeadline => 6,
        P::SchedIso => {
            return Err(Error::refused(
                "process.scheduler.policy SCHED_ISO",
                "Linux does not have it",
            ));
        }
    };
    let mut flags = 0u64;
    for flag in wanted.flags().iter().flatten() {
        use LinuxSchedulerFlag as F;
        flags |= match flag {
            F::SchedResetOnFork => 0x01,
            F::SchedFlagReclaim => 0x02,
            F::SchedFlagDLOverrun => 0x04,
            F::SchedFlagKeepPolicy => 0x08,
            F::SchedFlagKeepParams => 0x10,
            F::SchedFlagUtilClampMin | F::SchedFlagUtilClampMax => {
                return Err(Error::refused(
                    "process.scheduler.flags SCHED_FLAG_UTIL_CLAMP",
                    "the spec has no field for its value",
                ));
            }
        };
    }
    let mut bytes = Vec::with_capacity(48);
    bytes.extend(48u32.to_ne_bytes());
    bytes.extend(policy.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(wanted.nice().unwrap_or(0).to_ne_bytes());
    bytes.extend(wanted.priority().unwrap_or(0).to_ne_bytes());
    for value in [wanted.runtime(), wanted.deadline(), wanted.period()] {
        bytes.extend(value.unwrap_or(0).to_ne_bytes());
    }
    Ok(bytes)
}

/// IOPRIO_PRIO_VALUE(class, level).
pub fn io_priority(wanted: &LinuxIOPriority) -> Result<u64, Error> {
    let class = match wanted.class() {
        IOPriorityClass::IoprioClassRt => 1,
        IOPriorityClass::IoprioClassBe => 2,
        IOPriorityClass::IoprioClassIdle => 3,
    };
    match u64::try_from(wanted.priority()) {
        Ok(level) if level <= 7 => Ok(class << 13 | level),
        _ => Err(Error::invalid(
            "process.ioPriority.priority",
            "is not between 0 and 7",
        )),
    }
}

pub fn personality(wanted: &LinuxPersonality) -> Result<u64, Error> {
    if wanted
        .flags()
        .as_ref()
        .is_some_and(|flags| !flags.is_empty())
    {
        return Err(Error::refused(
            "linux.personality.flags",
            "the spec defines none",
        ));
    }
    Ok(match wanted.domain() {
        LinuxPersonalityDomain::PerLinux => 0,
        LinuxPersonalityDomain::PerLinux32 => 8,
    })
}

/// A list of numbers such as `0-2,5` as a mask of 64-bit words.
pub fn mask(field: &str, list: &str) -> Result<Vec<u8>, Error> {
    const MOST: usize = 8192;
    let bad = || Error::invalid(field, format!("{list:?} is not a list such as 0-2,5"));
    let mut words = vec![0u64; 1];
    for part in list.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<usize>().map_err(|_| bad());
        let (first, last) = (number(first)?, number(last)?);
        if first > last || last >= MOST {
            return Err(bad());
        }
        words.resize(words.len().max(last / 64 + 1), 0);
        for index in first..=last {
            words[index / 64] |= 1 << (index % 64);
        }
    }
    Ok(words.iter().flat_map(|word| word.to_ne_bytes()).collect())
}

/// Mode with its flags, and the mask of nodes.
pub fn memory_policy(wanted: &LinuxMemoryPolicy) -> Result<(u64, Vec<u8>), Error> {
    use MemoryPolicyModeType as M;
    let mut mode = match wanted.mode() {
        M::MpolDefault => 0,
        M::MpolPreferred => 1,
        M::MpolBind => 2,
        M::MpolInterleave => 3,
        M::MpolLocal => 4,
        M::MpolPreferredMany => 5,
        M::MpolWeightedInterleave => 6,
    };
    for flag in wanted.flags().iter().flatten() {
        mode |= match flag {
            MemoryPolicyFlagType::MpolFStaticNodes => 1 << 15,
            MemoryPolicyFlagType::MpolFRelativeNodes => 1 << 14,
            MemoryPolicyFlagType::MpolFNumaBalancing => 1 << 13,
        };
    }
    let nodes = match wanted.nodes().as_deref() {
        None | Some("") => Vec::new(),
        Some(list) => mask("linux.memoryPolicy.nodes", list)?,
    };
    Ok((mode, nodes))
}

/// The lines of /proc/PID/timens_offsets: time_namespaces(7).
pub fn time_offsets<'a>(
    offsets: impl Iterator<Item = (&'a String, &'a LinuxTimeOffset)>,
) -> Result<String, Error> {
    let mut lines = Vec::new();
    for (clock, offset) in offsets {
        if !matches!(clock.as_str(), "monotonic" | "boottime") {
            return Err(Error::invalid(
                format!("linux.timeOffsets.{clock}"),
                "only monotonic and boottime have offsets",
            ));
        }
        let (seconds, nanoseconds) = (offset.secs().unwrap_or(0), offset.nanosecs().unwrap_or(0));
        lines.push(format!("{clock} {seconds} {nanoseconds}\n"));
    }
    lines.sort();
    Ok(lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_masks() {
        let bytes = mask("x", "0-2,65").expect("a list");
        assert_eq!(bytes.len(), 16);
        assert_eq!((bytes[0], bytes[8]), (7, 2));
        for bad in ["", "a", "3-1", "0-99999", "-1"] {
            assert!(mask("x", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_scheduler_is_the_kernels_structure() {
        let mut wanted = Scheduler::default();
        wanted.set_nice(Some(5));
        let bytes = scheduler(&wanted).expect("plain");
        assert_eq!(bytes.len(), 48);
        assert_eq!(bytes[..4], 48u32.to_ne_bytes());
        assert_eq!(bytes[16..20], 5i32.to_ne_bytes());
    }
}
