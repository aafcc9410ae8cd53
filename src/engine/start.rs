//! Starts a created or exited container: record → spec → plan → monitor.
//!
//! ```text
//! lock the container ─▶ U0, network, user looked up ─▶ spec, bundle ─▶ plan
//!   ─▶ monitor launched ─▶ READY ─▶ run record written ─▶ go ─▶ RUNNING
//! ```
//!
//! Whatever fails before `go` leaves the container as it was.

mod explain;
mod launch;

use std::time::{Duration, Instant};

use oci_spec::runtime::{BoxBuilder, Process};

use crate::engine::attach::Joined;
use crate::engine::bundle::Bundle;
use crate::engine::cgroup;
use crate::engine::views::{AttachEnd, AttachRequest, Container, RemoveRequest, StartMode};
use crate::engine::{Engine, Error, Kind};
use crate::monitor;
use crate::runtime::cgroup::Placement;
use crate::sys::failpoint::hit;
use crate::sys::process::Pidfd;
use crate::sys::pty::window_size;
use crate::types::container::{Held, ProcessStamp};
use crate::types::{ContainerRecord, ExitRecord, RunRecord, Status, Timestamp};
use crate::userns;

pub(crate) use explain::explain;
use explain::without_overlay;
pub(crate) use launch::{kept, minimal_environment};

const SIGKILL: i32 = 9;

/// How long the monitor of a killed workload may take to write the end down.
const END_LIMIT: Duration = Duration::from_secs(20);

/// How long a monitor may take from the word to its first look.
const WORD_LIMIT: Duration = Duration::from_secs(2);

