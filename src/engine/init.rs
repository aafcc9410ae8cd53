//! init: a start that stops one step short, and the start that takes this last step.
//!
//! The monitor waits with everything built, the container's first process with nothing left
//! but to become the workload. Kill either, and the container is as it was before.

use std::os::fd::AsFd;

use crate::engine::attach::Joined;
use crate::engine::start::{Purpose, explain};
use crate::engine::views::{Container, StartMode};
use crate::engine::{Engine, Error, Kind};
use crate::guest::wire::word;
use crate::monitor;
use crate::runtime::launch::Waiting;
use crate::runtime::plan::{Plan, Session};
use crate::sys::failpoint::hit;
use crate::types::{RunRecord, Status, Timestamp};

impl Engine {
    /// Makes everything a start makes, and does not run the command.
    pub fn init(&self, name: &str) -> Result<(), Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let id = container.record.id.clone();
        let lock = self.store()?.lock_container(&id)?;
        let container = self.container(id.as_str())?;
        if !matches!(container.status, Status::Created | Status::Exited) {
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "container {id} has already been created in runtime: container state improper"
                ),
            ));
        }
        let made = self.start_locked(&container.record, Purpose::Hold, 0);
        drop(lock);
        self.tidy();
        made.map(drop)
            .inspect_err(|_| self.clean_up_failed(&container.record))
    }

    /// Lets a prepared container run; the caller holds its lock.
    pub(crate) fn start_held(
        &self,
        container: &Container,
        run: &RunRecord,
        mode: &StartMode,
    ) -> Result<Option<Joined>, Error> {
        let store = self.store()?;
        let record = &container.record;
        let plan = rest_of_plan(container, run)?;
        let mut waiting =
            Waiting::find(&run.runtime_dir, plan).map_err(|failure| explain(record, failure))?;
        hit("engine.held.found")?;
        store.clear_exit(&record.id)?;
        store.unmark_stopped(&record.id)?;
        let (joined, word) = join(run, mode)?;
        if let Err(failure) = waiting.go(word) {
            // What could not become the workload is not prepared any more.
            self.end_process(container, Some(0))?;
            store.forget_run(&record.id)?;
            return Err(explain(record, failure));
        }
        let now_running = RunRecord {
            held: None,
            started: Timestamp::now(),
            ..run.clone()
        };
        // It runs, whatever is written down: a full disk is no reason to fail.
        let _ = self.with_space(|| Ok(store.write_run(&record.id, &now_running)?));
        Ok(joined)
    }
}

/// Connects first, so that not a byte of output is missed, and says how the word is to be given.
fn join(run: &RunRecord, mode: &StartMode) -> Result<(Option<Joined>, u8), Error> {
    let StartMode::Attached(request) = mode else {
        return Ok((None, word::GO));
    };
    let directory = crate::sys::fs::open_directory(&run.runtime_dir)?;
    let socket = monitor::attach::connect(directory.as_fd())?;
    let caught = monitor::attach::catch_signals(request.signal_proxy)?;
    Ok((Some(Joined { socket, caught }), word::GO_ATTACHED))
}

/// What the first process has still to do, for what it may report.
fn rest_of_plan(container: &Container, run: &RunRecord) -> Result<Plan, Error> {
    let what = || format!("cannot start {}: its config.json", container.record.name);
    let spec = crate::engine::bundle::kept_spec(&container.directory)
        .map_err(|error| Error::new(format!("{}: {error}", what())))?;
    let process = spec.process().clone();
    let process = process.ok_or_else(|| Error::new(format!("{}: no process", what())))?;
    let filtered = spec
        .linux()
        .as_ref()
        .is_some_and(|linux| linux.seccomp().is_some());
    let request = &container.record.request;
    let session = Session {
        single: run.held.is_some_and(|held| held.single),
        // Only that there is one counts here.
        seccomp: if filtered { vec![0; 8] } else { Vec::new() },
        tty: request.tty,
        stdin: request.interactive,
        ..Session::default()
    };
    let steps = run.held.map_or(0, |held| held.steps);
    Ok(Plan::resumed(&process, &session, steps))
}
