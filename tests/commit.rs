//! `commit`: an image of a container, its layer and its configuration.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use support::{World, images};

fn changed(script: &str) -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let world = World::with_image("tiny");
    let run = [
        "run",
        "--name",
        "c",
        "--network",
        "none",
        "-v",
        "data:/data",
        "tiny",
    ];
    world.ok(run.iter().copied().chain(["sh", "-c", script]));
    Some(world)
}

const CHANGES: &str = "echo in >/data/x; cd /; echo hi >etc/foo; rm bin/cat; mkdir newd; \
                       touch newd/a; ln newd/a newd/b; chown 5:6 newd/a; rm -r root tmp; \
                       mkdir tmp; touch tmp/only";

#[test]
fn the_image_has_what_the_container_changed_and_nothing_of_its_volumes() {
    let Some(world) = changed(CHANGES) else {
        return;
    };
    let id = world.ok(["commit", "-q", "c", "made"]);
    assert_eq!(
        id,
        world.ok(["inspect", "--format", "{{.Id}}", "localhost/made:latest"])
    );
    let seen = "cat /etc/foo /bin/cat 2>&1; ls -ln /newd/b; ls /data /tmp";
    let lines = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "made",
        "/bin/busybox",
        "sh",
        "-c",
        seen,
    ]);
    let done = world.coracle(["image", "diff", "made"]);
    assert!(
        done.stdout.contains("D /bin/cat\n") && done.stdout.contains("A /newd/b\n"),
        "{done}"
    );
    assert!(
        !done.stdout.contains("/data/x") && !done.stdout.contains("hosts"),
        "{done}"
    );
    assert!(lines.contains(" 2 5 ") && lines.contains("only"), "{lines}");
}

#[test]
fn saved_and_loaded_the_committed_image_keeps_its_id() {
    let Some(world) = changed(CHANGES) else {
        return;
    };
    let id = world.ok(["commit", "-q", "c", "made"]);
    world.ok(["save", "-q", "-o", "made.tar", "made"]);
    world.ok(["rmi", "made"]);
    world.ok(["load", "-q", "-i", "made.tar"]);
    assert_eq!(world.ok(["inspect", "--format", "{{.Id}}", "made"]), id);
    world.ok(["save", "-q", "-o", "again.tar", "made"]);
    let read = |name: &str| std::fs::read(world.path(name)).expect("read");
    assert_eq!(read("made.tar"), read("again.tar"));
}

