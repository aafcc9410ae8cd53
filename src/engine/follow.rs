//! Work that goes on without a command: what follows an exit, and emptying the trash.
//!
//! Each runs in a process of its own (`role.rs`) and takes its orders from argv or from
//! descriptors; what it leaves undone the next command does.

use std::path::PathBuf;

use crate::engine::{Engine, Error};
use crate::store::Store;
use crate::types::Settings;
use crate::userns::worker;

/// After an exit, in place of the monitor: `coracle:exited ROOT RUNROOT ID EVENTS PATH SIZE`.
pub fn exited() -> Result<(), Error> {
    let (engine, id) = engine_of_words()?;
    engine.after_exit(&id)
}

/// The engine and the container that a command of the monitor is about.
pub(crate) fn engine_of_words() -> Result<(Engine, String), Error> {
    let mut words = std::env::args().skip(1);
    let (Some(root), Some(runroot), Some(id)) = (words.next(), words.next(), words.next()) else {
        return Err(Error::new("a monitor's command takes three words"));
    };
    let said = |word: Option<String>| word.filter(|word| !word.is_empty());
    let [backend, path, size] = [words.next(), words.next(), words.next()].map(said);
    // The monitor's lock came along; held any longer, the container would seem to run.
    crate::sys::fd::close_all_but(&[])?;
    let engine = Engine::new(Settings {
        root: PathBuf::from(root),
        runroot: (!runroot.is_empty()).then(|| PathBuf::from(runroot)),
        events_backend: backend,
        events_path: path.map(PathBuf::from),
        events_max_size: size.and_then(|size| size.parse().ok()),
        // A restart connects the container as its start did.
        network: crate::engine::settings::settings_here().network,
        ..Settings::default()
    });
    Ok((engine, id))
}

/// Deletes the trash, in U0, and sees what is new to the disk; the store is descriptor 3.
pub fn sweep() -> Result<(), Error> {
    let _root = worker::enter()?;
    let store = Store::handed_over("/proc/self/fd/3".as_ref());
    let swept = store.sweep();
    store.settle()?;
    Ok(swept?)
}
