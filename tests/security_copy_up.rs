//! S-88: what an image has at a volume's place comes into the volume: nothing of the host, over
//! nothing of the user's, all of it or nothing.

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::PathBuf;

use mktar::{Tar, header};
use support::{Canary, World, images};

/// `localhost/trap`: the tiny image and a layer of these entries, with these volumes.
fn trap(world: &World, layer: Tar, volumes: &[&str]) {
    let places: Vec<String> = volumes
        .iter()
        .map(|path| format!("{path:?}:{{}}"))
        .collect();
    let config = format!(
        r#"{{"Cmd":["sh"],"Env":["PATH=/bin"],"Volumes":{{{}}}}}"#,
        places.join(",")
    );
    let layers = [images::tiny_layer(), layer.end()];
    let archive = images::docker_archive("localhost/trap:latest", &config, &layers);
    let file = world.write("trap.tar", archive);
    world.ok(["load", "-q", "-i", &file.display().to_string()]);
    std::fs::remove_file(file).expect("our own file");
}

fn data(world: &World, name: &str) -> PathBuf {
    world.store().join("volumes").join(name).join("_data")
}

#[test]
fn s_88_a_volume_gets_nothing_of_the_host() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    let target = canary.path().display().to_string();
    let layer = Tar::new()
        .symlink("link", &target)
        .dir("data/")
        .symlink("data/out", &target)
        .symlink("data/up", "../../../../etc/passwd")
        .header(&header(b'6', "data/pipe"))
        .file("data/one", "text")
        .hardlink("data/two", "data/one")
        .with(
            &header(b'0', "data/owned").owner(7, 8).mode(0o640).size(1),
            b"x",
        );
    trap(&world, layer, &["/data"]);
    // A link to a place that is not there is nothing to mount on; were it, the volume stayed empty.
    let link = world.coracle([
        "run",
        "--rm",
        "--network=none",
        "-v=l:/link",
        "trap",
        "true",
    ]);
    assert!(matches!(link.code, 0 | 125), "{link}");
    assert_eq!(std::fs::read_dir(data(&world, "l")).expect("it").count(), 0);
    world.ok([
        "run",
        "--rm",
        "--network=none",
        "-v=d:/data",
        "trap",
        "true",
    ]);
    let d = data(&world, "d");
    for (name, to) in [("out", target.as_str()), ("up", "../../../../etc/passwd")] {
        let link = std::fs::read_link(d.join(name)).expect("a link");
        assert_eq!(link.to_str(), Some(to));
    }
    assert!(
        d.join("pipe")
            .symlink_metadata()
            .expect("it")
            .file_type()
            .is_fifo()
    );
    let one = d.join("one").metadata().expect("it");
    assert_eq!((one.len(), one.nlink()), (4, 2));
    let line = "stat -c '%u %g %a' /data/owned";
    let owner = world.sh(&["-v=d:/data"], "trap", line);
    let single = world.ok(["info", "--format", "{{.Host.IDMappings}}"]);
    if single.contains("65536") {
        assert_eq!(owner, "7 8 640");
    }
    // A tmpfs takes the same, and gives neither set-id programs nor devices.
    for place in ["/link", "/data"] {
        let line =
            format!("grep ' {place} ' /proc/mounts || grep tmpfs /proc/mounts; ls -A {place}");
        let seen = world.try_sh(&["--tmpfs", place], "trap", &line);
        assert!(!seen.stdout.contains("canary"), "{seen}");
        if place == "/data" {
            assert!(seen.stdout.contains("nosuid,nodev"), "{seen}");
        }
    }
    canary.check();
    world.ok(["volume", "rm", "-a"]);
}

#[test]
fn s_88_places_of_the_image_are_inside() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    let canary = Canary::new(world.root());
    for place in [
        "/../../canary",
        "/proc/self/root",
        "relative",
        "/data/../../etc",
    ] {
        trap(&world, Tar::new().dir("data/"), &[place]);
        let done = world.try_sh(&[], "trap", "echo ran; ls /");
        // Either a place inside of the container, or none at all.
        assert!(!done.stderr.contains("panicked"), "{place}: {done}");
        if done.code == 0 {
            assert!(done.stdout.starts_with("ran\n"), "{place}: {done}");
        } else {
            assert_eq!(done.code, 125, "{place}: {done}");
        }
        canary.check();
    }
    assert_eq!(world.ok(["volume", "ls", "-q"]), "");
}

