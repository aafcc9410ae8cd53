//! Hooks that run in the runtime's own namespaces: config.md, "POSIX-platform Hooks".
//!
//! Those of the container's namespaces are steps of the plan ([`crate::runtime::bundle_step`]).

use std::ffi::CString;
use std::fs::File;
use std::io::{PipeReader, Seek, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use oci_spec::runtime::Hook;

use crate::runtime::error::Error;
use crate::sys::poll::{Moved, Watched, poll, read};
use crate::sys::process::Ended;
use crate::sys::spawn::{Child, Program, Spawn};

/// A hook without a limit of its own still ends one day.
const FOREVER: Duration = Duration::from_secs(24 * 3600);
const SIGKILL: i32 = 9;

/// Runs hooks in their order; the first that fails ends it.
pub fn run(kind: &'static str, hooks: &[Hook], state: &serde_json::Value) -> Result<(), Error> {
    hooks.iter().try_for_each(|hook| run_one(kind, hook, state))
}

fn run_one(kind: &'static str, hook: &Hook, state: &serde_json::Value) -> Result<(), Error> {
    let failed = |why: String| Error::Hook {
        kind,
        path: hook.path().clone(),
        why,
    };
    let io = |error: std::io::Error| failed(error.to_string());
    if !hook.path().is_absolute() {
        return Err(failed("its path is not absolute".to_owned()));
    }
    let word = |text: &str| {
        CString::new(text).map_err(|_| failed("a word of it holds a NUL byte".to_owned()))
    };
    let path = word(&hook.path().to_string_lossy())?;
    let argv = match hook.args() {
        Some(args) if !args.is_empty() => {
            args.iter().map(|arg| word(arg)).collect::<Result<_, _>>()?
        }
        _ => vec![path.clone()],
    };
    let env = hook.env().iter().flatten();
    let mut input = state_file(state).map_err(io)?;
    input.rewind().map_err(io)?;
    let (said, errors) = std::io::pipe().map_err(io)?;
    let spawn = Spawn {
        argv,
        env: env.map(|entry| word(entry)).collect::<Result<_, _>>()?,
        stdin: Some(input.as_fd()),
        stderr: Some(errors.as_fd()),
        ..Spawn::default()
    };
    let child = spawn
        .start(Program::Path(&path))
        .map_err(|error| failed(error.reason()))?;
    drop(errors);
    let limit = match hook.timeout() {
        Some(seconds) if seconds > 0 => Duration::from_secs(seconds.unsigned_abs()),
        _ => FOREVER,
    };
    let last = read_until_ended(&said, &child, limit)?;
    match child.pidfd.wait(Duration::ZERO)? {
        Some(Ended::Exited(0)) => Ok(()),
        Some(Ended::Exited(code)) => Err(failed(format!("ended with code {code}{last}"))),
        Some(Ended::Signaled(signal)) => Err(failed(format!("was ended by signal {signal}"))),
        None => {
            let _ = child.pidfd.signal(SIGKILL);
            let _ = child.pidfd.wait(Duration::from_secs(5));
            Err(failed(format!("took longer than {} s", limit.as_secs())))
        }
    }
}

/// Takes what the hook writes until it ends or its time is over; returns its last line.
fn read_until_ended(said: &PipeReader, child: &Child, limit: Duration) -> Result<String, Error> {
    let deadline = Instant::now() + limit;
    let mut tail: Vec<u8> = Vec::new();
    let mut open = true;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut watched = [
            Watched::new(Some(child.pidfd.as_fd())).readable_if(true),
            Watched::new(Some(said.as_fd())).readable_if(open),
        ];
        poll(&mut watched, Some(left))?;
        if watched[1].can_read() {
            let mut bytes = [0; 4096];
            match read(said, &mut bytes) {
                Moved::Bytes(0) | Moved::Failed(_) => open = false,
                Moved::Bytes(count) => tail.extend_from_slice(&bytes[..count]),
                Moved::NotYet => {}
            }
            tail.drain(..tail.len().saturating_sub(TAIL));
        } else if watched[0].can_read() || left.is_zero() {
            break;
        }
    }
    let text = String::from_utf8_lossy(&tail);
    Ok(match text.trim().lines().next_back() {
        Some(line) => format!(": {}", crate::types::escape::visible(line)),
        None => String::new(),
    })
}

/// Bytes of a hook's words that are kept.
const TAIL: usize = 4096;

/// The state as a file: of any size, and nobody has to feed a pipe.
fn state_file(state: &serde_json::Value) -> std::io::Result<File> {
    let mut file = File::from(
        crate::sys::memfd::plain(c"state")
            .map_err(|error| std::io::Error::from_raw_os_error(error.errno))?,
    );
    file.write_all(state.to_string().as_bytes())?;
    Ok(file)
}
