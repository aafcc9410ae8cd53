//! `coracle runtime` by the rules of the runtime spec: bundles of `runtime spec` and busybox.

#![allow(clippy::print_stdout, reason = "a test may talk")]

mod support;

use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use support::world::finish;
use support::{Done, World};

/// A bundle in a world of its own; its containers are kept there too.
struct Bundle {
    world: World,
    directory: PathBuf,
}

impl Bundle {
    /// A bundle whose process is a shell with this script.
    fn new(script: &str) -> Option<Self> {
        let busybox = support::find_program("busybox")?;
        let world = World::new();
        let directory = world.path("bundle");
        std::fs::create_dir_all(directory.join("rootfs/bin")).expect("a directory");
        std::fs::create_dir_all(directory.join("rootfs/tmp")).expect("a directory");
        std::fs::copy(&busybox, directory.join("rootfs/bin/busybox")).expect("busybox");
        for name in [
            "sh", "sleep", "cat", "id", "ls", "grep", "hostname", "tty", "stty", "kill",
        ] {
            std::os::unix::fs::symlink("busybox", directory.join("rootfs/bin").join(name))
                .expect("a link");
        }
        let text = directory.to_string_lossy().into_owned();
        world.ok(["runtime", "spec", "--rootless", "--bundle", &text]);
        let bundle = Self { world, directory };
        bundle.change(|spec| {
            spec["process"]["terminal"] = json!(false);
            spec["process"]["args"] = json!(["sh", "-c", script]);
            spec["root"]["readonly"] = json!(false);
        });
        Some(bundle)
    }

    fn change(&self, change: impl FnOnce(&mut Value)) {
        let path = self.directory.join("config.json");
        let mut spec: Value =
            serde_json::from_slice(&std::fs::read(&path).expect("a spec")).expect("JSON");
        change(&mut spec);
        std::fs::write(path, spec.to_string()).expect("writable");
    }

    /// Where its containers are kept: root's usual place is everybody's.
    fn root(&self) -> String {
        let root = self.world.root().join("run/coracle-runtime");
        root.to_string_lossy().into_owned()
    }

    /// Runs a command of the runtime whose output nothing else keeps open.
    fn runtime(&self, words: &[&str]) -> Done {
        let root = self.root();
        let mut all = vec!["runtime", "--root", &root];
        all.extend(words);
        self.world.coracle(all)
    }

    /// Creates: the container keeps our streams, so they are a file.
    fn create(&self, words: &[&str]) -> Done {
        let mut command = self.world.other("sh");
        command
            .args(["-c", "exec \"$@\" </dev/null >>output 2>>output", "sh"])
            .arg(support::binary())
            .args(["runtime", "--root", &self.root(), "create", "--bundle"])
            .arg(&self.directory)
            .args(words)
            .current_dir(self.world.path(""));
        finish(command)
    }

    fn output(&self) -> String {
        std::fs::read_to_string(self.world.path("output")).unwrap_or_default()
    }

    fn run(&self) -> Done {
        let bundle = self.directory.to_string_lossy().into_owned();
        self.runtime(&["run", "--bundle", &bundle, "c"])
    }

    fn status(&self) -> String {
        let done = self.runtime(&["state", "c"]).expect_code(0);
        let state: Value = serde_json::from_str(&done.stdout).expect("JSON");
        state["status"].as_str().unwrap_or_default().to_owned()
    }

    fn wait_for(&self, status: &str) {
        support::wait_until(status, Duration::from_secs(20), || self.status() == status);
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        self.runtime(&["delete", "--force", "c"]);
    }
}

