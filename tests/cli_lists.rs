//! `ps`, `images` and `inspect`: columns, templates, filters, order.

mod support;

use support::{World, images};

/// A world with the containers one, two and three, created in this order.
fn world() -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let world = World::with_image("tiny");
    for (name, label, command) in [
        ("one", "role=web", &["sleep", "100"][..]),
        (
            "two",
            "role=db",
            &["sh", "-c", "echo a rather long command"],
        ),
        ("three", "other=\x1b]0;x\x07", &["true"]),
    ] {
        let words = [
            "create",
            "--name",
            name,
            "--label",
            label,
            "--network",
            "none",
            "tiny",
        ];
        world.ok([&words[..], command].concat());
    }
    Some(world)
}

#[test]
fn ps_prints_podmans_columns() {
    let Some(world) = world() else { return };
    assert_eq!(
        world.ok(["ps"]),
        "CONTAINER ID  IMAGE       COMMAND     CREATED     STATUS      PORTS       NAMES"
    );
    let all = world.ok(["ps", "-a"]);
    let lines: Vec<&str> = all.lines().collect();
    assert!(lines[0].starts_with("CONTAINER ID  IMAGE"), "{all}");
    assert_eq!(lines.len(), 4, "{all}");
    assert!(
        lines[1].contains("localhost/tiny:latest  sleep 100"),
        "{all}"
    );
    assert!(lines[2].contains("sh -c echo a rath..."), "{all}");
    assert!(
        lines[1].contains("Created") && lines[1].ends_with("one"),
        "{all}"
    );
}

#[test]
fn ps_chooses_and_sorts() {
    let Some(world) = world() else { return };
    let id = world.ok(["ps", "-l", "-q", "--no-trunc"]);
    assert_eq!(id.len(), 64);
    for (words, wanted) in [
        (&["-a"][..], "one two three"),
        (&["-l"], "three"),
        (&["-n", "2"], "two three"),
        (&["-a", "--sort", "names"], "one three two"),
        (&["-a", "--sort", "command"], "two one three"),
        (&["-a", "--filter", "name=^t"], "two three"),
        (
            &["-a", "--filter", "name=one", "--filter", "name=two"],
            "one two",
        ),
        (&["-a", "--filter", "label=role"], "one two"),
        (&["-a", "--filter", "label=role=db"], "two"),
        (&["-a", "--filter", "label!=role=db"], "one three"),
        (&["--filter", "status=created"], "one two three"),
        (&["-a", "--filter", "status=running"], ""),
        (&["-a", "--filter", "ancestor=tiny"], "one two three"),
        (&["-a", "--filter", "ancestor=other"], ""),
        (&["-a", "--filter", "before=two"], "one"),
        (&["-a", "--filter", "since=two"], "three"),
        (&["-a", "--filter", &format!("id={}", &id[..10])], "three"),
    ] {
        let words = [&["ps", "--format", "{{.Names}}"], words].concat();
        let names = world.ok(&words);
        let names: Vec<&str> = names.lines().collect();
        assert_eq!(names.join(" "), wanted, "{words:?}");
    }
    world
        .coracle(["ps", "--filter", "what=1"])
        .expect_refusal("is not a known filter");
    world
        .coracle(["ps", "--sort", "what"])
        .expect_refusal("is no key");
    world
        .coracle(["ps", "-a", "--format", "{{.What}}"])
        .expect_refusal("there is no field What");
}

