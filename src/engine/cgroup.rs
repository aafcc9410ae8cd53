//! Where a container's control group is made at a start, what is written to it, and its end.
//!
//! What nobody asked for is lost in silence where nothing is delegated; an explicit limit is
//! then an error that names the controller (`design.md` section 8's ladder).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::engine::bundle::Bundle;
use crate::engine::lifecycle::STOP_TIMEOUT;
use crate::engine::orders;
use crate::engine::views::Container;
use crate::engine::{Engine, Error};
use crate::runtime::cgroup::{Cgroup, Manager, Place, Placement, Style, Wanted, Why, place};
use crate::runtime::launch::Starting;
use crate::spec;
use crate::types::resources::{CgroupRecord, Cgroups, Resources};
use crate::types::{ContainerId, ContainerRecord, RunRecord, RunRequest};
use crate::userns::{self, machine};

/// How many processes a container gets when nobody says; as everywhere.
pub const DEFAULT_PIDS: i64 = 2048;

/// How long a worker may take; the groups of a container that has ended may take a while to go.
const WORKER_LIMIT: Duration = Duration::from_secs(10);

/// What `--cgroup-manager` or containers.conf says.
pub(crate) fn manager(word: Option<&str>) -> Manager {
    match word {
        Some("systemd") => Manager::Systemd,
        Some("cgroupfs") => Manager::Files,
        _ => Manager::Either,
    }
}

impl Engine {
    /// Finds a place for a container that is about to start.
    pub(crate) fn find_place(&self, record: &ContainerRecord) -> Result<Placement, Error> {
        let request = &record.request;
        let limited = !request.resources.is_empty();
        let found = place::choose(&Wanted {
            manager: manager(request.cgroup_manager.as_deref()),
            style: match request.cgroups {
                Cgroups::Enabled => Style::Enabled,
                Cgroups::Disabled => Style::Disabled,
                Cgroups::NoConmon => Style::NoMonitor,
                Cgroups::Split => Style::Split,
            },
            parent: request.cgroup_parent.as_deref(),
            id: record.id.as_str(),
            stop: request.stop_timeout.unwrap_or(STOP_TIMEOUT),
            limited,
        });
        match found {
            Ok(Placement::Nowhere(why)) => match first_controller(&request.resources)? {
                Some(controller) => Err(lacking(&controller, &why)),
                None => Ok(Placement::Nowhere(why)),
            },
            // Where a group could not be made and nobody asked for one: as without.
            Err(_) if is_ordinary(request) => Ok(Placement::Nowhere(Why::NotDelegated)),
            Ok(Placement::Made(place)) => {
                let asked = request.cgroup_manager.as_deref() == Some("systemd");
                if asked && place.scope.is_none() && request.cgroups != Cgroups::Split {
                    self.warn("no systemd answers this user: the control group is made as files");
                }
                Ok(Placement::Made(place))
            }
            found => Ok(found?),
        }
    }

    /// Tells the waiting monitor where the container goes; systemd makes the scope around it.
    pub(crate) fn settle_in(
        &self,
        record: &ContainerRecord,
        bundle: &Bundle,
        placement: Placement,
        starting: &mut Starting,
    ) -> Result<Option<Place>, Error> {
        let place = match placement {
            Placement::Nowhere(_) => None,
            Placement::Made(place) => Some(place),
            Placement::Scope(scope) => match scope.make(starting.monitor.pid) {
                Ok(place) => {
                    self.set_keeper_apart();
                    Some(place)
                }
                // With ids of its own the container's root would be given the group we are in.
                Err(_) if is_ordinary(&record.request) && record.ids.is_none() => None,
                Err(error) => return Err(error.into()),
            },
        };
        if let (Some(place), Some(_)) = (&place, &record.runtime) {
            self.name_group(record, bundle, place)?;
        }
        let path = place.as_ref().map(|place| place.cgroup.directory());
        starting
            .place(path)
            .map_err(|failure| Error::new(failure.to_string()))?;
        Ok(place)
    }

    /// U0's keeper stays as long as any container, whoever's session or unit began it.
    fn set_keeper_apart(&self) {
        let Ok(store) = self.store() else { return };
        if let Some(pid) = userns::keeper(store.root())
            && let Err(error) = place::set_apart(&format!("coracle-keeper-{pid}.scope"), pid)
        {
            tracing::debug!("the keeper stays where it is: {error}");
        }
    }

    /// Writes the limits; everything of the container but the workload exists by now.
    pub(crate) fn limit(&self, record: &ContainerRecord, place: &Place) -> Result<(), Error> {
        let asked = &record.request.resources;
        if asked.pids.is_none() {
            let usual = self.settings.containers.pids_limit.unwrap_or(DEFAULT_PIDS);
            place.cgroup.apply_default_pids(usual);
        }
        if let Some(resources) = spec::resources::resources(asked) {
            place.cgroup.apply(&resources)?;
        }
        Ok(())
    }

