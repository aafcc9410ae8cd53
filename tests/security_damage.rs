//! Files of the store that were cut, swapped, replaced or lost: row S-117.
//!
//! A damaged file is named together with what helps, the other containers stay usable, and nothing
//! is thrown away unasked.

mod support;

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use support::{Done, World, images, wait_until};

/// A world with an ended container `victim`, a running one `other`, and a volume.
fn world() -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let world = World::with_image("tiny");
    world.ok(["tag", "tiny", "localhost/second:latest"]);
    world
        .coracle([
            "run",
            "--name",
            "victim",
            "-v",
            "cargo:/cargo",
            "tiny",
            "sh",
            "-c",
            "echo aboard; exit 3",
        ])
        .expect_code(3);
    let options = ["run", "-d", "--network", "none", "--name", "other"];
    world.ok(options.iter().chain(&["tiny", "sleep", "1000"]));
    Some(world)
}

fn container(world: &World, name: &str) -> PathBuf {
    let id = world.inspect(name, "{{.Id}}");
    world.store().join("containers").join(id)
}

/// Every file of the store that is ours: no tree of an image, a container or a volume.
fn state_files(world: &World) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![world.store()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("ours").flatten() {
            let name = entry.file_name();
            let kind = entry.file_type().expect("a type");
            if kind.is_dir() {
                let trees = ["diff", "upper", "work", "_data", "tmp", "u0"];
                if !trees.iter().any(|tree| name == *tree) {
                    folders.push(entry.path());
                }
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

const DAMAGES: &[&str] = &[
    "emptied",
    "halved",
    "cut",
    "zeroed",
    "another type",
    "fifo",
    "link",
    "gone",
];

fn damage(path: &Path, how: &str) {
    let content = std::fs::read(path).expect("ours");
    // Made anew: a program that runs cannot be written (execve(2), ETXTBSY).
    std::fs::remove_file(path).expect("ours");
    let put = |bytes: &[u8]| std::fs::write(path, bytes).expect("ours");
    match how {
        "emptied" => put(b""),
        "halved" => put(&content[..content.len() / 2]),
        "cut" => put(&content[..content.len().saturating_sub(1)]),
        "zeroed" => put(&vec![0; content.len()]),
        "another type" => put(b"[1, \"two\", null]"),
        "fifo" => make_fifo(path),
        "link" => symlink("/etc/passwd", path).expect("a link"),
        _ => {}
    }
}

fn make_fifo(path: &Path) {
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    let kind = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, path, kind, mode, 0).expect("a FIFO");
}

/// No panic, one error at most.
#[track_caller]
fn calm(done: &Done, about: &str) {
    assert!(!done.stderr.contains("panicked"), "{about}: {done}");
    let errors = done
        .stderr
        .lines()
        .filter(|l| l.starts_with("Error: "))
        .count();
    assert!(errors <= 1, "{about}: {done}");
    assert!(done.code == 0 || errors == 1, "{about}: {done}");
    assert!(done.code < 128, "{about}: {done}");
}

#[test]
fn s_117_no_damaged_file_stops_the_others() {
    let Some(world) = world() else { return };
    let victim = container(&world, "victim");
    let other = container(&world, "other");
    for path in state_files(&world) {
        // The log of the running one is being written, its locks are held by inode.
        if path.starts_with(&other) {
            continue;
        }
        let kept = world.path("kept");
        let _ = std::fs::remove_file(&kept);
        std::fs::copy(&path, &kept).expect("a copy");
        for how in DAMAGES {
            let about = format!("{} {how}", path.display());
            damage(&path, how);
            for words in [
                &["ps", "-a"][..],
                &["images"],
                &["inspect", "victim"],
                &["logs", "victim"],
                &["image", "inspect", "tiny"],
            ] {
                calm(&world.coracle(words), &about);
            }
            if path.file_name().is_some_and(|name| name == "version") {
                // Without its last newline it says what it said; a lost one is a lost store.
                let done = world.coracle(["ps"]);
                let refused = done.code == 125 && done.stderr.contains("hint: ");
                assert!(refused || *how == "cut", "{about}: {done}");
            } else {
                let done = world.coracle(["exec", "other", "echo", "here"]);
                assert_eq!((done.code, done.text()), (0, "here"), "{about}: {done}");
                let names = world.ok(["ps", "--format", "{{.Names}}"]);
                assert_eq!(names, "other", "{about}");
            }
            let _ = std::fs::remove_file(&path);
            if path.parent().is_some_and(Path::is_dir) {
                std::fs::copy(&kept, &path).expect("put back");
            }
        }
    }
    assert_eq!(world.ok(["run", "--rm", "tiny", "echo", "on"]), "on");
    world.ok(["rm", "victim"]);
    assert!(!victim.exists());
}

#[test]
fn s_117_a_damaged_container_is_named_and_can_be_removed() {
    for how in DAMAGES {
        let Some(world) = world() else { return };
        let victim = container(&world, "victim");
        let record = victim.join("container.json");
        damage(&record, how);
        let shown = world
            .coracle(["ps", "-a", "--format", "{{.Names}}"])
            .expect_code(0);
        assert_eq!(shown.text(), "other", "{how}");
        for text in [record.to_str().expect("UTF-8"), "rm --force"] {
            assert!(shown.stderr.contains(text), "{how}: no {text} in {shown}");
        }
        for words in [
            &["inspect", "victim"][..],
            &["start", "victim"],
            &["logs", "victim"],
        ] {
            let done = world.coracle(words).expect_code(125);
            assert!(done.stderr.contains("container.json"), "{how}: {done}");
            assert!(
                done.stderr.contains("hint: coracle rm --force"),
                "{how}: {done}"
            );
        }
        // Its name is not free while it is there, and it is there until somebody says so.
        world
            .coracle(["create", "--name", "victim", "tiny"])
            .expect_refusal("in use");
        world.ok(["untag", "tiny", "localhost/second:latest"]);
        assert!(victim.exists(), "{how}");
        world.ok(["rm", "victim"]);
        assert!(!victim.exists(), "{how}");
        world.ok(["create", "--name", "victim", "tiny"]);
        assert_eq!(world.ok(["exec", "other", "echo", "on"]), "on");
    }
}

#[test]
fn s_117_a_damaged_container_that_runs_is_ended_only_by_force() {
    let Some(world) = world() else { return };
    let other = container(&world, "other");
    let init = world.inspect("other", "{{.State.Pid}}");
    damage(&other.join("container.json"), "halved");
    let refused = world.coracle(["rm", "other"]).expect_code(2);
    assert!(refused.stderr.contains("is running"), "{refused}");
    assert!(Path::new("/proc").join(&init).exists());
    world.ok(["rm", "--force", "other"]);
    assert!(!other.exists());
    wait_until("its end", Duration::from_secs(10), || {
        !Path::new("/proc").join(&init).exists()
    });
    assert_eq!(world.ok(["ps", "-a", "--format", "{{.Names}}"]), "victim");
}

#[test]
fn s_117_swapped_records_are_noticed() {
    let Some(world) = world() else { return };
    world.ok(["run", "--name", "third", "tiny", "true"]);
    let (one, two) = (container(&world, "victim"), container(&world, "third"));
    let (a, b) = (one.join("container.json"), two.join("container.json"));
    let (old, new) = (
        std::fs::read(&a).expect("ours"),
        std::fs::read(&b).expect("ours"),
    );
    std::fs::write(&a, new).expect("ours");
    std::fs::write(&b, old).expect("ours");
    let done = world
        .coracle(["ps", "-a", "--format", "{{.Names}}"])
        .expect_code(0);
    assert_eq!(done.text(), "other");
    assert_eq!(
        done.stderr.matches("it is about container").count(),
        2,
        "{done}"
    );
    for folder in [one, two] {
        let id = folder.file_name().expect("an id").to_str().expect("hex");
        world.ok(["rm", id]);
    }
    assert_eq!(world.container_names(), ["other"]);
}

#[test]
fn s_117_a_newer_store_is_left_alone() {
    let Some(world) = world() else { return };
    world.ok(["rm", "-f", "-t", "0", "other"]);
    world.expect_nothing_unfinished();
    let version = world.store().join("version");
    let ours = std::fs::read(&version).expect("ours");
    std::fs::write(&version, "coracle store 999\n").expect("ours");
    let before = state_files(&world);
    for words in [
        &["ps", "-a"][..],
        &["rm", "-f", "victim"],
        &["rmi", "-f", "tiny"],
        &["run", "--rm", "tiny", "true"],
    ] {
        let done = world.coracle(words).expect_refusal("has format 999");
        assert!(done.stderr.contains("hint: "), "{done}");
    }
    assert_eq!(state_files(&world), before);
    std::fs::write(&version, ours).expect("ours");
    world.ok(["start", "victim"]);
}

#[test]
fn s_117_a_damaged_image_is_mended_by_loading_it_again() {
    let Some(world) = world() else { return };
    let archive = world.write("tiny.tar", images::tiny());
    let archive = archive.to_str().expect("UTF-8");
    let parts = ["images", "images/names", "blobs/sha256", "layers"];
    let mine = |path: &PathBuf| {
        parts
            .iter()
            .any(|part| path.starts_with(world.store().join(part)))
    };
    // The tape of a layer is only looked at by `save`, which says so.
    let is_tape = |path: &PathBuf| path.file_name().is_some_and(|name| name == "tar");
    let files: Vec<PathBuf> = state_files(&world)
        .into_iter()
        .filter(mine)
        .filter(|p| !is_tape(p))
        .collect();
    assert!(files.len() >= 5, "{files:?}");
    for path in &files {
        let kept = std::fs::read(path).expect("ours");
        for how in DAMAGES {
            let _ = std::fs::remove_file(path);
            std::fs::write(path, &kept).expect("ours");
            damage(path, how);
            calm(&world.coracle(["images"]), how);
            let about = format!("{} {how}", path.display());
            let loaded = world.coracle(["load", "-q", "-i", archive]);
            assert_eq!(loaded.code, 0, "{about}: {loaded}");
            world.ok(["tag", "tiny", "localhost/second:latest"]);
            let done = world.coracle(["run", "--rm", "tiny", "echo", "whole"]);
            assert_eq!((done.code, done.text()), (0, "whole"), "{about}: {done}");
            // Nothing was taken from under the one that runs on it.
            assert_eq!(
                world.ok(["exec", "other", "echo", "still"]),
                "still",
                "{about}"
            );
            assert!(
                !world.coracle(["images"]).stderr.contains("damaged"),
                "{about}"
            );
        }
    }
}
