//! `secret create`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::words::boolean;
use crate::engine::{Earlier, Engine, SecretRequest};
use crate::types::secret::LIMIT;

/// Keep a secret
#[derive(Debug, Clone, Args)]
pub struct CreateArgs {
    /// Who keeps it: file or shell
    #[arg(long, short, value_name = "DRIVER")]
    pub driver: Option<String>,
    /// Options of the driver: path= of file; delete=, list=, lookup=, store= of shell
    #[arg(long, value_name = "KEY=VALUE")]
    pub driver_opts: Vec<String>,
    /// Take the secret from this variable of the environment instead of a file
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", default_value = "false", hide_default_value = true,
          value_parser = boolean::parse, value_name = "BOOL")]
    pub env: bool,
    /// A secret of this name that is there already is as good
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", default_value = "false", hide_default_value = true,
          value_parser = boolean::parse, value_name = "BOOL")]
    pub ignore: bool,
    /// Set a label
    #[arg(long, short, value_name = "KEY[=VALUE]")]
    pub label: Vec<String>,
    /// Take the place of a secret of this name
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", default_value = "false", hide_default_value = true,
          value_parser = boolean::parse, value_name = "BOOL")]
    pub replace: bool,
    /// Name of the secret
    #[arg(value_name = "NAME")]
    pub name: String,
    /// A file with the secret; "-" is standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub source: String,
}

/// `secret create`
pub fn create(engine: &Engine, args: &CreateArgs) -> Result<u8, Error> {
    let earlier = match (args.ignore, args.replace) {
        (true, true) => {
            let why = "cannot use --ignore and --replace flags together";
            return Err(Error::usage("", why));
        }
        (true, false) => Earlier::Stays,
        (false, true) => Earlier::IsReplaced,
        (false, false) => Earlier::Refuses,
    };
    let id = engine.create_secret(&SecretRequest {
        name: args.name.clone(),
        value: value(args)?,
        driver: args.driver.clone(),
        options: options(&args.driver_opts)?,
        labels: args.label.iter().map(|word| pair(word)).collect(),
        earlier,
    })?;
    output::line(&id)?;
    Ok(exit::SUCCESS)
}

fn value(args: &CreateArgs) -> Result<Vec<u8>, Error> {
    if args.env {
        let value = std::env::var_os(&args.source).filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| {
            let why = format!("environment variable {} is not set", args.source);
            Error::usage("cannot create store secret data", why)
        })?;
        return Ok(value.into_encoded_bytes());
    }
    match args.source.as_str() {
        "-" | "/dev/stdin" => read(io::stdin().lock(), "standard input"),
        path => {
            let file = File::open(path).map_err(|source| failed("opening", path, source))?;
            read(file, path)
        }
    }
}

/// Reads as much as shows that it is too much.
fn read(source: impl Read, path: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = source.take(LIMIT as u64).read_to_end(&mut bytes);
    read.map_err(|source| failed("reading", path, source))?;
    Ok(bytes)
}

fn failed(doing: &'static str, path: &str, source: io::Error) -> Error {
    Error::File {
        doing,
        path: PathBuf::from(path),
        source,
    }
}

/// One `--driver-opts` may hold several; a comma that no key follows is part of a value.
fn options(words: &[String]) -> Result<BTreeMap<String, String>, Error> {
    let mut options: Vec<(String, String)> = Vec::new();
    for word in words {
        let mut first = true;
        for part in word.split(',') {
            match (part.split_once('='), options.last_mut()) {
                (Some((key, value)), _) if first || is_key(key) => {
                    options.push((key.to_owned(), value.to_owned()));
                }
                (_, Some((_, value))) if !first => {
                    value.push(',');
                    value.push_str(part);
                }
                _ => {
                    let what = format!("--driver-opts {word:?}");
                    return Err(Error::usage(what, "must be formatted as key=value"));
                }
            }
            first = false;
        }
    }
    Ok(options.into_iter().collect())
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn pair(word: &str) -> (String, String) {
    let (key, value) = word.split_once('=').unwrap_or((word, ""));
    (key.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_drivers_may_have_commas() {
        let parsed = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            options(&words)
                .map(|map| map.into_iter().collect::<Vec<_>>())
                .ok()
        };
        let pairs = |list: &[(&str, &str)]| {
            let owned = list.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
            Some(owned.collect::<Vec<_>>())
        };
        assert_eq!(parsed(&["path=/a"]), pairs(&[("path", "/a")]));
        assert_eq!(
            parsed(&["list=ls,store=cat > /d/$X", "lookup=a,b X=1,2"]),
            pairs(&[
                ("list", "ls"),
                ("lookup", "a,b X=1,2"),
                ("store", "cat > /d/$X")
            ])
        );
        assert_eq!(parsed(&["path"]), None);
    }
}
