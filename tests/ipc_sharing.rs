//! `--ipc`: what is shared besides the namespace — /dev/shm — and with whom.

mod support;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Starts a container that leaves a file in its /dev/shm and stays.
fn lender(world: &World, name: &str, options: &[&str]) {
    let mut words = vec!["run", "-d", "--name", name, "--network", "none"];
    words.extend(options);
    words.extend([
        "tiny",
        "sh",
        "-c",
        "umask 0; echo theirs >/dev/shm/given; echo up; sleep 1000",
    ]);
    world.ok(words);
    world.wait_for_log(name, "up");
}

/// Runs a line in a container that uses the IPC namespace of another.
fn beside(world: &World, other: &str, options: &[&str], line: &str) -> String {
    let ipc = format!("--ipc=container:{other}");
    let mut words = vec!["run", "--rm", "--network", "none", &ipc];
    words.extend(options);
    words.extend(["tiny", "sh", "-c", line]);
    world.ok(words)
}

#[test]
fn who_shares_the_namespace_shares_dev_shm() {
    let Some(world) = tiny() else { return };
    lender(&world, "first", &["--ipc=shareable", "--shm-size=5m"]);
    let line = "cat /dev/shm/given; umask 0; echo ours >/dev/shm/answer; readlink /proc/self/ns/ipc; \
                awk '$5 == \"/dev/shm\" { print $6, $NF }' /proc/self/mountinfo";
    let said = beside(&world, "first", &[], line);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "theirs");
    let namespace = world.ok(["exec", "first", "readlink", "/proc/self/ns/ipc"]);
    assert_eq!(lines[1], namespace);
    assert!(lines[2].starts_with("rw,nosuid,nodev,noexec"), "{said}");
    assert!(lines[2].contains("size=5120k"), "{said}");
    assert_eq!(
        world.ok(["exec", "first", "cat", "/dev/shm/answer"]),
        "ours"
    );
    // Other owners, another user, and a third one that shares what is shared.
    let one = beside(&world, "first", &["--user", "1000"], "cat /dev/shm/given");
    assert_eq!(one, "theirs");
    let ids = beside(&world, "first", &["--userns=keep-id"], "cat /dev/shm/given");
    assert_eq!(ids, "theirs");
    world.ok([
        "run",
        "-d",
        "--name",
        "second",
        "--ipc=container:first",
        "tiny",
        "sleep",
        "1000",
    ]);
    world.ok(["exec", "second", "sh", "-c", "echo more >/dev/shm/more"]);
    assert_eq!(beside(&world, "second", &[], "cat /dev/shm/more"), "more");
    // A container that ended is started by who needs it, with a fresh /dev/shm.
    world.ok(["stop", "-t0", "second", "first"]);
    assert_eq!(
        beside(
            &world,
            "first",
            &[],
            "until [ -s /dev/shm/given ]; do sleep 0.1; done; cat /dev/shm/given; ls /dev/shm"
        ),
        "theirs\ngiven"
    );
}

/// Everything a container of capabilities could put at its /dev/shm stays inside of it.
#[test]
fn what_is_borrowed_is_the_lenders_own() {
    let Some(world) = tiny() else { return };
    lender(&world, "first", &["--cap-add=SYS_ADMIN"]);
    let line = "mount -t tmpfs none /dev/shm && echo x >/dev/shm/own";
    world.ok(["exec", "--privileged", "first", "sh", "-c", line]);
    let line = "ls /dev/shm; grep \" /dev/shm \" /proc/self/mountinfo";
    let said = beside(&world, "first", &[], line);
    assert!(said.starts_with("own\n"), "{said}");
    assert!(said.contains("nosuid,nodev,noexec"), "{said}");
}

#[test]
fn what_is_not_shareable_is_refused_and_none_has_none() {
    let Some(world) = tiny() else { return };
    lender(&world, "closed", &["--ipc=private"]);
    for words in [
        ["run", "--rm", "--ipc=container:closed", "tiny", "true"],
        ["run", "--rm", "--ipc=container:nobody", "tiny", "true"],
    ] {
        let done = world.coracle(words);
        assert_eq!(done.code, 125, "{done}");
    }
    let none = [
        "run",
        "--rm",
        "--ipc=none",
        "tiny",
        "sh",
        "-c",
        "echo x >/dev/shm/x || df /dev/shm",
    ];
    let done = world.coracle(none);
    assert!(!done.stdout.contains("shm "), "{done}");
    for mode in ["host", "none"] {
        let ipc = format!("--ipc={mode}");
        let done = world.coracle(["run", "--rm", &ipc, "--shm-size=1m", "tiny", "true"]);
        done.expect_refusal(&format!(
            "cannot set shmsize when running in the {mode} IPC Namespace"
        ));
    }
    // The host's own, as it is there.
    let file = format!("/dev/shm/coracle-test-{}", std::process::id());
    let line = format!("echo host >{file}; readlink /proc/self/ns/ipc");
    let namespace = world.ok(["run", "--rm", "--ipc=host", "tiny", "sh", "-c", &line]);
    let own = std::fs::read_link("/proc/self/ns/ipc").expect("procfs");
    assert_eq!(namespace, own.to_string_lossy());
    assert_eq!(std::fs::read_to_string(&file).expect("written"), "host\n");
    std::fs::remove_file(&file).expect("ours");
}
