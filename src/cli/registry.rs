//! The options of every command that speaks with a registry.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::cli::error::{Error, reason_of};
use crate::cli::words::{boolean, duration};
use crate::engine::Access;
use crate::types::escape;

/// Who we are to it, and what it must prove.
#[derive(Debug, Clone, Default, Args)]
pub struct AccessArgs {
    /// Read registry credentials from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub authfile: Option<PathBuf>,
    /// Trust the certificates in this directory
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub cert_dir: Option<PathBuf>,
    /// Use these credentials
    #[arg(long, value_name = "USER[:PASSWORD]")]
    pub creds: Option<String>,
    /// Require https and a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub tls_verify: Option<bool>,
}

/// How often it is tried.
#[derive(Debug, Clone, Default, Args)]
pub struct RetryArgs {
    /// Try again so many times
    #[arg(long, value_name = "TIMES")]
    pub retry: Option<u32>,
    /// Wait so long between two tries
    #[arg(long, value_name = "TIME")]
    pub retry_delay: Option<String>,
}

impl RetryArgs {
    /// Returns the time between two tries; the words for nonsense are Go's.
    fn delay(&self) -> Result<Option<Duration>, Error> {
        let parsed = self.retry_delay.as_deref().map(|text| {
            let nonsense = |_| format!("time: invalid duration {}", escape::quoted(text));
            duration::parse(text).map(delay).map_err(nonsense)
        });
        parsed.transpose().map_err(|why| Error::usage("", why))
    }
}

impl AccessArgs {
    /// Returns what was typed as the engine wants it.
    pub fn access(&self, retry: Option<&RetryArgs>) -> Result<Access, Error> {
        Ok(Access {
            tls_verify: self.tls_verify,
            authfile: accessible(&self.authfile)?,
            credentials: self.creds.as_deref().map(credentials).transpose()?,
            cert_dir: self.cert_dir.clone(),
            retries: retry.and_then(|retry| retry.retry),
            retry_delay: retry.map_or(Ok(None), RetryArgs::delay)?,
        })
    }
}

/// Refuses an `--authfile` that is not there, needed or not, in Podman's words.
pub fn accessible(authfile: &Option<PathBuf>) -> Result<Option<PathBuf>, Error> {
    if let Some(path) = authfile
        && let Err(error) = std::fs::metadata(path)
    {
        let reason = reason_of(&error);
        let path = escape::visible(&path.to_string_lossy());
        let text = format!("credential file is not accessible: faccessat {path}: {reason}");
        return Err(Error::usage("", text));
    }
    Ok(authfile.clone())
}

/// A password that is not given is asked for elsewhere; here it must be given.
fn credentials(text: &str) -> Result<(String, String), Error> {
    match text.split_once(':') {
        Some((user, password)) if !user.is_empty() => Ok((user.to_owned(), password.to_owned())),
        // The words are not repeated: half of them may be a password.
        _ => Err(Error::usage("--creds", "is not of the form user:password")),
    }
}

fn delay(nanoseconds: i128) -> Duration {
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(0))
}