#[test]
fn options_reach_the_configuration() {
    let Some(world) = changed("true") else { return };
    let config = world.write(
        "config.json",
        r#"{"User": "7", "Labels": {"from": "file"}}"#,
    );
    let id = world.ok([
        "commit",
        "-q",
        "-a",
        "me",
        "-m",
        "words",
        "-f",
        "docker",
        "--iidfile",
        "iid",
        "-c",
        "CMD=/bin/x y",
        "-c",
        "ENTRYPOINT [\"/e\"]",
        "-c",
        "ENV A=b C=d",
        "-c",
        "LABEL x=\"y z\"",
        "-c",
        "EXPOSE 80",
        "-c",
        "VOLUME /vv",
        "-c",
        "WORKDIR /w",
        "-c",
        "STOPSIGNAL 9",
        "-c",
        "ONBUILD RUN x",
        "--config",
        config.to_str().expect("text"),
        "--include-volumes",
        "c",
        "made",
    ]);
    assert_eq!(
        std::fs::read_to_string(world.path("iid")).expect("read"),
        id
    );
    let show = |format: &str| world.ok(["image", "inspect", "--format", format, "made"]);
    assert_eq!(
        show("{{json .Config.Cmd}}"),
        r#"["/bin/sh","-c","/bin/x y"]"#
    );
    assert_eq!(show("{{json .Config.Entrypoint}}"), r#"["/e"]"#);
    assert_eq!(
        show("{{.Config.WorkingDir}} {{.Config.User}} {{.Config.StopSignal}}"),
        "/w 7 9"
    );
    assert_eq!(show("{{json .Config.Volumes}}"), r#"{"/data":{},"/vv":{}}"#);
    assert_eq!(show("{{.Author}}"), "me");
    let env = show("{{json .Config.Env}}");
    assert!(env.contains("\"A=b\",\"C=d\""), "{env}");
    let labels = show("{{json .Config.Labels}}");
    assert!(
        labels.contains("\"x\":\"y z\"") && labels.contains("\"from\":\"file\""),
        "{labels}"
    );
    world
        .coracle(["commit", "-m", "x", "c"])
        .expect_refusal("docker image format");
    world
        .coracle(["commit", "-c", "RUN ls", "c"])
        .expect_refusal("RUN ls");
    world
        .coracle(["commit", "-f", "tar", "c"])
        .expect_refusal("tar");
}

#[test]
fn squashed_it_has_one_layer_with_everything() {
    let Some(world) = changed(CHANGES) else {
        return;
    };
    world.ok(["commit", "-q", "--squash", "c", "one"]);
    let layers = world.ok(["inspect", "--format", "{{len .RootFS.Layers}}", "one"]);
    assert_eq!(layers, "1");
    let lines = world.ok([
        "run",
        "--rm",
        "--network",
        "none",
        "one",
        "sh",
        "-c",
        "ls /newd; echo $PATH",
    ]);
    assert!(lines.starts_with("a\nb\n"), "{lines}");
}

#[test]
fn a_running_container_is_paused_or_it_is_said_that_it_is_not() {
    let Some(world) = changed("true") else { return };
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
    let done = world.coracle(["commit", "-q", "up", "made"]);
    assert_eq!(done.code, 0, "{done}");
    assert_eq!(world.status("up"), "running");
    let plain = world.coracle(["commit", "-q", "--pause=false", "up"]);
    assert_eq!((plain.code, plain.stderr.as_str()), (0, ""), "{plain}");
}

#[test]
fn s_87_a_file_that_a_layer_cannot_say_refuses_the_commit() {
    let Some(world) = changed("touch /etc/.wh.passwd") else {
        return;
    };
    let before = world.ok(["images", "-aq"]);
    world
        .coracle(["commit", "c", "made"])
        .expect_refusal(".wh.passwd");
    assert_eq!(world.ok(["images", "-aq"]), before);
}

#[test]
fn s_87_engine_files_and_specials_stay_out_of_the_layer() {
    let script = "mkfifo /p; mkdir /d; setfattr -n user.overlay.opaque -v y /d 2>/dev/null; true";
    let Some(world) = changed(script) else { return };
    world.ok(["commit", "-q", "c", "made"]);
    let lines = world.ok(["image", "diff", "made"]);
    for name in [
        "containerenv",
        "resolv.conf",
        "/etc/hosts",
        "hostname",
        "/dev/",
    ] {
        assert!(!lines.contains(name), "{lines}");
    }
    assert!(lines.contains("A /p") && lines.contains("A /d"), "{lines}");
}

#[test]
fn s_87_a_huge_sparse_file_ends_at_the_budget() {
    let Some(world) = changed("truncate -s 1000G /big") else {
        return;
    };
    world
        .coracle(["commit", "-q", "c", "made"])
        .expect_refusal("big");
}

#[test]
fn sizes_are_shown_by_ps_and_inspect() {
    let Some(world) = changed("dd if=/dev/zero of=/x bs=1000 count=5 2>/dev/null; ln /x /y") else {
        return;
    };
    let column = world.ok(["ps", "-as", "--format", "{{.Size}}"]);
    assert!(column.starts_with("5kB (virtual "), "{column}");
    assert!(world.ok(["ps", "-a", "--size"]).contains("SIZE\n"));
    assert_eq!(
        world.ok(["inspect", "-s", "--format", "{{.SizeRw}}", "c"]),
        "5000"
    );
}
