//! `push`, `pull` and `run` with places in files: `dir:`, `oci:`, `oci-archive:`,
//! `docker-archive:` and `containers-storage:`.
//!
//! skopeo judges what was written and writes what is read.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

mod support;

use std::path::Path;

use support::{World, images};

/// A world with two images of two layers each that share the lower one.
fn world() -> World {
    let world = World::new();
    let lower = images::layer_with_file("lower", &vec![b'l'; 300_000]);
    for name in ["one", "two"] {
        let upper = images::layer_with_file(name, name.as_bytes());
        let config = format!("{{\"Labels\":{{\"name\":\"{name}\"}}}}");
        let full = format!("localhost/{name}:latest");
        let archive = images::docker_archive(&full, &config, &[lower.clone(), upper]);
        let file = world.write(&format!("{name}.tar"), archive);
        world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
        std::fs::remove_file(file).expect("ours");
    }
    world
}

fn have_skopeo() -> bool {
    support::have(&["skopeo"])
}

fn skopeo(world: &World, words: &[&str]) -> String {
    let mut command = world.other("skopeo");
    command.arg("--insecure-policy").args(words);
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout.trim().to_owned()
}

fn id_of(world: &World, image: &str) -> String {
    world.ok(["image", "inspect", "--format", "{{.Id}}", image])
}

