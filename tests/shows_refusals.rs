//! What an honest registry, or none, may answer, and a full disk: one clear line each, 125, and nothing left.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use support::registry::{Access, PASSWORD, USER};
use support::{Registry, World, images, world};

/// Nothing of an image, no layer and nothing unfinished.
fn assert_empty(world: &World) {
    assert!(world.ok(["images", "-a", "-q"]).is_empty());
    for folder in ["layers", "images"] {
        let left = files(&world.store().join(folder));
        assert!(left.is_empty(), "{left:?}");
    }
    support::wait_until(
        "nothing unfinished is left",
        Duration::from_secs(20),
        || world.unfinished().is_empty(),
    );
}

/// Everything below a directory that is not a directory itself.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let (folders, mut found): (Vec<_>, Vec<_>) =
        entries.map(|e| e.path()).partition(|p| p.is_dir());
    found.extend(folders.iter().flat_map(|folder| files(folder)));
    found
}

#[test]
fn a_registry_that_wants_another_password_is_told_apart_from_a_missing_image() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    if !images::have_tiny() {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    let name = registry.reference("tiny:1");

    // Its certificate is nobody's that this user trusts.
    world.coracle(["pull", &name]).expect_refusal("certificate");
    world.trust(&registry);
    world.coracle(["pull", &name]).expect_refusal("tiny");
    let wrong = format!("{USER}:wrong");
    world
        .coracle(["pull", "--creds", &wrong, &name])
        .expect_refusal("tiny");

    let right = format!("{USER}:{PASSWORD}");
    let missing = registry.reference("nobody:1");
    world
        .coracle(["pull", "--creds", &right, &missing])
        .expect_refusal("nobody");
    let missing = registry.reference("tiny:nine");
    world
        .coracle(["pull", "--creds", &right, &missing])
        .expect_refusal("nine");
    assert_empty(&world);
    world.ok(["pull", "--creds", &right, &name]);
}

#[test]
fn a_registry_that_speaks_plain_http_is_used_only_when_asked() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !images::have_tiny() {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    let name = registry.reference("tiny:1");
    world.coracle(["pull", &name]).expect_refusal("127.0.0.1");
    assert!(
        registry
            .requests()
            .iter()
            .all(|r| !r.path.contains("manifests") || r.method == "PUT")
    );
    assert_empty(&world);
    world.ok(["pull", "--tls-verify=false", &name]);
}

#[test]
fn a_dead_registry_is_named() {
    let world = World::new();
    let port = support::free_port();
    let name = format!("127.0.0.1:{port}/tiny:1");
    let done = world.coracle(["pull", "--retry", "1", "--retry-delay", "0s", &name]);
    let done = done.expect_refusal(&format!("127.0.0.1:{port}"));
    assert!(done.stderr.contains("refused"), "{done}");
    assert_empty(&world);
}

#[test]
fn a_full_disk_is_said_and_cleaned_up_after() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !images::have_tiny() || !registry.push_image("debian", "debian:12") {
        return;
    }
    registry.push_image("tiny", "tiny:1");
    let world = World::new();
    // The file system lives as long as this shell's namespaces. In there we are the only user there is.
    let script = r#"
        set -u
        mount -t tmpfs -o size=64m tmpfs "$1" || exit 99
        "$2" --root "$1/store" pull -q --tls-verify=false "$3"; echo "code $?"
        # What was thrown away is deleted by somebody who is not waited for.
        for i in $(seq 100); do [ -z "$(ls "$1/store/tmp/trash")" ] && break; sleep 0.1; done
        echo "left $(find "$1/store/layers" "$1/store/images" "$1/store/tmp" -mindepth 1 ! -name trash ! -name names | tr '\n' ' ')"
        "$2" --root "$1/store" pull -q --tls-verify=false "$4" >/dev/null; echo "small $?"
        "$2" --root "$1/store" images --format '{{.Repository}}'"#;
    let small = world.root().join("small");
    std::fs::create_dir(&small).expect("a directory");
    let mut command: Command = world.other("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--mount",
        "--",
        "sh",
        "-c",
        script,
        "sh",
    ]);
    command.arg(&small).arg(support::binary());
    command.args([
        registry.reference("debian:12"),
        registry.reference("tiny:1"),
    ]);
    let done = world::finish(command);
    if done.code == 99 {
        support::skip("no tmpfs can be mounted in a user namespace");
        return;
    }
    assert!(done.stdout.contains("code 125\n"), "{done}");
    assert!(done.stderr.contains("no space left"), "{done}");
    assert!(!done.stderr.contains("panicked"), "{done}");
    assert!(done.stdout.contains("left \n"), "{done}");
    assert!(done.stdout.contains("small 0\n"), "{done}");
    assert!(done.stdout.ends_with("/tiny\n"), "{done}");
}
