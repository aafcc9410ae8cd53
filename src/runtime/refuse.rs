//! What a bundle may not ask of us: each thing by its field's name, before anything is made.
//!
//! runtime-spec config.md and config-linux.md. What the kernel would refuse anyway is left to
//! it, except where its answer would not say which field was meant.

use std::path::{Component, Path};

use oci_spec::runtime::{Linux, LinuxNamespaceType, LinuxSeccompAction, Process, Spec};

use crate::runtime::error::Error;

/// Newest major version of the spec that is understood; what a newer minor one adds is optional
/// (runtime-spec config.md, "Specification version"; semver.org).
const NEWEST: u64 = 1;

/// Checks everything that needs no look at the machine.
pub fn check(spec: &Spec) -> Result<(), Error> {
    version(spec.version())?;
    for (field, is_there) in [
        ("solaris", spec.solaris().is_some()),
        ("windows", spec.windows().is_some()),
        ("vm", spec.vm().is_some()),
    ] {
        if is_there {
            return Err(Error::refused(field, "this is a runtime for Linux"));
        }
    }
    let Some(linux) = spec.linux() else {
        return Err(Error::invalid("linux", "is missing"));
    };
    if spec.root().is_none() {
        return Err(Error::invalid("root", "is missing"));
    }
    let Some(process) = spec.process() else {
        return Err(Error::invalid("process", "is missing"));
    };
    namespaces(linux)?;
    fields(linux)?;
    sysctls(linux)?;
    mounts(spec)?;
    for (field, name, kind) in [
        ("hostname", spec.hostname(), LinuxNamespaceType::Uts),
        ("domainname", spec.domainname(), LinuxNamespaceType::Uts),
    ] {
        if name.as_ref().is_some_and(|name| !name.is_empty()) && !has(linux, kind) {
            return Err(Error::invalid(field, "needs a uts namespace"));
        }
    }
    check_process(process)
}

/// Checks a process, a container's own or one of `exec`.
pub fn check_process(process: &Process) -> Result<(), Error> {
    let args = process.args().as_deref().unwrap_or_default();
    if args.is_empty() {
        return Err(Error::invalid("process.args", "is empty"));
    }
    if !process.cwd().is_absolute() {
        return Err(Error::invalid("process.cwd", "is not an absolute path"));
    }
    if let Some(score) = process.oom_score_adj()
        && !(-1000..=1000).contains(&score)
    {
        return Err(Error::invalid(
            "process.oomScoreAdj",
            "is not between -1000 and 1000",
        ));
    }
    let mut seen = Vec::new();
    for limit in process.rlimits().iter().flatten() {
        if seen.contains(&limit.typ()) {
            return Err(Error::invalid(
                "process.rlimits",
                format!("{} is there twice", limit.typ()),
            ));
        }
        seen.push(limit.typ());
    }
    Ok(())
}

fn version(text: &str) -> Result<(), Error> {
    let mut numbers = text.split(['.', '-', '+']).map(str::parse::<u64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(_))) if major <= NEWEST => Ok(()),
        (Some(Ok(_)), Some(Ok(_))) => Err(Error::refused(
            format!("ociVersion {text}"),
            "its major version is newer than 1",
        )),
        _ => Err(Error::invalid("ociVersion", "is not a version")),
    }
}

/// Whether the container has a namespace of this kind of its own, new or joined.
pub fn has(linux: &Linux, kind: LinuxNamespaceType) -> bool {
    let listed = linux.namespaces().as_deref().unwrap_or_default();
    listed.iter().any(|namespace| namespace.typ() == kind)
}

fn namespaces(linux: &Linux) -> Result<(), Error> {
    let listed = linux.namespaces().as_deref().unwrap_or_default();
    for (index, namespace) in listed.iter().enumerate() {
        let kind = namespace.typ();
        if listed[..index].iter().any(|other| other.typ() == kind) {
            return Err(Error::invalid(
                "linux.namespaces",
                format!("{kind} is there twice"),
            ));
        }
        if let Some(path) = namespace.path() {
            if kind == LinuxNamespaceType::Mount {
                return Err(Error::refused(
                    "linux.namespaces: a mount namespace with a path",
                    "its root could not be changed without changing others'",
                ));
            }
            if !path.is_absolute() {
                return Err(Error::invalid(
                    "linux.namespaces",
                    format!("the path {} is not absolute", path.display()),
                ));
            }
        }
    }
    if !has(linux, LinuxNamespaceType::Mount) {
        return Err(Error::refused(
            "a container without a mount namespace",
            "its mounts would be the host's",
        ));
    }
    let user = listed.iter().find(|n| n.typ() == LinuxNamespaceType::User);
    let maps = [linux.uid_mappings(), linux.gid_mappings()];
    let mapped = maps
        .iter()
        .any(|map| map.as_ref().is_some_and(|m| !m.is_empty()));
    match user {
        None if mapped => Err(Error::invalid(
            "linux.uidMappings",
            "needs a user namespace",
        )),
        Some(user) if user.path().is_none() && !mapped => Err(Error::invalid(
            "linux.namespaces: user",
            "needs linux.uidMappings and linux.gidMappings",
        )),
        _ => Ok(()),
    }
}

