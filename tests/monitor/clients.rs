//! Commands that attach: honest, slow, dead, many, and hostile ones (S-78).

use std::fs;
use std::os::fd::{AsRawFd, OwnedFd};
use std::time::Duration;

use crate::harness::{ALL, OUTPUTS, Options, hear, listen_to_the_end, say, start};
use crate::wire_attach as wire;

fn interactive() -> Options {
    Options {
        stdin: true,
        ..Options::default()
    }
}

#[test]
fn input_is_lossless_and_held_back() {
    // Two readers at different speeds; the sender is stopped by the socket alone.
    let container = start("sleep 0.3; cat", interactive());
    container.greet(ALL);
    let socket = container.primary();
    let sent: Vec<u8> = (0..20_000_000u32).map(|n| (n / 7 % 251) as u8).collect();
    let heard = std::thread::scope(|scope| {
        scope.spawn(|| {
            for piece in sent.chunks(wire::DATA_MAX) {
                let message = [&[wire::STDIN], piece].concat();
                assert!(say(socket, &message));
            }
            assert!(say(socket, &[wire::STDIN_END]));
        });
        listen_to_the_end(socket)
    });
    assert!(
        heard.stdout == sent,
        "{} of {} bytes",
        heard.stdout.len(),
        sent.len()
    );
    assert_eq!(heard.record.map(|r| r.code), Some(0));
}

#[test]
fn without_i_standard_input_is_empty() {
    let container = start("cat; echo end", Options::default());
    container.greet(ALL);
    say(container.primary(), b"ilost\n");
    assert_eq!(listen_to_the_end(container.primary()).stdout, b"end\n");
}

#[test]
fn a_slow_starting_command_loses_nothing() {
    let container = start(
        "head -c 3000000 /dev/zero | tr '\\0' 'y'; exit 4",
        Options::default(),
    );
    container.greet(OUTPUTS);
    let mut bytes = 0;
    let record = loop {
        let message = hear(container.primary()).expect("a message");
        match message[0] {
            wire::STDOUT => bytes += message.len() - 1,
            wire::EXIT => break message,
            _ => {}
        }
        if bytes < 500_000 {
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    assert_eq!(bytes, 3_000_000);
    assert!(record.starts_with(b"xcode=4 "));
}

#[test]
fn a_starting_command_that_pauses_pauses_the_container() {
    let container = start(
        "head -c 3000000 /dev/zero; touch \"$CM_DIR/done\"; read x",
        interactive(),
    );
    container.greet(ALL);
    let other = container.attach(wire::WANT_STDOUT);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut bytes = 0;
            while bytes < 3_000_000 {
                bytes += hear(other.as_raw_fd()).map_or(3_000_000, |message| message.len() - 1);
            }
        });
        std::thread::sleep(Duration::from_millis(1500));
        assert!(!container.dir.join("done").exists(), "it is held back");
        let mut bytes = 0;
        while bytes < 3_000_000 {
            bytes += hear(container.primary()).map_or(0, |message| message.len() - 1);
        }
    });
}

#[test]
fn the_death_of_the_starting_command_is_not_the_containers() {
    let mut container = start("yes | head -c 3000000; exit 6", Options::default());
    container.greet(OUTPUTS);
    container.primary = None;
    assert_eq!(container.wait(), 6);
    assert_eq!(container.record().code, 6);
    let log = container.log();
    let lines = log.lines().filter(|line| line.ends_with(" stdout F y"));
    assert_eq!(lines.count(), 1_500_000);
}

#[test]
fn clients_come_and_go() {
    let container = start(
        "while read word; do echo got $word; done; exit 9",
        interactive(),
    );
    container.greet(ALL);
    assert!(say(container.primary(), b"ione\n"));
    assert_eq!(
        hear(container.primary()).as_deref(),
        Some(&[wire::STARTED, wire::HAS_STDIN][..])
    );
    assert_eq!(
        hear(container.primary()).as_deref(),
        Some(&b"1got one\n"[..])
    );
    assert!(say(container.primary(), &[wire::DETACH]));
    assert_eq!(
        hear(container.primary()),
        None,
        "DETACH closes the connection"
    );
    for round in 0..200 {
        let client = container.attach(ALL);
        assert_eq!(
            hear(client.as_raw_fd()).map(|m| m[0]),
            Some(wire::STARTED),
            "{round}"
        );
        assert!(say(client.as_raw_fd(), format!("i{round}\n").as_bytes()));
        let answer = hear(client.as_raw_fd()).expect("an answer");
        assert_eq!(answer, format!("1got {round}\n").into_bytes());
    }
    let open = fs::read_dir(format!("/proc/{}/fd", container.monitor))
        .expect("its files")
        .count();
    assert!(open < 20, "{open} descriptors");
    let last = container.attach(ALL);
    assert!(say(last.as_raw_fd(), &[wire::STDIN_END]));
    assert_eq!(
        listen_to_the_end(last.as_raw_fd()).record.map(|r| r.code),
        Some(9)
    );
}

