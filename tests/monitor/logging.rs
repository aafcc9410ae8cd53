//! What reaches the log, and what happens when it cannot grow.

use std::fs;
use std::path::Path;

use crate::harness::{
    ALL, Container, OUTPUTS, Options, eventually, hear, listen_to_the_end, say, start,
};
use crate::wire_attach as wire;

/// The records' stream, tag and text.
fn records(log: &[u8]) -> Vec<(String, char, Vec<u8>)> {
    let whole = log.strip_suffix(b"\n").unwrap_or(log);
    assert!(
        log.is_empty() || whole.len() < log.len(),
        "the log ends in a torn record"
    );
    whole
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (head, text) = line.split_at(45);
            let head = std::str::from_utf8(head).expect("the head is text");
            let words: Vec<&str> = head.split(' ').collect();
            let time = coracle::types::Timestamp::parse(words[0]).expect("a time");
            assert!((coracle::types::Timestamp::now().0 - time.0).abs() < 300_000_000_000);
            (
                words[1].to_owned(),
                words[2].chars().next().expect("a tag"),
                text.to_owned(),
            )
        })
        .collect()
}

/// What one stream wrote, put together again.
pub fn replay(log: &[u8], stream: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (from, tag, text) in records(log) {
        if from == stream {
            bytes.extend(text);
            if tag == 'F' {
                bytes.push(b'\n');
            }
        }
    }
    bytes
}

