//! Where a container's group is made.
//!
//! ```text
//! by systemd                                    by files
//!   …/user.slice/coracle-ID.scope/                <a group of ours>/
//!       monitor     the monitor and its helpers       coracle-ID    the container
//!       container   the container                     (the monitor stays with the caller)
//! ```
//!
//! A group with processes of its own cannot hand controllers on (cgroup-v2.rst, "No Internal
//! Process Constraint"): hence the two leaves. The scope's own files are systemd's business.

use crate::runtime::cgroup::home::{hand_on, home, named_parent, vacate};
use crate::runtime::cgroup::systemd::{self, Systemd};
use crate::runtime::cgroup::{Cgroup, Error, Why, is_unified};

/// The leaf other processes are moved to for `--cgroups split`.
const SUPERVISOR: &str = "supervisor";

/// Who makes groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manager {
    /// systemd where it answers, else files.
    #[default]
    Either,
    Systemd,
    Files,
}

/// `--cgroups`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    #[default]
    Enabled,
    /// The monitor stays in the caller's group.
    NoMonitor,
    /// The caller's group is divided.
    Split,
    Disabled,
}

/// What is asked of a place.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub manager: Manager,
    pub style: Style,
    /// `--cgroup-parent`: a slice for systemd, a path for files.
    pub parent: Option<&'a str>,
    /// Of the container; part of every name.
    pub id: &'a str,
    /// Seconds that systemd gives the container to end, when it ends it.
    pub stop: u32,
    /// A limit was asked for: what stands in the way of controllers is moved.
    pub limited: bool,
}

/// A place that was found.
#[derive(Debug)]
pub enum Placement {
    Nowhere(Why),
    /// Made already.
    Made(Place),
    /// systemd makes it around the monitor: [`Scope::make`].
    Scope(Box<Scope>),
}

/// A container's group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub cgroup: Cgroup,
    /// The unit it is in.
    pub scope: Option<String>,
    /// Where the monitor goes back to once it has started the container.
    monitor_home: Option<Cgroup>,
}

/// A scope to be.
#[derive(Debug)]
pub struct Scope {
    systemd: Systemd,
    unit: String,
    slice: String,
    /// Microseconds.
    stop: u64,
    monitor_home: Option<Cgroup>,
}

/// Finds the place; makes the group unless systemd has to.
pub fn choose(wanted: &Wanted<'_>) -> Result<Placement, Error> {
    if wanted.style == Style::Disabled {
        return nowhere(wanted, Why::Disabled);
    }
    if !is_unified() {
        return nowhere(wanted, Why::Version1);
    }
    if wanted.style == Style::Split {
        return split(wanted).map(Placement::Made);
    }
    if let Some(place) = same_scope(wanted)? {
        return Ok(Placement::Made(place));
    }
    let slice = |parent: &str| parent.ends_with(".slice") && !parent.contains('/');
    let is_slice = wanted.parent.map(slice);
    let by_systemd = match (wanted.manager, is_slice) {
        (Manager::Files, _) | (Manager::Either, Some(false)) => false,
        (Manager::Systemd, Some(false)) => {
            return Err(Error::Parent {
                parent: wanted.parent.unwrap_or_default().to_owned(),
                reason: "systemd takes slices only, such as user-containers.slice",
            });
        }
        _ => true,
    };
    if by_systemd {
        match Systemd::connect() {
            Ok(systemd) => {
                return scope(wanted, systemd).map(|scope| Placement::Scope(Box::new(scope)));
            }
            Err(error) => tracing::debug!("systemd makes no scope: {error}"),
        }
    }
    by_files(wanted)
}

/// No group: an error for whoever asked for a certain one.
fn nowhere(wanted: &Wanted<'_>, why: Why) -> Result<Placement, Error> {
    let option = match (wanted.parent, wanted.style) {
        (Some(parent), _) => format!("--cgroup-parent \"{parent}\""),
        (None, Style::Split) => "--cgroups split".to_owned(),
        (None, Style::NoMonitor) => "--cgroups no-conmon".to_owned(),
        (None, Style::Enabled | Style::Disabled) => return Ok(Placement::Nowhere(why)),
    };
    Err(Error::Unusable { option, why })
}

/// What this session could give a container.
#[derive(Debug, Default)]
pub struct Survey {
    pub unified: bool,
    pub by_systemd: bool,
    /// Some group could be made.
    pub ours: bool,
    pub controllers: Vec<String>,
}

/// Looks at what [`choose`] would find.
pub fn survey(manager: Manager) -> Survey {
    let mut survey = Survey {
        unified: is_unified(),
        ..Survey::default()
    };
    if !survey.unified {
        return survey;
    }
    let around = match manager {
        Manager::Files => None,
        _ => Systemd::connect().ok().and_then(|mut bus| bus.own_group()),
    };
    survey.by_systemd = around.is_some();
    let group = around.or_else(home);
    survey.ours = group.is_some();
    survey.controllers = group.map(|group| group.controllers()).unwrap_or_default();
    survey
}

fn unit_of(id: &str) -> String {
    format!("coracle-{id}.scope")
}

/// What follows an exit runs in the scope of the run before: it is used again.
fn same_scope(wanted: &Wanted<'_>) -> Result<Option<Place>, Error> {
    let unit = unit_of(wanted.id);
    let scope = Cgroup::own().and_then(|own| own.parent());
    let Some(scope) = scope.filter(|scope| scope.directory().ends_with(&unit)) else {
        return Ok(None);
    };
    let cgroup = scope.below("container");
    cgroup.remove();
    cgroup.make()?;
    Ok(Some(Place {
        cgroup,
        scope: Some(unit),
        monitor_home: None,
    }))
}

