//! Resource limits as far as this user may set them: getrlimit(2), proc_pid_limits(5).
//!
//! `-1` is as much as is possible, and of descriptors and processes a container gets as many as
//! the user may have, up to what Podman gives: podman-run(1), "--ulimit".

use oci_spec::runtime::{PosixRlimit, PosixRlimitBuilder, PosixRlimitType, Process};

use crate::engine::{Container, Engine};
use crate::types::RunRequest;
use crate::types::request::Ulimit;

/// Podman's default for descriptors and processes.
const MANY: u64 = 1_048_576;

/// The rows of /proc/self/limits.
const ROWS: [(&str, PosixRlimitType); 16] = [
    ("Max cpu time", PosixRlimitType::RlimitCpu),
    ("Max file size", PosixRlimitType::RlimitFsize),
    ("Max data size", PosixRlimitType::RlimitData),
    ("Max stack size", PosixRlimitType::RlimitStack),
    ("Max core file size", PosixRlimitType::RlimitCore),
    ("Max resident set", PosixRlimitType::RlimitRss),
    ("Max processes", PosixRlimitType::RlimitNproc),
    ("Max open files", PosixRlimitType::RlimitNofile),
    ("Max locked memory", PosixRlimitType::RlimitMemlock),
    ("Max address space", PosixRlimitType::RlimitAs),
    ("Max file locks", PosixRlimitType::RlimitLocks),
    ("Max pending signals", PosixRlimitType::RlimitSigpending),
    ("Max msgqueue size", PosixRlimitType::RlimitMsgqueue),
    ("Max nice priority", PosixRlimitType::RlimitNice),
    ("Max realtime priority", PosixRlimitType::RlimitRtprio),
    ("Max realtime timeout", PosixRlimitType::RlimitRttime),
];

/// Fills in what the request left open, and lowers what is without limit to what may be had.
pub(crate) fn settle(process: &mut Process, request: &RunRequest) {
    let text = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let hard = |kind| hard_limit(&text, kind).unwrap_or(u64::MAX);
    let said = process.rlimits().clone().unwrap_or_default();
    let mut limits: Vec<PosixRlimit> = said
        .into_iter()
        .map(|limit| {
            let most = hard(limit.typ());
            let possible = |value| if value == u64::MAX { most } else { value };
            of(limit.typ(), possible(limit.soft()), possible(limit.hard()))
        })
        .collect();
    let usual = [PosixRlimitType::RlimitNofile, PosixRlimitType::RlimitNproc];
    for kind in usual.into_iter().filter(|_| !request.host_ulimits) {
        if !limits.iter().any(|limit| limit.typ() == kind) {
            let many = hard(kind).min(MANY);
            limits.push(of(kind, many, many));
        }
    }
    process.set_rlimits(Some(limits));
}

fn of(kind: PosixRlimitType, soft: u64, hard: u64) -> PosixRlimit {
    PosixRlimitBuilder::default()
        .typ(kind)
        .soft(soft)
        .hard(hard)
        .build()
        .expect("every field has a default")
}

fn hard_limit(text: &str, kind: PosixRlimitType) -> Option<u64> {
    let (name, _) = ROWS.iter().find(|row| row.1 == kind)?;
    let row = text.lines().find_map(|line| line.strip_prefix(name))?;
    match row.split_whitespace().nth(1)? {
        "unlimited" => Some(u64::MAX),
        number => number.parse().ok(),
    }
}

impl Engine {
    /// The limits that the last start settled; `None` before the first.
    pub fn settled_limits(&self, container: &Container) -> Option<Vec<Ulimit>> {
        container.run.as_ref()?;
        let spec = crate::engine::bundle::kept_spec(&container.directory).ok()?;
        let process = spec.process().clone().unwrap_or_default();
        let limits = process.rlimits().clone().unwrap_or_default();
        let named = limits.iter().map(|limit| Ulimit {
            name: limit
                .typ()
                .to_string()
                .trim_start_matches("RLIMIT_")
                .to_ascii_lowercase(),
            soft: limit.soft(),
            hard: limit.hard(),
        });
        Some(named.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_from_the_table() {
        let text = "Limit   Soft Limit  Hard Limit  Units\nMax processes   10   20   processes\n\
                    Max open files  64  unlimited  files\n";
        for (kind, wanted) in [
            (PosixRlimitType::RlimitNproc, Some(20)),
            (PosixRlimitType::RlimitNofile, Some(u64::MAX)),
            (PosixRlimitType::RlimitCore, None),
        ] {
            assert_eq!(hard_limit(text, kind), wanted);
        }
    }
}
