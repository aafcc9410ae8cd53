//! The command line: the only room that parses arguments or prints.
//!
//! `main` reads the words (the clap tree is built here, each command's options only when that
//! command is typed), makes [`crate::types::Settings`] of the global options, and calls one
//! function per command. Options and commands of Podman that Coracle does not have yet are
//! refused by name: `unsupported.rs`. Exit codes: `exit.rs`.

pub mod artifact;
pub mod build;
pub mod choose;
pub mod clone;
pub mod commit;
pub mod complete;
pub mod completion;
pub mod cp;
pub mod diff;
pub mod docs;
pub mod error;
pub mod events;
pub mod exec;
pub mod exit;
pub mod export;
pub mod generate;
pub mod globals;
pub mod healthcheck;
pub mod history;
pub mod image;
pub mod images;
pub mod import;
pub mod info;
pub mod inspect;
pub mod lazy;
pub mod lifecycle;
pub mod list;
pub mod logging;
pub mod login;
pub mod logs;
pub mod manifest;
pub mod mount;
pub mod names;
pub mod network;
pub mod output;
pub mod parse;
pub mod pause;
pub mod port;
pub mod prune;
pub mod push;
pub mod registry;
pub mod rename;
pub mod restart;
pub mod run;
pub mod runlabel;
pub mod runtime;
pub mod runtime_exec;
pub mod runtime_log;
pub mod runtime_show;
pub mod scp;
pub mod search;
pub mod secret;
pub mod sign;
pub mod signing;
pub mod stats;
pub mod suggest;
pub mod system;
pub mod top;
pub mod transfer;
pub mod trust;
pub mod unsupported;
pub mod update;
pub mod volume;
pub mod wait;
pub mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cli::error::Error;
use crate::cli::exit::Convention;
use crate::cli::globals::Globals;
use crate::cli::lazy::{Eager, Lazy};
use crate::engine::Engine;

