//! The programs of others this room runs: newuidmap, newgidmap, getsubids; bounded in time and output.

use std::ffi::{CString, OsStr};
use std::io::{PipeReader, Read, pipe};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::sys::process::{Ended, readable_within};
use crate::sys::spawn::{Child, Program, Spawn};
use crate::sys::{self};
use crate::userns::error::Error;

/// newuidmap takes 3 ms; one that hangs (NSS, a fake) is given up.
const TIMEOUT: Duration = Duration::from_secs(10);

/// More than this no tool has to say.
const MAX_OUTPUT: usize = 64 * 1024;

const SIGKILL: i32 = 9;

/// Finds an executable file in PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| {
            file.metadata()
                .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
        })
}

/// Runs a program to its end and returns what it printed; failing is an error.
pub(crate) fn output(program: &Path, args: &[&str]) -> Result<String, Error> {
    let done = Job::start(program, args)?.finish()?;
    match done.ended {
        Ended::Exited(0) => Ok(done.text),
        ended => Err(Error::Tool {
            program: program.to_owned(),
            ended,
            text: done.text,
        }),
    }
}

/// A running tool; killed when dropped unfinished.
#[derive(Debug)]
pub(crate) struct Job {
    program: PathBuf,
    child: Child,
    output: PipeReader,
    deadline: Instant,
    finished: bool,
}

/// How it ended and what it printed on both streams.
#[derive(Debug)]
pub(crate) struct Done {
    pub ended: Ended,
    pub text: String,
}

impl Job {
    /// Starts the program with an environment of its own making.
    pub(crate) fn start(program: &Path, args: &[&str]) -> Result<Self, Error> {
        let (output, writer) = pipe().map_err(|source| Error::file(program, source))?;
        let path = word(program.as_os_str())?;
        let mut argv = vec![path.clone()];
        for arg in args {
            argv.push(word(OsStr::new(arg))?);
        }
        let spawn = Spawn {
            argv,
            // What a privileged program inherits is its own affair; give it nothing to misread.
            env: vec![word(OsStr::new("PATH=/usr/sbin:/usr/bin:/sbin:/bin"))?],
            stdout: Some(writer.as_fd()),
            stderr: Some(writer.as_fd()),
            ..Spawn::default()
        };
        let child = spawn.start(Program::Path(&path))?;
        Ok(Self {
            program: program.to_owned(),
            child,
            output,
            deadline: Instant::now() + TIMEOUT,
            finished: false,
        })
    }

    /// Waits for its end.
    pub(crate) fn finish(mut self) -> Result<Done, Error> {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        while bytes.len() < MAX_OUTPUT && readable_within(self.output.as_fd(), self.left())? {
            match self.output.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => bytes.extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(source) => return Err(Error::file(&self.program, source)),
            }
        }
        let Some(ended) = self.child.pidfd.wait(self.left())? else {
            return Err(Error::ToolHangs {
                program: self.program.clone(),
                after: TIMEOUT,
            });
        };
        self.finished = true;
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        Ok(Done { ended, text })
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !self.finished {
            let _ = self.child.pidfd.signal(SIGKILL);
            let _ = self.child.pidfd.wait(Duration::from_secs(1));
        }
    }
}

fn word(text: &OsStr) -> Result<CString, Error> {
    CString::new(text.as_bytes())
        .map_err(|_| sys::SysError::new("execve", text.to_string_lossy(), 22).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tool_prints_and_how_it_ends() {
        let echo = output(Path::new("/bin/echo"), &["a", "b"]).expect("echo");
        assert_eq!(echo, "a b");
        let failed = output(Path::new("/bin/false"), &[]).unwrap_err();
        assert!(
            matches!(
                failed,
                Error::Tool {
                    ended: Ended::Exited(1),
                    ..
                }
            ),
            "{failed:?}"
        );
        assert!(output(Path::new("/no/such"), &[]).is_err());
    }
}
