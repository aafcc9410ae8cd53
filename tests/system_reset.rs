//! `system reset`, and that what deletes a store never reaches anything else (S-91).

mod support;

use std::os::unix::fs::symlink;
use std::path::Path;

use support::canary::Canary;
use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Containers, a volume and links that lead to the canary.
fn furnish(world: &World, canary: &Path) {
    let bind = format!("{}:/bird", canary.display());
    world.ok([
        "run",
        "-d",
        "--name=one",
        "--network=none",
        "-v",
        &bind,
        "-v",
        "data:/data",
        "--stop-signal=KILL",
        "tiny",
        "sleep",
        "inf",
    ]);
    world.ok([
        "run",
        "--name=two",
        "--network=none",
        "tiny",
        "ln",
        "-s",
        canary.to_str().expect("a text"),
        "/link",
    ]);
    symlink(canary, world.store().join("volumes/data/_data/link")).expect("a link");
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

#[test]
fn a_reset_leaves_nothing() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    furnish(&world, canary.path());
    // The network's helpers leave notes.
    world.ok(["run", "--rm", "tiny", "true"]);
    let asked = world.coracle_fed(["system", "reset"], "n\n").expect_code(0);
    assert!(
        asked.stdout.starts_with("WARNING! This will remove:\n"),
        "{asked}"
    );
    assert!(
        asked
            .stdout
            .ends_with("Are you sure you want to continue? [y/N] "),
        "{asked}"
    );
    assert_eq!(world.container_names(), ["one", "two"]);
    assert_eq!(world.ok(["system", "reset", "-f"]), "");
    assert!(!world.store().exists());
    assert!(!world.root().join("run/coracle").exists());
    let again = world.coracle(["system", "reset", "--force"]).expect_code(0);
    assert!(again.stderr.contains("there is no store in"), "{again}");
    assert!(!world.store().exists(), "asking makes none");
    canary.check();
    world.load("tiny");
    world.ok(["run", "--rm", "--network=none", "tiny", "true"]);
}

#[test]
fn s_91_a_wrong_root_is_left_alone() {
    let Some(mut world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    let home = world.home();
    std::fs::write(home.join("letter"), "dear").expect("a file");
    let reset = |world: &World, root: &Path| {
        let root = root.to_str().expect("a text").to_owned();
        world.coracle(["--root", &root, "system", "reset", "-f"])
    };
    for root in [
        home.as_path(),
        Path::new("/"),
        canary.path(),
        Path::new("/nowhere/at/all"),
    ] {
        let done = reset(&world, root).expect_code(0);
        assert!(done.stderr.contains("there is no store in"), "{done}");
    }
    // A marker does not make a home a store.
    std::fs::write(home.join("version"), "coracle store 1\n").expect("a file");
    reset(&world, &home).expect_refusal("is your home, not an image store");
    let link = world.path("link");
    symlink(&home, &link).expect("a link");
    reset(&world, &link).expect_refusal("is your home, not an image store");
    assert_eq!(
        std::fs::read_to_string(home.join("letter")).expect("it"),
        "dear"
    );
    // Nor does an empty home become one.
    let bare = world.path("bare");
    std::fs::create_dir(&bare).expect("a directory");
    world.set_env("HOME", &bare);
    let root = bare.to_str().expect("a text");
    world
        .coracle(["--root", root, "images"])
        .expect_refusal("is your home, not an image store");
    assert!(is_empty(&bare));
    // Somebody else's marker.
    let other = world.path("other");
    std::fs::create_dir(&other).expect("a directory");
    std::fs::write(other.join("version"), "7\n").expect("a file");
    reset(&world, &other).expect_refusal("is not an image store");
    canary.check();
}

#[test]
fn s_91_what_is_not_ours_is_kept_and_told() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    furnish(&world, canary.path());
    let store = world.store();
    std::fs::write(store.join("letter"), "dear").expect("a file");
    std::fs::create_dir(store.join("photos")).expect("a directory");
    symlink(canary.path(), store.join("bird")).expect("a link");
    let done = world.coracle(["system", "reset", "-f"]).expect_code(0);
    for name in ["letter", "photos", "bird"] {
        let line = format!("{} is not coracle's", store.join(name).display());
        assert!(done.stderr.contains(&line), "{done}");
        std::fs::symlink_metadata(store.join(name)).expect("it is kept");
    }
    canary.check();
    // The emptied store works.
    assert_eq!(world.ok(["ps", "-aq"]), "");
    world.load("tiny");
    std::fs::remove_file(store.join("letter")).expect("ours");
    std::fs::remove_file(store.join("bird")).expect("ours");
    std::fs::remove_dir(store.join("photos")).expect("ours");
    world.ok(["system", "reset", "-f"]);
    assert!(!store.exists());
}

#[test]
fn s_91_a_folder_that_became_a_link_is_not_emptied() {
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    let layers = world.store().join("layers");
    let aside = world.path("layers");
    std::fs::rename(&layers, &aside).expect("renamed");
    symlink(canary.path(), &layers).expect("a link");
    world
        .coracle(["system", "reset", "-f"])
        .expect_refusal("it is not a directory");
    canary.check();
    std::fs::remove_file(&layers).expect("ours");
    std::fs::rename(&aside, &layers).expect("renamed");
    world.ok(["system", "reset", "-f"]);
    assert!(!world.store().exists());
}

#[test]
fn s_91_a_store_behind_a_link_goes_and_the_link_stays() {
    let Some(world) = world() else { return };
    let place = world.path("elsewhere");
    std::fs::rename(world.store(), &place).expect("renamed");
    symlink(&place, world.store()).expect("a link");
    world.ok(["run", "--rm", "--network=none", "tiny", "true"]);
    world.ok(["system", "reset", "-f"]);
    assert!(is_empty(&place));
    std::fs::remove_file(world.store()).expect("the link");
}

#[test]
fn s_12_a_store_that_others_may_read_is_closed_before_it_is_reset() {
    let Some(world) = world() else { return };
    support::world::set_mode(&world.store(), 0o755);
    world.ok(["system", "reset", "-f"]);
    assert!(!world.store().exists());
}

/// Where a reset can be killed, and how often it passes there at least.
const FAILPOINTS: &[(&str, u32)] = &[
    ("engine.reset.emptied", 1),
    ("store.reset.discarding", 3),
    ("store.sweep.reclaimed", 1),
    ("store.sweep.emptied", 1),
    ("engine.reset.deleted", 1),
    ("store.reset.bared", 1),
    ("store.reset.unmarked", 1),
];

#[test]
fn a_reset_may_be_killed_anywhere() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let Some(world) = world() else { return };
    let canary = Canary::new(&world.path(""));
    for (failpoint, passages) in FAILPOINTS {
        for passage in 0..*passages {
            furnish(&world, canary.path());
            let what = format!("{failpoint}:kill@{passage}");
            let mut command = world.command(["system", "reset", "-f"]);
            command.env("CORACLE_FAILPOINT", &what);
            let done = support::Running::start(command).wait(std::time::Duration::from_secs(60));
            // In a worker of its own the kill is the worker's.
            assert!(matches!(done.code, 137 | 125 | 0), "{what}: {done}");
            assert_eq!(world.ok(["ps", "-aq"]), "", "after {what}");
            world.ok(["images"]);
            world.ok(["system", "reset", "-f"]);
            assert!(!world.store().exists(), "after {what}");
            canary.check();
            world.load("tiny");
        }
    }
}
