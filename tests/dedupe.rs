//! Identical files in different layers are on the disk once, and nobody sees it.

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use support::world::finish;
use support::{World, images};

const NETLESS: [&str; 4] = ["run", "--rm", "--network", "none"];

/// More than a layer must have to be looked at, without two alike blocks.
fn noise(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut bytes = Vec::new();
    while bytes.len() < 1_300_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes
}

/// A layer: what two of them have alike, and what differs by `which`.
fn layer(which: u64) -> Vec<u8> {
    let file = |name| mktar::header(b'0', name).mode(0o644).owner(3, 4);
    let time = format!("1700000000.00000000{which}");
    let text = |word: &str| format!("{word} {which}").into_bytes();
    let (same, other) = (noise(1), noise(1 + which));
    mktar::Tar::new()
        .with(&mktar::header(b'5', "kept/").mode(0o755), b"")
        .with(&file("kept/same"), &same)
        .with(&file("kept/owner").owner(which, 4), b"owner")
        .with(&file("kept/group").owner(3, which), b"group")
        .with(&file("kept/mode").mode(0o600 + which), b"mode")
        .pax(&[("mtime", time.as_bytes())])
        .with(&file("kept/time"), b"time")
        .pax(&[("SCHILY.xattr.user.which", &text("x"))])
        .with(&file("kept/xattr"), b"xattr")
        .pax(&[("SCHILY.xattr.user.both", b"x")])
        .with(&file("kept/attributed"), b"attributed")
        .with(&file("kept/content"), &text("content"))
        .with(&file("kept/empty"), b"")
        .with(&file(&format!("kept/path-{which}")), &same)
        .with(&file("kept/twin"), b"twin")
        .hardlink("kept/twin-too", "kept/twin")
        .with(&file("kept/own"), &other)
        .end()
}

