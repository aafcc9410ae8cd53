//! The compiler against an oracle: an interpreter of BPF runs the program, and a plain reading
//! of the rules says what should have come out.

use std::path::Path;

use oci_spec::runtime::{
    Arch as OciArch, LinuxSeccomp, LinuxSeccompArg, LinuxSeccompOperator as Op, LinuxSyscall,
};

use crate::spec::seccomp::asm::{
    ALU_AND_K, Insn, JMP_JA, JMP_JEQ_K, JMP_JGE_K, JMP_JGT_K, JMP_JSET_K, LD_W_ABS, RET_K,
};
use crate::spec::seccomp::compile::instructions;
use crate::spec::seccomp::numbers::Abi;
use crate::spec::seccomp::{Arch, Conditions, Profile, compile, default, single};
use crate::spec::security::{CapSet, DEFAULT_CAPABILITIES};

const ALLOW: u32 = 0x7fff_0000;
const KILL: u32 = 0x8000_0000;
const EPERM: u32 = 0x0005_0001;
const ENOSYS: u32 = 0x0005_0026;
const SUCCESS: u32 = 0x0005_0000;

/// Runs a program on one call, as the kernel would.
fn run(program: &[Insn], arch: u32, number: u32, args: [u64; 6]) -> u32 {
    let mut data = [0u8; 64];
    data[0..4].copy_from_slice(&number.to_le_bytes());
    data[4..8].copy_from_slice(&arch.to_le_bytes());
    for (index, arg) in args.into_iter().enumerate() {
        data[16 + 8 * index..24 + 8 * index].copy_from_slice(&arg.to_le_bytes());
    }
    let (mut at, mut a) = (0, 0u32);
    loop {
        let insn = program[at];
        at += 1;
        let mut branch =
            |condition: bool| at += usize::from(if condition { insn.jt } else { insn.jf });
        match insn.code {
            LD_W_ABS => {
                let from = insn.k as usize;
                assert_eq!(from % 4, 0);
                a = u32::from_le_bytes(data[from..from + 4].try_into().expect("four bytes"));
            }
            ALU_AND_K => a &= insn.k,
            JMP_JA => at += insn.k as usize,
            JMP_JEQ_K => branch(a == insn.k),
            JMP_JGT_K => branch(a > insn.k),
            JMP_JGE_K => branch(a >= insn.k),
            JMP_JSET_K => branch(a & insn.k != 0),
            RET_K => return insn.k,
            other => panic!("instruction {other:#x}"),
        }
    }
}

/// The rules by number, and the newest call any of them names.
struct Index<'a> {
    rules: std::collections::HashMap<u32, Vec<&'a LinuxSyscall>>,
    newest: Option<u32>,
}

impl<'a> Index<'a> {
    fn of(filter: &'a LinuxSeccomp, abi: Abi) -> Self {
        let table = abi.table();
        let mut index = Self {
            rules: std::collections::HashMap::new(),
            newest: None,
        };
        for rule in filter.syscalls().iter().flatten() {
            for number in rule
                .names()
                .iter()
                .filter_map(|name| table.get(name.as_str()))
                .flatten()
            {
                index.rules.entry(*number).or_default().push(rule);
                if *number < abi.private_base() {
                    index.newest = index.newest.max(Some(*number));
                }
            }
        }
        index
    }
}

/// What the rules say, read one by one.
fn oracle(filter: &LinuxSeccomp, index: &Index<'_>, number: u32, args: [u64; 6]) -> u32 {
    let holds = |arg: &LinuxSeccompArg| {
        let (have, want) = (args[arg.index()], arg.value());
        match arg.op() {
            Op::ScmpCmpNe => have != want,
            Op::ScmpCmpLt => have < want,
            Op::ScmpCmpLe => have <= want,
            Op::ScmpCmpEq => have == want,
            Op::ScmpCmpGe => have >= want,
            Op::ScmpCmpGt => have > want,
            Op::ScmpCmpMaskedEq => have & want == arg.value_two().unwrap_or(0),
        }
    };
    let default = filter
        .default_action()
        .as_u32(Some(filter.default_errno_ret().unwrap_or(1)));
    let strictness = |value: u32| (value & 0xffff_0000) as i32;
    let (mut conditional, mut always) = (None::<u32>, None::<u32>);
    let stricter = |old: Option<u32>, new: u32| match old {
        Some(old) if strictness(old) <= strictness(new) => Some(old),
        _ => Some(new),
    };
    let rules = index.rules.get(&number);
    for rule in rules.into_iter().flatten() {
        let value = rule.action().as_u32(Some(rule.errno_ret().unwrap_or(1)));
        match rule.args() {
            None => always = always.or(Some(value)),
            Some(args) if args.iter().all(holds) => conditional = stricter(conditional, value),
            Some(_) => {}
        }
    }
    let fallback = always.unwrap_or(default);
    match conditional {
        Some(value) if always.is_none() || strictness(value) < strictness(fallback) => value,
        _ if rules.is_some()
            || index.newest.is_none_or(|newest| number <= newest)
            || strictness(default) >= strictness(0x7ff0_0000) =>
        {
            fallback
        }
        _ => ENOSYS,
    }
}

