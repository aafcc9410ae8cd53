//! `container prune`, `container cleanup` and `container exists`.

use std::io::{BufRead, Write};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::lifecycle::alive;
use crate::cli::list::filter::Filter;
use crate::cli::names::{self, Missing, Named, Selected};
use crate::cli::output;
use crate::engine::error::Kind;
use crate::engine::{self, Container, Engine, RemoveRequest};

/// Remove all containers that do not run
#[derive(Debug, Clone, Args)]
pub struct PruneArgs {
    /// Remove only containers that match: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
}

/// `container prune`
pub fn prune(engine: &Engine, args: &PruneArgs) -> Result<u8, Error> {
    let filter = prune_filter(engine, &args.filter)?;
    if !args.force && !confirmed("This will remove all non running containers.")? {
        return Ok(exit::SUCCESS);
    }
    let mut found = engine.containers()?;
    found.retain(|c| !alive(c) && !c.foreign && filter.passes(c));
    let ids: Vec<String> = found.iter().map(|c| c.record.id.to_string()).collect();
    let request = RemoveRequest::default();
    names::each(&ids, Convention::Usual, |id| {
        match engine.remove(id, &request).map_err(Error::from) {
            Ok(_) => output::line(id),
            // Somebody else was faster, or has started it.
            Err(error) if names::forgiven(&error) || in_use(&error) => Ok(()),
            Err(error) => Err(error),
        }
    })
}

fn in_use(error: &Error) -> bool {
    matches!(error, Error::Engine(failed) if failed.kind == Kind::InUse)
}

/// Parses the filters `prune` knows: podman-container-prune(1).
pub fn prune_filter(engine: &Engine, words: &[String]) -> Result<Filter, Error> {
    check_filters(words)?;
    Filter::parse(words, engine)
}

/// Refuses filters that no `prune` knows.
pub fn check_filters(words: &[String]) -> Result<(), Error> {
    for word in words {
        let (key, _) = crate::cli::words::filter::split(word)?;
        if !matches!(key, "until" | "label" | "label!") {
            return Err(Error::usage("", format!("{key} is an invalid filter")));
        }
    }
    Ok(())
}

/// Asks on the terminal; anything but a word that begins with `y` is no.
pub fn confirmed(what: &str) -> Result<bool, Error> {
    let mut out = std::io::stdout().lock();
    write!(
        out,
        "WARNING! {what}\nAre you sure you want to continue? [y/N] "
    )?;
    out.flush()?;
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    Ok(read.is_ok() && answer.trim_start().starts_with(['y', 'Y']))
}

/// Take away what ended containers left behind: nothing, since that happens by itself
#[derive(Debug, Clone, Args)]
pub struct CleanupArgs {
    /// Look after all containers
    #[arg(long, short)]
    pub all: bool,
    /// Remove the containers too
    #[arg(long)]
    pub rm: bool,
    /// Remove the containers' images too
    #[arg(long)]
    pub rmi: bool,
    /// Pass over containers that run
    #[arg(long)]
    pub stopped_only: bool,
    #[command(flatten)]
    pub named: Named,
}

/// `container cleanup`
pub fn cleanup(engine: &Engine, args: &CleanupArgs) -> Result<u8, Error> {
    let selected = Selected {
        all: args.all,
        cidfile: Vec::new(),
        named: args.named.clone(),
    };
    let names = selected.resolve(engine, &[], Missing::Refused, |_| true)?;
    names::each(&names, Convention::Usual, |name| {
        // Looking at a container is what settles whatever a killed monitor has left.
        let container = engine.container(name)?;
        if alive(&container) && args.stopped_only {
            return Ok(());
        }
        refuse_running(&container)?;
        if args.rm {
            engine.remove(name, &RemoveRequest::default())?;
        }
        if args.rmi {
            engine.remove_image(&container.record.image_name, false)?;
        }
        output::line(name)
    })
}

fn refuse_running(container: &Container) -> Result<(), Error> {
    if !alive(container) {
        return Ok(());
    }
    let id = &container.record.id;
    let text = format!(
        "failed to clean up container {id}: container {id} is running or paused, refusing to \
         clean up: container state improper"
    );
    Err(engine::Error::of(Kind::InUse, text).into())
}

/// Say by the exit code whether there is a container
#[derive(Debug, Clone, Args)]
pub struct ContainerExistsArgs {
    /// Look among containers of other programs in the store, too (there are none)
    #[arg(long)]
    pub external: bool,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub name: String,
}

/// `container exists`
pub fn exists(engine: &Engine, args: &ContainerExistsArgs) -> Result<u8, Error> {
    exit::of_search(engine.container(&args.name))
}
