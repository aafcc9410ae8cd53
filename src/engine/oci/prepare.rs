//! What a plan needs besides the spec: descriptors, the filter, a look at the machine.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use oci_spec::runtime::{
    Linux, LinuxNamespaceType, LinuxSeccomp, LinuxSeccompFilterFlag, Process, Spec,
};

use crate::engine::oci::Error;
use crate::engine::shared::ToJoin;
use crate::runtime::bundle::{Filter, Security, flag};
use crate::runtime::bundle_mounts::CgroupView;
use crate::runtime::launch::Passed;
use crate::spec::seccomp::{self, Arch};
use crate::sys;
use crate::userns::{Extent, IdMap};

/// More descriptors than this are not passed on: those of our own channels begin at 100.
const MOST_FDS: u32 = 80;

/// Compiles the spec's filter.
pub fn filter(seccomp: Option<&LinuxSeccomp>) -> Result<Option<Filter>, Error> {
    let Some(seccomp) = seccomp else {
        return Ok(None);
    };
    let arch = Arch::native()
        .ok_or_else(|| Error::refused("linux.seccomp", "no filter can be made for this machine"))?;
    let compiled = seccomp::compile(seccomp, arch)
        .map_err(|error| Error::invalid("linux.seccomp", error.to_string()))?;
    let mut flags = 0;
    for flag in seccomp.flags().iter().flatten() {
        flags |= match flag {
            // One thread has nobody to synchronise with; what is returned differs, though.
            LinuxSeccompFilterFlag::SeccompFilterFlagTsync => 0,
            LinuxSeccompFilterFlag::SeccompFilterFlagLog => 1 << 1,
            LinuxSeccompFilterFlag::SeccompFilterFlagSpecAllow => 1 << 2,
            // Of listeners only, and there is none.
            LinuxSeccompFilterFlag::SeccompFilterFlagWaitKillableRecv => 0,
        };
    }
    Ok(Some(Filter {
        flags,
        program: compiled.program,
    }))
}

/// Which security modules run here.
pub fn security() -> Security {
    let apparmor = fs::read("/sys/module/apparmor/parameters/enabled");
    Security {
        apparmor: apparmor.is_ok_and(|text| text.starts_with(b"Y")),
        selinux: Path::new("/sys/fs/selinux/enforce").exists(),
    }
}

/// Opens the namespaces with a path: the user namespace, and the others.
pub fn joined(linux: &Linux, passed: &mut Passed) -> Result<ToJoin, Error> {
    let (mut user, mut others) = (None, Vec::new());
    for namespace in linux.namespaces().iter().flatten() {
        let Some(path) = namespace.path() else {
            continue;
        };
        let file = File::open(path).map_err(|e| Error::file("opening", path, e))?;
        let fd = passed.add(file.into());
        let kind = namespace.typ();
        if kind == LinuxNamespaceType::User {
            user = Some(fd);
        } else {
            let what = format!("the {kind} namespace {}", path.display());
            others.push((fd, flag(kind), what));
        }
    }
    Ok((user, others))
}

/// The maps of the user namespace the spec asks for.
pub fn maps(linux: &Linux) -> IdMap {
    let extents = |maps: &Option<Vec<oci_spec::runtime::LinuxIdMapping>>| {
        let lines = maps.iter().flatten().map(|map| Extent {
            inside: map.container_id(),
            outside: map.host_id(),
            count: map.size(),
        });
        lines.collect()
    };
    IdMap {
        uid: extents(linux.uid_mappings()),
        gid: extents(linux.gid_mappings()),
    }
}

/// Descriptors of the caller's that a process gets.
#[derive(Debug, Default)]
pub struct Preserved {
    fds: Vec<OwnedFd>,
    /// How many of them are LISTEN_FDS: sd_listen_fds(3).
    listen: u32,
}

impl Preserved {
    /// Takes those of LISTEN_FDS, and `count` more; first thing, while nothing else has such
    /// numbers.
    pub fn take(count: u32) -> Result<Self, Error> {
        let listen = std::env::var("LISTEN_FDS").ok();
        let listen = listen.and_then(|text| text.parse().ok()).unwrap_or(0u32);
        let all = count.saturating_add(listen);
        if all > MOST_FDS {
            return Err(Error::invalid(
                "--preserve-fds",
                format!("more than {MOST_FDS} cannot be passed on"),
            ));
        }
        let fds = sys::fd::inherited(3, all as usize).map_err(|_| {
            Error::invalid(
                "--preserve-fds",
                format!("not all of 3 to {} are open", 2 + all),
            )
        })?;
        Ok(Self { fds, listen })
    }

