//! `--rootfs`: a directory of the host as a container's root; and what the root itself is like.

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;

use mktar::{Tar, header};
use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// The tiny image's files in a directory of their own.
fn exploded(world: &World) -> PathBuf {
    let (archive, tree) = (world.path("tree.tar"), world.path("tree"));
    let name = archive.to_str().expect("UTF-8");
    world.ok(["create", "--name", "from", "tiny"]);
    world.ok(["export", "-o", name, "from"]);
    world.ok(["rm", "from"]);
    std::fs::create_dir(&tree).expect("made");
    let mut tar = world.other("tar");
    tar.arg("-xf").arg(&archive).arg("-C").arg(&tree);
    support::world::finish(tar).expect_code(0);
    tree
}

const PLAIN: [&str; 4] = ["run", "--network", "none", "--rootfs"];

#[test]
fn a_directory_is_the_root_as_it_is() {
    let Some(world) = world() else { return };
    let tree = exploded(&world);
    let dir = tree.to_str().expect("UTF-8");
    let run = |words: &[&str]| world.ok(PLAIN.iter().chain(&["--name", "c", dir]).chain(words));
    assert_eq!(
        run(&["sh", "-c", "echo ahoy >/said; cat /etc/motd"]),
        "ahoy"
    );
    let said = std::fs::read_to_string(tree.join("said"));
    assert_eq!(said.expect("written into it"), "ahoy\n");
    assert_eq!(world.inspect("c", "{{.Rootfs}}"), dir);
    assert_eq!(
        world.inspect("c", "<{{.Image}}{{.ImageName}}{{.ImageDigest}}>"),
        "<>"
    );
    assert_eq!(
        world.ok(["ps", "-a", "--format", "{{.Names}}<{{.Image}}>"]),
        "c<>"
    );
    world.ok(["start", "c"]);
    world.ok(["wait", "c"]);
    // There is nothing it could be compared with or added to.
    world
        .coracle(["diff", "c"])
        .expect_refusal("it has no image");
    world
        .coracle(["commit", "c", "new"])
        .expect_refusal("it has no image");
    let archive = world.path("again.tar");
    world.ok(["export", "-o", archive.to_str().expect("UTF-8"), "c"]);
    let mut tar = world.other("tar");
    tar.arg("-tf").arg(&archive);
    assert!(support::world::finish(tar).stdout.contains("etc/motd"));
    world.ok(["rm", "c"]);
    assert!(tree.join("etc/motd").exists());
    world.ok(PLAIN
        .iter()
        .chain(&["--rm", "--read-only", dir, "sh", "-c", "! touch /new"]));
    assert!(!tree.join("new").exists());
}

#[test]
fn with_o_the_directory_stays_as_it_is() {
    let Some(world) = world() else { return };
    let tree = exploded(&world);
    std::fs::set_permissions(&tree, std::fs::Permissions::from_mode(0o711)).expect("changed");
    let word = format!("{}:O", tree.display());
    let line = "echo new >/said; echo x >>/etc/motd; stat -c %a /";
    let words = ["--name", "c", &word, "sh", "-c", line];
    assert_eq!(world.ok(PLAIN.iter().chain(&words)), "711");
    assert!(!tree.join("said").exists());
    let motd = std::fs::read_to_string(tree.join("etc/motd"));
    assert_eq!(motd.expect("as it was"), "ahoy\n");
    // What it wrote is the container's.
    assert!(world.ok(["diff", "c"]).contains("A /said"));
    world.ok(["rm", "c"]);
    // A relative path is below the caller's directory.
    let mut relative = world.command(PLAIN.iter().chain(&["--rm", "tree:O", "cat", "/etc/motd"]));
    relative.current_dir(tree.parent().expect("a parent"));
    assert_eq!(
        support::world::finish(relative).expect_code(0).stdout,
        "ahoy\n"
    );
}

#[test]
fn account_files_of_the_directory_are_covered_and_not_changed() {
    let Some(world) = world() else { return };
    let tree = exploded(&world);
    let dir = tree.to_str().expect("UTF-8");
    let entry = [
        "--passwd-entry",
        "extra:*:4711:4711:::/bin/sh",
        "--user",
        "4711",
    ];
    let command = ["--rm", dir, "id", "-un"];
    let words = PLAIN.iter().chain(&entry).chain(&command);
    assert_eq!(world.ok(words), "extra");
    let passwd = std::fs::read_to_string(tree.join("etc/passwd")).expect("kept");
    assert!(!passwd.contains("extra"), "{passwd}");
    let owner = std::fs::metadata(tree.join("bin")).expect("kept").uid();
    assert_eq!(owner, rustix::process::getuid().as_raw());
}

#[test]
fn what_cannot_be_a_root_is_refused() {
    let Some(world) = world() else { return };
    let file = world.write("file", "x");
    let file = file.to_str().expect("UTF-8");
    for (words, reason) in [
        (&["/no/such/directory", "true"][..], "/no/such/directory"),
        (&[file, "true"], "not a directory"),
        (&["/tmp:idmap", "true"], "idmap"),
        (&[":O", "true"], "names no directory"),
        (&["--rmi", "/tmp", "true"], "--rmi"),
    ] {
        world
            .coracle(PLAIN.iter().chain(words))
            .expect_refusal(reason);
    }
    // Nobody says what is to run: that is a command not found.
    world
        .coracle(PLAIN.iter().chain(&["/tmp"]))
        .expect_code(127);
    assert!(world.container_names().is_empty());
}

#[test]
fn the_mode_of_the_root_is_the_topmost_that_a_layer_says() {
    let Some(world) = world() else { return };
    let mode = |name: &str, layers: &[Vec<u8>]| {
        let config = r#"{"Env":["PATH=/bin"]}"#;
        let archive = images::docker_archive(&format!("localhost/{name}"), config, layers);
        let file = world.write("image.tar", archive);
        world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
        world.ok([
            "run",
            "--rm",
            "--network",
            "none",
            name,
            "stat",
            "-c",
            "%a",
            "/",
        ])
    };
    let root = |mode| Tar::new().header(&header(b'5', "./").mode(mode)).end();
    let file = || images::layer_with_file("one", b"1");
    let tiny = images::tiny_layer;
    // Podman's, where none says it.
    assert_eq!(mode("bare", &[tiny(), file()]), "555");
    assert_eq!(mode("low", &[tiny(), root(0o711), file()]), "711");
    assert_eq!(mode("high", &[tiny(), root(0o711), root(0o751)]), "751");
}

#[test]
fn a_root_without_writable_places_has_none_in_dev_either() {
    let Some(world) = world() else { return };
    let options = ["run", "--rm", "--network", "none", "--read-only"];
    let run = |option: &str, line: &str| {
        let command = [option, "tiny", "sh", "-c", line];
        world.coracle(options.iter().chain(&command)).expect_code(0);
    };
    let all = "for d in /tmp /run /dev /dev/shm; do echo x >$d/f || exit 1; done";
    run("--read-only-tmpfs", all);
    let none = "for d in /tmp /run /dev /dev/shm; do ! echo x >$d/f || exit 1; done";
    let none = format!("{none}; echo x >/dev/null && ls /dev/pts /dev/fd >/dev/null");
    run("--read-only-tmpfs=false", &none);
}
