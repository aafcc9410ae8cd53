//! The environment a command is started in: homes, runtime directories, clocks (S-108, S-109, S-112).

mod support;

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use support::{Done, World, images, world};

/// A shell as root of a user and mount namespace that has the user's subordinate ids.
fn as_other_root(world: &World, script: &str) -> Done {
    let mut command = world.other("unshare");
    command
        .args([
            "--user",
            "--mount",
            "--map-root-user",
            "--map-auto",
            "--",
            "sh",
            "-euc",
        ])
        .arg(script);
    world::finish(command)
}

/// A shell in a mount namespace, under the ids that the user has outside.
fn in_mounts(world: &World, script: &str) -> Done {
    let mut command = world.other("unshare");
    command
        .args([
            "--user",
            "--mount",
            "--map-current-user",
            "--keep-caps",
            "--",
            "bash",
            "-euc",
        ])
        .arg(script)
        .env("CORACLE_BIN", support::binary());
    world::finish(command)
}

fn with_home(world: &World, home: Option<&Path>, words: &[&str]) -> Done {
    let mut command = world.command(words);
    command
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("HOME");
    command.envs(home.map(|home| ("HOME", home)));
    world::finish(command)
}

/// What looks at the machine works; what needs a store says where it was to be, and what to do.
fn asks_for_another_place(world: &World, home: &Path) {
    for words in [&["version"][..], &["--help"], &["run", "--help"], &["info"]] {
        let done = with_home(world, Some(home), words);
        assert_eq!(done.code, 0, "{}: {done}", home.display());
    }
    for words in [&["ps"][..], &["images"], &["run", "--rm", "tiny", "true"]] {
        let done = with_home(world, Some(home), words);
        let done = done.expect_refusal(home.to_str().expect("UTF-8"));
        assert!(
            done.stderr.contains("hint: ") && done.stderr.contains("--root"),
            "{done}"
        );
    }
}

#[test]
fn s_108_a_home_that_cannot_be_used_is_named() {
    let world = World::new();
    asks_for_another_place(&world, Path::new("/nonexistent"));
    let closed = world.path("closed");
    std::fs::create_dir(&closed).expect("ours");
    world::set_mode(&closed, 0o555);
    asks_for_another_place(&world, &closed);
    world::set_mode(&closed, 0o700);
    let file = world.write("file", "no directory");
    asks_for_another_place(&world, &file);
    // Somewhere else it works, whatever the home is.
    let root = world.path("elsewhere");
    let words = ["--root", root.to_str().expect("UTF-8"), "ps", "-q"];
    with_home(&world, Some(Path::new("/nonexistent")), &words).expect_code(0);
}

#[test]
fn s_108_a_linked_home_is_a_home() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    let link = world.path("link");
    symlink(world.home(), &link).expect("a link");
    let archive = world.write("tiny.tar", images::tiny());
    let load = ["load", "-q", "-i", archive.to_str().expect("UTF-8")];
    with_home(&world, Some(&link), &load).expect_code(0);
    let done = with_home(
        &world,
        Some(&world.home()),
        &["run", "--rm", "tiny", "echo", "home"],
    );
    assert_eq!(done.expect_code(0).text(), "home");
    std::fs::remove_file(link).expect("ours");
}

#[test]
fn s_108_without_home_the_account_says_it() {
    if !support::have(&["unshare"]) {
        return;
    }
    let world = World::new();
    let uid = rustix::process::getuid().as_raw();
    let passwd = format!("me:x:{uid}:{uid}::{}:/bin/sh\n", world.home().display());
    let file = world.write("passwd", passwd);
    let script = format!(
        "mount --bind {} /etc/passwd
         unset HOME XDG_DATA_HOME XDG_CONFIG_HOME
         \"$CORACLE_BIN\" info --format '{{{{.Store.GraphRoot}}}}'
         HOME= \"$CORACLE_BIN\" ps -q",
        file.display()
    );
    let done = in_mounts(&world, &script).expect_code(0);
    let wanted = world.home().join(".local/share/coracle");
    assert_eq!(done.text(), wanted.to_str().expect("UTF-8"), "{done}");
}