fn conditions(caps: CapSet, arch: Arch) -> Conditions {
    Conditions {
        caps,
        kernel: (6, 1),
        arch,
    }
}

fn usual(arch: Arch) -> LinuxSeccomp {
    let caps = CapSet::of(&DEFAULT_CAPABILITIES);
    default::profile()
        .evaluate(conditions(caps, arch))
        .expect("our own profile")
}

/// A small generator of pseudo-random numbers: the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        // Steele, Lea, Flood: SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// Values near those that rules compare with.
    fn argument(&mut self) -> u64 {
        const NEAR: [u64; 12] = [
            0,
            1,
            8,
            38,
            40,
            0x5412,
            0x541c,
            0x2_0000,
            0x7e02_0000,
            0xffff_ffff,
            1 << 32,
            u64::MAX,
        ];
        let near = NEAR[self.below(12) as usize];
        match self.below(4) {
            0 => near,
            1 => near.wrapping_add(self.below(5)).wrapping_sub(2),
            2 => near | (self.roll() << 32),
            _ => self.roll(),
        }
    }
}

fn compare(filter: &LinuxSeccomp, arch: Arch, dice: &mut Dice) {
    let (program, _) = instructions(filter, arch).expect("compiles");
    assert!(program.len() <= 4096);
    let abis = match arch {
        Arch::X86_64 => [
            (Abi::X86_64, OciArch::ScmpArchX86_64),
            (Abi::I386, OciArch::ScmpArchX86),
        ],
        Arch::Aarch64 => [
            (Abi::Aarch64, OciArch::ScmpArchAarch64),
            (Abi::Arm, OciArch::ScmpArchArm),
        ],
    };
    let listed = filter.architectures().clone().unwrap_or_default();
    for (abi, _) in abis.into_iter().filter(|(_, arch)| listed.contains(arch)) {
        let index = Index::of(filter, abi);
        let numbers = (0..620).chain([1023, 0x0f_0001, 0x0f_0002, 0x0f_0005, 0x3fff_ffff]);
        for number in numbers {
            for round in 0..12 {
                let mut args = [0; 6];
                if round > 0 {
                    args = std::array::from_fn(|_| dice.argument());
                }
                let found = run(&program, abi.audit_arch(), number, args);
                let expected = oracle(filter, &index, number, args);
                assert_eq!(found, expected, "{abi:?} {number} {args:x?}");
            }
        }
    }
}

#[test]
fn the_default_profile_compiles_to_what_it_says() {
    let mut dice = Dice(1);
    for arch in [Arch::X86_64, Arch::Aarch64] {
        for caps in [
            CapSet(0),
            CapSet::of(&DEFAULT_CAPABILITIES),
            CapSet::all(40),
        ] {
            let filter = default::profile()
                .evaluate(conditions(caps, arch))
                .expect("ours");
            compare(&filter, arch, &mut dice);
            compare(&single::pretend(Some(filter), arch), arch, &mut dice);
        }
        compare(&single::pretend(None, arch), arch, &mut dice);
    }
}

