//! Every scenario three times: killed, refused by the device, out of space.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use coracle::sys::failpoint;

use crate::scenarios::{ALL, ELSEWHERE, Scenario, Who};
use crate::state;
use crate::support::{self, Done, Running, World, images};

/// How long one command may take that fails half-way.
const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn every_failpoint_has_a_scenario() {
    let walked: BTreeSet<&str> = ALL.iter().map(|scenario| scenario.failpoint).collect();
    let all = failpoint::NAMES.iter().copied();
    let missing: Vec<_> = all
        .filter(|name| !walked.contains(name) && !ELSEWHERE.contains(name))
        .collect();
    assert!(missing.is_empty(), "no scenario for {missing:?}");
}

#[test]
fn a_kill_at_any_failpoint_is_survived() {
    walk(|harbour, scenario| {
        let what = format!("{}:kill@{}", scenario.failpoint, scenario.passage);
        let done = harbour.strike(scenario, &what);
        match scenario.who {
            Who::Command => assert_eq!(done.code, 137, "{what} killed nobody: {done}"),
            Who::Worker => one_line(&done, &what),
            Who::Nobody => assert_eq!(done.code, 0, "{what}: {done}"),
        }
        harbour.world.ok(["ps", "-a"]);
        harbour.world.ok(["images"]);
        let again = once_the_name_is_free(harbour, scenario.command);
        assert!(
            scenario.again.contains(&again.code),
            "after {what}: {again}"
        );
        harbour.settle(scenario, &what);
    });
}

/// Runs a command again; what `--rm` removes keeps its name until the monitor has done so.
fn once_the_name_is_free(harbour: &Harbour, command: &[&str]) -> Done {
    let begin = std::time::Instant::now();
    loop {
        let done = harbour.world.coracle(command);
        let taken = done.code == 125 && done.stderr.contains("is already in use by");
        if !taken || begin.elapsed() > support::PATIENCE {
            return done;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

#[test]
fn an_error_at_any_failpoint_is_told_and_changes_nothing() {
    walk(|harbour, scenario| {
        let what = format!("{}:EIO@{}", scenario.failpoint, scenario.passage);
        fails(harbour, scenario, &what, "input/output error");
    });
}

#[test]
fn a_full_disk_at_any_failpoint_is_told_and_changes_nothing() {
    walk(|harbour, scenario| {
        let what = format!("{}:ENOSPC@{}+", scenario.failpoint, scenario.passage);
        // Elsewhere it would be told like any other error.
        if scenario.failpoint.starts_with("store.") {
            fails(harbour, scenario, &what, "the file system at /");
        }
    });
}

/// Runs a scenario whose failpoint returns an error.
fn fails(harbour: &Harbour, scenario: &Scenario, what: &str, told: &str) {
    let before = harbour.prepare(scenario);
    let done = harbour.strike_prepared(scenario, what);
    // Out of space, what was done before the failure may be there at the second attempt.
    if scenario.who == Who::Nobody || (what.contains("ENOSPC") && done.code == 0) {
        assert_eq!(done.code, 0, "{what}: {done}");
    } else {
        one_line(&done, what);
        assert!(
            done.stderr.contains(told),
            "no {told:?} after {what}: {done}"
        );
        if !scenario.changed {
            state::becomes(&harbour.world, &before, &harbour.running_now(), what);
        }
        let again = harbour.world.coracle(scenario.command);
        let mut allowed = scenario.again.to_vec();
        if !scenario.changed {
            allowed.retain(|code| *code != 1);
            allowed.push(0);
        }
        assert!(allowed.contains(&again.code), "after {what}: {again}");
    }
    harbour.settle(scenario, what);
}

/// Coracle's own failure, told in one line.
fn one_line(done: &Done, what: &str) {
    assert_eq!(done.code, 125, "{what}: {done}");
    let errors = done.stderr.lines().filter(|l| l.starts_with("Error: "));
    assert_eq!(errors.count(), 1, "{what}: {done}");
    assert!(!done.stderr.contains("panicked"), "{what}: {done}");
}

/// Takes every scenario through `step`; tells all failures at the end.
fn walk(step: impl Fn(&Harbour, &Scenario)) {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    if !images::have_tiny() {
        return;
    }
    let only = std::env::var("CORACLE_TEST_FAILPOINT").unwrap_or_default();
    let mut shared = Harbour::with_company();
    let mut failed = Vec::new();
    for scenario in ALL.iter().filter(|s| s.failpoint.contains(&only)) {
        let passed = catch_unwind(AssertUnwindSafe(|| match scenario.fresh {
            true => step(&Harbour::empty(), scenario),
            false => step(&shared, scenario),
        }));
        if passed.is_err() {
            failed.push(format!("{} {:?}", scenario.failpoint, scenario.command));
            shared = Harbour::with_company();
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// A world with an image, and what must not be harmed: a running container and an ended one.
struct Harbour {
    world: World,
    state: Vec<String>,
    running: BTreeSet<i32>,
}

impl Harbour {
    fn empty() -> Self {
        Self::of(World::with_image("tiny"))
    }

    fn with_company() -> Self {
        let world = World::with_image("tiny");
        world.write("deep.tar", images::deep(2));
        world.ok([
            "run",
            "-d",
            "--name",
            "bystander",
            "--network",
            "none",
            "tiny",
            "sleep",
            "1000",
        ]);
        let words = [
            "run",
            "--name",
            "ended",
            "--network",
            "none",
            "tiny",
            "sh",
            "-c",
            "exit 3",
        ];
        world.coracle(words).expect_code(3);
        Self::of(world)
    }

    fn of(world: World) -> Self {
        support::wait_until("a tidy world", Duration::from_secs(10), || {
            world.unfinished().is_empty()
        });
        let state = state::of(&world);
        let running = state::processes(&world);
        Self {
            world,
            state,
            running,
        }
    }

    fn prepare(&self, scenario: &Scenario) -> Vec<String> {
        for words in scenario.before {
            self.world.ok(*words);
        }
        state::of(&self.world)
    }

    fn running_now(&self) -> BTreeSet<i32> {
        state::processes(&self.world)
    }

    fn strike(&self, scenario: &Scenario, failpoint: &str) -> Done {
        self.prepare(scenario);
        self.strike_prepared(scenario, failpoint)
    }

    fn strike_prepared(&self, scenario: &Scenario, failpoint: &str) -> Done {
        let mut command = self.world.command(scenario.command);
        command.env("CORACLE_FAILPOINT", failpoint);
        Running::start(command).wait(LIMIT)
    }

    /// Undoes what the command does when it works; then everything is as in the beginning.
    fn settle(&self, scenario: &Scenario, what: &str) {
        for words in scenario.undo {
            self.world.coracle(*words);
        }
        // What is not the store's: an archive, and what a killed `save` has left beside it.
        for entry in std::fs::read_dir(self.world.path(""))
            .expect("ours")
            .flatten()
        {
            if entry.file_name().to_string_lossy().starts_with("saved.tar") {
                let path = entry.path();
                let removed = match path.is_dir() {
                    true => std::fs::remove_dir_all(path),
                    false => std::fs::remove_file(path),
                };
                removed.expect("ours");
            }
        }
        state::becomes(&self.world, &self.state, &self.running, what);
    }
}
