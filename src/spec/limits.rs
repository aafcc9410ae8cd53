//! Resource limits and sysctls, by exact name.
//!
//! setrlimit(2); runtime-spec config-linux.md "Sysctl". Only what a namespace of the container
//! holds may be set (S-74); a key is never part of a path before it was checked.

use std::collections::HashMap;

use oci_spec::runtime::{PosixRlimit, PosixRlimitBuilder, PosixRlimitType};

use crate::spec::error::Error;
use crate::types::RunRequest;

/// `kernel.*` keys that belong to the IPC namespace: ipc_namespaces(7).
const IPC_KEYS: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shm_rmid_forced",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
];

/// Turns `--ulimit`s into the spec's form.
pub fn rlimits(request: &RunRequest) -> Result<Vec<PosixRlimit>, Error> {
    let mut limits: Vec<PosixRlimit> = Vec::new();
    for ulimit in &request.ulimits {
        let refuse = |reason| Error::Ulimit {
            name: ulimit.name.clone(),
            reason,
        };
        let kind = rlimit_kind(&ulimit.name).ok_or_else(|| refuse("is not a resource limit"))?;
        if ulimit.soft > ulimit.hard {
            return Err(refuse("the soft limit is above the hard limit"));
        }
        let limit = PosixRlimitBuilder::default()
            .typ(kind)
            .soft(ulimit.soft)
            .hard(ulimit.hard)
            .build()
            .expect("every field has a default");
        // The last word for a limit wins.
        limits.retain(|earlier| earlier.typ() != kind);
        limits.push(limit);
    }
    Ok(limits)
}

fn rlimit_kind(name: &str) -> Option<PosixRlimitType> {
    use PosixRlimitType as T;
    Some(match name {
        "as" => T::RlimitAs,
        "core" => T::RlimitCore,
        "cpu" => T::RlimitCpu,
        "data" => T::RlimitData,
        "fsize" => T::RlimitFsize,
        "locks" => T::RlimitLocks,
        "memlock" => T::RlimitMemlock,
        "msgqueue" => T::RlimitMsgqueue,
        "nice" => T::RlimitNice,
        "nofile" => T::RlimitNofile,
        "nproc" => T::RlimitNproc,
        "rss" => T::RlimitRss,
        "rtprio" => T::RlimitRtprio,
        "rttime" => T::RlimitRttime,
        "sigpending" => T::RlimitSigpending,
        "stack" => T::RlimitStack,
        _ => return None,
    })
}

/// Which namespaces are the container's own.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    pub network: bool,
    pub ipc: bool,
    pub uts: bool,
}

/// Returns the sysctls to set, Podman's default among them.
pub fn sysctls(request: &RunRequest, own: Own) -> Result<HashMap<String, String>, Error> {
    let mut all = HashMap::new();
    if own.network {
        // So that ping needs no capability; a range must be mapped: icmp(7).
        all.insert("net.ipv4.ping_group_range".to_owned(), "0 0".to_owned());
    }
    for (key, value) in &request.sysctls {
        check_sysctl(key, value, own)?;
        all.insert(key.clone(), value.clone());
    }
    Ok(all)
}

fn check_sysctl(key: &str, value: &str, own: Own) -> Result<(), Error> {
    let refuse = |reason| {
        Err(Error::Sysctl {
            key: key.to_owned(),
            reason,
        })
    };
    let words = key.split('.').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
    });
    if !words || key.len() > 256 {
        return refuse("is not a sysctl name");
    }
    if value.len() > 1024 || value.chars().any(|c| c.is_control() && c != '\t') {
        return refuse("the value is not one line");
    }
    let (whose, reason) = if key.starts_with("net.") {
        (own.network, "not with a shared network namespace")
    } else if IPC_KEYS.contains(&key) || key.starts_with("fs.mqueue.") {
        (own.ipc, "not with a shared ipc namespace")
    } else if key == "kernel.domainname" {
        (own.uts, "not with a shared uts namespace")
    } else {
        (false, "is not in a namespace of the container")
    };
    if whose { Ok(()) } else { refuse(reason) }
}
