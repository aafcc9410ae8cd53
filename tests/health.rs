//! Health checks: timed by the monitor, run by hand, acted upon.

mod support;

use std::time::{Duration, Instant};

use support::{PATIENCE, World, images, wait_until};

/// Healthy while /sick is missing.
const CHECK: &str = "if [ -e /sick ]; then echo bad; exit 3; else echo good; fi";
fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Runs a container that does nothing, with options in front of the image.
fn start(world: &World, options: &[&str]) {
    let mut args = vec!["run", "-d", "--name", "c", "--network=none"];
    args.extend(options);
    args.extend(["tiny", "sleep", "1000"]);
    world.ok(args);
}

fn health(world: &World) -> String {
    world.inspect("c", "{{.State.Health.Status}}")
}

#[test]
fn the_monitor_checks_although_no_command_is_there() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &[
            "--health-cmd",
            CHECK,
            "--health-interval=200ms",
            "--health-retries=2",
        ],
    );
    wait_until("healthy", PATIENCE, || health(&world) == "healthy");
    assert!(
        world
            .ok(["ps", "--format", "{{.Status}}"])
            .ends_with("(healthy)")
    );
    assert_eq!(world.ok(["ps", "-q", "--filter", "health=unhealthy"]), "");
    world.ok(["exec", "c", "touch", "/sick"]);
    world.ok(["wait", "--condition=unhealthy", "c"]);
    assert_eq!(
        world.ok(["ps", "-q", "--filter", "health=unhealthy"]).len(),
        12
    );
    let log = world.inspect("c", "{{json .State.Healthcheck}}");
    assert!(
        log.contains("\"ExitCode\":1,\"Output\":\"bad\\n\""),
        "{log}"
    );
    // The log is bounded.
    wait_until("five results", PATIENCE, || {
        world.inspect("c", "{{len .State.Health.Log}}") == "5"
    });
    world.ok(["exec", "c", "rm", "/sick"]);
    world.ok(["wait", "--condition=healthy", "c"]);
    assert_eq!(world.inspect("c", "{{.State.Health.FailingStreak}}"), "0");
    let args = ["events", "--stream=false", "-f", "event=health_status"];
    let told = world.ok(args.into_iter().chain(["--format", "{{.HealthStatus}}"]));
    let mut words: Vec<&str> = told.lines().collect();
    words.dedup();
    assert!(
        words.windows(2).any(|two| two == ["healthy", "unhealthy"]),
        "{told}"
    );
}

#[test]
fn a_check_by_hand_says_what_it_found() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &[
            "--health-cmd",
            CHECK,
            "--health-interval=disable",
            "--health-retries=1",
        ],
    );
    assert_eq!(health(&world), "starting");
    assert_eq!(world.ok(["healthcheck", "run", "c"]), "");
    assert_eq!(health(&world), "healthy");
    world.ok(["exec", "c", "touch", "/sick"]);
    let done = world.coracle(["healthcheck", "run", "c"]);
    assert_eq!((done.code, done.stdout.as_str()), (1, "unhealthy\n"));
    let done = world.coracle(["healthcheck", "run", "--ignore-result", "c"]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "unhealthy\n"));
    world
        .coracle(["healthcheck", "run", "--ignore-result", "missing"])
        .expect_code(125)
        .expect_refusal("no such container");
    world.ok(["stop", "-t0", "c"]);
    world
        .coracle(["healthcheck", "run", "c"])
        .expect_code(125)
        .expect_refusal("is not running");
    // A new run knows nothing of the last one.
    world.ok(["start", "c"]);
    assert_eq!(health(&world), "starting");
}

#[test]
fn a_check_that_takes_too_long_is_killed_and_has_failed() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &[
            "--health-cmd=echo begun; sleep 1000",
            "--health-interval=disable",
            "--health-timeout=3s",
            "--health-retries=1",
        ],
    );
    world.coracle(["healthcheck", "run", "c"]).expect_code(1);
    let last = world.inspect("c", "{{json .State.Health.Log}}");
    assert!(
        last.contains("\"ExitCode\":-1,\"Output\":\"begun\\n\""),
        "{last}"
    );
    let done = world.coracle(["healthcheck", "run", "c"]);
    done.expect_code(1);
}

#[test]
fn who_turns_unhealthy_is_killed_stopped_or_started_again() {
    let Some(world) = tiny() else { return };
    for (action, status) in [
        ("none", "running"),
        ("kill", "exited"),
        ("stop", "exited"),
        ("restart", "running"),
    ] {
        let on_failure = format!("--health-on-failure={action}");
        start(
            &world,
            &[
                "--health-cmd",
                CHECK,
                "--health-interval=disable",
                "--health-retries=1",
                "--stop-timeout=0",
                &on_failure,
            ],
        );
        world.ok(["healthcheck", "run", "c"]);
        world.ok(["exec", "c", "touch", "/sick"]);
        let before = world.inspect("c", "{{.State.Pid}}");
        world.coracle(["healthcheck", "run", "c"]).expect_code(1);
        assert_eq!(world.status("c"), status, "{action}");
        let restarted = action == "restart";
        assert_eq!(
            world.inspect("c", "{{.State.Pid}}") != before,
            action != "none"
        );
        let count = world.inspect("c", "{{.RestartCount}}");
        assert_eq!(count, if restarted { "1" } else { "0" }, "{action}");
        if restarted {
            assert_eq!(world.inspect("c", "{{.State.Health.FailingStreak}}"), "0");
        }
        world.ok(["rm", "-f", "-t0", "c"]);
    }
}

