//! What a user sees of one container's life: from the registry over a terminal and a published port to its removal.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use support::registry::{Access, PASSWORD, USER};
use support::{Registry, World, images};

/// A shell that says `up`, ends with 3 on SIGTERM after having said `bye`, and lives until then.
const POLITE: &str = "trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.1; done";

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

#[test]
fn an_image_comes_over_https_with_a_password_and_runs() {
    let Some(registry) = Registry::start(Access::Htpasswd) else {
        return;
    };
    if !registry.push_image("debian", "debian:12") {
        return;
    }
    let world = World::new();
    let name = registry.reference("debian:12");
    world.trust(&registry);

    let refused = world.coracle(["pull", &name]);
    refused.expect_refusal("debian");
    assert!(world.ok(["images", "-q"]).is_empty());

    let credentials = format!("{USER}:{PASSWORD}");
    let id = world.ok(["pull", "--creds", &credentials, &name]);
    assert_eq!(id.lines().last().map(str::len), Some(64), "{id}");
    let listed = world.ok(["images", "--format", "{{.Repository}}:{{.Tag}}"]);
    assert_eq!(listed, name);
    let sum = world.ok(["run", "--rm", &name, "python3", "-c", "print(6 * 7)"]);
    assert_eq!(sum, "42");

    // With stored credentials nobody need be asked; what is here already is not fetched again.
    world.log_in(&registry);
    registry.forget_requests();
    assert_eq!(
        world.ok(["pull", "-q", &name]),
        id.lines().last().unwrap_or_default()
    );
    assert_eq!(registry.blob_downloads(), []);
}

#[test]
fn a_shell_on_a_terminal_obeys_ctrl_c_resizing_detaching_and_attaching() {
    let Some(world) = tiny() else { return };
    let mut shell = world.coracle_pty(["run", "-it", "--name", "shell", "tiny"]);
    shell.expect("# ");
    shell.line("stty size");
    shell.expect("24 80");
    // Once a command runs, the terminal makes a signal of Ctrl-C.
    shell.line("echo st''arted; sleep 1000 || echo it ended");
    shell.expect("started");
    shell.ctrl_c();
    shell.line("echo code-$?");
    shell.expect("code-130");
    shell.resize(33, 101);
    shell.expect_size(33, 101);
    shell.line("kept=anchor");
    shell.detach();
    assert_eq!(shell.wait(), 0, "{}", shell.screen());
    assert!(shell.is_cooked());
    assert_eq!(world.status("shell"), "running");

    let mut again = world.coracle_pty(["attach", "shell"]);
    again.line("echo again-$kept");
    again.expect("again-anchor");
    again.line("exit 9");
    assert_eq!(again.wait(), 9, "{}", again.screen());
    assert!(again.is_cooked());
    assert_eq!(world.status("shell"), "exited");
    assert_eq!(world.inspect("shell", "{{.State.ExitCode}}"), "9");
}

#[test]
fn a_shell_with_rm_is_gone_when_it_ends() {
    let Some(world) = tiny() else { return };
    let mut shell = world.coracle_pty(["run", "--rm", "-it", "tiny"]);
    shell.expect("# ");
    shell.ctrl_d();
    assert_eq!(shell.wait(), 0, "{}", shell.screen());
    assert!(world.container_names().is_empty());
}

