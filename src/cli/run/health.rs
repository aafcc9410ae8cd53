//! The options of `run` and `create` about health checks.

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::words::duration;
use crate::types::health::{
    DEFAULT_INTERVAL, DEFAULT_TIMEOUT, Destination, HealthRequest, OnFailure, StartupCheck,
};

const SECOND: u64 = 1_000_000_000;

/// Whether and how the container's health is checked.
#[derive(Debug, Clone, Default, Args)]
pub struct HealthArgs {
    /// Check the container's health with this command (a JSON array, or text for a shell; none)
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub health_cmd: Option<String>,
    /// Check so often (30s); disable leaves it to healthcheck run
    #[arg(long, value_name = "TIME")]
    pub health_interval: Option<String>,
    /// Keep results here: local, events_logger or a directory
    #[arg(long, value_name = "PLACE")]
    pub health_log_destination: Option<String>,
    /// Keep so many results (5); 0 keeps all
    #[arg(long, value_name = "NUMBER")]
    pub health_max_log_count: Option<u32>,
    /// Keep so many characters of each output (500); 0 keeps all
    #[arg(long, value_name = "NUMBER")]
    pub health_max_log_size: Option<u32>,
    /// Do this when the container turns unhealthy: none, kill, restart or stop
    #[arg(long, value_name = "ACTION", value_parser = on_failure)]
    pub health_on_failure: Option<OnFailure>,
    /// Count the container as unhealthy after so many failures in a row (3)
    #[arg(long, value_name = "NUMBER")]
    pub health_retries: Option<u32>,
    /// Let failures pass for so long after the start
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub health_start_period: Option<String>,
    /// Begin the regular check only when this command has succeeded
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub health_startup_cmd: Option<String>,
    /// Run the startup check so often (30s)
    #[arg(long, value_name = "TIME")]
    pub health_startup_interval: Option<String>,
    /// Start the container again after so many failures of the startup check (0 is never)
    #[arg(long, value_name = "NUMBER")]
    pub health_startup_retries: Option<u32>,
    /// Let the startup check succeed so often before the regular one begins
    #[arg(long, value_name = "NUMBER")]
    pub health_startup_success: Option<u32>,
    /// Count a startup check that takes longer as failed (30s)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub health_startup_timeout: Option<String>,
    /// Kill a check that takes longer, and count it as failed (30s)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub health_timeout: Option<String>,
    /// Run no health check, not even the image's
    #[arg(long)]
    pub no_healthcheck: bool,
}

/// Converts them; what needs the image is checked where that is known.
pub fn request(args: &HealthArgs) -> Result<HealthRequest, Error> {
    let excluded = |option: &str| {
        let reason = format!("cannot specify both --no-healthcheck and {option}");
        Error::usage("", reason)
    };
    if args.no_healthcheck && args.health_cmd.as_ref().is_some_and(|cmd| !cmd.is_empty()) {
        return Err(excluded("--health-cmd"));
    }
    if args.no_healthcheck && args.health_startup_cmd.is_some() {
        return Err(excluded("--health-startup-cmd"));
    }
    if args.health_retries == Some(0) {
        return Err(Error::usage(
            "",
            "healthcheck-retries must be greater than 0",
        ));
    }
    Ok(HealthRequest {
        disabled: args.no_healthcheck,
        test: test(args.health_cmd.as_deref()),
        interval: interval("healthcheck-interval", args.health_interval.as_deref())?,
        timeout: at_least(
            SECOND,
            "healthcheck-timeout",
            args.health_timeout.as_deref(),
        )?,
        start_period: at_least(
            0,
            "healthcheck-start-period",
            args.health_start_period.as_deref(),
        )?,
        retries: args.health_retries,
        startup: startup(args)?,
        on_failure: args.health_on_failure.unwrap_or_default(),
        destination: destination(args.health_log_destination.as_deref())?,
        max_log_count: args.health_max_log_count,
        max_log_size: args.health_max_log_size,
    })
}

fn startup(args: &HealthArgs) -> Result<Option<StartupCheck>, Error> {
    let Some(test) = test(args.health_startup_cmd.as_deref()) else {
        return Ok(None);
    };
    let every = interval(
        "startup healthcheck interval",
        args.health_startup_interval.as_deref(),
    )?;
    let timeout = args.health_startup_timeout.as_deref();
    let timeout = at_least(SECOND, "startup healthcheck timeout", timeout)?;
    Ok(Some(StartupCheck {
        test,
        interval: every.unwrap_or(DEFAULT_INTERVAL),
        timeout: timeout.unwrap_or(DEFAULT_TIMEOUT),
        retries: args.health_startup_retries.unwrap_or(0),
        successes: args.health_startup_success.unwrap_or(0),
    }))
}

