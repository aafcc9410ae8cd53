//! Heredocs: `<<EOF`, `<<-EOF`, `3<<"EOF"`.
//!
//! Dockerfile reference, "Here-Documents".

use crate::build::Fault;
use crate::build::expand::{self, Manner, Quotes};

/// A text written out in the Containerfile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heredoc {
    /// The line that ends it; for COPY the file's name.
    pub name: String,
    /// Lines with their ends, as written; [`Heredoc::text`] is without the tabs of `<<-`.
    pub content: String,
    /// The name had no quotes: variables are replaced, where the instruction does so.
    pub expand: bool,
    /// `<<-`
    pub chomp: bool,
    /// The number before `<<`; the shell's business.
    pub descriptor: u32,
}

impl Heredoc {
    /// Returns the content, each line without its leading tabs where `<<-` asks for that.
    pub fn text(&self) -> String {
        match self.chomp {
            true => chomped(&self.content),
            false => self.content.clone(),
        }
    }
}

/// Finds the heredocs an instruction's line opens, contents missing.
pub(super) fn opened(line: &str) -> Result<Vec<Heredoc>, Fault> {
    let manner = Manner {
        quotes: Quotes::Keep,
        raw_escapes: true,
        keep_unset: true,
        ..Manner::of('\\')
    };
    // A line that has no words, for a quote is open, is the shell's to complain about.
    let words = expand::words(line, manner, &mut |_| None).unwrap_or_default();
    let mut found = Vec::new();
    for word in words {
        found.extend(of_word(&word)?);
    }
    Ok(found)
}

/// Reads one word; `None`: it opens no heredoc.
pub(super) fn of_word(word: &str) -> Result<Option<Heredoc>, Fault> {
    let digits = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let Some(rest) = word[digits..].strip_prefix("<<") else {
        return Ok(None);
    };
    let (chomp, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
    if rest.is_empty() || rest.contains('<') {
        return Ok(None);
    }
    let manner = Manner {
        keep_unset: true,
        ..Manner::of('\\')
    };
    let plain = expand::words(rest, manner, &mut |_| None)?;
    let [name] = &plain[..] else {
        return Ok(None);
    };
    let kept = Manner {
        quotes: Quotes::Keep,
        ..manner
    };
    let raw = expand::words(rest, kept, &mut |_| None)?;
    let quotes = |text: &str| text.matches(['\'', '"']).count();
    Ok(Some(Heredoc {
        name: name.clone(),
        content: String::new(),
        expand: raw.first().is_some_and(|raw| quotes(raw) == quotes(name)),
        chomp,
        descriptor: word[..digits].parse().unwrap_or_default(),
    }))
}

/// Takes the leading tabs off every line.
fn chomped(content: &str) -> String {
    content
        .split_inclusive('\n')
        .map(|line| line.trim_start_matches('\t'))
        .collect()
}
