//! Row S-81 of the security catalogue: what strangers wrote is text, on a terminal and in a table.

mod support;

use std::time::Duration;

use serde_json::json;
use support::{World, images};

/// What a hostile image says of itself: a title, a cleared screen, a device control string, C1, DEL, a direction,
/// a way back to the begin of the line, and a row that is none.
const EVIL: &str =
    "owned\u{1b}]0;title\u{7}\u{1b}[2J\u{1b}Pq#0\u{1b}\\\u{9b}1m\u{7f}\u{202e}\rfake\nforged\tcell";

/// Nothing of it may reach a terminal.
#[track_caller]
fn harmless(screen: &str, what: &str) {
    for bad in [
        "\u{1b}]",
        "\u{1b}P",
        "\u{1b}[2J",
        "\u{7}",
        "\u{9b}",
        "\u{7f}",
        "\u{202e}",
        "\rfake",
        "\nforged",
    ] {
        assert!(!screen.contains(bad), "{what} shows {bad:?}: {screen:?}");
    }
}

/// An image whose every text is hostile; its archive.
fn evil_archive() -> Vec<u8> {
    let config = json!({
        "Cmd": ["sh", "-c", "sleep 600", EVIL],
        "Env": ["PATH=/bin", format!("EVIL={EVIL}")],
        "Labels": {EVIL: EVIL, "run": format!("podman run IMAGE {EVIL}")},
        "User": "0",
        "StopSignal": "SIGKILL",
    });
    let history = json!([{"created": "2023-11-14T22:13:20Z", "created_by": EVIL, "comment": EVIL, "author": EVIL}]);
    let whole = format!("{config},\"author\":{},\"history\":{history}", json!(EVIL));
    images::docker_archive("localhost/evil:latest", &whole, &[images::tiny_layer()])
}

fn evil_world() -> World {
    let world = World::new();
    let file = world.write("evil.tar", evil_archive());
    world.ok(["load".as_ref(), "-i".as_ref(), file.as_os_str()]);
    world.ok([
        "run",
        "-d",
        "--name",
        "evil",
        "--network",
        "none",
        "--label",
        &format!("mine={EVIL}"),
        "localhost/evil",
    ]);
    world
}

/// Runs coracle on a terminal and returns what that showed once `part` is there.
fn shown(world: &World, words: &[&str], part: &str) -> String {
    let mut pty = world.coracle_pty(words);
    pty.expect(part);
    pty.wait();
    // What the command said last may still be on its way to us.
    std::thread::sleep(Duration::from_millis(100));
    pty.screen()
}

#[test]
fn s_81_what_an_image_says_of_itself_is_only_text() {
    if !images::have_tiny() {
        return;
    }
    let world = evil_world();
    // A process may call itself what it likes.
    let title = format!("sleep 601 # {EVIL}");
    world.ok([
        "exec",
        "-d",
        "evil",
        "sh",
        "-c",
        "exec \"$@\"",
        "sh",
        "sh",
        "-c",
        &title,
        EVIL,
    ]);
    let with = |words: &'static [&'static str]| words;
    for words in [
        with(&["ps", "-a", "--no-trunc"]),
        with(&[
            "ps",
            "-a",
            "--no-trunc",
            "--format",
            "{{.Names}} {{.Command}} {{.Labels}}",
        ]),
        with(&[
            "ps",
            "-a",
            "--no-trunc",
            "--format",
            "table {{.Names}} {{.Labels}}",
        ]),
        with(&["ps", "-a", "--format", "json"]),
        with(&["images", "--format", "{{.Labels}}"]),
        with(&["images", "--format", "json"]),
        with(&["history", "localhost/evil"]),
        with(&["history", "--no-trunc", "localhost/evil"]),
        with(&[
            "history",
            "--format",
            "{{.CreatedBy}} {{.Comment}}",
            "localhost/evil",
        ]),
        with(&["history", "--format", "json", "localhost/evil"]),
        with(&["inspect", "evil"]),
        with(&[
            "inspect",
            "--format",
            "{{.Config.Labels}} {{.Config.Env}}",
            "evil",
        ]),
        with(&["inspect", "--format", "{{json .Config.Labels}}", "evil"]),
        with(&["inspect", "localhost/evil"]),
        with(&[
            "inspect",
            "--format",
            "{{.Author}} {{.Config.Cmd}}",
            "localhost/evil",
        ]),
        with(&["top", "evil"]),
        with(&["top", "evil", "pid", "args"]),
        with(&["top", "evil", "-o", "pid,args"]),
        with(&["events", "--stream=false"]),
        with(&["events", "--stream=false", "--format", "json"]),
        with(&[
            "events",
            "--stream=false",
            "--format",
            "{{.Name}} {{.Attributes}}",
        ]),
        with(&[
            "container",
            "runlabel",
            "--display",
            "run",
            "localhost/evil",
        ]),
    ] {
        let screen = shown(&world, words, "owned");
        harmless(&screen, &words.join(" "));
    }
    // A table has a row for each thing, wherever it goes.
    for (words, rows) in [
        (with(&["ps", "-a", "--no-trunc"]), 2),
        (
            with(&[
                "ps",
                "-a",
                "--format",
                "table {{.Labels}} {{.Command}}",
                "--no-trunc",
            ]),
            2,
        ),
        (with(&["images"]), 2),
        (with(&["history", "--no-trunc", "localhost/evil"]), 2),
        (with(&["top", "evil"]), 4),
    ] {
        let text = world.ok(words);
        assert_eq!(text.split('\n').count(), rows, "{words:?}: {text}");
    }
    let events = world.ok(["events", "--stream=false"]);
    assert!(
        events
            .lines()
            .all(|line| line.contains(" container ") || line.contains(" image ")),
        "{events}"
    );
    // JSON loses nothing.
    let labels: serde_json::Value =
        serde_json::from_str(&world.ok(["inspect", "--format", "{{json .Config.Labels}}", "evil"]))
            .expect("JSON");
    assert_eq!(
        (&labels["mine"], &labels[EVIL]),
        (&EVIL.into(), &EVIL.into())
    );
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

