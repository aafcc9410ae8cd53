//! Reading logs: tables of records, and files that change while they are read.

use std::cell::Cell;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::record::Piece;
use super::*;

struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("coracle-log-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).expect("a directory");
        Self(path)
    }

    fn write(&self, name: &str, lines: &[&str]) {
        let mut file = fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(self.0.join(name))
            .expect("a file");
        for line in lines {
            writeln!(file, "2026-01-02T03:04:05.000000000+00:00 {line}").expect("written");
        }
    }

    fn read(&self, wanted: &Wanted) -> String {
        let source = Source {
            directory: &self.0,
            name: FILE,
            alive: &|| false,
        };
        let mut seen = String::new();
        read(&source, wanted, &mut |record| {
            seen.push_str(if record.stderr { "e:" } else { "o:" });
            seen.push_str(&String::from_utf8_lossy(&record.text));
            seen.push(if record.partial { '~' } else { ';' });
            true
        })
        .expect("readable");
        seen
    }

    fn tail(&self, lines: u64) -> String {
        self.read(&Wanted {
            tail: Some(lines),
            ..Wanted::default()
        })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn lines_are_records_or_nothing() {
    let time = Timestamp::parse("2026-01-02T03:04:05Z").expect("a time");
    /// A line; whether it is stderr's, partial, and its text.
    type Case = (&'static [u8], Option<(bool, bool, &'static [u8])>);
    #[rustfmt::skip]
    let table: &[Case] = &[
        (b"2026-01-02T03:04:05Z stdout F a b", Some((false, false, b"a b"))),
        (b"2026-01-02T05:04:05+02:00 stderr P x", Some((true, true, b"x"))),
        (b"2026-01-02T03:04:05Z stdout F ", Some((false, false, b""))),
        (b"2026-01-02T03:04:05Z stdout F", Some((false, false, b""))),
        (b"2026-01-02T03:04:05Z stdout F \xff\x00 ", Some((false, false, b"\xff\x00 "))),
        (b"2026-01-02T03:04:05Z stdout X a", None),
        (b"2026-01-02T03:04:05Z stdin F a", None),
        (b"yesterday stdout F a", None),
        (b"", None),
    ];
    for (line, expected) in table {
        let expected = expected.map(|(stderr, partial, text)| Piece {
            time,
            stderr,
            partial,
            text,
        });
        assert_eq!(parse(line), expected, "{}", String::from_utf8_lossy(line));
    }
}

#[test]
fn the_tail_counts_lines_and_keeps_them_whole() {
    let log = Scratch::new("tail");
    assert_eq!(log.tail(3), "", "no log is an empty one");
    log.write("ctr.log.1", &["stdout F old", "stderr F older"]);
    log.write(
        FILE,
        &[
            "stdout F 1",
            "stdout P 2",
            "stderr F e",
            "stdout P 2",
            "stdout F 2",
            "stderr P q",
        ],
    );
    let table = [
        (0, ""),
        (1, "e:q~"),
        (2, "o:222;e:q~"),
        (3, "e:e;o:222;e:q~"),
        (4, "o:1;e:e;o:222;e:q~"),
        (5, "e:older;o:1;e:e;o:222;e:q~"),
        (6, "o:old;e:older;o:1;e:e;o:222;e:q~"),
        (100, "o:old;e:older;o:1;e:e;o:222;e:q~"),
    ];
    for (lines, expected) in table {
        assert_eq!(log.tail(lines), expected, "{lines}");
    }
}