#[test]
fn random_profiles_compile_to_what_they_say() {
    const NAMES: [&str; 12] = [
        "read",
        "socket",
        "ioctl",
        "clone3",
        "personality",
        "mseal",
        "openat",
        "kill",
        "bpf",
        "ptrace",
        "mount",
        "no_such_call",
    ];
    const ACTIONS: [&str; 8] = [
        "SCMP_ACT_ALLOW",
        "SCMP_ACT_ALLOW",
        "SCMP_ACT_ERRNO",
        "SCMP_ACT_KILL",
        "SCMP_ACT_KILL_PROCESS",
        "SCMP_ACT_TRAP",
        "SCMP_ACT_TRACE",
        "SCMP_ACT_LOG",
    ];
    const OPS: [&str; 7] = ["NE", "LT", "LE", "EQ", "GE", "GT", "MASKED_EQ"];
    let mut dice = Dice(2);
    for _ in 0..60 {
        let mut rules = Vec::new();
        for _ in 0..dice.below(20) {
            let first = dice.below(6);
            let args: Vec<_> = (first..first + dice.below(3))
                .map(|index| {
                    let op = OPS[dice.below(7) as usize];
                    serde_json::json!({"index": index % 6, "value": dice.argument(), "valueTwo": dice.argument(),
                        "op": format!("SCMP_CMP_{op}")})
                })
                .collect();
            rules.push(serde_json::json!({
                "names": [NAMES[dice.below(12) as usize], NAMES[dice.below(12) as usize]],
                "action": ACTIONS[dice.below(8) as usize],
                "errnoRet": dice.below(200),
                "args": args,
            }));
        }
        let text = serde_json::json!({
            "defaultAction": ACTIONS[dice.below(8) as usize],
            "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
            "syscalls": rules,
        });
        let profile =
            Profile::parse(text.to_string().as_bytes(), Path::new("test")).expect("valid");
        for arch in [Arch::X86_64, Arch::Aarch64] {
            let filter = profile
                .evaluate(conditions(CapSet(0), arch))
                .expect("valid");
            compare(&filter, arch, &mut dice);
        }
    }
}

