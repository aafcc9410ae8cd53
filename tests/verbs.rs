//! `restart`, `rename`, `port`, `init` and `container prune`: what they do to containers.

mod support;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

const QUIET: [&str; 2] = ["--network", "none"];

fn create(world: &World, name: &str, words: &[&str]) -> String {
    let words = [&["create", "--name", name], &QUIET[..], words].concat();
    world.ok(words)
}

fn run(world: &World, name: &str, words: &[&str]) -> String {
    let words = [&["run", "-d", "--name", name], &QUIET[..], words].concat();
    world.ok(words)
}

#[test]
fn a_prepared_container_waits_for_its_start() {
    let Some(world) = world() else { return };
    let id = create(&world, "one", &["tiny", "sh", "-c", "echo hello; exit 3"]);
    assert_eq!(world.ok(["init", "one"]), "one");
    assert_eq!(world.status("one"), "initialized");
    world.coracle(["init", "one"]).expect_refusal(&format!(
        "container {id} has already been created in runtime"
    ));
    world
        .coracle(["kill", "one"])
        .expect_refusal("is in state initialized");
    let done = world.coracle(["start", "-a", "one"]).expect_code(3);
    assert_eq!(done.stdout, "hello\n");
    // An end makes it ready for another beginning.
    world.ok(["init", "one"]);
    world.ok(["start", "one"]);
    assert_eq!(world.ok(["wait", "one"]), "3");
    assert_eq!(world.ok(["logs", "one"]), "hello\nhello");
}

#[test]
fn a_prepared_container_that_is_stopped_was_never_started() {
    let Some(world) = world() else { return };
    create(&world, "one", &["tiny", "true"]);
    world.ok(["init", "one"]);
    world.ok(["stop", "one"]);
    assert_eq!(world.status("one"), "created");
    world.ok(["init", "one"]);
    world.ok(["rm", "one"]);
    // The same when the command cannot be executed.
    create(&world, "two", &["tiny", "/no/such"]);
    world.ok(["init", "two"]);
    world.coracle(["start", "two"]).expect_code(125);
    assert_eq!(world.status("two"), "created");
    // And when the monitor is killed.
    world.ok(["init", "--all"]);
    let pid = std::fs::read_to_string(
        world
            .store()
            .join("containers")
            .join(world.inspect("two", "{{.Id}}"))
            .join("run.json"),
    );
    let run: serde_json::Value = serde_json::from_str(&pid.expect("a record")).expect("JSON");
    let pid = run["monitor"]["pid"].to_string();
    let killed = world.other("kill").args(["-9", &pid]).status();
    assert!(killed.expect("kill runs").success());
    support::wait_until("created again", std::time::Duration::from_secs(10), || {
        world.status("two") == "created"
    });
}

#[test]
fn restart_begins_anew() {
    let Some(world) = world() else { return };
    let words = ["tiny", "sh", "-c", "echo up; exec sleep 1000"];
    run(&world, "one", &words);
    create(&world, "two", &words);
    let pid = world.inspect("one", "{{.State.Pid}}");
    world.wait_for_log("one", "up");
    let done = world.coracle(["restart", "-t", "0", "nobody", "one", "two"]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (125, "one\ntwo\n"),
        "{done}"
    );
    assert!(done.stderr.contains("no such container"), "{done}");
    assert_ne!(world.inspect("one", "{{.State.Pid}}"), pid);
    assert_eq!(world.status("two"), "running");
    world.wait_for_log("one", "up\nup");
    world.ok(["stop", "-t", "0", "two"]);
    let again = world.ok(["restart", "--running", "-t", "0"]);
    assert_eq!(again, world.inspect("one", "{{.Id}}"));
    assert_eq!(world.status("two"), "exited");
}

#[test]
fn restart_keeps_what_rm_would_remove() {
    let Some(world) = world() else { return };
    run(&world, "one", &["--rm", "tiny", "sleep", "1000"]);
    world.ok(["exec", "one", "touch", "/mark"]);
    for _ in 0..2 {
        world.ok(["restart", "-t", "0", "one"]);
        assert_eq!(world.status("one"), "running");
        world.ok(["exec", "one", "ls", "/mark"]);
    }
    world.ok(["stop", "-t", "0", "one"]);
    support::wait_until("its removal", std::time::Duration::from_secs(10), || {
        world.container_names().is_empty()
    });
}

