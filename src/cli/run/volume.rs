//! `-v [SOURCE:]TARGET[:OPTIONS]` and `--tmpfs TARGET[:OPTIONS]`: podman-run(1), "--volume".
//!
//! A source that begins with `/`, `.` or `~`-expanded by the shell is a path on the host, made
//! absolute here; any other is a named volume. Overlay volumes (`O`) are not supported yet.

use std::path::{Path, PathBuf};

use crate::cli::words::size;
use crate::types::ContainerName;
use crate::types::request::{Mount, MountSource};

/// Returns a mount without options.
pub fn plain(source: MountSource, target: &str) -> Result<Mount, String> {
    Ok(Mount {
        source,
        target: checked_target(target)?,
        read_only: false,
        no_exec: false,
        no_suid: false,
        no_dev: false,
        propagation: None,
        non_recursive: false,
        chown: false,
        no_copy: false,
    })
}

/// Parses one `-v` word; a relative source is below `cwd`.
pub fn parse(text: &str, cwd: &Path) -> Result<Mount, String> {
    let parts: Vec<&str> = text.split(':').collect();
    let (source, target, options) = match parts[..] {
        [target] => (None, target, ""),
        [source, target] => (Some(source), target, ""),
        [source, target, options] => (Some(source), target, options),
        _ => return Err("has too many colons".to_owned()),
    };
    let source = match source {
        None => MountSource::Anonymous,
        Some(word) => from_source(word, cwd)?,
    };
    let mut mount = plain(source, target)?;
    for option in options.split(',').filter(|word| !word.is_empty()) {
        apply(&mut mount, option)?;
    }
    Ok(mount)
}

/// Tells a path on the host from a volume's name.
pub fn from_source(word: &str, cwd: &Path) -> Result<MountSource, String> {
    if word.is_empty() {
        return Err("has an empty source".to_owned());
    }
    if word.starts_with(['/', '.']) || word.contains('/') {
        return Ok(MountSource::Bind(host_path(word, cwd)));
    }
    let name = ContainerName::parse(word).map_err(|error| error.to_string())?;
    Ok(MountSource::Volume(name.as_str().to_owned()))
}

