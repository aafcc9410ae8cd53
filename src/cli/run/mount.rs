//! `--mount type=bind,src=/a,dst=/b,…`: podman-run(1), "--mount".
//!
//! The types bind, glob, volume, tmpfs, ramfs, image, artifact and devpts are known. A glob becomes
//! one bind mount for each file that it finds.

use std::path::{Component, Path, PathBuf};

use crate::cli::images::glob;
use crate::cli::run::volume;
use crate::types::ContainerName;
use crate::types::request::{ArtifactFile, Devpts, ImageTree, Mount, MountSource, Tmpfs};

/// More files than anybody means by one pattern.
const MOST_FILES: usize = 4096;

/// Why a word is refused.
pub enum Wrong {
    /// What is said of the word.
    Word(String),
    /// A sentence of its own, in Podman's words.
    Whole(String),
}

impl From<String> for Wrong {
    fn from(why: String) -> Self {
        Self::Word(why)
    }
}

impl From<&str> for Wrong {
    fn from(why: &str) -> Self {
        Self::Word(why.to_owned())
    }
}

/// Parses one `--mount` word.
pub fn parse(text: &str, cwd: &Path) -> Result<Vec<Mount>, Wrong> {
    let words = fields(text)?;
    let fields: Vec<(&str, &str)> = words
        .iter()
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .collect();
    let kind = find(&fields, &["type"]).unwrap_or("volume");
    let target = find(&fields, &["target", "destination", "dst", "dest"]);
    let source = find(&fields, &["source", "src"]).filter(|source| !source.is_empty());
    let places = match (kind, source, target) {
        ("glob", Some(pattern), target) => glob_places(pattern, target, cwd)?,
        ("bind" | "glob" | "image" | "artifact", None, _) => return Err("has no source".into()),
        (_, _, None) => return Err(Wrong::Whole("must set volume destination".to_owned())),
        (_, source, Some(target)) => {
            vec![(of_kind(kind, source, cwd)?, target.to_owned())]
        }
    };
    let made = places.into_iter().map(|(source, target)| {
        let mut mount = match source {
            MountSource::Tmpfs(tmpfs) => volume::tmpfs_at(&target, tmpfs)?,
            MountSource::Image(_) | MountSource::Artifact(_) => Mount {
                read_only: true,
                ..volume::plain(source, &target)?
            },
            other => volume::plain(other, &target)?,
        };
        for (key, value) in &fields {
            apply(&mut mount, key, value)?;
        }
        Ok(mount)
    });
    made.collect()
}

fn of_kind(kind: &str, source: Option<&str>, cwd: &Path) -> Result<MountSource, Wrong> {
    Ok(match (kind, source) {
        ("bind", Some(path)) => MountSource::Bind(volume::host_path(path, cwd)),
        ("volume", None) => MountSource::Anonymous,
        ("volume", Some(name)) => {
            let name = ContainerName::parse(name).map_err(|error| error.to_string())?;
            MountSource::Volume(name.as_str().to_owned())
        }
        ("image", Some(name)) => MountSource::Image(ImageTree {
            image: name.to_owned(),
            ..ImageTree::default()
        }),
        ("artifact", Some(name)) => MountSource::Artifact(ArtifactFile {
            artifact: name.to_owned(),
            ..ArtifactFile::default()
        }),
        ("tmpfs" | "ramfs" | "devpts", Some(_)) => {
            return Err(format!("a {kind} has no source").into());
        }
        ("tmpfs", None) => MountSource::Tmpfs(Tmpfs::default()),
        ("ramfs", None) => MountSource::Tmpfs(Tmpfs {
            ramfs: true,
            ..Tmpfs::default()
        }),
        ("devpts", None) => MountSource::Devpts(Devpts::default()),
        _ => return Err(Wrong::Whole(format!("invalid filesystem type \"{kind}\""))),
    })
}

/// Splits at commas; a field in double quotes may hold commas, a doubled quote is one: RFC 4180.
fn fields(text: &str) -> Result<Vec<String>, String> {
    let mut fields = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(quoted) = rest.strip_prefix('"') else {
            let (field, after) = rest.split_once(',').unwrap_or((rest, ""));
            if field.contains('"') {
                return Err("has a quote inside of a field".to_owned());
            }
            if !field.is_empty() {
                fields.push(field.to_owned());
            }
            rest = after;
            continue;
        };
        let mut field = String::new();
        let mut left = quoted;
        loop {
            let (part, after) = left.split_once('"').ok_or("has a quote without an end")?;
            field.push_str(part);
            let Some(more) = after.strip_prefix('"') else {
                left = after;
                break;
            };
            field.push('"');
            left = more;
        }
        fields.push(field);
        rest = match left.strip_prefix(',') {
            Some(more) => more,
            None if left.is_empty() => left,
            None => return Err("has words after a quoted field".to_owned()),
        };
    }
    Ok(fields)
}

