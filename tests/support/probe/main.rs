//! `probe`: a static program that is a whole image; it says what its process may do and see.
//!
//! Arguments are commands, separated by `--`; each prints one line of JSON.
//!
//! * `report`: ids, groups, capabilities, descriptors, mounts, environment, signals, limits …
//! * `read PATH`, `write PATH`, `list PATH`: the errno and what was there; `write` writes one byte
//! * `call NUMBER ARG…`: one system call; an argument is a number, `0x…`, or `s:TEXT`
//! * `calls FIRST LAST`: each of these calls with every argument -1, in a child of its own
//! * `calls32 FIRST LAST`: the same through `int 0x80`
//! * `environs`: the environment of every process in /proc
//! * `exes`: tries to open every /proc/PID/exe for writing
//! * `hunt SECONDS`: looks for processes of others and tries to get at them
//! * `swap SECONDS A B`: exchanges two names over and over
//! * `link PATH`: where a link leads
//! * `stat PATH`: type, mode, owner and device numbers, links not followed
//! * `sleep SECONDS`, `exit CODE`
//!
//! No crates: the build script compiles this file alone. No `main` of Rust's either: its runtime
//! would ignore SIGPIPE and catch SIGSEGV before anything could be reported.
#![no_main]

use std::ffi::{CString, c_char, c_int, c_long, c_uint};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::os::fd::{FromRawFd, OwnedFd};

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
    fn fork() -> c_int;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn pipe(fds: *mut c_int) -> c_int;
    fn write(fd: c_int, from: *const u8, count: usize) -> isize;
    fn alarm(seconds: c_uint) -> c_uint;
    fn _exit(code: c_int) -> !;
    fn umask(mask: c_uint) -> c_uint;
    fn getpriority(which: c_int, who: c_uint) -> c_int;
    fn personality(persona: std::ffi::c_ulong) -> c_int;
    fn signal(number: c_int, handler: usize) -> usize;
}

#[unsafe(no_mangle)]
pub extern "C" fn main() -> c_int {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let mut code = 0;
    for command in words.split(|word| word == "--") {
        let text = match command
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .as_slice()
        {
            [] | ["report"] => report(),
            ["read", path] => read(path),
            ["write", path] => write_to(path),
            ["list", path] => list(path),
            ["call", number, args @ ..] => call(number, args),
            ["calls", first, last] => calls(number(first), number(last), invoke64),
            ["calls32", first, last] => calls(number(first), number(last), invoke32),
            ["environs"] => environs(),
            ["exes"] => exes(),
            ["hunt", seconds] => hunt(number(seconds)),
            ["swap", seconds, one, two] => swap(number(seconds), one, two),
            ["stat", path] => stat(path),
            ["link", path] => link(path),
            ["sleep", seconds] => {
                std::thread::sleep(std::time::Duration::from_secs(number(seconds)));
                continue;
            }
            ["exit", wanted] => {
                code = number(wanted) as i32;
                continue;
            }
            other => format!("{{\"unknown\":{}}}", json(&other.join(" "))),
        };
        let mut out = std::io::stdout();
        let _ = out.write_all((text + "\n").as_bytes());
        let _ = out.flush();
    }
    code
}

/// A JSON string.
fn json(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

fn strings(list: impl IntoIterator<Item = String>) -> String {
    let all: Vec<String> = list.into_iter().map(|text| json(&text)).collect();
    format!("[{}]", all.join(","))
}

fn number(word: &str) -> u64 {
    let parsed = match word.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16),
        None => match word.strip_prefix('-') {
            Some(digits) => digits.parse::<u64>().map(u64::wrapping_neg),
            None => word.parse(),
        },
    };
    parsed.unwrap_or_else(|_| panic!("{word:?} is not a number"))
}

fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

