//! The programs that connect a container: where they are, and how the monitor runs one.
//!
//! Both live in the host's namespaces as the plain user and reach into the container's by
//! its first process's number, which is not known when the command line is made.

use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::network::error::Error;

/// Stands in [`HelperCommand::argv`] for the decimal number of the container's init.
pub const PID_MARK: u8 = 1;

/// The descriptor a helper writes to when it is ready, with [`Ready::Byte`].
pub const READY_FD: i32 = 3;

/// The descriptor whose end of file ends a helper, with [`Ready::Byte`].
pub const EXIT_FD: i32 = 4;

/// Where helpers are looked for when PATH is not set.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// How a start waits for its helper; longer than any busy machine needs.
pub const TIMEOUT_SECONDS: u32 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelperKind {
    Pasta,
    Slirp,
}

impl HelperKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pasta => "pasta",
            Self::Slirp => "slirp4netns",
        }
    }
}

/// How the monitor learns that the network is up, and how it ends the helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ready {
    /// The program puts itself into the background: its first process exits with 0 once
    /// everything is configured and bound; the one that stays has written its number into
    /// `pid_file` before, and the monitor inherits it as subreaper. It must be killed
    /// (SIGTERM) and waited for at the end: old versions outlive the container.
    Background { pid_file: PathBuf },
    /// The program stays in the foreground. [`READY_FD`] is the writing end of a pipe on
    /// which it writes the byte `1`; end of file without it is a failure. [`EXIT_FD`] is the
    /// reading end of a pipe whose other end the monitor holds for life: closing it (or the
    /// monitor's death) ends the program within some 20 ms.
    Byte,
}

/// Requests to send one by one once the program is ready: connect to the stream socket,
/// write, shut down writing, read the answer (at most [`Api::ANSWER`] bytes) to its end.
/// An answer without `"return"` is a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// Fewer than 108 bytes: the program itself binds it by this path.
    pub socket: PathBuf,
    pub requests: Vec<String>,
}

impl Api {
    pub const ANSWER: usize = 1024;
}

/// A network helper as the monitor runs it: exec from the host's namespaces, standard
/// input and output /dev/null, standard error a pipe whose last line says why it failed,
/// no other descriptors than [`Ready`] names, environment [`HelperCommand::ENVIRONMENT`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelperCommand {
    pub kind: HelperKind,
    /// The first word is the absolute path of the program.
    pub argv: Vec<CString>,
    pub ready: Ready,
    pub api: Option<Api>,
}

impl HelperCommand {
    /// Nothing of the user's environment reaches a helper (S-103).
    pub const ENVIRONMENT: &'static [&'static str] = &["PATH=/usr/sbin:/usr/bin:/sbin:/bin"];
}

/// Words of a command line; [`PID_MARK`] may only come from us.
pub fn arguments<I, S>(words: I) -> Result<Vec<CString>, Error>
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    words
        .into_iter()
        .map(|word| {
            let bytes = word.as_ref().as_bytes();
            CString::new(bytes)
                .map_err(|_| Error::Path(PathBuf::from(OsStr::from_bytes(bytes).to_owned())))
        })
        .collect()
}

/// A path of ours as a word, refused where it could be read as the mark.
pub fn path_word(path: &Path) -> Result<&OsStr, Error> {
    if path.as_os_str().as_bytes().contains(&PID_MARK) {
        return Err(Error::Path(path.to_owned()));
    }
    Ok(path.as_os_str())
}

/// `/proc/<pid>/ns/<name>` with the mark in the place of the number.
pub fn namespace_path(name: &str) -> String {
    format!("/proc/{}/ns/{name}", char::from(PID_MARK))
}

/// Finds a program in PATH; relative entries, the current directory among them, are passed over.
pub fn find(program: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    let path = path.unwrap_or(OsStr::new(DEFAULT_PATH));
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|file| is_executable(file))
}

fn is_executable(file: &Path) -> bool {
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_folders_are_searched() {
        let here = std::env::current_dir().expect("a directory");
        let found = find("sh", Some(OsStr::new(".:bin::/bin")));
        assert_eq!(found, Some(PathBuf::from("/bin/sh")));
        assert_eq!(find("Cargo.toml", Some(here.as_os_str())), None);
        assert_eq!(find("no-such-program", None), None);
    }

    #[test]
    fn our_paths_cannot_hold_the_mark() {
        assert!(path_word(Path::new("/run/a\u{1}b")).is_err());
        assert!(path_word(Path::new("/run/ab")).is_ok());
    }
}