impl Engine {
    /// Starts a container by name, id or prefix. Attached: returns when it ended or the user left.
    pub fn start(&self, name: &str, mode: StartMode) -> Result<Option<AttachEnd>, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let record = &container.record;
        self.start_required(record)?;
        let store = self.store()?;
        let lock = store.lock_container(&record.id)?;
        // Looked at again under the lock: two starts at once make one run.
        let container = self.container(record.id.as_str())?;
        let seems = matches!(container.status, Status::Running | Status::Stopping);
        if !seems {
            self.refuse_mounted(&container)?;
        }
        if seems && self.was_told_to_run(&container)? {
            drop(lock);
            return match mode {
                StartMode::Detached => Ok(None),
                StartMode::Attached(request) => self.attach(record.id.as_str(), &request).map(Some),
            };
        }
        if container.status == Status::Paused {
            return Err(Error::of(
                Kind::InUse,
                format!("container {} is paused: unpause it", container.record.name),
            ));
        }
        let held = container.run.as_ref().filter(|run| run.held.is_some());
        let joined = match held.filter(|_| container.status == Status::Initialized) {
            Some(run) => self.start_held(&container, run, &mode),
            None => self.start_locked(record, Purpose::Run(&mode), 0),
        };
        drop(lock);
        *self.begun.borrow_mut() = None;
        self.tidy();
        let joined = match joined {
            Ok(joined) => joined,
            Err(error) => {
                // One that `init` prepared may still be so.
                if !self.store()?.monitor_alive(&record.id) {
                    self.clean_up_failed(record);
                }
                return Err(error);
            }
        };
        self.notify_healthy(record)?;
        match (mode, joined) {
            (StartMode::Attached(request), Some(joined)) => {
                self.follow(record, joined, &request).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Starts the containers a container requires; they were there before it, so this ends.
    fn start_required(&self, record: &ContainerRecord) -> Result<(), Error> {
        for name in &record.request.requires {
            let what = || format!("cannot start {}: starting {name} first", record.name);
            let begun = self.begun.borrow_mut().take();
            let started = self.start(name, StartMode::Detached);
            *self.begun.borrow_mut() = begun;
            started.map_err(|error| error.while_doing(what()))?;
        }
        Ok(())
    }

    /// Whether a container that seems to run does: the command that started it may have been
    /// killed before it gave the word, and then the monitor is about to end. Under the lock.
    fn was_told_to_run(&self, container: &Container) -> Result<bool, Error> {
        let (store, id) = (self.store()?, &container.record.id);
        let deadline = Instant::now() + WORD_LIMIT;
        while !store.is_supervised(id) {
            if !store.monitor_alive(id) {
                return Ok(false);
            }
            if Instant::now() > deadline {
                break; // on a full disk the file is missing
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(true)
    }

    /// Starts again what its restart policy wants running; called by the monitor's follow-up.
    pub(crate) fn restart_locked(
        &self,
        record: &ContainerRecord,
        restarts: u32,
    ) -> Result<(), Error> {
        self.start_locked(record, Purpose::Run(&StartMode::Detached), restarts)
            .map(drop)
    }

    /// The start itself; the caller holds the container's lock. A start that fails leaves what
    /// was known of the last run.
    pub(crate) fn start_locked(
        &self,
        record: &ContainerRecord,
        purpose: Purpose<'_>,
        restarts: u32,
    ) -> Result<Option<Joined>, Error> {
        let store = self.store()?;
        let stopped = store.is_marked_stopped(&record.id);
        let (run, exit) = (store.run(&record.id)?, store.exit(&record.id)?);
        self.start_anew(record, purpose, restarts).inspect_err(|_| {
            let _ = self.await_monitor(&record.id);
            let _ = match &run {
                Some(run) => store.write_run(&record.id, run),
                None => store.forget_run(&record.id),
            };
            let _ = match &exit {
                Some(exit) => store.write_exit(&record.id, exit),
                None => store.clear_exit(&record.id),
            };
            if stopped {
                let _ = store.mark_stopped(&record.id);
            }
        })
    }

    fn start_anew(
        &self,
        record: &ContainerRecord,
        purpose: Purpose<'_>,
        restarts: u32,
    ) -> Result<Option<Joined>, Error> {
        let what = || format!("cannot start {}", record.name);
        let store = self.store()?;
        let base = self.base().map_err(|error| error.while_doing(what()))?;
        self.leave_networks(&record.id, record.name.as_str());
        let prepared = self.with_space(|| {
            self.fill_volumes(record, base)?;
            Bundle::make(self, record, base)
        });
        let mut bundle = prepared.map_err(|error| error.while_doing(what()))?;
        if let Purpose::Run(StartMode::Attached(_)) = purpose
            && let Some(process) = bundle.spec.process_mut()
        {
            size_terminal(process);
        }
        hit("engine.bundle.made")?;
        // One of a start that was killed may take a moment to notice.
        self.await_monitor(&record.id)?;
        let monitor_lock = store.lock_monitor(&record.id)?.ok_or_else(|| {
            Error::of(
                Kind::InUse,
                format!("container {} is being ended", record.name),
            )
        })?;
        let (primary, theirs) = match purpose {
            Purpose::Run(StartMode::Attached(_)) => {
                let (ours, theirs) = monitor::attach::pair()?;
                (Some(ours), Some(theirs))
            }
            Purpose::Run(StartMode::Detached) | Purpose::Hold => (None, None),
        };
        let hold = matches!(purpose, Purpose::Hold);
        self.remove_cgroups(&record.id, store.run(&record.id)?.as_ref());
        let placement = self
            .find_place(record)
            .map_err(|error| error.while_doing(what()))?;
        bundle.grouped = !matches!(placement, Placement::Nowhere(_));
        let mut launched = self
            .launch(record, base, &bundle, monitor_lock, theirs, hold)
            .map_err(|error| error.while_doing(what()))?;
        if let Some(egress) = &mut bundle.egress {
            let followed = egress.follow(launched.starting.monitor.pid);
            followed.map_err(|error| Error::from(error).while_doing(what()))?;
        }
        hit("engine.monitor.launched")?;
        let place = self
            .settle_in(record, &bundle, placement, &mut launched.starting)
            .map_err(|error| error.while_doing(what()))?;
        hit("engine.cgroup.made")?;
        let ready = match launched.starting.ready() {
            Err(failure) if failure.refuses_overlay() => {
                let Err(why) = self.serve_instead(record) else {
                    drop(launched);
                    return self.start_anew(record, purpose, restarts);
                };
                return Err(without_overlay(launched.explain(record, failure), &why));
            }
            other => other.map_err(|failure| launched.explain(record, failure))?,
        };
        hit("engine.monitor.ready")?;
        let run = RunRecord {
            boot_id: userns::machine::boot_id(),
            started: Timestamp::now(),
            monitor: stamp(launched.starting.monitor.pid)?,
            init: stamp(ready.init)?,
            network_helper: ready.network.map(stamp).transpose()?,
            runtime_dir: bundle.directory.clone(),
            restarts,
            network: bundle.network.state.clone(),
            ports: bundle.network.ports.clone(),
            held: hold.then(|| Held {
                steps: launched.starting.init_steps(),
                single: base.single,
            }),
            cgroup: place.as_ref().map(cgroup::record_of),
        };
        store.write_run(&record.id, &run)?;
        hit("engine.run.recorded")?;
        if let Some(place) = &place {
            self.limit(record, place)
                .and_then(|()| Ok(place.release_monitor(launched.starting.monitor.pid)?))
                .map_err(|error| error.while_doing(what()))?;
        }
        store.clear_exit(&record.id)?;
        self.forget_health(record)?;
        store.unmark_stopped(&record.id)?;
        self.record_container(record, "init");
        self.join_networks(record, base)
            .map_err(|error| error.while_doing(what()))?;
        bundle
            .forward_ports()
            .map_err(|error| error.while_doing(what()))?;
        hit("engine.run.written")?;
        if hold {
            return announce(record, &run)
                .inspect_err(|_| end(&run))
                .map(|()| None);
        }
        // From here on an interrupt is the container's, not ours: none may fall between.
        let joined = match (purpose, primary) {
            (Purpose::Run(StartMode::Attached(request)), Some(socket)) => {
                let caught = monitor::attach::catch_signals(request.signal_proxy)?;
                Some(Joined { socket, caught })
            }
            _ => None,
        };
        launched
            .starting
            .go()
            .map_err(|failure| launched.explain(record, failure))?;
        let announced = announce(record, &run).and_then(|()| self.notify_started(record, &run));
        if let Err(error) = announced {
            // It runs already, and without a run record nobody could end it.
            end(&run);
            return Err(error);
        }
        if joined.is_some() {
            self.record_container(record, "attach");
        }
        Ok(joined)
    }

    /// Joins the streams of the caller with the container until it ends or the user leaves.
    fn follow(
        &self,
        record: &ContainerRecord,
        joined: Joined,
        request: &AttachRequest,
    ) -> Result<AttachEnd, Error> {
        let init = self.store()?.run(&record.id)?.map(|run| run.init);
        let end = self.join_streams(record, init, joined, request);
        if end.is_err() {
            // Its monitor may have been killed: then this settles what that left undone.
            let _ = self.container(record.id.as_str());
        }
        let end = end?;
        if matches!(end, AttachEnd::Exited(_)) && record.request.remove {
            self.finish_removal(record)?;
        }
        Ok(end)
    }

    /// A start that failed leaves no bundle; with `--rm` it leaves nothing.
    pub(crate) fn clean_up_failed(&self, record: &ContainerRecord) {
        if record.request.remove {
            let remove = RemoveRequest {
                force: true,
                volumes: true,
                timeout: Some(0),
            };
            let _ = self.remove(record.id.as_str(), &remove);
            return;
        }
        let (Ok(runtime), Ok(store)) = (self.runtime_dir(), self.store()) else {
            return;
        };
        // Another start may be under way by now: then the bundle there is its own.
        let Ok(Some(_lock)) = store.try_lock_container(&record.id) else {
            return;
        };
        if !store.monitor_alive(&record.id) {
            self.leave_networks(&record.id, record.name.as_str());
            self.remove_cgroups(&record.id, None);
            let directory = runtime.join(record.id.as_str());
            crate::engine::strays::end_in(&directory);
            let _ = crate::sys::tree::remove_path(&directory);
        }
    }
}

/// What a start is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose<'a> {
    Run(&'a StartMode),
    /// `init`: all but the last step.
    Hold,
}

/// What is left to do once the workload runs.
fn announce(record: &ContainerRecord, run: &RunRecord) -> Result<(), Error> {
    hit("engine.monitor.running")?;
    let request = &record.request;
    for (path, process) in [
        (&request.pidfile, run.init),
        (&request.monitor_pidfile, run.monitor),
    ] {
        if let Some(path) = path {
            std::fs::write(path, process.pid.to_string())
                .map_err(|error| Error::file("writing", path, error))?;
        }
    }
    Ok(())
}

/// Ends a run that was just started, and waits until its monitor saw that.
fn end(run: &RunRecord) {
    let processes = [run.init, run.monitor].map(|stamp| Pidfd::open(stamp.pid));
    if let [Ok(init), Ok(monitor)] = processes {
        let _ = init.signal(SIGKILL);
        let _ = monitor.ended_within(END_LIMIT);
    }
}

/// A process's number with what tells it from a later one of the same number.
pub(crate) fn stamp(pid: i32) -> Result<ProcessStamp, Error> {
    let start_time = crate::sys::process::start_time(pid)
        .ok_or_else(|| Error::new(format!("process {pid} ended while it was being started")))?;
    Ok(ProcessStamp { pid, start_time })
}

/// An exit record for a run whose end nobody saw.
pub(crate) fn unknown_exit(error: &str) -> ExitRecord {
    ExitRecord {
        code: 255,
        signal: 0,
        finished: Timestamp::now(),
        oom_killed: false,
        log_lost: 0,
        known: false,
        error: error.to_owned(),
    }
}

/// Gives a workload's terminal the size of ours before it looks: what `attach` tells comes later.
pub(super) fn size_terminal(process: &mut Process) {
    if process.terminal() != Some(true) {
        return;
    }
    let size = window_size(std::io::stdin()).or_else(|| window_size(std::io::stdout()));
    if let Some((rows, columns)) = size {
        let size = BoxBuilder::default().height(rows).width(columns).build();
        process.set_console_size(size.ok());
    }
}
