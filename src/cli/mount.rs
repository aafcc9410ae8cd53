//! `unshare`, `mount`, `umount` and the same of images.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::output::{self, table, template};
use crate::engine::{Engine, Mounted};

/// Run a command in your user namespace, as its root
#[derive(Debug, Clone, Args)]
pub struct UnshareArgs {
    /// The command; your shell when none is given
    #[arg(
        value_name = "COMMAND",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub command: Vec<String>,
}

/// `unshare`
pub fn unshare(engine: &Engine, args: &UnshareArgs) -> Result<u8, Error> {
    let mut command = args.command.clone();
    if command.is_empty() {
        command.push(std::env::var("SHELL").unwrap_or_else(|_| "/bin/sh".to_owned()));
    }
    engine.unshare(&command)?;
    Ok(exit::SUCCESS)
}

/// Mount the trees of containers, inside of unshare
#[derive(Debug, Clone, Args)]
pub struct MountArgs {
    /// Mount every container
    #[arg(long, short)]
    pub all: bool,
    /// Print what is mounted as json
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Mount the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Shorten no id
    #[arg(long, visible_alias = "no-trunc")]
    pub notruncate: bool,
    /// Names or ids of containers; none lists what is mounted
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

/// `mount`
pub fn mount(engine: &Engine, args: &MountArgs) -> Result<u8, Error> {
    alone(args.all, args.latest, &args.names)?;
    let names = match (args.all, args.latest) {
        (true, _) => ids(engine)?,
        (_, true) => vec![names::latest(engine)?],
        _ => args.names.clone(),
    };
    if names.is_empty() && !args.all {
        let mounted = engine.mounted()?;
        let cut = if args.notruncate { 64 } else { 12 };
        let row = |one: &Mounted| vec![one.id[..cut].to_owned(), shown(one)];
        return list(&mounted, args.format.as_deref(), row);
    }
    places(&names, |name| Ok(engine.mount(name)?))
}

/// Mounts each; prints where, beside its name if there are several.
pub fn places(
    names: &[String],
    mut mount: impl FnMut(&str) -> Result<PathBuf, Error>,
) -> Result<u8, Error> {
    let single = names.len() == 1;
    names::each(names, Convention::Usual, |name| {
        let path = mount(name)?;
        let path = path.to_string_lossy();
        match single {
            true => output::line(&path),
            false => output::line(&format!("{name} {path}")),
        }
    })
}

/// Refuses names beside `--all` and `--latest`, in the words of the other verbs.
fn alone(all: bool, latest: bool, names: &[String]) -> Result<(), Error> {
    let why = match (all, latest, names.is_empty()) {
        (true, true, _) => "--all and --latest cannot be used together",
        (true, false, false) => "no arguments are needed with --all",
        (false, true, false) => "--latest and containers cannot be used together",
        _ => return Ok(()),
    };
    Err(Error::usage("", why))
}

/// Mount the trees of images, inside of unshare
#[derive(Debug, Clone, Args)]
pub struct ImageMountArgs {
    /// Mount every image
    #[arg(long, short)]
    pub all: bool,
    /// Print what is mounted as json
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Names or ids of images; none lists what is mounted
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// `image mount`
pub fn mount_image(engine: &Engine, args: &ImageMountArgs) -> Result<u8, Error> {
    alone(args.all, false, &args.names)?;
    let mut names = args.names.clone();
    if args.all {
        names = engine
            .images()?
            .iter()
            .map(|image| image.id.hex())
            .collect();
    }
    if names.is_empty() && !args.all {
        let mounted = engine.mounted_images()?;
        let row = |one: &Mounted| {
            let name = one.names.first().unwrap_or(&one.id);
            vec![name.clone(), shown(one)]
        };
        return list(&mounted, args.format.as_deref(), row);
    }
    names::each(&names, Convention::Usual, |name| {
        let path = engine.mount_image(name)?;
        output::line(&path.to_string_lossy())
    })
}

fn ids(engine: &Engine) -> Result<Vec<String>, Error> {
    let all = engine.containers()?;
    Ok(all.iter().map(|one| one.record.id.to_string()).collect())
}

fn shown(one: &Mounted) -> String {
    one.path.to_string_lossy().into_owned()
}

fn list(
    mounted: &[Mounted],
    format: Option<&str>,
    row: impl Fn(&Mounted) -> Vec<String>,
) -> Result<u8, Error> {
    match format {
        None | Some("") => {
            let rows: Vec<Vec<String>> = mounted.iter().map(row).collect();
            output::text(&table::aligned(&rows))?;
        }
        Some("json") => {
            let document = |one: &Mounted| json!({ "id": one.id, "Names": one.names, "mountpoint": shown(one) });
            let all: Value = mounted.iter().map(document).collect();
            output::text(&template::pretty_json(&all, 1))?;
        }
        Some(other) => {
            let what = format!("--format \"{other}\"");
            return Err(Error::usage(what, "the only format is json"));
        }
    }
    Ok(exit::SUCCESS)
}

/// Unmount the trees of containers, inside of unshare
#[derive(Debug, Clone, Args)]
pub struct UmountArgs {
    /// Unmount every container
    #[arg(long, short)]
    pub all: bool,
    /// Unmount what is still used, too (as is done anyway)
    #[arg(long, short)]
    pub force: bool,
    /// Unmount the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Names or ids of containers
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

/// `umount`
pub fn umount(engine: &Engine, args: &UmountArgs) -> Result<u8, Error> {
    alone(args.all, args.latest, &args.names)?;
    let mut names = args.names.clone();
    if args.latest {
        names.push(names::latest(engine)?);
    }
    if args.all {
        names = engine.mounted()?.into_iter().map(|one| one.id).collect();
    } else if names.is_empty() {
        return Err(Error::usage("", "no container is named"));
    }
    names::each(&names, Convention::Usual, |name| {
        engine.unmount(name)?;
        output::line(name)
    })
}

/// Unmount the trees of images, inside of unshare
#[derive(Debug, Clone, Args)]
pub struct ImageUmountArgs {
    /// Unmount every image
    #[arg(long, short)]
    pub all: bool,
    /// Unmount what is still used, too (as is done anyway)
    #[arg(long, short)]
    pub force: bool,
    /// Names or ids of images
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// `image umount`
pub fn umount_image(engine: &Engine, args: &ImageUmountArgs) -> Result<u8, Error> {
    alone(args.all, false, &args.names)?;
    let mut names = args.names.clone();
    if args.all {
        let mounted = engine.mounted_images()?;
        names = mounted.into_iter().map(|one| one.id).collect();
    } else if names.is_empty() {
        return Err(Error::usage("", "no image is named"));
    }
    names::each(&names, Convention::Usual, |name| {
        match engine.unmount_image(name)? {
            Some(id) => output::line(&id),
            None => Ok(()),
        }
    })
}
