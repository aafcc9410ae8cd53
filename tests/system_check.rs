//! `system check`: it finds what is damaged and nothing else, and `--repair` takes it away.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::registry::Access;
use support::{Registry, Running, World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[track_caller]
fn clean(world: &World, what: &str) {
    let done = world.coracle(["system", "check"]);
    assert_eq!((done.code, &done.stdout[..]), (0, ""), "{what}: {done}");
}

/// The only entry of a folder that is no folder for names.
#[track_caller]
fn only(folder: &Path) -> PathBuf {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| !path.ends_with("names"))
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

fn layer(world: &World) -> PathBuf {
    only(&world.store().join("layers"))
}

fn overwrite(path: &Path, text: &str) {
    support::world::set_mode(path, 0o644);
    fs::write(path, text).expect("ours");
}

/// Makes some damage.
type Damage = fn(&World);

/// What is done, and what is said of it.
const DAMAGES: &[(Damage, &str)] = &[
    (
        |world| overwrite(&layer(world).join("diff/etc/motd"), "ahoj\n"),
        "checksum failed",
    ),
    (
        |world| overwrite(&layer(world).join("diff/etc/motd"), "more\nthan before\n"),
        "content modified: ",
    ),
    (
        |world| fs::remove_file(layer(world).join("diff/etc/motd")).expect("ours"),
        "content modified: ",
    ),
    (
        |world| overwrite_new(&layer(world).join("diff/etc/new"), "text"),
        "content modified: changed /etc, added /etc/new",
    ),
    (
        |world| support::world::set_mode(&layer(world).join("diff/etc/passwd"), 0o600),
        "content modified: changed /etc, changed /etc/passwd",
    ),
    (
        |world| overwrite(&layer(world).join("layer.json"), "{"),
        "its record is missing or damaged",
    ),
    (
        |world| fs::remove_file(layer(world).join("tar")).expect("ours"),
        "layer data item is missing",
    ),
    (
        |world| {
            let aside = world.path("aside");
            fs::rename(layer(world), aside).expect("ours");
        },
        "image layer is missing",
    ),
    (
        |world| {
            for blob in fs::read_dir(world.store().join("blobs/sha256")).expect("blobs") {
                overwrite(&blob.expect("a blob").path(), "{}");
            }
        },
        "checksum failed",
    ),
    (
        |world| overwrite(&only(&world.store().join("images")), "no JSON"),
        "Damaged image record",
    ),
    (
        |world| overwrite(&only(&world.store().join("images/names")), "no name"),
        "it gives no name to an image",
    ),
    (
        |world| fs::create_dir(world.store().join("tmp/what")).expect("ours"),
        "nobody of us has made it",
    ),
];

fn overwrite_new(path: &Path, text: &str) {
    fs::write(path, text).expect("ours");
}

#[test]
fn damage_is_found_and_taken_away() {
    let Some(world) = world() else { return };
    world.ok(["volume", "create", "data"]);
    let file = world.store().join("volumes/data/_data/file");
    fs::write(&file, "dear").expect("ours");
    clean(&world, "a fresh store");
    for (damage, told) in DAMAGES {
        damage(&world);
        let done = world.coracle(["system", "check"]);
        let done = done.expect_refusal("damage detected in local storage");
        assert!(done.stdout.contains(told), "{told}: {done}");
        assert!(done.stdout.contains("Damaged "), "{told}: {done}");
        let repaired = world.coracle(["system", "check", "--repair"]);
        assert_eq!(repaired.code, 0, "{told}: {repaired}");
        clean(&world, told);
        world.load("tiny");
        assert_eq!(
            world.ok(["run", "--rm", "--network=none", "tiny", "cat", "/etc/motd"]),
            "ahoy"
        );
        world.ok(["system", "prune", "-af"]);
        world.load("tiny");
        clean(&world, told);
    }
    assert_eq!(fs::read_to_string(&file).expect("it is kept"), "dear");
}

#[test]
fn what_a_layer_hides_is_no_damage() {
    let Some(world) = world() else { return };
    let script = "rm /etc/motd; rm -r /var; mkdir /var; echo x >/var/y";
    world.ok([
        "run",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        script,
    ]);
    world.ok(["commit", "-q", "c", "thinner"]);
    clean(&world, "committed");
    let archive = world.path("saved.tar");
    let archive = archive.to_str().expect("UTF-8");
    world.ok(["save", "-q", "-o", archive, "thinner"]);
    world.ok(["rm", "c"]);
    world.ok(["rmi", "-af"]);
    world.ok(["load", "-q", "-i", archive]);
    clean(&world, "loaded");
}

#[test]
fn a_quick_check_does_not_look_into_layers() {
    let Some(world) = world() else { return };
    overwrite(&layer(&world).join("diff/etc/motd"), "ahoj\n");
    assert_eq!(world.ok(["system", "check", "-q"]), "");
    overwrite(&layer(&world).join("layer.json"), "{");
    world
        .coracle(["system", "check", "--quick", "--max", "1h"])
        .expect_refusal("damage detected");
    world
        .coracle(["system", "check", "-m", "soon"])
        .expect_refusal("--max");
}

#[test]
fn what_a_container_needs_goes_by_force_only() {
    let Some(world) = world() else { return };
    world.ok([
        "run",
        "--name=one",
        "--network=none",
        "-v",
        "data:/data",
        "tiny",
        "touch",
        "/mine",
    ]);
    overwrite(&layer(&world).join("diff/etc/motd"), "ahoj\n");
    let done = world.coracle(["system", "check", "-r"]);
    let done = done.expect_refusal("still present after repair attempt");
    assert!(!done.stdout.contains("Deleted"), "{done}");
    assert_eq!(world.container_names(), ["one"]);
    let forced = world.ok(["system", "check", "-r", "-f"]);
    for what in [
        "Deleted damaged layer: ",
        "Deleted damaged image: ",
        "Deleted damaged container: ",
    ] {
        assert!(forced.contains(what), "{forced}");
    }
    assert_eq!(world.container_names(), [""; 0]);
    assert_eq!(world.ok(["volume", "ls", "-q"]), "data");
    clean(&world, "by force");
}

#[test]
fn a_volume_gets_its_record_back() {
    let Some(world) = world() else { return };
    world.ok(["volume", "create", "data"]);
    let folder = world.store().join("volumes/data");
    fs::write(folder.join("_data/file"), "dear").expect("ours");
    for damage in ["{", ""] {
        match damage {
            "" => fs::remove_file(folder.join("volume.json")).expect("ours"),
            text => fs::write(folder.join("volume.json"), text).expect("ours"),
        }
        let done = world.coracle(["system", "check"]);
        let done = done.expect_refusal("damage detected");
        assert!(done.stdout.starts_with("Damaged volume data:\n"), "{done}");
        world.ok(["system", "check", "--repair"]);
        assert_eq!(world.ok(["volume", "ls", "-q"]), "data");
        let text = fs::read_to_string(folder.join("_data/file"));
        assert_eq!(text.expect("it is kept"), "dear");
    }
}

#[test]
fn a_damaged_container_is_told_and_kept() {
    let Some(world) = world() else { return };
    world.ok(["create", "--name=one", "--network=none", "tiny", "true"]);
    let id = world.inspect("one", "{{.Id}}");
    let record = world
        .store()
        .join("containers")
        .join(&id)
        .join("container.json");
    fs::write(&record, "{").expect("ours");
    for (options, kept) in [(&["-r"][..], true), (&["-r", "-f"], false)] {
        let done = world.coracle([&["system", "check"], options].concat());
        assert!(
            done.stdout.contains(&format!("Damaged container {id}:")),
            "{done}"
        );
        assert_eq!(done.code == 125, kept, "{done}");
        assert_eq!(record.exists(), kept);
    }
    clean(&world, "by force");
}

#[test]
fn a_store_in_use_is_clean() {
    let Some(world) = world() else { return };
    world.write("deep.tar", images::deep(5));
    world.ok([
        "run",
        "-d",
        "--name=one",
        "--network=none",
        "tiny",
        "sleep",
        "inf",
    ]);
    world.ok(["commit", "-q", "one", "made"]);
    let loading = world.start(["load", "-q", "-i", "deep.tar"]);
    clean(&world, "while images arrive");
    loading
        .wait(std::time::Duration::from_secs(60))
        .expect_code(0);
    let removing = world.start(["rmi", "localhost/deep"]);
    clean(&world, "while images go");
    removing
        .wait(std::time::Duration::from_secs(60))
        .expect_code(0);
    fs::write(world.store().join("letter"), "dear").expect("ours");
    let done = world.coracle(["system", "check"]).expect_code(0);
    assert!(done.stderr.contains("letter is not coracle's"), "{done}");
    world.expect_nothing_unfinished();
}

/// What is killed at every one of its failpoints, with what comes before.
struct Victim {
    before: Vec<Vec<String>>,
    command: Vec<String>,
}

fn victim(before: &[&[&str]], command: &[&str]) -> Victim {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Victim {
        before: before.iter().map(|line| words(line)).collect(),
        command: words(command),
    }
}

/// The failpoints a command passes, in order.
fn passed(world: &World, victim: &Victim) -> Vec<String> {
    let trace = world.write("trace", "");
    let mut command = world.command(&victim.command);
    command.env("CORACLE_FAILPOINT_TRACE", &trace);
    Running::start(command)
        .wait(std::time::Duration::from_secs(60))
        .expect_code(0);
    let text = fs::read_to_string(trace).expect("the trace");
    text.lines().map(str::to_owned).collect()
}

/// How many passages of one failpoint are tried.
const PASSAGES: usize = 2;

/// Kills a command wherever it can be killed; afterwards all is clean, and nothing of the user's
/// is lost.
fn killed_everywhere(world: &World, victim: &Victim) {
    let prepare = || {
        for words in &victim.before {
            world.ok(words);
        }
    };
    let cleared = || {
        for words in [
            &["rmi", "-f", "localhost/deep"][..],
            &["image", "prune", "-f"],
        ] {
            world.coracle(words);
        }
    };
    prepare();
    let names = passed(world, victim);
    cleared();
    assert!(!names.is_empty(), "{:?}", victim.command);
    let mut struck: Vec<(String, usize)> = Vec::new();
    for name in names {
        let before = struck.iter().filter(|(known, _)| *known == name).count();
        if before < PASSAGES {
            struck.push((name, before));
        }
    }
    for (name, passage) in struck {
        let what = format!("{:?} {name}:kill@{passage}", victim.command);
        prepare();
        let mut command = world.command(&victim.command);
        command.env("CORACLE_FAILPOINT", format!("{name}:kill@{passage}"));
        let done = Running::start(command).wait(std::time::Duration::from_secs(60));
        assert!(matches!(done.code, 0 | 125 | 137), "{what}: {done}");
        clean(world, &what);
        let file = world.store().join("volumes/data/_data/file");
        assert_eq!(
            fs::read_to_string(file).expect("it is kept"),
            "dear",
            "{what}"
        );
        assert_eq!(
            world.ok(["start", "-a", "keeper"]),
            "mine",
            "the container's own file, after {what}"
        );
        let again = world.coracle(&victim.command);
        assert!(matches!(again.code, 0 | 1), "again after {what}: {again}");
        cleared();
    }
}

/// A volume and a container of the user's, which nothing may harm.
fn keep_something(world: &World) {
    world.ok(["volume", "create", "data"]);
    fs::write(world.store().join("volumes/data/_data/file"), "dear").expect("ours");
    let words = [
        "run",
        "--name=keeper",
        "--network=none",
        "tiny",
        "sh",
        "-c",
        "test -e /mine || echo mine > /mine; cat /mine",
    ];
    assert_eq!(world.ok(words), "mine");
}

#[test]
fn whatever_is_killed_leaves_a_clean_store() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let Some(world) = world() else { return };
    let archive = world.write("deep.tar", images::deep(2));
    keep_something(&world);
    let load = ["load", "-q", "-i", archive.to_str().expect("a text")];
    killed_everywhere(&world, &victim(&[], &load));
    killed_everywhere(&world, &victim(&[&load], &["rmi", "localhost/deep"]));
    let unnamed: &[&[&str]] = &[&load, &["untag", "localhost/deep"]];
    killed_everywhere(&world, &victim(unnamed, &["image", "prune", "-f"]));
}

