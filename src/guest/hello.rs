//! The workload of the embedded `hello` image: says on which rung of the ladder it runs.
//!
//! It looks at its container from inside only: user_namespaces(7) for /proc/self/uid_map,
//! proc_pid_mountinfo(5), cgroups(7), ioctl_ns(2), and tells for each rung that is not the
//! best one which Debian package or setting gives a better one. No standard library, no
//! allocation: see `rt.rs` and `raw.rs`.
#![no_std]
#![no_main]

mod raw;
mod rt;

use core::ffi::CStr;

use raw::call;

/// The most of one file of /proc that is looked at.
const FILE: usize = 16 << 10;

/// The whole report.
const REPORT: usize = 4 << 10;

/// How the answer to one question compares with the best one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rung {
    Best,
    Lower,
}

/// Text on its way to standard output; what does not fit is cut.
struct Report {
    bytes: [u8; REPORT],
    used: usize,
}

impl Report {
    fn say(&mut self, text: &[u8]) -> &mut Self {
        let room = REPORT - self.used;
        let count = text.len().min(room);
        self.bytes[self.used..self.used + count].copy_from_slice(&text[..count]);
        self.used += count;
        self
    }

    /// Bytes of unknown origin: anything but plain characters becomes a question mark.
    fn say_foreign(&mut self, text: &[u8]) -> &mut Self {
        for byte in text.iter().take(64) {
            let plain = matches!(*byte, b' '..=b'~');
            self.say(if plain { core::slice::from_ref(byte) } else { b"?" });
        }
        self
    }

    fn number(&mut self, value: u64) -> &mut Self {
        let mut digits = [0; 24];
        self.say(raw::decimal(value, &mut digits).to_bytes())
    }

    /// Begins a line of the table.
    fn row(&mut self, rung: Rung, name: &[u8]) -> &mut Self {
        let mark: &[u8] = match rung {
            Rung::Best => b"  [ok]   ",
            Rung::Lower => b"  [less] ",
        };
        self.say(mark).say(name)
    }
}

/// What there is to say about the parts of a container.
struct Findings {
    ids: u64,
    root: Root,
    cgroups: Cgroups,
    network: Network,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Overlay,
    FuseOverlay,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cgroups {
    /// Version 2 with controllers in a group that is ours.
    Delegated,
    /// Version 2, the caller's own group.
    Shared,
    Old,
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Network {
    Pasta,
    Slirp,
    Host,
    Nothing,
    /// An interface of another kind.
    Other,
}

fn guest_main(_start: rt::Start) -> ! {
    let mut buffer = [0; FILE];
    let mut report = Report { bytes: [0; REPORT], used: 0 };
    report.say(
        b"Hello from Coracle!\n\n\
          This program came out of the coracle executable and took the whole road of an\n\
          image: stored, unpacked, mounted, isolated, supervised. What it sees inside:\n\n",
    );
    let found = Findings {
        ids: say_ids(&mut report, &mut buffer),
        root: say_root(&mut report, &mut buffer),
        cgroups: say_cgroups(&mut report, &mut buffer),
        network: say_network(&mut report, &mut buffer),
    };
    say_process(&mut report, &mut buffer);
    say_hints(&mut report, &found);
    report.say(b"\nNext: coracle run -it --rm docker.io/library/debian bash\n");
    let whole = raw::write_all(1, &report.bytes[..report.used]);
    raw::exit(i32::from(!whole))
}

/// Reads a file, or as much of it as the buffer holds.
fn read_file<'a>(path: &CStr, buffer: &'a mut [u8; FILE]) -> Option<&'a [u8]> {
    let fd = raw::openat(raw::AT_FDCWD, path, raw::O_RDONLY | raw::O_CLOEXEC, 0).ok()?;
    let mut used = 0;
    while used < buffer.len() {
        match raw::read(fd, &mut buffer[used..]) {
            Ok(0) => break,
            Ok(count) => used += count,
            Err(raw::EINTR) => {}
            Err(_) => {
                raw::close(fd);
                return None;
            }
        }
    }
    raw::close(fd);
    Some(&buffer[..used])
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| matches!(byte, b' ' | b'\t')).filter(|word| !word.is_empty())
}

fn parse(digits: &[u8]) -> Option<u64> {
    let mut value: u64 = 0;
    for digit in digits {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        value = value.checked_mul(10)?.checked_add(u64::from(digit))?;
    }
    (!digits.is_empty()).then_some(value)
}

