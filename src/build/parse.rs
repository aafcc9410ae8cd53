//! Logical lines → stages and instructions.
//!
//! Dockerfile reference, one heading per instruction. Variables stay as written: what they stand
//! for is known only step by step ([`super::scope`]).

use std::sync::Arc;

use crate::build::flags::Flags;
use crate::build::source::{self, Logical};
use crate::build::words;
use crate::build::{
    Command, Containerfile, Directives, Error, Fault, Instruction, Kind, MAX_STAGES, MountWord,
    Place, Run, RunNetwork, RunSecurity, Stage, command, parse_files, parse_health,
};
use crate::types::nearest::nearest;

const NAMES: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

impl Containerfile {
    /// Reads a file; `name` is how messages call it.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let name: Arc<str> = Arc::from(name);
        let (directives, lines) = source::read(&name, bytes)?;
        let mut read = Self {
            directives,
            globals: Vec::new(),
            stages: Vec::new(),
            place: Place::whole(&name),
        };
        for line in lines {
            let (place, text) = (line.place.clone(), line.text.clone());
            read.add(line).map_err(|fault| fault.at(&place, &text))?;
        }
        match read.stages.is_empty() {
            true => Err(Fault::NoStage { instruction: "ARG" }.at(&read.place, "")),
            false => Ok(read),
        }
    }

    /// Reads an ONBUILD trigger of the image a stage begins with.
    ///
    /// Faults name `stage`, whose FROM brought the trigger along.
    pub fn trigger(&self, stage: &Stage, text: &str) -> Result<Instruction, Error> {
        let at = |fault: Fault| fault.at(&stage.place, &stage.text);
        let (_, mut lines) =
            source::read(&stage.place.file, text.as_bytes()).map_err(|error| at(error.fault))?;
        let instruction = text.lines().next().unwrap_or_default().to_owned();
        let (Some(mut line), true) = (lines.pop(), lines.is_empty()) else {
            return Err(at(Fault::Trigger { instruction }));
        };
        line.place = stage.place.clone();
        let name = known(words::instruction(&line.text).0).map_err(at)?;
        if name == "FROM" || name == "ONBUILD" {
            return Err(at(Fault::Trigger { instruction }));
        }
        instruction_of(name, line, '\\').map_err(at)
    }

    fn add(&mut self, line: Logical) -> Result<(), Fault> {
        let escape = self.directives.escape;
        let name = known(words::instruction(&line.text).0)?;
        if name == "FROM" {
            self.stages.push(stage(line, escape)?);
            return match self.stages.len() > MAX_STAGES {
                true => Err(Fault::TooMuch {
                    what: "the number of stages",
                    limit: MAX_STAGES,
                }),
                false => Ok(()),
            };
        }
        let instruction = instruction_of(name, line, escape)?;
        match self.stages.last_mut() {
            Some(stage) => stage.instructions.push(instruction),
            None if name == "ARG" => self.globals.push(instruction),
            None => return Err(Fault::NoStage { instruction: name }),
        }
        Ok(())
    }
}

impl Default for Directives {
    fn default() -> Self {
        Self {
            syntax: None,
            escape: '\\',
            check: None,
        }
    }
}

/// Finds the instruction a word names.
fn known(word: &str) -> Result<&'static str, Fault> {
    let upper = word.to_ascii_uppercase();
    let found = NAMES.iter().find(|name| **name == upper);
    found.copied().ok_or_else(|| Fault::UnknownInstruction {
        word: word.to_owned(),
        near: nearest(&upper, NAMES.iter().map(|name| (*name).to_owned())),
    })
}

fn stage(line: Logical, escape: char) -> Result<Stage, Fault> {
    let (flags, rest) = words::flags(words::instruction(&line.text).1, escape);
    let mut flags = Flags::of(flags);
    let platform = flags.one("platform")?;
    flags.finish()?;
    let words = words::plain(rest);
    let (base, name) = match &words[..] {
        [base] => (base, None),
        [base, word, name] if word.eq_ignore_ascii_case("AS") => (base, Some(stage_name(name)?)),
        _ => {
            return Err(Fault::Arguments {
                instruction: "FROM",
                wanted: "an image, or an image, AS and a name",
            });
        }
    };
    Ok(Stage {
        base: base.clone(),
        name,
        platform,
        place: line.place,
        text: line.text,
        instructions: Vec::new(),
    })
}

fn stage_name(name: &str) -> Result<String, Fault> {
    let lower = name.to_lowercase();
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    match lower.starts_with(|c: char| c.is_ascii_lowercase()) && lower.chars().all(sound) {
        true => Ok(lower),
        false => Err(Fault::StageName {
            name: name.to_owned(),
        }),
    }
}

fn instruction_of(name: &'static str, line: Logical, escape: char) -> Result<Instruction, Fault> {
    let (flags, rest) = words::flags(words::instruction(&line.text).1, escape);
    let mut flags = Flags::of(flags);
    let kind = match name {
        "ADD" => Kind::Add(parse_files::add(&mut flags, rest, &line.heredocs)?),
        "COPY" => Kind::Copy(parse_files::copy(&mut flags, rest, &line.heredocs)?),
        "RUN" => Kind::Run(run(&mut flags, rest, &line)?),
        "HEALTHCHECK" => Kind::Healthcheck(parse_health::healthcheck(&mut flags, rest)?),
        "ONBUILD" => Kind::OnBuild(trigger(&line, escape)?),
        name => simple(name, rest, escape)?,
    };
    // A trigger's flags are its own; they stand behind its name and never here.
    flags.finish()?;
    Ok(Instruction {
        place: line.place,
        text: line.text,
        kind,
    })
}