    /// Passes copies on; the process learns of LISTEN_FDS.
    pub fn pass(&self, process: &mut Process, passed: &mut Passed) -> Result<Vec<RawFd>, Error> {
        if self.listen > 0 {
            let mut env = process.env().clone().unwrap_or_default();
            env.retain(|entry| {
                !entry.starts_with("LISTEN_FDS=") && !entry.starts_with("LISTEN_PID=")
            });
            env.push(format!("LISTEN_FDS={}", self.listen));
            env.push("LISTEN_PID=1".to_owned());
            process.set_env(Some(env));
        }
        let copies = self.fds.iter().map(|fd| copy(fd.as_fd(), passed));
        copies.collect()
    }
}

/// Connects to where a terminal is wanted; the two go together.
pub fn console(process: &Process, socket: Option<&Path>) -> Result<Option<OwnedFd>, Error> {
    match (process.terminal().unwrap_or(false), socket) {
        (true, Some(path)) => {
            let stream = UnixStream::connect(path)
                .map_err(|error| Error::file("connecting to", path, error))?;
            Ok(Some(stream.into()))
        }
        (true, None) => Err(Error::invalid(
            "--console-socket",
            "is needed for a detached process with a terminal",
        )),
        (false, Some(_)) => Err(Error::invalid(
            "--console-socket",
            "is given, but process.terminal is not set",
        )),
        (false, None) => Ok(None),
    }
}

/// What mounts of type cgroup will show.
pub fn cgroup_view(linux: &Linux, own_cgroup: Option<&Path>) -> CgroupView {
    if Path::new("/sys/fs/cgroup/cgroup.controllers").exists() {
        let fresh = crate::runtime::refuse::has(linux, LinuxNamespaceType::Cgroup);
        return match (fresh, own_cgroup) {
            (true, _) => CgroupView::Fresh,
            (false, Some(path)) => CgroupView::Bound(path.to_owned()),
            (false, None) => CgroupView::Bound(PathBuf::from("/sys/fs/cgroup")),
        };
    }
    let own = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    CgroupView::Hierarchies(hierarchies(&own, &mounts).into_iter().collect())
}

/// Our own directory in every version 1 hierarchy that is mounted, by the mount's name.
fn hierarchies(own: &str, mounts: &str) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for line in mounts.lines() {
        let Some((left, right)) = line.split_once(" - ") else {
            continue;
        };
        let (left, right): (Vec<_>, Vec<_>) =
            (left.split(' ').collect(), right.split(' ').collect());
        let (Some(root), Some(point)) = (left.get(3), left.get(4)) else {
            continue;
        };
        let Some("cgroup") = right.first().copied() else {
            continue;
        };
        let options: Vec<&str> = right.get(2).map_or(Vec::new(), |o| o.split(',').collect());
        // proc(5): hierarchy-ID:controller-list:cgroup-path
        let path = own.lines().find_map(|line| {
            let mut parts = line.splitn(3, ':').skip(1);
            let (names, path) = (parts.next()?, parts.next()?);
            let all = !names.is_empty() && names.split(',').all(|name| options.contains(&name));
            all.then_some(path)
        });
        let Some(path) = path else { continue };
        let Some(below) = path.strip_prefix(root.trim_end_matches('/')) else {
            continue;
        };
        let point = Path::new(point);
        if let Some(name) = point.file_name() {
            let directory = point.join(below.trim_start_matches('/'));
            if directory.is_dir() {
                found.insert(name.to_string_lossy().into_owned(), directory);
            }
        }
    }
    found
}

/// The hooks' state JSON, cut where the pid goes.
pub fn cut(state: &serde_json::Value) -> (String, String) {
    const MARK: &str = "\"pid\":0";
    let text = state.to_string();
    match text.split_once(MARK) {
        Some((before, after)) => (format!("{before}\"pid\":"), after.to_owned()),
        None => (text, String::new()),
    }
}

/// Whether the spec asks for what the caller's rights in its own user namespace allow.
pub fn privileged() -> bool {
    const CAP_SYS_ADMIN: u8 = 21;
    sys::process::has_capability(CAP_SYS_ADMIN)
}

/// Refuses what an unprivileged caller cannot have.
pub fn check_rights(spec: &Spec, privileged: bool) -> Result<(), Error> {
    let linux = spec.linux().clone().unwrap_or_default();
    if privileged || crate::runtime::refuse::has(&linux, LinuxNamespaceType::User) {
        return Ok(());
    }
    Err(Error::invalid(
        "linux.namespaces",
        "without privileges a container needs a user namespace; see runtime spec --rootless",
    ))
}

/// Passes a copy of a descriptor on.
pub fn copy(fd: BorrowedFd<'_>, passed: &mut Passed) -> Result<RawFd, Error> {
    Ok(passed.add_copy(fd)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pid_goes_where_the_state_is_cut() {
        let (before, after) = cut(&serde_json::json!({"id": "x", "pid": 0, "status": "created"}));
        assert_eq!(before, "{\"id\":\"x\",\"pid\":");
        assert_eq!(after, ",\"status\":\"created\"}");
    }
}
