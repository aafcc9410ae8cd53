//! Which variables an instruction sees, and the instruction with them replaced.
//!
//! Dockerfile reference, "ARG" and "Environment replacement". `ENV` wins over `ARG` of the same
//! name, wherever it stands; an instruction sees the values from before it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::build::expand::{self, Manner, Quotes};
use crate::build::{
    Containerfile, Error, Fault, Instruction, Kind, MAX_EXPANSIONS, Mount, Place, Stage, Transfer,
    ports,
};
use crate::types::Platform;

/// Build arguments a RUN sees without any ARG; they are in no cache key and no history.
pub const PROXIES: &[&str] = &[
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "FTP_PROXY",
    "ftp_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Where the build runs and what it builds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platforms {
    pub build: Platform,
    pub target: Platform,
}

/// The build's arguments: those given, and the global ones.
#[derive(Debug)]
pub struct Arguments {
    given: BTreeMap<String, String>,
    global: BTreeMap<String, String>,
    escape: char,
    /// Bytes substitutions have made.
    made: AtomicUsize,
}

/// An instruction whose variables are replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub place: Place,
    /// As written, on one line.
    pub text: String,
    pub kind: Kind,
    /// Of `RUN --mount`.
    pub mounts: Vec<Mount>,
    /// Arguments the step depends on: for RUN all that are declared, else those it names.
    pub arguments: BTreeMap<String, String>,
}

/// The variables at one point of a stage.
///
/// A stage that begins with another one goes on with a clone of its scope.
#[derive(Debug, Clone)]
pub struct Scope {
    arguments: Arc<Arguments>,
    env: Vec<(String, String)>,
    /// `ARG`s so far; without a value where none is given.
    declared: BTreeMap<String, Option<String>>,
}

impl Containerfile {
    /// Gathers the arguments of a build; `given` is `--build-arg`, `target` is `--target`.
    pub fn arguments(
        &self,
        given: BTreeMap<String, String>,
        platforms: &Platforms,
        target: Option<&str>,
    ) -> Result<Arc<Arguments>, Error> {
        let mut global = predefined(platforms);
        global.insert("TARGETSTAGE".into(), target.unwrap_or("default").into());
        for (name, value) in &mut global {
            if let Some(given) = given.get(name) {
                value.clone_from(given);
            }
        }
        let mut arguments = Arguments {
            given,
            global,
            escape: self.directives.escape,
            made: AtomicUsize::new(0),
        };
        for instruction in &self.globals {
            let at = |fault: Fault| fault.at(&instruction.place, &instruction.text);
            let Kind::Arg(declared) = &instruction.kind else {
                continue;
            };
            for (name, default) in declared {
                let value = match (arguments.given.get(name), default) {
                    (Some(given), _) => given.clone(),
                    (None, Some(default)) => arguments.in_from(default).map_err(at)?,
                    (None, None) => continue,
                };
                arguments.global.insert(name.clone(), value);
            }
        }
        Ok(Arc::new(arguments))
    }

    /// Returns which given arguments no ARG declares and no step knows.
    pub fn undeclared<'a>(&self, given: &'a BTreeMap<String, String>) -> Vec<&'a str> {
        let mut known: BTreeSet<&str> = PROXIES.iter().copied().collect();
        known.insert("SOURCE_DATE_EPOCH");
        let stages = self.stages.iter().flat_map(|stage| &stage.instructions);
        for instruction in self.globals.iter().chain(stages) {
            if let Kind::Arg(names) = &instruction.kind {
                known.extend(names.iter().map(|(name, _)| name.as_str()));
            }
        }
        let names = given.keys().map(String::as_str);
        names
            .filter(|name| !known.contains(name) && !name.starts_with("BUILDKIT_"))
            .collect()
    }
}

impl Arguments {
    /// Replaces global arguments, as in a FROM line.
    pub(super) fn in_from(&self, text: &str) -> Result<String, Fault> {
        let manner = Manner::of(self.escape);
        let value = expand::expand(text, manner, &mut |name| self.global.get(name).cloned())?;
        self.count(&value)?;
        Ok(value)
    }

