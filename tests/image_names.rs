//! What images are called and made of: former names, `image tree`, and Podman's words about
//! policies and tries.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

mod support;

use support::{World, images};

#[test]
fn former_names_are_remembered() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let history = || world.ok(["images", "--filter=reference=tiny", "--format={{.History}}"]);
    let name = history();
    assert!(name.ends_with("/tiny:latest"), "{name}");
    for word in ["one", "two"] {
        world.ok(["tag", "tiny", word]);
        world.ok(["rmi", word]);
    }
    let expected = format!("{name}, localhost/two:latest, localhost/one:latest");
    assert_eq!(history(), expected);
    let table = world.ok(["images", "--history", "tiny"]);
    let heading = table.lines().next().unwrap_or_default();
    assert!(heading.trim_end().ends_with("HISTORY"), "{table}");
    assert!(table.contains(&expected), "{table}");
    // With the image goes what is remembered of it.
    world.ok(["rmi", "tiny"]);
    world.load("tiny");
    assert_eq!(history(), name);
}

#[test]
fn layers_are_drawn_as_a_tree() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let layers = world.ok([
        "image",
        "inspect",
        "--format={{len .RootFS.Layers}}",
        "tiny",
    ]);
    let layers: usize = layers.parse().expect("a number");
    let id = world.ok(["images", "-q", "tiny"]);
    world.ok(["create", "--name=one", "tiny", "true"]);
    world.ok(["commit", "-q", "one", "above"]);
    let shown = world.ok(["image", "tree", "tiny"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], format!("Image ID: {id}"));
    assert!(lines[1].starts_with("Tags:     [") && lines[1].ends_with("/tiny:latest]"));
    assert!(lines[2].starts_with("Size:     "), "{shown}");
    assert_eq!(lines[3], "Image Layers");
    let last = lines[3 + layers];
    assert!(
        last.starts_with("└── ID: ") && last.contains(" Top Layer of: ["),
        "{shown}"
    );
    let whole = world.ok(["image", "tree", "--whatrequires", "tiny"]);
    let last = whole
        .lines()
        .rfind(|line| !line.is_empty())
        .unwrap_or_default();
    assert!(
        last.contains("Top Layer of: [localhost/above:latest]"),
        "{whole}"
    );
    world.ok(["rm", "one"]);
}

#[test]
fn policies_and_tries_are_spoken_of_in_podmans_words() {
    let world = World::new();
    for (words, line) in [
        (
            &["pull", "--policy=invalid", "localhost/x"][..],
            "Error: unsupported pull policy \"invalid\"",
        ),
        (
            &["pull", "--policy=never", "localhost/x"],
            "Error: localhost/x: image not known",
        ),
        (
            &["pull", "--retry-delay=bogus", "localhost/x"],
            "Error: time: invalid duration \"bogus\"",
        ),
    ] {
        let done = world.coracle(words);
        assert_eq!((done.code, done.stderr.trim_end()), (125, line), "{done}");
    }
    let mut world = World::new();
    let said = |world: &World, verb: &str, text: &str| {
        let help = world.ok([verb, "--help"]);
        assert!(help.contains(text), "{verb}: {help}");
    };
    said(&world, "pull", "performing pull (default 3)");
    said(&world, "push", "performing push (default 3)");
    let file = world.write(
        "containers.conf",
        "[engine]\nretry = 10\nretry_delay = \"5s\"\n",
    );
    world.set_env("CONTAINERS_CONF", file);
    said(&world, "run", "performing pull (default 10)");
    said(&world, "push", "push failures (default \"5s\")");
}
