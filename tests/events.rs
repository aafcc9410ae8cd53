//! Events: what is recorded, where, and how it is read again.

mod support;

use std::time::Duration;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// The words of one container's events, oldest first.
fn story(world: &World, name: &str) -> Vec<String> {
    let filter = format!("container={name}");
    let args = ["events", "--stream=false", "-f", &filter, "--format"];
    let text = world.ok(args.into_iter().chain(["{{.Status}}"]));
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_containers_life_is_told_in_order() {
    let Some(world) = tiny() else { return };
    let run = ["run", "--name", "one", "--label", "a=b", "--network=none"];
    let done = world.coracle(run.into_iter().chain(["tiny", "sh", "-c", "exit 7"]));
    done.expect_code(7);
    world.ok(["rm", "one"]);
    let told = story(&world, "one");
    let mut sorted = told.clone();
    // The command that attaches and the monitor that sees the end do not wait for each other.
    sorted.retain(|word| word != "attach");
    assert_eq!(
        sorted,
        ["create", "init", "start", "died", "cleanup", "remove"]
    );
    assert!(told.contains(&"attach".to_owned()));

    let died = ["events", "--stream=false", "-f", "event=die", "--format"];
    let text = world.ok(died
        .into_iter()
        .chain(["{{.ContainerExitCode}} {{.Name}} {{.Attributes.a}} {{.OOMKilled}}"]));
    assert_eq!(text, "7 one b false");
    let text = world.ok(died.into_iter().chain(["{{.Time}} {{.Attributes}}"]));
    let (time, attributes) = text.split_once(' ').expect("two words");
    assert!(
        time.parse::<i64>().is_ok_and(|time| time > 1_700_000_000),
        "{text}"
    );
    assert_eq!(attributes, "map[a:b]");
    let json = world.ok([
        "events",
        "--stream=false",
        "-f",
        "event=died",
        "--format",
        "json",
    ]);
    assert!(json.contains("\"Status\":\"died\",\"time\":"), "{json}");
    let line = world.ok([
        "events",
        "--stream=false",
        "--no-trunc=false",
        "-f",
        "event=died",
    ]);
    let end = "(image=localhost/tiny:latest, name=one, a=b)";
    assert!(
        line.contains(" container died ") && line.ends_with(end),
        "{line}"
    );
    assert_eq!(line.split(' ').nth(6).map(str::len), Some(12), "{line}");
}

#[test]
fn stopping_and_killing_are_told() {
    let Some(world) = tiny() else { return };
    for (name, verb) in [("one", "stop"), ("two", "kill")] {
        world.ok([
            "run",
            "-d",
            "--name",
            name,
            "--network=none",
            "tiny",
            "sleep",
            "100",
        ]);
        let time: &[&str] = if verb == "stop" { &["-t0"] } else { &[] };
        world.ok([verb].iter().chain(time).chain([&name]));
        let told = story(&world, name);
        assert!(told.contains(&verb.to_owned()), "{told:?}");
        assert!(told.contains(&"died".to_owned()), "{told:?}");
    }
}

#[test]
fn an_end_is_told_although_every_command_is_gone() {
    let Some(world) = tiny() else { return };
    world.ok([
        "run",
        "-d",
        "--name",
        "one",
        "--network=none",
        "tiny",
        "sleep",
        "0.3",
    ]);
    let log = world.store().join("events/events.log");
    support::wait_until("it is told", support::PATIENCE, || {
        let told = std::fs::read_to_string(&log).expect("a file");
        told.contains("\"died\"")
    });
}

#[test]
fn images_and_volumes_have_events_too() {
    let Some(world) = tiny() else { return };
    world.ok(["tag", "tiny", "other"]);
    world.ok(["untag", "other", "other"]);
    world.ok([
        "run",
        "--rm",
        "-v",
        "vol:/mnt",
        "--network=none",
        "tiny",
        "true",
    ]);
    let args = [
        "events",
        "--stream=false",
        "-f",
        "type=image",
        "-f",
        "type=volume",
    ];
    let text = world.ok(args
        .into_iter()
        .chain(["--format", "{{.Type}} {{.Status}} {{.Name}}"]));
    for wanted in [
        "image tag localhost/other:latest",
        "image untag localhost/other:latest",
        "image pull tiny",
        "volume create vol",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn a_stream_goes_on_through_a_rotation_and_repeats_nothing() {
    let Some(world) = tiny() else { return };
    let path = world.path("events.txt");
    let conf = world.write(
        "conf",
        format!(
            "[engine]\nevents_logger=\"file\"\nevents_logfile_path=\"{}\"\n\
             events_logfile_max_size=9000",
            path.display()
        ),
    );
    let mut world = world;
    world.set_env("CONTAINERS_CONF_OVERRIDE", &conf);
    let mut stream = world.start(["events", "--since=1h", "--format", "{{.Type}} {{.Name}}"]);
    for number in 0..60 {
        world.ok(["tag", "tiny", &format!("name{number:02}")]);
    }
    world.ok(["tag", "tiny", "last"]);
    stream.expect_stdout("localhost/last:latest");
    let text = stream.stdout_so_far();
    stream.kill();
    for number in 0..60 {
        let name = format!("image localhost/name{number:02}:latest\n");
        assert_eq!(text.matches(&name).count(), 1, "{name}{text}");
    }
    assert!(std::fs::metadata(&path).expect("a file").len() <= 9000);
    // The second half of something was kept between two marks.
    assert!(
        world
            .ok(["events", "--stream=false"])
            .contains("log-rotation")
    );
}

#[test]
fn many_writers_and_killed_ones_leave_whole_lines() {
    let Some(world) = tiny() else { return };
    let path = world.path("events.txt");
    let conf = world.write(
        "conf",
        format!(
            "[engine]\nevents_logfile_path=\"{}\"\nevents_logfile_max_size=6000",
            path.display()
        ),
    );
    let mut world = world;
    world.set_env("CONTAINERS_CONF_OVERRIDE", &conf);
    for round in 0..6 {
        let all: Vec<_> = (0..8)
            .map(|number| world.start(["tag", "tiny", &format!("n{round}-{number}")]))
            .collect();
        for (index, command) in all.into_iter().enumerate() {
            match index % 4 {
                0 => drop(command.kill()),
                _ => drop(command.wait(Duration::from_secs(30)).expect_code(0)),
            }
        }
        let text = std::fs::read_to_string(&path).expect("a file");
        for line in text.lines() {
            assert!(line.starts_with('{') && line.ends_with('}'), "{line}");
        }
        assert!(text.len() <= 6000, "{}", text.len());
    }
}

#[test]
fn backends_are_taken_at_their_word() {
    let Some(world) = tiny() else { return };
    world.ok(["--events-backend=none", "tag", "tiny", "unseen"]);
    assert!(!world.ok(["events", "--stream=false"]).contains("unseen"));
    let done = world.coracle(["--events-backend", "none", "events"]);
    done.expect_code(125)
        .expect_refusal("cannot read events with the \"none\" backend");
    world
        .coracle(["events", "--since=the dawn of time"])
        .expect_code(125)
        .expect_refusal("failed to parse event filters");
    world
        .coracle(["events", "--stream=false", "-f", "what=x"])
        .expect_refusal("is an invalid filter");
    let until = ["events", "--until", "1s"];
    let begin = std::time::Instant::now();
    world.ok(until);
    assert!(begin.elapsed() >= Duration::from_millis(900));
}

#[test]
fn the_event_of_a_creation_carries_what_inspect_shows() {
    let Some(mut world) = tiny() else { return };
    let conf = "[engine]\nevents_container_create_inspect_data = true\n";
    let conf = world.write("inspect.conf", conf);
    let words = ["create", "--name", "c", "--network=none", "tiny", "true"];
    world.ok(words);
    let format = "{{.ContainerInspectData}}";
    let told = |world: &World, name: &str| {
        let filter = format!("container={name}");
        let words = [
            "events",
            "--stream=false",
            "-f",
            "event=create",
            "-f",
            &filter,
        ];
        world.ok(words.into_iter().chain(["--format", format]))
    };
    assert_eq!(told(&world, "c"), "");
    world.set_env("CONTAINERS_CONF_OVERRIDE", &conf);
    let words = ["create", "--name", "d", "--network=none", "tiny", "true"];
    world.ok(words);
    let told: serde_json::Value = serde_json::from_str(&told(&world, "d")).expect("JSON");
    let shown = world.ok(["container", "inspect", "--size", "d"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(told, shown[0]);
    // It is nothing for people to read.
    let line = world.ok(["events", "--stream=false", "-f", "container=d"]);
    assert!(!line.contains("HostConfig"), "{line}");
    let group = world.ok(["system", "events", "--stream=false", "-f", "container=d"]);
    assert_eq!(group, line);
}
