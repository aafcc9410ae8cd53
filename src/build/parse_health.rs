//! `HEALTHCHECK`.
//!
//! Dockerfile reference, "HEALTHCHECK"; times are Go's durations.

use crate::build::flags::Flags;
use crate::build::parse::{command_of, value};
use crate::build::words;
use crate::build::{Command, Fault, Healthcheck};
use crate::types::duration;

const MILLISECOND: i128 = 1_000_000;

pub(super) fn healthcheck(flags: &mut Flags, rest: &str) -> Result<Healthcheck, Fault> {
    let (word, rest) = words::instruction(rest);
    let wanted = |wanted| Fault::Arguments {
        instruction: "HEALTHCHECK",
        wanted,
    };
    let test = match &*word.to_ascii_uppercase() {
        "" => return Err(wanted("CMD and a command, or NONE")),
        "NONE" if rest.is_empty() => {
            return Ok(Healthcheck {
                test: vec!["NONE".into()],
                ..Healthcheck::default()
            });
        }
        "NONE" => return Err(wanted("nothing after NONE")),
        "CMD" => match command_of("HEALTHCHECK", rest)? {
            Command::Exec(words) if words.is_empty() => return Err(wanted("a command after CMD")),
            Command::Exec(words) => ["CMD".to_owned()].into_iter().chain(words).collect(),
            Command::Shell(line) => vec!["CMD-SHELL".to_owned(), line],
        },
        _ => return Err(wanted("CMD and a command, or NONE")),
    };
    let retries = flags.one("retries")?.unwrap_or_default();
    Ok(Healthcheck {
        test,
        interval: time(flags, "interval")?,
        timeout: time(flags, "timeout")?,
        start_period: time(flags, "start-period")?,
        start_interval: time(flags, "start-interval")?,
        retries: match &*retries {
            "" => 0,
            // Docker's config has a signed 32-bit number.
            text => match text.parse::<u32>() {
                Ok(retries) if retries <= i32::MAX as u32 => retries,
                _ => return Err(value("--retries", text, "is not a number of tries")),
            },
        },
    })
}

/// Returns a flag's nanoseconds; 0 is the default, less than a millisecond is none.
fn time(flags: &mut Flags, name: &'static str) -> Result<u64, Fault> {
    let Some(text) = flags.one(name)?.filter(|text| !text.is_empty()) else {
        return Ok(0);
    };
    let wrong = |reason: &str| Fault::Flag {
        flag: format!("--{name}"),
        reason: format!("{text} {reason}"),
    };
    let nanoseconds = duration::parse(&text).map_err(|reason| wrong(&reason))?;
    match u64::try_from(nanoseconds) {
        Ok(0) => Ok(0),
        Ok(time) if nanoseconds >= MILLISECOND => Ok(time),
        _ => Err(wrong("is less than a millisecond")),
    }
}