    /// Tells the monitor of an exec session where its process goes: into the container's group,
    /// so that limits and freezer hold for it.
    ///
    /// A group that is the container's root's takes nobody from us: then a worker brings the
    /// monitor there, its child is born there, and what is returned is where it goes back to.
    pub(crate) fn place_beside(
        &self,
        container: &Container,
        starting: &mut Starting,
    ) -> Result<Option<Cgroup>, Error> {
        let mut cgroup = self.cgroup(container).map(|group| leaf(container, group));
        let mut home = None;
        if let Some(group) = &cgroup {
            let record = container.run.as_ref().and_then(|run| run.cgroup.as_ref());
            let scope = record.and_then(|record| record.scope.as_deref());
            let pid = starting.monitor.pid;
            place::approach(group, scope, pid)?;
            if !group.is_ours() {
                home = Cgroup::of_process(pid);
                self.in_divided(group, Change::Take(pid))?;
            }
        }
        if home.is_some() {
            cgroup = None;
        }
        starting
            .place(cgroup.as_ref().map(Cgroup::directory))
            .map_err(|failure| Error::new(failure.to_string()))?;
        Ok(home)
    }

    /// Takes away the groups that a run left whose monitor could not.
    pub(crate) fn remove_cgroups(&self, id: &ContainerId, run: Option<&RunRecord>) {
        if let Some(cgroup) = run.and_then(|run| cgroup_of(id, run)) {
            cgroup.remove();
            if cgroup.exists()
                && let Err(error) = self.remove_divided(&cgroup)
            {
                tracing::debug!("a control group is left over: {error}");
            }
        }
        place::remove_unrecorded(id.as_str());
    }

    /// Changes a group that belongs to the container's root.
    fn in_divided(&self, cgroup: &Cgroup, change: Change) -> Result<(), Error> {
        let directory = crate::sys::fs::open_directory(cgroup.directory())?;
        let orders = (cgroup.path(), change);
        match self
            .ask_worker(self.base()?, "groups", &orders, &directory, WORKER_LIMIT)?
            .as_str()
        {
            "" => Ok(()),
            reason => Err(self.worker_failed(reason)),
        }
    }

    /// Removes what a systemd inside has made below.
    fn remove_divided(&self, cgroup: &Cgroup) -> Result<(), Error> {
        let path = cgroup.path();
        self.in_divided(cgroup, Change::Remove)?;
        cgroup.remove();
        // systemd has tried, when this was still in the way.
        if let Some(scope) = cgroup
            .parent()
            .filter(|_| path.ends_with(".scope/container"))
        {
            scope.remove_vacant();
        }
        Ok(())
    }
}

/// What a worker does to a group of the container's root.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Change {
    Remove,
    /// Moves this process there.
    Take(i32),
}

/// The worker's side: U0's root has a say over every id of its own, capabilities(7).
pub fn change() -> Result<(), Error> {
    let ((path, change), _directory, says) = orders::taken::<(String, Change)>()?;
    let done = match (Cgroup::at(&path), change) {
        (None, _) => Ok(()),
        (Some(cgroup), Change::Take(pid)) => cgroup.take(pid),
        (Some(cgroup), Change::Remove) => {
            cgroup.remove();
            Ok(())
        }
    };
    done.or_else(|error| says.fail(error.into()))
}

/// The group a further process may enter: where systemd runs inside, the container's own hands
/// controllers on and takes no process any more, but the first process's does.
fn leaf(container: &Container, group: Cgroup) -> Cgroup {
    let divided = group.read("cgroup.subtree_control").unwrap_or_default();
    if divided.trim().is_empty() {
        return group;
    }
    let init = container.run.as_ref().map(|run| run.init.pid);
    let its = init.and_then(Cgroup::of_process);
    its.filter(|its| its.is_below(&group)).unwrap_or(group)
}

/// A container for which no control group is no reason not to run.
fn is_ordinary(request: &RunRequest) -> bool {
    request.resources.is_empty()
        && request.cgroup_parent.is_none()
        && request.cgroups == Cgroups::Enabled
}

/// The controller of the first limit; errors of the values come first.
fn first_controller(asked: &Resources) -> Result<Option<String>, Error> {
    let Some(resources) = spec::resources::resources(asked) else {
        return Ok(None);
    };
    let settings = crate::runtime::cgroup::limits::settings(&resources)?;
    Ok(settings.first().map(|first| first.controller().to_owned()))
}

fn lacking(controller: &str, why: &Why) -> Error {
    crate::runtime::cgroup::Error::controller(controller, why).into()
}

/// The group of a container of this boot; a path that is not its own is none (S-77).
pub(crate) fn cgroup_of(id: &ContainerId, run: &RunRecord) -> Option<Cgroup> {
    if run.boot_id != machine::boot_id() {
        return None;
    }
    let CgroupRecord { path, .. } = run.cgroup.as_ref()?;
    let mut parts = path.rsplit('/');
    let named = match parts.next()? {
        "container" => parts.next()? == format!("coracle-{id}.scope"),
        last => last == format!("coracle-{id}") || last == format!("coracle-payload-{id}"),
    };
    named.then(|| Cgroup::at(path))?
}

pub(crate) fn record_of(place: &Place) -> CgroupRecord {
    CgroupRecord {
        path: place.cgroup.path(),
        scope: place.scope.clone(),
    }
}