#[test]
fn s_108_a_store_that_became_read_only_says_so() {
    if !images::have_tiny() || !support::have(&["unshare"]) {
        return;
    }
    let world = World::with_image("tiny");
    let data = world.root().join("data");
    let script = format!(
        "mount --bind {0} {0}; mount -o remount,bind,ro {0}
         for verb in 'version' 'info' 'ps -a' 'images' 'create tiny'; do
             \"$CORACLE_BIN\" $verb >out 2>err && code=0 || code=$?
             echo \"$verb: $code $(tr '\\n' ' ' <err)\"
         done",
        data.display()
    );
    let done = in_mounts(&world, &script).expect_code(0);
    let said = |verb: &str| {
        let start = format!("{verb}: ");
        let line = done
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix(&start));
        line.unwrap_or_else(|| panic!("no {verb} in {done}"))
            .to_owned()
    };
    for verb in ["version", "info", "images", "ps -a"] {
        assert!(said(verb).starts_with("0 "), "{done}");
    }
    let refused = said("create tiny");
    assert!(refused.starts_with("125 Error: "), "{done}");
    assert!(refused.contains("read-only file system"), "{done}");
    assert!(refused.contains(data.to_str().expect("UTF-8")), "{done}");
}

/// The runtime directory that the store has chosen; the choice is taken back.
fn chosen(world: &World) -> PathBuf {
    let entries = std::fs::read_dir(world.store()).expect("ours").flatten();
    let record = entries
        .map(|entry| entry.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("runtime-"))
        })
        .expect("a record");
    let text = std::fs::read_to_string(&record).expect("ours");
    std::fs::remove_file(record).expect("ours");
    PathBuf::from(text.lines().nth(1).expect("two lines"))
}

#[test]
fn s_109_a_hostile_runtime_directory_is_passed_over() {
    if !images::have_tiny() || !support::have_subordinate_ids() {
        return;
    }
    let mut world = World::with_image("tiny");
    chosen_again(&world);
    let place = |name: &str| world.path(name);
    for name in ["open", "group", "sticky", "taken"] {
        std::fs::create_dir(place(name)).expect("ours");
    }
    world::set_mode(&place("open"), 0o777);
    world::set_mode(&place("group"), 0o770);
    world::set_mode(&place("sticky"), 0o1777);
    world::set_mode(&place("taken"), 0o700);
    symlink(world.root().join("run"), place("link")).expect("a link");
    std::fs::write(place("file"), "").expect("ours");
    // Another user's, and one with something of another user's where ours is to be.
    as_other_root(
        &world,
        "mkdir other && chown 1:1 other && mkdir taken/coracle && chown 1:1 taken/coracle",
    )
    .expect_code(0);
    let hostile = [
        "open", "group", "sticky", "link", "file", "other", "taken", "missing",
    ];
    let mut tried: Vec<PathBuf> = hostile.iter().map(|name| place(name)).collect();
    tried.extend(["/", "/proc", "relative/path", ""].map(PathBuf::from));
    for path in tried {
        world.set_env("XDG_RUNTIME_DIR", &path);
        let about = path.display().to_string();
        assert_eq!(
            world.ok(["run", "--rm", "tiny", "echo", "ok"]),
            "ok",
            "{about}"
        );
        let found = chosen(&world);
        let mode = std::os::unix::fs::MetadataExt::mode(&found.metadata().expect("there"));
        assert_eq!(mode & 0o7777, 0o700, "{about}: {}", found.display());
        let inside = path.is_absolute() && path != Path::new("/") && found.starts_with(&path);
        assert!(
            !inside && !found.starts_with("/tmp"),
            "{about}: {}",
            found.display()
        );
    }
    as_other_root(&world, "chown -R 0:0 other taken").expect_code(0);
}

#[test]
fn s_109_a_fallback_that_somebody_took_before_is_refused() {
    if !images::have_tiny() || !support::have_subordinate_ids() {
        return;
    }
    let mut world = World::with_image("tiny");
    world.unset_env("XDG_RUNTIME_DIR");
    if Path::new(&format!("/run/user/{}", rustix::process::getuid().as_raw())).exists() {
        return support::skip("this user has a login's runtime directory");
    }
    let fallback = world.store().join("run");
    let shown = fallback.display();
    for (taken, why) in [
        (
            format!("mkdir {shown}; chown 1:1 {shown}"),
            "belongs to another user",
        ),
        (
            format!("echo >{shown}; chown 1:1 {shown}"),
            "is not a directory",
        ),
        (
            format!("ln -s {} {shown}", world.path("").display()),
            "is not a directory",
        ),
        (format!("mkdir -m 777 {shown}"), "others may write into it"),
    ] {
        chosen_again(&world);
        as_other_root(&world, &format!("rm -rf {shown}; {taken}")).expect_code(0);
        let done = world
            .coracle(["run", "--rm", "tiny", "true"])
            .expect_refusal(why);
        assert!(done.stderr.contains("--runroot"), "{done}");
        let own = world.root().join("own");
        let own = own.to_str().expect("UTF-8");
        assert_eq!(
            world.ok(["--runroot", own, "run", "--rm", "tiny", "echo", "ok"]),
            "ok"
        );
    }
    as_other_root(&world, &format!("rm -rf {shown}")).expect_code(0);
}

