//! Rows S-82 and S-83 of the security catalogue: what a container writes, and where it is kept.

mod support;

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;
use std::time::Duration;

use support::world::finish;
use support::{Canary, World, apart, images};

fn tiny() -> Option<World> {
    images::have_tiny().then(|| World::with_image("tiny"))
}

/// What is not text: every byte, NULs, half characters, lines around the size at which they are split.
fn bytes() -> Vec<u8> {
    let mut all: Vec<u8> = (0..=255).collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..300_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        all.push(state as u8);
    }
    for length in [0, 1, 8191, 8192, 8193, 16_383, 16_384, 16_385, 70_000] {
        all.extend(std::iter::repeat_n(b'x', length));
        all.push(b'\n');
    }
    all.extend([0; 20_000]);
    all.extend(b"\xe2\x82");
    all
}

#[test]
fn s_82_every_byte_comes_back_from_every_kind_of_log() {
    let Some(world) = tiny() else { return };
    let sent = bytes();
    for driver in ["k8s-file", "json-file"] {
        let start = [
            "run",
            "-i",
            "--name",
            driver,
            "--network",
            "none",
            "--log-driver",
            driver,
            "tiny",
            "cat",
        ];
        let done = world.coracle_fed(start, sent.clone());
        assert!(
            done.raw == sent,
            "{driver}: the attached command's bytes differ"
        );
        let done = world.coracle(["logs", driver]);
        assert!(
            done.raw == sent,
            "{driver}: {} of {} bytes",
            done.raw.len(),
            sent.len()
        );
        let done = world.coracle(["logs", "-f", "--tail", "1000000", driver]);
        assert!(done.raw == sent, "{driver}: followed");
        let log = std::fs::read(world.inspect(driver, "{{.HostConfig.LogConfig.Path}}"))
            .expect("the log");
        let longest = log.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
        assert!(
            longest.is_some_and(|length| length <= 45 + 8192),
            "{longest:?}"
        );
    }
}

/// A number of /proc/PID/status, in kB.
fn status(pid: &str, field: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{field}:")));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("a number")
}

#[test]
fn s_82_an_endless_line_needs_no_memory() {
    let Some(world) = tiny() else { return };
    const LENGTH: usize = 96 << 20;
    let script = format!(
        "head -c {LENGTH} /dev/zero; head -c {LENGTH} /dev/zero >&2; touch /done; sleep 600"
    );
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        &script,
    ]);
    support::wait_until("all is written", Duration::from_secs(90), || {
        world.coracle(["exec", "long", "test", "-e", "/done"]).code == 0
    });
    let monitor = world.inspect("long", "{{.State.ConmonPid}}");
    let peak = status(&monitor, "VmHWM");
    assert!(peak < 2048, "the monitor took {peak} kB");
    // With less memory than the line is long.
    let script = format!(
        "ulimit -v 65536; exec {} logs long",
        support::binary().display()
    );
    let mut command = world.other("bash");
    command.args([
        "-c",
        &format!("({script}) 2>err | sha256sum; sha256sum <err"),
    ]);
    let done = finish(command);
    let zeros = images::sha256(&vec![0; LENGTH]);
    assert_eq!(done.stdout, format!("{zeros}  -\n{zeros}  -\n"), "{done}");
    let last = world.coracle(["logs", "--tail", "1", "long"]);
    assert!(
        last.code == 0 && last.raw.len() <= 4 << 20,
        "{}",
        last.raw.len()
    );
    world.ok(["rm", "-f", "-t", "0", "long"]);
}

#[test]
fn s_82_single_bytes_are_lines_again() {
    let Some(world) = tiny() else { return };
    const COUNT: usize = 200_000;
    let script = format!("yes abcdefg | head -c {COUNT} | dd bs=1 2>/dev/null; echo end");
    world.ok([
        "run",
        "--name",
        "bytes",
        "--network",
        "none",
        "tiny",
        "sh",
        "-c",
        &script,
    ]);
    let text = world.ok(["logs", "bytes"]);
    assert!(text == "abcdefg\n".repeat(COUNT / 8) + "end");
    let log = std::fs::metadata(world.inspect("bytes", "{{.HostConfig.LogConfig.Path}}"))
        .expect("the log")
        .len();
    assert!(log < 12 * COUNT as u64, "{log} bytes of log for {COUNT}");
}

/// Done on a small tmpfs, the log on it.
const FULL: &str = r#"
mount -t tmpfs -o size=512k,mode=700 none "$small" || exit 77
c=$CORACLE_BIN
log=--log-opt=path=$small/own.log
$c run --name one --network none "$log" tiny sh -c 'yes 0123456789 | head -c 3000000; exit 3' >out
echo "code $? $(wc -c <out)"
echo "lost $($c inspect --format '{{.State.LogBytesLost}}' one 2>&1)"
echo "kept $($c logs one | wc -c)"
rm "$small/own.log"
$c run -d --name two --network none --tmpfs /t "$log" tiny sh -c 'echo first; while [ ! -e /t/go ]; do sleep 0.1; done; yes lost | head -c 20000; touch /t/said; while [ ! -e /t/on ]; do sleep 0.1; done; echo last'
until $c logs two | grep -q first; do sleep 0.1; done
dd if=/dev/zero of="$small/filler" bs=1k 2>/dev/null
$c exec two touch /t/go
until $c exec two test -e /t/said; do sleep 0.1; done
sleep 0.3
rm "$small/filler"
$c exec two touch /t/on
$c wait two
$c logs two | sort -u | tr '\n' ' '
$c logs two | tail -n 1
$c inspect --format '{{gt .State.LogBytesLost 1000}}' two
$c rm -f -t 0 -a >/dev/null
"#;

