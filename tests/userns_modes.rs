//! `--userns`, `--uidmap` and `--gidmap`: who a container's ids are outside, and whose the files.

mod support;

use std::os::unix::fs::MetadataExt;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Runs a shell's line in a container without a network.
fn sh(world: &World, options: &[&str], line: &str) -> String {
    let mut words = vec!["run", "--rm", "--network", "none"];
    words.extend(options);
    words.extend(["tiny", "sh", "-c", line]);
    world.ok(words)
}

fn own_uid(world: &World) -> u32 {
    std::fs::metadata(world.root())
        .expect("our own directory")
        .uid()
}

/// The lines of a uid_map, blanks squeezed.
const MAP: &str = "cat /proc/self/uid_map | while read a b c; do echo $a $b $c; done";

#[test]
fn keep_id_is_oneself_inside_and_root_owns_the_image() {
    let Some(world) = tiny() else { return };
    let uid = own_uid(&world);
    let keep = ["--userns", "keep-id"];
    assert_eq!(sh(&world, &keep, "id -u; id -g"), format!("{uid}\n{uid}"));
    assert_eq!(sh(&world, &["--userns=keep-id", "--user=0"], "id -u"), "0");
    let facts = "stat -c %u:%g / /etc /bin/busybox /tmp /etc/hosts /dev";
    for owner in sh(&world, &keep, facts).lines() {
        assert_eq!(owner, "0:0");
    }
    let map = sh(&world, &keep, MAP);
    let first: Vec<String> = map.lines().take(2).map(str::to_owned).collect();
    assert_eq!(first, [format!("0 1 {uid}"), format!("{uid} 0 1")]);
    let chosen = sh(
        &world,
        &["--userns", "keep-id:uid=7,gid=8,size=100"],
        &format!("id -u; id -g; {MAP}"),
    );
    assert_eq!(chosen, "7\n8\n0 1 7\n7 0 1\n8 8 92");
}

#[test]
fn files_made_in_a_bind_mount_belong_to_the_caller() {
    let Some(world) = tiny() else { return };
    let folder = world.path("shared");
    std::fs::create_dir(&folder).expect("a directory");
    let mount = format!("{}:/shared", folder.display());
    sh(
        &world,
        &["--userns=keep-id", "-v", &mount],
        "touch /shared/made; mkdir /shared/dir",
    );
    for name in ["made", "dir"] {
        let facts = std::fs::metadata(folder.join(name)).expect("it was made");
        assert_eq!(facts.uid(), own_uid(&world), "{name}");
    }
    assert_eq!(
        sh(
            &world,
            &["--userns=keep-id", "-v", &mount],
            "stat -c %u /shared /shared/made"
        ),
        format!("{0}\n{0}", own_uid(&world))
    );
}

#[test]
fn nomap_has_every_subordinate_id_and_not_the_callers() {
    let Some(world) = tiny() else { return };
    let map = sh(&world, &["--userns", "nomap"], MAP);
    assert!(map.starts_with("0 1 ") && !map.contains('\n'), "{map}");
    let said = "id -u; echo said > /dev/stdout; touch /made; stat -c %u /made /etc; cat";
    let mut words = vec![
        "run",
        "--rm",
        "-i",
        "--network",
        "none",
        "--userns=nomap",
        "tiny",
    ];
    words.extend(["sh", "-c", said]);
    let done = world.coracle_fed(words, "fed");
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (0, "0\nsaid\n0\n0\nfed"),
        "{done}"
    );
}