#[test]
fn a_container_is_created_started_killed_and_deleted() {
    let Some(bundle) = Bundle::new("echo up; sleep 1000") else {
        return;
    };
    let pid_file = bundle.world.path("pid");
    bundle
        .create(&["--pid-file", &pid_file.to_string_lossy(), "c"])
        .expect_code(0);
    let state: Value =
        serde_json::from_str(&bundle.runtime(&["state", "c"]).expect_code(0).stdout).expect("JSON");
    assert_eq!(state["status"], "created");
    assert_eq!(state["id"], "c");
    assert_eq!(state["bundle"], json!(bundle.directory));
    let pid = std::fs::read_to_string(&pid_file).expect("a pid file");
    assert_eq!(state["pid"].to_string(), pid);
    assert_eq!(bundle.output(), "", "nothing has run");

    let again = bundle.create(&["c"]);
    assert_eq!(again.code, 1);
    assert!(bundle.output().contains("container with id exists: c"));

    bundle.runtime(&["start", "c"]).expect_code(0);
    assert_eq!(bundle.status(), "running");
    let twice = bundle.runtime(&["start", "c"]).expect_code(1);
    assert!(twice.stderr.contains("it is running"), "{twice}");
    let early = bundle.runtime(&["delete", "c"]).expect_code(1);
    assert!(early.stderr.contains("it is running"), "{early}");
    let listed = bundle.runtime(&["list", "--format", "json"]).stdout;
    assert!(listed.contains("\"running\""), "{listed}");
    assert!(bundle.runtime(&["ps", "c"]).stdout.contains(&pid));

    bundle.runtime(&["kill", "c", "KILL"]).expect_code(0);
    bundle.wait_for("stopped");
    let dead = bundle.runtime(&["kill", "c", "TERM"]).expect_code(1);
    assert!(dead.stderr.contains("it is stopped"), "{dead}");
    bundle.runtime(&["start", "c"]).expect_code(1);
    bundle.runtime(&["delete", "c"]).expect_code(0);
    for verb in [
        &["state", "c"][..],
        &["kill", "c"],
        &["start", "c"],
        &["delete", "c"],
    ] {
        let gone = bundle.runtime(verb).expect_code(1);
        assert!(gone.stderr.contains("does not exist"), "{gone}");
    }
    bundle.runtime(&["delete", "--force", "c"]).expect_code(0);
}

#[test]
fn the_exit_code_of_the_process_becomes_that_of_run() {
    for (script, code) in [("exit 7", 7), ("kill -TERM $$; sleep 9", 0), ("true", 0)] {
        let Some(bundle) = Bundle::new(script) else {
            return;
        };
        let done = bundle.run();
        // As process 1 a shell is not ended by its own signal.
        assert_eq!(done.code, code, "{script}: {done}");
        assert_eq!(bundle.runtime(&["state", "c"]).code, 1, "it was removed");
    }
}

#[test]
fn what_the_spec_asks_for_is_what_is_there() {
    let script = "id -u; hostname; cat /proc/self/uid_map; grep -E 'NoNewPrivs|CapBnd' \
                  /proc/self/status; ls /dev/null /dev/fd; cat /sys/kernel/hostname 2>/dev/null; \
                  echo x > /proc/sys/kernel/sysrq; cat /proc/keys; echo end";
    let Some(bundle) = Bundle::new(script) else {
        return;
    };
    bundle.change(|spec| spec["hostname"] = json!("vessel"));
    let done = bundle.run().expect_code(0);
    assert!(done.stdout.starts_with("0\nvessel\n"), "{done}");
    let map: Vec<&str> = done
        .stdout
        .lines()
        .nth(2)
        .expect("a map")
        .split_whitespace()
        .collect();
    assert_eq!(
        (map[0], map[2]),
        ("0", "1"),
        "no other map than asked: {done}"
    );
    assert!(done.stdout.contains("NoNewPrivs:\t1"), "{done}");
    assert!(done.stdout.contains("CapBnd:\t0000000020000420"), "{done}");
    assert!(
        done.stderr.contains("/proc/sys/kernel/sysrq"),
        "read-only: {done}"
    );
    assert!(done.stdout.ends_with("end\n"), "masked: {done}");
}

#[test]
fn hooks_run_in_their_order_and_namespaces() {
    let Some(bundle) = Bundle::new("echo main >> /tmp/order") else {
        return;
    };
    let host = bundle.world.path("order");
    let inside = bundle.directory.join("rootfs/tmp/order");
    bundle.change(|spec| {
        for kind in [
            "prestart",
            "createRuntime",
            "createContainer",
            "poststart",
            "poststop",
        ] {
            let script = format!("cat >/dev/null; echo {kind} >> {}", host.display());
            spec["hooks"][kind] = json!([{"path": "/bin/sh", "args": ["sh", "-c", script]}]);
        }
        let script = "grep -q '\"status\":\"created\"' && echo startContainer >> /tmp/order";
        spec["hooks"]["startContainer"] =
            json!([{"path": "/bin/sh", "args": ["sh", "-c", script], "env": ["PATH=/bin"]}]);
    });
    bundle.run().expect_code(0);
    let order = std::fs::read_to_string(host).expect("hooks ran");
    assert_eq!(
        order.split_whitespace().collect::<Vec<_>>(),
        [
            "prestart",
            "createRuntime",
            "createContainer",
            "poststart",
            "poststop"
        ]
    );
    assert_eq!(
        std::fs::read_to_string(inside).expect("in the root"),
        "startContainer\nmain\n"
    );
}

