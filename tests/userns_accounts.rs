//! What is added to a container's /etc/passwd and /etc/group.

mod support;

use std::os::unix::fs::MetadataExt;

use support::{World, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// The last lines of both files and the home directory.
fn ends(world: &World, options: &[&str]) -> String {
    let mut words = vec!["run", "--rm", "--network", "none"];
    words.extend(options);
    let line = "tail -n1 /etc/passwd; tail -n1 /etc/group; echo $HOME";
    words.extend(["tiny", "sh", "-c", line]);
    world.ok(words)
}

#[test]
fn a_number_without_a_name_gets_one() {
    let Some(world) = tiny() else { return };
    let plain = ends(&world, &[]);
    assert_eq!(ends(&world, &["--user", "0"]), plain);
    assert_eq!(
        ends(&world, &["--user", "54321:43210", "-w", "/tmp"]),
        "54321:*:54321:43210:container user:/tmp:/bin/sh\n43210:x:43210:54321\n/tmp"
    );
    let unchanged = ends(&world, &["--user", "54321:43210", "--passwd=false"]);
    assert_eq!(unchanged.lines().next(), plain.lines().next());
    assert_eq!(
        ends(
            &world,
            &[
                "--user=54321:43210",
                "--passwd-entry=me:*:$UID:$GID:$NAME:$HOME:/bin/no",
                "--group-entry=us:x:$GID:$USERLIST",
            ]
        ),
        "me:*:54321:43210:container user:/:/bin/no\nus:x:43210:54321\n/"
    );
    let done = world.coracle(["run", "--rm", "--passwd-entry=a\nb", "tiny", "true"]);
    assert_eq!(done.code, 125, "{done}");
}

#[test]
fn a_read_only_container_and_a_second_start_have_one_line() {
    let Some(world) = tiny() else { return };
    let mut words = vec!["run", "--network=none", "--read-only", "--name=kept"];
    words.extend([
        "--user=54321",
        "tiny",
        "grep",
        "-c",
        "^54321",
        "/etc/passwd",
    ]);
    assert_eq!(world.ok(words), "1");
    assert_eq!(world.ok(["start", "-a", "kept"]), "1");
}

#[test]
fn keep_id_knows_the_caller_by_name() {
    let Some(world) = tiny() else { return };
    let uid = std::fs::metadata(world.root()).expect("ours").uid();
    let text = std::fs::read_to_string("/etc/passwd").expect("the host's users");
    let name = text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.get(2) == Some(&uid.to_string().as_str())).then(|| fields[0].to_owned())
    });
    let Some(name) = name else { return };
    let run = |options: &[&str], line: &str| {
        let mut words = vec!["run", "--rm", "--network", "none"];
        words.extend(options);
        words.extend(["tiny", "sh", "-c", line]);
        world.ok(words)
    };
    assert_eq!(run(&["--userns=keep-id"], "id -un"), name);
    assert_eq!(run(&["--userns=keep-id", "--user=0"], "id -u"), "0");
    let hosted = run(&["--hostuser", &name, "--user", &name], "id -u; id -un");
    assert_eq!(hosted, format!("{uid}\n{name}"));
    let done = world.coracle(["run", "--rm", "--hostuser=nobody-like-that", "tiny", "true"]);
    assert_eq!(done.code, 126, "{done}");
}
