//! Rows S-72 and S-73 of the security catalogue: what a container could inherit from whoever starts it.

mod support;

use std::path::Path;

use serde_json::Value;
use support::probing::{self, answers, run, words};
use support::world::finish;
use support::{Done, World};

const ENXIO: i64 = 6;

fn ready() -> bool {
    probing::have_probe()
}

/// A container that sleeps.
fn sleeper(world: &World, options: &str) {
    let start = format!("run -d --name long --network none {options} localhost/probe sleep 600");
    world.ok(start.split_whitespace());
}

#[test]
fn s_72_nothing_of_the_hosts_environment_gets_in() {
    if !ready() {
        return;
    }
    const MARK: &str = "0d1b-a-host-value";
    let mut world = probing::world();
    for name in ["HOST_SECRET", "AWS_SECRET_ACCESS_KEY", "CONTAINER_HOST_X"] {
        world.set_env(name, MARK);
    }
    let keys = |report: &Value| -> Vec<String> {
        let mut keys: Vec<_> = words(&report["env"])
            .into_iter()
            .map(|entry| entry.split('=').next().expect("a key").to_owned())
            .collect();
        keys.sort();
        keys
    };
    let built = ["HOME", "HOSTNAME", "PATH", "container"];
    let clean = |done: &Done| assert!(!done.stdout.contains(MARK), "{done}");
    let done = run(&world, "", "probe", "report -- environs");
    clean(&done);
    assert_eq!(keys(&answers(&done)[0]), built);
    let check = r#"["CMD","/probe","environs"]"#;
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "--health-cmd",
        check,
        "--health-interval",
        "disable",
        "--health-max-log-size",
        "0",
        "localhost/probe",
        "sleep",
        "600",
    ]);
    let done = world.coracle(["exec", "long", "/probe", "report", "--", "environs"]);
    clean(&done);
    assert_eq!(keys(&answers(&done)[0]), built);
    world.ok(["healthcheck", "run", "long"]);
    let log = world.inspect("long", "{{json .State.Health.Log}}");
    assert!(log.contains("PATH=/") && !log.contains(MARK), "{log}");
    // What stays beside the container has nothing of it either, the network's program included.
    if support::have(&["pasta"]) && Path::new("/dev/net/tun").exists() {
        world.ok([
            "run",
            "-d",
            "--name",
            "net",
            "localhost/probe",
            "sleep",
            "600",
        ]);
    }
    let told: Vec<_> = with_text("environ", MARK);
    assert!(told.is_empty(), "{told:?}");
    // By name, and then only that.
    for words in [
        &[
            "run",
            "--rm",
            "--network",
            "none",
            "-e",
            "HOST_SECRET",
            "localhost/probe",
        ][..],
        &["exec", "-e", "HOST_SECRET", "long", "/probe"],
    ] {
        let done = world.coracle(words);
        assert_eq!(done.stdout.matches(MARK).count(), 1, "{done}");
        assert_eq!(keys(&answers(&done)[0]).len(), built.len() + 1);
    }
    world.ok(["rm", "-f", "-t", "0", "-a"]);
}

/// Every process that has this text in a file of its directory in /proc.
fn with_text(file: &str, text: &str) -> Vec<String> {
    let entries = std::fs::read_dir("/proc").expect("procfs").flatten();
    let texts = entries.filter_map(|entry| {
        let bytes = std::fs::read(entry.path().join(file)).ok()?;
        let found = String::from_utf8_lossy(&bytes).contains(text);
        let name = std::fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
        found.then(|| format!("{} {name}", entry.path().display()))
    });
    texts.collect()
}

/// Starts the words after it in a bad state: signals ignored and blocked, nice, few descriptors, no address
/// randomisation, a session keyring with a key in it whose number is printed.
const BAD_STATE: &str = r#"
import ctypes, os, resource, signal, sys
libc = ctypes.CDLL(None)
for number in range(1, 65):
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
os.umask(int(sys.argv[1], 8))
os.nice(5)
libc.personality(0x0040000)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
open("/proc/self/oom_score_adj", "w").write("300")
keyring = libc.syscall(250, 1, b"ours", 0, 0, 0)
libc.syscall(248, b"user", b"host-secret", b"x", 1, -3)
os.write(2, b"keyring %d\n" % keyring)
os.execv(sys.argv[2], sys.argv[2:])
"#;

/// Runs coracle from such a state, with this umask.
fn badly(world: &World, umask: &str, words: &[&str]) -> Done {
    let mut command = world.other("python3");
    command.args(["-c", BAD_STATE, umask]);
    command.arg(support::binary()).args(words);
    finish(command)
}