#[test]
fn a_hook_that_fails_or_hangs_ends_the_creation() {
    for (kind, script, timeout, said) in [
        ("createRuntime", "echo bad luck >&2; exit 3", 0, "bad luck"),
        ("createContainer", "exit 4", 0, "ended with code 4"),
        ("createRuntime", "exec sleep 60", 1, "took longer than 1 s"),
        ("createContainer", "exec sleep 60", 1, "timed out"),
        ("startContainer", "exit 5", 0, "ended with code 5"),
    ] {
        let Some(bundle) = Bundle::new("echo ran") else {
            return;
        };
        bundle.change(|spec| {
            spec["hooks"][kind] = json!([{"path": "/bin/sh",
                "args": ["sh", "-c", script], "timeout": timeout, "env": ["PATH=/bin:/usr/bin"]}]);
            if timeout == 0 {
                let hook = &mut spec["hooks"][kind][0];
                hook.as_object_mut().expect("an object").remove("timeout");
            }
        });
        let done = bundle.run().expect_code(1);
        assert!(
            done.stderr.contains(kind) && done.stderr.contains(said),
            "{done}"
        );
        assert_eq!(done.stdout, "", "{done}");
        assert_eq!(bundle.runtime(&["state", "c"]).code, 1, "nothing is left");
    }
}

#[test]
fn a_terminal_goes_to_the_console_socket() {
    let Some(bundle) = Bundle::new("tty; stty size; ls -l /dev/console; sleep 1000") else {
        return;
    };
    bundle.change(|spec| {
        spec["process"]["terminal"] = json!(true);
        spec["process"]["consoleSize"] = json!({"height": 30, "width": 90});
    });
    let done = bundle.create(&["c"]);
    assert_eq!(done.code, 1);
    assert!(
        bundle.output().contains("--console-socket"),
        "{}",
        bundle.output()
    );
    let path = bundle.world.path("console");
    let listener = UnixListener::bind(&path).expect("a socket");
    bundle
        .create(&["--console-socket", &path.to_string_lossy(), "c"])
        .expect_code(0);
    let (stream, _) = listener.accept().expect("a connection");
    let master = received(&stream);
    bundle.runtime(&["start", "c"]).expect_code(0);
    let mut text = String::new();
    support::wait_until("the terminal's words", Duration::from_secs(20), || {
        let mut bytes = [0; 1024];
        let count = rustix::io::read(&master, &mut bytes).unwrap_or(0);
        text.push_str(&String::from_utf8_lossy(&bytes[..count]));
        text.contains("/dev/console")
    });
    assert!(text.starts_with("/dev/pts/0\r\n30 90\r\n"), "{text:?}");
}

/// The descriptor that came over a socket.
fn received(stream: &std::os::unix::net::UnixStream) -> std::os::fd::OwnedFd {
    use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
    let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut bytes = [0; 64];
    let mut vectors = [std::io::IoSliceMut::new(&mut bytes)];
    recvmsg(stream, &mut vectors, &mut control, RecvFlags::empty()).expect("a message");
    let fd = control.drain().find_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut fds) => fds.next(),
        _ => None,
    });
    fd.expect("a descriptor")
}

