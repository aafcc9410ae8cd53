//! `--security-opt`, `--network`, `--pid` and its like, `--add-host`, `--platform`.

use std::net::IpAddr;
use std::path::PathBuf;

use crate::types::request::{HostsBase, IpcSharing, NamespaceMode, Seccomp, Security};
use crate::types::{Platform, RunRequest};

/// Applies one `--security-opt` word; Docker's older form has a colon for the equals sign.
pub fn option(security: &mut Security, text: &str) -> Result<(), String> {
    let (key, value) = text
        .split_once('=')
        .or_else(|| text.split_once(':'))
        .unwrap_or((text, ""));
    match (key, value) {
        ("no-new-privileges", "" | "true") => security.no_new_privileges = true,
        ("no-new-privileges", "false") => security.no_new_privileges = false,
        ("seccomp", "unconfined") => security.seccomp = Seccomp::Unconfined,
        ("seccomp", "") => return Err("names no seccomp profile".to_owned()),
        ("seccomp", path) => {
            let path = std::path::absolute(path).map_err(|_| "is not a path".to_owned())?;
            security.seccomp = Seccomp::Profile(path);
        }
        ("label", word) if is_label(word) => security.labels.push(word.to_owned()),
        ("label", _) => return Err("is not a label option".to_owned()),
        ("apparmor", "") => return Err("names no AppArmor profile".to_owned()),
        ("apparmor", profile) => security.apparmor = Some(profile.to_owned()),
        ("mask", paths) => security.mask.extend(paths_of(paths)?),
        ("unmask", "ALL" | "all") => security.unmask.push("ALL".to_owned()),
        ("unmask", paths) => security.unmask.extend(paths_of(paths)?),
        ("systempaths", "unconfined") => security.unmask.push("ALL".to_owned()),
        ("proc-opts", options) => security.proc_options.extend(proc_options(options)?),
        _ => return Err("is not a known security option".to_owned()),
    }
    Ok(())
}

/// What may follow `label=`: podman-run(1), "--security-opt".
fn is_label(word: &str) -> bool {
    const PARTS: [&str; 5] = ["user", "role", "type", "level", "filetype"];
    let part = word.split_once(':');
    matches!(word, "disable" | "nested")
        || part.is_some_and(|(part, value)| PARTS.contains(&part) && !value.is_empty())
}

/// Options of procfs: proc(5), "Mount options".
fn proc_options(text: &str) -> Result<Vec<String>, String> {
    let known = |word: &str| {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "hidepid" => matches!(
                value,
                "0" | "1" | "2" | "4" | "off" | "noaccess" | "invisible" | "ptraceable"
            ),
            "subset" => value == "pid",
            "gid" => value.parse::<u32>().is_ok(),
            "ro" | "nosuid" | "nodev" | "noexec" => value.is_empty(),
            _ => false,
        }
    };
    let words = text.split(',').filter(|word| !word.is_empty());
    let checked = words.map(|word| match known(word) {
        true => Ok(word.to_owned()),
        false => Err(format!("\"{word}\" is not an option of proc")),
    });
    checked.collect()
}

/// Parses `--hosts-file`: a path, `none` or `image`.
pub fn hosts_base(text: &str) -> Result<HostsBase, String> {
    match text {
        "none" => Ok(HostsBase::Nothing),
        "image" => Ok(HostsBase::Image),
        path if path.starts_with('/') => Ok(HostsBase::File(PathBuf::from(path))),
        _ => Err("is none of an absolute path, none and image".to_owned()),
    }
}

fn paths_of(text: &str) -> Result<Vec<String>, String> {
    let paths = text.split(':').map(|path| {
        let fine = path.starts_with('/') && !path.split('/').any(|part| part == "..");
        fine.then(|| path.to_owned())
            .ok_or_else(|| format!("\"{path}\" is not an absolute path"))
    });
    paths.collect()
}

/// Parses the mode of a pid, ipc, uts or cgroup namespace.
pub fn namespace(text: &str) -> Result<NamespaceMode, String> {
    match text {
        "" | "private" => Ok(NamespaceMode::Private),
        "host" => Ok(NamespaceMode::Host),
        _ => match text.split_once(':') {
            Some(("container", name)) if !name.is_empty() => {
                Ok(NamespaceMode::Container(name.to_owned()))
            }
            Some(("ns", path)) if path.starts_with('/') => Ok(NamespaceMode::Path(path.into())),
            Some(("ns", _)) => Err("names no absolute path".to_owned()),
            _ => Err("is not a mode: private, host, container:NAME or ns:PATH".to_owned()),
        },
    }
}

/// Parses an `--ipc` word: besides the modes of all, how it is shared.
pub fn ipc(text: &str) -> Result<(NamespaceMode, IpcSharing), String> {
    match text {
        "private" => Ok((NamespaceMode::Private, IpcSharing::Private)),
        "none" => Ok((NamespaceMode::Private, IpcSharing::None)),
        "" | "shareable" => Ok((NamespaceMode::Private, IpcSharing::Shareable)),
        _ => namespace(text).map(|mode| (mode, IpcSharing::Shareable)),
    }
}

/// Refuses `--shm-size` where there is no /dev/shm of the container's own to give it to.
pub fn room_for_shm(request: &RunRequest) -> Result<(), String> {
    let mode = match (&request.ipc_mode, request.ipc_sharing) {
        (NamespaceMode::Host, _) => "host",
        (_, IpcSharing::None) => "none",
        _ => return Ok(()),
    };
    Err(format!(
        "cannot set shmsize when running in the {mode} IPC Namespace"
    ))
}

