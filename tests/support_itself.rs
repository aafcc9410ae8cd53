//! The tests' own tools do what the other tests rely on.

mod support;

use std::process::Command;
use std::time::Duration;

use support::registry::{Access, PASSWORD, USER};
use support::{Canary, Pty, Registry, World, images, leak, world};

#[test]
fn a_terminal_types_expects_and_resizes() {
    let mut command = Command::new("setsid");
    let script = "trap 'exit 130' INT; stty size; read line; stty size; echo got $line
        while :; do sleep 0.1; done";
    command.args(["--ctty", "sh", "-c", script]);
    let mut pty = Pty::run(command);
    pty.expect("24 80");
    pty.resize(33, 101);
    pty.line("ahoy");
    pty.expect("33 101");
    pty.expect("got ahoy");
    assert!(pty.is_cooked());
    pty.ctrl_c();
    assert_eq!(pty.wait(), 130);
}

#[test]
fn a_process_of_a_world_is_found_and_one_of_no_world_is_not() {
    let world = World::new();
    assert_eq!(leak::processes(world.root()).len(), 0);
    let mut sleeper = world.other("sleep").arg("60").spawn().expect("sleep");
    let mut stranger = Command::new("sleep").arg("60").spawn().expect("sleep");
    support::wait_until("the process is seen", Duration::from_secs(5), || {
        leak::processes(world.root()).len() == 1
    });
    for child in [&mut sleeper, &mut stranger] {
        child.kill().expect("our child");
        child.wait().expect("our child");
    }
}

#[test]
fn files_of_subordinate_ids_go_with_their_world() {
    if !support::have_subordinate_ids() {
        return;
    }
    let world = World::new();
    let mut command = world.other("unshare");
    command.args(["--map-root-user", "--map-auto", "--", "sh", "-c"]);
    command.arg("mkdir -m 700 theirs && touch theirs/file && chown -R 1000:1000 theirs");
    let done = world::finish(command);
    assert_eq!(done.code, 0, "{done}");
    let root = world.root().to_owned();
    drop(world);
    assert!(!root.exists());
}

#[test]
fn a_registry_asks_for_a_password_and_counts_downloads() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    if !images::have_tiny() {
        return;
    }
    assert!(registry.push_image("tiny", "tiny:1"));
    registry.forget_requests();
    let world = World::new();
    let copy = |name: &str, creds: &str| {
        let mut command = world.other("skopeo");
        command.args(["--insecure-policy", "copy", "-q", "--src-cert-dir"]);
        command.arg(registry.ca().parent().expect("its folder"));
        command.args([creds, &format!("docker://{}", registry.reference("tiny:1"))]);
        command.arg(format!("dir:{}", world.path(name).display()));
        world::finish(command)
    };
    assert_ne!(copy("without", "--src-no-creds").code, 0);
    assert!(registry.requests().iter().any(|r| r.status == 401));
    let done = copy("with", &format!("--src-creds={USER}:{PASSWORD}"));
    assert_eq!(done.code, 0, "{done}");
    let downloads = registry.blob_downloads();
    assert_eq!(downloads.len(), 2, "a layer and a config: {downloads:?}");
    assert!(downloads.iter().all(|(_, count)| *count == 1));
}

#[test]
fn a_canary_sings_when_touched() {
    let world = World::new();
    let canary = Canary::new(world.root());
    canary.check();
    world::set_mode(&canary.path().join("file"), 0o644);
    assert!(std::panic::catch_unwind(|| canary.check()).is_err());
}

#[test]
fn base64_is_what_everybody_else_writes() {
    for (plain, coded) in [
        ("", ""),
        ("a", "YQ=="),
        ("ab", "YWI="),
        ("abc", "YWJj"),
        ("u:p~", "dTpwfg=="),
    ] {
        assert_eq!(images::base64(plain.as_bytes()), coded);
    }
}
