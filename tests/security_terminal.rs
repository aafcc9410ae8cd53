//! Row S-71 of the security catalogue: what is typed into the user's terminal.

mod support;

use support::probing::{self, answers, run};
use support::{Pty, World};

const EPERM: i64 = 1;
const ENXIO: i64 = 6;
const ENOTTY: i64 = 25;

/// TIOCSTI and TIOCLINUX on every standard stream and on the controlling terminal, also with a high bit, which
/// the kernel does not look at: ioctl_tty(2).
const PUSH: &str = "call 16 0 0x5412 s:x -- call 16 1 0x5412 s:x -- call 16 2 0x5412 s:x \
    -- call 16 0 0x100005412 s:x -- call 16 0 0x541c s:x -- call 16 0 0x10000541c s:x \
    -- call 2 s:/dev/tty 2 -- call 16 3 0x5412 s:x -- call 16 3 0x100005412 s:x";

fn ready() -> bool {
    probing::have_probe()
}

/// Runs coracle under a shell on a terminal that then reads what was typed; returns all it showed.
fn under_a_shell(world: &World, words: &str) -> String {
    let script = format!(
        "{} {words}; echo ended-$?; while read -r -t 2 line; do echo \"got<$line>\"; done; echo all-read",
        support::binary().display()
    );
    let mut command = world.other("setsid");
    command.args(["--ctty", "bash", "-c", &script]);
    let mut pty = Pty::run(command);
    let screen = pty.expect("all-read");
    assert_eq!(pty.wait(), 0, "{screen}");
    screen
}

#[test]
fn s_71_nothing_is_typed_into_the_users_terminal() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let start = "run -d --name long --network none --security-opt seccomp=unconfined localhost/probe sleep 600";
    world.ok(start.split(' '));
    let open = "--security-opt seccomp=unconfined";
    for words in [
        format!("run --rm --network none localhost/probe {PUSH}"),
        format!("run --rm -i --network none localhost/probe {PUSH}"),
        format!("run --rm -t --network none localhost/probe {PUSH}"),
        format!("run --rm -i -t --network none localhost/probe {PUSH}"),
        format!("run --rm {open} --network none localhost/probe {PUSH}"),
        format!("run --rm -i {open} --network none localhost/probe {PUSH}"),
        format!("run --rm -i -t --privileged --network none localhost/probe {PUSH}"),
        format!("exec long /probe {PUSH}"),
        format!("exec -i long /probe {PUSH}"),
        format!("exec -i -t --privileged long /probe {PUSH}"),
        // Handed over on purpose, and yet nothing can be typed into it.
        format!("run --rm --log-driver passthrough-tty --network none localhost/probe {PUSH}"),
    ] {
        let screen = under_a_shell(&world, &words);
        assert!(screen.contains("ended-0"), "{words}: {screen}");
        assert!(!screen.contains("got<"), "{words}: {screen}");
    }
    world.ok(["rm", "-f", "-t", "0", "long"]);
}

#[test]
fn s_71_streams_are_pipes_and_the_calls_are_refused() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let codes = |done: &support::Done| -> Vec<i64> {
        let all = answers(done);
        all.iter()
            .map(|one| one["errno"].as_i64().expect("an errno"))
            .collect()
    };
    let done = run(&world, "", "probe", PUSH);
    let mut expected = vec![EPERM; 9];
    expected[6] = ENXIO;
    assert_eq!(codes(&done), expected, "{done}");
    let done = run(&world, "--security-opt seccomp=unconfined", "probe", PUSH);
    let mut expected = vec![ENOTTY; 9];
    expected[6] = ENXIO;
    // EBADF: nothing was opened.
    (expected[7], expected[8]) = (9, 9);
    assert_eq!(codes(&done), expected, "{done}");
    // A terminal of its own, in a session of its own: not ours.
    let mut pty = world.coracle_pty([
        "run",
        "--rm",
        "-t",
        "--network",
        "none",
        "localhost/probe",
        "report",
    ]);
    let screen = pty.expect("\"sessionid\"");
    assert_eq!(pty.wait(), 0);
    assert!(
        screen.contains("\"0 /dev/pts/0\"") && screen.contains("\"2 /dev/pts/0\""),
        "{screen}"
    );
}