/// The ids of the container; returns how many there are.
fn say_ids(report: &mut Report, buffer: &mut [u8; FILE]) -> u64 {
    let text = read_file(c"/proc/self/uid_map", buffer).unwrap_or_default();
    let ids = lines(text)
        .filter_map(|line| words(line).nth(2).and_then(parse))
        .fold(0, u64::saturating_add);
    match ids {
        0 => report.row(Rung::Lower, b"user ids   unknown: /proc cannot be read\n"),
        1 => report.row(Rung::Lower, b"user ids   one: every file belongs to root\n"),
        _ => report
            .row(Rung::Best, b"user ids   ")
            .number(ids)
            .say(b", so files keep their owners\n"),
    };
    ids
}

/// The type of the file system mounted at `point`; the last mount there counts.
fn mounted_at<'a>(mountinfo: &'a [u8], point: &[u8]) -> Option<&'a [u8]> {
    let mut found = None;
    for line in lines(mountinfo) {
        if words(line).nth(4) != Some(point) {
            continue;
        }
        // Optional fields end with a lone hyphen.
        let mut rest = words(line).skip_while(|word| *word != b"-");
        rest.next();
        found = rest.next().or(found);
    }
    found
}

fn say_root(report: &mut Report, buffer: &mut [u8; FILE]) -> Root {
    let text = read_file(c"/proc/self/mountinfo", buffer).unwrap_or_default();
    match mounted_at(text, b"/") {
        Some(b"overlay") => {
            report.row(Rung::Best, b"root       overlay, by the kernel\n");
            Root::Overlay
        }
        Some(b"fuse.fuse-overlayfs") => {
            report.row(Rung::Lower, b"root       fuse-overlayfs, slower than the kernel's overlay\n");
            Root::FuseOverlay
        }
        other => {
            report.row(Rung::Lower, b"root       ").say_foreign(other.unwrap_or(b"unknown"));
            report.say(b", no overlay\n");
            Root::Other
        }
    }
}

fn say_cgroups(report: &mut Report, buffer: &mut [u8; FILE]) -> Cgroups {
    const CONTROLLERS: &CStr = c"/sys/fs/cgroup/cgroup.controllers";
    let Some(groups) = read_file(c"/proc/self/cgroup", buffer) else {
        report.row(Rung::Lower, b"cgroups    unknown: /proc cannot be read\n");
        return Cgroups::Unknown;
    };
    // Hierarchies of version 1 have numbers above 0: cgroups(7), "/proc files".
    if lines(groups).any(|line| !line.starts_with(b"0::")) {
        report.row(Rung::Lower, b"cgroups    version 1: no limits for ordinary users\n");
        return Cgroups::Old;
    }
    let Some(controllers) = read_file(CONTROLLERS, buffer) else {
        report.row(Rung::Lower, b"cgroups    not visible\n");
        return Cgroups::Unknown;
    };
    let controllers = controllers.trim_ascii();
    // A delegated group belongs to the user, who is root in here.
    if controllers.is_empty() || owner(c"/sys/fs/cgroup/cgroup.procs") != Some(0) {
        report.row(Rung::Lower, b"cgroups    version 2, nothing delegated: no limits\n");
        return Cgroups::Shared;
    }
    report.row(Rung::Best, b"cgroups    version 2: ").say_foreign(controllers).say(b"\n");
    Cgroups::Delegated
}

/// The user id a file belongs to, as this user namespace shows it.
fn owner(path: &CStr) -> Option<u32> {
    const STATX_UID: usize = 8;
    // struct statx is 256 bytes; stx_uid is at 20.
    let mut stat = [0u32; 64];
    call!(raw::STATX, raw::AT_FDCWD, path.as_ptr(), 0, STATX_UID, stat.as_mut_ptr()).ok()?;
    Some(stat[5])
}

fn say_network(report: &mut Report, buffer: &mut [u8; FILE]) -> Network {
    if is_foreign_network() {
        report.row(Rung::Best, b"network    the host's own, as asked\n");
        return Network::Host;
    }
    let devices = read_file(c"/proc/net/dev", buffer).unwrap_or_default();
    // Two lines of headings, then `name: numbers`.
    let name = lines(devices)
        .skip(2)
        .filter_map(|line| line.split(|byte| *byte == b':').next())
        .map(<[u8]>::trim_ascii)
        .find(|name| is_tap(name));
    let Some(name) = name else {
        return say_without_tap(report, buffer);
    };
    if name == b"tap0" {
        report.row(Rung::Lower, b"network    slirp4netns, slower than pasta\n");
        return Network::Slirp;
    }
    report.row(Rung::Best, b"network    pasta, as ").say_foreign(name).say(b"\n");
    Network::Pasta
}

