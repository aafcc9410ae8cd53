//! `coracle runtime`: an OCI runtime of its own, with the words of crun and runc.
//!
//! Engines start it as one executable: called `coracle-runtime` (a link to this program) it
//! takes the words after `coracle runtime` at once (`role.rs`). Failures go to `--log` as well, in
//! the form those engines read. Exit codes: 1 for every failure of ours, else the process's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::error::Error;
use crate::cli::lazy::{Eager, Lazy};
use crate::cli::runtime_show as show;
use crate::cli::{exit, output, runtime_exec, runtime_log, words};
use crate::engine::oci;
use crate::engine::oci::{CgroupManager, Create, Outcome, Preserved, Runtime};

/// The command and the options in front of its verbs.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub struct RuntimeArgs {
    /// Print the version and the newest spec that is understood
    #[arg(long, short = 'v')]
    version: bool,
    /// Keep containers in this directory
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    root: Option<PathBuf>,
    /// Write errors to this file as well
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    log: Option<PathBuf>,
    /// Choose the form of the log: text or json
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], hide_possible_values = true)]
    log_format: Option<String>,
    /// Log what is done, not only what fails
    #[arg(long)]
    debug: bool,
    /// Choose who makes cgroups: cgroupfs, systemd or disabled
    #[arg(long, value_name = "NAME", value_parser = ["cgroupfs", "systemd", "disabled"], hide_possible_values = true)]
    cgroup_manager: Option<String>,
    /// Have systemd make cgroups
    #[arg(long)]
    systemd_cgroup: bool,
    #[command(subcommand)]
    verb: Option<RuntimeVerb>,
}

#[derive(Debug, Subcommand)]
enum RuntimeVerb {
    /// Create a container from a bundle without starting it
    Create(Eager<CreateArgs>),
    /// Remove a container that has ended
    Delete(Lazy<DeleteArgs>),
    /// Run one more process in a container
    Exec(Lazy<runtime_exec::ExecArgs>),
    /// Print what this runtime can do, as JSON
    Features(Lazy<show::FeaturesArgs>),
    /// Send a signal to a container
    Kill(Lazy<KillArgs>),
    /// List containers
    List(Lazy<show::ListArgs>),
    /// Freeze every process of a container
    Pause(Lazy<OneArgs>),
    /// List the processes of a container
    Ps(Lazy<show::PsArgs>),
    /// Let a frozen container go on
    Resume(Lazy<OneArgs>),
    /// Create a container from a bundle and start it
    Run(Eager<RunArgs>),
    /// Write a config.json to begin with
    Spec(Lazy<show::SpecArgs>),
    /// Start a created container
    Start(Lazy<OneArgs>),
    /// Print a container's state, as JSON
    State(Lazy<OneArgs>),
    /// Change the limits of a container
    Update(Lazy<show::UpdateArgs>),
}

#[derive(Debug, Args)]
pub struct OneArgs {
    #[arg(value_name = "CONTAINER")]
    id: String,
}

#[derive(Debug, Args)]
pub struct CreateArgs {
    /// Find config.json and the root file system in this directory
    #[arg(long, short, value_name = "DIR", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    bundle: PathBuf,
    /// Read this file of the bundle instead of config.json
    #[arg(long, short = 'f', value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    config: Option<PathBuf>,
    /// Send the terminal to whoever listens at this socket
    #[arg(long, value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    console_socket: Option<PathBuf>,
    /// Write the pid of the first process to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pid_file: Option<PathBuf>,
    /// Pass so many more descriptors on, from 3 up
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true)]
    preserve_fds: u32,
    /// Leave the process in the caller's session keyring
    #[arg(long)]
    no_new_keyring: bool,
    #[arg(value_name = "CONTAINER")]
    id: String,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    #[command(flatten)]
    create: CreateArgs,
    /// Return when the container runs
    #[arg(long, short)]
    detach: bool,
}

#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// End it first if it runs, and be content if there is none
    #[arg(long, short)]
    force: bool,
    #[arg(value_name = "CONTAINER")]
    id: String,
}

#[derive(Debug, Args)]
pub struct KillArgs {
    /// Send it to every process
    #[arg(long, short)]
    all: bool,
    #[arg(value_name = "CONTAINER")]
    id: String,
    #[arg(value_name = "SIGNAL", default_value = "SIGTERM", value_parser = words::signal::parse)]
    signal: i32,
}

impl CreateArgs {
    fn request(&self) -> Result<Create, oci::Error> {
        Ok(Create {
            preserve: Preserved::take(self.preserve_fds)?,
            id: self.id.clone(),
            bundle: self.bundle.clone(),
            config: self.config.clone(),
            console_socket: self.console_socket.clone(),
            pid_file: self.pid_file.clone(),
            no_new_keyring: self.no_new_keyring,
        })
    }
}

/// Runs the command, and reports its failure in every form that was asked for.
pub fn run(args: &RuntimeArgs) -> u8 {
    let done = perform(args);
    let log = runtime_log::Log {
        path: args.log.as_deref(),
        json: args.log_format.as_deref() == Some("json"),
    };
    match done {
        Ok(code) => {
            if args.debug {
                log.write("debug", &format!("{:?} ended with code {code}", name(args)));
            }
            code
        }
        Err(Error::ReaderLeft) => exit::SUCCESS,
        Err(error) => {
            log.write("error", &error.to_string());
            output::failure(&error);
            exit::RUNTIME
        }
    }
}

fn name(args: &RuntimeArgs) -> String {
    let shown = format!("{:?}", args.verb);
    let word = shown.trim_start_matches("Some(");
    word.split('(').next().unwrap_or_default().to_lowercase()
}

fn perform(args: &RuntimeArgs) -> Result<u8, Error> {
    if args.version {
        return show::version().map(|()| exit::SUCCESS);
    }
    let runtime = Runtime {
        root: args.root.clone().unwrap_or_else(oci::default_root),
        cgroups: match args.cgroup_manager.as_deref() {
            Some("disabled") => CgroupManager::Disabled,
            Some("systemd") => CgroupManager::Systemd,
            _ if args.systemd_cgroup => CgroupManager::Systemd,
            _ => CgroupManager::Cgroupfs,
        },
    };
    let Some(verb) = &args.verb else {
        return Err(Error::usage("", "no command is given").hint("see coracle runtime --help"));
    };
    match verb {
        RuntimeVerb::Create(create) => runtime.create(&create.request()?)?,
        RuntimeVerb::Delete(delete) => runtime.delete(&delete.id, delete.force)?,
        RuntimeVerb::Exec(exec) => return Ok(code(exec.run(&runtime)?)),
        RuntimeVerb::Features(_) => show::features()?,
        RuntimeVerb::Kill(kill) => runtime.kill(&kill.id, kill.signal, kill.all)?,
        RuntimeVerb::List(list) => list.show(&runtime)?,
        RuntimeVerb::Pause(one) => runtime.pause(&one.id)?,
        RuntimeVerb::Ps(ps) => ps.show(&runtime)?,
        RuntimeVerb::Resume(one) => runtime.resume(&one.id)?,
        RuntimeVerb::Run(run) => {
            return Ok(code(runtime.run(&run.create.request()?, run.detach)?));
        }
        RuntimeVerb::Spec(spec) => spec.write()?,
        RuntimeVerb::Start(one) => runtime.start(&one.id)?,
        RuntimeVerb::State(one) => show::document(&runtime.state(&one.id)?)?,
        RuntimeVerb::Update(update) => update.run(&runtime)?,
    }
    Ok(exit::SUCCESS)
}

fn code(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Detached => exit::SUCCESS,
        Outcome::Ended(code) => code,
    }
}
