//! Lines of a file → logical lines: directives, comments, continuations, heredocs.
//!
//! Dockerfile reference, "Format" and "Parser directives". Comment lines and empty lines between
//! continued ones are dropped; blanks at the begin of a continued line stay.

use std::sync::Arc;

use crate::build::heredoc::{self, Heredoc};
use crate::build::words;
use crate::build::{
    Directives, Error, Fault, MAX_FILE, MAX_INSTRUCTION, MAX_INSTRUCTIONS, MAX_LINES, Place,
};

/// One instruction's text.
#[derive(Debug)]
pub(super) struct Logical {
    pub place: Place,
    pub text: String,
    pub heredocs: Vec<Heredoc>,
}

/// Reads a file into its instructions' lines.
pub(super) fn read(file: &Arc<str>, bytes: &[u8]) -> Result<(Directives, Vec<Logical>), Error> {
    let whole = |what, limit| Fault::TooMuch { what, limit }.at(&Place::whole(file), "");
    if bytes.len() > MAX_FILE {
        return Err(whole("the file", MAX_FILE));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.iter().filter(|byte| **byte == b'\n').count() > MAX_LINES {
        return Err(whole("the number of lines", MAX_LINES));
    }
    let mut source = Source {
        file,
        lines: bytes.split_inclusive(|byte| *byte == b'\n'),
        line: 0,
        escape: '\\',
    };
    let directives = source.directives()?;
    source.escape = directives.escape;
    let mut logical = Vec::new();
    while let Some(one) = source.logical()? {
        logical.push(one);
        if logical.len() > MAX_INSTRUCTIONS {
            return Err(whole("the number of instructions", MAX_INSTRUCTIONS));
        }
    }
    if logical.is_empty() {
        return Err(Fault::Empty.at(&Place::whole(file), ""));
    }
    Ok((directives, logical))
}

struct Source<'a, I> {
    file: &'a Arc<str>,
    lines: I,
    /// Lines read so far.
    line: u32,
    escape: char,
}

impl<'a, I: Iterator<Item = &'a [u8]> + Clone> Source<'a, I> {
    fn next(&mut self) -> Option<&'a [u8]> {
        self.line += 1;
        self.lines.next()
    }

    fn place(&self, first: u32) -> Place {
        Place {
            file: self.file.clone(),
            line: first,
            last: self.line,
        }
    }

    /// Reads the directives: only comments of the form `name=value` above anything else are such.
    fn directives(&mut self) -> Result<Directives, Error> {
        let mut found = Directives {
            syntax: None,
            escape: '\\',
            check: None,
        };
        let mut seen: Vec<String> = Vec::new();
        loop {
            let mark = (self.lines.clone(), self.line);
            let text = self.next().map(|line| String::from_utf8_lossy(line));
            let Some((name, value)) = text.as_deref().and_then(directive) else {
                (self.lines, self.line) = mark;
                return Ok(found);
            };
            let fault = |reason| {
                let name = name.clone();
                let text = text.as_deref().unwrap_or_default().trim();
                Err(Fault::Directive { name, reason }.at(&self.place(self.line), text))
            };
            if seen.contains(&name) {
                return fault("it may be given only once");
            }
            match (&*name, &*value) {
                ("escape", "\\") => found.escape = '\\',
                ("escape", "`") => found.escape = '`',
                ("escape", _) => return fault("the escape character is \\ or `"),
                ("syntax", _) => found.syntax = Some(value),
                _ => found.check = Some(value),
            }
            seen.push(name);
        }
    }

    /// Reads up to the end of the next instruction, its heredocs included.
    fn logical(&mut self) -> Result<Option<Logical>, Error> {
        let mut text = String::new();
        let mut first = 0;
        loop {
            let Some(line) = self.next() else {
                self.line -= 1;
                break;
            };
            let begun = first > 0;
            let trimmed = line.trim_ascii();
            if trimmed.first() == Some(&b'#') || begun && trimmed.is_empty() {
                continue;
            }
            let line = self.text(line)?;
            let line = line.trim_end_matches(['\r', '\n']);
            let line = if begun { line } else { line.trim_start() };
            let (line, continued) = without_continuation(line, self.escape);
            if !continued && line.is_empty() && !begun {
                continue;
            }
            if !begun {
                first = self.line;
            }
            text.push_str(line);
            if text.len() > MAX_INSTRUCTION {
                let (what, limit) = ("the instruction", MAX_INSTRUCTION);
                return Err(Fault::TooMuch { what, limit }.at(&self.place(first), &text));
            }
            if !continued {
                break;
            }
        }
        if first == 0 || text.trim().is_empty() {
            return Ok(None);
        }
        let heredocs = self.heredocs(first, &text)?;
        Ok(Some(Logical {
            place: self.place(first),
            text: text.trim().to_owned(),
            heredocs,
        }))
    }

    fn text(&self, line: &'a [u8]) -> Result<&'a str, Error> {
        match std::str::from_utf8(line) {
            Ok(text) if !text.contains('\0') => Ok(text),
            _ => {
                let shown = String::from_utf8_lossy(line);
                Err(Fault::NotText.at(&self.place(self.line), shown.trim()))
            }
        }
    }

    fn heredocs(&mut self, first: u32, text: &str) -> Result<Vec<Heredoc>, Error> {
        if !text.contains("<<") || !words::may_have_heredocs(text, self.escape) {
            return Ok(Vec::new());
        }
        let mut heredocs =
            heredoc::opened(text).map_err(|fault| fault.at(&self.place(first), text))?;
        for heredoc in &mut heredocs {
            loop {
                let Some(line) = self.next() else {
                    self.line -= 1;
                    let name = heredoc.name.clone();
                    return Err(Fault::OpenHeredoc { name }.at(&self.place(first), text));
                };
                let line = self.text(line)?;
                let bare = line.trim_end_matches(['\r', '\n']);
                let bare = match heredoc.chomp {
                    true => bare.trim_start_matches('\t'),
                    false => bare,
                };
                if bare == heredoc.name {
                    break;
                }
                heredoc.content.push_str(line);
            }
        }
        Ok(heredocs)
    }
}

/// Reads `# name=value`; names are known or the line is a mere comment.
fn directive(line: &str) -> Option<(String, String)> {
    let (name, value) = line.trim_start().strip_prefix('#')?.split_once('=')?;
    let name = name.trim().to_ascii_lowercase();
    let value = value.trim();
    let known = matches!(&*name, "syntax" | "escape" | "check");
    (known && !value.is_empty()).then(|| (name, value.to_owned()))
}

/// Cuts off an escape character at the line's end and the blanks behind it.
///
/// An escaped one does not continue the line.
fn without_continuation(line: &str, escape: char) -> (&str, bool) {
    let bare = line.trim_end_matches([' ', '\t']);
    match bare.strip_suffix(escape) {
        Some(rest) if !rest.ends_with(escape) => (rest, true),
        _ => (line, false),
    }
}
