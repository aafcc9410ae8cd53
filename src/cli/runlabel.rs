//! `container runlabel`: the command that an image carries in a label.
//!
//! Only commands of container engines are carried out, and by ourselves: whatever else a label
//! says would be a stranger's command on the host.

use std::collections::BTreeMap;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::cli::registry::AccessArgs;
use crate::engine::error::Kind;
use crate::engine::{Engine, PullRequest};
use crate::types::request::PullPolicy;

/// Run the command an image carries in a label
#[derive(Debug, Clone, Args)]
pub struct RunlabelArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Print the command instead
    #[arg(long)]
    pub display: bool,
    /// What NAME in the command stands for
    #[arg(long, short, value_name = "NAME")]
    pub name: Option<String>,
    /// Do not print the command
    #[arg(long, short)]
    pub quiet: bool,
    /// Replace a container of the same name
    #[arg(long)]
    pub replace: bool,
    /// The label
    #[arg(value_name = "LABEL")]
    pub label: String,
    /// The image; brought when it is not here
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub image: String,
    /// Further words for the command
    #[arg(
        value_name = "ARG",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub words: Vec<String>,
}

/// `container runlabel`
pub fn runlabel(engine: &Engine, args: &RunlabelArgs) -> Result<u8, Error> {
    let access = args.access.access(None)?;
    let image = match engine.image(&args.image) {
        Err(error) if error.kind == Kind::NoSuchObject => {
            let request = PullRequest {
                policy: PullPolicy::Missing,
                access,
                ..PullRequest::default()
            };
            let shown = progress::choose(args.quiet);
            engine.image(&engine.pull(&args.image, &request, &*shown)?.id.to_string())?
        }
        found => found?,
    };
    let labels = image.config.config.labels.clone().unwrap_or_default();
    let Some(text) = labels.get(&args.label) else {
        let (label, name) = (&args.label, &args.image);
        let why = format!("cannot find the value of label: {label} in image: {name}");
        return Err(Error::usage("", why));
    };
    let name = image
        .names
        .first()
        .cloned()
        .unwrap_or_else(|| image.id.hex());
    let command = command(text, &name, args)?;
    if args.display || !args.quiet {
        output::line(&format!("command: coracle {}", command.join(" ")))?;
    }
    if args.display {
        return Ok(exit::SUCCESS);
    }
    #[allow(
        clippy::disallowed_methods,
        reason = "ourselves again, as the user who asked"
    )]
    let status = std::process::Command::new("/proc/self/exe")
        .args(&command)
        .status()
        .map_err(|source| Error::File {
            doing: "running",
            path: "/proc/self/exe".into(),
            source,
        })?;
    Ok(exit::of_status(status.code().unwrap_or(255)))
}

/// Returns the words behind the engine's name.
fn command(text: &str, image: &str, args: &RunlabelArgs) -> Result<Vec<String>, Error> {
    let name = args.name.clone().unwrap_or_else(|| base(image).to_owned());
    let known = BTreeMap::from([("IMAGE", image), ("NAME", name.as_str())]);
    let mut words = Vec::new();
    for word in split(text)? {
        let mut word = match known.get(word.as_str()) {
            Some(value) => (*value).to_owned(),
            None => word,
        };
        for (key, value) in &known {
            word = word.replace(&format!("${{{key}}}"), value);
            word = word.replace(&format!("${key}"), value);
        }
        words.push(word);
    }
    let engine = words.first().map(|word| base(word).to_owned());
    if !matches!(engine.as_deref(), Some("podman" | "docker" | "coracle")) {
        let first = words.first().map_or("", String::as_str);
        return Err(Error::usage(
            format!("label {}", args.label),
            format!(
                "\"{first}\" is no container engine: commands of images do not run on the host"
            ),
        ));
    }
    words.remove(0);
    if args.replace && matches!(words.first().map(String::as_str), Some("run" | "create")) {
        words.insert(1, "--replace".to_owned());
    }
    words.extend(args.words.iter().cloned());
    Ok(words)
}

/// The last part of a path or image name, without its tag.
fn base(text: &str) -> &str {
    let last = text.rsplit('/').next().unwrap_or(text);
    last.split(['@', ':']).next().unwrap_or(last)
}

/// Cuts a line into words: quotes and backslashes as a shell has them, and nothing else of it.
fn split(text: &str) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => {
                word.get_or_insert_default().extend(chars.next());
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err(Error::usage("", "a quote in the label is not closed"));
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_becomes_words() {
        let args = RunlabelArgs {
            access: AccessArgs::default(),
            display: false,
            name: None,
            quiet: false,
            replace: true,
            label: "run".to_owned(),
            image: "x".to_owned(),
            words: vec!["more".to_owned()],
        };
        let image = "localhost/some/tool:1";
        for (text, wanted) in [
            (
                "podman run --name NAME -e 'A=b c' IMAGE ls",
                Some("run|--replace|--name|tool|-e|A=b c|localhost/some/tool:1|ls|more"),
            ),
            ("/usr/bin/docker ps \"${NAME}x\"", Some("ps|toolx|more")),
            ("rm -rf /", None),
            ("podman 'run", None),
            ("", None),
        ] {
            let words = command(text, image, &args).ok();
            assert_eq!(words.map(|w| w.join("|")).as_deref(), wanted, "{text}");
        }
    }
}
