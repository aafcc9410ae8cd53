//! zstd:chunked: `push` writes it, `pull` fetches only the files that are nowhere in the store.
//!
//! The registry is Debian's docker-registry; skopeo judges what we write.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
#[path = "support/mktar.rs"]
mod mktar;
mod support;

use evilreg::noise;
use support::registry::Access;
use support::{Registry, World, images};

const INSECURE: &str = "--tls-verify=false";
const CHUNKED: &str = "--compression-format=zstd:chunked";
const CHECKSUM: &str = "io.github.containers.zstd-chunked.manifest-checksum";

fn id_of(world: &World, image: &str) -> String {
    let id = world.ok(["image", "inspect", "--format", "{{.Id}}", image]);
    id.trim_start_matches("sha256:").to_owned()
}

/// A layer of files with this name before each and content of their own.
fn layer(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut tar = mktar::Tar::new().dir("d/");
    for (name, content) in files {
        let header = mktar::header(b'0', name).size(content.len() as u64);
        tar = tar.with(&header, content);
    }
    tar.end()
}

fn load(world: &World, name: &str, layers: &[Vec<u8>]) {
    let archive = images::docker_archive(name, "{}", layers);
    let file = world.write("archive.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
}

/// What skopeo says of a name in the registry.
fn raw(world: &World, name: &str) -> serde_json::Value {
    let mut command = world.other("skopeo");
    command.args(["inspect", INSECURE, "--raw"]);
    command.arg(format!("docker://{name}"));
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    serde_json::from_str(&done.stdout).expect("a manifest")
}

#[test]
fn what_is_pushed_as_zstd_chunked_is_read_by_others() {
    if !images::have_tiny() {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::with_image("tiny");
    let id = id_of(&world, "tiny");
    let name = registry.reference("tiny:chunked");
    world.ok(["push", "-q", INSECURE, CHUNKED, "tiny", &name]);
    let manifest = raw(&world, &name);
    for layer in manifest["layers"].as_array().expect("layers") {
        assert_eq!(
            layer["mediaType"],
            "application/vnd.oci.image.layer.v1.tar+zstd"
        );
        assert!(layer["annotations"][CHECKSUM].is_string(), "{manifest}");
    }
    // skopeo takes it for the zstd it is; what it unpacks has the DiffIDs of the config.
    let copied = world.path("copied");
    let mut copy = world.other("skopeo");
    copy.args(["--insecure-policy", "copy", "-q", "--src-tls-verify=false"]);
    copy.arg("--dest-decompress");
    copy.arg(format!("docker://{name}"));
    copy.arg(format!("dir:{}", copied.display()));
    let done = support::world::finish(copy);
    assert_eq!(done.code, 0, "{done}");
    let other = World::new();
    other.ok(["load", "-q", "-i", copied.to_str().expect("UTF-8")]);
    let ids = other.ok(["images", "-q", "--no-trunc"]);
    assert_eq!(ids, format!("sha256:{id}"));
    // And by ourselves, from an empty store; the next push sends what it knows by its annotations.
    let third = World::new();
    assert_eq!(third.ok(["pull", "-q", INSECURE, &name]), id);
    let again = registry.reference("tiny:again");
    third.ok(["push", "-q", INSECURE, CHUNKED, &name, &again]);
    assert_eq!(raw(&third, &again), manifest);
    // The pusher's own store remembers the blob with its table.
    registry.forget_requests();
    let own = registry.reference("tiny:own");
    world.ok(["push", "-q", INSECURE, CHUNKED, "tiny", &own]);
    assert_eq!(raw(&world, &own)["layers"], manifest["layers"]);
    let sent = registry.requests();
    assert!(
        sent.iter().all(|request| request.method != "PATCH"),
        "{sent:?}"
    );
}

#[test]
fn the_same_layer_is_the_same_blob_in_every_store() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let files = [("d/large", noise(3 << 20, 4)), ("d/small", b"x".to_vec())];
    let mut manifests = Vec::new();
    for tag in ["one", "two"] {
        let world = World::new();
        load(&world, "localhost/it:latest", &[layer(&files)]);
        let name = registry.reference(&format!("{tag}:x"));
        world.ok(["push", "-q", INSECURE, CHUNKED, "localhost/it", &name]);
        manifests.push(raw(&world, &name));
    }
    assert_eq!(manifests[0], manifests[1]);
}

#[test]
fn a_layer_with_two_entries_of_one_name_goes_without_a_table() {
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    let world = World::new();
    let files = [("d/a", b"first".to_vec()), ("d/a", b"second".to_vec())];
    load(&world, "localhost/twice:latest", &[layer(&files)]);
    let name = registry.reference("twice:x");
    world.ok(["push", "-q", INSECURE, CHUNKED, "localhost/twice", &name]);
    let layer = &raw(&world, &name)["layers"][0];
    assert!(layer["annotations"].is_null(), "{layer}");
    let other = World::new();
    other.ok(["pull", "-q", INSECURE, &name]);
    assert_eq!(id_of(&other, &name), id_of(&world, "localhost/twice"));
}
