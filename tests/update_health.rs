//! `update` of a running container: its health checks change at once, limits with the next start.

mod support;

use std::time::Duration;

use support::{PATIENCE, World, images, wait_until};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn start(world: &World, options: &[&str]) {
    let mut args = vec!["run", "-d", "--name", "c", "--network=none"];
    args.extend(options);
    args.extend(["tiny", "sleep", "1000"]);
    world.ok(args);
}

fn results(world: &World) -> usize {
    let count = world.inspect("c", "{{len .State.Health.Log}}");
    count.parse().expect("a number")
}

#[test]
fn a_check_that_is_given_later_begins_at_once() {
    let Some(world) = tiny() else { return };
    start(&world, &[]);
    assert_eq!(world.inspect("c", "{{.State.Health.Status}}"), "");
    let update = [
        "update",
        "--health-cmd=echo well",
        "--health-interval=200ms",
        "c",
    ];
    world.ok(update);
    world.ok(["wait", "--condition=healthy", "c"]);
    wait_until("two checks", PATIENCE, || results(&world) >= 2);
    // Never again: what is there stays as it is.
    world.ok(["update", "--health-interval=disable", "c"]);
    let log = || world.inspect("c", "{{json .State.Health.Log}}");
    wait_until("the last check has ended", PATIENCE, || {
        let before = log();
        std::thread::sleep(Duration::from_millis(1200));
        log() == before
    });
    // … and faster, with another command.
    world.ok([
        "update",
        "--health-interval=200ms",
        "--health-cmd=echo new",
        "c",
    ]);
    wait_until("the new command", PATIENCE, || log().contains("new\\n"));
    world.ok(["update", "--no-healthcheck", "c"]);
    assert_eq!(world.inspect("c", "{{.Config.Healthcheck.Test}}"), "[NONE]");
    assert_eq!(
        world.inspect("c", "{{.Config.StartupHealthCheck}}"),
        "<nil>"
    );
}

#[test]
fn results_move_with_their_destination() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &["--health-cmd=echo first", "--health-interval=disable"],
    );
    world.ok(["healthcheck", "run", "c"]);
    let place = world.path("health");
    std::fs::create_dir(&place).expect("a directory");
    let option = format!("--health-log-destination={}", place.display());
    world.ok(["update", &option, "c"]);
    assert_eq!(results(&world), 1);
    world.ok(["healthcheck", "run", "c"]);
    assert_eq!(results(&world), 2);
    let id = world.inspect("c", "{{.Id}}");
    let log = std::fs::read_to_string(place.join(format!("{id}-healthcheck.log")));
    assert!(log.expect("the log").contains("first"));
}

#[test]
fn limits_of_processes_hold_from_the_next_start_on() {
    let Some(world) = tiny() else { return };
    let script = "ulimit -n; ulimit -c; sleep 1000";
    world.ok([
        "run",
        "-d",
        "--name=c",
        "--network=none",
        "tiny",
        "sh",
        "-c",
        script,
    ]);
    // Two lines of every run, the first one's too before it is ended.
    let mut runs = 0;
    let mut limits = || {
        runs += 1;
        let mut lines: Vec<String> = Vec::new();
        wait_until("the limits", PATIENCE, || {
            lines = world.ok(["logs", "c"]).lines().map(str::to_owned).collect();
            lines.len() == 2 * runs
        });
        lines[lines.len() - 2..].join(" ")
    };
    limits();
    let mut seen = |options: &[&str]| {
        world.ok([&["update"], options, &["c"]].concat());
        world.ok(["restart", "-t0", "c"]);
        limits()
    };
    assert_eq!(seen(&["--ulimit=nofile=64:64", "--ulimit=core=0"]), "64 0");
    // What is not named stays.
    assert_eq!(seen(&["--ulimit=nofile=77:77"]), "77 0");
    let host = world.ok([
        "run",
        "--rm",
        "--network=none",
        "--ulimit=host",
        "tiny",
        "sh",
        "-c",
        "ulimit -n",
    ]);
    assert!(seen(&["--ulimit=host"]).starts_with(&host));
    for (word, why) in [
        ("nofile:1:1", "invalid ulimit argument"),
        (
            "nofile=2:1",
            "ulimit soft limit must be less than or equal to hard limit",
        ),
    ] {
        let done = world
            .coracle(["update", "--ulimit", word, "c"])
            .expect_code(125);
        assert!(done.stderr.contains(why), "{done}");
    }
}
