//! One store, whatever environment a command was started from: a login, `su`, cron, another runtime directory.

mod support;

use std::process::Command;
use std::time::Duration;

use support::{Running, World, images, world};

const SLEEPER: &str = "echo up; while :; do sleep 0.1; done";

/// A world whose store is where a command with no hints but HOME looks for it.
fn world() -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let mut world = World::new();
    let data = world.home().join(".local/share");
    world.set_env("XDG_DATA_HOME", data);
    world.unset_env("XDG_CONFIG_HOME");
    world.load("tiny");
    Some(world)
}

/// The same command as it would be started from elsewhere.
fn from(world: &World, place: &str, args: &[&str]) -> Command {
    let mut command = world.command(args);
    match place {
        "login" => {}
        // su keeps most of the caller's environment, another user's runtime directory included.
        "su" => {
            command.env("XDG_RUNTIME_DIR", "/run/user/0");
            command.env_remove("XDG_DATA_HOME");
        }
        "cron" => {
            command.env_clear();
            command.env("HOME", world.home());
            command.env("PATH", "/usr/bin:/bin");
        }
        "another runtime directory" => {
            let other = world.root().join("run2");
            std::fs::create_dir_all(&other).expect("a directory");
            world::set_mode(&other, 0o700);
            command.env("XDG_RUNTIME_DIR", other);
        }
        other => panic!("no place is called {other}"),
    }
    command
}

const PLACES: &[&str] = &["login", "su", "cron", "another runtime directory"];

#[test]
fn the_same_containers_are_seen_and_managed_from_everywhere() {
    let Some(world) = world() else { return };
    let ok = |place: &str, args: &[&str]| {
        let done = world::finish(from(&world, place, args));
        assert_eq!(done.code, 0, "from {place}: {done}");
        done.text().to_owned()
    };
    // Started from each, seen and entered from all, ended from the next.
    for (index, place) in PLACES.iter().enumerate() {
        let next = PLACES[(index + 1) % PLACES.len()];
        ok(
            place,
            &["run", "-d", "--name", "ship", "tiny", "sh", "-c", SLEEPER],
        );
        for other in PLACES {
            assert_eq!(
                ok(other, &["ps", "--format", "{{.Names}}"]),
                "ship",
                "{place} {other}"
            );
            assert_eq!(ok(other, &["exec", "ship", "echo", "aboard"]), "aboard");
            assert_eq!(ok(other, &["logs", "ship"]), "up");
        }
        ok(next, &["stop", "-t", "0", "ship"]);
        assert_eq!(
            ok(place, &["inspect", "--format", "{{.State.Status}}", "ship"]),
            "exited"
        );
        ok(next, &["rm", "ship"]);
        assert_eq!(ok(place, &["ps", "-aq"]), "");
    }
}

#[test]
fn a_container_attached_to_from_another_environment_answers() {
    let Some(world) = world() else { return };
    let echo = "while read line; do echo got $line; done";
    world.ok(["run", "-di", "--name", "parrot", "tiny", "sh", "-c", echo]);
    let mut attached = Running::start_with_input(from(&world, "cron", &["attach", "parrot"]));
    let mut stdin = attached.child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, b"ahoy\n").expect("a reader");
    attached.expect_stdout("got ahoy");
    drop(stdin);
    assert_eq!(attached.wait(Duration::from_secs(20)).code, 0);
}

#[test]
fn no_container_is_started_twice() {
    let Some(world) = world() else { return };
    // Each start leaves a line in a volume that all runs share.
    let diary = world.path("diary");
    std::fs::create_dir(&diary).expect("a directory");
    let volume = format!("{}:/diary", diary.display());
    let script = format!("echo started >>/diary/starts; {SLEEPER}");
    world.ok([
        "create", "--name", "one", "-v", &volume, "tiny", "sh", "-c", &script,
    ]);
    let starts: Vec<_> = (0..8)
        .map(|n| Running::start(from(&world, PLACES[n % PLACES.len()], &["start", "one"])))
        .collect();
    for start in starts {
        // Who comes late finds it running, which is what was asked for.
        start.wait(Duration::from_secs(60)).expect_code(0);
    }
    world.wait_for_log("one", "up");
    let lines = std::fs::read_to_string(diary.join("starts")).expect("the diary");
    assert_eq!(lines, "started\n");
    assert_eq!(world.ok(["ps", "--format", "{{.Names}}"]), "one");
}