#[test]
fn only_what_was_asked_for_is_sent() {
    let container = start("read x; echo out; echo err >&2", interactive());
    container.greet(0);
    let out = container.attach(wire::WANT_STDOUT);
    let err = container.attach(wire::WANT_STDERR);
    let input = container.attach(wire::WANT_STDIN);
    for client in [&out, &err, &input] {
        assert_eq!(hear(client.as_raw_fd()).map(|m| m[0]), Some(wire::STARTED));
    }
    assert!(say(input.as_raw_fd(), b"i\n"));
    let [none, out, err, input] = [
        container.primary(),
        out.as_raw_fd(),
        err.as_raw_fd(),
        input.as_raw_fd(),
    ]
    .map(listen_to_the_end);
    assert_eq!((none.stdout.len(), none.stderr.len()), (0, 0));
    assert_eq!(
        (&out.stdout[..], &out.stderr[..]),
        (&b"out\n"[..], &b""[..])
    );
    assert_eq!(
        (&err.stdout[..], &err.stderr[..]),
        (&b""[..], &b"err\n"[..])
    );
    assert_eq!((input.stdout.len(), input.stderr.len()), (0, 0));
    for heard in [none, out, err, input] {
        assert_eq!(heard.record.map(|r| r.code), Some(0));
    }
}

#[test]
fn a_thousand_clients_that_never_read_hold_nobody_up_for_long() {
    let script = "head -c 20000000 /dev/zero; exit 2";
    let mut container = start(
        &format!("sleep 1; {script}"),
        Options {
            no_primary: true,
            ..Options::default()
        },
    );
    let clients: Vec<OwnedFd> = (0..1000)
        .map(|number| {
            let client = container.connect();
            if number % 2 == 0 {
                say(client.as_raw_fd(), &[wire::ATTACH, wire::VERSION, OUTPUTS]);
            }
            client
        })
        .collect();
    assert_eq!(container.wait(), 2);
    drop(clients);
}

#[test]
fn malformed_messages_drop_their_sender_only() {
    let container = start("read x; echo fine", interactive());
    container.greet(ALL);
    let hello = [wire::ATTACH, wire::VERSION, ALL];
    let long = vec![wire::STDIN; wire::MESSAGE_MAX + 1];
    let cases: &[(&str, &[&[u8]])] = &[
        ("no greeting", &[&[wire::STDIN, b'x']]),
        ("another version", &[&[wire::ATTACH, wire::VERSION + 1, 7]]),
        ("unknown streams", &[&[wire::ATTACH, wire::VERSION, 8]]),
        ("short greeting", &[&[wire::ATTACH]]),
        ("two greetings", &[&hello, &hello]),
        ("empty", &[&hello, &[]]),
        ("unknown kind", &[&hello, b"?"]),
        ("short resize", &[&hello, &[wire::RESIZE, 1, 2, 3]]),
        ("too long", &[&hello, &long]),
        (
            "long but no input",
            &[&[wire::ATTACH, wire::VERSION, OUTPUTS], &long[..100]],
        ),
        (
            "input not asked for",
            &[&[wire::ATTACH, wire::VERSION, 0], b"ix"],
        ),
        (
            "end not asked for",
            &[&[wire::ATTACH, wire::VERSION, 0], &[wire::STDIN_END]],
        ),
        ("the monitor's words", &[&hello, b"xcode=0 signal=0\n"]),
    ];
    for (name, messages) in cases {
        let client = container.connect();
        for message in *messages {
            say(client.as_raw_fd(), message);
        }
        let mut last = hear(client.as_raw_fd());
        if last.as_ref().is_some_and(|m| m[0] == wire::STARTED) {
            last = hear(client.as_raw_fd());
        }
        assert_eq!(last, None, "{name}");
    }
    // And noise, the same every time.
    let mut seed = 0x9e37_79b9_7f4a_7c15u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for _ in 0..300 {
        let client = container.connect();
        for _ in 0..random() % 4 {
            let message: Vec<u8> = (0..1 + random() % 40).map(|_| random() as u8).collect();
            say(
                client.as_raw_fd(),
                if random() % 2 == 0 { &hello } else { &message },
            );
        }
    }
    assert!(say(container.primary(), b"igo\n"));
    let heard = listen_to_the_end(container.primary());
    assert!(heard.stdout.ends_with(b"fine\n"), "{heard:?}");
    assert_eq!(heard.record.map(|r| r.code), Some(0));
}

#[test]
fn a_terminal_has_its_size_its_echo_and_its_end() {
    let options = Options {
        tty: true,
        stdin: true,
        ..Options::default()
    };
    let mut container = start("stty size; read x; stty size; cat; exit 8", options);
    drop(container.primary.take());
    let client = container.attach(ALL);
    let socket = client.as_raw_fd();
    assert_eq!(
        hear(socket),
        Some(vec![wire::STARTED, wire::HAS_TTY | wire::HAS_STDIN])
    );
    assert!(say(socket, &wire::resize(41, 101)));
    assert!(say(socket, b"ihello\n"));
    assert!(say(socket, b"iword"));
    assert!(say(socket, &[wire::STDIN_END]));
    let heard = listen_to_the_end(socket);
    let text = String::from_utf8_lossy(&heard.stdout).into_owned();
    assert!(
        text.contains("hello\r\n") && text.contains("41 101\r\n"),
        "{text:?}"
    );
    assert!(
        text.matches("word").count() == 2,
        "echoed, then repeated by cat: {text:?}"
    );
    assert_eq!(heard.record.map(|r| r.code), Some(8));
}

#[test]
fn a_terminal_may_be_closed_and_opened_again() {
    let options = Options {
        tty: true,
        ..Options::default()
    };
    let container = start(
        "t=$(tty); exec <&- >&- 2>&-; sleep 0.5; echo again >$t",
        options,
    );
    container.greet(OUTPUTS);
    let heard = listen_to_the_end(container.primary());
    assert_eq!(heard.stdout, b"again\r\n");
}