#[test]
fn s_83_a_full_disk_costs_records_and_they_are_counted() {
    if !images::have_tiny() || !support::have(&["unshare"]) || !support::have_subordinate_ids() {
        return;
    }
    let world = World::with_image("tiny");
    let small = world.path("small");
    std::fs::create_dir(&small).expect("ours");
    let mut command = apart::mounting(&world, FULL);
    command
        .env("small", &small)
        .env("CORACLE_BIN", support::binary());
    let done = finish(command);
    if done.code == 77 {
        return support::skip("no tmpfs can be mounted in a user namespace");
    }
    assert_eq!(done.code, 0, "{done}");
    let number = |name: &str| -> u64 {
        let line = done.stdout.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().parse().ok())
            .expect("a number")
    };
    // What is not in the file is counted.
    let (lost, kept) = (number("lost "), number("kept "));
    assert_eq!(lost + kept, 3_000_000, "{done}");
    assert!(kept > 100_000, "{done}");
    assert!(done.stdout.contains("code 3 3000000\n"), "{done}");
    // The container went on, and so does its log once there is room.
    let end = [
        "0\nfirst last last\ntrue\n",
        "0\nfirst last lost last\ntrue\n",
    ];
    assert!(end.iter().any(|end| done.stdout.ends_with(end)), "{done}");
}

#[test]
fn s_83_who_follows_sees_past_rotation_and_truncation() {
    let Some(world) = tiny() else { return };
    // It says little before the follower is there: more than two files of it are not kept.
    let script = "echo begin; while [ ! -e /begin ]; do sleep 0.1; done; \
                  i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo line $i; [ $((i % 100)) = 0 ] && sleep 0.1; done; \
                  while [ ! -e /go ]; do sleep 0.1; done; echo after; while :; do sleep 1; done";
    let start = [
        "run",
        "-d",
        "--name",
        "c",
        "--network",
        "none",
        "--log-opt",
        "max-size=40k",
        "tiny",
        "sh",
        "-c",
        script,
    ];
    world.ok(start);
    let mut follower = world.start(["logs", "-f", "c"]);
    follower.expect_stdout("begin\n");
    world.ok(["exec", "c", "touch", "/begin"]);
    follower.expect_stdout("line 3000\n");
    let expected: String = (1..=3000).map(|n| format!("line {n}\n")).collect();
    assert_eq!(follower.stdout_so_far(), "begin\n".to_owned() + &expected);
    let path = PathBuf::from(world.inspect("c", "{{.HostConfig.LogConfig.Path}}"));
    for name in ["ctr.log", "ctr.log.1"] {
        let meta = std::fs::metadata(path.with_file_name(name)).expect(name);
        assert!(meta.len() <= 40_000 + 32_768, "{name}: {}", meta.len());
        assert_eq!(meta.permissions().mode() & 0o777, 0o600, "{name}");
    }
    std::fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_len(0))
        .expect("ours");
    world.ok(["exec", "c", "touch", "/go"]);
    follower.expect_stdout("line 3000\nafter\n");
    world.ok(["rm", "-f", "-t", "0", "c"]);
    assert_eq!(follower.wait(Duration::from_secs(20)).code, 0);
}

#[test]
fn s_83_a_log_that_was_replaced_is_neither_read_nor_written() {
    let Some(world) = tiny() else { return };
    let canary = Canary::new(world.root());
    world.ok([
        "run",
        "--name",
        "c",
        "--network",
        "none",
        "tiny",
        "echo",
        "hello",
    ]);
    let path = PathBuf::from(world.inspect("c", "{{.HostConfig.LogConfig.Path}}"));
    let aside = path.with_file_name("ctr.log.1");
    assert_eq!(
        std::fs::metadata(&path).expect("a log").mode() & 0o777,
        0o600
    );
    let target = canary.path().join("file");
    type Replace<'a> = &'a dyn Fn(&PathBuf);
    let link: Replace<'_> = &|path| std::os::unix::fs::symlink(&target, path).expect("a link");
    let fifo: Replace<'_> = &|path| {
        let (kind, mode) = (
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
        );
        rustix::fs::mknodat(rustix::fs::CWD, path, kind, mode, 0).expect("a fifo");
    };
    let folder: Replace<'_> = &|path| std::fs::create_dir(path).expect("a folder");
    let restore = |path: &PathBuf| {
        let _ = std::fs::remove_file(path);
        let _ = std::fs::remove_dir(path);
    };
    for replace in [link, fifo, folder] {
        for path in [&path, &aside] {
            restore(path);
            replace(path);
            let done = world.coracle(["logs", "c"]);
            assert!(!done.stdout.contains("canary"), "{done}");
            done.expect_refusal(&path.file_name().expect("a name").to_string_lossy());
            let limit = Duration::from_secs(30);
            let followed = world.start(["logs", "-f", "c"]).wait(limit);
            assert_ne!(followed.code, 0, "{followed}");
            // The container is none the worse.
            world.start(["start", "-a", "c"]).wait(limit).expect_code(0);
            canary.check();
            restore(path);
        }
    }
    world.ok(["start", "-a", "c"]);
    let log = world.ok(["logs", "c"]);
    assert!(log.lines().all(|line| line == "hello"), "{log}");
    // Nor is one that was a link from the beginning.
    let own = world.path("own.log");
    std::os::unix::fs::symlink(&target, &own).expect("a link");
    let option = format!("path={}", own.display());
    let done = world.coracle([
        "run",
        "--rm",
        "--network",
        "none",
        "--log-opt",
        &option,
        "tiny",
        "echo",
        "hello",
    ]);
    assert_eq!((done.code, done.stdout.as_str()), (0, "hello\n"), "{done}");
    canary.check();
}
