//! `--sdnotify`: what the service manager that started us is told.

mod support;

use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::time::Duration;

use support::{World, images};

/// A world with a service manager: its socket, and the world's variable that names it.
fn managed() -> Option<(World, UnixDatagram)> {
    let mut world = images::have_tiny().then(|| World::with_image("tiny"))?;
    let path: PathBuf = world.path("manager");
    let manager = UnixDatagram::bind(&path).expect("bound");
    let limit = Some(support::PATIENCE);
    manager.set_read_timeout(limit).expect("a limit");
    world.set_env("NOTIFY_SOCKET", &path);
    Some((world, manager))
}

fn heard(manager: &UnixDatagram) -> String {
    let mut buffer = [0; 4096];
    let count = manager.recv(&mut buffer).expect("a message");
    String::from_utf8_lossy(&buffer[..count]).into_owned()
}

fn silent(manager: &UnixDatagram) {
    let moment = Some(Duration::from_millis(300));
    manager.set_read_timeout(moment).expect("a limit");
    assert!(manager.recv(&mut [0; 64]).is_err());
    let limit = Some(support::PATIENCE);
    manager.set_read_timeout(limit).expect("a limit");
}

fn start(world: &World, options: &[&str]) -> String {
    let mut args = vec!["run", "-d", "--name", "c", "--network=none"];
    args.extend(options);
    args.extend(["tiny", "sleep", "1000"]);
    world.ok(args);
    format!("MAINPID={}", world.inspect("c", "{{.State.ConmonPid}}"))
}

#[test]
fn we_speak_for_a_container_that_does_not() {
    let Some((world, manager)) = managed() else {
        return;
    };
    let main = start(&world, &["--sdnotify=conmon"]);
    assert_eq!(heard(&manager), format!("{main}\nREADY=1"));
    let shown = world.inspect("c", "{{.Config.SdNotifyMode}} {{.Config.SdNotifySocket}}");
    let path = world.path("manager");
    assert_eq!(shown, format!("conmon {}", path.display()));
    assert_eq!(
        world.ok(["exec", "c", "sh", "-c", "echo $NOTIFY_SOCKET"]),
        ""
    );
}

#[test]
fn the_container_speaks_for_itself_but_not_about_its_process() {
    let Some((world, manager)) = managed() else {
        return;
    };
    let main = start(&world, &[]);
    assert_eq!(heard(&manager), main);
    silent(&manager);
    let probe = world.inspect("c", "{{json .Config.SdNotifyMode}}");
    assert_eq!(probe, "\"container\"");
    // busybox has no datagram client: the socket is written to from outside, by its path.
    let pid = world.inspect("c", "{{.State.Pid}}");
    let inside = world.ok(["exec", "c", "ls", "/run/notify"]);
    assert_eq!(inside, "notify.sock");
    let environment = world.ok(["exec", "c", "cat", "/proc/1/environ"]);
    assert!(
        environment.contains("NOTIFY_SOCKET=/run/notify/notify.sock"),
        "{environment}"
    );
    let id = world.inspect("c", "{{.Id}}");
    let hosts = world.inspect("c", "{{.HostsPath}}");
    let bundle = hosts.rsplit_once('/').expect("a path").0;
    assert!(bundle.ends_with(&id), "{bundle} {pid}");
    let client = UnixDatagram::unbound().expect("a socket");
    let socket = std::fs::File::open(bundle).expect("the bundle");
    let short = format!(
        "/proc/self/fd/{}/notify/notify.sock",
        std::os::fd::AsRawFd::as_raw_fd(&socket)
    );
    let say = |text: &str| assert!(client.send_to(text.as_bytes(), &short).is_ok());
    say("MAINPID=1\nREADY=1\nSTATUS=here\nFDSTORE=1");
    assert_eq!(heard(&manager), "READY=1\nSTATUS=here");
    say("MAINPID=1");
    silent(&manager);
}

#[test]
fn ready_is_said_when_the_container_is_healthy() {
    let Some((world, manager)) = managed() else {
        return;
    };
    let health = ["--health-cmd=true", "--health-interval=disable"];
    let args = [
        "create",
        "--name",
        "c",
        "--network=none",
        "--sdnotify=healthy",
    ];
    let words = ["tiny", "sleep", "1000"];
    world.ok(args.iter().chain(&health).chain(&words));
    let starting = world.start(["start", "c"]);
    let main = heard(&manager);
    assert!(main.starts_with("MAINPID="), "{main}");
    silent(&manager);
    world.ok(["healthcheck", "run", "c"]);
    assert_eq!(heard(&manager), "READY=1");
    starting.wait(Duration::from_secs(20)).expect_code(0);
}

#[test]
fn nothing_is_said_on_request() {
    let Some((world, manager)) = managed() else {
        return;
    };
    start(&world, &["--sdnotify=ignore"]);
    silent(&manager);
    let environment = world.ok(["exec", "c", "cat", "/proc/1/environ"]);
    assert!(!environment.contains("NOTIFY_SOCKET"), "{environment}");
}
