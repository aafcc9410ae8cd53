//! `exec` and `attach`: joining what runs.

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::names::{self, Named};
use crate::cli::output;
use crate::cli::run::{env, preserved};
use crate::cli::words::{boolean, keys};
use crate::engine;
use crate::engine::error::Kind;
use crate::engine::{AttachEnd, AttachRequest, Engine, ExecEnd};
use crate::types::request::ExecRequest;

/// Run one more process in a running container
#[derive(Debug, Clone, Args)]
#[command(override_usage = "coracle exec [OPTIONS] CONTAINER COMMAND [ARG...]")]
pub struct ExecArgs {
    /// Read the container's id from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub cidfile: Option<PathBuf>,
    /// Leave the process in the background and print its session's id
    #[arg(long, short)]
    pub detach: bool,
    /// Leave the process with these keys
    #[arg(long, value_name = "KEYS", value_parser = keys::check)]
    pub detach_keys: Option<String>,
    /// Set a variable (NAME=VALUE), or take the caller's (NAME, PREFIX*)
    #[arg(long, short, value_name = "NAME[=VALUE]")]
    pub env: Vec<String>,
    /// Read variables from a file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub env_file: Vec<PathBuf>,
    /// Keep standard input open
    #[arg(long, short)]
    pub interactive: bool,
    /// Run in the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Hand on these descriptors of the caller
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    pub preserve_fd: Vec<i32>,
    /// Hand on so many descriptors of the caller, from 3 on
    #[arg(long, value_name = "COUNT")]
    pub preserve_fds: Option<u32>,
    /// Do not list the process as a session of the container
    #[arg(long, conflicts_with = "detach")]
    pub no_session: bool,
    /// Give the process every right the container could have
    #[arg(long)]
    pub privileged: bool,
    /// Give the process a terminal
    #[arg(long, short)]
    pub tty: bool,
    /// Run as this user (NAME|UID[:GROUP|GID])
    #[arg(long, short, value_name = "USER")]
    pub user: Option<String>,
    /// Begin in this directory
    #[arg(long, short, value_name = "DIR")]
    pub workdir: Option<String>,
    /// The container, and the command with its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "CONTAINER",
          add = crate::cli::complete::containers())]
    pub words: Vec<String>,
}

/// `exec`
pub fn exec(engine: &Engine, args: &ExecArgs) -> Result<u8, Error> {
    let (name, command) = if let Some(path) = &args.cidfile {
        if args.latest {
            return Err(Error::usage(
                "",
                "--latest and --cidfile cannot be used together",
            ));
        }
        (names::from_file(path)?, args.words.as_slice())
    } else if args.latest {
        (names::latest(engine)?, args.words.as_slice())
    } else {
        let (name, command) = args
            .words
            .split_first()
            .ok_or_else(|| Error::usage("", "no container is named"))?;
        (name.clone(), command)
    };
    if command.is_empty() {
        return Err(Error::usage(
            "",
            "must provide a non-empty command to start an exec session",
        ));
    }
    let request = ExecRequest {
        command: command.to_vec(),
        env: env::collect(&args.env, &args.env_file, &env::of_host())?,
        workdir: args.workdir.clone(),
        user: args.user.clone(),
        tty: args.tty,
        interactive: args.interactive,
        detach: args.detach,
        no_session: args.no_session,
        privileged: args.privileged,
        detach_keys: args.detach_keys.clone(),
        preserve_fds: preserved::numbers(args.preserve_fds, &args.preserve_fd)?,
    };
    output::warn_without_terminal(args.tty, args.interactive);
    let end = engine
        .exec(&name, &request)
        .map_err(|error| match error.kind {
            // Nobody waits for a detached command's code: 125 says that it never ran.
            Kind::NotFound | Kind::CannotRun if args.detach => engine::Error {
                kind: Kind::Failure,
                ..error
            },
            _ => error,
        })?;
    match end {
        ExecEnd::Exited(code) => Ok(exit::of_status(code)),
        ExecEnd::Detached(session) => {
            output::line(&session)?;
            Ok(exit::SUCCESS)
        }
        ExecEnd::Left => Ok(exit::SUCCESS),
    }
}

/// Join the streams of a running container
#[derive(Debug, Clone, Args)]
pub struct AttachArgs {
    /// Leave the container with these keys
    #[arg(long, value_name = "KEYS", value_parser = keys::check)]
    pub detach_keys: Option<String>,
    /// Leave standard input alone
    #[arg(long)]
    pub no_stdin: bool,
    /// Hand signals on to the container
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = boolean::parse, value_name = "BOOL")]
    pub sig_proxy: bool,
    #[command(flatten)]
    pub named: Named,
}

/// `attach`
pub fn attach(engine: &Engine, args: &AttachArgs) -> Result<u8, Error> {
    let name = args.named.one(engine)?;
    let request = engine.container(&name)?.record.request;
    let attach = AttachRequest {
        stdin: !args.no_stdin && request.interactive,
        stdout: true,
        stderr: true,
        signal_proxy: args.sig_proxy && !request.tty,
        detach_keys: args.detach_keys.clone(),
    };
    Ok(match engine.attach(&name, &attach)? {
        AttachEnd::Exited(record) => exit::of_record(&record),
        AttachEnd::Detached => exit::SUCCESS,
    })
}