#[test]
fn s_81_errors_and_progress_repeat_nothing_raw() {
    if !images::have_tiny() {
        return;
    }
    let world = evil_world();
    let option = format!("--{EVIL}");
    let volume = format!("/tmp:/proc/{EVIL}");
    let tmpfs = format!("/proc/{EVIL}");
    let missing = format!("/{EVIL}");
    for words in [
        &["inspect", EVIL][..],
        &["run", "--rm", EVIL],
        &["run", "--rm", "--network", "none", "localhost/evil", EVIL],
        &[
            "run",
            "--rm",
            "--network",
            "none",
            "-w",
            &missing,
            "localhost/evil",
        ],
        &[
            "run",
            "--rm",
            "--network",
            "none",
            "-v",
            &volume,
            "localhost/evil",
        ],
        &[
            "run",
            "--rm",
            "--network",
            "none",
            "--tmpfs",
            &tmpfs,
            "localhost/evil",
        ],
        &[
            "run",
            "--rm",
            "--network",
            "none",
            "-u",
            EVIL,
            "localhost/evil",
        ],
        &["run", "--rm", "--network", EVIL, "localhost/evil"],
        &["run", "--rm", "--security-opt", EVIL, "localhost/evil"],
        &["run", "--rm", "--cap-add", EVIL, "localhost/evil"],
        &["run", &option, "localhost/evil"],
        &["run", "--name", EVIL, "localhost/evil"],
        &["exec", "evil", EVIL],
        &["exec", "-w", &missing, "evil", "true"],
        &["load", "-i", &missing],
        &["ps", "--format", EVIL, "--filter", EVIL],
        &["inspect", "--format", "{{.owned\u{1b}[2J}}", "evil"],
        &["top", "evil", "-o", "owned\u{1b}[2J"],
        &[EVIL],
    ] {
        let screen = shown(&world, words, "owned");
        harmless(&screen, &format!("{words:?}"));
        let done = world.coracle(words);
        assert_ne!(done.code, 0, "{done}");
        harmless(&done.stderr, &format!("{words:?}"));
        // But for its end, the message is on its lines: Error and hint.
        let lines = done.stderr.lines();
        assert!(
            lines
                .clone()
                .all(|l| l.starts_with("Error: ") || l.starts_with("hint: ")),
            "{done}"
        );
    }
    // A health check's words and a layer's come back in what is shown of them.
    let file = world.path("evil.tar").display().to_string();
    let screen = shown(&world, &["load", "-i", &file], "Loaded image");
    harmless(&screen, "load");
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

#[test]
fn s_81_a_log_is_text_and_colour_on_a_terminal_and_bytes_elsewhere() {
    if !images::have_tiny() {
        return;
    }
    let world = World::with_image("tiny");
    let evil = format!("\u{1b}[31mred\u{1b}[m {EVIL}\n");
    let forged = "2026-01-02T03:04:05.000000000+00:00 stderr F a record of its own\n";
    let border = format!("{}{forged}", "x".repeat(8192));
    let text = format!("{evil}{forged}{border}50%\r100%\n");
    let script = ["tiny", "cat"];
    for (name, driver) in [("k8s", "k8s-file"), ("json", "json-file")] {
        let start = [
            "run",
            "-i",
            "--name",
            name,
            "--network",
            "none",
            "--log-driver",
            driver,
        ];
        let done = world.coracle_fed(start.iter().chain(&script), text.clone());
        assert_eq!(done.stdout, text, "{driver}");
        let done = world.coracle(["logs", name]);
        assert_eq!(
            (done.stdout.as_str(), done.stderr.as_str()),
            (text.as_str(), ""),
            "{driver}"
        );
        // A forged record has the time of its own line in front.
        let done = world.coracle(["logs", "-t", name]);
        let now = coracle::types::Timestamp::now().0;
        for line in done.stdout.split('\n').filter(|line| line.len() > 40) {
            let time = line
                .split(' ')
                .next()
                .and_then(coracle::types::Timestamp::parse);
            let fresh = time.is_some_and(|time| (now - time.0).abs() < 600_000_000_000);
            assert!(fresh || line.starts_with("forged"), "{line}");
        }
        let screen = shown(&world, &["logs", name], "100%");
        harmless(&screen.replace("\r\nforged", ""), "logs");
        assert!(screen.contains("\u{1b}[31mred\u{1b}[m"), "{screen:?}");
        assert!(!screen.contains("%\r100"), "{screen:?}");
    }
    // What was made for a terminal is shown to one as it is.
    let words = [
        "run",
        "-t",
        "--name",
        "tty",
        "--network",
        "none",
        "tiny",
        "printf",
        "\\033[2Jcleared\\n",
    ];
    assert_eq!(world.coracle_pty(words).wait(), 0);
    let screen = shown(&world, &["logs", "tty"], "cleared");
    assert!(screen.contains("\u{1b}[2Jcleared"), "{screen:?}");
}
