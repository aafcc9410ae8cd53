//! `update`: limits of a container that exists, at once where it runs, and in its record.

use crate::engine::{Engine, Error};
use crate::runtime::cgroup;
use crate::spec;
use crate::types::health::{Destination, HealthCheck, OnFailure, StartupCheck};
use crate::types::request::{RestartPolicy, Ulimit};
use crate::types::resources::Resources;
use crate::types::{ContainerId, ContainerRecord, Status};

/// What is to change; the rest stays.
#[derive(Debug, Clone, Default)]
pub struct UpdateRequest {
    pub resources: Resources,
    pub restart: Option<RestartPolicy>,
    /// From the next start on.
    pub env: Vec<(String, String)>,
    pub unset_env: Vec<String>,
    /// From the next start on; others that were said before stay.
    pub ulimits: Vec<Ulimit>,
    /// From the next start on: only the user's own limits hold.
    pub host_ulimits: bool,
    pub health: HealthChange,
}

/// What is to change of the health check, at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HealthChange {
    pub disable: bool,
    pub regular: CheckChange,
    /// Nanoseconds.
    pub start_period: Option<u64>,
    pub startup: CheckChange,
    pub startup_successes: Option<u32>,
    pub on_failure: Option<OnFailure>,
    pub destination: Option<Destination>,
    pub max_log_count: Option<u32>,
    pub max_log_size: Option<u32>,
}

/// Of the regular or the startup check; times in nanoseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckChange {
    pub test: Option<Vec<String>>,
    pub interval: Option<u64>,
    pub timeout: Option<u64>,
    pub retries: Option<u32>,
}

/// The file that tells a running monitor to look at the restart policy after all.
pub(crate) const FOLLOW: &str = "follow";

impl Engine {
    /// Changes a container; what the kernel refuses leaves the record as it was.
    pub fn update(&self, name: &str, request: &UpdateRequest) -> Result<ContainerId, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let store = self.store()?;
        let id = container.record.id.clone();
        let lock = store.lock_container(&id)?;
        let old = store.container(&id)?;
        let mut record = old.clone();
        change(&mut record, request)?;
        let lives = matches!(
            container.status,
            Status::Running | Status::Paused | Status::Stopping | Status::Initialized
        );
        if lives && !request.resources.is_empty() {
            self.change_limits(&container, &old, &record)
                .map_err(|error| error.while_doing(format!("cannot update {}", old.name)))?;
        }
        if lives && request.restart.is_some() {
            store.write_beside_record(&id, FOLLOW, b"")?;
        }
        store.change_container(&lock, &record)?;
        if lives && request.health != HealthChange::default() {
            self.carry_health(&old, &record)?;
            self.tell_checks(&container, &record);
        }
        self.record_container(&record, "update");
        Ok(id)
    }

    fn change_limits(
        &self,
        container: &crate::engine::Container,
        old: &ContainerRecord,
        new: &ContainerRecord,
    ) -> Result<(), Error> {
        let settings = |record: &ContainerRecord| -> Result<Vec<_>, Error> {
            let resources = spec::resources::resources(&record.request.resources);
            let made = resources.as_ref().map(cgroup::limits::settings).transpose();
            Ok(made?.unwrap_or_default())
        };
        let (before, after) = (settings(old)?, settings(new)?);
        let mut changed = after.iter().filter(|setting| !before.contains(setting));
        match self.cgroup(container) {
            Some(cgroup) => Ok(changed.try_for_each(|setting| cgroup.set(setting))?),
            None => match changed.next() {
                Some(setting) => Err(cgroup::Error::Controller {
                    name: setting.controller().to_owned(),
                    why: "the container has no control group of its own".to_owned(),
                }
                .into()),
                None => Ok(()),
            },
        }
    }
}

