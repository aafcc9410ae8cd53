//! Why a start failed, in the words of whoever failed.

use std::fs::File;
use std::path::PathBuf;

use crate::engine::foreign;
use crate::engine::server;
use crate::engine::{Error, Kind};
use crate::runtime::Failure;
use crate::runtime::foreign::Foreign;
use crate::runtime::launch::Starting;
use crate::types::ContainerRecord;

/// A start on its way, with the network helper's words.
pub(super) struct Launched {
    pub starting: Starting,
    pub errors: Option<File>,
    pub foreign: Option<Foreign>,
    /// Where the server of the tree complains, if there is one.
    pub served: PathBuf,
}

impl Launched {
    /// Says why the start failed; the workload's own failures decide the exit code.
    pub fn explain(&mut self, record: &ContainerRecord, failure: Failure) -> Error {
        if let Failure::Network(_) = failure {
            let said = self.errors.take().map(last_line).unwrap_or_default();
            return Error::new(format!("cannot start {}: network: {said}", record.name));
        }
        if let Some(said) = server::complaint(&self.served) {
            let name = &record.name;
            return Error::new(format!("cannot start {name}: fuse-overlayfs: {said}"));
        }
        let foreign = self.foreign.as_ref();
        let theirs = foreign.and_then(|f| foreign::explain(record, &f.log(), &failure));
        theirs.unwrap_or_else(|| explain(record, failure))
    }
}

impl Drop for Launched {
    fn drop(&mut self) {
        if let Some(foreign) = &self.foreign {
            foreign.forget_console();
        }
    }
}

/// Adds what would help where the kernel mounts no overlay.
pub(super) fn without_overlay(error: Error, why: &Error) -> Error {
    error.hint(format!(
        "the store's file system does not carry overlay, or the kernel allows it to root only, \
         and {why}: install fuse-overlayfs and open /dev/fuse, or have --root name another place"
    ))
}

/// Says why a start failed; the workload's own failures decide the exit code.
pub(crate) fn explain(record: &ContainerRecord, failure: Failure) -> Error {
    const ENOENT: i32 = 2;
    let name = &record.name;
    if let Some(errno) = failure.of_exec() {
        let kind = if errno == ENOENT {
            Kind::NotFound
        } else {
            Kind::CannotRun
        };
        let command = record.argv.first().map_or("", String::as_str);
        let reason = if errno == ENOENT && !command.contains('/') {
            "executable file not found in $PATH".to_owned()
        } else {
            crate::sys::reason(errno)
        };
        let command = crate::types::escape::visible(command);
        let doing = format!("cannot run {name}: exec {command}");
        let foreign = crate::engine::binfmt::explain(record, &doing, errno);
        return foreign.unwrap_or_else(|| Error::of(kind, format!("{doing}: {reason}")));
    }
    if let Some(path) = failure.of_workdir() {
        let path = crate::types::escape::quoted(path);
        return Error::of(
            Kind::CannotRun,
            format!("cannot start {name}: workdir {path} does not exist on container {name}"),
        );
    }
    let error = Error::new(format!("cannot start {name}: {failure}"));
    match failure.refuses_proc() {
        // The kernel shows no more of /proc than there is to see: mount_too_revealing().
        true => error.hint(
            "/proc is partly hidden here, as inside a container: start the outer one with \
                 --security-opt unmask=ALL (Docker: systempaths=unconfined)",
        ),
        false => error,
    }
}

/// The last line a network helper wrote, at most 4 KiB of it.
fn last_line(mut errors: File) -> String {
    use std::io::Read;
    let mut bytes = vec![0; 4096];
    let count = errors.read(&mut bytes).unwrap_or(0);
    let text = String::from_utf8_lossy(&bytes[..count]);
    let line = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("no reason given");
    crate::types::escape::visible(line.trim())
}
