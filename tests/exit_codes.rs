//! The exit codes of `run`, `exec`, `start`, `rm`, `rmi` and `exists`: cli/exit.rs.

mod support;

use support::{World, images};

#[test]
fn exit_code_of_the_command_becomes_ours() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for (words, code) in [
        (&["true"][..], 0),
        (&["false"], 1),
        (&["sh", "-c", "exit 3"], 3),
        (&["sh", "-c", "exit 125"], 125),
        // The first process of a PID namespace cannot kill itself: pid_namespaces(7).
        (&["sh", "-c", "sh -c 'kill -9 $$'; exit $?"], 137),
        (&["/no/such"], 127),
        (&["no-such"], 127),
        (&["/etc"], 126),
        (&["/etc/passwd"], 126),
    ] {
        let run = [&["run", "--rm", "--network", "none", "tiny"], words].concat();
        let done = world.coracle(run);
        assert_eq!(done.code, code, "{words:?}: {done}");
    }
    assert_eq!(world.container_names(), Vec::<String>::new());
}

#[test]
fn a_signal_that_ended_the_command_becomes_128_and_its_number() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sleep",
        "100",
    ]);
    assert_eq!(world.ok(["kill", "c"]), "c");
    assert_eq!(world.ok(["wait", "c"]), "137");
    assert_eq!(world.inspect("c", "{{.State.ExitCode}}"), "137");
}

#[test]
fn a_missing_command_is_named() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let done = world.coracle(["run", "--rm", "--network", "none", "tiny", "/no/such"]);
    assert_eq!(done.code, 127, "{done}");
    assert!(done.stderr.starts_with("Error: "), "{done}");
    assert!(done.stderr.contains("/no/such"), "{done}");
}

#[test]
fn exec_and_start_hand_the_code_on() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sleep",
        "100",
    ]);
    for (words, code) in [
        (&["true"][..], 0),
        (&["sh", "-c", "exit 4"], 4),
        (&["/no/such"], 127),
        (&["/etc"], 126),
    ] {
        let done = world.coracle([&["exec", "c"], words].concat());
        assert_eq!(done.code, code, "{words:?}: {done}");
    }
    assert_eq!(world.coracle(["exec", "nobody", "true"]).code, 125);
    world.ok([
        "create",
        "--name",
        "five",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        "exit 5",
    ]);
    assert_eq!(world.coracle(["start", "-a", "five"]).code, 5);
    assert_eq!(world.ok(["wait", "five"]), "5");
    let done = world.coracle(["exec", "five", "true"]);
    assert_eq!(done.code, 125, "{done}");
}

#[test]
fn removal_tells_missing_from_used() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "-d",
        "--name",
        "busy",
        "--network",
        "none",
        "tiny",
        "sleep",
        "100",
    ]);
    world.ok(["create", "--name", "idle", "tiny", "true"]);
    for (words, code, printed) in [
        (&["rm", "nobody"][..], 1, ""),
        (&["rm", "-i", "nobody"], 0, ""),
        (&["rm", "-f", "nobody"], 0, ""),
        (&["rm", "busy"], 2, ""),
        // One failure does not stop the rest.
        (&["rm", "nobody", "idle"], 1, "idle\n"),
        (&["rmi", "nobody"], 1, ""),
        (&["rmi", "tiny"], 2, ""),
        (&["container", "exists", "busy"], 0, ""),
        (&["container", "exists", "idle"], 1, ""),
        (&["image", "exists", "tiny"], 0, ""),
        (&["image", "exists", "nobody"], 1, ""),
        (&["rm", "-f", "-t", "0", "busy"], 0, "busy\n"),
    ] {
        let done = world.coracle(words);
        assert_eq!(done.code, code, "{words:?}: {done}");
        assert_eq!(done.stdout, printed, "{words:?}: {done}");
    }
    let done = world.coracle(["rmi", "tiny"]);
    assert_eq!(done.code, 0, "{done}");
    assert!(
        done.stdout
            .starts_with("Untagged: localhost/tiny:latest\nDeleted: "),
        "{done}"
    );
}
