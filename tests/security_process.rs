//! Rows S-63 to S-70 of the security catalogue: what the process inherits and may do.

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use coracle::spec::seccomp::{Arch, Conditions, default};
use coracle::spec::security::{CapSet, DEFAULT_CAPABILITIES};
use support::probing::{self, CONFIG, Tree, answers, ask, run, words};
use support::{Canary, World};

fn ready() -> bool {
    probing::have_probe()
}

#[test]
fn s_63_no_executable_of_ours_can_be_written_from_inside() {
    if !ready() {
        return;
    }
    let world = probing::world();
    // The worst case: the binary belongs to the user.
    let copy = world.path("coracle");
    std::fs::copy(support::binary(), &copy).expect("a copy");
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).expect("ours");
    let before = support::images::sha256(&std::fs::read(&copy).expect("readable"));
    // An entrypoint that is whoever executes it.
    Tree::new()
        .program("self", "#!/proc/self/exe\n")
        .load(&world, "self", r#"{"Entrypoint":["/self"]}"#)
        .expect_code(0);
    for round in 0..10 {
        let mut command = world.other(&copy);
        command.args(["run", "--rm", "--network", "none", "localhost/self"]);
        let output = command.output().expect("it runs");
        assert_ne!(output.status.code(), Some(0), "{round}");
    }
    let mut command = world.other(&copy);
    command.args([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "localhost/probe",
        "hunt",
        "20",
    ]);
    assert!(command.output().expect("it runs").status.success());
    for _ in 0..20 {
        let mut command = world.other(&copy);
        let output = command
            .args(["exec", "long", "/probe", "exes"])
            .output()
            .expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(!text.contains("write Ok"), "{text}");
    }
    world.ok(["rm", "-f", "-t", "0", "long"]);
    let after = support::images::sha256(&std::fs::read(&copy).expect("readable"));
    assert_eq!(before, after);
}

#[test]
fn s_64_only_the_standard_descriptors_are_open() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let canary = Canary::new(world.root());
    let open = format!(
        "exec 3<{0}/file 17<{0}/folder 900<{0}/file; exec {1}",
        canary.path().display(),
        support::binary().display()
    );
    let through = |closing: &str, words: &str| {
        let script = format!("{open} {words} {closing}");
        let output = world
            .other("bash")
            .args(["-c", &script])
            .output()
            .expect("bash");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let numbers = |text: &str| -> Vec<String> {
        let report: serde_json::Value =
            serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
        words(&report["fds"])
            .into_iter()
            .map(|fd| fd.split(' ').next().expect("a number").to_owned())
            .collect()
    };
    let start = "run --rm --network none localhost/probe report";
    assert_eq!(numbers(&through("", start)), ["0", "1", "2"]);
    // What the caller closed is the null device, not the first file somebody opens.
    let text = through("0<&-", start);
    assert!(text.contains("\"0 /dev/null\""), "{text}");
    assert_eq!(numbers(&text), ["0", "1", "2"]);
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "localhost/probe",
        "sleep",
        "60",
    ]);
    assert_eq!(
        numbers(&through("", "exec long /probe report")),
        ["0", "1", "2"]
    );
    assert_eq!(
        numbers(&through("0<&-", "exec long /probe report")),
        ["0", "1", "2"]
    );
    let detached = through("", "run -d --network none localhost/probe report");
    let id = detached.trim();
    world.ok(["wait", id]);
    assert_eq!(numbers(&world.ok(["logs", id])), ["0", "1", "2"]);
    canary.check();
}

#[test]
fn the_oom_score_is_there_from_the_first_instruction() {
    let Some(world) = support::images::have_tiny().then(|| World::with_image("tiny")) else {
        return;
    };
    for score in ["500", "1000"] {
        let read = ["tiny", "cat", "/proc/self/oom_score_adj"];
        let options = ["run", "--rm", "--network", "none", "--oom-score-adj", score];
        assert_eq!(world.ok(options.iter().chain(&read)), score);
    }
}

