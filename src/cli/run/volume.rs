//! `-v [SOURCE:]TARGET[:OPTIONS]` and `--tmpfs TARGET[:OPTIONS]`: podman-run(1), "--volume".
//!
//! A source that begins with `/`, `.` or `~`-expanded by the shell is a path on the host, made
//! absolute here; any other is a named volume.

use std::path::{Path, PathBuf};

use crate::cli::words::size;
use crate::types::ContainerName;
use crate::types::request::{ImageVolumes, Mount, MountSource, RootDirectory, Tmpfs, VolumesFrom};

/// Linux lets only the owner of the whole file system do it: mount_setattr(2).
pub const NO_IDMAP: &str = "idmap takes rights over the file system that only root has; \
                            --userns=keep-id makes what the container's user writes yours";

/// The kernel lets only the first user namespace ask for it: tmpfs(5), Linux 6.4.
pub const NO_SWAP: &str = "the 'noswap' option is only allowed with rootful tmpfs mounts: \
                           must provide an argument for option";

/// Returns a mount without options.
pub fn plain(source: MountSource, target: &str) -> Result<Mount, String> {
    Ok(Mount {
        source,
        target: checked_target(target)?,
        ..Mount::default()
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
    checked(mount)
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
        // Read-only holds for what is mounted below too, with either word.
        "ro" | "rro" => mount.read_only = true,
        // mount_setattr(2): access times of a mount of the host's are locked in a user namespace.
        "noatime" => {
            return Err("access times of the host's mounts cannot be changed (noatime)".to_owned());
        }
        "exec" => mount.no_exec = false,
        "noexec" => mount.no_exec = true,
        "suid" => mount.no_suid = false,
        "nosuid" => mount.no_suid = true,
        "dev" => mount.no_dev = false,
        "nodev" => mount.no_dev = true,
        "rbind" => mount.non_recursive = false,
        "bind" => mount.non_recursive = true,
        "U" => mount.chown = true,
        "copy" => mount.no_copy = false,
        "nocopy" => mount.no_copy = true,
        // SELinux labels: nothing to do where containers have none.
        "z" | "Z" => {}
        "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave" | "unbindable"
        | "runbindable" => mount.propagation = Some(option.to_owned()),
        "O" => mount.overlay = Some(mount.overlay.take().unwrap_or_default()),
        _ if option.starts_with("upperdir=") || option.starts_with("workdir=") => {
            overlay_directory(mount, option)?;
        }
        _ if option.starts_with("idmap") => {
            return Err(NO_IDMAP.to_owned());
        }
        _ => return Err(format!("has the unknown option \"{option}\"")),
    }
    Ok(())
}

/// `upperdir=` and `workdir=` keep what an overlay volume changes.
fn overlay_directory(mount: &mut Mount, option: &str) -> Result<(), String> {
    let (key, path) = option.split_once('=').unwrap_or((option, ""));
    if !path.starts_with('/') {
        return Err(format!("{key} \"{path}\" is not an absolute path"));
    }
    let overlay = mount.overlay.get_or_insert_default();
    let place = match key {
        "upperdir" => &mut overlay.upper,
        _ => &mut overlay.work,
    };
    *place = Some(PathBuf::from(path));
    Ok(())
}

/// What the options say together.
fn checked(mount: Mount) -> Result<Mount, String> {
    let Some(overlay) = &mount.overlay else {
        return Ok(mount);
    };
    if overlay.upper.is_some() != overlay.work.is_some() {
        return Err("needs both upperdir and workdir, or neither".to_owned());
    }
    if !matches!(mount.source, MountSource::Bind(_) | MountSource::Volume(_)) {
        return Err("an overlay (O) needs a source".to_owned());
    }
    Ok(mount)
}

/// Parses one `--tmpfs` word.
pub fn tmpfs(text: &str) -> Result<Mount, String> {
    let (target, options) = text.split_once(':').unwrap_or((text, ""));
    let mut mount = tmpfs_at(target, Tmpfs::default())?;
    for option in options.split(',').filter(|word| !word.is_empty()) {
        tmpfs_option(&mut mount, option)?;
    }
    Ok(mount)
}

/// Returns a tmpfs with what it has unless told otherwise: podman-run(1), "--tmpfs".
pub fn tmpfs_at(target: &str, tmpfs: Tmpfs) -> Result<Mount, String> {
    let mut mount = plain(MountSource::Tmpfs(tmpfs), target)?;
    mount.no_suid = true;
    mount.no_dev = true;
    Ok(mount)
}

/// Options that go to the file system as they are: tmpfs(5).
const OF_TMPFS: [&str; 7] = [
    "gid=",
    "huge=",
    "inode64",
    "mpol=",
    "nr_blocks=",
    "nr_inodes=",
    "uid=",
];

/// Applies one option to a tmpfs; `size` and `mode` are its own.
pub fn tmpfs_option(mount: &mut Mount, option: &str) -> Result<(), String> {
    let MountSource::Tmpfs(tmpfs) = &mut mount.source else {
        return apply(mount, option);
    };
    if let Some(word) = option.strip_prefix("size=") {
        // Also a share of the memory: tmpfs(5).
        if !tmpfs.ramfs && word.ends_with('%') && word.len() < 5 {
            tmpfs.options.push(option.to_owned());
            return Ok(());
        }
        tmpfs.size = Some(size::parse(word).map_err(|why| format!("size \"{word}\" {why}"))?);
        return Ok(());
    }
    if let Some(word) = option.strip_prefix("mode=") {
        let value = u32::from_str_radix(word, 8).ok().filter(|m| *m <= 0o7777);
        tmpfs.mode = Some(value.ok_or_else(|| format!("mode \"{word}\" is not an octal mode"))?);
        return Ok(());
    }
    if OF_TMPFS.iter().any(|known| match known.ends_with('=') {
        true => option.starts_with(known),
        false => option == *known,
    }) {
        tmpfs.options.push(option.to_owned());
        return Ok(());
    }
    match option {
        "noatime" => {
            mount.no_atime = true;
            Ok(())
        }
        "atime" | "relatime" => {
            mount.no_atime = false;
            Ok(())
        }
        "noswap" => Err(NO_SWAP.to_owned()),
        "notmpcopyup" => {
            tmpfs.empty = true;
            Ok(())
        }
        "tmpcopyup" => {
            tmpfs.empty = false;
            Ok(())
        }
        "U" | "copy" | "nocopy" | "bind" | "rbind" | "z" | "Z" => Err(format!(
            "the option \"{option}\" does not belong to a tmpfs"
        )),
        _ => apply(mount, option),
    }
}

/// Parses an `--image-volume` word.
pub fn of_image(text: &str) -> Result<ImageVolumes, String> {
    match text {
        "bind" | "anonymous" => Ok(ImageVolumes::Anonymous),
        "tmpfs" => Ok(ImageVolumes::Tmpfs),
        "ignore" => Ok(ImageVolumes::Ignore),
        _ => Err("is none of bind, tmpfs and ignore".to_owned()),
    }
}

/// Parses one `--volumes-from` word: `CONTAINER[:OPTION,…]`.
pub fn volumes_from(text: &str) -> Result<VolumesFrom, String> {
    let (container, options) = text.split_once(':').unwrap_or((text, ""));
    if container.is_empty() {
        return Err("names no container".to_owned());
    }
    let mut from = VolumesFrom {
        container: container.to_owned(),
        read_only: None,
    };
    for option in options.split(',').filter(|word| !word.is_empty()) {
        match option {
            "ro" | "rw" if from.read_only.is_some() => {
                return Err("has more than one of ro and rw".to_owned());
            }
            "ro" | "rw" => from.read_only = Some(option == "ro"),
            // SELinux labels: nothing to do where containers have none.
            "z" => {}
            _ => return Err(format!("has the unknown option \"{option}\"")),
        }
    }
    Ok(from)
}

/// A target is absolute, without `..` and without control characters.
pub fn checked_target(target: &str) -> Result<String, String> {
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

/// `DIR[:O]` of `--rootfs`.
pub fn root(text: &str, cwd: &Path) -> Result<RootDirectory, String> {
    let (path, overlay) = match text.rsplit_once(':') {
        Some((path, "O")) => (path, true),
        Some((_, option)) if option == "idmap" || option.starts_with("idmap=") => {
            let why = "only root of the host can give a tree's files other owners by a mount";
            return Err(why.to_owned());
        }
        _ => (text, false),
    };
    if path.is_empty() {
        return Err("names no directory".to_owned());
    }
    Ok(RootDirectory {
        path: cwd.join(path),
        overlay,
    })
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
            MountSource::Tmpfs(tmpfs) => {
                let mut words = vec!["tmpfs".to_owned()];
                words.extend(tmpfs.size.map(|size| format!("size={size}")));
                words.extend(tmpfs.mode.map(|mode| format!("mode={mode:o}")));
                words.extend(tmpfs.empty.then(|| "empty".to_owned()));
                words.extend(tmpfs.options.iter().cloned());
                words.join(" ")
            }
            MountSource::Image(tree) => format!("image {}", tree.image),
            MountSource::Artifact(file) => format!("artifact {}", file.artifact),
            MountSource::Devpts(_) => "devpts".to_owned(),
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
            ("/src:/dst:U", "/src /dst"),
            ("/src:/dst:", "/src /dst"),
            ("/src:dst", "-"),
            ("/src:/", "-"),
            ("/src:/a/../b", "-"),
            (":/dst", "-"),
            ("vo l:/dst", "-"),
            ("/a:/b:ro:x", "-"),
            ("/a:/b:O", "/a /b"),
            ("/a:/b:O,upperdir=/u", "-"),
            ("/a:/b:O,upperdir=/u,workdir=/w", "/a /b"),
            ("/b:O", "-"),
            ("/a:/b:idmap", "-"),
            ("/a:/b:what", "-"),
            ("", "-"),
        ] {
            assert_eq!(shown(parse(text, Path::new("/cwd"))), wanted, "{text:?}");
        }
    }

    #[test]
    fn every_form_of_tmpfs() {
        for (text, wanted) in [
            ("/t", "tmpfs /t nosuid nodev"),
            (
                "/t:size=64m,mode=1777",
                "tmpfs size=67108864 mode=1777 /t nosuid nodev",
            ),
            ("/t:rw,exec,suid,dev", "tmpfs /t"),
            ("/t:ro,noexec", "tmpfs /t ro noexec nosuid nodev"),
            (
                "/t:notmpcopyup,nr_inodes=1k,size=50%",
                "tmpfs empty nr_inodes=1k size=50% /t nosuid nodev",
            ),
            ("/t:tmpcopyup,uid=3", "tmpfs uid=3 /t nosuid nodev"),
            ("/t:what=1", "-"),
            ("/t:noswapped", "-"),
            ("/t:mode=9", "-"),
            ("/t:size=x", "-"),
            ("/t:U", "-"),
            ("t", "-"),
        ] {
            assert_eq!(shown(tmpfs(text)), wanted, "{text:?}");
        }
    }
}
