//! Resource limits by name: getrlimit(2), asm-generic/resource.h.

use oci_spec::runtime::PosixRlimitType;

use crate::runtime::step::Step;

/// Returns the step that sets one of the spec's limits.
pub fn step(kind: PosixRlimitType, soft: u64, hard: u64) -> Step {
    use PosixRlimitType as T;
    let (resource, name) = match kind {
        T::RlimitCpu => (0, "cpu"),
        T::RlimitFsize => (1, "fsize"),
        T::RlimitData => (2, "data"),
        T::RlimitStack => (3, "stack"),
        T::RlimitCore => (4, "core"),
        T::RlimitRss => (5, "rss"),
        T::RlimitNproc => (6, "nproc"),
        T::RlimitNofile => (7, "nofile"),
        T::RlimitMemlock => (8, "memlock"),
        T::RlimitAs => (9, "as"),
        T::RlimitLocks => (10, "locks"),
        T::RlimitSigpending => (11, "sigpending"),
        T::RlimitMsgqueue => (12, "msgqueue"),
        T::RlimitNice => (13, "nice"),
        T::RlimitRtprio => (14, "rtprio"),
        T::RlimitRttime => (15, "rttime"),
    };
    Step::Rlimit {
        name: name.to_owned(),
        resource,
        soft,
        hard,
    }
}
