//! `run hello`: the embedded image, on machines with much and with nothing.

mod support;

use support::{Done, World, have, have_subordinate_ids, images};

/// A world whose PATH leads nowhere: no newuidmap, no pasta, nothing.
fn bare_world() -> World {
    let mut world = World::new();
    let empty = world.path("bin");
    std::fs::create_dir_all(&empty).expect("made");
    world.set_env("PATH", &empty);
    world
}

#[track_caller]
fn assert_report(done: &Done) {
    assert_eq!(done.code, 0, "{done}");
    assert!(done.stdout.starts_with("Hello from Coracle!\n"), "{done}");
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert!(lines.len() <= 24, "{done}");
    assert!(lines.iter().all(|line| line.len() <= 80), "{done}");
    assert!(!done.stdout.contains("unknown"), "{done}");
}

#[test]
fn hello_runs_where_nothing_is_installed() {
    let world = bare_world();
    let done = world.coracle(["run", "--rm", "hello"]);
    assert_report(&done);
    for words in [
        "one: every file belongs to root",
        "apt install uidmap",
        "none: nothing",
        "apt install passt",
    ] {
        assert!(done.stdout.contains(words), "{words}: {done}");
    }
    assert!(done.stderr.contains("only one user id"), "{done}");
    assert!(done.stderr.contains("no network"), "{done}");
}

#[test]
fn hello_sees_subordinate_ids_and_pasta() {
    if !have_subordinate_ids() || !have(&["pasta"]) {
        return;
    }
    let world = World::new();
    let done = world.coracle(["run", "--rm", "hello"]);
    assert_report(&done);
    for words in [
        "65537, so files keep their owners",
        "overlay, by the kernel",
        "pasta, as",
        "system calls filtered",
    ] {
        assert!(done.stdout.contains(words), "{words}: {done}");
    }
    assert_eq!(done.stderr, "", "{done}");
}

#[test]
fn hello_tells_the_networks_apart() {
    if !have(&["slirp4netns"]) {
        return;
    }
    let world = World::new();
    for (network, words) in [
        ("none", "none: nothing can be reached"),
        ("host", "the host's own"),
        ("slirp4netns", "slirp4netns, slower"),
    ] {
        let done = world.coracle(["run", "--rm", "--network", network, "hello"]);
        assert_report(&done);
        assert!(done.stdout.contains(words), "{network}: {done}");
    }
}

#[test]
fn hello_is_an_image_like_any_other() {
    let world = bare_world();
    for name in ["hello", "localhost/hello", "hello:latest"] {
        assert_report(&world.coracle(["run", "--rm", "--pull=never", name]));
        let listed = world.ok(["images", "--format", "{{.Repository}}:{{.Tag}}"]);
        assert_eq!(listed, "localhost/hello:latest", "after {name}");
        world.ok(["rmi", "hello"]);
        assert_eq!(world.ok(["images", "-q"]), "");
    }
    let done = world.coracle(["run", "--rm", "--pull=never", "hello:2"]);
    assert_eq!(done.code, 125, "{done}");
}

#[test]
fn the_users_own_hello_comes_first() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok(["tag", "tiny", "localhost/hello"]);
    assert_eq!(world.ok(["run", "--rm", "hello", "echo", "mine"]), "mine");
}

#[test]
fn ten_first_hellos_at_once_all_speak() {
    let world = bare_world();
    let running: Vec<_> = (0..10)
        .map(|_| world.start(["run", "--rm", "hello"]))
        .collect();
    for one in running {
        assert_report(&one.wait(std::time::Duration::from_secs(120)));
    }
    assert_eq!(world.ok(["images", "-q"]).lines().count(), 1);
}