/// The instructions without flags.
fn simple(name: &'static str, rest: &str, escape: char) -> Result<Kind, Fault> {
    let wanted = |wanted| Fault::Arguments {
        instruction: name,
        wanted,
    };
    let one = || match rest {
        "" => Err(wanted("exactly one argument")),
        rest => Ok(rest.to_owned()),
    };
    let some = |words: Vec<String>| match words.is_empty() {
        true => Err(wanted("at least one argument")),
        false => Ok(words),
    };
    Ok(match name {
        "ARG" => Kind::Arg(arguments(some(words::quoted(rest, escape))?)?),
        "ENV" => Kind::Env(words::pairs(name, rest, escape)?),
        "LABEL" => Kind::Label(words::pairs(name, rest, escape)?),
        "WORKDIR" => Kind::Workdir(one()?),
        "USER" => Kind::User(one()?),
        "CMD" => Kind::Cmd(command_of(name, rest)?),
        "ENTRYPOINT" => Kind::Entrypoint(command_of(name, rest)?),
        "EXPOSE" => {
            let mut ports = some(words::plain(rest))?;
            ports.sort();
            Kind::Expose(ports)
        }
        "VOLUME" => {
            let listed = words::strings(name, rest)?.unwrap_or_else(|| words::plain(rest));
            let paths = listed.iter().map(|path| path.trim().to_owned());
            let paths = some(paths.collect())?;
            if paths.iter().any(String::is_empty) {
                return Err(wanted("paths that are not empty"));
            }
            Kind::Volume(paths)
        }
        "STOPSIGNAL" => Kind::StopSignal(one()?),
        "SHELL" => match words::strings(name, rest)? {
            Some(words) => Kind::Shell(some(words)?),
            None => return Err(Fault::NotStrings { instruction: name }),
        },
        _ => Kind::Maintainer(one()?),
    })
}

fn arguments(words: Vec<String>) -> Result<Vec<(String, Option<String>)>, Fault> {
    let one = |word: String| match word.split_once('=') {
        Some(("", _)) => Err(Fault::Arguments {
            instruction: "ARG",
            wanted: "a name before \"=\"",
        }),
        Some((name, value)) => Ok((name.to_owned(), Some(value.to_owned()))),
        None => Ok((word, None)),
    };
    words.into_iter().map(one).collect()
}

/// A JSON array is the exec form, anything else a line for the shell; an empty one is no command.
pub(super) fn command_of(name: &'static str, rest: &str) -> Result<Command, Fault> {
    Ok(match words::strings(name, rest)? {
        Some(words) => Command::Exec(words),
        None if rest.is_empty() => Command::Exec(Vec::new()),
        None => Command::Shell(rest.to_owned()),
    })
}

fn run(flags: &mut Flags, rest: &str, line: &Logical) -> Result<Run, Fault> {
    let mounts = flags.all("mount")?;
    let network = match flags.one("network")?.as_deref() {
        None | Some("default") => RunNetwork::Default,
        Some("none") => RunNetwork::None,
        Some("host") => RunNetwork::Host,
        Some(other) => return Err(value("--network", other, "is default, none or host")),
    };
    let security = match flags.one("security")?.as_deref() {
        None | Some("sandbox") => RunSecurity::Sandbox,
        Some("insecure") => RunSecurity::Insecure,
        Some(other) => return Err(value("--security", other, "is sandbox or insecure")),
    };
    let command = command_of("RUN", rest)?;
    if command == Command::Exec(Vec::new()) {
        return Err(Fault::Arguments {
            instruction: "RUN",
            wanted: "at least one argument",
        });
    }
    Ok(Run {
        command,
        heredocs: line.heredocs.clone(),
        mounts: mounts
            .iter()
            .map(|word| MountWord::parse(word))
            .collect::<Result<_, _>>()?,
        network,
        security,
    })
}

pub(super) fn value(what: &'static str, value: &str, reason: &str) -> Fault {
    Fault::Value {
        what,
        value: value.to_owned(),
        reason: reason.to_owned(),
    }
}

/// `ONBUILD`: what follows is kept as text, but must be an instruction.
fn trigger(line: &Logical, escape: char) -> Result<String, Fault> {
    let text = words::instruction(&line.text).1;
    if text.is_empty() {
        return Err(Fault::Arguments {
            instruction: "ONBUILD",
            wanted: "at least one argument",
        });
    }
    let name = known(words::instruction(text).0)?;
    if matches!(name, "FROM" | "ONBUILD" | "MAINTAINER") {
        let instruction = name.to_owned();
        return Err(Fault::Trigger { instruction });
    }
    let inner = Logical {
        place: line.place.clone(),
        text: text.to_owned(),
        heredocs: line.heredocs.clone(),
    };
    instruction_of(name, inner, escape)?;
    Ok(line
        .heredocs
        .iter()
        .fold(text.to_owned(), command::with_heredoc))
}
