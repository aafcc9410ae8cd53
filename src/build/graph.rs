//! Which stages there are, what each needs, and in which order.
//!
//! A stage may use only those before it, so the order of the file is an order of work, and stages
//! that do not need one another may be built at the same time. What `FROM` and `--from` name is
//! looked for among named contexts, then stages, then images.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::{Arguments, Containerfile, Error, Fault, Instruction, Kind, Place, Stage};
use crate::types::Platform;
use crate::types::nearest::nearest;

/// What a `FROM` or a `--from` names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nothing at all.
    Scratch,
    /// The stage of this index.
    Stage(usize),
    /// A `--build-context` of this name.
    Context(String),
    Image(String),
}

/// The stages of a file, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// In the file's order.
    pub nodes: Vec<Node>,
    /// The stage that is asked for.
    pub target: usize,
    names: BTreeMap<String, Vec<usize>>,
    contexts: BTreeSet<String>,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub base: Origin,
    /// `FROM --platform`; `None` is the target's.
    pub platform: Option<Platform>,
    /// The stages it begins with, copies from or mounts.
    pub needs: BTreeSet<usize>,
    /// A context of the stage's name stands for it: nothing of the stage is carried out.
    pub replaced: bool,
}

impl Containerfile {
    /// Resolves the stages; `contexts` are the names of `--build-context`, `target` is `--target`.
    pub fn graph(
        &self,
        arguments: &Arguments,
        contexts: &BTreeSet<String>,
        target: Option<&str>,
    ) -> Result<Graph, Error> {
        let mut graph = Graph {
            nodes: Vec::new(),
            target: self.stages.len() - 1,
            names: BTreeMap::new(),
            contexts: contexts.clone(),
        };
        for (index, stage) in self.stages.iter().enumerate() {
            let node = graph.node(arguments, stage)?;
            graph.nodes.push(node);
            if let Some(name) = &stage.name {
                graph.names.entry(name.clone()).or_default().push(index);
            }
        }
        for index in 0..self.stages.len() {
            graph.gather(self, index)?;
        }
        if let Some(target) = target.filter(|target| !target.is_empty()) {
            graph.target = graph
                .index_of(target)
                .map_err(|fault| fault.at(&self.place, ""))?;
        }
        Ok(graph)
    }
}

impl Graph {
    /// Returns the stages the target needs, itself included, in an order of work.
    pub fn needed(&self) -> Vec<usize> {
        let mut found = BTreeSet::new();
        let mut open = vec![self.target];
        while let Some(index) = open.pop() {
            if found.insert(index) && !self.nodes[index].replaced {
                open.extend(&self.nodes[index].needs);
            }
        }
        found.into_iter().collect()
    }

    /// Finds what a `--from` in a stage names.
    ///
    /// Instructions the file does not hold — triggers of an image — are resolved the same way; the
    /// caller adds the stage to what it waits for.
    pub fn origin(&self, stage: usize, from: &str) -> Result<Origin, Fault> {
        if let Some(context) = self.context(from) {
            return Ok(Origin::Context(context));
        }
        let digits = !from.is_empty() && from.bytes().all(|b| b.is_ascii_digit());
        let found = match from.parse::<usize>() {
            Ok(index) if digits && index < self.nodes.len() => vec![index],
            _ if digits => return Err(Fault::UnknownStage { index: from.into() }),
            _ => self
                .names
                .get(&from.to_lowercase())
                .cloned()
                .unwrap_or_default(),
        };
        let before = found.iter().rev().find(|index| **index < stage);
        match (before, found.is_empty()) {
            (Some(index), _) => Ok(Origin::Stage(*index)),
            (None, true) if from == "scratch" => Ok(Origin::Scratch),
            (None, true) => Ok(Origin::Image(from.to_owned())),
            (None, false) if found.contains(&stage) => Err(Fault::Itself { name: from.into() }),
            (None, false) => Err(Fault::NotYet { name: from.into() }),
        }
    }

    /// Returns the stages an instruction of a stage needs.
    pub fn needs_of(&self, stage: usize, step: &Instruction) -> Result<BTreeSet<usize>, Error> {
        let mut needs = BTreeSet::new();
        for from in names_in(&step.kind) {
            let origin = self.origin(stage, from);
            let origin = origin.map_err(|fault| fault.at(&step.place, &step.text))?;
            if let Origin::Stage(index) = origin {
                needs.insert(index);
            }
        }
        Ok(needs)
    }

    fn node(&self, arguments: &Arguments, stage: &Stage) -> Result<Node, Error> {
        let name = arguments.base_of(stage)?;
        let own = stage.name.as_deref().and_then(|name| self.context(name));
        let replaced = own.is_some();
        let earlier = || self.names.get(&name.to_lowercase())?.last().copied();
        let base = match own.or_else(|| self.context(&name)) {
            Some(context) => Origin::Context(context),
            None => match earlier() {
                Some(index) => Origin::Stage(index),
                None if name == "scratch" => Origin::Scratch,
                None => Origin::Image(name),
            },
        };
        let needs = match base {
            Origin::Stage(index) => BTreeSet::from([index]),
            _ => BTreeSet::new(),
        };
        Ok(Node {
            platform: arguments.platform_of(stage)?,
            base,
            needs,
            replaced,
        })
    }

    /// Adds what a stage's instructions need, and what the triggers of the stage below it do.
    fn gather(&mut self, file: &Containerfile, index: usize) -> Result<(), Error> {
        let stage = &file.stages[index];
        let mut needs = BTreeSet::new();
        if let Origin::Stage(below) = self.nodes[index].base {
            for step in &file.stages[below].instructions {
                if let Kind::OnBuild(text) = &step.kind {
                    needs.extend(self.needs_of(index, &file.trigger(stage, text)?)?);
                }
            }
        }
        for step in &stage.instructions {
            needs.extend(self.needs_of(index, step)?);
        }
        self.nodes[index].needs.extend(needs);
        Ok(())
    }

    /// Finds a named context; an image's name is also found without its defaults.
    fn context(&self, name: &str) -> Option<String> {
        let short = name.strip_prefix("docker.io/").unwrap_or(name);
        let short = short.strip_prefix("library/").unwrap_or(short);
        let short = short.strip_suffix(":latest").unwrap_or(short);
        let found = [name, short].into_iter();
        found
            .map(str::to_owned)
            .find(|name| self.contexts.contains(name))
    }

    fn index_of(&self, target: &str) -> Result<usize, Fault> {
        let named = self.names.get(&target.to_lowercase());
        if let Some(index) = named.and_then(|found| found.last()) {
            return Ok(*index);
        }
        match target.parse::<usize>() {
            Ok(index) if index < self.nodes.len() => Ok(index),
            _ => Err(Fault::UnknownTarget {
                name: target.to_owned(),
                near: nearest(target, self.names.keys().cloned()),
            }),
        }
    }
}

/// Returns what an instruction's `--from` and `--mount=from=` name.
fn names_in(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Copy(copy) => copy.from.iter().map(String::as_str).collect(),
        Kind::Run(run) => run.mounts.iter().filter_map(|mount| mount.from()).collect(),
        _ => Vec::new(),
    }
}

impl Place {
    /// Returns the fault as one of this place.
    pub fn fault(&self, text: &str, fault: Fault) -> Error {
        fault.at(self, text)
    }
}
