//! `--mount type=artifact`: files of an artifact inside a container.

mod support;

use support::{World, images};

const ONE: &str = "localhost/test/one";
const TWO: &str = "localhost/test/two";

/// A world with an image, an artifact of one file and one of two.
fn prepared() -> Option<World> {
    if !images::have_tiny() {
        return None;
    }
    let world = World::with_image("tiny");
    let first = world.write("first.txt", "first\n");
    let second = world.write("second.txt", "second\n");
    let (first, second) = (first.to_string_lossy(), second.to_string_lossy());
    world.ok(["artifact", "add", ONE, &first]);
    world.ok(["artifact", "add", TWO, &first, &second]);
    Some(world)
}

fn run(world: &World, mount: &str, line: &str) -> String {
    let word = format!("--mount=type=artifact,{mount}");
    world.ok([
        "run",
        "--rm",
        "--network=none",
        &word,
        "tiny",
        "sh",
        "-c",
        line,
    ])
}

#[test]
fn files_are_where_podman_puts_them() {
    let Some(world) = prepared() else { return };
    for (mount, line, wanted) in [
        // There is nothing: a single file is mounted there itself, several below it.
        (format!("src={ONE},dst=/new"), "cat /new", "first"),
        (
            format!("src={TWO},dst=/new"),
            "cd /new; cat first.txt second.txt",
            "first\nsecond",
        ),
        // A directory of the image, under a title, another name, a digest.
        (format!("src={ONE},dst=/tmp"), "cat /tmp/first.txt", "first"),
        (format!("src={ONE},dst=/tmp,name=x"), "cat /tmp/x", "first"),
        (
            format!("src={TWO},dst=/tmp/,name=x"),
            "cat /tmp/x-0 /tmp/x-1",
            "first\nsecond",
        ),
        (
            format!("src={TWO},dst=/tmp,title=second.txt"),
            "ls /tmp; cat /tmp/second.txt",
            "second.txt\nsecond",
        ),
        // A file of the image.
        (
            format!("src={ONE},dst=/etc/passwd"),
            "cat /etc/passwd",
            "first",
        ),
        (
            format!("src={TWO},dst=/etc/passwd,title=second.txt,name=x"),
            "cat /etc/passwd",
            "second",
        ),
    ] {
        assert_eq!(run(&world, &mount, line), wanted, "{mount}");
    }
    let format = "{{range .Manifest.Layers}}{{.Digest}} {{end}}";
    let digests = world.ok(["artifact", "inspect", "-f", format, TWO]);
    let second = digests.split_whitespace().nth(1).expect("two files");
    let mount = format!("src={TWO},dst=/tmp,digest={second}");
    let name = second.replace(':', "-");
    assert_eq!(run(&world, &mount, &format!("cat /tmp/{name}")), "second");
    // Nobody writes into the store, and everybody may read.
    let line = "echo x >/new || id -u; chmod 777 /new || true; cat /new";
    let word = format!("--mount=type=artifact,src={ONE},dst=/new");
    let words = ["run", "--rm", "--network=none", "-u=7", &word, "tiny"];
    let said = world.ok(words.iter().chain(&["sh", "-c", line]));
    assert_eq!(said, "7\nfirst");
    assert!(world.ok(["system", "check"]).is_empty());
}

#[test]
fn a_container_keeps_what_was_mounted_when_it_was_made() {
    let Some(world) = prepared() else { return };
    let word = format!("--mount=type=artifact,source={ONE},target=/new");
    let line = "cat /new";
    let words = [
        "create",
        "--name=box",
        "--network=none",
        &word,
        "tiny",
        "sh",
        "-c",
        line,
    ];
    world.ok(words);
    let other = world.write("first.txt", "another\n");
    world.ok([
        "artifact",
        "add",
        "--replace",
        ONE,
        &other.to_string_lossy(),
    ]);
    world.ok(["artifact", "rm", "-a"]);
    world.ok(["image", "prune", "-f"]);
    assert_eq!(world.ok(["start", "-a", "box"]), "first");
    assert_eq!(world.ok(["start", "-a", "box"]), "first");
    let shown = world.inspect(
        "box",
        "{{range .Mounts}}{{.Type}} {{.Destination}} {{.RW}}{{end}}",
    );
    assert_eq!(shown, "artifact /new false");
    let to = world.path("out");
    world.ok(["cp", "box:/new", &to.to_string_lossy()]);
    assert_eq!(std::fs::read_to_string(&to).expect("copied"), "first\n");
    world.ok(["rm", "box"]);
    // Nothing refers to it any more: it goes, with the next command if another one was tidying up.
    let blobs = world.store().join("blobs/sha256");
    let own = |path: &std::path::Path| std::fs::read(path).is_ok_and(|bytes| bytes == b"first\n");
    support::wait_until("the file goes", support::PATIENCE, || {
        world.ok(["image", "prune", "-f"]);
        let mut all = std::fs::read_dir(&blobs).expect("blobs").flatten();
        all.all(|entry| !own(&entry.path()))
    });
}

#[test]
fn what_cannot_be_mounted_is_said_when_the_container_is_made() {
    let Some(world) = prepared() else { return };
    for (mount, line) in [
        (
            "source=localhost/test/none,target=/tmp".to_owned(),
            "Error: localhost/test/none:latest: artifact does not exist".to_owned(),
        ),
        (
            format!("src={TWO},dst=/etc/passwd"),
            format!(
                "Error: artifact \"{TWO}\" contains more than one blob and container path \
                 \"/etc/passwd\" is a file"
            ),
        ),
        (
            format!("src={TWO},dst=/tmp,title=none"),
            "Error: no blob with the title \"none\"".to_owned(),
        ),
        (
            format!("src={TWO},dst=/tmp,title=first.txt,digest=sha256:0"),
            "Error: cannot specify both digest and title".to_owned(),
        ),
        (
            format!("src={ONE},dst=/tmp,name=../x"),
            "Error: invalid name: \"../x\" cannot contain /: artifact blob title invalid"
                .to_owned(),
        ),
    ] {
        let word = format!("--mount=type=artifact,{mount}");
        let done = world.coracle(["create", "--network=none", &word, "tiny", "true"]);
        assert_eq!(done.code, 125, "{done}");
        assert_eq!(done.stderr.lines().next(), Some(&*line), "{done}");
    }
    assert!(world.container_names().is_empty());
}