/// Run containers without a daemon and without privileges
#[derive(Debug, Parser)]
#[command(
    name = "coracle",
    version,
    disable_version_flag = true,
    subcommand_required = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Print version
    #[arg(long, short = 'v', action = clap::ArgAction::Version)]
    version: Option<bool>,
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub verb: Verb,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Commands about artifacts: files kept in registries like images
    #[command(subcommand)]
    Artifact(artifact::ArtifactVerb),
    /// Join the streams of a running container
    Attach(Lazy<exec::AttachArgs>),
    /// Build an image from a Containerfile
    Build(Lazy<build::BuildArgs>),
    /// Commands about builds
    #[command(subcommand)]
    Builder(build::BuilderVerb),
    /// Commands about builds, by Docker's other name for them
    #[command(subcommand)]
    Buildx(build::BuildxVerb),
    /// Make an image of a container
    Commit(Lazy<commit::CommitArgs>),
    /// Commands about containers
    #[command(subcommand)]
    Container(ContainerVerb),
    /// Print the script by which a shell completes commands and options
    Completion(Lazy<completion::CompletionArgs>),
    /// Copy files between a container and the host, or between containers
    Cp(Lazy<cp::CpArgs>),
    /// Create a container without starting it
    Create(Lazy<run::flags::CreateArgs>),
    /// Show what happens to containers, images and volumes
    Events(Lazy<events::EventsArgs>),
    /// Show what a container or an image changes in what it is made from
    Diff(Lazy<diff::DiffArgs>),
    /// Run one more process in a running container
    Exec(Lazy<exec::ExecArgs>),
    /// Commands about health checks
    #[command(subcommand)]
    Healthcheck(HealthcheckVerb),
    /// Write the tree of a container as a tar
    Export(Lazy<export::ExportArgs>),
    /// Show the steps of an image's making
    History(Lazy<history::HistoryArgs>),
    /// Commands that write down what there is
    #[command(subcommand)]
    Generate(GenerateVerb),
    /// Commands about images
    #[command(subcommand)]
    Image(ImageVerb),
    /// List images
    Images(Lazy<images::ImagesArgs>),
    /// Make an image of a tar of a whole tree
    Import(Lazy<import::ImportArgs>),
    /// Show what this machine offers to containers
    Info(Lazy<info::InfoArgs>),
    /// Prepare containers completely, so that the next start has only to let go
    Init(Lazy<restart::InitArgs>),
    /// Show everything known about containers and images
    Inspect(Lazy<inspect::InspectArgs>),
    /// Send a signal to running containers
    Kill(Lazy<lifecycle::KillArgs>),
    /// Bring images from an archive
    Load(Lazy<transfer::LoadArgs>),
    /// Log into a registry
    Login(Lazy<login::LoginArgs>),
    /// Log out of a registry
    Logout(Lazy<login::LogoutArgs>),
    /// Print what containers wrote
    Logs(Lazy<logs::LogsArgs>),
    /// Commands about lists of images for several platforms
    #[command(subcommand)]
    Manifest(manifest::ManifestVerb),
    /// Commands about networks
    #[command(subcommand)]
    Network(network::NetworkVerb),
    /// List the ports of the host that lead to a container
    Port(Lazy<port::PortArgs>),
    /// Stop the processes of running containers where they are
    Pause(Lazy<pause::PauseArgs>),
    /// List containers
    Ps(Lazy<list::PsArgs>),
    /// Bring images from a registry, or from files
    Pull(Lazy<transfer::PullArgs>),
    /// Send an image to a registry, or into files
    Push(Lazy<push::PushArgs>),
    /// Give a container another name
    Rename(Lazy<rename::RenameArgs>),
    /// Stop containers and start them again; those that do not run are started
    Restart(Lazy<restart::RestartArgs>),
    /// Remove containers
    Rm(Lazy<lifecycle::RmArgs>),
    /// Remove images
    Rmi(Lazy<image::RmiArgs>),
    /// Run a command in a new container
    Run(Lazy<run::flags::RunArgs>),
    /// Run bundles as an OCI runtime does, for other engines
    Runtime(Eager<runtime::RuntimeArgs>),
    /// Put images into an archive
    Save(Lazy<transfer::SaveArgs>),
    /// Find repositories in registries
    Search(Lazy<search::SearchArgs>),
    /// Start containers that were created or have ended
    Start(Lazy<lifecycle::StartArgs>),
    /// Commands about secrets
    #[command(subcommand)]
    Secret(secret::SecretVerb),
    /// Show what running containers use
    Stats(Lazy<stats::StatsArgs>),
    /// Stop running containers: their stop signal, then SIGKILL
    Stop(Lazy<lifecycle::StopArgs>),
    /// Commands about the whole
    #[command(subcommand)]
    System(system::SystemVerb),
    /// Give an image further names
    Tag(Lazy<image::TagArgs>),
    /// Let paused containers go on
    Unpause(Lazy<pause::UnpauseArgs>),
    /// Show the processes of a container
    Top(Lazy<top::TopArgs>),
    /// Take names away from an image
    Untag(Lazy<image::UntagArgs>),
    /// Change the limits of a container, running or not
    Update(Lazy<update::UpdateArgs>),
    /// Show the version
    Version(Lazy<info::VersionArgs>),
    /// Commands about volumes
    #[command(subcommand)]
    Volume(volume::VolumeVerb),
    /// Wait for containers to end and print their exit codes
    Wait(Lazy<wait::WaitArgs>),
    /// Mount the trees of containers, inside of unshare
    Mount(Lazy<mount::MountArgs>),
    /// Unmount the trees of containers, inside of unshare
    #[command(visible_alias = "unmount")]
    Umount(Lazy<mount::UmountArgs>),
    /// Run a command in your user namespace, as its root
    Unshare(Lazy<mount::UnshareArgs>),
}

/// The commands after `generate`.
#[derive(Debug, Subcommand)]
pub enum GenerateVerb {
    /// Print what a container was told, as JSON
    Spec(Lazy<generate::SpecArgs>),
}

