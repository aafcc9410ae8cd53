//! `volume` and its verbs.

mod support;

use std::os::unix::fs::MetadataExt;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn run(world: &World, options: &[&str], line: &str) -> String {
    let mut words = vec!["run", "--rm", "--network=none"];
    words.extend(options);
    words.extend(["tiny", "sh", "-c", line]);
    world.ok(words)
}

#[test]
fn a_volume_is_made_used_and_removed() {
    let Some(world) = world() else { return };
    assert_eq!(
        world.ok(["volume", "create", "-l", "colour=red", "data"]),
        "data"
    );
    world
        .coracle(["volume", "create", "data"])
        .expect_refusal("volume already exists");
    assert_eq!(world.ok(["volume", "create", "--ignore", "data"]), "data");
    let random = world.ok(["volume", "create"]);
    assert_eq!(random.len(), 64);
    run(&world, &["-v", "data:/data"], "echo text > /data/file");
    assert_eq!(run(&world, &["-v", "data:/data"], "cat /data/file"), "text");
    let facts = "{{.Name}} {{.Driver}} {{.Scope}} {{.Labels.colour}} {{.MountCount}}";
    assert_eq!(
        world.ok(["volume", "inspect", "-f", facts, "dat"]),
        "data local local red 0"
    );
    assert_eq!(world.ok(["inspect", "-f", "{{.Name}}", "data"]), "data");
    let place = world.ok(["volume", "inspect", "-f", "{{.Mountpoint}}", "data"]);
    assert_eq!(
        std::fs::read_to_string(format!("{place}/file")).expect("it"),
        "text\n"
    );
    assert!(
        world
            .ok(["volume", "ls"])
            .starts_with("DRIVER      VOLUME NAME\n")
    );
    for (filter, expected) in [
        ("name=^da", "data"),
        ("label=colour", "data"),
        ("label=colour=blue", ""),
        ("label!=colour", &random[..]),
        ("anonymous=true", &random[..]),
        ("driver=local", &format!("{random}\ndata")[..]),
        ("since=data", &random[..]),
    ] {
        let mut found: Vec<String> = world
            .ok(["volume", "ls", "-q", "--filter", filter])
            .lines()
            .map(str::to_owned)
            .collect();
        let mut expected: Vec<&str> = expected.lines().collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{filter}");
    }
    world.ok([
        "run",
        "-d",
        "--name=user",
        "--network=none",
        "-v",
        "data:/d",
        "tiny",
        "sleep",
        "inf",
    ]);
    assert_eq!(
        world.ok(["volume", "inspect", "-f", "{{.MountCount}}", "data"]),
        "1"
    );
    let id = world.inspect("user", "{{.Id}}");
    let done = world.coracle(["volume", "rm", "data"]).expect_code(2);
    let why = format!(
        "Error: volume data is being used by the following container(s): {id}: volume is being used"
    );
    assert!(done.stderr.contains(&why), "{done}");
    world.coracle(["volume", "rm", "none"]).expect_code(1);
    world.coracle(["volume", "exists", "none"]).expect_code(1);
    world.ok(["volume", "exists", "data"]);
    assert_eq!(world.ok(["volume", "rm", "-f", "-t0", "data"]), "data");
    assert!(world.container_names().is_empty());
    assert_eq!(world.ok(["volume", "rm", "-a"]), random);
    world.expect_nothing_unfinished();
}

#[test]
fn one_place_takes_one_mount() {
    let Some(world) = world() else { return };
    run(&world, &["-v", "a:/a", "-v", "a:/a"], "true");
    for twice in [
        ["-v", "a:/a", "-v", "b:/a"],
        ["-v", "a:/a", "--tmpfs", "/a"],
    ] {
        let mut words = vec!["run", "--rm"];
        words.extend(twice);
        words.extend(["tiny", "true"]);
        world
            .coracle(words)
            .expect_refusal("/a: duplicate mount destination");
    }
    world.ok(["volume", "rm", "-a"]);
}

#[test]
fn prune_takes_what_nobody_has() {
    let Some(world) = world() else { return };
    world.ok(["volume", "create", "named"]);
    let random = world.ok(["volume", "create"]);
    world.ok([
        "create",
        "--name=a",
        "-v",
        "used:/u",
        "-v",
        "/anonymous",
        "tiny",
        "true",
    ]);
    let refused = world.coracle_fed(["volume", "prune"], "n\n").expect_code(0);
    assert!(refused.stdout.contains(&random), "{refused}");
    assert_eq!(world.ok(["volume", "prune", "--dry-run"]), random);
    assert_eq!(world.ok(["volume", "prune", "-f"]), random);
    assert_eq!(world.ok(["volume", "prune", "-f"]), "");
    // Another container has the anonymous one, too.
    world.ok(["create", "--name=b", "--volumes-from=a", "tiny", "true"]);
    world.ok(["rm", "-v", "a"]);
    assert_eq!(world.ok(["volume", "ls", "-q"]).lines().count(), 3);
    world.ok(["rm", "-v", "b"]);
    let mut gone: Vec<String> = world
        .ok(["volume", "prune", "-fa"])
        .lines()
        .map(str::to_owned)
        .collect();
    gone.retain(|name| name.len() < 64);
    assert_eq!(gone, ["named", "used"]);
    assert_eq!(world.ok(["volume", "ls", "-q"]), "");
}

