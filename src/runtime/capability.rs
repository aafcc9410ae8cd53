//! Capability names as bits: capabilities(7), linux/capability.h.

use std::collections::HashSet;

use oci_spec::runtime::Capability;

/// Names by number, from CAP_CHOWN = 0 on.
const NAMES: [&str; 41] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
];

/// Every name, without `CAP_`.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter()
}

/// Returns the set as bits; what the kernel here does not know is masked off by `known`.
pub fn bits(set: Option<&HashSet<Capability>>) -> u64 {
    let mut bits = 0;
    for capability in set.into_iter().flatten() {
        let name = capability.to_string();
        let name = name.strip_prefix("CAP_").unwrap_or(&name);
        if let Some(number) = NAMES.iter().position(|known| *known == name) {
            bits |= 1 << number;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_their_numbers() {
        let set = HashSet::from([
            Capability::Chown,
            Capability::SysAdmin,
            Capability::CheckpointRestore,
        ]);
        assert_eq!(bits(Some(&set)), 1 | 1 << 21 | 1 << 40);
        assert_eq!(bits(None), 0);
    }
}