/// The commands after `container`.
#[derive(Debug, Subcommand)]
pub enum ContainerVerb {
    /// Join the streams of a running container
    Attach(Lazy<exec::AttachArgs>),
    /// Take away what ended containers left behind: nothing, since that happens by itself
    Cleanup(Lazy<prune::CleanupArgs>),
    /// Create a container like another one
    Clone(Lazy<clone::CloneArgs>),
    /// Make an image of a container
    Commit(Lazy<commit::CommitArgs>),
    /// Copy files between a container and the host, or between containers
    Cp(Lazy<cp::CpArgs>),
    /// Create a container without starting it
    Create(Lazy<run::flags::CreateArgs>),
    /// Show what containers change in their images
    Diff(Lazy<diff::ContainerDiffArgs>),
    /// Run one more process in a running container
    Exec(Lazy<exec::ExecArgs>),
    /// Write the tree of a container as a tar
    Export(Lazy<export::ExportArgs>),
    /// Say by the exit code whether there is a container
    Exists(Lazy<prune::ContainerExistsArgs>),
    /// Prepare containers completely, so that the next start has only to let go
    Init(Lazy<restart::InitArgs>),
    /// Show everything known about containers
    Inspect(Lazy<inspect::ContainerInspectArgs>),
    /// Send a signal to running containers
    Kill(Lazy<lifecycle::KillArgs>),
    /// Print what containers wrote
    Logs(Lazy<logs::LogsArgs>),
    /// List containers
    #[command(visible_aliases = ["list", "ps"])]
    Ls(Lazy<list::PsArgs>),
    /// List the ports of the host that lead to a container
    Port(Lazy<port::PortArgs>),
    /// Remove all containers that do not run
    Prune(Lazy<prune::PruneArgs>),
    /// Give a container another name
    Rename(Lazy<rename::RenameArgs>),
    /// Stop containers and start them again; those that do not run are started
    Restart(Lazy<restart::RestartArgs>),
    /// Stop the processes of running containers where they are
    Pause(Lazy<pause::PauseArgs>),
    /// Remove containers
    Rm(Lazy<lifecycle::RmArgs>),
    /// Run a command in a new container
    Run(Lazy<run::flags::RunArgs>),
    /// Run the command an image carries in a label
    Runlabel(Lazy<runlabel::RunlabelArgs>),
    /// Start containers that were created or have ended
    Start(Lazy<lifecycle::StartArgs>),
    /// Show what running containers use
    Stats(Lazy<stats::StatsArgs>),
    /// Stop running containers: their stop signal, then SIGKILL
    Stop(Lazy<lifecycle::StopArgs>),
    /// Let paused containers go on
    Unpause(Lazy<pause::UnpauseArgs>),
    /// Show the processes of a container
    Top(Lazy<top::TopArgs>),
    /// Change the limits of a container, running or not
    Update(Lazy<update::UpdateArgs>),
    /// Wait for containers to end and print their exit codes
    Wait(Lazy<wait::WaitArgs>),
    /// Mount the trees of containers, inside of unshare
    Mount(Lazy<mount::MountArgs>),
    /// Unmount the trees of containers, inside of unshare
    #[command(visible_alias = "unmount")]
    Umount(Lazy<mount::UmountArgs>),
}

/// The commands after `healthcheck`.
#[derive(Debug, Subcommand)]
pub enum HealthcheckVerb {
    /// Run the health check of a container
    Run(Lazy<healthcheck::RunArgs>),
}

/// The commands after `image`.
#[allow(clippy::large_enum_variant, reason = "one at a time, for a moment")]
#[derive(Debug, Subcommand)]
pub enum ImageVerb {
    /// Build an image from a Containerfile
    Build(Lazy<build::BuildArgs>),
    /// Show what the last layer of an image changes in those below it
    Diff(Lazy<diff::ImageDiffArgs>),
    /// Say by the exit code whether an image is in the store
    Exists(Lazy<image::ExistsArgs>),
    /// Show the steps of an image's making
    History(Lazy<history::HistoryArgs>),
    /// Make an image of a tar of a whole tree
    Import(Lazy<import::ImportArgs>),
    /// Show everything known about images
    Inspect(Lazy<inspect::ImageInspectArgs>),
    /// List images
    #[command(visible_alias = "list")]
    Ls(Lazy<images::ImagesArgs>),
    /// Bring images from an archive
    Load(Lazy<transfer::LoadArgs>),
    /// Remove images that no container uses
    Prune(Lazy<image::PruneArgs>),
    /// Bring images from a registry, or from files
    Pull(Lazy<transfer::PullArgs>),
    /// Send an image to a registry, or into files
    Push(Lazy<push::PushArgs>),
    /// Remove images
    Rm(Lazy<image::RmiArgs>),
    /// Put images into an archive
    Save(Lazy<transfer::SaveArgs>),
    /// Copy an image to or from another machine, where Coracle is installed too
    Scp(Lazy<scp::ScpArgs>),
    /// Find repositories in registries
    Search(Lazy<search::SearchArgs>),
    /// Sign images in registries with GPG
    Sign(Lazy<sign::SignArgs>),
    /// Give an image further names
    Tag(Lazy<image::TagArgs>),
    /// Show the layers of an image
    Tree(Lazy<images::tree::TreeArgs>),
    /// Commands about whose images are taken
    #[command(subcommand)]
    Trust(TrustVerb),
    /// Take names away from an image
    Untag(Lazy<image::UntagArgs>),
    /// Mount the trees of images, inside of unshare
    Mount(Lazy<mount::ImageMountArgs>),
    /// Unmount the trees of images, inside of unshare
    #[command(visible_alias = "unmount")]
    Umount(Lazy<mount::ImageUmountArgs>),
}

