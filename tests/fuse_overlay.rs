//! fuse-overlayfs as a container's root: `--storage-opt overlay.mount_program=PATH`.

mod support;

use std::time::Duration;

use support::world::finish;
use support::{World, images};

/// A world with an image whose containers are served.
fn served() -> Option<World> {
    if !images::have_tiny() || !support::have(&["fuse-overlayfs"]) {
        return None;
    }
    if !support::have_subordinate_ids() {
        return None;
    }
    let device = std::fs::File::options()
        .read(true)
        .write(true)
        .open("/dev/fuse");
    if device.is_err() {
        support::skip("/dev/fuse is closed to this user");
        return None;
    }
    let mut world = World::with_image("tiny");
    let program = support::find_program("fuse-overlayfs").expect("just seen");
    let option = format!("overlay.mount_program={}", program.display());
    world.set_env("STORAGE_OPTS", option);
    Some(world)
}

/// The servers of a container, by the name of its upper directory among their words.
fn servers(id: &str) -> Vec<i32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").expect("procfs").flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let words = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let words = String::from_utf8_lossy(&words).into_owned();
        if words.contains("fuse-overlayfs") && words.contains(id) {
            found.push(pid);
        }
    }
    found
}

fn expect_no_server(id: &str) {
    support::wait_until("the server ends", Duration::from_secs(10), || {
        servers(id).is_empty()
    });
}

fn kill(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).expect("a pid");
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).expect("ours");
}

const ROOT: &str = "awk '$5 == \"/\" { print $8 }' /proc/self/mountinfo";

#[test]
fn a_served_container_runs_stops_and_starts_like_any_other() {
    let Some(mut world) = served() else { return };
    let line = format!("{ROOT}; stat -c %a /; touch /x && rm /x; cat /etc/passwd | head -n 1");
    let said = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        &line,
    ]);
    let first = said.lines().next();
    assert_eq!(first, Some("fuse.fuse-overlayfs"), "{said}");
    let id = world.ok([
        "run", "-d", "--name", "box", "--network", "none", "tiny", "sh", "-c",
        "test -e /kept || echo made >/kept; rm -rf /etc; mkdir /etc; echo new >/etc/only; echo up; sleep 1000",
    ]);
    world.wait_for_log("box", "up");
    assert_eq!(servers(&id).len(), 1);
    assert_eq!(
        world.ok(["exec", "box", "ls", "/etc"]).lines().next(),
        Some("hostname")
    );
    assert_eq!(world.ok(["exec", "box", "cat", "/kept"]), "made");
    let changes = world.ok(["diff", "box"]);
    assert!(
        changes.contains("A /kept") && changes.contains("D /etc"),
        "{changes}"
    );
    assert!(!changes.contains(".wh."), "{changes}");
    world.ok(["stop", "-t0", "box"]);
    expect_no_server(&id);
    // The one who starts it again says nothing of the option.
    world.unset_env("STORAGE_OPTS");
    assert_eq!(world.ok(["diff", "box"]), changes);
    world.ok(["start", "box"]);
    assert_eq!(
        world.ok(["exec", "box", "sh", "-c", ROOT]),
        "fuse.fuse-overlayfs"
    );
    assert_eq!(
        world.ok(["exec", "box", "cat", "/kept", "/etc/only"]),
        "made\nnew"
    );
    world.ok(["restart", "-t0", "box"]);
    assert_eq!(world.ok(["exec", "box", "cat", "/kept"]), "made");
    world.ok(["rm", "-f", "-t0", "box"]);
    expect_no_server(&id);
}

