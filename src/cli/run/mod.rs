//! `run` and `create`: from flags to a [`RunRequest`], then the engine's verbs.

pub mod convert;
pub mod device;
pub mod egress;
pub mod env;
pub mod flags;
pub mod health;
pub mod ids;
pub mod limits;
pub mod mount;
pub mod network;
pub mod port;
pub mod preserved;
pub mod resources;
pub mod secret;
pub mod security;
pub mod tag;
pub mod volume;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::cli::run::convert::Host;
use crate::cli::run::flags::{ContainerArgs, CreateArgs, RunArgs};
use crate::engine::error::Kind;
use crate::engine::{AttachEnd, AttachRequest, Engine, RemoveRequest, StartMode};
use crate::types::{ContainerId, RunRequest};

/// `create`
pub fn create(engine: &Engine, args: &CreateArgs) -> Result<u8, Error> {
    let request = convert::request(&args.container, &Host::here(&engine.settings)?)?;
    // What a later `start -a` joins is its own choice; the words are checked all the same.
    streams(&args.container, &request)?;
    let id = make(engine, &args.container, &request)?;
    output::line(id.as_str())?;
    Ok(exit::SUCCESS)
}

/// `run`
pub fn run(engine: &Engine, args: &RunArgs) -> Result<u8, Error> {
    let mut request = convert::request(&args.container, &Host::here(&engine.settings)?)?;
    request.detach_keys = args.detach_keys.clone();
    request.runs_at_once = true;
    request.preserve_fds = preserved::numbers(args.preserve_fds, &args.preserve_fd)?;
    let mode = mode(args, &request)?;
    if !args.detach {
        output::warn_without_terminal(request.tty, request.interactive);
    }
    let id = make(engine, &args.container, &request)?;
    // Whoever sees no output sees the id.
    let silent = match &mode {
        StartMode::Detached => true,
        StartMode::Attached(streams) => !streams.stdout && !streams.stderr,
    };
    let end = engine.start(id.as_str(), mode).inspect_err(|_| {
        if request.remove {
            discard(engine, &id);
        }
    })?;
    if silent {
        output::line(id.as_str())?;
    }
    Ok(match end {
        Some(AttachEnd::Exited(record)) => {
            let code = exit::of_record(&record);
            // Not where a signal ended it, nor where we could not run it.
            if (1..125).contains(&code)
                && let Some(hint) = engine.access_hint()
            {
                output::hint(&hint);
            }
            code
        }
        Some(AttachEnd::Detached) | None => exit::SUCCESS,
    })
}

/// A container with `--rm` that could not start is not kept; the error that counts is the start's.
fn discard(engine: &Engine, id: &ContainerId) {
    let request = RemoveRequest {
        force: true,
        volumes: true,
        timeout: Some(0),
    };
    match engine.remove(id.as_str(), &request) {
        Err(error) if error.kind != Kind::NoSuchObject => output::warn(&error.to_string()),
        _ => {}
    }
}

/// Decides how `run` goes on once the workload runs.
fn mode(args: &RunArgs, request: &RunRequest) -> Result<StartMode, Error> {
    let attach = streams(&args.container, request)?;
    if args.detach {
        if !args.container.attach.is_empty() {
            return Err(Error::usage(
                "",
                "--attach and --detach cannot be used together",
            ));
        }
        return Ok(StartMode::Detached);
    }
    Ok(StartMode::Attached(AttachRequest {
        // Signals of a terminal reach the workload as keys: podman-run(1), "--sig-proxy".
        signal_proxy: args.sig_proxy && !request.tty,
        detach_keys: request.detach_keys.clone(),
        ..attach
    }))
}

/// Says which of the caller's streams are joined: those named, or output and `-i`'s input.
fn streams(args: &ContainerArgs, request: &RunRequest) -> Result<AttachRequest, Error> {
    let mut attach = AttachRequest::default();
    for word in &args.attach {
        match word.to_ascii_lowercase().as_str() {
            "stdin" => attach.stdin = true,
            "stdout" => attach.stdout = true,
            "stderr" => attach.stderr = true,
            _ => {
                let what = format!("--attach \"{word}\"");
                return Err(Error::usage(what, "is none of stdin, stdout and stderr"));
            }
        }
    }
    if args.attach.is_empty() {
        attach.stdin = request.interactive;
        attach.stdout = true;
        attach.stderr = true;
    }
    Ok(attach)
}

/// Makes the container, and what `--cidfile`, `--replace` and `--quiet` ask around it.
fn make(engine: &Engine, args: &ContainerArgs, request: &RunRequest) -> Result<ContainerId, Error> {
    if args.kernel_memory.is_some() {
        output::warn("The --kernel-memory flag is no longer supported. This flag is a noop.");
    }
    let cidfile = args.cidfile.as_deref().map(CidFile::reserve).transpose()?;
    if args.replace {
        replace(engine, request)?;
    }
    let progress = progress::choose(args.quiet);
    let id = engine.create(request, progress.as_ref())?;
    drop(progress);
    tag::fill(engine, &id, &request.log)?;
    if let Some(file) = cidfile {
        file.write(&id)?;
    }
    Ok(id)
}

/// Removes the container whose name is wanted.
fn replace(engine: &Engine, request: &RunRequest) -> Result<(), Error> {
    let Some(name) = &request.name else {
        return Err(Error::usage("--replace", "needs --name"));
    };
    // Only the name counts: an id that begins like it is another container.
    match engine.container(name.as_str()) {
        Ok(found) if found.record.name == *name => {}
        Ok(_) => return Ok(()),
        Err(error) if error.kind == Kind::NoSuchObject => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    let removal = RemoveRequest {
        force: true,
        ..RemoveRequest::default()
    };
    match engine.remove(name.as_str(), &removal) {
        Err(error) if error.kind != Kind::NoSuchObject => Err(error.into()),
        _ => Ok(()),
    }
}

/// A file opened before the container is made: where it cannot be written, none is.
struct CidFile {
    path: PathBuf,
    file: File,
    /// Nobody else had one there.
    new: bool,
    written: bool,
}

impl CidFile {
    fn reserve(path: &Path) -> Result<Self, Error> {
        let new = !path.exists();
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|source| Error::File {
                doing: "creating --cidfile",
                path: path.to_owned(),
                source,
            })?;
        Ok(Self {
            path: path.to_owned(),
            file,
            new,
            written: false,
        })
    }

    fn write(mut self, id: &ContainerId) -> Result<(), Error> {
        // What an earlier container left there gives way, as with Podman.
        let written = self
            .file
            .set_len(0)
            .and_then(|()| self.file.write_all(id.as_str().as_bytes()));
        self.written = written.is_ok();
        written.map_err(|source| Error::File {
            doing: "writing --cidfile",
            path: self.path.clone(),
            source,
        })
    }
}

impl Drop for CidFile {
    /// No container, no file.
    fn drop(&mut self) {
        if self.new && !self.written {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
