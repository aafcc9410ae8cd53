//! Which variables an instruction sees, and the instruction with them replaced.
//!
//! Dockerfile reference, "ARG" and "Environment replacement". `ENV` wins over `ARG` of the same
//! name, wherever it stands; an instruction sees the values from before it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::build::expand::{self, Manner, Quotes};
use crate::build::{
    Arguments, Error, Fault, Instruction, Kind, MAX_VARIABLES, Mount, PROXIES, Place, Transfer,
    ports,
};
use crate::types::signal;

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
    /// Where a name stands in `env`.
    places: HashMap<String, usize>,
    /// `ARG`s so far; without a value where none is given.
    declared: BTreeMap<String, Option<String>>,
}

impl Scope {
    /// Begins a stage with an image's environment (`NAME=value`).
    pub fn of_image(arguments: &Arc<Arguments>, env: &[String]) -> Self {
        let mut scope = Self {
            arguments: arguments.clone(),
            env: Vec::new(),
            places: HashMap::new(),
            declared: BTreeMap::new(),
        };
        for (name, value) in env.iter().filter_map(|entry| entry.split_once('=')) {
            scope.set(name.to_owned(), value.to_owned());
        }
        scope
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
        self.bounded().map_err(at)?;
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
            Kind::Workdir(text) | Kind::User(text) => word(text)?,
            Kind::StopSignal(text) => {
                word(text)?;
                signal::parse(text).map_err(|reason| Fault::Value {
                    what: "STOPSIGNAL",
                    value: text.clone(),
                    reason,
                })?;
            }
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
        match self.places.get(&name) {
            Some(at) => self.env[*at].1 = value,
            None => {
                self.places.insert(name.clone(), self.env.len());
                self.env.push((name, value));
            }
        }
    }

    fn bounded(&self) -> Result<(), Fault> {
        match self.env.len() + self.declared.len() <= MAX_VARIABLES {
            true => Ok(()),
            false => Err(Fault::TooMuch {
                what: "the number of variables",
                limit: MAX_VARIABLES,
            }),
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
        if let Some(at) = self.places.get(name) {
            return Some(self.env[*at].1.clone());
        }
        let value = self.declared.get(name)?.clone()?;
        used.insert(name.to_owned(), value.clone());
        Some(value)
    }
}
