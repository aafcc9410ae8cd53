//! `system df`, `system prune`, `image prune`, `system migrate`, `system renumber`; and `stop` of
//! what goes with its end.

mod support;

use serde_json::Value;
use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// A second image above tiny's layers, without a name.
fn dangling(world: &World) -> String {
    world.ok([
        "create",
        "--name",
        "maker",
        "--network=none",
        "tiny",
        "true",
    ]);
    let id = world.ok(["commit", "-q", "maker"]);
    world.ok(["rm", "maker"]);
    id
}

fn df(world: &World, format: &str) -> Vec<String> {
    let text = world.ok(["system", "df", "--format", format]);
    text.lines().map(str::to_owned).collect()
}

#[test]
fn df_has_podmans_rows_and_fields() {
    let Some(world) = world() else { return };
    let table = world.ok(["system", "df"]);
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|w| !w.is_empty())
                .collect()
        })
        .collect();
    assert_eq!(lines[0], ["TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE"]);
    let kinds: Vec<&str> = lines[1..].iter().map(|line| line[0]).collect();
    assert_eq!(kinds, ["Images", "Containers", "Local Volumes"]);
    let size = world.inspect("tiny", "{{.Size}}");
    assert_eq!(df(&world, "{{.RawSize}}"), [&size[..], "0", "0"]);
    assert!(df(&world, "{{.Reclaimable}}")[0].ends_with(" (100%)"));
    world.ok([
        "run",
        "--name=one",
        "--network=none",
        "-v",
        "/data",
        "tiny",
        "sh",
        "-c",
        "head -c 1000 /dev/zero | tee /file > /data/file",
    ]);
    let rows = df(
        &world,
        "{{.Type}}:{{.Total}}:{{.Active}}:{{.RawSize}}:{{.Reclaimable}}",
    );
    // A link that every container has counts, too.
    assert!(rows[1].starts_with("Containers:1:0:10"), "{rows:?}");
    assert!(rows[1].ends_with("kB (100%)"), "{rows:?}");
    assert_eq!(rows[2], "Local Volumes:1:1:1000:0B (0%)");
    assert_eq!(df(&world, "{{.Reclaimable}}")[0], "0B (0%)");
    let json: Value =
        serde_json::from_str(&world.ok(["system", "df", "--format", "json"])).expect("JSON");
    for (field, wanted) in [
        ("Type", "Images".into()),
        ("Total", 1.into()),
        ("Active", 1.into()),
        ("TotalCount", 1.into()),
        ("RawReclaimable", 0.into()),
        ("Reclaimable", Value::from("0B (0%)")),
    ] {
        assert_eq!(json[0][field], wanted, "{field}");
    }
    world
        .coracle(["system", "df", "-v", "--format", "json"])
        .expect_refusal("cannot combine --format and --verbose flags");
}

#[test]
fn what_images_share_is_counted_once() {
    let Some(world) = world() else { return };
    let one: u64 = df(&world, "{{.RawSize}}")[0].parse().expect("bytes");
    dangling(&world);
    let two: u64 = df(&world, "{{.RawSize}}")[0].parse().expect("bytes");
    assert!(one < two && two < one + 20_000, "{one} {two}");
    let text = world.ok(["system", "df", "-v"]);
    let row = text.lines().find(|line| line.starts_with("localhost/tiny"));
    let cells: Vec<&str> = row.expect("tiny").split_whitespace().collect();
    // REPOSITORY TAG ID CREATED… SIZE SHARED UNIQUE CONTAINERS
    let [.., size, shared, unique, containers] = cells[..] else {
        panic!("{text}")
    };
    near(bytes(size), bytes(shared), 2000.0);
    assert!(unique.ends_with("kB") || unique.ends_with('B'), "{text}");
    assert_eq!(containers, "0");
}

/// Bytes of a size as it is printed.
fn bytes(word: &str) -> f64 {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &word[digits.len()..] {
        "B" => 1.0,
        "kB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        unit => panic!("{unit}"),
    };
    digits.parse::<f64>().expect("a number") * factor
}