fn fields(linux: &Linux) -> Result<(), Error> {
    if linux.intel_rdt().is_some() {
        return Err(Error::refused(
            "linux.intelRdt",
            "cache allocation is not managed",
        ));
    }
    if linux.net_devices().as_ref().is_some_and(|d| !d.is_empty()) {
        return Err(Error::refused(
            "linux.netDevices",
            "network devices are not moved",
        ));
    }
    if linux.time_offsets().as_ref().is_some_and(|o| !o.is_empty()) {
        let own = linux.namespaces().iter().flatten();
        let mut own = own.filter(|n| n.typ() == LinuxNamespaceType::Time);
        if own
            .next()
            .is_none_or(|namespace| namespace.path().is_some())
        {
            return Err(Error::invalid(
                "linux.timeOffsets",
                "needs a new time namespace",
            ));
        }
    }
    if let Some(seccomp) = linux.seccomp() {
        let notifies = |action: LinuxSeccompAction| action == LinuxSeccompAction::ScmpActNotify;
        let rules = seccomp.syscalls().iter().flatten();
        let listens = rules.clone().any(|rule| notifies(rule.action()));
        if seccomp.listener_path().is_some() || listens || notifies(seccomp.default_action()) {
            return Err(Error::refused(
                "linux.seccomp.listenerPath",
                "no agent is told of system calls",
            ));
        }
    }
    for device in linux.devices().iter().flatten() {
        plain("linux.devices", device.path())?;
    }
    match linux.rootfs_propagation().as_deref() {
        None
        | Some(
            "" | "private" | "rprivate" | "slave" | "rslave" | "shared" | "rshared" | "unbindable"
            | "runbindable",
        ) => Ok(()),
        Some(other) => Err(Error::invalid(
            "linux.rootfsPropagation",
            format!("{other:?} is not a propagation"),
        )),
    }
}

/// An absolute path without `..`.
fn plain(field: &str, path: &Path) -> Result<(), Error> {
    let climbs = path.components().any(|c| matches!(c, Component::ParentDir));
    if !path.is_absolute() || climbs {
        return Err(Error::invalid(
            field,
            format!("{} is not a plain absolute path", path.display()),
        ));
    }
    Ok(())
}

/// Kernel parameters that have a namespace of their own; any other is the host's.
fn sysctls(linux: &Linux) -> Result<(), Error> {
    use LinuxNamespaceType as T;
    const IPC: [&str; 8] = [
        "kernel.msgmax",
        "kernel.msgmnb",
        "kernel.msgmni",
        "kernel.sem",
        "kernel.shmall",
        "kernel.shmmax",
        "kernel.shmmni",
        "kernel.shm_rmid_forced",
    ];
    for key in linux.sysctl().iter().flatten().map(|(key, _)| key) {
        let field = || format!("linux.sysctl.{key}");
        let dotted = key.replace('/', ".");
        let sane = dotted
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic()));
        let kind = if IPC.contains(&dotted.as_str()) || dotted.starts_with("fs.mqueue.") {
            T::Ipc
        } else if dotted.starts_with("net.") {
            T::Network
        } else if matches!(dotted.as_str(), "kernel.domainname" | "kernel.hostname") {
            T::Uts
        } else if dotted.starts_with("user.") {
            T::User
        } else {
            return Err(Error::refused(field(), "it is not of any namespace"));
        };
        if !sane {
            return Err(Error::invalid(field(), "is not a parameter's name"));
        }
        if !has(linux, kind) {
            return Err(Error::invalid(field(), format!("needs a {kind} namespace")));
        }
    }
    Ok(())
}