fn text(world: &World, name: &str) -> String {
    let path = world.path(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.flatten().map(name).collect();
    names.sort();
    names
}

#[test]
fn an_image_goes_through_every_form_and_stays_the_same() {
    if !have_skopeo() {
        return;
    }
    let world = world();
    let id = id_of(&world, "one");
    for (number, options) in [
        (0, &["dir:{}"][..]),
        (1, &["oci:{}"]),
        (2, &["oci:{}:some/name:1"]),
        (3, &["oci-archive:{}"]),
        (4, &["oci-archive:{}:name"]),
        (5, &["docker-archive:{}"]),
        (6, &["docker-archive:{}:example.org/x:2"]),
        (7, &["--compress", "dir:{}"]),
        (8, &["--format=oci", "dir:{}"]),
        (
            9,
            &[
                "--compression-format=zstd",
                "--compression-level=9",
                "oci:{}",
            ],
        ),
        (10, &["--compression-format=zstd", "dir:{}"]),
    ] {
        let place = format!("place{number}");
        let mut words: Vec<String> = options.iter().map(|w| w.replace("{}", &place)).collect();
        let target = words.pop().expect("the last one");
        let mut command = vec!["push", "-q", "--digestfile=digest"];
        command.extend(words.iter().map(String::as_str));
        command.extend(["one", &target]);
        assert_eq!(world.ok(command), "", "{options:?}");
        let raw = skopeo(&world, &["inspect", "--raw", &target]);
        let digest = format!("sha256:{}", images::sha256(raw.as_bytes()));
        // What skopeo makes up for a Docker archive calls its layers compressed.
        if !matches!(number, 5 | 6) {
            assert_eq!(text(&world, "digest"), digest, "{options:?}: {raw}");
        }
        assert!(raw.contains(&id), "{options:?}: {raw}");
        assert_eq!(raw.contains("gzip"), matches!(number, 1..=7), "{raw}");
        assert_eq!(raw.contains("+zstd"), matches!(number, 9 | 10), "{raw}");
        let other = World::new();
        let full = target.replace("place", &format!("{}/place", world.path("").display()));
        assert_eq!(other.ok(["pull", "-q", &full]), id, "{options:?}");
        let called = other.ok(["images", "--format", "{{.Repository}}:{{.Tag}}"]);
        let wanted = match number {
            2 => "localhost/some/name:1",
            4 => "localhost/name:latest",
            5 => "localhost/one:latest",
            6 => "example.org/x:2",
            _ => "<none>:<none>",
        };
        assert_eq!(called, wanted, "{options:?}");
    }
    let limit = std::time::Duration::from_secs(60);
    support::wait_until("nothing unfinished is left", limit, || {
        world.unfinished().is_empty()
    });
}

#[test]
fn a_layout_keeps_its_images_and_a_name_moves() {
    if !have_skopeo() {
        return;
    }
    let world = world();
    let (one, two) = (id_of(&world, "one"), id_of(&world, "two"));
    world.ok(["push", "-q", "one", "oci:layout:a"]);
    world.ok(["push", "-q", "two", "oci:layout:b"]);
    // What another tool notes there stays.
    let index = text(&world, "layout/index.json");
    let noted = index.replacen('{', "{\"annotations\":{\"kept\":\"yes\"},", 1);
    std::fs::write(world.path("layout/index.json"), noted).expect("ours");
    let blobs = names_in(&world.path("layout/blobs/sha256"));
    world.ok(["push", "-q", "two", "oci:layout:a"]);
    assert_eq!(names_in(&world.path("layout/blobs/sha256")), blobs);
    let index = text(&world, "layout/index.json");
    assert!(index.contains("\"kept\":\"yes\""), "{index}");
    assert_eq!(index.matches("ref.name").count(), 2, "{index}");
    assert_eq!(world.ok(["pull", "-q", "oci:layout:a"]), two);
    world.ok(["push", "-q", "one", "oci:layout"]);
    world.ok(["push", "-q", "one", "oci:layout"]);
    world.ok(["save", "-q", "--format=oci-dir", "-o", "layout", "one"]);
    let index = text(&world, "layout/index.json");
    assert_eq!(index.matches("\"digest\"").count(), 4, "{index}");
    let config = skopeo(
        &world,
        &["inspect", "--raw", "oci:layout:localhost/one:latest"],
    );
    assert!(config.contains(&one), "{config}");
    for (name, part) in [
        ("oci:layout", "4 images are in it: one must be chosen"),
        ("oci:layout:c", "no image in it is called \"c\""),
        ("oci:nothing", "nothing: no such file or directory"),
        ("dir:layout", "\"manifest.json\" is missing"),
        ("oci-archive:layout", "it is a directory"),
    ] {
        world.coracle(["pull", "-q", name]).expect_refusal(part);
    }
    assert_eq!(
        names_in(&world.path("layout")),
        ["blobs", "index.json", "oci-layout"]
    );
}

#[test]
fn ten_pushes_into_one_layout_are_all_there() {
    let world = world();
    let pushes: Vec<_> = (0..10)
        .map(|number| {
            let image = if number % 2 == 0 { "one" } else { "two" };
            world.start(["push", "-q", image, &format!("oci:layout:n{number}")])
        })
        .collect();
    for push in pushes {
        let done = push.wait(std::time::Duration::from_secs(120));
        assert_eq!(done.code, 0, "{done}");
    }
    for number in 0..10 {
        let image = if number % 2 == 0 { "one" } else { "two" };
        let pulled = world.ok(["pull", "-q", &format!("oci:layout:n{number}")]);
        assert_eq!(pulled, id_of(&world, image));
    }
}

#[test]
fn a_directory_of_an_image_is_replaced_and_no_other() {
    let world = world();
    world.ok(["push", "-q", "one", "dir:place"]);
    let of_one = names_in(&world.path("place"));
    world.ok(["push", "-q", "two", "dir:place"]);
    let of_two = names_in(&world.path("place"));
    assert_ne!(of_one, of_two);
    assert_eq!(
        of_two.len(),
        5,
        "config, two layers, manifest and version: {of_two:?}"
    );
    assert_eq!(world.ok(["pull", "-q", "dir:place"]), id_of(&world, "two"));
    // An empty directory, and one that a killed command left something in.
    std::fs::create_dir_all(world.path("empty/.1.part/blobs")).expect("ours");
    world.ok(["push", "-q", "one", "dir:empty"]);
    assert_eq!(names_in(&world.path("empty")), of_one);
    world.write("mine/letter", "dear");
    for form in ["dir", "oci"] {
        let done = world.coracle(["push", "-q", "one", &format!("{form}:mine")]);
        done.expect_refusal("mine exists and is not empty");
    }
    assert_eq!(names_in(&world.path("mine")), ["letter"]);
    assert_eq!(names_in(&world.path("place")), of_two);
}

#[test]
fn docker_archives_name_their_images() {
    let world = world();
    let (one, two) = (id_of(&world, "one"), id_of(&world, "two"));
    world.ok(["push", "-q", "one", "docker-archive:a.tar:x/y"]);
    let done = world.coracle(["push", "-q", "two", "docker-archive:a.tar"]);
    done.expect_refusal("docker-archive doesn't support modifying existing images");
    let other = World::new();
    let path = world.path("a.tar");
    other.ok(["load", "-q", "-i", path.to_str().expect("UTF-8")]);
    let mut names: Vec<String> = other
        .ok(["images", "--format", "{{.Repository}}:{{.Tag}}"])
        .lines()
        .map(str::to_owned)
        .collect();
    names.sort();
    assert_eq!(names, ["docker.io/x/y:latest", "localhost/one:latest"]);
    world.ok(["save", "-q", "-m", "-o", "both.tar", "one", "two"]);
    let third = World::new();
    let both = format!("docker-archive:{}", world.path("both.tar").display());
    let pull = |choice: &str| third.coracle(["pull", "-q", &format!("{both}{choice}")]);
    assert_eq!(pull(":two").stdout.trim(), two);
    assert_eq!(
        third.ok(["images", "-q", "--no-trunc"]),
        format!("sha256:{two}")
    );
    assert_eq!(pull(":@0").stdout.trim(), one);
    assert_eq!(pull(":localhost/one:latest").stdout.trim(), one);
    pull("").expect_refusal("2 images are in it: one must be chosen");
    pull(":@2").expect_refusal("there is no image @2");
    pull(":three").expect_refusal("no image in it is called \"three\"");
    pull(":@x").expect_refusal("TRANSPORT:PATH");
}

#[test]
fn a_container_is_made_of_an_image_in_files() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok(["push", "-q", "tiny", "oci-archive:tiny.tar:boat"]);
    world.ok(["rmi", "-f", "tiny"]);
    let run = [
        "run",
        "-q",
        "--rm",
        "--network",
        "none",
        "oci-archive:tiny.tar",
        "echo",
        "ahoy",
    ];
    assert_eq!(world.ok(run), "ahoy");
    assert_eq!(
        world.ok(["images", "--format", "{{.Repository}}:{{.Tag}}"]),
        "localhost/boat:latest"
    );
    world.ok([
        "create",
        "-q",
        "--name",
        "c",
        "containers-storage:localhost/boat:latest",
        "true",
    ]);
    assert_eq!(world.inspect("c", "{{.Image}}"), id_of(&world, "boat"));
}

