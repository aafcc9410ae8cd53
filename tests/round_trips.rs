//! Images on long journeys: skopeo and podman send them, umoci, podman and skopeo receive them,
//! and on the way Coracle pulls, saves, loads and pushes. The image's ID and its DiffIds never
//! change, and the same image gives the same bytes.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/podman.rs"]
mod podman;
mod support;

use podman::{end_podman, podman};
use serde_json::Value;
use support::registry::Access;
use support::world::finish;
use support::{Registry, World, images};

const INSECURE: &str = "--tls-verify=false";
const FORMATS: [(&str, &str); 4] = [
    ("docker-archive", "docker-archive"),
    ("oci-archive", "oci-archive"),
    ("oci-dir", "oci"),
    ("docker-dir", "dir"),
];

/// What must stay the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity {
    id: String,
    diff_ids: Vec<String>,
}

fn other(world: &World, program: &str, words: &[&str]) -> String {
    let mut command = world.other(program);
    command.args(words);
    let done = finish(command);
    assert_eq!(done.code, 0, "{program} {words:?}: {done}");
    done.stdout.trim().to_owned()
}

fn skopeo(world: &World, words: &[&str]) -> String {
    let words = [&["--insecure-policy"], words].concat();
    other(world, "skopeo", &words)
}

fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.map(|one| one.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// An image as Coracle has it.
fn ours(world: &World, image: &str) -> Identity {
    let text = world.ok(["image", "inspect", image]);
    let shown: Value = serde_json::from_str(&text).expect("JSON");
    Identity {
        id: shown[0]["Id"].as_str().expect("an id").to_owned(),
        diff_ids: strings(&shown[0]["RootFS"]["Layers"]),
    }
}

/// An image as skopeo reads it from anywhere.
fn theirs(world: &World, place: &str) -> Identity {
    let raw = skopeo(world, &["inspect", "--tls-verify=false", "--raw", place]);
    let manifest: Value = serde_json::from_str(&raw).expect("JSON");
    let id = manifest["config"]["digest"].as_str().expect("a digest");
    let config = skopeo(
        world,
        &["inspect", "--tls-verify=false", "--config", "--raw", place],
    );
    let config: Value = serde_json::from_str(&config).expect("JSON");
    Identity {
        id: id.trim_start_matches("sha256:").to_owned(),
        diff_ids: strings(&config["rootfs"]["diff_ids"]),
    }
}

/// An image as podman has it.
fn podmans(world: &World, image: &str) -> Identity {
    let text = podman(world, &["image", "inspect", image]);
    let shown: Value = serde_json::from_str(&text).expect("JSON");
    Identity {
        id: shown[0]["Id"].as_str().expect("an id").to_owned(),
        diff_ids: strings(&shown[0]["RootFS"]["Layers"]),
    }
}

/// What is in the tree of an image that podman has: modes, owners, sizes, links and contents.
fn podmans_tree(world: &World, image: &str) -> String {
    let script = "cd $(\"$@\" image mount \"$image\") && find . -printf '%P %m %U:%G %y %s %l\\n' \
                  | sort && find . -type f -print0 | sort -z | xargs -0 sha256sum";
    let mut command = world.other("podman");
    command
        .arg("unshare")
        .args(["sh", "-c", script, "sh", "podman"]);
    command.args(podman::own(world));
    command.env("image", image);
    let done = finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout
}

/// A world whose registry holds an image with several layers, pushed there by skopeo.
fn arrived(name: &str) -> Option<(World, Registry)> {
    if !support::have(&["skopeo", "podman"]) {
        return None;
    }
    let registry = Registry::start(Access::Http)?;
    let world = World::new();
    match images::have_tiny() && name == "tiny" {
        true => drop(registry.push_image("tiny", "tiny:1")),
        false => {
            let layers: Vec<Vec<u8>> = (0..4u8)
                .map(|at| images::layer_with_file(&format!("file{at}"), &vec![at; 70_000]))
                .collect();
            let config = r#"{"Env":["A=b"],"Labels":{"x":"y"}}"#;
            let archive = images::docker_archive("localhost/many:1", config, &layers);
            let file = world.write("many.tar", archive);
            registry.push(&format!("docker-archive:{}", file.display()), "many:1");
            std::fs::remove_file(file).expect("ours");
        }
    }
    Some((world, registry))
}

#[test]
fn from_a_registry_through_every_archive_to_others_and_back() {
    let Some((world, registry)) = arrived("many") else {
        return;
    };
    let name = registry.reference("many:1");
    world.ok(["pull", "-q", INSECURE, &name]);
    let wanted = ours(&world, &name);
    assert_eq!(theirs(&world, &format!("docker://{name}")), wanted);
    for (format, transport) in FORMATS {
        let saved = format!("saved-{format}");
        world.ok(["save", "-q", "--format", format, "-o", &saved, &name]);
        // skopeo and podman read what was saved ...
        let place = match transport {
            "oci" | "oci-archive" => format!("{transport}:{saved}:{name}"),
            _ => format!("{transport}:{saved}"),
        };
        assert_eq!(theirs(&world, &place), wanted, "{format}");
        if transport != "docker-archive" && transport != "oci-archive" {
            podman(&world, &["pull", "-q", &place]);
        } else {
            podman(&world, &["load", "-q", "-i", &saved]);
        }
        assert_eq!(podmans(&world, &wanted.id), wanted, "{format}");
        // ... what podman then saves is read here ...
        podman(&world, &["tag", &wanted.id, "localhost/back:1"]);
        let back = format!("back-{format}");
        podman(
            &world,
            &[
                "save",
                "-q",
                "--format",
                format,
                "-o",
                &back,
                "localhost/back:1",
            ],
        );
        let third = World::new();
        let path = world.path(&back).display().to_string();
        third.ok(["load", "-q", "-i", &path]);
        assert_eq!(ours(&third, &wanted.id), wanted, "{format}");
        podman(&world, &["rmi", "-f", &wanted.id]);
        // ... and so is what we saved ourselves.
        let fourth = World::new();
        let path = world.path(&saved).display().to_string();
        fourth.ok(["load", "-q", "-i", &path]);
        assert_eq!(ours(&fourth, &wanted.id), wanted, "{format}");
    }
    end_podman(&world);
}

#[test]
fn umoci_unpacks_what_was_saved() {
    if !support::have(&["umoci"]) {
        return;
    }
    let Some((world, registry)) = arrived("many") else {
        return;
    };
    let name = registry.reference("many:1");
    world.ok(["pull", "-q", INSECURE, &name]);
    world.ok(["tag", &name, "flag"]);
    world.ok(["push", "-q", "flag", "oci:layout:flag"]);
    let list = other(&world, "umoci", &["list", "--layout", "layout"]);
    assert_eq!(list, "flag");
    let unpack = ["unpack", "--rootless", "--image", "layout:flag", "bundle"];
    other(&world, "umoci", &unpack);
    let file = std::fs::read(world.path("bundle/rootfs/file3")).expect("unpacked");
    assert_eq!(file, vec![3; 70_000]);
    // What umoci makes of it comes back as an image of its own.
    std::fs::write(world.path("bundle/rootfs/new"), "fresh").expect("ours");
    other(
        &world,
        "umoci",
        &["repack", "--image", "layout:changed", "bundle"],
    );
    world.ok(["pull", "-q", "oci:layout:changed"]);
    let changed = ours(&world, "localhost/changed");
    let before = ours(&world, "flag");
    assert_eq!(changed.diff_ids[..4], before.diff_ids[..]);
    assert_eq!(changed.diff_ids.len(), 5);
}

#[test]
fn what_was_pulled_goes_to_an_empty_registry_and_podman_has_the_same_tree() {
    let Some((world, registry)) = arrived("tiny") else {
        return;
    };
    let Some(empty) = Registry::start(Access::Http) else {
        return;
    };
    if !images::have_tiny() {
        return;
    }
    let (name, target) = (
        registry.reference("tiny:1"),
        empty.reference("else/where:2"),
    );
    world.ok(["pull", "-q", INSECURE, &name]);
    let wanted = ours(&world, &name);
    podman(&world, &["pull", "-q", INSECURE, &name]);
    let tree = podmans_tree(&world, &wanted.id);
    assert!(tree.contains("bin/busybox"), "{tree}");
    podman(&world, &["rmi", "-f", &wanted.id]);
    for options in [&[][..], &["--format=oci"], &["--compression-format=zstd"]] {
        let push = [&["push", "-q", INSECURE][..], options, &[&name, &target]].concat();
        world.ok(push);
        assert_eq!(
            theirs(&world, &format!("docker://{target}")),
            wanted,
            "{options:?}"
        );
        podman(&world, &["pull", "-q", INSECURE, &target]);
        assert_eq!(podmans(&world, &target), wanted, "{options:?}");
        assert_eq!(podmans_tree(&world, &wanted.id), tree, "{options:?}");
        podman(&world, &["rmi", "-f", &wanted.id]);
    }
    end_podman(&world);
}

#[test]
fn the_same_image_is_saved_as_the_same_bytes() {
    let Some((world, registry)) = arrived("many") else {
        return;
    };
    let name = registry.reference("many:1");
    world.ok(["pull", "-q", INSECURE, &name]);
    // Another store, to which the image came by another way.
    let second = World::new();
    let file = second.path("came.tar").display().to_string();
    world.ok(["save", "-q", "-o", &file, &name]);
    second.ok(["load", "-q", "-i", &file]);
    std::fs::remove_file(&file).expect("ours");
    for (format, _) in FORMATS {
        let mut made = Vec::new();
        for (world, place) in [(&world, "a"), (&world, "b"), (&second, "c")] {
            let place = format!("{place}-{format}");
            world.ok(["save", "-q", "--format", format, "-o", &place, &name]);
            made.push(contents(&world.path(&place)));
        }
        assert!(made[0] == made[1], "{format}: saved twice");
        assert!(made[0] == made[2], "{format}: saved from two stores");
    }
    let piped = world.coracle(["save", "-q", "--format", "oci-archive", &name]);
    assert_eq!(piped.code, 0);
}

/// All files of a path, by name.
fn contents(path: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    if path.is_file() {
        return vec![(String::new(), std::fs::read(path).expect("ours"))];
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).expect("ours").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        for (below, bytes) in contents(&entry.path()) {
            found.push((format!("{name}/{below}"), bytes));
        }
    }
    found.sort();
    found
}
