//! What a Containerfile says, as values: stages, instructions and their flags.
//!
//! The same [`Kind`] holds an instruction as written and, after [`super::Scope::step`], with its
//! variables replaced. Nothing here has looked at an image or a context.

use crate::build::{Command, Heredoc, MountWord, Place};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Containerfile {
    pub directives: Directives,
    /// The `ARG`s before the first `FROM`; their scope is the `FROM` lines.
    pub globals: Vec<Instruction>,
    /// At least one.
    pub stages: Vec<Stage>,
    /// The whole file, for faults without a line.
    pub place: Place,
}

/// What `# name=value` lines at the very top say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directives {
    /// Accepted and never fetched or run (S-97).
    pub syntax: Option<String>,
    /// A backslash or a backtick.
    pub escape: char,
    /// For linters.
    pub check: Option<String>,
}

/// One `FROM` and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub place: Place,
    /// The `FROM` line as written.
    pub text: String,
    /// The name after `AS`, in lower case.
    pub name: Option<String>,
    /// What it begins with, as written: an image, a stage, `scratch`; may hold global arguments.
    pub base: String,
    /// `--platform`, as written.
    pub platform: Option<String>,
    pub instructions: Vec<Instruction>,
}

/// One instruction, continuation lines joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    pub place: Place,
    /// As written, continuation lines joined, without heredoc contents.
    pub text: String,
    pub kind: Kind,
}

/// The instructions of the reference, but for `FROM`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Names and their defaults.
    Arg(Vec<(String, Option<String>)>),
    Env(Vec<(String, String)>),
    Label(Vec<(String, String)>),
    Run(Run),
    Copy(Copy),
    Add(Add),
    Workdir(String),
    User(String),
    Cmd(Command),
    Entrypoint(Command),
    /// `80`, `80/tcp`, `8000-8010/udp`, sorted.
    Expose(Vec<String>),
    Volume(Vec<String>),
    StopSignal(String),
    Shell(Vec<String>),
    Healthcheck(Healthcheck),
    /// The instruction kept for builds upon the image, heredocs included.
    OnBuild(String),
    Maintainer(String),
}

impl Kind {
    /// Returns the instruction's name in capitals.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Arg(_) => "ARG",
            Self::Env(_) => "ENV",
            Self::Label(_) => "LABEL",
            Self::Run(_) => "RUN",
            Self::Copy(_) => "COPY",
            Self::Add(_) => "ADD",
            Self::Workdir(_) => "WORKDIR",
            Self::User(_) => "USER",
            Self::Cmd(_) => "CMD",
            Self::Entrypoint(_) => "ENTRYPOINT",
            Self::Expose(_) => "EXPOSE",
            Self::Volume(_) => "VOLUME",
            Self::StopSignal(_) => "STOPSIGNAL",
            Self::Shell(_) => "SHELL",
            Self::Healthcheck(_) => "HEALTHCHECK",
            Self::OnBuild(_) => "ONBUILD",
            Self::Maintainer(_) => "MAINTAINER",
        }
    }
}

/// `RUN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub command: Command,
    /// In the order of their `<<` words; only in shell form.
    pub heredocs: Vec<Heredoc>,
    /// `--mount`, one each; [`super::Step::mounts`] has them read.
    pub mounts: Vec<MountWord>,
    pub network: RunNetwork,
    pub security: RunSecurity,
}

/// `RUN --network`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RunNetwork {
    #[default]
    Default,
    None,
    /// Only with the command line's leave (S-97).
    Host,
}

/// `RUN --security`
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RunSecurity {
    #[default]
    Sandbox,
    /// Only with the command line's leave (S-97).
    Insecure,
}

/// What `COPY` and `ADD` have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Paths, globs, for ADD also URLs.
    pub sources: Vec<String>,
    /// Files written out in the Containerfile: `COPY <<name dest`.
    pub inline: Vec<Heredoc>,
    pub destination: String,
    /// `user[:group]`, names or ids.
    pub chown: Option<String>,
    /// Octal or symbolic.
    pub chmod: Option<String>,
    pub link: bool,
    /// Patterns as in an ignore file.
    pub exclude: Vec<String>,
}

/// `COPY`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copy {
    pub files: Transfer,
    /// A stage's name or index, a named context or an image.
    pub from: Option<String>,
    /// Keeps the source's directories (after `/./`, if that is in it).
    pub parents: bool,
}

/// `ADD`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Add {
    pub files: Transfer,
    pub checksum: Option<String>,
    pub keep_git_dir: Option<bool>,
    /// `None`: local archives are unpacked, remote ones are not.
    pub unpack: Option<bool>,
}

/// `HEALTHCHECK`, as Docker's image config has it; times in nanoseconds, 0 is the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Healthcheck {
    /// `NONE`, or `CMD` and words, or `CMD-SHELL` and a line.
    pub test: Vec<String>,
    pub interval: u64,
    pub timeout: u64,
    pub start_period: u64,
    pub start_interval: u64,
    pub retries: u32,
}
