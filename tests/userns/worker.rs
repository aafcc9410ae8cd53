//! Confined workers see one directory and the descriptors they were given (S-21).

use std::fs;
use std::io::{Read, Write, pipe};
use std::net::TcpListener;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{MetadataExt, chown};
use std::process::ExitCode;
use std::time::Duration;

use coracle::sys::namespace;
use coracle::sys::process::{self, Ended, Pidfd};
use coracle::userns::{Base, base, worker};

use crate::world::{PATIENCE, World};

pub const TESTS: &[(&str, fn())] = &[
    (
        "s_21_a_confined_worker_reaches_nothing_of_the_host",
        reaches_nothing,
    ),
    ("a_worker_writes_any_owner", writes_any_owner),
    ("a_worker_without_a_base_maps_itself", without_a_base),
    (
        "a_directory_is_not_kept_beside_the_root",
        a_directory_is_not_kept,
    ),
    ("a_worker_dies_with_its_parent", dies_with_its_parent),
    (
        "a_worker_that_aborts_ends_by_a_signal",
        a_worker_that_aborts,
    ),
    (
        "a_worker_that_hangs_is_killed",
        a_worker_that_hangs_is_killed,
    ),
    ("a_detached_worker_survives", a_detached_worker_survives),
    (
        "a_detached_worker_keeps_the_keeper",
        a_detached_worker_keeps,
    ),
];

/// What this program does when it was started as a worker.
pub fn role(role: &str) -> ExitCode {
    let mut passed = worker::enter().expect("started as a worker").into_iter();
    let mut next = || passed.next().expect("passed");
    let text = match role {
        "test-probe" => {
            let (root, report) = (next(), next());
            let outcome = worker::confine(root, &[report.as_fd()]);
            return answer(report, &outcome.map_or_else(|e| e.to_string(), |_| probe()));
        }
        "test-owner" => {
            let (root, report) = (next(), next());
            let outcome = worker::confine(root, &[report.as_fd()]).expect("confined");
            let path = format!("/proc/self/fd/{}", outcome.as_raw_fd());
            assert!(fs::metadata(path).is_err(), "no procfs here");
            fs::write("file", "text").expect("written");
            chown("file", Some(33), Some(34)).expect("any owner");
            return answer(report, "done");
        }
        "test-leak" => {
            let (root, folder, report) = (next(), next(), next());
            let outcome = worker::confine(root, &[folder.as_fd()]);
            return answer(
                report,
                &outcome.map_or_else(|e| e.to_string(), |_| "confined".to_owned()),
            );
        }
        "test-abort" => {
            let (root, _report) = (next(), next());
            worker::confine(root, &[]).expect("confined");
            std::process::abort();
        }
        "test-parent" => {
            // Starts a sleeper, tells its pid, and dies.
            let (sleeper, pid) = sleeper();
            std::mem::forget(sleeper);
            return answer(next(), &pid);
        }
        "test-sleep" => {
            answer(next(), &std::process::id().to_string());
            std::thread::sleep(Duration::from_secs(1000));
            String::new()
        }
        "test-detached" => {
            let (report, go) = (next(), next());
            let mut nothing = Vec::new();
            fs::File::from(go)
                .read_to_end(&mut nothing)
                .expect("a pipe");
            let own = format!("/proc/self/fd/{}", report.as_raw_fd());
            assert!(
                fs::File::options().write(true).open(own).is_ok(),
                "our own procfs entry"
            );
            return answer(report, &process::parent_pid().to_string());
        }
        other => format!("no such role: {other}"),
    };
    assert!(text.is_empty(), "{text}");
    ExitCode::SUCCESS
}

fn answer(report: OwnedFd, text: &str) -> ExitCode {
    fs::File::from(report)
        .write_all(text.as_bytes())
        .expect("reported");
    ExitCode::SUCCESS
}

/// Tries everything a hijacked parser would.
fn probe() -> String {
    let mut reached = Vec::new();
    let parent = process::parent_pid();
    let told = fs::read_to_string("told").expect("left here");
    let (port, home) = told.split_once(' ').expect("a port and a home");
    let port: u16 = port.parse().expect("a port");
    for path in [
        "/etc/hostname",
        "/home",
        home,
        &format!("/proc/{parent}/mem"),
        "/proc/1/status",
        "/dev/null",
        "../../../etc",
        "/proc/self",
    ] {
        if fs::metadata(path).is_ok() {
            reached.push(path.to_owned());
        }
    }
    let names: Vec<String> = fs::read_dir("/")
        .expect("the root")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    if namespace::leave(namespace::CLONE_NEWUSER).is_ok() {
        reached.push("namespaces".to_owned());
    }
    for pid in [1, parent] {
        if Pidfd::open(pid).is_ok() {
            reached.push(format!("process {pid}"));
        }
    }
    if !std::thread::spawn(|| true).join().is_ok_and(|ran| ran) {
        reached.push("no threads".to_owned());
    }
    if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
        reached.push("network".to_owned());
    }
    let open: Vec<i32> = (0..64).filter(|fd| is_open(*fd)).collect();
    format!("reached={reached:?} names={names:?} open={open:?}")
}

