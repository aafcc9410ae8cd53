//! `export`: a container's tree, without its volumes, as one tar.
//!
//! A confined worker reads and this process only passes its bytes on, a buffer at a time.

use std::io::Write;
use std::path::Path;

use crate::engine::place::{Output, writing};
use crate::engine::{Engine, Error};
use crate::layer;
use crate::layer::tree::Job;

impl Engine {
    /// Writes the tree of a container to a file; to standard output when `None`.
    pub fn export(&self, name: &str, output: Option<&Path>) -> Result<(), Error> {
        let held = self.hold(name)?;
        let container = &held.container;
        let mut output = Output::open(output)?;
        let mut visit = self.visit(vec![self.whole(container)?], Job::Export { root: false })?;
        let copied = visit.task.copy_to(&mut output.file);
        let done = visit.finish();
        let what = || format!("exporting {}", container.record.name);
        match copied {
            Err(layer::Error::Stream(error)) => return Err(writing(&error).while_doing(what())),
            other => other.map(drop).map_err(Error::from)?,
        }
        done.map_err(|error| Error::from(error).while_doing(what()))?;
        output.file.flush().map_err(|error| writing(&error))?;
        output.commit()
    }
}
