//! `cp`: files between containers and the host.

#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// A container that runs and one that was never started, with the same files.
fn both(world: &World) -> [&'static str; 2] {
    world.ok([
        "run",
        "-d",
        "--name=running",
        "--network=none",
        "-w=/home",
        "tiny",
        "sleep",
        "inf",
    ]);
    world.ok([
        "create",
        "--name=still",
        "--network=none",
        "-w=/home",
        "tiny",
        "sleep",
        "inf",
    ]);
    ["running", "still"]
}

/// What a path of a container holds, by way of a tar.
fn content(world: &World, path: &str) -> String {
    let done = world.coracle(["cp", path, "out"]);
    if done.code != 0 {
        return format!("- {}", done.stderr.trim());
    }
    let out = world.path("out");
    let text = if out.is_dir() {
        let mut names: Vec<String> = std::fs::read_dir(&out)
            .expect("a directory")
            .map(|entry| {
                entry
                    .expect("a name")
                    .file_name()
                    .into_string()
                    .expect("a name")
            })
            .collect();
        names.sort();
        std::fs::remove_dir_all(&out).expect("gone");
        names.join(" ")
    } else {
        let text = std::fs::read_to_string(&out).expect("a file");
        std::fs::remove_file(&out).expect("gone");
        text
    };
    text.trim().to_owned()
}

/// podman-cp(1): what the source is × what the destination is × slashes.
#[test]
fn sources_and_destinations_of_every_kind() {
    let Some(world) = world() else { return };
    world.write("file", "text");
    world.write("dir/one", "1");
    world.write("dir/sub/two", "2");
    world.write("dot./three", "3");
    symlink("file", world.path("link")).expect("a link");
    symlink("dir", world.path("way")).expect("a link");
    for name in both(&world) {
        world.write("prepared/there/old", "old");
        world.write("prepared/taken", "taken");
        world.ok(["cp", "prepared/.", &format!("{name}:/home")]);
        for (source, destination, path, expected) in [
            ("file", "/", "/file", "text"),
            ("file", "/new", "/new", "text"),
            ("file", "/home/there", "/home/there/file", "text"),
            ("file", "/home/there/", "/home/there/file", "text"),
            ("file", "/home/there/.", "/home/there/file", "text"),
            ("file", "there", "/home/there/file", "text"),
            ("file", ".", "/home/file", "text"),
            ("file", "", "/home/file", "text"),
            ("file", "relative", "/home/relative", "text"),
            ("file", "/home/taken", "/home/taken", "text"),
            // The link's target comes, under the link's name: as podman 4.3.1 does it.
            ("link", "/home/there", "/home/there/link", "text"),
            ("way", "/home/there", "/home/there/way", "one sub"),
            ("way/.", "/fresh5", "/fresh5", "one sub"),
            ("dir", "/fresh", "/fresh", "one sub"),
            ("dir/", "/fresh2", "/fresh2", "one sub"),
            ("dir/.", "/fresh3", "/fresh3", "one sub"),
            ("dir", "/home/there", "/home/there/dir", "one sub"),
            ("dir/", "/home/there/", "/home/there/dir/sub", "two"),
            ("dir/.", "/home/there", "/home/there/one", "1"),
            ("dot.", "/home/there", "/home/there/dot.", "three"),
            ("dot.", "/fresh4", "/fresh4/three", "3"),
        ] {
            let to = format!("{name}:{destination}");
            let done = world.coracle(["cp", source, &to]);
            assert_eq!(done.code, 0, "{source} to {to}: {done}");
            let found = content(&world, &format!("{name}:{path}"));
            assert_eq!(found, expected, "{source} to {to}");
        }
        for (source, destination, why) in [
            ("nothing", "/", "\"nothing\" could not be found on the host"),
            (
                "file",
                "/none/",
                "\"/none/\" could not be found on container",
            ),
            (
                "file",
                "/none/x",
                "\"/none/x\" could not be found on container",
            ),
            ("file", "/home/taken/", "could not be found on container"),
            (
                "dir",
                "/home/taken",
                "destination must be a directory when copying a directory",
            ),
            ("dir", "/none/x", "could not be found on container"),
        ] {
            let to = format!("{name}:{destination}");
            world.coracle(["cp", source, &to]).expect_refusal(why);
        }
        for (source, why) in [
            ("/none", "\"/none\" could not be found on container"),
            ("/home/taken/", "could not be found on container"),
            ("/home/*", "could not be found on container"),
        ] {
            let from = format!("{name}:{source}");
            world.coracle(["cp", &from, "out"]).expect_refusal(why);
        }
    }
    world
        .coracle(["cp", "file", "dir"])
        .expect_refusal("exactly 1 container expected");
    world
        .coracle(["cp", "no:/x", "."])
        .expect_refusal("no such container");
    for name in ["running", "still"] {
        let at = |path: &str| format!("{name}:{path}");
        world.ok(["cp", &at("/home/there"), &at("/x")]);
        assert_eq!(content(&world, &at("/x/dir/one")), "1", "{name}");
        world.ok(["cp", &at("/home/there/."), &at("/x/dir")]);
        assert_eq!(content(&world, &at("/x/dir/dir/one")), "1", "{name}");
        world.ok(["cp", &at("/home/taken"), &at("there/again")]);
        assert_eq!(content(&world, &at("/home/there/again")), "text", "{name}");
        world
            .coracle(["cp", &at("/none"), &at("/x")])
            .expect_refusal("\"/none\" could not be found on container");
        world
            .coracle(["cp", &at("/home"), &at("/home/taken")])
            .expect_refusal("must be a directory when copying a directory");
    }
    assert_eq!(content(&world, "running:/x/old"), "old");
    world.ok(["cp", "running:/x", "still:/y"]);
    assert_eq!(content(&world, "still:/y/dir/one"), "1");
    world.ok(["rm", "-fa", "-t0"]);
    world.expect_nothing_unfinished();
}