/// The commands after `image trust`.
#[derive(Debug, Subcommand)]
pub enum TrustVerb {
    /// Show whose images are taken
    Show(Lazy<trust::ShowArgs>),
    /// Say whose images are taken
    Set(Lazy<trust::SetArgs>),
}

impl Verb {
    /// Calls the command's function.
    fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Artifact(verb) => verb.run(engine),
            Self::Attach(args) => exec::attach(engine, args),
            Self::Build(args) => build::build(engine, args),
            Self::Builder(verb) => verb.run(engine),
            Self::Buildx(verb) => verb.run(engine),
            Self::Container(verb) => verb.run(engine),
            Self::Completion(args) => completion::completion(args),
            Self::Commit(args) => commit::commit(engine, args),
            Self::Cp(args) => cp::cp(engine, args),
            Self::Create(args) => run::create(engine, args),
            Self::Diff(args) => diff::diff(engine, args),
            Self::Events(args) => events::events(engine, args),
            Self::Exec(args) => exec::exec(engine, args),
            Self::Healthcheck(HealthcheckVerb::Run(args)) => healthcheck::run(engine, args),
            Self::Export(args) => export::export(engine, args),
            Self::History(args) => history::history(engine, args),
            Self::Generate(GenerateVerb::Spec(args)) => generate::spec(engine, args),
            Self::Image(verb) => verb.run(engine),
            Self::Images(args) => images::images(engine, args),
            Self::Import(args) => import::import(engine, args),
            Self::Info(args) => info::info(engine, args),
            Self::Init(args) => restart::init(engine, args),
            Self::Inspect(args) => inspect::inspect(engine, args),
            Self::Kill(args) => lifecycle::kill(engine, args),
            Self::Load(args) => transfer::load(engine, args),
            Self::Login(args) => login::login(engine, args),
            Self::Logout(args) => login::logout(engine, args),
            Self::Logs(args) => logs::logs(engine, args),
            Self::Manifest(verb) => verb.run(engine),
            Self::Port(args) => port::port(engine, args),
            Self::Pause(args) => pause::pause(engine, args),
            Self::Ps(args) => list::ps(engine, args),
            Self::Pull(args) => transfer::pull(engine, args),
            Self::Push(args) => push::push(engine, args),
            Self::Rename(args) => rename::rename(engine, args),
            Self::Restart(args) => restart::restart(engine, args),
            Self::Rm(args) => lifecycle::rm(engine, args),
            Self::Rmi(args) => image::rmi(engine, args),
            Self::Run(args) => run::run(engine, args),
            Self::Runtime(args) => Ok(runtime::run(args)),
            Self::Save(args) => transfer::save(engine, args),
            Self::Search(args) => search::search(engine, args),
            Self::Secret(verb) => verb.run(engine),
            Self::Start(args) => lifecycle::start(engine, args),
            Self::Stats(args) => stats::stats(engine, args),
            Self::Stop(args) => lifecycle::stop(engine, args),
            Self::System(verb) => verb.run(engine),
            Self::Tag(args) => image::tag(engine, args),
            Self::Unpause(args) => pause::unpause(engine, args),
            Self::Top(args) => top::top(engine, args),
            Self::Untag(args) => image::untag(engine, args),
            Self::Update(args) => update::update(engine, args),
            Self::Version(args) => info::version(args),
            Self::Network(verb) => verb.run(engine),
            Self::Volume(verb) => verb.run(engine),
            Self::Wait(args) => wait::wait(engine, args),
            Self::Mount(args) => mount::mount(engine, args),
            Self::Umount(args) => mount::umount(engine, args),
            Self::Unshare(args) => mount::unshare(engine, args),
        }
    }
}

