//! `pause` and `unpause`: the freezer of the container's control group.

use crate::engine::cgroup::cgroup_of;
use crate::engine::views::Container;
use crate::engine::{Engine, Error, Kind};
use crate::runtime::cgroup::Cgroup;
use crate::types::Status;

impl Engine {
    /// Stops every process of a running container where it is.
    pub fn pause(&self, name: &str) -> Result<(), Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let record = &container.record;
        match container.status {
            Status::Running => {}
            Status::Paused => {
                return Err(improper(&container, "is already paused"));
            }
            status => {
                let why = format!("is {status}, not running, can't pause");
                return Err(improper(&container, &why));
            }
        }
        let cgroup = self.freezer(&container)?;
        cgroup.freeze().map_err(|error| {
            Error::from(error).while_doing(format!("cannot pause {}", record.name))
        })?;
        self.record_container(record, "pause");
        Ok(())
    }

    /// Lets a paused container go on.
    pub fn unpause(&self, name: &str) -> Result<(), Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        if container.status != Status::Paused {
            return Err(improper(&container, "is not paused, can't unpause"));
        }
        let what = || format!("cannot unpause {}", container.record.name);
        let cgroup = self.freezer(&container)?;
        cgroup
            .thaw()
            .map_err(|error| Error::from(error).while_doing(what()))?;
        self.record_container(&container.record, "unpause");
        Ok(())
    }

    fn freezer(&self, container: &Container) -> Result<Cgroup, Error> {
        self.cgroup(container).ok_or_else(|| {
            Error::new(format!(
                "cannot pause {}: it has no control group of its own",
                container.record.name
            ))
            .hint("coracle info tells what is missing")
        })
    }

    /// The control group of a running container, if it has one.
    pub(crate) fn cgroup(&self, container: &Container) -> Option<Cgroup> {
        let run = container.run.as_ref()?;
        cgroup_of(&container.record.id, run).filter(Cgroup::exists)
    }
}

fn improper(container: &Container, why: &str) -> Error {
    let name = &container.record.name;
    Error::of(
        Kind::InUse,
        format!("container {name} {why}: container state improper"),
    )
}