#[test]
fn what_a_served_container_changed_can_be_exported_committed_and_mounted() {
    let Some(world) = served() else { return };
    let id = world.ok([
        "run", "-d", "--name", "box", "--network", "none", "tiny", "sh", "-c",
        "rm -rf /etc; mkdir /etc; echo new >/etc/only; rm -f /bin/vi; echo text >/file; chmod 640 /file; chown 5:6 /file",
    ]);
    world.ok(["wait", "box"]);
    expect_no_server(&id);
    world.ok(["commit", "-q", "box", "made"]);
    // Natively again: the layer is an image's like any other.
    let line = format!("{ROOT}; ls /etc; stat -c '%a %u %g' /file; cat /file");
    let mut command = world.command([
        "run",
        "--rm",
        "--network",
        "none",
        "made",
        "sh",
        "-c",
        &line,
    ]);
    command.env_remove("STORAGE_OPTS");
    let said = finish(command);
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines.first(), Some(&"overlay"), "{said}");
    assert!(
        lines.contains(&"only") && !lines.contains(&"passwd"),
        "{said}"
    );
    assert!(said.stdout.ends_with("640 5 6\ntext\n"), "{said}");
    let tar = world.path("out.tar");
    world.ok(["export", "-o", &tar.to_string_lossy(), "box"]);
    let mut list = world.other("tar");
    list.arg("-tf").arg(&tar);
    let list = finish(list).expect_code(0).stdout;
    assert!(list.contains("etc/only") && list.contains("file"), "{list}");
    assert!(
        !list.contains("etc/passwd") && !list.contains(".wh."),
        "{list}"
    );
    let line = format!(
        "{0} mount box >/dev/null; m=$({0} mount box); cat $m/file; echo more >$m/more; ls $m/etc; {0} umount box",
        support::binary().display()
    );
    let seen = world.ok(["unshare", "sh", "-c", &line]);
    assert!(
        seen.starts_with("text\n") && seen.contains("only"),
        "{seen}"
    );
    expect_no_server(&id);
    let line = "cat /more";
    world.ok(["commit", "-q", "box", "again"]);
    assert_eq!(
        world.ok([
            "run",
            "--rm",
            "--network",
            "none",
            "again",
            "sh",
            "-c",
            line
        ]),
        "more"
    );
}

#[test]
fn owners_are_turned_by_the_server_instead_of_a_copy() {
    let Some(world) = served() else { return };
    let line = format!(
        "{ROOT}; stat -c '%u %g' / /bin /data 2>/dev/null; id -u; touch /tmp/own; stat -c '%u' /tmp/own"
    );
    let words = [
        "run",
        "--name",
        "ids",
        "--network",
        "none",
        "--userns=keep-id:uid=7,gid=8",
    ];
    let said = world.ok(words.iter().chain(&["tiny", "sh", "-c", &line]));
    assert!(
        said.starts_with("fuse.fuse-overlayfs\n0 0\n0 0\n"),
        "{said}"
    );
    assert!(said.ends_with("7\n7"), "{said}");
    let names = std::fs::read_dir(world.store().join("shifted"));
    assert!(names.is_err(), "no tree was made for these owners");
    let changes = world.ok(["diff", "ids"]);
    assert!(changes.contains("A /tmp/own"), "{changes}");
    world.ok(["commit", "-q", "ids", "made"]);
    let line = "stat -c %u /tmp/own";
    assert_eq!(
        world.ok(["run", "--rm", "--network", "none", "made", "sh", "-c", line]),
        "7"
    );
    world.ok(["rm", "ids"]);
}

#[test]
fn nothing_is_left_of_a_served_container_whoever_is_killed() {
    let Some(world) = served() else { return };
    let start = |name: &str| {
        let id = world.ok([
            "run",
            "-d",
            "--name",
            name,
            "--network",
            "none",
            "tiny",
            "sh",
            "-c",
            "test -e /said || echo first >/said; echo up; sleep 1000",
        ]);
        world.wait_for_log(name, "up");
        id
    };
    let id = start("one");
    kill(
        world
            .inspect("one", "{{.State.ConmonPid}}")
            .parse()
            .expect("a pid"),
    );
    expect_no_server(&id);
    assert_eq!(world.status("one"), "exited");
    world.ok(["start", "one"]);
    assert_eq!(world.ok(["exec", "one", "cat", "/said"]), "first");
    world.ok(["kill", "one"]);
    expect_no_server(&id);
    let id = start("two");
    kill(servers(&id)[0]);
    assert_eq!(world.ok(["wait", "two"]), "137");
    let error = world.inspect("two", "{{.State.Error}}");
    assert!(error.contains("fuse-overlayfs"), "{error}");
    world.ok(["start", "two"]);
    assert_eq!(world.ok(["exec", "two", "cat", "/said"]), "first");
    world.ok(["rm", "-f", "-t0", "one", "two"]);
    expect_no_server(&id);
}

