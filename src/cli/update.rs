//! `update`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::run::health::{self, HealthArgs};
use crate::cli::run::resources::{self, ResourceArgs};
use crate::cli::run::{env, limits};
use crate::engine::{CheckChange, Engine, HealthChange, UpdateRequest};

/// Change the limits of a container, running or not
#[derive(Debug, Clone, Args)]
pub struct UpdateArgs {
    #[command(flatten)]
    pub resources: ResourceArgs,
    #[command(flatten)]
    pub health: HealthArgs,
    /// Set a variable from the next start on (NAME=VALUE)
    #[arg(long, short, value_name = "NAME[=VALUE]")]
    pub env: Vec<String>,
    /// Change the container that was made last
    #[arg(long, short, conflicts_with = "name")]
    pub latest: bool,
    /// Start the container again when it ends: no, on-failure[:TIMES], always, unless-stopped
    #[arg(long, value_name = "POLICY")]
    pub restart: Option<String>,
    /// Set a limit of the container's processes from the next start on (NAME=SOFT[:HARD])
    #[arg(long, value_name = "LIMIT")]
    pub ulimit: Vec<String>,
    /// Take a variable away from the next start on
    #[arg(long, value_name = "NAME")]
    pub unsetenv: Vec<String>,
    /// The container's name or id
    #[arg(value_name = "CONTAINER", required_unless_present = "latest",
          add = crate::cli::complete::containers())]
    pub name: Option<String>,
}

/// `update`
pub fn update(engine: &Engine, args: &UpdateArgs) -> Result<u8, Error> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => crate::cli::names::latest(engine)?,
    };
    let host = env::of_host();
    let usage =
        |option: &str, word: &str, why: String| Error::usage(format!("{option} \"{word}\""), why);
    let restart = args
        .restart
        .as_deref()
        .map(|word| limits::restart(word).map_err(|why| usage("--restart", word, why)));
    let (host_words, words): (Vec<_>, Vec<_>) = args.ulimit.iter().partition(|w| *w == "host");
    let ulimits = words
        .iter()
        .map(|word| limits::ulimit(word).map_err(|why| usage("--ulimit", word, why)));
    let ulimits = ulimits.collect::<Result<Vec<_>, _>>()?;
    let request = UpdateRequest {
        resources: resources::resources(&args.resources)?,
        restart: restart.transpose()?,
        env: env::collect(&args.env, &[], &host)?,
        unset_env: args.unsetenv.clone(),
        ulimits,
        host_ulimits: !host_words.is_empty(),
        health: change(&args.health)?,
    };
    let id = engine.update(&name, &request)?;
    output::line(id.as_str())?;
    Ok(exit::SUCCESS)
}

/// Converts what was said about health checks; the rest stays as it is.
fn change(args: &HealthArgs) -> Result<HealthChange, Error> {
    let said = health::request(args)?;
    let startup_interval = args.health_startup_interval.as_deref();
    let startup_timeout = args.health_startup_timeout.as_deref();
    Ok(HealthChange {
        disable: said.disabled,
        regular: CheckChange {
            test: said.test,
            interval: said.interval,
            timeout: said.timeout,
            retries: said.retries,
        },
        start_period: said.start_period,
        startup: CheckChange {
            test: said.startup.map(|startup| startup.test),
            interval: health::interval("startup healthcheck interval", startup_interval)?,
            timeout: health::timeout("startup healthcheck timeout", startup_timeout)?,
            retries: args.health_startup_retries,
        },
        startup_successes: args.health_startup_success,
        on_failure: args.health_on_failure,
        destination: args
            .health_log_destination
            .is_some()
            .then_some(said.destination),
        max_log_count: args.health_max_log_count,
        max_log_size: args.health_max_log_size,
    })
}
