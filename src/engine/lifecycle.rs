//! stop, kill, wait, remove, and what follows an exit.

use std::time::{Duration, Instant};

use crate::engine::list::same_process;
use crate::engine::views::{Container, RemoveRequest};
use crate::engine::{Engine, Error, Kind};
use crate::spec;
use crate::sys::failpoint::hit;
use crate::sys::process::Pidfd;
use crate::types::request::RestartPolicy;
use crate::types::{ContainerId, ContainerRecord, ExitRecord, RunRecord, Status};

const SIGKILL: i32 = 9;

/// How long `stop` waits before SIGKILL when nobody says otherwise, as everywhere.
pub(crate) const STOP_TIMEOUT: u32 = 10;

/// How long a monitor may take to write down an end that has happened.
const RECORD_LIMIT: Duration = Duration::from_secs(20);

/// How often a removal begins again when somebody else starts the container meanwhile.
const RESTARTS: u32 = 6;

/// Between two looks at a file that another process is about to write.
const PAUSE: Duration = Duration::from_millis(2);

impl Engine {
    /// Sends the stop signal, waits, then SIGKILL; `timeout` in seconds, `None` is the container's own.
    ///
    /// What `--rm` asks for is done before this returns.
    pub fn stop(&self, name: &str, timeout: Option<u32>) -> Result<(), Error> {
        let container = self.container(name)?;
        self.halt(&container, timeout)?;
        let ended = is_alive(container.status) && running(&container).is_none();
        if ended && container.record.request.remove {
            return self.finish_removal(&container.record);
        }
        Ok(())
    }

