//! `volume create`: its options, of which `--opt` has a language of its own.

use std::path::Path;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::run::env;
use crate::cli::run::volume::{apply, plain, tmpfs_at, tmpfs_option};
use crate::engine::{Engine, VolumeRequest};
use crate::types::ContainerName;
use crate::types::request::{Mount, MountSource, Tmpfs};

/// Make a volume
#[derive(Debug, Clone, Args)]
pub struct CreateArgs {
    /// Who keeps the volume: local, there is no other
    #[arg(
        long,
        short,
        value_name = "DRIVER",
        default_value = "local",
        hide_default_value = true
    )]
    pub driver: String,
    /// Group of the volume's directory, as a container sees it
    #[arg(long, value_name = "GID")]
    pub gid: Option<u32>,
    /// A volume of this name that is there already is as good
    #[arg(long)]
    pub ignore: bool,
    /// Set a label (KEY=VALUE)
    #[arg(long, short, value_name = "LABEL")]
    pub label: Vec<String>,
    /// Set an option: type=tmpfs|bind, device=DIRECTORY, o=OPTION,…, copy, nocopy
    #[arg(long, short, value_name = "OPTION")]
    pub opt: Vec<String>,
    /// Owner of the volume's directory, as a container sees it
    #[arg(long, value_name = "UID")]
    pub uid: Option<u32>,
    /// Name of the volume; a random one when none is given
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// `volume create`
pub fn create(engine: &Engine, args: &CreateArgs) -> Result<u8, Error> {
    match args.driver.as_str() {
        "local" | "" => {}
        "image" => return Err(Error::unsupported("--driver image")),
        other => {
            let what = format!("--driver {other:?}");
            return Err(Error::usage(
                what,
                "there are no volume plugins, only local",
            ));
        }
    }
    let name = args.name.as_deref().map(ContainerName::parse).transpose();
    let mut request = VolumeRequest {
        name: name.map_err(|why| Error::usage("volume name", why.to_string()))?,
        labels: env::labels("--label", &args.label, &[])?,
        uid: args.uid,
        gid: args.gid,
        ignore: args.ignore,
        ..VolumeRequest::default()
    };
    options(&mut request, &args.opt)?;
    output::line(&engine.create_volume(&request)?)?;
    Ok(exit::SUCCESS)
}

fn refused(key: &str, why: impl Into<String>) -> Error {
    Error::usage(
        format!("invalid volume option {key} for driver 'local'"),
        why,
    )
}

/// Reads `--opt` words: podman-volume-create(1), "--opt".
fn options(request: &mut VolumeRequest, words: &[String]) -> Result<(), Error> {
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "type" | "device" | "o" => {}
            "copy" => request.no_copy = false,
            "nocopy" => request.no_copy = true,
            _ => return Err(refused(key, "is none of type, device, o, copy and nocopy")),
        }
        request.options.insert(key.to_owned(), value.to_owned());
    }
    let option = |key: &str| {
        request
            .options
            .get(key)
            .map_or("", String::as_str)
            .to_owned()
    };
    let (kind, device, list) = (option("type"), option("device"), option("o"));
    let mut list: Vec<&str> = list.split(',').filter(|word| !word.is_empty()).collect();
    let binds = list.iter().any(|word| matches!(*word, "bind" | "rbind"));
    match kind.as_str() {
        "tmpfs" => request.mount = Some(in_memory(&list)?),
        "bind" => request.mount = Some(bound(&device, &list)?),
        "" | "none" if binds => request.mount = Some(bound(&device, &list)?),
        "" | "none" => {
            if !device.is_empty() {
                return Err(refused("device", "wants type=bind or type=tmpfs"));
            }
            list.retain(|word| !owner(request, word));
            if let Some(word) = list.first() {
                let why = match word.split('=').next() {
                    Some("size" | "inodes") => {
                        "limits of a directory need project quotas, which only root may set; \
                         type=tmpfs has a size"
                    }
                    _ => "without a type only uid and gid can be set",
                };
                return Err(refused("o", format!("{word}: {why}")));
            }
        }
        other => {
            let why = format!("{other}: only the host's root may mount it");
            return Err(refused("type", why).hint(
                "mount it on the host, then: coracle volume create --opt type=bind --opt \
                 device=DIRECTORY",
            ));
        }
    }
    Ok(())
}

/// Takes `uid=` and `gid=` of the directory.
fn owner(request: &mut VolumeRequest, word: &str) -> bool {
    let Some((key, value)) = word.split_once('=') else {
        return false;
    };
    let Ok(id) = value.parse::<u32>() else {
        return false;
    };
    match key {
        "uid" => request.uid = Some(id),
        "gid" => request.gid = Some(id),
        _ => return false,
    }
    true
}

/// The target is the container's to say.
const SOMEWHERE: &str = "/volume";

fn in_memory(list: &[&str]) -> Result<Mount, Error> {
    let mut mount = tmpfs_at(SOMEWHERE, Tmpfs::default()).map_err(|why| refused("type", why))?;
    for word in list {
        tmpfs_option(&mut mount, word).map_err(|why| refused("o", why))?;
    }
    Ok(mount)
}

fn bound(device: &str, list: &[&str]) -> Result<Mount, Error> {
    let path = Path::new(device);
    if !path.is_absolute() {
        return Err(refused("device", "wants the absolute path of a directory"));
    }
    // The words are Podman's, which scripts know.
    if let Err(error) = std::fs::metadata(path) {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
            _ => error.to_string(),
        };
        return Err(refused("device", format!("faccessat {device}: {why}")));
    }
    let mut mount = plain(MountSource::Bind(path.to_owned()), SOMEWHERE)
        .map_err(|why| refused("device", why))?;
    for word in list
        .iter()
        .filter(|word| !matches!(**word, "bind" | "rbind"))
    {
        apply(&mut mount, word).map_err(|why| refused("o", why))?;
    }
    Ok(mount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<VolumeRequest, String> {
        let mut request = VolumeRequest::default();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        match options(&mut request, &words) {
            Ok(()) => Ok(request),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn options_make_a_directory_a_tmpfs_or_a_bind() {
        let request = read(&["o=uid=5,gid=6", "nocopy"]).unwrap();
        assert_eq!((request.uid, request.gid), (Some(5), Some(6)));
        assert!(request.no_copy && request.mount.is_none());
        let memory = read(&["type=tmpfs", "device=tmpfs", "o=size=2M,noexec,uid=1"]).unwrap();
        let mount = memory.mount.unwrap();
        assert!(mount.no_exec);
        let MountSource::Tmpfs(tmpfs) = mount.source else {
            panic!("{mount:?}");
        };
        assert_eq!(tmpfs.size, Some(2 << 20));
        for bind in [
            &["type=bind", "device=/"][..],
            &["type=none", "o=bind,ro", "device=/"],
        ] {
            assert!(read(bind).unwrap().mount.is_some(), "{bind:?}");
        }
        for (bad, why) in [
            (&["type=nfs", "device=host:/x"][..], "only the host's root"),
            (&["o=size=5g"], "project quotas"),
            (&["what=x"], "none of"),
            (&["type=bind", "device=/no/such"], "faccessat /no/such"),
            (&["type=bind", "device=x"], "absolute"),
            (&["device=/"], "wants type"),
            (&["o=sync"], "only uid and gid"),
        ] {
            let error = read(bad).unwrap_err();
            assert!(error.contains(why), "{bad:?}: {error}");
        }
    }
}
