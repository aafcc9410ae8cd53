//! Health checks: run by hand or by the container's monitor, written down, acted upon.
//!
//! The monitor owns the clock (`guest/monitor/health.rs`) and runs [`checked`] each time: a
//! command of its own, so that the monitor stays small and works when every other command is
//! gone. What was found lies with the container and is changed under its lock.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::engine::follow;
use crate::engine::lifecycle::backoff;
use crate::engine::views::{Container, HealthOutcome};
use crate::engine::{Engine, Error, Kind};
use crate::guest::wire_health;
use crate::monitor::checks;
use crate::monitor::collect::Collected;
use crate::runtime::launch;
use crate::sys;
use crate::types::health::{
    DEFAULT_LOG_COUNT, DEFAULT_LOG_SIZE, Destination, HealthCheck, HealthResult, HealthState,
    OnFailure,
};
use crate::types::request::ExecRequest;
use crate::types::{ContainerId, ContainerRecord, Event, Status, Timestamp};

/// More output than this is never kept, whatever was asked (S-78).
const OUTPUT_MAX: usize = 1 << 20;
/// More results than this are never kept.
const LOG_MAX: usize = 1000;
const MILLISECOND: u64 = 1_000_000;
const SIGKILL: i32 = 9;

/// One look at a container.
struct Found {
    result: HealthResult,
    passed: bool,
}

