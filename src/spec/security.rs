//! What the process may do: capabilities, masked and read-only paths.
//!
//! capabilities(7); runtime-spec config.md "capabilities", config-linux.md "Masked Paths" and
//! "Readonly Paths". Rows S-56 and S-67 of the security catalogue: inheritable and ambient are
//! always empty (CVE-2022-24769 and its like), a process that is not root starts with nothing.

use oci_spec::runtime::{Capabilities, Capability, LinuxCapabilities};

use crate::spec::error::Error;
use crate::spec::path;
use crate::types::RunRequest;

/// Every capability by its bit: capability.h of Linux 5.9 and later, which ends at 40.
pub const CAPABILITIES: [(Capability, &str); 41] = [
    (Capability::Chown, "CAP_CHOWN"),
    (Capability::DacOverride, "CAP_DAC_OVERRIDE"),
    (Capability::DacReadSearch, "CAP_DAC_READ_SEARCH"),
    (Capability::Fowner, "CAP_FOWNER"),
    (Capability::Fsetid, "CAP_FSETID"),
    (Capability::Kill, "CAP_KILL"),
    (Capability::Setgid, "CAP_SETGID"),
    (Capability::Setuid, "CAP_SETUID"),
    (Capability::Setpcap, "CAP_SETPCAP"),
    (Capability::LinuxImmutable, "CAP_LINUX_IMMUTABLE"),
    (Capability::NetBindService, "CAP_NET_BIND_SERVICE"),
    (Capability::NetBroadcast, "CAP_NET_BROADCAST"),
    (Capability::NetAdmin, "CAP_NET_ADMIN"),
    (Capability::NetRaw, "CAP_NET_RAW"),
    (Capability::IpcLock, "CAP_IPC_LOCK"),
    (Capability::IpcOwner, "CAP_IPC_OWNER"),
    (Capability::SysModule, "CAP_SYS_MODULE"),
    (Capability::SysRawio, "CAP_SYS_RAWIO"),
    (Capability::SysChroot, "CAP_SYS_CHROOT"),
    (Capability::SysPtrace, "CAP_SYS_PTRACE"),
    (Capability::SysPacct, "CAP_SYS_PACCT"),
    (Capability::SysAdmin, "CAP_SYS_ADMIN"),
    (Capability::SysBoot, "CAP_SYS_BOOT"),
    (Capability::SysNice, "CAP_SYS_NICE"),
    (Capability::SysResource, "CAP_SYS_RESOURCE"),
    (Capability::SysTime, "CAP_SYS_TIME"),
    (Capability::SysTtyConfig, "CAP_SYS_TTY_CONFIG"),
    (Capability::Mknod, "CAP_MKNOD"),
    (Capability::Lease, "CAP_LEASE"),
    (Capability::AuditWrite, "CAP_AUDIT_WRITE"),
    (Capability::AuditControl, "CAP_AUDIT_CONTROL"),
    (Capability::Setfcap, "CAP_SETFCAP"),
    (Capability::MacOverride, "CAP_MAC_OVERRIDE"),
    (Capability::MacAdmin, "CAP_MAC_ADMIN"),
    (Capability::Syslog, "CAP_SYSLOG"),
    (Capability::WakeAlarm, "CAP_WAKE_ALARM"),
    (Capability::BlockSuspend, "CAP_BLOCK_SUSPEND"),
    (Capability::AuditRead, "CAP_AUDIT_READ"),
    (Capability::Perfmon, "CAP_PERFMON"),
    (Capability::Bpf, "CAP_BPF"),
    (Capability::CheckpointRestore, "CAP_CHECKPOINT_RESTORE"),
];

/// What a container's root has unless told otherwise: Podman's eleven.
pub const DEFAULT_CAPABILITIES: [Capability; 11] = [
    Capability::Chown,
    Capability::DacOverride,
    Capability::Fowner,
    Capability::Fsetid,
    Capability::Kill,
    Capability::NetBindService,
    Capability::Setfcap,
    Capability::Setgid,
    Capability::Setpcap,
    Capability::Setuid,
    Capability::SysChroot,
];

