//! Rows S-51 to S-62 of the security catalogue: the root file system and what is mounted in it.
//!
//! Hostile images are loaded through `coracle load` and run; `probe` says what they got. Every
//! test that points at the host ends with a check of the canary.

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use support::probing::{self, CONFIG, Tree, answers, ask, run, words};
use support::{Canary, World};

const EPERM: i64 = 1;
const EACCES: i64 = 13;
const EROFS: i64 = 30;
const EINVAL: i64 = 22;

const MOUNT: u32 = 165;
const UMOUNT2: u32 = 166;

fn ready() -> bool {
    probing::have_probe()
}

/// Ways to leave the root through a link.
fn ways_out(canary: &Path) -> [String; 5] {
    let path = canary.display();
    [
        path.to_string(),
        format!("../../../../../../../../../../..{path}"),
        format!("/proc/self/root{path}"),
        format!("/proc/1/cwd/../../../../../../..{path}"),
        "/nowhere/at/all".to_owned(),
    ]
}

#[test]
fn s_51_mount_targets_that_are_links_stay_inside() {
    if !ready() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    let mut count = 0;
    for (at, way) in ways_out(&canary.path().join("folder")).iter().enumerate() {
        // The kernel's own file systems must be real directories.
        for name in ["proc", "sys", "dev"] {
            let image = format!("kernel{at}{name}");
            Tree::new()
                .link(name, way)
                .load(&world, &image, CONFIG)
                .expect_code(0);
            run(&world, "", &image, "report").expect_refusal(name);
            canary.check();
        }
        // Everything else is resolved inside, and the probe runs or it is refused in one line.
        let source = world.path("source");
        std::fs::create_dir_all(&source).expect("a directory");
        let volume = format!("-v {}:/data/deep --tmpfs /scratch", source.display());
        for name in [
            "etc",
            "etc/hosts",
            "etc/resolv.conf",
            "run",
            "data",
            "scratch",
            "data/deep",
        ] {
            let image = format!("inside{count}");
            count += 1;
            // A tar in which the name is only a link.
            let tree = match name.split_once('/') {
                Some((parent, _)) => Tree::bare().folder(parent).link(name, way),
                None => Tree::bare().link(name, way),
            };
            tree.load(&world, &image, CONFIG).expect_code(0);
            let done = run(&world, &volume, &image, "report");
            assert!(matches!(done.code, 0 | 125), "{name} -> {way}: {done}");
            if done.code == 125 {
                done.expect_refusal("");
            }
            canary.check();
        }
    }
}

#[test]
fn s_52_a_target_swapped_meanwhile_leads_nowhere() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let canary = Canary::new(world.root());
    // `volume/a` is a directory one moment and a link to the canary the next.
    let volume = world.path("volume");
    std::fs::create_dir_all(volume.join("a")).expect("a directory");
    std::os::unix::fs::symlink(canary.path().join("folder"), volume.join("b")).expect("a link");
    let source = world.path("source");
    std::fs::create_dir_all(&source).expect("a directory");
    std::fs::write(source.join("mine"), "mine").expect("a file");
    let mounts = format!(
        "-v {}:/v -v {}:/v/a/new",
        volume.display(),
        source.display()
    );
    let (mut inside, mut refused) = (0, 0);
    while_swapping(&volume.join("a"), &volume.join("b"), || {
        let done = run(&world, &mounts, "probe", "list /v/a/new");
        match done.code {
            0 => inside += 1,
            125 => refused += 1,
            _ => panic!("{done}"),
        }
        canary.check();
    });
    assert!(inside + refused > 10, "{inside} inside, {refused} refused");
}

/// Runs `body` for some seconds while two names change places all the time.
fn while_swapping(one: &Path, two: &Path, mut body: impl FnMut()) {
    let seconds = std::env::var("CORACLE_TEST_RACE_SECONDS")
        .ok()
        .and_then(|s| s.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(4));
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(std::sync::atomic::Ordering::Relaxed) {
                let cwd = rustix::fs::CWD;
                let flags = rustix::fs::RenameFlags::EXCHANGE;
                rustix::fs::renameat_with(cwd, one, cwd, two, flags).expect("both exist");
            }
        });
        // The swapper must end although the body panics.
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut rounds = 0;
            while Instant::now() < end || rounds < 12 {
                body();
                rounds += 1;
            }
        }));
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        if let Err(panic) = result {
            std::panic::resume_unwind(panic);
        }
    });
}