impl ContainerVerb {
    fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Attach(args) => exec::attach(engine, args),
            Self::Commit(args) => commit::commit(engine, args),
            Self::Cp(args) => cp::cp(engine, args),
            Self::Create(args) => run::create(engine, args),
            Self::Diff(args) => diff::containers(engine, args),
            Self::Exec(args) => exec::exec(engine, args),
            Self::Cleanup(args) => prune::cleanup(engine, args),
            Self::Clone(args) => clone::clone(engine, args),
            Self::Exists(args) => prune::exists(engine, args),
            Self::Init(args) => restart::init(engine, args),
            Self::Export(args) => export::export(engine, args),
            Self::Inspect(args) => inspect::containers(engine, args),
            Self::Kill(args) => lifecycle::kill(engine, args),
            Self::Logs(args) => logs::logs(engine, args),
            Self::Ls(args) => list::ps(engine, args),
            Self::Port(args) => port::port(engine, args),
            Self::Prune(args) => prune::prune(engine, args),
            Self::Rename(args) => rename::rename(engine, args),
            Self::Restart(args) => restart::restart(engine, args),
            Self::Pause(args) => pause::pause(engine, args),
            Self::Rm(args) => lifecycle::rm(engine, args),
            Self::Run(args) => run::run(engine, args),
            Self::Runlabel(args) => runlabel::runlabel(engine, args),
            Self::Start(args) => lifecycle::start(engine, args),
            Self::Stats(args) => stats::stats(engine, args),
            Self::Stop(args) => lifecycle::stop(engine, args),
            Self::Unpause(args) => pause::unpause(engine, args),
            Self::Top(args) => top::top(engine, args),
            Self::Update(args) => update::update(engine, args),
            Self::Wait(args) => wait::wait(engine, args),
            Self::Mount(args) => mount::mount(engine, args),
            Self::Umount(args) => mount::umount(engine, args),
        }
    }
}

impl ImageVerb {
    fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Build(args) => build::build(engine, args),
            Self::Diff(args) => diff::images(engine, args),
            Self::Exists(args) => image::exists(engine, args),
            Self::History(args) => history::history(engine, args),
            Self::Import(args) => import::import(engine, args),
            Self::Inspect(args) => inspect::images(engine, args),
            Self::Ls(args) => images::images(engine, args),
            Self::Load(args) => transfer::load(engine, args),
            Self::Prune(args) => image::prune(engine, args),
            Self::Pull(args) => transfer::pull(engine, args),
            Self::Push(args) => push::push(engine, args),
            Self::Rm(args) => image::rmi(engine, args),
            Self::Save(args) => transfer::save(engine, args),
            Self::Scp(args) => scp::scp(engine, args),
            Self::Search(args) => search::search(engine, args),
            Self::Tag(args) => image::tag(engine, args),
            Self::Sign(args) => sign::sign(engine, args),
            Self::Tree(args) => images::tree::tree(engine, args),
            Self::Trust(TrustVerb::Show(args)) => trust::show(engine, args),
            Self::Trust(TrustVerb::Set(args)) => trust::set(engine, args),
            Self::Untag(args) => image::untag(engine, args),
            Self::Mount(args) => mount::mount_image(engine, args),
            Self::Umount(args) => mount::umount_image(engine, args),
        }
    }
}

/// Runs the command this process was called for.
pub fn main() -> ExitCode {
    main_with(std::env::args_os().collect())
}

/// Runs `coracle runtime` with the words of a program called `coracle-runtime`.
pub fn runtime_main() -> ExitCode {
    let mut words: Vec<OsString> = std::env::args_os().collect();
    words.insert(1, "runtime".into());
    main_with(words)
}

fn main_with(words: Vec<OsString>) -> ExitCode {
    // A shell that asks for completions must not get anything else: first of all things.
    if std::env::var_os("COMPLETE").is_some() {
        clap_complete::CompleteEnv::with_factory(parse::tree).complete();
    }
    let code = match parse::command_line(words.into_iter()) {
        Ok(cli) => command(&cli),
        Err(stop) => stop.code,
    };
    exit::to_process(code)
}

/// Runs one parsed command and reports its failure.
fn command(cli: &Cli) -> u8 {
    // It has no store and no settings.
    if let Verb::Runtime(args) = &cli.verb {
        return runtime::run(args);
    }
    let redirected = cli.globals.redirect();
    let done = redirected
        .and_then(|()| cli.globals.settings())
        .and_then(|settings| {
            logging::start(&settings);
            let engine = Engine::open(settings)?
                .warning(output::warn)
                .asking(choose::chooser())
                .describing(inspect::described);
            cli.verb.run(&engine)
        });
    match done {
        Ok(code) => code,
        Err(error) => {
            if !matches!(error, Error::ReaderLeft) {
                output::failure(&error);
            }
            exit::of_error(&error, Convention::Usual)
        }
    }
}