fn change(record: &mut ContainerRecord, asked: &UpdateRequest) -> Result<(), Error> {
    record.request.resources.change(&asked.resources);
    let limits = &record.request.resources;
    if let (Some(memory), Some(swap)) = (limits.memory, limits.memory_swap)
        && swap >= 0
        && swap < memory
    {
        return Err(Error::new(
            "minimum memoryswap limit should be larger than memory limit",
        ));
    }
    if let Some(restart) = &asked.restart {
        if record.request.remove && *restart != RestartPolicy::No {
            return Err(Error::new("the --rm option conflicts with --restart"));
        }
        record.request.restart = restart.clone();
    }
    let gone = |entry: &str, name: &str| entry.split('=').next() == Some(name);
    for (name, value) in &asked.env {
        record.env.retain(|entry| !gone(entry, name));
        record.env.push(format!("{name}={value}"));
    }
    for name in &asked.unset_env {
        record.env.retain(|entry| !gone(entry, name));
    }
    change_ulimits(record, asked);
    change_health(record, &asked.health)
}

fn change_ulimits(record: &mut ContainerRecord, asked: &UpdateRequest) {
    let request = &mut record.request;
    if asked.host_ulimits {
        request.ulimits.clear();
        request.host_ulimits = true;
    }
    for limit in &asked.ulimits {
        request.ulimits.retain(|old| old.name != limit.name);
        request.ulimits.push(limit.clone());
        request.host_ulimits = asked.host_ulimits;
    }
}

fn change_health(record: &mut ContainerRecord, asked: &HealthChange) -> Result<(), Error> {
    let request = &mut record.request.health;
    if asked.disable {
        request.disabled = true;
        request.startup = None;
        record.health = Some(HealthCheck {
            test: vec!["NONE".to_owned()],
            ..HealthCheck::default()
        });
        return Ok(());
    }
    let unset = |which: &str| Error::new(format!("{which}healthcheck command is not set"));
    let regular = &asked.regular;
    let active = record.health.as_ref().is_some_and(is_active);
    if regular.test.is_some() && !active {
        record.health = Some(HealthCheck {
            interval: crate::types::health::DEFAULT_INTERVAL,
            timeout: crate::types::health::DEFAULT_TIMEOUT,
            retries: crate::types::health::DEFAULT_RETRIES,
            ..HealthCheck::default()
        });
    }
    let touched = *regular != CheckChange::default() || asked.start_period.is_some();
    if touched {
        let found = record.health.as_mut();
        let check = found
            .filter(|check| regular.test.is_some() || is_active(check))
            .ok_or_else(|| unset(""))?;
        request.disabled = false;
        replace(&mut check.test, &regular.test);
        replace(&mut check.interval, &regular.interval);
        replace(&mut check.timeout, &regular.timeout);
        replace(&mut check.retries, &regular.retries);
        replace(&mut check.start_period, &asked.start_period);
    }
    let startup = &asked.startup;
    if *startup != CheckChange::default() || asked.startup_successes.is_some() {
        if startup.test.is_some() && request.startup.is_none() {
            request.startup = Some(StartupCheck {
                interval: crate::types::health::DEFAULT_INTERVAL,
                timeout: crate::types::health::DEFAULT_TIMEOUT,
                ..StartupCheck::default()
            });
        }
        let check = request.startup.as_mut().ok_or_else(|| unset("startup "))?;
        replace(&mut check.test, &startup.test);
        replace(&mut check.interval, &startup.interval);
        replace(&mut check.timeout, &startup.timeout);
        replace(&mut check.retries, &startup.retries);
        replace(&mut check.successes, &asked.startup_successes);
    }
    replace(&mut request.on_failure, &asked.on_failure);
    replace(&mut request.destination, &asked.destination);
    if asked.max_log_count.is_some() {
        request.max_log_count = asked.max_log_count;
    }
    if asked.max_log_size.is_some() {
        request.max_log_size = asked.max_log_size;
    }
    Ok(())
}

fn is_active(check: &HealthCheck) -> bool {
    HealthCheck::command(&check.test).is_some()
}

fn replace<T: Clone>(ours: &mut T, newer: &Option<T>) {
    if let Some(newer) = newer {
        ours.clone_from(newer);
    }
}