#[test]
fn a_name_moves_and_the_old_one_is_free() {
    let Some(world) = world() else { return };
    let id = run(&world, "one", &["tiny", "sleep", "1000"]);
    create(&world, "other", &["tiny"]);
    world.ok(["rename", "one", "two"]);
    assert_eq!(world.inspect("two", "{{.Id}}"), id);
    world.coracle(["inspect", "one"]).expect_code(125);
    create(&world, "one", &["tiny"]);
    world
        .coracle(["rename", "two", "one"])
        .expect_refusal(&format!("renaming container {id}: name one already in use"));
    world
        .coracle(["rename", "two", "a/b"])
        .expect_refusal("names must match");
    world.ok(["rename", "two", "two"]);
    world
        .coracle(["rename", "nobody", "x"])
        .expect_refusal("no such container");
    world.ok(["rename", &id[..12], "three"]);
    assert_eq!(world.container_names(), ["one", "other", "three"]);
    world.ok(["rm", "-f", "-t", "0", "three"]);
    create(&world, "three", &["tiny"]);
}

#[test]
fn port_lists_what_leads_inside() {
    let Some(world) = world() else { return };
    let port = support::free_port();
    let publish = format!("127.0.0.1:{port}:80");
    let words = [
        "run", "-d", "--name", "one", "-p", &publish, "tiny", "sleep", "1000",
    ];
    let id = world.ok(words);
    let outside = format!("127.0.0.1:{port}");
    for (words, wanted) in [
        (&["port", "one"][..], format!("80/tcp -> {outside}")),
        (&["port", "one", "80"], outside.clone()),
        (&["port", "one", "80/tcp"], outside.clone()),
        (&["port", "-l", "80"], outside.clone()),
        (
            &["port", "--all"],
            format!("{}\t80/tcp -> {outside}", &id[..12]),
        ),
    ] {
        assert_eq!(world.ok(words), wanted, "{words:?}");
    }
    world
        .coracle(["port", "one", "81"])
        .expect_refusal("failed to find published port \"81\"");
    world
        .coracle(["port", "-a", "one"])
        .expect_refusal("no arguments are needed with --all");
    world.ok(["stop", "-t", "0", "one"]);
    assert_eq!(world.ok(["port", "one"]), "");
}

#[test]
fn prune_removes_what_does_not_run() {
    let Some(world) = world() else { return };
    run(&world, "runs", &["tiny", "sleep", "1000"]);
    let kept = create(&world, "kept", &["--label", "keep=1", "tiny"]);
    let gone = create(&world, "gone", &["tiny"]);
    let done = world
        .coracle_fed(["container", "prune"], "n\n")
        .expect_code(0);
    assert!(
        done.stdout
            .starts_with("WARNING! This will remove all non running")
    );
    for (filter, wanted) in [
        ("until=1h", ""),
        ("label!=keep", gone.as_str()),
        ("label=keep=2", ""),
        ("label=keep=1", kept.as_str()),
    ] {
        let pruned = world.ok(["container", "prune", "-f", "--filter", filter]);
        assert_eq!(pruned, wanted, "{filter}");
    }
    assert_eq!(world.container_names(), ["runs"]);
    world
        .coracle(["container", "prune", "-f", "--filter", "status=exited"])
        .expect_refusal("status is an invalid filter");
    world
        .coracle(["container", "cleanup", "runs"])
        .expect_refusal("is running or paused, refusing to clean up");
}

#[test]
fn a_stop_that_was_killed_is_over() {
    let Some(world) = world() else { return };
    let words = [
        "tiny",
        "sh",
        "-c",
        "trap '' TERM; echo up; while :; do sleep 1; done",
    ];
    run(&world, "one", &words);
    world.wait_for_log("one", "up");
    let stop = world.start(["stop", "-t", "100", "one"]);
    support::wait_until("stopping", std::time::Duration::from_secs(10), || {
        world.status("one") == "stopping"
    });
    stop.kill();
    support::wait_until("running", std::time::Duration::from_secs(10), || {
        world.status("one") == "running"
    });
    world.ok(["stop", "-t", "0", "one"]);
    assert_eq!(world.status("one"), "exited");
}

#[test]
fn top_shows_the_processes_of_a_container() {
    let Some(world) = world() else { return };
    let words = [
        "--user",
        "1234:1235",
        "tiny",
        "sh",
        "-c",
        "sleep 1000 & exec sleep 1001",
    ];
    run(&world, "one", &words);
    support::wait_until("both", std::time::Duration::from_secs(10), || {
        world.ok(["top", "one", "args"]).contains("sleep 1001")
            && world.ok(["top", "one", "pid"]).lines().count() == 3
    });
    let text = world.ok(["top", "one"]);
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    let heading = "USER PID PPID %CPU ELAPSED TTY TIME COMMAND";
    assert_eq!(lines[0].join(" "), heading);
    assert_eq!(lines[1][..3], ["1234", "1", "0"]);
    assert_eq!(lines[1][5..], ["?", "0s", "sleep", "1001"]);
    assert_eq!(lines[2][2], "1", "{text}");
    let pid = world.inspect("one", "{{.State.Pid}}");
    for (words, wanted) in [
        (&["ruser,rgroup", "seccomp"][..], "1234 1235 filter"),
        (&["hpid"], pid.as_str()),
        (&["capeff", "capamb"], "none none"),
        (&["%p", "%a"], "1 sleep 1001"),
    ] {
        let text = world.ok([&["top", "one"], words].concat());
        let line = text.lines().nth(1).unwrap_or_default();
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cells.join(" "), wanted, "{words:?}");
    }
    // Anything else is for the container's own ps.
    let text = world.ok(["top", "one", "-o", "pid comm"]);
    assert!(
        text.lines()
            .any(|l| l.split_whitespace().eq(["1", "sleep"])),
        "{text}"
    );
    world.ok(["stop", "-t", "0", "one"]);
    world
        .coracle(["top", "one"])
        .expect_refusal("top can only be used on running containers");
}