    /// Ends a container's workload; what follows an exit is left to others.
    pub(crate) fn halt(&self, container: &Container, timeout: Option<u32>) -> Result<(), Error> {
        self.refuse_foreign(container)?;
        if container.status == Status::Paused {
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "can only stop created or running containers. {} is in state paused: \
                     container state improper",
                    container.record.name
                ),
            ));
        }
        self.mark_stopped(container)?;
        self.end(container, timeout)
            .inspect_err(|_| self.unmark_stopped(container))?;
        if running(container).is_none() && is_alive(container.status) {
            self.record_container(&container.record, "stop");
        }
        Ok(())
    }

    pub(crate) fn end(&self, container: &Container, timeout: Option<u32>) -> Result<(), Error> {
        hit("engine.stop.marked")?;
        match self.end_process(container, timeout)? {
            Some(run) => self.await_record(&container.record.id, &run),
            None => Ok(()),
        }
    }

    /// Signals and waits until the workload is gone; returns its run, if it ran.
    pub(crate) fn end_process(
        &self,
        container: &Container,
        timeout: Option<u32>,
    ) -> Result<Option<RunRecord>, Error> {
        let Some((run, process)) = running(container) else {
            return Ok(None);
        };
        if is_held(container) {
            // The monitor goes with it, and leaves no record: nothing has run.
            send(container, &process, SIGKILL)?;
            self.await_monitor(&container.record.id)?;
            return Ok(None);
        }
        let request = &container.record.request;
        let seconds = timeout.or(request.stop_timeout).unwrap_or(STOP_TIMEOUT);
        send(container, &process, container.record.stop_signal)?;
        hit("engine.stop.signalled")?;
        if !process.ended_within(Duration::from_secs(seconds.into()))? {
            if seconds > 0 {
                self.warn(&format!(
                    "StopSignal {} failed to stop container {} in {seconds} seconds, resorting \
                     to SIGKILL",
                    spec::signal_name(container.record.stop_signal),
                    container.record.name,
                ));
            }
            send(container, &process, SIGKILL)?;
            if !process.ended_within(RECORD_LIMIT)? {
                return Err(Error::new(format!(
                    "cannot stop {}: it does not die of SIGKILL",
                    container.record.name
                )));
            }
        }
        Ok(Some(run))
    }

    /// Keeps a restart policy from acting; without one a full disk is no reason not to stop.
    fn mark_stopped(&self, container: &Container) -> Result<(), Error> {
        let id = &container.record.id;
        let marked = self.with_space(|| Ok(self.store()?.mark_stopped(id)?));
        match container.record.request.restart {
            RestartPolicy::No => Ok(()),
            _ => marked,
        }
    }

    /// A container that could not be stopped is not stopping.
    fn unmark_stopped(&self, container: &Container) {
        if let Ok(store) = self.store() {
            let _ = store.unmark_stopped(&container.record.id);
        }
    }

    pub fn kill(&self, name: &str, signal: i32) -> Result<(), Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let Some((run, process)) = running(&container).filter(|_| !is_held(&container)) else {
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "can only kill running containers. {} is in state {}: container state \
                     improper",
                    container.record.id, container.status
                ),
            ));
        };
        if signal == SIGKILL || signal == container.record.stop_signal {
            self.mark_stopped(&container)?;
        }
        hit("engine.kill.marked")
            .map_err(Error::from)
            .and_then(|()| send(&container, &process, signal))
            .inspect_err(|_| self.unmark_stopped(&container))?;
        self.record_container(&container.record, "kill");
        if signal == SIGKILL && process.ended_within(RECORD_LIMIT)? {
            self.await_record(&container.record.id, &run)?;
        }
        Ok(())
    }

    pub fn remove(&self, name: &str, request: &RemoveRequest) -> Result<ContainerId, Error> {
        let container = match self.container(name) {
            Err(error) => return self.remove_damaged(name, request)?.ok_or(error),
            Ok(container) => container,
        };
        self.refuse_foreign(&container)?;
        let record = &container.record;
        self.refuse_needed(&record.id)?;
        if matches!(
            container.status,
            Status::Running | Status::Stopping | Status::Paused | Status::Initialized
        ) {
            if !request.force && !is_held(&container) {
                return Err(Error::of(
                    Kind::InUse,
                    format!(
                        "cannot remove container {} as it is {} - running or paused containers \
                         cannot be removed without force: container state improper",
                        record.id, container.status
                    ),
                ));
            }
            match container.status {
                // It would not hear a polite signal; SIGKILL reaches what is frozen, too.
                Status::Paused => self.kill(record.id.as_str(), SIGKILL)?,
                _ => self.halt(&container, request.timeout)?,
            }
        }
        self.discard_stopped(record, request)?;
        Ok(record.id.clone())
    }

    /// Forced, once more when a restart policy or a health check was faster than we; or when the
    /// monitor of a start that was killed has yet to notice.
    fn discard_stopped(
        &self,
        record: &ContainerRecord,
        request: &RemoveRequest,
    ) -> Result<(), Error> {
        for attempt in 0..RESTARTS {
            match self.discard_container(record, request.volumes) {
                Err(error) if error.kind == Kind::InUse && request.force => {
                    self.halt(&self.container(record.id.as_str())?, request.timeout)?;
                    std::thread::sleep(PAUSE * 4_u32.pow(attempt));
                }
                other => return other,
            }
        }
        self.discard_container(record, request.volumes)
    }

    /// Takes a container that does not run out of the store; its files are deleted later.
    pub(crate) fn discard_container(
        &self,
        record: &ContainerRecord,
        volumes: bool,
    ) -> Result<(), Error> {
        match self.discard_unless_running(record, volumes)? {
            true => Ok(()),
            false => Err(Error::of(
                Kind::InUse,
                format!("container {} has been started again", record.name),
            )),
        }
    }

    /// As [`Engine::discard_container`], for what follows an exit: false when somebody has
    /// started the container again meanwhile.
    pub(crate) fn discard_unless_running(
        &self,
        record: &ContainerRecord,
        volumes: bool,
    ) -> Result<bool, Error> {
        let store = self.store()?;
        let lock = store.lock_container(&record.id)?;
        if store.monitor_alive(&record.id) {
            if store.run(&record.id)?.is_some() && store.exit(&record.id)?.is_none() {
                return Ok(false);
            }
            self.await_monitor(&record.id)?;
        }
        let run = store.run(&record.id)?;
        self.leave_networks(&record.id, record.name.as_str());
        self.remove_cgroups(&record.id, run.as_ref());
        let runtime = run.map(|run| run.runtime_dir);
        let ended_well = store.exit(&record.id)?.is_some_and(|exit| exit.known);
        // What belongs to the container goes first: when this is killed, there is still one to
        // remove, and nothing that nobody knows of.
        if let Some(directory) =
            runtime.or_else(|| Some(self.runtime_dir().ok()?.join(record.id.as_str())))
        {
            if !ended_well && directory.exists() {
                crate::engine::strays::end_in(&directory);
            }
            let _ = crate::sys::tree::remove_path(&directory);
        }
        hit("engine.bundle.removed")?;
        // Whoever removes a container of `--rm` does what it asked for.
        if volumes || record.request.remove {
            self.remove_anonymous_volumes(record)?;
            hit("engine.volumes.removed")?;
        }
        store.remove_container(&record.id, &record.name)?;
        self.record_container(record, "remove");
        drop(lock);
        hit("engine.container.discarded")?;
        remove_id_file(record);
        if record.request.remove_image {
            self.remove_unused_image(record)?;
        }
        self.sweep_later();
        Ok(true)
    }

    /// Removes a container of `--rm` that has ended, or sees that somebody faster has done all of
    /// that.
    pub(crate) fn finish_removal(&self, record: &ContainerRecord) -> Result<(), Error> {
        match self.discard_unless_running(record, true) {
            Err(error) if error.kind == Kind::NoSuchObject => {
                remove_id_file(record);
                match record.request.remove_image {
                    true => self.remove_unused_image(record),
                    false => Ok(()),
                }
            }
            other => other.map(drop),
        }
    }

    /// Carries out `--rmi`; an image that another container uses stays, and that is said.
    fn remove_unused_image(&self, record: &ContainerRecord) -> Result<(), Error> {
        match self.remove_image(&record.image_name, false) {
            Ok(_) => Ok(()),
            Err(error) if error.kind == Kind::NoSuchObject => Ok(()),
            Err(error) if error.kind == Kind::InUse => {
                self.warn(&format!(
                    "image {} stays: image is in use by a container: {error}",
                    record.image_name
                ));
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Waits for the monitor to let go of a container whose workload has ended.
    pub(crate) fn await_monitor(&self, id: &ContainerId) -> Result<(), Error> {
        let store = self.store()?;
        let deadline = Instant::now() + RECORD_LIMIT;
        while store.monitor_alive(id) {
            if Instant::now() > deadline {
                return Err(Error::of(
                    Kind::InUse,
                    format!(
                        "container {} is still being used by its monitor",
                        id.short()
                    ),
                ));
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Waits until the end of a run is written down.
    pub(crate) fn await_record(&self, id: &ContainerId, run: &RunRecord) -> Result<(), Error> {
        let store = self.store()?;
        let deadline = Instant::now() + RECORD_LIMIT;
        loop {
            if store.exit(id)?.is_some() || !store.container_dir(id).exists() {
                return Ok(());
            }
            // Started again meanwhile: that run's end is not ours to wait for.
            if store.run(id)?.is_some_and(|now| now.init != run.init) {
                return Ok(());
            }
            if !store.monitor_alive(id) {
                // Killed: whoever looks next settles it.
                return self.container(id.as_str()).map(drop);
            }
            if Instant::now() > deadline {
                return Err(Error::new(format!(
                    "the monitor of container {} does not write its exit record",
                    id.short()
                )));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// What follows an exit when no command is there to do it; run by the monitor.
    pub fn after_exit(&self, id: &str) -> Result<(), Error> {
        let store = self.store()?;
        hit("engine.exit.followed")?;
        // The command may have been faster.
        let Ok(record) = store.find_container(id).and_then(|id| store.container(&id)) else {
            return Ok(());
        };
        if record.request.remove {
            return self.discard_unless_running(&record, true).map(drop);
        }
        // Somebody who starts it anew does this first.
        if let Some(_lock) = store.try_lock_container(&record.id)?
            && !store.monitor_alive(&record.id)
        {
            self.leave_networks(&record.id, record.name.as_str());
        }
        self.restart_if_wanted(&record, true)
    }

    /// Carries out the restart policy of a container that has ended.
    pub(crate) fn restart_if_wanted(
        &self,
        record: &ContainerRecord,
        same_boot: bool,
    ) -> Result<(), Error> {
        let store = self.store()?;
        let (Some(run), Some(exit)) = (store.run(&record.id)?, store.exit(&record.id)?) else {
            return Ok(());
        };
        if store.is_marked_stopped(&record.id) || !same_boot {
            return Ok(());
        }
        let wanted = match record.request.restart {
            RestartPolicy::No => false,
            RestartPolicy::Always | RestartPolicy::UnlessStopped => true,
            RestartPolicy::OnFailure(limit) => {
                exit.code != 0 && limit.is_none_or(|limit| run.restarts < limit)
            }
        };
        if !wanted {
            return Ok(());
        }
        // A killed monitor is no sign of a workload that fails again and again.
        if exit.known {
            std::thread::sleep(backoff(&run, exit.finished.0));
        }
        let lock = store.lock_container(&record.id)?;
        // Somebody may have stopped, started or removed it while we slept.
        let unchanged = store.exit(&record.id)?.as_ref() == Some(&exit);
        if !unchanged || store.is_marked_stopped(&record.id) {
            return Ok(());
        }
        let restarted = self.restart_locked(record, run.restarts + 1);
        if let Err(error) = &restarted {
            // Nobody may be listening: `inspect` says later why it did not come back.
            let reasons = [exit.error.as_str(), error.message.as_str()];
            let said: Vec<&str> = reasons.into_iter().filter(|why| !why.is_empty()).collect();
            let error = said.join("; ");
            let _ = store.write_exit(&record.id, &ExitRecord { error, ..exit });
        }
        drop(lock);
        restarted
    }
}

/// 100 ms, doubled with each restart up to a minute; a run of ten seconds starts over.
pub(crate) fn backoff(run: &RunRecord, finished: i128) -> Duration {
    let lasted = finished - run.started.0;
    let exponent = if lasted > 10_000_000_000 {
        0
    } else {
        run.restarts.min(10)
    };
    Duration::from_millis(100 << exponent).min(Duration::from_secs(60))
}

pub(crate) fn is_alive(status: Status) -> bool {
    matches!(status, Status::Running | Status::Stopping | Status::Paused)
}

/// Whether `init` prepared it and nobody has started it.
fn is_held(container: &Container) -> bool {
    let run = container.run.as_ref();
    container.status == Status::Initialized && run.is_some_and(|run| run.held.is_some())
}

/// The run and its init, verified, of a container that is running.
pub(crate) fn running(container: &Container) -> Option<(RunRecord, Pidfd)> {
    if !is_alive(container.status) && !is_held(container) {
        return None;
    }
    let run = container.run.clone()?;
    let process = same_process(run.init)?;
    Some((run, process))
}

/// Signals a container's init; one that has just ended is not an error.
fn send(container: &Container, process: &Pidfd, signal: i32) -> Result<(), Error> {
    const ESRCH: i32 = 3;
    match process.signal(signal) {
        Err(error) if error.errno != ESRCH => Err(Error::new(format!(
            "cannot send signal {signal} to {}: {}",
            container.record.name,
            error.reason()
        ))),
        _ => Ok(()),
    }
}

/// Removes the file of `--cidfile`, unless another container's id is in it by now.
fn remove_id_file(record: &ContainerRecord) {
    let Some(path) = &record.request.cidfile else {
        return;
    };
    let id = record.id.as_str();
    let is_ours = path
        .metadata()
        .is_ok_and(|facts| facts.len() == id.len() as u64)
        && std::fs::read_to_string(path).is_ok_and(|text| text == id);
    if is_ours {
        let _ = std::fs::remove_file(path);
    }
}
