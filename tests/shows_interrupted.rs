//! Pulls that are interrupted and go on: a registry that dies and comes back, lines that are cut,
//! registries that ask for patience, and slow ones. What arrives is what was asked for.

#[path = "support/between.rs"]
mod between;
#[path = "support/evilreg.rs"]
mod evilreg;
mod support;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use between::Between;
use evilreg::{EvilRegistry, Image, Reply, Seen};
use support::registry::Access;
use support::{Registry, Running, World};

const INSECURE: &str = "--tls-verify=false";

/// Numbers that are the same in every run.
fn seeded(mut state: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    }
}

/// Debian in a registry, or a skip.
fn debian() -> Option<Registry> {
    let registry = Registry::start(Access::Http)?;
    let pushed = registry.push_image("debian", "debian:12");
    pushed.then_some(registry)
}

/// The image is whole: nothing to mend, and its program runs.
#[track_caller]
fn is_whole(world: &World, name: &str) {
    let id = world.ok(["image", "inspect", "--format={{.Id}}", name]);
    assert_eq!(id.len(), 64);
    let said = world.ok([
        "run",
        "--rm",
        "--network=none",
        name,
        "cat",
        "/etc/os-release",
    ]);
    assert!(said.contains("Debian"), "{said}");
    support::wait_until("nothing unfinished", Duration::from_secs(30), || {
        world.unfinished().is_empty()
    });
}

#[test]
fn a_line_that_is_cut_at_random_is_taken_up_again() {
    let Some(registry) = debian() else {
        return;
    };
    for seed in 1..=2 {
        let mut random = seeded(seed);
        let mut number = 0;
        // After some bytes each, early and late; the eleventh connection may live.
        let between = Between::cutting(&registry.address(), move || {
            number += 1;
            let far = if number % 2 == 0 { 20_000 } else { 8_000_000 };
            (number <= 10).then(|| 1 + random(far))
        });
        let world = World::new();
        let name = format!("{}/debian:12", between.address());
        let mut tries = 0;
        // Whoever pulls may have to say so again; what came stays and is not fetched twice.
        while tries < 5 {
            tries += 1;
            let done = world.coracle([
                "pull",
                "-q",
                INSECURE,
                "--retry=5",
                "--retry-delay=10ms",
                &name,
            ]);
            if done.code == 0 {
                break;
            }
            assert_eq!(done.code, 125, "{done}");
            let errors = done
                .stderr
                .lines()
                .filter(|line| line.starts_with("Error: "));
            assert_eq!(errors.count(), 1, "{done}");
        }
        assert!(between.cuts() > 0, "seed {seed}: nothing was cut");
        is_whole(&world, &name);
    }
}

/// A pull whose registry has just died in the middle of a layer.
fn dying(registry: &mut Registry, world: &World, patience: &[&str]) -> (Between, String, Running) {
    let dead = Arc::new(AtomicBool::new(false));
    let (is_dead, mut number) = (dead.clone(), 0);
    let between = Between::cutting(&registry.address(), move || {
        number += 1;
        // The first ones stop in the middle; nobody gets to the end before the registry dies.
        if number > 4 {
            support::wait_until("it dies", support::PATIENCE, || {
                is_dead.load(Ordering::SeqCst)
            });
        }
        (number <= 4).then_some(3_000_000)
    });
    let name = format!("{}/debian:12", between.address());
    let pull = ["pull", "-q", INSECURE];
    let pull = world.start(pull.iter().chain(patience).chain(&[name.as_str()]));
    support::wait_until("layers are on the way", support::PATIENCE, || {
        between.passed() > 1_000_000
    });
    registry.stop();
    dead.store(true, Ordering::SeqCst);
    (between, name, pull)
}

#[test]
fn a_registry_that_dies_and_comes_back_is_waited_for() {
    let Some(mut registry) = debian() else {
        return;
    };
    let world = World::new();
    let patience = ["--retry=200", "--retry-delay=500ms"];
    let (_between, name, pull) = dying(&mut registry, &world, &patience);
    std::thread::sleep(Duration::from_millis(700));
    registry.restart();
    let done = pull.wait(support::PATIENCE);
    assert_eq!(done.code, 0, "{done}");
    is_whole(&world, &name);
}