#[test]
fn a_page_is_fetched_through_loopback_and_the_hosts_own_address() {
    if !support::have(&["pasta"]) {
        return;
    }
    let Some(registry) = Registry::start(Access::Http) else {
        return;
    };
    if !registry.push_image("debian", "debian:12") {
        return;
    }
    let world = World::new();
    let image = registry.reference("debian:12");
    world.ok(["pull", "-q", "--tls-verify=false", &image]);
    let port = support::free_port();
    let publish = format!("{port}:8000");
    let server = [
        "python3",
        "-u",
        "-m",
        "http.server",
        "8000",
        "--directory",
        "/srv/harbour",
    ];
    let mut args = vec!["run", "-d", "--name", "web", "-p", &publish, &image];
    args.extend(server);
    world.ok(args);

    let mut follower = world.start(["logs", "-f", "web"]);
    assert_eq!(fetch("127.0.0.1", port), "a page of the harbour\n");
    match host_address() {
        Some(address) => assert_eq!(fetch(&address.to_string(), port), "a page of the harbour\n"),
        None => println!("this machine has no address but loopback"),
    }
    let inside = world.ok(["exec", "web", "cat", "/srv/harbour/again.html"]);
    assert_eq!(inside, "a page of the harbour");
    support::wait_until("the log shows the request", Duration::from_secs(20), || {
        (follower.stdout_so_far() + &follower.stderr_so_far()).contains("GET / HTTP/1.")
    });
    assert!(follower.is_running());

    // A port that is taken is an error that says so, before anything has started.
    let second = world.coracle([
        "run", "-d", "--name", "second", "-p", &publish, &image, "true",
    ]);
    // The code is Podman's.
    assert_eq!(second.code, 126, "{second}");
    let said = format!("port {port}/tcp: address already in use by container web");
    assert!(second.stderr.contains(&said), "{second}");

    // Nothing handles SIGTERM there, and a pid namespace's first process is spared what it does not handle.
    world.ok(["stop", "-t", "1", "web"]);
    assert_eq!(world.inspect("web", "{{.State.ExitCode}}"), "137");
    assert_eq!(follower.wait(Duration::from_secs(30)).code, 0);
    TcpListener::bind(("127.0.0.1", port)).expect("the port is free again");
}

#[test]
fn stop_sends_sigterm_and_the_code_is_the_programs_own() {
    let Some(world) = tiny() else { return };
    world.ok(["run", "-d", "--name", "polite", "tiny", "sh", "-c", POLITE]);
    world.wait_for_log("polite", "up");
    let waiter = world.start(["wait", "polite"]);
    world.ok(["stop", "-t", "100", "polite"]);
    assert_eq!(world.inspect("polite", "{{.State.ExitCode}}"), "3");
    assert!(world.ok(["logs", "polite"]).ends_with("bye"));
    assert_eq!(waiter.wait(Duration::from_secs(20)).text(), "3");

    let deaf = "trap '' TERM; echo up; while :; do sleep 0.1; done";
    world.ok(["run", "-d", "--name", "deaf", "tiny", "sh", "-c", deaf]);
    world.wait_for_log("deaf", "up");
    world.ok(["stop", "-t", "1", "deaf"]);
    assert_eq!(world.inspect("deaf", "{{.State.ExitCode}}"), "137");
}

#[test]
fn logs_follow_until_the_container_ends() {
    let Some(world) = tiny() else { return };
    let counting = "for n in 1 2 3 4 5 6; do echo line $n; sleep 0.2; done; echo mistake >&2";
    world.ok([
        "run", "-d", "--name", "counter", "tiny", "sh", "-c", counting,
    ]);
    let mut follower = world.start(["logs", "-f", "counter"]);
    follower.expect_stdout("line 2");
    assert!(follower.is_running());
    let done = follower.wait(Duration::from_secs(30)).expect_code(0);
    assert_eq!(
        done.stdout,
        "line 1\nline 2\nline 3\nline 4\nline 5\nline 6\n"
    );
    assert_eq!(done.stderr, "mistake\n");
    assert_eq!(world.ok(["logs", "--tail", "2", "counter"]), "line 6");
}

#[test]
fn exec_runs_beside_the_workload_as_it_was_told() {
    let Some(world) = tiny() else { return };
    world.ok([
        "run",
        "-d",
        "--name",
        "host",
        "-e",
        "SHIP=cutter",
        "tiny",
        "sh",
        "-c",
        POLITE,
    ]);
    let words = [
        "exec",
        "-e",
        "CARGO=rope",
        "-w",
        "/tmp",
        "-u",
        "sailor",
        "host",
        "sh",
        "-c",
    ];
    let said = world.ok(words
        .iter()
        .copied()
        .chain(["echo $SHIP $CARGO $(pwd) $(id -un)"]));
    assert_eq!(said, "cutter rope /tmp sailor");
    world
        .coracle(["exec", "host", "sh", "-c", "exit 5"])
        .expect_code(5);
    world.coracle(["exec", "host", "/no/such"]).expect_code(127);
    let fed = world.coracle_fed(["exec", "-i", "host", "cat"], "a message\n");
    assert_eq!(fed.expect_code(0).stdout, "a message\n");

    let mut shell = world.coracle_pty(["exec", "-it", "host", "sh"]);
    shell.expect("# ");
    shell.resize(31, 97);
    shell.expect_size(31, 97);
    shell.line("exit 4");
    assert_eq!(shell.wait(), 4, "{}", shell.screen());
    assert_eq!(world.status("host"), "running");
}

