//! `wait`: until containers end, or are in some other state.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names::{self, Named};
use crate::cli::output;
use crate::cli::words::duration;
use crate::engine::{Engine, WaitFor};
use crate::types::Status;

/// Wait for containers to end and print their exit codes
#[derive(Debug, Clone, Args)]
pub struct WaitArgs {
    /// Wait for a status instead: stopped, running, healthy, removing, …; one of several suffices
    #[arg(long, value_name = "STATUS")]
    pub condition: Vec<String>,
    /// End when the first of the containers fulfils the condition
    #[arg(long)]
    pub exit_first_match: bool,
    /// Pass over names that no container bears, printing -1
    #[arg(long)]
    pub ignore: bool,
    /// Accepted for scripts that set how often Podman looks; the end is noticed at once
    #[arg(long, short, value_name = "TIME", value_parser = interval)]
    pub interval: Option<i128>,
    #[command(flatten)]
    pub named: Named,
}

fn interval(text: &str) -> Result<i128, String> {
    match text.parse::<u32>() {
        Ok(milliseconds) => Ok(i128::from(milliseconds) * 1_000_000),
        Err(_) => duration::parse(text),
    }
}

/// `wait`
pub fn wait(engine: &Engine, args: &WaitArgs) -> Result<u8, Error> {
    let conditions = conditions(&args.condition)?;
    let names = args.named.resolve(engine)?;
    if args.exit_first_match {
        return first_match(engine, args, &names, &conditions);
    }
    names::each(&names, Convention::Usual, |name| {
        match engine.wait(name, &conditions).map_err(Error::from) {
            Ok(code) => output::line(&code.to_string()),
            Err(error) if args.ignore && names::forgiven(&error) => output::line("-1"),
            Err(error) => Err(error),
        }
    })
}

fn first_match(
    engine: &Engine,
    args: &WaitArgs,
    names: &[String],
    conditions: &[WaitFor],
) -> Result<u8, Error> {
    let waited = engine.wait_for_first(names, conditions);
    let code = match waited.map_err(Error::from) {
        Err(error) if args.ignore && names::forgiven(&error) => -1,
        other => other?,
    };
    output::line(&code.to_string())?;
    Ok(exit::SUCCESS)
}

fn conditions(words: &[String]) -> Result<Vec<WaitFor>, Error> {
    let mut wanted = Vec::new();
    for word in words.iter().flat_map(|words| words.split(',')) {
        wanted.push(match word.to_ascii_lowercase().as_str() {
            "stopped" | "exited" => WaitFor::Stopped,
            // A container is gone at once: nobody sees it being removed.
            "removed" | "removing" => WaitFor::Removed,
            "configured" | "created" => WaitFor::Status(Status::Created),
            "initialized" => WaitFor::Status(Status::Initialized),
            "running" => WaitFor::Status(Status::Running),
            "paused" => WaitFor::Status(Status::Paused),
            "stopping" => WaitFor::Status(Status::Stopping),
            "unknown" => WaitFor::Status(Status::Unknown),
            "healthy" => WaitFor::Health("healthy"),
            "unhealthy" => WaitFor::Health("unhealthy"),
            _ => {
                let what = format!("--condition \"{word}\"");
                return Err(Error::usage(what, "is not a status"));
            }
        });
    }
    if wanted.is_empty() {
        wanted.push(WaitFor::Stopped);
    }
    Ok(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_statuses() {
        let words = |text: &str| {
            let words = text.split_whitespace().map(str::to_owned);
            conditions(&words.collect::<Vec<_>>()).ok()
        };
        for (text, wanted) in [
            ("", Some(vec![WaitFor::Stopped])),
            ("exited", Some(vec![WaitFor::Stopped])),
            ("removing", Some(vec![WaitFor::Removed])),
            (
                "running exited",
                Some(vec![WaitFor::Status(Status::Running), WaitFor::Stopped]),
            ),
            ("healthy", Some(vec![WaitFor::Health("healthy")])),
            (
                "paused,exited",
                Some(vec![WaitFor::Status(Status::Paused), WaitFor::Stopped]),
            ),
            ("what", None),
        ] {
            assert_eq!(words(text), wanted, "{text}");
        }
    }
}