/// Columns of one area of the store: size and what it takes on the disk.
fn area(world: &World, name: &str) -> (f64, f64) {
    let text = world.ok(["system", "df", "-v"]);
    let (_, areas) = text
        .split_once("Store space usage:")
        .expect("the last table");
    let row = areas
        .lines()
        .find(|line| line.starts_with(name))
        .expect("the area");
    let cells: Vec<&str> = row[name.len()..].split_whitespace().collect();
    (bytes(cells[1]), bytes(cells[2]))
}

/// Bytes on the disk as du(1) counts them.
fn du(path: &std::path::Path) -> f64 {
    let output = std::process::Command::new("du")
        .args(["-s", "-B1"])
        .arg(path)
        .output()
        .expect("du runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text.split_whitespace().next().expect("a number");
    number.parse().expect("a number")
}

#[track_caller]
fn near(a: f64, b: f64, slack: f64) {
    assert!((a - b).abs() <= slack + 0.01 * a.max(b), "{a} is not {b}");
}

#[test]
fn df_agrees_with_du_and_with_images() {
    let Some(world) = world() else { return };
    world.ok([
        "run",
        "--name=one",
        "--network=none",
        "tiny",
        "sh",
        "-c",
        "head -c 300000 /dev/zero > /file",
    ]);
    world.expect_nothing_unfinished();
    let (_, total) = area(&world, "Total");
    // The measuring process has a directory of its own.
    near(total, du(&world.store()), 20_000.0);
    let (size, disk) = area(&world, "Layers");
    near(disk, du(&world.store().join("layers")), 10_000.0);
    let image: f64 = world.inspect("tiny", "{{.Size}}").parse().expect("bytes");
    let shown = world
        .ok(["images", "--format", "{{.Size}}", "tiny"])
        .replace(' ', "");
    near(bytes(&shown), image, 1000.0);
    // A tar has a header for each file; a tree has a record beside it.
    near(size, image, 60_000.0);
    let (_, containers) = area(&world, "Containers");
    assert!(containers > 300_000.0, "{containers}");
}

#[test]
fn image_prune_takes_what_nobody_uses() {
    let Some(world) = world() else { return };
    world.ok(["tag", "tiny", "localhost/other"]);
    let id = dangling(&world);
    let asked = world.coracle_fed(["image", "prune"], "n\n").expect_code(0);
    assert_eq!(
        asked.stdout,
        "WARNING! This command removes all dangling images.\nAre you sure you want to continue? [y/N] "
    );
    let asked = world
        .coracle_fed(["image", "prune", "-a"], "n\n")
        .expect_code(0);
    assert!(
        asked
            .stdout
            .contains("removes all images without at least one container associated with them.\n")
    );
    for filter in ["until=1h", "label=what"] {
        assert_eq!(world.ok(["image", "prune", "-f", "--filter", filter]), "");
    }
    world
        .coracle(["image", "prune", "-f", "--filter", "dangling=true"])
        .expect_refusal("dangling is an invalid filter");
    assert_eq!(world.ok(["image", "prune", "-f"]), id);
    assert_eq!(world.ok(["image", "prune", "-f"]), "");
    world.ok(["create", "--name=one", "--network=none", "tiny", "true"]);
    assert_eq!(
        world.ok(["image", "prune", "-af"]),
        "",
        "a container uses it"
    );
    world.ok(["rm", "one"]);
    let tiny = world.inspect("tiny", "{{.Id}}");
    assert_eq!(
        world.ok(["image", "prune", "-a", "-f", "--external", "--build-cache"]),
        tiny
    );
    assert_eq!(world.ok(["images", "-q"]), "");
    assert!(
        world.unfinished().is_empty(),
        "prune waits until the space is free"
    );
    let layers = std::fs::read_dir(world.store().join("layers")).expect("a folder");
    assert_eq!(layers.count(), 0);
}

#[test]
fn system_prune_takes_all_kinds() {
    let Some(world) = world() else { return };
    let image = dangling(&world);
    world.ok([
        "run",
        "--name=ended",
        "--network=none",
        "tiny",
        "sh",
        "-c",
        "echo 0123 > /f",
    ]);
    let ended = world.inspect("ended", "{{.Id}}");
    world.ok([
        "run",
        "-d",
        "--name=alive",
        "--network=none",
        "-v",
        "used:/d",
        "tiny",
        "sleep",
        "inf",
    ]);
    world.ok(["volume", "create", "unused"]);
    let asked = world
        .coracle_fed(["system", "prune", "--volumes"], "n\n")
        .expect_code(0);
    assert_eq!(
        asked.stdout,
        "WARNING! This command removes:\n\t- all stopped containers\n\t- all networks not used by \
         at least one container\n\t- all volumes not used by at least one container\n\t- all \
         dangling images\n\t- all dangling build cache\n\nAre you sure you want to continue? [y/N] "
    );
    world
        .coracle(["system", "prune", "--external", "-a"])
        .expect_refusal("system prune --external cannot be combined with other options");
    assert_eq!(world.ok(["system", "prune", "--external"]), "");
    assert_eq!(
        world.ok(["system", "prune", "-f", "--filter", "label=what"]),
        "Total reclaimed space: 0B"
    );
    let done = world.ok(["system", "prune", "-f", "--build"]);
    let lines: Vec<&str> = done.lines().collect();
    assert_eq!(
        lines[..4],
        ["Deleted Containers", &ended, "Deleted Images", &image]
    );
    assert!(lines[4].starts_with("Total reclaimed space: "), "{done}");
    assert_eq!(world.ok(["volume", "ls", "-q"]), "unused\nused");
    assert_eq!(
        world.ok(["system", "prune", "-a", "-f", "--volumes"]),
        "Deleted Volumes\nunused\nTotal reclaimed space: 0B"
    );
    assert_eq!(world.container_names(), ["alive"]);
    world.ok(["rm", "-f", "-t0", "alive"]);
    let done = world.ok(["system", "prune", "-a", "-f"]);
    assert!(done.starts_with("Deleted Images\n"), "{done}");
    assert!(!done.contains("space: 0B"), "{done}");
    assert_eq!(world.ok(["volume", "ls", "-q"]), "used");
}

#[test]
fn there_is_nothing_to_migrate_but_a_runtime() {
    let Some(world) = world() else { return };
    world.ok(["create", "--name=one", "--network=none", "tiny", "true"]);
    for words in [&["system", "migrate"][..], &["system", "renumber"]] {
        assert_eq!(world.ok(words), "");
    }
    assert_eq!(world.inspect("one", "{{.OCIRuntime}}"), "coracle");
    world
        .coracle(["system", "migrate", "--new-runtime", "nosuchruntime"])
        .expect_refusal("OCI runtime \"nosuchruntime\" not found");
    let runtime = world.write("bin/other", "#!/bin/sh\n");
    support::world::set_mode(&runtime, 0o755);
    let path = runtime.to_str().expect("a text");
    assert_eq!(world.ok(["system", "migrate", "--new-runtime", path]), "");
    assert_eq!(world.inspect("one", "{{.OCIRuntime}}"), path);
    for words in [&["farm", "list"][..], &["system", "connection", "ls"]] {
        world
            .coracle(words)
            .expect_refusal("remote engines are not supported");
    }
}

#[test]
fn stop_does_all_that_the_end_asks_for() {
    let Some(world) = world() else { return };
    for turn in 0..5 {
        world.ok(["tag", "tiny", "localhost/going"]);
        world.ok(["untag", "tiny", "localhost/tiny:latest"]);
        let file = world.path(format!("id-{turn}"));
        let cidfile = format!("--cidfile={}", file.display());
        world.ok([
            "run",
            "-d",
            "--rm",
            "--rmi",
            "--name=one",
            "--network=none",
            "-v",
            "/data",
            &cidfile,
            "localhost/going",
            "sleep",
            "inf",
        ]);
        world.ok(["stop", "-t0", "one"]);
        let left = std::fs::read_dir(world.store().join("containers")).expect("a folder");
        let left: Vec<_> = left
            .flatten()
            .filter(|e| e.file_name() != "names")
            .collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(!file.exists());
        assert_eq!(world.ok(["volume", "ls", "-q"]), "");
        assert_eq!(world.ok(["images", "-q"]), "");
        world.load("tiny");
    }
    world.ok([
        "create",
        "--rm",
        "--name=made",
        "--network=none",
        "tiny",
        "true",
    ]);
    world.ok(["stop", "made"]);
    assert_eq!(world.container_names(), ["made"], "it has not ended");
}
