//! Health checks: what was asked, what holds for a container, and what was found.
//!
//! Times are nanoseconds, as Docker's image config has them (`Healthcheck`) and `inspect` prints
//! them. An interval of 0 is no timer: checks are run by hand.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::types::Timestamp;

const SECOND: u64 = 1_000_000_000;
pub const DEFAULT_INTERVAL: u64 = 30 * SECOND;
pub const DEFAULT_TIMEOUT: u64 = 30 * SECOND;
pub const DEFAULT_RETRIES: u32 = 3;
/// How many results are kept, and how many bytes of each output.
pub const DEFAULT_LOG_COUNT: u32 = 5;
pub const DEFAULT_LOG_SIZE: u32 = 500;

/// What the command line says; the rest is the image's or the default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HealthRequest {
    /// `--no-healthcheck`
    pub disabled: bool,
    /// `--health-cmd` as `CMD`, `CMD-SHELL` or `NONE` and words.
    pub test: Option<Vec<String>>,
    pub interval: Option<u64>,
    pub timeout: Option<u64>,
    pub start_period: Option<u64>,
    pub retries: Option<u32>,
    pub startup: Option<StartupCheck>,
    pub on_failure: OnFailure,
    pub destination: Destination,
    /// 0 is without limit.
    pub max_log_count: Option<u32>,
    /// Bytes; 0 is without limit.
    pub max_log_size: Option<u32>,
}

/// The check of a running container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HealthCheck {
    /// `CMD`, `CMD-SHELL` or a word of the command, then words.
    pub test: Vec<String>,
    pub interval: u64,
    pub timeout: u64,
    pub start_period: u64,
    pub retries: u32,
}

/// A check that must pass before the regular one begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StartupCheck {
    pub test: Vec<String>,
    pub interval: u64,
    pub timeout: u64,
    /// Failures after which the container is started again; 0 is never.
    pub retries: u32,
    /// How often it must pass; 0 is once.
    pub successes: u32,
}

/// What is done with a container that turned unhealthy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnFailure {
    #[default]
    None,
    Kill,
    Restart,
    Stop,
}

impl OnFailure {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Kill => "kill",
            Self::Restart => "restart",
            Self::Stop => "stop",
        }
    }
}

/// Where results are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Destination {
    /// With the container.
    #[default]
    Local,
    /// … and their output in the events too.
    Events,
    /// As `ID-healthcheck.log` in a directory of the user's.
    Directory(PathBuf),
}

impl HealthCheck {
    /// Returns the command that is run; `None` when there is none.
    pub fn command(test: &[String]) -> Option<Vec<String>> {
        let (first, rest) = test.split_first()?;
        let command = match first.as_str() {
            "" | "NONE" => return None,
            "CMD" => rest.to_vec(),
            "CMD-SHELL" => vec!["/bin/sh".to_owned(), "-c".to_owned(), rest.join(" ")],
            _ => test.to_vec(),
        };
        command
            .first()
            .is_some_and(|word| !word.is_empty())
            .then_some(command)
    }
}

/// What was found, oldest result first; Podman's `healthcheck.log`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HealthState {
    /// starting, healthy, unhealthy or stopped.
    #[serde(rename = "Status")]
    pub status: String,
    #[serde(rename = "FailingStreak")]
    pub failing_streak: u32,
    #[serde(rename = "Log")]
    pub log: Vec<HealthResult>,
    /// The startup check has passed.
    pub started_up: bool,
    pub startup_successes: u32,
    pub startup_failures: u32,
}

/// One check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct HealthResult {
    pub start: Timestamp,
    pub end: Timestamp,
    /// 0, 1, or -1 when it took too long.
    pub exit_code: i32,
    pub output: String,
}