/// Forgets the choice of a runtime directory, if there is one.
fn chosen_again(world: &World) {
    for entry in std::fs::read_dir(world.store()).expect("ours").flatten() {
        if entry.file_name().to_string_lossy().starts_with("runtime-") {
            std::fs::remove_file(entry.path()).expect("ours");
        }
    }
}

#[test]
fn s_109_a_full_runtime_directory_is_named() {
    if !images::have_tiny() || !support::have(&["unshare"]) {
        return;
    }
    let world = World::with_image("tiny");
    chosen_again(&world);
    let run = world.root().join("run");
    let script = format!(
        "mount -t tmpfs -o size=64k,mode=700 none {0}
         dd if=/dev/zero of={0}/filler bs=4k 2>/dev/null || true
         \"$CORACLE_BIN\" run --rm --network none tiny true && code=0 || code=$?
         \"$CORACLE_BIN\" ps -a -q
         rm {0}/filler
         \"$CORACLE_BIN\" run --rm --network none tiny echo room
         exit $code",
        run.display()
    );
    let done = in_mounts(&world, &script).expect_code(125);
    assert_eq!(done.text(), "room", "{done}");
    let full = format!("the file system at {} is full", run.display());
    assert!(done.stderr.contains(&full), "{done}");
}

/// Puts a container's moments so many years ahead, or back.
fn shift_years(world: &World, name: &str, years: i64) {
    let folder = world
        .store()
        .join("containers")
        .join(world.inspect(name, "{{.Id}}"));
    for file in ["container.json", "run.json"] {
        let path = folder.join(file);
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let mut record: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        for key in ["created", "started"] {
            if let Some(text) = record.get(key).and_then(|moment| moment.as_str()) {
                let (year, rest) = text.split_once('-').expect("a date");
                let year: i64 = year.parse().expect("a year");
                record[key] = format!("{}-{rest}", year + years).into();
            }
        }
        std::fs::write(&path, record.to_string()).expect("ours");
    }
}

/// The clock was wrong when a container was made or started: the same as setting it between commands.
#[test]
fn s_112_ages_are_never_negative() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    for years in [10, -20] {
        for name in ["idle", "busy"] {
            let _ = world.coracle(["rm", "-f", "-t", "0", name]);
        }
        world.ok(["create", "--name", "idle", "tiny", "true"]);
        let sleeper = "trap 'exit 4' TERM; while :; do sleep 0.1; done";
        world.ok(["run", "-d", "--name", "busy", "tiny", "sh", "-c", sleeper]);
        shift_years(&world, "idle", years);
        shift_years(&world, "busy", years);
        for words in [&["ps", "-a"][..], &["inspect", "busy"]] {
            let done = world.coracle(words).expect_code(0);
            let negative = (0..10).any(|digit| done.stdout.contains(&format!(" -{digit}")));
            assert!(!negative, "{years}: {done}");
        }
        let done = world.coracle(["ps", "-a", "--format", "{{.RunningFor}}|{{.Status}}"]);
        for word in done.expect_code(0).stdout.split(['|', '\n']) {
            assert!(!word.contains('-'), "{years}: {word}");
        }
        // Timeouts do not look at that clock.
        world.ok(["stop", "-t", "100", "busy"]);
        assert_eq!(world.inspect("busy", "{{.State.ExitCode}}"), "4");
        world.ok(["start", "busy"]);
        assert_eq!(world.status("busy"), "running");
    }
}

#[test]
fn s_112_ids_come_from_no_clock() {
    let Some(names) = images::have_tiny().then(|| World::with_image("tiny")) else {
        return;
    };
    let mut ids: Vec<String> = (0..20)
        .map(|_| names.ok(["create", "tiny", "true"]))
        .collect();
    ids.sort_unstable();
    let shared = |pair: &[String]| {
        pair[0]
            .bytes()
            .zip(pair[1].bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    // Neighbours of twenty random numbers of 256 bits share a few digits at most.
    assert!(ids.windows(2).all(|pair| shared(pair) < 12), "{ids:?}");
}