impl Engine {
    /// Runs the check that is due: the startup check until that has passed, then the regular one.
    pub fn check_health(&self, name: &str) -> Result<HealthOutcome, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let record = &container.record;
        if container.status != Status::Running {
            let message = format!("container {} is not running", record.id);
            return Err(Error::of(Kind::InUse, message));
        }
        let Some(check) = &record.health else {
            let message = format!("container {} has no defined healthcheck", record.id);
            return Err(Error::new(message));
        };
        let startup = record.request.health.startup.as_ref();
        let startup = startup.filter(|_| !self.health_state(record).started_up);
        let found = match startup {
            Some(startup) => self.look(&container, &startup.test, startup.timeout)?,
            None => self.look(&container, &check.test, check.timeout)?,
        };
        let (state, again) = self.write_down(&container, check, startup.is_some(), &found)?;
        self.tell_health(record, &state);
        let outcome = HealthOutcome {
            status: match (found.passed, state.status.as_str()) {
                (true, _) => "healthy",
                (false, "stopped") => "stopped",
                (false, _) if startup.is_some() => "starting",
                (false, _) => "unhealthy",
            },
            started_up: state.started_up,
        };
        if again {
            self.start_over(record)?;
        } else if startup.is_none() && state.status == "unhealthy" {
            self.act_on_failure(record)?;
        }
        Ok(outcome)
    }

    /// Runs the command in the container, and kills it when it takes too long.
    fn look(&self, container: &Container, test: &[String], timeout: u64) -> Result<Found, Error> {
        let record = &container.record;
        let command = HealthCheck::command(test).ok_or_else(|| {
            Error::new(format!(
                "container {} has no defined healthcheck",
                record.id
            ))
        })?;
        let request = ExecRequest {
            command,
            ..ExecRequest::default()
        };
        let start = Timestamp::now();
        let deadline = Instant::now() + Duration::from_nanos(timeout);
        let seen = self.run_collected(container, &request, OUTPUT_MAX, deadline);
        let size = record.request.health.max_log_size;
        let size = match size.unwrap_or(DEFAULT_LOG_SIZE) {
            0 => OUTPUT_MAX,
            size => size as usize,
        };
        let (exit_code, output) = match seen {
            Ok(Collected { output, end }) => {
                let code = end.map_or(-1, |end| i32::from(end.code != 0));
                (code, String::from_utf8_lossy(&output).into_owned())
            }
            // What cannot be run has failed like anything else that fails; or the container has
            // ended in this moment.
            Err(error) => (1, error.message),
        };
        Ok(Found {
            passed: exit_code == 0,
            result: HealthResult {
                start,
                end: Timestamp::now(),
                exit_code,
                output: cut(output, size),
            },
        })
    }

    /// Adds a result to what is known; says whether the container must be started again.
    fn write_down(
        &self,
        container: &Container,
        check: &HealthCheck,
        startup: bool,
        found: &Found,
    ) -> Result<(HealthState, bool), Error> {
        let record = &container.record;
        let _lock = self.store()?.lock_container(&record.id)?;
        let mut state = self.health_state(record);
        let mut again = false;
        let started = container.run.as_ref().map_or(0, |run| run.started.0);
        let period = started + i128::from(check.start_period);
        let forgiven = startup || found.result.start.0 < period;
        let running = self.store()?.exit(&record.id)?.is_none()
            && !self.store()?.is_marked_stopped(&record.id);
        if found.passed {
            state.status = "healthy".to_owned();
            state.failing_streak = 0;
        } else if !running {
            state.status = "stopped".to_owned();
        } else if !forgiven {
            state.failing_streak += 1;
            if state.failing_streak >= check.retries {
                state.status = "unhealthy".to_owned();
            }
        }
        if let Some(wanted) = record.request.health.startup.as_ref().filter(|_| startup) {
            if found.passed {
                state.startup_successes += 1;
                state.started_up = state.startup_successes >= wanted.successes.max(1);
                if !state.started_up {
                    state.status = "starting".to_owned();
                }
            } else if running {
                state.startup_successes = 0;
                state.startup_failures += 1;
                again = wanted.retries > 0 && state.startup_failures >= wanted.retries;
            }
        }
        state.log.push(found.result.clone());
        let count = match record
            .request
            .health
            .max_log_count
            .unwrap_or(DEFAULT_LOG_COUNT)
        {
            0 => LOG_MAX,
            count => (count as usize).min(LOG_MAX),
        };
        let surplus = state.log.len().saturating_sub(count);
        state.log.drain(..surplus);
        self.write_health(record, &state)?;
        Ok((state, again))
    }

    fn tell_health(&self, record: &ContainerRecord, state: &HealthState) {
        let output = state.log.last().map(|result| result.output.clone());
        let told = record.request.health.destination == Destination::Events;
        self.record(Event {
            health_status: state.status.clone(),
            health_failing_streak: state.failing_streak,
            health_log: output.filter(|_| told).unwrap_or_default(),
            ..Event::container(record, "health_status")
        });
    }

    fn act_on_failure(&self, record: &ContainerRecord) -> Result<(), Error> {
        let id = record.id.as_str();
        let done = match record.request.health.on_failure {
            OnFailure::None => Ok(()),
            OnFailure::Kill => self.kill(id, SIGKILL),
            // The monitor, which waits for this check, sees to what `--rm` asks for.
            OnFailure::Stop => self.halt(&self.container(id)?, None),
            OnFailure::Restart => self.start_over(record),
        };
        done.map_err(|error| error.while_doing("the container turned unhealthy"))
    }

    /// Stops the container and starts it again, one restart more; later and later when it keeps
    /// failing. Whoever stops or removes it meanwhile has the last word.
    fn start_over(&self, record: &ContainerRecord) -> Result<(), Error> {
        let store = self.store()?;
        let container = self.container(record.id.as_str())?;
        let Some(run) = container.run.clone() else {
            return Ok(());
        };
        self.end(&container, None)?;
        self.await_monitor(&record.id)?;
        let Some(exit) = store.exit(&record.id)? else {
            return Ok(()); // somebody was faster
        };
        std::thread::sleep(backoff(&run, exit.finished.0));
        let _lock = store.lock_container(&record.id)?;
        let unchanged = store.exit(&record.id)?.as_ref() == Some(&exit);
        if !unchanged || store.is_marked_stopped(&record.id) {
            return Ok(());
        }
        self.restart_locked(record, run.restarts + 1)?;
        self.record_container(record, "restart");
        Ok(())
    }

    /// What was found of a container's health; nothing yet is an empty state.
    pub(crate) fn health_state(&self, record: &ContainerRecord) -> HealthState {
        let read = || -> Result<Option<HealthState>, Error> {
            Ok(self.store()?.health(&self.health_file(record)?)?)
        };
        read().ok().flatten().unwrap_or_default()
    }

    fn health_file(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        Ok(match &record.request.health.destination {
            Destination::Directory(directory) => {
                directory.join(format!("{}-healthcheck.log", record.id))
            }
            _ => self.store()?.container_dir(&record.id).join("health.json"),
        })
    }

    fn write_health(&self, record: &ContainerRecord, state: &HealthState) -> Result<(), Error> {
        let path = self.health_file(record)?;
        Ok(self.store()?.write_health(&path, state)?)
    }

    /// A run begins: nothing is known of its health.
    pub(crate) fn forget_health(&self, record: &ContainerRecord) -> Result<(), Error> {
        if record.health.is_none() {
            return Ok(());
        }
        let state = HealthState {
            status: "starting".to_owned(),
            ..HealthState::default()
        };
        self.write_health(record, &state)
    }

    /// A running container was updated: what is known of its health goes to where it is kept now.
    pub(crate) fn carry_health(
        &self,
        old: &ContainerRecord,
        new: &ContainerRecord,
    ) -> Result<(), Error> {
        if old.health.is_none() {
            return self.forget_health(new);
        }
        if self.health_file(old)? == self.health_file(new)? {
            return Ok(());
        }
        self.write_health(new, &self.health_state(old))
    }

    /// What the monitor is told of the checks; also where there are none, as `update` may bring some.
    pub(crate) fn monitor_checks(&self, record: &ContainerRecord) -> launch::Checks {
        let (interval, startup_interval) = intervals(record);
        launch::Checks {
            interval,
            startup_interval,
            argv: self.follow_words("coracle:health", &record.id),
        }
    }

    /// Has the monitor of a running container follow what was updated.
    pub(crate) fn tell_checks(&self, container: &Container, record: &ContainerRecord) {
        let Some(run) = &container.run else { return };
        let (interval, mut startup_interval) = intervals(record);
        if self.health_state(record).started_up {
            startup_interval = 0;
        }
        let told = sys::fs::open_directory(&run.runtime_dir)
            .map_err(Error::from)
            .and_then(|directory| Ok(checks::tell(&directory, interval, startup_interval)?));
        if let Err(error) = told {
            self.warn(&format!(
                "the health checks of {} change with its next start: {error}",
                record.name
            ));
        }
    }
}