/// Files that are masked, as the plain container's spec lists them.
fn masked() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/spec/plain.json");
    let text = std::fs::read_to_string(path).expect("the golden file");
    let spec: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    words(&spec["linux"]["maskedPaths"])
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// Every masked path reads as nothing and takes nothing.
#[track_caller]
fn masks_hold(world: &World, options: &str, image: &str) {
    for path in masked() {
        let question = format!("stat {path} -- read {path} -- list {path} -- write {path}");
        let all = ask(world, options, image, &question);
        let [stat, read, list, write] = all.as_slice() else {
            panic!("{all:?}")
        };
        if stat["errno"] != 0 {
            continue; // not on this machine
        }
        let directory = stat["mode"].as_i64().expect("a mode") & 0o170_000 == 0o040_000;
        if directory {
            assert_eq!(words(&list["names"]), Vec::<&str>::new(), "{path}");
        } else {
            assert_eq!(read["text"], "", "{path}");
            // The null device: what is written is gone.
            assert_eq!(
                (&stat["major"], &stat["minor"]),
                (&1.into(), &3.into()),
                "{path}: {write}"
            );
        }
    }
}

#[test]
fn s_53_masks_come_from_the_hosts_null_device() {
    if !ready() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    let target = canary.path().join("file");
    let images = [
        ("plain", Tree::new()),
        ("link", Tree::new().folder("dev").link("dev/null", &target)),
        ("file", Tree::new().folder("dev").file("dev/null", "secret")),
        ("fifo", Tree::new().folder("dev").fifo("dev/null")),
    ];
    for (name, tree) in images {
        tree.load(&world, name, CONFIG).expect_code(0);
        masks_hold(&world, "", name);
        canary.check();
    }
    // Nor can the masks be taken off, by whoever has the capability (design, section 5).
    for path in masked() {
        let admin = "--cap-add SYS_ADMIN";
        let all = ask(
            &world,
            admin,
            "plain",
            &format!("stat {path} -- call {UMOUNT2} s:{path} 2"),
        );
        if all[0]["errno"] == 0 {
            assert_eq!(all[1]["errno"], EINVAL, "umount {path}");
        }
    }
}

#[test]
fn s_54_the_terminal_is_ours_whatever_dev_holds() {
    if !ready() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    let file = canary.path().join("file");
    let images = [
        ("plain", Tree::new()),
        (
            "pts",
            Tree::new().folder("dev").link("dev/pts", canary.path()),
        ),
        (
            "pts0",
            Tree::new()
                .folder("dev")
                .folder("dev/pts")
                .link("dev/pts/0", &file),
        ),
        ("ptmx", Tree::new().folder("dev").link("dev/ptmx", &file)),
        (
            "console",
            Tree::new().folder("dev").link("dev/console", &file),
        ),
        (
            "consolefile",
            Tree::new().folder("dev").file("dev/console", "x"),
        ),
    ];
    for (name, tree) in images {
        tree.load(&world, name, CONFIG).expect_code(0);
        let image = format!("localhost/{name}");
        let mut pty = world.coracle_pty([
            "run",
            "--rm",
            "-t",
            "--network",
            "none",
            &image,
            "report",
            "--",
            "stat",
            "/dev/console",
        ]);
        let screen = pty.expect("\"major\"");
        assert_eq!(pty.wait(), 0, "{name}: {screen}");
        for fd in ["\"0 /dev/pts/0\"", "\"1 /dev/pts/0\"", "\"2 /dev/pts/0\""] {
            assert!(screen.contains(fd), "{name}: {fd} in {screen}");
        }
        canary.check();
    }
    for target in ["/dev", "/dev/pts", "/dev/ptmx", "/dev/console"] {
        let volume = format!("-v {}:{target}", world.path("").display());
        run(&world, &volume, "plain", "report").expect_refusal(target);
    }
}

