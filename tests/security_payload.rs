//! Rows S-78 and S-80 of the security catalogue: what the processes in a container do to those around it. What
//! needs a control group of its own is tried in `tests/vm`.

mod support;

use std::path::Path;
use std::time::Duration;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn s_78_many_sessions_at_once_end_whole() {
    let Some(world) = tiny() else { return };
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sleep",
        "600",
    ]);
    let count = 80;
    let running: Vec<_> = (0..count)
        .map(|n| {
            world.start([
                "exec",
                "c",
                "sh",
                "-c",
                &format!("head -c 200000 /dev/zero; exit {}", n % 100),
            ])
        })
        .collect();
    for (n, session) in running.into_iter().enumerate() {
        let done = session.wait(Duration::from_secs(110));
        assert_eq!(
            (done.code, done.raw.len()),
            ((n % 100) as i32, 200_000),
            "{n}: {}",
            done.stderr
        );
    }
    // A daemon that outlives its session holds nobody up, and goes with the container.
    world.ok([
        "exec",
        "c",
        "sh",
        "-c",
        "(sleep 601 &) ; (setsid sleep 602 >/dev/null 2>&1 &) ; echo begun",
    ]);
    support::wait_until("no session is left", Duration::from_secs(30), || {
        world.inspect("c", "{{len .ExecIDs}}") == "0"
    });
    let alive = world.ok(["top", "c", "args"]);
    assert_eq!(alive.lines().count(), 4, "{alive}");
    let pids = world.ok(["top", "c", "hpid"]);
    world.ok(["rm", "-f", "-t", "0", "c"]);
    for pid in pids.lines().skip(1) {
        assert!(
            !Path::new("/proc").join(pid.trim()).exists(),
            "{pid} is left"
        );
    }
}

#[test]
fn s_78_health_checks_are_bounded_and_never_two_at_once() {
    let Some(world) = tiny() else { return };
    let check = "mkdir /one || touch /two; head -c 200000000 /dev/zero; sleep 0.3; rmdir /one; echo x >>/checks";
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "--health-interval",
        "10ms",
        "--health-timeout",
        "60s",
        "--health-cmd",
        check,
        "tiny",
        "sleep",
        "600",
    ]);
    support::wait_until("three checks", Duration::from_secs(100), || {
        world
            .coracle(["exec", "c", "sh", "-c", "[ $(wc -l </checks) -ge 3 ]"])
            .code
            == 0
    });
    world
        .coracle(["exec", "c", "test", "-e", "/two"])
        .expect_code(1);
    let log = world.inspect("c", "{{json .State.Health.Log}}");
    let log: serde_json::Value = serde_json::from_str(&log).expect("JSON");
    for result in log.as_array().expect("a list") {
        let output = result["Output"].as_str().expect("text");
        assert!(output.len() <= 4096, "{} bytes", output.len());
    }
    // Nor does who asks for one by hand need the room.
    let script = format!(
        "ulimit -v 200000; exec {} healthcheck run c",
        support::binary().display()
    );
    let mut command = world.other("bash");
    command.args(["-c", &script]);
    support::world::finish(command).expect_code(0);
    world.ok(["rm", "-f", "-t", "0", "c"]);
}

#[test]
fn s_80_what_a_container_shares_in_memory_goes_with_it() {
    let Some(world) = tiny() else { return };
    world.ok([
        "run",
        "-d",
        "--name",
        "one",
        "--network",
        "none",
        "--ipc",
        "shareable",
        "--shm-size",
        "24m",
        "tiny",
        "sleep",
        "600",
    ]);
    world.ok([
        "run",
        "-d",
        "--name",
        "two",
        "--network",
        "none",
        "--ipc",
        "container:one",
        "tiny",
        "sleep",
        "600",
    ]);
    let fill = "dd if=/dev/zero of=/dev/shm/filler bs=1M; df -k /dev/shm | tail -n 1";
    let done = world.coracle(["exec", "two", "sh", "-c", fill]);
    assert!(done.stdout.contains("100%"), "{done}");
    let monitor = world.inspect("one", "{{.State.ConmonPid}}");
    // Full for both, and nobody is the worse.
    assert_eq!(world.ok(["exec", "one", "ls", "/dev/shm"]), "filler");
    for name in ["one", "two"] {
        assert_eq!(world.status(name), "running");
    }
    assert!(Path::new("/proc").join(&monitor).exists());
    world.ok(["rm", "-f", "-t", "0", "two", "one"]);
    // The next one begins with nothing; the leak check of the world sees what mounts are left.
    world.ok([
        "run",
        "--name",
        "three",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        "[ -z \"$(ls /dev/shm)\" ]",
    ]);
}