#[test]
fn owners_modes_and_links() {
    let Some(world) = world() else { return };
    world.write("tree/file", "text");
    std::fs::set_permissions(
        world.path("tree/file"),
        std::fs::Permissions::from_mode(0o4751),
    )
    .expect("a mode");
    std::fs::hard_link(world.path("tree/file"), world.path("tree/same")).expect("a link");
    symlink("/etc/passwd", world.path("tree/link")).expect("a link");
    world.ok([
        "run",
        "-d",
        "--name=it",
        "--network=none",
        "--user=5:6",
        "tiny",
        "sleep",
        "inf",
    ]);
    world.ok(["cp", "tree", "it:/tmp"]);
    let line = "stat -c '%u:%g %a %h %N' /tmp/tree/file /tmp/tree/link";
    assert_eq!(
        world.ok(["exec", "it", "sh", "-c", line]),
        "5:6 4751 2 /tmp/tree/file\n5:6 777 1 '/tmp/tree/link' -> '/etc/passwd'"
    );
    // On the host nobody gets more than a plain file.
    world.ok(["cp", "it:/tmp/tree", "back"]);
    let facts = std::fs::symlink_metadata(world.path("back/file")).expect("a file");
    assert_eq!(facts.mode() & 0o7777, 0o751);
    assert_eq!(
        facts.uid(),
        std::fs::metadata(world.root()).expect("ours").uid()
    );
    assert_eq!(facts.nlink(), 2);
    assert!(
        std::fs::symlink_metadata(world.path("back/link"))
            .expect("a link")
            .is_symlink()
    );
    // The owners of a tar.
    let mine = mktar::header(b'0', "mine").owner(42, 43);
    let tar = mktar::Tar::new().with(&mine, b"x").end();
    world
        .coracle_fed(["cp", "-a=false", "-", "it:/tmp"], tar.clone())
        .expect_code(0);
    let line = "stat -c %u:%g /tmp/mine";
    assert_eq!(world.ok(["exec", "it", "sh", "-c", line]), "42:43");
    world
        .coracle_fed(["cp", "-", "it:/tmp"], mktar::gzip(&tar))
        .expect_code(0);
    assert_eq!(world.ok(["exec", "it", "sh", "-c", line]), "5:6");
    world
        .coracle_fed(["cp", "-", "it:/tmp"], "no archive at all".repeat(99))
        .expect_refusal("source must be a (compressed) tar archive");
    world
        .coracle_fed(["cp", "-", "it:/tmp/mine"], tar)
        .expect_refusal("destination must be a directory when copying from stdin");
    world.ok(["rm", "-fa", "-t0"]);
}

#[test]
fn a_directory_and_a_file_make_way_only_when_told() {
    let Some(world) = world() else { return };
    world.ok([
        "run",
        "-d",
        "--name=it",
        "--network=none",
        "tiny",
        "sleep",
        "inf",
    ]);
    world.write("a/x", "file");
    world.write("b/x/deep/y", "dir");
    world.ok(["cp", "b/x", "it:/tmp"]);
    world
        .coracle(["cp", "a/x", "it:/tmp"])
        .expect_refusal("error creating \"/tmp/x\"");
    world.ok(["cp", "--overwrite", "a/x", "it:/tmp"]);
    assert_eq!(content(&world, "it:/tmp/x"), "file");
    world
        .coracle(["cp", "b/x", "it:/tmp"])
        .expect_refusal("error creating \"/tmp/x\"");
    world.ok(["cp", "--overwrite", "b/x", "it:/tmp"]);
    assert_eq!(content(&world, "it:/tmp/x/deep/y"), "dir");
    // A mounted file is written into.
    world.write("hosts", "1.2.3.4 name");
    world.ok(["cp", "hosts", "it:/etc/hosts"]);
    assert_eq!(
        world.ok(["exec", "it", "cat", "/etc/hosts"]),
        "1.2.3.4 name"
    );
    world.ok(["rm", "-fa", "-t0"]);
}

