//! Children, signals and the end.

use std::fs;
use std::time::{Duration, Instant};

use crate::harness::{OUTPUTS, Options, eventually, hear, listen_to_the_end, start};
use crate::logging::replay;
use crate::wire_attach as wire;

fn alone() -> Options {
    Options {
        no_primary: true,
        ..Options::default()
    }
}

#[test]
fn how_it_ended_is_recorded() {
    let table = [
        ("true", 0, 0),
        ("exit 255", 255, 0),
        ("kill -9 $$", 137, 9),
        ("kill -TERM $$", 143, 15),
        ("exec /nonexistent", 127, 0),
    ];
    for (script, code, signal) in table {
        let mut container = start(script, alone());
        assert_eq!(container.wait(), code, "{script}");
        let record = container.record();
        assert_eq!((record.code, record.signal), (code, signal), "{script}");
        assert!(record.known && !record.oom_killed);
        let age = coracle::types::Timestamp::now().0 - record.finished.0;
        assert!((0..60_000_000_000).contains(&age));
        assert!(!container.dir.join(".exit.new").exists());
    }
}

#[test]
fn orphans_are_collected() {
    let script = "for i in 1 2 3 4 5 6 7 8 9 10; do (sleep 0.01 & ) ; done; touch \"$CM_DIR/ready\"
        while [ ! -e \"$CM_DIR/go\" ]; do sleep 0.05; done";
    let mut container = start(script, alone());
    let path = format!("/proc/{0}/task/{0}/children", container.monitor);
    eventually("the container's first process is its only child", || {
        let children = fs::read_to_string(&path).expect("its children");
        container.dir.join("ready").exists() && children.split_whitespace().count() == 1
    });
    fs::write(container.dir.join("go"), "").expect("ours");
    assert_eq!(container.wait(), 0);
}

#[test]
fn signals_to_the_monitor_are_passed_on_or_ignored() {
    let script = "trap 'echo int' INT; trap 'echo term; exit 11' TERM; touch \"$CM_DIR/ready\"
        while :; do sleep 0.05; done";
    let mut container = start(script, Options::default());
    container.greet(OUTPUTS);
    eventually("it is ready", || container.dir.join("ready").exists());
    let ignored = [
        libc::SIGHUP,
        libc::SIGQUIT,
        libc::SIGUSR1,
        libc::SIGUSR2,
        libc::SIGPIPE,
    ];
    for signal in ignored.into_iter().chain([libc::SIGINT]) {
        // SAFETY: our own child.
        unsafe { libc::kill(container.monitor, signal) };
    }
    assert_eq!(hear(container.primary()).map(|m| m[0]), Some(wire::STARTED));
    assert_eq!(hear(container.primary()).as_deref(), Some(&b"1int\n"[..]));
    // SAFETY: our own child.
    unsafe { libc::kill(container.monitor, libc::SIGTERM) };
    let heard = listen_to_the_end(container.primary());
    assert_eq!(heard.stdout, b"term\n");
    assert_eq!(container.wait(), 11);
}

#[test]
fn strangers_who_hold_the_output_are_not_waited_for_long() {
    let began = Instant::now();
    let mut container = start("sleep 30 & echo out; exit 1", alone());
    assert_eq!(container.wait(), 1);
    let took = began.elapsed();
    assert!(
        took > Duration::from_secs(2) && took < Duration::from_secs(25),
        "{took:?}"
    );
    assert!(container.log().ends_with(" stdout F out\n"));
}

#[test]
fn what_is_in_the_pipes_at_the_end_is_not_lost() {
    // The starting command reads nothing until long after the end.
    let mut container = start("head -c 250000 /dev/zero; exit 1", Options::default());
    container.greet(OUTPUTS);
    let mut big = start(
        "head -c 400000 /dev/zero & sleep 0.3; exit 1",
        Options::default(),
    );
    big.greet(OUTPUTS);
    std::thread::sleep(Duration::from_secs(5));
    eventually("the record, which waits for no reader", || big.ended());
    assert_eq!(big.record().code, 1);
    assert_eq!(listen_to_the_end(container.primary()).stdout.len(), 250_000);
    let heard = listen_to_the_end(big.primary());
    let log = fs::read(big.dir.join("ctr.log")).expect("a log");
    assert!(replay(&log, "stdout") == heard.stdout);
    assert_eq!(heard.record.map(|r| r.code), Some(1));
    assert_eq!((container.wait(), big.wait()), (1, 1));
}

#[test]
fn the_networks_program_ends_with_the_container() {
    let mut container = start(
        "echo hello",
        Options {
            helper: true,
            ..alone()
        },
    );
    assert_eq!(container.wait(), 0);
}

#[test]
fn a_command_that_is_late_still_hears_of_the_end() {
    let mut container = start("echo hello; exit 13", Options::default());
    std::thread::sleep(Duration::from_secs(4));
    eventually("it has ended, and others need not wait", || {
        container.ended()
    });
    assert_eq!(container.record().code, 13);
    container.greet(OUTPUTS);
    let heard = listen_to_the_end(container.primary());
    assert_eq!(heard.stdout, b"hello\n");
    assert_eq!(heard.record.map(|record| record.code), Some(13));
    assert_eq!(container.wait(), 13);
}
