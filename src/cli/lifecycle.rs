//! `start`, `stop`, `kill` and `rm`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names::{self, Missing, Named, Selected};
use crate::cli::output;
use crate::cli::words::{boolean, keys, signal};
use crate::engine::error::Kind;
use crate::engine::{self, AttachEnd, AttachRequest, Container, Engine, RemoveRequest, StartMode};
use crate::types::Status;

/// Start containers that were created or have ended
#[derive(Debug, Clone, Args)]
pub struct StartArgs {
    /// Start every container that does not run
    #[arg(long)]
    pub all: bool,
    /// Join output, and with -i input
    #[arg(long, short)]
    pub attach: bool,
    /// Leave an attached container with these keys
    #[arg(long, value_name = "KEYS", value_parser = keys::check)]
    pub detach_keys: Option<String>,
    /// Start only containers that match
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Join standard input
    #[arg(long, short)]
    pub interactive: bool,
    /// Hand signals on to the container (with --attach)
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub sig_proxy: Option<bool>,
    #[command(flatten)]
    pub named: Named,
}

/// `start`
pub fn start(engine: &Engine, args: &StartArgs) -> Result<u8, Error> {
    let names = startable(engine, args)?;
    if args.attach || args.interactive {
        return start_attached(engine, args, &names);
    }
    if args.sig_proxy == Some(true) {
        return Err(Error::usage("--sig-proxy", "needs --attach"));
    }
    names::each(&names, Convention::Usual, |name| {
        // 126 and 127 are for commands that were waited for: podman-start(1) has none of them.
        engine
            .start(name, StartMode::Detached)
            .map_err(as_our_own)?;
        output::line(name)
    })
}

fn as_our_own(mut error: engine::Error) -> engine::Error {
    if matches!(error.kind, Kind::CannotRun | Kind::NotFound) {
        error.kind = Kind::Failure;
    }
    error
}

/// Returns what is to be started; `--filter` also sifts what is named.
fn startable(engine: &Engine, args: &StartArgs) -> Result<Vec<String>, Error> {
    let idle = |c: &Container| !alive(c);
    let named = !args.named.names.is_empty() || args.named.latest;
    if args.all && named {
        return Err(Error::usage(
            "",
            "either start all containers or the container(s) provided in the arguments",
        ));
    }
    if args.filter.is_empty() || !named {
        let selected = Selected {
            all: args.all,
            cidfile: Vec::new(),
            named: args.named.clone(),
        };
        return selected.resolve(engine, &args.filter, Missing::Refused, idle);
    }
    let found = crate::cli::list::filter::containers(engine, &args.filter)?;
    let mut names = Vec::new();
    for name in args.named.resolve(engine)? {
        let id = engine.container(&name)?.record.id;
        if found.iter().any(|c| c.record.id == id && idle(c)) {
            names.push(name);
        }
    }
    Ok(names)
}

fn start_attached(engine: &Engine, args: &StartArgs, names: &[String]) -> Result<u8, Error> {
    let [name] = names else {
        let reason = "you cannot start and attach multiple containers at once";
        return Err(Error::usage("", reason));
    };
    let tty = engine.container(name)?.record.request.tty;
    let attach = AttachRequest {
        stdin: args.interactive,
        stdout: args.attach,
        stderr: args.attach,
        signal_proxy: args.sig_proxy.unwrap_or(args.attach) && !tty,
        detach_keys: args.detach_keys.clone(),
    };
    let end = engine.start(name, StartMode::Attached(attach))?;
    Ok(match end {
        Some(AttachEnd::Exited(record)) => exit::of_record(&record),
        Some(AttachEnd::Detached) | None => exit::SUCCESS,
    })
}

/// Stop running containers: their stop signal, then SIGKILL
#[derive(Debug, Clone, Args)]
pub struct StopArgs {
    /// Stop only containers that match
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Pass over names that no container bears
    #[arg(long, short)]
    pub ignore: bool,
    /// Wait so many seconds before SIGKILL; -1 waits without end
    #[arg(long, short, visible_alias = "timeout", value_name = "SECONDS",
          value_parser = seconds, allow_hyphen_values = true)]
    pub time: Option<u32>,
    #[command(flatten)]
    pub selected: Selected,
}

