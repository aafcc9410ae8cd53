//! Many commands at once, some of them killed, and what must hold meanwhile and afterwards: row S-105.
//!
//! `CORACLE_STRESS_SECONDS` says for how long (20), `CORACLE_FUZZ_SEED` repeats the choice of commands.

#![allow(clippy::print_stdout, reason = "a test may talk")]

#[path = "../src/types/mutate.rs"]
#[allow(dead_code, reason = "only its random numbers are wanted")]
mod mutate;
mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use mutate::Random;
use support::{Done, Registry, Running, World, images, registry::Access};

const WORKERS: u64 = 4;
const NAMES: [&str; 3] = ["red", "green", "blue"];
/// No command may take longer: a lock that waits for itself would.
const WATCHDOG: Duration = Duration::from_secs(200);

fn number(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).unwrap_or_default();
    text.parse().unwrap_or(otherwise)
}

/// A command, and the words of its refusals that are no fault: somebody else was faster.
fn any_command(random: &mut Random, archive: &str, remote: Option<&str>) -> Vec<String> {
    let name = NAMES[random.below(NAMES.len())];
    let sleeper = "echo up; while :; do sleep 0.1; done";
    let words: &[&str] = match random.below(20) {
        0 => &[
            "run",
            "-d",
            "--network",
            "none",
            "--name",
            name,
            "tiny",
            "sh",
            "-c",
            sleeper,
        ],
        1 => &["run", "--rm", "--network", "none", "tiny", "true"],
        2 => &[
            "run",
            "--rm",
            "--network",
            "none",
            "-v",
            "/anonymous",
            "-v",
            "shared:/s",
            "tiny",
            "touch",
            "/s/x",
        ],
        3 => &[
            "create",
            "--network",
            "none",
            "--name",
            name,
            "tiny",
            "true",
        ],
        4 | 5 => &["start", name],
        6 => &["stop", "-t", "0", name],
        7 => &["rm", "-f", "-t", "0", name],
        8 => &["rm", name],
        9 => &["exec", name, "true"],
        10 => &["rename", name, NAMES[random.below(NAMES.len())]],
        11 => &["ps", "-a", "--format", "{{.Names}} {{.State}}"],
        12 => &["images", "-a"],
        13 => &["load", "-q", "-i", archive],
        14 => &["rmi", "localhost/deep:latest"],
        15 => &["tag", "tiny", "localhost/also:latest"],
        16 => &["rmi", "localhost/also:latest"],
        17 => &["inspect", name],
        18 => &["container", "prune", "-f"],
        _ => match remote {
            Some(reference) => &["pull", "-q", "--tls-verify=false", reference],
            None => &["run", "--rm", "--network", "none", "localhost/deep", "true"],
        },
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// What a loser may hear; anything else is a bug.
const CONFLICTS: &[&str] = &[
    "no such container",
    "no such object",
    "image not known",
    "already in use",
    "in use by",
    "is used by container",
    "container state improper",
    "has been started again",
    "cannot be removed without force",
    "is running",
    "not running",
    "already exists",
    "is being removed",
    "tag not known",
    "another command",
    "has ended",
    "was removed",
    "not known",
    "dependent containers",
    "is missing",
];

/// Returns what is wrong with an end, if anything.
fn complaint(done: &Done) -> Option<String> {
    let fine = matches!(done.code, 0 | 137);
    let told = CONFLICTS.iter().any(|words| done.stderr.contains(words));
    let bad = done.stderr.contains("panicked") || done.took > WATCHDOG || !(fine || told);
    bad.then(|| done.to_string())
}

#[test]
fn s_105_many_commands_at_once_and_killed_at_random() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let deep = world.write("deep.tar", images::deep(3));
    let archive = deep.to_str().expect("UTF-8");
    let registry = Registry::start(Access::Http);
    let remote = registry.as_ref().map(|registry| {
        registry.push(&format!("docker-archive:{archive}"), "stress");
        registry.reference("stress")
    });
    let seconds = Duration::from_secs(number("CORACLE_STRESS_SECONDS", 20));
    let clock = std::time::UNIX_EPOCH
        .elapsed()
        .map_or(1, |now| now.as_nanos() as u64);
    let seed = number("CORACLE_FUZZ_SEED", clock).max(WORKERS);
    println!("CORACLE_FUZZ_SEED={seed}");
    let end = Instant::now() + seconds;
    let counts: Mutex<BTreeMap<String, (u32, u32)>> = Mutex::default();
    let complaints: Mutex<Vec<String>> = Mutex::default();
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (world, counts, complaints, remote) =
                (&world, &counts, &complaints, remote.as_deref());
            scope.spawn(move || {
                let mut random =
                    Random::new(seed.wrapping_add(worker.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
                while Instant::now() < end {
                    let words = any_command(&mut random, archive, remote);
                    let running = Running::start(world.command(&words));
                    let done = if random.below(4) == 0 {
                        std::thread::sleep(Duration::from_micros(random.below(60_000) as u64));
                        running.kill()
                    } else {
                        running.wait(WATCHDOG)
                    };
                    if let Some(complaint) = complaint(&done) {
                        complaints
                            .lock()
                            .expect("no panic while held")
                            .push(complaint);
                    }
                    let mut counts = counts.lock().expect("no panic while held");
                    let count = counts.entry(words[0].clone()).or_default();
                    count.0 += 1;
                    count.1 += u32::from(done.code == 0);
                }
            });
        }
    });
    println!("{:?}", counts.lock().expect("all are done"));
    let complaints = complaints.into_inner().expect("all are done");
    holds(&world);
    assert!(
        complaints.is_empty(),
        "no conflicts: {}",
        complaints.join("\n")
    );
}

/// What the store must look like once nobody is at it.
fn holds(world: &World) {
    let shown = world.ok(["ps", "-a", "--format", "{{.Names}} {{.State}}"]);
    let mut names: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    names.sort_unstable();
    let mut once = names.clone();
    once.dedup();
    assert_eq!(names, once, "a name is borne twice");
    // What is said to run runs, and everything can be worked with.
    for line in shown.lines() {
        let (name, state) = line.split_once(' ').expect("two words");
        if state == "running" {
            // The monitor of a start that was killed may have yet to notice.
            support::wait_until(line, support::PATIENCE, || {
                let done = world.coracle(["exec", name, "echo", "alive"]);
                done.text() == "alive" || world.status(name) != "running"
            });
        }
        world.ok(["rm", "-f", "-v", "-t", "0", name]);
    }
    // Nothing in use was thrown away, nothing unused is kept.
    assert_eq!(world.ok(["run", "--rm", "tiny", "echo", "whole"]), "whole");
    for image in world.ok(["images", "--format", "{{.ID}}"]).lines() {
        world.ok(["run", "--rm", "--network", "none", image, "true"]);
    }
    world.expect_nothing_unfinished();
    let volumes = names_in(world.store().join("volumes"));
    assert!(volumes.len() <= 1, "anonymous volumes stay: {volumes:?}");
    world.ok(["rmi", "-f", "tiny"]);
    for image in world.ok(["images", "-a", "-q", "--no-trunc"]).lines() {
        world.ok(["rmi", "-f", image]);
    }
    let end = Instant::now() + support::PATIENCE;
    let left = || {
        let folders = ["layers", "blobs/sha256", "images/names", "containers/names"];
        folders
            .map(|folder| names_in(world.store().join(folder)))
            .concat()
    };
    while !left().is_empty() {
        assert!(Instant::now() < end, "left over: {:?}", left());
        let _ = world.coracle(["rmi", "-f", "nothing"]);
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn names_in(folder: PathBuf) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}
