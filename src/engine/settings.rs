//! An engine whose settings are complete: options, then environment, then the user's files.

use crate::config;
use crate::config::Environment;
use crate::engine::{Engine, Error};
use crate::types::Settings;

impl Engine {
    /// Fills in what the options left open and remembers the result.
    pub fn open(options: Settings) -> Result<Self, Error> {
        let environment = Environment::current();
        Ok(Self::new(config::settings::complete(
            options,
            &environment,
        )?))
    }
}

impl From<config::Error> for Error {
    fn from(error: config::Error) -> Self {
        let shown = Self::new(error.to_string());
        match error.hint() {
            Some(hint) => shown.hint(hint),
            None => shown,
        }
    }
}