#[test]
fn s_65_the_working_directory_is_inside() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let canary = Canary::new(world.root());
    Tree::new()
        .link("out", canary.path())
        .link("up", "../../../../../../..")
        .file("plain", "x")
        .load(&world, "dirs", CONFIG)
        .expect_code(0);
    let long = format!("/{}", "d/".repeat(2500));
    for bad in [
        "/proc/self/fd/7",
        "/proc/self/fd/3",
        "/proc/1/cwd/../nowhere/x",
        "/plain",
        "/plain/x",
        &long,
    ] {
        let done = run(&world, &format!("-w {bad}"), "dirs", "report");
        assert!(matches!(done.code, 125..=127), "{bad}: {done}");
        canary.check();
    }
    for (dir, expected) in [
        ("/data", "/data"),
        ("../..", "/"),
        ("data", "/data"),
        ("/up", "/"),
    ] {
        let done = run(&world, &format!("-w {dir}"), "dirs", "report");
        let report = &answers(&done)[0];
        assert_eq!(report["cwd"], expected, "{dir}");
    }
    // What the image asks for and lacks is made inside; what the user asks for must be there.
    run(&world, "-w /made/by/us", "dirs", "report").expect_code(126);
    let config = r#"{"Entrypoint":["/probe"],"WorkingDir":"/made/by/us"}"#;
    Tree::new().load(&world, "made", config).expect_code(0);
    assert_eq!(ask(&world, "", "made", "report")[0]["cwd"], "/made/by/us");
    // The link leads out only on the host; inside it leads to nothing, or is made inside.
    for seven in 3..12 {
        let done = run(
            &world,
            &format!("-w /proc/self/fd/{seven}"),
            "dirs",
            "list .",
        );
        assert_ne!(done.code, 0, "{done}");
    }
    let done = run(&world, "-w /out", "dirs", "list .");
    assert!(
        !done.stdout.contains("inner") && !done.stdout.contains("fifo"),
        "{done}"
    );
    canary.check();
    for (n, dir) in ["/proc/self/fd/8", "/out"].into_iter().enumerate() {
        let image = format!("image{n}");
        let config = format!(r#"{{"Entrypoint":["/probe"],"WorkingDir":"{dir}"}}"#);
        Tree::new()
            .link("out", canary.path())
            .load(&world, &image, &config)
            .expect_code(0);
        let done = run(&world, "", &image, "list .");
        assert!(!done.stdout.contains("inner"), "{done}");
        canary.check();
    }
}

#[test]
fn s_66_who_joins_a_container_cannot_be_got_at() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let options = [
        "run",
        "-d",
        "--name",
        "hunter",
        "--network",
        "none",
        "--cap-add",
        "SYS_PTRACE",
    ];
    world.ok(options.into_iter().chain(["localhost/probe", "hunt", "8"]));
    for _ in 0..40 {
        let done = world.coracle(["exec", "hunter", "/probe", "exit", "0"]);
        assert!(matches!(done.code, 0 | 125 | 137), "{done}");
    }
    world.ok(["wait", "hunter"]);
    let report: serde_json::Value =
        serde_json::from_str(&world.ok(["logs", "hunter"])).expect("JSON");
    assert!(
        report["seen"].as_u64() > Some(0),
        "the hunter saw nobody: {report}"
    );
    assert_eq!(words(&report["wins"]), Vec::<&str>::new());
}

/// The sets of a report, as numbers.
fn sets(report: &serde_json::Value) -> [u64; 5] {
    ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]
        .map(|set| u64::from_str_radix(report[set].as_str().expect("hex"), 16).expect("hex"))
}