    /// Replaces global arguments in a stage's base.
    pub fn base_of(&self, stage: &Stage) -> Result<String, Error> {
        let at = |fault: Fault| fault.at(&stage.place, &stage.text);
        match self.in_from(&stage.base).map_err(at)? {
            base if base.is_empty() => Err(at(Fault::Value {
                what: "base name",
                value: stage.base.clone(),
                reason: "is empty after its variables are replaced".into(),
            })),
            base => Ok(base),
        }
    }

    /// Reads a stage's `--platform`.
    pub fn platform_of(&self, stage: &Stage) -> Result<Option<Platform>, Error> {
        let at = |fault: Fault| fault.at(&stage.place, &stage.text);
        let Some(written) = &stage.platform else {
            return Ok(None);
        };
        let text = self.in_from(written).map_err(at)?;
        let platform = Platform::parse(&text).map_err(|error| {
            at(Fault::Value {
                what: "platform",
                value: written.clone(),
                reason: error.to_string(),
            })
        })?;
        Ok(Some(platform))
    }

    /// The bytes all substitutions of a build make together have a bound.
    fn count(&self, value: &str) -> Result<(), Fault> {
        let before = self.made.fetch_add(value.len(), Ordering::Relaxed);
        match before.saturating_add(value.len()) > MAX_EXPANSIONS {
            false => Ok(()),
            true => Err(Fault::TooMuch {
                what: "what all substitutions make",
                limit: MAX_EXPANSIONS,
            }),
        }
    }
}

fn predefined(platforms: &Platforms) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (begin, platform) in [("BUILD", &platforms.build), ("TARGET", &platforms.target)] {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        for (end, value) in [
            ("PLATFORM", platform.to_string()),
            ("OS", platform.os.clone()),
            ("OSVERSION", text(&platform.os_version)),
            ("ARCH", platform.architecture.clone()),
            ("VARIANT", text(&platform.variant)),
        ] {
            found.insert(format!("{begin}{end}"), value);
        }
    }
    found
}

impl Scope {
    /// Begins a stage with an image's environment (`NAME=value`).
    pub fn of_image(arguments: &Arc<Arguments>, env: &[String]) -> Self {
        let pairs = env.iter().filter_map(|entry| entry.split_once('='));
        Self {
            arguments: arguments.clone(),
            env: pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
            declared: BTreeMap::new(),
        }
    }

    /// Returns the environment the image will have so far, in the order it was set.
    pub fn env(&self) -> &[(String, String)] {
        &self.env
    }

