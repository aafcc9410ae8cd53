//! Who may read and write our state, whatever the caller's umask, and that none lies in /tmp: row S-110.

mod support;

use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::inotify;
use support::{Done, World, images, world};

/// Coracle under another umask.
fn under(world: &World, umask: &str, words: &[&str]) -> Done {
    let mut command = world.other("sh");
    let script = format!("umask {umask}; exec \"$0\" \"$@\"");
    command
        .arg("-c")
        .arg(script)
        .arg(support::binary())
        .args(words);
    world::finish(command)
}

fn ok(world: &World, umask: &str, words: &[&str]) -> String {
    let done = under(world, umask, words);
    assert_eq!(done.code, 0, "umask {umask}: {done}");
    done.text().to_owned()
}

/// A little of everything that writes.
fn live(world: &World, umask: &str) {
    let archive = world.write("tiny.tar", images::tiny());
    ok(
        world,
        umask,
        &["load", "-q", "-i", archive.to_str().expect("UTF-8")],
    );
    ok(world, umask, &["tag", "tiny", "localhost/other:latest"]);
    let sleeper = ["sh", "-c", "echo up; touch /cargo/file; exec sleep 1000"];
    let run = [
        "run",
        "-d",
        "--name",
        "runs",
        "-v",
        "cargo:/cargo",
        "--health-cmd",
        "true",
        "tiny",
    ];
    ok(world, umask, &[&run[..], &sleeper[..]].concat());
    world.wait_for_log("runs", "up");
    ok(world, umask, &["exec", "runs", "true"]);
    ok(world, umask, &["exec", "-d", "runs", "sleep", "1000"]);
    ok(world, umask, &["healthcheck", "run", "runs"]);
    ok(
        world,
        umask,
        &[
            "run",
            "--name",
            "ended",
            "--rm=false",
            "-v",
            "/anonymous",
            "tiny",
            "true",
        ],
    );
    ok(world, umask, &["rename", "ended", "done"]);
    ok(
        world,
        umask,
        &["commit", "-q", "done", "localhost/made:latest"],
    );
    ok(world, umask, &["run", "--rm", "hello"]);
    ok(world, umask, &["create", "--name", "idle", "tiny", "true"]);
}

/// Everything of ours that others could get at, but for the trees that containers see.
fn open_to_others(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("ours").flatten() {
            let Ok(facts) = entry.path().symlink_metadata() else {
                continue;
            };
            let name = entry.file_name();
            let is_tree = ["diff", "upper", "work", "_data"]
                .iter()
                .any(|tree| name == *tree);
            // What a socket or a tree is reached through is closed.
            let exempt = is_tree || facts.file_type().is_symlink() || facts.file_type().is_socket();
            if !exempt && facts.mode() & 0o077 != 0 {
                found.push(format!(
                    "{:o} {}",
                    facts.mode() & 0o7777,
                    entry.path().display()
                ));
            }
            if facts.is_dir() && !is_tree {
                folders.push(entry.path());
            }
        }
    }
    found
}

#[test]
fn s_110_no_umask_opens_our_state() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    live(&world, "000");
    let mode = |path: PathBuf| path.metadata().expect("there").mode() & 0o7777;
    assert_eq!(mode(world.store()), 0o700);
    assert_eq!(mode(world.root().join("run/coracle")), 0o700);
    let mut open = open_to_others(&world.store());
    // What a container mounts (hosts, resolv.conf) is for its users, too; the directory is closed.
    let runtime = open_to_others(&world.root().join("run/coracle"));
    open.extend(runtime.into_iter().filter(|line| line.contains("seccomp-")));
    assert!(open.is_empty(), "{open:#?}");
}

#[test]
fn s_110_no_umask_closes_a_container_to_its_users() {
    if !images::have_tiny() {
        return;
    }
    for umask in ["000", "077"] {
        let world = World::with_image("tiny");
        let script = "ls / /cargo /anonymous >/dev/null && cat /etc/hosts /etc/resolv.conf /etc/hostname \
                      >/dev/null && umask && stat -c %a / /cargo /anonymous && touch /tmp/f && stat -c %a /tmp/f";
        let words = [
            "run",
            "--rm",
            "--user",
            "1000:1000",
            "-v",
            "cargo:/cargo",
            "-v",
            "/anonymous",
            "--tmpfs",
            "/tmp",
            "tiny",
            "sh",
            "-c",
            script,
        ];
        let seen = ok(&world, umask, &words);
        assert_eq!(
            seen.replace('\n', " "),
            "0022 555 755 755 644",
            "umask {umask}"
        );
    }
}

