//! `unshare`: a command of the user's in U0, as its root, in a mount namespace of its own.
//!
//! The command replaces this process. It inherits the right to use U0 and the lock of its
//! session (`store/session.rs`); `mount` puts trees there, and they end with the namespace.

use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use crate::engine::{Engine, Error, Kind};
use crate::sys;
use crate::sys::namespace;
use crate::types::escape;

/// Where a command inside learns of its session.
pub const SESSION: &str = "CORACLE_UNSHARE";

impl Engine {
    /// Becomes the command; returns only when that fails.
    #[allow(
        clippy::disallowed_methods,
        reason = "the command that the user typed, in the user's environment"
    )]
    pub fn unshare(&self, command: &[String]) -> Result<(), Error> {
        if self.session()?.is_some() {
            return Err(become_command(
                Command::new(&command[0]).args(&command[1..]),
            ));
        }
        let (store, base) = (self.store()?, self.base()?);
        let runtime = self.runtime_dir()?.clone();
        let session = store.begin_session()?;
        namespace::join(base.ns.as_fd(), namespace::CLONE_NEWUSER)?;
        sys::confine::become_root()?;
        // A change of ids takes our own /proc away from us: proc(5), /proc/PID.
        sys::process::set_dumpable(true)?;
        namespace::leave(namespace::CLONE_NEWNS)?;
        sys::mount::make_private()?;
        // As long as one process of the session lives, U0 and the session's directory are used.
        sys::fd::inherit(session.fd())?;
        sys::fd::inherit(base.users.as_fd())?;
        let mut command_line = Command::new(&command[0]);
        command_line
            .args(&command[1..])
            .env(SESSION, session.path())
            .env("CONTAINERS_GRAPHROOT", store.root())
            .env("CONTAINERS_RUNROOT", runtime);
        Err(become_command(&mut command_line))
    }

    /// The directory of the session that this process is in.
    pub(crate) fn session(&self) -> Result<Option<PathBuf>, Error> {
        let Some(path) = std::env::var_os(SESSION).map(PathBuf::from) else {
            return Ok(None);
        };
        let inside = sys::fs::own_uid() == 0 && self.store()?.is_session(&path);
        Ok(inside.then_some(path))
    }
}

fn become_command(command: &mut Command) -> Error {
    let error = command.exec();
    let name = escape::visible(&command.get_program().to_string_lossy());
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound => Kind::NotFound,
        _ => Kind::CannotRun,
    };
    let errno = error.raw_os_error().unwrap_or_default();
    Error::of(kind, format!("cannot run {name}: {}", sys::reason(errno)))
}