fn find<'a>(fields: &[(&str, &'a str)], names: &[&str]) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| names.contains(key))
        .map(|(_, value)| *value)
}

/// The files of the host that a pattern means, and where each is mounted.
fn glob_places(
    pattern: &str,
    target: Option<&str>,
    cwd: &Path,
) -> Result<Vec<(MountSource, String)>, Wrong> {
    let found = expand(&volume::host_path(pattern, cwd))?;
    if found.is_empty() {
        let why = format!("no file paths matching glob \"{pattern}\"");
        return Err(Wrong::Whole(why));
    }
    let places = found.into_iter().map(|path| {
        let shown = path.to_string_lossy().into_owned();
        let inside = match (target, path.file_name()) {
            (Some(target), Some(name)) => {
                format!(
                    "{}/{}",
                    target.trim_end_matches('/'),
                    name.to_string_lossy()
                )
            }
            _ => shown,
        };
        (MountSource::Bind(path), inside)
    });
    Ok(places.collect())
}

/// Walks a pattern component by component; the order is that of the names.
fn expand(pattern: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = vec![PathBuf::from("/")];
    for component in pattern.components() {
        let Component::Normal(word) = component else {
            continue;
        };
        let word = word.to_str().ok_or("is not UTF-8")?;
        let is_pattern = word.contains(['*', '?', '[', '\\']);
        let mut next = Vec::new();
        for directory in found {
            if !is_pattern {
                next.push(directory.join(word));
                continue;
            }
            let Ok(entries) = std::fs::read_dir(&directory) else {
                continue;
            };
            let names = entries
                .flatten()
                .filter_map(|entry| entry.file_name().into_string().ok());
            // As in a shell, a hidden file must be asked for.
            let mut names: Vec<String> = names
                .filter(|name| !name.starts_with('.') || word.starts_with('.'))
                .filter(|name| glob::matches(word, name))
                .collect();
            names.sort_unstable();
            next.extend(names.into_iter().map(|name| directory.join(name)));
            if next.len() > MOST_FILES {
                return Err(format!("matches more than {MOST_FILES} files"));
            }
        }
        found = next;
    }
    found.retain(|path| path.symlink_metadata().is_ok());
    Ok(found)
}

fn apply(mount: &mut Mount, key: &str, value: &str) -> Result<(), Wrong> {
    if let MountSource::Artifact(file) = &mut mount.source {
        return Ok(of_artifact(file, key, value)?);
    }
    match key {
        "type" | "target" | "destination" | "dst" | "dest" | "source" | "src" => return Ok(()),
        "consistency" => return Ok(()),
        "ro" | "readonly" => {
            // `ro=recursive` is Docker's; here it always is.
            mount.read_only = value == "recursive" || flag(key, value)?;
            return Ok(());
        }
        "U" | "chown" if !flag(key, value)? => return Ok(()),
        "exec" | "suid" | "dev" if !flag(key, value)? => {
            return Ok(volume::apply(mount, &format!("no{key}"))?);
        }
        "exec" | "suid" | "dev" => return Ok(volume::apply(mount, key)?),
        "idmap" => {
            return Err(volume::NO_IDMAP.into());
        }
        "noswap" => return Err(Wrong::Whole(volume::NO_SWAP.to_owned())),
        _ => {}
    }
    let applied = match &mut mount.source {
        MountSource::Bind(_) => of_bind(mount, key, value),
        MountSource::Volume(_) | MountSource::Anonymous => of_volume(mount, key, value),
        MountSource::Tmpfs(_) => of_tmpfs(mount, key, value),
        MountSource::Image(_) => of_image(mount, key, value),
        MountSource::Artifact(file) => of_artifact(file, key, value),
        MountSource::Devpts(devpts) => of_devpts(devpts, key, value),
    };
    Ok(applied?)
}

fn of_bind(mount: &mut Mount, key: &str, value: &str) -> Result<(), String> {
    match key {
        "rw" => mount.read_only = !flag(key, value)?,
        "bind-propagation" => match value {
            "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave" | "unbindable"
            | "runbindable" => return volume::apply(mount, value),
            _ => return Err(format!("has the unknown bind-propagation \"{value}\"")),
        },
        "bind-nonrecursive" => mount.non_recursive = flag(key, value)?,
        // SELinux labels: nothing to do where containers have none.
        "relabel" if matches!(value, "shared" | "private") => {}
        "relabel" => return Err(format!("has the unknown relabel \"{value}\"")),
        "no-dereference" => mount.no_dereference = flag(key, value)?,
        _ if value.is_empty() || matches!(key, "U" | "chown") => {
            return volume::apply(mount, word(key));
        }
        _ => return Err(format!("has the unknown field \"{key}\"")),
    }
    Ok(())
}

