//! `volume rm` and `volume prune`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::output;
use crate::cli::prune::confirmed;
use crate::cli::volume::filter::Filter;
use crate::cli::words::boolean;
use crate::cli::words::filter::split;
use crate::engine::{Engine, Volume};

/// Remove volumes
#[derive(Debug, Clone, Args)]
pub struct RmArgs {
    /// Remove all volumes
    #[arg(long, short)]
    pub all: bool,
    /// Remove the containers that have a volume, too
    #[arg(long, short)]
    pub force: bool,
    /// Seconds a container gets to end with --force, before it is killed; -1 waits for ever
    #[arg(long, short, value_name = "SECONDS", allow_negative_numbers = true)]
    pub time: Option<i64>,
    /// Names of volumes, or beginnings of them
    #[arg(value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub names: Vec<String>,
}

/// `volume rm`
pub fn rm(engine: &Engine, args: &RmArgs) -> Result<u8, Error> {
    if args.all != args.names.is_empty() {
        let why = if args.all {
            "--all and names exclude each other"
        } else {
            "no volume is named"
        };
        return Err(Error::usage("", why));
    }
    if args.time.is_some() && !args.force {
        return Err(Error::usage("--time", "has no meaning without --force"));
    }
    // As long as anybody will wait.
    let timeout = args
        .time
        .map(|time| u32::try_from(time).unwrap_or(u32::MAX));
    let found = if args.all {
        let all = engine.volumes()?;
        all.iter().map(|v| v.record.name.to_string()).collect()
    } else {
        args.names.clone()
    };
    names::each(&found, Convention::Removal, |name| {
        match engine
            .remove_volume(name, args.force, timeout)
            .map_err(Error::from)
        {
            Ok(name) => output::line(&name),
            Err(error) if args.force && names::forgiven(&error) => Ok(()),
            Err(error) => Err(error),
        }
    })
}

/// Remove the volumes that no container has
#[derive(Debug, Clone, Args)]
pub struct PruneArgs {
    /// Remove those with names of the user's, too
    #[arg(long, short)]
    pub all: bool,
    /// Say what would go, and remove nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Remove only volumes that match: all, anonymous, label, label!, since, until =VALUE
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
}

/// `volume prune`
pub fn prune(engine: &Engine, args: &PruneArgs) -> Result<u8, Error> {
    let (mut all, mut words) = (args.all, Vec::new());
    let mut by_kind = false;
    for word in &args.filter {
        match split(word)? {
            ("all", value) => {
                all = boolean::parse(value).map_err(|why| Error::usage("--filter all", why))?;
            }
            (key, _)
                if matches!(
                    key,
                    "anonymous" | "label" | "label!" | "since" | "after" | "until"
                ) =>
            {
                by_kind |= key == "anonymous";
                words.push(word.clone());
            }
            (key, _) => {
                return Err(Error::usage(
                    "",
                    format!("{key:?} is an invalid volume filter"),
                ));
            }
        }
    }
    let filter = Filter::parse(&words, engine)?;
    let wanted = |volume: &Volume| {
        let kind = all || by_kind || volume.record.anonymous;
        kind && volume.users.is_empty() && filter.passes(volume)
    };
    let mut found = engine.volumes()?;
    found.retain(wanted);
    if args.dry_run {
        for volume in &found {
            output::line(volume.record.name.as_str())?;
        }
        return Ok(exit::SUCCESS);
    }
    if !args.force && !agreed(&found, all)? {
        return Ok(exit::SUCCESS);
    }
    for volume in &found {
        if engine.prune_volume(&volume.record.name)? {
            output::line(volume.record.name.as_str())?;
        }
    }
    Ok(exit::SUCCESS)
}

fn agreed(found: &[Volume], all: bool) -> Result<bool, Error> {
    let which = if all { "" } else { "anonymous " };
    let what = format!(
        "This will remove all {which}volumes not used by at least one container. The following \
         volumes will be removed:"
    );
    if found.is_empty() {
        output::line(&format!("WARNING! {what}"))?;
        output::line(&format!("No dangling {which}volumes found"))?;
        return Ok(false);
    }
    let names: Vec<&str> = found.iter().map(|v| v.record.name.as_str()).collect();
    confirmed(&format!("{what}\n{}", names.join("\n")))
}
