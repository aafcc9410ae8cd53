//! Everything that reaches the user's eyes: lines, tables, templates, errors and hints.
//!
//! Strangers' text is escaped where it goes to a terminal (S-81); a pipe gets it unchanged,
//! but for errors, which are always escaped.

pub mod human;
pub mod progress;
pub mod table;
pub mod template;
pub mod yaml;

use std::io::{self, IsTerminal, Write};

use crate::cli::error::Error;
use crate::types::escape;

/// Prints one line on standard output.
pub fn line(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", shown(text))?;
    Ok(())
}

/// Prints finished text; the terminal sees no control characters but newlines and tabs.
pub fn text(text: &str) -> Result<(), Error> {
    strangers(text.as_bytes())
}

/// Prints what a program in a container said, of which a pipe gets every byte, as [`text`] does.
pub fn strangers(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    if !io::stdout().is_terminal() {
        out.write_all(bytes)?;
        out.flush()?;
        return Ok(());
    }
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if index > 0 {
            out.write_all(b"\n")?;
        }
        for (index, cell) in line.split(|byte| *byte == b'\t').enumerate() {
            if index > 0 {
                out.write_all(b"\t")?;
            }
            out.write_all(escape::visible_bytes(cell).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Empties the terminal, if it is one, for what is printed again and again.
pub fn clear_screen() -> Result<(), Error> {
    let mut out = io::stdout().lock();
    if io::stdout().is_terminal() {
        out.write_all(b"\x1b[2J\x1b[H")?;
    }
    Ok(())
}

/// Returns text as standard output may get it.
pub fn shown(text: &str) -> String {
    if io::stdout().is_terminal() {
        escape::visible(text)
    } else {
        text.to_owned()
    }
}

/// Prints `Error: …`, the line that is to blame and the hint on standard error.
pub fn failure(error: &Error) {
    let mut err = io::stderr().lock();
    // Nobody is left to tell when standard error itself fails.
    let before = match error {
        Error::Logging(_) => "",
        _ => "Error: ",
    };
    let _ = writeln!(err, "{before}{}", escape::visible(&error.to_string()));
    if let Some(line) = error.excerpt() {
        let _ = writeln!(err, "{}", escape::visible(line));
    }
    if let Some(hint) = error.advice() {
        let _ = writeln!(err, "hint: {}", escape::visible(hint));
    }
}

/// Says what may help.
pub fn hint(text: &str) {
    let _ = writeln!(io::stderr().lock(), "hint: {}", escape::visible(text));
}

/// Warns when a terminal is asked for and standard input is none: what is typed then may be lost.
pub fn warn_without_terminal(tty: bool, interactive: bool) {
    if tty && interactive && !io::stdin().is_terminal() {
        warn(
            "The input device is not a TTY. The --tty and --interactive flags might not work \
             properly",
        );
    }
}

/// Prints `Warning: …` on standard error; a whole sentence, which begins with a capital and
/// is Podman's, stands alone as scripts know it.
pub fn warn(message: &str) {
    let before = if message.starts_with(|c: char| c.is_ascii_uppercase()) {
        ""
    } else {
        "Warning: "
    };
    progress::above_bars(&format!("{before}{}", escape::visible(message)));
}