#[test]
fn s_73_the_callers_process_state_is_not_the_containers() {
    if !ready() || !support::have(&["python3"]) {
        return;
    }
    let world = probing::world();
    let check = |report: &Value, what: &str| {
        assert_eq!(report["umask"], 0o022, "{what}");
        for set in ["SigIgn", "SigBlk"] {
            assert_eq!(report[set], "0000000000000000", "{what}: {set}");
        }
        assert_eq!(report["personality"], 0, "{what}");
        assert_eq!(report["oom_score_adj"], "300", "{what}");
        assert_ne!(report["sessionid"], "0", "{what}");
        let files = words(&report["limits"])
            .into_iter()
            .find(|row| row.starts_with("Max open files"))
            .expect("a row");
        let numbers: Vec<u64> = files
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        assert!(
            numbers[0] > 64 && numbers[0] == numbers[1],
            "{what}: {files}"
        );
    };
    let open = "--security-opt seccomp=unconfined";
    for umask in ["000", "077"] {
        // KEYCTL_GET_KEYRING_ID and KEYCTL_SEARCH of the session keyring: keyctl(2).
        let question = "report -- call 250 0 -3 0 -- call 250 10 -3 s:user s:host-secret 0";
        let start = format!("run --rm --network none {open} localhost/probe {question}");
        let done = badly(&world, umask, &start.split(' ').collect::<Vec<_>>());
        let all = answers(&done);
        check(&all[0], "run");
        let outside = done
            .stderr
            .lines()
            .find_map(|line| line.strip_prefix("keyring "));
        let inside = all[1]["result"].to_string();
        assert_ne!(outside, Some(inside.as_str()), "{done}");
        assert_ne!(all[2]["errno"], 0, "the caller's key is there: {done}");
        let start =
            format!("run -d --name long --network none {open} localhost/probe report -- sleep 600");
        badly(&world, umask, &start.split(' ').collect::<Vec<_>>()).expect_code(0);
        let log = world.wait_for_log("long", "\n");
        check(&serde_json::from_str(log.trim()).expect("JSON"), "run -d");
        let words = [
            "exec",
            "long",
            "/probe",
            "report",
            "--",
            "call",
            "250",
            "10",
            "-3",
            "s:user",
            "s:host-secret",
            "0",
        ];
        let done = badly(&world, umask, &words);
        check(&answers(&done)[0], "exec");
        assert_ne!(answers(&done)[1]["errno"], 0, "{done}");
        world.ok(["rm", "-f", "-t", "0", "long"]);
    }
    // Whoever kills the container first would spare it: never below the caller's.
    let lower = "run --rm --network none --oom-score-adj 100 localhost/probe report";
    let done = badly(&world, "022", &lower.split(' ').collect::<Vec<_>>());
    assert_eq!(answers(&done)[0]["oom_score_adj"], "300");
    assert!(done.stderr.contains("oom_score_adj"), "{done}");
}

#[test]
fn s_73_an_execution_domain_is_had_by_asking() {
    if !ready() {
        return;
    }
    let world = probing::world();
    sleeper(&world, "--personality LINUX32");
    let done = world.coracle(["exec", "long", "/probe"]);
    assert_eq!(answers(&done)[0]["personality"], 8);
    world.ok(["rm", "-f", "-t", "0", "long"]);
}

#[test]
fn s_73_limits_above_the_hard_ones_are_refused() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let limited = |limits: &str, words: &str| {
        let script = format!("{limits}; exec {} {words}", support::binary().display());
        let mut command = world.other("bash");
        command.args(["-c", &script]);
        finish(command)
    };
    let asked = "run --rm --network none --ulimit core=1048576:1048576 localhost/probe report";
    let refused = limited("ulimit -c 1", asked);
    assert!(refused.code != 0 && refused.stdout.is_empty(), "{refused}");
    refused.expect_refusal("core");
    let plain = "run --rm --network none localhost/probe report";
    limited("ulimit -n 64", plain).expect_refusal("RLIMIT_NOFILE is 64");
    // A reader that leaves ends its writer, whatever was ignored outside.
    if support::images::have_tiny() {
        world.load("tiny");
        let script = "run --rm --network none tiny sh -c 'yes | head -n 1; echo end'";
        let done = limited("trap '' PIPE", script);
        assert_eq!(
            (done.stdout.as_str(), done.stderr.as_str()),
            ("y\nend\n", ""),
            "{done}"
        );
    }
}

#[test]
fn s_73_the_callers_terminal_does_not_control_the_container() {
    if !ready() {
        return;
    }
    let world = probing::world();
    sleeper(&world, "");
    for words in [
        &[
            "run",
            "--rm",
            "--network",
            "none",
            "localhost/probe",
            "read",
            "/dev/tty",
        ][..],
        &[
            "run",
            "--rm",
            "-i",
            "--network",
            "none",
            "localhost/probe",
            "read",
            "/dev/tty",
        ],
        &["exec", "long", "/probe", "read", "/dev/tty"],
    ] {
        let mut pty = world.coracle_pty(words);
        let screen = pty.expect("\"text\"");
        assert!(
            screen.contains(&format!("\"errno\":{ENXIO}")),
            "{words:?}: {screen}"
        );
        assert_eq!(pty.wait(), 0);
    }
    world.ok(["rm", "-f", "-t", "0", "long"]);
}
