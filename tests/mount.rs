//! `unshare`, `mount` and `umount`: trees of containers and images in a shell in U0.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// Runs a script in a session; `$C` is the binary under test.
fn inside(world: &World, script: &str) -> support::world::Done {
    let binary = support::binary();
    let script = format!("C={}; {script}", binary.display());
    world.coracle(["unshare", "sh", "-c", &script])
}

#[test]
fn a_command_in_unshare_is_root_and_gives_its_exit_code() {
    let Some(world) = tiny() else { return };
    assert_eq!(world.ok(["unshare", "id", "-u"]), "0");
    assert_eq!(world.coracle(["unshare", "sh", "-c", "exit 7"]).code, 7);
    assert_eq!(world.coracle(["unshare", "/no/such"]).code, 127);
}

#[test]
fn a_container_is_mounted_written_to_and_unmounted() {
    let Some(world) = tiny() else { return };
    world.ok(["create", "--name", "c", "tiny", "cat", "/from-outside"]);
    let script = "m=$($C mount c) && echo written >$m/from-outside && $C mount && \
                  $C umount c && [ ! -e $m/bin ] && $C umount c";
    let done = inside(&world, script);
    assert_eq!(done.code, 0, "{done}");
    assert!(done.stdout.ends_with("c\nc\n"), "{done}");
    assert_eq!(world.ok(["start", "-a", "c"]), "written");
    assert!(world.ok(["diff", "c"]).contains("A /from-outside"));
}

#[test]
fn a_running_container_is_mounted_through_its_own_namespace() {
    let Some(world) = tiny() else { return };
    world.ok([
        "run",
        "-d",
        "--name",
        "up",
        "--network",
        "none",
        "tiny",
        "sleep",
        "100",
    ]);
    let done = inside(
        &world,
        "m=$($C mount up) && echo there >$m/x && $C umount up",
    );
    assert_eq!(done.code, 0, "{done}");
    assert_eq!(world.ok(["exec", "up", "cat", "/x"]), "there");
}

#[test]
fn an_image_is_mounted_read_only() {
    let Some(world) = tiny() else { return };
    let script = "m=$($C image mount tiny) && ls $m/bin >/dev/null && $C image mount --format json \
                  && { touch $m/x 2>&1; $C image umount tiny; }";
    let done = inside(&world, script);
    assert!(
        done.stdout.contains("Read-only") && done.stdout.contains("\"mountpoint\""),
        "{done}"
    );
}

#[test]
fn what_a_session_has_mounted_does_not_start_elsewhere() {
    let Some(world) = tiny() else { return };
    world.ok(["create", "--name", "c", "tiny", "true"]);
    let done = inside(
        &world,
        "$C mount c >/dev/null && touch ready && sleep 0.1 && exec sleep 3",
    );
    assert_eq!(done.code, 0, "{done}");
    // The session is over: what it had mounted is free again.
    world.ok(["start", "-a", "c"]);
    let session = world.start([
        "unshare",
        "sh",
        "-c",
        &format!(
            "{} mount c >/dev/null && touch now && exec sleep 1000",
            support::binary().display()
        ),
    ]);
    support::wait_until("it is mounted", support::PATIENCE, || {
        world.path("now").exists()
    });
    world
        .coracle(["start", "c"])
        .expect_refusal("is mounted in a session");
    session.kill();
    world.ok(["start", "-a", "c"]);
}

#[test]
fn outside_of_unshare_mounting_says_where_to_go() {
    let Some(world) = tiny() else { return };
    world.ok(["create", "--name", "c", "tiny", "true"]);
    let done = world.coracle(["mount", "c"]);
    done.expect_refusal("must execute `coracle unshare` first");
}

#[test]
fn names_beside_all_are_refused_and_a_bad_name_stops_no_other() {
    let Some(world) = tiny() else { return };
    for verb in [
        &["mount", "--all", "c"][..],
        &["umount", "--all", "c"],
        &["image", "mount", "--all", "tiny"],
        &["image", "umount", "--all", "tiny"],
    ] {
        let done = world.coracle(verb);
        assert_eq!(done.code, 125, "{done}");
        assert!(done.stderr.contains("with --all"), "{done}");
    }
    world.ok(["volume", "create", "second"]);
    let done = inside(&world, "$C volume mount first second");
    assert_eq!(done.code, 125, "{done}");
    assert!(
        done.stderr.contains("first") && done.stdout.contains("second /"),
        "{done}"
    );
}

#[test]
fn a_named_file_of_mounts_must_be_there() {
    let Some(world) = tiny() else { return };
    let done = world.coracle(["--default-mounts-file=/no/such", "run", "tiny", "true"]);
    assert_eq!(done.code, 125, "{done}");
    assert!(done.stderr.contains("/no/such"), "{done}");
}
