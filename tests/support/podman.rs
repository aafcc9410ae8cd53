//! Debian's podman with a store of its own in a test's world.

use crate::support::World;
use crate::support::world::{Done, finish};

/// The options that keep podman in the world.
pub fn own(world: &World) -> Vec<String> {
    let root = world.path("podman").display().to_string();
    let run = world.path("podman-run").display().to_string();
    [
        "--root",
        &root,
        "--runroot",
        &run,
        "--storage-driver",
        "vfs",
        "--cgroup-manager",
        "cgroupfs",
        "--events-backend",
        "none",
    ]
    .map(str::to_owned)
    .into()
}

/// Runs podman, however it ends.
pub fn try_podman(world: &World, words: &[&str]) -> Done {
    let mut command = world.other("podman");
    command.args(own(world)).args(words);
    finish(command)
}

/// Runs podman, which must end well; returns what it printed.
pub fn podman(world: &World, words: &[&str]) -> String {
    let done = try_podman(world, words);
    assert_eq!(done.code, 0, "podman {words:?}: {done}");
    done.stdout.trim().to_owned()
}

/// Ends the process that podman leaves behind; its files go with the world.
pub fn end_podman(world: &World) {
    let path = world.root().join("run/libpod/tmp/pause.pid");
    let pid = std::fs::read_to_string(&path).expect("podman has run");
    let pid: i32 = pid.trim().parse().expect("a number");
    let pid = rustix::process::Pid::from_raw(pid).expect("not 0");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("it is ours");
}