/// `chown` is a long form of `U`.
fn word(key: &str) -> &str {
    if key == "chown" { "U" } else { key }
}

fn of_volume(mount: &mut Mount, key: &str, value: &str) -> Result<(), String> {
    match key {
        "rw" => mount.read_only = !flag(key, value)?,
        "nocopy" | "volume-nocopy" => mount.no_copy = flag(key, value)?,
        "subpath" | "volume-subpath" => mount.subpath = subpath(value)?,
        "volume-opt" | "volume-label" | "volume-driver" => {
            return Err(format!("{key} is not supported yet"));
        }
        _ if value.is_empty() || matches!(key, "U" | "chown") => {
            return volume::apply(mount, word(key));
        }
        _ => return Err(format!("has the unknown field \"{key}\"")),
    }
    Ok(())
}

fn of_tmpfs(mount: &mut Mount, key: &str, value: &str) -> Result<(), String> {
    let key = match key {
        "tmpfs-size" => "size",
        "tmpfs-mode" => "mode",
        other => word(other),
    };
    match value {
        "" => volume::tmpfs_option(mount, key),
        _ if key == "U" => volume::tmpfs_option(mount, key),
        _ if matches!(key, "rw" | "tmpcopyup" | "notmpcopyup" | "noatime") => {
            if flag(key, value)? {
                return volume::tmpfs_option(mount, key);
            }
            Err(format!("{key}={value} does not belong to a tmpfs"))
        }
        _ => volume::tmpfs_option(mount, &format!("{key}={value}")).map_err(|why| {
            match why.contains("unknown option") {
                true => format!("has the unknown field \"{key}\""),
                false => why,
            }
        }),
    }
}

fn of_image(mount: &mut Mount, key: &str, value: &str) -> Result<(), String> {
    match key {
        "rw" | "readwrite" => {
            let writable = flag(key, value)?;
            mount.read_only = !writable;
            if let MountSource::Image(tree) = &mut mount.source {
                tree.writable = writable;
            }
        }
        "subpath" => mount.subpath = subpath(value)?,
        _ => return Err(format!("has the unknown field \"{key}\"")),
    }
    Ok(())
}

/// Its files are always read-only: nothing else may be said of them.
fn of_artifact(file: &mut ArtifactFile, key: &str, value: &str) -> Result<(), String> {
    match key {
        "type" | "target" | "destination" | "dst" | "dest" | "source" | "src" => {}
        "digest" | "title" | "name" if value.is_empty() => {
            return Err(format!("{key}: must provide an argument for option"));
        }
        "digest" => file.digest = Some(value.to_owned()),
        "title" => file.title = Some(value.to_owned()),
        "name" => file.name = Some(value.to_owned()),
        _ => return Err(format!("has the unknown field \"{key}\"")),
    }
    Ok(())
}

fn of_devpts(devpts: &mut Devpts, key: &str, value: &str) -> Result<(), String> {
    let number = |radix| {
        u32::from_str_radix(value, radix).map_err(|_| format!("{key}=\"{value}\" is not a number"))
    };
    match key {
        "uid" => devpts.uid = Some(number(10)?),
        "gid" => devpts.gid = Some(number(10)?),
        "mode" => devpts.mode = Some(number(8)?),
        "max" => devpts.max = Some(number(10)?),
        _ => return Err(format!("has the unknown field \"{key}\"")),
    }
    Ok(())
}

/// A path below the volume or the image, whatever it begins with; empty is all of it.
fn subpath(value: &str) -> Result<Option<String>, String> {
    let parts: Vec<&str> = value
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    if parts.contains(&"..") {
        return Err(format!("subpath \"{value}\" contains \"..\""));
    }
    Ok((!parts.is_empty()).then(|| parts.join("/")))
}