#[test]
fn automatic_containers_share_no_id() {
    let Some(world) = tiny() else { return };
    let mut seen = Vec::new();
    for name in ["one", "two"] {
        world.ok([
            "run",
            "-d",
            "--network=none",
            "--name",
            name,
            "--userns=auto",
            "tiny",
            "sleep",
            "99",
        ]);
        seen.push(world.inspect(name, "{{.HostConfig.IDMappings.UidMap}}"));
        assert_eq!(world.inspect(name, "{{.HostConfig.UsernsMode}}"), "private");
    }
    assert_eq!(seen, ["[0:1:1024]", "[0:1025:1024]"]);
    assert_eq!(world.ok(["exec", "two", "id", "-u"]), "0");
    world.ok(["exec", "two", "touch", "/made"]);
    assert_eq!(
        world.ok(["exec", "two", "stat", "-c", "%u:%g", "/made"]),
        "0:0"
    );
    let one = sh(&world, &["--userns=auto:size=10,uidmapping=3:0:1"], MAP);
    assert_eq!(one, "0 2049 3\n3 0 1\n4 2053 6");
    world.ok(["create", "--userns=keep-id", "tiny"]);
    let done = world.coracle(["create", "--userns=auto", "tiny"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("not enough unused ids"), "{done}");
}

#[test]
fn maps_are_typed_word_by_word() {
    let Some(world) = tiny() else { return };
    for (words, wanted) in [
        (&["--uidmap=0:100:1000"][..], "0 100 1000"),
        (&["--uidmap=0:0:1", "--uidmap=5:10:2"], "0 0 1\n5 10 2"),
        (
            &["--uidmap=0:0:100", "--uidmap=+50:1:1"],
            "0 0 1\n2 2 48\n50 1 1\n51 51 49",
        ),
        (&["--gidmap=0:1:1000"], "0 1 1000"),
        (&["--uidmap=0:1:1000", "--gidmap=0:0:1000"], "0 1 1000"),
    ] {
        let shown = sh(
            &world,
            words,
            &format!("{MAP}; stat -c %u:%g /bin /bin/busybox"),
        );
        assert_eq!(shown, format!("{wanted}\n0:0\n0:0"), "{words:?}");
    }
    for (words, wanted) in [
        (
            &["--uidmap=0:1:10", "--userns=keep-id"][..],
            "mutually exclusive",
        ),
        (&["--uidmap=0:1:9999999"], "not among this user's ids"),
        (&["--uidmap=0:@0:1"], "neither the caller's nor subordinate"),
        (&["--uidmap=0:1:10", "--uidmap=5:20:10"], "speak of one id"),
        (&["--userns=what"], "is not a mode"),
        (&["--uidmap=0:1:10", "--user=50"], "50"),
    ] {
        let mut all = vec!["run", "--rm", "--network=none"];
        all.extend(words);
        all.extend(["tiny", "true"]);
        let done = world.coracle(all);
        assert_eq!(done.code, 125, "{words:?}: {done}");
        assert!(done.stderr.contains(wanted), "{words:?}: {done}");
    }
    assert!(world.container_names().is_empty());
}

#[test]
fn the_environment_and_containers_conf_have_a_default() {
    let Some(mut world) = tiny() else { return };
    let uid = own_uid(&world).to_string();
    std::fs::create_dir_all(world.config()).expect("a directory");
    let conf = world.config().join("containers.conf");
    std::fs::write(conf, "[containers]\nuserns = \"keep-id\"\n").expect("a file");
    assert_eq!(sh(&world, &[], "id -u"), uid);
    assert_eq!(sh(&world, &["--userns="], "id -u"), "0");
    world.set_env("PODMAN_USERNS", "nomap");
    assert!(sh(&world, &[], MAP).starts_with("0 1 "));
    assert_eq!(sh(&world, &["--userns=keep-id"], "id -u"), uid);
}

#[test]
fn an_image_under_another_map_is_not_copied_and_goes_with_the_image() {
    let Some(world) = tiny() else { return };
    for _ in 0..2 {
        sh(&world, &["--userns=keep-id"], "true");
    }
    let shifted = world.store().join("shifted");
    let trees = || std::fs::read_dir(&shifted).map_or(0, Iterator::count);
    assert_eq!(trees(), 1);
    // A written file is the container's own, the image's stays.
    let line = "echo more >> /etc/passwd; grep -c more /etc/passwd";
    assert_eq!(sh(&world, &["--userns=keep-id", "--user=0"], line), "1");
    assert_eq!(
        sh(
            &world,
            &["--userns=keep-id"],
            "grep -c more /etc/passwd || :"
        ),
        "0"
    );
    let tree = std::fs::read_dir(&shifted)
        .expect("a tree")
        .next()
        .expect("one")
        .expect("it");
    let busybox = std::fs::metadata(tree.path().join("diff/bin/busybox")).expect("a file");
    assert!(busybox.blocks() * 512 < busybox.size() / 4, "{busybox:?}");
    world.ok(["rmi", "tiny"]);
    world.expect_nothing_unfinished();
    assert_eq!(trees(), 0);
}

#[test]
fn a_new_volume_is_filled_under_the_containers_own_map() {
    let Some(world) = tiny() else { return };
    let options = [
        "--userns=keep-id",
        "-v",
        "kept:/etc",
        "-v",
        "fresh:/nowhere",
    ];
    let line = "stat -c %u:%g /etc /etc/passwd /nowhere";
    // What the image does not have belongs to the container's user.
    let caller = sh(&world, &["--userns=keep-id"], "echo $(id -u):$(id -g)");
    assert_eq!(sh(&world, &options, line), format!("0:0\n0:0\n{caller}"));
}

#[test]
fn s_69_groups_of_the_caller_are_kept_only_on_request() {
    let Some(world) = tiny() else { return };
    assert_eq!(
        sh(&world, &["--userns=keep-id"], "id -G"),
        own_uid(&world).to_string()
    );
    let done = world.coracle([
        "run",
        "--rm",
        "--group-add=keep-groups",
        "--group-add=7",
        "tiny",
        "true",
    ]);
    assert_eq!(done.code, 125);
    assert!(
        done.stderr
            .contains("not allowed with any other --group-add options"),
        "{done}"
    );
    sh(&world, &["--group-add=keep-groups"], "id");
}