fn text_of(path: &str) -> String {
    std::fs::read(path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn report() -> String {
    let status = text_of("/proc/self/status");
    let field = |name: &str| -> String {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}:")));
        line.unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut out = String::from("{");
    for name in [
        "Uid",
        "Gid",
        "Groups",
        "CapInh",
        "CapPrm",
        "CapEff",
        "CapBnd",
        "CapAmb",
        "NoNewPrivs",
        "Seccomp",
        "SigBlk",
        "SigIgn",
        "SigCgt",
        "Pid",
        "PPid",
        "NSpid",
    ] {
        let _ = write!(out, "{}:{},", json(name), json(&field(name)));
    }
    let lines = |path: &str| strings(text_of(path).lines().map(str::to_owned));
    // SAFETY: plain calls without pointers; the mask is put back at once.
    let (mask, nice, persona) = unsafe {
        let mask = umask(0);
        umask(mask);
        (mask, getpriority(0, 0), personality(0xffff_ffff))
    };
    let cwd = std::env::current_dir().map(|dir| dir.to_string_lossy().into_owned());
    let env = std::env::vars_os()
        .map(|(key, value)| format!("{}={}", key.to_string_lossy(), value.to_string_lossy()));
    let _ = write!(
        out,
        "\"umask\":{mask},\"nice\":{nice},\"personality\":{persona},\"cwd\":{},\"env\":{},\"args\":{},\"fds\":{},\
         \"mountinfo\":{},\"limits\":{},\"cgroup\":{},\"oom_score_adj\":{},\"uid_map\":{},\"gid_map\":{},\
         \"setgroups\":{},\"hostname\":{},\"sessionid\":{}}}",
        json(&cwd.unwrap_or_else(|error| error.to_string())),
        strings(env),
        strings(std::env::args_os().map(|arg| arg.to_string_lossy().into_owned())),
        descriptors(),
        lines("/proc/self/mountinfo"),
        lines("/proc/self/limits"),
        lines("/proc/self/cgroup"),
        json(text_of("/proc/self/oom_score_adj").trim()),
        lines("/proc/self/uid_map"),
        lines("/proc/self/gid_map"),
        json(text_of("/proc/self/setgroups").trim()),
        json(text_of("/proc/sys/kernel/hostname").trim()),
        json(
            &text_of("/proc/self/stat")
                .split(' ')
                .nth(5)
                .unwrap_or_default()
                .to_owned()
        ),
    );
    out
}

/// Open descriptors with what they lead to; the one this walk opens is left out.
fn descriptors() -> String {
    let mut all = Vec::new();
    for entry in std::fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .flatten()
    {
        let target = std::fs::read_link(entry.path());
        let target = target
            .map(|t| t.to_string_lossy().into_owned())
            .unwrap_or_default();
        let walk = target.starts_with("/proc/") && target.ends_with("/fd");
        if !walk {
            all.push(format!("{} {target}", entry.file_name().to_string_lossy()));
        }
    }
    all.sort();
    strings(all)
}

fn read(path: &str) -> String {
    let mut bytes = Vec::new();
    let result = std::fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut bytes));
    let code = result
        .err()
        .and_then(|error| error.raw_os_error())
        .unwrap_or(0);
    let text = String::from_utf8_lossy(&bytes);
    format!(
        "{{\"read\":{},\"errno\":{code},\"text\":{}}}",
        json(path),
        json(&text)
    )
}

fn write_to(path: &str) -> String {
    let opened = std::fs::OpenOptions::new().write(true).open(path);
    let code = |error: &std::io::Error| error.raw_os_error().unwrap_or(0);
    let (opened, written) = match opened {
        Err(error) => (code(&error), -1),
        Ok(mut file) => (
            0,
            file.write_all(b"0")
                .map_or_else(|error| code(&error), |()| 0),
        ),
    };
    format!(
        "{{\"write\":{},\"open\":{opened},\"errno\":{written}}}",
        json(path)
    )
}

fn list(path: &str) -> String {
    let (code, names) = match std::fs::read_dir(path) {
        Err(error) => (error.raw_os_error().unwrap_or(0), Vec::new()),
        Ok(entries) => {
            let names = entries
                .flatten()
                .map(|e| e.file_name().to_string_lossy().into_owned());
            (0, names.collect())
        }
    };
    format!(
        "{{\"list\":{},\"errno\":{code},\"names\":{}}}",
        json(path),
        strings(names)
    )
}

fn call(nr: &str, words: &[&str]) -> String {
    let texts: Vec<CString> = words
        .iter()
        .map(|word| {
            CString::new(word.strip_prefix("s:").unwrap_or_default()).expect("no NUL in argv")
        })
        .collect();
    let mut args = [0u64; 6];
    for (index, word) in words.iter().enumerate() {
        args[index] = if word.starts_with("s:") {
            texts[index].as_ptr() as *const c_char as u64
        } else {
            number(word)
        };
    }
    let result = invoke64(number(nr), args);
    let (value, code) = if result < 0 {
        (-1, -result)
    } else {
        (result, 0)
    };
    format!(
        "{{\"call\":{},\"result\":{value},\"errno\":{code}}}",
        json(nr)
    )
}