fn load(world: &World, which: u64) {
    let name = format!("localhost/image{which}:latest");
    let config = r#"{"Cmd":["sh"],"Env":["PATH=/bin:/usr/bin"]}"#;
    let layers = [images::tiny_layer(), layer(which)];
    let archive = images::docker_archive(&name, config, &layers);
    let file = world.write("image.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
}

/// Links, name and time of everything in the layers' `kept`, sorted.
fn facts(world: &World) -> Vec<String> {
    let line = "cd \"$0\"/layers && stat -c '%h %n %y' */diff/kept */diff/kept/* | sed 's,[0-9a-f]*/diff/,,'";
    let store = world.store();
    let text = world.ok(["unshare", "sh", "-c", line, store.to_str().expect("UTF-8")]);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// What `system df` says of files that are kept once: their number, and how much that is.
fn kept_once(world: &World) -> (u64, String) {
    let text = world.ok(["system", "df", "-v"]);
    let row = text
        .lines()
        .find(|line| line.starts_with("Saved by sharing"));
    let row = row.unwrap_or_else(|| panic!("no such row: {text}"));
    let words: Vec<&str> = row["Saved by sharing".len()..].split_whitespace().collect();
    let number = words[0].parse().expect("a number");
    (number, words[1].to_owned())
}

/// Whether the file system shares data, where no link is made.
fn is_shared_by_links(world: &World) -> bool {
    facts(world)
        .iter()
        .any(|line| line.starts_with("2 kept/same "))
}

#[test]
fn only_files_that_are_the_same_in_everything_are_joined() {
    if !images::have_tiny() || !support::have_subordinate_ids() {
        return;
    }
    let world = World::new();
    load(&world, 1);
    let before = facts(&world);
    assert_eq!(kept_once(&world).0, 0);
    load(&world, 2);
    if !is_shared_by_links(&world) {
        support::skip("the file system shares data by itself");
        return;
    }
    let after = facts(&world);
    let linked = |lines: &[String]| {
        let names = lines.iter().filter(|line| line.starts_with("2 kept/"));
        let names = names.filter_map(|line| line.split(' ').nth(1));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(linked(&before), ["kept/twin", "kept/twin-too"]);
    let both = ["attributed", "same", "twin", "twin-too"];
    let both: Vec<String> = both
        .iter()
        .flat_map(|name| [format!("kept/{name}"), format!("kept/{name}")])
        .collect();
    assert_eq!(linked(&after), both);
    // The directory's time is the archive's, in both layers.
    let times = |lines: &[String]| {
        let of = lines.iter().filter_map(|line| line.split_once(" kept "));
        of.map(|(_, time)| time.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        times(&after),
        [&times(&before)[..], &times(&before)].concat()
    );
    let (files, size) = kept_once(&world);
    assert_eq!(files, 2);
    assert!(size.starts_with("1.3"), "{size}");
}

#[test]
fn nobody_sees_that_files_are_kept_once() {
    if !images::have_tiny() || !support::have_subordinate_ids() {
        return;
    }
    let world = World::new();
    load(&world, 1);
    load(&world, 2);
    let run = |image: &str, line: &str| world.ok(NETLESS.iter().chain(&[image, "sh", "-c", line]));
    let sum = "md5sum </kept/same";
    let right = run("image1", sum);
    // A write is the container's own.
    let line = "echo more >>/kept/same; md5sum </kept/same";
    assert_ne!(run("image2", line), right);
    assert_eq!(
        (run("image1", sum), run("image2", sum)),
        (right.clone(), right.clone())
    );
    // Nor are they written as links of each other.
    world.ok(["create", "--name", "box", "--network", "none", "image2"]);
    let tar = world.path("out.tar");
    world.ok(["export", "-o", tar.to_str().expect("UTF-8"), "box"]);
    let mut list = world.other("tar");
    list.arg("-tvf").arg(&tar);
    let list = finish(list).expect_code(0).stdout;
    let links: Vec<&str> = list
        .lines()
        .filter(|line| line.starts_with('h') && line.contains("kept/"))
        .collect();
    assert_eq!(links.len(), 1, "{list}");
    assert!(links[0].contains("twin"), "{list}");
    assert_eq!(world.ok(["diff", "box"]), "");
    world.ok(["rm", "box"]);
    // What is saved is what was loaded.
    let saved = world.path("saved.tar");
    let saved = saved.to_str().expect("UTF-8");
    world.ok(["save", "-q", "-o", saved, "image2"]);
    let id = |world: &World| world.ok(["image", "inspect", "--format", "{{.Id}}", "image2"]);
    let other = World::new();
    other.ok(["load", "-q", "-i", saved]);
    assert_eq!(id(&other), id(&world));
    // The other layer may go: what is left is whole, and its own.
    world.ok(["rmi", "image1"]);
    assert_eq!(run("image2", sum), right);
    assert_eq!(kept_once(&world).0, 0);
    load(&world, 1);
    assert_eq!(run("image1", sum), right);
    world.ok(["rmi", "image2"]);
    assert_eq!(run("image1", sum), right);
}

#[test]
fn two_debians_that_differ_in_one_package_have_the_rest_once() {
    let Some(debian) = images::debian("debian") else {
        return;
    };
    if !support::have_subordinate_ids() {
        return;
    }
    let world = World::new();
    let id = world.ok(["pull", "-q", &debian]);
    let made = |name: &str, image: &str, line: &str, new: &str| {
        world.ok([
            "run",
            "--name",
            name,
            "--network",
            "none",
            image,
            "sh",
            "-c",
            line,
        ]);
        world.ok(["commit", "-q", "--squash", name, new]);
        world.ok(["rm", name]);
    };
    let less = "rm -rf /usr/share/[a-c]* /usr/share/[e-z]* /usr/share/doc /usr/lib/python3* \
                /usr/lib/*/perl /usr/lib/*/gconv";
    made("a", &id, less, "one");
    world.ok(["rmi", "-f", &id]);
    made("b", "one", "dpkg -P procps >/dev/null", "two");
    let (files, size) = kept_once(&world);
    assert!(files > 500, "{files} files, {size}");
    assert!(size.ends_with("MB"), "{size}");
    let saved: f64 = size.trim_end_matches("MB").parse().expect("a number");
    let tar = world.ok(["image", "inspect", "--format", "{{.Size}}", "two"]);
    let tar: f64 = tar.parse().expect("a number");
    // All but a few files of dpkg's are the same.
    assert!(saved * 1e6 > 0.8 * tar, "{saved} MB of {tar} bytes");
    let has = |image: &str| {
        let line = "test -e /usr/bin/free && echo yes; dpkg -l >/dev/null && ls /bin/ls";
        world.ok(NETLESS.iter().chain(&[image, "sh", "-c", line]))
    };
    assert_eq!(
        (has("one"), has("two")),
        ("yes\n/bin/ls".into(), "/bin/ls".into())
    );
}