#[test]
fn a_long_log_is_not_read_for_its_tail() {
    let log = Scratch::new("long");
    let lines: Vec<String> = (0..50_000).map(|n| format!("stdout F line {n}")).collect();
    log.write(FILE, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    for count in [1u64, 2, 999, 5000] {
        let tail = log.tail(count);
        assert_eq!(tail.matches(';').count() as u64, count);
        assert!(tail.starts_with(&format!("o:line {};", 50_000 - count)));
    }
    let files = open_both(&Source {
        directory: &log.0,
        name: FILE,
        alive: &|| false,
    })
    .expect("opens");
    let length = files[0].metadata().expect("metadata").len();
    let [start, _] = tail::starts(&files, 1).expect("found")[0];
    assert!(length - start < 100);
}

#[test]
fn times_select() {
    let log = Scratch::new("times");
    log.write(FILE, &["stdout F a"]);
    let at = |text: &str| Timestamp::parse(text);
    let table = [
        (at("2026-01-02T03:04:05Z"), None, "o:a;"),
        (at("2026-01-02T03:04:06Z"), None, ""),
        (None, at("2026-01-02T03:04:04Z"), ""),
        (None, at("2026-01-02T03:04:05Z"), "o:a;"),
    ];
    for (since, until, expected) in table {
        let wanted = Wanted {
            since,
            until,
            ..Wanted::default()
        };
        assert_eq!(log.read(&wanted), expected, "{since:?} {until:?}");
    }
}

#[test]
fn an_endless_line_comes_in_parts() {
    let log = Scratch::new("endless");
    let piece = format!("stdout P {}", "x".repeat(8192));
    log.write(FILE, &vec![piece.as_str(); 300]);
    let mut sizes = Vec::new();
    let source = Source {
        directory: &log.0,
        name: FILE,
        alive: &|| false,
    };
    read(&source, &Wanted::default(), &mut |record| {
        assert!(record.partial);
        sizes.push(record.text.len());
        true
    })
    .expect("readable");
    assert_eq!(sizes.iter().sum::<usize>(), 300 * 8192);
    assert!(sizes.iter().all(|size| *size <= 1024 * 1024));
}

#[test]
fn garbage_is_passed_over_and_links_are_refused() {
    let log = Scratch::new("garbage");
    fs::write(log.0.join(FILE), vec![b'x'; 300_000]).expect("written");
    log.write(FILE, &["", "stdout F good", "torn"]);
    assert_eq!(log.read(&Wanted::default()), "o:good;");
    assert_eq!(log.tail(5), "o:good;");
    let linked = Scratch::new("link");
    std::os::unix::fs::symlink(log.0.join(FILE), linked.0.join(FILE)).expect("a link");
    let source = Source {
        directory: &linked.0,
        name: FILE,
        alive: &|| false,
    };
    assert!(read(&source, &Wanted::default(), &mut |_| true).is_err());
}

/// What happens to the log after a record was seen.
type Step = Box<dyn Fn(&Scratch)>;

/// Reads with `follow` while `steps` change the files, one after each record.
fn followed(log: &Scratch, steps: Vec<Step>) -> Vec<String> {
    let alive = Cell::new(true);
    let looks = Cell::new(0);
    let source = Source {
        directory: &log.0,
        name: FILE,
        alive: &|| {
            looks.set(looks.get() + 1);
            assert!(looks.get() < 200, "following does not end");
            alive.get()
        },
    };
    let wanted = Wanted {
        follow: true,
        ..Wanted::default()
    };
    let mut seen = Vec::new();
    let mut steps = steps.into_iter();
    read(&source, &wanted, &mut |record| {
        seen.push(String::from_utf8_lossy(&record.text).into_owned());
        match steps.next() {
            Some(step) => step(log),
            None => alive.set(false),
        }
        true
    })
    .expect("readable");
    seen
}

#[test]
fn following_survives_rotation_and_truncation() {
    let log = Scratch::new("follow");
    log.write(FILE, &["stdout F 1"]);
    let rotate = |log: &Scratch| {
        fs::rename(log.0.join(FILE), log.0.join("ctr.log.1")).expect("renamed");
    };
    let seen = followed(
        &log,
        vec![
            Box::new(|log| log.write(FILE, &["stdout F 2"])),
            Box::new(move |log| {
                log.write(FILE, &["stdout F 3"]);
                rotate(log);
                log.write(FILE, &["stdout F 4"]);
            }),
            Box::new(|_| {}),
            Box::new(move |log| {
                rotate(log);
                log.write(FILE, &["stdout F 5"]);
                rotate(log);
                log.write(FILE, &["stdout F six"]);
            }),
            Box::new(|_| {}),
            Box::new(|log| {
                fs::write(log.0.join(FILE), "").expect("truncated");
                log.write(FILE, &["stdout P 7"]);
            }),
            Box::new(|log| log.write(FILE, &["stdout F 8"])),
        ],
    );
    assert_eq!(seen, ["1", "2", "3", "4", "5", "six", "7", "8"]);
}

#[test]
fn s_118_lines_of_a_log() {
    use crate::types::mutate::{corpus, survives};
    survives("log", &corpus("log"), |bytes| {
        let _ = super::record::parse(bytes);
    });
    let directory = std::env::temp_dir().join(format!("coracle-log-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("made");
    let whole = vec![corpus("log").join(&b'\n'), corpus("log").concat()];
    survives("logs", &whole, |bytes| {
        std::fs::write(directory.join(super::FILE), bytes).expect("written");
        let source = super::Source {
            directory: &directory,
            name: super::FILE,
            alive: &|| false,
        };
        for tail in [None, Some(1), Some(u64::MAX)] {
            let wanted = super::Wanted {
                tail,
                ..super::Wanted::default()
            };
            let _ = super::read(&source, &wanted, &mut |_| true);
        }
    });
    std::fs::remove_dir_all(&directory).expect("removed");
}