#[test]
fn who_says_how_often_waits_for_a_registry_that_is_not_there_yet() {
    // One that is back with https is not taken for one that speaks http, because it was silent.
    for access in [Access::Http, Access::Https] {
        let Some(mut registry) = Registry::start(access) else {
            return;
        };
        if !support::images::have_tiny() || !registry.push_image("tiny", "tiny:1") {
            return;
        }
        registry.stop();
        let world = World::new();
        let name = registry.reference("tiny:1");
        let pull = world.start([
            "pull",
            "-q",
            INSECURE,
            "--retry=400",
            "--retry-delay=200ms",
            &name,
        ]);
        support::wait_until("the second try fails", Duration::from_secs(60), || {
            pull.stderr_so_far().contains("(2/400)")
        });
        registry.restart();
        let done = pull.wait(Duration::from_secs(120));
        assert_eq!(done.code, 0, "{done}");
        let place = registry.reference("tiny");
        let line = format!(
            "Failed, retrying in 200ms ... (1/400). Error: initializing source docker://{place}: \
             cannot reach {}: connection refused",
            registry.address()
        );
        assert_eq!(done.stderr.lines().next(), Some(&*line), "{done}");
        assert_eq!(done.text().len(), 64, "{done}");
    }
}

#[test]
fn a_registry_that_stays_dead_is_named_and_the_next_pull_goes_on() {
    let Some(mut registry) = debian() else {
        return;
    };
    let world = World::new();
    let patience = ["--retry=1", "--retry-delay=10ms"];
    let (between, name, pull) = dying(&mut registry, &world, &patience);
    let done = pull.wait(support::PATIENCE).expect_refusal("debian");
    assert!(done.stderr.contains(&between.address()), "{done}");
    assert_eq!(world.ok(["images", "-q"]), "");
    registry.restart();
    world.ok(["pull", "-q", INSECURE, &name]);
    is_whole(&world, &name);
}

/// Answers every path so at first, and honestly from then on.
fn at_first(times: u32, first: Reply) -> EvilRegistry {
    let image = Image::new(2);
    let asked: Mutex<HashMap<String, u32>> = Mutex::default();
    EvilRegistry::http(move |seen: &Seen| {
        let mut asked = asked.lock().expect("no panic");
        let count = asked.entry(seen.path.clone()).or_default();
        *count += 1;
        match *count <= times && seen.path != "/v2/" {
            true => first.clone(),
            false => image.answer(seen),
        }
    })
}

#[test]
fn a_registry_that_asks_for_patience_is_given_it() {
    for status in [429, 503] {
        let busy = Reply::error(status, "TOOMANYREQUESTS", "later").header("retry-after", "1");
        let registry = at_first(1, busy);
        let world = World::new();
        let name = format!("{}/x:1", registry.host());
        let started = Instant::now();
        // What the registry says is waited for, although the user would ask again at once.
        world.ok(["pull", "-q", INSECURE, "--retry-delay=1ms", &name]);
        assert!(started.elapsed() >= Duration::from_secs(1), "{status}");
        assert_eq!(world.ok(["images", "-q"]).lines().count(), 1);
    }
    // Whoever asks for a year is told so, in one line.
    let never = Reply::error(429, "TOOMANYREQUESTS", "later").header("retry-after", "31536000");
    let registry = at_first(1000, never);
    let world = World::new();
    let name = format!("{}/x:1", registry.host());
    let pull = [
        "pull",
        "-q",
        INSECURE,
        "--retry=1",
        "--retry-delay=1ms",
        &name,
    ];
    world.coracle(pull).expect_refusal("429");
}

#[test]
fn a_slow_registry_is_only_slow() {
    let image = Image::new(3);
    let registry = EvilRegistry::http(move |seen| {
        let mut reply = image.answer(seen);
        if reply.body.len() > 100_000 {
            reply.stall = Some(Duration::from_secs(3));
        }
        reply
    });
    let world = World::new();
    let name = format!("{}/x:1", registry.host());
    world.ok(["pull", "-q", INSECURE, "--retry=0", &name]);
    let blobs = registry
        .seen()
        .into_iter()
        .filter(|seen| seen.path.contains("/blobs/"));
    assert_eq!(blobs.count(), 4, "each was fetched once");
}