/// Whether a descriptor is open; there is no /proc to ask.
fn is_open(fd: i32) -> bool {
    coracle::sys::fd::inherited(fd, 1)
        .map(std::mem::forget)
        .is_ok()
}

/// Starts a worker, returns what it reported and how it ended.
fn ask(base: Option<&Base>, role: &str, first: &[BorrowedFd<'_>]) -> (String, Ended) {
    let (mut reader, writer) = pipe().expect("pipe");
    let mut passed = first.to_vec();
    passed.push(writer.as_fd());
    let worker = worker::spawn(base, role, &passed).expect("starts");
    drop(writer);
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("a report");
    (text, worker.wait(PATIENCE).expect("ends"))
}

fn reaches_nothing() {
    let world = World::new();
    let root = world.folder.join("root");
    fs::create_dir(&root).expect("root");
    let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
    let port = listener.local_addr().expect("bound").port();
    let home = std::env::var("HOME").expect("a home");
    fs::write(root.join("told"), format!("{port} {home}")).expect("written");
    let base = base(&world.store()).expect("a base");
    let folder = fs::File::open(&root).expect("root");
    let (report, ended) = ask(Some(&base), "test-probe", &[folder.as_fd()]);
    // 3 was the root as seen from the host, and is now the root from within; 4 is the report.
    assert_eq!(report, "reached=[] names=[\"told\"] open=[0, 1, 2, 3, 4]");
    assert_eq!(ended, Ended::Exited(0));
}

fn writes_any_owner() {
    let world = World::new();
    let root = world.folder.join("root");
    fs::create_dir(&root).expect("root");
    let base = base(&world.store()).expect("a base");
    let folder = fs::File::open(&root).expect("root");
    let (report, ended) = ask(Some(&base), "test-owner", &[folder.as_fd()]);
    assert_eq!((report.as_str(), ended), ("done", Ended::Exited(0)));
    let meta = fs::metadata(root.join("file")).expect("written");
    assert_eq!(Some(meta.uid()), base.ids.outside_uid(33));
    assert_eq!(Some(meta.gid()), base.ids.outside_gid(34));
}

fn without_a_base() {
    let world = World::new();
    let folder = fs::File::open(&world.folder).expect("root");
    let (report, ended) = ask(None, "test-probe", &[folder.as_fd()]);
    // It fails after confining, for want of that file, which shows that it got there.
    assert_eq!((report.as_str(), ended), ("", Ended::Exited(101)));
}

fn a_directory_is_not_kept() {
    let world = World::new();
    let folder = fs::File::open(&world.folder).expect("root");
    let (report, _) = ask(None, "test-leak", &[folder.as_fd(), folder.as_fd()]);
    assert_eq!(
        report,
        "descriptor 4 is a directory and would lead out of the worker's root"
    );
}

fn dies_with_its_parent() {
    let (sleeper, ended) = ask(None, "test-parent", &[]);
    assert_eq!(ended, Ended::Exited(0));
    let sleeper: i32 = sleeper.parse().expect("a pid");
    crate::world::wait_until_gone(sleeper);
}

fn a_worker_that_aborts() {
    let world = World::new();
    let folder = fs::File::open(&world.folder).expect("root");
    let (_, ended) = ask(None, "test-abort", &[folder.as_fd()]);
    assert_eq!(ended, Ended::Signaled(6));
}

/// A worker that does nothing for long, and its pid.
fn sleeper() -> (worker::Worker, String) {
    let (mut reader, writer) = pipe().expect("pipe");
    let worker = worker::spawn(None, "test-sleep", &[writer.as_fd()]).expect("starts");
    drop(writer);
    let mut pid = String::new();
    reader.read_to_string(&mut pid).expect("a report");
    (worker, pid)
}

fn a_worker_that_hangs_is_killed() {
    let (worker, pid) = sleeper();
    let error = worker.wait(Duration::from_millis(200)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the test-sleep worker did not end within 0 s"
    );
    assert!(Pidfd::open(pid.parse().expect("a pid")).is_err());
}

fn a_detached_worker_keeps() {
    let world = World::new();
    let held = world.hold();
    let keeper = world.keeper().expect("a record");
    let (mut reader, writer) = pipe().expect("pipe");
    let (stay, go) = pipe().expect("pipe");
    let ours = base(&world.store()).expect("a base");
    let passed = [writer.as_fd(), stay.as_fd()];
    worker::detached(Some(&ours), "test-detached", &passed).expect("starts");
    drop((writer, ours, held));
    std::thread::sleep(Duration::from_millis(50));
    assert!(Pidfd::open(keeper).is_ok_and(|keeper| keeper.alive()));
    drop(go);
    let mut parent = String::new();
    reader.read_to_string(&mut parent).expect("a report");
    crate::world::wait_until_gone(keeper);
}

fn a_detached_worker_survives() {
    let (mut reader, writer) = pipe().expect("pipe");
    let (stay, go) = pipe().expect("pipe");
    worker::detached(None, "test-detached", &[writer.as_fd(), stay.as_fd()]).expect("starts");
    drop((writer, go));
    let mut parent = String::new();
    reader.read_to_string(&mut parent).expect("a report");
    assert_ne!(parent, std::process::id().to_string());
}