#[test]
fn a_program_that_cannot_serve_is_named() {
    let Some(world) = served() else { return };
    let broken = world.write("broken", "#!/bin/sh\necho 'broken: no good' >&2\nexit 1\n");
    support::world::set_mode(&broken, 0o755);
    let broken = broken.display();
    for (program, part) in [
        (
            "/no/such",
            "storage option overlay.mount_program: \"/no/such\" is not an executable file",
        ),
        ("relative", "is not an absolute path"),
        (&*format!("{broken}"), "fuse-overlayfs: no good"),
    ] {
        let option = format!("overlay.mount_program={program}");
        let words = [
            "--storage-opt",
            &option,
            "run",
            "--rm",
            "--network",
            "none",
            "tiny",
            "true",
        ];
        world.coracle(words).expect_refusal(part);
    }
    assert!(world.container_names().is_empty());
    let shown = world.ok(["info", "--format", "{{.Store.Overlay}}"]);
    assert_eq!(shown, "fuse-overlayfs");
}

/// A store on an overlay, as in a container: the kernel takes no second one on top of it.
#[test]
fn where_the_kernel_refuses_overlay_a_server_takes_its_place() {
    let Some(world) = served() else { return };
    let archive = world.write("tiny.tar", images::tiny());
    let line = format!(
        "mkdir lower upper work top && mount -t overlay -o userxattr,lowerdir=lower,upperdir=upper,workdir=work none top && \
         unset STORAGE_OPTS && export HOME=$PWD/top XDG_DATA_HOME=$PWD/top && \
         {0} load -q -i {1} && {3} && {0} run --name box --network none tiny sh -c \"{2}; echo x >/kept\" && {3} && \
         {0} start -a box && {0} diff box && {0} rm box",
        support::binary().display(),
        archive.display(),
        ROOT.replace('"', "\\\"").replace('$', "\\$"),
        format_args!(
            "{} info -f '{{{{.Store.Overlay}}}}'",
            support::binary().display()
        ),
    );
    let mut command = world.other("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--map-auto",
        "--mount",
        "sh",
        "-c",
        &line,
    ]);
    let done = finish(command);
    assert_eq!(done.code, 0, "{done}");
    assert_eq!(
        done.stdout.matches("fuse.fuse-overlayfs").count(),
        2,
        "{done}"
    );
    assert!(done.stdout.contains("A /kept"), "{done}");
    // The kernel was asked once: the next container is served at once.
    let said: Vec<&str> = done.stdout.lines().collect();
    let before = said.iter().position(|line| *line == "overlay");
    let after = said.iter().position(|line| *line == "fuse-overlayfs");
    assert!(before.is_some() && before < after, "{done}");
}

/// uid 0, as in most CI jobs: what we make for the container belongs to the container's root.
#[test]
fn root_of_a_namespace_owns_the_root_of_its_containers() {
    if !images::have_tiny() || !support::have_subordinate_ids() {
        return;
    }
    let world = World::new();
    let archive = world.write("tiny.tar", images::tiny());
    let line = format!(
        "export HOME=$PWD XDG_DATA_HOME=$PWD; {0} load -q -i {1} && {0} run --rm --network none tiny sh -c \
         'touch /x && stat -c \"%u %g\" / /dev /x /etc/hosts'",
        support::binary().display(),
        archive.display(),
    );
    let mut command = world.other("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--map-auto",
        "--mount",
        "sh",
        "-c",
        &line,
    ]);
    let done = finish(command).expect_code(0);
    assert!(done.stdout.ends_with("0 0\n0 0\n0 0\n0 0\n"), "{done}");
}
