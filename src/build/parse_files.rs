//! `COPY` and `ADD`.

use crate::build::flags::Flags;
use crate::build::heredoc::{self, Heredoc};
use crate::build::words;
use crate::build::{Add, Copy, Fault, Transfer};

pub(super) fn copy(flags: &mut Flags, rest: &str, heredocs: &[Heredoc]) -> Result<Copy, Fault> {
    let from = flags.one("from")?.filter(|from| !from.is_empty());
    if from.as_deref().is_some_and(has_variable) {
        return Err(Fault::Flag {
            flag: "--from".into(),
            reason: "variables are not supported: define a stage with FROM instead".into(),
        });
    }
    Ok(Copy {
        parents: flags.boolean("parents")?.unwrap_or(false),
        files: transfer("COPY", flags, rest, heredocs)?,
        from,
    })
}

pub(super) fn add(flags: &mut Flags, rest: &str, heredocs: &[Heredoc]) -> Result<Add, Fault> {
    let checksum = flags.one("checksum")?.filter(|sum| !sum.is_empty());
    let keep_git_dir = flags.boolean("keep-git-dir")?;
    let unpack = flags.boolean("unpack")?;
    let files = transfer("ADD", flags, rest, heredocs)?;
    if checksum.is_some() && files.sources.len() != 1 {
        return Err(Fault::Flag {
            flag: "--checksum".into(),
            reason: "needs exactly one source".into(),
        });
    }
    Ok(Add {
        files,
        checksum,
        keep_git_dir,
        unpack,
    })
}

fn has_variable(value: &str) -> bool {
    value.find('$').is_some_and(|at| at + 1 < value.len())
}

fn transfer(
    instruction: &'static str,
    flags: &mut Flags,
    rest: &str,
    heredocs: &[Heredoc],
) -> Result<Transfer, Fault> {
    let given = |value: Option<String>| value.filter(|value| !value.is_empty());
    let mut files = Transfer {
        chown: given(flags.one("chown")?),
        chmod: given(flags.one("chmod")?),
        link: flags.boolean("link")?.unwrap_or(false),
        exclude: flags.all("exclude")?,
        ..Transfer::default()
    };
    let mut words = words::strings(instruction, rest)?.unwrap_or_else(|| words::plain(rest));
    let destination = words.pop().filter(|_| !words.is_empty());
    files.destination = destination.ok_or(Fault::Arguments {
        instruction,
        wanted: "at least one source and a destination",
    })?;
    if heredoc_of(&files.destination).is_some() {
        return Err(Fault::HeredocDestination { instruction });
    }
    for word in words {
        match heredoc_of(&word) {
            None => files.sources.push(word),
            Some(opened) => {
                let mut same = heredocs.iter().filter(|one| one.name == opened.name);
                let content = same.next_back().map(|one| one.content.clone());
                let content = content.unwrap_or_default();
                files.inline.push(Heredoc { content, ..opened });
            }
        }
    }
    Ok(files)
}

fn heredoc_of(word: &str) -> Option<Heredoc> {
    heredoc::of_word(word).ok().flatten()
}