/// How often the regular and the startup check are made, in milliseconds; 0 is never.
fn intervals(record: &ContainerRecord) -> (u64, u64) {
    let milliseconds = |time: u64| match time {
        0 => 0,
        time => (time / MILLISECOND).max(1),
    };
    let startup = record.request.health.startup.as_ref();
    let startup = startup.filter(|startup| HealthCheck::command(&startup.test).is_some());
    let regular = record.health.as_ref();
    let regular = regular.filter(|check| HealthCheck::command(&check.test).is_some());
    (
        regular.map_or(0, |check| milliseconds(check.interval)),
        startup.map_or(0, |startup| milliseconds(startup.interval)),
    )
}

/// What a monitor runs: `coracle:health ROOT RUNROOT ID EVENTS PATH SIZE`.
///
/// Returns the exit code that tells the monitor how to go on.
pub fn checked() -> Result<i32, Error> {
    let (engine, id) = follow::engine_of_words()?;
    let id = ContainerId::try_from(id).map_err(|error| Error::new(error.to_string()))?;
    // Nothing can be asked of a container that is paused, and nothing is held against it.
    if engine.container(id.as_str())?.status == Status::Paused {
        return Ok(0);
    }
    let outcome = engine.check_health(id.as_str())?;
    Ok(match outcome.started_up {
        true => wire_health::STARTED_UP,
        false => 0,
    })
}

/// At most so many bytes, whole characters.
fn cut(mut text: String, size: usize) -> String {
    let mut end = size.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}
