//! Joins the caller's streams with a container that runs.

use std::os::fd::{AsFd, OwnedFd};

use crate::engine::list::same_process;
use crate::engine::views::{AttachEnd, AttachRequest};
use crate::engine::{Engine, Error, Kind};
use crate::monitor::attach::{self, AttachOptions, End};
use crate::monitor::keys::Keys;
use crate::sys::signal::Caught;
use crate::types::container::ProcessStamp;
use crate::types::{ContainerRecord, Status};

/// What Docker and Podman listen for when nobody says otherwise.
const DETACH_KEYS: &str = "ctrl-p,ctrl-q";

/// A connection to a monitor, and the signals that are the container's from now on.
pub(crate) struct Joined {
    pub socket: OwnedFd,
    pub caught: Caught,
}

impl Engine {
    /// Joins the streams of a running container.
    pub fn attach(&self, name: &str, request: &AttachRequest) -> Result<AttachEnd, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let run = container
            .run
            .as_ref()
            .filter(|_| container.status == Status::Running);
        let Some(run) = run else {
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "cannot attach to {}: you can only attach to running containers, it is {}",
                    container.record.name, container.status
                ),
            ));
        };
        let directory = crate::sys::fs::open_directory(&run.runtime_dir)?;
        let socket = attach::connect(directory.as_fd())?;
        let caught = attach::catch_signals(request.signal_proxy)?;
        let joined = Joined { socket, caught };
        self.record_container(&container.record, "attach");
        self.join_streams(&container.record, Some(run.init), joined, request)
    }

    /// Copies between the caller's streams and the monitor's socket until either ends.
    pub(crate) fn join_streams(
        &self,
        record: &ContainerRecord,
        init: Option<ProcessStamp>,
        joined: Joined,
        request: &AttachRequest,
    ) -> Result<AttachEnd, Error> {
        let words = request.detach_keys.as_deref().unwrap_or(DETACH_KEYS);
        let keys = Keys::parse(words)?;
        let process = init.filter(|_| request.signal_proxy).and_then(same_process);
        let on_signal = process.map(|process| -> attach::OnSignal<'_> {
            Box::new(move |signal| {
                // It may have ended just now: its exit is on the way.
                let _ = process.signal(signal);
            })
        });
        let options = AttachOptions {
            stdin: request.stdin,
            stdout: request.stdout,
            stderr: request.stderr,
            keys,
            on_signal,
            caught: Some(joined.caught),
        };
        match attach::run(joined.socket, options) {
            Ok(End::Exited(exit)) => Ok(AttachEnd::Exited(exit)),
            Ok(End::Detached) => Ok(AttachEnd::Detached),
            Err(error) => {
                Err(Error::from(error).while_doing(format!("attached to {}", record.name)))
            }
        }
    }
}