#[test]
fn volumes_are_seen_as_the_container_sees_them() {
    let Some(world) = world() else { return };
    world.write("file", "text");
    world.write("bound/keep", "kept");
    let bind = format!("{}:/vol/bound:ro", world.path("bound").display());
    let mounts = ["-v", "outer:/vol", "-v", "inner:/vol/inner", "-v", &bind];
    for (name, command) in [("running", "run"), ("still", "create")] {
        let mut words = vec![command];
        words.extend((command == "run").then_some("-d"));
        words.extend(["--network=none", "--name", name]);
        words.extend(mounts);
        words.extend(["tiny", "sleep", "inf"]);
        world.ok(words);
        world.ok(["cp", "file", &format!("{name}:/vol/inner/{name}")]);
        assert_eq!(content(&world, &format!("{name}:/vol/bound/keep")), "kept");
        let to = format!("{name}:/vol/bound");
        let done = world.coracle(["cp", "file", &to]);
        assert!(done.stderr.contains("read-only file system"), "{done}");
    }
    let listed = world.coracle(["volume", "export", "inner"]);
    let names = listed.stdout;
    assert!(
        names.contains("running") && names.contains("still"),
        "{names}"
    );
    world.ok(["rm", "-fa", "-t0"]);
    world.ok(["volume", "rm", "-a"]);
}

/// A hostile tree on the way to the host, into a directory that an earlier copy has prepared.
#[test]
fn s_86_links_are_copied_and_never_written_through() {
    let Some(world) = world() else { return };
    let canary = support::Canary::new(world.root());
    world.ok([
        "run",
        "-d",
        "--name=evil",
        "--network=none",
        "tiny",
        "sleep",
        "inf",
    ]);
    let plant = format!(
        "mkdir -p /a /b/way /c && ln -s {0} /a/way && echo bad > /b/way/file && ln -s {0} /b/lone \
         && mkfifo /c/pipe && printf x > '/c/esc\u{1b}[2J' && ln -s ../.. /c/up",
        canary.path().display()
    );
    world.ok(["exec", "evil", "sh", "-c", &plant]);
    std::fs::create_dir(world.path("out")).expect("a directory");
    world.ok(["cp", "evil:/a/.", "out"]);
    assert!(world.path("out/way").is_symlink());
    let done = world.coracle(["cp", "evil:/b/.", "out"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("error creating"), "{done}");
    world.ok(["cp", "--overwrite", "evil:/b/.", "out"]);
    assert!(world.path("out/way/file").is_file() && !world.path("out/way").is_symlink());
    world.ok(["cp", "evil:/c", "out"]);
    assert!(world.path("out/c/up").is_symlink());
    canary.check();
    world.ok(["rm", "-fa", "-t0"]);
}

/// A container that changes what a path means while it is copied from and to.
#[test]
fn s_84_a_racing_container_wins_nothing() {
    let Some(world) = world() else { return };
    let canary = support::Canary::new(world.root());
    let rounds: usize = std::env::var("CORACLE_TEST_RACES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(60);
    let target = canary.path().display().to_string();
    let swap = format!(
        "mkdir -p /d/real /d/x; echo own > /d/real/f; while :; do rm -rf /d/x; ln -s {target} /d/x; \
         rm -f /d/x; mkdir /d/x; echo own > /d/x/f; rm -rf /d/y; ln -s {target}/f /d/y; rm -f /d/y; \
         echo own > /d/y; done"
    );
    world.ok([
        "run",
        "-d",
        "--name=evil",
        "--network=none",
        "-v",
        "vol:/d",
        "tiny",
        "sh",
        "-c",
        &swap,
    ]);
    world.write("file", "pushed");
    for round in 0..rounds {
        // Any outcome is right but one: the host's own files are neither read nor written.
        for path in ["/d/x/f", "/d/y", "/d/x", "/d/x/."] {
            let _ = std::fs::remove_dir_all(world.path("got"));
            let _ = std::fs::remove_file(world.path("got"));
            world.coracle(["cp", &format!("evil:{path}"), "got"]);
            for file in ["got", "got/f"] {
                if let Ok(text) = std::fs::read_to_string(world.path(file)) {
                    assert!(
                        ["", "own\n", "pushed"].contains(&&text[..]),
                        "round {round}: {text:?}"
                    );
                }
            }
        }
        for path in ["/d/x", "/d/x/f", "/d/y"] {
            world.coracle(["cp", "file", &format!("evil:{path}")]);
        }
        canary.check();
    }
    world.ok(["rm", "-fa", "-t0"]);
    world.ok(["volume", "rm", "-a"]);
}
