//! What `coracle runtime` prints: lists, JSON documents, a config.json to begin with.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::output;
use crate::engine::oci::{self, Runtime};

#[derive(Debug, Args)]
pub struct FeaturesArgs {}

#[derive(Debug, Args)]
pub struct ListArgs {
    /// Choose the form: table or json
    #[arg(long, short, value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"], hide_possible_values = true)]
    format: String,
    /// Print ids only
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
pub struct PsArgs {
    /// Choose the form: table or json
    #[arg(long, short, value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"], hide_possible_values = true)]
    format: String,
    #[arg(value_name = "CONTAINER")]
    id: String,
}

#[derive(Debug, Args)]
pub struct SpecArgs {
    /// Write it into this directory
    #[arg(long, short, value_name = "DIR", default_value = ".", value_hint = clap::ValueHint::DirPath)]
    bundle: PathBuf,
    /// Write this file instead of config.json
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// For a user without privileges: with a user namespace of the own id
    #[arg(long)]
    rootless: bool,
}

#[derive(Debug, Args)]
pub struct UpdateArgs {
    /// Read linux.resources from this file, - is standard input
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    resources: PathBuf,
    #[arg(value_name = "CONTAINER")]
    id: String,
}

pub fn version() -> Result<(), Error> {
    let version = env!("CARGO_PKG_VERSION");
    output::text(&format!("coracle-runtime version {version}\nspec: 1.3.0\n"))
}

/// Prints a JSON document.
pub fn document(value: &Value) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value).expect("a value is printable");
    output::text(&format!("{text}\n"))
}

pub fn features() -> Result<(), Error> {
    document(&oci::features())
}

impl ListArgs {
    pub fn show(&self, runtime: &Runtime) -> Result<(), Error> {
        let states: Vec<Value> = runtime
            .all()?
            .iter()
            .map(|container| runtime.state_of(container))
            .collect();
        let word = |state: &Value, key: &str| match &state[key] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if self.quiet {
            let ids: String = states.iter().map(|s| word(s, "id") + "\n").collect();
            return output::text(&ids);
        }
        if self.format == "json" {
            return document(&json!(states));
        }
        let mut rows = vec![
            ["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for state in &states {
            let keys = ["id", "pid", "status", "bundle", "created", "owner"];
            rows.push(keys.map(|key| word(state, key)).to_vec());
        }
        output::text(&output::table::aligned(&rows))
    }
}

impl PsArgs {
    pub fn show(&self, runtime: &Runtime) -> Result<(), Error> {
        let container = runtime.container(&self.id)?;
        let pids = runtime.processes(&container)?;
        if self.format == "json" {
            return document(&json!(pids));
        }
        let lines: String = pids.iter().map(|pid| format!("{pid}\n")).collect();
        output::text(&format!("PID\n{lines}"))
    }
}

impl SpecArgs {
    /// Writes the file; one that is there is kept.
    pub fn write(&self) -> Result<(), Error> {
        let name = self.file.clone().unwrap_or_else(|| "config.json".into());
        let path = self.bundle.join(name);
        let text = serde_json::to_string_pretty(&oci::template(self.rootless));
        let text = text.expect("a value is printable");
        let file = std::fs::File::options()
            .write(true)
            .create_new(true)
            .open(&path);
        file.and_then(|mut file| std::io::Write::write_all(&mut file, (text + "\n").as_bytes()))
            .map_err(|source| Error::File {
                doing: "writing",
                path,
                source,
            })
    }
}

impl UpdateArgs {
    pub fn run(&self, runtime: &Runtime) -> Result<(), Error> {
        let path = match self.resources.as_os_str() == "-" {
            true => "/dev/stdin".into(),
            false => self.resources.clone(),
        };
        Ok(runtime.update(&self.id, &path)?)
    }
}
