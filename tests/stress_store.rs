//! Sixteen at once pull, run, tag, look and prune images that share layers: no error, nothing
//! left over, no deadlock, and a clean store.
//!
//! `CORACLE_STRESS_SECONDS` says how long; the usual time only shows that it works at all.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

mod support;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use support::registry::Access;
use support::{Registry, Running, World, images};

const WORKERS: usize = 16;
const USUALLY: u64 = 15;
/// What one command may take on a busy machine; then it is stuck.
const STUCK: Duration = Duration::from_secs(180);

/// What a worker may do, how often, and which failures are no fault.
struct Act {
    name: &'static str,
    words: fn(&Place) -> Vec<String>,
    share: u32,
    /// What it may say when somebody else has pruned what it names.
    forgiven: &'static [&'static str],
}

/// Where a worker is at work.
struct Place {
    worker: usize,
    image: String,
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

const GONE: &[&str] = &["image not known"];

const ACTS: &[Act] = &[
    Act {
        name: "pull",
        words: |place| words(&["pull", "-q", "--tls-verify=false", &place.image]),
        share: 5,
        forgiven: &[],
    },
    Act {
        name: "run",
        words: |place| {
            words(&[
                "run",
                "--rm",
                "--network=none",
                "--tls-verify=false",
                &place.image,
                "true",
            ])
        },
        share: 6,
        forgiven: &[],
    },
    Act {
        name: "tag",
        words: |place| words(&["tag", &place.image, &own_name(place)]),
        share: 4,
        forgiven: GONE,
    },
    Act {
        name: "rmi",
        words: |place| words(&["rmi", "--ignore", &own_name(place)]),
        share: 2,
        // Another worker runs it: under its other name it is the same image.
        forgiven: &["image not known", "it is used by container"],
    },
    Act {
        name: "image prune",
        words: |_| words(&["image", "prune", "-f"]),
        share: 2,
        forgiven: &[],
    },
    Act {
        name: "image prune -a",
        words: |_| words(&["image", "prune", "-a", "-f"]),
        share: 2,
        forgiven: &[],
    },
    Act {
        name: "images",
        words: |_| words(&["images", "-a"]),
        share: 1,
        forgiven: &[],
    },
    Act {
        name: "system df",
        words: |_| words(&["system", "df", "-v"]),
        share: 1,
        forgiven: &[],
    },
    Act {
        name: "system check",
        words: |_| words(&["system", "check", "-q"]),
        share: 1,
        forgiven: &[],
    },
];

fn own_name(place: &Place) -> String {
    format!("localhost/own-{}:latest", place.worker)
}

/// A small generator: each worker has its own order of things (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as u32 % limit
    }

    fn act(&mut self) -> &'static Act {
        let mut at = self.below(ACTS.iter().map(|act| act.share).sum());
        for act in ACTS {
            match at.checked_sub(act.share) {
                None => return act,
                Some(rest) => at = rest,
            }
        }
        unreachable!("the shares add up to the limit")
    }
}

/// Three images upon one another in a registry.
fn stock(world: &World, registry: &Registry) -> Vec<String> {
    let mut names = Vec::new();
    for count in [1, 4, 9] {
        let archive = world.write("deep.tar", images::deep(count));
        world.ok(["load", "-q", "-i", archive.to_str().expect("a text")]);
        let name = registry.reference(&format!("deep:{count}"));
        world.ok(["push", "-q", "--tls-verify=false", "localhost/deep", &name]);
        names.push(name);
    }
    world.ok(["system", "prune", "-af"]);
    names
}

#[test]
fn sixteen_at_once_leave_a_clean_store() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::new();
    let names = stock(&world, &registry);
    let seconds = std::env::var("CORACLE_STRESS_SECONDS").ok();
    let seconds = seconds
        .and_then(|text| text.parse().ok())
        .unwrap_or(USUALLY);
    let end = Instant::now() + Duration::from_secs(seconds);
    let failures = Mutex::new(Vec::new());
    let counts = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (world, names, failures, counts) = (&world, &names, &failures, &counts);
            scope.spawn(move || {
                let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (worker as u64 + 1));
                while Instant::now() < end {
                    let act = dice.act();
                    let image = names[dice.below(names.len() as u32) as usize].clone();
                    let place = Place { worker, image };
                    let command = world.command((act.words)(&place));
                    let done = Running::start(command).wait(STUCK);
                    *counts
                        .lock()
                        .expect("no panic")
                        .entry(act.name)
                        .or_insert(0) += 1;
                    let forgiven = act.forgiven.iter().any(|why| done.stderr.contains(why));
                    if done.code != 0 && !forgiven {
                        failures.lock().expect("no panic").push(done.to_string());
                    }
                }
            });
        }
    });
    println!("{seconds} s: {:?}", counts.lock().expect("no panic"));
    let failures = failures.into_inner().expect("no panic");
    assert!(
        failures.is_empty(),
        "{}: {}",
        failures.len(),
        failures.join("\n")
    );
    assert_eq!(world.ok(["system", "check", "--max", "0"]), "");
    assert_eq!(world.ok(["ps", "-aq"]), "");
    world.ok(["system", "prune", "-af", "--volumes"]);
    world.expect_nothing_unfinished();
    for folder in ["layers", "blobs/sha256", "shifted"] {
        let left = std::fs::read_dir(world.store().join(folder));
        let left: Vec<_> = left.into_iter().flatten().flatten().collect();
        assert!(left.is_empty(), "{folder}: {left:?}");
    }
    assert_eq!(world.ok(["system", "check", "--max", "0"]), "");
}