fn mounts(spec: &Spec) -> Result<(), Error> {
    for mount in spec.mounts().iter().flatten() {
        let shown = mount.destination().display();
        let field = || format!("mounts: {shown}");
        let words = mount.options().as_deref().unwrap_or_default();
        let options = crate::runtime::mount_options::parse(words);
        let maps = mount.uid_mappings().is_some() || mount.gid_mappings().is_some();
        if let Some(word) = options
            .refused
            .first()
            .map(String::as_str)
            .or(maps.then_some("idmap"))
        {
            return Err(Error::refused(
                format!("{} option {word}", field()),
                "it is not done",
            ));
        }
        let inside = Path::new("/").join(mount.destination());
        let normal: String = inside.to_string_lossy().into_owned();
        let path = normal.trim_end_matches('/');
        // Files below /proc decide what the set-up writes to (S-55); these few are lxcfs'.
        const PROC: [&str; 7] = [
            "/proc/cpuinfo",
            "/proc/diskstats",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/swaps",
            "/proc/uptime",
            "/proc/loadavg",
        ];
        let below = path
            .strip_prefix("/proc")
            .is_some_and(|r| r.starts_with('/'));
        let climbs = inside
            .components()
            .any(|c| matches!(c, Component::ParentDir));
        let allowed = PROC.contains(&path) || path.starts_with("/proc/sys/kernel/ns_last_pid");
        if below && !allowed || climbs && normal.contains("proc") {
            return Err(Error::refused(field(), "nothing is mounted below /proc"));
        }
        if path.is_empty() {
            return Err(Error::refused(field(), "the root is not mounted over"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(change: impl Fn(&mut serde_json::Value)) -> Spec {
        let mut value = serde_json::json!({
            "ociVersion": "1.2.0",
            "root": {"path": "rootfs"},
            "process": {"cwd": "/", "args": ["sh"], "user": {"uid": 0, "gid": 0}},
            "linux": {"namespaces": [{"type": "mount"}, {"type": "pid"}]}
        });
        change(&mut value);
        serde_json::from_value(value).expect("a spec")
    }

    #[test]
    fn what_is_not_done_is_refused_by_name() {
        check(&spec(|_| {})).expect("plain");
        type Change = fn(&mut serde_json::Value);
        let cases: [(&str, Change); 13] = [
            ("ociVersion 2.0.0", |s| s["ociVersion"] = "2.0.0".into()),
            ("linux.intelRdt", |s| {
                s["linux"]["intelRdt"] = serde_json::json!({"closID": "x"});
            }),
            ("linux.namespaces: pid is there twice", |s| {
                let twice =
                    serde_json::json!([{"type": "mount"}, {"type": "pid"}, {"type": "pid"}]);
                s["linux"]["namespaces"] = twice;
            }),
            ("without a mount namespace", |s| {
                s["linux"]["namespaces"] = serde_json::json!([{"type": "pid"}]);
            }),
            ("linux.uidMappings", |s| {
                s["linux"]["uidMappings"] =
                    serde_json::json!([{"containerID": 0, "hostID": 1, "size": 1}]);
            }),
            ("linux.sysctl.kernel.panic", |s| {
                s["linux"]["sysctl"] = serde_json::json!({"kernel.panic": "1"});
            }),
            ("linux.sysctl.net.x: needs a net namespace", |s| {
                s["linux"]["sysctl"] = serde_json::json!({"net.x": "1"});
            }),
            ("linux.timeOffsets", |s| {
                s["linux"]["timeOffsets"] = serde_json::json!({"boottime": {"secs": 1}});
            }),
            ("linux.rootfsPropagation", |s| {
                s["linux"]["rootfsPropagation"] = "sideways".into();
            }),
            ("mounts: /proc/self", |s| {
                s["mounts"] = serde_json::json!([{"destination": "/proc/self", "type": "tmpfs"}]);
            }),
            ("option idmap", |s| {
                s["mounts"] = serde_json::json!([{"destination": "/x", "type": "bind",
                    "source": "/", "options": ["bind", "idmap"]}]);
            }),
            ("process.args", |s| {
                s["process"]["args"] = serde_json::json!([])
            }),
            ("hostname", |s| s["hostname"] = "x".into()),
        ];
        for (expected, change) in cases {
            let error = check(&spec(change)).expect_err(expected).to_string();
            assert!(error.contains(expected), "{expected}: {error}");
        }
    }
}
