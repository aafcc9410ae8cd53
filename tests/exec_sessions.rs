//! `exec`: sessions, what is left of them, and what they survive.

mod support;

use support::{PATIENCE, World, images, wait_until};

fn busy() -> Option<World> {
    let world = images::have_tiny().then(|| World::with_image("tiny"))?;
    world.ok([
        "run",
        "-d",
        "--name",
        "c",
        "--network=none",
        "tiny",
        "sleep",
        "1000",
    ]);
    Some(world)
}

#[test]
fn sessions_that_live_are_listed() {
    let Some(world) = busy() else { return };
    assert_eq!(world.inspect("c", "{{len .ExecIDs}}"), "0");
    let id = world.ok([
        "exec",
        "-d",
        "c",
        "sh",
        "-c",
        "while [ ! -e /go ]; do sleep 0.1; done",
    ]);
    assert_eq!(id.len(), 64);
    assert_eq!(
        world.inspect("c", "{{json .ExecIDs}}"),
        format!("[\"{id}\"]")
    );
    world.ok(["exec", "c", "touch", "/go"]);
    wait_until("gone", PATIENCE, || {
        world.inspect("c", "{{len .ExecIDs}}") == "0"
    });
    let args = [
        "events",
        "--stream=false",
        "-f",
        "event=exec_died",
        "--format",
    ];
    let args = args
        .into_iter()
        .chain(["{{.ContainerExitCode}} {{.Attributes.execID}}"]);
    wait_until("its end is told", PATIENCE, || {
        let told = world.ok(args.clone());
        told.lines().any(|line| line == format!("0 {id}"))
    });
}

#[test]
fn the_process_survives_the_death_of_its_command() {
    let Some(world) = busy() else { return };
    let script = "echo up; sleep 1; echo later; touch /survived";
    let mut exec = world.start(["exec", "c", "sh", "-c", script]);
    exec.expect_stdout("up");
    exec.kill();
    wait_until("it goes on", PATIENCE, || {
        world.coracle(["exec", "c", "test", "-e", "/survived"]).code == 0
    });
}

#[test]
fn input_arrives_as_it_was_given() {
    let Some(world) = busy() else { return };
    let input = "x".repeat(200);
    let args = ["exec", "-i", "c", "dd", "bs=512", "count=1"];
    let done = world.coracle_fed(args, input.clone());
    assert_eq!((done.code, done.stdout.as_str()), (0, input.as_str()));
}

#[test]
fn codes_are_the_processs() {
    let Some(world) = busy() else { return };
    for (script, code) in [("exit 3", 3), ("kill -9 $$", 137), ("exec /nothing", 127)] {
        world
            .coracle(["exec", "c", "sh", "-c", script])
            .expect_code(code);
    }
    world.coracle(["exec", "c", "/nothing"]).expect_code(127);
    world.coracle(["exec", "c", "/etc/passwd"]).expect_code(126);
    world
        .coracle(["exec", "-d", "c", "/nothing"])
        .expect_code(125);
}

#[test]
fn the_end_of_the_container_ends_its_sessions() {
    let Some(world) = busy() else { return };
    let mut exec = world.start(["exec", "c", "sh", "-c", "echo up; sleep 1000"]);
    exec.expect_stdout("up");
    assert_eq!(world.inspect("c", "{{len .ExecIDs}}"), "1");
    world.ok(["stop", "-t0", "c"]);
    exec.wait(PATIENCE).expect_code(137);
    world.ok(["start", "c"]);
    assert_eq!(world.inspect("c", "{{len .ExecIDs}}"), "0");
}

#[test]
fn a_container_is_named_by_a_file_and_a_session_may_stay_unseen() {
    let Some(world) = busy() else { return };
    let id = world.inspect("c", "{{.Id}}");
    let file = world.write("id", format!("{id}\n"));
    let file = file.to_str().expect("text");
    assert_eq!(
        world.ok(["exec", "--cidfile", file, "echo", "hello"]),
        "hello"
    );
    let mut exec = world.start([
        "exec",
        "--no-session",
        "c",
        "sh",
        "-c",
        "echo up; sleep 100",
    ]);
    exec.expect_stdout("up");
    assert_eq!(world.inspect("c", "{{len .ExecIDs}}"), "0");
    exec.kill();
}