/// Parses `NAME[;NAME…]:IP`, IP may be `host-gateway`.
pub fn add_host(text: &str) -> Result<Vec<(String, String)>, String> {
    let (names, ip) = text
        .split_once(':')
        .or_else(|| text.split_once('='))
        .ok_or("is not of the form name:ip")?;
    let bare = ip.strip_prefix('[').and_then(|ip| ip.strip_suffix(']'));
    let ip = bare.unwrap_or(ip);
    if ip != "host-gateway" && ip.parse::<IpAddr>().is_err() {
        return Err(format!("\"{ip}\" is not an address"));
    }
    let pairs = names.split(';').map(|name| {
        let fine = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '#');
        fine.then(|| (name.to_owned(), ip.to_owned()))
            .ok_or_else(|| format!("\"{name}\" is not a host name"))
    });
    pairs.collect()
}

/// Puts `--platform` or `--os`, `--arch` and `--variant` together.
pub fn platform(
    whole: Option<&str>,
    os: Option<&str>,
    arch: Option<&str>,
    variant: Option<&str>,
) -> Result<Option<Platform>, String> {
    if let Some(text) = whole.filter(|text| !text.is_empty()) {
        if os.is_some() || arch.is_some() || variant.is_some() {
            return Err("--platform option can not be specified with --arch or --os".to_owned());
        }
        let parts: Vec<&str> = text.split('/').collect();
        let (os, arch, variant) = match parts[..] {
            [os, arch] => (os, arch, None),
            [os, arch, variant] => (os, arch, Some(variant)),
            [os] => (os, "", None),
            _ => return Err(format!("--platform \"{text}\": is not os/arch[/variant]")),
        };
        return made(os, arch, variant)
            .map(Some)
            .ok_or_else(|| format!("--platform \"{text}\": is not os/arch[/variant]"));
    }
    if os.is_none() && arch.is_none() && variant.is_none() {
        return Ok(None);
    }
    made(os.unwrap_or_default(), arch.unwrap_or_default(), variant)
        .map(Some)
        .ok_or_else(|| "--os, --arch or --variant: is not a platform's word".to_owned())
}

/// Go's names of the machines a user may call by the kernel's.
fn made(os: &str, arch: &str, variant: Option<&str>) -> Option<Platform> {
    let word = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
    };
    if !word(os) || !word(arch) || !variant.is_none_or(word) {
        return None;
    }
    let arch = match arch {
        "" => of_this_machine(),
        "x86_64" | "x86-64" => "amd64",
        "aarch64" => "arm64",
        "i386" | "i686" => "386",
        "armhf" => "arm",
        other => other,
    };
    Some(Platform {
        architecture: arch.to_owned(),
        os: if os.is_empty() { "linux" } else { os }.to_owned(),
        variant: variant.filter(|v| !v.is_empty()).map(str::to_owned),
        os_version: None,
    })
}

/// Returns Go's name of the machine we were built for.
pub fn of_this_machine() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_options() {
        for (text, fine) in [
            ("no-new-privileges", true),
            ("no-new-privileges:true", true),
            ("no-new-privileges=maybe", false),
            ("seccomp=unconfined", true),
            ("seccomp=/etc/profile.json", true),
            ("seccomp=", false),
            ("label=disable", true),
            ("label=type:x_t", true),
            ("label:level:s0:c1,c2", true),
            ("label=filetype:usr_t", true),
            ("label=tpye:x_t", false),
            ("label=type:", false),
            ("label=", false),
            ("apparmor=unconfined", true),
            ("mask=/proc/a:/proc/b", true),
            ("mask=proc", false),
            ("unmask=ALL", true),
            ("unmask=/proc/../x", false),
            ("what=1", false),
        ] {
            assert_eq!(
                option(&mut Security::default(), text).is_ok(),
                fine,
                "{text}"
            );
        }
    }

    #[test]
    fn hosts_are_added() {
        for (text, wanted) in [
            ("a:1.2.3.4", Some("a 1.2.3.4")),
            ("a;b:::1", Some("a ::1, b ::1")),
            ("a:[::1]", Some("a ::1")),
            ("a:host-gateway", Some("a host-gateway")),
            ("a", None),
            ("a:x", None),
            ("a b:1.2.3.4", None),
            (":1.2.3.4", None),
        ] {
            let shown = add_host(text).ok().map(|pairs| {
                let words = pairs.iter().map(|(name, ip)| format!("{name} {ip}"));
                words.collect::<Vec<_>>().join(", ")
            });
            assert_eq!(shown.as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn platforms() {
        for (words, wanted) in [
            ((None, None, None, None), Some(None)),
            (
                (Some("linux/x86_64"), None, None, None),
                Some(Some("linux/amd64")),
            ),
            (
                (Some("linux/arm/v7"), None, None, None),
                Some(Some("linux/arm")),
            ),
            (
                (None, None, Some("aarch64"), None),
                Some(Some("linux/arm64")),
            ),
            ((Some("linux/amd64"), None, Some("arm"), None), None),
            ((Some("a/b/c/d"), None, None, None), None),
            ((Some("li nux/amd64"), None, None, None), None),
        ] {
            let (whole, os, arch, variant) = words;
            let shown = platform(whole, os, arch, variant)
                .ok()
                .map(|found| found.map(|p| format!("{}/{}", p.os, p.architecture)));
            let wanted = wanted.map(|found| found.map(str::to_owned));
            assert_eq!(shown, wanted, "{words:?}");
        }
    }

    #[test]
    fn modes_of_namespaces() {
        assert_eq!(namespace("host"), Ok(NamespaceMode::Host));
        assert!(namespace("what").is_err());
    }
}
