//! Namespaces that are another container's, a file's, or the host's.

mod support;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn start(world: &World, name: &str, options: &[&str]) {
    let mut words = vec!["run", "-d", "--network=none", "--name", name];
    words.extend(options);
    words.extend(["tiny", "sleep", "1000"]);
    world.ok(words);
}

/// A namespace as seen from a shell in a new container.
fn link(world: &World, options: &[&str], kind: &str) -> String {
    let path = format!("/proc/self/ns/{kind}");
    let mut words = vec!["run", "--rm", "--network=none"];
    words.extend(options);
    words.extend(["tiny", "readlink", &path]);
    world.ok(words)
}

fn link_of(world: &World, container: &str, kind: &str) -> String {
    world.ok([
        "exec",
        container,
        "readlink",
        &format!("/proc/self/ns/{kind}"),
    ])
}

#[test]
fn each_kind_is_shared_by_name_and_by_file() {
    let Some(world) = tiny() else { return };
    start(&world, "first", &[]);
    let pid = world.inspect("first", "{{.State.Pid}}");
    for (option, kind) in [
        ("ipc", "ipc"),
        ("uts", "uts"),
        ("pid", "pid"),
        ("cgroupns", "cgroup"),
    ] {
        let theirs = link_of(&world, "first", kind);
        assert_ne!(link(&world, &[], kind), theirs, "{kind}");
        let by_name = format!("--{option}=container:first");
        assert_eq!(link(&world, &[&by_name], kind), theirs, "{kind}");
        let by_file = format!("--{option}=ns:/proc/{pid}/ns/{kind}");
        assert_eq!(link(&world, &[&by_file], kind), theirs, "{kind}");
        let own = std::fs::read_link(format!("/proc/self/ns/{kind}")).expect("a namespace");
        let host = format!("--{option}=ns:/proc/self/ns/{kind}");
        assert_eq!(
            link(&world, &[&host], kind),
            own.to_string_lossy(),
            "{kind}"
        );
    }
    for (option, wanted) in [
        ("--ipc=ns:/etc/passwd", "is not a ipc namespace"),
        ("--uts=ns:/no/such", "no such file"),
        ("--pid=ns:relative", "names no absolute path"),
        (
            "--uts=container:nobody",
            "no container with name or ID \"nobody\" found",
        ),
    ] {
        let done = world.coracle(["run", "--rm", option, "tiny", "true"]);
        assert_eq!(done.code, 125, "{option}: {done}");
        assert!(
            done.stderr.to_lowercase().contains(&wanted.to_lowercase()),
            "{option}: {done}"
        );
    }
}

#[test]
fn a_user_namespace_is_shared_with_its_map_and_its_owners() {
    let Some(world) = tiny() else { return };
    start(&world, "first", &["--userns=keep-id"]);
    let pid = world.inspect("first", "{{.State.Pid}}");
    let line = "readlink /proc/self/ns/user; cat /proc/self/uid_map; stat -c %u:%g /etc /dev /tmp";
    let wanted = world.ok(["exec", "first", "sh", "-c", line]);
    for option in [
        "--userns=container:first".to_owned(),
        format!("--userns=ns:/proc/{pid}/ns/user"),
    ] {
        let words = [
            "run",
            "--rm",
            "--network=none",
            &option,
            "tiny",
            "sh",
            "-c",
            line,
        ];
        assert_eq!(world.ok(words), wanted, "{option}");
        let both = [
            "run",
            "--rm",
            &option,
            "--network=container:first",
            "tiny",
            "id",
            "-u",
        ];
        assert_eq!(world.ok(both), "0", "{option}");
    }
    start(
        &world,
        "second",
        &["--userns=container:first", "--pid=container:first"],
    );
    assert_eq!(world.ok(["exec", "second", "id", "-u"]), "0");
    assert_eq!(world.inspect("second", "{{.State.Status}}"), "running");
}

#[test]
fn ipc_is_shared_only_where_it_may_be() {
    let Some(world) = tiny() else { return };
    start(&world, "closed", &["--ipc=private"]);
    start(&world, "none", &["--ipc=none"]);
    assert_eq!(
        world.inspect("closed", "{{.HostConfig.IpcMode}}"),
        "private"
    );
    assert_eq!(world.inspect("none", "{{.HostConfig.IpcMode}}"), "none");
    let mounted = [
        "exec",
        "none",
        "grep",
        "-c",
        " /dev/shm ",
        "/proc/self/mountinfo",
    ];
    assert_eq!(world.coracle(mounted).stdout, "0\n");
    for name in ["closed", "none"] {
        let option = format!("--ipc=container:{name}");
        let done = world.coracle(["run", "--rm", &option, "tiny", "true"]);
        assert_eq!(done.code, 125, "{done}");
        assert!(
            done.stderr.contains("is not allowed: non-shareable IPC"),
            "{done}"
        );
    }
}

#[test]
fn the_hosts_namespaces_may_be_had_through_a_container() {
    let Some(world) = tiny() else { return };
    for (option, kind) in [
        ("cgroupns", "cgroup"),
        ("ipc", "ipc"),
        ("uts", "uts"),
        ("network", "net"),
        ("pid", "pid"),
    ] {
        let name = format!("host-{kind}");
        let host = format!("--{option}=host");
        world.ok(["run", "-d", "--name", &name, &host, "tiny", "sleep", "100"]);
        let joined = format!("--{option}=container:{name}");
        let link = format!("/proc/self/ns/{kind}");
        let args = ["run", "--rm", &joined, "tiny", "readlink", &link];
        let own = std::fs::read_link(&link).expect("a namespace of ours");
        assert_eq!(world.ok(args), own.to_string_lossy(), "{option}");
        world.ok(["rm", "-f", "-t0", &name]);
    }
}

#[test]
fn without_ipc_there_is_no_shared_memory() {
    let Some(world) = tiny() else { return };
    let words = [
        "run",
        "--rm",
        "--network=none",
        "--ipc=none",
        "tiny",
        "ls",
        "/dev/shm",
    ];
    world.coracle(words).expect_code(1);
}

#[test]
fn a_container_whose_namespaces_are_used_stays() {
    let Some(world) = tiny() else { return };
    start(&world, "first", &[]);
    start(&world, "second", &["--uts=container:first"]);
    start(&world, "third", &["--ipc=container:second"]);
    let done = world.coracle(["rm", "-f", "-t0", "first"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(
        done.stderr
            .contains("has dependent containers which must be removed before it"),
        "{done}"
    );
    assert_eq!(world.status("first"), "running");
    // What is needed is started by who needs it.
    world.ok(["stop", "-t0", "second", "first"]);
    world.ok(["start", "second"]);
    assert_eq!(world.status("first"), "running");
    let removed = world.ok(["rm", "-f", "-t0", "--depend", "second"]);
    assert_eq!(removed.lines().count(), 2, "{removed}");
    assert_eq!(world.container_names(), ["first"]);
    start(&world, "again", &["--uts=container:first"]);
    world.ok(["rm", "-f", "-t0", "-a"]);
    assert!(world.container_names().is_empty());
}
