//! `RUN`: a container of ours, as `run` starts it, and what it wrote as a layer.

use crate::build::{Run, Script, Step};
use crate::engine::Error;
use crate::engine::build::cache::Key;
use crate::engine::build::config;
use crate::engine::build::mounts::Mounts;
use crate::engine::build::stage::{Outcome, Working};
use crate::engine::error::Kind;
use crate::engine::views::{AttachEnd, AttachRequest, StartMode};

/// What a RUN starts, all of it found.
pub(super) struct Planned {
    words: Vec<String>,
    mounts: Mounts,
}

impl Working<'_, '_> {
    pub fn prepare_run(&mut self, step: &Step, run: &Run, key: &mut Key) -> Result<Planned, Error> {
        let mut mounts = self.mounts(&step.mounts, key)?;
        let words = match run.script() {
            Script::Exec(words) => words,
            Script::Shell(line) => {
                let mut words = config::shell(&self.config);
                words.push(line);
                words
            }
            Script::File { name, text } => {
                key.add(text.as_bytes());
                vec![self.script(&mut mounts, &name, &text)?]
            }
        };
        for word in &words {
            key.add(word.as_bytes());
        }
        Ok(Planned { words, mounts })
    }

    /// Runs the command; what it wrote becomes a layer.
    pub fn run(&mut self, run: &Run, planned: Planned) -> Result<Outcome, Error> {
        let build = self.build;
        let mut request = build.run_request(run)?;
        request.command = planned.words;
        request.env.extend(self.scope.run_env());
        request.env.extend(planned.mounts.env.iter().cloned());
        request.mounts.extend(planned.mounts.mounts.iter().cloned());
        let work = self.next_workplace(request).map_err(of_step)?;
        let attach = AttachRequest {
            stdin: false,
            stdout: !build.request.quiet,
            stderr: true,
            signal_proxy: false,
            detach_keys: Some(String::new()),
        };
        let id = work.container.record.id.to_string();
        let started = build.engine.start(&id, StartMode::Attached(attach));
        let end = started.map_err(of_step)?;
        let Some(AttachEnd::Exited(exit)) = end else {
            return Err(Error::new("the container was left before it ended"));
        };
        if exit.code != 0 || !exit.known {
            let code = if exit.known { exit.code } else { 255 };
            return Err(Error::of(
                Kind::StepFailed(code),
                format!("while running runtime: exit status {code}"),
            ));
        }
        self.packed(work, false)
    }
}

/// A command that cannot be run is the step's failure, as where the OCI runtime says so.
fn of_step(error: Error) -> Error {
    match error.kind {
        Kind::CannotRun | Kind::NotFound => Error {
            kind: Kind::StepFailed(1),
            ..error
        },
        _ => error,
    }
}
