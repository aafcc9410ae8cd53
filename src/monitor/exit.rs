//! The exit record a monitor left, and waiting for it.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::monitor::Error;
use crate::sys::open;
use crate::sys::watch::Watch;
use crate::types::ExitRecord;

/// The record's name in a container's directory.
pub const FILE: &str = "exit";

/// More than a record and its error text need.
const SIZE_MAX: u64 = 64 * 1024;
/// How often the world is looked at although nothing was told: a killed monitor is silent.
const LOOK: Duration = Duration::from_millis(500);

/// Reads the record in a container's directory; `None` while there is none.
///
/// A damaged record reads as none: whoever finds no monitor either writes a new one.
pub fn read(directory: &Path) -> Result<Option<ExitRecord>, Error> {
    let path = directory.join(FILE);
    let file = match open::open_plain(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file(&path, &error)),
    };
    let mut bytes = Vec::new();
    file.take(SIZE_MAX)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::file(&path, &error))?;
    Ok(ExitRecord::parse(&String::from_utf8_lossy(&bytes)))
}

/// Waits until there is a record, or the monitor is gone, or the time is over.
///
/// `alive` says whether the monitor lives. A monitor that ended without a record leaves
/// `None` although time is left.
pub fn wait(
    directory: &Path,
    alive: &dyn Fn() -> bool,
    limit: Option<Duration>,
) -> Result<Option<ExitRecord>, Error> {
    let deadline = limit.map(|limit| Instant::now() + limit);
    let watch = Watch::directory(directory);
    loop {
        let lives = alive(); // asked first: a record it wrote while dying is found below
        if let Some(record) = read(directory)? {
            return Ok(Some(record));
        }
        let left = deadline.map_or(LOOK, |at| at.saturating_duration_since(Instant::now()));
        if !lives || left.is_zero() {
            return Ok(None);
        }
        watch.wait(left.min(LOOK));
    }
}