/// A network namespace of ours without a helper's device.
fn say_without_tap(report: &mut Report, buffer: &mut [u8; FILE]) -> Network {
    let routes = read_file(c"/proc/net/route", buffer).unwrap_or_default();
    // The first line is a heading.
    if lines(routes).nth(1).is_some() {
        report.row(Rung::Best, b"network    shared or bridged\n");
        return Network::Other;
    }
    report.row(Rung::Lower, b"network    none: nothing can be reached\n");
    Network::Nothing
}

/// Whether the network namespace belongs to a user namespace outside of ours.
fn is_foreign_network() -> bool {
    // _IO(0xb7, 1): EPERM when the owner is not ours or below, ioctl_ns(2).
    const NS_GET_USERNS: usize = 0xb701;
    let flags = raw::O_RDONLY | raw::O_CLOEXEC;
    let Ok(fd) = raw::openat(raw::AT_FDCWD, c"/proc/self/ns/net", flags, 0) else {
        return false;
    };
    let answer = call!(raw::IOCTL, fd, NS_GET_USERNS);
    raw::close(fd);
    match answer {
        Ok(owner) => {
            raw::close(owner as i32);
            false
        }
        Err(errno) => errno == raw::EPERM,
    }
}

/// Both helpers make a tap device, and only such have this file: drivers/net/tun.c.
fn is_tap(name: &[u8]) -> bool {
    let mut path = [0u8; 64];
    let mut used = 0;
    for part in [b"/sys/class/net/", name, b"/tun_flags"] {
        let end = used + part.len();
        // The last byte stays 0. Interface names have at most 15 bytes, IFNAMSIZ.
        if end >= path.len() {
            return false;
        }
        path[used..end].copy_from_slice(part);
        used = end;
    }
    let Ok(path) = CStr::from_bytes_until_nul(&path) else { return false };
    match raw::openat(raw::AT_FDCWD, path, raw::O_RDONLY | raw::O_CLOEXEC, 0) {
        Ok(fd) => {
            raw::close(fd);
            true
        }
        Err(_) => false,
    }
}

/// The value of a line of /proc/self/status.
fn status<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    lines(text).find_map(|line| line.strip_prefix(name)).map(<[u8]>::trim_ascii)
}

fn say_process(report: &mut Report, buffer: &mut [u8; FILE]) {
    let text = read_file(c"/proc/self/status", buffer).unwrap_or_default();
    let filtered = status(text, b"Seccomp:") == Some(b"2");
    let capabilities = status(text, b"CapEff:").map_or(0, ones);
    let rung = if filtered { Rung::Best } else { Rung::Lower };
    report.row(rung, b"process    number ").number(raw::getpid() as u64).say(b", ");
    report.number(capabilities).say(b" capabilities, ");
    report.say(if filtered { b"system calls filtered\n" } else { b"system calls not filtered\n" });
}

/// How many bits a hexadecimal number has.
fn ones(hex: &[u8]) -> u64 {
    let bits = |digit: &u8| match digit {
        b'0'..=b'9' => (digit - b'0').count_ones(),
        b'a'..=b'f' => (digit - b'a' + 10).count_ones(),
        _ => 0,
    };
    hex.iter().map(|digit| u64::from(bits(digit))).sum()
}

/// What to do as root for each rung that is not the best.
fn say_hints(report: &mut Report, found: &Findings) {
    let hints: [(bool, &[u8]); 5] = [
        (
            found.ids <= 1,
            b"  many user ids    apt install uidmap, and for the user USER:\n\
              \x20                  usermod --add-subuids 100000-165535 \\\n\
              \x20                          --add-subgids 100000-165535 USER\n",
        ),
        (
            found.root != Root::Overlay,
            b"  kernel overlay   a store on ext4, xfs or btrfs\n",
        ),
        (
            !matches!(found.cgroups, Cgroups::Delegated),
            match found.cgroups {
                Cgroups::Old => b"  limits           boot with systemd.unified_cgroup_hierarchy=1\n",
                _ => b"  limits           apt install dbus-user-session, then log in again\n",
            },
        ),
        (
            found.network == Network::Nothing,
            b"  network          apt install passt; /dev/net/tun must be there\n",
        ),
        (
            found.network == Network::Slirp,
            b"  faster network   apt install passt\n",
        ),
    ];
    if hints.iter().any(|(wanted, _)| *wanted) {
        report.say(b"\nFor more, as root:\n");
        for (_, text) in hints.iter().filter(|(wanted, _)| *wanted) {
            report.say(text);
        }
    } else {
        report.say(b"\nThis machine gives containers all that Coracle can use.\n");
    }
}
