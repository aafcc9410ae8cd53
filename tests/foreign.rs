//! Other runtimes under our monitor, and ours under another engine.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use std::path::PathBuf;
use std::time::Duration;

use support::world::finish;
use support::{Done, World, images};

/// Runs the same checks with a runtime; skips where it cannot run at all.
fn a_life_under(runtime: &str, program: &str) {
    let Some(path) = support::find_program(program) else {
        return support::skip(&format!("not installed: {program}"));
    };
    if !images::have_tiny() {
        return;
    }
    if program == "crun" && std::path::Path::new("/sys/fs/cgroup/unified").exists() {
        return support::skip("crun refuses this machine's hybrid cgroups");
    }
    let world = World::with_image("tiny");
    let runtime = match runtime {
        "path" => path.to_string_lossy().into_owned(),
        name => name.to_owned(),
    };
    life(&world, &runtime);
}

fn life(world: &World, runtime: &str) {
    let run = |words: &[&str]| -> Done {
        let mut all = vec!["--runtime", runtime, "run", "--network", "none"];
        all.extend(words);
        world.coracle(all)
    };
    let done = run(&["--rm", "tiny", "sh", "-c", "id -u; echo err >&2; exit 7"]);
    assert_eq!((done.code, done.stdout.as_str()), (7, "0\n"), "{done}");
    assert_eq!(done.stderr, "err\n", "{done}");
    let done = run(&["--rm", "tiny", "/no/such"]);
    assert_eq!(done.code, 127, "{done}");
    assert!(
        done.stderr.contains(runtime),
        "whose words they are: {done}"
    );
    let fed = world.coracle_fed(
        [
            "--runtime",
            runtime,
            "run",
            "--rm",
            "-i",
            "--network",
            "none",
            "tiny",
            "cat",
        ],
        "through\n",
    );
    assert_eq!(fed.stdout, "through\n", "{fed}");
    let mut terminal = world.coracle_pty([
        "--runtime",
        runtime,
        "run",
        "--rm",
        "-it",
        "--network",
        "none",
        "tiny",
        "tty",
    ]);
    terminal.expect("/dev/pts/0");
    assert_eq!(terminal.wait(), 0);

    run(&[
        "-d",
        "--name",
        "long",
        "tiny",
        "sh",
        "-c",
        "echo up; sleep 1000",
    ])
    .expect_code(0);
    world.wait_for_log("long", "up");
    assert_eq!(world.inspect("long", "{{.OCIRuntime}}"), runtime);
    let done = world.coracle(["exec", "long", "sh", "-c", "echo inside; exit 3"]);
    assert_eq!((done.code, done.stdout.as_str()), (3, "inside\n"), "{done}");
    // Without the option: what made it makes it again.
    world.ok(["kill", "long"]);
    assert_eq!(world.ok(["wait", "long"]), "137");
    world.ok(["start", "long"]);
    assert_eq!(world.status("long"), "running");
    world.ok(["rm", "-f", "-t", "0", "long"]);
}

#[test]
fn debians_crun_makes_our_containers() {
    a_life_under("crun", "crun");
}

#[test]
fn debians_runc_makes_our_containers() {
    a_life_under("path", "runc");
}

#[test]
fn our_own_runtime_makes_our_containers_too() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let link = link_of(&world);
    life(&world, &link.to_string_lossy());
}

#[test]
fn a_runtime_that_is_not_there_is_named() {
    let world = World::new();
    for name in ["no-such-runtime", "/no/such/runtime", "relative/runtime"] {
        let done = world.coracle(["--runtime", name, "create", "hello"]);
        done.expect_refusal(&format!("OCI runtime \"{name}\" not found"));
    }
}

fn link_of(world: &World) -> PathBuf {
    let link = world.path("coracle-runtime");
    std::os::unix::fs::symlink(support::binary(), &link).expect("a link");
    link
}

/// `podman --runtime` with ours: run, exec, terminal, kill.
#[test]
fn podman_runs_its_containers_with_our_runtime() {
    if !support::have(&["podman", "conmon", "busybox"]) || !support::have_subordinate_ids() {
        return;
    }
    let world = World::new();
    let link = link_of(&world);
    let conf = world.write(
        "containers.conf",
        format!(
            "[engine]\nruntime_supports_nocgroup = [\"coracle-runtime\"]\n\
             runtime_supports_json = [\"coracle-runtime\"]\ncgroup_manager = \"cgroupfs\"\n\
             events_logger = \"file\"\n[engine.runtimes]\ncoracle-runtime = [{link:?}]\n"
        ),
    );
    let podman = |words: &[&str]| -> Done {
        let mut command = world.other("podman");
        command
            .args(["--runtime", "coracle-runtime"])
            .args(words)
            .env("CONTAINERS_CONF", &conf);
        finish(command)
    };
    let busybox = support::find_program("busybox").expect("just seen");
    let mut tar = world.other("tar");
    tar.arg("-C").arg(busybox.parent().expect("a folder"));
    tar.args(["-cf"]).arg(world.path("bb.tar")).arg("busybox");
    finish(tar).expect_code(0);
    let archive = world.path("bb.tar").to_string_lossy().into_owned();
    podman(&["import", "-q", &archive, "bb"]).expect_code(0);
    let run = |words: &[&str]| -> Done {
        let mut all = vec!["run", "--cgroups=disabled", "--network", "none"];
        all.extend(words);
        podman(&all)
    };
    assert_eq!(
        run(&["--rm", "bb", "/busybox", "echo", "hello"]).stdout,
        "hello\n"
    );
    run(&["--rm", "bb", "/busybox", "sh", "-c", "exit 9"]).expect_code(9);
    run(&["--rm", "bb", "/no/such"]).expect_code(127);
    let done = run(&["--rm", "-t", "bb", "/busybox", "tty"]).expect_code(0);
    assert_eq!(done.stdout.trim(), "/dev/pts/0", "{done}");
    let done = run(&[
        "--rm",
        "--read-only",
        "bb",
        "/busybox",
        "sh",
        "-c",
        "echo > /tmp/x && echo ok; echo > /x",
    ]);
    assert_eq!((done.code, done.stdout.as_str()), (1, "ok\n"), "{done}");
    run(&["-d", "--name", "long", "bb", "/busybox", "sleep", "1000"]).expect_code(0);
    let done = podman(&["exec", "long", "/busybox", "sh", "-c", "echo in; exit 4"]);
    assert_eq!((done.code, done.stdout.as_str()), (4, "in\n"), "{done}");
    podman(&["kill", "long"]).expect_code(0);
    assert_eq!(podman(&["wait", "long"]).text(), "137");
    podman(&["rm", "-f", "long"]).expect_code(0);
    support::wait_until("podman's helpers are gone", Duration::from_secs(20), || {
        podman(&["ps", "-aq"]).text().is_empty()
    });
    podman(&["system", "reset", "--force"]).expect_code(0);
}