#[test]
fn s_67_capability_sets_are_exact() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let last: u32 = std::fs::read_to_string("/proc/sys/kernel/cap_last_cap")
        .expect("procfs")
        .trim()
        .parse()
        .expect("a number");
    let default = CapSet::of(&DEFAULT_CAPABILITIES).0;
    let everything = CapSet::all(last).0;
    let net_raw = 1 << 13;
    for (options, bounding) in [
        ("", default),
        ("--cap-add NET_RAW", default | net_raw),
        (
            "--cap-add cap_net_raw --cap-drop CHOWN",
            (default | net_raw) & !1,
        ),
        ("--cap-drop all", 0),
        ("--cap-drop all --cap-add net_raw", net_raw),
        ("--cap-add all", everything),
        ("--privileged", everything),
    ] {
        let name = format!("with-{bounding:x}-{}", options.len());
        let start =
            format!("run -d --name {name} --network none {options} localhost/probe sleep 60");
        world.ok(start.split_whitespace());
        for user in ["0", "1000"] {
            let held = if user == "0" { bounding } else { 0 };
            let expected = [0, held, held, bounding, 0];
            let report = &ask(&world, &format!("{options} -u {user}"), "probe", "report")[0];
            assert_eq!(sets(report), expected, "run {options} -u {user}");
            let done = world.coracle(["exec", "-u", user, &name, "/probe"]);
            assert_eq!(
                sets(&answers(&done)[0]),
                expected,
                "exec {options} -u {user}"
            );
            let done = world.coracle(["exec", "--privileged", "-u", user, &name, "/probe"]);
            let held = if user == "0" { everything } else { 0 };
            assert_eq!(
                sets(&answers(&done)[0]),
                [0, held, held, everything, 0],
                "privileged exec -u {user}"
            );
        }
        world.ok(["rm", "-f", "-t", "0", &name]);
    }
    for bad in [
        "--cap-add NOPE",
        "--cap-drop CAP_",
        "--cap-add KILL --cap-drop kill",
    ] {
        run(&world, bad, "probe", "report").expect_refusal("capability");
    }
}

#[test]
fn s_68_a_missing_protection_is_an_error() {
    if !ready() {
        return;
    }
    let world = probing::world();
    let profile = |text: &str| world.write("profile.json", text).display().to_string();
    for bad in [
        "--security-opt no-new-priviledges".to_owned(),
        "--security-opt seccmop=unconfined".to_owned(),
        "--security-opt seccomp=/nowhere/at/all.json".to_owned(),
        "--security-opt apparmor=docker-default".to_owned(),
        "--security-opt label=tpye:spc_t".to_owned(),
        "--security-opt label=".to_owned(),
        format!("--security-opt seccomp={}", profile("{ not json")),
    ] {
        run(&world, &bad, "probe", "report").expect_refusal("");
    }
    let wrong = profile(r#"{"defaultAction":"SCMP_ACT_ALLOW","syscals":[]}"#);
    run(
        &world,
        &format!("--security-opt seccomp={wrong}"),
        "probe",
        "report",
    )
    .expect_refusal("syscals");
    let huge = world.path("huge.json");
    std::fs::File::create(&huge)
        .and_then(|file| file.set_len(100 << 20))
        .expect("a sparse file");
    run(
        &world,
        &format!("--security-opt seccomp={}", huge.display()),
        "probe",
        "report",
    )
    .expect_refusal("huge.json");
    // What is asked for is there.
    let report = &ask(
        &world,
        "--security-opt no-new-privileges",
        "probe",
        "report",
    )[0];
    assert_eq!(
        (&report["NoNewPrivs"], &report["Seccomp"]),
        (&"1".into(), &"2".into())
    );
    // Where there is no SELinux its labels say nothing, and take nothing away either.
    if !Path::new("/sys/fs/selinux/enforce").exists() {
        for label in [
            "disable",
            "nested",
            "type:spc_t",
            "level:s0:c1,c2",
            "user:u",
            "role:r",
        ] {
            let option = format!("--security-opt label={label} --security-opt no-new-privileges");
            let done = run(&world, &option, "probe", "report");
            assert_eq!(done.stderr, "", "{done}");
            let report = &answers(&done)[0];
            assert_eq!(
                (&report["NoNewPrivs"], &report["Seccomp"]),
                (&"1".into(), &"2".into())
            );
        }
    }
    let report = &ask(
        &world,
        "--security-opt seccomp=unconfined",
        "probe",
        "report",
    )[0];
    assert_eq!(report["Seccomp"], "0");
    let mine = profile(
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir","mkdirat"],"action":"SCMP_ACT_ERRNO","errnoRet":77}]}"#,
    );
    let all = ask(
        &world,
        &format!("--security-opt seccomp={mine}"),
        "probe",
        "call 83 s:/tmp/x 0",
    );
    assert_eq!(all[0]["errno"], 77);
}

#[test]
fn s_69_groups_are_the_images_and_the_primary_is_among_them() {
    if !ready() || !support::have_subordinate_ids() {
        return;
    }
    let world = probing::world();
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "localhost/probe",
        "sleep",
        "60",
    ]);
    for (user, uid, gid, groups) in [
        ("app", 1000, 1000, "4 999 1000"),
        ("1000", 1000, 1000, "4 999 1000"),
        ("web", 33, 33, "33 999"),
        ("app:www", 1000, 33, "33"),
        ("5:6", 5, 6, "6"),
        ("0", 0, 0, "0"),
    ] {
        let check = |report: &serde_json::Value| {
            let four = |id: i32| format!("{id} {id} {id} {id}");
            assert_eq!(report["Uid"], four(uid), "{user}");
            assert_eq!(report["Gid"], four(gid), "{user}");
            assert_eq!(report["Groups"], groups, "{user}");
        };
        check(&ask(&world, &format!("-u {user}"), "probe", "report")[0]);
        check(&answers(&world.coracle(["exec", "-u", user, "long", "/probe"]))[0]);
    }
    world.ok(["rm", "-f", "-t", "0", "long"]);
    let report = &ask(
        &world,
        "-u web --group-add docker --group-add 77",
        "probe",
        "report",
    )[0];
    assert_eq!(report["Groups"], "33 77 999");
    for bad in [
        "nobody",
        "root:",
        ":0",
        "1:2:3",
        "-1",
        "4294967296",
        "4294967295",
        "0x0",
        "1e3",
    ] {
        let done = run(&world, &format!("--user={bad}"), "probe", "report");
        assert!(matches!(done.code, 125 | 126), "{bad}: {done}");
        assert!(done.stdout.is_empty(), "{bad}: {done}");
    }
}