/// Files and directories of the kernel's file systems that read as empty (S-56).
const MASKED: [&str; 14] = [
    "/proc/acpi",
    "/proc/asound",
    "/proc/interrupts",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/dev/block",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
    "/sys/fs/selinux",
];

/// What may be read only; all of /sys is so by its mount.
const READ_ONLY: [&str; 5] = [
    "/proc/bus",
    "/proc/fs",
    "/proc/irq",
    "/proc/sys",
    "/proc/sysrq-trigger",
];

/// A set of capabilities as bits, the form the kernel takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CapSet(pub u64);

impl CapSet {
    /// Every capability up to and including the kernel's last: /proc/sys/kernel/cap_last_cap.
    pub fn all(last: u32) -> Self {
        Self(u64::MAX >> (63 - last.min(CAPABILITIES.len() as u32 - 1)))
    }

    pub fn of(list: &[Capability]) -> Self {
        list.iter()
            .fold(Self(0), |set, one| Self(set.0 | 1 << bit(*one)))
    }

    pub fn has(self, capability: Capability) -> bool {
        self.0 & 1 << bit(capability) != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Capability> {
        CAPABILITIES
            .into_iter()
            .map(|(capability, _)| capability)
            .filter(move |capability| self.has(*capability))
    }

    fn to_oci(self) -> Capabilities {
        self.iter().collect()
    }
}

impl From<&Capabilities> for CapSet {
    fn from(set: &Capabilities) -> Self {
        set.iter()
            .fold(Self(0), |all, one| Self(all.0 | 1 << bit(*one)))
    }
}

/// Returns the capability's bit in the kernel's sets.
pub fn bit(capability: Capability) -> u32 {
    CAPABILITIES
        .iter()
        .position(|known| known.0 == capability)
        .expect("CAPABILITIES lists every variant; a test walks them") as u32
}

/// Parses `NET_ADMIN`, `cap_net_admin`, …
pub fn capability(word: &str) -> Option<Capability> {
    let upper = word.to_ascii_uppercase();
    let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
    CAPABILITIES
        .iter()
        .find(|(_, known)| &known[4..] == name)
        .map(|(capability, _)| *capability)
}

/// Returns the capabilities a container is limited to: its bounding set.
///
/// `ALL` on one side and names on the other combine; the same word on both is refused.
pub fn bounding(
    add: &[String],
    drop: &[String],
    privileged: bool,
    last: u32,
) -> Result<CapSet, Error> {
    let is_all = |word: &String| word.eq_ignore_ascii_case("all");
    let (add_all, drop_all) = (add.iter().any(is_all), drop.iter().any(is_all));
    let named = |words: &[String]| -> Result<CapSet, Error> {
        words
            .iter()
            .filter(|word| !is_all(word))
            .try_fold(CapSet(0), |set, word| {
                let one = capability(word)
                    .ok_or_else(|| Error::UnknownCapability { name: word.clone() })?;
                Ok(CapSet(set.0 | 1 << bit(one)))
            })
    };
    let (added, dropped) = (named(add)?, named(drop)?);
    if let Some(both) = CapSet(added.0 & dropped.0).iter().next() {
        return Err(conflict(CAPABILITIES[bit(both) as usize].1));
    }
    if add_all && drop_all {
        return Err(conflict("ALL"));
    }
    let everything = CapSet::all(last);
    let start = match (privileged || add_all, drop_all) {
        (_, true) => CapSet(0),
        (true, false) => everything,
        (false, false) => CapSet::of(&DEFAULT_CAPABILITIES),
    };
    Ok(CapSet((start.0 | added.0) & !dropped.0 & everything.0))
}

fn conflict(name: &str) -> Error {
    Error::CapabilityConflict {
        name: name.to_owned(),
    }
}

/// Returns the five sets of a process with this bounding set.
///
/// Root's effective and permitted sets are the bounding set; another user's are empty, and what
/// the bounding set holds can be had only through files with capabilities or set-user-id root.
pub fn process_sets(bounding: CapSet, uid: u32) -> LinuxCapabilities {
    let held = if uid == 0 { bounding } else { CapSet(0) };
    let mut sets = LinuxCapabilities::default();
    sets.set_bounding(Some(bounding.to_oci()));
    sets.set_effective(Some(held.to_oci()));
    sets.set_permitted(Some(held.to_oci()));
    sets.set_inheritable(Some(Capabilities::new()));
    sets.set_ambient(Some(Capabilities::new()));
    sets
}

/// What is covered and what is read-only below /proc and /sys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub masked: Vec<String>,
    pub read_only: Vec<String>,
}

