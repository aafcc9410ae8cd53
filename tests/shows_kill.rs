//! Promise 2: any process may be killed at any moment; the next command works and nothing is left over.
//!
//! Random moments come from a seed that is printed; `CORACLE_TEST_SEED` repeats them.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use support::registry::Access;
use support::{Registry, World, images, leak};

const SLEEPER: &str = "echo up; while :; do sleep 0.1; done";

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn kill(pid: i32) {
    let pid = Pid::from_raw(pid).expect("a pid");
    // It may have ended by itself: that is a moment as well.
    let _ = kill_process(pid, Signal::KILL);
}

fn exists(pid: i32) -> bool {
    std::path::Path::new(&format!("/proc/{pid}")).exists()
}

fn number(world: &World, container: &str, field: &str) -> i32 {
    let text = world.inspect(container, &format!("{{{{.State.{field}}}}}"));
    text.parse()
        .unwrap_or_else(|_| panic!("{field} is {text:?}"))
}

/// A generator of the moments (xorshift64): good enough, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        let seed = std::env::var("CORACLE_TEST_SEED")
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| {
                let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                now.map_or(1, |d| d.as_nanos() as u64 | 1)
            });
        println!("CORACLE_TEST_SEED={seed}");
        Self(seed)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

#[test]
fn killing_the_command_does_not_end_the_container() {
    let Some(world) = tiny() else { return };
    let mut command = world.start(["run", "--name", "kept", "tiny", "sh", "-c", SLEEPER]);
    command.expect_stdout("up");
    command.kill();
    assert_eq!(world.status("kept"), "running");
    assert_eq!(world.ok(["exec", "kept", "echo", "alive"]), "alive");
    assert_eq!(world.ok(["rm", "-f", "-t", "0", "kept"]), "kept");
    assert!(world.container_names().is_empty());
}

#[test]
fn a_container_with_rm_is_removed_even_after_its_command_was_killed() {
    let Some(world) = tiny() else { return };
    let script = "echo up; sleep 1";
    let mut command = world.start(["run", "--rm", "--name", "brief", "tiny", "sh", "-c", script]);
    command.expect_stdout("up");
    command.kill();
    // No other command helps: the directory goes by itself.
    support::wait_until("the container is gone", Duration::from_secs(20), || {
        let entries = std::fs::read_dir(world.store().join("containers"));
        let mut names = entries
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.file_name());
        // Directories of containers are called by the whole id.
        !names.any(|name| name.len() == 64)
    });
    assert!(world.container_names().is_empty());
}

#[test]
fn a_killed_monitor_ends_its_container_and_the_next_command_settles_the_rest() {
    let Some(world) = tiny() else { return };
    world.ok(["run", "-d", "--name", "kept", "tiny", "sh", "-c", SLEEPER]);
    world.ok([
        "run", "-d", "--rm", "--name", "brief", "tiny", "sh", "-c", SLEEPER,
    ]);
    for name in ["kept", "brief"] {
        let (monitor, init) = (
            number(&world, name, "ConmonPid"),
            number(&world, name, "Pid"),
        );
        kill(monitor);
        support::wait_until(
            "the container ends with its monitor",
            Duration::from_secs(10),
            || !exists(init),
        );
    }
    assert_eq!(world.container_names(), ["kept"]);
    assert_eq!(world.status("kept"), "exited");
    assert_ne!(number(&world, "kept", "ExitCode"), 0);
    world.ok(["start", "kept"]);
    assert_eq!(world.ok(["exec", "kept", "echo", "alive"]), "alive");
}

#[test]
fn a_killed_monitor_of_a_container_that_restarts_is_followed_by_a_new_one() {
    let Some(world) = tiny() else { return };
    let args = [
        "run",
        "-d",
        "--restart",
        "always",
        "--name",
        "phoenix",
        "tiny",
    ];
    world.ok(args.iter().copied().chain(["sh", "-c", SLEEPER]));
    let first = number(&world, "phoenix", "Pid");
    kill(number(&world, "phoenix", "ConmonPid"));
    support::wait_until("it ended", Duration::from_secs(10), || !exists(first));
    // "the next command … carries out always/on-failure"
    support::wait_until("it runs again", Duration::from_secs(20), || {
        world.ok(["ps", "--format", "{{.Names}}"]) == "phoenix"
    });
    assert_ne!(number(&world, "phoenix", "Pid"), first);
}

