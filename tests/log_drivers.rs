//! `--log-driver` and `--log-opt`.

mod support;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn streams_that_are_passed_through_are_the_callers() {
    let Some(world) = tiny() else { return };
    let script = "cat; echo out; echo err >&2; exit 4";
    let run = [
        "run",
        "--log-driver=passthrough",
        "--name",
        "c",
        "--network=none",
        "tiny",
    ];
    let done = world.coracle_fed(run.into_iter().chain(["sh", "-c", script]), "fed ");
    assert_eq!(done.code, 4, "{done}");
    assert_eq!(
        (done.stdout.as_str(), done.stderr.as_str()),
        ("fed out\n", "err\n")
    );
    world
        .coracle(["logs", "c"])
        .expect_code(125)
        .expect_refusal("'passthrough' log driver, cannot read logs");
    assert_eq!(
        world.inspect("c", "{{.HostConfig.LogConfig.Type}}"),
        "passthrough"
    );
}

#[test]
fn a_terminal_is_passed_through_only_on_request() {
    let Some(world) = tiny() else { return };
    let args = [
        "run",
        "--rm",
        "--network=none",
        "--log-driver=passthrough",
        "tiny",
        "true",
    ];
    let mut refused = world.coracle_pty(args);
    assert_eq!(refused.wait(), 125);
    let args = [
        "run",
        "--rm",
        "--network=none",
        "--log-driver=passthrough-tty",
        "tiny",
    ];
    let script = ["sh", "-c", "[ -t 0 ] && echo is-a-$((1+0))-terminal"];
    let mut passed = world.coracle_pty(args.into_iter().chain(script));
    passed.expect("is-a-1-terminal");
    assert_eq!(passed.wait(), 0);
}

#[test]
fn a_callers_file_stays_the_callers() {
    use std::os::unix::fs::MetadataExt;
    let Some(world) = tiny() else { return };
    let path = world.path("out");
    let file = std::fs::File::create(&path).expect("our own file");
    let args = [
        "run",
        "--rm",
        "--network=none",
        "--log-driver=passthrough",
        "-u",
        "1000",
    ];
    let mut command = world.command(args.into_iter().chain(["tiny", "echo", "hello"]));
    command.stdout(file);
    assert!(command.status().expect("it runs").success());
    assert_eq!(std::fs::read_to_string(&path).expect("text"), "hello\n");
    let owner = std::fs::metadata(&path).expect("there").uid();
    assert_eq!(owner, std::fs::metadata(world.root()).expect("there").uid());
}

#[test]
fn tags_are_templates_of_what_inspect_shows() {
    let Some(world) = tiny() else { return };
    let tag = "--log-opt=tag={{.ImageName}}/{{.Name}}";
    let label = "--log-opt=label=NETWORK_MODE={{.HostConfig.NetworkMode}}";
    world.ok([
        "create",
        "--name",
        "c",
        "--network=none",
        tag,
        label,
        "tiny",
    ]);
    let shown = world.inspect("c", "{{.HostConfig.LogConfig.Tag}}");
    assert_eq!(shown, "localhost/tiny:latest/c");
    world
        .coracle(["create", "--name", "d", "--log-opt=tag={{.What}}", "tiny"])
        .expect_code(125)
        .expect_refusal("there is no field What");
    assert_eq!(world.container_names(), ["c"]);
    world
        .coracle(["create", "--log-opt=label=bad=x", "tiny"])
        .expect_refusal("is not label=KEY=VALUE");
}

#[test]
fn the_journal_is_refused_where_there_is_none() {
    let Some(world) = tiny() else { return };
    if std::path::Path::new("/run/systemd/journal/socket").exists() {
        return support::skip("there is a journal");
    }
    let args = [
        "run",
        "--rm",
        "--network=none",
        "--log-driver=journald",
        "tiny",
        "true",
    ];
    world
        .coracle(args)
        .expect_code(125)
        .expect_refusal("needs systemd's journal");
}

#[test]
fn a_log_has_its_size_and_its_place() {
    let Some(world) = tiny() else { return };
    let path = world.path("own.log");
    let option = format!("--log-opt=path={}", path.display());
    let script = "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done";
    let run = [
        "run",
        "--name",
        "c",
        "--network=none",
        "--log-opt=max-size=20k",
        &option,
    ];
    world.ok(run.into_iter().chain(["tiny", "sh", "-c", script]));
    assert!(std::fs::metadata(&path).expect("the log").len() <= 20_000 + 32_768);
    assert_eq!(
        world.inspect("c", "{{.HostConfig.LogConfig.Path}}"),
        path.display().to_string()
    );
    assert!(world.ok(["logs", "c"]).ends_with("line 1999"));
    assert_eq!(
        world.ok(["logs", "--tail", "2", "-n", "c"]),
        "c line 1998\nc line 1999"
    );
}
