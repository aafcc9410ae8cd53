//! Control groups of bundles: `linux.cgroupsPath` by files, or a scope of systemd's.
//!
//! Version 2 only. Where none can be made the container stays in the caller's group, as long as
//! nothing was asked of it: a limit that cannot be set is an error that names it.

use std::path::{Component, Path, PathBuf};

use oci_spec::runtime::{Linux, LinuxResources, Spec};

use crate::engine::oci::{CgroupManager, Container, Error, Runtime};
use crate::runtime::cgroup::limits::settings;
use crate::runtime::cgroup::{self, Cgroup, Systemd, home, is_unified, systemd};

/// Where a container's processes go.
#[derive(Debug)]
pub struct Place {
    pub cgroup: Cgroup,
    pub scope: Option<String>,
}

impl From<cgroup::Error> for Error {
    fn from(error: cgroup::Error) -> Self {
        Self::Cgroup(error.to_string())
    }
}

fn none() -> Error {
    Error::Cgroup("the container has no cgroup of its own".to_owned())
}

/// The limits of a spec that somebody asked for; device rules are looked at apart.
fn asked(linux: &Linux) -> Result<Option<&LinuxResources>, Error> {
    let Some(resources) = linux.resources() else {
        return Ok(None);
    };
    let any = !settings(resources)?.is_empty();
    Ok(any.then_some(resources))
}

/// Device rules are not enforced by a program of ours: who may make nodes could get around the
/// list of those that are there.
pub fn check_devices(spec: &Spec) -> Result<(), Error> {
    use oci_spec::runtime::{Capability, LinuxNamespaceType};
    let linux = spec.linux().clone().unwrap_or_default();
    let rules = linux
        .resources()
        .as_ref()
        .and_then(|r| r.devices().as_ref());
    let denies = rules.is_some_and(|rules| rules.iter().any(|rule| !rule.allow()));
    let capabilities = spec
        .process()
        .as_ref()
        .and_then(|p| p.capabilities().as_ref());
    let makes = capabilities
        .and_then(|all| all.bounding().as_ref())
        .is_some_and(|set| set.contains(&Capability::Mknod));
    // In any user namespace but the first mknod(2) of a device is refused.
    let first = std::fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let first = first.split_whitespace().eq(["0", "0", "4294967295"]);
    let own = crate::runtime::refuse::has(&linux, LinuxNamespaceType::User);
    if denies && makes && first && !own {
        return Err(Error::refused(
            "linux.resources.devices together with CAP_MKNOD",
            "device rules are not enforced",
        ));
    }
    Ok(())
}

impl Runtime {
    /// Makes the container's group with `pid` in it.
    pub(super) fn place(&self, spec: &Spec, id: &str, pid: i32) -> Result<Option<Place>, Error> {
        let linux = spec.linux().clone().unwrap_or_default();
        let limited = asked(&linux)?.is_some();
        let found = match self.cgroups {
            CgroupManager::Disabled => Ok(None),
            _ if !is_unified() => Ok(None),
            CgroupManager::Systemd => scope(&linux, id, pid).map(Some),
            CgroupManager::Cgroupfs => by_files(&linux, id, pid, limited),
        };
        match found {
            Ok(Some(place)) => Ok(Some(place)),
            Ok(None) | Err(_) if !limited => Ok(None),
            Ok(None) => {
                let all = asked(&linux)?.map_or(Ok(Vec::new()), settings)?;
                let first = all.first().map_or("", |setting| setting.controller());
                Err(Error::refused(
                    format!("linux.resources: {first}"),
                    "the container has no cgroup of its own",
                ))
            }
            Err(error) => Err(error),
        }
    }

    /// Sets the spec's limits.
    pub(super) fn limit(&self, spec: &Spec, container: &Container) -> Result<(), Error> {
        let linux = spec.linux().clone().unwrap_or_default();
        if let (Some(resources), Some(cgroup)) = (asked(&linux)?, group(container)) {
            cgroup.apply(resources)?;
        }
        Ok(())
    }

    pub fn pause(&self, id: &str) -> Result<(), Error> {
        let container = self.container(id)?;
        Ok(group(&container).ok_or_else(none)?.freeze()?)
    }

    pub fn resume(&self, id: &str) -> Result<(), Error> {
        let container = self.container(id)?;
        Ok(group(&container).ok_or_else(none)?.thaw()?)
    }

