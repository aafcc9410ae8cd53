//! `wait`: until a container is what somebody waits for.

use std::time::Duration;

use crate::engine::lifecycle::running;
use crate::engine::views::{Container, WaitFor};
use crate::engine::{Engine, Error, Kind};
use crate::types::Status;

/// Between two looks where nothing tells of a change.
const LOOK: Duration = Duration::from_millis(50);

/// Between two looks while waiting for an end without limit.
const IDLE: Duration = Duration::from_secs(1);

impl Engine {
    /// Blocks until one of the conditions holds; the exit code, -1 when it has not ended, or was
    /// removed, or nobody knows.
    pub fn wait(&self, name: &str, conditions: &[WaitFor]) -> Result<i32, Error> {
        let mut container = self.container(name)?;
        let id = container.record.id.clone();
        loop {
            if conditions.iter().any(|wanted| holds(wanted, &container)) {
                return Ok(code(&container));
            }
            match running(&container) {
                Some((run, process)) if conditions == [WaitFor::Stopped] => {
                    while !process.ended_within(IDLE)? {}
                    self.await_record(&id, &run)?;
                    // With `--rm` whoever looks at it next may remove it.
                    if let Some(exit) = self.store()?.exit(&id)? {
                        return Ok(exit.code);
                    }
                }
                _ => std::thread::sleep(LOOK),
            }
            container = match self.container(id.as_str()) {
                Ok(container) => container,
                // With `--rm` it goes as it ends.
                Err(error) if error.kind == Kind::NoSuchObject => return Ok(code(&container)),
                Err(error) => return Err(error),
            };
        }
    }

    /// Blocks until one of the containers fulfils a condition; its code as [`Engine::wait`] has it.
    pub fn wait_for_first(&self, names: &[String], conditions: &[WaitFor]) -> Result<i32, Error> {
        let mut ids = Vec::new();
        for name in names {
            ids.push(self.container(name)?);
        }
        loop {
            for known in &mut ids {
                match self.container(known.record.id.as_str()) {
                    Ok(container) => *known = container,
                    Err(error) if error.kind == Kind::NoSuchObject => return Ok(code(known)),
                    Err(error) => return Err(error),
                }
                if conditions.iter().any(|wanted| holds(wanted, known)) {
                    return Ok(code(known));
                }
            }
            std::thread::sleep(LOOK);
        }
    }
}

fn holds(wanted: &WaitFor, container: &Container) -> bool {
    match wanted {
        WaitFor::Stopped => !matches!(
            container.status,
            Status::Running | Status::Stopping | Status::Initialized | Status::Paused
        ),
        WaitFor::Status(status) => container.status == *status,
        WaitFor::Health(word) => {
            let state = container.health.as_ref();
            container.status == Status::Running && state.is_some_and(|state| state.status == *word)
        }
        WaitFor::Removed => false,
    }
}

fn code(container: &Container) -> i32 {
    container.exit.as_ref().map_or(-1, |exit| exit.code)
}