fn scope(wanted: &Wanted<'_>, systemd: Systemd) -> Result<Scope, Error> {
    let monitor_home = match wanted.style {
        Style::NoMonitor => Some(ours("no-conmon")?),
        _ => None,
    };
    let usual = usual_slice(&systemd);
    Ok(Scope {
        systemd,
        unit: unit_of(wanted.id),
        slice: wanted.parent.unwrap_or(usual).to_owned(),
        stop: u64::from(wanted.stop) * 1_000_000,
        monitor_home,
    })
}

fn usual_slice(systemd: &Systemd) -> &'static str {
    match systemd.is_system() {
        true => "machine.slice",
        false => "user.slice",
    }
}

/// Gives a process a scope of its own: in that of the session or unit that began it, the one
/// would not end before it, the other would end it.
pub fn set_apart(unit: &str, pid: i32) -> Result<(), Error> {
    let group = Cgroup::of_process(pid);
    if group.is_some_and(|group| group.directory().ends_with(unit)) {
        return Ok(());
    }
    let mut systemd = Systemd::connect()?;
    let slice = usual_slice(&systemd);
    Ok(systemd.start_scope(&systemd::Scope {
        unit,
        slice,
        pid,
        stop: None,
        patient: false,
    })?)
}

impl Scope {
    /// Has systemd make the scope around a process, which ends up in a leaf of its own.
    pub fn make(mut self, monitor: i32) -> Result<Place, Error> {
        self.systemd.start_scope(&systemd::Scope {
            unit: &self.unit,
            slice: &self.slice,
            pid: monitor,
            stop: Some(self.stop),
            patient: true,
        })?;
        let scope = Cgroup::of_process(monitor)
            .filter(|group| group.directory().ends_with(&self.unit))
            .ok_or(Error::Controller {
                name: "systemd".to_owned(),
                why: format!("the monitor did not arrive in {}", self.unit),
            })?;
        let (leaf, cgroup) = (scope.below("monitor"), scope.below("container"));
        leaf.make()?;
        leaf.take(monitor)?;
        cgroup.make()?;
        scope.enable_controllers();
        Ok(Place {
            cgroup,
            scope: Some(self.unit),
            monitor_home: self.monitor_home,
        })
    }
}

impl Place {
    /// `--cgroups no-conmon`: brings the monitor and its helpers back to where they were called.
    pub fn release_monitor(&self, monitor: i32) -> Result<(), Error> {
        let Some(home) = &self.monitor_home else {
            return Ok(());
        };
        let leaf = Cgroup::of_process(monitor);
        for pid in leaf.map(|leaf| leaf.processes()).unwrap_or_default() {
            home.take(pid)?;
        }
        Ok(())
    }
}

/// The caller's group, if it may be used so.
fn ours(option: &'static str) -> Result<Cgroup, Error> {
    let own = Cgroup::own().ok_or(Error::controller("cgroup", &Why::NotDelegated))?;
    match own.is_ours() {
        true => Ok(own),
        false => Err(Error::NotOurs {
            option,
            path: own.path(),
        }),
    }
}

fn split(wanted: &Wanted<'_>) -> Result<Place, Error> {
    if let Some(parent) = wanted.parent {
        return Err(Error::Parent {
            parent: parent.to_owned(),
            reason: "cannot be set with --cgroups split",
        });
    }
    let mut own = ours("split")?;
    // A container before us has divided it already.
    if own.directory().ends_with(SUPERVISOR) {
        own = own.parent().unwrap_or(own);
    }
    vacate(&own, SUPERVISOR)?;
    own.enable_controllers();
    made(own.below(&format!("coracle-payload-{}", wanted.id)))
}

fn by_files(wanted: &Wanted<'_>) -> Result<Placement, Error> {
    let home = match wanted.parent {
        Some(parent) => named_parent(parent)?,
        None => match home() {
            Some(home) => home,
            None => return nowhere(wanted, Why::NotDelegated),
        },
    };
    hand_on(&home, wanted.limited)?;
    made(home.below(&format!("coracle-{}", wanted.id))).map(Placement::Made)
}

fn made(cgroup: Cgroup) -> Result<Place, Error> {
    // Of a start that was killed.
    cgroup.remove();
    cgroup.make()?;
    Ok(Place {
        cgroup,
        scope: None,
        monitor_home: None,
    })
}

/// Removes what a start made that was killed before it was written down.
pub fn remove_unrecorded(id: &str) {
    if is_unified()
        && let Some(home) = home()
    {
        home.below(&format!("coracle-{id}")).remove();
    }
}

/// Brings a process to where it may clone children into a container's group: somebody who may
/// write the nearest group around both (cgroup-v2.rst, "Delegation Containment").
pub fn approach(cgroup: &Cgroup, scope: Option<&str>, pid: i32) -> Result<(), Error> {
    if let Some(own) = Cgroup::of_process(pid)
        && common(&own, cgroup).is_some_and(|group| group.is_ours())
    {
        return Ok(());
    }
    match scope {
        Some(unit) => Ok(Systemd::connect()?.attach(unit, "/monitor", pid)?),
        None => Err(Error::controller("cgroup", &Why::NotDelegated)),
    }
}

fn common(a: &Cgroup, b: &Cgroup) -> Option<Cgroup> {
    let mut at = a.clone();
    while at != *b && !b.is_below(&at) {
        at = at.parent()?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_group_around_two() {
        for (a, b, wanted) in [
            ("/a/b/c", "/a/b/d", "/a/b"),
            ("/a/b", "/a/b/d", "/a/b"),
            ("/a/b/c", "/a/b", "/a/b"),
            ("/a", "/b", "/"),
        ] {
            let group = |path| Cgroup::at(path).expect("plain");
            assert_eq!(common(&group(a), &group(b)), Some(group(wanted)), "{a} {b}");
        }
    }
}
