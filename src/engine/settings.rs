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

/// Returns the settings of whoever gives no options; what cannot be read says nothing.
pub fn settings_here() -> Settings {
    let complete = config::settings::complete(Settings::default(), &Environment::current());
    complete.unwrap_or_default()
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