    /// Changes the limits to those of a `linux.resources` document.
    pub fn update(&self, id: &str, resources: &Path) -> Result<(), Error> {
        let container = self.container(id)?;
        let text = crate::runtime::container::read_bounded(resources)?;
        let resources: LinuxResources = serde_json::from_slice(&text)
            .map_err(|error| Error::invalid(resources.to_string_lossy(), error.to_string()))?;
        let cgroup = group(&container).ok_or_else(none)?;
        Ok(cgroup.apply(&resources)?)
    }
}

/// The container's group of this boot, if it has one.
pub fn group(container: &Container) -> Option<Cgroup> {
    let path = container.record.cgroup.as_deref()?;
    Cgroup::at(path).filter(Cgroup::exists)
}

/// Puts another process where the container's are.
pub fn join(container: &Container, below: Option<&str>, pid: i32) -> Result<(), Error> {
    let Some(mut cgroup) = group(container) else {
        return match below {
            Some(_) => Err(none()),
            None => Ok(()),
        };
    };
    if let Some(below) = below {
        let path = Path::new(below.trim_start_matches('/'));
        let plain = path.components().all(|c| matches!(c, Component::Normal(_)));
        if !plain {
            return Err(Error::invalid("--cgroup", "leads out of the container's"));
        }
        cgroup = cgroup.below(&path.to_string_lossy());
    }
    match (cgroup.take(pid), &container.record.scope) {
        // From outside the scope only its manager may.
        (Err(_), Some(unit)) => Systemd::connect()
            .and_then(|mut systemd| systemd.attach(unit, "/container", pid))
            .map_err(|error| Error::Cgroup(error.to_string())),
        (done, _) => Ok(done?),
    }
}

/// `slice:prefix:name`, as engines write it for systemd.
fn scope(linux: &Linux, id: &str, pid: i32) -> Result<Place, Error> {
    let path = linux.cgroups_path().as_ref().map(|p| p.to_string_lossy());
    let mut manager = Systemd::connect().map_err(|error| Error::Cgroup(error.to_string()))?;
    let usual = match manager.is_system() {
        true => "system.slice",
        false => "user.slice",
    };
    let mut words = path.as_deref().unwrap_or_default().split(':');
    let slice = words.next().filter(|word| !word.is_empty());
    let (prefix, name) = (
        words.next().unwrap_or("coracle"),
        words.next().unwrap_or(id),
    );
    let slice = slice.unwrap_or(usual);
    let bad = |text: &str| text.contains('/') || text.starts_with('.');
    if !slice.ends_with(".slice") || bad(slice) || bad(prefix) || bad(name) {
        return Err(Error::invalid(
            "linux.cgroupsPath",
            "is not SLICE:PREFIX:NAME, which systemd wants",
        ));
    }
    let unit = match prefix {
        "" => format!("{name}.scope"),
        prefix => format!("{prefix}-{name}.scope"),
    };
    manager
        .start_scope(&systemd::Scope {
            unit: &unit,
            slice,
            pid,
            stop: None,
            patient: true,
        })
        .map_err(|error| Error::Cgroup(error.to_string()))?;
    let scope = Cgroup::of_process(pid)
        .filter(|group| group.directory().ends_with(&unit))
        .ok_or_else(|| Error::Cgroup(format!("the container did not arrive in {unit}")))?;
    let cgroup = scope.below("container");
    cgroup.make()?;
    cgroup.take(pid)?;
    scope.enable_controllers();
    Ok(Place {
        cgroup,
        scope: Some(unit),
    })
}

/// An absolute path below the mount point; a relative one lies below a group of ours around us
/// that hands controllers on, and so does the usual one.
fn by_files(linux: &Linux, id: &str, pid: i32, limited: bool) -> Result<Option<Place>, Error> {
    let usual = PathBuf::from(format!("coracle-runtime-{id}"));
    let path = linux.cgroups_path().as_ref().unwrap_or(&usual);
    let whole = match path.is_absolute() {
        true => path.clone(),
        false => match home::usual_home(limited)? {
            Some(home) => Path::new(&home.path()).join(path),
            None => return Ok(None),
        },
    };
    let cgroup = Cgroup::at(&whole.to_string_lossy())
        .ok_or_else(|| Error::invalid("linux.cgroupsPath", "leads out of the hierarchy"))?;
    let mut missing = Vec::new();
    let mut at = cgroup.clone();
    while !at.exists() {
        let around = at.parent().ok_or_else(none)?;
        missing.push(std::mem::replace(&mut at, around));
    }
    for group in missing.into_iter().rev() {
        at.enable_controllers();
        group.make()?;
        at = group;
    }
    cgroup.take(pid)?;
    Ok(Some(Place {
        cgroup,
        scope: None,
    }))
}
