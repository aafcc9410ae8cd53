//! A start that another runtime carries out: `--runtime crun|runc|PATH`.
//!
//! The root file system is made as always, in U0 and a mount namespace of its own; from there
//! the runtime's `create` and `start` take the bundle as any engine gives it to them. Its state
//! lies in the bundle's runtime directory and goes with it. Monitor, log, exec and kill stay ours.
//! So does the control group, whoever makes such: `linux.cgroupsPath` names it as a path, and the
//! runtime moves the container there.

use std::fmt;
use std::os::fd::RawFd;
use std::path::{Path, PathBuf};

use oci_spec::runtime::Spec;

use crate::guest::wire::op;
use crate::runtime::plan::{CLONE_NEWNS, Plan, Session};
use crate::runtime::step::{Encoder, Register, Step};
use crate::types::escape;

/// A step of such a start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForeignStep {
    /// A command of the runtime.
    Run {
        argv: Vec<String>,
        env: Vec<String>,
    },
    Console(RawFd),
    Adopt(String),
    AwaitGo,
}

/// The runtime and where its things go.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// The executable.
    pub program: PathBuf,
    /// Options of the user's for it, with their hyphens.
    pub options: Vec<String>,
    pub id: String,
    /// The directory of config.json.
    pub bundle: PathBuf,
    /// A private directory for its state, its log and its pid file.
    pub directory: PathBuf,
    /// The bundle names a control group.
    pub grouped: bool,
    /// Where the terminal is to be sent, if there is one: a listening socket and its path.
    pub console: Option<(RawFd, PathBuf)>,
    pub env: Vec<String>,
}

impl Foreign {
    pub fn log(&self) -> PathBuf {
        self.directory.join("runtime.log")
    }

    /// Removes the socket that only the start needed.
    pub fn forget_console(&self) {
        if let Some((_, path)) = &self.console {
            let _ = std::fs::remove_file(path);
        }
    }

    fn pid_file(&self) -> PathBuf {
        self.directory.join("runtime.pid")
    }

    /// A command line of the runtime.
    fn command(&self, words: &[&str]) -> Step {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let mut argv = vec![text(&self.program)];
        argv.extend(["--root".to_owned(), text(&self.directory.join("runtime"))]);
        argv.extend(["--log".to_owned(), text(&self.log())]);
        argv.extend(["--log-format".to_owned(), "json".to_owned()]);
        // runc knows the option not, and does without a group when it may not make one.
        let name = self.program.file_name().unwrap_or_default();
        if !self.grouped && (name == "crun" || name == "coracle-runtime") {
            argv.extend(["--cgroup-manager".to_owned(), "disabled".to_owned()]);
        }
        argv.extend(self.options.iter().cloned());
        argv.extend(words.iter().map(|word| (*word).to_owned()));
        argv.push(self.id.clone());
        Step::Foreign(ForeignStep::Run {
            argv,
            env: self.env.clone(),
        })
    }
}

impl Plan {
    /// Plans a start in which `foreign` makes the container.
    pub fn foreign(spec: &Spec, session: &Session, foreign: &Foreign) -> Self {
        let mut steps = Vec::new();
        steps.extend(session.user_namespace.map(Step::JoinUser));
        steps.push(Step::Unshare(CLONE_NEWNS));
        steps.push(Step::Slave);
        steps.push(Step::Dumpable(true));
        let process = spec.process().clone().unwrap_or_default();
        steps.extend(session.owner(spec, &process).steps(&session.owned));
        steps.extend(session.root());
        steps.push(Step::Place {
            mount: Register::ROOT,
            path: session.staging.clone(),
        });
        steps.extend(session.additions());
        if let Some(path) = &session.workdir {
            steps.push(Step::Workdir {
                root: Register::ROOT,
                uid: process.user().uid(),
                gid: process.user().gid(),
                path: path.clone(),
            });
        }
        let bundle = foreign.bundle.to_string_lossy();
        let pid_file = foreign.pid_file().to_string_lossy().into_owned();
        let console = foreign.console.as_ref();
        let socket = console.map(|(_, path)| path.to_string_lossy());
        let mut create = vec!["create", "--bundle", &bundle, "--pid-file", &pid_file];
        if let Some(socket) = &socket {
            create.extend(["--console-socket", socket]);
        }
        steps.push(foreign.command(&create));
        steps.extend(console.map(|(fd, _)| Step::Foreign(ForeignStep::Console(*fd))));
        steps.push(Step::Foreign(ForeignStep::Adopt(pid_file)));
        steps.push(Step::Foreign(ForeignStep::AwaitGo));
        steps.push(foreign.command(&["start"]));
        Self {
            builder: steps,
            ..Self::default()
        }
    }
}

impl ForeignStep {
    pub fn encode<'a>(&self, encoder: &'a mut Encoder) -> &'a mut Encoder {
        match self {
            Self::Run { argv, env } => encoder.word(op::RUNTIME).texts(argv).texts(env),
            Self::Console(fd) => encoder.word(op::CONSOLE).word(*fd as u64),
            Self::Adopt(path) => encoder.word(op::ADOPT).text(path),
            Self::AwaitGo => encoder.word(op::AWAIT_GO),
        }
    }
}

impl fmt::Display for ForeignStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run { argv, .. } => {
                let program = argv.first().map_or("", String::as_str);
                let verb = argv
                    .iter()
                    .find(|w| matches!(w.as_str(), "create" | "start"));
                write!(
                    f,
                    "{} {}",
                    escape::visible(program),
                    verb.map_or("", String::as_str)
                )
            }
            Self::Console(_) => write!(f, "taking the terminal from the runtime"),
            Self::Adopt(_) => write!(f, "taking the process from the runtime"),
            Self::AwaitGo => write!(f, "starting"),
        }
    }
}

/// What a runtime's log says last about an error.
pub fn last_error(log: &Path) -> Option<String> {
    let text = crate::runtime::container::read_bounded(log).ok()?;
    let text = String::from_utf8_lossy(&text);
    text.lines().rev().find_map(|line| {
        let event: serde_json::Value = serde_json::from_str(line).ok()?;
        let level = event["level"].as_str()?;
        let message = event["msg"].as_str()?;
        (level == "error" || level == "fatal").then(|| message.to_owned())
    })
}
