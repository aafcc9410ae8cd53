//! `completion`: the script by which a shell completes our words.

use std::path::PathBuf;

use clap::Args;

use crate::cli::docs;
use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;

/// Print the script by which a shell completes commands and options
#[derive(Debug, Clone, Args)]
pub struct CompletionArgs {
    /// Write it to this file
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// The shell
    #[arg(value_name = "SHELL", value_parser = ["bash", "zsh", "fish", "powershell"])]
    pub shell: String,
}

/// `completion`
pub fn completion(args: &CompletionArgs) -> Result<u8, Error> {
    let Some(script) = docs::script(&args.shell) else {
        let what = format!("SHELL \"{}\"", args.shell);
        return Err(Error::usage(what, "is no shell that is known"));
    };
    match &args.file {
        None => output::text(&script)?,
        Some(path) => std::fs::write(path, script).map_err(|source| Error::File {
            doing: "writing",
            path: path.clone(),
            source,
        })?,
    }
    Ok(exit::SUCCESS)
}
