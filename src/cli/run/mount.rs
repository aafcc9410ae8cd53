//! `--mount type=bind,src=/a,dst=/b,…`: podman-run(1), "--mount".
//!
//! The types bind, volume and tmpfs are known; image, devpts, glob, ramfs and artifact are not
//! supported yet.

use std::path::Path;

use crate::cli::run::volume;
use crate::types::ContainerName;
use crate::types::request::{Mount, MountSource};

/// Parses one `--mount` word.
pub fn parse(text: &str, cwd: &Path) -> Result<Mount, String> {
    let fields = fields(text)?;
    let kind = fields
        .iter()
        .find(|(key, _)| *key == "type")
        .map_or("volume", |(_, value)| *value);
    let target = find(&fields, &["target", "destination", "dst"]).ok_or("has no target")?;
    let source = find(&fields, &["source", "src"]);
    let source = match (kind, source) {
        ("bind", Some(path)) if !path.is_empty() => MountSource::Bind(volume::host_path(path, cwd)),
        ("bind", _) => return Err("has no source".to_owned()),
        ("volume", None | Some("")) => MountSource::Anonymous,
        ("volume", Some(name)) => {
            let name = ContainerName::parse(name).map_err(|error| error.to_string())?;
            MountSource::Volume(name.as_str().to_owned())
        }
        ("tmpfs", None) => MountSource::Tmpfs {
            size: None,
            mode: None,
        },
        ("tmpfs", Some(_)) => return Err("a tmpfs has no source".to_owned()),
        ("image" | "devpts" | "glob" | "ramfs" | "artifact", _) => {
            return Err(format!("type={kind} is not supported yet"));
        }
        _ => return Err(format!("has the unknown type \"{kind}\"")),
    };
    let mut mount = volume::plain(source, target)?;
    if kind == "tmpfs" {
        mount.no_suid = true;
        mount.no_dev = true;
    }
    for (key, value) in fields {
        apply(&mut mount, key, value)?;
    }
    Ok(mount)
}

/// Splits at commas, then at the first `=`.
fn fields(text: &str) -> Result<Vec<(&str, &str)>, String> {
    if text.contains('"') {
        // Podman reads these words as CSV; a quote would change where a field ends.
        return Err("quoted fields are not supported".to_owned());
    }
    let fields = text.split(',').filter(|word| !word.is_empty());
    Ok(fields
        .map(|word| word.split_once('=').unwrap_or((word, "")))
        .collect())
}

fn find<'a>(fields: &[(&str, &'a str)], names: &[&str]) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| names.contains(key))
        .map(|(_, value)| *value)
}

fn apply(mount: &mut Mount, key: &str, value: &str) -> Result<(), String> {
    match key {
        "type" | "target" | "destination" | "dst" | "source" | "src" => Ok(()),
        "ro" | "readonly" => {
            mount.read_only = flag(key, value)?;
            Ok(())
        }
        "rw" => {
            mount.read_only = !flag(key, value)?;
            Ok(())
        }
        "U" | "chown" if flag(key, value)? => volume::apply(mount, "U"),
        "U" | "chown" => Ok(()),
        "exec" | "suid" | "dev" => {
            let option = if flag(key, value)? {
                key.to_owned()
            } else {
                format!("no{key}")
            };
            volume::apply(mount, &option)
        }
        "bind-propagation" => match value {
            "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave" | "unbindable"
            | "runbindable" => volume::apply(mount, value),
            _ => Err(format!("has the unknown bind-propagation \"{value}\"")),
        },
        "bind-nonrecursive" => {
            mount.non_recursive = flag(key, value)?;
            Ok(())
        }
        "nocopy" | "volume-nocopy" => {
            mount.no_copy = flag(key, value)?;
            Ok(())
        }
        "relabel" if matches!(value, "shared" | "private") => Ok(()),
        "consistency" => Ok(()),
        "tmpfs-size" | "size" => volume::tmpfs_option(mount, &format!("size={value}")),
        "tmpfs-mode" | "mode" => volume::tmpfs_option(mount, &format!("mode={value}")),
        _ if value.is_empty() => volume::tmpfs_option(mount, key),
        "idmap" | "subpath" | "volume-subpath" | "volume-opt" | "volume-label"
        | "volume-driver" => Err(format!("{key} is not supported yet")),
        _ => Err(format!("has the unknown field \"{key}\"")),
    }
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
        match parse(text, Path::new("/cwd")) {
            Ok(m) => format!(
                "{:?} {} ro={} noexec={} {:?}",
                m.source, m.target, m.read_only, m.no_exec, m.propagation
            ),
            Err(_) => "-".to_owned(),
        }
    }

    #[test]
    fn every_form_of_mount() {
        for (text, wanted) in [
            (
                "type=bind,src=/a,dst=/b",
                "Bind(\"/a\") /b ro=false noexec=false None",
            ),
            (
                "type=bind,source=a,target=/b,ro,bind-propagation=rslave",
                "Bind(\"/cwd/a\") /b ro=true noexec=false Some(\"rslave\")",
            ),
            (
                "type=volume,src=v,destination=/b,ro=false,U=false",
                "Volume(\"v\") /b ro=false noexec=false None",
            ),
            ("dst=/b", "Anonymous /b ro=false noexec=false None"),
            (
                "type=tmpfs,dst=/t,tmpfs-size=1m,tmpfs-mode=700,noexec",
                "Tmpfs { size: Some(1048576), mode: Some(448) } /t ro=false noexec=true None",
            ),
            ("type=bind,src=/a,dst=/b,U=true", "-"),
            ("type=bind,dst=/b", "-"),
            ("type=bind,src=/a", "-"),
            ("type=tmpfs,src=/a,dst=/b", "-"),
            ("type=image,src=x,dst=/b", "-"),
            ("type=what,dst=/b", "-"),
            ("type=bind,src=/a,dst=/b,what=1", "-"),
            ("type=bind,src=/a,dst=/b,size=1m", "-"),
            ("type=bind,src=/a,dst=b", "-"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