#[test]
fn s_55_nothing_covers_or_fakes_proc() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let source = world.path("source");
    std::fs::create_dir_all(source.join("sys/kernel")).expect("a directory");
    for target in [
        "/proc",
        "/proc/self",
        "/proc/sys/kernel",
        "/proc/self/attr",
        "/sys",
        "/x/../proc/1",
        "/",
    ] {
        let bind = format!("-v {}:{target}", source.display());
        run(&world, &bind, "probe", "report").expect_refusal(target);
    }
    run(&world, "--tmpfs /proc/self/attr", "probe", "report").expect_refusal("/proc/self/attr");
    for sysctl in [
        "kernel.core_pattern=|/x",
        "net/../kernel/x=1",
        "kernel.x=1",
        "a=b+kernel.x=y",
    ] {
        run(&world, &format!("--sysctl {sysctl}"), "probe", "report").expect_refusal("sysctl");
    }
    // A link in the image is no way to write elsewhere.
    let canary = Canary::new(world.root());
    let target = canary.path().join("file");
    Tree::new()
        .folder("proc")
        .link("proc/sysrq-trigger", &target)
        .folder("proc/sys")
        .folder("proc/sys/net")
        .folder("proc/sys/net/ipv4")
        .link("proc/sys/net/ipv4/ip_unprivileged_port_start", &target)
        .load(&world, "links", CONFIG)
        .expect_code(0);
    let key = "net.ipv4.ip_unprivileged_port_start";
    let file = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
    let all = ask(
        &world,
        &format!("--sysctl {key}=81"),
        "links",
        &format!("read {file}"),
    );
    assert_eq!(all[0]["text"], "81\n");
    canary.check();
    // The few that may be covered.
    let info = world.write("cpuinfo", "one slow cpu\n");
    let bind = format!("-v {}:/proc/cpuinfo:ro", info.display());
    let all = ask(&world, &bind, "probe", "read /proc/cpuinfo");
    assert_eq!(all[0]["text"], "one slow cpu\n");
}

#[test]
fn s_56_masked_and_read_only_paths() {
    if !ready() {
        return;
    }
    let world = probing::world();
    masks_hold(&world, "", "probe");
    let read_only = [
        "/proc/sysrq-trigger",
        "/proc/sys/kernel/core_pattern",
        "/proc/sys/kernel/hostname",
        "/proc/irq/default_smp_affinity",
        "/sys/kernel/mm/transparent_hugepage/enabled",
        "/sys/power/state",
    ];
    let refused = |all: Vec<serde_json::Value>, path: &str| {
        let (stat, write) = (&all[0], &all[1]);
        if stat["errno"] == 0 {
            let code = write["open"].as_i64().expect("an errno");
            assert!([EROFS, EACCES, EPERM].contains(&code), "{path}: {write}");
        }
    };
    for path in read_only {
        let question = format!("stat {path} -- write {path}");
        refused(ask(&world, "", "probe", &question), path);
        refused(ask(&world, "--cap-add ALL", "probe", &question), path);
    }
    // The same in a second process, however privileged.
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "localhost/probe",
        "sleep",
        "60",
    ]);
    for path in read_only {
        let done = world.coracle([
            "exec",
            "--privileged",
            "long",
            "/probe",
            "stat",
            path,
            "--",
            "write",
            path,
        ]);
        refused(answers(&done), path);
    }
    for path in masked() {
        let done = world.coracle(["exec", "--privileged", "long", "/probe", "read", &path]);
        assert_eq!(answers(&done)[0]["text"], "", "{path}");
    }
    // The filter holds too.
    let status = [
        "exec",
        "--privileged",
        "long",
        "/probe",
        "read",
        "/proc/self/status",
    ];
    let done = world.coracle(status);
    let text = answers(&done)[0]["text"].to_string();
    assert!(text.contains("Seccomp:\\t2"), "{text}");
    world.ok(["rm", "-f", "-t", "0", "long"]);
    // Lifted only by name.
    let all = ask(
        &world,
        "--security-opt unmask=/proc/interrupts",
        "probe",
        "read /proc/interrupts -- read /proc/keys",
    );
    assert_ne!(all[0]["text"], "");
    assert_eq!(all[1]["text"], "");
    let all = ask(
        &world,
        "--security-opt mask=/proc/cpuinfo",
        "probe",
        "read /proc/cpuinfo",
    );
    assert_eq!(all[0]["text"], "");
}

#[test]
fn s_57_new_namespaces_are_not_to_be_had_inside() {
    if !ready() {
        return;
    }
    let world = probing::world();
    // unshare(CLONE_NEWUSER), clone(CLONE_NEWUSER), clone3, setns
    let question = "call 272 0x10000000 -- call 56 0x10000011 -- call 435 0 0 -- call 308 0 0";
    let all = ask(&world, "", "probe", question);
    let codes: Vec<_> = all
        .iter()
        .map(|one| one["errno"].as_i64().expect("an errno"))
        .collect();
    assert_eq!(codes, [EPERM, EPERM, 38, EPERM]);
}

