//! Which containers a command is about: names, ids from files, `--all`, `--latest`, `--filter`.
//!
//! And how several are done: one failure does not stop the rest, each is reported, and the
//! gravest one's code is the command's.

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::output;
use crate::cli::run::env;
use crate::engine::error::Kind;
use crate::engine::{Container, Engine};

/// Containers by name, or the newest.
#[derive(Debug, Clone, Args)]
pub struct Named {
    /// Act on the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Names or ids of containers
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

impl Named {
    /// Returns the names that are meant; none at all is an error.
    pub fn resolve(&self, engine: &Engine) -> Result<Vec<String>, Error> {
        match (self.latest, self.names.is_empty()) {
            (true, true) => Ok(vec![latest(engine)?]),
            (true, false) => Err(Error::usage(
                "",
                "--latest and containers cannot be used together",
            )),
            (false, true) => Err(Error::usage("", "you must provide at least one name or id")),
            (false, false) => Ok(self.names.clone()),
        }
    }

    /// Returns the one name that is meant.
    pub fn one(&self, engine: &Engine) -> Result<String, Error> {
        let mut names = self.resolve(engine)?;
        match names.len() {
            1 => Ok(names.remove(0)),
            _ => Err(Error::usage("", "exactly one container must be named")),
        }
    }
}

/// Containers by name, by file, by filter, the newest or all.
#[derive(Debug, Clone, Args)]
pub struct Selected {
    /// Act on all containers
    #[arg(long, short)]
    pub all: bool,
    /// Read an id from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub cidfile: Vec<PathBuf>,
    #[command(flatten)]
    pub named: Named,
}

/// What becomes of a `--cidfile` that is not there: units of systemd stop what has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Forgiven,
    Refused,
}

impl Missing {
    pub fn of(ignore: bool) -> Self {
        if ignore {
            Self::Forgiven
        } else {
            Self::Refused
        }
    }
}

impl Selected {
    /// Refuses names and the newest beside all or a filter, in Podman's words.
    fn alone(&self) -> Result<(), Error> {
        let why = match (self.all, self.named.latest, self.named.names.is_empty()) {
            (true, true, _) => "--all and --latest cannot be used together",
            (true, false, false) => "no arguments are needed with --all",
            (false, true, _) => "--filter and --latest cannot be used together",
            (false, false, false) => "--filter takes no arguments",
            (_, false, true) => return Ok(()),
        };
        Err(Error::usage("", why))
    }

    /// Returns what is meant; `all` says which containers `--all` has in mind.
    pub fn resolve(
        &self,
        engine: &Engine,
        filters: &[String],
        missing: Missing,
        all: impl Fn(&Container) -> bool,
    ) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        for path in &self.cidfile {
            if missing == Missing::Forgiven && !path.exists() {
                continue;
            }
            names.push(from_file(path)?);
        }
        if self.all || !filters.is_empty() {
            self.alone()?;
            let found = crate::cli::list::filter::containers(engine, filters)?;
            names.extend(found.iter().filter(|c| all(c)).map(id));
            return Ok(names);
        }
        if self.cidfile.is_empty() || self.named.latest || !self.named.names.is_empty() {
            names.extend(self.named.resolve(engine)?);
        }
        Ok(names)
    }
}

/// Reads the id that `run --cidfile` has written.
pub fn from_file(path: &std::path::Path) -> Result<String, Error> {
    Ok(env::read("reading CIDFile: open", path)?.trim().to_owned())
}

fn id(container: &Container) -> String {
    container.record.id.as_str().to_owned()
}

/// Returns the id of the container that was created last.
pub fn latest(engine: &Engine) -> Result<String, Error> {
    let found = engine.containers()?;
    let newest = found.iter().max_by_key(|c| c.record.created);
    match newest {
        Some(container) => Ok(id(container)),
        None => Err(Error::usage("", "--latest: there is no container")),
    }
}

/// What `--ignore` forgives: a name that nobody bears.
pub fn forgiven(error: &Error) -> bool {
    matches!(error, Error::Engine(failed) if failed.kind == Kind::NoSuchObject)
}

/// Does each in turn; reports every failure, returns the gravest code.
pub fn each(
    names: &[String],
    convention: Convention,
    mut act: impl FnMut(&str) -> Result<(), Error>,
) -> Result<u8, Error> {
    let mut code = exit::SUCCESS;
    for name in names {
        match act(name) {
            Ok(()) => {}
            Err(error @ (Error::ReaderLeft | Error::Output(_))) => return Err(error),
            Err(error) => {
                output::failure(&error);
                let this = exit::of_error(&error, convention);
                code = exit::worse(code, this);
            }
        }
    }
    Ok(code)
}
