//! Programs of another architecture: what is missing when the kernel cannot run them.
//!
//! Whoever administers the machine registers interpreters in binfmt_misc, once for all users. Only
//! one that is opened at its registration (flag F, Linux 4.8) is found from inside a container:
//! Documentation/admin-guide/binfmt-misc.rst.

use std::path::Path;

use crate::engine::{Error, Kind};
use crate::types::{ContainerRecord, Platform};

const FOLDER: &str = "/proc/sys/fs/binfmt_misc";
/// execve(2): the kernel knows no such format; the interpreter of a format is not there.
const ENOEXEC: i32 = 8;
const ENOENT: i32 = 2;

/// What the kernel has for programs of an architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Registered {
    /// binfmt_misc is not mounted.
    Nowhere,
    /// All of it is switched off.
    Off,
    No,
    /// Registered, and switched off.
    Disabled,
    /// Its interpreter would have to be in the container.
    NotKept,
    Yes,
}

/// Says that a program is for another machine, and what is missing; `None`: that is not why.
pub(crate) fn explain(record: &ContainerRecord, doing: &str, errno: i32) -> Option<Error> {
    let is = record.platform.as_ref()?;
    let registered = registered(Path::new(FOLDER), &is.architecture);
    let missing = match errno {
        ENOEXEC => registered != Registered::Yes,
        ENOENT => registered == Registered::NotKept,
        _ => false,
    };
    let (own, reason) = (Platform::host(), crate::sys::reason(errno));
    let is_shown = crate::types::escape::visible(&is.to_string());
    let message =
        format!("{doing}: {reason}: the image is for {is_shown}, and this machine is {own}");
    let error = Error::of(Kind::CannotRun, message);
    missing.then(|| error.hint(advice(registered, &is.architecture)))
}

fn advice(registered: Registered, architecture: &str) -> String {
    let qemu = qemu(architecture);
    match registered {
        Registered::Nowhere => "binfmt_misc is not mounted: as root, mount -t binfmt_misc none \
             /proc/sys/fs/binfmt_misc, and install qemu-user-static, which registers in it"
            .to_owned(),
        Registered::Off => {
            "binfmt_misc is switched off: as root, echo 1 > /proc/sys/fs/binfmt_misc/status"
                .to_owned()
        }
        Registered::Disabled => format!(
            "qemu-{qemu} is switched off: as root, echo 1 > /proc/sys/fs/binfmt_misc/qemu-{qemu}"
        ),
        Registered::NotKept => format!(
            "qemu-{qemu} is registered without the flag F, so no container finds it: install \
             qemu-user-static, or register it with qemu-binfmt-conf.sh --persistent yes"
        ),
        Registered::No | Registered::Yes => format!(
            "no interpreter for {} is registered: install qemu-user-static (Fedora: \
             qemu-user-static-{qemu}), which registers qemu-{qemu} in binfmt_misc with the flag F",
            crate::types::escape::visible(architecture)
        ),
    }
}

/// Looks for an interpreter as the packages call theirs.
fn registered(folder: &Path, architecture: &str) -> Registered {
    let Ok(status) = std::fs::read_to_string(folder.join("status")) else {
        return Registered::Nowhere;
    };
    if status.trim() == "disabled" {
        return Registered::Off;
    }
    let name = qemu(architecture);
    // A stranger's word: it is no path.
    if name.contains('/') {
        return Registered::No;
    }
    match std::fs::read_to_string(folder.join(format!("qemu-{name}"))) {
        Ok(entry) => entry_says(&entry),
        Err(_) => Registered::No,
    }
}

fn entry_says(entry: &str) -> Registered {
    if entry.lines().next() != Some("enabled") {
        return Registered::Disabled;
    }
    let flags = entry.lines().find_map(|line| line.strip_prefix("flags:"));
    match flags.is_some_and(|flags| flags.contains('F')) {
        true => Registered::Yes,
        false => Registered::NotKept,
    }
}

/// GOARCH in the words of QEMU.
fn qemu(architecture: &str) -> &str {
    match architecture {
        "amd64" => "x86_64",
        "386" => "i386",
        "arm64" => "aarch64",
        "mips64le" => "mips64el",
        "mipsle" => "mipsel",
        "loong64" => "loongarch64",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_binfmt_misc_are_read() {
        let entry = |state: &str, flags: &str| {
            format!("{state}\ninterpreter /usr/bin/qemu-s390x-static\nflags: {flags}\noffset 0\n")
        };
        for (text, says) in [
            (entry("enabled", "F"), Registered::Yes),
            (entry("enabled", "OCF"), Registered::Yes),
            (entry("enabled", ""), Registered::NotKept),
            (entry("enabled", "OC"), Registered::NotKept),
            (entry("disabled", "F"), Registered::Disabled),
            (String::new(), Registered::Disabled),
        ] {
            assert_eq!(entry_says(&text), says, "{text}");
        }
        assert_eq!(
            registered(Path::new("/nonexistent"), "arm64"),
            Registered::Nowhere
        );
    }
}