/// A call through libc: the result, or the negative errno.
fn invoke64(nr: u64, args: [u64; 6]) -> i64 {
    // SAFETY: none is needed by the caller: the test asks for this very call and lives with its effects.
    let result = unsafe {
        syscall(
            nr as c_long,
            args[0],
            args[1],
            args[2],
            args[3],
            args[4],
            args[5],
        )
    };
    if result == -1 {
        -i64::from(errno())
    } else {
        result
    }
}

/// A call through the 32-bit gate.
#[cfg(target_arch = "x86_64")]
fn invoke32(nr: u64, args: [u64; 6]) -> i64 {
    let result: i32;
    // SAFETY: as above. rbx and rbp are the compiler's, so they are exchanged and put back; the sixth
    // argument (ebp) is left as it is.
    unsafe {
        std::arch::asm!(
            "xchg {first}, rbx",
            "int 0x80",
            "xchg {first}, rbx",
            first = inout(reg) args[0] as u32 as u64 => _,
            inlateout("eax") nr as u32 => result,
            in("ecx") args[1] as u32,
            in("edx") args[2] as u32,
            in("esi") args[3] as u32,
            in("edi") args[4] as u32,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
        );
    }
    i64::from(result)
}

#[cfg(not(target_arch = "x86_64"))]
fn invoke32(_nr: u64, _args: [u64; 6]) -> i64 {
    -38
}

/// Tries a range of calls, each in a child that an alarm ends: `[[number, outcome], …]`, the outcome an
/// errno, 0, or `"end N"` with the wait status of a child that could not tell.
fn calls(first: u64, last: u64, invoke: fn(u64, [u64; 6]) -> i64) -> String {
    let mut all = Vec::new();
    for nr in first..=last {
        let outcome = match one_call(nr, invoke) {
            Ok(code) => code.to_string(),
            Err(status) => format!("\"end {status}\""),
        };
        all.push(format!("[{nr},{outcome}]"));
    }
    format!("{{\"calls\":[{}]}}", all.join(","))
}

fn one_call(nr: u64, invoke: fn(u64, [u64; 6]) -> i64) -> Result<i64, i32> {
    let mut ends = [0; 2];
    // SAFETY: the array has room for two descriptors.
    assert_eq!(unsafe { pipe(ends.as_mut_ptr()) }, 0);
    // SAFETY: this program has one thread; the child only makes calls and leaves by `_exit`.
    let pid = unsafe { fork() };
    assert!(pid >= 0, "fork");
    if pid == 0 {
        // SAFETY: in the child; SIGALRM's default action ends it.
        unsafe {
            signal(14, 0);
            alarm(2);
            let result = invoke(nr, [u64::MAX; 6]);
            let code = if (-4095..0).contains(&result) {
                -result
            } else {
                0
            };
            let bytes = code.to_ne_bytes();
            write(ends[1], bytes.as_ptr(), bytes.len());
            _exit(0);
        }
    }
    // SAFETY: both are ours and open; each is owned once from here on.
    let (reader, writer) =
        unsafe { (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1])) };
    drop(writer);
    let mut status = 0;
    // SAFETY: `status` outlives the call.
    unsafe { waitpid(pid, &raw mut status, 0) };
    let mut bytes = [0; 8];
    match std::fs::File::from(reader).read(&mut bytes) {
        Ok(8) => Ok(i64::from_ne_bytes(bytes)),
        _ => Err(status),
    }
}

fn environs() -> String {
    let mut all = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.bytes().all(|b| b.is_ascii_digit()) {
            let words = text_of(&format!("/proc/{name}/environ"));
            all.extend(
                words
                    .split('\0')
                    .filter(|w| !w.is_empty())
                    .map(|w| format!("{name} {w}")),
            );
        }
    }
    format!("{{\"environs\":{}}}", strings(all))
}

fn processes() -> Vec<String> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    names
        .filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
        .collect()
}

/// How many executables could be opened for writing, and the errors of the rest.
fn exes() -> String {
    let mut outcomes = Vec::new();
    for name in processes() {
        let path = format!("/proc/{name}/exe");
        let outcome = match std::fs::OpenOptions::new().write(true).open(&path) {
            Ok(mut file) => format!(
                "opened, write {:?}",
                file.write(b"x").map_err(|e| e.raw_os_error())
            ),
            Err(error) => format!("errno {}", error.raw_os_error().unwrap_or(0)),
        };
        outcomes.push(format!("{name} {outcome}"));
    }
    format!("{{\"exes\":{}}}", strings(outcomes))
}

fn is_usual(target: &std::path::Path) -> bool {
    let text = target.to_string_lossy();
    matches!(text.as_ref(), "/" | "/probe" | "/dev/null") || text.starts_with("pipe:[")
}