#[test]
fn exec_runs_one_more_process_as_told() {
    let Some(bundle) = Bundle::new("sleep 1000") else {
        return;
    };
    bundle.create(&["c"]).expect_code(0);
    bundle.runtime(&["start", "c"]).expect_code(0);
    let done = bundle.runtime(&[
        "exec",
        "--env",
        "A=b",
        "--cwd",
        "/tmp",
        "c",
        "sh",
        "-c",
        "echo $A; pwd; id -u; exit 5",
    ]);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (5, "b\n/tmp\n0\n"),
        "{done}"
    );
    let missing = bundle.runtime(&["exec", "c", "nope"]).expect_code(1);
    assert!(
        missing
            .stderr
            .contains("executable file `nope` not found in $PATH"),
        "{missing}"
    );
    let wrong = bundle
        .runtime(&["exec", "--user", "root", "c", "id"])
        .expect_code(1);
    assert!(wrong.stderr.contains("is not UID[:GID]"), "{wrong}");
    let process = bundle.world.write(
        "process.json",
        json!({"args": ["sh", "-c", "grep NoNewPrivs /proc/self/status"], "cwd": "/",
            "env": ["PATH=/bin"], "noNewPrivileges": true, "user": {"uid": 0, "gid": 0}})
        .to_string(),
    );
    let done = bundle.runtime(&["exec", "--process", &process.to_string_lossy(), "c"]);
    assert_eq!(done.stdout, "NoNewPrivs:\t1\n", "{done}");
}

#[test]
fn a_missing_program_fails_at_create_in_the_words_engines_know() {
    for (args, said) in [
        (json!(["nope"]), "executable file `nope` not found in $PATH"),
        (
            json!(["/no/such"]),
            "exec /no/such: no such file or directory",
        ),
        (json!(["/tmp"]), "exec /tmp: permission denied"),
    ] {
        let Some(bundle) = Bundle::new("") else {
            return;
        };
        bundle.change(|spec| spec["process"]["args"] = args);
        let log = bundle.world.path("log");
        let mut command = bundle.world.command([
            "runtime",
            "--root",
            &bundle.root(),
            "--log",
            &log.to_string_lossy(),
            "--log-format",
            "json",
            "create",
            "--bundle",
        ]);
        command.arg(&bundle.directory).arg("c");
        let done = finish(command).expect_code(1);
        assert!(done.stderr.contains(said), "{done}");
        let line = std::fs::read_to_string(log).expect("a log");
        let event: Value = serde_json::from_str(line.trim()).expect("one JSON line");
        assert_eq!(event["level"], "error");
        assert!(
            event["msg"].as_str().is_some_and(|m| m.contains(said)),
            "{line}"
        );
    }
}

#[test]
fn descriptors_are_preserved_on_request_and_no_others() {
    let Some(bundle) = Bundle::new("ls /proc/self/fd; cat <&3; cat <&4") else {
        return;
    };
    let one = bundle.world.write("one", "first\n");
    let two = bundle.world.write("two", "second\n");
    let mut command = bundle.world.other("sh");
    command
        .args(["-c", "exec \"$@\" 3<\"$ONE\" 4<\"$TWO\" 5</dev/null", "sh"])
        .arg(support::binary())
        .args(["runtime", "--root", &bundle.root(), "run"])
        .args(["--preserve-fds", "2", "--bundle"])
        .arg(&bundle.directory)
        .arg("c")
        .env("ONE", one)
        .env("TWO", two);
    let done = finish(command).expect_code(0);
    // ls itself opens one more.
    assert_eq!(done.stdout, "0\n1\n2\n3\n4\n5\nfirst\nsecond\n", "{done}");
}

#[test]
fn mount_options_are_obeyed_to_the_letter() {
    let script = "grep -E ' /(a|b|c) ' /proc/self/mountinfo; cat /c/seed; echo y > /b/x; echo no";
    let Some(bundle) = Bundle::new(script) else {
        return;
    };
    std::fs::create_dir_all(bundle.directory.join("rootfs/c")).expect("a directory");
    std::fs::write(bundle.directory.join("rootfs/c/seed"), "copied\n").expect("a file");
    std::fs::create_dir_all(bundle.directory.join("volume")).expect("a directory");
    bundle.change(|spec| {
        let mounts = spec["mounts"].as_array_mut().expect("a list");
        mounts.push(
            json!({"destination": "/a", "type": "tmpfs", "source": "vat",
            "options": ["nosuid", "nodev", "noexec", "size=64k", "mode=700"]}),
        );
        mounts.push(
            json!({"destination": "/b", "type": "bind", "source": "volume",
            "options": ["rbind", "ro", "nosymfollow"]}),
        );
        mounts.push(
            json!({"destination": "/c", "type": "tmpfs", "source": "tmpfs",
            "options": ["tmpcopyup"]}),
        );
    });
    let done = bundle.run();
    assert!(
        done.stdout
            .contains("rw,nosuid,nodev,noexec,relatime - tmpfs vat rw,size=64k,mode=700"),
        "{done}"
    );
    assert!(done.stdout.contains("copied\n"), "{done}");
    assert!(
        done.stderr.contains("/b/x: Read-only file system"),
        "a source in the bundle: {done}"
    );
    let line = done
        .stdout
        .lines()
        .find(|line| line.contains(" /b "))
        .expect("bound");
    assert!(line.contains("nosymfollow"), "{line}");
}

