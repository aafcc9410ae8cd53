//! The engine's side of the protocol against the monitor's.

use std::fs;
use std::io::{Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::Duration;

use coracle::monitor::attach::{self, AttachOptions, End, Streams};
use coracle::monitor::keys::Keys;
use coracle::monitor::{Error, exit, log};

use crate::harness::{Options, PATIENCE, open_directory, pipe, pty, start};

fn options(stdin: bool) -> AttachOptions<'static> {
    AttachOptions {
        stdin,
        stdout: true,
        stderr: true,
        keys: Keys::parse("ctrl-p,ctrl-q").expect("keys"),
        on_signal: None,
        caught: None,
    }
}

fn nonblocking(fd: OwnedFd) -> OwnedFd {
    // SAFETY: numbers only.
    unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, libc::O_NONBLOCK) };
    fd
}

/// Attaches with pipes: gives `input`, returns the end, stdout and stderr.
fn with_pipes(
    socket: OwnedFd,
    input: &[u8],
    stdin: bool,
) -> (Result<End, Error>, Vec<u8>, Vec<u8>) {
    let (in_read, in_write) = pipe();
    let (out_read, out_write) = pipe();
    let (err_read, err_write) = pipe();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let _ = fs::File::from(in_write).write_all(input);
        });
        let read = |from: OwnedFd| {
            scope.spawn(move || {
                let mut bytes = Vec::new();
                fs::File::from(from)
                    .read_to_end(&mut bytes)
                    .expect("readable");
                bytes
            })
        };
        let (out, err) = (read(out_read), read(err_read));
        let streams = Streams {
            stdin: in_read.as_fd(),
            stdout: out_write.as_fd(),
            stderr: err_write.as_fd(),
        };
        let end = attach::run_with(nonblocking(socket), options(stdin), streams);
        drop((in_read, out_write, err_write));
        (end, out.join().expect("read"), err.join().expect("read"))
    })
}

#[test]
fn a_pipe_goes_in_and_comes_out_unchanged() {
    let mut container = start(
        "cat; echo done >&2; exit 3",
        Options {
            stdin: true,
            ..Options::default()
        },
    );
    // Detach keys within a pipe are bytes like others.
    let input: Vec<u8> = (0..3_000_000u32)
        .map(|n| (n % 256) as u8)
        .chain(*b"\x10\x11")
        .collect();
    let socket = container.primary.take().expect("a primary");
    let (end, out, err) = with_pipes(socket, &input, true);
    assert!(
        matches!(end, Ok(End::Exited(ref record)) if record.code == 3),
        "{end:?}"
    );
    assert!(out == input, "{} of {} bytes", out.len(), input.len());
    assert_eq!(err, b"done\n");
}

#[test]
fn input_nobody_reads_does_not_hide_the_end() {
    let mut container = start(
        "sleep 0.5; exit 4",
        Options {
            stdin: true,
            ..Options::default()
        },
    );
    let socket = container.primary.take().expect("a primary");
    let (end, _, _) = with_pipes(socket, &vec![b'x'; 2_000_000], true);
    assert!(
        matches!(end, Ok(End::Exited(ref record)) if record.code == 4),
        "{end:?}"
    );
}

#[test]
fn a_killed_monitor_is_an_error() {
    let mut container = start("sleep 100", Options::default());
    let socket = container.primary.take().expect("a primary");
    let monitor = container.monitor;
    let killer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        // SAFETY: a child of ours that is not collected before.
        unsafe { libc::kill(monitor, libc::SIGKILL) };
    });
    let (end, _, _) = with_pipes(socket, b"", false);
    assert!(matches!(end, Err(Error::ConnectionLost)), "{end:?}");
    killer.join().expect("killed");
}

#[test]
fn a_reader_that_leaves_is_told_apart() {
    let mut container = start("yes", Options::default());
    let socket = container.primary.take().expect("a primary");
    let (in_read, _) = pipe();
    let (out_read, out_write) = pipe();
    drop(out_read);
    let streams = Streams {
        stdin: in_read.as_fd(),
        stdout: out_write.as_fd(),
        stderr: out_write.as_fd(),
    };
    let end = attach::run_with(nonblocking(socket), options(false), streams);
    assert!(matches!(end, Err(Error::OutputClosed)), "{end:?}");
}

