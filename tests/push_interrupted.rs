//! `push` through what breaks: a registry that dies and comes back, connections cut anywhere,
//! and a push that is killed itself.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "support/evilreg.rs"]
mod evilreg;
#[path = "support/inbox.rs"]
mod inbox;
mod support;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use evilreg::{EvilRegistry, noise};
use inbox::Inbox;
use support::world::{Running, finish};
use support::{World, images};

const INSECURE: &str = "--tls-verify=false";
const QUICK: &str = "--retry-delay=20ms";

/// A world with an image `localhost/noisy` of three layers, two of which do not compress.
fn noisy() -> World {
    let world = World::new();
    let layers = [
        images::layer_with_file("much", &noise(4 << 20, 1)),
        images::layer_with_file("more", &noise(2 << 20, 2)),
        images::layer_with_file("few", b"few"),
    ];
    let archive = images::docker_archive("localhost/noisy:latest", "{}", &layers);
    let file = world.write("noisy.tar", archive);
    world.ok(["load", "-q", "-i", file.to_str().expect("UTF-8")]);
    std::fs::remove_file(file).expect("ours");
    world
}

fn id_of(world: &World) -> String {
    world.ok(["image", "inspect", "--format", "{{.Id}}", "noisy"])
}

/// Sees that the registry has the whole image.
fn arrived(world: &World, name: &str) {
    let other = World::new();
    assert_eq!(other.ok(["pull", "-q", INSECURE, name]), id_of(world));
}

#[test]
fn connections_cut_at_random_bytes_are_survived() {
    let world = noisy();
    for seed in 1..=2u32 {
        let state = AtomicU32::new(seed.wrapping_mul(0x9e37_79b9) | 1);
        let cuts = AtomicUsize::new(0);
        let inbox = Arc::new(Inbox::default());
        let kept = inbox.clone();
        let registry = EvilRegistry::cutting(
            move |seen| {
                if seen.method != "PATCH" && seen.method != "PUT" {
                    return None;
                }
                let random = |_| {
                    let mut x = state.load(Ordering::Relaxed);
                    x ^= x << 13;
                    x ^= x >> 17;
                    x ^= x << 5;
                    state.store(x, Ordering::Relaxed);
                    x as usize % (3 << 20)
                };
                // Not for ever: a registry that cuts everything is given up.
                let cut = cuts.fetch_add(1, Ordering::Relaxed);
                (cut < 5).then_some(()).map(random)
            },
            move |seen| kept.answer(seen),
        );
        let name = format!("{}/x:{seed}", registry.host());
        world.ok(["push", "-q", INSECURE, QUICK, "--retry=20", "noisy", &name]);
        arrived(&world, &name);
    }
}

/// A real registry behind a port that stays the same while the registry dies and comes back.
struct Harbour {
    port: u16,
    /// The registry's own port; 0 while there is none.
    behind: Arc<AtomicU32>,
    folder: std::path::PathBuf,
    process: Option<std::process::Child>,
    passed: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Harbour {
    fn new(world: &World) -> Option<Self> {
        if !support::have(&["docker-registry"]) {
            return None;
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let behind = Arc::new(AtomicU32::new(0));
        let (passed, stop) = (
            Arc::new(AtomicUsize::new(0)),
            Arc::new(AtomicBool::new(false)),
        );
        let (to, count, ended) = (behind.clone(), passed.clone(), stop.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let target = to.load(Ordering::Relaxed) as u16;
                // Without a registry the connection is closed at once.
                let Ok(server) = TcpStream::connect(("127.0.0.1", target)) else {
                    continue;
                };
                let (client, back) = (stream.try_clone(), server.try_clone());
                let (Ok(client), Ok(back)) = (client, back) else {
                    continue;
                };
                let count = count.clone();
                std::thread::spawn(move || carry(stream, server, Some(&count)));
                std::thread::spawn(move || carry(back, client, None));
            }
        });
        let folder = world.path("registry");
        std::fs::create_dir_all(&folder).expect("ours");
        let mut harbour = Self {
            port,
            behind,
            folder,
            process: None,
            passed,
            stop,
        };
        harbour.rise();
        Some(harbour)
    }

