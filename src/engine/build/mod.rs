//! `build`: a Containerfile becomes an image.
//!
//! ```text
//! Containerfile ─ crate::build ─▶ stages ─▶ steps ─┬─ configuration only
//!                                                  ├─ RUN: a container of ours, as `run` starts it
//!                                                  └─ COPY, ADD: a tar from the context into a tree
//!                                upper directory ─ worker ─ tar ─▶ layer ─▶ config, manifest, name
//! ```
//!
//! A step works in a container that nobody else sees ([`work`]); what it wrote goes the road of
//! `commit`. What a step gave is kept under the key of everything it was made from ([`cache`]), so a
//! build that was interrupted at any point goes on where it was. The context is opened once and
//! never left (S-93).

mod cache;
mod config;
mod context;
mod copy;
mod file;
mod finish;
mod mounts;
mod run;
mod source;
mod stage;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::build::{Arguments, Containerfile, Graph, Platforms};
use crate::engine::commit::ImageFormat;
use crate::engine::{Engine, Error};
use crate::types::{ImageId, Platform, Progress, RunRequest};

use context::Context;
use stage::Made;

/// `build`
#[derive(Debug, Clone, Default)]
pub struct BuildRequest {
    /// `-f`, in order; none is Containerfile or Dockerfile of the context.
    pub files: Vec<FileWord>,
    pub context: ContextWord,
    /// `--ignorefile`
    pub ignore_file: Option<PathBuf>,
    /// `-t`
    pub names: Vec<String>,
    pub target: Option<String>,
    /// `--build-arg`, looked up.
    pub args: BTreeMap<String, String>,
    /// `--label`; an empty name takes none away.
    pub labels: Vec<(String, String)>,
    pub unset_labels: Vec<String>,
    pub annotations: BTreeMap<String, String>,
    /// `--env`: part of the image.
    pub env: Vec<(String, String)>,
    pub unset_env: Vec<String>,
    pub format: ImageFormat,
    pub squash: Squash,
    /// Whether earlier steps are taken from the cache.
    pub cache: Cache,
    pub times: Stamps,
    pub history: Histories,
    pub secrets: Vec<BuildSecret>,
    pub agents: Vec<Agent>,
    /// `--build-context`
    pub contexts: BTreeMap<String, NamedContext>,
    /// What every RUN is told, and how images are pulled.
    pub run: RunRequest,
    /// What RUN writes on standard output is thrown away.
    pub quiet: bool,
    /// `--skip-unused-stages=false`
    pub every_stage: bool,
    /// The label that says which version built it.
    pub version_label: Option<String>,
    pub platform: Option<Platform>,
}

/// One word of `-f`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileWord {
    Stdin,
    Path(PathBuf),
}

/// Where COPY and ADD take files from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ContextWord {
    /// `-`: a tar, or a Containerfile and no context.
    Stdin,
    Directory(PathBuf),
    /// A tar behind http or https.
    Address(String),
    #[default]
    Nothing,
}

/// `--build-context NAME=…`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedContext {
    Directory(PathBuf),
    Image(String),
}

/// Whether layers become one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Squash {
    #[default]
    No,
    /// `--squash`: those of a stage's steps.
    Own,
    /// `--squash-all`: those of the base too.
    All,
}

/// Whether earlier steps count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cache {
    #[default]
    Used,
    /// `--no-cache`: written only.
    Renewed,
    /// `--layers=false`: neither.
    Off,
}

/// Which times the image and its files have, in seconds since the epoch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stamps {
    #[default]
    Now,
    /// `--timestamp`: files too, all of them.
    Exactly(i64),
    /// `--source-date-epoch`: files where they are younger.
    Epoch(i64),
}

/// Whether the image tells its steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Histories {
    #[default]
    Kept,
    /// `--omit-history`
    Omitted,
}

/// `--secret`: bytes a RUN may see and no layer has.
#[derive(Clone)]
pub struct BuildSecret {
    pub id: String,
    pub value: Vec<u8>,
}

impl std::fmt::Debug for BuildSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BuildSecret")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// `--ssh`: an agent's socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub id: String,
    pub socket: PathBuf,
}

/// What a build tells while it works; only `cli` prints it.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// A step begins.
    Step {
        stage: StageNumber,
        number: usize,
        of: usize,
        text: &'a str,
    },
    /// It was made earlier.
    Cached {
        id: ImageId,
    },
    /// It is done.
    Made {
        id: ImageId,
    },
    /// The image is being named.
    Commit {
        stage: StageNumber,
        name: &'a str,
    },
    Tagged {
        name: &'a str,
    },
    Warning(&'a str),
}

/// Which of the stages that are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageNumber {
    /// From 1.
    pub number: usize,
    pub of: usize,
}

/// Who is told.
pub trait Narrator {
    fn tell(&self, told: Told<'_>);
}

/// A build at work.
struct Build<'a> {
    engine: &'a Engine,
    request: &'a BuildRequest,
    narrator: &'a dyn Narrator,
    progress: &'a dyn Progress,
    context: Context,
    file: Containerfile,
    arguments: Arc<Arguments>,
    graph: Graph,
    /// By the stage's place in the file.
    made: BTreeMap<usize, Made>,
}

impl Engine {
    /// Builds an image.
    pub fn build(
        &self,
        request: &BuildRequest,
        narrator: &dyn Narrator,
        progress: &dyn Progress,
    ) -> Result<ImageId, Error> {
        // Steps of builds that died go now.
        self.containers()?;
        let (text, context) = self.build_input(request)?;
        let file = Containerfile::parse(&text.name, &text.bytes).map_err(fault)?;
        let here = Platform::host();
        let platforms = Platforms {
            target: request.platform.clone().unwrap_or_else(|| here.clone()),
            build: here,
        };
        let target = request.target.as_deref();
        let arguments = file.arguments(request.args.clone(), &platforms, target);
        let arguments = arguments.map_err(fault)?;
        let contexts: BTreeSet<String> = request.contexts.keys().cloned().collect();
        let graph = file.graph(&arguments, &contexts, target).map_err(fault)?;
        let mut build = Build {
            engine: self,
            request,
            narrator,
            progress,
            context,
            arguments,
            graph,
            file,
            made: BTreeMap::new(),
        };
        let id = build.all();
        self.sweep_later();
        id
    }
}

impl Build<'_> {
    /// Builds the stages that are needed, each after those it needs.
    fn all(&mut self) -> Result<ImageId, Error> {
        let order = self.order();
        let of = order.len();
        for (at, index) in order.iter().enumerate() {
            let number = StageNumber { number: at + 1, of };
            let made = self.stage(*index, number, at + 1 == of)?;
            self.made.insert(*index, made);
        }
        for name in self.file.undeclared(&self.request.args) {
            let line = format!(
                "one or more build args were not consumed: [{}]",
                crate::types::escape::visible(name)
            );
            self.narrator.tell(Told::Warning(&line));
        }
        let last = order.last().expect("a file has a stage");
        let made = self.made.remove(last).expect("built above");
        self.finish(made, StageNumber { number: of, of })
    }
}

/// A fault of the Containerfile, as the engine says it.
fn fault(error: crate::build::Error) -> Error {
    Error {
        excerpt: error.excerpt(),
        hint: error.hint(),
        ..Error::new(error.to_string())
    }
}