#[test]
fn a_terminal_is_raw_while_attached_and_detaches_by_keys() {
    let container = start(
        "stty -echo; while read word; do stty size; echo got $word; [ $word = end ] && exit 5; done",
        Options {
            tty: true,
            stdin: true,
            ..Options::default()
        },
    );
    let directory = open_directory(&container.dir);
    let (master, slave) = pty();
    let size = libc::winsize {
        ws_row: 33,
        ws_col: 99,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    // SAFETY: the size outlives the call.
    unsafe { libc::ioctl(master.as_raw_fd(), libc::TIOCSWINSZ, &raw const size) };
    let settings = |fd: &OwnedFd| {
        let mut termios = std::mem::MaybeUninit::<libc::termios>::uninit();
        // SAFETY: tcgetattr fills it.
        let termios = unsafe {
            assert_eq!(libc::tcgetattr(fd.as_raw_fd(), termios.as_mut_ptr()), 0);
            termios.assume_init()
        };
        (
            termios.c_iflag,
            termios.c_oflag,
            termios.c_cflag,
            termios.c_lflag,
        )
    };
    let before = settings(&slave);
    let mut keyboard = fs::File::from(master.try_clone().expect("a copy"));
    let mut session = |typed: &[&[u8]]| {
        let socket = attach::connect(directory.as_fd()).expect("connected");
        std::thread::scope(|scope| {
            let keyboard = &mut keyboard;
            scope.spawn(move || {
                for word in typed {
                    std::thread::sleep(Duration::from_millis(300));
                    keyboard.write_all(word).expect("typed");
                }
            });
            let streams = Streams {
                stdin: slave.as_fd(),
                stdout: slave.as_fd(),
                stderr: slave.as_fd(),
            };
            attach::run_with(socket, options(true), streams)
        })
    };
    container.greet(0);
    let end = session(&[b"one\r", b"\x10", b"\x11"]);
    assert!(matches!(end, Ok(End::Detached)), "{end:?}");
    assert!(settings(&slave) == before, "the terminal is as it was");
    let end = session(&[b"two\r", b"end\r"]);
    assert!(
        matches!(end, Ok(End::Exited(ref record)) if record.code == 5),
        "{end:?}"
    );
    assert!(settings(&slave) == before, "the terminal is as it was");
    let mut screen = String::new();
    let mut bytes = [0; 4096];
    for expected in ["33 99\r\n", "got one\r\n", "got two\r\n", "got end\r\n"] {
        while !screen.contains(expected) {
            assert!(
                readable_soon(&keyboard),
                "{expected:?} is missing: {screen:?}"
            );
            let count = keyboard.read(&mut bytes).expect("output");
            screen.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    }
}

fn readable_soon(file: &fs::File) -> bool {
    let mut entry = libc::pollfd {
        fd: file.as_raw_fd(),
        events: libc::POLLIN,
        revents: 0,
    };
    // SAFETY: one entry, which outlives the call.
    unsafe { libc::poll(&raw mut entry, 1, PATIENCE.as_millis() as i32) == 1 }
}

#[test]
fn a_followed_log_has_every_line_in_spite_of_rotation() {
    let script = "i=0; while [ $i -lt 10000 ]; do echo line $i; i=$((i+1)); [ $((i % 500)) = 0 ] && sleep 0.1; done";
    let container = start(
        script,
        Options {
            log_max: 200_000,
            no_primary: true,
            ..Options::default()
        },
    );
    let running = || exit::read(&container.dir).expect("readable").is_none();
    let source = log::Source {
        directory: &container.dir,
        name: log::FILE,
        alive: &running,
    };
    let wanted = log::Wanted {
        follow: true,
        ..log::Wanted::default()
    };
    let mut next = 0;
    log::read(&source, &wanted, &mut |record| {
        assert_eq!(record.text, format!("line {next}").into_bytes());
        next += 1;
        true
    })
    .expect("readable");
    assert_eq!(next, 10_000);
}

#[test]
fn the_end_is_waited_for() {
    let container = start(
        "sleep 3; exit 21",
        Options {
            no_primary: true,
            ..Options::default()
        },
    );
    let wait = |limit: u64| {
        exit::wait(&container.dir, &|| true, Some(Duration::from_millis(limit))).expect("readable")
    };
    assert_eq!(wait(50), None);
    assert_eq!(wait(60_000).map(|record| record.code), Some(21));
    let gone = start(
        "sleep 100",
        Options {
            no_primary: true,
            ..Options::default()
        },
    );
    assert_eq!(
        exit::wait(&gone.dir, &|| false, None).expect("readable"),
        None
    );
}