/// Returns the lists for a request; `thermal_cpus` are the CPUs that have a throttle directory.
pub fn covered(request: &RunRequest, thermal_cpus: &[u32]) -> Result<Covered, Error> {
    let mut lists = Covered {
        masked: Vec::new(),
        read_only: Vec::new(),
    };
    if !request.privileged {
        lists.masked.extend(MASKED.map(str::to_owned));
        // GHSA-6fw5-f8r9-fgfm: per CPU, not only the first.
        lists.masked.extend(
            thermal_cpus
                .iter()
                .map(|cpu| format!("/sys/devices/system/cpu/cpu{cpu}/thermal_throttle")),
        );
        lists.read_only.extend(READ_ONLY.map(str::to_owned));
    }
    for word in &request.security.unmask {
        unmask(&mut lists, word)?;
    }
    for path in list_words(&request.security.mask) {
        let path = absolute(path)?;
        if !lists.masked.contains(&path) {
            lists.masked.push(path);
        }
    }
    Ok(lists)
}

fn unmask(lists: &mut Covered, word: &str) -> Result<(), Error> {
    if word.eq_ignore_ascii_case("all") {
        lists.masked.clear();
        lists.read_only.clear();
        return Ok(());
    }
    for pattern in word.split(':').filter(|part| !part.is_empty()) {
        let pattern = absolute(pattern)?;
        lists.masked.retain(|path| !path::matches(&pattern, path));
        lists
            .read_only
            .retain(|path| !path::matches(&pattern, path));
    }
    Ok(())
}

fn list_words(words: &[String]) -> impl Iterator<Item = &str> {
    words
        .iter()
        .flat_map(|word| word.split(':'))
        .filter(|part| !part.is_empty())
}

