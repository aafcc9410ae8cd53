//! `image scp`: images go between machines. Each "machine" is a store of its own, reached by a
//! stand-in for ssh that is first in PATH.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

mod support;

use std::os::unix::fs::symlink;

use support::{World, images};

/// What stands in for ssh: notes what it was told and runs it with the host's own data.
const SSH: &str = r#"#!/bin/sh
while [ "$1" != -- ]; do shift; done
host=$2
shift 2
echo "$host: $*" >>"$STAND_IN/told"
case $host in
    dead) echo "ssh: connect to host dead: no route" >&2; exit 255 ;;
    strange) echo "welcome to strange"; exit 0 ;;
esac
mkdir -p "$STAND_IN/$host"
export XDG_DATA_HOME="$STAND_IN/$host" PATH="$STAND_IN:$PATH"
exec sh -c "$*"
"#;

fn world() -> World {
    let mut world = World::new();
    let layer = images::layer_with_file("file", b"ahoy");
    let archive = images::docker_archive("localhost/boat:latest", "{}", &[layer]);
    let file = world.write("boat.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
    std::fs::remove_file(file).expect("ours");
    let ssh = world.write("hosts/ssh", SSH);
    support::world::set_mode(&ssh, 0o755);
    symlink(support::binary(), world.path("hosts/coracle")).expect("ours");
    world.set_env("STAND_IN", world.path("hosts"));
    let path = format!(
        "{}:{}",
        world.path("hosts").display(),
        support::search_path()
    );
    world.set_env("PATH", path);
    world
}

/// What a command answers on a host.
fn there(world: &World, host: &str, words: &[&str]) -> String {
    let mut command = world.command(words);
    command.env("XDG_DATA_HOME", world.path("hosts").join(host));
    let done = support::world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    done.stdout.trim().to_owned()
}

fn told(world: &World) -> String {
    std::fs::read_to_string(world.path("hosts/told")).unwrap_or_default()
}

const ID: [&str; 4] = ["image", "inspect", "--format", "{{.Id}}"];

fn id_of(image: &str) -> Vec<&str> {
    ID.into_iter().chain([image]).collect()
}

#[test]
fn an_image_goes_there_and_comes_back() {
    let world = world();
    let id = world.ok(id_of("boat"));
    let said = world.ok(["image", "scp", "-q", "boat", "me@far::"]);
    assert_eq!(said, "Loaded image: localhost/boat:latest");
    assert_eq!(there(&world, "me@far", &id_of("localhost/boat:latest")), id);
    assert_eq!(told(&world), "me@far: coracle load -q\n");
    world.ok(["rmi", "boat"]);
    let said = world.ok(["image", "scp", "-q", "me@far::boat"]);
    assert_eq!(said, "Loaded image: localhost/boat:latest");
    assert_eq!(world.ok(id_of("boat")), id);
    assert!(told(&world).ends_with("me@far: coracle save -q --format docker-archive 'boat'\n"));
}

#[test]
fn names_and_formats_are_as_asked() {
    let world = world();
    let id = world.ok(id_of("boat"));
    for format in ["docker-archive", "oci-archive"] {
        let target = format!("far::{format}:1");
        let said = world.ok(["image", "scp", "-q", "--format", format, "boat", &target]);
        assert_eq!(said, format!("Loaded image: localhost/{format}:1"));
        assert_eq!(there(&world, "far", &id_of(&format!("{format}:1"))), id);
        let came = format!("came-{format}");
        let source = format!("far::{format}:1");
        world.ok(["image", "scp", "-q", "--format", format, &source, &came]);
        assert_eq!(world.ok(id_of(&came)), id);
    }
    // An id has no name to go by.
    let said = world.ok(["image", "scp", "-q", &id, "bare::"]);
    assert_eq!(said, format!("Loaded image: sha256:{id}"));
    world
        .coracle(["image", "scp", "--format", "zip", "boat", "far::"])
        .expect_refusal("is not a valid value");
}

#[test]
fn from_machine_to_machine_nothing_is_kept_here() {
    let world = world();
    let id = world.ok(id_of("boat"));
    world.ok(["image", "scp", "-q", "boat", "one::"]);
    world.ok(["rmi", "boat"]);
    world.ok(["image", "scp", "-q", "one::boat", "two::boat:copy"]);
    assert_eq!(there(&world, "two", &id_of("boat:copy")), id);
    assert_eq!(world.ok(["images", "-q"]), "");
}

#[test]
fn what_goes_wrong_is_said() {
    let world = world();
    for (words, part) in [
        (&["nothing", "far::"][..], "nothing: image not known"),
        (&["boat"], "must specify a destination"),
        (&["boat", "other"], "must specify a destination"),
        (&["far::"], "no image of far is named"),
        (
            &["boat", "dead::"],
            "dead: coracle load -q: exit status: 255",
        ),
        (
            &["dead::boat"],
            "dead: coracle save -q --format docker-archive 'boat'",
        ),
        (&["dead::boat", "far::"], "dead: coracle save"),
        (&["far::nothing"], "far: coracle save"),
        (
            &["strange::boat"],
            "payload does not match any of the supported image formats",
        ),
        (
            &["boat", "root@localhost::"],
            "sudo -i -u root coracle load",
        ),
        (&["boat", "-oProxyCommand=touch x::"], "is not a host"),
        (&["boat", "far::Not A Name"], "Not A Name"),
    ] {
        let mut command = vec!["image", "scp", "-q", "--"];
        command.extend(words);
        let done = world.coracle(command);
        assert_eq!(done.code, 125, "{words:?}: {done}");
        assert!(done.stderr.contains(part), "{words:?}: {done}");
    }
    assert!(!told(&world).contains("Not A Name"));
    assert_eq!(world.ok(["images", "-q"]).lines().count(), 1);
    // A name for the other side's shell is one word of it.
    world.coracle(["image", "scp", "far::x'; touch $STAND_IN/oops; '"]);
    assert!(!world.path("hosts/oops").exists());
}

#[test]
fn without_ssh_it_is_said() {
    let mut world = world();
    world.set_env("PATH", world.path("nowhere"));
    let done = world.coracle(["image", "scp", "boat", "far::"]);
    done.expect_refusal("ssh is not installed");
}
