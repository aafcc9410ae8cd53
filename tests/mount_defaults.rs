//! What containers.conf mounts everywhere, and `--mount`'s words about links and swap.

mod support;

use std::os::unix::fs::symlink;

use support::{World, images};

fn world() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

fn cat(world: &World, options: &[&str], path: &str) -> support::Done {
    let mut words = vec!["run", "--rm", "--network=none"];
    words.extend(options);
    words.extend(["tiny", "cat", path]);
    world.coracle(words)
}

#[test]
fn what_containers_conf_mounts_is_everywhere() {
    let Some(mut world) = world() else { return };
    let one = world.write("one", "1").display().to_string();
    let two = world.write("two", "2").display().to_string();
    let text = format!(
        "[containers]\nmounts = [\"type=bind,src={one},destination=/there,ro,Z\", ]\n\
         volumes = [\"{two}:/two:ro\"]\n"
    );
    let conf = world.write("mine.conf", text).display().to_string();
    assert_ne!(cat(&world, &[], "/there").code, 0);
    world.set_env("CONTAINERS_CONF_OVERRIDE", conf);
    assert_eq!(cat(&world, &[], "/there").expect_code(0).text(), "1");
    assert_eq!(cat(&world, &[], "/two").expect_code(0).text(), "2");
    // The command line is nearer.
    let other = format!("type=bind,src={two},destination=/there");
    let done = cat(&world, &["--mount", &other], "/there").expect_code(0);
    assert_eq!(done.text(), "2");
    let twice = format!("type=bind,src={one},destination=/there");
    let done = cat(&world, &["--mount", &twice, "--mount", &other], "/there");
    done.expect_refusal("/there: duplicate mount destination");
    let text = format!("[containers]\nmounts = [\"type=odd,src={one},destination=/there\"]\n");
    let conf = world.write("bad.conf", text).display().to_string();
    world.set_env("CONTAINERS_CONF_OVERRIDE", conf);
    cat(&world, &[], "/there")
        .expect_refusal("parsing containers.conf mounts: invalid filesystem type \"odd\"");
}

#[test]
fn a_link_is_followed_or_becomes_a_link() {
    let Some(world) = world() else { return };
    world.write("in/data", "beside");
    world.write("out/data", "elsewhere");
    symlink("data", world.path("in/near")).expect("a link");
    symlink("../out/data", world.path("in/far")).expect("a link");
    let top = world.path("").display().to_string();
    let shown = |name: &str, kind: &str, target: &str, more: &str| {
        let option = format!("type={kind},src={top}in/{name},dst={target}{more}");
        let line = "readlink /new/place/* || cat /new/place/*";
        let words = ["run", "--rm", "--network=none", "--mount", &option, "tiny"];
        let words = words.into_iter().chain(["sh", "-c", line]);
        world.coracle(words).expect_code(0).text().to_owned()
    };
    let apart = ",no-dereference";
    assert_eq!(shown("near", "bind", "/new/place/x", ""), "beside");
    assert_eq!(shown("near", "bind", "/new/place/x", apart), "data");
    assert_eq!(shown("far", "bind", "/new/place/x", ""), "elsewhere");
    assert_eq!(shown("far", "bind", "/new/place/x", apart), "../out/data");
    assert_eq!(shown("n*", "glob", "/new/place", ""), "beside");
    assert_eq!(shown("n*", "glob", "/new/place", apart), "data");
    // What is no link is mounted as ever, and a link survives a restart.
    assert_eq!(shown("data", "bind", "/new/place/x", apart), "beside");
    let option = format!("type=bind,src={top}in/near,dst=/new/x,no-dereference");
    let words = ["create", "--name=it", "--network=none", "--mount", &option];
    world.ok(words.into_iter().chain(["tiny", "readlink", "/new/x"]));
    for _ in 0..2 {
        assert_eq!(world.ok(["start", "-a", "it"]), "data");
    }
}

#[test]
fn what_no_mount_can_do_is_said_in_podmans_words() {
    let Some(world) = world() else { return };
    let refused = |option: &str, why: &str| {
        let done = cat(&world, &["--mount", option], "/x").expect_code(125);
        assert!(done.stderr.starts_with(&format!("Error: {why}")), "{done}");
    };
    refused(
        "type=glob,src=/nowhere/x*",
        "no file paths matching glob \"/nowhere/x*\"",
    );
    refused(
        "type=tmpfs,dst=/x,noswap",
        "the 'noswap' option is only allowed with rootful tmpfs mounts",
    );
    refused("type=bind,src=/etc/hosts", "must set volume destination");
    refused(
        "type=bind,src=/nowhere/x*,dst=/x",
        "statfs /nowhere/x*: no such file or directory",
    );
    refused("type=odd,dst=/x", "invalid filesystem type \"odd\"");
}