    /// Returns the environment of a RUN: that of the image, and what ARG and the proxies add.
    pub fn run_env(&self) -> Vec<(String, String)> {
        let mut all: BTreeMap<&str, &str> = BTreeMap::new();
        for name in PROXIES {
            if let Some(value) = self.arguments.given.get(*name) {
                all.insert(name, value);
            }
        }
        let declared = self.declared.iter();
        all.extend(declared.filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))));
        for (name, _) in &self.env {
            all.remove(name.as_str());
        }
        let owned = all.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        self.env.iter().cloned().chain(owned).collect()
    }

    /// Replaces an instruction's variables, and takes what ARG and ENV set over into the scope.
    pub fn step(&mut self, instruction: &Instruction) -> Result<Step, Error> {
        let at = |fault: Fault| fault.at(&instruction.place, &instruction.text);
        let mut used = BTreeMap::new();
        let mut step = Step {
            place: instruction.place.clone(),
            text: instruction.text.clone(),
            kind: instruction.kind.clone(),
            mounts: Vec::new(),
            arguments: BTreeMap::new(),
        };
        self.replace(&mut step, &mut used).map_err(at)?;
        step.arguments = used;
        Ok(step)
    }

    fn replace(
        &mut self,
        step: &mut Step,
        used: &mut BTreeMap<String, String>,
    ) -> Result<(), Fault> {
        let mut word = |text: &mut String| self.word(text, used).map(|value| *text = value);
        match &mut step.kind {
            Kind::Arg(declared) => return self.declare(declared, used),
            Kind::Env(pairs) => {
                for (name, value) in pairs.iter_mut() {
                    word(name)?;
                    word(value)?;
                }
                let pairs = pairs.clone();
                pairs
                    .into_iter()
                    .for_each(|(name, value)| self.set(name, value));
            }
            Kind::Label(pairs) => {
                for (name, value) in pairs {
                    word(name)?;
                    word(value)?;
                }
            }
            Kind::Workdir(text) | Kind::User(text) | Kind::StopSignal(text) => word(text)?,
            Kind::Volume(paths) => {
                paths.iter_mut().try_for_each(word)?;
                if paths.iter().any(String::is_empty) {
                    return Err(Fault::Arguments {
                        instruction: "VOLUME",
                        wanted: "paths that are not empty",
                    });
                }
            }
            Kind::Expose(ports) => *ports = self.ports(ports, used)?,
            Kind::Copy(copy) => self.transfer(&mut copy.files, used)?,
            Kind::Add(add) => {
                add.checksum.iter_mut().try_for_each(&mut word)?;
                self.transfer(&mut add.files, used)?;
            }
            Kind::Run(run) => {
                for mount in &mut run.mounts {
                    *mount = mount.map(|value| self.word(value, used))?;
                    step.mounts.push(mount.resolve()?);
                }
                let declared = self.declared.iter();
                let valued = declared.filter_map(|(k, v)| Some((k.clone(), v.clone()?)));
                used.extend(valued);
            }
            // The reference lists what is replaced; the others are for the shell or as they are.
            Kind::Cmd(_)
            | Kind::Entrypoint(_)
            | Kind::Shell(_)
            | Kind::Healthcheck(_)
            | Kind::OnBuild(_)
            | Kind::Maintainer(_) => {}
        }
        Ok(())
    }

    /// A given value counts more than the default, the default more than a global one.
    fn declare(
        &mut self,
        declared: &mut [(String, Option<String>)],
        used: &mut BTreeMap<String, String>,
    ) -> Result<(), Fault> {
        for (name, default) in declared {
            let value = match (self.arguments.given.get(name), &default) {
                (Some(given), _) => Some(given.clone()),
                (None, Some(default)) => Some(self.word(default, used)?),
                (None, None) => self.arguments.global.get(name).cloned(),
            };
            default.clone_from(&value);
            match value {
                Some(value) => {
                    self.declared.insert(name.clone(), Some(value));
                }
                None => {
                    self.declared.entry(name.clone()).or_default();
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, name: String, value: String) {
        match self.env.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.env.push((name, value)),
        }
    }

    fn transfer(
        &self,
        files: &mut Transfer,
        used: &mut BTreeMap<String, String>,
    ) -> Result<(), Fault> {
        let words = [&mut files.chown, &mut files.chmod];
        let words = words.into_iter().flatten().chain(&mut files.sources);
        for word in words.chain([&mut files.destination]) {
            *word = self.word(word, used)?;
        }
        for inline in &mut files.inline {
            let text = inline.text();
            inline.content = match inline.expand {
                true => self.content(&text, used)?,
                false => text,
            };
            (inline.chomp, inline.expand) = (false, false);
        }
        Ok(())
    }

    /// A value may hold several ports; each is checked.
    fn ports(
        &self,
        words: &[String],
        used: &mut BTreeMap<String, String>,
    ) -> Result<Vec<String>, Fault> {
        let manner = Manner::of(self.arguments.escape);
        let mut all = BTreeSet::new();
        for word in words {
            for one in expand::words(word, manner, &mut |name| self.get(name, used))? {
                all.extend(ports::each(&one)?);
            }
        }
        Ok(all.into_iter().collect())
    }

    fn word(&self, text: &str, used: &mut BTreeMap<String, String>) -> Result<String, Fault> {
        let manner = Manner::of(self.arguments.escape);
        let value = expand::expand(text, manner, &mut |name| self.get(name, used))?;
        self.arguments.count(&value)?;
        Ok(value)
    }

    /// A file's content: quotes are its own, and the escape is the shell's in any case.
    fn content(&self, text: &str, used: &mut BTreeMap<String, String>) -> Result<String, Fault> {
        let manner = Manner {
            quotes: Quotes::Ignore,
            ..Manner::of('\\')
        };
        let value = expand::expand(text, manner, &mut |name| self.get(name, used))?;
        self.arguments.count(&value)?;
        Ok(value)
    }

    fn get(&self, name: &str, used: &mut BTreeMap<String, String>) -> Option<String> {
        if let Some((_, value)) = self.env.iter().find(|(known, _)| known == name) {
            return Some(value.clone());
        }
        let value = self.declared.get(name)?.clone()?;
        used.insert(name.to_owned(), value.clone());
        Some(value)
    }
}
