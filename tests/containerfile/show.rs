//! Steps as one line each, for tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use coracle::build::{
    Command, Containerfile, Error, Heredoc, Kind, Mount, MountType, Platforms, RunNetwork,
    RunSecurity, Scope, Script, Sharing, Step, Transfer,
};
use coracle::types::Platform;

pub fn platforms() -> Platforms {
    let platform = |text| Platform::parse(text).expect("a platform");
    Platforms {
        build: platform("linux/amd64"),
        target: platform("linux/arm64/v8"),
    }
}

/// Reads a file and walks every stage, with build arguments `A=b` a word each.
pub fn steps(text: &str, given: &str) -> Result<Vec<String>, Error> {
    let file = Containerfile::parse("Containerfile", text.as_bytes())?;
    let given: BTreeMap<String, String> = given
        .split_whitespace()
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let arguments = file.arguments(given, &platforms(), None)?;
    let mut lines = Vec::new();
    let mut scopes: BTreeMap<String, Scope> = BTreeMap::new();
    for (index, stage) in file.stages.iter().enumerate() {
        let base = arguments.base_of(stage)?;
        let mut line = format!("FROM {base}");
        if let Some(platform) = arguments.platform_of(stage)? {
            let _ = write!(line, " on {platform}");
        }
        if let Some(name) = &stage.name {
            let _ = write!(line, " as {name}");
        }
        lines.push(line);
        let fresh = || Scope::of_image(&arguments, &["HOME=/root".to_owned()]);
        let mut scope = scopes.get(&base).cloned().unwrap_or_else(fresh);
        for instruction in &stage.instructions {
            lines.push(show(&scope.step(instruction)?));
        }
        scopes.insert(stage.name.clone().unwrap_or(index.to_string()), scope);
    }
    Ok(lines)
}

fn show(step: &Step) -> String {
    let mut line = step.kind.name().to_owned();
    match &step.kind {
        Kind::Arg(names) => {
            for (name, value) in names {
                let _ = match value {
                    Some(value) => write!(line, " {name}={value}"),
                    None => write!(line, " {name}"),
                };
            }
        }
        Kind::Env(pairs) | Kind::Label(pairs) => {
            for (name, value) in pairs {
                let _ = write!(line, " {name}={value:?}");
            }
        }
        Kind::Run(run) => {
            step.mounts.iter().for_each(|one| mount(&mut line, one));
            match run.network {
                RunNetwork::Default => {}
                other => line.push_str(&format!(" network={other:?}")),
            }
            if run.security == RunSecurity::Insecure {
                line.push_str(" insecure");
            }
            let _ = match run.script() {
                Script::Exec(words) => write!(line, " {words:?}"),
                Script::Shell(text) => write!(line, " sh {text:?}"),
                Script::File { name, text } => write!(line, " file {name} {text:?}"),
            };
        }
        Kind::Copy(copy) => {
            let from = copy.from.iter().map(|from| format!("from={from}"));
            let parents = copy.parents.then(|| "parents".to_owned());
            from.chain(parents)
                .for_each(|word| line.push_str(&format!(" {word}")));
            transfer(&mut line, &copy.files);
        }
        Kind::Add(add) => {
            let sum = add.checksum.iter().map(|sum| format!("checksum={sum}"));
            let git = add.keep_git_dir.map(|keep| format!("git={keep}"));
            let unpack = add.unpack.map(|unpack| format!("unpack={unpack}"));
            sum.chain(git)
                .chain(unpack)
                .for_each(|word| line.push_str(&format!(" {word}")));
            transfer(&mut line, &add.files);
        }
        Kind::Cmd(command) | Kind::Entrypoint(command) => {
            let _ = match command {
                Command::Exec(words) => write!(line, " {words:?}"),
                Command::Shell(text) => write!(line, " sh {text:?}"),
            };
        }
        Kind::Expose(words) | Kind::Volume(words) | Kind::Shell(words) => {
            let _ = write!(line, " {words:?}");
        }
        Kind::Healthcheck(check) => {
            let _ = write!(line, " {:?}", check.test);
            for (name, value) in [
                ("interval", check.interval),
                ("timeout", check.timeout),
                ("start", check.start_period),
                ("startint", check.start_interval),
                ("retries", u64::from(check.retries)),
            ] {
                if value > 0 {
                    let _ = write!(line, " {name}={value}");
                }
            }
        }
        Kind::Workdir(text)
        | Kind::User(text)
        | Kind::StopSignal(text)
        | Kind::OnBuild(text)
        | Kind::Maintainer(text) => {
            let _ = write!(line, " {text:?}");
        }
    }
    if !step.arguments.is_empty() {
        let used: Vec<String> = step
            .arguments
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let _ = write!(line, " uses {}", used.join(","));
    }
    line
}

fn mount(line: &mut String, mount: &Mount) {
    let _ = write!(line, " [{} {}", mount.kind.name(), mount.target);
    if mount.read_only != !matches!(mount.kind, MountType::Cache | MountType::Tmpfs) {
        line.push_str(if mount.read_only { " ro" } else { " rw" });
    }
    if mount.sharing != Sharing::Shared {
        let _ = write!(line, " {}", mount.sharing.name());
    }
    for (name, value) in [
        (
            "source",
            Some(mount.source.clone()).filter(|s| !s.is_empty()),
        ),
        ("from", mount.from.clone()),
        ("id", mount.id.clone()),
        ("env", mount.env.clone()),
        ("mode", mount.mode.map(|mode| format!("{mode:o}"))),
        ("uid", mount.uid.map(|id| id.to_string())),
        ("gid", mount.gid.map(|id| id.to_string())),
        ("size", mount.size.map(|size| size.to_string())),
        ("required", mount.required.then(|| "yes".to_owned())),
    ] {
        if let Some(value) = value {
            let _ = write!(line, " {name}={value}");
        }
    }
    line.push(']');
}

fn transfer(line: &mut String, files: &Transfer) {
    if files.link {
        line.push_str(" link");
    }
    for (name, value) in [("chown", &files.chown), ("chmod", &files.chmod)] {
        if let Some(value) = value {
            let _ = write!(line, " {name}={value}");
        }
    }
    for pattern in &files.exclude {
        let _ = write!(line, " not {pattern}");
    }
    for source in &files.sources {
        let _ = write!(line, " {source}");
    }
    for Heredoc { name, content, .. } in &files.inline {
        let _ = write!(line, " <<{name} {content:?}");
    }
    let _ = write!(line, " -> {}", files.destination);
}