#[test]
fn terms_of_the_scheduler_are_set() {
    let Some(bundle) = Bundle::new(
        "cat /proc/self/oom_score_adj; grep -E '^(policy|prio)' /proc/self/sched; cat /proc/uptime; ls /proc/self/ns",
    ) else {
        return;
    };
    bundle.change(|spec| {
        spec["process"]["oomScoreAdj"] = json!(900);
        spec["process"]["scheduler"] = json!({"policy": "SCHED_BATCH", "nice": 5});
        spec["process"]["ioPriority"] = json!({"class": "IOPRIO_CLASS_IDLE", "priority": 0});
        spec["process"]["execCPUAffinity"] = json!({"initial": "0"});
        spec["linux"]["personality"] = json!({"domain": "LINUX"});
        spec["linux"]["namespaces"]
            .as_array_mut()
            .expect("a list")
            .push(json!({"type": "time"}));
        spec["linux"]["timeOffsets"] = json!({"boottime": {"secs": 1_000_000_000}});
    });
    let done = bundle.run().expect_code(0);
    assert!(done.stdout.starts_with("900\n"), "{done}");
    let uptime = done.stdout.lines().find(|line| line.starts_with("10"));
    assert!(
        uptime.is_some(),
        "the boot was a thousand million seconds ago: {done}"
    );
}

#[test]
fn what_is_not_done_is_refused_by_name() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 6] = [
        ("linux.intelRdt is not supported", |spec| {
            spec["linux"]["intelRdt"] = json!({"closID": "x"});
        }),
        ("linux.seccomp.listenerPath is not supported", |spec| {
            spec["linux"]["seccomp"] =
                json!({"defaultAction": "SCMP_ACT_ALLOW", "listenerPath": "/x"});
        }),
        ("mounts: /proc/self is not supported", |spec| {
            let mounts = spec["mounts"].as_array_mut().expect("a list");
            mounts.push(json!({"destination": "/proc/self", "type": "tmpfs"}));
        }),
        ("linux.sysctl.kernel.panic is not supported", |spec| {
            spec["linux"]["sysctl"] = json!({"kernel.panic": "1"});
        }),
        ("needs a user namespace", |spec| {
            let linux = spec["linux"].as_object_mut().expect("an object");
            linux.remove("uidMappings");
            linux.remove("gidMappings");
            linux["namespaces"] = json!([{"type": "mount"}, {"type": "uts"}]);
        }),
        ("ociVersion 9.0.0 is not supported", |spec| {
            spec["ociVersion"] = json!("9.0.0")
        }),
    ];
    for (said, change) in cases {
        let Some(bundle) = Bundle::new("echo ran") else {
            return;
        };
        if said.contains("user namespace") && rustix::process::geteuid().is_root() {
            continue;
        }
        bundle.change(change);
        let done = bundle.run().expect_code(1);
        assert!(done.stderr.contains(said), "{said}: {done}");
        assert_eq!(done.stdout, "");
    }
    let Some(bundle) = Bundle::new("") else {
        return;
    };
    for id in ["", "../x", "a/b", "a b", ".."] {
        let done = bundle.create(&[id]);
        assert_eq!(done.code, 1, "{id:?}");
    }
}

#[test]
fn the_link_named_coracle_runtime_takes_the_words_at_once() {
    let world = World::new();
    let link = world.path("coracle-runtime");
    std::os::unix::fs::symlink(support::binary(), &link).expect("a link");
    let mut command = world.other(&link);
    command.arg("--version");
    let done = finish(command).expect_code(0);
    assert!(
        done.stdout.starts_with("coracle-runtime version "),
        "{done}"
    );
    assert!(done.stdout.contains("spec: 1.3.0"), "{done}");
    let mut command = world.other(&link);
    command.arg("features");
    let features: Value = serde_json::from_str(&finish(command).stdout).expect("JSON");
    assert_eq!(features["ociVersionMax"], "1.3.0");
}