#[test]
fn the_default_profile_decides_as_documented() {
    let (program, unknown) = instructions(&usual(Arch::X86_64), Arch::X86_64).expect("compiles");
    let x64 = Abi::X86_64.table();
    let call = |name: &str, args: &[u64]| {
        let mut all = [0; 6];
        all[..args.len()].copy_from_slice(args);
        run(&program, 0xc000_003e, x64[name][0], all)
    };
    let flags_high = 1u64 << 32;
    for (name, args, expected) in [
        ("read", &[][..], ALLOW),
        ("openat", &[], ALLOW),
        ("execve", &[], ALLOW),
        ("chroot", &[], ALLOW), // SYS_CHROOT is among the eleven
        ("mount", &[], EPERM),
        ("umount2", &[], EPERM),
        ("pivot_root", &[], EPERM),
        ("fsopen", &[], EPERM),
        ("fsmount", &[], EPERM),
        ("move_mount", &[], EPERM),
        ("open_tree", &[], EPERM),
        ("open_tree_attr", &[], ENOSYS), // newer than what is named without SYS_ADMIN
        ("mount_setattr", &[], EPERM),
        ("unshare", &[], EPERM),
        ("setns", &[], EPERM),
        ("bpf", &[], EPERM),
        ("perf_event_open", &[], EPERM),
        ("io_uring_setup", &[], EPERM),
        ("io_uring_enter", &[], EPERM),
        ("io_uring_register", &[], EPERM),
        ("userfaultfd", &[], EPERM),
        ("keyctl", &[], EPERM),
        ("add_key", &[], EPERM),
        ("request_key", &[], EPERM),
        ("open_by_handle_at", &[], EPERM),
        ("kexec_load", &[], EPERM),
        ("kexec_file_load", &[], EPERM),
        ("init_module", &[], EPERM),
        ("finit_module", &[], EPERM),
        ("delete_module", &[], EPERM),
        ("reboot", &[], EPERM),
        ("swapon", &[], EPERM),
        ("sethostname", &[], EPERM),
        ("settimeofday", &[], EPERM),
        ("acct", &[], EPERM),
        ("syslog", &[], EPERM),
        ("vhangup", &[], EPERM),
        ("ptrace", &[], ALLOW),
        ("clone3", &[], ENOSYS),
        ("clone", &[0x0100_0011], ALLOW),
        ("clone", &[0x0001_0f00 | flags_high], ALLOW),
        ("clone", &[0x1000_0000], EPERM),
        ("clone", &[0x0002_0000], EPERM),
        ("clone", &[0x0200_0000], EPERM),
        ("clone", &[0x4000_0011], EPERM),
        ("clone", &[0x2000_0000 | flags_high], EPERM),
        ("personality", &[0], ALLOW),
        ("personality", &[8], ALLOW),
        ("personality", &[0xffff_ffff], ALLOW),
        ("personality", &[0x0040_0000], EPERM), // ADDR_NO_RANDOMIZE
        ("personality", &[0x4], EPERM),
        ("socket", &[1], ALLOW),
        ("socket", &[2], ALLOW),
        ("socket", &[10], ALLOW),
        ("socket", &[16], ALLOW),
        ("socket", &[39], ALLOW),
        ("socket", &[38], EPERM),
        ("socket", &[40], EPERM),
        ("socket", &[38 | flags_high], EPERM),
        ("socket", &[40 | 0xffff_ffff_0000_0000], EPERM),
        ("ioctl", &[0, 0x5401], ALLOW),
        ("ioctl", &[0, 0x5413], ALLOW),
        ("ioctl", &[0, 0x5412], EPERM),
        ("ioctl", &[0, 0x541c], EPERM),
        ("ioctl", &[0, 0x5412 | flags_high], EPERM),
        ("ioctl", &[0, 0x541c | 0xdead_beef_0000_0000], EPERM),
    ] {
        assert_eq!(call(name, args), expected, "{name} {args:x?}");
    }
    for (arch, number, expected) in [
        (0xc000_003e, 1000, ENOSYS),
        (0xc000_003e, u32::MAX, ENOSYS),
        (0xc000_003e, 0x4000_0000, ALLOW),       // x32 read
        (0xc000_003e, 0x4000_0000 + 165, EPERM), // x32 mount
        (0xc000_003e, 0x4000_0000 + 520, ALLOW), // x32 execve
        (0x4000_0003, 3, ALLOW),                 // i386 read
        (0x4000_0003, 21, EPERM),                // i386 mount
        (0x4000_0003, 359, ALLOW),               // i386 socket, family 0
        (0x4000_0003, 900, ENOSYS),
        (0xc000_00b7, 63, KILL), // another machine's
        (0, 0, KILL),
    ] {
        assert_eq!(
            run(&program, arch, number, [0; 6]),
            expected,
            "{arch:x} {number}"
        );
    }
    // The companions' own names are known to one table or the other.
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn administrators_may_mount_and_pretenders_may_chown() {
    let admin = CapSet::of(&[oci_spec::runtime::Capability::SysAdmin]);
    let filter = default::profile()
        .evaluate(conditions(admin, Arch::X86_64))
        .expect("ours");
    let (program, _) = instructions(&filter, Arch::X86_64).expect("compiles");
    let x64 = Abi::X86_64.table();
    for name in [
        "mount",
        "clone3",
        "unshare",
        "bpf",
        "setns",
        "pivot_root",
        "open_tree_attr",
    ] {
        assert_eq!(
            run(&program, 0xc000_003e, x64[name][0], [0; 6]),
            ALLOW,
            "{name}"
        );
    }
    let clone = run(&program, 0xc000_003e, x64["clone"][0], [0x1000_0000; 6]);
    assert_eq!(clone, ALLOW);

    let alone = single::pretend(Some(usual(Arch::X86_64)), Arch::X86_64);
    let (program, _) = instructions(&alone, Arch::X86_64).expect("compiles");
    for (name, args, expected) in [
        ("chown", [0; 6], SUCCESS),
        ("fchownat", [7; 6], SUCCESS),
        ("setgroups", [0; 6], SUCCESS),
        ("setresuid", [33; 6], SUCCESS),
        ("mknod", [0, 0o020_666, 0, 0, 0, 0], SUCCESS),
        ("mknod", [0, 0o060_600, 0, 0, 0, 0], SUCCESS),
        ("mknod", [0, 0o010_644, 0, 0, 0, 0], ALLOW),
        ("mknod", [0, 0o140_644, 0, 0, 0, 0], ALLOW),
        ("mknod", [0, 0o100_644, 0, 0, 0, 0], ALLOW),
        ("mknod", [0, 0o644, 0, 0, 0, 0], ALLOW),
        ("mknodat", [0, 0, 0o020_666, 0, 0, 0], SUCCESS),
        ("mknodat", [0, 0, 0o010_666, 0, 0, 0], ALLOW),
        ("chmod", [0; 6], ALLOW),
        ("mount", [0; 6], EPERM),
    ] {
        assert_eq!(
            run(&program, 0xc000_003e, x64[name][0], args),
            expected,
            "{name} {args:x?}"
        );
    }
}

#[test]
fn profiles_of_others_are_read_strictly() {
    let parse = |text: &str| Profile::parse(text.as_bytes(), Path::new("p.json"));
    for bad in [
        "",
        "[]",
        "{}",
        "null",
        r#"{"defaultAction":"SCMP_ACT_NOPE"}"#,
        r#"{"defaultAction":"SCMP_ACT_NOTIFY"}"#,
        r#"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrnoRet":4096}"#,
        r#"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrno":"EWHAT"}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscals":[]}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"action":"SCMP_ACT_ERRNO"}]}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],"action":"SCMP_ACT_ERRNO","exludes":{}}]}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],"action":"SCMP_ACT_NOTIFY"}]}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],"action":"SCMP_ACT_ERRNO","excludes":{"caps":["CAP_X"]}}]}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],"action":"SCMP_ACT_ERRNO","includes":{"minKernel":"4"}}]}"#,
        r#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["a"],"action":"SCMP_ACT_ERRNO","args":[{"index":6,"value":0,"op":"SCMP_CMP_EQ"}]}]}"#,
    ] {
        assert!(parse(bad).is_err(), "{bad}");
    }
    let huge = vec![b' '; super::profile::MAX_PROFILE + 1];
    assert!(Profile::parse(&huge, Path::new("huge")).is_err());

    let mixed = r#"{"defaultAction":"SCMP_ACT_ERRNO","defaultErrno":"ENOSYS","archMap":null,
        "architectures":["SCMP_ARCH_X86_64","SCMP_ARCH_X86"],
        "syscalls":[
          {"name":"read","action":"SCMP_ACT_ALLOW","args":null,"includes":null},
          {"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]},"comment":"x"},
          {"names":["kill"],"action":"SCMP_ACT_ALLOW","includes":{"minKernel":"99.1"}},
          {"names":["bpf"],"action":"SCMP_ACT_ERRNO","errno":"EACCES","excludes":{"arches":["arm64"]}}]}"#;
    let filter = parse(mixed)
        .expect("valid")
        .evaluate(conditions(CapSet(0), Arch::X86_64))
        .expect("valid");
    let kept = filter.syscalls().as_ref().expect("rules");
    assert_eq!(kept.len(), 2);
    assert_eq!(filter.default_errno_ret(), Some(38));
    assert_eq!(kept[1].errno_ret(), Some(13));
    let arches = [OciArch::ScmpArchX86_64, OciArch::ScmpArchX86];
    assert_eq!(filter.architectures().as_deref(), Some(&arches[..]));
}

#[test]
fn what_no_table_knows_is_named_and_huge_programs_are_refused() {
    let rules = |count: u64| -> Vec<_> {
        (0..count)
            .map(|n| {
                serde_json::json!({"names": ["read", "made\nup"], "action": "SCMP_ACT_ALLOW",
                "args": [{"index": 0, "value": n, "op": "SCMP_CMP_EQ"}]})
            })
            .collect()
    };
    let filter = |count| {
        let text = serde_json::json!({"defaultAction": "SCMP_ACT_KILL", "syscalls": rules(count)})
            .to_string();
        let profile = Profile::parse(text.as_bytes(), Path::new("p")).expect("valid");
        profile
            .evaluate(conditions(CapSet(0), Arch::X86_64))
            .expect("valid")
    };
    let compiled = compile(&filter(300), Arch::X86_64).expect("fits");
    assert_eq!(compiled.unknown, ["made\\x0aup"]);
    assert_eq!(
        compiled.program.len(),
        usize::from(compiled.instructions) * 8
    );
    assert!(compile(&filter(1200), Arch::X86_64).is_err());
    compare(&filter(300), Arch::X86_64, &mut Dice(3));
}

/// The filter in the words of `oracle.py`.
fn for_libseccomp(filter: &LinuxSeccomp) -> String {
    let value = |action: oci_spec::runtime::LinuxSeccompAction, errno: Option<u32>| {
        action.as_u32(Some(errno.unwrap_or(1)))
    };
    let rules: Vec<_> = filter
        .syscalls()
        .iter()
        .flatten()
        .map(|rule| {
            let args: Vec<_> = rule
                .args()
                .iter()
                .flatten()
                .map(|arg| {
                    let op = arg.op().to_string().replace("SCMP_CMP_", "");
                    serde_json::json!([arg.index(), op, arg.value(), arg.value_two().unwrap_or(0)])
                })
                .collect();
            serde_json::json!({"names": rule.names(), "ret": value(rule.action(), rule.errno_ret()), "args": args})
        })
        .collect();
    let default = value(filter.default_action(), filter.default_errno_ret());
    serde_json::json!({"default": default, "rules": rules}).to_string()
}

/// Runs libseccomp; `Err` says why it cannot be had here.
fn libseccomp(filter: &LinuxSeccomp) -> Result<(Vec<String>, Vec<Insn>), String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new("/usr/bin/python3")
        .args(["-c", include_str!("oracle.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("/usr/bin/python3: {error}"))?;
    let mut stdin = child.stdin.take().expect("piped");
    // The script reads all of it before it writes anything.
    stdin
        .write_all(for_libseccomp(filter).as_bytes())
        .map_err(|error| error.to_string())?;
    drop(stdin);
    let done = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    if !done.status.success() {
        return Err(String::from_utf8_lossy(&done.stderr).into_owned());
    }
    let end = done
        .stdout
        .iter()
        .position(|b| *b == b'\n')
        .ok_or("no answer")?;
    let unknown = serde_json::from_slice(&done.stdout[..end]).map_err(|error| error.to_string())?;
    let program = done.stdout[end + 1..]
        .chunks_exact(8)
        .map(|raw| Insn {
            code: u16::from_ne_bytes([raw[0], raw[1]]),
            jt: raw[2],
            jf: raw[3],
            k: u32::from_ne_bytes([raw[4], raw[5], raw[6], raw[7]]),
        })
        .collect();
    Ok((unknown, program))
}

/// Removes calls an older libseccomp does not know, and its and our ideas of x32.
fn reduced(mut filter: LinuxSeccomp, unknown: &[String]) -> LinuxSeccomp {
    let mut rules = filter.syscalls().clone().unwrap_or_default();
    for rule in &mut rules {
        let kept = rule
            .names()
            .iter()
            .filter(|name| !unknown.contains(name))
            .cloned()
            .collect();
        rule.set_names(kept);
    }
    filter.set_syscalls(Some(rules));
    filter.set_architectures(Some(vec![OciArch::ScmpArchX86_64, OciArch::ScmpArchX86]));
    filter
}

#[test]
fn libseccomp_decides_the_same() {
    let mut profiles = vec![default::profile()];
    // Podman's, where it is installed.
    if let Ok(bytes) = std::fs::read("/usr/share/containers/seccomp.json") {
        profiles
            .push(Profile::parse(&bytes, Path::new("seccomp.json")).expect("Podman's own profile"));
    }
    let mut dice = Dice(4);
    for profile in profiles {
        for caps in [
            CapSet(0),
            CapSet::of(&DEFAULT_CAPABILITIES),
            CapSet::all(40),
        ] {
            let filter = profile
                .evaluate(conditions(caps, Arch::X86_64))
                .expect("valid");
            for filter in [single::pretend(Some(filter.clone()), Arch::X86_64), filter] {
                let (unknown, theirs) = match libseccomp(&filter) {
                    Ok(made) => made,
                    Err(reason) => {
                        #[allow(clippy::print_stderr, reason = "a skipped test says why")]
                        {
                            eprintln!("skipped: python3-seccomp cannot be used: {reason}");
                        }
                        return;
                    }
                };
                agree(&reduced(filter, &unknown), &theirs, &mut dice);
            }
        }
    }
}

fn agree(filter: &LinuxSeccomp, theirs: &[Insn], dice: &mut Dice) {
    let (ours, _) = instructions(filter, Arch::X86_64).expect("compiles");
    let default = filter
        .default_action()
        .as_u32(Some(filter.default_errno_ret().unwrap_or(1)));
    for abi in [Abi::X86_64, Abi::I386] {
        for number in 0..480 {
            for _ in 0..8 {
                // A 32-bit process has 32-bit arguments, and libseccomp looks at no more.
                let width = if abi == Abi::I386 {
                    u64::from(u32::MAX)
                } else {
                    u64::MAX
                };
                let args = std::array::from_fn(|_| dice.argument() & width);
                let mine = run(&ours, abi.audit_arch(), number, args);
                let yours = run(theirs, abi.audit_arch(), number, args);
                // Ours alone answers ENOSYS to what is newer than the profile.
                let newer = mine == ENOSYS && yours == default;
                assert!(
                    mine == yours || newer,
                    "{abi:?} {number} {args:x?}: {mine:x} {yours:x}"
                );
            }
        }
    }
}