fn absolute(path: &str) -> Result<String, Error> {
    if path.starts_with('/') && !path.contains('\0') {
        Ok(path::clean(path))
    } else {
        Err(Error::MaskPath {
            path: path.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &str) -> CapSet {
        let list: Vec<_> = names
            .split_whitespace()
            .map(|name| capability(name).expect(name))
            .collect();
        CapSet::of(&list)
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn capability_names_match_their_bits() {
        for (index, (capability, name)) in CAPABILITIES.into_iter().enumerate() {
            assert_eq!(bit(capability), index as u32);
            assert_eq!(capability.to_string(), name[4..]);
        }
        // The numbers of capability.h at both ends and where gaps would show.
        for (name, number) in [
            ("CAP_CHOWN", 0),
            ("cap_sys_admin", 21),
            ("MKNOD", 27),
            ("setfcap", 31),
            ("SYSLOG", 34),
            ("CAP_CHECKPOINT_RESTORE", 40),
        ] {
            assert_eq!(bit(capability(name).expect(name)), number);
        }
        for unknown in ["", "CAP_", "NOPE", "CAP_CAP_CHOWN", "CHOWN ", "ALL"] {
            assert_eq!(capability(unknown), None, "{unknown:?}");
        }
        assert_eq!(CapSet::all(40).0, (1 << 41) - 1);
        assert_eq!(CapSet::all(63).0, (1 << 41) - 1);
        assert_eq!(CapSet::all(37).0, (1 << 38) - 1);
    }

    #[test]
    fn adding_and_dropping() {
        let default = CapSet::of(&DEFAULT_CAPABILITIES);
        let all = CapSet::all(40);
        for (add, drop, privileged, expected) in [
            ("", "", false, default),
            ("NET_RAW", "", false, CapSet(default.0 | set("NET_RAW").0)),
            ("", "chown", false, CapSet(default.0 & !set("CHOWN").0)),
            ("", "ALL", false, CapSet(0)),
            ("cap_kill", "all", false, set("KILL")),
            ("ALL", "", false, all),
            (
                "ALL",
                "SYS_ADMIN",
                false,
                CapSet(all.0 & !set("SYS_ADMIN").0),
            ),
            ("", "", true, all),
            ("", "MKNOD", true, CapSet(all.0 & !set("MKNOD").0)),
            ("", "ALL", true, CapSet(0)),
            ("KILL", "ALL", true, set("KILL")),
        ] {
            let found = bounding(&words(add), &words(drop), privileged, 40);
            assert_eq!(found, Ok(expected), "+{add} -{drop} {privileged}");
        }
        for (add, drop) in [
            ("NOPE", ""),
            ("", "NOPE"),
            ("KILL", "kill"),
            ("ALL", "ALL"),
            ("ALL NOPE", ""),
        ] {
            assert!(
                bounding(&words(add), &words(drop), false, 40).is_err(),
                "+{add} -{drop}"
            );
        }
    }

    #[test]
    fn only_root_starts_with_capabilities_and_nothing_is_inherited() {
        for (uid, held) in [(0, set("KILL")), (1, CapSet(0)), (1000, CapSet(0))] {
            let sets = process_sets(set("KILL"), uid);
            let bits = |set: &Option<Capabilities>| set.as_ref().map(CapSet::from);
            assert_eq!(bits(sets.bounding()), Some(set("KILL")));
            assert_eq!(bits(sets.effective()), Some(held));
            assert_eq!(bits(sets.permitted()), Some(held));
            assert_eq!(bits(sets.inheritable()), Some(CapSet(0)));
            assert_eq!(bits(sets.ambient()), Some(CapSet(0)));
        }
    }

    #[test]
    fn masks_are_lifted_and_added_by_name() {
        let lists = |mask: &str, unmask: &str, privileged| {
            let request = RunRequest {
                privileged,
                security: crate::types::request::Security {
                    mask: words(mask),
                    unmask: words(unmask),
                    ..Default::default()
                },
                ..RunRequest::default()
            };
            covered(&request, &[0, 7]).expect("absolute paths")
        };
        let usual = lists("", "", false);
        assert_eq!(usual.masked.len(), MASKED.len() + 2);
        assert_eq!(usual.read_only, READ_ONLY);
        let last = usual.masked.last().expect("not empty");
        assert_eq!(last, "/sys/devices/system/cpu/cpu7/thermal_throttle");
        let none = lists("", "ALL", false);
        assert!(none.masked.is_empty() && none.read_only.is_empty());
        let some = lists("/proc/cpuinfo:/secret", "/proc/*", false);
        assert!(!some.masked.iter().any(|path| path == "/proc/kcore"));
        assert!(some.masked.contains(&"/sys/firmware".to_owned()));
        assert!(some.masked.contains(&"/secret".to_owned()));
        assert!(some.read_only.is_empty());
        let privileged = lists("/secret", "", true);
        assert_eq!(privileged.masked, ["/secret"]);
        let relative = RunRequest {
            security: crate::types::request::Security {
                mask: words("proc/kcore"),
                ..Default::default()
            },
            ..RunRequest::default()
        };
        assert!(covered(&relative, &[]).is_err());
    }
}
