//! Every exit code of a command, and why.
//!
//! The convention is Podman's, podman(1) "Exit Codes": 125 when Coracle itself failed, 126 when
//! the command in the container cannot be run, 127 when it was not found, else the container's
//! own code, which is 128+n when signal n ended it. No other file chooses a code.

use std::process::ExitCode;

use crate::cli::error::Error;
use crate::engine;
use crate::engine::error::Kind;
use crate::types::ExitRecord;

pub const SUCCESS: u8 = 0;
/// Coracle's own failure, wrong usage included.
pub const ENGINE: u8 = 125;
/// The command cannot be run.
pub const CANNOT_RUN: u8 = 126;
/// The command was not found.
pub const COMMAND_NOT_FOUND: u8 = 127;
/// `exists`, `rm` and `rmi`: there is no such object.
pub const NO_SUCH_OBJECT: u8 = 1;
/// `runtime`: any failure of ours, as runc's and crun's callers expect.
pub const RUNTIME: u8 = 1;
/// `--log-level` and `--debug`: refused before anything else.
pub const LOGGING: u8 = 1;
/// `rm` and `rmi`: the object is used or runs.
pub const IN_USE: u8 = 2;

/// `healthcheck run`: the check failed.
pub const UNHEALTHY: u8 = 1;

/// Which convention a command follows when an object is missing or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// 125 for everything of ours.
    Usual,
    /// podman-rm(1), podman-rmi(1): 1 for a missing object, 2 for one in use.
    Removal,
}

/// Returns the code of a failure.
pub fn of_error(error: &Error, convention: Convention) -> u8 {
    let Error::Engine(failed) = error else {
        return match error {
            // Whoever read our output left: that is no failure of ours.
            Error::ReaderLeft => SUCCESS,
            Error::Logging(_) => LOGGING,
            _ => ENGINE,
        };
    };
    match (failed.kind, convention) {
        (Kind::CannotRun, _) => CANNOT_RUN,
        (Kind::NotFound, _) => COMMAND_NOT_FOUND,
        (Kind::StepFailed(code), _) => of_status(code),
        (Kind::NoSuchObject, Convention::Removal) => NO_SUCH_OBJECT,
        (Kind::InUse, Convention::Removal) => IN_USE,
        (Kind::Failure | Kind::NoSuchObject | Kind::InUse, _) => ENGINE,
    }
}

/// Returns what `exists` says of an object that was looked for.
pub fn of_search<T>(found: Result<T, engine::Error>) -> Result<u8, Error> {
    match found {
        Ok(_) => Ok(SUCCESS),
        Err(error) if error.kind == Kind::NoSuchObject => Ok(NO_SUCH_OBJECT),
        Err(error) => Err(error.into()),
    }
}

/// Returns what `exists` says of an object that is there or is not.
pub fn of_presence(there: bool) -> u8 {
    if there { SUCCESS } else { NO_SUCH_OBJECT }
}

/// Returns the code of a command that failed in two ways: ours outweighs a missing or used object.
pub fn worse(one: u8, other: u8) -> u8 {
    one.max(other)
}

/// Returns the code of a container that ended; what nobody saw is never 0.
pub fn of_record(record: &ExitRecord) -> u8 {
    if record.known {
        of_status(record.code)
    } else {
        of_status(if record.code == 0 { 255 } else { record.code })
    }
}

/// Returns a workload's code as a process can carry it.
pub fn of_status(code: i32) -> u8 {
    u8::try_from(code).unwrap_or(255)
}

/// Returns what `main` gives back.
pub fn to_process(code: u8) -> ExitCode {
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Timestamp;

    #[test]
    fn failures_become_podmans_codes() {
        for (kind, usual, removal) in [
            (Kind::Failure, 125, 125),
            (Kind::CannotRun, 126, 126),
            (Kind::NotFound, 127, 127),
            (Kind::NoSuchObject, 125, 1),
            (Kind::InUse, 125, 2),
        ] {
            let error = Error::Engine(engine::Error::of(kind, "x"));
            assert_eq!(of_error(&error, Convention::Usual), usual, "{kind:?}");
            assert_eq!(of_error(&error, Convention::Removal), removal, "{kind:?}");
        }
        assert_eq!(of_error(&Error::ReaderLeft, Convention::Usual), 0);
    }

    #[test]
    fn an_end_nobody_saw_is_not_success() {
        let mut record = ExitRecord {
            code: 0,
            signal: 0,
            finished: Timestamp::default(),
            oom_killed: false,
            log_lost: 0,
            known: false,
            error: String::new(),
        };
        assert_eq!(of_record(&record), 255);
        record.known = true;
        assert_eq!(of_record(&record), 0);
        record.code = 137;
        assert_eq!(of_record(&record), 137);
    }
}
