//! Exec form and shell form, and what a `RUN` finally starts.

use crate::build::{Heredoc, Run, heredoc};

/// What `RUN`, `CMD` and `ENTRYPOINT` start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The words as they are.
    Exec(Vec<String>),
    /// A line behind the words of `SHELL`.
    Shell(String),
}

impl Command {
    /// Returns the words, given those of `SHELL`.
    pub fn words(&self, shell: &[String]) -> Vec<String> {
        match self {
            Self::Exec(words) => words.clone(),
            Self::Shell(line) => shell.iter().cloned().chain([line.clone()]).collect(),
        }
    }
}

/// What a `RUN` starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Script {
    /// These words.
    Exec(Vec<String>),
    /// One line or more for the shell.
    Shell(String),
    /// A program text that begins with `#!`, to be put into a file of this name and started.
    File { name: String, text: String },
}

impl Run {
    /// Returns what is started.
    ///
    /// `RUN <<EOF` alone is a script: the shell's, or with `#!` a program of its own. Otherwise the
    /// shell reads the heredocs itself, from its own command line.
    pub fn script(&self) -> Script {
        let line = match &self.command {
            Command::Exec(words) => return Script::Exec(words.clone()),
            Command::Shell(line) => line,
        };
        let Some(first) = self.heredocs.first() else {
            return Script::Shell(line.clone());
        };
        if self.heredocs.len() == 1 && matches!(heredoc::of_word(line), Ok(Some(_))) {
            let text = first.text();
            return match text.starts_with("#!") {
                true => Script::File {
                    name: first.name.clone(),
                    text,
                },
                false => Script::Shell(text),
            };
        }
        Script::Shell(self.heredocs.iter().fold(line.clone(), with_heredoc))
    }
}

/// Appends a heredoc's lines and its end, as they stood in the file.
pub(super) fn with_heredoc(line: String, heredoc: &Heredoc) -> String {
    format!("{line}\n{}{}", heredoc.content, heredoc.name)
}
