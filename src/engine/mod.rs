//! The verbs, in the order things happen; one file per verb.
//!
//! `engine` alone walks the whole road. It takes requests and gives back values of
//! `types` or of `views`; it never prints.

pub mod error;
pub mod views;

mod create;
mod exec;
mod hello;
mod image;
mod info;
mod lifecycle;
mod list;
mod load;
mod logs;
mod pull;
mod runtime_dir;
mod save;
mod settings;
mod start;

pub use error::Error;
pub use views::*;

use crate::types::Settings;

/// The opened stores and settings every verb works with.
pub struct Engine {
    pub settings: Settings,
}

impl Engine {
    /// Remembers the settings; the store is opened by the first verb that needs it.
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }
}