/// What the default filter says about a call, by its own rules: `Some(errno)` is a refusal.
fn refusals(caps: CapSet) -> Vec<Option<i64>> {
    let filter = default::profile()
        .evaluate(Conditions {
            caps,
            kernel: (6, 1),
            arch: Arch::X86_64,
        })
        .expect("our own profile");
    let compiled = coracle::spec::seccomp::compile(&filter, Arch::X86_64).expect("our own profile");
    (0..=600)
        .map(|number| verdict(&compiled.program, number))
        .collect()
}

/// Interprets the program for a call whose arguments are all -1.
fn verdict(program: &[u8], number: u32) -> Option<i64> {
    let word = |offset: u32| match offset {
        0 => number,
        4 => 0xc000_003e,
        _ => u32::MAX,
    };
    let (mut at, mut a) = (0usize, 0u32);
    loop {
        let raw = &program[8 * at..8 * at + 8];
        let (code, k) = (
            u16::from_ne_bytes([raw[0], raw[1]]),
            u32::from_ne_bytes([raw[4], raw[5], raw[6], raw[7]]),
        );
        at += 1;
        let mut branch = |yes: bool| at += usize::from(if yes { raw[2] } else { raw[3] });
        match code {
            0x20 => a = word(k),
            0x54 => a &= k,
            0x05 => at += k as usize,
            0x15 => branch(a == k),
            0x25 => branch(a > k),
            0x35 => branch(a >= k),
            0x45 => branch(a & k != 0),
            0x06 if k & 0xffff_0000 == 0x0005_0000 => return Some(i64::from(k & 0xffff)),
            0x06 => return None,
            other => panic!("instruction {other:#x}"),
        }
    }
}

