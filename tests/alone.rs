//! A container on its own: its command is gone, no systemd is asked, and everything it was promised happens.

mod support;

use std::path::Path;
use std::time::Duration;

use support::{World, images};

const LIMIT: Duration = Duration::from_secs(60);

fn lines(path: &Path) -> usize {
    std::fs::read_to_string(path)
        .unwrap_or_default()
        .lines()
        .count()
}

/// Between the command that starts it and the first look at the end no command of ours runs.
#[test]
fn checks_restarts_and_logs_go_on_although_nobody_is_there() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let shared = world.path("shared");
    std::fs::create_dir_all(&shared).expect("a directory");
    let volume = format!("{}:/shared", shared.display());
    let id = world.ok([
        "run",
        "-d",
        "--name",
        "web",
        "--network=none",
        "--restart=always",
        "-v",
        &volume,
        "--health-cmd=echo >>/shared/checks",
        "--health-interval=200ms",
        "tiny",
        "sh",
        "-c",
        "echo run; echo >>/shared/runs; while ! rm /shared/end 2>/dev/null; do sleep 0.05; done; exit 3",
    ]);
    let (checks, runs) = (shared.join("checks"), shared.join("runs"));
    for run in 1..=2 {
        support::wait_until("the next run", LIMIT, || lines(&runs) == run);
        let before = lines(&checks);
        support::wait_until("checks in it", LIMIT, || lines(&checks) >= before + 2);
        if run == 1 {
            std::fs::write(shared.join("end"), "").expect("a file");
        }
    }
    let log = world
        .store()
        .join("containers")
        .join(id.trim())
        .join("ctr.log");
    support::wait_until("both outputs", LIMIT, || lines(&log) == 2);
    assert_eq!(world.ok(["logs", "web"]), "run\nrun");
    assert_eq!(
        world.inspect("web", "{{.RestartCount}} {{.State.Health.Status}}"),
        "1 healthy"
    );
    world.ok(["rm", "-f", "-t0", "web"]);
}
