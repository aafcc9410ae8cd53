//! `diff`, `container diff` and `image diff`: what changed, one path a line.

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::names;
use crate::cli::output::{self, template};
use crate::engine::{Change, DiffOf, Engine};
use crate::types::escape;

/// Show what a container or an image changes in what it is made from
///
/// Control characters and bytes that are no UTF-8 stand as \xNN (or \u{N}) in a path, a backslash
/// before an x or u as \x5c, in text and in JSON: every name can be told from what is printed.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    #[command(flatten)]
    pub form: Form,
    /// Look at the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Container or image, and another one to compare it with
    #[arg(value_name = "NAME", num_args = 0..=2, add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

/// Show what containers change in their images
#[derive(Debug, Clone, Args)]
pub struct ContainerDiffArgs {
    #[command(flatten)]
    pub form: Form,
    /// Look at the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Container, and another one to compare it with
    #[arg(value_name = "CONTAINER", num_args = 0..=2, add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

/// Show what the last layer of an image changes in those below it
#[derive(Debug, Clone, Args)]
pub struct ImageDiffArgs {
    #[command(flatten)]
    pub form: Form,
    /// Image, and another one to compare it with
    #[arg(value_name = "IMAGE", num_args = 0..=2, add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// How it is printed.
#[derive(Debug, Clone, Args)]
pub struct Form {
    /// Print json
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
}

/// `diff`
pub fn diff(engine: &Engine, args: &DiffArgs) -> Result<u8, Error> {
    let names = with_latest(engine, args.latest, &args.names)?;
    show(engine, &args.form, &names, DiffOf::Either)
}

/// `container diff`
pub fn containers(engine: &Engine, args: &ContainerDiffArgs) -> Result<u8, Error> {
    let names = with_latest(engine, args.latest, &args.names)?;
    show(engine, &args.form, &names, DiffOf::Containers)
}

/// `image diff`
pub fn images(engine: &Engine, args: &ImageDiffArgs) -> Result<u8, Error> {
    show(engine, &args.form, &args.names, DiffOf::Images)
}

fn with_latest(engine: &Engine, latest: bool, names: &[String]) -> Result<Vec<String>, Error> {
    match (latest, names.is_empty()) {
        (true, true) => Ok(vec![names::latest(engine)?]),
        (true, false) => Err(Error::usage(
            "",
            "--latest and containers cannot be used together",
        )),
        (false, _) => Ok(names.to_vec()),
    }
}

fn show(engine: &Engine, form: &Form, names: &[String], of: DiffOf) -> Result<u8, Error> {
    let as_json = match form.format.as_deref() {
        None | Some("") => false,
        Some("json") => true,
        Some(other) => {
            let what = format!("--format \"{other}\"");
            return Err(Error::usage(what, "the only format is json"));
        }
    };
    let Some(name) = names.first() else {
        return Err(Error::usage("", "no container or image is named"));
    };
    let changes = engine.diff(name, names.get(1).map(String::as_str), of)?;
    let text = if as_json {
        json(&changes)
    } else {
        lines(&changes)
    };
    output::text(&text)?;
    Ok(exit::SUCCESS)
}

fn lines(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        text.push(letter(change));
        text.push(' ');
        text.push_str(&shown(change));
        text.push('\n');
    }
    text
}

fn letter(change: &Change) -> char {
    match change {
        Change::Added(_) => 'A',
        Change::Changed(_) => 'C',
        Change::Deleted(_) => 'D',
    }
}

/// A path may hold any bytes (S-19).
fn shown(change: &Change) -> String {
    escape::reversible(change.path())
}

/// Lists by kind, those without an entry left out.
fn json(changes: &[Change]) -> String {
    let mut document = Map::new();
    for (key, wanted) in [("changed", 'C'), ("added", 'A'), ("deleted", 'D')] {
        let paths: Vec<Value> = changes
            .iter()
            .filter(|change| letter(change) == wanted)
            .map(|change| shown(change).into())
            .collect();
        if !paths.is_empty() {
            document.insert(key.to_owned(), paths.into());
        }
    }
    template::pretty_json(&Value::Object(document), 5)
}