#[test]
fn a_pull_that_is_killed_leaves_a_clean_store() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let Some(world) = world() else { return };
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let archive = world.write("deep.tar", images::deep(2));
    world.ok(["load", "-q", "-i", archive.to_str().expect("a text")]);
    let name = registry.reference("deep:1");
    world.ok(["push", "-q", "--tls-verify=false", "localhost/deep", &name]);
    world.ok(["rmi", "localhost/deep"]);
    keep_something(&world);
    let pull = ["pull", "-q", "--tls-verify=false", &name];
    let mut pulled = victim(&[], &pull);
    // What the last round has brought goes first.
    pulled.before = vec![["rmi", "--ignore", &name].map(str::to_owned).to_vec()];
    killed_everywhere(&world, &pulled);
}

#[test]
fn a_repair_may_be_killed() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let Some(world) = world() else { return };
    for failpoint in [
        "store.image.unused",
        "store.image.removed",
        "store.layer.condemned",
    ] {
        overwrite(&layer(&world).join("diff/etc/motd"), "ahoj\n");
        let mut command = world.command(["system", "check", "-r"]);
        command.env("CORACLE_FAILPOINT", format!("{failpoint}:kill"));
        let done = Running::start(command).wait(std::time::Duration::from_secs(60));
        assert_eq!(done.code, 137, "{failpoint}: {done}");
        world.coracle(["system", "check", "-r"]).expect_code(0);
        clean(&world, failpoint);
        world.load("tiny");
    }
}