/// CVE-2019-5736: nothing in the container reaches a writable file of ours through /proc.
#[test]
fn s_63_the_runtime_leaves_no_writable_program_of_its_own_in_a_created_container() {
    let Some(bundle) = Bundle::new("sleep 1000") else {
        return;
    };
    let pid_file = bundle.world.path("pid");
    bundle
        .create(&["--pid-file", &pid_file.to_string_lossy(), "c"])
        .expect_code(0);
    bundle.runtime(&["start", "c"]).expect_code(0);
    let script = "for p in /proc/[0-9]*; do ls -l $p/exe; ls -l $p/fd; done 2>/dev/null; true";
    let done = bundle
        .runtime(&["exec", "c", "sh", "-c", script])
        .expect_code(0);
    let program = support::binary();
    let name = program.to_string_lossy();
    assert!(!done.stdout.contains(&*name), "{done}");
    let pid: i32 = std::fs::read_to_string(&pid_file)
        .expect("a pid")
        .parse()
        .expect("a number");
    let open = std::fs::read_dir(format!("/proc/{pid}/fd")).map(Iterator::count);
    if let Ok(count) = open {
        assert_eq!(count, 3, "descriptors of the workload");
    }
}

/// CVE-2019-16884 and its like: a link where the set-up mounts leads nowhere outside.
#[test]
fn s_51_links_of_a_bundle_are_not_followed_out_of_it() {
    for (path, target) in [("proc", "/tmp"), ("sys", ".."), ("dev", "/tmp")] {
        let Some(bundle) = Bundle::new("echo ran") else {
            return;
        };
        let link = bundle.directory.join("rootfs").join(path);
        let _ = std::fs::remove_dir(&link);
        std::os::unix::fs::symlink(target, &link).expect("a link");
        let done = bundle.run().expect_code(1);
        assert!(
            done.stderr.contains("too many levels of symbolic links"),
            "{path}: {done}"
        );
    }
    let Some(bundle) = Bundle::new("cat /etc/mounted") else {
        return;
    };
    std::os::unix::fs::symlink("../../../../../../etc", bundle.directory.join("rootfs/etc"))
        .expect("a link");
    let source = bundle.world.write("source", "inside\n");
    bundle.change(|spec| {
        let mounts = spec["mounts"].as_array_mut().expect("a list");
        mounts.push(
            json!({"destination": "/etc/mounted", "type": "bind", "source": source,
            "options": ["bind"]}),
        );
    });
    // The link leads to the container's own /etc, which is itself: a loop.
    let done = bundle.run();
    assert_eq!(done.code, 1, "{done}");
    assert!(!Path::new("/etc/mounted").exists());
}

/// S-77: a pid in the state that is somebody else's by now is left alone.
#[test]
fn s_77_a_recorded_pid_that_belongs_to_another_process_is_not_signalled() {
    let Some(bundle) = Bundle::new("sleep 1000") else {
        return;
    };
    bundle.create(&["c"]).expect_code(0);
    bundle.runtime(&["kill", "c", "KILL"]).expect_code(0);
    bundle.wait_for("stopped");
    let mut victim = std::process::Command::new("sleep")
        .arg("1000")
        .spawn()
        .expect("a process");
    let path = bundle.world.root().join("run/coracle-runtime/c/state.json");
    let text = std::fs::read_to_string(&path).expect("a state");
    let mut state: Value = serde_json::from_str(&text).expect("JSON");
    state["init"]["pid"] = json!(victim.id());
    std::fs::write(&path, state.to_string()).expect("writable");
    let done = bundle.runtime(&["kill", "c", "KILL"]).expect_code(1);
    assert!(done.stderr.contains("it is stopped"), "{done}");
    bundle.runtime(&["delete", "--force", "c"]).expect_code(0);
    assert!(
        victim.try_wait().expect("a child").is_none(),
        "the victim lives"
    );
    victim.kill().expect("ours");
    victim.wait().expect("a child");
}
