//! `--log-level` and `--debug`: what is logged, and the form of a line.
//!
//! A line has the form that scripts know from Podman and other Go programs, logrus's:
//! `time="…" level=debug msg="…"`.

use std::fmt::{self, Write};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::cli::error::Error;
use crate::types::{Settings, Timestamp, escape};

pub const LEVELS: [&str; 8] = [
    "trace", "debug", "info", "warn", "warning", "error", "fatal", "panic",
];

/// Refuses a level nobody knows, in Podman's words.
pub fn unknown(level: &str) -> Error {
    Error::Logging(format!(
        "Log Level {} is not supported, choose from: {}",
        escape::quoted(level),
        LEVELS.join(", ")
    ))
}

/// The level that two options say; empty when none does.
pub fn level(typed: Option<&str>, debug: bool) -> Result<String, Error> {
    match (typed, debug) {
        (Some(_), true) => Err(Error::Logging(
            "Setting --log-level and --debug is not allowed".to_owned(),
        )),
        (None, true) => Ok("debug".to_owned()),
        (level, false) => Ok(level.unwrap_or_default().to_owned()),
    }
}

/// Sets logging up when `--log-level` or `CORACLE_LOG` asks for more than warnings.
///
/// Costs half a millisecond, so nobody else pays for it.
pub fn start(settings: &Settings) {
    let level = match settings.log_level.as_str() {
        "" => match std::env::var("CORACLE_LOG") {
            Ok(filter) => filter,
            Err(_) => return,
        },
        "warning" => "warn".to_owned(),
        "fatal" | "panic" => "error".to_owned(),
        other => other.to_owned(),
    };
    let filter = tracing_subscriber::EnvFilter::new(&level);
    // A second subscriber would only be refused: the first one stays.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .event_format(Line)
        .with_writer(std::io::stderr)
        .try_init();
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!("coracle {version} filtering at log level {level}");
    tracing::debug!("the store is {}", said(&settings.root));
    let (runroot, runtime) = (&settings.runroot, &settings.runtime);
    tracing::trace!("runroot {runroot:?}, runtime {runtime:?}");
}

fn said(root: &std::path::Path) -> String {
    match root.as_os_str().is_empty() {
        true => "where the configuration says".to_owned(),
        false => root.display().to_string(),
    }
}

/// One event as one line.
struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut to: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let level = name(event.metadata().level());
        let time = Timestamp::now().local();
        let message = escape::quoted(&fields.message);
        writeln!(
            to,
            "time=\"{time}\" level={level} msg={message}{}",
            fields.others
        )
    }
}

fn name(level: &Level) -> &'static str {
    match *level {
        Level::TRACE => "trace",
        Level::DEBUG => "debug",
        Level::INFO => "info",
        Level::WARN => "warning",
        Level::ERROR => "error",
    }
}

#[derive(Default)]
struct Fields {
    message: String,
    others: String,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        // Into a string: that does not fail.
        let _ = match field.name() {
            "message" => self.message.write_str(&text),
            name => write!(self.others, " {name}={}", escape::quoted(&text)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_option_at_a_time() {
        assert_eq!(level(None, true).ok().as_deref(), Some("debug"));
        assert_eq!(level(Some("info"), false).ok().as_deref(), Some("info"));
        assert_eq!(level(None, false).ok().as_deref(), Some(""));
        assert!(level(Some("info"), true).is_err());
        assert!(
            unknown("x")
                .to_string()
                .starts_with("Log Level \"x\" is not supported, ")
        );
    }
}
