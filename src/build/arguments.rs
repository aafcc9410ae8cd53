//! The build's arguments: those of the command line, the global ones and those every build has.
//!
//! Dockerfile reference, "ARG", "Predefined ARGs" and "Automatic platform ARGs in the global scope".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::build::expand::{self, Manner};
use crate::build::{Containerfile, Error, Fault, Kind, MAX_EXPANSIONS, Stage};
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
    pub(super) given: BTreeMap<String, String>,
    pub(super) global: BTreeMap<String, String>,
    pub(super) escape: char,
    /// Bytes substitutions have made.
    made: AtomicUsize,
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
    pub(super) fn count(&self, value: &str) -> Result<(), Fault> {
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