fn flag(key: &str, value: &str) -> Result<bool, String> {
    if value.is_empty() {
        return Ok(true);
    }
    crate::cli::words::boolean::parse(value).map_err(|why| format!("{key}=\"{value}\" {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Ok(mounts) = parse(text, Path::new("/cwd")) else {
            return "-".to_owned();
        };
        let words = mounts.iter().map(|mount| {
            let source = match &mount.source {
                MountSource::Bind(path) => path.display().to_string(),
                MountSource::Volume(name) => format!("volume {name}"),
                MountSource::Anonymous => "anonymous".to_owned(),
                MountSource::Tmpfs(t) => format!(
                    "{} {:?} {:?} {:?}",
                    if t.ramfs { "ramfs" } else { "tmpfs" },
                    t.size,
                    t.mode,
                    t.options
                ),
                MountSource::Image(tree) => format!("image {}", tree.image),
                MountSource::Artifact(f) => {
                    format!(
                        "artifact {} {:?} {:?} {:?}",
                        f.artifact, f.digest, f.title, f.name
                    )
                }
                MountSource::Devpts(d) => format!("devpts {:?} {:?}", d.uid, d.mode),
            };
            let mut out = format!("{source} {}", mount.target);
            for (set, word) in [
                (mount.read_only, "ro"),
                (mount.no_exec, "noexec"),
                (mount.no_copy, "nocopy"),
                (mount.no_atime, "noatime"),
                (mount.non_recursive, "bind"),
            ] {
                if set {
                    out = format!("{out} {word}");
                }
            }
            for word in mount.propagation.iter().chain(&mount.subpath) {
                out = format!("{out} {word}");
            }
            out
        });
        words.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn every_form_of_mount() {
        for (text, wanted) in [
            ("type=bind,src=/a,dst=/b", "/a /b"),
            ("type=bind,src=/a", "-"),
            (
                "type=bind,source=a,target=/b,ro,bind-propagation=rslave",
                "/cwd/a /b ro rslave",
            ),
            (
                "type=bind,src=/a,dst=/b,ro=recursive,relabel=shared",
                "/a /b ro",
            ),
            ("type=bind,\"src=/a,b\",\"dst=/\"\"c\"", "/a,b /\"c"),
            ("type=bind,src=/a,dst=/b,bind-nonrecursive", "/a /b bind"),
            ("type=volume,src=v,dest=/b,ro=false,U=false", "volume v /b"),
            (
                "dst=/b,volume-nocopy,subpath=/x//y/",
                "anonymous /b nocopy x/y",
            ),
            (
                "type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=700,noexec,nr_inodes=9",
                "tmpfs Some(1048576) Some(448) [\"nr_inodes=9\"] /t noexec",
            ),
            ("type=ramfs,dst=/t,noatime", "ramfs None None [] /t noatime"),
            ("type=image,src=x,dst=/b", "image x /b ro"),
            (
                "type=image,src=x,dst=/b,rw=true,subpath=etc",
                "image x /b etc",
            ),
            (
                "type=devpts,dst=/dev/pts,uid=3,mode=0620",
                "devpts Some(3) Some(400) /dev/pts",
            ),
            ("type=bind,dst=/b", "-"),
            ("type=volume,src=v", "-"),
            ("type=volume,src=v,dst=/b,subpath=a/../../b", "-"),
            ("type=tmpfs,src=/a,dst=/b", "-"),
            ("type=what,dst=/b", "-"),
            (
                "type=artifact,src=a,dst=/b,title=t,name=n",
                "artifact a None Some(\"t\") Some(\"n\") /b ro",
            ),
            (
                "type=artifact,src=a,dst=/b,digest=sha256:0",
                "artifact a Some(\"sha256:0\") None None /b ro",
            ),
            ("type=artifact,src=a,dst=/b,rw", "-"),
            ("type=artifact,src=a", "-"),
            ("type=artifact,dst=/b", "-"),
            ("type=bind,src=/a,dst=/b,what=1", "-"),
            ("type=bind,src=/a,dst=/b,size=1m", "-"),
            ("type=bind,src=/a,dst=/b,idmap", "-"),
            ("type=image,src=x,dst=/b,size=1m", "-"),
            ("type=bind,src=/a,dst=b", "-"),
            ("type=bind,\"src=/a,dst=/b", "-"),
            ("type=glob,src=/no/where/*,dst=/b", "-"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_pattern_is_every_file_it_finds() {
        let host = std::env::temp_dir().join(format!("coracle-glob-{}", std::process::id()));
        std::fs::create_dir_all(host.join("a1")).expect("made");
        for name in ["a1/x", "a1/y", "a2", ".hidden"] {
            std::fs::write(host.join(name), "").expect("written");
        }
        let at = host.display();
        for (text, wanted) in [
            (
                format!("type=glob,src={at}/a*,dst=/b/"),
                format!("{at}/a1 /b/a1; {at}/a2 /b/a2"),
            ),
            (
                format!("type=glob,src={at}/a?/[x],ro"),
                format!("{at}/a1/x {at}/a1/x ro"),
            ),
            (format!("type=glob,src={at}/hid*,dst=/b"), "-".to_owned()),
        ] {
            assert_eq!(shown(&text), wanted, "{text}");
        }
        std::fs::remove_dir_all(&host).expect("removed");
    }
}
