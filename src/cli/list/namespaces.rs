//! The namespaces of running containers, for `ps --ns`.

use serde_json::{Map, Value};

use crate::engine::Container;
use crate::types::Status;

/// Podman's field, and the name in /proc/PID/ns.
const FIELDS: [(&str, &str); 7] = [
    ("Cgroup", "cgroup"),
    ("IPC", "ipc"),
    ("MNT", "mnt"),
    ("NET", "net"),
    ("PIDNS", "pid"),
    ("User", "user"),
    ("UTS", "uts"),
];

/// Returns the number of each namespace; empty for a container that does not run.
pub fn of(container: &Container) -> Map<String, Value> {
    let run = container.run.as_ref();
    let running = matches!(
        container.status,
        Status::Running | Status::Paused | Status::Stopping
    );
    let pid = run.filter(|_| running).map(|run| run.init.pid);
    let number = |name: &str| {
        let link = std::fs::read_link(format!("/proc/{}/ns/{name}", pid?)).ok()?;
        let text = link.to_string_lossy().into_owned();
        let (_, rest) = text.split_once('[')?;
        Some(rest.trim_end_matches(']').to_owned())
    };
    FIELDS
        .iter()
        .map(|(field, name)| {
            let value = number(name).unwrap_or_default();
            ((*field).to_owned(), value.into())
        })
        .collect()
}