#[test]
fn the_monitor_alone_restarts_what_is_sick_from_the_beginning() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &[
            "--health-cmd=false",
            "--health-interval=300ms",
            "--health-retries=1",
            "--health-on-failure=restart",
            "--stop-timeout=0",
        ],
    );
    wait_until("two restarts", PATIENCE, || {
        world
            .inspect("c", "{{.RestartCount}}")
            .parse::<u32>()
            .unwrap_or(0)
            >= 2
    });
    world.ok(["rm", "-f", "-t0", "c"]);
}

#[test]
fn the_startup_check_comes_first() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &[
            "--health-cmd=echo regular",
            "--health-interval=300ms",
            "--health-startup-cmd=test -e /up",
            "--health-startup-interval=200ms",
            "--health-startup-success=2",
        ],
    );
    wait_until("two looks", PATIENCE, || {
        let looks = world.inspect("c", "{{len .State.Health.Log}}");
        looks.parse::<usize>().is_ok_and(|looks| looks >= 2)
    });
    assert_eq!(health(&world), "starting");
    assert_eq!(world.inspect("c", "{{.State.Health.FailingStreak}}"), "0");
    world.ok(["exec", "c", "touch", "/up"]);
    wait_until("the regular check", PATIENCE, || {
        world
            .inspect("c", "{{json .State.Health.Log}}")
            .contains("regular")
    });
    assert_eq!(health(&world), "healthy");
}

#[test]
fn a_start_period_forgives() {
    let Some(world) = tiny() else { return };
    start(
        &world,
        &[
            "--health-cmd=false",
            "--health-interval=disable",
            "--health-retries=1",
            "--health-start-period=1h",
        ],
    );
    world.coracle(["healthcheck", "run", "c"]).expect_code(1);
    assert_eq!(health(&world), "starting");
    assert_eq!(world.inspect("c", "{{.State.Health.FailingStreak}}"), "0");
}

#[test]
fn results_are_kept_as_asked() {
    let Some(world) = tiny() else { return };
    let place = world.path("health");
    std::fs::create_dir(&place).expect("our own directory");
    let destination = format!("--health-log-destination={}", place.display());
    start(
        &world,
        &[
            "--health-cmd=echo 0123456789",
            "--health-interval=disable",
            "--health-max-log-count=2",
            "--health-max-log-size=4",
            &destination,
        ],
    );
    for _ in 0..3 {
        world.ok(["healthcheck", "run", "c"]);
    }
    let id = world.inspect("c", "{{.Id}}");
    let text = std::fs::read_to_string(place.join(format!("{id}-healthcheck.log")));
    let text = text.expect("a file");
    assert_eq!(text.matches("\"Output\":\"0123\"").count(), 2, "{text}");
    assert_eq!(world.inspect("c", "{{.Config.HealthMaxLogCount}}"), "2");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let Some(world) = tiny() else { return };
    for (options, why) in [
        (
            &["--health-on-failure=kill"][..],
            "cannot set on-failure action to kill without a health check",
        ),
        (
            &["--health-cmd=true", "--no-healthcheck"],
            "cannot specify both --no-healthcheck and --health-cmd",
        ),
        (
            &["--health-cmd=true", "--health-timeout=0s"],
            "healthcheck-timeout must be at least 1 second",
        ),
        (
            &["--sdnotify=healthy"],
            "sdnotify policy \"healthy\" requires a healthcheck to be set",
        ),
    ] {
        let args = ["create"].iter().chain(options).chain(&["tiny"]);
        world.coracle(args).expect_code(125).expect_refusal(why);
    }
    start(&world, &[]);
    world
        .coracle(["healthcheck", "run", "c"])
        .expect_code(125)
        .expect_refusal("has no defined healthcheck");
    assert_eq!(world.ok(["ps", "-q", "--filter", "health=none"]).len(), 12);
}

#[test]
fn a_container_is_killed_when_its_time_is_over() {
    let Some(world) = tiny() else { return };
    let begin = Instant::now();
    let done = world.coracle([
        "run",
        "--rm",
        "--network=none",
        "--timeout=1",
        "tiny",
        "sleep",
        "1000",
    ]);
    done.expect_code(255);
    assert!(begin.elapsed() >= Duration::from_secs(1));
}