#[test]
fn s_58_read_only_binds_are_so_in_all_their_depth() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let source = world.path("source");
    std::fs::create_dir_all(source.join("sub")).expect("a directory");
    std::fs::write(source.join("file"), "x").expect("a file");
    let bind = format!("-v {}:/v:ro --cap-add SYS_ADMIN", source.display());
    // MS_REMOUNT | MS_BIND, writable; then the mount is gone; then it is writable through another bind.
    let question = format!(
        "write /v/file -- call {MOUNT} s:none s:/v s:none 0x1020 0 -- write /v/file -- call {UMOUNT2} s:/v 2 -- write /v/file \
         -- call {MOUNT} s:/v s:/tmp s:none 0x1000 0 -- write /tmp/file"
    );
    let all = ask(&world, &bind, "probe", &question);
    assert_eq!(all[0]["open"], EROFS);
    assert_eq!(all[1]["errno"], EPERM);
    assert_eq!(all[2]["open"], EROFS);
    assert_eq!(all[3]["errno"], EINVAL);
    assert_eq!(all[4]["open"], EROFS);
    assert_eq!(all[6]["open"], EROFS);
    // A source that is swapped for a link to the canary: one or the other, never a mixture.
    let canary = Canary::new(world.root());
    let link = world.path("link");
    std::os::unix::fs::symlink(canary.path(), &link).expect("a link");
    while_swapping(&source, &link, || {
        let done = run(
            &world,
            &format!("-v {}:/v:ro", source.display()),
            "probe",
            "write /v/file",
        );
        assert!(matches!(done.code, 0 | 125), "{done}");
        if done.code == 0 {
            assert_eq!(answers(&done)[0]["open"], EROFS);
        }
        canary.check();
    });
}

#[test]
fn s_58_a_mount_below_a_read_only_source_is_read_only_too() {
    if !ready() || !support::have(&["unshare"]) {
        return;
    }
    let world = probing::world();
    std::fs::create_dir_all(world.path("source/sub")).expect("a directory");
    let script = format!(
        "mount -t tmpfs none source/sub && touch source/sub/file && exec {} run --rm --network none \
         -v $PWD/source:/v:ro localhost/probe write /v/sub/file",
        support::binary().display()
    );
    // Only in a user namespace of its own can an ordinary user make that mount.
    let output = world
        .other("unshare")
        .args(["-Urm", "sh", "-c", &script])
        .output()
        .expect("unshare");
    let text = String::from_utf8_lossy(&output.stdout);
    let Ok(answer) = serde_json::from_str::<serde_json::Value>(&text) else {
        let reason = String::from_utf8_lossy(&output.stderr)
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned();
        support::skip(&format!(
            "a nested user namespace does not do here: {reason}"
        ));
        return;
    };
    assert_eq!(answer["open"], EROFS, "{answer}");
}

#[test]
fn s_59_nothing_of_the_host_is_left_and_nothing_comes_back() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let before = host_mounts();
    let all = ask(
        &world,
        "",
        "probe",
        "report -- list /.. -- list /proc/1/root -- list /proc/1/cwd",
    );
    let mounts = words(&all[0]["mountinfo"]);
    let targets: Vec<&str> = mounts
        .iter()
        .map(|line| line.split(' ').nth(4).expect("a target"))
        .collect();
    let known = |target: &&str| {
        let places = ["/proc", "/sys", "/dev"];
        let files = [
            "/",
            "/etc/hosts",
            "/etc/resolv.conf",
            "/etc/hostname",
            "/run/.containerenv",
        ];
        files.contains(target)
            || places
                .iter()
                .any(|place| Path::new(target).starts_with(place))
    };
    let strangers: Vec<_> = targets.iter().filter(|target| !known(target)).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    // No propagation to or from a peer group of the host's.
    for line in mounts {
        let optional = line.split(" - ").next().expect("fields");
        assert!(
            !optional.contains("shared:") && !optional.contains("master:"),
            "{line}"
        );
    }
    assert_eq!(words(&all[1]["names"]).len(), words(&all[2]["names"]).len());
    assert!(words(&all[1]["names"]).contains(&"probe"));
    // What an administrator inside mounts stays inside.
    let mount = format!("call {MOUNT} s:none s:/data s:tmpfs 0 0");
    let all = ask(&world, "--cap-add SYS_ADMIN", "probe", &mount);
    assert_eq!(all[0]["errno"], 0);
    for _ in 0..20 {
        ask(&world, "", "probe", "exit 0");
    }
    assert_eq!(before, host_mounts());
}

fn host_mounts() -> Vec<String> {
    let text = std::fs::read_to_string("/proc/self/mountinfo").expect("procfs");
    text.lines()
        .map(|line| line.split(" - ").next().expect("fields").to_owned())
        .collect()
}