#[test]
fn a_container_started_again_keeps_the_file_it_wrote() {
    let Some(world) = tiny() else { return };
    let script = format!("echo once more >>/root/diary; {POLITE}");
    world.ok(["run", "-d", "--name", "diary", "tiny", "sh", "-c", &script]);
    world.wait_for_log("diary", "up");
    world.ok(["stop", "diary"]);
    assert_eq!(world.ok(["start", "diary"]), "diary");
    let lines = "test $(wc -l </root/diary) = 2";
    support::wait_until("it has run twice", Duration::from_secs(20), || {
        world.coracle(["exec", "diary", "sh", "-c", lines]).code == 0
    });
}

#[test]
fn two_containers_of_one_image_see_neither_each_other_nor_a_changed_image() {
    let Some(world) = tiny() else { return };
    let before = world.ok(["image", "inspect", "--format", "{{.Id}}", "tiny"]);
    for name in ["port", "starboard"] {
        let script = format!("rm /etc/motd; echo {name} >/root/side; {POLITE}");
        world.ok(["run", "-d", "--name", name, "tiny", "sh", "-c", &script]);
        world.wait_for_log(name, "up");
    }
    for name in ["port", "starboard"] {
        assert_eq!(world.ok(["exec", name, "cat", "/root/side"]), name);
        let seen = world.ok(["exec", name, "ps", "-o", "args"]);
        let other = if name == "port" { "starboard" } else { "port" };
        assert!(!seen.contains(other), "{seen}");
    }
    let fresh = world.ok(["run", "--rm", "tiny", "sh", "-c", "cat /etc/motd; ls /root"]);
    assert_eq!(fresh, "ahoy");
    assert_eq!(
        world.ok(["image", "inspect", "--format", "{{.Id}}", "tiny"]),
        before
    );
}

#[test]
fn rmi_keeps_layers_that_another_image_uses() {
    let Some(world) = tiny() else { return };
    let layer = images::layer_with_file("etc/second", b"the second image\n");
    let config = r#"{"Env":["PATH=/bin"]}"#;
    let layers = [images::tiny_layer(), layer];
    let archive = images::docker_archive("localhost/second:latest", config, &layers);
    let file = world.write("second.tar", archive);
    world.ok(["load", "-i", file.to_str().expect("text")]);
    assert_eq!(
        world.ok(["run", "--rm", "second", "cat", "/etc/second"]),
        "the second image"
    );

    world.ok(["run", "--name", "user", "second", "true"]);
    let used = world.coracle(["rmi", "second"]).expect_code(2);
    assert!(used.stderr.contains("second"), "{used}");
    assert_eq!(world.ok(["rm", "user"]), "user");
    world.ok(["rmi", "second"]);
    assert_eq!(
        world.ok(["run", "--rm", "tiny", "cat", "/etc/motd"]),
        "ahoy"
    );
    assert_eq!(
        world.ok(["images", "--format", "{{.Repository}}"]),
        "localhost/tiny"
    );
    world.ok(["rmi", "tiny"]);
    assert!(world.ok(["images", "-q", "-a"]).is_empty());
    support::wait_until("no layer is left", Duration::from_secs(20), || {
        let layers = std::fs::read_dir(world.store().join("layers"));
        layers.into_iter().flatten().count() == 0
    });
}

/// The body of a page, once there is one.
fn fetch(host: &str, port: u16) -> String {
    let end = Instant::now() + Duration::from_secs(30);
    loop {
        match try_fetch(host, port) {
            Ok(page) if page.starts_with("HTTP/1.0 200") => {
                return page.split_once("\r\n\r\n").map_or("", |p| p.1).to_owned();
            }
            other => assert!(Instant::now() < end, "{host}:{port}: {other:?}"),
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn try_fetch(host: &str, port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((host, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    let mut page = String::new();
    stream.read_to_string(&mut page)?;
    Ok(page)
}

/// The address this machine would use towards others; nothing is sent to find it.
fn host_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("198.51.100.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback()).then_some(address)
}