#[test]
fn s_88_what_is_in_a_volume_stays() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    let layer = Tar::new()
        .dir("data/")
        .file("data/file", "image's")
        .file("data/more", "x");
    trap(&world, layer, &["/data"]);
    // Somebody has used it elsewhere, with another image, or has put files into it by hand.
    world.load("tiny");
    let write = "echo mine > /d/file";
    world.sh(&["-v=v:/d"], "tiny", write);
    world.ok(["volume", "create", "hand"]);
    std::fs::write(data(&world, "hand").join("file"), "mine\n").expect("written");
    for volume in ["v", "hand"] {
        let mount = format!("-v={volume}:/data");
        let line = "cat /data/file; ls /data";
        let seen = world.sh(&[&mount], "trap", line);
        assert_eq!(seen, "mine\nfile", "{volume}");
    }
    // An empty one that was looked at in vain takes what the next image has.
    world.ok([
        "run",
        "--rm",
        "--network=none",
        "-v=late:/d",
        "tiny",
        "true",
    ]);
    world.ok([
        "run",
        "--rm",
        "--network=none",
        "-v=late:/d",
        "tiny",
        "true",
    ]);
    let line = "cat /data/file";
    let seen = world.sh(&["-v=late:/data"], "trap", line);
    assert_eq!(seen, "image's");
    world.ok(["volume", "rm", "-a"]);
}

#[test]
fn s_88_two_at_once_fill_a_volume_once() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    let mut layer = Tar::new().dir("data/");
    for number in 0..300 {
        layer = layer.file(&format!("data/file{number}"), "text");
    }
    trap(&world, layer, &[]);
    for round in 0..3 {
        let mount = format!("-v=v{round}:/data");
        let words = |_| {
            [
                "run",
                "--rm",
                "--network=none",
                &mount,
                "trap",
                "sh",
                "-c",
                "ls /data | wc -l",
            ]
        };
        let running: Vec<_> = (0..4).map(|n| world.start(words(n))).collect();
        for one in running {
            let done = one.wait(std::time::Duration::from_secs(120));
            assert_eq!((done.code, done.text()), (0, "300"), "{done}");
        }
    }
    world.expect_nothing_unfinished();
    world.ok(["volume", "rm", "-a"]);
}

/// Holes stay holes: a large empty file of a tree costs a volume nothing.
#[test]
fn s_88_holes_cost_nothing() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let tree = world.path("tree");
    std::fs::create_dir_all(tree.join("data")).expect("a directory");
    for folder in ["bin", "dev", "proc", "sys", "run", "etc"] {
        std::fs::create_dir_all(tree.join(folder)).expect("a directory");
    }
    let busybox = support::find_program("busybox").expect("have_tiny was asked");
    std::fs::copy(busybox, tree.join("bin/busybox")).expect("copied");
    let file = std::fs::File::create(tree.join("data/large")).expect("made");
    file.set_len(8 << 30).expect("a hole");
    std::os::unix::fs::FileExt::write_all_at(&file, b"end", (8 << 30) - 3).expect("written");
    drop(file);
    let rootfs = tree.display().to_string();
    let done = world.coracle([
        "run",
        "--rm",
        "--network=none",
        "-v=v:/data",
        "--rootfs",
        &rootfs,
        "/bin/busybox",
        "true",
    ]);
    assert_eq!(done.code, 0, "{done}");
    let large = data(&world, "v").join("large").metadata().expect("it");
    assert_eq!(large.len(), 8 << 30);
    assert!(large.blocks() < 2048, "{} blocks", large.blocks());
    world.ok(["volume", "rm", "-a"]);
}

/// `--read-only` leaves nothing to write to but what is asked for.
#[test]
fn s_88_read_only_is_everywhere() {
    if !images::have_tiny() {
        return;
    }
    let world = World::new();
    trap(&world, Tar::new().dir("data/"), &["/data"]);
    let line = "for d in / /tmp /run /var /dev /dev/shm /etc /data /run/secrets; do \
                [ -d $d ] && touch $d/written 2>/dev/null && echo $d; done; true";
    let out = world.sh(
        &[
            "--read-only",
            "--read-only-tmpfs=false",
            "--image-volume=ignore",
        ],
        "trap",
        line,
    );
    assert_eq!(out, "");
}
