//! S-85: what works for a container runs no code of its image, and cannot be got at by it.

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use mktar::{Tar, header};
use support::{World, images};

/// Programs that helpers of other engines have called inside of a container.
const TRAPS: [&str; 12] = [
    "bin/xz",
    "bin/gzip",
    "bin/gunzip",
    "bin/unpigz",
    "bin/tar",
    "bin/ps",
    "bin/nsenter",
    "bin/newuidmap",
    "bin/mount",
    "bin/cp",
    "bin/stat",
    "sbin/ldconfig",
];

/// An image in which every such program, and the loader's libraries, are traps: a program leaves
/// a file, a library that cannot be loaded makes the loader complain.
fn trapped(world: &World) {
    let mark = world.path("mark").display().to_string();
    let script = format!("#!/bin/busybox sh\n: > /mark\n: > {mark}\n");
    let mut layer = Tar::new()
        .dir("sbin/")
        .dir("lib/")
        .dir("lib64/")
        .dir("data/");
    for path in TRAPS {
        let head = header(b'0', path).mode(0o755).size(script.len() as u64);
        layer = layer.with(&head, script.as_bytes());
    }
    for path in [
        "lib/libnss_files.so.2",
        "lib64/libnss_files.so.2",
        "lib/libnss_compat.so.2",
    ] {
        layer = layer.file(path, "no library");
    }
    layer = layer
        .file("etc/ld.so.preload", "/lib/libnss_files.so.2\n")
        .file("etc/nsswitch.conf", "passwd: compat files\n")
        .file("data/file", "text");
    let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin"],"Volumes":{"/data":{}}}"#;
    let layers = [images::tiny_layer(), layer.end()];
    let archive = images::docker_archive("localhost/trap:latest", config, &layers);
    let file = world.write("trap.tar", archive);
    world.ok(["load", "-q", "-i", &file.display().to_string()]);
    std::fs::remove_file(file).expect("our own file");
}

#[test]
fn s_85_helpers_run_no_code_of_the_image() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    trapped(&world);
    world.write("value", "secret");
    world.write("up/file", "text");
    let out = |name: &str| world.path(name).display().to_string();
    world.ok(["secret", "create", "sec", &out("value")]);
    world.ok([
        "run",
        "-d",
        "--name=one",
        "--network=none",
        "--user=sailor",
        "--secret=sec,uid=1000",
        "--health-cmd=/bin/busybox true",
        "--health-interval=disable",
        "-v=vol:/data:U",
        "--tmpfs=/etc/copied",
        "trap",
        "busybox",
        "sleep",
        "1000",
    ]);
    world.ok([
        "create",
        "--name=still",
        "--network=none",
        "trap",
        "busybox",
        "true",
    ]);
    let archive = out("exported.tar");
    let saved = out("saved.tar");
    let words: &[&[&str]] = &[
        &["exec", "one", "busybox", "true"],
        &["exec", "--user=sailor", "one", "busybox", "true"],
        &["top", "one"],
        &["top", "one", "user", "huser", "pid", "args"],
        &["ps", "-a", "--size"],
        &["logs", "one"],
        &["inspect", "--size", "one"],
        &["diff", "one"],
        &["cp", "one:/data", "down"],
        &["cp", "up", "one:/home/sailor/up"],
        &["cp", "still:/data", "down2"],
        &["cp", "up", "still:/up"],
        &["cp", "still:/up", "still:/up2"],
        &["healthcheck", "run", "one"],
        &["export", "-o", &archive, "one"],
        &["commit", "-q", "one", "made"],
        &["save", "-q", "-o", &saved, "made"],
        &["load", "-q", "-i", &saved],
        &["volume", "export", "-o", "vol.tar", "vol"],
        &["volume", "import", "vol", "vol.tar"],
        &["port", "one"],
        &["restart", "-t0", "one"],
        &["start", "-a", "still"],
        &["rename", "still", "quiet"],
        &["stop", "-t0", "one"],
        &["start", "one"],
        &["kill", "one"],
        &["rm", "-f", "-t0", "one", "quiet"],
        &["rmi", "made"],
    ];
    for words in words {
        let done = world.coracle(words.iter().copied());
        assert_eq!(done.code, 0, "{done}");
        assert!(!done.stderr.contains("ld.so"), "{done}");
        assert!(
            !world.path("mark").exists(),
            "{words:?} ran a program of the image"
        );
        for found in ["down/mark", "down2/mark"] {
            assert!(!world.path(found).exists(), "{words:?}");
        }
    }
    // In the container's own tree neither.
    world.ok([
        "run",
        "-d",
        "--name=two",
        "--network=none",
        "trap",
        "busybox",
        "sleep",
        "1000",
    ]);
    world.ok(["cp", "up", "two:/home/up"]);
    let diff = world.ok(["diff", "two"]);
    assert!(!diff.contains("/mark"), "{diff}");
    world.ok(["rm", "-f", "-t0", "two"]);
    world.ok(["volume", "rm", "-a"]);
}

/// A container that looks at every process it can see while others join it: it gets at none of
/// ours, neither at their memory nor at the file they run from.
#[test]
fn s_85_who_joins_cannot_be_debugged() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.write("up/file", "text");
    let spy = "while :; do for p in /proc/[0-9]*; do \
               e=$(readlink $p/exe 2>/dev/null); case $e in /bin/busybox|'') ;; *) echo \"exe $e\";; esac; \
               case $(readlink $p/root 2>/dev/null) in /|'') ;; *) echo \"root $p\";; esac; \
               for f in $p/fd/*; do t=$(readlink $f 2>/dev/null); \
               case $t in *memfd*|*coracle*) echo \"fd $t\";; esac; done; done; done";
    world.ok([
        "run",
        "-d",
        "--name=spy",
        "--network=none",
        "--cap-add=SYS_PTRACE",
        "tiny",
        "sh",
        "-c",
        spy,
    ]);
    for _ in 0..8 {
        world.ok(["exec", "spy", "true"]);
        world.ok(["cp", "up", "spy:/home"]);
        world.ok(["top", "spy"]);
        world.ok(["cp", "spy:/home/up", "down"]);
        std::fs::remove_dir_all(world.path("down")).expect("copied");
    }
    assert_eq!(world.ok(["logs", "spy"]), "");
    world.ok(["rm", "-f", "-t0", "spy"]);
}