#[test]
fn a_killed_keeper_costs_nothing() {
    let Some(world) = tiny() else { return };
    world.ok(["run", "-d", "--name", "kept", "tiny", "sh", "-c", SLEEPER]);
    let keepers: Vec<_> = leak::processes(world.root())
        .into_iter()
        .filter(|process| {
            let line = std::fs::read(format!("/proc/{}/cmdline", process.pid)).unwrap_or_default();
            String::from_utf8_lossy(&line).contains("keeper") || process.name.contains("keeper")
        })
        .collect();
    assert!(keepers.len() <= 1, "more than one keeper");
    if keepers.is_empty() {
        support::skip("there is no keeper: no subordinate ids here");
        return;
    }
    kill(keepers[0].pid);
    assert_eq!(world.ok(["ps", "--format", "{{.Names}}"]), "kept");
    assert_eq!(world.ok(["exec", "kept", "echo", "alive"]), "alive");
    assert_eq!(
        world.ok(["run", "--rm", "tiny", "echo", "another"]),
        "another"
    );
    world.ok(["stop", "-t", "0", "kept"]);
    world.ok(["start", "kept"]);
    assert_eq!(world.ok(["rm", "-f", "-t", "0", "kept"]), "kept");
}

#[test]
fn whoever_is_killed_at_a_random_moment_the_next_commands_work() {
    const ROUNDS: u32 = 25;
    let Some(world) = tiny() else { return };
    let mut dice = Dice::new();
    for round in 0..ROUNDS {
        let name = format!("round{round}");
        let flags: &[&str] = match dice.below(3) {
            0 => &["-d"],
            1 => &["--rm"],
            _ => &["-d", "--rm"],
        };
        let script = "echo up; sleep 0.1; echo down";
        let mut args = vec!["run", "--name", &name];
        args.extend(flags);
        args.extend(["tiny", "sh", "-c", script]);
        let command = world.start(&args);
        std::thread::sleep(Duration::from_millis(dice.below(150)));
        let mut victims = leak::processes(world.root());
        victims.sort_by_key(|process| process.pid);
        if !victims.is_empty() {
            let victim = &victims[dice.below(victims.len() as u64) as usize];
            println!(
                "round {round}, {flags:?}: {victim}, one of {}",
                victims.len()
            );
            kill(victim.pid);
        }
        // However it ends, it ends, and does not call a lost container a success.
        let done = command.wait(Duration::from_secs(30));
        assert!(!done.stderr.contains("panicked"), "round {round}: {done}");

        world.ok(["ps", "-a"]);
        let again = world.ok(["run", "--rm", "tiny", "echo", "still afloat"]);
        assert_eq!(again, "still afloat", "round {round}");
        let removed = world.coracle(["rm", "-f", "-t", "0", &name]);
        assert!(removed.code <= 1, "round {round}: {removed}");
        assert!(
            !world.container_names().contains(&name),
            "round {round}: {name} is still there"
        );
    }
    assert!(world.container_names().is_empty());
    world.expect_nothing_unfinished();
}

#[test]
fn a_pull_killed_at_20_random_moments_is_completed_by_the_next() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !registry.push_image("debian", "debian:12") {
        return;
    }
    let image = registry.reference("debian:12");
    let pull = ["pull", "-q", "--tls-verify=false", &image];
    let sums = "find / -xdev -type f -not -path '/etc/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum";
    let undisturbed = World::new();
    let began = Instant::now();
    let id = undisturbed.ok(pull);
    let whole = began.elapsed();
    let expected = undisturbed.ok(["run", "--rm", &image, "sh", "-c", sums]);
    drop(undisturbed);

    let world = World::new();
    let mut dice = Dice::new();
    for _ in 0..20 {
        let command = world.start(pull);
        let moment = dice.below(whole.as_millis() as u64 + 50);
        std::thread::sleep(Duration::from_millis(moment));
        command.kill();
        let names = world.ok(["images", "-q"]);
        if !names.is_empty() {
            // It had just been finished: from the start again.
            world.ok(["rmi", &image]);
        }
    }
    assert_eq!(world.ok(pull), id);
    assert_eq!(
        world.ok(["run", "--rm", &image, "sh", "-c", sums]),
        expected
    );
    world.expect_nothing_unfinished();
    // Three layers, and nothing half-made beside them.
    let layers = std::fs::read_dir(world.store().join("layers")).expect("layers");
    assert_eq!(layers.count(), 3);
}