#[test]
fn the_store_is_a_place_too() {
    let world = world();
    let one = id_of(&world, "one");
    assert_eq!(
        world.ok(["push", "-q", "one", "containers-storage:new/name:3"]),
        ""
    );
    assert_eq!(id_of(&world, "docker.io/new/name:3"), one);
    assert_eq!(world.ok(["pull", "-q", "containers-storage:one"]), one);
    assert_eq!(id_of(&world, "containers-storage:localhost/one"), one);
    assert!(
        world
            .coracle(["image", "exists", "containers-storage:two"])
            .code
            == 0
    );
    world.ok(["rmi", "containers-storage:new/name:3"]);
    assert_ne!(
        world
            .coracle(["image", "exists", "docker.io/new/name:3"])
            .code,
        0
    );
}

#[test]
fn what_a_form_cannot_do_is_refused() {
    let world = world();
    for (words, part) in [
        (
            &["--format=v2s2", "oci:x"][..],
            "oci: has a format of its own",
        ),
        (
            &["--format=oci", "docker-archive:x"],
            "docker-archive: has a format",
        ),
        (
            &["--compress", "oci:x"],
            "--compress is for a push to dir: only",
        ),
        (
            &["--compression-format=gzip", "docker-archive:x"],
            "never compressed",
        ),
        (
            &["--format=v2s2", "--compression-format=zstd", "dir:x"],
            "not possible in format",
        ),
        (&["docker-archive:x:@1"], "have no numbers"),
        (&["docker-archive:x:UP"], "UP"),
        (&["oci:"], "TRANSPORT:PATH"),
        (&["oci:no/such/place"], "no such file or directory"),
    ] {
        let mut command = vec!["push", "-q"];
        command.extend(&words[..words.len() - 1]);
        command.extend(["one", words[words.len() - 1]]);
        world.coracle(command).expect_refusal(part);
    }
    assert_eq!(names_in(&world.path("")), Vec::<String>::new());
    world
        .coracle(["pull", "-q", "-a", "oci:x"])
        .expect_refusal("from registries only");
}

#[test]
fn containers_conf_says_how_layers_are_compressed() {
    let world = world();
    let conf = world.config().join("containers.conf");
    let say = |text: &str| {
        std::fs::create_dir_all(conf.parent().expect("it has one")).expect("ours");
        std::fs::write(&conf, format!("[engine]\n{text}\n")).expect("ours");
    };
    let pushed = |name: &str, options: &[&str]| {
        let mut command = vec!["push", "-q"];
        command.extend(options);
        let place = format!("oci-archive:{name}:x");
        command.extend(["one", &place]);
        world.ok(command);
        std::fs::metadata(world.path(name)).expect("written").len()
    };
    say("compression_format = \"zstd\"\ncompression_level = 19");
    pushed("zstd", &[]);
    let bytes = std::fs::read(world.path("zstd")).expect("written");
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("tar+zstd"), "{text}");
    pushed(
        "gzip",
        &["--compression-format=gzip", "--compression-level=1"],
    );
    let bytes = std::fs::read(world.path("gzip")).expect("written");
    assert!(String::from_utf8_lossy(&bytes).contains("tar+gzip"));
    say("compression_level = 0");
    let plain = pushed("zero", &[]);
    say("");
    assert!(plain > pushed("usual", &[]) + 250_000);
    // A plain directory is compressed on request only, and Docker's format knows no zstd.
    say("compression_format = \"zstd\"");
    world.ok(["push", "-q", "--format=v2s2", "one", "dir:plain"]);
    let manifest = std::fs::read_to_string(world.path("plain/manifest.json")).expect("written");
    assert!(manifest.contains("rootfs.diff.tar\""), "{manifest}");
    say("compression_format = \"lz4\"");
    let done = world.coracle(["push", "-q", "one", "oci:x"]);
    done.expect_refusal("compression_format \"lz4\" is none of");
}
