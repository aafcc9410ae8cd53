//! `cp`: files between a container and the host, or between two containers.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{ArgAction, Args};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::engine::{CopyRequest, End, Engine};

/// Copy files between a container and the host, or between containers
#[derive(Debug, Clone, Args)]
pub struct CpArgs {
    /// Give what is copied into a container to its user (default true); false keeps the owners
    #[arg(long, short, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", default_value = "true", hide_default_value = true,
          action = ArgAction::Set, value_parser = crate::cli::words::boolean::parse)]
    pub archive: bool,
    /// Let a file take the place of a directory, and the other way round
    #[arg(long)]
    pub overwrite: bool,
    /// Accepted for old scripts: a running container is never stopped for this
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", action = ArgAction::Set,
          value_parser = crate::cli::words::boolean::parse)]
    pub pause: Option<bool>,
    /// [CONTAINER:]PATH of a file or directory; "DIR/." is what is in it, "-" a tar
    #[arg(value_name = "SOURCE", add = crate::cli::complete::containers())]
    pub source: String,
    /// [CONTAINER:]PATH it goes to; "-" writes a tar
    #[arg(value_name = "DESTINATION", add = crate::cli::complete::containers())]
    pub destination: String,
}

/// `cp`
pub fn cp(engine: &Engine, args: &CpArgs) -> Result<u8, Error> {
    let request = CopyRequest {
        from: end(&args.source),
        to: end(&args.destination),
        keep_owners: !args.archive,
        overwrite: args.overwrite,
    };
    let inside = |end: &End| matches!(end, End::Container { .. });
    if !inside(&request.from) && !inside(&request.to) {
        let what = format!("{:?}, {:?}", args.source, args.destination);
        let reason = "exactly 1 container expected but 0 specified";
        return Err(Error::usage(what, reason).hint("coracle cp FILE CONTAINER:PATH"));
    }
    if request.to == End::Stream && io::stdout().is_terminal() {
        return Err(Error::usage("", "an archive does not go to a terminal")
            .hint("coracle cp CONTAINER:PATH - >FILE"));
    }
    engine.copy(&request)?;
    Ok(exit::SUCCESS)
}

/// A colon means a container, unless a slash or a dot begins the word.
fn end(word: &str) -> End {
    if word == "-" {
        return End::Stream;
    }
    match word.split_once(':') {
        Some((name, path)) if !word.starts_with(['.', '/']) => End::Container {
            name: name.to_owned(),
            path: path.to_owned(),
        },
        _ => End::Host(PathBuf::from(word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_means_a_container_unless_the_word_is_plainly_a_path() {
        let inside = |name: &str, path: &str| End::Container {
            name: name.to_owned(),
            path: path.to_owned(),
        };
        for (word, expected) in [
            ("-", End::Stream),
            ("web:/etc/x", inside("web", "/etc/x")),
            ("web:", inside("web", "")),
            ("web:a:b", inside("web", "a:b")),
            ("./web:x", End::Host("./web:x".into())),
            ("/a:b", End::Host("/a:b".into())),
            ("file", End::Host("file".into())),
        ] {
            assert_eq!(end(word), expected, "{word}");
        }
    }
}