/// `stop`
pub fn stop(engine: &Engine, args: &StopArgs) -> Result<u8, Error> {
    let names = args
        .selected
        .resolve(engine, &args.filter, Missing::of(args.ignore), stoppable)?;
    names::each(&names, Convention::Usual, |name| {
        match engine.stop(name, args.time).map_err(Error::from) {
            Ok(()) => output::line(name),
            Err(error) if args.ignore && names::forgiven(&error) => Ok(()),
            Err(error) => Err(error),
        }
    })
}

/// Whether a container hears its stop signal.
fn stoppable(container: &Container) -> bool {
    container.status != Status::Paused && alive(container)
}

/// Whether a container's workload is there.
pub fn alive(container: &Container) -> bool {
    matches!(
        container.status,
        Status::Running | Status::Stopping | Status::Paused
    )
}

/// A time limit in seconds; below zero is as good as without end.
pub fn seconds(text: &str) -> Result<u32, String> {
    match text.parse::<i64>() {
        Ok(number) if number < 0 => Ok(u32::MAX),
        Ok(number) => u32::try_from(number).map_err(|_| "is too long".to_owned()),
        Err(_) => Err("is not a number of seconds".to_owned()),
    }
}

/// Send a signal to running containers
#[derive(Debug, Clone, Args)]
pub struct KillArgs {
    /// The signal, by name or number
    #[arg(
        long,
        short,
        value_name = "SIGNAL",
        default_value = "KILL",
        hide_default_value = true
    )]
    pub signal: String,
    #[command(flatten)]
    pub selected: Selected,
}

/// `kill`
pub fn kill(engine: &Engine, args: &KillArgs) -> Result<u8, Error> {
    let signal = signal::parse(&args.signal).map_err(|why| Error::usage("", why))?;
    let names = args
        .selected
        .resolve(engine, &[], Missing::Refused, alive)?;
    names::each(&names, Convention::Usual, |name| {
        engine.kill(name, signal)?;
        output::line(name)
    })
}

/// Remove containers
#[derive(Debug, Clone, Args)]
pub struct RmArgs {
    /// Remove the containers too that use a namespace of these
    #[arg(long)]
    pub depend: bool,
    /// Remove only containers that match
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Stop running containers first, and pass over missing ones
    #[arg(long, short)]
    pub force: bool,
    /// Pass over names that no container bears
    #[arg(long, short)]
    pub ignore: bool,
    /// With --force: wait so many seconds before SIGKILL
    #[arg(long, short, visible_alias = "timeout", value_name = "SECONDS",
          value_parser = seconds, allow_hyphen_values = true)]
    pub time: Option<u32>,
    /// Remove the containers' anonymous volumes too
    #[arg(long, short)]
    pub volumes: bool,
    #[command(flatten)]
    pub selected: Selected,
}

/// `rm`
pub fn rm(engine: &Engine, args: &RmArgs) -> Result<u8, Error> {
    if args.time.is_some() && !args.force {
        return Err(Error::usage("--time", "needs --force"));
    }
    let names = args.selected.resolve(
        engine,
        &args.filter,
        Missing::of(args.ignore || args.force),
        |_| true,
    )?;
    let request = RemoveRequest {
        force: args.force,
        volumes: args.volumes,
        timeout: args.time,
    };
    let forgiving = args.ignore || args.force;
    let names = engine.removal_order(&names, args.depend)?;
    names::each(&names, Convention::Removal, |name| {
        match engine.remove(name, &request).map_err(Error::from) {
            // What was asked for by name is answered by that name, as Podman does it.
            Ok(_) => output::line(name),
            Err(error) if forgiving && names::forgiven(&error) => Ok(()),
            Err(error) if names::forgiven(&error) => Err(nobody(name)),
            Err(error) => Err(error),
        }
    })
}

/// In the words podman-rm has for it.
fn nobody(name: &str) -> Error {
    let name = crate::types::escape::quoted(name);
    let text = format!("no container with ID or name {name} found: no such container");
    engine::Error::of(Kind::NoSuchObject, text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_limits() {
        assert_eq!(seconds("10"), Ok(10));
        assert_eq!(seconds("-1"), Ok(u32::MAX));
        assert!(seconds("x").is_err());
    }
}