#[test]
fn s_70_every_call_is_answered_as_the_profile_says() {
    if !ready() || !cfg!(target_arch = "x86_64") {
        return;
    }
    let world = probing::world();
    let expected = refusals(CapSet::of(&DEFAULT_CAPABILITIES));
    let compare = |all: &serde_json::Value, what: &str| {
        for pair in all["calls"].as_array().expect("a list") {
            let number = pair[0].as_u64().expect("a number") as usize;
            // uretprobe and uprobe are traps of the kernel's own: seccomp does not see them
            // (seccomp_uprobe_exception, Linux 6.13 and later).
            if matches!(number, 335 | 336) {
                continue;
            }
            if let Some(errno) = expected[number] {
                assert_eq!(pair[1], errno, "{what}: call {number}");
            }
        }
    };
    compare(&ask(&world, "", "probe", "calls 0 600")[0], "run");
    world.ok([
        "run",
        "-d",
        "--name",
        "long",
        "--network",
        "none",
        "localhost/probe",
        "sleep",
        "90",
    ]);
    let done = world.coracle(["exec", "long", "/probe", "calls", "0", "600"]);
    compare(&answers(&done)[0], "exec");
    world.ok(["rm", "-f", "-t", "0", "long"]);
    // i386: mount, umount2, ptrace's neighbours, unshare, setns, bpf, io_uring, clone3, unknown
    let all = ask(
        &world,
        "",
        "probe",
        "calls32 21 22 -- calls32 310 310 -- calls32 346 346 -- calls32 357 357 -- calls32 425 425 -- calls32 435 435 -- calls32 900 900",
    );
    let codes: Vec<_> = all
        .iter()
        .flat_map(|one| one["calls"].as_array().expect("a list"))
        .map(|pair| (pair[0].as_i64().expect("a number"), pair[1].clone()))
        .collect();
    let wanted = [
        (21, 1),
        (22, 1),
        (310, 1),
        (346, 1),
        (357, 1),
        (425, 1),
        (435, 38),
        (900, 38),
    ];
    if codes.iter().all(|code| code.1.is_string()) {
        support::skip("this kernel has no 32-bit calls");
        return;
    }
    // umount (22) is the oldest of the family, and not on the list either.
    assert_eq!(codes, wanted.map(|(number, errno)| (number, errno.into())));
}

#[test]
fn s_70_arguments_are_compared_by_what_the_kernel_reads() {
    if !ready() || !cfg!(target_arch = "x86_64") {
        return;
    }
    let world = probing::world();
    let questions = [
        ("call 41 38 5 0", 1),            // AF_ALG
        ("call 41 0x100000026 5 0", 1),   // with a high bit
        ("call 41 40 1 0", 1),            // AF_VSOCK
        ("call 41 1 1 0", 0),             // AF_UNIX
        ("call 16 0 0x5412 s:x", 1),      // TIOCSTI
        ("call 16 0 0x100005412 s:x", 1), // with a high bit
        ("call 16 0 0x541c s:x", 1),      // TIOCLINUX
        ("call 135 0x0040000", 1),        // ADDR_NO_RANDOMIZE
        ("call 135 0xffffffff", 0),       // the query
        ("call 56 0x10000011", 1),        // clone with a user namespace
        ("call 0x40000000 99 s:x 0", 38), // x32 read: this kernel has no x32, or it is a bad descriptor
    ];
    for (question, errno) in questions {
        let all = ask(&world, "", "probe", question);
        let found = all[0]["errno"].as_i64().expect("an errno");
        let x32 = question.contains("0x40000000") && found == 9;
        assert!(found == errno || x32, "{question}: {found}");
    }
}

#[test]
fn s_63_to_70_hold_for_the_process_around_them_too() {
    if !ready() {
        return;
    }
    // State that a child inherits unless somebody resets it (S-73), seen from inside.
    let world = probing::world();
    let script = format!(
        "umask 077; trap '' PIPE CHLD TERM; ulimit -S -n 77; exec {} run --rm --network none localhost/probe report",
        support::binary().display()
    );
    let output = world
        .other("bash")
        .args(["-c", &script])
        .output()
        .expect("bash");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["umask"], 0o022);
    assert_eq!(
        (&report["SigIgn"], &report["SigBlk"]),
        (&"0000000000000000".into(), &"0000000000000000".into())
    );
    assert_eq!(report["personality"], 0);
    // The host's environment is not the container's (S-72).
    let mut world = world;
    world.set_env("HOST_SECRET", "do-not-leak");
    let done = run(&world, "", "probe", "report -- environs");
    assert!(!done.stdout.contains("do-not-leak"), "{done}");
    assert!(!Path::new("/probe").exists());
}
