//! `import`: an image of a tar.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
#[path = "support/mktar.rs"]
mod mktar;
mod support;

use std::time::{Duration, UNIX_EPOCH};

use evilreg::{EvilRegistry, Reply};
use mktar::{Tar, gzip, zstd};
use support::{World, images};

fn tree() -> Vec<u8> {
    let tar = Tar::new().dir("bin/").file("bin/word", "ahoy\n");
    tar.symlink("bin/other", "word").end()
}

fn field(world: &World, image: &str, format: &str) -> String {
    world.ok(["image", "inspect", "--format", format, image])
}

#[test]
fn a_file_gives_the_same_image_wherever_it_is_imported() {
    let mut ids = Vec::new();
    for _ in 0..2 {
        let world = World::new();
        let file = world.write("tree.tar", tree());
        let time = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let opened = std::fs::File::options()
            .write(true)
            .open(&file)
            .expect("ours");
        opened.set_modified(time).expect("ours");
        let id = world.ok(["import", "-q", "tree.tar"]);
        assert!(id.starts_with("sha256:"), "{id}");
        assert_eq!(world.ok(["import", "-q", "tree.tar"]), id);
        assert_eq!(field(&world, &id, "{{.Created.Unix}}"), "1000000000");
        assert_eq!(
            world.ok(["images", "--format", "{{.Repository}}:{{.Tag}}"]),
            "<none>:<none>"
        );
        ids.push(id);
    }
    assert_eq!(ids[0], ids[1]);
}

#[test]
fn names_changes_messages_and_platforms_are_kept() {
    let world = World::new();
    world.write("tree.tar", tree());
    let id = world.ok([
        "image",
        "import",
        "-q",
        "-c",
        "CMD [\"/bin/word\"]",
        "--change",
        "ENV A=b",
        "--change",
        "LABEL x=y",
        "-m",
        "from the sea",
        "--os",
        "linux",
        "--arch",
        "arm64",
        "--variant",
        "v8",
        "tree.tar",
        "boat:1",
    ]);
    assert_eq!(field(&world, "boat:1", "sha256:{{.Id}}"), id);
    assert_eq!(
        field(&world, "boat:1", "{{.RepoTags}}"),
        "[localhost/boat:1]"
    );
    assert_eq!(field(&world, "boat:1", "{{.Config.Cmd}}"), "[/bin/word]");
    assert_eq!(field(&world, "boat:1", "{{.Config.Env}}"), "[A=b]");
    assert_eq!(field(&world, "boat:1", "{{.Labels.x}}"), "y");
    assert_eq!(field(&world, "boat:1", "{{.Comment}}"), "from the sea");
    assert_eq!(
        field(&world, "boat:1", "{{.Os}}/{{.Architecture}}"),
        "linux/arm64"
    );
    let step = world.ok([
        "history",
        "--no-trunc",
        "--format",
        "{{.CreatedBy}}|{{.Comment}}",
        "boat:1",
    ]);
    assert!(step.starts_with("/bin/sh -c #(nop) ADD file:"), "{step}");
    assert!(step.ends_with(" in /|from the sea"), "{step}");
    world
        .coracle(["import", "-q", "-c", "FROM x", "tree.tar"])
        .expect_refusal("FROM x");
    world
        .coracle(["import", "-q", "tree.tar", "Big"])
        .expect_refusal("Big");
    assert_eq!(world.ok(["images", "-q"]).lines().count(), 1);
}

#[test]
fn standard_input_and_every_compression_give_the_same_layer() {
    let world = World::new();
    let mut layers = Vec::new();
    for bytes in [tree(), gzip(&tree()), zstd(&tree())] {
        let done = world.coracle_fed(["import", "-q", "-"], bytes);
        assert_eq!(done.code, 0, "{done}");
        layers.push(field(&world, done.stdout.trim(), "{{.RootFS.Layers}}"));
    }
    for program in ["xz", "bzip2"] {
        if support::have(&[program]) {
            world.write("packed.tar", tree());
            let packed = std::fs::File::create(world.path("packed")).expect("ours");
            let mut command = world.other(program);
            command.args(["-c", "packed.tar"]).stdout(packed);
            assert!(command.status().expect("it runs").success());
            let id = world.ok(["import", "-q", "packed"]);
            layers.push(field(&world, &id, "{{.RootFS.Layers}}"));
        }
    }
    layers.dedup();
    assert_eq!(layers, [format!("[sha256:{}]", images::sha256(&tree()))]);
}

#[test]
fn an_address_is_fetched() {
    let world = World::new();
    let server = EvilRegistry::http(|seen| match seen.path.as_str() {
        "/tree.tar" => Reply::new(200, tree()),
        _ => Reply::new(404, "nothing"),
    });
    let id = world.ok(["import", "-q", &server.url("/tree.tar"), "far"]);
    assert_eq!(field(&world, "far", "sha256:{{.Id}}"), id);
    let done = world.coracle(["import", "-q", &server.url("/none.tar")]);
    done.expect_refusal("importing http://");
}

#[test]
fn what_is_no_tar_leaves_nothing() {
    let world = World::new();
    world.write("text", "this is no archive at all, only words");
    world.write("cut.tar", &tree()[..700]);
    for (source, part) in [
        ("text", "importing text"),
        ("cut.tar", "importing cut.tar"),
        ("missing", "importing missing: no such file or directory"),
        (".", "it is a directory"),
    ] {
        world.coracle(["import", "-q", source]).expect_refusal(part);
    }
    assert_eq!(world.ok(["images", "-aq"]), "");
    world.expect_nothing_unfinished();
}

#[test]
fn an_exported_tree_comes_back_and_runs() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    world.ok([
        "run",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        "echo deep >/sea",
    ]);
    world.ok(["export", "-o", "c.tar", "c"]);
    let id = world.ok(["import", "-q", "--change", "CMD cat /sea", "c.tar", "flat"]);
    assert_eq!(world.ok(["run", "--rm", "--network", "none", &id]), "deep");
    assert_eq!(
        world.ok(["run", "--rm", "--network", "none", "flat", "cat", "/sea"]),
        "deep"
    );
}