#[test]
fn a_command_that_is_refused_is_refused_whole() {
    let world = World::new();
    world
        .coracle(["pod", "rm", "--all"])
        .expect_refusal("pod is not supported yet");
}

#[test]
fn a_clone_is_told_what_the_original_was() {
    let Some(world) = world() else { return };
    run(
        &world,
        "one",
        &["-e", "A=b", "--label", "role=web", "tiny", "sleep", "1000"],
    );
    world.ok(["container", "clone", "one"]);
    world.ok(["container", "clone", "one"]);
    let run = world.ok(["container", "clone", "--run", "one", "two", "tiny"]);
    assert_eq!(
        world.inspect("two", "{{.Id}} {{.State.Status}}"),
        format!("{run} running")
    );
    for name in ["one-clone", "one-clone1", "two"] {
        let format =
            "{{json .Config.Cmd}} {{index .Config.Labels \"role\"}} {{.HostConfig.NetworkMode}}";
        assert_eq!(world.inspect(name, format), r#"["sleep","1000"] web none"#);
    }
    assert_eq!(world.ok(["exec", "two", "sh", "-c", "echo $A"]), "b");
    world
        .coracle(["container", "clone", "--destroy", "one", "x"])
        .expect_refusal("as it is running");
    world.ok(["rm", "x"]);
    world.ok(["container", "clone", "--destroy", "--force", "one", "x"]);
    assert_eq!(
        world.container_names(),
        ["one-clone", "one-clone1", "two", "x"]
    );
    let spec = world.ok(["generate", "spec", "--compact", "--name", "x"]);
    let spec: serde_json::Value = serde_json::from_str(&spec).expect("JSON");
    assert_eq!(spec["name"], "x");
    assert_eq!(spec["env"]["A"], "b");
    world
        .coracle(["container", "checkpoint", "x"])
        .expect_refusal("container checkpoint: CRIU takes capabilities");
}

#[test]
fn completion_scripts_are_printed() {
    let world = World::new();
    for (shell, part) in [
        ("bash", "_coracle"),
        ("zsh", "#compdef coracle"),
        ("fish", "complete -c coracle"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        assert!(world.ok(["completion", shell]).contains(part), "{shell}");
    }
    world
        .coracle(["completion", "csh"])
        .expect_refusal("must be one of");
}

#[test]
fn ps_shows_namespaces() {
    let Some(world) = world() else { return };
    run(&world, "one", &["tiny", "sleep", "1000"]);
    let text = world.ok(["ps", "--ns"]);
    let lines: Vec<Vec<&str>> = text
        .lines()
        .map(|l| l.split_whitespace().collect())
        .collect();
    let heading = "CONTAINER ID NAMES PID CGROUPNS IPC MNT NET PIDNS USERNS UTS";
    assert_eq!(lines[0].join(" "), heading);
    let pid = world.inspect("one", "{{.State.Pid}}");
    assert_eq!(lines[1][1..3], ["one", &pid]);
    let net = std::fs::read_link(format!("/proc/{pid}/ns/net")).expect("our process");
    assert_eq!(format!("net:[{}]", lines[1][6]), net.to_string_lossy());
    let one = world.ok(["ps", "--format", "{{.Namespaces.NET}}"]);
    assert_eq!(one, lines[1][6]);
    let mut again = world.start(["ps", "--watch", "1", "-q", "--no-trunc"]);
    let id = world.inspect("one", "{{.Id}}");
    again.expect_stdout(&format!("{id}\n{id}"));
    again.kill();
}

#[test]
fn signals_are_refused_in_podmans_words() {
    let world = World::new();
    for (signal, why) in [
        ("0", "Error: invalid signal: 0\n"),
        ("-SIGBADSIG", "Error: invalid signal: SIGBADSIG\n"),
        ("65", "Error: valid signals are 1 through 64\n"),
    ] {
        let done = world
            .coracle(["kill", "-s", signal, "nobody"])
            .expect_code(125);
        assert_eq!(done.stderr, why, "{signal}");
    }
    let done = world.coracle(["container", "rm", "nobody"]).expect_code(1);
    assert_eq!(
        done.stderr,
        "Error: no container with ID or name \"nobody\" found: no such container\n"
    );
}