/// Makes a source absolute without following links: the start opens it.
pub fn host_path(word: &str, cwd: &Path) -> PathBuf {
    let path = cwd.join(word);
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            // Only a leading `..` may be folded: below a link `a/..` is not `a`'s parent.
            std::path::Component::ParentDir if clean == cwd && clean.parent().is_some() => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// Applies one option to a bind mount, a volume or a tmpfs.
pub fn apply(mount: &mut Mount, option: &str) -> Result<(), String> {
    match option {
        "rw" => mount.read_only = false,
        "ro" => mount.read_only = true,
        "exec" => mount.no_exec = false,
        "noexec" => mount.no_exec = true,
        "suid" => mount.no_suid = false,
        "nosuid" => mount.no_suid = true,
        "dev" => mount.no_dev = false,
        "nodev" => mount.no_dev = true,
        "rbind" => mount.non_recursive = false,
        "bind" => mount.non_recursive = true,
        "U" => return Err("changing the owner (U) is not supported yet".to_owned()),
        "copy" => mount.no_copy = false,
        "nocopy" => mount.no_copy = true,
        // SELinux labels: nothing to do where containers have none.
        "z" | "Z" => {}
        "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave" | "unbindable"
        | "runbindable" => mount.propagation = Some(option.to_owned()),
        "O" => return Err("overlay volumes (O) are not supported yet".to_owned()),
        _ if option.starts_with("idmap") => {
            return Err("idmapped volumes (idmap) are not supported yet".to_owned());
        }
        _ => return Err(format!("has the unknown option \"{option}\"")),
    }
    Ok(())
}

/// Parses one `--tmpfs` word.
pub fn tmpfs(text: &str) -> Result<Mount, String> {
    let (target, options) = text.split_once(':').unwrap_or((text, ""));
    let empty = MountSource::Tmpfs {
        size: None,
        mode: None,
    };
    let mut mount = plain(empty, target)?;
    // Podman's defaults for a tmpfs: podman-run(1), "--tmpfs".
    mount.no_suid = true;
    mount.no_dev = true;
    for option in options.split(',').filter(|word| !word.is_empty()) {
        tmpfs_option(&mut mount, option)?;
    }
    Ok(mount)
}

/// Applies one option to a tmpfs; `size` and `mode` are its own.
pub fn tmpfs_option(mount: &mut Mount, option: &str) -> Result<(), String> {
    let MountSource::Tmpfs { size, mode } = &mut mount.source else {
        return apply(mount, option);
    };
    if let Some(word) = option.strip_prefix("size=") {
        *size = Some(size::parse(word).map_err(|why| format!("size \"{word}\" {why}"))?);
        return Ok(());
    }
    if let Some(word) = option.strip_prefix("mode=") {
        let value = u32::from_str_radix(word, 8).ok().filter(|m| *m <= 0o7777);
        *mode = Some(value.ok_or_else(|| format!("mode \"{word}\" is not an octal mode"))?);
        return Ok(());
    }
    match option {
        // What a tmpfs does anyway.
        "notmpcopyup" | "noatime" | "relatime" => Ok(()),
        "tmpcopyup" => Err("tmpcopyup is not supported yet".to_owned()),
        "U" | "copy" | "nocopy" | "bind" | "rbind" | "z" | "Z" => Err(format!(
            "the option \"{option}\" does not belong to a tmpfs"
        )),
        _ => apply(mount, option),
    }
}

/// A target is absolute, without `..` and without control characters.
fn checked_target(target: &str) -> Result<String, String> {
    if !target.starts_with('/') {
        return Err(format!("target \"{target}\" is not an absolute path"));
    }
    let parts: Vec<&str> = target
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    if parts.contains(&"..") {
        return Err(format!("target \"{target}\" contains \"..\""));
    }
    if parts.is_empty() {
        return Err("target \"/\" is the container's root".to_owned());
    }
    Ok(format!("/{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `source target options`, or `-` for a refusal.
    pub fn shown(parsed: Result<Mount, String>) -> String {
        let Ok(mount) = parsed else {
            return "-".to_owned();
        };
        let source = match &mount.source {
            MountSource::Bind(path) => path.display().to_string(),
            MountSource::Volume(name) => format!("volume {name}"),
            MountSource::Anonymous => "anonymous".to_owned(),
            MountSource::Tmpfs { size, mode } => format!("tmpfs {size:?} {mode:?}"),
        };
        let mut out = format!("{source} {}", mount.target);
        for (set, word) in [
            (mount.read_only, "ro"),
            (mount.no_exec, "noexec"),
            (mount.no_suid, "nosuid"),
            (mount.no_dev, "nodev"),
            (mount.non_recursive, "bind"),
            (mount.no_copy, "nocopy"),
        ] {
            if set {
                out = format!("{out} {word}");
            }
        }
        match mount.propagation {
            Some(word) => format!("{out} {word}"),
            None => out,
        }
    }

    #[test]
    fn every_form_of_volume() {
        for (text, wanted) in [
            ("/data", "anonymous /data"),
            ("vol:/data", "volume vol /data"),
            ("vol:/data:ro,nocopy", "volume vol /data ro nocopy"),
            ("/src:/dst", "/src /dst"),
            ("/src:/dst/", "/src /dst"),
            ("/src/:/dst//a/.", "/src /dst/a"),
            ("./src:/dst", "/cwd/src /dst"),
            ("src/deep:/dst", "/cwd/src/deep /dst"),
            (".:/dst", "/cwd /dst"),
            ("../x:/dst", "/x /dst"),
            ("/a/../b:/dst", "/a/../b /dst"),
            (
                "/src:/dst:ro,noexec,nosuid,nodev",
                "/src /dst ro noexec nosuid nodev",
            ),
            ("/src:/dst:z,rslave,bind", "/src /dst bind rslave"),
            ("/src:/dst:U", "-"),
            ("/src:/dst:", "/src /dst"),
            ("/src:dst", "-"),
            ("/src:/", "-"),
            ("/src:/a/../b", "-"),
            (":/dst", "-"),
            ("vo l:/dst", "-"),
            ("/a:/b:ro:x", "-"),
            ("/a:/b:O", "-"),
            ("/a:/b:what", "-"),
            ("", "-"),
        ] {
            assert_eq!(shown(parse(text, Path::new("/cwd"))), wanted, "{text:?}");
        }
    }

    #[test]
    fn every_form_of_tmpfs() {
        for (text, wanted) in [
            ("/t", "tmpfs None None /t nosuid nodev"),
            (
                "/t:size=64m,mode=1777",
                "tmpfs Some(67108864) Some(1023) /t nosuid nodev",
            ),
            ("/t:rw,exec,suid,dev", "tmpfs None None /t"),
            ("/t:ro,noexec", "tmpfs None None /t ro noexec nosuid nodev"),
            ("/t:mode=9", "-"),
            ("/t:size=x", "-"),
            ("/t:U", "-"),
            ("t", "-"),
        ] {
            assert_eq!(shown(tmpfs(text)), wanted, "{text:?}");
        }
    }
}