/// Every process but this one and init that could be read, traced or walked through while its
/// executable was not this program.
fn hunt(seconds: u64) -> String {
    const PTRACE_ATTACH: u64 = 16;
    const PTRACE_DETACH: u64 = 17;
    #[cfg(target_arch = "x86_64")]
    const PTRACE: u64 = 101;
    #[cfg(not(target_arch = "x86_64"))]
    const PTRACE: u64 = 117;
    let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let me = std::process::id().to_string();
    let (mut wins, mut seen) = (Vec::new(), 0u64);
    while std::time::Instant::now() < end && wins.len() < 20 {
        for name in processes()
            .into_iter()
            .filter(|name| *name != me && name != "1")
        {
            seen += 1;
            let at = |file: &str| format!("/proc/{name}/{file}");
            // Ours before and after: whatever happened in between happened to the workload. One
            // that is ending has lost its executable before its directories and descriptors, so
            // what every workload has says nothing: the root, the null device and its pipes.
            let ours =
                || std::fs::read_link(at("exe")).is_ok_and(|exe| exe.as_os_str() == "/probe");
            let before = ours();
            for file in ["mem", "environ", "maps"] {
                let mut byte = [0];
                let got = std::fs::File::open(at(file)).and_then(|mut file| file.read(&mut byte));
                if got.is_ok_and(|count| count > 0) && !before && !ours() {
                    wins.push(at(file));
                }
            }
            for file in ["cwd", "root", "exe"] {
                if let Ok(target) = std::fs::read_link(at(file)) {
                    if !before && !ours() && !is_usual(&target) {
                        wins.push(format!("{} -> {}", at(file), target.display()));
                    }
                }
            }
            let fds = std::fs::read_dir(at("fd")).into_iter().flatten().flatten();
            for fd in fds {
                let target = std::fs::read_link(fd.path());
                if !before && !ours() && target.as_ref().is_ok_and(|target| !is_usual(target)) {
                    wins.push(format!("{:?} -> {target:?}", fd.path()));
                }
            }
            let pid = name.parse().unwrap_or(0);
            if invoke64(PTRACE, [PTRACE_ATTACH, pid, 0, 0, 0, 0]) == 0 {
                let mut status = 0;
                // SAFETY: `status` outlives the call.
                unsafe { waitpid(pid as c_int, &raw mut status, 0x4000_0000) };
                // While it is stopped its executable stays what it is; one that has ended says nothing.
                if status & 0xff == 0x7f && !ours() {
                    wins.push(format!("traced {name}"));
                }
                invoke64(PTRACE, [PTRACE_DETACH, pid, 0, 0, 0, 0]);
            }
        }
    }
    format!("{{\"seen\":{seen},\"wins\":{}}}", strings(wins))
}

fn swap(seconds: u64, one: &str, two: &str) -> String {
    const AT_FDCWD: u64 = (-100i64) as u64;
    const RENAME_EXCHANGE: u64 = 2;
    #[cfg(target_arch = "x86_64")]
    const RENAMEAT2: u64 = 316;
    #[cfg(not(target_arch = "x86_64"))]
    const RENAMEAT2: u64 = 276;
    let (one, two) = (
        CString::new(one).expect("no NUL"),
        CString::new(two).expect("no NUL"),
    );
    let (from, to) = (one.as_ptr() as u64, two.as_ptr() as u64);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let mut done = 0u64;
    while std::time::Instant::now() < end {
        for _ in 0..100 {
            done += u64::from(
                invoke64(
                    RENAMEAT2,
                    [AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE, 0],
                ) == 0,
            );
        }
    }
    format!("{{\"swaps\":{done}}}")
}

fn link(path: &str) -> String {
    let target = std::fs::read_link(path).unwrap_or_default();
    format!(
        "{{\"link\":{},\"target\":{}}}",
        json(path),
        json(&target.to_string_lossy())
    )
}

fn stat(path: &str) -> String {
    use std::os::unix::fs::MetadataExt;
    match std::fs::symlink_metadata(path) {
        Err(error) => format!(
            "{{\"stat\":{},\"errno\":{}}}",
            json(path),
            error.raw_os_error().unwrap_or(0)
        ),
        Ok(facts) => format!(
            "{{\"stat\":{},\"errno\":0,\"mode\":{},\"uid\":{},\"gid\":{},\"major\":{},\"minor\":{},\"size\":{}}}",
            json(path),
            facts.mode(),
            facts.uid(),
            facts.gid(),
            facts.rdev() >> 8 & 0xfff,
            facts.rdev() & 0xff,
            facts.size(),
        ),
    }
}