    /// Starts the registry on a port of its own; its files stay.
    fn rise(&mut self) {
        for _ in 0..5 {
            let port = support::free_port();
            let config = self.folder.join("config.yml");
            let text = format!(
                "version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\n\
                 storage: {{filesystem: {{rootdirectory: {}/data}}}}\n\
                 http: {{addr: '127.0.0.1:{port}', secret: rope, relativeurls: true}}\n",
                self.folder.display()
            );
            std::fs::write(&config, text).expect("ours");
            let mut command = std::process::Command::new("docker-registry");
            command.arg("serve").arg(&config);
            command.stdin(std::process::Stdio::null());
            command.stdout(std::process::Stdio::null());
            command.stderr(std::process::Stdio::null());
            let mut process = command.spawn().expect("docker-registry is installed");
            for _ in 0..1000 {
                if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    self.behind.store(port.into(), Ordering::Relaxed);
                    self.process = Some(process);
                    return;
                }
                if process.try_wait().expect("our child").is_some() {
                    break; // the port was taken meanwhile
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            let _ = process.kill();
            let _ = process.wait();
        }
        panic!("docker-registry does not start");
    }

    fn fall(&mut self) {
        self.behind.store(0, Ordering::Relaxed);
        if let Some(mut process) = self.process.take() {
            process.kill().expect("our child");
            process.wait().expect("our child");
        }
    }

    fn name(&self, name: &str) -> String {
        format!("127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Harbour {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.fall();
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, count: Option<&AtomicUsize>) {
    let mut buffer = vec![0; 16 << 10];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if let Some(count) = count {
            count.fetch_add(length, Ordering::Relaxed);
        }
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
    let _ = from.shutdown(std::net::Shutdown::Both);
}

#[test]
fn a_registry_killed_in_the_middle_and_started_again_has_the_image() {
    let world = noisy();
    let Some(mut harbour) = Harbour::new(&world) else {
        return;
    };
    let name = harbour.name("x:1");
    let push = [
        "push",
        "-q",
        INSECURE,
        "--retry=100",
        "--retry-delay=50ms",
        "noisy",
        &name,
    ];
    let mut running = world.start(push);
    for moment in [1 << 20, 2 << 20] {
        let passed = harbour.passed.clone();
        support::wait_until("some of it is sent", Duration::from_secs(60), || {
            passed.load(Ordering::Relaxed) > moment || !running.is_running()
        });
        harbour.fall();
        harbour.rise();
    }
    let done = running.wait(Duration::from_secs(120));
    assert_eq!(done.code, 0, "{done}");
    arrived(&world, &name);
}

#[test]
fn a_push_killed_at_any_failpoint_leaves_nothing_and_the_next_one_is_whole() {
    if !cfg!(debug_assertions) {
        return support::skip("release builds have no failpoints");
    }
    let world = noisy();
    let inbox = Arc::new(Inbox::default());
    let kept = inbox.clone();
    let registry = EvilRegistry::http(move |seen| kept.answer(seen));
    let push = |name: &str, key: &str, value: &str| {
        let target = format!("{}/{name}:1", registry.host());
        let mut command = world.command(["push", "-q", INSECURE, "noisy", &target]);
        command.env(key, value);
        finish(command)
    };
    let trace = world.write("trace", "");
    let done = push(
        "traced",
        "CORACLE_FAILPOINT_TRACE",
        trace.to_str().expect("UTF-8"),
    );
    assert_eq!(done.code, 0, "{done}");
    let passed = std::fs::read_to_string(&trace).expect("ours");
    let names: BTreeSet<&str> = passed.lines().collect();
    assert!(names.contains("engine.image.sent"), "{names:?}");
    let id = id_of(&world);
    for (number, failpoint) in names.iter().enumerate() {
        let name = format!("killed{number}");
        // A layer's own blobs are known by now, so each push sends to a place of its own.
        let killed = push(&name, "CORACLE_FAILPOINT", &format!("{failpoint}:kill"));
        let tag = inbox.manifest(&name, "1");
        // What a helper process passes does not end the push.
        assert!(killed.code == 0 || tag.is_none(), "{failpoint}: {killed}");
        let again = push(&name, "CORACLE_NOTHING", "");
        assert_eq!(again.code, 0, "after {failpoint}: {again}");
        assert!(inbox.manifest(&name, "1").is_some(), "{failpoint}");
        assert_eq!(id_of(&world), id, "{failpoint}");
    }
    let target = format!("{}/killed0:1", registry.host());
    arrived(&world, &target);
    support::wait_until(
        "nothing unfinished is left",
        Duration::from_secs(60),
        || {
            // Whoever passes by collects what the killed have left.
            world.ok(["tag", "noisy", "passing-by"]);
            world.unfinished().is_empty()
        },
    );
}

#[test]
fn a_push_killed_at_any_time_is_done_by_the_next() {
    let world = noisy();
    let inbox = Arc::new(Inbox::default());
    let kept = inbox.clone();
    let registry = EvilRegistry::http(move |seen| kept.answer(seen));
    let name = format!("{}/x:1", registry.host());
    for wait in [5, 20, 60, 150, 400] {
        let command = world.command(["push", "-q", INSECURE, "noisy", &name]);
        let running = Running::start(command);
        std::thread::sleep(Duration::from_millis(wait));
        running.kill();
    }
    world.ok(["push", "-q", INSECURE, "noisy", &name]);
    arrived(&world, &name);
}