#[test]
fn output_reaches_the_command_and_the_log() {
    let mut container = start(
        "echo one; echo two >&2; printf three; exit 7",
        Options::default(),
    );
    container.greet(OUTPUTS);
    let heard = listen_to_the_end(container.primary());
    assert_eq!(container.wait(), 7);
    assert!(heard.started);
    assert_eq!(heard.stdout, b"one\nthree");
    assert_eq!(heard.stderr, b"two\n");
    assert_eq!(heard.record.as_ref().map(|r| r.code), Some(7));
    assert_eq!(container.record().code, 7);
    let log = container.log();
    assert!(log.lines().all(|line| line[29..].starts_with("+00:00 std")));
    let mut seen = records(log.as_bytes());
    seen.sort_unstable();
    let expected = [
        ("stderr".to_owned(), 'F', b"two".to_vec()),
        ("stdout".to_owned(), 'F', b"one".to_vec()),
        ("stdout".to_owned(), 'P', b"three".to_vec()),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn every_byte_can_be_had_back_from_the_log() {
    // Random bytes, NULs, lines of every length around the pieces' size, an endless one.
    let script = "
        head -c 300000 /dev/urandom | tee random
        for n in 0 1 8191 8192 8193 16383 16384 16385; do
            head -c $n /dev/zero | tr '\\0' x; echo
        done | tee lines
        head -c 200000 /dev/zero | tee zeros";
    let container = start(&in_directory(script), Options::default());
    container.greet(OUTPUTS);
    let heard = listen_to_the_end(container.primary());
    let written = |name: &str| fs::read(container.dir.join(name)).expect("written by the script");
    let expected = [written("random"), written("lines"), written("zeros")].concat();
    assert!(heard.stdout == expected, "the client's bytes differ");
    let log = fs::read(container.dir.join("ctr.log")).expect("a log");
    assert!(replay(&log, "stdout") == expected, "the log's bytes differ");
    assert!(records(&log).iter().all(|(_, _, text)| text.len() <= 8192));
}

/// A script run where the container's files are: the harness starts it there.
fn in_directory(script: &str) -> String {
    format!("cd \"$CM_DIR\"; {script}")
}

#[test]
fn a_prompt_is_logged_although_no_newline_follows() {
    let options = Options {
        stdin: true,
        ..Options::default()
    };
    let container = start("printf 'name? '; read name; echo \"hello $name\"", options);
    container.greet(ALL);
    eventually("a log", || {
        container.dir.join("ctr.log").exists() && !container.log().is_empty()
    });
    assert!(
        container.log().ends_with(" stdout P name? \n"),
        "{}",
        container.log()
    );
    assert!(say(container.primary(), b"ibob\n"));
    let heard = listen_to_the_end(container.primary());
    assert_eq!(heard.stdout, b"name? hello bob\n");
    assert!(container.log().ends_with(" stdout F hello bob\n"));
}

#[test]
fn a_log_that_grew_too_big_is_put_aside() {
    let options = Options {
        log_max: 100_000,
        no_primary: true,
        ..Options::default()
    };
    let mut container = start(
        "i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done",
        options,
    );
    assert_eq!(container.wait(), 0);
    let size = |name: &str| fs::metadata(container.dir.join(name)).expect("a log").len();
    assert!(size("ctr.log") <= 100_000 && size("ctr.log.1") <= 100_000);
    let older = fs::read(container.dir.join("ctr.log.1")).expect("a log");
    let newer = fs::read(container.dir.join("ctr.log")).expect("a log");
    let text = [replay(&older, "stdout"), replay(&newer, "stdout")].concat();
    let text = String::from_utf8(text).expect("text");
    let first: u32 = text
        .lines()
        .next()
        .and_then(|l| l[5..].parse().ok())
        .expect("a number");
    let expected: String = (first..5000).map(|n| format!("line {n}\n")).collect();
    assert_eq!(text, expected, "nothing is missing between the two");
}

#[test]
fn a_full_disk_costs_log_records_and_nothing_else() {
    let options = Options {
        log_space: Some(128 * 1024),
        ..Options::default()
    };
    let mut container = start(
        "head -c 5000000 /dev/zero | tr '\\0' 'x' | fold -w 79; exit 3",
        options,
    );
    container.greet(OUTPUTS);
    let heard = listen_to_the_end(container.primary());
    assert_eq!(heard.stdout.len(), 5_000_000 + 5_000_000 / 79);
    assert_eq!(container.wait(), 3);
    let lost = container.record().log_lost;
    let most = heard.stdout.len() as u64;
    assert!(lost > most - 128 * 1024 && lost < most, "{lost}");
}

#[test]
fn a_full_disk_leaves_whole_records() {
    let options = Options {
        log_space: Some(128 * 1024),
        stdin: true,
        ..Options::default()
    };
    let script = "head -c 500000 /dev/zero | tr '\\0' 'x' | fold -w 79; read line; exit 3";
    let container = start(script, options);
    container.greet(ALL);
    let mut bytes = 0;
    while bytes < 500_000 + 500_000 / 79 {
        let message = hear(container.primary()).expect("output");
        bytes += if message[0] == wire::STDOUT {
            message.len() - 1
        } else {
            0
        };
    }
    let path = format!(
        "/proc/{}/root{}/small/ctr.log",
        container.monitor,
        container.dir.display()
    );
    let log = fs::read(path).expect("the log");
    let seen = records(&log);
    assert!(
        seen.len() > 500
            && seen
                .iter()
                .all(|(_, tag, text)| *tag == 'F' && text.len() == 79)
    );
}

#[test]
fn a_log_is_never_written_through_a_link() {
    let dir = crate::harness::directory();
    let target = dir.join("canary");
    fs::write(&target, "untouched").expect("written");
    std::os::unix::fs::symlink(&target, dir.join("ctr.log")).expect("a link");
    let options = Options {
        no_primary: true,
        ..Options::default()
    };
    let mut container = crate::harness::start_in(dir, "echo hello; exit 5", options);
    assert_eq!(container.wait(), 5);
    assert_eq!(fs::read_to_string(&target).expect("there"), "untouched");
    assert!(fs::symlink_metadata(container.dir.join("ctr.log")).is_ok_and(|m| m.is_symlink()));
    assert_mode(&container, "exit", 0o600);
}

fn assert_mode(container: &Container, name: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let path: &Path = &container.dir.join(name);
    let found = fs::metadata(path).expect("there").permissions().mode() & 0o7777;
    assert_eq!(found, mode, "{name}");
}

#[test]
fn a_torn_record_is_ended_before_the_next() {
    let dir = crate::harness::directory();
    fs::write(
        dir.join("ctr.log"),
        "2026-01-02T03:04:05.000000000+00:00 std",
    )
    .expect("written");
    let options = Options {
        no_primary: true,
        ..Options::default()
    };
    let mut container = crate::harness::start_in(dir, "echo hello", options);
    assert_eq!(container.wait(), 0);
    let log = container.log();
    let (first, second) = log.split_once('\n').expect("two lines");
    assert!(
        first.ends_with(" std") && second.ends_with(" stdout F hello\n"),
        "{log}"
    );
}

#[test]
fn without_a_log_output_still_flows() {
    let options = Options {
        no_log: true,
        ..Options::default()
    };
    let container = start("echo hello", options);
    container.greet(OUTPUTS);
    assert_eq!(listen_to_the_end(container.primary()).stdout, b"hello\n");
    assert!(!container.dir.join("ctr.log").exists());
}
