//! Promise 2 of the design: any process may be killed at any moment, any write may fail, and the
//! next command works on its own.
//!
//! Walks over every failpoint (`src/sys/failpoint.rs`): the journey below is made with the
//! failpoint set, whatever comes of it, and then once more without. Afterwards nothing is left.
//! What is not here: kills from outside at random moments (`tests/userns.rs` and the tests of
//! each verb), and power cuts.

mod support;

use std::collections::BTreeSet;

use support::{Done, World, images};

use coracle::sys::failpoint;

/// What may be asked of an operation that fails.
const ERRNOS: [&str; 3] = ["ENOSPC", "EIO", "EMFILE"];

/// A container's whole life, by the commands people type.
const JOURNEY: &[&[&str]] = &[
    &["run", "--rm", "--network", "none", "tiny", "true"],
    &[
        "create",
        "--name",
        "kept",
        "--network",
        "none",
        "tiny",
        "sleep",
        "1000",
    ],
    &["start", "kept"],
    &["exec", "kept", "true"],
    &["stop", "-t", "0", "kept"],
    &["rm", "kept"],
    &["tag", "tiny", "other"],
    &["rmi", "other"],
];

#[test]
fn a_kill_at_any_failpoint_is_survived() {
    for name in covered() {
        let world = faulty_world();
        let done = journey(&world, &format!("{name}:kill"));
        let killed = done.iter().any(|done| done.code == 137);
        assert!(
            killed || !in_a_command(name),
            "{name} killed nobody: {done:?}"
        );
        still_sound(&world, name);
    }
}

#[test]
fn an_error_at_any_failpoint_is_told_and_survived() {
    for (index, name) in covered().into_iter().enumerate() {
        let errno = ERRNOS[index % ERRNOS.len()];
        let world = faulty_world();
        for done in journey(&world, &format!("{name}:{errno}")) {
            assert!(!done.stderr.contains("panicked"), "{name}: {done}");
            assert_ne!(done.code, 137, "{name}: {done}");
        }
        still_sound(&world, name);
    }
}

#[test]
fn every_failpoint_lies_on_somebodys_way() {
    if !ready() {
        return;
    }
    let mut world = faulty_world();
    let trace = world.write("trace", "");
    world.set_env("CORACLE_FAILPOINT_TRACE", &trace);
    world.load("tiny");
    for words in JOURNEY {
        world.ok(*words);
    }
    let trace = std::fs::read_to_string(trace).expect("our own file");
    let passed: BTreeSet<&str> = trace.lines().collect();
    let missed: Vec<_> = failpoint::NAMES
        .iter()
        .filter(|name| !passed.contains(*name) && !ELSEWHERE.contains(name))
        .collect();
    assert!(missed.is_empty(), "nobody passes {missed:?}");
}

/// Failpoints that this journey does not pass; the test that does is named beside each.
const ELSEWHERE: &[&str] = &[];

/// The failpoints this file walks over; none in a release build, which has none.
fn covered() -> Vec<&'static str> {
    let names = failpoint::NAMES.iter().copied();
    if ready() {
        names.filter(|name| !ELSEWHERE.contains(name)).collect()
    } else {
        Vec::new()
    }
}

fn ready() -> bool {
    if !cfg!(debug_assertions) {
        support::skip("release builds have no failpoints");
        return false;
    }
    images::have_tiny()
}

/// Whether the failpoint is passed by the command itself, not by a worker or a follow-up.
fn in_a_command(name: &str) -> bool {
    !name.starts_with("layer.")
}

fn faulty_world() -> World {
    World::with_image("tiny")
}

/// Makes the journey with a failpoint set, and goes on whatever happens.
fn journey(world: &World, failpoint: &str) -> Vec<Done> {
    let archive = world.write("tiny.tar", images::tiny());
    let load = ["load", "-i", archive.to_str().expect("our own path")];
    std::iter::once(&load[..])
        .chain(JOURNEY.iter().copied())
        .map(|words| {
            let mut command = world.command(words);
            command.env("CORACLE_FAILPOINT", failpoint);
            support::Running::start(command).wait(std::time::Duration::from_secs(60))
        })
        .collect()
}

/// Without the failpoint everything works, and nothing unfinished stays.
fn still_sound(world: &World, name: &str) {
    let ok = |words: &[&str]| {
        let done = world.coracle(words);
        assert_eq!(done.code, 0, "after {name}: {done}");
        done.stdout
    };
    ok(&["ps", "-a"]);
    ok(&["images"]);
    ok(&["rm", "-f", "-a", "-t", "0"]);
    assert_eq!(ok(&["ps", "-a", "-q"]), "", "after {name}");
    world.load("tiny");
    ok(&["run", "--rm", "--network", "none", "tiny", "true"]);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while !world.unfinished().is_empty() {
        // The trash is emptied by a process that nobody waits for.
        let left = world.unfinished();
        assert!(std::time::Instant::now() < until, "after {name}: {left:?}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}