#[test]
fn options_say_what_a_volume_is() {
    let Some(world) = world() else { return };
    world.ok([
        "volume",
        "create",
        "-o",
        "type=tmpfs",
        "-o",
        "o=size=2M,noexec",
        "memory",
    ]);
    let seen = run(&world, &["-v", "memory:/m"], "grep ' /m ' /proc/mounts");
    assert!(
        seen.contains("tmpfs") && seen.contains("size=2048k"),
        "{seen}"
    );
    assert!(seen.contains("noexec"), "{seen}");
    world.write("there/file", "text");
    let device = format!("device={}", world.path("there").display());
    world.ok([
        "volume",
        "create",
        "-o",
        "type=bind",
        "-o",
        &device,
        "-o",
        "o=ro",
        "bound",
    ]);
    let line = "cat /b/file; touch /b/x 2>&1 || echo refused";
    let seen = run(&world, &["-v", "bound:/b"], line);
    assert!(
        seen.starts_with("text") && seen.ends_with("refused"),
        "{seen}"
    );
    world.ok(["volume", "create", "--uid=5", "--gid=6", "owned"]);
    assert_eq!(run(&world, &["-v", "owned:/o"], "stat -c %u:%g /o"), "5:6");
    for (word, why) in [
        ("type=nfs", "only the host's root may mount it"),
        ("o=size=1g", "project quotas"),
        ("colour=red", "is none of"),
    ] {
        let done = world.coracle(["volume", "create", "-o", word, "x"]);
        done.expect_refusal(why);
    }
    world
        .coracle(["volume", "create", "-d", "other", "x"])
        .expect_refusal("no volume plugins");
    assert_eq!(world.ok(["volume", "ls", "-q"]), "bound\nmemory\nowned");
    world.ok(["volume", "rm", "-a"]);
}

#[test]
fn the_first_user_of_an_empty_volume_gets_it() {
    let Some(world) = world() else { return };
    // Nothing in the image: the container's user.
    let owner = "stat -c %u:%g /nothing";
    assert_eq!(
        run(&world, &["--user=7:8", "-v", "one:/nothing"], owner),
        "7:8"
    );
    let kept = "{{.NeedsCopyUp}} {{.NeedsChown}}";
    assert_eq!(
        world.ok(["volume", "inspect", "-f", kept, "one"]),
        "true true"
    );
    // Still empty: the next user's; and what an image has there comes into it.
    assert_eq!(
        run(&world, &["--user=9:9", "-v", "one:/nothing"], owner),
        "9:9"
    );
    assert_eq!(run(&world, &["-v", "one:/home:nocopy"], "ls /home"), "");
    run(&world, &["-v", "one:/etc"], "true");
    assert!(run(&world, &["-v", "one:/x"], "ls /x").contains("passwd"));
    assert_eq!(world.ok(["volume", "ls", "--format", kept]), "false false");
    // What is in use is not replaced under its user.
    world.ok([
        "run",
        "-d",
        "--name=first",
        "--network=none",
        "-v",
        "two:/nothing",
        "tiny",
        "sleep",
        "inf",
    ]);
    run(&world, &["-v", "two:/etc"], "echo mine > /etc/mine");
    assert_eq!(world.ok(["exec", "first", "cat", "/nothing/mine"]), "mine");
    world.ok(["rm", "-fa", "-t0"]);
    world.ok(["volume", "rm", "-a"]);
}

#[test]
fn s_89_export_and_import_stay_in_the_volume() {
    let Some(world) = world() else { return };
    let canary = support::Canary::new(world.root());
    let line = format!(
        "cd /v; echo text > file; ln file same; ln -s {0} way; mkdir -p d/e; chown 5:6 d; \
         chmod 2750 d; mkfifo pipe",
        canary.path().display()
    );
    run(&world, &["-v", "from:/v"], &line);
    world.ok(["volume", "export", "-o", "v.tar", "from"]);
    world.ok(["volume", "create", "to"]);
    // A link lies where the archive has a directory.
    let plant = format!(
        "ln -s {} /v/d; echo old > /v/file; echo stays > /v/own",
        canary.path().display()
    );
    run(&world, &["-v", "to:/v"], &plant);
    world.ok(["volume", "import", "to", "v.tar"]);
    let line = "cd /v; cat file own; stat -c '%u:%g %a %F' d; stat -c %h same; readlink way; ls d";
    let seen = run(&world, &["-v", "to:/v"], line);
    let way = canary.path().display();
    assert_eq!(
        seen,
        format!("text\nstays\n5:6 2750 directory\n2\n{way}\ne")
    );
    let bytes = std::fs::read(world.path("v.tar")).expect("the archive");
    assert!(std::fs::metadata(world.path("v.tar")).expect("it").size() > 0);
    world.ok(["volume", "create", "third"]);
    world
        .coracle_fed(["volume", "import", "third", "-"], bytes)
        .expect_code(0);
    assert_eq!(run(&world, &["-v", "third:/v"], "cat /v/same"), "text");
    world
        .coracle_fed(["volume", "import", "third", "-"], "no archive ".repeat(99))
        .expect_refusal("it is no tar archive");
    world
        .coracle(["volume", "import", "none", "v.tar"])
        .expect_refusal("no such volume");
    canary.check();
    world.ok(["volume", "rm", "-a"]);
}

#[test]
fn s_90_names_of_volumes_are_names() {
    let Some(world) = world() else { return };
    let long = "x".repeat(300);
    for name in ["../x", "/x", "a/b", ".", "..", "-x", "é", "a b", &long] {
        let done = world.coracle(["volume", "create", "--", name]);
        assert_eq!(done.code, 125, "{name}: {done}");
        let done = world.coracle(["volume", "inspect", "--", name]);
        assert_ne!(done.code, 0, "{name}: {done}");
    }
    assert_eq!(world.ok(["volume", "ls", "-q"]), "");
}