#[test]
fn s_60_control_groups_are_seen_from_inside_and_only_read() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let all = ask(
        &world,
        "--cap-add SYS_ADMIN",
        "probe",
        "report -- write /sys/fs/cgroup/cgroup.procs -- list /sys/fs/cgroup",
    );
    for line in words(&all[0]["cgroup"]) {
        let path = line.splitn(3, ':').nth(2).expect("three fields");
        assert_eq!(path, "/", "{line}");
    }
    assert_ne!(all[1]["open"], 0, "{}", all[1]);
    // Version 1 is never shown: its release agent runs on the host (CVE-2022-0492).
    for line in words(&all[0]["mountinfo"]) {
        let kind = line
            .split(" - ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next());
        assert_ne!(kind, Some("cgroup"), "{line}");
    }
    // With namespaces of the host's: what is shown at all can only be read, and stays so.
    for options in [
        "--network none --cgroupns host",
        "--network host",
        "--network host --cgroupns host",
    ] {
        let start = format!("run --rm --cap-add SYS_ADMIN {options} localhost/probe report");
        let report = &answers(&world.coracle(start.split(' ')))[0];
        for line in words(&report["mountinfo"]) {
            let fields: Vec<&str> = line.split(' ').collect();
            let target = fields[4];
            if !target.starts_with("/sys/") && target != "/sys" {
                continue;
            }
            assert!(fields[5].starts_with("ro,"), "{options}: {line}");
            // MS_REMOUNT | MS_BIND, writable
            let question = format!(
                "call {MOUNT} s:none s:{target} s:none 0x1020 0 -- write {target}/cgroup.procs"
            );
            let start =
                format!("run --rm --cap-add SYS_ADMIN {options} localhost/probe {question}");
            let all = answers(&world.coracle(start.split(' ')));
            assert_ne!(all[0]["errno"], 0, "{options}: {line}");
            assert_ne!(all[1]["open"], 0, "{options}: {line}");
        }
    }
}

#[test]
fn s_61_paths_with_the_overlay_s_own_separators() {
    if !ready() {
        return;
    }
    let mut world = World::new();
    for name in ["a,upperdir=x:b", "back\\slash", "sp ace,ro"] {
        let root = world.path(name);
        std::fs::create_dir_all(&root).expect("a directory");
        world.set_env("XDG_DATA_HOME", &root);
        Tree::new()
            .file("data/file", "there")
            .load(&world, "odd", CONFIG)
            .expect_code(0);
        let all = ask(&world, "", "odd", "read /data/file -- write /data/file");
        assert_eq!(all[0]["text"], "there", "{name}");
        assert_eq!(all[1]["open"], 0, "{name}");
    }
}

#[test]
fn s_61_more_layers_than_a_page_of_options_holds() {
    if !ready() || !support::images::have_tiny() {
        return;
    }
    let world = World::with_image("deep");
    let done = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "localhost/deep",
        "cat",
        "/layers/0",
        "/layers/119",
    ]);
    assert_eq!(done, "layer 0\nlayer 119");
}

#[test]
fn s_62_only_the_usual_devices_and_only_the_hosts() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let canary = Canary::new(world.root());
    Tree::new()
        .folder("dev")
        .file("dev/zero", "not zeros")
        .link("dev/random", canary.path().join("file"))
        .load(&world, "fake", CONFIG)
        .expect_code(0);
    for image in ["probe", "fake"] {
        let numbers = [
            ("null", 1, 3),
            ("zero", 1, 5),
            ("full", 1, 7),
            ("random", 1, 8),
            ("urandom", 1, 9),
            ("tty", 5, 0),
        ];
        for (name, major, minor) in numbers {
            let stat = &ask(&world, "", image, &format!("stat /dev/{name}"))[0];
            assert_eq!(
                (stat["major"].as_i64(), stat["minor"].as_i64()),
                (Some(major), Some(minor)),
                "{name}"
            );
        }
        let all = ask(&world, "", image, "list /dev");
        let mut names = words(&all[0]["names"]);
        names.retain(|name| numbers.iter().all(|known| known.0 != *name));
        names.sort_unstable();
        let links = [
            "core", "fd", "mqueue", "ptmx", "pts", "shm", "stderr", "stdin", "stdout",
        ];
        assert_eq!(names, links, "{image}");
        canary.check();
    }
    let folder = world.path("folder");
    std::fs::create_dir_all(&folder).expect("a directory");
    let file = world.write("plain", "x");
    for bad in [folder, file, world.path("nothing")] {
        let option = format!("--device {}:/dev/x", bad.display());
        let name = bad.file_name().expect("a name").to_string_lossy();
        run(&world, &option, "probe", "report").expect_refusal(&name);
    }
    if Path::new("/dev/fuse").exists() {
        let all = ask(&world, "--device /dev/fuse", "probe", "stat /dev/fuse");
        assert_eq!(
            (&all[0]["major"], &all[0]["minor"]),
            (&10.into(), &229.into())
        );
    }
}
