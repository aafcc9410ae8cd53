//! The programs that connect a container: where they are, and how the monitor runs one.
//!
//! Both live in the host's namespaces as the plain user and reach into the container's by the
//! number of a process that is there, which is not known when the command line is made. It is
//! not init: the entries of init in /proc are closed to everybody as soon as it has dropped its
//! rights. The monitor puts a process of its own there until the helper is ready.

use std::ffi::{CString, OsStr};
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::network::error::Error;
use crate::sys::process::{Ended, readable_within};
use crate::sys::spawn::{Program, Spawn};

/// Stands in [`HelperCommand::argv`] for the decimal number of a process in the container's
/// user and network namespaces.
pub const PID_MARK: u8 = 1;
/// The same as a word.
pub const PID_WORD: &str = "\u{1}";

/// The descriptor a helper writes to when it is ready, with [`Ready::Byte`].
pub const READY_FD: i32 = 3;

/// The descriptor whose end of file ends a helper, with [`Ready::Byte`].
pub const EXIT_FD: i32 = 4;

/// Where helpers are looked for when PATH is not set.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

const SIGKILL: i32 = 9;

/// How a start waits for its helper; longer than any busy machine needs.
pub const TIMEOUT_SECONDS: u32 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelperKind {
    Pasta,
    Slirp,
    /// Ours: has the namespace of all bridges keep the container's.
    Bridge,
}

impl HelperKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pasta => "pasta",
            Self::Slirp => "slirp4netns",
            Self::Bridge => "bridge",
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

/// Requests that the engine makes once the program is ready and before the workload starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// Fewer than 108 bytes: the program itself binds it by this path.
    pub socket: PathBuf,
    pub requests: Vec<String>,
}

impl Api {
    /// The most of one answer of slirp4netns that is read.
    pub const ANSWER: usize = 1024;

    /// Sends every request on a connection of its own, as slirp4netns wants it, and removes
    /// the socket: nobody needs it afterwards.
    pub fn publish(&self) -> Result<(), Error> {
        let done = self.requests.iter().try_for_each(|request| {
            let refused = |reason: String| Error::Refused {
                request: request.clone(),
                reason,
            };
            match self.ask(request) {
                Err(error) => Err(refused(error.to_string())),
                Ok(answer) if answer.contains("\"return\"") => Ok(()),
                Ok(answer) => Err(refused(answer.trim().to_owned())),
            }
        });
        let _ = std::fs::remove_file(&self.socket);
        done
    }

    fn ask(&self, request: &str) -> io::Result<String> {
        let mut stream = UnixStream::connect(&self.socket)?;
        let limit = Some(Duration::from_secs(u64::from(TIMEOUT_SECONDS)));
        stream.set_read_timeout(limit)?;
        stream.set_write_timeout(limit)?;
        stream.write_all(request.as_bytes())?;
        stream.shutdown(Shutdown::Write)?;
        let mut answer = String::new();
        stream
            .take(Self::ANSWER as u64)
            .read_to_string(&mut answer)?;
        Ok(answer)
    }
}

/// A network helper as the monitor runs it: exec from the host's namespaces, standard
/// input and output /dev/null, standard error a pipe whose last line says why it failed,
/// no other descriptors than [`Ready`] names, and of the user's environment nothing (S-103): a
/// PATH of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelperCommand {
    pub kind: HelperKind,
    /// The first word is the absolute path of the program.
    pub argv: Vec<CString>,
    pub ready: Ready,
    pub api: Option<Api>,
}

impl HelperCommand {
    /// Runs a helper that goes into the background for a process that is there; returns the
    /// number of the one that stays.
    pub fn run_for(&self, pid: i32, limit: Duration) -> Result<i32, Error> {
        let Ready::Background { pid_file } = &self.ready else {
            return Err(Error::Holder(format!("{} stays", self.kind.as_str())));
        };
        let number = pid.to_string();
        let with_pid = |word: &CString| {
            let mut bytes = Vec::new();
            for byte in word.as_bytes() {
                match *byte {
                    PID_MARK => bytes.extend_from_slice(number.as_bytes()),
                    other => bytes.push(other),
                }
            }
            CString::new(bytes).expect("neither digits nor a word's bytes hold NUL")
        };
        let (mut read, write) = io::pipe().map_err(Error::holder)?;
        let _ = std::fs::remove_file(pid_file);
        let spawn = Spawn {
            argv: self.argv.iter().map(with_pid).collect(),
            env: vec![CString::from(c"PATH=/usr/sbin:/usr/bin:/sbin:/bin")],
            stderr: Some(write.as_fd()),
            own_session: true,
            ..Spawn::default()
        };
        let child = spawn.start(Program::Path(&self.argv[0]))?;
        drop(write);
        let ended = child.pidfd.wait(limit)?;
        if ended != Some(Ended::Exited(0)) {
            let _ = child.pidfd.signal(SIGKILL);
            let mut said = vec![0; 4096];
            let count = match readable_within(read.as_fd(), Duration::ZERO)? {
                true => read.read(&mut said).unwrap_or(0),
                false => 0,
            };
            let text = crate::types::escape::visible_bytes(said[..count].trim_ascii_end());
            return Err(Error::Holder(format!("{}: {text}", self.kind.as_str())));
        }
        let text = std::fs::read_to_string(pid_file).map_err(Error::holder)?;
        let stays = text.trim().parse();
        stays.map_err(|_| Error::Holder("the helper wrote no number".to_owned()))
    }
}

/// The monitor's room for a command line, in bytes and in words.
const MAX_BYTES: usize = 7 << 10;
const MAX_WORDS: usize = 200;

/// Words of a command line; [`PID_MARK`] may only come from us.
pub fn arguments<I, S>(words: I) -> Result<Vec<CString>, Error>
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let made: Vec<CString> = words
        .into_iter()
        .map(|word| {
            let bytes = word.as_ref().as_bytes();
            CString::new(bytes)
                .map_err(|_| Error::Path(PathBuf::from(OsStr::from_bytes(bytes).to_owned())))
        })
        .collect::<Result<_, Error>>()?;
    let bytes: usize = made.iter().map(|word| word.as_bytes().len()).sum();
    if bytes > MAX_BYTES || made.len() > MAX_WORDS {
        return Err(Error::TooMany);
    }
    Ok(made)
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