/// Docker's words stand as they are; anything else is one text for a shell, unless it is a JSON
/// array of several words.
fn test(text: Option<&str>) -> Option<Vec<String>> {
    let text = text.filter(|text| !text.is_empty())?;
    let array = serde_json::from_str::<Vec<String>>(text).ok();
    let first = match &array {
        Some(words) => words.first()?.to_ascii_uppercase(),
        None => text
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase(),
    };
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let mut test: Vec<String> = match (first.as_str(), array) {
        ("NONE", _) => return Some(vec!["NONE".to_owned()]),
        ("CMD" | "CMD-SHELL", Some(array)) => array,
        ("CMD", None) => words(text),
        ("CMD-SHELL", None) => {
            let rest = text.split_once(' ').map_or("", |(_, rest)| rest);
            vec![first.clone(), rest.to_owned()]
        }
        (_, Some(array)) if array.len() > 1 => {
            let mut test = vec!["CMD".to_owned()];
            test.extend(array);
            return Some(test);
        }
        (_, array) => {
            let text = array.map_or_else(|| text.to_owned(), |words| words.join(" "));
            return Some(vec!["CMD-SHELL".to_owned(), text]);
        }
    };
    test[0] = first;
    Some(test)
}

/// A time between two checks; 0 is no timer.
pub fn interval(name: &str, text: Option<&str>) -> Result<Option<u64>, Error> {
    match text {
        Some("disable") => Ok(Some(0)),
        text => at_least(0, name, text),
    }
}

/// How long a check may take.
pub fn timeout(name: &str, text: Option<&str>) -> Result<Option<u64>, Error> {
    at_least(SECOND, name, text)
}

fn at_least(least: u64, name: &str, text: Option<&str>) -> Result<Option<u64>, Error> {
    let Some(text) = text else { return Ok(None) };
    let parsed = duration::parse(text)
        .map_err(|why| Error::usage(format!("invalid {name} \"{text}\""), why))?;
    match u64::try_from(parsed) {
        Ok(parsed) if parsed >= least => Ok(Some(parsed)),
        _ if least == SECOND => {
            let reason = format!("{name} must be at least 1 second");
            Err(Error::usage("", reason))
        }
        _ => {
            let reason = format!("{name} must be 0 seconds or greater");
            Err(Error::usage("", reason))
        }
    }
}

fn on_failure(text: &str) -> Result<OnFailure, String> {
    [
        OnFailure::None,
        OnFailure::Kill,
        OnFailure::Restart,
        OnFailure::Stop,
    ]
    .into_iter()
    .find(|action| action.as_str() == text)
    .ok_or_else(|| "is no action: none, kill, restart or stop".to_owned())
}

fn destination(text: Option<&str>) -> Result<Destination, Error> {
    match text {
        None | Some("" | "local") => Ok(Destination::Local),
        Some("events_logger") => Ok(Destination::Events),
        Some(path) => {
            let what = || format!("--health-log-destination \"{path}\"");
            let found = std::fs::metadata(path);
            if !found.is_ok_and(|found| found.is_dir()) {
                return Err(Error::usage(what(), "is no directory"));
            }
            let absolute = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
            Ok(Destination::Directory(absolute))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_as_podman_reads_them() {
        for (typed, wanted) in [
            ("none", vec!["NONE"]),
            ("[\"NONE\"]", vec!["NONE"]),
            (
                "curl -f http://x || exit 1",
                vec!["CMD-SHELL", "curl -f http://x || exit 1"],
            ),
            ("/bin/true", vec!["CMD-SHELL", "/bin/true"]),
            ("[\"ls\", \"-l\"]", vec!["CMD", "ls", "-l"]),
            ("[\"ls -l\"]", vec!["CMD-SHELL", "ls -l"]),
            ("[\"CMD\", \"ls\"]", vec!["CMD", "ls"]),
            ("CMD ls  -l", vec!["CMD", "ls", "-l"]),
            ("CMD-SHELL a  b", vec!["CMD-SHELL", "a  b"]),
        ] {
            assert_eq!(test(Some(typed)).expect(typed), wanted, "{typed}");
        }
        assert_eq!(test(Some("")), None);
    }

    #[test]
    fn times_are_checked() {
        let with = |set: fn(&mut HealthArgs)| {
            let mut args = HealthArgs::default();
            set(&mut args);
            request(&args)
        };
        let made = with(|args| args.health_interval = Some("disable".to_owned()));
        assert_eq!(made.expect("good").interval, Some(0));
        for bad in [
            (|args| args.health_timeout = Some("0s".to_owned())) as fn(&mut HealthArgs),
            |args| args.health_start_period = Some("-1s".to_owned()),
            |args| args.health_interval = Some("x".to_owned()),
            |args| args.health_retries = Some(0),
            |args| {
                args.no_healthcheck = true;
                args.health_cmd = Some("true".to_owned());
            },
        ] {
            assert!(with(bad).is_err());
        }
    }
}