#[test]
fn s_110_another_user_reads_nothing() {
    if !images::have_tiny() || !support::have_subordinate_ids() || !support::have(&["setpriv"]) {
        return;
    }
    let world = World::new();
    live(&world, "000");
    // The way there is open; the store and the runtime directory are not.
    let parent = world.root().parent().expect("a temporary directory");
    for folder in [
        parent.to_owned(),
        world.root().to_owned(),
        world.root().join("run"),
        world.root().join("data"),
    ] {
        world::set_mode(&folder, 0o755);
    }
    let other = |script: &str| {
        let mut command = world.other("unshare");
        command
            .args([
                "--user",
                "--map-root-user",
                "--map-auto",
                "--",
                "setpriv",
                "--reuid=7",
                "--regid=7",
            ])
            .args(["--clear-groups", "--bounding-set=-all", "sh", "-c", script])
            .env("STORE", world.store())
            .env("RUN", world.root().join("run/coracle"));
        world::finish(command)
    };
    other("test -r \"$(dirname \"$STORE\")\"").expect_code(0);
    for script in [
        "ls \"$STORE\"",
        "ls \"$RUN\"",
        "cat \"$STORE/version\"",
        "cat \"$STORE\"/containers/names/runs",
        "cat \"$STORE\"/volumes/cargo/_data/file",
        "touch \"$STORE/file\"",
        "ln -s / \"$RUN/link\"",
    ] {
        let done = other(script);
        assert_ne!(done.code, 0, "{done}");
    }
    world::set_mode(&world.root().join("run"), 0o700);
}

/// New names in a directory since it has been watched.
struct Watched(rustix::fd::OwnedFd);

impl Watched {
    fn new(folder: &str) -> Self {
        let flags = inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC;
        let fd = inotify::init(flags).expect("an instance");
        let wanted = inotify::WatchFlags::CREATE | inotify::WatchFlags::MOVED_TO;
        inotify::add_watch(&fd, folder, wanted).expect("a watch");
        Self(fd)
    }

    fn names(&self) -> Vec<String> {
        let mut buffer = [const { std::mem::MaybeUninit::uninit() }; 65536];
        let mut reader = inotify::Reader::new(&self.0, &mut buffer);
        let mut names = Vec::new();
        while let Ok(event) = reader.next() {
            names.extend(
                event
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
        names
    }
}

#[test]
fn s_110_nothing_of_ours_is_in_tmp() {
    if !images::have_tiny() {
        return;
    }
    const SHARED: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];
    let watched: Vec<Watched> = SHARED.iter().map(|folder| Watched::new(folder)).collect();
    let mut world = World::new();
    // Where the user's own temporary files go matters as little.
    world.unset_env("TMPDIR");
    live(&world, "022");
    world.ok(["rm", "-f", "-t", "0", "runs", "done", "idle"]);
    let me = rustix::process::getuid().as_raw();
    for (folder, watched) in SHARED.iter().zip(watched) {
        let ours = |name: &String| {
            let path = Path::new(folder).join(name);
            let its = path.symlink_metadata().map(|facts| facts.uid());
            // Gone already: only its name can tell.
            its.map_or(name.contains("coracle"), |uid| uid == me)
                && !world.root().starts_with(&path)
        };
        let found: Vec<String> = watched.names().into_iter().filter(ours).collect();
        assert!(found.is_empty(), "{folder}: {found:?}");
    }
}

/// Names that an engine might use in a shared directory, there before it and leading elsewhere.
#[test]
fn s_110_links_planted_for_guessed_names_catch_nothing() {
    if !images::have_tiny() || !support::have(&["unshare"]) {
        return;
    }
    let world = World::with_image("tiny");
    let canary = support::Canary::new(&world.path(""));
    let script = r#"
        mount -t tmpfs -o mode=1777 none /tmp
        uid=$(id -u)
        for name in coracle coracle-$uid coracle-run-$uid containers-user-$uid podman-run-$uid storage-run-$uid \
            run-$uid user-$uid; do
            ln -s "$CANARY/folder" /tmp/$name
        done
        unset XDG_RUNTIME_DIR
        export TMPDIR=/tmp
        "$CORACLE_BIN" run --rm --network none tiny echo ok
        "$CORACLE_BIN" run -d --network none --name one tiny sleep 100 >/dev/null
        "$CORACLE_BIN" rm -f -t 0 one
        find /tmp -mindepth 1 ! -type l"#;
    let mut command: Command = world.other("unshare");
    command
        .args([
            "--user",
            "--mount",
            "--map-current-user",
            "--keep-caps",
            "--",
            "bash",
            "-euc",
            script,
        ])
        .env("CORACLE_BIN", support::binary())
        .env("CANARY", canary.path());
    let done = world::finish(command).expect_code(0);
    assert_eq!(done.text(), "ok\none", "{done}");
    canary.check();
}
