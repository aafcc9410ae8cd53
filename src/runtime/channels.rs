//! The two ways between a command and the monitor it starts: reports come, the word goes.
//!
//! Two pipes, so that a command's death is seen at once; for a start that is held until a later
//! command comes, two FIFOs in the container's runtime directory.

use std::os::fd::OwnedFd;
use std::path::Path;

use crate::runtime::launch::io_error;
use crate::sys::SysError;
use crate::sys::fs;

/// Both ends of the two ways between command and monitor.
pub(crate) struct Channels {
    pub report: OwnedFd,
    pub report_theirs: OwnedFd,
    pub go: OwnedFd,
    pub go_theirs: OwnedFd,
}

/// The names of the FIFOs of a start that is held.
pub(crate) const REPORT: &[u8] = b"report";
pub(crate) const GO: &[u8] = b"go";

impl Channels {
    pub fn pipes() -> Result<Self, SysError> {
        let (report, report_theirs) = std::io::pipe().map_err(|e| io_error("pipe2", &e))?;
        let (go_theirs, go) = std::io::pipe().map_err(|e| io_error("pipe2", &e))?;
        Ok(Self {
            report: report.into(),
            report_theirs: report_theirs.into(),
            go: go.into(),
            go_theirs: go_theirs.into(),
        })
    }

    /// FIFOs, whose other ends the monitor opens both ways: neither end of file nor SIGPIPE
    /// reaches it when the command leaves, fifo(7).
    pub fn fifos(directory: &Path) -> Result<Self, SysError> {
        let directory = fs::open_directory(directory)?;
        for name in [REPORT, GO] {
            fs::fifo_at(&directory, name, 0o600)?;
        }
        let both = fs::Open::CreateOrOpen(0);
        let report_theirs = fs::open_at(&directory, REPORT, both)?;
        let go_theirs = fs::open_at(&directory, GO, both)?;
        Ok(Self {
            report: fs::open_at(&directory, REPORT, fs::Open::Read)?,
            report_theirs,
            go: fs::open_at(&directory, GO, fs::Open::Write)?,
            go_theirs,
        })
    }
}
