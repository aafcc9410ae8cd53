//! How containers are named on the command line, and the files and options around `create`.

mod support;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn a_cidfile_holds_the_id_as_long_as_there_is_the_container() {
    let Some(world) = world() else { return };
    let file = world.path("cid");
    let name = file.to_str().expect("UTF-8").to_owned();
    let id = world.ok(["create", "--cidfile", &name, "tiny", "true"]);
    assert_eq!(std::fs::read_to_string(&file).expect("written"), id);
    assert_eq!(
        world.ok([
            "inspect",
            "--format",
            "{{.HostConfig.ContainerIDFile}}",
            &id
        ]),
        name
    );
    assert_eq!(world.ok(["rm", "--cidfile", &name]), id);
    assert!(!file.exists());
    // What was there before gives way.
    std::fs::write(&file, "x".repeat(200)).expect("written");
    let first = world.ok(["create", "--cidfile", &name, "tiny", "true"]);
    assert_eq!(std::fs::read_to_string(&file).expect("written"), first);
    let second = world.ok(["create", "--cidfile", &name, "tiny", "true"]);
    world.ok(["rm", &first]);
    assert_eq!(std::fs::read_to_string(&file).expect("kept"), second);
    world.ok(["rm", &second]);
    assert!(!file.exists());
    let other = world.path("other");
    let other = other.to_str().expect("UTF-8");
    world
        .coracle([
            "create",
            "--pull",
            "never",
            "--cidfile",
            other,
            "no-such-image",
        ])
        .expect_refusal("no-such-image");
    assert!(!std::path::Path::new(other).exists());
}

#[test]
fn a_name_may_be_replaced_but_not_taken() {
    let Some(world) = world() else { return };
    let first = world.ok(["create", "--name", "web", "tiny", "true"]);
    world
        .coracle(["create", "--name", "web", "tiny", "true"])
        .expect_refusal("web");
    let second = world.ok(["create", "--replace", "--name", "web", "tiny", "true"]);
    assert_ne!(first, second);
    assert_eq!(world.container_names(), ["web"]);
    world
        .coracle(["create", "--replace", "tiny", "true"])
        .expect_refusal("needs --name");
    world
        .coracle(["create", "--name", &first[..12], "tiny"])
        .expect_refusal("could be mistaken");
}

#[test]
fn several_are_meant_by_all_latest_and_filter() {
    let Some(world) = world() else { return };
    for name in ["one", "two", "three"] {
        world.ok(["create", "--name", name, "--label", name, "tiny", "true"]);
    }
    let removed = |words: &[&str]| {
        let ids = world.ok(words);
        (ids.lines().count(), world.container_names().join(" "))
    };
    assert_eq!(removed(&["rm", "--latest"]), (1, "one two".to_owned()));
    assert_eq!(
        removed(&["rm", "--filter", "label=two"]),
        (1, "one".to_owned())
    );
    assert_eq!(removed(&["rm", "--all"]), (1, String::new()));
    world
        .coracle(["rm"])
        .expect_refusal("you must provide at least one name or id");
    world
        .coracle(["rm", "--all", "x"])
        .expect_refusal("no arguments are needed with --all");
}

#[test]
fn shells_are_offered_names() {
    let Some(world) = world() else { return };
    world.ok(["create", "--name", "lighthouse", "tiny", "true"]);
    let offered = |words: &[&str]| {
        let mut command = world.command(["--"]);
        let last = (words.len() - 1).to_string();
        command
            .args(words)
            .env("COMPLETE", "bash")
            .env("_CLAP_IFS", "\n")
            .env("_CLAP_COMPLETE_INDEX", last);
        let done = command.output().expect("the binary runs");
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    for (words, wanted) in [
        (&["coracle", "start", "ligh"][..], "lighthouse"),
        (&["coracle", "rm", "-f", "ligh"], "lighthouse"),
        (&["coracle", "run", "local"], "localhost/tiny:latest"),
        (&["coracle", "inspect", "ligh"], "lighthouse"),
        (&["coracle", "star"], "start"),
        (&["coracle", "run", "--cidf"], "--cidfile"),
        (&["coracle", "start", "zzz"], ""),
    ] {
        assert_eq!(offered(words).trim(), wanted, "{words:?}");
    }
}

#[test]
fn requests_reach_the_record() {
    let Some(world) = world() else { return };
    let env = world.write("env", "# comment\nFILE=1\nBOTH=file\n");
    world.write("src/file", "");
    world.ok([
        "create",
        "--name",
        "c",
        "--env-file",
        env.to_str().expect("UTF-8"),
        "-e",
        "BOTH=flag",
        "-e",
        "HOME",
        "-p",
        "127.0.0.1:8080:80",
        "-v",
        "./src:/src:ro",
        "--mount",
        "type=tmpfs,dst=/t,tmpfs-size=1m",
        "--restart",
        "on-failure:3",
        "--stop-signal",
        "INT",
        "-w",
        "/",
        "-u",
        "1:2",
        "--ulimit",
        "nofile=64",
        "--hostname",
        "h",
        "tiny",
        "sleep",
        "1",
    ]);
    for (format, wanted) in [
        ("{{join .Config.Env \" \"}}", "FILE=1"),
        ("{{join .Config.Env \" \"}}", "BOTH=flag"),
        (
            "{{.Config.User}} {{.Config.Hostname}} {{.Config.WorkingDir}}",
            "1:2 h /",
        ),
        ("{{.Config.StopSignal}}", "SIGINT"),
        (
            "{{.HostConfig.RestartPolicy.Name}}:{{.HostConfig.RestartPolicy.MaximumRetryCount}}",
            "on-failure:3",
        ),
        (
            "{{json .HostConfig.PortBindings}}",
            "{\"80/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"8080\"}]}",
        ),
        (
            "{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}};{{end}}",
            "bind /src false;",
        ),
        ("{{.HostConfig.Tmpfs}}", "map[/t:rw,rprivate"),
        ("{{(index .HostConfig.Ulimits 0).Name}}", "RLIMIT_NOFILE"),
    ] {
        let text = world.inspect("c", format);
        assert!(text.contains(wanted), "{format}: {text}");
    }
    let env = world.inspect("c", "{{join .Config.Env \" \"}}");
    assert!(!env.contains("BOTH=file"), "{env}");
}