#[test]
fn ps_runs_templates() {
    let Some(world) = world() else { return };
    for (format, wanted) in [
        ("{{.Names}} {{.State}}", "one created"),
        ("{{.Label \"role\"}}", "web"),
        ("{{upper .Names}}", "ONE"),
        ("{{.Labels}}", "role=web"),
        ("table {{.Names}}", "NAMES\none"),
        (
            "table {{.Names}}\\t{{.Status}}",
            "NAMES       STATUS\none         Created",
        ),
    ] {
        let text = world.ok(["ps", "-a", "--filter", "name=one", "--format", format]);
        assert_eq!(text, wanted, "{format}");
    }
    let json = world.ok(["ps", "-a", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json[0]["Names"][0], "one");
    assert_eq!(json[0]["Command"][0], "sleep");
    assert_eq!(json[0]["State"], "created");
    assert_eq!(json[0]["Id"].as_str().map(str::len), Some(64));
    let bare = world.ok(["ps", "-a", "--noheading", "--filter", "name=one"]);
    assert_eq!(bare.lines().count(), 1, "{bare}");
}

#[test]
fn a_terminal_gets_no_control_characters() {
    let Some(world) = world() else { return };
    let mut terminal = world.coracle_pty(["ps", "-a", "--format", "{{.Labels}}"]);
    terminal.expect("other=\\x1b]0;x\\x07");
    assert_eq!(terminal.wait(), 0);
    // A pipe gets what was given.
    let text = world.ok(["ps", "-l", "--format", "{{.Labels}}"]);
    assert_eq!(text, "other=\x1b]0;x\x07");
}

#[test]
fn inspect_shows_all_it_finds_and_names_what_it_does_not() {
    let Some(world) = world() else { return };
    let done = world.coracle(["inspect", "one", "nobody", "tiny"]);
    assert_eq!(done.code, 125, "{done}");
    assert_eq!(done.stderr, "Error: no such object: \"nobody\"\n");
    let json: serde_json::Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(json[0]["Name"], "one");
    assert_eq!(
        json[0]["Config"]["Cmd"],
        serde_json::json!(["sleep", "100"])
    );
    assert_eq!(json[0]["Config"]["Labels"]["role"], "web");
    assert_eq!(json[0]["HostConfig"]["NetworkMode"], "none");
    assert_eq!(json[0]["Config"]["CreateCommand"][1], "create");
    assert_eq!(json[1]["RepoTags"][0], "localhost/tiny:latest");
    assert_eq!(json[0]["Image"], json[1]["Id"]);
    for (words, wanted) in [
        (
            &["inspect", "-f", "{{.Name}}", "one", "two"][..],
            "one\ntwo",
        ),
        (
            &["inspect", "-f", "{{.State.Status}} {{.State.Pid}}", "one"],
            "created 0",
        ),
        (
            &["container", "inspect", "-f", "{{.ImageName}}", "one"],
            "localhost/tiny:latest",
        ),
        (&["image", "inspect", "-f", "{{.Os}}", "tiny"], "linux"),
        (&["inspect", "-l", "-f", "{{.Name}}"], "three"),
        (
            &[
                "inspect",
                "--type",
                "image",
                "-f",
                "{{len .RootFS.Layers}}",
                "tiny",
            ],
            "1",
        ),
    ] {
        assert_eq!(world.ok(words), wanted, "{words:?}");
    }
    world.ok([
        "create",
        "--name",
        "caps",
        "--cap-drop",
        "all",
        "--cap-add",
        "chown",
        "tiny",
    ]);
    assert_eq!(world.inspect("caps", "{{.EffectiveCaps}}"), "[CAP_CHOWN]");
    world
        .coracle(["inspect", "--type", "pod", "x"])
        .expect_refusal("is not supported yet");
}

#[test]
fn images_prints_podmans_columns() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok(["tag", "tiny", "example.com/other:2"]);
    let text = world.ok(["images"]);
    let heading: Vec<&str> = text
        .lines()
        .next()
        .expect("a heading")
        .split("  ")
        .collect();
    let heading: Vec<&str> = heading
        .iter()
        .map(|w| w.trim())
        .filter(|w| !w.is_empty())
        .collect();
    assert_eq!(
        heading,
        ["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"]
    );
    for (words, wanted) in [
        (
            &[
                "--format",
                "{{.Repository}}:{{.Tag}}",
                "--sort",
                "repository",
            ][..],
            "example.com/other:2\nlocalhost/tiny:latest",
        ),
        (&["--format", "{{.Repository}}", "tiny"], "localhost/tiny"),
        (
            &["--format", "{{.Tag}}", "--filter", "reference=*other*"],
            "2",
        ),
        (&["--format", "{{.Tag}}", "--filter", "dangling=true"], ""),
        (&["--noheading", "--filter", "dangling!=false"], ""),
        (
            &["--format", "{{.Tag}}", "--filter", "reference!=*tiny*"],
            "",
        ),
        (&["--format", "{{.Labels}}", "tiny"], "map[]"),
        (&["--noheading", "--filter", "label=none"], ""),
    ] {
        assert_eq!(world.ok([&["images"], words].concat()), wanted, "{words:?}");
    }
    // A template has the last word of ps, --quiet that of images.
    world.ok(["create", "--network=none", "--name=one", "tiny", "true"]);
    assert_eq!(
        world.ok(["ps", "-a", "-q", "--format", "{{.Names}}"]),
        "one"
    );
    assert_eq!(
        world.ok(["ps", "-a", "-l", "--format", "{{.Names}}"]),
        "one"
    );
    let quiet = ["images", "-q", "--format", "{{.Tag}}", "tiny"];
    assert_eq!(world.ok(quiet).len(), 12);
    let count = ["images", "--format", "{{.Containers}}", "tiny"];
    assert_eq!(world.ok(count), "1");
    let done = world
        .coracle(["images", "--filter", "json"])
        .expect_code(125);
    assert_eq!(
        done.stderr,
        "Error: invalid image filter \"json\": must be in the format \"filter=value or filter!=value\"\n"
    );
    let short = world.ok(["images", "-q"]);
    assert_eq!((short.len(), short.lines().count()), (12, 1), "{short}");
    let whole = world.ok(["images", "-q", "--no-trunc"]);
    assert!(whole.starts_with(&format!("sha256:{short}")), "{whole}");
    let json: serde_json::Value =
        serde_json::from_str(&world.ok(["images", "--format", "json"])).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    world.ok(["untag", "example.com/other:2", "example.com/other:2"]);
    assert_eq!(
        world.ok(["images", "--format", "{{.Repository}}"]),
        "localhost/tiny"
    );
}
