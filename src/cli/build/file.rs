//! Which files and which context a build has, and the secrets of the command line.

use std::path::{Path, PathBuf};

use crate::cli::build::convert;
use crate::cli::error::Error;
use crate::cli::run::convert::Host;
use crate::engine::{BuildSecret, ContextWord, FileWord};
use crate::types::escape;
use crate::types::secret::LIMIT;

/// Without a context the first file's directory is it; podman-build(1).
pub fn words(
    files: &[PathBuf],
    context: Option<&str>,
) -> Result<(Vec<FileWord>, ContextWord), Error> {
    let mut found = Vec::new();
    for file in files {
        let text = file.to_string_lossy();
        if text.starts_with("http://") || text.starts_with("https://") {
            return Err(Error::unsupported("--file with a URL"));
        }
        found.push(match file.as_os_str() == "-" {
            true => FileWord::Stdin,
            false => FileWord::Path(file.clone()),
        });
    }
    let context = match (context, found.first()) {
        (Some(word), _) => convert::context(word)?,
        (None, Some(FileWord::Path(path))) => {
            // Not a pipe of the shell, which lies nowhere.
            let regular = std::fs::metadata(path).is_ok_and(|facts| facts.is_file());
            let parent = path.parent().filter(|parent| *parent != Path::new(""));
            match (regular, parent) {
                (true, Some(parent)) => ContextWord::Directory(parent.to_owned()),
                (true, None) => ContextWord::Directory(".".into()),
                (false, _) => ContextWord::Nothing,
            }
        }
        (None, Some(FileWord::Stdin) | None) => ContextWord::Directory(".".into()),
    };
    if context == ContextWord::Stdin && found.contains(&FileWord::Stdin) {
        return Err(Error::usage(
            "",
            "standard input cannot be both the context and the Containerfile",
        ));
    }
    Ok((found, context))
}

/// `--secret id=NAME[,src=FILE|env=VARIABLE][,type=file|env]`
pub fn secrets(words: &[String], host: &Host) -> Result<Vec<BuildSecret>, Error> {
    words.iter().map(|word| secret(word, host)).collect()
}

fn secret(word: &str, host: &Host) -> Result<BuildSecret, Error> {
    // The word itself is not repeated as a whole: it may name what is private.
    let (mut id, mut source, mut variable, mut kind) = (None, None, None, None);
    for field in word.split(',') {
        let (key, value) = field
            .split_once('=')
            .ok_or_else(|| Error::usage("--secret", "is not of the form id=NAME,src=FILE"))?;
        match key {
            "id" => id = Some(value.to_owned()),
            "src" | "source" => source = Some(PathBuf::from(value)),
            "env" => variable = Some(value.to_owned()),
            "type" => kind = Some(value),
            other => {
                let other = escape::quoted(other);
                return Err(Error::usage("--secret", format!("{other} is no key of it")));
            }
        }
    }
    let id = id.filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| Error::usage("--secret", "has no id"))?;
    if matches!(&*id, "." | "..") || id.contains('/') {
        let id = escape::quoted(&id);
        return Err(Error::usage("--secret", format!("{id} cannot be an id")));
    }
    if kind == Some("env") && variable.is_none() {
        variable = source
            .take()
            .map(|path| path.to_string_lossy().into_owned());
    }
    if variable.is_none() && source.is_none() {
        // As BuildKit: a variable of the id's name, else a file.
        match host.env.iter().any(|(name, _)| *name == id) {
            true => variable = Some(id.clone()),
            false => source = Some(PathBuf::from(&id)),
        }
    }
    let value = match (&variable, &source) {
        (Some(variable), _) => {
            let found = host.env.iter().find(|(name, _)| name == variable);
            let (_, value) = found.ok_or_else(|| {
                let shown = escape::visible(variable);
                Error::usage("--secret", format!("the variable {shown} is not set"))
            })?;
            value.clone().into_bytes()
        }
        (None, Some(path)) => read(path)?,
        (None, None) => Vec::new(),
    };
    Ok(BuildSecret { id, value })
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LIMIT as u64 + 1).read_to_end(&mut bytes))
        .map_err(|source| Error::File {
            doing: "reading --secret",
            path: path.to_owned(),
            source,
        })?;
    match bytes.len() as u64 > LIMIT as u64 {
        true => Err(Error::usage(
            "--secret",
            format!("larger than {LIMIT} bytes"),
        )),
        false => Ok(bytes),
    }
}
