//! What a build shows: one line per step, as Podman prints them and scripts read them.

use std::path::Path;

use crate::cli::error::Error;
use crate::cli::output;
use crate::engine::{Narrator, StageNumber, Told, replace_error_output, replace_output};

/// Lines on standard output; warnings on standard error.
pub struct Lines {
    /// `--quiet`: warnings only.
    pub quiet: bool,
    /// Whether steps have ids.
    pub layers: bool,
}

impl Narrator for Lines {
    fn tell(&self, told: Told<'_>) {
        let line = match told {
            Told::Warning(line) => {
                output::warn(line);
                return;
            }
            _ if self.quiet => return,
            Told::Step {
                stage,
                number,
                of,
                text,
            } => format!("{}STEP {number}/{of}: {text}", of_stage(stage)),
            Told::Cached { id } => format!("--> Using cache {}", id.hex()),
            Told::Made { .. } if !self.layers => return,
            Told::Made { id } => format!("--> {}", &id.hex()[..12]),
            Told::Commit { stage, name: "" } => format!("{}COMMIT", of_stage(stage)),
            Told::Commit { stage, name } => format!("{}COMMIT {name}", of_stage(stage)),
            Told::Tagged { name } => format!("Successfully tagged {name}"),
        };
        // Who does not want to read on loses nothing of the build.
        let _ = output::line(&line);
    }
}

/// Which of several stages.
fn of_stage(stage: StageNumber) -> String {
    match stage.of {
        1 => String::new(),
        of => format!("[{}/{of}] ", stage.number),
    }
}

/// `--logfile`: what the build says goes there, warnings and steps' errors too.
pub fn into_file(path: &Path) -> Result<(), Error> {
    let failed = |source| Error::File {
        doing: "opening",
        path: path.to_owned(),
        source,
    };
    let file = std::fs::File::create(path).map_err(failed)?;
    let again = file.try_clone().map_err(failed)?;
    let replaced = replace_output(file).and_then(|()| replace_error_output(again));
    replaced.map_err(|error| Error::usage("--logfile", error.to_string()))
}
