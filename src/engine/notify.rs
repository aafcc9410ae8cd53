//! Telling the service manager that started us: `--sdnotify`, sd_notify(3).
//!
//! | mode | MAINPID, the monitor's | READY=1 |
//! |---|---|---|
//! | container | at the start | the container's, through a socket the monitor listens at |
//! | conmon | at the start | at the start |
//! | healthy | at the start | once it is healthy |
//! | ignore | – | – |

use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};

use oci_spec::runtime::{Mount, MountBuilder, Spec};

use crate::engine::views::WaitFor;
use crate::engine::{Engine, Error};
use crate::runtime::launch::Passed;
use crate::sys::notify;
use crate::types::request::SdNotify;
use crate::types::{ContainerRecord, RunRecord, Status};

/// Where the container finds its socket; Podman's place.
const INSIDE: &str = "/run/notify";
const SOCKET: &str = "notify.sock";
const DIRECTORY: &str = "notify";

/// The manager's socket, if it is to be told anything.
fn manager(record: &ContainerRecord) -> Option<(&str, SdNotify)> {
    let address = record.request.notify_socket.as_deref()?;
    let mode = record.request.sd_notify;
    (mode != SdNotify::Ignore).then_some((address, mode))
}

/// Adds the socket to what the container gets, and makes its directory.
pub(crate) fn add(spec: &mut Spec, record: &ContainerRecord, bundle: &Path) -> Result<(), Error> {
    if !matches!(manager(record), Some((_, SdNotify::Container))) {
        return Ok(());
    }
    let directory = bundle.join(DIRECTORY);
    crate::store::make_shown(&directory)?;
    let mount: Mount = MountBuilder::default()
        .destination(INSIDE)
        .typ("bind")
        .source(&directory)
        .options(
            ["bind", "rprivate", "ro", "nosuid", "nodev", "noexec"]
                .map(str::to_owned)
                .to_vec(),
        )
        .build()
        .map_err(|error| Error::new(format!("the notification socket's mount: {error}")))?;
    let mut mounts = spec.mounts().clone().unwrap_or_default();
    mounts.push(mount);
    spec.set_mounts(Some(mounts));
    if let Some(process) = spec.process_mut() {
        let mut env = process.env().clone().unwrap_or_default();
        env.push(format!("NOTIFY_SOCKET={INSIDE}/{SOCKET}"));
        process.set_env(Some(env));
    }
    Ok(())
}

/// The ends the monitor passes messages between.
pub(crate) fn ends(
    record: &ContainerRecord,
    bundle: &Path,
    passed: &mut Passed,
) -> Result<Option<[RawFd; 2]>, Error> {
    let Some((address, SdNotify::Container)) = manager(record) else {
        return Ok(None);
    };
    let directory: PathBuf = bundle.join(DIRECTORY);
    let directory = crate::sys::fs::open_directory(&directory)?;
    let from = notify::bind(directory.as_fd(), SOCKET)?;
    let to: OwnedFd = connect(address)?;
    Ok(Some([passed.add(from), passed.add(to)]))
}

fn connect(address: &str) -> Result<OwnedFd, Error> {
    notify::connect(address).map_err(|error| {
        let reason = error.reason();
        Error::new(format!("cannot reach NOTIFY_SOCKET {address}: {reason}"))
    })
}

impl Engine {
    /// Tells who the main process is, and that the container is ready if that is ours to say.
    pub(crate) fn notify_started(
        &self,
        record: &ContainerRecord,
        run: &RunRecord,
    ) -> Result<(), Error> {
        let Some((address, mode)) = manager(record) else {
            return Ok(());
        };
        let ready = match mode {
            SdNotify::Conmon => "\nREADY=1",
            _ => "",
        };
        let text = format!("MAINPID={}{ready}", run.monitor.pid);
        Ok(notify::send(connect(address)?, &text)?)
    }

    /// With `--sdnotify healthy` a start is over when the container is healthy.
    pub(crate) fn notify_healthy(&self, record: &ContainerRecord) -> Result<(), Error> {
        if record.request.sd_notify != SdNotify::Healthy {
            return Ok(());
        }
        let wanted = [
            WaitFor::Health("healthy"),
            WaitFor::Status(Status::Exited),
            WaitFor::Removed,
        ];
        self.wait(record.id.as_str(), &wanted)?;
        let healthy = self
            .container(record.id.as_str())
            .is_ok_and(|container| container.health.is_some_and(|h| h.status == "healthy"));
        match manager(record) {
            Some((address, _)) if healthy => Ok(notify::send(connect(address)?, "READY=1")?),
            _ => Ok(()),
        }
    }
}
